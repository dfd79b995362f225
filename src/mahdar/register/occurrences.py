"""Occurrences: the events of several reports that are one event in the world, and what the reports disagree on.

Facts are compared only inside blocks (family of types, one party's code, a few days), pairs are scored by named features whose weights stand
below (fitted to the labelled pairs of ``tests/gold/links.jsonl``), and groups are joined by average linkage, the most alike first. Scores
look at two facts alone and ties are broken by their keys, so the same facts give the same occurrences in whatever order they come; and what
a new report can change is the linked neighbourhood of its facts (:func:`touched_by`), however many years are stored.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from heapq import heapify, heappop, heappush
from typing import Final

from mahdar.record import SYMMETRIC
from mahdar.register.cluster import Groups, touched
from mahdar.register.facts import FAMILIES, Fact, day_gap, ordinal
from mahdar.register.wires import independent

WINDOW: Final = 4  # days between two reports of one event, or between the days they name
VISIT: Final = 2
BAR: Final = 0.0
COHESION: Final = 0.25  # groups whose members score less on the whole stay apart
FLOOR: Final = -2.0  # no pair speaks more strongly against a group
WEIGHTS: Final[Mapping[str, float]] = {
    "bias": -3.8,
    "words": 6.7,  # part of the rarer words of the shorter sentence that the other one has
    "gist": 2.5,  # the same of title and lead
    "parties": 0.9,  # Jaccard of the parties' codes; one alone counts half
    "both sides": 1.4,  # the same doers do it to the same others
    "person": 0.35,  # a person named by both
    "other persons": -1.4,  # both name somebody in particular of one party, and nobody in common
    "turned": -0.9,  # who does it in one has it done in the other
    "same day": 0.4,  # both name the day, and it is one
    "other day": -0.2,  # both name a day, and it is another
    "gap": -0.2,  # days between the two, as far as known
    "place": 0.05,
    "other place": -0.05,
    "other party": -0.35,  # each has a party that the other has not
    "met another": -1.2,  # meetings with one party in common, each with one the other has not
    "one meets": -1.35,  # a meeting of which one names a single party
    "one party": -0.4,
    "in words": -0.95,
    "same parties meet": 0.25,
    "issue": 0.7,
    "other issue": -1.7,
    "act": 1.0,  # found by the same rule
    "type": -1.7,  # types of one family that differ
    "denied": -0.85,  # one denies what the other tells
    "ahead": -0.05,  # one tells of what is to come or may be, the other of what was
}


(
    _BIAS, _WORDS, _GIST, _PARTIES, _BOTH_SIDES, _PERSON, _OTHER_PERSONS, _TURNED, _SAME_DAY, _OTHER_DAY, _GAP, _PLACE, _OTHER_PLACE, _OTHER_PARTY, _MET_ANOTHER,
    _ONE_MEETS, _ONE_PARTY, _IN_WORDS, _SAME_PARTIES_MEET, _ISSUE, _OTHER_ISSUE, _ACT, _TYPE, _DENIED, _AHEAD,
) = WEIGHTS.values()  # fmt: skip
_MEETINGS: Final = frozenset(("CONSULT",))
_DEEDS: Final = frozenset(("AID", "RETREAT", "CONCEDE", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT", "COOPERATE", "AGREE"))
Link = tuple[float, str, str]  # minus the score, the smaller key, the greater key
Weigh = Callable[[str], float]  # how rare a stem is that two facts have in common


@dataclass(frozen=True, slots=True)
class Disagreement:
    """What reports of one occurrence say differently: ``on`` is status, date, place, source or target; values with the facts that say so."""

    on: str
    values: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One event in the world. ``facts`` are the keys of its members, best told first; ``sources`` counts independent ones."""

    id: str
    type: str
    status: str
    doers: tuple[str, ...]
    others: tuple[str, ...]
    people: tuple[str, ...]
    day: str
    date: str | None
    place: str | None
    issues: tuple[str, ...]
    facts: tuple[str, ...]
    reports: tuple[str, ...]
    sources: int
    disagreements: tuple[Disagreement, ...]


def family(type_: str) -> str:
    """The family of types an event is compared within."""
    return FAMILIES.get(type_, type_)


def places(fact: Fact) -> tuple[str, ...]:
    """Where other reports of the event are looked for: family and one party, near the day of the report."""
    return tuple(f"{family(fact.type)}/{code}" for code in sorted(fact.codes)) if fact.published else ()


def blocks(fact: Fact) -> tuple[str, ...]:
    """Keys under which other reports of the event are found: family, one party, and the two windows the day of the report lies in."""
    if not fact.published:
        return ()
    window = ordinal(fact.published) // (WINDOW + 1)
    return tuple(f"{family(fact.type)}/{code}/{w}" for code in sorted(fact.codes) for w in (window, window + 1))


def ruled_out(a: Fact, b: Fact) -> bool:
    """Can the two not be one event? Meetings on known different days never are; nor are two events of one report."""
    if a.family != b.family or not a.at or not b.at or abs(a.at - b.at) > WINDOW or a.cite.report == b.cite.report or a.codes.isdisjoint(b.codes):
        return True
    return _dates_meeting(a) and _dates_meeting(b) and _gap(a, b) > _slack(a, b)


def _dates_meeting(fact: Fact) -> bool:
    """Is its day that of a meeting? The day told with one that is called off may be the day it was called off."""
    return fact.type == "CONSULT" and fact.told and fact.status != "denied"


def _gap(a: Fact, b: Fact) -> int:
    """Days between the days two facts tell; none where one is not known."""
    return abs(a.day_at - b.day_at) if a.day_at and b.day_at else 0


def _slack(a: Fact, b: Fact) -> int:
    """Days two tellings of one meeting may name apart: none, but a visit lasts."""
    return VISIT if "visit" in (a.mode, b.mode) else 0


def _others_named(a: Fact, b: Fact) -> bool:
    """Do both name somebody in particular of one party, and nobody in common?"""
    return any(code in b.called and named.isdisjoint(b.called[code]) for code, named in a.called.items())


def overlap(a: frozenset[str], b: frozenset[str], lighter: float, weigh: Weigh) -> float:
    """The weight of the common stems as part of the lighter side's; short texts prove less."""
    common = a & b
    return min(1.0, sum(map(weigh, sorted(common))) / max(lighter, 40.0)) if common else 0.0


def score(a: Fact, b: Fact, weigh: Weigh) -> float:
    """How strongly two facts look like one event; above :data:`BAR` they are joined. Texts are compared only where they can decide."""
    out = _plain(a, b)
    if out + _WORDS + _GIST <= BAR:
        return out
    out += _WORDS * overlap(a.words, b.words, min(a.words_weight, b.words_weight), weigh)
    if out + _GIST <= BAR:
        return out
    return out + _GIST * overlap(a.gist, b.gist, min(a.gist_weight, b.gist_weight), weigh)


def _plain(a: Fact, b: Fact) -> float:
    """The part of a score that asks no text."""
    common = len(a.codes & b.codes)
    mine, other = len(a.codes), len(b.codes)
    out = _BIAS + _PARTIES * (common / max(2, mine + other - common))
    straight = (not a.doer_codes.isdisjoint(b.doer_codes)) + (not a.other_codes.isdisjoint(b.other_codes))
    turned = (not a.doer_codes.isdisjoint(b.other_codes)) + (not a.other_codes.isdisjoint(b.doer_codes))
    mutual = a.type in SYMMETRIC and b.type in SYMMETRIC
    if straight == 2 or mutual and turned == 2:
        out += _BOTH_SIDES
    elif turned > straight and not mutual:
        out += _TURNED
    if not a.people.isdisjoint(b.people):
        out += _PERSON
    if a.called and b.called and _others_named(a, b):
        out += _OTHER_PERSONS
    known = a.day_at and b.day_at
    gap = abs(a.day_at - b.day_at) if known else 1
    out += _GAP * min(gap, WINDOW)
    if a.told and b.told:
        out += _OTHER_DAY if known and gap else _SAME_DAY
    if a.place and b.place:
        out += _PLACE if a.place == b.place else _OTHER_PLACE
    meeting = a.type in _MEETINGS
    if common < mine and common < other:
        out += _MET_ANOTHER if meeting and common == 1 else _OTHER_PARTY
    if mine == 1 or other == 1:
        out += _ONE_MEETS if meeting else _ONE_PARTY
    if not meeting and a.type not in _DEEDS:
        out += _IN_WORDS
    elif meeting and common > 1:
        out += _SAME_PARTIES_MEET
    if a.issues and b.issues:
        out += _OTHER_ISSUE if set(a.issues).isdisjoint(b.issues) else _ISSUE
    if a.rule == b.rule:
        out += _ACT
    if a.type != b.type:
        out += _TYPE
    if a.ahead != b.ahead:
        out += _AHEAD
    if (a.status == "denied") != (b.status == "denied"):
        out += _DENIED
    return out


def linked(weigh: Weigh) -> Callable[[Fact, Fact], bool]:
    """Two facts that may stand in one occurrence."""

    def link(a: Fact, b: Fact) -> bool:
        return not ruled_out(a, b) and score(a, b, weigh) > BAR

    return link


def links(facts: Iterable[Fact], weigh: Weigh) -> list[Link]:
    """All pairs that may be joined, the best first."""
    held: dict[str, list[Fact]] = {}
    out: dict[tuple[str, str], float] = {}
    for fact in sorted(facts, key=lambda f: f.key):
        for block in blocks(fact):
            for other in held.setdefault(block, []):
                if (other.key, fact.key) not in out and not ruled_out(other, fact):
                    out[other.key, fact.key] = score(other, fact, weigh)
            held[block].append(fact)
    return sorted((-value, a, b) for (a, b), value in out.items() if value > BAR)


def occurrences(facts: Iterable[Fact], weigh: Weigh, wire_of: Mapping[str, str] | None = None) -> tuple[Occurrence, ...]:
    """The occurrences of the facts, in order of day and id. ``wire_of`` maps reports to the wire they print."""
    out = [one for _, found in clusters(facts, weigh, wire_of or {}) for one in found]
    return tuple(sorted(out, key=lambda o: (o.day, o.id)))


def clusters(
    facts: Iterable[Fact], weigh: Weigh, wire_of: Mapping[str, str], found: list[Link] | None = None
) -> list[tuple[str, list[Occurrence]]]:
    """The facts that are linked, by way of others too, each cluster named by its smallest key, and the occurrences within it.

    ``found`` are the links between them, the best first, where they are known.
    """
    by_key = {fact.key: fact for fact in facts}
    linked_ = Groups(by_key)
    found = links(by_key.values(), weigh) if found is None else found
    for _, a, b in found:
        linked_.join(a, b)
    out: dict[str, list[Occurrence]] = {}
    for group in _Gathering(by_key, weigh).groups(found):
        out.setdefault(linked_.root(group[0]), []).append(_occurrence([by_key[k] for k in group], wire_of))
    return sorted(out.items())


class _Gathering:
    """Average linkage: the two groups most alike are joined first, until none are alike on the whole; a chain of likenesses is no identity."""

    def __init__(self, facts: Mapping[str, Fact], weigh: Weigh) -> None:
        self.facts = facts
        self.weigh = weigh
        self.scores: dict[tuple[str, str], float | None] = {}
        self.days: dict[tuple[str, int], tuple[int, Fact] | None] = {}

    def groups(self, found: list[Link]) -> list[list[str]]:
        """The groups of keys, those of one member too; a group's smallest key names it while it grows."""
        self.scores.update({(a, b): -value for value, a, b in found})
        members = {key: [key] for key in self.facts}
        near: dict[str, set[str]] = {key: set() for key in self.facts}
        for _, a, b in found:
            near[a].add(b)
            near[b].add(a)
        waiting = [(value, a, b, 1, 1) for value, a, b in found]
        heapify(waiting)
        while waiting:
            _, a, b, size_a, size_b = heappop(waiting)
            if a not in members or b not in members or (len(members[a]), len(members[b])) != (size_a, size_b):
                continue  # one of them has grown or gone since
            members[a] = sorted(members[a] + members.pop(b))
            for other in near.pop(b):
                near[other].discard(b)
                if other != a:
                    near[a].add(other)
                    near[other].add(a)
            for other in sorted(near[a]):
                alike = self._alike(members[a], members[other])
                if alike is not None and alike > COHESION:
                    first, second = sorted((a, other))
                    heappush(waiting, (-alike, first, second, len(members[first]), len(members[second])))
        return list(members.values())

    def _alike(self, mine: list[str], other: list[str]) -> float | None:
        """The mean score over two groups; None where something keeps them apart."""
        if self._other_day(mine, other):
            return None
        total, pairs = 0.0, 0
        for a in mine:
            for b in other:
                value = self._pair(a, b) if a < b else self._pair(b, a)
                if value is None:
                    return None
                if self.facts[a].cite.report != self.facts[b].cite.report:
                    total, pairs = total + value, pairs + 1
        return total / pairs if pairs else None

    def _other_day(self, mine: list[str], other: list[str]) -> bool:
        """Are both groups meetings that most of their reports date, on different days? One report that misdates a meeting does not split it."""
        a, b = self._dated(mine), self._dated(other)
        return a is not None and b is not None and bool(a[0]) and bool(b[0]) and abs(a[0] - b[0]) > _slack(a[1], b[1])

    def _dated(self, group: list[str]) -> tuple[int, Fact] | None:
        """The day most of a group's reports give a meeting, and the one of them that speaks for it; a group is known by its first and its size."""
        name = group[0], len(group)
        if name not in self.days:
            dated = [f for key in group if _dates_meeting(f := self.facts[key])]
            day = _most(f.day for f in dated)
            self.days[name] = (ordinal(day) if len(day) >= 10 else 0, max(dated, key=lambda f: (f.mode == "visit", f.key))) if dated else None
        return self.days[name]

    def _pair(self, first: str, second: str) -> float | None:
        if (first, second) not in self.scores:
            a, b = self.facts[first], self.facts[second]
            if a.cite.report == b.cite.report:  # two facts of one report may tell one event twice
                self.scores[first, second] = 0.0 if a.codes & b.codes else None
            elif ruled_out(a, b):
                self.scores[first, second] = FLOOR if _near(a, b) else None
            else:
                self.scores[first, second] = max(FLOOR, score(a, b, self.weigh))
        return self.scores[first, second]


def _near(a: Fact, b: Fact) -> bool:
    gap = day_gap(a.published, b.published)
    return gap is not None and gap <= 2 * WINDOW


def touched_by(fresh: Iterable[Fact], fetch: Callable[[Collection[str]], Iterable[Fact]], weigh: Weigh) -> list[Fact]:
    """The facts whose occurrences the fresh ones can change (with them); ``fetch`` gives the stored facts of some blocks."""
    return touched(fresh, fetch, key=lambda f: f.key, blocks=blocks, linked=linked(weigh))


def _occurrence(members: list[Fact], wire_of: Mapping[str, str]) -> Occurrence:
    first = min(members, key=lambda f: (f.published, f.key))
    best = sorted(members, key=lambda f: (f.status != "actual", -len(f.codes), not f.told, f.published, f.key))
    reports = sorted({f.cite.report for f in members})
    told = [f for f in members if f.told] or [f for f in members if f.date] or members
    day = _most(f.day for f in told)
    dates = [f.date for f in told if f.date]
    head = best[0]
    return Occurrence(
        id="o" + hashlib.blake2b(first.key.encode(), digest_size=8).hexdigest(),
        type=_most(f.type for f in members), status=_settled(members), doers=tuple(sorted(head.doer_codes)), others=tuple(sorted(head.other_codes)),
        people=tuple(sorted(set().union(*(f.people for f in members)))), day=day, date=_most(dates) if dates else None,
        place=_most(p for f in members if (p := f.place)) or None, issues=tuple(sorted(set().union(*(f.issues for f in members)))),
        facts=tuple(f.key for f in best), reports=tuple(reports), sources=independent(reports, wire_of), disagreements=_disagreements(members),
    )  # fmt: skip


def _most(values: Iterable[str]) -> str:
    """The value told most often; of equals the first in order."""
    told = list(values)
    if len(told) == 1:
        return told[0]
    counts = Counter(told)
    return min(counts, key=lambda v: (-counts[v], v), default="")


def _settled(members: list[Fact]) -> str:
    """What happened has happened, whatever was planned before; a denial stands only where nobody reports the fact."""
    statuses = {f.status for f in members}
    return next(s for s in ("actual", "denied", "planned", "possible") if s in statuses)


def _status_told(fact: Fact) -> str:
    return fact.status if fact.status in ("actual", "denied") else ""


def _day_told(fact: Fact) -> str:
    return fact.day if fact.told else ""


def _place_told(fact: Fact) -> str:
    return fact.place or ""


def _doers_told(fact: Fact) -> str:
    return "" if fact.type in SYMMETRIC else "+".join(sorted(fact.doer_codes))


def _others_told(fact: Fact) -> str:
    return "" if fact.type in SYMMETRIC else "+".join(sorted(fact.other_codes))


_TOLD: Final = (("status", _status_told), ("date", _day_told), ("place", _place_told), ("source", _doers_told), ("target", _others_told))


def _disagreements(members: list[Fact]) -> tuple[Disagreement, ...]:
    """Denied by some and told by others; different days, places, doers. What only some leave open is no disagreement."""
    out: list[Disagreement] = []
    for on, value in _TOLD if len(members) > 1 else ():
        told: dict[str, list[str]] = {}
        for fact in members:
            if said := value(fact):
                told.setdefault(said, []).append(fact.key)
        if len(told) > 1:
            out.append(Disagreement(on, tuple((v, tuple(sorted(told[v]))) for v in sorted(told))))
    return tuple(out)
