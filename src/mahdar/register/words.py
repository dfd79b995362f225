"""The index of words: which articles' current versions hold which stems, newest first.

An article is a row of two columns of stems, title and text. On SQLite it is a contentless FTS5 table, on PostgreSQL a ``tsvector`` under a
GIN index; both hold the very stems that :mod:`mahdar.arabic.stem` makes, so that the same question finds the same articles. The number of
a row (``doc``) is made of the report's day, the article and its version: rows in the order of their numbers are in the order of time, which
is what lets a page of the newest answers be read off without sorting all of them. Rows of former versions stay and are passed over.
"""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, Final

from sqlalchemy import BigInteger, ColumnElement, Connection, Select, and_, cast, column, literal_column, select, table, text
from sqlalchemy.dialects.postgresql import TSQUERY

from mahdar.arabic.stem import stems
from mahdar.register.schema import CURRENT, articles, versions

LIMIT: Final = 12_000  # stems of a text that are indexed; PostgreSQL knows no place in a text beyond 16,383
_GAP: Final = 50  # places between title and text, so that no phrase runs from one to the other
_VERSION_BITS: Final = 12
_ARTICLE_BITS: Final = 29
_AT_ONCE: Final = 500

words = table("words", column("doc", BigInteger), column("rowid", BigInteger))
CREATE: Final = {
    "sqlite": (
        # The stems come ready made: every sign beyond ASCII belongs to a word. A phrase needs the places, hence detail=full.
        "CREATE VIRTUAL TABLE words USING fts5(title, text, content='', tokenize='ascii', detail=full)",
    ),
    "postgresql": (
        "CREATE TABLE words (doc bigint NOT NULL, stems tsvector NOT NULL, CONSTRAINT pk_words PRIMARY KEY (doc))",
        "CREATE INDEX ix_words_stems ON words USING gin (stems)",
    ),
}
_INSERT: Final = {
    "sqlite": text("INSERT INTO words (rowid, title, text) VALUES (:doc, :title, :text)"),
    "postgresql": text("INSERT INTO words (doc, stems) VALUES (:doc, CAST(:stems AS tsvector)) ON CONFLICT (doc) DO NOTHING"),
}


def create(connection: Connection) -> None:
    """Make the index, and put in what the register holds already."""
    for statement in CREATE[connection.dialect.name]:
        connection.execute(text(statement))
    fill(connection)


def fill(connection: Connection) -> None:
    """Put the current versions of all articles into an index that holds none of them."""
    v, a = versions.c, articles.c
    query = select(a.id, v.number, v.title, v.text, a.day).join_from(articles, versions, CURRENT)
    last = 0
    while rows := connection.execute(query.where(a.id > last).order_by(a.id).limit(_AT_ONCE)).all():
        add(connection, [(doc(row.day, row.id, row.number), stems(row.title), stems(row.text)) for row in rows])
        last = rows[-1].id


def add(connection: Connection, found: Sequence[tuple[int, str, str]]) -> None:
    """Index the (doc, stems of the title, stems of the text) of articles' new current versions."""
    dialect = connection.dialect.name
    if dialect == "postgresql":
        rows: list[dict[str, Any]] = [{"doc": number, "stems": _vector(title, body)} for number, title, body in found]
    else:
        rows = [{"doc": number, "title": title, "text": _cut(body)} for number, title, body in found]
    if rows:
        connection.execute(_INSERT[dialect], rows)


def doc(day: str | None, article: int, version: int) -> int:
    """The number of an article's version in the index."""
    ordinal = 0
    with contextlib.suppress(ValueError):
        ordinal = date.fromisoformat(day or "").toordinal()
    return ordinal << (_ARTICLE_BITS + _VERSION_BITS) | article << _VERSION_BITS | version % (1 << _VERSION_BITS)


def first_doc(day: str) -> int:
    """The least number that an article of this day (or, of 2015-03, of the month) or later can have."""
    return doc(f"{day}-01-01"[:10] if len(day) == 4 else f"{day}-01"[:10], 0, 0)


def doc_behind(day: str) -> int:
    """A number greater than that of any article of this day (month, year) or earlier."""
    year, month, *_ = (*map(int, day.split("-")), 12)
    last = date.fromisoformat(day) if len(day) == 10 else date(year, month, 28) + timedelta(days=4)
    if len(day) < 10:  # four days behind a 28th lie in the next month
        last = last.replace(day=1) - timedelta(days=1)
    return (last.toordinal() + 1) << (_ARTICLE_BITS + _VERSION_BITS)


def article_of(number: int) -> int:
    return number >> _VERSION_BITS & (1 << _ARTICLE_BITS) - 1


_FORMER: Final = text(
    "DELETE FROM words WHERE NOT EXISTS (SELECT 1 FROM articles a WHERE a.id = ((doc >> CAST(:bits AS integer)) & CAST(:articles AS bigint)) "
    "AND a.version % CAST(:versions AS integer) = (doc & CAST(:last AS bigint)))"
)


def former(connection: Connection) -> int:
    """Drop the rows of former versions, on PostgreSQL; how many."""
    versions_of_one = 1 << _VERSION_BITS
    given = {"bits": _VERSION_BITS, "articles": (1 << _ARTICLE_BITS) - 1, "versions": versions_of_one, "last": versions_of_one - 1}
    return int(connection.execute(_FORMER, given).rowcount)


def matches(dialect: str, question: str) -> Select[Any]:
    """(doc) of articles whose current version answers a question in the dialect's own form; joined with ``articles``."""
    if dialect == "sqlite":
        number: ColumnElement[Any] = words.c.rowid
        test: ColumnElement[Any] = literal_column("words").op("MATCH")(question)
    else:
        number = words.c.doc
        test = literal_column("words.stems").op("@@")(cast(question, TSQUERY))
    a, n = articles.c, number
    current = and_(a.id == n // (1 << _VERSION_BITS) % (1 << _ARTICLE_BITS), a.version % (1 << _VERSION_BITS) == n % (1 << _VERSION_BITS))
    return select(number.label("doc")).select_from(words.join(articles, current)).where(test)


def _cut(body: str) -> str:
    return body if body.count(" ") < LIMIT else " ".join(body.split(" ", LIMIT)[:LIMIT])


def _vector(title: str, body: str) -> str:
    """The text form of a tsvector: every stem with its places."""
    places: dict[str, list[int]] = {}
    heading = title.split()[:LIMIT]
    for at, word in enumerate(heading, 1):
        places.setdefault(word, []).append(at)
    for at, word in enumerate(body.split()[:LIMIT], len(heading) + _GAP):
        places.setdefault(word, []).append(at)
    return " ".join(f"{word}:{','.join(map(str, found))}" for word, found in places.items())
