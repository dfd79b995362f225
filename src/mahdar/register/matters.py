"""Stored requests and commitments, newest first: as all reports tell them, or as those of one publisher or until some day do.

What only some of the reports tell is made of their tellings alone. A stored row says how late such a part can be at the latest, so that
the parts too come in order of their day, and no more of them are made than a page needs.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from heapq import heappop, heappush
from itertools import islice
from typing import Any, Final, Generic, TypeVar

from sqlalchemy import ColumnElement, Connection, Select, Table, and_, literal, not_, or_, select, true, tuple_

from mahdar.register import asking
from mahdar.register import commitments as promising
from mahdar.register import requests as requesting
from mahdar.register.asking import Telling, among
from mahdar.register.commitments import Commitment
from mahdar.register.filters import Filters
from mahdar.register.names import Who
from mahdar.register.requests import Request
from mahdar.register.schema import commitments, requests
from mahdar.register.shelf import Shelf

T = TypeVar("T", Request, Commitment)
_AT_ONCE: Final = 50


@dataclass(frozen=True, slots=True)
class Kind(Generic[T]):
    """Requests or commitments: their table with its parties and what came of it, how one is unpacked, and made of some tellings by cluster."""

    table: Table
    first: str
    second: str
    came: str
    unpack: Callable[[bytes], T]
    make: Callable[[Connection, Shelf, Mapping[str, list[Telling]], Filters], dict[str, list[tuple[T, frozenset[str]]]]]
    day: Callable[[T], str]

    def key(self, one: T) -> tuple[str, str]:
        """What they are sorted by."""
        return self.day(one), one.id


def known(telling: Telling, filters: Filters) -> bool:
    """Is a telling among the reports asked for? Nobody knows of an undated report whether it came before a day."""
    published = telling.fact.published
    return (filters.last is None or "" < published <= filters.last) and (filters.source is None or telling.fact.source == filters.source)


def found(connection: Connection, kind: Kind[T], filters: Filters, behind: tuple[str, str] | None) -> Iterator[T]:
    """What the filters ask for, newest first, from ``behind`` a place on."""
    if filters.last is None and filters.source is None:
        yield from _whole(connection, kind, filters, behind)
        return
    for one, people in _parts(connection, kind, filters):
        if (behind is None or kind.key(one) < behind) and _meets(one, people, kind, filters):
            yield one


def _whole(connection: Connection, kind: Kind[T], filters: Filters, behind: tuple[str, str] | None) -> Iterator[T]:
    c = kind.table.c
    query = select(c.packed).where(*_sides(kind, filters)).order_by(c.day.desc(), c.key.desc())
    if filters.status:
        query = query.where(c[kind.came].in_(filters.status))
    if filters.type:
        query = query.where(c.type.in_(filters.type))
    if filters.since is not None:
        query = query.where(c.ended >= filters.since)
    if behind is not None:
        query = query.where(c.day <= behind[0], tuple_(c.day, c.key) < behind)
    for row in _rows(connection, query, filters):
        yield kind.unpack(row.packed)


def _parts(connection: Connection, kind: Kind[T], filters: Filters) -> Iterator[tuple[T, frozenset[str]]]:
    """What the reports asked for tell, newest first, with the people in it."""
    c = kind.table.c
    query = select(c.packed, c.cluster, c.latest, c.people, _whole_here(kind, filters).label("whole")).where(*_sides(kind, filters), *_still(kind, filters))
    if filters.last is not None:
        query = query.where(c.published <= filters.last)
    if filters.source is not None:
        query = query.where(among(c.sources, filters.source))
    if filters.since is not None:
        query = query.where(or_(c.latest >= filters.since, c.ended >= filters.since))
    shelf = Shelf(connection, {})
    waiting: list[tuple[_Down, int, T, frozenset[str]]] = []
    rows = iter(_rows(connection, query.order_by(c.latest.desc(), c.key.desc()), filters))
    number = 0
    while some := list(islice(rows, _AT_ONCE)):
        told = asking.members_by_cluster(connection, shelf, [row.cluster for row in some if not row.whole], filters)
        parts = {cluster: [t for t in held if known(t, filters)] for cluster, held in told.items()}
        made = kind.make(connection, shelf, parts, filters)
        for row in some:
            while waiting and waiting[0][0].key[0] > row.latest:
                _, _, one, people = heappop(waiting)
                yield one, people
            found_ = [(kind.unpack(row.packed), frozenset(row.people.strip("|").split("|")))] if row.whole else made.get(row.cluster, ())
            for one, people in found_:
                number += 1
                heappush(waiting, (_Down(kind.key(one)), number, one, people))
    while waiting:
        _, _, one, people = heappop(waiting)
        yield one, people


def _whole_here(kind: Kind[T], filters: Filters) -> ColumnElement[bool]:
    """Do only reports that are asked for tell of it? Of promises, what other publishers say came of it is not known here."""
    c = kind.table.c
    out: list[ColumnElement[bool]] = [true()]
    if filters.last is not None:
        out.append(and_(c.published != "", c.last <= filters.last, c.told <= filters.last))
    if filters.source is not None:
        out.append(and_(c.sources == asking.listed((filters.source,)), literal(kind.table is requests)))
    return and_(*out)


def _still(kind: Kind[T], filters: Filters) -> list[ColumnElement[bool]]:
    """What can be asked of the whole; a part of it may be otherwise."""
    c, part = kind.table.c, not_(_whole_here(kind, filters))
    out: list[ColumnElement[bool]] = []
    if filters.status:
        out.append(or_(part, c[kind.came].in_(filters.status)))
    if filters.type:
        out.append(or_(part, c.type.in_(filters.type)))
    return out


@dataclass(frozen=True, slots=True)
class _Down:
    """A key that sorts the other way round."""

    key: tuple[str, str]

    def __lt__(self, other: _Down) -> bool:
        return self.key > other.key


def _rows(connection: Connection, query: Select[Any], filters: Filters) -> Iterable[Any]:
    size = _AT_ONCE if filters.limit is None else max(1, min(_AT_ONCE, filters.limit))
    return connection.execute(query, execution_options={"yield_per": size})


def _sides(kind: Kind[T], filters: Filters) -> list[ColumnElement[bool]]:
    """What is asked of the parties, the matter and the type; of a part of the tellings it is necessary, not enough."""
    c = kind.table.c
    out = [_either(kind, who) for who in (*((filters.actor,) if filters.actor else ()), *(filters.between or ()))]
    if isinstance(filters.on, str):
        out.append(among(c.issues, filters.on))
    elif filters.on is not None:
        out.append(c[kind.second] == filters.on.code if filters.on.code is not None else among(c.people, str(filters.on.person)))
    return out


def _either(kind: Kind[T], who: Who) -> ColumnElement[bool]:
    c = kind.table.c
    return or_(c[kind.first] == who.code, c[kind.second] == who.code) if who.code is not None else among(c.people, str(who.person))


def _meets(one: T, people: frozenset[str], kind: Kind[T], filters: Filters) -> bool:
    """The same asked of a part of the tellings itself. The type of a promise is the first telling's, which may be another one's here."""
    persons = [who for who in (filters.actor, *(filters.between or ()), filters.on) if isinstance(who, Who) and who.code is None]
    return (
        all(who.person in people for who in persons)
        and (not isinstance(filters.on, str) or filters.on in one.issues)
        and (not filters.status or getattr(one, kind.came) in filters.status)
        and (not filters.type or getattr(one, "type", "REQUEST") in filters.type)
        and (filters.since is None or max(kind.day(one), getattr(one, "fate_day", "")) >= filters.since)
    )


# ---------------------------------------------------------------------------------------------------- the two kinds


def _requests_of(connection: Connection, shelf: Shelf, parts: Mapping[str, list[Telling]], filters: Filters) -> dict[str, list[tuple[Request, frozenset[str]]]]:
    out: dict[str, list[tuple[Request, frozenset[str]]]] = {}
    for cluster, told in parts.items():
        for group in requesting.clusters(t for t in told if isinstance(t, requesting.Told)):
            if (one := requesting.request_of(group)) is not None:
                out.setdefault(cluster, []).append((one, _people(one.facts, group)))
    return out


def _commitments_of(
    connection: Connection, shelf: Shelf, parts: Mapping[str, list[Telling]], filters: Filters
) -> dict[str, list[tuple[Commitment, frozenset[str]]]]:
    promises = {cluster: [t for t in told if isinstance(t, promising.Told)] for cluster, told in parts.items()}
    later = asking.deeds_of(connection, shelf, (told for held in promises.values() for told in held), filters)
    out: dict[str, list[tuple[Commitment, frozenset[str]]]] = {}
    for cluster, told in promises.items():
        for group in promising.clusters(told):
            near = [deed for deed in promising.in_time(later.get(group[0].by, ()), group) if known(deed, filters)]
            one = promising.commitment_of(group, near)
            out.setdefault(cluster, []).append((one, _people(one.facts, [*group, *near])))
    return out


def _people(facts: Collection[str], told: Iterable[Telling]) -> frozenset[str]:
    """By whom the parties act in these facts."""
    wanted = set(facts)
    return frozenset(person for t in told if t.fact.key in wanted for person in t.fact.people)


def _last(one: Request) -> str:
    return one.last


def _day(one: Commitment) -> str:
    return one.day


REQUESTS: Final = Kind(requests, "asker", "asked", "outcome", asking.request_from, _requests_of, _last)
COMMITMENTS: Final = Kind(commitments, "promiser", "promisee", "fate", asking.commitment_from, _commitments_of, _day)
