"""What can be read of a damaged SQLite register, put into a new one.

Of the old file only what cannot be made anew is looked for: versions of articles with their texts and records, what was ruled by hand, what was
refused, what is remembered of feeds. Rows are read in ever smaller pieces around what cannot be read. A text whose digest is another one now is
damaged and given up; a record that is damaged is read anew from its text. All else is derived again.
"""

from __future__ import annotations

import contextlib
import json
import os
import sqlite3
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from mahdar.errors import RecordError, RegisterError
from mahdar.export import loose
from mahdar.export.restore import Loose, Version, refill
from mahdar.reading.reader import Reader
from mahdar.record import Article, Record
from mahdar.register.connect import address
from mahdar.register.facts import FactReader
from mahdar.register.ingest import reading_key
from mahdar.register.rows import digest, unpack
from mahdar.register.schema import meta
from mahdar.register.store import Store
from mahdar.register.write import Entry, upsert
from mahdar.soundness import faults
from mahdar.upkeep.backup import opened

_SIDE: Final = 512  # rows asked for at once where all is well
_FARTHEST: Final = 1 << 20  # the last row looked for where the file does not say which is the last
_PROBES: Final = (1, 2, 5, 10, 50, 100, 500, 1_000, 5_000, 10_000, 50_000, 100_000)  # rows that tell whether any can be read


@dataclass(frozen=True, slots=True)
class Saved:
    """What became of a damaged register: versions of articles saved, of them ``anew`` with a record read again; what was ``lost``, each in some words."""

    versions: int
    anew: int
    rulings: int
    rejects: int
    lost: tuple[str, ...]


def repair(source: str | os.PathLike[str], target: Path, *, make: Callable[[], Reader], clock: Callable[[], str], told: Callable[[int], None] = lambda count: None) -> Saved:
    """Save what can be read of the register ``source`` into a new file ``target``; ``told`` is given how many versions are saved so far.

    Raises :class:`RegisterError` where nothing can be: no SQLite file, its first page gone, or ``target`` there already.
    """
    where = address(source)
    if where.drivername != "sqlite":
        raise RegisterError("only a file can be repaired so; of PostgreSQL restore a copy (`mahdar restore`), or what its own tools save")
    path = Path(where.database or "")
    if not path.is_file():
        raise RegisterError(f"{path}: no such register; --register names another")
    if target.exists():
        raise RegisterError(f"{target}: is there already; name a new file")
    reader = make()
    with contextlib.closing(_readable(path)) as connection, Store.open(target, create=True) as store:
        salvage = _Salvage(connection, reader, clock)
        others = list(salvage.loose())
        done = 0
        for counts in refill(store, salvage.versions(), others, salvage.facts):
            done += counts.new + counts.changed + counts.same
            told(done)
        for key, value in salvage.remembered():
            row = {"key": key, "value": value}
            store.transact(lambda connection, row=row: upsert(connection, meta, row, by="key"))  # type: ignore[misc]
    kinds = [each.table.name for each in others]
    return Saved(done, salvage.anew, kinds.count("rulings"), kinds.count("rejects"), tuple(salvage.lost))


def _readable(path: Path) -> sqlite3.Connection:
    """The file as far as SQLite can make sense of it: with what stands beside it, else by itself."""
    last: sqlite3.Error | None = None
    for still in (False, True):
        connection = opened(path, still=still)
        try:
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        except sqlite3.Error as error:
            connection.close()
            last = error
        else:
            connection.text_factory = lambda data: data.decode("utf-8", "replace")
            return connection
    raise RegisterError(f"{path}: nothing of it can be read ({last}); restore a copy (`mahdar restore`)")


class _Salvage:
    """One damaged file, read once. ``lost`` and ``anew`` grow as it is read."""

    def __init__(self, connection: sqlite3.Connection, reader: Reader, clock: Callable[[], str]) -> None:
        self.connection, self.reader, self.clock = connection, reader, clock
        self.facts = FactReader(reader.lexicon)
        self.lost: list[str] = []
        self.anew = 0
        self._run: dict[str, tuple[int, int]] = {}  # the rows last noted as lost

    def versions(self) -> Iterator[Version]:
        """Versions of articles that are whole, those of one article in their order."""
        heads = {row["id"]: row["key"] for row in self._rows("articles", ("id", "key"))}
        whole: dict[int, list[int]] = {}
        columns = ("article", "number", "digest", "source", "url", "title", "published", "text", "record", "lexicon", "read_at")
        found = 0
        for row in self._rows("versions", ("article", "number")):
            if isinstance(row["article"], int) and isinstance(row["number"], int):
                whole.setdefault(row["article"], []).append(row["rowid"])
        for article in sorted(whole):
            numbered = [row for rowid in whole[article] for row in self._some("versions", columns, rowid, rowid)]
            for row in sorted(numbered, key=lambda row: row["number"]):
                made = self._version(row, heads.get(article))
                if made is not None:
                    found += 1
                    yield made
        self.lost += [f"article {key!r}: no version of it can be read" for number, key in sorted(heads.items()) if number not in whole]

    def loose(self) -> Iterator[Loose]:
        """What was ruled by hand and what was refused."""
        for table in loose.tables():
            wanted = loose.columns(table)
            for row in self._rows(table.name, tuple(wanted)):
                if all(isinstance(row[name], kind) for name, kind in wanted.items()):
                    yield Loose(table, {name: row[name] for name in wanted}, f"{table.name} {row['rowid']}")
                else:
                    self.lost.append(f"{table.name}: row {row['rowid']}")

    def remembered(self) -> Iterator[tuple[str, str]]:
        """What the register notes of feeds."""
        for row in self._rows("meta", ("key", "value")):
            if isinstance(row["key"], str) and isinstance(row["value"], str):
                yield row["key"], row["value"]

    def _version(self, row: dict[str, Any], key: str | None) -> Version | None:
        record = _record(row)
        key = key if isinstance(key, str) else None if record is None else record.id
        if key is None:
            self.lost.append(f"article number {row['article']}: neither its key nor its record can be read")
            return None
        name = f"article {key!r}, version {row['number']}"
        article = Article(id=key, text=row["text"], title=row["title"], published=row["published"], source=row["source"], url=row["url"])
        if any(not isinstance(row[each], str) for each in ("text", "title", "source", "url", "lexicon", "read_at")) or digest(article) != row["digest"]:
            self.lost.append(f"{name}: its text is damaged")
            return None
        if record is not None and record.id == key and not any(faults(record, article.text)):
            whole = Record.from_json(record.to_json(), article)
            return Version(Entry.of(article, whole, self.facts), row["lexicon"], row["read_at"])
        self.anew += 1
        return Version(Entry.of(article, self.reader.read(article), self.facts), reading_key(self.reader), self.clock())

    def _rows(self, table: str, columns: tuple[str, ...]) -> Iterator[dict[str, Any]]:
        """All rows that can be read, in the order in which they were put in."""
        try:
            has = {row[1] for row in self.connection.execute(f"PRAGMA table_info({table})")}
        except sqlite3.Error:
            has = set()
        if not has.issuperset(columns):
            return
        last = self._last(table)
        if last is None:
            self.lost.append(f"{table}: nothing of the table can be read")
            return
        for first in range(1, last + 1, _SIDE):
            yield from self._some(table, columns, first, min(last, first + _SIDE - 1))

    def _last(self, table: str) -> int | None:
        """The number of the last row, or one far behind it where the end cannot be read; None where the beginning cannot be read either."""
        try:
            return int(self.connection.execute(f"SELECT coalesce(max(rowid), 0) FROM {table}").fetchone()[0])
        except sqlite3.Error:
            pass
        for probe in _PROBES:
            try:
                self.connection.execute(f"SELECT rowid FROM {table} WHERE rowid = ?", (probe,)).fetchall()
            except sqlite3.Error:
                continue
            return _FARTHEST
        return None

    def _lose(self, table: str, row: int) -> None:
        """Note a row as lost; rows that follow each other are one line."""
        begun, before = self._run.get(table, (row, row - 1))
        if before == row - 1 and begun != row:
            self.lost.remove(_lines(table, begun, before))
        else:
            begun = row
        self._run[table] = begun, row
        self.lost.append(_lines(table, begun, row))

    def _some(self, table: str, columns: tuple[str, ...], first: int, last: int) -> Iterator[dict[str, Any]]:
        """The rows of these numbers: all at once, else each half, and so down to the one that cannot be read."""
        named = ", ".join(f'"{column}"' for column in columns)  # `into` is a word of SQL
        asked = f"SELECT rowid, {named} FROM {table} WHERE rowid BETWEEN ? AND ? ORDER BY rowid"
        try:
            found = self.connection.execute(asked, (first, last)).fetchall()
        except sqlite3.Error:
            if first == last:
                self._lose(table, first)
                return
            middle = (first + last) // 2
            yield from self._some(table, columns, first, middle)
            yield from self._some(table, columns, middle + 1, last)
            return
        for row in found:
            yield dict(zip(("rowid", *columns), row, strict=True))


def _lines(table: str, first: int, last: int) -> str:
    return f"{table}: row {first}" if first == last else f"{table}: rows {first} to {last}"


def _record(row: dict[str, Any]) -> Record | None:
    try:
        return unpack(row["record"], Article(id="", text=""))
    except (zlib.error, json.JSONDecodeError, UnicodeDecodeError, RecordError, TypeError, AttributeError):
        return None
