"""Filters → the numbers of the items that meet them, newest first, page by page.

Every filter is a :class:`Condition`: a test of an item by (article, n), and mostly a way to walk along an index to just the items that
meet it. Which filter leads is decided by counting a little: the one that leaves fewest items walks, the others test what it brings. An
ordered walk ends as soon as the page is full, whatever the size of the register.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

from sqlalchemy import ColumnElement, FromClause, Select, Table, Text, and_, func, literal, or_, select, tuple_, union_all

from mahdar.errors import QuestionError
from mahdar.register.filters import Filters
from mahdar.register.names import Who
from mahdar.register.rows import pair_mark
from mahdar.register.schema import articles, event_issues, event_pairs, event_parties, events, named, positions, statement_matters, statements

CAP: Final = 2_000  # what a walk brings is counted no further than this
_Column = ColumnElement[Any]


class Key(NamedTuple):
    """Where an item stands: its day (None where unknown), the number of its article, its number there."""

    day: str | None
    article: int
    n: int

    @property
    def cursor(self) -> str:
        """What ``after`` takes to go on behind this item."""
        return f"{self.day or ''}.{self.article}.{self.n}"


class Walk(NamedTuple):
    """A way to items: rows of ``source`` where ``where`` holds. ``ordered``: an index gives them by day. ``once``: each but once.
    ``probe`` gives about as many rows, faster."""

    source: FromClause
    day: _Column
    article: _Column
    n: _Column
    where: tuple[_Column, ...]
    ordered: bool = True
    once: bool = True
    probe: Select[Any] | None = None


@dataclass(frozen=True, slots=True)
class Condition:
    """``test`` names tables plainly, ``walk`` always by other names: so a walk and a test of the same table stay apart."""

    test: Callable[[_Column, _Column], _Column]
    walk: Walk | None = None


def pages(run: Callable[[Select[Any]], Sequence[Any]], table: Table, conditions: Sequence[Condition], filters: Filters, *, size: int) -> Iterator[list[Key]]:
    """The keys of the items of ``table`` that meet all conditions, newest first and those without a day last, ``size`` at a time."""
    walk, tests = _lead(run, table, conditions, filters)
    last = None if filters.after is None else _key(filters.after)
    for dated in (True, False) if not filters.dated else (True,):
        if last is not None and dated and last.day is None:
            continue
        while True:
            rows = run(_page(walk, tests, filters, last, dated=dated).limit(size))
            found = [Key(row.day, row.article, row.n) for row in rows]
            if found:
                yield found
                last = found[-1]
            if len(found) < size:
                break
        if last is not None and dated:
            last = Key(None, 2**62, 0)  # from here on those without a day


def _lead(
    run: Callable[[Select[Any]], Sequence[Any]], table: Table, conditions: Sequence[Condition], filters: Filters
) -> tuple[Walk, list[Condition]]:
    """The walk that brings fewest items, and the conditions left to be tested on them."""
    plain = _walk(named(table, "w"))
    if len(conditions) == 1 and conditions[0].walk is not None and conditions[0].walk.ordered:
        return conditions[0].walk, []
    best, leader = CAP + 1, None
    for number, condition in enumerate(conditions):
        walk = condition.walk
        if walk is None:
            continue
        some = select(literal(1).label("one")).select_from(walk.source).where(*walk.where, *window(walk.day, filters))
        some = some if walk.probe is None else walk.probe
        count = int(run(select(func.count().label("number")).select_from(some.limit(CAP).subquery()))[0].number)
        if count < best and (walk.ordered or count < CAP):
            best, leader = count, number
    if leader is None:
        return plain, list(conditions)
    chosen = conditions[leader].walk
    assert chosen is not None
    return chosen, [condition for number, condition in enumerate(conditions) if number != leader]


def _page(walk: Walk, tests: Sequence[Condition], filters: Filters, last: Key | None, *, dated: bool) -> Select[Any]:
    place = (walk.day, walk.article, walk.n)
    query = select(walk.day.label("day"), walk.article.label("article"), walk.n.label("n")).select_from(walk.source).where(*walk.where)
    query = query.where(*(condition.test(walk.article, walk.n) for condition in tests))
    if dated:
        query = query.where(walk.day.is_not(None), *window(walk.day, filters))
        if last is not None:
            query = query.where(walk.day <= last.day, tuple_(*place) < tuple_(*map(literal, last)))
        query = query.order_by(*(column.desc() for column in place))
    else:
        query = query.where(walk.day.is_(None))
        if last is not None:
            query = query.where(tuple_(walk.article, walk.n) < tuple_(literal(last.article), literal(last.n)))
        query = query.order_by(walk.article.desc(), walk.n.desc())
    return query if walk.once else query.distinct()


def window(day: _Column, filters: Filters) -> list[_Column]:
    """Since and until, of a column of days. A day that is only a month or a year is within where any of its days is."""
    out: list[_Column] = []
    if filters.since is not None:
        since = filters.since
        whole = [since[:size] for size in (4, 7) if size < len(since)]
        # The first bound is for the index: what begins with the year of ``since`` or later.
        out += [day >= since[:4], or_(day >= since, day.in_(whole))] if whole else [day >= since]
    if filters.last is not None:
        out.append(day <= filters.last)
    return out


def _key(cursor: str) -> Key:
    parts = cursor.split(".")
    try:
        day, article, n = parts
        return Key(day or None, int(article), int(n))
    except ValueError:
        raise QuestionError(f"{cursor!r} is no place to go on after; take it from the `cursor` of a row") from None


# ---------------------------------------------------------------------------------------------------- events


def event_conditions(filters: Filters) -> list[Condition]:
    """What is asked of an event: who takes part, who with whom, its type, status, issue, and who tells of it."""
    out: list[Condition] = []
    if filters.between is not None:
        out += _pair(*filters.between, filters)
    if filters.actor is not None:
        out.append(_party(filters.actor, filters))
    if isinstance(filters.on, str):
        issue = filters.on
        out.append(_having(event_issues, lambda c: (c.issue == issue,)))
    elif filters.on is not None:
        out.append(_party(filters.on, filters, side="target"))
    if filters.type:
        out.append(_having(events, lambda c: _typed(c, filters), walk=len(filters.type) == 1))
    if filters.status:
        out.append(_having(events, lambda c: (c.status.in_(filters.status),), walk=False))
    if filters.source is not None:
        out.append(_told_by(events, filters.source))
    return out


def _pair(first: Who, second: Who, filters: Filters) -> list[Condition]:
    """Two parties of one event: two codes that stand against each other in it, or persons that both take part."""
    if first.code is None or second.code is None:
        return [_party(first, filters), _party(second, filters)]
    a, b = sorted((first.code, second.code))
    return [_having(event_pairs, lambda c: (c.a == a, c.b == b, *_typed(c, filters), *((c.status.in_(filters.status),) if filters.status else ())))]


def _party(who: Who, filters: Filters, side: str | None = None) -> Condition:
    def where(c: Any) -> tuple[_Column, ...]:
        return (*_typed(c, filters), *(() if side is None else (c.side == side,)))

    if who.code is not None:
        return _having(event_parties, lambda c: (c.code == who.code, *where(c)), once=False)
    return _having(event_parties, lambda c: (c.person == who.person, *where(c)), once=False)


def _typed(c: Any, filters: Filters) -> tuple[_Column, ...]:
    """One type is a part of indexes; of several, each is tested."""
    if not filters.type:
        return ()
    return (c.type == filters.type[0] if len(filters.type) == 1 else c.type.in_(filters.type),)


# ---------------------------------------------------------------------------------------------------- statements


def statement_conditions(filters: Filters) -> list[Condition]:
    """What is asked of a statement: who speaks, and what its words are about: the events and positions read from within them."""
    out: list[Condition] = []
    speaker = filters.actor.code if filters.actor is not None else None
    if filters.actor is not None and not (speaker is not None and isinstance(filters.on, str)):
        who = filters.actor
        out.append(_having(statements, lambda c: (c.person == who.person if who.code is None else c.code == who.code,)))
    if filters.between is not None:
        first, second = filters.between
        if first.code is None or second.code is None:
            raise QuestionError("statements are asked for between two codes, as in RUS and USA; for a person give actor")
        pair, both = pair_mark(first.code, second.code), (first.code, second.code)
        out.append(_having(statement_matters, lambda c: (c.matter == pair, c.code.in_(both))))
    if isinstance(filters.on, str):
        issue = filters.on
        out.append(_having(statement_matters, lambda c: (c.matter == issue, *((c.code == speaker,) if speaker is not None else ()))))
    elif filters.on is not None:
        code = filters.on.code
        if code is None:
            raise QuestionError("statements are asked for on an issue or a code, not on a person")
        out.append(_about(event_parties, lambda c: and_(c.code == code, c.side == "target"), lambda c: c.toward_code == code))
    if filters.type:
        read = _exists(events, events.c.article == statements.c.article, _Tested(events).type.in_(filters.type), _overlap(statements.c, events.c))
        out.append(_having(statements, lambda c: (read,), walk=False))
    if filters.source is not None:
        out.append(_told_by(statements, filters.source))
    return out


def _about(link: Table, of_event: Callable[[Any], _Column], of_position: Callable[[Any], _Column]) -> Condition:
    """Statements within whose words such an event or such a position was read."""

    def read(s: Any) -> _Column:
        joined = link.join(events, and_(events.c.article == link.c.article, events.c.n == link.c.n))
        event = _exists(joined, link.c.article == s.article, of_event(_Tested(link)), _overlap(s, events.c))
        return or_(event, _exists(positions, positions.c.article == s.article, of_position(_Tested(positions)), _overlap(s, positions.c)))

    other, held, w = named(link, "o"), named(positions, "h"), named(statements, "w")
    found = select(other.c.article).where(of_event(other.c)).union(select(held.c.article).where(of_position(held.c))).subquery("f")
    probe = select(literal(1).label("one")).where(of_event(other.c)).union_all(select(literal(1)).where(of_position(held.c)))
    walk = _walk(w, w.c.article.in_(select(found.c.article)), read(w.c), ordered=False)._replace(probe=select(probe.subquery("few")))
    test = _having(statements, lambda c: (read(c),), walk=False).test
    return Condition(test, walk)


def _overlap(s: Any, c: Any) -> _Column:
    return and_(c.evidence_start < s.content_end, c.evidence_end > s.content_start)


# ---------------------------------------------------------------------------------------------------- positions


def position_conditions(filters: Filters) -> list[Condition]:
    """What is asked of a position: who holds it, on what or toward whom, and how (``status`` is the stance)."""
    out: list[Condition] = []
    if filters.between is not None:
        out.append(_held_between(*filters.between))
    if filters.actor is not None:
        who = filters.actor
        out.append(_having(positions, lambda c: (_holder(c, who),)))
    if isinstance(filters.on, str):
        issue = filters.on
        out.append(_having(positions, lambda c: (c.issue == issue,)))
    elif filters.on is not None:
        on = filters.on
        out.append(_having(positions, lambda c: (_toward(c, on),)))
    if filters.status:
        out.append(_having(positions, lambda c: (c.stance.in_(filters.status),), walk=False))
    if filters.source is not None:
        out.append(_told_by(positions, filters.source))
    return out


def _held_between(a: Who, b: Who) -> Condition:
    """What either of two holds toward the other: two ways along an index, which a database merges by day."""

    def one(name: str, who: Who, other: Who) -> Select[Any]:
        c = named(positions, name).c
        return select(c.day, c.article, c.n).where(_holder(c, who), _toward(c, other))

    test = _having(positions, lambda c: (or_(and_(_holder(c, a), _toward(c, b)), and_(_holder(c, b), _toward(c, a))),), walk=False).test
    both = union_all(one("w", a, b), one("v", b, a)).subquery("both")
    return Condition(test, Walk(both, both.c.day, both.c.article, both.c.n, ()))


def _holder(c: Any, who: Who) -> _Column:
    found: _Column = c.code == who.code if who.code is not None else c.person == who.person
    return found


def _toward(c: Any, who: Who) -> _Column:
    found: _Column = c.toward_code == who.code if who.code is not None else c.toward_person == who.person
    return found


# ---------------------------------------------------------------------------------------------------- shared


class _Tested:
    """A table's columns in a test of one known item: written so that no database takes an index on any of them for the way there."""

    def __init__(self, table: Table) -> None:
        self._columns = table.c

    def __getattr__(self, name: str) -> _Column:
        found = self._columns[name]
        return func.coalesce(found, "") if isinstance(found.type, Text) else found


def _walk(table: FromClause, *where: _Column, source: FromClause | None = None, ordered: bool = True, once: bool = True) -> Walk:
    return Walk(table if source is None else source, table.c.day, table.c.article, table.c.n, where, ordered, once)


def _having(table: Table, where: Callable[[Any], tuple[_Column, ...]], *, walk: bool = True, ordered: bool = True, once: bool = True) -> Condition:
    """Items with a row of ``table`` where ``where`` holds of its columns."""
    c, w = table.c, named(table, "w")
    way = _walk(w, *where(w.c), ordered=ordered, once=once) if walk else None
    return Condition(lambda article, n: _exists(table, c.article == article, c.n == n, *where(_Tested(table))), way)


def _told_by(table: Table, source: str) -> Condition:
    w, t = named(table, "w"), named(articles, "t")
    walk = _walk(w, t.c.source == source, source=t.join(w, w.c.article == t.c.id), ordered=False)
    walk = walk._replace(probe=select(literal(1).label("one")).where(t.c.source == source))
    return Condition(lambda article, n: _exists(articles, articles.c.id == article, _Tested(articles).source == source), walk)


def _exists(source: FromClause, *where: _Column) -> _Column:
    return select(literal(1)).select_from(source).where(*where).exists()
