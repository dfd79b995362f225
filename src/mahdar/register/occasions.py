"""Stored occurrences, newest first: a walk along what fewest of them are found by, the rest tested on the way."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Select, and_, func, literal, select, tuple_

from mahdar.record import Span
from mahdar.register.cite import Cite
from mahdar.register.filters import Filters
from mahdar.register.find import window
from mahdar.register.given import as_given, listed
from mahdar.register.memo import Memo
from mahdar.register.rows import pair_mark
from mahdar.register.schema import articles, named, occurrence_marks, occurrence_members, occurrences
from mahdar.register.shelf import Place, Shelf

_CAP: Final = 2_000  # what a walk brings is counted no further than this


@dataclass(frozen=True, slots=True)
class Occasion:
    """An occurrence with the words of its reports, best told first, and what they disagree on: (on, ((value, (report, …)), …))."""

    key: str
    type: str
    status: str
    doers: tuple[str, ...]
    others: tuple[str, ...]
    day: str
    place: str | None
    issues: tuple[str, ...]
    sources: int
    cites: tuple[Cite, ...]
    disagreements: tuple[tuple[str, tuple[tuple[str, tuple[str, ...]], ...]], ...]


def found(connection: Connection, filters: Filters, behind: tuple[str, str] | None, memo: Memo | None = None) -> list[Occasion]:
    """The occurrences the filters ask for; ``memo`` remembers how many there are of what."""
    marks = _marks(filters)
    lead = min(marks, key=lambda mark: (_count(connection, mark, filters, memo), mark)) if len(marks) > 1 else marks[0]
    w, t, o = named(occurrence_marks, "w"), named(occurrence_marks, "t"), occurrences.c
    tests: list[ColumnElement[bool]] = [
        select(literal(1)).where(t.c.mark == mark, t.c.day == w.c.day, t.c.occurrence == w.c.occurrence).exists() for mark in marks if mark != lead
    ]
    if filters.status:
        tests.append(o.status.in_(filters.status))
    if len(filters.type) > 1:
        tests.append(o.type.in_(filters.type))
    if filters.source is not None:
        m = occurrence_members.c
        of_it = select(literal(1)).select_from(occurrence_members.join(articles, articles.c.id == m.article))
        tests.append(of_it.where(m.occurrence == w.c.occurrence, articles.c.source == filters.source).exists())
    if behind is not None:
        tests.append(and_(w.c.day <= behind[0], tuple_(w.c.day, w.c.occurrence) < behind))
    query = select(occurrences).join_from(w, occurrences, o.key == w.c.occurrence).where(w.c.mark == lead, *window(w.c.day, filters), *tests)
    rows = connection.execute(query.order_by(w.c.day.desc(), w.c.occurrence.desc()).limit(filters.limit)).all()
    return _occasions(connection, rows)


def _marks(filters: Filters) -> list[str]:
    """What the occurrences asked for are found by: of two codes the pair."""
    wanted = {str(who) for who in (filters.actor, filters.on) if who is not None}
    first, second = filters.between or (None, None)
    if first is not None and second is not None:
        pair = first.code is not None and second.code is not None and first != second
        wanted |= {pair_mark(str(first), str(second))} if pair else {str(first), str(second)}
        wanted -= {str(first), str(second)} if pair else set()
    if len(filters.type) == 1:
        wanted.add(filters.type[0])
    return sorted(wanted) or [""]


def of_key(connection: Connection, key: str) -> Occasion | None:
    """The occurrence with this id."""
    rows = connection.execute(select(occurrences).where(occurrences.c.key == key)).all()
    return next(iter(_occasions(connection, rows)), None) if rows else None


def _count(connection: Connection, mark: str, filters: Filters, memo: Memo | None) -> int:
    held = {} if memo is None else memo.here()
    asked = ("occasions", mark, filters.since, filters.last)
    if asked not in held:
        w = occurrence_marks.c
        some = select(literal(1).label("one")).where(w.mark == mark, *window(w.day, filters)).limit(_CAP).subquery()
        held[asked] = int(connection.execute(select(func.count()).select_from(some)).scalar_one())
    return int(held[asked])


def _occasions(connection: Connection, rows: Sequence[Any]) -> list[Occasion]:
    members: dict[str, list[Any]] = {}
    for row in connection.execute(_MEMBERS, {"given": as_given((row.key,) for row in rows)}):
        members.setdefault(row.occurrence, []).append(row)
    out = []
    for row in rows:
        told = members[row.key]
        cites = tuple(dict.fromkeys(Cite(each.key, Span(each.evidence_start, each.evidence_end)) for each in told))
        differ = _differ(row.disagreements, _reports(connection, told)) if row.disagreements else ()
        out.append(
            Occasion(row.key, row.type, row.status, tuple(row.doers), tuple(row.others), row.day, row.place, tuple(row.issues), row.sources, cites, differ)
        )
    return out


def _differ(disagreements: Sequence[Any], report: Callable[[str], str]) -> tuple[tuple[str, tuple[tuple[str, tuple[str, ...]], ...]], ...]:
    return tuple((on, tuple((value, tuple(sorted(set(map(report, keys))))) for value, keys in values)) for on, values in disagreements)


def _reports(connection: Connection, told: Sequence[Any]) -> Callable[[str], str]:
    """Which of the reports that tell of an occurrence a fact is of, by its key: what stands before the first #, unless reports' own keys hold that."""
    if not any("#" in each.key for each in told):
        return lambda key: key.partition("#")[0]
    places = [Place(each.article, each.n) for each in told]
    by_key = {fact.key: fact.cite.report for fact in Shelf(connection, {}).facts(places).values()}
    return by_key.__getitem__


def _members() -> Select[Any]:
    m, asked = occurrence_members.c, listed(key=str)
    columns = (m.occurrence, m.article, m.n, m.evidence_start, m.evidence_end, articles.c.key)
    query = select(*columns).join_from(asked, occurrence_members, m.occurrence == asked.c.key).join(articles, articles.c.id == m.article)
    return query.order_by(m.occurrence, m.rank)


_MEMBERS: Final = _members()
