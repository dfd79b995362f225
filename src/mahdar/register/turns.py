"""Changes of stance from the ledger's table, newest first: of all publishers, or of one; as told until some day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Select, Text, and_, bindparam, func, or_, select, tuple_

from mahdar.record import Span
from mahdar.register.cite import Cite
from mahdar.register.filters import Filters
from mahdar.register.given import as_given, listed
from mahdar.register.schema import named, stances, stands

_BEHIND_ALL = "~"


@dataclass(frozen=True, slots=True)
class Turn:
    """A holder's stance before and after, each with its words. ``sources`` are the independent ones of the new stance."""

    holder: str
    on: str
    before: str
    before_day: str
    before_cite: Cite
    stance: str
    day: str
    cite: Cite
    sources: int
    disputed: bool

    @property
    def key(self) -> tuple[str, str]:
        """What turns are sorted by."""
        return self.day, f"{self.holder}/{self.on}"


def found(connection: Connection, filters: Filters, behind: tuple[str, str] | None) -> list[Turn]:
    """The turns the filters ask for, the latest first."""
    s = stances.c
    name = s.holder + "/" + s.matter
    query = select(stances).where(s.before.is_not(None), s.scope == (filters.source or ""), *_asked(filters))
    if behind is not None:
        query = query.where(s.day <= behind[0], tuple_(s.day, name) < behind)
    rows = connection.execute(query.order_by(s.day.desc(), name.desc()).limit(filters.limit)).all()
    if not rows:
        return []
    ends = _ends(connection, rows, filters)
    against = _against(connection, rows, ends)
    out = []
    for row in rows:
        _, sources = ends[row.holder, row.matter, row.day]
        others = against.get((row.holder, row.matter, row.day), 0)
        before, first = (Cite(words[0], Span(words[1], words[2])) for words in (row.before_last, row.first))
        out.append(Turn(row.holder, row.matter, row.before, row.before_day, before, row.stance, row.day, first, sources, others >= sources))
    return out


def _asked(filters: Filters) -> list[ColumnElement[bool]]:
    s = stances.c
    out: list[ColumnElement[bool]] = []
    if filters.last is not None:
        out.append(s.day <= filters.last)
    if filters.since is not None:
        out.append(s.day >= filters.since)
    if filters.actor is not None:
        out.append(s.holder == filters.actor.code)
    if filters.between is not None:
        a, b = (who.code for who in filters.between)
        out.append(or_(and_(s.holder == a, s.matter == b), and_(s.holder == b, s.matter == a)))
    if filters.on is not None:
        out.append(s.matter == str(filters.on))
    if filters.status:
        out.append(s.stance.in_(filters.status))
    return out


def _ends(connection: Connection, rows: Sequence[Any], filters: Filters) -> dict[tuple[str, str, str], tuple[str, int]]:
    """For each turn the day behind the stance's last one, and how many sources tell it until then."""
    asked = as_given((r.scope, r.holder, r.matter, r.day) for r in rows)
    found_ = connection.execute(_ENDS, {"given": asked, "last": filters.last or _BEHIND_ALL})
    return {(row.holder, row.matter, row.day): (row.behind, int(row.sources)) for row in found_}


def _ending() -> Select[Any]:
    asked = listed(scope=str, holder=str, matter=str, day=str)
    n, d = named(stances, "next"), named(stances, "during")

    def same(t: Any) -> ColumnElement[bool]:
        return and_(t.c.scope == asked.c.scope, t.c.holder == asked.c.holder, t.c.matter == asked.c.matter)

    last = bindparam("last", type_=Text())
    behind = func.coalesce(select(func.min(n.c.day)).where(same(n), n.c.day > asked.c.day, n.c.before.is_not(None), n.c.day <= last).scalar_subquery(), last)
    turns = select(asked, behind.label("behind")).subquery("turns")
    within = and_(
        d.c.scope == turns.c.scope, d.c.holder == turns.c.holder, d.c.matter == turns.c.matter, d.c.day >= turns.c.day, d.c.day < turns.c.behind
    )  # fmt: skip
    query = select(turns.c.holder, turns.c.matter, turns.c.day, turns.c.behind, func.sum(d.c.sources).label("sources")).join_from(turns, d, within)
    return query.group_by(turns.c.holder, turns.c.matter, turns.c.day, turns.c.behind)


def _against(connection: Connection, rows: Sequence[Any], ends: dict[tuple[str, str, str], tuple[str, int]]) -> dict[tuple[str, str, str], int]:
    """For each turn how many independent sources say otherwise on the days of the new stance."""
    asked = as_given((r.scope, r.holder, r.matter, r.day, ends[r.holder, r.matter, r.day][0], r.stance) for r in rows)
    return {(row.holder, row.matter, row.day): row.wires for row in connection.execute(_AGAINST, {"given": asked})}


def _otherwise() -> Select[Any]:
    asked, s = listed(scope=str, holder=str, matter=str, day=str, behind=str, stance=str), stands.c
    during = and_(s.holder == asked.c.holder, s.matter == asked.c.matter, s.day >= asked.c.day, s.day < asked.c.behind)
    otherwise = and_(s.stance != asked.c.stance, or_(asked.c.scope == "", s.source == asked.c.scope))
    query = select(asked.c.holder, asked.c.matter, asked.c.day, func.count(s.wire.distinct()).label("wires"))
    return query.join_from(asked, stands, and_(during, otherwise)).group_by(asked.c.holder, asked.c.matter, asked.c.day)


_ENDS: Final = _ending()
_AGAINST: Final = _otherwise()
