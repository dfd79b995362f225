"""The ledger: where each holder stands on each issue and toward each actor, when that changed, and who agrees with whom.

Positions are held by codes (states, bodies, groups). A report's stance counts once per wire; of several on one day the better attested one
is the stance of the day, and where they balance the day is disputed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Final

from mahdar.record import ISSUES, Stance
from mahdar.register.cite import Cite
from mahdar.register.identity import Identity
from mahdar.register.reports import Report

_AGREEMENT: Final[Mapping[frozenset[str], float]] = {
    frozenset(("support",)): 1.0, frozenset(("oppose",)): 1.0, frozenset(("conditional",)): 1.0, frozenset(("undecided",)): 0.0,
    frozenset(("support", "oppose")): -1.0, frozenset(("support", "conditional")): 0.5, frozenset(("oppose", "conditional")): -0.5,
    frozenset(("support", "undecided")): 0.0, frozenset(("oppose", "undecided")): 0.0, frozenset(("conditional", "undecided")): 0.0,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Stand:
    """One report's word on where ``holder`` stands; ``on`` is an issue or the code of an actor."""

    holder: str
    on: str
    stance: Stance
    day: str
    cite: Cite
    wire: str


@dataclass(frozen=True, slots=True)
class Entry:
    """The stance of a holder from ``day`` on, till the next entry. ``against`` are stands of that day that say otherwise."""

    holder: str
    on: str
    stance: Stance
    day: str
    last: str
    cites: tuple[Cite, ...]
    sources: int
    against: tuple[Stand, ...]

    @property
    def disputed(self) -> bool:
        """Do as many sources say otherwise?"""
        return len({s.wire for s in self.against}) >= self.sources


@dataclass(frozen=True, slots=True)
class Change:
    """A holder's stance before and after, each with its words."""

    holder: str
    on: str
    before: Entry
    after: Entry


def stands(report: Report, identity: Identity, wire: str = "") -> tuple[Stand, ...]:
    """The positions of one report, each holder and actor by its code.

    Where the West stands on an issue, its states stand, unless the report says otherwise of them.
    """
    who = identity.all(report)
    out = []
    for p in report.record.positions:
        holder = who[p.holder].code if p.holder in who else None
        on = p.on if p.on in ISSUES else (who[p.on].code if p.on in who else None)
        if holder and on and holder != on:
            out.append(Stand(holder, on, p.stance, report.published[:10], Cite(report.key, p.evidence), wire or report.key))
    own = {(stand.holder, stand.on) for stand in out}
    as_one = (replace(stand, holder=state) for stand in out if stand.on in ISSUES for state in identity.states_of(stand.holder))
    return (*out, *(stand for stand in as_one if (stand.holder, stand.on) not in own))


def ledger(all_stands: Iterable[Stand]) -> tuple[Entry, ...]:
    """The entries of the ledger by holder, matter and day; a stance repeated prolongs its entry."""
    days: dict[tuple[str, str], dict[str, list[Stand]]] = {}
    for stand in all_stands:
        days.setdefault((stand.holder, stand.on), {}).setdefault(stand.day, []).append(stand)
    out: list[Entry] = []
    for matter in sorted(days):
        entries: list[Entry] = []
        for day in sorted(days[matter]):
            entry = of_day(days[matter][day], entries[-1].stance if entries and entries[-1].last else None)  # nobody knows what an undated one came before
            if entries and entries[-1].stance == entry.stance:
                last = entries[-1]
                cites = tuple(dict.fromkeys((*last.cites, *entry.cites)))  # day by day: the first began it, the last is the latest word
                against = tuple(sorted({*last.against, *entry.against}, key=_order))
                entries[-1] = Entry(last.holder, last.on, last.stance, last.day, day, cites, last.sources + entry.sources, against)
            else:
                entries.append(entry)
        out.extend(entries)
    return tuple(out)


def _order(stand: Stand) -> tuple[str, str, Cite]:
    return stand.day, stand.stance, stand.cite


def of_day(told: list[Stand], before: str | None) -> Entry:
    """The stance most independent sources give; of equals the one held before, then the more guarded one."""
    wires: dict[Stance, set[str]] = {}
    for stand in told:
        wires.setdefault(stand.stance, set()).add(stand.wire)
    caution = ("undecided", "conditional", "oppose", "support")
    stance = min(wires, key=lambda s: (-len(wires[s]), s != before, caution.index(s)))
    cites = tuple(sorted({s.cite for s in told if s.stance == stance}))
    against = tuple(sorted({s for s in told if s.stance != stance}, key=_order))
    first = told[0]
    return Entry(first.holder, first.on, stance, first.day, first.day, cites, len(wires[stance]), against)


def changes(entries: Iterable[Entry]) -> tuple[Change, ...]:
    """Every turn of a holder, in order of the day it came."""
    out = []
    last: dict[tuple[str, str], Entry] = {}
    for entry in sorted(entries, key=lambda e: (e.holder, e.on, e.day)):
        before = last.get((entry.holder, entry.on))
        if before is not None and before.stance != entry.stance:
            out.append(Change(entry.holder, entry.on, before, entry))
        last[entry.holder, entry.on] = entry
    return tuple(sorted(out, key=lambda c: (c.after.day, c.holder, c.on)))


def held(entries: Iterable[Entry], day: str) -> dict[tuple[str, str], Entry]:
    """The entry in force on a day for every (holder, matter)."""
    out: dict[tuple[str, str], Entry] = {}
    for entry in entries:
        if entry.day <= day and ((entry.holder, entry.on) not in out or out[entry.holder, entry.on].day < entry.day):
            out[entry.holder, entry.on] = entry
    return out


def agreement(entries: Iterable[Entry], day: str) -> dict[tuple[str, str], tuple[float, tuple[str, ...]]]:
    """How two holders agree on a day, from -1 to 1 over the issues both hold something on, with those issues; each pair once, in order."""
    by_holder: dict[str, dict[str, str]] = {}
    for (holder, on), entry in held(entries, day).items():
        if on in ISSUES:
            by_holder.setdefault(holder, {})[on] = entry.stance
    out: dict[tuple[str, str], tuple[float, tuple[str, ...]]] = {}
    names = sorted(by_holder)
    for i, a in enumerate(names):
        for b in names[i + 1 :]:
            common = tuple(sorted(by_holder[a].keys() & by_holder[b].keys()))
            if common:
                total = sum(_AGREEMENT[frozenset((by_holder[a][on], by_holder[b][on]))] for on in common)
                out[a, b] = total / len(common), common
    return out
