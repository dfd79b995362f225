"""Near-duplicate reports: wire copies that several papers print are one independent source.

MinHash by one hash function (a bottom-k sketch): of all hashed word shingles of a report the k smallest are kept. Two sketches estimate the
Jaccard similarity of the texts; near duplicates share one of the very smallest, which is how they are found without comparing all.
"""

from __future__ import annotations

import zlib
from bisect import bisect_left
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from heapq import nsmallest
from typing import Any, Final

from mahdar.arabic.fold import fold
from mahdar.arabic.tokens import NUMBER, WORD, Tokens, tokenize
from mahdar.record import Span
from mahdar.register.cluster import Groups
from mahdar.register.reports import Report

SHINGLE: Final = 4  # words
KEPT: Final = 96
BLOCKS: Final = 12  # copies with half their shingles in common share one of these but once in thousands
ALIKE: Final = 0.45
CONTAINED: Final = 0.75  # a shortened copy: nearly all of the shorter text stands in the longer one
DAYS: Final = 4
_TOLD: Final = (WORD, NUMBER)


@dataclass(frozen=True, slots=True)
class Sketch:
    """What is kept of a report to find its copies; ``size`` is the number of its different shingles."""

    report: str
    day: str
    hashes: tuple[int, ...]
    size: int

    def __reduce__(self) -> tuple[Any, ...]:  # a compiled class does not know how to be pickled
        return Sketch, (self.report, self.day, self.hashes, self.size)

    @property
    def blocks(self) -> tuple[str, ...]:
        """Keys under which its copies are found."""
        return tuple(f"w{h:08x}" for h in self.hashes[:BLOCKS])


def sketch(report: Report, tokens: Tokens | None = None) -> Sketch:
    """The sketch of a report's body: words only, folded, so that spelling, marks and furniture do not matter. ``tokens`` are the text's,
    where they are known."""
    article = report.record.article
    text = article.text if article is not None else ""
    tokens = tokens if tokens is not None else tokenize(fold(text))
    words: list[str] = []
    for start, end in report.record.body or (Span(0, len(text)),):
        first, last = bisect_left(tokens.start, start), bisect_left(tokens.start, end)
        words.extend(form for form, kind in zip(tokens.form[first:last], tokens.kind[first:last], strict=True) if kind in _TOLD)
    runs = zip(*(words[i:] for i in range(SHINGLE)), strict=False) if len(words) >= SHINGLE else [words] if words else []
    hashes = {zlib.crc32(s) ^ (zlib.crc32(s, 0x9E3779B9) >> 1) for s in set(map(str.encode, map(" ".join, runs)))}
    return Sketch(report.key, report.published[:10], tuple(sorted(hashes)[:KEPT]), len(hashes))


def likeness(a: Sketch, b: Sketch) -> tuple[float, float]:
    """Estimated Jaccard similarity of two texts, and the part of the shorter one that stands in the longer."""
    if not a.hashes or not b.hashes:
        return 0.0, 0.0
    union = nsmallest(KEPT, set(a.hashes) | set(b.hashes))
    both = set(a.hashes) & set(b.hashes)
    jaccard = sum(1 for h in union if h in both) / len(union)
    common = jaccard / (1 + jaccard) * (a.size + b.size)
    return jaccard, min(1.0, common / min(a.size, b.size))


def copies(a: Sketch, b: Sketch) -> bool:
    """Are two reports prints of one text?"""
    if a.day and b.day and abs((date.fromisoformat(a.day) - date.fromisoformat(b.day)).days) > DAYS:
        return False
    jaccard, contained = likeness(a, b)
    return jaccard >= ALIKE or (contained >= CONTAINED and min(a.size, b.size) >= 40)


def wires(sketches: Iterable[Sketch]) -> dict[str, str]:
    """For every report the wire it prints: the smallest key among its copies (its own where it has none)."""
    all_ = sorted(sketches, key=lambda s: s.report)
    groups = Groups(s.report for s in all_)
    seen: dict[str, list[Sketch]] = {}
    for one in all_:
        for block in one.blocks:
            for other in seen.setdefault(block, []):
                if not groups.together(one.report, other.report) and copies(one, other):
                    groups.join(one.report, other.report)
            seen[block].append(one)
    return {s.report: groups.root(s.report) for s in all_}


def independent(reports: Iterable[str], wire_of: Mapping[str, str]) -> int:
    """How many independent sources stand behind a line: prints of one wire count once."""
    return len({wire_of.get(key, key) for key in reports})
