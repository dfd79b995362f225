"""What the register holds that bears on an issue: the material of its brief."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Protocol

from sqlalchemy import Connection, func, select

from mahdar.record import ISSUES, Span
from mahdar.register import asking, linking, matters
from mahdar.register.brief import Material, bears
from mahdar.register.cite import Cite
from mahdar.register.facts import Fact, FactReader
from mahdar.register.filters import Filters
from mahdar.register.given import given
from mahdar.register.ledger import Stand
from mahdar.register.matters import T
from mahdar.register.occurrences import Disagreement, Occurrence, occurrences
from mahdar.register.schema import articles, occurrence_members, stands, told, told_issues
from mahdar.register.schema import occurrences as occurrence_table
from mahdar.register.shelf import Place, Shelf
from mahdar.register.told import facts_of


class _Reads(Protocol):
    @property
    def reader(self) -> FactReader: ...


def material(connection: Connection, issue: str, filters: Filters, source: _Reads) -> Material:
    """What reports tell that bears on an issue, until the day asked for."""
    facts = {place: fact for place, fact in _facts(connection, issue, filters).items() if bears(fact, issue)}
    shelf = Shelf(connection, {})
    found = _occurrences(connection, shelf, facts, filters, source)
    asked = _matters(connection, shelf, matters.REQUESTS, facts, filters)
    promised = _matters(connection, shelf, matters.COMMITMENTS, facts, filters)
    return Material(
        tuple(facts.values()), tuple(_stands(connection, filters)), tuple(sorted(found, key=lambda o: (o.day, o.id))),
        tuple(sorted(asked, key=lambda r: (r.first, r.id))), tuple(sorted(promised, key=lambda c: (c.day, c.id))),
    )  # fmt: skip


def last_report(connection: Connection) -> str:
    """The day of the last report; empty where none is dated."""
    day = articles.c.day
    return connection.execute(select(func.max(day)).where(day.like("____-__-__"))).scalar_one() or ""


def _facts(connection: Connection, issue: str, filters: Filters) -> dict[Place, Fact]:
    t = told_issues.c
    query = select(told.c.article, told.c.packed).join_from(told_issues, told, told.c.article == t.article).where(t.issue == issue)
    if filters.last is not None:
        query = query.where(t.day <= filters.last, t.day != "")
    rows = connection.execute(query.order_by(told.c.article))
    return {Place(row.article, n): fact for row in rows for n, fact in enumerate(facts_of(row.packed))}


def _occurrences(connection: Connection, shelf: Shelf, facts: Mapping[Place, Fact], filters: Filters, source: _Reads) -> list[Occurrence]:
    """The occurrences of some facts; where later reports tell of them too, those that the earlier ones make."""
    m, o = occurrence_members.c, occurrence_table.c
    asked = given(connection, sorted(facts), article=int, n=int)
    wanted = select(m.occurrence).distinct().join_from(asked, occurrence_members, (m.article == asked.c.article) & (m.n == asked.c.n))
    rows = {row.key: row for row in connection.execute(select(occurrence_table).where(o.key.in_(wanted)))}
    members: dict[str, list[Place]] = {}
    for row in connection.execute(select(m.occurrence, m.article, m.n).where(m.occurrence.in_(wanted)).order_by(m.occurrence, m.rank)):
        members.setdefault(row.occurrence, []).append(Place(row.article, row.n))
    known = shelf.facts(place for places in members.values() for place in places)
    later = {key for key, places in members.items() if any(not _known(known[place], filters) for place in places)}
    out = [_occurrence(rows[key], [known[place] for place in places]) for key, places in members.items() if key not in later]
    clusters = {rows[key].cluster for key in later}
    if clusters:
        all_ = shelf.facts(linking.members(connection, clusters))
        parts = {place: fact for place, fact in all_.items() if _known(fact, filters)}
        whole = {one.id for one in out}
        keys = {fact.key for fact in facts.values()}
        again = occurrences(parts.values(), source.reader.weight, linking.wires(connection, {place.article for place in parts}))
        out.extend(one for one in again if one.id not in whole and not keys.isdisjoint(one.facts))
    return out


def _known(fact: Fact, filters: Filters) -> bool:
    return filters.last is None or "" < fact.published <= filters.last


def _occurrence(row: Any, members: list[Fact]) -> Occurrence:
    return Occurrence(
        row.key, row.type, row.status, tuple(row.doers), tuple(row.others), tuple(row.people), row.day, row.date, row.place, tuple(row.issues),
        tuple(fact.key for fact in members), tuple(sorted({fact.cite.report for fact in members})), row.sources,
        tuple(Disagreement(on, tuple((value, tuple(keys)) for value, keys in values)) for on, values in row.disagreements),
    )  # fmt: skip


def _matters(connection: Connection, shelf: Shelf, kind: matters.Kind[T], facts: Mapping[Place, Fact], filters: Filters) -> Iterable[T]:
    keys = {fact.key for fact in facts.values()}
    for row in matters.at_facts(connection, kind, facts):
        if filters.last is None or row.published and max(row.last, row.told) <= filters.last:
            found = [kind.unpack(row.packed)]
        else:
            told_ = [t for t in asking.members(connection, shelf, [row.cluster]).values() if matters.known(t, filters)]
            found = [one for one, _ in kind.make(connection, shelf, told_, filters)] if told_ else []
        yield from (one for one in found if not keys.isdisjoint(one.facts))


def _stands(connection: Connection, filters: Filters) -> list[Stand]:
    """Where parties stand on issues."""
    s = stands.c
    query = select(s.holder, s.matter, s.stance, s.day, s.evidence_start, s.evidence_end, s.wire, articles.c.key).join_from(stands, articles, articles.c.id == s.article)
    query = query.where(s.matter.in_(ISSUES))
    if filters.last is not None:
        query = query.where(s.day <= filters.last, s.day != "")
    rows = connection.execute(query)
    return [Stand(r.holder, r.matter, r.stance, r.day, Cite(r.key, Span(r.evidence_start, r.evidence_end)), r.wire) for r in rows]

