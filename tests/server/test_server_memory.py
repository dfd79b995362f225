"""What stays in the memory of a server: answers of the register as it is now, and little else."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from mahdar.server.memory import Memory
from mahdar.server.metrics import Metrics

SIZE = 50_000


async def pages(scope: Any, receive: Any, send: Any) -> None:
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-type", b"text/html")]})
    await send({"type": "http.response.body", "body": scope["path"].encode().ljust(SIZE)})


@pytest.fixture
def mark() -> list[str]:
    return ["1"]


@pytest.fixture
def memory(mark: list[str]) -> Memory:
    return Memory(pages, mark=lambda: mark[0], waits=False, metrics=Metrics())


def ask(memory: Memory, path: str) -> bytes:
    sent: list[Any] = []

    async def send(message: Any) -> None:
        sent.append(message)

    asked = memory({"type": "http", "method": "GET", "path": path, "query_string": b"", "headers": []}, None, send)  # type: ignore[arg-type]
    with ThreadPoolExecutor(1) as aside:  # a browser driven by an earlier test may run a loop in this thread
        aside.submit(asyncio.run, asked).result()
    return b"".join(message.get("body", b"") for message in sent)


def test_an_answer_is_kept_while_the_register_stays(memory: Memory) -> None:
    for _ in range(3):
        assert ask(memory, "/en/1").startswith(b"/en/1")
    assert memory.metrics.events["from_memory"] == 2


def test_what_was_answered_of_an_earlier_register_is_let_go(memory: Memory, mark: list[str]) -> None:
    """Nobody can ask for it any more: a register that is filled all day would fill the memory too."""
    for moment in range(100):
        mark[0] = str(moment)
        ask(memory, "/en/1")
        ask(memory, "/en/2")
        assert 2 * SIZE < memory.size < 3 * SIZE


def test_an_answer_that_comes_after_the_register_changed_is_not_kept(memory: Memory, mark: list[str]) -> None:
    async def slow(scope: Any, receive: Any, send: Any) -> None:
        mark[0] = "2"
        memory.app = pages
        await memory({**scope, "path": "/en/other"}, receive, send)  # another asks meanwhile
        await pages(scope, receive, send)

    memory.app = slow
    ask(memory, "/en/1")
    assert memory.size < 2 * SIZE


def test_closed_connections_are_no_heap_of_garbage() -> None:
    """A transport of asyncio that is closed is garbage in a cycle. Of fifty thousand only some wait to be found."""
    code = """
        import gc
        from mahdar.process import STAYING, settle
        settle(STAYING)
        class Transport:
            def __init__(self): self.ready = self.read
            def read(self): pass
        for _ in range(50_000): Transport()
        print(sum(isinstance(each, Transport) for each in gc.get_objects()))
    """
    done = subprocess.run([sys.executable, "-c", "if 1:\n" + code], capture_output=True, text=True, check=True)
    assert int(done.stdout) < 20_000
