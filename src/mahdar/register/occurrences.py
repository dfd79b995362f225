"""Occurrences: the events of several reports that are one event in the world, and what the reports disagree on.

Facts are compared only inside blocks (family of types, one party's code, a few days), pairs are scored by named features (:mod:`likeness`), and
groups are joined by average linkage, the most alike first (:mod:`gathering`). Scores look at two facts alone and ties are broken by their keys, so
the same facts give the same occurrences in whatever order they come; and what a new report can change is the linked neighbourhood of its facts
(:mod:`linking`), however many years are stored.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from mahdar.record import SYMMETRIC
from mahdar.register.cluster import Groups
from mahdar.register.facts import FAMILIES, Fact, ordinal
from mahdar.register.gathering import Against, Gathering, Link, most_told
from mahdar.register.likeness import BAR, WINDOW, Weigh, ruled_out, score
from mahdar.register.wires import independent


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


def clusters(facts: Iterable[Fact], weigh: Weigh, wire_of: Mapping[str, str], found: list[Link] | None = None) -> list[tuple[str, list[Occurrence]]]:
    """The facts that are linked, by way of others too, each cluster named by its smallest key, and the occurrences within it.

    ``found`` are the links between them, the best first, where they are known.
    """
    by_key = {fact.key: fact for fact in facts}
    found = links(by_key.values(), weigh) if found is None else found
    return [(root, [occurrence([by_key[key] for key in group], wire_of) for group in held]) for root, held in gathered(by_key, found, Against(weigh))]


def gathered(by_key: Mapping[str, Fact], found: list[Link], against: Against) -> list[tuple[str, list[list[str]]]]:
    """The keys of the facts that are one event each, by the smallest key of their cluster; ``found`` are the links between them."""
    linked_ = Groups(by_key)
    for _, a, b in found:
        linked_.join(a, b)
    out: dict[str, list[list[str]]] = {}
    for group in Gathering(by_key, against).groups(found):
        out.setdefault(linked_.root(group[0]), []).append(group)
    return sorted(out.items())


def name_of(members: Iterable[Fact]) -> str:
    """The id of the occurrence of some facts: that of the first."""
    first = min(members, key=lambda f: (f.published, f.key))
    return "o" + hashlib.blake2b(first.key.encode(), digest_size=8).hexdigest()


def occurrence(members: list[Fact], wire_of: Mapping[str, str]) -> Occurrence:
    """What facts of one event add up to."""
    best = sorted(members, key=lambda f: (f.status != "actual", -len(f.codes), not f.told, f.published, f.key))
    reports = sorted({f.cite.report for f in members})
    told = [f for f in members if f.told] or [f for f in members if f.date] or members
    day = most_told(f.day for f in told)
    dates = [f.date for f in told if f.date]
    head = best[0]
    return Occurrence(
        id=name_of(members),
        type=most_told(f.type for f in members), status=_settled(members), doers=tuple(sorted(head.doer_codes)), others=tuple(sorted(head.other_codes)),
        people=tuple(sorted(set().union(*(f.people for f in members)))), day=day, date=most_told(dates) if dates else None,
        place=most_told(p for f in members if (p := f.place)) or None, issues=tuple(sorted(set().union(*(f.issues for f in members)))),
        facts=tuple(f.key for f in best), reports=tuple(reports), sources=independent(reports, wire_of), disagreements=_disagreements(members),
    )  # fmt: skip


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
