"""Commitments: what a party promised or announced, to whom, on which issue, and what later reports say came of it."""

from __future__ import annotations

import hashlib
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from mahdar.register.cite import Cite
from mahdar.register.cluster import chained
from mahdar.register.facts import Fact, ordinal
from mahdar.register.marks import Marks

Fate = Literal["open", "kept", "dropped"]
Kind = Literal["promise", "deed", "break"]

WINDOW: Final = 14  # days between two tellings of one promise
LATER: Final = 120  # days in which its fate is looked for
_PROMISES: Final = frozenset(("AGREE",))
_ANNOUNCED: Final = frozenset(("COOPERATE", "AID", "MOBILIZE", "CONCEDE", "RETREAT"))  # promises where they are planned
_DEEDS: Final = frozenset(("COOPERATE", "AID", "MOBILIZE", "CONCEDE", "RETREAT"))
_BREAKS: Final = frozenset(("REJECT", "SANCTION"))


@dataclass(frozen=True, slots=True)
class Commitment:
    """``by`` promised ``to`` (codes; empty where the report names nobody) something on ``issues``; ``fate`` as of the last report."""

    id: str
    by: str
    to: str
    type: str
    issues: tuple[str, ...]
    day: str
    cites: tuple[Cite, ...]
    fate: Fate
    fate_day: str
    fate_cites: tuple[Cite, ...]
    facts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """What one fact tells of a promise of ``by`` to ``to``: that it was made, kept by a deed, or broken."""

    key: str
    by: str
    to: str
    kind: Kind
    fact: Fact


def tellings(fact: Fact) -> list[Told]:
    """What a fact tells of promises: one made, one kept by a deed, one broken. Who agree promise each other."""
    if fact.type in _PROMISES and fact.status in ("actual", "planned") or fact.type in _ANNOUNCED and fact.status == "planned":
        kind: Kind = "promise"
    elif fact.type in _DEEDS and fact.status == "actual":
        kind = "deed"
    elif fact.type in _BREAKS and fact.status == "actual" or fact.type in _DEEDS and fact.status == "denied":
        kind = "break"
    else:
        return []
    sides = [(a, b) for a in sorted(fact.doer_codes) for b in sorted(fact.other_codes) or [""] if a != b]
    if fact.type == "AGREE":
        sides += [(b, a) for a, b in sides if b]
    return [telling(fact, by, to, kind) for by, to in sorted(set(sides))]


def telling(fact: Fact, by: str, to: str, kind: Kind) -> Told:
    """What a fact, known to tell it, tells of one party's promise to another."""
    return Told(f"{fact.key}|{by}>{to}", by, to, kind, fact)


def commitments(facts: Iterable[Fact]) -> tuple[Commitment, ...]:
    """The commitments that the facts tell of, in order of day and id."""
    told = [t for fact in facts for t in tellings(fact)]
    later: dict[str, list[Told]] = {}
    for t in sorted(told, key=lambda t: (acted(t), t.key)):
        if t.kind != "promise":
            later.setdefault(t.by, []).append(t)
    groups = clusters(t for t in told if t.kind == "promise")
    found = (commitment_of(members, in_time(later.get(members[0].by, ()), members)) for members in groups)
    return tuple(sorted(found, key=lambda c: (c.day, c.id)))


def in_time(deeds: Sequence[Told], promises: Iterable[Told]) -> Sequence[Told]:
    """Of deeds in order of their days those done while the fate of promises is looked for."""
    days = [told.fact.acted for told in promises]
    return deeds[bisect_right(deeds, min(days), key=acted) : bisect_right(deeds, max(days) + LATER, key=acted)]


def _made_before(promises: Sequence[Told], day: int) -> Sequence[Told]:
    """Of promises in order of their days those whose fate is looked for on a day."""
    return promises[bisect_left(promises, day - LATER, key=acted) : bisect_left(promises, day, key=acted)]


def acted(told: Told) -> int:
    """The number of the day a promise was made or a deed done."""
    return told.fact.acted


def clusters(promises: Iterable[Told]) -> list[list[Told]]:
    """The tellings of one promise each."""
    return chained(promises, key=lambda t: t.key, among=lambda t: (t.by, t.to), at=told_at, reach=WINDOW, linked=same)


def told_at(told: Told) -> int:
    """The number of the day of the report."""
    return ordinal(told.fact.published)


def same(a: Told, b: Told) -> bool:
    """Two tellings of one promise: the same parties, near in time, on one matter."""
    if a.kind != "promise" or b.kind != "promise" or (a.by, a.to) != (b.by, b.to):
        return False
    return abs(ordinal(a.fact.published) - ordinal(b.fact.published)) <= WINDOW and _one_matter(a.fact, b.fact)


def answered_by(deed: Told, promise: Told) -> bool:
    """Does a later act keep or break a promise? By the same party, toward the same other (or on its issue where one is not named)."""
    if promise.to and deed.to and promise.to != deed.to or deed.by != promise.by or deed.kind == "promise" or promise.kind != "promise":
        return False
    if not 0 < deed.fact.acted - promise.fact.acted <= LATER or deed.fact.cite.report == promise.fact.cite.report:
        return False
    return _one_matter(deed.fact, promise.fact)


def _one_matter(a: Fact, b: Fact) -> bool:
    """An issue in common; where one names none, words in common."""
    if a.issues and b.issues and set(a.issues).isdisjoint(b.issues):
        return False
    return _enough(len(a.words & b.words), min(len(a.words), len(b.words)), issues=bool(a.issues and b.issues))


def may_be_one_matter(a: Marks, b: Marks) -> bool:
    """Can two facts with these marks be about one matter, for all that their words say?"""
    return _enough(a.shared(b), min(a.words, b.words), issues=a.issue and b.issue)


def _enough(shared: int, fewer: int, *, issues: bool) -> bool:
    return (5 if issues else 3) * shared >= fewer > 0


def commitment_of(members: list[Told], deeds: Iterable[Told] = ()) -> Commitment:
    """What the tellings of one promise add up to, with those of the ``deeds`` that keep or break it."""
    to = members[0].to  # of all of them
    ordered = sorted(members, key=acted)
    answers = [t for t in deeds if (not to or not t.to or t.to == to) and any(answered_by(t, m) for m in _made_before(ordered, acted(t)))]
    first = min(members, key=lambda t: (t.fact.published, t.key))
    last = max((t.fact.day or t.fact.published for t in answers), default="")
    latest = [t for t in answers if (t.fact.day or t.fact.published) == last]
    broken = [t for t in latest if t.kind == "break"]
    fate: Fate = "open" if not latest else "dropped" if broken else "kept"
    return Commitment(
        id="c" + hashlib.blake2b(first.key.encode(), digest_size=8).hexdigest(), by=first.by, to=first.to, type=first.fact.type,
        issues=tuple(sorted({i for t in members for i in t.fact.issues})), day=min(t.fact.day or t.fact.published for t in members),
        cites=tuple(sorted({t.fact.cite for t in members})), fate=fate, fate_day=last, fate_cites=tuple(sorted({t.fact.cite for t in broken or latest})),
        facts=tuple(sorted({t.fact.key for t in (*members, *answers)})),
    )  # fmt: skip
