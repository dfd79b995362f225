"""Worker processes that are watched over: pieces of work in, results out in the order given; who dies or stalls is replaced.

A piece holds items (articles), and its job tells before each item which one comes (:class:`Watch`). When a worker dies, or is longer at one
item than patience allows, the item it was at is tried again alone in a new worker. If that fares no better the item is lost: the job is told so,
with the reason, and goes on without it. All else of the piece is done anew and kept.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from multiprocessing.connection import Connection, wait
from multiprocessing.context import BaseContext
from multiprocessing.reduction import ForkingPickler
from queue import SimpleQueue
from typing import Any, Final, Generic, TypeVar

from mahdar import process
from mahdar.errors import MahdarError, SourceError, WorkerError

S = TypeVar("S")  # what a worker has for all its work: a reader
P = TypeVar("P")
R = TypeVar("R")
T = TypeVar("T")
W = TypeVar("W")

PATIENCE: Final = 300.0  # seconds for one item
_AHEAD: Final = 2  # pieces waiting or being worked at, for each worker
_TRIES: Final = 3  # of a piece whose worker dies at none of its items
_MOST_LOST: Final = 20  # items of one piece; more is no fault of the items
_NOWHERE: Final = -1.0
_SINCE, _AT, _PIECE = range(3)  # what a worker's place tells


class Watch:
    """What a job tells of where it is, and what it is told of items that are lost. Of items ``alone``, only that one is done."""

    def __init__(self, place: Any = None, lost: Mapping[int, str] | None = None, alone: int | None = None) -> None:
        self._place, self._lost, self.alone = place, lost or {}, alone

    def over(self, items: Iterable[T]) -> Iterator[tuple[T, str | None]]:
        """Each item, with the reason why it is lost or None. Getting an item is part of the work at it."""
        found = iter(items)
        number = 0
        while self.alone is None or number <= self.alone:
            self._note(number)
            try:
                item = next(found)
            except StopIteration:
                break
            if self.alone is None or number == self.alone:
                yield item, self._lost.get(number)
            number += 1
        self._note(int(_NOWHERE))

    def _note(self, number: int) -> None:
        if self._place is not None:
            self._place[_SINCE] = time.monotonic()
            self._place[_AT] = number


Job = Callable[[S, P, Watch], R]


def cores() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@dataclass(slots=True, eq=False)
class _Task:
    """A piece under way: what has befallen it, and its result once there is one."""

    number: int
    word: Any
    piece: Any
    lost: dict[int, str] = field(default_factory=dict)
    alone: int | None = None
    survived: set[int] = field(default_factory=set)  # items that killed a worker, but not alone
    tries: int = 0
    done: bool = False
    result: Any = None

    def died(self, at: int, why: str) -> None:
        """Its worker died at this item, or at none."""
        if at < 0:
            self.tries += 1
            if self.tries >= _TRIES:
                raise WorkerError(f"{_TRIES} worker processes died one after the other on the same piece of work ({why}); what was done stays, the same command goes on from there")
        elif at == self.alone or at in self.survived:
            self.lost[at], self.alone = why, None
            if len(self.lost) > _MOST_LOST:
                raise WorkerError(f"worker processes die all the time ({why}); what was done stays, the same command goes on from there")
        else:
            self.alone = at

    def finished(self, result: Any) -> None:
        if self.alone is not None:  # it was only a trial
            self.survived.add(self.alone)
            self.alone = None
        else:
            self.done, self.result = True, result


class _Hand:
    """One worker process and the tasks it has been given, in order."""

    def __init__(self, context: Any, start: Callable[[], Any], job: Callable[..., Any]) -> None:
        self.tasks: deque[_Task] = deque()
        self.stalled = False
        self.place = context.RawArray("d", [0.0, _NOWHERE, _NOWHERE])
        self.pipe, other = context.Pipe()
        self.process = context.Process(target=_work, args=(start, job, other, self.place, os.getpid()), daemon=True)
        with _no_main() if context.get_start_method() == "spawn" else contextlib.nullcontext():
            self.process.start()
        other.close()
        self._out: SimpleQueue[Any] = SimpleQueue()
        threading.Thread(target=_send, args=(self._out, self.pipe), daemon=True).start()

    def give(self, task: _Task) -> None:
        """Never waits, whatever the worker is at."""
        self.tasks.append(task)
        self._out.put(ForkingPickler.dumps((task.number, task.piece, dict(task.lost), task.alone)))

    def kill(self) -> None:
        self._out.put(None)
        self.process.kill()
        self.process.join()
        self.pipe.close()

    def stalls(self, patience: float) -> bool:
        return bool(self.place[_AT] >= 0 and time.monotonic() - self.place[_SINCE] > patience)

    def bury(self, patience: float) -> None:
        """The process is dead: its tasks learn of it."""
        at, number = int(self.place[_AT]), int(self.place[_PIECE])
        self.kill()
        code = self.process.exitcode or 0
        why = f"not read within {patience:g} s" if self.stalled else "the process that read it died (" + (_signal(-code) if code < 0 else f"status {code}") + ")"
        for task in self.tasks:
            if task.number == number:
                task.died(at, why)
        if number < 0:  # it never began
            for task in list(self.tasks)[:1]:
                task.died(-1, why)


class Crew(Generic[S, P, R]):
    """``workers`` processes that do ``job``; each gets what ``start`` makes, which forks have from their parent where the system forks.

    With ``spawn`` they are processes of their own, for parents that run threads; ``start`` and ``job`` must then be picklable. With none,
    all is done in this process, without a watch.
    """

    def __init__(self, job: Job[S, P, R], start: Callable[[], S], *, workers: int, patience: float = PATIENCE, spawn: bool = False) -> None:
        self._job, self._start, self._workers, self._patience = job, start, workers, patience
        self._context: BaseContext = multiprocessing.get_context("spawn" if spawn or not forks() else "fork")
        self._hands: list[_Hand] = []
        self._count = 0

    def __enter__(self) -> Crew[S, P, R]:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End the workers, at once."""
        for hand in self._hands:
            hand.kill()
        self._hands = []

    def run(self, pieces: Iterable[tuple[W, P]]) -> Iterator[tuple[W, R]]:
        """Each piece's own word and its result, in the order given; at most twice as many pieces as workers are under way."""
        if self._workers < 1:
            here = self._start()
            for word, piece in pieces:
                yield word, self._job(here, piece, Watch())
            return
        given, more = iter(pieces), True
        line: deque[_Task] = deque()  # all that is not handed back yet, in order
        try:
            while more or line:
                while more and len(line) < self._workers * _AHEAD:
                    try:
                        word, piece = next(given)
                    except StopIteration:
                        more = False
                        break
                    line.append(_Task(self._count, word, piece))
                    self._count += 1
                    self._hand_out(line)
                while line and not line[0].done:
                    self._listen(line)
                if line:
                    task = line.popleft()
                    yield task.word, task.result
        finally:
            if any(not task.done for task in line):
                self.close()  # nobody waits for what is under way

    def _hand_out(self, line: deque[_Task]) -> None:
        """Give what nobody has to those who have least."""
        while len(self._hands) < min(self._workers, len(line)):
            self._hands.append(_Hand(self._context, self._start, self._job))
        held = {task.number for hand in self._hands for task in hand.tasks}
        for task in line:
            if not task.done and task.number not in held:
                hand = min(self._hands, key=lambda hand: len(hand.tasks))
                if len(hand.tasks) >= _AHEAD:
                    return
                hand.give(task)

    def _listen(self, line: deque[_Task]) -> None:
        """Take in what workers have done, and replace those that are no more."""
        pipes: dict[Any, _Hand] = {hand.pipe: hand for hand in self._hands}
        ready = wait([*pipes, *(hand.process.sentinel for hand in self._hands)], timeout=1.0)
        for pipe in ready:
            hand = pipes.get(pipe)
            if hand is not None:
                with contextlib.suppress(EOFError, OSError):
                    while hand.pipe.poll():
                        self._take(hand, *hand.pipe.recv())
        for hand in list(self._hands):
            if hand.process.is_alive() and hand.tasks and hand.stalls(self._patience):
                hand.stalled = True
                hand.process.kill()
                hand.process.join()
            if not hand.process.is_alive():
                with contextlib.suppress(EOFError, OSError):  # its last words
                    while hand.pipe.poll():
                        self._take(hand, *hand.pipe.recv())
                self._hands.remove(hand)
                hand.bury(self._patience)
        self._hand_out(line)

    @staticmethod
    def _take(hand: _Hand, well: bool, result: Any) -> None:
        if not well:
            raise result
        hand.tasks.popleft().finished(result)


def forks() -> bool:
    """Does this system fork processes?"""
    return "fork" in multiprocessing.get_all_start_methods()


@contextlib.contextmanager
def _no_main() -> Iterator[None]:
    """A process that is spawned runs its parent's main module anew, which workers need nothing of; that of an actor of Ray is large."""
    main = sys.modules["__main__"]
    kept: dict[str, Any] = {name: main.__dict__.pop(name) for name in ("__file__", "__spec__") if name in main.__dict__}
    main.__spec__ = None
    try:
        yield
    finally:
        main.__dict__.update(kept)


def _signal(number: int) -> str:
    name = next((each.name for each in signal.Signals if each == number), f"signal {number}")
    return f"{name}: out of memory?" if name == "SIGKILL" else name


def _send(out: SimpleQueue[Any], pipe: Connection) -> None:
    """Send what comes, till the other side is gone."""
    with contextlib.suppress(OSError, ValueError):
        while (message := out.get()) is not None:
            pipe.send_bytes(message)


# ---------------------------------------------------------------------------------------------------- in the worker


def _work(start: Callable[[], Any], job: Callable[..., Any], pipe: Connection, place: Any, parent: int) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to answer
    threading.Thread(target=_follow, args=(parent,), daemon=True).start()
    come: SimpleQueue[Any] = SimpleQueue()
    done: SimpleQueue[Any] = SimpleQueue()
    threading.Thread(target=_receive, args=(pipe, come), daemon=True).start()
    threading.Thread(target=_send, args=(done, pipe), daemon=True).start()
    try:
        here = start()
    except Exception as error:
        done.put(_message(False, _told(error)))
        while True:  # the parent ends this
            time.sleep(1)
    process.settle()
    while True:
        number, piece, lost, alone = come.get()
        place[_AT], place[_PIECE] = _NOWHERE, number
        try:
            done.put(_message(True, job(here, piece, Watch(place, lost, alone))))
        except Exception as error:
            done.put(_message(False, _told(error)))


def _message(well: bool, result: Any) -> Any:
    return ForkingPickler.dumps((well, result))


def _told(error: Exception) -> Exception:
    """The error as it can be sent: errors of ours and of the system as they are, of others their words."""
    if isinstance(error, MahdarError | OSError):
        return WorkerError(str(error)) if isinstance(error, SourceError) else error
    return WorkerError(f"a worker stumbled: {type(error).__name__}: {error}; please report this")


def _receive(pipe: Connection, come: SimpleQueue[Any]) -> None:
    try:
        while True:
            come.put(pipe.recv())
    except (EOFError, OSError):
        os._exit(0)


def _follow(parent: int) -> None:
    """End when the parent has ended without a word, as by kill -9."""
    while os.getppid() == parent:
        time.sleep(0.5)
    os._exit(1)


def keep(value: T) -> Callable[[], T]:
    """What makes nothing, but has it: for forks."""
    return partial(_itself, value)


def _itself(value: T) -> T:
    return value
