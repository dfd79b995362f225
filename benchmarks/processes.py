"""What a command and all the processes it starts cost: processor time and memory, sampled from /proc while it runs (Linux)."""

from __future__ import annotations

import contextlib
import os
import subprocess
import time
import uuid
from bisect import bisect_left
from dataclasses import dataclass, field
from pathlib import Path

_TICKS = os.sysconf("SC_CLK_TCK")
_EVERY = 0.25  # seconds between samples


@dataclass
class Cost:
    """Samples of a run: processor seconds by then, and the memory of each process by what it is called."""

    samples: list[tuple[float, float]] = field(default_factory=list)  # time.time(), processor seconds of all processes so far
    memory: dict[str, list[float]] = field(default_factory=dict)  # by pid and name: private and shared MB at each sample
    output: str = ""

    def processor(self, start: float, end: float) -> float:
        """Processor seconds spent between two moments."""
        return self._at(end) - self._at(start)

    def _at(self, moment: float) -> float:
        place = bisect_left(self.samples, (moment, 0.0))
        if place == 0:
            return self.samples[0][1]
        if place == len(self.samples):
            return self.samples[-1][1]
        (a, x), (b, y) = self.samples[place - 1 : place + 1]
        return x + (y - x) * (moment - a) / (b - a)


def run(words: list[str], **more: str) -> Cost:
    """Run the command to its end; its processes are told by a mark in their environment, however they were started."""
    mark = f"mahdar-bench-{uuid.uuid4().hex}"
    cost, spent = Cost(), {}
    with subprocess.Popen(words, env={**os.environ, **more, "MAHDAR_BENCH": mark}, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        while process.poll() is None:
            for pid in _marked(mark):
                with contextlib.suppress(OSError, ValueError, IndexError):
                    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
                    spent[pid] = (int(fields[11]) + int(fields[12])) / _TICKS
                    name = Path(f"/proc/{pid}/cmdline").read_text().replace("\0", " ").strip()
                    pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
                    cost.memory.setdefault(f"{pid} {name}", []).append(pages * os.sysconf("SC_PAGE_SIZE") / 1e6)
            cost.samples.append((time.time(), sum(spent.values())))
            time.sleep(_EVERY)
        cost.output, problem = process.communicate()
        if process.returncode not in (0, 1):
            raise RuntimeError(f"{' '.join(words)}: {problem}")
    return cost


def _marked(mark: str) -> list[int]:
    found = []
    for each in Path("/proc").iterdir():
        if each.name.isdigit():
            with contextlib.suppress(OSError):
                if mark.encode() in (each / "environ").read_bytes():
                    found.append(int(each.name))
    return found
