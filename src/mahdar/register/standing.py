"""The ledger kept as reports come and go, day by day: only the days with new words, and those their change goes on to, are made anew.

Undated words are kept with the rest but turn nothing: nobody knows what they came before.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from sqlalchemy import Connection, Row, bindparam, delete, func, select

from mahdar.record import Span
from mahdar.register.cite import Cite
from mahdar.register.filling import fill
from mahdar.register.given import given, insert_for
from mahdar.register.ledger import Stand, of_day
from mahdar.register.schema import articles, holdings, stances, stands
from mahdar.register.told import Told

_KEY = {"scope": str, "holder": str, "matter": str, "day": str}


class Day(NamedTuple):
    """A day of the ledger: of one publisher (``scope``) or of all (''), where somebody stands on a matter."""

    scope: str
    holder: str
    matter: str
    day: str


def update(connection: Connection, come: Mapping[int, Told], rewired: Mapping[int, str]) -> None:
    """Take in what new reports say; ``rewired`` says which wires articles print now."""
    changed = _stored(connection, {*come, *rewired})
    new = [article for article in come if any(row.article == article for row in changed)]
    if new:
        connection.execute(delete(stands).where(stands.c.article.in_(new)))
    rows = [_row(article, n, stand, rewired[article], told) for article, told in come.items() for n, stand in enumerate(told.stands)]
    fill(connection, stands, rows)
    _hold(connection, {(row["matter"], row["holder"]) for row in rows}, {(row.matter, row.holder) for row in changed})
    for article in {row.article for row in changed} - come.keys():
        connection.execute(stands.update().where(stands.c.article == article).values(wire=rewired[article]))
    days = {Day(scope, row["holder"], row["matter"], row["day"]) for row in rows for scope in ("", row["source"])}
    days |= {Day(scope, row.holder, row.matter, row.day) for row in changed for scope in ("", row.source)}
    waiting = {day for day in days if day.day}
    while waiting:
        waiting = _settle(connection, waiting)


def _hold(connection: Connection, come: set[tuple[str, str]], touched: set[tuple[str, str]]) -> None:
    """Note whose stances on what there are (matter, holder)."""
    if come:
        insert = insert_for(connection, holdings).on_conflict_do_nothing(index_elements=["matter", "holder"])
        connection.execute(insert, [{"matter": matter, "holder": holder} for matter, holder in sorted(come)])
    if gone := touched - come:
        h = holdings.c
        told = select(stands.c.article).where(stands.c.holder == h.holder, stands.c.matter == h.matter).exists()
        its = [{"its_matter": matter, "its_holder": holder} for matter, holder in sorted(gone)]
        connection.execute(delete(holdings).where(h.matter == bindparam("its_matter"), h.holder == bindparam("its_holder"), ~told), its)


def _row(article: int, n: int, stand: Stand, wire: str, told: Told) -> dict[str, Any]:
    return {
        "article": article, "n": n, "holder": stand.holder, "matter": stand.on, "stance": stand.stance, "day": stand.day,
        "evidence_start": stand.cite.span.start, "evidence_end": stand.cite.span.end, "wire": wire, "source": told.source,
    }  # fmt: skip


def _stored(connection: Connection, wanted: Iterable[int]) -> list[Row[Any]]:
    s = stands.c
    asked = given(((article,) for article in sorted(wanted)), article=int)
    return list(connection.execute(select(s.article, s.holder, s.matter, s.day, s.source).join_from(asked, stands, s.article == asked.c.article)))


def of_days(connection: Connection, wanted: Iterable[Day]) -> dict[Day, list[Stand]]:
    """What reports said on these days."""
    s = stands.c
    asked = given(sorted(wanted), **_KEY)
    same = (s.holder == asked.c.holder) & (s.matter == asked.c.matter) & (s.day == asked.c.day) & ((asked.c.scope == "") | (s.source == asked.c.scope))
    query = select(asked.c.scope, s.holder, s.matter, s.stance, s.day, s.evidence_start, s.evidence_end, s.wire, articles.c.key)
    out: dict[Day, list[Stand]] = {}
    for row in connection.execute(query.join_from(asked, stands, same).join(articles, articles.c.id == s.article)):
        stand = Stand(row.holder, row.matter, row.stance, row.day, Cite(row.key, Span(row.evidence_start, row.evidence_end)), row.wire)
        out.setdefault(Day(row.scope, row.holder, row.matter, row.day), []).append(stand)
    return out


def _settle(connection: Connection, waiting: set[Day]) -> set[Day]:
    """Make some days anew; the days behind them that may be others now."""
    told = of_days(connection, waiting)
    before, after = _neighbours(connection, waiting)
    held = _held(connection, {*waiting, *before.values()})
    made: dict[Day, dict[str, Any]] = {}
    again: set[Day] = set()
    last: dict[tuple[str, ...], Day] = {}
    for day in sorted(waiting):
        matter = day[:3]
        if day in before:
            last[matter] = max(before[day], last.get(matter, before[day]))
        previous = last.get(matter)
        row = _made(day, told[day], None if previous is None else made.get(previous) or held[previous]) if day in told else None
        if row is not None:
            made[day] = row
            last[matter] = day
        if row != held.get(day) and day in after and after[day] not in waiting:
            again.add(after[day])
    old = [day for day in sorted(held.keys() & waiting) if held[day] != made.get(day)]
    if old:
        same = [stances.c[name] == bindparam(f"its_{name}") for name in _KEY]
        connection.execute(delete(stances).where(*same), [{f"its_{name}": value for name, value in day._asdict().items()} for day in old])
    new = [made[day] for day in sorted(made) if made[day] != held.get(day)]
    fill(connection, stances, new)
    return again


def _made(day: Day, told: list[Stand], before: Mapping[str, Any] | None) -> dict[str, Any]:
    entry = of_day(told, None if before is None else before["stance"])
    turned = before is not None and before["stance"] != entry.stance
    first, last = entry.cites[0], entry.cites[-1]
    return {
        **day._asdict(), "stance": entry.stance, "sources": entry.sources, "first": [first.report, *first.span], "last": [last.report, *last.span],
        "before": before["stance"] if before is not None and turned else None, "before_day": before["day"] if before is not None and turned else None,
        "before_last": before["last"] if before is not None and turned else [],
    }  # fmt: skip


def _neighbours(connection: Connection, wanted: set[Day]) -> tuple[dict[Day, Day], dict[Day, Day]]:
    """The days of the ledger before and behind each, that are not made anew themselves."""
    asked = given(sorted(wanted), **_KEY)
    before, after = (stances.alias(name) for name in ("before", "after"))

    def near(s: Any, pick: Any, behind: bool) -> Any:
        same = (s.c.scope == asked.c.scope) & (s.c.holder == asked.c.holder) & (s.c.matter == asked.c.matter)
        return select(pick(s.c.day)).where(same, s.c.day > asked.c.day if behind else s.c.day < asked.c.day).scalar_subquery()

    query = select(*(asked.c[name] for name in _KEY), near(before, func.max, False).label("earlier"), near(after, func.min, True).label("later"))
    rows = [(Day(row.scope, row.holder, row.matter, row.day), row.earlier, row.later) for row in connection.execute(query)]
    earlier = {day: day._replace(day=found) for day, found, _ in rows if found is not None}
    return {day: found for day, found in earlier.items() if found not in wanted}, {day: day._replace(day=found) for day, _, found in rows if found is not None}


def _held(connection: Connection, wanted: Iterable[Day]) -> dict[Day, dict[str, Any]]:
    s = stances.c
    asked = given(sorted(wanted), **_KEY)
    same = (s.scope == asked.c.scope) & (s.holder == asked.c.holder) & (s.matter == asked.c.matter) & (s.day == asked.c.day)
    rows = connection.execute(select(stances).join_from(asked, stances, same)).mappings()
    return {Day(row["scope"], row["holder"], row["matter"], row["day"]): dict(row) for row in rows}
