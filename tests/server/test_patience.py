"""A client that opens a connection and says nothing, or next to nothing, is hung up on; one that takes its time over an answer is not."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest
import uvicorn

from mahdar.server.patience import Impatient


class Quick(Impatient):
    patience = 2.0


async def echo(scope: Any, receive: Any, send: Any) -> None:
    """Waits for the whole request and answers after longer than the server waits for a client."""
    while (message := await receive())["type"] == "http.request" and message["more_body"]:
        pass
    if message["type"] == "http.request":
        await asyncio.sleep(2.5)
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"2")]})
        await send({"type": "http.response.body", "body": b"ok"})


@pytest.fixture
def place() -> Iterator[tuple[str, int]]:
    server = uvicorn.Server(uvicorn.Config(echo, http=Quick, lifespan="off", log_config=None))
    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=lambda: asyncio.run(server.serve(sockets=[listener])))
        thread.start()
        yield listener.getsockname()[:2]
        server.should_exit = True
        thread.join()


def hung_up(client: socket.socket, piece: bytes = b"") -> bool:
    """Does the server end the connection, though a byte comes now and then?"""
    client.settimeout(0.1)
    for _ in range(400):
        try:
            if piece:
                client.sendall(piece)
            if client.recv(100) == b"":
                return True
        except TimeoutError:
            continue
        except OSError:
            return True
        time.sleep(0.05)
    return False


@pytest.mark.parametrize(
    ("first", "piece"),
    [
        (b"", b""), (b"GET / HT", b""), (b"GET / HTTP/1.1\r\nHost: x\r\n", b"X"), (b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100000\r\n\r\n", b""),
        (b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100000\r\n\r\n", b"y"), (b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n", b"1\r\na\r\n"),
    ],
)  # fmt: skip
def test_who_says_next_to_nothing_is_hung_up_on(place: tuple[str, int], first: bytes, piece: bytes) -> None:
    with socket.create_connection(place) as client:
        client.sendall(first)
        assert hung_up(client, piece)


def test_who_waits_for_an_answer_gets_it_and_may_ask_again(place: tuple[str, int]) -> None:
    with contextlib.closing(socket.create_connection(place)) as client:
        client.settimeout(20)
        for _ in range(2):
            client.sendall(b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\nhi")
            got = b""
            while not got.endswith(b"ok"):
                piece = client.recv(1000)
                assert piece
                got += piece
