"""Counts of what was served, in Prometheus's text form. No label holds what somebody asked for."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable
from typing import Final

_BOUNDS: Final = (0.005, 0.01, 0.025, 0.05, 0.1, 0.15, 0.25, 0.5, 1.0, 2.5, 10.0)


class Metrics:
    """Requests by route, method and status, their durations, and how many are under way."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._requests: Counter[tuple[str, str, int]] = Counter()
        self._under: dict[str, list[int]] = {}
        self._seconds: Counter[str] = Counter()
        self.events: Counter[str] = Counter()
        self.active = 0
        self.answering: Callable[[], int] = lambda: 0  # processes that answer beside this one

    def served(self, route: str, method: str, status: int, seconds: float) -> None:
        with self._lock:
            self._requests[route, method, status] += 1
            counts = self._under.setdefault(route, [0] * (len(_BOUNDS) + 1))
            counts[next((n for n, bound in enumerate(_BOUNDS) if seconds <= bound), len(_BOUNDS))] += 1
            self._seconds[route] += seconds  # type: ignore[assignment]

    def text(self) -> str:
        """All of it, as Prometheus reads it."""
        with self._lock:
            out = ["# HELP mahdar_requests_total Requests served.", "# TYPE mahdar_requests_total counter"]
            for (route, method, status), count in sorted(self._requests.items()):
                out.append(f'mahdar_requests_total{{route="{route}",method="{method}",status="{status}"}} {count}')
            out += ["# HELP mahdar_request_seconds How long requests took.", "# TYPE mahdar_request_seconds histogram"]
            for route, counts in sorted(self._under.items()):
                total = 0
                for bound, count in zip((*map(str, _BOUNDS), "+Inf"), counts, strict=True):
                    total += count
                    out.append(f'mahdar_request_seconds_bucket{{route="{route}",le="{bound}"}} {total}')
                out.append(f'mahdar_request_seconds_sum{{route="{route}"}} {self._seconds[route]:.6f}')
                out.append(f'mahdar_request_seconds_count{{route="{route}"}} {total}')
            out += ["# HELP mahdar_events_total What else happened: refusals, answers from memory.", "# TYPE mahdar_events_total counter"]
            out += [f'mahdar_events_total{{event="{name}"}} {count}' for name, count in sorted(self.events.items())]
            out += ["# HELP mahdar_active_requests Requests under way.", "# TYPE mahdar_active_requests gauge", f"mahdar_active_requests {self.active}"]
            out += ["# HELP mahdar_answering_processes Processes that answer beside the one that listens.", "# TYPE mahdar_answering_processes gauge"]
            out += [f"mahdar_answering_processes {self.answering()}"]
        return "\n".join(out) + "\n"
