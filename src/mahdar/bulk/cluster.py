"""The parts of a run read by a cluster under Ray: an actor a worker, each with the lexicon loaded once.

An actor leads one process that reads (:class:`mahdar.crew.Crew`), so that an article that kills or stalls its process costs that process and no actor. When
an actor or its machine is lost, Ray starts another and the parts it had are given out again. Who runs this must reach the same files and the same
folder as the actors do: a shared file system, or URLs.
"""

from __future__ import annotations

import contextlib
import os
from collections import deque
from collections.abc import Callable, Iterator
from importlib import import_module
from typing import Any, Final

from mahdar.bulk.part import Bench, Part, write_part
from mahdar.bulk.pieces import Piece
from mahdar.crew import Crew, cores
from mahdar.errors import BulkError, MahdarError, WorkerError

_AHEAD: Final = 2  # parts given to each actor: one to read, one to begin with at once
_TRIES: Final = 5  # of a part whose actor is lost
_STORE: Final = 300_000_000  # bytes of Ray's own memory on one machine; parts are small


class Station:
    """What runs as an actor: one process that reads, one part at a time."""

    def __init__(self, start: Callable[[], Bench], patience: float) -> None:
        self._crew: Crew[Bench, Piece, Part] = Crew(write_part, start, workers=1, patience=patience, spawn=True)

    def work(self, piece: Piece) -> Part:
        """Read and write one part."""
        ((_, part),) = self._crew.run([(None, piece)])
        return part


def over_cluster(pieces: Iterator[Piece], start: Callable[[], Bench], *, workers: int, patience: float) -> Iterator[Part]:
    """Each part, as it is done; ``workers`` actors (0: one for each processor of the cluster), of which none waits while there is work.

    The cluster is the one RAY_ADDRESS names, else one is started on this machine for the time of the run.
    """
    ray = _started(workers)
    try:
        count = workers or max(1, int(ray.cluster_resources().get("CPU", 1)))
        make = ray.remote(num_cpus=1, max_restarts=-1)(Station)
        yield from _hand_out(ray, [make.remote(start, patience) for _ in range(count)], pieces)
    finally:
        with contextlib.suppress(Exception):  # it may be lost itself
            ray.shutdown()


def _hand_out(ray: Any, actors: list[Any], pieces: Iterator[Piece]) -> Iterator[Part]:
    under_way: dict[Any, tuple[Any, Piece]] = {}
    again: deque[Piece] = deque()
    tries: dict[int, int] = {}
    free = deque(actors * _AHEAD)
    while True:
        while free and (piece := again.popleft() if again else next(pieces, None)) is not None:
            actor = free.popleft()
            under_way[actor.work.remote(piece)] = actor, piece
        if not under_way:
            return
        ready, _ = ray.wait(list(under_way), num_returns=1)
        for one in ready:
            actor, piece = under_way.pop(one)
            free.append(actor)
            try:
                part: Part = ray.get(one)
            except ray.exceptions.RayTaskError as error:
                raise _told(error) from error
            except ray.exceptions.RayError as error:  # the actor is lost, or the machine it was on
                tries[piece.number] = tries.get(piece.number, 0) + 1
                if tries[piece.number] >= _TRIES:
                    raise WorkerError(f"{piece.name}: lost with {_TRIES} workers ({type(error).__name__}); what was done stays, the same command goes on from there") from error
                again.append(piece)
            else:
                yield part


def _told(error: Any) -> Exception:
    """What went wrong in a task, in our words where it is an error of ours."""
    cause = error.cause
    if isinstance(cause, MahdarError | OSError):
        return cause
    return WorkerError(f"a worker stumbled: {type(cause).__name__}: {cause}; please report this")


def _started(workers: int) -> Any:
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")  # it would tell its makers of the run
    try:
        ray: Any = import_module("ray")
    except ImportError:
        raise BulkError("--engine ray needs the extra: pip install 'mahdar[cluster]'") from None
    quiet: dict[str, Any] = {"log_to_driver": False, "logging_level": "ERROR", "configure_logging": False}
    where = os.environ.get("RAY_ADDRESS")
    try:
        if where:
            ray.init(**quiet)
        else:
            os.environ.setdefault("RAY_worker_niceness", "0")  # on a machine of one's own its workers need not stand back
            ray.init(address="local", num_cpus=workers or cores(), include_dashboard=False, object_store_memory=_STORE, **quiet)
    except (ConnectionError, RuntimeError, ValueError) as error:
        raise BulkError(f"Ray cannot be reached at {where or 'this machine'}: {error}") from error
    return ray
