"""What an export holds: the rows that meet the filters, batch by batch, in an order that only their content decides.

Everything is read in one transaction, so that an export shows the register as it was at one moment. Events are walked along the index of
their days, all else article by article along the days of the reports; nothing is sorted but what shares a day, so that memory stays flat.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Select, Table, or_, select

from mahdar.errors import QuestionError
from mahdar.export.coded import Coded, Coder
from mahdar.export.places import Gazetteer
from mahdar.register import fetch, find
from mahdar.register.answers import PositionRow, StatementRow
from mahdar.register.filters import Filters
from mahdar.register.find import Condition, Key
from mahdar.register.schema import CURRENT, actors, articles, events, positions, statements, versions

AT_ONCE: Final = 500
_Test = ColumnElement[bool]


@dataclass(frozen=True, slots=True)
class Version:
    """One stored version of an article, its record packed as the register packs it."""

    key: str
    day: str  # of the article's current version; empty where unknown
    number: int
    current: bool
    source: str
    url: str
    title: str
    published: str | None
    text: str
    record: bytes
    lexicon: str
    read_at: str

    @property
    def json_record(self) -> str:
        """The record's JSON, on one line."""
        return zlib.decompress(self.record).decode()


class Selection:
    """The rows of one register as it is now. Filters that mean nothing to a kind of rows leave that kind out (:meth:`holds`)."""

    def __init__(self, connection: Connection, filters: Filters, gazetteer: Gazetteer) -> None:
        self._connection = connection
        self._filters = filters
        self._gazetteer = gazetteer
        self._met: set[str] = set()

    @property
    def met(self) -> list[str]:
        """The readings of the articles whose rows were given so far: with which programs, lexicons and weights these were read."""
        return sorted(self._met)

    @property
    def everything(self) -> bool:
        """Is the whole register asked for?"""
        f = self._filters
        return not (f.actor or f.between or f.type or f.on or f.since or f.until or f.source or f.status)

    def holds(self, kind: str) -> bool:
        """Can rows of this kind be filtered so? Statements have no status, positions neither type nor an event's status."""
        if (kind != "events" and self._filters.status) or (kind == "positions" and self._filters.type):
            return False
        try:
            self._conditions(kind)
        except QuestionError:
            return False
        return True

    # -------------------------------------------------------------------------------- rows

    def events(self) -> Iterator[list[Coded]]:
        """Events by day (those without one last), then by article and number."""
        code = Coder(self._gazetteer)
        for keys in self._event_keys():
            yield code(fetch.event_rows(self._run, keys), self._readings(keys))

    def statements(self) -> Iterator[list[StatementRow]]:
        """Statements by day of the report, article and number."""
        yield from self._items(statements, self._conditions("statements"), fetch.statement_rows)

    def positions(self) -> Iterator[list[PositionRow]]:
        """Positions by day of the report, article and number."""
        yield from self._items(positions, self._conditions("positions"), fetch.position_rows)

    def actors(self) -> Iterator[list[Any]]:
        """Who is in the articles of :meth:`versions`, as each article names them: rows of the actors' table with the article's."""
        a = actors.c
        columns = (a.article.label("article_id"), a.n, a.actor, a.kind, a.name, a.name_en, a.romanised, a.code, a.role, a.lexicon, a.mentions)
        for batch in self._articles():
            rows = {row.id: row for row in batch}
            found = self._run(select(*columns).where(a.article.in_(rows)))
            order = {number: place for place, number in enumerate(rows)}
            yield [(rows[row.article_id], row) for row in sorted(found, key=lambda row: (order[row.article_id], row.n))]

    def versions(self) -> Iterator[list[Version]]:
        """All versions of the articles from which rows come, or of all articles where nothing is filtered."""
        v = versions.c
        columns = (v.article, v.number, v.source, v.url, v.title, v.published, v.text, v.record, v.lexicon, v.read_at)
        for batch in self._articles():
            for start in range(0, len(batch), _TEXTS):  # texts are long
                rows = {row.id: row for row in batch[start : start + _TEXTS]}
                order = {number: place for place, number in enumerate(rows)}
                found = sorted(self._run(select(*columns).where(v.article.in_(rows))), key=lambda row: (order[row.article], row.number))
                self._met.update(row.lexicon for row in found)
                yield [_version(rows[row.article], row) for row in found]

    # -------------------------------------------------------------------------------- keys

    def _event_keys(self) -> Iterator[list[Key]]:
        w = events.alias("w").c
        key = select(articles.c.key).where(articles.c.id == w.article).scalar_subquery()
        query = select(w.day, w.article, w.n).where(*self._tests("events", w.article, w.n))
        yield from self._streamed(query.where(w.day.is_not(None), *find.window(w.day, self._filters)).order_by(w.day, key, w.n))
        if not self._filters.dated:
            yield from self._streamed(query.where(w.day.is_(None)).order_by(key, w.n))

    def _readings(self, keys: Sequence[Key]) -> dict[str, str]:
        query = select(articles.c.key, versions.c.lexicon).join_from(articles, versions, CURRENT)
        found = {row.key: row.lexicon for row in self._run(query.where(articles.c.id.in_({key.article for key in keys})))}
        self._met.update(found.values())
        return found

    def _streamed(self, query: Select[Any]) -> Iterator[list[Key]]:
        with self._connection.execute(query, execution_options={"yield_per": AT_ONCE}) as found:
            for rows in found.partitions():
                yield [Key(*row) for row in rows]

    def _items(self, table: Table, conditions: Sequence[Condition], rows: Callable[[fetch.Run, Sequence[Key]], list[Any]]) -> Iterator[list[Any]]:
        w = table.alias("w").c
        for batch in self._reports():
            order = {row.id: place for place, row in enumerate(batch)}
            tests = [condition.test(w.article, w.n) for condition in conditions]
            found = self._run(select(w.day, w.article, w.n).where(w.article.in_(order), *tests))
            keys = sorted((Key(*row) for row in found), key=lambda key: (order[key.article], key.n))
            for start in range(0, len(keys), AT_ONCE):
                yield rows(self._run, keys[start : start + AT_ONCE])

    def _reports(self, *tests: _Test) -> Iterator[Sequence[Any]]:
        """All articles of the window, by day and key."""
        a = articles.c
        query = select(a.id, a.key, a.source, a.url, a.title, a.published, a.day, a.version).where(*tests)
        if self._filters.source is not None:
            query = query.where(a.source == self._filters.source)
        dated = query.where(a.day.is_not(None), *find.window(a.day, self._filters)).order_by(a.day, a.key)
        queries = [dated] if self._filters.dated else [dated, query.where(a.day.is_(None)).order_by(a.key)]
        for each in queries:
            with self._connection.execute(each, execution_options={"yield_per": AT_ONCE}) as found:
                yield from found.partitions()

    def _articles(self) -> Iterator[Sequence[Any]]:
        """The articles from which at least one row comes; all, where nothing is filtered."""
        if self.everything:
            yield from self._reports()
            return
        a, f = articles.c, self._filters
        tests: list[_Test] = []
        for kind, table in (("events", events), ("statements", statements), ("positions", positions)):
            if self.holds(kind):
                w = table.alias("w").c
                own = [condition.test(w.article, w.n) for condition in self._conditions(kind)]
                tests.append(a.id.in_(select(w.article).where(*own, *(find.window(w.day, f) if f.dated else ()))))
        query = select(a.id, a.key, a.source, a.url, a.title, a.published, a.day, a.version).where(or_(*tests))
        for dated in (query.where(a.day.is_not(None)).order_by(a.day, a.key), query.where(a.day.is_(None)).order_by(a.key)):
            with self._connection.execute(dated, execution_options={"yield_per": AT_ONCE}) as found:
                yield from found.partitions()

    def _tests(self, kind: str, article: Any, n: Any) -> list[_Test]:
        return [condition.test(article, n) for condition in self._conditions(kind)]

    def _conditions(self, kind: str) -> list[Condition]:
        make = {"events": find.event_conditions, "statements": find.statement_conditions, "positions": find.position_conditions}[kind]
        return make(self._filters)

    def _run(self, query: Select[Any], given: Mapping[str, Any] | None = None, /) -> Sequence[Any]:
        return self._connection.execute(query, given).all()


_TEXTS: Final = 50


def _version(article: Any, row: Any) -> Version:
    current = row.number == article.version
    return Version(article.key, article.day or "", row.number, current, row.source, row.url, row.title, row.published, row.text, row.record, row.lexicon, row.read_at)


def check(filters: Filters) -> None:
    """An export is whole: there is no page of it."""
    for name in ("limit", "after"):
        if getattr(filters, name) is not None:
            raise QuestionError(f"an export cannot be filtered by {name}")
