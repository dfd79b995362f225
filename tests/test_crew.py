"""Workers that are watched over: order, bounds, and whatever an item does to the process that works at it."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator

import pytest

from mahdar.crew import Crew, Watch, keep
from mahdar.errors import WorkerError

Piece = list[str]


def shout(here: str, piece: Piece, watch: Watch) -> list[str]:
    """``die`` and ``sleep`` do that; ``once PATH`` dies the first time only; ``kill`` is killed; anything else comes back with what the worker has."""
    out = []
    for word, lost in watch.over(piece):
        if lost is not None:
            out.append(f"lost: {lost}")
            continue
        if word == "die":
            os._exit(7)
        elif word == "kill":
            os.kill(os.getpid(), signal.SIGKILL)
        elif word == "sleep":
            time.sleep(60)
        elif word.startswith("once ") and not os.path.exists(word[5:]):
            open(word[5:], "w").close()
            os._exit(7)
        elif word == "stumble":
            raise ZeroDivisionError("oops")
        out.append(word + here)
    return out


def done(pieces: list[Piece], *, workers: int = 2, patience: float = 30.0, spawn: bool = False) -> list[list[str]]:
    with Crew(shout, keep("!"), workers=workers, patience=patience, spawn=spawn) as crew:
        found = list(crew.run(enumerate(pieces)))
    assert [word for word, _ in found] == list(range(len(pieces)))
    return [result for _, result in found]


@pytest.mark.parametrize("workers", [0, 1, 3])
def test_results_come_in_the_order_of_the_pieces(workers: int) -> None:
    pieces = [[f"{n}.{each}" for each in range(n % 4)] for n in range(40)]
    assert done(pieces, workers=workers) == [[f"{word}!" for word in piece] for piece in pieces]


def test_processes_of_their_own_do_the_same() -> None:
    assert done([["a"], ["b", "die"]], workers=1, spawn=True) == [["a!"], ["b!", "lost: the process that read it died (status 7)"]]


@pytest.mark.parametrize(
    ("word", "reason"),
    [("die", "the process that read it died (status 7)"), ("kill", "the process that read it died (SIGKILL: out of memory?)"), ("sleep", "not read within 1 s")],
)
def test_an_item_that_ends_its_worker_is_lost_and_nothing_else(word: str, reason: str) -> None:
    pieces = [["a", "b"], ["c", word, "d", "e"], ["f"], ["g", "h"]]
    assert done(pieces, patience=1.0) == [["a!", "b!"], ["c!", f"lost: {reason}", "d!", "e!"], ["f!"], ["g!", "h!"]]


def test_several_of_them_in_one_piece() -> None:
    lost = "lost: the process that read it died (status 7)"
    assert done([["die", "a", "die", "die"], ["b", "die"]]) == [[lost, "a!", lost, lost], ["b!", lost]]


def test_a_worker_that_was_only_unlucky_costs_nothing(tmp_path: object) -> None:
    assert done([["a", f"once {tmp_path}/x", "b"]])[0][::2] == ["a!", "b!"]
    assert done([["a", f"once {tmp_path}/x"]]) == [["a!", f"once {tmp_path}/x!"]]


def test_where_everything_dies_the_run_ends() -> None:
    with pytest.raises(WorkerError, match="die all the time"):
        done([["die"] * 30])


def test_a_worker_that_cannot_begin_is_said() -> None:
    def start() -> str:
        os._exit(3)

    with Crew(shout, start, workers=1) as crew, pytest.raises(WorkerError, match=r"3 worker processes died one after the other.*status 3"):
        list(crew.run([(0, ["a"])]))


def test_what_a_job_raises_is_raised_here() -> None:
    with pytest.raises(WorkerError, match="a worker stumbled: ZeroDivisionError: oops"):
        done([["a"], ["stumble"]])


@pytest.mark.parametrize("workers", [1, 2])
def test_no_more_is_taken_than_is_needed(workers: int) -> None:
    taken = 0

    def endless() -> Iterator[tuple[int, Piece]]:
        nonlocal taken
        while True:
            taken += 1
            yield taken, [str(taken)]

    with Crew(shout, keep(""), workers=workers) as crew:
        for word, _ in crew.run(endless()):
            assert taken <= word + 2 * workers
            if word == 20:
                break


def test_large_pieces_and_results_wait_for_nobody() -> None:
    pieces = [["x" * 3_000_000] for _ in range(6)]
    assert [len(result[0]) for result in done(pieces)] == [3_000_001] * 6
