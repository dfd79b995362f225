"""A register made smaller and quicker: what nothing needs any more goes, free room is given back, and the database counts its rows anew.

Texts, records and all versions stay. What goes are, on PostgreSQL, the rows of former versions in the index of words, which are passed over anyway; on SQLite
such a row can only be taken out with the very stems it was put in with, and an older Mahdar may have made others, so the index is only merged.
"""

from __future__ import annotations

import shutil
import sqlite3
from dataclasses import dataclass
from pathlib import Path
from typing import Final, cast

from sqlalchemy import text

from mahdar.errors import RegisterError
from mahdar.register.store import Store
from mahdar.register.words import former

_TRUNCATE: Final = "PRAGMA wal_checkpoint(TRUNCATE)"  # bring all that is in the log into the register's file, and make the log empty
_ROWS_LOOKED_AT: Final = 1000  # of each index, for the counts; enough, and does not grow with the register


@dataclass(frozen=True, slots=True)
class Compacted:
    """Bytes before and after, and how many rows of former versions were dropped."""

    before: int
    after: int
    dropped: int


def compact(store: Store) -> Compacted:
    """Do it; who reads or writes meanwhile waits, on SQLite as long as it takes.

    :class:`RegisterError` where there is no room for it or the register is in use.
    """
    return _postgresql(store) if store.engine.dialect.name == "postgresql" else _sqlite(store)


def _sqlite(store: Store) -> Compacted:
    file = Path(store.name)
    pooled = store.engine.raw_connection()
    driver = cast("sqlite3.Connection", pooled.driver_connection)
    try:
        driver.execute(_TRUNCATE)
        before = _size(file)
        free = shutil.disk_usage(file.absolute().parent).free
        if free < 2 * before:
            raise RegisterError(f"{store.name}: not enough room: compacting takes {2 * before / 1e6:,.0f} MB for a while, {free / 1e6:,.0f} MB are free")
        driver.execute("INSERT INTO words (words) VALUES ('optimize')")
        driver.execute(f"PRAGMA analysis_limit = {_ROWS_LOOKED_AT}")
        driver.execute("ANALYZE")
        driver.execute(_TRUNCATE)  # what is still in the log would be copied too
        driver.execute("PRAGMA temp_store = FILE")  # the copy is as large as the register
        driver.execute("VACUUM")
        driver.execute(_TRUNCATE)
    except sqlite3.OperationalError as error:
        if "locked" in str(error) or "busy" in str(error):
            raise RegisterError(f"{store.name}: is in use; compact it when nobody writes to it") from error
        if "full" in str(error):
            raise RegisterError(f"{store.name}: not enough room to compact it; nothing is lost") from error
        raise RegisterError(f"{store.name}: cannot be compacted: {error}") from error
    finally:
        pooled.invalidate()  # its settings were for this only
    return Compacted(before, _size(file), 0)


def _size(file: Path) -> int:
    return sum(each.stat().st_size for each in (file, file.with_name(f"{file.name}-wal")) if each.exists())


def _postgresql(store: Store) -> Compacted:
    size = text("SELECT pg_database_size(current_database())")
    with store.reading() as connection:
        before = int(connection.execute(size).scalar_one())
    dropped = store.transact(former)
    with store.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("VACUUM (ANALYZE)")
        after = int(connection.execute(size).scalar_one())
    return Compacted(before, after, dropped)
