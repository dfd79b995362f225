"""Occurrences: the events of several reports that are one event in the world, and what the reports disagree on.

Facts are compared only inside blocks (family of types, one party's code, a few days), pairs are scored by named features whose weights stand
below, and the pairs that score above the bar are joined, best first, as long as nothing in the two groups rules it out. Scores look at two
facts alone and ties are broken by their keys, so the same facts give the same occurrences in whatever order they come; and what a new
report can change is the linked neighbourhood of its facts (:func:`touched_by`), however many years are stored.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Final, NamedTuple

from mahdar.record import SYMMETRIC
from mahdar.register.cluster import touched
from mahdar.register.facts import Fact, day_gap, ordinal
from mahdar.register.wires import independent

# Types that desks and readers take for each other when they tell of one event.
FAMILIES: Final[Mapping[str, str]] = {"COOPERATE": "AGREE", "CONCEDE": "RETREAT"}
WINDOW: Final = 4  # days between two reports of one event, or between the days they name
BAR: Final = 0.0
WEIGHTS: Final[Mapping[str, float]] = {
    "bias": -3.6,
    "words": 4.5,  # part of the rarer words of the shorter sentence that the other one has
    "gist": 3.0,  # the same of title and lead
    "parties": 1.6,  # Jaccard of the parties' codes
    "both sides": 0.7,  # the same doers do it to the same others
    "person": 0.4,  # a person named by both
    "other persons": -0.8,  # both name persons of one party, and none is the same
    "turned": -1.0,  # who does it in one has it done in the other
    "same day": 0.8,  # both name the day, and it is one
    "other day": -1.6,  # both name a day, and it is another
    "gap": -0.25,  # days between the two, as far as known
    "place": 0.5,
    "other place": -0.4,
    "act": 0.5,  # found by the same rule
    "type": -0.6,  # types of one family that differ
    "ahead": -0.3,  # one tells of what is to come or may be, the other of what was
}


class Weigher(NamedTuple):
    """How rare the stems are that two facts have in common."""

    weight: Callable[[str], float]


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


def blocks(fact: Fact) -> tuple[str, ...]:
    """Keys under which other reports of the event are found: family, one party, and the two windows the day of the report lies in."""
    if not fact.published:
        return ()
    window = ordinal(fact.published) // (WINDOW + 1)
    return tuple(f"{family(fact.type)}/{code}/{w}" for code in sorted(fact.codes) for w in (window, window + 1))


def ruled_out(a: Fact, b: Fact) -> bool:
    """Can the two not be one event? Meetings on known different days never are; nor are two events of one report."""
    if a.cite.report == b.cite.report or family(a.type) != family(b.type) or not a.codes & b.codes:
        return True
    reported = day_gap(a.published, b.published)
    if reported is None or reported > WINDOW:
        return True
    gap = day_gap(a.day, b.day)
    if gap is None:
        return _other_period(a, b)
    if a.type == "CONSULT" and a.told and b.told and gap >= 1:
        return True
    return gap > WINDOW


def _other_period(a: Fact, b: Fact) -> bool:
    """One day, the other a month or year: do they exclude each other?"""
    if a.date is None or b.date is None:
        return False
    return not (a.day.startswith(b.day) or b.day.startswith(a.day))


def features(a: Fact, b: Fact, weigh: Callable[[str], float]) -> dict[str, float]:
    """What speaks for and against two facts being one event."""
    out = {"bias": 1.0, "words": overlap(a.words, b.words, weigh), "gist": overlap(a.gist, b.gist, weigh)}
    out["parties"] = len(a.codes & b.codes) / len(a.codes | b.codes)
    straight = bool(a.doer_codes & b.doer_codes) + bool(a.other_codes & b.other_codes)
    turned = bool(a.doer_codes & b.other_codes) + bool(a.other_codes & b.doer_codes)
    mutual = a.type in SYMMETRIC and b.type in SYMMETRIC
    if straight == 2 or mutual and max(straight, turned) == 2:
        out["both sides"] = 1.0
    elif turned > straight and not mutual:
        out["turned"] = 1.0
    if a.people & b.people:
        out["person"] = 1.0
    elif _others_named(a, b):
        out["other persons"] = 1.0
    gap = day_gap(a.day, b.day)
    if gap is not None:
        out["gap"] = float(gap)
        if a.told and b.told:
            out["other day" if gap else "same day"] = 1.0
    if a.place and b.place:
        out["place" if a.place == b.place else "other place"] = 1.0
    if a.rule == b.rule:
        out["act"] = 1.0
    if a.type != b.type:
        out["type"] = 1.0
    if (a.status in ("planned", "possible")) != (b.status in ("planned", "possible")):
        out["ahead"] = 1.0
    return out


def _others_named(a: Fact, b: Fact) -> bool:
    """Do both name persons of one code, and none in common?"""
    named_a = {w.code for w in (*a.doers, *a.others) if w.person and not w.nameless}
    named_b = {w.code for w in (*b.doers, *b.others) if w.person and not w.nameless}
    return not named_a.isdisjoint(named_b)


def overlap(a: frozenset[str], b: frozenset[str], weigh: Callable[[str], float]) -> float:
    """The weight of the common stems as part of the lighter side's; short texts prove less."""
    common = a & b
    if not common:
        return 0.0
    lighter = min(sum(map(weigh, a)), sum(map(weigh, b)))
    return min(1.0, sum(map(weigh, common)) / max(lighter, 12.0))


def score(a: Fact, b: Fact, weigh: Callable[[str], float]) -> float:
    """How strongly two facts look like one event; above :data:`BAR` they are joined."""
    return sum(WEIGHTS[name] * value for name, value in features(a, b, weigh).items())


def linked(weigh: Callable[[str], float]) -> Callable[[Fact, Fact], bool]:
    """Two facts that may stand in one occurrence."""

    def link(a: Fact, b: Fact) -> bool:
        return not ruled_out(a, b) and score(a, b, weigh) > BAR

    return link


def links(facts: Iterable[Fact], weigh: Callable[[str], float]) -> list[tuple[float, str, str]]:
    """All pairs that may be joined: (minus score, smaller key, greater key), the best first."""
    held: dict[str, list[Fact]] = {}
    out: dict[tuple[str, str], float] = {}
    for fact in sorted(facts, key=lambda f: f.key):
        for block in blocks(fact):
            for other in held.setdefault(block, []):
                if (other.key, fact.key) not in out and not ruled_out(other, fact):
                    out[other.key, fact.key] = score(other, fact, weigh)
            held[block].append(fact)
    return sorted((-value, a, b) for (a, b), value in out.items() if value > BAR)


def occurrences(facts: Iterable[Fact], weigh: Callable[[str], float], wire_of: Mapping[str, str] | None = None) -> tuple[Occurrence, ...]:
    """The occurrences of the facts, in order of day and id. ``wire_of`` maps reports to the wire they print."""
    by_key = {fact.key: fact for fact in facts}
    group_of = {key: [key] for key in by_key}
    for _, a, b in links(by_key.values(), weigh):
        mine, other = group_of[a], group_of[b]
        if mine is other or any(_apart(by_key[x], by_key[y]) for x in mine for y in other):
            continue
        mine.extend(other)
        for key in other:
            group_of[key] = mine
    groups = {id(group): group for group in group_of.values()}.values()
    out = [_occurrence([by_key[k] for k in sorted(group)], wire_of or {}) for group in groups]
    return tuple(sorted(out, key=lambda o: (o.day, o.id)))


def _apart(a: Fact, b: Fact) -> bool:
    """What keeps two facts out of one occurrence even if others link them. Two events of one report may be two tellings of one event."""
    if a.cite.report == b.cite.report:
        return a.type == "CONSULT" and a.told and b.told and a.day != b.day or not a.codes & b.codes
    if a.codes & b.codes:
        return ruled_out(a, b)
    gap = day_gap(a.day, b.day)
    return gap is not None and gap > WINDOW


def touched_by(fresh: Iterable[Fact], fetch: Callable[[Collection[str]], Iterable[Fact]], weigh: Callable[[str], float]) -> list[Fact]:
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
    counts = Counter(values)
    return min(counts, key=lambda v: (-counts[v], v), default="")


def _settled(members: list[Fact]) -> str:
    """What happened has happened, whatever was planned before; a denial stands only where nobody reports the fact."""
    statuses = {f.status for f in members}
    return next(s for s in ("actual", "denied", "planned", "possible") if s in statuses)


def _disagreements(members: list[Fact]) -> tuple[Disagreement, ...]:
    """Denied by some and told by others; different days, places, doers. What only some leave open is no disagreement."""
    out = []
    for on, value in (
        ("status", lambda f: {"denied": "denied", "actual": "actual"}.get(f.status, "")),
        ("date", lambda f: f.day if f.told else ""),
        ("place", lambda f: f.place or ""),
        ("source", lambda f: "+".join(sorted(f.doer_codes)) if f.type not in SYMMETRIC else ""),
        ("target", lambda f: "+".join(sorted(f.other_codes)) if f.type not in SYMMETRIC else ""),
    ):
        told: dict[str, list[str]] = {}
        for fact in members:
            if said := value(fact):
                told.setdefault(said, []).append(fact.key)
        if len(told) > 1:
            out.append(Disagreement(on, tuple((v, tuple(sorted(told[v]))) for v in sorted(told))))
    return tuple(out)
