"""Stored occurrences, newest first: a walk along what fewest of them are found by, the rest tested on the way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Select, and_, func, literal, select, tuple_

from mahdar.register.cite import Cite
from mahdar.register.filters import Filters
from mahdar.register.find import window
from mahdar.register.given import as_given, listed
from mahdar.register.schema import articles, occurrence_marks, occurrence_members, occurrences
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


def found(connection: Connection, filters: Filters, behind: tuple[str, str] | None) -> list[Occasion]:
    """The occurrences the filters ask for."""
    wanted = {str(who) for who in (filters.actor, *(filters.between or ()), filters.on) if who is not None}
    if len(filters.type) == 1:
        wanted.add(filters.type[0])
    marks = sorted(wanted) or [""]
    lead = min(marks, key=lambda mark: (_count(connection, mark, filters), mark)) if len(marks) > 1 else marks[0]
    w, t, o = occurrence_marks.alias("w"), occurrence_marks.alias("t"), occurrences.c
    tests: list[ColumnElement[bool]] = [select(literal(1)).where(t.c.occurrence == w.c.occurrence, t.c.mark == mark).exists() for mark in marks if mark != lead]
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


def of_key(connection: Connection, key: str) -> Occasion | None:
    """The occurrence with this id."""
    rows = connection.execute(select(occurrences).where(occurrences.c.key == key)).all()
    return next(iter(_occasions(connection, rows)), None) if rows else None


def _count(connection: Connection, mark: str, filters: Filters) -> int:
    w = occurrence_marks.c
    some = select(literal(1).label("one")).where(w.mark == mark, *window(w.day, filters)).limit(_CAP).subquery()
    return int(connection.execute(select(func.count()).select_from(some)).scalar_one())


def _occasions(connection: Connection, rows: Sequence[Any]) -> list[Occasion]:
    members: dict[str, list[Place]] = {}
    for row in connection.execute(_MEMBERS, {"given": as_given((row.key,) for row in rows)}):
        members.setdefault(row.occurrence, []).append(Place(row.article, row.n))
    facts = Shelf(connection, {}).facts(place for places in members.values() for place in places)
    out = []
    for row in rows:
        told = [facts[place] for place in members[row.key]]
        report = {fact.key: fact.cite.report for fact in told}
        differ = tuple((on, tuple((value, tuple(sorted({report[key] for key in keys}))) for value, keys in values)) for on, values in row.disagreements)
        out.append(
            Occasion(
                row.key, row.type, row.status, tuple(row.doers), tuple(row.others), row.day, row.place, tuple(row.issues), row.sources,
                tuple(dict.fromkeys(fact.cite for fact in told)), differ,
            )
        )  # fmt: skip
    return out


def _members() -> Select[Any]:
    m, asked = occurrence_members.c, listed(key=str)
    return select(m.occurrence, m.article, m.n).join_from(asked, occurrence_members, m.occurrence == asked.c.key).order_by(m.occurrence, m.rank)


_MEMBERS: Final = _members()
