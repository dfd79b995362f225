"""Running the server: listening, telling the address, ending without cutting anybody off."""

from __future__ import annotations

import asyncio
import signal
import socket
from collections.abc import Callable

import uvicorn
from starlette.types import ASGIApp

from mahdar.errors import SettingsError
from mahdar.server.desk import Desk
from mahdar.server.mcp import server
from mahdar.server.patience import Impatient
from mahdar.server.settings import Settings

_GRACE = 10  # seconds that requests under way are given at the end


def run(app: ASGIApp, settings: Settings, told: Callable[[str], None]) -> None:
    """Serve until a signal ends it; ``told`` is given the address once it can be opened."""
    config = uvicorn.Config(
        app, http=Impatient, log_config=None, access_log=False, server_header=False, proxy_headers=False, timeout_graceful_shutdown=_GRACE,
        timeout_keep_alive=20, limit_concurrency=512, h11_max_incomplete_event_size=64_000
    )
    for number in (signal.SIGINT, signal.SIGTERM):  # uvicorn ends by them, in peace, and then sends itself the same once more
        signal.signal(number, lambda number, frame: None)
    with _listening(settings.host, settings.port) as listener:
        host, port = listener.getsockname()[:2]
        shown = "localhost" if host in ("127.0.0.1", "::1") else f"[{host}]" if ":" in host else host
        asyncio.run(_serve(uvicorn.Server(config), listener, lambda: told(f"http://{shown}:{port}/")))


async def _serve(running: uvicorn.Server, listener: socket.socket, told: Callable[[], None]) -> None:
    serving = asyncio.ensure_future(running.serve(sockets=[listener]))
    while not running.started and not serving.done():
        await asyncio.sleep(0.02)
    if running.started:
        told()
    await serving


def _listening(host: str, port: int) -> socket.socket:
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host.strip("[]"), port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0]
        listener = socket.socket(family, kind, protocol)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
        listener.listen(256)
    except OSError as error:
        raise SettingsError(f"{host}:{port}: cannot be listened on ({error.strerror or error}); --port names another, 0 takes a free one") from error
    return listener


def run_stdio(settings: Settings) -> None:
    """Serve one assistant over standard input and output."""
    desk = Desk(settings)
    try:
        asyncio.run(server(desk).run_stdio_async())
    finally:
        desk.close()
