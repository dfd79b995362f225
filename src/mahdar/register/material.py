"""Stored reports → what requests, commitments, changes and briefs are made from.

Reports are read one after another and let go: only their facts, stands and sketches are held.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from mahdar.register.brief import Material
from mahdar.register.commitments import commitments
from mahdar.register.facts import Fact, FactReader
from mahdar.register.ledger import Stand, stands
from mahdar.register.occurrences import occurrences
from mahdar.register.reports import Report
from mahdar.register.requests import requests
from mahdar.register.wires import Sketch, sketch, wires


@dataclass(frozen=True, slots=True)
class Gathered:
    """What some reports tell. ``wire_of`` maps each report to the wire it prints; ``called`` codes to the Arabic names the reports use."""

    facts: tuple[Fact, ...]
    stands: tuple[Stand, ...]
    wire_of: Mapping[str, str]
    called: Mapping[str, str]


def gather(reports: Iterable[Report], reader: FactReader, *, facts: bool = True, held: bool = True) -> Gathered:
    """What ``reports`` tell; without ``facts`` or what is ``held`` (positions, and the wires that attest them) where nobody needs these."""
    told: list[Fact] = []
    positions: list[Stand] = []
    sketches: list[Sketch] = []
    names: dict[str, Counter[str]] = {}
    for report in reports:
        dated = report if _is_day(report.published[:10]) else replace(report, published="")
        if facts:
            told.extend(reader.read(dated))
        if held:
            positions.extend(stands(dated, reader.identity))
            sketches.append(sketch(dated))
        _names(report, names)
    wire_of = wires(sketches)
    known = tuple(replace(stand, wire=wire_of.get(stand.wire, stand.wire)) for stand in positions)
    called = {code: min(found, key=lambda name: (-found[name], name)) for code, found in sorted(names.items())}
    return Gathered(tuple(told), known, wire_of, called)


def material(gathered: Gathered, reader: FactReader) -> Material:
    """All that a brief is made from."""
    told = gathered.facts
    return Material(told, gathered.stands, occurrences(told, reader.weight, gathered.wire_of), requests(told), commitments(told))


def _names(report: Report, names: dict[str, Counter[str]]) -> None:
    """Count what bodies and groups are called; the one a code is named after goes far before its parts (the UN, its Security Council)."""
    for actor in report.record.actors:
        if actor.code and actor.kind != "person":
            own = actor.lexicon in (actor.code, actor.code.lower().replace("_", "-"))
            names.setdefault(actor.code, Counter())[actor.name] += 1_000_000 if own else 1


def _is_day(words: str) -> bool:
    try:
        return len(words) == 10 and bool(date.fromisoformat(words))
    except ValueError:
        return False
