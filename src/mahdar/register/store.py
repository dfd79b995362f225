"""The register's database: opening it, transactions, and reports as they were read."""

from __future__ import annotations

import contextlib
import os
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from types import TracebackType
from typing import Any, TypeVar, cast

from sqlalchemy import Connection, Engine, Select, func, select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import QueuePool

from mahdar.record import Article, Record
from mahdar.register.connect import DEFAULT, HELD, address, connect, shown
from mahdar.register.reports import Report
from mahdar.register.rows import unpack
from mahdar.register.schema import articles, metadata, versions
from mahdar.register.trouble import trouble

T = TypeVar("T")
_AT_ONCE = 200
_ATTEMPTS = 8
_RETRIED = frozenset(("40001", "40P01"))  # PostgreSQL: could not serialise, deadlock


class Store:
    """One open register. Threads may share it; a process that forks opens its own."""

    def __init__(self, engine: Engine, name: str) -> None:
        self.engine = engine
        self.name = name
        self._here = _Here()

    @classmethod
    def open(cls, url: str | os.PathLike[str] = DEFAULT, *, create: bool = False, held: int = HELD) -> Store:
        """The register at ``url`` (a file, or the URL of a PostgreSQL database), its tables brought up to this program's.

        The facts of ``held`` articles are kept unpacked: an ingest needs those of reports of one event again and again.

        Raises :class:`mahdar.errors.RegisterError` where there is none (unless ``create``), where the database is of something
        else, or where a newer Mahdar wrote it.
        """
        where = address(url)
        return cls(connect(where, create=create, held=held), shown(where))

    def close(self) -> None:
        self.engine.dispose()

    def rest(self) -> None:
        """Nothing will be asked for a while: give back the memory in which connections to SQLite hold pages of the file, up to 64 MB each."""
        if self.engine.dialect.name == "sqlite":
            with contextlib.ExitStack() as idle:
                for _ in range(cast(QueuePool, self.engine.pool).checkedin()):
                    idle.enter_context(self.engine.connect()).exec_driver_sql("PRAGMA shrink_memory")

    def __enter__(self) -> Store:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    # -------------------------------------------------------------------------------- transactions

    @contextlib.contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection that sees the register as it is now until the end of the block, whatever is written meanwhile."""
        if self._here.shared is not None:
            with self._told():
                yield self._here.shared
            return
        options: dict[str, Any] = {}
        if self.engine.dialect.name == "postgresql":
            options = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
        with self._told(), self.engine.connect().execution_options(**options) as connection, connection.begin():
            yield connection

    @contextlib.contextmanager
    def moment(self) -> Iterator[None]:
        """All that this thread reads within the block is read at one moment and through one connection: a page of many questions opens it once."""
        with self.reading() as connection:
            outer, self._here.shared = self._here.shared, connection
            try:
                yield
            finally:
                self._here.shared = outer

    @contextlib.contextmanager
    def writing(self) -> Iterator[Connection]:
        """A connection whose changes are kept together at the end of the block, or none of them after an exception.

        On PostgreSQL the block may fail because of another writer: see :meth:`transact`.
        """
        with self._told(), self._writing() as connection:
            yield connection

    @contextlib.contextmanager
    def _writing(self) -> Iterator[Connection]:
        with self.engine.connect().execution_options(mahdar_write=True) as connection, connection.begin():
            yield connection

    def transact(self, work: Callable[[Connection], T]) -> T:
        """``work`` in a transaction of its own, done again where two writers stood in each other's way."""
        for attempt in range(_ATTEMPTS):
            try:
                with self._writing() as connection:
                    return work(connection)
            except DBAPIError as error:
                if attempt + 1 == _ATTEMPTS or not _in_the_way(error):
                    raise trouble(self.name, error) from error
            time.sleep(0.01 * 2**attempt)
        raise AssertionError("unreachable")

    @contextlib.contextmanager
    def _told(self) -> Iterator[None]:
        """What the database raises comes out as :class:`Trouble`, which says what to do."""
        try:
            yield
        except DBAPIError as error:
            raise trouble(self.name, error) from error

    # -------------------------------------------------------------------------------- reports

    def report(self, key: str, *, version: int | None = None) -> Report | None:
        """The current (or the given) version of an article, with its record; None where it is not stored."""
        wanted = versions.c.number == (articles.c.version if version is None else version)
        query = _reports().where(articles.c.key == key, wanted)
        with self.reading() as connection:
            row = connection.execute(query).one_or_none()
        return None if row is None else _report(row)

    def reports(
        self, *, keys: Iterable[str] | None = None, since: str | None = None, until: str | None = None, source: str | None = None
    ) -> Iterator[Report]:
        """The current reports in the order of their keys, filtered by key, by day of publication (both inclusive) and by source.

        Memory stays bounded; the register is seen as it was at the first.
        """
        with self.reading() as connection:
            yield from read_reports(connection, keys=keys, since=since, until=until, source=source)

    def count(self, table: str = "articles") -> int:
        """How many rows a table has."""
        with self.reading() as connection:
            return int(connection.execute(select(func.count()).select_from(metadata.tables[table])).scalar_one())


class _Here(threading.local):
    """What a thread has at hand: the connection of its moment."""

    shared: Connection | None = None


def read_reports(
    connection: Connection, *, keys: Iterable[str] | None = None, since: str | None = None, until: str | None = None, source: str | None = None
) -> Iterator[Report]:
    """:meth:`Store.reports` on an open connection."""
    query = _reports().where(versions.c.number == articles.c.version).order_by(articles.c.key)
    if since is not None:
        query = query.where(articles.c.day >= since)
    if until is not None:
        query = query.where(articles.c.day <= until)
    if source is not None:
        query = query.where(articles.c.source == source)
    if keys is None:
        with connection.execution_options(yield_per=_AT_ONCE).execute(query) as found:
            yield from map(_report, found)
        return
    wanted = sorted(set(keys))
    for start in range(0, len(wanted), _AT_ONCE):
        yield from map(_report, connection.execute(query.where(articles.c.key.in_(wanted[start : start + _AT_ONCE]))))


def _reports() -> Select[Any]:
    v = versions.c
    return select(articles.c.key, v.source, v.url, v.title, v.published, v.text, v.record).join_from(articles, versions, versions.c.article == articles.c.id)


def _report(row: Any) -> Report:
    article = Article(id=row.key, text=row.text, title=row.title, published=row.published, source=row.source, url=row.url)
    record: Record = unpack(row.record, article)
    return Report(key=row.key, source=row.source, published=row.published or "", record=record)


def _in_the_way(error: DBAPIError) -> bool:
    return getattr(error.orig, "sqlstate", None) in _RETRIED or "database is locked" in str(error.orig)
