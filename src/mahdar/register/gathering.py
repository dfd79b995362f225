"""Groups of facts that are one event on the whole, by average linkage: the two groups most alike are joined first, until none are alike."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from functools import lru_cache
from heapq import heapify, heappop, heappush
from typing import Final

from mahdar.register.facts import Fact, day_gap, ordinal
from mahdar.register.likeness import WINDOW, Weigh, dates_meeting, ruled_out, score, slack

COHESION: Final = 0.25  # groups whose members score less on the whole stay apart
FLOOR: Final = -2.0  # no pair speaks more strongly against a group
REMEMBERED: Final = 5_000  # pairs: each batch asks for those of the last ones again
Link = tuple[float, str, str]  # minus the score, the smaller key, the greater key
_PARTS: Final = 1 << 40  # scores are added up as whole numbers of such parts of one, so that their order does not matter


class Gathering:
    """Joins facts to groups; a chain of likenesses is no identity."""

    def __init__(self, facts: Mapping[str, Fact], against: Against) -> None:
        self._facts = facts
        self._against = against
        self._days: dict[str, tuple[int, Fact] | None] = {}
        self._members: dict[str, list[str]] = {}
        self._sums: dict[str, dict[str, tuple[int, int] | None]] = {}

    def groups(self, found: list[Link]) -> list[list[str]]:
        """The groups of keys, those of one member too; a group's smallest key names it while it grows.

        ``found`` are all pairs that may be joined. What two groups that are linked add up to (the sum of their scores, the number of pairs; None
        where something keeps them apart for good) is kept as they grow.
        """
        members = self._members = {key: [key] for key in self._facts}
        sums = self._sums = {key: {} for key in self._facts}
        waiting = []
        for value, a, b in found:
            parts = round(-value * _PARTS)
            sums[a][b] = sums[b][a] = (parts, 1)
            waiting.append((-parts / _PARTS, a, b, 1, 1))
        heapify(waiting)
        while waiting:
            _, a, b, size_a, size_b = heappop(waiting)
            if a not in members or b not in members or (len(members[a]), len(members[b])) != (size_a, size_b):
                continue  # one of them has grown or gone since
            self._join(a, b)
            for other, added in sums[a].items():
                if added is not None and added[1] and not self._other_day(a, other):
                    mean = added[0] / added[1] / _PARTS
                    if mean > COHESION:
                        first, second = (a, other) if a < other else (other, a)
                        heappush(waiting, (-mean, first, second, len(members[first]), len(members[second])))
        return list(members.values())

    def _join(self, a: str, b: str) -> None:
        """Make two groups one, under the name of the first."""
        members, sums = self._members, self._sums
        mine, yours = sums[a], sums.pop(b)
        del mine[b], yours[a]
        for other in mine.keys() | yours.keys():
            one = mine[other] if other in mine else self._added(a, other)
            two = yours[other] if other in yours else self._added(b, other)
            added = None if one is None or two is None else (one[0] + two[0], one[1] + two[1])
            mine[other] = sums[other][a] = added
            sums[other].pop(b, None)
        members[a] = sorted(members[a] + members.pop(b))
        self._days.pop(a, None)

    def _added(self, first: str, second: str) -> tuple[int, int] | None:
        """What two groups without a link between them add up to."""
        total, pairs = 0, 0
        for a in self._members[first]:
            for b in self._members[second]:
                one, other = (self._facts[a], self._facts[b]) if a < b else (self._facts[b], self._facts[a])
                if one.cite.report == other.cite.report:  # two facts of one report may tell one event twice
                    if one.codes.isdisjoint(other.codes):
                        return None
                    continue
                value = self._against.of(one, other)
                if value is None:
                    return None
                total, pairs = total + value, pairs + 1
        return total, pairs

    def _other_day(self, mine: str, other: str) -> bool:
        """Are both groups meetings that most of their reports date, on different days? One report that misdates a meeting does not split it."""
        a, b = self._dated(mine), self._dated(other)
        return a is not None and b is not None and bool(a[0]) and bool(b[0]) and abs(a[0] - b[0]) > slack(a[1], b[1])

    def _dated(self, name: str) -> tuple[int, Fact] | None:
        """The day most of a group's reports give a meeting, and the one of them that speaks for it."""
        if name not in self._days:
            dated = [f for key in self._members[name] if dates_meeting(f := self._facts[key])]
            day = most_told(f.day for f in dated)
            self._days[name] = (ordinal(day) if len(day) >= 10 else 0, max(dated, key=lambda f: (f.mode == "visit", f.key))) if dated else None
        return self._days[name]


class Against:
    """What speaks against two facts of different reports that are not linked being one event; remembered of the ``most`` pairs asked for last, or twice as many.

    A pair that is remembered keeps its two facts in memory, so ``most`` says how much of a register whoever takes in articles for weeks holds at the end.
    """

    __slots__ = ("_former", "_known", "_most", "_weigh")

    def __init__(self, weigh: Weigh, most: int = REMEMBERED) -> None:
        self._weigh, self._most = weigh, most
        self._known: dict[tuple[str, str], tuple[Fact, Fact, int | None]] = {}
        self._former: dict[tuple[str, str], tuple[Fact, Fact, int | None]] = {}  # those asked for before the known ones: what is asked for again is known anew

    def of(self, a: Fact, b: Fact) -> int | None:
        """Their score in parts, the one with the smaller key first; None where they keep all groups apart that they are in."""
        name = (a.key, b.key)
        known = self._known.get(name)
        if known is not None and known[0] is a and known[1] is b:  # a report read anew may tell another fact under the same key
            return known[2]
        former = self._former.get(name)
        value = former[2] if former is not None and former[0] is a and former[1] is b else self._weighed(a, b)
        if len(self._known) >= self._most:
            self._former, self._known = self._known, {}
        self._known[name] = (a, b, value)
        return value

    def _weighed(self, a: Fact, b: Fact) -> int | None:
        if not ruled_out(a, b):
            return round(max(FLOOR, score(a, b, self._weigh)) * _PARTS)
        return round(FLOOR * _PARTS) if _near(a, b) else None


@lru_cache(maxsize=2)
def against_by(weigh: Weigh) -> Against:
    """What speaks against by these weights: one for all batches of a run, which ask for the same pairs again and again."""
    return Against(weigh)


def _near(a: Fact, b: Fact) -> bool:
    gap = day_gap(a.published, b.published)
    return gap is not None and gap <= 2 * WINDOW


def most_told(values: Iterable[str]) -> str:
    """The value told most often; of equals the first in order."""
    told = list(values)
    if len(told) == 1:
        return told[0]
    counts = Counter(told)
    return min(counts, key=lambda v: (-counts[v], v), default="")
