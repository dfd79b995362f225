"""Processes that answer beside the one that listens: a question about the register keeps a processor busy, and one process has but one.

The process that listens passes on what has to be asked of the register; who may ask, how fast, what is counted and what is remembered stays with
it alone. Between the two goes one socket for each process: frames of a head (JSON) and a body (bytes). A process that ends is started again;
while none is there the one that listens answers by itself.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
import multiprocessing
import signal
import socket
import struct
import traceback
from collections.abc import AsyncIterator, Iterable, Sequence
from typing import Any, Final

import anyio.to_thread
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from mahdar.process import settle
from mahdar.server.memory import KEPT, packed
from mahdar.server.problems import problem
from mahdar.server.settings import Settings

_AT_ONCE: Final = 3  # questions that one process answers at once, where those before take long
LONG: Final = 0.2  # seconds after which a question is one that does not hold up the others
_FAR: Final = 8  # where another server keeps the register: then they mostly wait
_LONGEST_PAUSE: Final = 30.0  # seconds before a process that ends again and again is started once more
_LAST: Final = 5.0  # seconds that a process has to end
_HEAD: Final = struct.Struct("!II")  # bytes of the head, bytes of the body
log = logging.getLogger("uvicorn.error")


class Workers:
    """The layer that passes questions on; whatever else is asked goes to ``app``, which is in this process."""

    def __init__(self, app: ASGIApp, settings: Settings, *, far: bool) -> None:
        self.app = app
        self._room = Room(settings.workers * (_FAR if far else 1), settings.workers * (_FAR if far else _AT_ONCE))
        self._all = [_Worker(settings, number) for number in range(settings.workers)]
        self._running: list[asyncio.Task[None]] = []

    @property
    def ready(self) -> int:
        """How many answer now."""
        return sum(each.ready for each in self._all)

    def start(self) -> None:
        """Start them, in a running event loop; the server need not wait for it."""
        self._running = [asyncio.create_task(each.run()) for each in self._all]

    async def close(self) -> None:
        """End them."""
        for each in self._all:
            each.end()
        await asyncio.gather(*self._running)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] != "GET" or not scope["path"].startswith(KEPT):
            await self.app(scope, receive, send)
            return
        async with self._room.place():
            free = min((each for each in self._all if each.ready), key=lambda each: each.busy, default=None)
            if free is None:
                await self.app(scope, receive, send)
            elif not await free.answer(scope, send):
                await problem(503, "the process that answers has ended; try again", headers={"Retry-After": "1"})(scope, receive, send)


class Room:
    """One question after the other for each process: two at once in one would only make each other late, as both keep its processor busy. One that
    has taken long already lets another in, up to ``most`` in all."""

    def __init__(self, places: int, most: int) -> None:
        self._places, self._most = asyncio.Semaphore(places), asyncio.Semaphore(most)

    @contextlib.asynccontextmanager
    async def place(self) -> AsyncIterator[None]:
        async with self._most:
            await self._places.acquire()
            late = asyncio.get_running_loop().call_later(LONG, self._places.release)
            try:
                yield
            finally:
                if late.when() > asyncio.get_running_loop().time():  # else it has given the place back, or is about to
                    late.cancel()
                    self._places.release()


class _Worker:
    """One process as the one that listens knows it."""

    def __init__(self, settings: Settings, number: int) -> None:
        self.settings, self.number = settings, number
        self.ready = False
        self._ends = False
        self._asked: dict[int, asyncio.Queue[tuple[dict[str, Any], bytes] | None]] = {}
        self._last = 0
        self._writer: asyncio.StreamWriter | None = None

    @property
    def busy(self) -> int:
        return len(self._asked)

    def end(self) -> None:
        self._ends, self.ready = True, False
        if self._writer is not None:
            self._writer.close()

    async def run(self) -> None:
        """Keep the process going until :meth:`end`."""
        pause = 1.0
        while not self._ends:
            began = asyncio.get_running_loop().time()
            await self._once()
            if not self._ends:
                log.error("process %d that answers has ended; it is started again", self.number)
                pause = 1.0 if asyncio.get_running_loop().time() - began > _LONGEST_PAUSE else min(pause * 2, _LONGEST_PAUSE)
                await asyncio.sleep(pause)

    async def _once(self) -> None:
        ours, theirs = socket.socketpair()
        process = multiprocessing.get_context("spawn").Process(target=_answer_all, args=(theirs, self.settings), daemon=True, name=f"mahdar-{self.number}")
        process.start()
        theirs.close()
        reader, self._writer = await asyncio.open_connection(sock=ours)
        if self._ends:
            self._writer.close()
        try:
            while True:
                head, body = await _frame(reader)
                if "ready" in head:
                    self.ready = not self._ends
                elif "failed" in head:
                    log.error("%s", head["failed"])
                    if not head["whole"] and (asked := self._asked.get(head["id"])) is not None:
                        asked.put_nowait(None)
                elif (asked := self._asked.get(head["id"])) is not None:
                    asked.put_nowait((head, body))
        except (asyncio.IncompleteReadError, OSError):
            pass
        self.ready = False
        for asked in self._asked.values():
            asked.put_nowait(None)
        self._writer.close()
        await asyncio.to_thread(process.join, _LAST)
        if process.exitcode is None:
            process.kill()
            await asyncio.to_thread(process.join)

    async def answer(self, scope: Scope, send: Send) -> bool:
        """Pass a question on and send what comes back; False where the process ended before any of it came."""
        assert self._writer is not None
        self._last += 1
        number = self._last
        asked = self._asked[number] = asyncio.Queue()
        try:
            with contextlib.suppress(OSError):  # it has just ended: its reader says so too
                self._writer.write(_framed({"id": number, "scope": _plain(scope)}, b""))
                await self._writer.drain()
            begun = False
            while (frame := await asked.get()) is not None:
                head, body = frame
                if not begun:
                    headers = _as_bytes(head["headers"])
                    await send({"type": "http.response.start", "status": head["status"], "headers": headers})
                    begun = True
                size = head["size"]  # of the body itself; behind it stands the same compressed
                await send({"type": "http.response.body", "body": body[:size], "more_body": head["more"], "packed": body[size:] or None})
                if not head["more"]:
                    return True
            if begun:
                raise ConnectionError("the process that answers has ended in the middle of an answer")
            return False
        finally:
            del self._asked[number]


# ---------------------------------------------------------------------------------------------------- in the process


def _answer_all(theirs: socket.socket, settings: Settings) -> None:
    """The process: answers until the one that listens closes the socket, or is no more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the process that listens, which ends this one when all is answered
    from mahdar.server.app import application
    from mahdar.server.desk import Desk
    from mahdar.server.pages import prepare

    desk = Desk(settings, prepare=False)
    try:
        app = application(desk)
        prepare()
        desk.register.prepare()
        settle()
        asyncio.run(_Answering(app, desk.far).run(theirs))
    finally:
        desk.close()


class _Answering:
    """What goes on in the process."""

    def __init__(self, app: ASGIApp, far: bool) -> None:
        self.app, self.threads = app, _FAR if far else _AT_ONCE
        self.tasks: set[asyncio.Task[None]] = set()

    async def run(self, theirs: socket.socket) -> None:
        anyio.to_thread.current_default_thread_limiter().total_tokens = self.threads
        reader, writer = await asyncio.open_connection(sock=theirs)
        ended = asyncio.Event()
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, ended.set)
        writer.write(_framed({"ready": True}, b""))
        reading, ending = asyncio.create_task(self._read(reader, writer)), asyncio.create_task(ended.wait())
        await asyncio.wait((reading, ending), return_when=asyncio.FIRST_COMPLETED)
        for each in (reading, ending):
            each.cancel()
        if ended.is_set():
            await asyncio.gather(*self.tasks, return_exceptions=True)
        with contextlib.suppress(OSError):
            writer.close()
            await writer.wait_closed()

    async def _read(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(asyncio.IncompleteReadError, OSError):
            while True:
                head, _ = await _frame(reader)
                task = asyncio.create_task(self._answer(head["id"], _scope(head["scope"]), writer))
                self.tasks.add(task)
                task.add_done_callback(self.tasks.discard)

    async def _answer(self, number: int, scope: Scope, writer: asyncio.StreamWriter) -> None:
        start: dict[str, Any] = {}
        pieces, ended = 0, False

        async def send(message: Message) -> None:
            nonlocal pieces, ended
            if message["type"] == "http.response.start":
                start.update(message)
                return
            body, more = message.get("body", b""), message.get("more_body", False)
            head: dict[str, Any] = {"id": number, "more": more, "size": len(body)}
            if not pieces:
                head |= {"status": start["status"], "headers": _as_text(start["headers"])}
            whole = packed(start["headers"], body) if not pieces and not more else None
            pieces, ended = pieces + 1, not more
            writer.write(_framed(head, body + whole if whole else body))
            await writer.drain()

        try:
            await self.app(scope, _Body(), send)
        except OSError:
            return  # the one that listens is no more
        except Exception:  # a defect, told to whoever asked already: what it was belongs into the log of the one that listens
            writer.write(_framed({"failed": traceback.format_exc(), "id": number, "whole": ended}, b""))


class _Body:
    """What comes of a GET: an empty body, and then nothing more; that somebody no longer waits is not told here."""

    def __init__(self) -> None:
        self._came = False

    async def __call__(self) -> Message:
        if self._came:
            await asyncio.Event().wait()
        self._came = True
        return {"type": "http.request", "body": b"", "more_body": False}


# ---------------------------------------------------------------------------------------------------- between the two


def _framed(head: dict[str, Any], body: bytes) -> bytes:
    words = json.dumps(head, separators=(",", ":")).encode("ascii")
    return _HEAD.pack(len(words), len(body)) + words + body


async def _frame(reader: asyncio.StreamReader) -> tuple[dict[str, Any], bytes]:
    size, rest = _HEAD.unpack(await reader.readexactly(_HEAD.size))
    head: dict[str, Any] = json.loads(await reader.readexactly(size))
    return head, await reader.readexactly(rest) if rest else b""


_TEXTS: Final = ("method", "path", "scheme", "http_version", "root_path")
_BYTES: Final = ("raw_path", "query_string")


def _as_text(headers: Iterable[tuple[bytes, bytes]]) -> list[tuple[str, str]]:
    """Headers as JSON holds them."""
    return [(name.decode("latin-1"), value.decode("latin-1")) for name, value in headers]


def _as_bytes(headers: Iterable[Sequence[str]]) -> list[tuple[bytes, bytes]]:
    return [(name.encode("latin-1"), value.encode("latin-1")) for name, value in headers]


def _plain(scope: Scope) -> dict[str, Any]:
    """What of a request the other process needs, as JSON holds it."""
    return {
        **{name: scope.get(name, "") for name in _TEXTS}, **{name: (scope.get(name) or b"").decode("latin-1") for name in _BYTES},
        "headers": _as_text(scope["headers"]),
        "client": scope.get("client"), "server": scope.get("server"), "scope": scope.get("state", {}).get("scope"),
    }  # fmt: skip


def _scope(plain: dict[str, Any]) -> Scope:
    return {
        "type": "http", "asgi": {"version": "3.0", "spec_version": "2.4"}, **{name: plain[name] for name in _TEXTS},
        **{name: plain[name].encode("latin-1") for name in _BYTES},
        "headers": _as_bytes(plain["headers"]),
        "client": plain["client"] and tuple(plain["client"]), "server": plain["server"] and tuple(plain["server"]), "state": {"scope": plain["scope"]},
    }  # fmt: skip
