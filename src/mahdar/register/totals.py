"""In how many articles each actor is: counted by the same transaction that stores or replaces an article's actors."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, delete, select
from sqlalchemy.dialects import postgresql, sqlite

from mahdar.register.schema import actor_totals, actors

Named = tuple[str, str, str]  # code, lexicon, name; see schema.actor_totals


def held(connection: Connection, found: Sequence[int]) -> Counter[Named]:
    """How many of these articles each actor is in."""
    if not found:
        return Counter()
    query = select(actors.c.article, actors.c.code, actors.c.lexicon, actors.c.name).where(actors.c.article.in_(found))
    return Counter(key for _, key in {(row.article, _key(dict(row._mapping))) for row in connection.execute(query)})


def change(connection: Connection, gone: Counter[Named], come: Iterable[Iterable[Mapping[str, Any]]]) -> None:
    """Take off the articles that are ``gone``, and add those whose actors ``come``."""
    change: Counter[Named] = Counter()
    for article in come:
        change.update({_key(actor) for actor in article})
    change.subtract(gone)
    # In one order for all writers, so that two wait, and never for each other.
    rows = [{"code": code, "lexicon": lexicon, "name": name, "articles": n} for (code, lexicon, name), n in sorted(change.items()) if n]
    if not rows:
        return
    insert = (postgresql if connection.dialect.name == "postgresql" else sqlite).insert(actor_totals)
    sums = {"articles": actor_totals.c.articles + insert.excluded.articles}
    connection.execute(insert.on_conflict_do_update(index_elements=["code", "lexicon", "name"], set_=sums), rows)
    if any(n < 0 for n in change.values()):
        connection.execute(delete(actor_totals).where(actor_totals.c.articles <= 0))


def _key(actor: Mapping[str, Any]) -> Named:
    return actor["code"] or "", actor["lexicon"] or "", "" if actor["lexicon"] else actor["name"]
