"""Occurrences kept as reports come and go: only the clusters that a new or changed report is linked with are made anew."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import combinations, starmap
from typing import Any, NamedTuple

from sqlalchemy import Connection, bindparam, delete, or_, select

from mahdar.register import kept
from mahdar.register.facts import Fact, ordinal
from mahdar.register.filling import fill
from mahdar.register.gathering import against_by
from mahdar.register.given import given
from mahdar.register.likeness import WINDOW, Weigh, alike
from mahdar.register.occurrences import Occurrence, clusters, gathered, name_of, occurrence, places
from mahdar.register.rows import pair_mark
from mahdar.register.schema import articles, copies, fact_blocks, fact_links, occurrence_marks, occurrence_members, occurrences
from mahdar.register.shelf import Place, Shelf

Link = tuple[Place, Place]  # in order


class Former(NamedTuple):
    """An occurrence as it is stored."""

    cluster: str
    places: frozenset[Place]


def update(connection: Connection, shelf: Shelf, rewired: Collection[int], weigh: Weigh) -> None:
    """Take in the shelf's new facts; of the articles ``rewired`` the independent sources are counted anew."""
    fresh = shelf.fresh()
    touched = _clusters_of_articles(connection, {*shelf.gone, *rewired})
    gone = [{f"its_{name}": value for name, value in row.items()} for row in _blocks(shelf.former())]
    if gone:
        same = [fact_blocks.c[name] == bindparam(f"its_{name}") for name in ("block", "at", "article", "n")]
        connection.execute(delete(fact_blocks).where(*same), gone)
    if shelf.gone:
        changed = sorted(shelf.gone)
        connection.execute(delete(fact_links).where(or_(fact_links.c.article.in_(changed), fact_links.c.other.in_(changed))))
    new = _linked(connection, shelf, fresh, weigh)
    touched |= _clusters_of(connection, {place for pair in new for place in pair} - fresh.keys())
    former = _occurrences_of(connection, touched)
    stored = [place for one in former.values() for place in one.places if place.article not in shelf.come]
    facts = {**shelf.facts(stored), **fresh}
    links = {**_links(connection, stored), **new}
    _write(connection, shelf, facts, _gathered(facts, links, weigh), former, {*shelf.gone, *rewired})
    if new:
        rows = [{"article": a.article, "n": a.n, "other": b.article, "other_n": b.n, "score": value} for (a, b), value in sorted(new.items())]
        fill(connection, fact_links, rows)
    fill(connection, fact_blocks, _blocks(fresh))


def _blocks(facts: Mapping[Place, Fact]) -> list[dict[str, Any]]:
    found = sorted((block, ordinal(fact.published), *place) for place, fact in facts.items() for block in places(fact))
    return [{"block": block, "at": at, "article": article, "n": n} for block, at, article, n in found]


def _linked(connection: Connection, shelf: Shelf, fresh: Mapping[Place, Fact], weigh: Weigh) -> dict[Link, float]:
    """The scores of fresh facts with each other and with stored ones, of those that may be one event."""
    near: dict[str, dict[int, list[Place]]] = {}
    blocks = {place: places(fact) if fact.at else () for place, fact in fresh.items()}
    for place, fact in fresh.items():
        for block in blocks[place]:
            near.setdefault(block, {}).setdefault(fact.at, []).append(place)
    asked = given((row for block in sorted(near) for row in _spans(block, near[block])), block=str, low=int, high=int)
    b = fact_blocks.c
    query = select(b.block, b.at, b.article, b.n).join_from(asked, fact_blocks, (b.block == asked.c.block) & b.at.between(asked.c.low, asked.c.high))
    for block, at, article, n in connection.execute(query).all():
        if article not in shelf.come:
            near[block].setdefault(at, []).append(Place(article, n))
    facts = {**shelf.facts({place for days in near.values() for held in days.values() for place in held} - fresh.keys()), **fresh}
    out: dict[Link, float] = {}
    gists: dict[int, dict[str, float]] = {}
    for place, fact in fresh.items():
        days = range(fact.at - WINDOW, fact.at + WINDOW + 1)
        around = {there for block in blocks[place] for at in days for there in near[block].get(at, ())}
        others = ((there, facts[there]) for there in around if there < place or there not in fresh)
        for there, value in alike(fact, others, weigh, gists.setdefault(place.article, {})):
            out[(place, there) if place < there else (there, place)] = value
    return out


def _spans(block: str, days: Collection[int]) -> Iterator[tuple[str, int, int]]:
    """The days around those of a block, each once: the block, the first of some days in a row and the last."""
    waiting = sorted(days)
    low = high = waiting[0]
    for day in waiting:
        if day - high > 2 * WINDOW + 1:
            yield block, low - WINDOW, high + WINDOW
            low = day
        high = day
    yield block, low - WINDOW, high + WINDOW


def _links(connection: Connection, stored: Collection[Place]) -> dict[Link, float]:
    """The links of some facts that are not told anew."""
    if not stored:
        return {}
    k = fact_links.c
    asked = given(sorted(stored), article=int, n=int)
    query = select(k.article, k.n, k.other, k.other_n, k.score).join_from(asked, fact_links, (k.article == asked.c.article) & (k.n == asked.c.n))
    return {(Place(article, n), Place(other, other_n)): score_ for article, n, other, other_n, score_ in connection.execute(query).all()}


def _clusters_of_articles(connection: Connection, wanted: Iterable[int]) -> set[str]:
    m, o = occurrence_members.c, occurrences.c
    asked = given(((article,) for article in sorted(wanted)), article=int)
    query = select(o.cluster).join_from(asked, occurrence_members, m.article == asked.c.article).join(occurrences, o.key == m.occurrence)
    return set(connection.execute(query).scalars())


def _clusters_of(connection: Connection, places_: Collection[Place]) -> set[str]:
    if not places_:
        return set()
    m, o = occurrence_members.c, occurrences.c
    asked = given(sorted(places_), article=int, n=int)
    query = select(o.cluster).join_from(asked, occurrence_members, (m.article == asked.c.article) & (m.n == asked.c.n)).join(occurrences, o.key == m.occurrence)
    return set(connection.execute(query).scalars())


def _occurrences_of(connection: Connection, touched: Collection[str]) -> dict[str, Former]:
    """The occurrences of some clusters, as they are stored."""
    if not touched:
        return {}
    m, o = occurrence_members.c, occurrences.c
    asked = given(((cluster,) for cluster in sorted(touched)), cluster=str)
    query = select(o.key, o.cluster, m.article, m.n).join_from(asked, occurrences, o.cluster == asked.c.cluster).join(occurrence_members, m.occurrence == o.key)
    found: dict[tuple[str, str], list[Place]] = {}
    for key, cluster, article, n in connection.execute(query).all():
        found.setdefault((key, cluster), []).append(Place(article, n))
    return {key: Former(cluster, frozenset(held)) for (key, cluster), held in found.items()}


def members(connection: Connection, touched: Collection[str]) -> list[Place]:
    """The facts of some clusters."""
    return [place for one in _occurrences_of(connection, touched).values() for place in one.places]


def _gathered(facts: Mapping[Place, Fact], links: Mapping[Link, float], weigh: Weigh) -> Iterator[tuple[str, list[Fact]]]:
    """The facts of each occurrence, with its cluster."""
    by_key = {fact.key: fact for fact in facts.values()}
    for root, groups in gathered(by_key, _by_key(facts, links), against_by(weigh)):
        cluster = "l" + hashlib.blake2b(root.encode(), digest_size=8).hexdigest()
        for group in groups:
            yield cluster, [by_key[key] for key in group]


def _write(
    connection: Connection,
    shelf: Shelf,
    facts: Mapping[Place, Fact],
    groups: Iterable[tuple[str, list[Fact]]],
    former: Mapping[str, Former],
    changed: Collection[int],
) -> None:
    """Put what the facts add up to in the place of what they did; what is the same, and in none of the articles ``changed``, stays as it is."""
    where = {fact.key: place for place, fact in facts.items()}
    gone = set(former)
    moved: list[dict[str, str]] = []
    made: list[tuple[str, list[Fact]]] = []
    for cluster, group in groups:
        name = name_of(group)
        old = former.get(name)
        if old is None or len(old.places) != len(group) or any((place := where[fact.key]) not in old.places or place.article in changed for fact in group):
            made.append((cluster, group))
            continue
        gone.discard(name)
        if old.cluster != cluster:
            moved.append({"its_key": name, "its_cluster": cluster})
    _forget(connection, gone)
    if moved:
        its = occurrences.c.key == bindparam("its_key")
        connection.execute(occurrences.update().where(its).values(cluster=bindparam("its_cluster")), moved)
    _put(connection, shelf, where, made)


def _forget(connection: Connection, gone: Collection[str]) -> None:
    if gone:
        asked = given(((key,) for key in sorted(gone)), key=str)
        keys = select(asked.c.key)
        kept.forget(connection, keys)
        connection.execute(delete(occurrence_members).where(occurrence_members.c.occurrence.in_(keys)))
        connection.execute(delete(occurrences).where(occurrences.c.key.in_(keys)))


def _put(connection: Connection, shelf: Shelf, where: Mapping[str, Place], made: Iterable[tuple[str, list[Fact]]]) -> None:
    """Store occurrences."""
    made = list(made)
    wire_of = wires(connection, {where[fact.key].article for _, group in made for fact in group})
    rows: list[dict[str, Any]] = []
    listed: list[dict[str, Any]] = []
    marks: list[dict[str, Any]] = []
    lines: list[dict[str, Any]] = []
    for cluster, group in made:
        one, by_key = occurrence(group, wire_of), {fact.key: fact for fact in group}
        rows.append(_row(one, cluster))
        for rank, key in enumerate(one.facts):
            span = by_key[key].cite.span
            listed.append({**where[key]._asdict(), "occurrence": one.id, "rank": rank, "evidence_start": span.start, "evidence_end": span.end})
        lines.extend(kept.of_this_occurrence(one, by_key, shelf.beside(where[key] for key in one.facts)))
        marks.extend({"mark": mark, "day": one.day, "occurrence": one.id} for mark in sorted(marks_of(one)))
    fill(connection, occurrences, rows)
    fill(connection, occurrence_members, listed)
    fill(connection, occurrence_marks, marks)
    kept.write(connection, lines)


def _by_key(facts: Mapping[Place, Fact], links: Mapping[Link, float]) -> list[tuple[float, str, str]]:
    """Links between facts by their keys, the best first."""
    ends = ((value, facts[a].key, facts[b].key) for (a, b), value in links.items() if a in facts and b in facts)
    return sorted((-value, min(a, b), max(a, b)) for value, a, b in ends)


def linked_with(connection: Connection, beginnings: Collection[Place], among: Collection[Place]) -> set[Place]:
    """Those of some facts that links between them lead to from ``beginnings``, these included."""
    near: dict[Place, list[Place]] = {}
    for a, b in _links(connection, among):
        near.setdefault(a, []).append(b)
        near.setdefault(b, []).append(a)
    out, waiting = set(beginnings), list(beginnings)
    while waiting:
        fresh = {place for place in near.get(waiting.pop(), ()) if place in among and place not in out}
        out |= fresh
        waiting.extend(fresh)
    return out


def made_of(connection: Connection, facts: Mapping[Place, Fact], weigh: Weigh) -> list[Occurrence]:
    """What some stored facts alone add up to."""
    wire_of = wires(connection, {place.article for place in facts})
    links = _by_key(facts, _links(connection, facts.keys()))
    return [one for _, found in clusters(facts.values(), weigh, wire_of, links) for one in found]


def wires(connection: Connection, wanted: Collection[int]) -> dict[str, str]:
    """The wires that some articles print, by key."""
    asked = given(((article,) for article in sorted(wanted)), article=int)
    query = select(articles.c.key, copies.c.wire).join_from(asked, copies, copies.c.article == asked.c.article).join(articles, articles.c.id == copies.c.article)
    return {row.key: row.wire for row in connection.execute(query)}


def _row(one: Occurrence, cluster: str) -> dict[str, Any]:
    return {
        "key": one.id, "cluster": cluster, "type": one.type, "status": one.status, "doers": list(one.doers), "others": list(one.others),
        "people": list(one.people), "day": one.day, "date": one.date, "place": one.place, "issues": list(one.issues), "sources": one.sources,
        "disagreements": [[d.on, [[value, list(keys)] for value, keys in d.values]] for d in one.disagreements],
    }  # fmt: skip


def marks_of(one: Occurrence) -> set[str]:
    """What an occurrence is found by."""
    return {"", one.type, *one.doers, *one.others, *one.people, *one.issues, *starmap(pair_mark, combinations({*one.doers, *one.others}, 2))}
