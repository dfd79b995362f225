"""Settings of a process of Mahdar's own: how it looks after its memory."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final


@contextmanager
def starting() -> Iterator[None]:
    """While a process loads what it will keep, no garbage is looked for; what is loaded then stays out of it (:func:`settle`)."""
    gc.disable()
    try:
        yield
        settle()
    finally:
        gc.enable()


@contextmanager
def loading() -> Iterator[None]:
    """While much is made that stays (the lexicon, the weights), no garbage is looked for: that costs a quarter of the loading."""
    on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if on:
            gc.enable()


READING: Final = (100_000, 20, 20)  # reading and answering leave little garbage in cycles
STAYING: Final = (20_000, 10, 10)  # each connection that is closed and each transaction leave some, for weeks


def settle(often: tuple[int, int, int] = READING) -> None:
    """Keep what is loaded by now (the lexicon, the weights) out of garbage collection, and look for other garbage as ``often`` as the gc module is told to.

    It concerns the whole process, so it is for processes of Mahdar's own (a command, a worker) to call, never for the library.
    """
    gc.freeze()
    gc.set_threshold(*often)
