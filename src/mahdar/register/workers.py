"""Reading articles in worker processes: bounded, in order, and gone when their parent is gone."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from functools import partial
from multiprocessing.synchronize import Event
from typing import TypeVar

from mahdar import process
from mahdar.errors import RegisterError
from mahdar.reading.reader import Reader
from mahdar.record import Article
from mahdar.register.facts import FactReader
from mahdar.register.identity import Rulings
from mahdar.register.reports import Report
from mahdar.register.told import Told, tell
from mahdar.register.write import Entry

T = TypeVar("T")
MakeReader = Callable[[], Reader]
Result = list[Entry | str]  # per article what is stored of it, or what our reader stumbled over
_AHEAD = 2  # batches waiting or being read, for each worker

@dataclass(frozen=True, slots=True)
class Desk:
    """Who reads, and who says what of it is compared across reports."""

    reader: Reader
    facts: FactReader

    def tell(self, report: Report, rulings: Rulings) -> Told:
        """What a stored report tells, by the rulings on who is who."""
        return tell(report, self.facts, rulings)


# A worker's own, set once when it begins; nothing else is shared between the batches it is given.
_desk: Desk | None = None
_stop: Event | None = None


def cores() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def desk_of(make: MakeReader) -> Desk:
    """A desk with a reader of its own."""
    reader = make()
    return Desk(reader, FactReader(reader.lexicon))


def read(desk: Desk, articles: Sequence[Article], stop: Event | None = None) -> Result:
    """What is stored of each article, up to ``stop``. One article's fault is never the batch's."""
    out: Result = []
    for article in articles:
        if stop is not None and stop.is_set():
            break
        try:
            out.append(Entry.of(article, desk.reader.read(article), desk.facts))
        except Exception as error:
            out.append(f"article {article.id!r}: cannot be read ({type(error).__name__}: {error}); please report this")
    return out


def read_batches(batches: Iterable[tuple[T, list[Article]]], desk: Desk, make: MakeReader, workers: int) -> Iterator[tuple[T, Result]]:
    """Each batch's own word and what was read of its articles, in the order given.

    With ``workers`` processes, at most twice as many batches are under way. Workers are forks that have the ``desk`` already, where the
    system forks; elsewhere each calls ``make``, which must then be picklable. With none everything is read in this process.
    """
    if workers < 1:
        for word, articles in batches:
            yield word, read(desk, articles)
        return
    forks = "fork" in multiprocessing.get_all_start_methods()
    context = multiprocessing.get_context("fork" if forks else "spawn")
    start = (lambda: desk) if forks else partial(desk_of, make)
    stop = context.Event()
    pool = ProcessPoolExecutor(workers, mp_context=context, initializer=_begin, initargs=(start, stop, os.getpid()))
    try:
        waiting: deque[tuple[T, Future[Result]]] = deque()
        for word, articles in batches:
            waiting.append((word, pool.submit(_work, articles)))
            if len(waiting) >= workers * _AHEAD:
                word, future = waiting.popleft()
                yield word, future.result()
        while waiting:
            word, future = waiting.popleft()
            yield word, future.result()
    except BrokenProcessPool as error:
        raise RegisterError("a worker process died (out of memory?); what was stored stays, the same command goes on from there") from error
    finally:
        stop.set()  # nobody waits for what is under way now
        pool.shutdown(wait=True, cancel_futures=True)


def _begin(make: Callable[[], Desk], stop: Event, parent: int) -> None:
    global _desk, _stop
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to answer
    threading.Thread(target=_follow, args=(parent,), daemon=True).start()
    _desk, _stop = make(), stop
    process.settle()


def _follow(parent: int) -> None:
    """End when the parent has ended without a word, as by kill -9."""
    while os.getppid() == parent:
        time.sleep(0.5)
    os._exit(1)


def _work(articles: Sequence[Article]) -> Result:
    assert _desk is not None
    return read(_desk, articles, _stop)
