"""Processes that answer beside the one that listens: the same answers, and nobody notices when one of them ends."""

from __future__ import annotations

import asyncio
import os
import signal
import time
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, TypeVar

import news
import pytest
from serving import Served, mahdar

from mahdar.register.questions import Register
from mahdar.server.workers import LONG, Room

T = TypeVar("T")
ASKED = (
    "/en/", "/ar/?on=assad-future", "/en/actors/RUS", "/ar/pairs/RUS/USA", "/en/issues/assad-future", "/en/stands/RUS/assad-future", "/en/search?q=الأسد",
    "/en/actors/nobody", "/api/v1/events?limit=7", "/api/v1/events?type=MEET", "/api/v1/stances?on=iran-nuclear&format=csv", "/api/v1/events?format=jsonl",
    "/api/v1/briefs/anti-isis", "/api/v1/occurrences/none", "/api/v1/events?limit=5000",
)  # fmt: skip


def processes(served: Served, number: int = 1) -> list[int]:
    """The processes that answer, once all of them do."""
    for _ in range(300):
        if f"mahdar_answering_processes {number}\n" in served.get("/metrics").text:
            children = Path(f"/proc/{served.process.pid}/task/{served.process.pid}/children").read_text(encoding="ascii").split()
            return [int(one) for one in children if b"spawn_main" in Path(f"/proc/{one}/cmdline").read_bytes()]
        time.sleep(0.1)
    raise AssertionError(served.log.read_text(encoding="utf-8"))


@pytest.fixture
def pair(serve: Callable[..., Served]) -> tuple[Served, Served]:
    """A server that answers by itself, and one that has it done."""
    return serve("--rate", "0", "--workers", "0"), serve("--rate", "0", "--workers", "1")


def test_the_answers_are_the_same_to_the_byte(pair: tuple[Served, Served]) -> None:
    alone, beside = pair
    assert processes(beside)
    for address in ASKED:
        one, other = alone.get(address), beside.get(address)
        assert (one.status_code, one.content) == (other.status_code, other.content), address
        kept = ("content-type", "content-language", "content-encoding", "content-disposition", "link", "cache-control", "content-security-policy")
        assert [one.headers.get(name) for name in kept] == [other.headers.get(name) for name in kept], address


def test_a_process_that_is_killed_is_started_again_and_the_server_goes_on(serve: Callable[..., Served]) -> None:
    running = serve("--rate", "0", "--workers", "1")
    (former,) = processes(running)
    os.kill(former, signal.SIGKILL)
    while "mahdar_answering_processes 0" not in running.get("/metrics").text:
        time.sleep(0.01)
    for number in range(20):  # answered by the process that listens until the new one is there
        assert running.get(f"/en/actors/RUS?v={number}").status_code in (200, 503)
        time.sleep(0.05)
    assert running.get("/en/actors/RUS?v=last").status_code == 200
    now = processes(running)
    assert len(now) == 1
    assert now != [former]
    assert "process 0 that answers has ended" in running.log.read_text(encoding="utf-8")
    assert running.end() == 0
    assert not Path(f"/proc/{now[0]}").exists()


def test_what_changes_is_told_by_all_processes_at_once(serve: Callable[..., Served], tmp_path: Path) -> None:
    news.write(tmp_path / "news.jsonl")
    mahdar("ingest", str(tmp_path / "news.jsonl"), "--register", str(tmp_path / "own.db"), "--workers", "0", "--quiet")
    running = serve("--workers", "2", "--rate", "0", register=tmp_path / "own.db")
    assert len(processes(running, 2)) == 2
    for number in range(3):
        news.write(tmp_path / "more.jsonl", {**news.REPORTS[0], "id": f"another{number}", "text": news.REPORTS[0]["text"] + f"\nوأضاف {number}."})
        mahdar("ingest", str(tmp_path / "more.jsonl"), "--register", str(tmp_path / "own.db"), "--workers", "0", "--quiet")
        with Register(tmp_path / "own.db") as register:
            expected = [row.article for row in register.articles()]
        for _ in range(4):
            assert [row["article"] for row in running.get("/api/v1/articles?limit=500").json()["data"]] == expected


def test_the_rate_of_a_client_is_one_however_many_processes_there_are(serve: Callable[..., Served]) -> None:
    running = serve("--rate", "0.002", "--workers", "2")  # one question, and eight minutes until the next, however slow the machine
    statuses = [running.get(f"/api/v1/events?limit={number}").status_code for number in range(1, 9)]
    assert statuses.count(429) >= 7


def apart(coroutine: Coroutine[Any, Any, T]) -> T:
    """What a coroutine returns, run in a thread of its own: the browser's tests leave a loop running in this one."""
    with ThreadPoolExecutor(1) as other:
        return other.submit(asyncio.run, coroutine).result()


def test_questions_go_one_after_the_other() -> None:
    async def ask(room: Room, within: list[int], most: list[int]) -> None:
        async with room.place():
            within.append(1)
            most.append(len(within))
            await asyncio.sleep(0)
            within.pop()

    async def all_of_them() -> list[int]:
        room, within, most = Room(1, 3), list[int](), list[int]()
        await asyncio.gather(*(ask(room, within, most) for _ in range(20)))
        return most

    assert apart(all_of_them()) == [1] * 20


def test_a_long_question_lets_others_in_up_to_a_number() -> None:
    async def ask(room: Room, name: str, entered: list[str], leave: asyncio.Event) -> None:
        async with room.place():
            entered.append(name)
            await leave.wait()

    async def three() -> None:
        room, entered, leave = Room(1, 2), list[str](), asyncio.Event()
        asked = [asyncio.create_task(ask(room, name, entered, leave)) for name in "abc"]
        await asyncio.sleep(0)
        assert entered == ["a"]
        while len(entered) < 2:
            await asyncio.sleep(LONG / 10)
        await asyncio.sleep(3 * LONG)
        assert entered == ["a", "b"]
        leave.set()
        await asyncio.gather(*asked)
        assert entered == ["a", "b", "c"]
        await asyncio.gather(*(ask(room, name, entered, leave) for name in "def"))
        assert entered == list("abcdef")

    apart(three())
