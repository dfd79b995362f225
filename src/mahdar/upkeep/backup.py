"""Copies of a register as it is at one moment, taken while others read and write it; and a register of a copy.

A copy is a register itself: one SQLite file, wherever the register is kept, so that it can be checked, asked and moved as any other. Of SQLite it is
taken by SQLite's own means, of PostgreSQL row by row out of one snapshot. It appears whole under its name, or not at all.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

from sqlalchemy import Connection, func, inspect, select, text
from sqlalchemy.exc import DBAPIError

from mahdar.errors import RegisterError
from mahdar.register import words
from mahdar.register.connect import address, shown
from mahdar.register.schema import HEAD, VERSION_TABLE, articles, metadata
from mahdar.register.store import Store

_AT_ONCE: Final = 500  # rows
_PATIENCE: Final = 60.0  # seconds that a copy waits for a writer
_NUMBERED: Final = ("articles", "rulings", "rejects")  # whose ids PostgreSQL counts by itself


@dataclass(frozen=True, slots=True)
class Copied:
    """What a copy holds: where it is, how many articles, how many bytes."""

    name: str
    articles: int
    size: int


def backup(url: str | os.PathLike[str], target: Path) -> Copied:
    """Copy the register at ``url``, as it is at one moment, into the file ``target``, which is replaced where it is a copy already.

    Raises :class:`RegisterError` where there is no register, or it cannot be read whole (`mahdar check` says what is wrong).
    """
    where = address(url)
    if target.is_dir():
        raise RegisterError(f"{target}: is a folder; name a file in it")
    if target.exists() and not _is_register(target):
        raise RegisterError(f"{target}: is there already and no copy of a register; name another file")
    if where.drivername == "sqlite" and target.exists() and os.path.samefile(where.database or "", target):
        raise RegisterError(f"{target}: is the register itself; name another file")
    with _whole(target) as part:
        if where.drivername == "sqlite":
            _copy_file(Path(where.database or ""), part)
        else:
            _copy_rows_out(url, part)
        _sound(part, shown(where))
        held = _count(part)
    return Copied(str(target), held, target.stat().st_size)


def restore(source: Path, url: str | os.PathLike[str]) -> Copied:
    """Make a register at ``url`` of a copy: of a file that is not there yet, or of an empty database of PostgreSQL."""
    where = address(url)
    if not source.is_file():
        raise RegisterError(f"{source}: no such copy")
    if not _is_register(source):
        raise RegisterError(f"{source}: is no copy of a register; `mahdar backup` makes one, `mahdar import` takes exports")
    _sound(source, str(source))
    if where.drivername != "sqlite":
        _copy_rows_in(source, url)
        return Copied(shown(where), _count(source), source.stat().st_size)
    target = Path(where.database or "")
    if target.exists() or Path(f"{target}-wal").exists():
        raise RegisterError(f"{target}: is there already; move it away, or name another file")
    with _whole(target) as part:
        _copy_file(source, part)
        _sound(part, str(target))
    return Copied(str(target), _count(target), target.stat().st_size)


# ---------------------------------------------------------------------------------------------------- files


def opened(path: Path, *, still: bool = False) -> sqlite3.Connection:
    """A register's file to be read only; ``still``: nobody else has it open, so that nothing but the file itself is looked at."""
    asked = "immutable=1" if still else "mode=ro"
    return sqlite3.connect(f"file:{quote(os.fsencode(path.absolute()))}?{asked}", uri=True, timeout=_PATIENCE, isolation_level=None)


def _copy_file(source: Path, target: Path) -> None:
    if not source.is_file():
        raise RegisterError(f"{source}: no such register; --register names another")
    try:
        with contextlib.closing(opened(source)) as there, contextlib.closing(sqlite3.connect(target)) as here:
            _revision(there, str(source))
            there.backup(here)  # all at once: one moment, and writers go on meanwhile
            here.execute("PRAGMA journal_mode=DELETE")  # one file, nothing beside it
    except sqlite3.Error as error:
        raise RegisterError(f"{source}: cannot be copied: {error}; `mahdar check` says what is wrong with it") from error


def _revision(connection: sqlite3.Connection, name: str) -> str:
    try:
        row = connection.execute(f"SELECT version_num FROM {VERSION_TABLE}").fetchone()
    except sqlite3.OperationalError as error:
        if "no such table" not in str(error):
            raise
        row = None
    if row is None:
        raise RegisterError(f"{name}: is no register; --register names another")
    if row[0] > HEAD:
        raise RegisterError(f"{name}: was written by a newer Mahdar (its tables are at {row[0]}, this program knows {HEAD}); use that version")
    return str(row[0])


def _is_register(path: Path) -> bool:
    try:
        with contextlib.closing(opened(path)) as connection:
            return bool(connection.execute("SELECT 1 FROM sqlite_master WHERE name = ?", (VERSION_TABLE,)).fetchall())
    except sqlite3.Error:
        return False


def _sound(path: Path, name: str) -> None:
    """The copy is whole: what was copied from a damaged register is no copy to rely on."""
    try:
        with contextlib.closing(opened(path)) as connection:
            found = [row[0] for row in connection.execute("PRAGMA integrity_check(1)")]
    except sqlite3.Error as error:
        found = [str(error)]
    if found != ["ok"]:
        raise RegisterError(f"{name}: is damaged ({' '.join(found[0].split())}); `mahdar repair` saves what can be read")


def _count(path: Path) -> int:
    with contextlib.closing(opened(path)) as connection:
        return int(connection.execute("SELECT count(*) FROM articles").fetchone()[0])


@contextlib.contextmanager
def _whole(target: Path) -> Iterator[Path]:
    """A file to fill beside ``target``, which takes its place when the block ends well and leaves no trace otherwise."""
    folder = target.absolute().parent
    if not folder.is_dir():
        raise RegisterError(f"{folder}: no such folder; make it first")
    made = Path(tempfile.mkdtemp(prefix=f".{target.name}.", suffix=".part", dir=folder))  # readable by its owner alone, as is what is put there
    try:
        part = made / target.name
        yield part
        with part.open("rb") as file:
            os.fsync(file.fileno())
        part.chmod(0o600)
        os.replace(part, target)
    finally:
        shutil.rmtree(made, ignore_errors=True)


# ---------------------------------------------------------------------------------------------------- rows


def _copy_rows_out(url: str | os.PathLike[str], part: Path) -> None:
    with Store.open(url) as source, Store.open(part, create=True) as target:
        with source.reading() as there, target.writing() as here:
            copy_rows(there, here)
        with target.engine.connect() as connection:
            driver: Any = connection.connection.driver_connection
            driver.execute("PRAGMA journal_mode=DELETE")


def _copy_rows_in(source: Path, url: str | os.PathLike[str]) -> None:
    with tempfile.TemporaryDirectory(prefix="mahdar-restore-") as folder:
        current = Path(folder) / "copy.db"
        _copy_file(source, current)  # brought up to this program's tables without touching the copy
        with Store.open(current) as opened_copy, Store.open(url, create=True) as target, opened_copy.reading() as there, target.writing() as here:
            here.execute(text("LOCK TABLE articles IN EXCLUSIVE MODE"))
            if here.execute(select(articles.c.id).limit(1)).first() is not None:
                raise RegisterError(f"{target.name}: holds articles already; give an empty database")
            try:
                copy_rows(there, here)
            except DBAPIError as error:
                raise RegisterError(f"{target.name}: cannot be filled: {' '.join(str(error.orig).split())}") from error


def copy_rows(there: Connection, here: Connection) -> None:
    """All rows of all tables, and the index of words anew, in the two transactions of the caller's."""
    for table in metadata.sorted_tables:
        with there.execution_options(yield_per=_AT_ONCE).execute(select(table)) as found:
            rows = iter(found.mappings())
            while some := list(islice(rows, _AT_ONCE)):
                here.execute(table.insert(), [dict(row) for row in some])
    words.fill(here)
    if here.dialect.name == "postgresql":
        for name in _NUMBERED:
            column = metadata.tables[name].c.id
            top = here.execute(select(func.max(column))).scalar()
            if top is not None:
                here.execute(text("SELECT setval(pg_get_serial_sequence(:name, 'id'), :top)"), {"name": name, "top": top})
    assert inspect(here).has_table(VERSION_TABLE)
