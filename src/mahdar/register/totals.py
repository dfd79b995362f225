"""In how many articles each actor is, and under which names: counted by the same transaction that stores or replaces an article's actors."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, Table, delete, select
from sqlalchemy.dialects import postgresql, sqlite

from mahdar.arabic.fold import fold_word
from mahdar.register.identity import nameless
from mahdar.register.schema import actor_names, actor_totals, actors

Pair = tuple[str, str]  # a key, with a code or a name


@dataclass(slots=True)
class Counts:
    """Articles by key and code ('': by key alone), and by key and name."""

    codes: Counter[Pair] = field(default_factory=Counter)
    names: Counter[Pair] = field(default_factory=Counter)

    def add(self, article: Iterable[Mapping[str, Any]], sign: int = 1) -> None:
        """Count the actors of one article."""
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


def held(connection: Connection, found: Sequence[int]) -> Counts:
    """What is to be taken off where these articles' actors go."""
    counts = Counts()
    if found:
        a = actors.c
        articles: dict[int, list[Mapping[str, Any]]] = {}
        for row in connection.execute(select(a.article, a.key, a.code, a.name, a.name_en).where(a.article.in_(found))).mappings():
            articles.setdefault(row["article"], []).append(dict(row))
        for article in articles.values():
            counts.add(article, -1)
    return counts


def change(connection: Connection, counts: Counts, come: Iterable[Iterable[Mapping[str, Any]]]) -> None:
    """Take off what :func:`held` found, and add those whose actors ``come``."""
    for article in come:
        counts.add(article)
    # In one order for all writers, so that two wait, and never for each other.
    codes = [{"key": key, "code": code, "articles": n} for (key, code), n in sorted(counts.codes.items()) if n]
    names = [{"key": key, "name": name, "folded": fold_word(name).casefold(), "articles": n} for (key, name), n in sorted(counts.names.items()) if n]
    _sum(connection, actor_totals, ["key", "code"], codes)
    _sum(connection, actor_names, ["key", "name"], names)


def _sum(connection: Connection, table: Table, key: list[str], rows: list[dict[str, Any]]) -> None:
    if not rows:
        return
    insert = (postgresql if connection.dialect.name == "postgresql" else sqlite).insert(table)
    sums = {"articles": table.c.articles + insert.excluded.articles}
    connection.execute(insert.on_conflict_do_update(index_elements=key, set_=sums), rows)
    if any(row["articles"] < 0 for row in rows):
        connection.execute(delete(table).where(table.c.articles <= 0))
