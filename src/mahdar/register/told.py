"""What one report tells that is compared across reports, made where the report is read and kept packed beside its record."""

from __future__ import annotations

import json
import zlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from sys import intern
from typing import Any, Final, overload

from mahdar.record import Span
from mahdar.register.cite import Cite
from mahdar.register.facts import Fact, FactReader
from mahdar.register.identity import Rulings, Who
from mahdar.register.ledger import Stand, stands
from mahdar.register.reports import Report
from mahdar.register.wires import Sketch, sketch

_OWN: Final = 1_000_000  # the name a code is named after goes far before its parts (the UN, its Security Council)


@dataclass(frozen=True, slots=True)
class Told:
    """One report's part in all that is derived: its facts, its stands, the sketch of its text, and what it calls bodies and groups."""

    source: str
    facts: Sequence[Fact]
    stands: tuple[Stand, ...]
    sketch: Sketch
    names: Mapping[tuple[str, str], int]  # (code, name): how often


def tell(report: Report, reader: FactReader, rulings: Rulings | None = None) -> Told:
    """What a report tells, by the rulings on who is who. A date that is none is as good as no date."""
    reader = reader.ruled(rulings) if rulings else reader
    dated = report if is_day(report.published[:10]) else replace(report, published="")
    document = reader.document(dated) if report.record.events else None
    tokens = None if document is None else document.tokens
    return Told(report.source, reader.read(dated, document), stands(dated, reader.identity), sketch(dated, tokens), names(report))


def names(report: Report) -> Counter[tuple[str, str]]:
    """What bodies and groups are called."""
    out: Counter[tuple[str, str]] = Counter()
    for actor in report.record.actors:
        if actor.code and actor.kind != "person":
            own = actor.lexicon in (actor.code, actor.code.lower().replace("_", "-"))
            out[actor.code, actor.name] += _OWN if own else 1
    return out


def best_names(counted: Iterable[tuple[str, str, int]]) -> dict[str, str]:
    """The name of each code: the most frequent, of equals the first in order."""
    best: dict[str, tuple[int, str]] = {}
    for code, name, times in counted:
        best[code] = min(best.get(code, (0, name)), (-times, name))
    return {code: name for code, (_, name) in sorted(best.items())}


def is_day(words: str) -> bool:
    try:
        return len(words) == 10 and bool(date.fromisoformat(words))
    except ValueError:
        return False


# ---------------------------------------------------------------------------------------------------- packed


def in_pack(told: Told) -> Told:
    """The same with its facts packed, as they are sent from process to process and stored."""
    return replace(told, facts=Facts(pack(told)))


def pack(told: Told) -> bytes:
    """The facts of a report, packed; what they share stands once."""
    if isinstance(told.facts, Facts):
        return told.facts.packed
    key = told.sketch.report
    first = told.facts[0] if told.facts else None
    head = [key, *([first.source, first.published, first.context, sorted(first.gist), first.gist_weight] if first is not None else ())]
    rows = [
        [
            fact.key[len(key) :], *fact.cite.span, fact.type, fact.status, fact.mode, fact.rule, _parties(fact.doers), _parties(fact.others), sorted(fact.named),
            fact.date, fact.day, fact.told, fact.place, fact.issues, fact.speaker, *fact.sentence, sorted(fact.words), fact.mutual, fact.words_weight, fact.where,
        ]
        for fact in told.facts
    ]  # fmt: skip
    names_ = sorted([*name, times] for name, times in told.names.items())
    return zlib.compress(json.dumps([head, rows, names_], ensure_ascii=False, separators=(",", ":")).encode(), 1)


def _parties(parties: tuple[Who, ...]) -> list[list[Any]]:
    return [[w.key, w.code, w.person, w.nameless] for w in parties]


class Facts(Sequence[Fact]):
    """The facts of a report, each made when it is asked for: of many reports one is all that is looked at."""

    __slots__ = ("_made", "_rows", "_shared", "packed")

    def __init__(self, packed: bytes) -> None:
        self.packed = packed
        self._rows: list[list[Any]] | None = None

    def __reduce__(self) -> tuple[Any, ...]:
        return Facts, (self.packed,)

    def _opened(self) -> list[list[Any]]:
        """The rows that facts are made of."""
        if self._rows is None:
            head, rows, _ = json.loads(zlib.decompress(self.packed))
            self._made: list[Fact | None] = [None] * len(rows)
            if rows:
                key, source, published, context, gist, weight = head
                self._shared = (key, source, published, tuple(context), frozenset(map(intern, gist)), weight)
            self._rows = rows
        return self._rows

    def __len__(self) -> int:
        return len(self._opened())

    @overload
    def __getitem__(self, at: int) -> Fact: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[Fact, ...]: ...
    def __getitem__(self, at: int | slice) -> Fact | tuple[Fact, ...]:
        if isinstance(at, slice):
            return tuple(self[each] for each in range(*at.indices(len(self))))
        rows = self._opened()
        fact = self._made[at]
        if fact is None:
            fact = self._made[at] = _fact(rows[at], *self._shared)
        return fact


def names_of(packed: bytes) -> dict[tuple[str, str], int]:
    """What a report calls bodies and groups, and how often, as it was packed."""
    return {(code, name): times for code, name, times in json.loads(zlib.decompress(packed))[2]}


def _fact(row: list[Any], report: str, source: str, published: str, context: tuple[str, ...], gist: frozenset[str], gist_weight: float) -> Fact:
    (
        key, start, end, type_, status, mode, rule, doers, others, named, date_, day, told, place, issues, speaker, first, last, words, mutual, weight, where,
    ) = row  # fmt: skip
    doing, done = (tuple(Who(*who) for who in side) for side in (doers, others))
    by, to = (frozenset(who.code for who in side if who.code) for side in (doing, done))
    people = frozenset(who.key for who in (*doing, *done) if who.person and not who.nameless)
    return Fact(
        report + key, Cite(report, Span(start, end)), source, published, type_, status, mode, rule, doing, done, frozenset(named), date_, day, told, place,
        tuple(issues), context, speaker, Span(first, last), frozenset(map(intern, words)), gist, by, to, by | to, people, mutual, weight, gist_weight, where,
    )  # fmt: skip


def pack_sketch(sketch: Sketch) -> bytes:
    """The sketch of a report's text."""
    return json.dumps([sketch.day, sketch.size, sketch.hashes], separators=(",", ":")).encode()


def sketch_of(report: str, packed: bytes) -> Sketch:
    """A sketch as it was packed."""
    day, size, hashes = json.loads(packed)
    return Sketch(report, day, tuple(hashes), size)
