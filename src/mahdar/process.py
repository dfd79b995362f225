"""Settings of a process that does nothing but read, and what it takes of the machine."""

from __future__ import annotations

import gc
import os


def settle() -> None:
    """Keep what is loaded by now (the lexicon, the weights) out of garbage collection, and look for garbage seldom: reading leaves next to none in cycles.

    It concerns the whole process, so it is for processes of Mahdar's own (a command, a worker) to call, never for the library.
    """
    gc.freeze()
    gc.set_threshold(100_000, 20, 20)


def resident() -> int:
    """Bytes of memory this process has now; 0 where the system does not tell."""
    try:
        with open("/proc/self/statm", encoding="ascii") as told:
            return int(told.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, ValueError):
        return 0
