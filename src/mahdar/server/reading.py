"""Articles read for the server in a process of their own: reading keeps a processor busy, and answers must not wait for it."""

from __future__ import annotations

import asyncio
import multiprocessing
import signal
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final, TypeVar

from mahdar.errors import MahdarError
from mahdar.process import settle
from mahdar.reading.reader import Reader
from mahdar.record import Article, Record

T = TypeVar("T")
_WAITING: Final = 16  # articles that may wait
_LONGEST: Final = 120.0  # seconds

_reader: Reader | None = None  # of the process that reads


class Busy(MahdarError):
    """Too many texts wait to be read."""


class Slow(MahdarError):
    """A text took too long to read."""


class Readers:
    """One process that reads, started when first needed."""

    def __init__(self, folders: tuple[Path, ...] = ()) -> None:
        self._folders = folders
        self._pool: ProcessPoolExecutor | None = None
        self._waiting = 0

    async def read(self, article: Article) -> Record:
        """The record of an article."""
        return await self._run(_read, article)

    async def store(self, register: str, article: Article) -> dict[str, Any]:
        """Read an article and store it: what became of it."""
        return await self._run(_store, register, article)

    def close(self) -> None:
        if self._pool is not None:
            self._pool.shutdown(wait=False, cancel_futures=True)
            self._pool = None

    async def _run(self, work: Callable[..., T], *given: Any) -> T:
        if self._waiting >= _WAITING:
            raise Busy("too many texts wait to be read; try again in a moment")
        self._waiting += 1
        try:
            if self._pool is None:
                self._pool = ProcessPoolExecutor(1, multiprocessing.get_context("spawn"), _begin, (self._folders,))
            async with asyncio.timeout(_LONGEST):
                return await asyncio.wrap_future(self._pool.submit(work, *given))
        except TimeoutError:
            self._end_it()
            raise Slow(f"this text takes longer than {_LONGEST:.0f} seconds to read") from None
        except BrokenProcessPool:
            self._end_it()
            raise Busy("the process that reads has ended; try again") from None
        finally:
            self._waiting -= 1

    def _end_it(self) -> None:
        """Give up a process that is stuck; the next text starts another."""
        pool, self._pool = self._pool, None
        if pool is not None:
            for process in list((getattr(pool, "_processes", None) or {}).values()):
                process.kill()
            pool.shutdown(wait=False, cancel_futures=True)


def _begin(folders: tuple[Path, ...]) -> None:
    global _reader
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the server ends this process
    from mahdar.lexicon.load import load_lexicon

    _reader = Reader(load_lexicon(*folders))
    settle()


def _read(article: Article) -> Record:
    assert _reader is not None
    return _reader.read(article)


def _store(register: str, article: Article) -> dict[str, Any]:
    from mahdar.register.ingest import ingest
    from mahdar.register.store import Store
    from mahdar.sources.read import Located

    assert _reader is not None
    reader = _reader
    with Store.open(register) as store:
        clock = lambda: datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")  # noqa: E731
        (done,) = ingest(store, [Located("api", None, article)], make=lambda: reader, clock=clock)
    return {**asdict(done.counts), "problems": list(done.problems)}
