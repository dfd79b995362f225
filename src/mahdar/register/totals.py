"""In how many articles each actor is, of which publishers, and under which names: counted by the same transaction that stores or replaces an article's actors."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, Table, delete, select

from mahdar.arabic.fold import fold_word
from mahdar.register.filling import fill
from mahdar.register.given import given
from mahdar.register.identity import nameless
from mahdar.register.schema import actor_names, actor_sources, actor_totals, actors, articles

Pair = tuple[str, str]  # a key, with a code or a name


@dataclass(slots=True)
class Counts:
    """Articles by key and code ('': by key alone), by key and name, and by publisher and key."""

    codes: Counter[Pair] = field(default_factory=Counter)
    names: Counter[Pair] = field(default_factory=Counter)
    sources: Counter[Pair] = field(default_factory=Counter)

    def add(self, article: Iterable[Mapping[str, Any]], sign: int = 1, source: str | None = None) -> None:
        """Count the actors of one article; for its publisher too, where it is given."""
        codes: set[Pair] = set()
        names: set[Pair] = set()
        for actor in article:
            key = actor["key"]
            if not nameless(key):
                codes.update(((key, ""), (key, actor["code"] or "")))
                names.update((key, name) for name in (actor["name"], actor["name_en"]) if name)
        for pair in codes:
            self.codes[pair] += sign
        for pair in names:
            self.names[pair] += sign
        if source is not None:
            for key in {key for key, _ in codes}:
                self.sources[source, key] += sign


def held(connection: Connection, found: Sequence[int]) -> Counts:
    """What is to be taken off where these articles' actors go, or where their publisher changes."""
    counts = Counts()
    if found:
        a = actors.c
        by_article: dict[int, list[Mapping[str, Any]]] = {}
        for row in connection.execute(select(a.article, a.key, a.code, a.name, a.name_en).where(a.article.in_(found))).mappings():
            by_article.setdefault(row["article"], []).append(dict(row))
        publishers = _sources(connection, by_article)
        for number, article in by_article.items():
            counts.add(article, -1, publishers[number])
    return counts


def change(connection: Connection, counts: Counts, come: Mapping[int, Iterable[Mapping[str, Any]]]) -> None:
    """Take off what :func:`held` found, and add the actors that ``come``, by article."""
    publishers = _sources(connection, come)
    for number, article in come.items():
        counts.add(article, 1, publishers[number])
    # In one order for all writers, so that two wait, and never for each other.
    codes = [{"key": key, "code": code, "articles": n} for (key, code), n in sorted(counts.codes.items()) if n]
    names = [{"key": key, "name": name, "folded": fold_word(name).casefold(), "articles": n} for (key, name), n in sorted(counts.names.items()) if n]
    sources = [{"source": source, "key": key, "articles": n} for (source, key), n in sorted(counts.sources.items()) if n]
    _sum(connection, actor_totals, ["key", "code"], codes)
    _sum(connection, actor_names, ["key", "name"], names)
    _sum(connection, actor_sources, ["source", "key"], sources)


def _sources(connection: Connection, found: Iterable[int]) -> dict[int, str]:
    """The publishers of some articles."""
    asked = given(((number,) for number in sorted(found)), id=int)
    query = select(articles.c.id, articles.c.source).join_from(asked, articles, articles.c.id == asked.c.id)
    return {row.id: row.source for row in connection.execute(query).all()}


def _sum(connection: Connection, table: Table, key: list[str], rows: list[dict[str, Any]]) -> None:
    if not rows:
        return
    fill(connection, table, rows, conflict=f"ON CONFLICT ({', '.join(key)}) DO UPDATE SET articles = {table.name}.articles + excluded.articles")
    if any(row["articles"] < 0 for row in rows):
        connection.execute(delete(table).where(table.c.articles <= 0))
