"""Settings of a process that does nothing but read."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def starting() -> Iterator[None]:
    """While a process loads what it will keep, no garbage is looked for; what is loaded then stays out of it (:func:`settle`)."""
    gc.disable()
    try:
        yield
        settle()
    finally:
        gc.enable()


def settle() -> None:
    """Keep what is loaded by now (the lexicon, the weights) out of garbage collection, and look for garbage seldom: reading leaves next to none in cycles.

    It concerns the whole process, so it is for processes of Mahdar's own (a command, a worker) to call, never for the library.
    """
    gc.freeze()
    gc.set_threshold(100_000, 20, 20)
