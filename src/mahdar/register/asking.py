"""Requests and commitments kept as reports come and go: only the clusters that a new or changed report bears on are made anew."""

from __future__ import annotations

import hashlib
import json
import zlib
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from operator import itemgetter
from typing import Any, Final, NamedTuple

from sqlalchemy import Connection, Select, delete, func, select

from mahdar.record import Span
from mahdar.register import commitments as promising
from mahdar.register import kept, marks
from mahdar.register import requests as asking
from mahdar.register.cite import Cite
from mahdar.register.commitments import Commitment
from mahdar.register.facts import Fact, ordinal
from mahdar.register.filling import fill
from mahdar.register.filters import Filters
from mahdar.register.given import given
from mahdar.register.requests import Account, Request
from mahdar.register.schema import articles, commitments, requests, tellings
from mahdar.register.shelf import Place, Shelf

Telling = asking.Told | promising.Told
_BEHIND_ALL: Final = "~"  # sorts behind every day
_PROMISING: Final[Mapping[str, promising.Kind]] = {"promise": "promise", "deed": "deed", "break": "break"}
_TOLD: Final = tuple(tellings.c[name] for name in ("article", "n", "a", "b", "says", "cluster"))


class At(NamedTuple):
    """Where a telling stands: in which fact, between whom, and what it says."""

    place: Place
    a: str
    b: str
    says: str


def update(connection: Connection, shelf: Shelf) -> None:
    """Take in the shelf's new facts."""
    fresh = tellings_of(shelf.fresh())
    former = tellings_of(shelf.former())
    asked = {at: told for at, told in fresh.items() if isinstance(told, asking.Told)}
    made = {at: told for at, told in fresh.items() if isinstance(told, promising.Told)}
    gone = _clusters_at(connection, shelf.gone)
    deeds = [told for told in (*made.values(), *former.values()) if isinstance(told, promising.Told) and told.kind != "promise"]
    promises = {at: told for at, told in made.items() if told.kind == "promise"}
    if shelf.gone:
        connection.execute(delete(tellings).where(tellings.c.article.in_(sorted(shelf.gone))))
    _requests(connection, shelf, asked, [told for told in former.values() if isinstance(told, asking.Told)], gone["request"])
    rows = [_row(at, told, None) for at, told in made.items() if told.kind != "promise"]
    fill(connection, tellings, rows)
    _commitments(connection, shelf, promises, deeds, gone["promise"])


def tellings_of(facts: Mapping[Place, Fact]) -> dict[At, Telling]:
    """What facts tell of requests and promises."""
    out: dict[At, Telling] = {}
    for place, fact in facts.items():
        for told in asking.tellings(fact):
            out[At(place, told.asker, told.asked, told.account.says)] = told
        for one in promising.tellings(fact):
            out[At(place, one.by, one.to, one.kind)] = one
    return out


def _kind(told: Telling) -> str:
    return "request" if isinstance(told, asking.Told) else "promise" if told.kind == "promise" else "deed"


def _row(at: At, told: Telling, cluster: str | None) -> dict[str, Any]:
    kind = _kind(told)
    acted, marked = (promising.acted(told), marks.pack(marks.marks_of(told.fact))) if isinstance(told, promising.Told) else (0, None)
    return {
        "kind": kind, "a": at.a, "b": at.b, "at": ordinal(told.fact.published), **at.place._asdict(), "says": at.says, "acted": acted, "cluster": cluster,
        "marks": marked,
    }  # fmt: skip


def _cluster(key: str) -> str:
    return hashlib.blake2b(key.encode(), digest_size=8).hexdigest()


# ---------------------------------------------------------------------------------------------------- requests


def _requests(connection: Connection, shelf: Shelf, fresh: Mapping[At, asking.Told], former: Collection[asking.Told], touched: set[str]) -> None:
    """Make anew the clusters ``touched``, those that what comes and goes bears on, and those that belong together with them now."""
    changed: dict[tuple[str, str], list[asking.Told]] = {}
    for told in (*fresh.values(), *former):
        changed.setdefault((told.asker, told.asked), []).append(told)
    for at, (other, cluster) in _sight(connection, shelf, (*fresh.values(), *former)).items():
        if cluster not in touched and any(asking.bears_on(told, other) for told in changed[at.a, at.b]):
            touched.add(cluster)
    there = {**_asked_in(connection, shelf, touched), **fresh}
    while there:
        around = _sight(connection, shelf, there.values())
        cluster_of = {told.key: cluster for told, cluster in around.values()}
        keys = {told.key for told in there.values()}
        links = asking.by_parties([*there.values(), *(told for told, _ in around.values() if told.key not in keys)])
        beyond = {cluster_of[other.key] for each in links for told in each.told if told.key in keys for other in each.of(told) if other.key not in keys}
        if not beyond:
            groups = [group for each in links for group in each.groups(among=keys)]
            break
        touched |= beyond
        there |= _asked_in(connection, shelf, beyond)
    _forget(connection, requests, touched)
    if there:
        _write_requests(connection, groups, {told.key: at for at, told in there.items()})


def _sight(connection: Connection, shelf: Shelf, told: Iterable[asking.Told]) -> dict[At, tuple[asking.Told, str]]:
    """The stored tellings between the same two that decide what these belong together with."""
    near = {("request", one.asker, one.asked, asking.told_at(one)) for one in told}
    return {at: (one, str(cluster)) for at, (one, cluster) in _near(connection, shelf, near, asking.SIGHT).items() if isinstance(one, asking.Told)}


def _asked_in(connection: Connection, shelf: Shelf, clusters: Collection[str]) -> dict[At, asking.Told]:
    return {at: told for at, told in members(connection, shelf, clusters).items() if isinstance(told, asking.Told)}


def _write_requests(connection: Connection, groups: Iterable[list[asking.Told]], at_of: Mapping[str, At]) -> None:
    rows: list[dict[str, Any]] = []
    placed: list[dict[str, Any]] = []
    lines: list[dict[str, Any]] = []
    for group in groups:
        cluster = _cluster(group[0].key)
        placed.extend(_row(at_of[told.key], told, cluster) for told in group)
        found = asking.request_of(group)
        if found is not None:
            rows.append(_request_row(found, group, cluster))
            lines.extend(kept.of_this_request(found, [told.fact for told in group]))
    fill(connection, tellings, placed)
    fill(connection, requests, rows)
    kept.write(connection, lines)


def _request_row(r: Request, group: list[asking.Told], cluster: str) -> dict[str, Any]:
    published = [told.fact.published for told in group]
    return {
        "key": r.id, "cluster": cluster, "asker": r.asker, "asked": r.asked, "type": "REQUEST", "outcome": r.outcome, "issues": listed(r.issues),
        "people": listed(sorted(set().union(*(told.fact.people for told in group)))), "sources": _sources(group), "day": r.last, "latest": r.last, "ended": r.last,
        "published": min(published), "last": max(published), "told": "", "packed": pack_request(r),
    }  # fmt: skip


def _sources(group: Iterable[Telling]) -> str:
    return listed(sorted({told.fact.source for told in group}))


# ---------------------------------------------------------------------------------------------------- commitments


def _commitments(
    connection: Connection, shelf: Shelf, fresh: Mapping[At, promising.Told], deeds: Collection[promising.Told], touched: set[str]
) -> None:
    stored = _near(connection, shelf, {("promise", told.by, told.to, promising.told_at(told)) for told in fresh.values()}, promising.WINDOW)
    by_parties: dict[tuple[str, str], list[promising.Told]] = {}
    for told in fresh.values():
        by_parties.setdefault((told.by, told.to), []).append(told)
    for at, (other, cluster) in stored.items():
        if any(promising.same(told, other) for told in by_parties[at.a, at.b]):  # type: ignore[arg-type]
            touched.add(str(cluster))
    touched |= _kept_or_broken(connection, shelf, deeds)
    there = {**members(connection, shelf, touched), **fresh}
    _forget(connection, commitments, touched)
    groups = promising.clusters(told for told in there.values() if isinstance(told, promising.Told))
    later = deeds_of(connection, shelf, [told for group in groups for told in group])
    at_of = {told.key: at for at, told in there.items()}
    rows: list[dict[str, Any]] = []
    placed: list[dict[str, Any]] = []
    lines: list[dict[str, Any]] = []
    for group in groups:
        cluster = _cluster(group[0].key)
        placed.extend(_row(at_of[told.key], told, cluster) for told in group)
        near = promising.in_time(later.get(group[0].by, ()), group)
        made = promising.commitment_of(group, near)
        rows.append(_commitment_row(made, group, near, cluster))
        lines.extend(kept.of_this_commitment(made, [told.fact for told in group], [told.fact for told in near]))
    fill(connection, tellings, placed)
    fill(connection, commitments, rows)
    kept.write(connection, lines)


def _kept_or_broken(connection: Connection, shelf: Shelf, deeds: Collection[promising.Told]) -> set[str]:
    """The stored promises that some deeds keep or break."""
    if not deeds:
        return set()
    t = tellings.c
    days = sorted({(deed.by, promising.acted(deed)) for deed in deeds})
    asked = given(days, a=str, acted=int)
    window = t.acted.between(asked.c.acted - promising.LATER, asked.c.acted - 1)
    query = select(*_TOLD, t.acted, t.marks).distinct().join_from(asked, tellings, (t.kind == "promise") & (t.a == asked.c.a) & window)
    by: dict[str, list[promising.Told]] = {}
    for deed in sorted(deeds, key=promising.acted):
        by.setdefault(deed.by, []).append(deed)
    known = _Known(deeds)
    stored = _read(connection, shelf, query, may=lambda row: known.on_one_matter(row, row.acted + 1, row.acted + promising.LATER))
    out: set[str] = set()
    for at, (told, cluster) in stored.items():
        if cluster not in out and isinstance(told, promising.Told) and any(promising.answered_by(deed, told) for deed in promising.in_time(by[at.a], (told,))):
            out.add(str(cluster))
    return out


def deeds_of(connection: Connection, shelf: Shelf, promises: Iterable[promising.Told], filters: Filters | None = None) -> dict[str, list[promising.Told]]:
    """The deeds that can keep or break some promises, by who does them, in order of their days; only of reports that may meet the filters."""
    t = tellings.c
    promises = list(promises)
    wanted = sorted({(told.by, told.to, promising.acted(told)) for told in promises})
    if not wanted:
        return {}
    asked = given(wanted, a=str, b=str, acted=int)
    window = t.acted.between(asked.c.acted + 1, asked.c.acted + promising.LATER)
    toward = (asked.c.b == "") | (t.b == "") | (t.b == asked.c.b)
    query = select(*_TOLD, t.acted, t.marks).distinct().join_from(asked, tellings, (t.kind == "deed") & (t.a == asked.c.a) & window & toward)
    known = _Known(promises)
    out: dict[str, list[promising.Told]] = {}
    found = _read(connection, shelf, _reported(query, filters), fresh=True, may=lambda row: known.on_one_matter(row, row.acted - promising.LATER, row.acted - 1))
    for told, _ in found.values():
        if isinstance(told, promising.Told):
            out.setdefault(told.by, []).append(told)
    return {by: sorted(found, key=lambda told: (promising.acted(told), told.key)) for by, found in out.items()}


class _Known:
    """Promises or deeds in hand, with the marks of their words: which of those that are stored have to be looked at."""

    def __init__(self, told: Iterable[promising.Told]) -> None:
        by: dict[str, set[tuple[int, marks.Marks]]] = {}
        for one in told:
            by.setdefault(one.by, set()).add((promising.acted(one), marks.marks_of(one.fact)))
        in_order = {name: sorted(found, key=itemgetter(0)) for name, found in by.items()}
        self._by = {name: ([acted for acted, _ in found], [marked for _, marked in found]) for name, found in in_order.items()}

    def on_one_matter(self, row: Any, first: int, last: int) -> bool:
        """Can a stored one be about the matter of one of the same party that was made or done on these days? What has no marks can."""
        if row.marks is None:
            return True
        days, known = self._by.get(row.a, ((), ()))
        at, end = bisect_left(days, first), bisect_right(days, last)
        if at == end:
            return False
        marked = marks.unpack(row.marks)
        return any(promising.may_be_one_matter(marked, other) for other in known[at:end])


def _commitment_row(c: Commitment, group: list[promising.Told], near: Sequence[promising.Told], cluster: str) -> dict[str, Any]:
    published = [told.fact.published for told in group]
    used = set(c.facts)
    people = set().union(*(told.fact.people for told in (*group, *near) if told.fact.key in used))
    return {
        "key": c.id, "cluster": cluster, "promiser": c.by, "promisee": c.to, "type": c.type, "fate": c.fate, "issues": listed(c.issues),
        "people": listed(sorted(people)), "sources": _sources(group), "day": c.day, "latest": max(told.fact.day or told.fact.published for told in group),
        "ended": max(c.day, c.fate_day), "published": min(published), "last": max(published),
        "told": max((told.fact.published for told in near if told.fact.key in used), default=""), "packed": pack_commitment(c),
    }  # fmt: skip


# ---------------------------------------------------------------------------------------------------- stored tellings


def _clusters_at(connection: Connection, gone: Collection[int]) -> dict[str, set[str]]:
    """The clusters that lose a telling."""
    out: dict[str, set[str]] = {"request": set(), "promise": set()}
    if gone:
        asked = given(((article,) for article in sorted(gone)), article=int)
        t = tellings.c
        for row in connection.execute(select(t.kind, t.cluster).join_from(asked, tellings, t.article == asked.c.article).where(t.cluster.is_not(None))):
            out[row.kind].add(row.cluster)
    return out


def _near(connection: Connection, shelf: Shelf, wanted: Iterable[tuple[str, str, str, int]], reach: int) -> dict[At, tuple[Telling, str | None]]:
    """The stored tellings between the same two, some days around."""
    rows = sorted(wanted)
    if not rows:
        return {}
    t = tellings.c
    asked = given(rows, kind=str, a=str, b=str, at=int)
    same = (t.kind == asked.c.kind) & (t.a == asked.c.a) & (t.b == asked.c.b) & t.at.between(asked.c.at - reach, asked.c.at + reach)
    return _read(connection, shelf, select(*_TOLD).distinct().join_from(asked, tellings, same))


def members(connection: Connection, shelf: Shelf, touched: Collection[str]) -> dict[At, Telling]:
    """The tellings of some clusters."""
    return {at: told for at, (told, _) in _members(connection, shelf, touched, None).items()}


def members_by_cluster(connection: Connection, shelf: Shelf, wanted: Collection[str], filters: Filters) -> dict[str, list[Telling]]:
    """The tellings of each of some clusters; only of reports that may meet the filters."""
    out: dict[str, list[Telling]] = {}
    for told, cluster in _members(connection, shelf, wanted, filters).values():
        out.setdefault(str(cluster), []).append(told)
    return out


def _members(connection: Connection, shelf: Shelf, wanted: Collection[str], filters: Filters | None) -> dict[At, tuple[Telling, str | None]]:
    if not wanted:
        return {}
    t = tellings.c
    asked = given(((cluster,) for cluster in sorted(wanted)), cluster=str)
    query = select(*_TOLD).join_from(asked, tellings, t.cluster == asked.c.cluster)
    return _read(connection, shelf, _reported(query, filters))


def _reported(query: Select[Any], filters: Filters | None) -> Select[Any]:
    """Without the tellings of reports that are of another publisher, or behind the day asked for: what they tell need not be unpacked."""
    if filters is None:
        return query
    day, source = (func.coalesce(articles.c[name], _BEHIND_ALL) for name in ("day", "source"))  # so that no database starts from an index on them
    query = query.join(articles, articles.c.id == tellings.c.article)
    if filters.last is not None:
        query = query.where(day <= filters.last)
    return query if filters.source is None else query.where(source == filters.source)


def _read(
    connection: Connection, shelf: Shelf, query: Any, *, fresh: bool = False, may: Callable[[Any], bool] | None = None
) -> dict[At, tuple[Telling, str | None]]:
    """The tellings a query finds that ``may`` be what is looked for, with their clusters; those of the articles taken in only where asked for."""
    rows = [row for row in connection.execute(query).all() if (fresh or row[0] not in shelf.come) and (may is None or may(row))]
    placed = {At(Place(row[0], row[1]), row[2], row[3], row[4]): row[5] for row in rows}
    told: dict[At, Telling] = shelf.memo
    facts = shelf.facts({at.place for at in placed if at not in told})
    for at in placed:
        if at not in told:
            told.update(_tellings_at(at, facts[at.place]))
    return {at: (told[at], cluster) for at, cluster in placed.items()}


def _tellings_at(at: At, fact: Fact) -> dict[At, Telling]:
    """The telling that stands there, alone where that can be: a fact with many parties tells of each pair of them."""
    kind = _PROMISING.get(at.says)
    return {at: promising.telling(fact, at.a, at.b, kind)} if kind is not None else tellings_of({at.place: fact})


def _forget(connection: Connection, table: Any, touched: Collection[str]) -> None:
    if touched:
        asked = given(((cluster,) for cluster in sorted(touched)), cluster=str)
        wanted = select(asked.c.cluster)
        kept.forget(connection, select(table.c.key).where(table.c.cluster.in_(wanted)))
        connection.execute(delete(table).where(table.c.cluster.in_(wanted)))
        connection.execute(delete(tellings).where(tellings.c.cluster.in_(wanted)))


# ---------------------------------------------------------------------------------------------------- packed


def listed(names: Iterable[str]) -> str:
    """Names in one cell, each between two bars."""
    joined = "|".join(name.replace("|", "¦") for name in names)
    return f"|{joined}|" if joined else ""


def among(cell: Any, name: str) -> Any:
    """Is a name in such a cell?"""
    return cell.contains(listed((name,)), autoescape=True)


def _packed(data: object) -> bytes:
    return zlib.compress(json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode(), 1)


def _cite(cite: Cite) -> list[Any]:
    return [cite.report, *cite.span]


def _cited(cite: list[Any]) -> Cite:
    return Cite(cite[0], Span(cite[1], cite[2]))


def pack_request(r: Request) -> bytes:
    accounts = [[a.by, a.says, a.day, _cite(a.cite)] for a in r.accounts]
    return _packed([r.id, r.asker, r.asked, r.issues, r.first, r.last, r.outcome, accounts, r.differ, r.facts])


def request_from(packed: bytes) -> Request:
    """A request as it was packed."""
    key, asker, asked, issues, first, last, outcome, accounts, differ, facts = json.loads(zlib.decompress(packed))
    told = tuple(Account(by, says, day, _cited(cite)) for by, says, day, cite in accounts)
    return Request(key, asker, asked, tuple(issues), first, last, outcome, told, differ, tuple(facts))


def pack_commitment(c: Commitment) -> bytes:
    return _packed([c.id, c.by, c.to, c.type, c.issues, c.day, [*map(_cite, c.cites)], c.fate, c.fate_day, [*map(_cite, c.fate_cites)], c.facts])


def commitment_from(packed: bytes) -> Commitment:
    """A commitment as it was packed."""
    key, by, to, type_, issues, day, cites, fate, fate_day, fate_cites, facts = json.loads(zlib.decompress(packed))
    return Commitment(key, by, to, type_, tuple(issues), day, tuple(map(_cited, cites)), fate, fate_day, tuple(map(_cited, fate_cites)), tuple(facts))
