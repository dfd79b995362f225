"""Files of separated values: a header, then the lines of one batch of events after the other."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Sequence
from typing import TextIO, TypeVar

T = TypeVar("T")


def write_lines(
    out: TextIO, columns: Sequence[str], batches: Iterable[Sequence[T]], lines: Callable[[T], Iterable[Iterable[object]]], *, delimiter: str = ","
) -> int:
    """Write all; how many events (each may have several lines)."""
    rows = csv.writer(out, delimiter=delimiter, lineterminator="\n")
    rows.writerow(columns)
    count = 0
    for batch in batches:
        for event in batch:
            rows.writerows(lines(event))
        count += len(batch)
    return count
