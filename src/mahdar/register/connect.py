"""A register's address → an engine on SQLite or PostgreSQL, brought up to this program's tables."""

from __future__ import annotations

import os
import re
import sqlite3
import time
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, inspect, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, OperationalError

from mahdar.errors import RegisterError
from mahdar.register.memo import unpacking
from mahdar.register.schema import HEAD, VERSION_TABLE
from mahdar.register.trouble import told

DEFAULT = "mahdar.db"
HELD = 6_000  # articles whose facts are kept unpacked
_LOCK = 0x6D61686461720001  # PostgreSQL's advisory lock that those who migrate wait for
_OLDEST_POSTGRESQL = 150000
_PATIENCE = 60  # seconds a writer of SQLite waits for another
_PRAGMAS = ("synchronous=NORMAL", "foreign_keys=ON", "temp_store=MEMORY", "cache_size=-65536", "mmap_size=268435456")


def address(given: str | os.PathLike[str]) -> URL:
    """The database that ``given`` names: a path (SQLite), or an SQLAlchemy URL of SQLite or PostgreSQL."""
    words = os.fspath(given)
    if "://" not in words:
        return URL.create("sqlite", database=words)
    try:
        url = make_url(words)
    except (ArgumentError, ValueError):
        raise RegisterError(f"{_masked(words)}: not a register's address; give a file or postgresql://USER@HOST/DATABASE") from None
    backend = url.drivername.partition("+")[0]
    if backend == "sqlite":
        if url.database in (None, "", ":memory:"):
            raise RegisterError(f"{words}: names no file; give sqlite:///FILE or just the file")
        return url.set(drivername="sqlite")
    if backend in ("postgresql", "postgres"):
        return url.set(drivername="postgresql+psycopg")
    raise RegisterError(f"{shown(url)}: a register is kept in SQLite or PostgreSQL, not in {backend}")


def _masked(words: str) -> str:
    """An address that cannot be read as one, without what may be a password in it."""
    return re.sub(r"(?<=://).*@", "***@", words)


def shown(url: URL) -> str:
    """The address as people may see it: a file's path, or a URL without its password."""
    return url.database or "" if url.drivername == "sqlite" else url.set(drivername="postgresql").render_as_string(hide_password=True)


def connect(url: URL, *, create: bool, held: int = HELD) -> Engine:
    """An engine whose database has this program's tables; refuses what is no register, what is newer, and (unless ``create``) what is empty.

    All its connections hold the facts of ``held`` articles unpacked: those looked at last.
    """
    name = shown(url)
    if url.drivername == "sqlite":
        _check_file(Path(url.database or ""), create)
        engine = _sqlite(url)
    else:
        engine = _postgresql(url)
    engine.update_execution_options(mahdar_facts=unpacking(held))
    try:
        with engine.connect() as connection:
            _prepare(connection)
        _migrate(engine, name, create)
    except DBAPIError as error:
        engine.dispose()
        raise RegisterError(f"{name}: cannot be opened as a register: {told(error)}") from error
    except BaseException:
        engine.dispose()
        raise
    return engine


def _check_file(path: Path, create: bool) -> None:
    if path.is_dir():
        raise RegisterError(f"{path}: is a folder; a register is a file")
    if not path.exists():
        if not create:
            raise RegisterError(f"{path}: no such register; `mahdar ingest` makes one, --register names another")
        if not path.absolute().parent.is_dir():
            raise RegisterError(f"{path}: its folder does not exist")


def _sqlite(url: URL) -> Engine:
    engine = create_engine(url, connect_args={"timeout": _PATIENCE}, pool_reset_on_return="rollback")

    @event.listens_for(engine, "connect")
    def _on_connect(connection: sqlite3.Connection, _: Any) -> None:
        connection.isolation_level = None  # transactions begin where we say, so that tables are made in them too
        for pragma in _PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _on_begin(connection: Connection) -> None:
        kind = "IMMEDIATE" if connection.get_execution_options().get("mahdar_write") else "DEFERRED"
        connection.exec_driver_sql(f"BEGIN {kind}")

    return engine


def _postgresql(url: URL) -> Engine:
    try:
        return create_engine(url, pool_pre_ping=True)
    except ModuleNotFoundError:
        raise RegisterError(f"{shown(url)}: PostgreSQL needs the extra: pip install 'mahdar[postgres]'") from None


def _prepare(connection: Connection) -> None:
    """What holds for the whole database and cannot be set inside a transaction."""
    if connection.dialect.name == "sqlite":
        driver = connection.connection.driver_connection
        assert driver is not None
        deadline = time.monotonic() + _PATIENCE
        while driver.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
            try:  # two that open a new file at once: SQLite does not wait here by itself
                driver.execute("PRAGMA journal_mode=WAL")
            except sqlite3.OperationalError as error:
                if "locked" not in str(error) or time.monotonic() > deadline:
                    raise OperationalError("PRAGMA journal_mode=WAL", None, error) from error
                time.sleep(0.02)
            except sqlite3.DatabaseError as error:
                raise DBAPIError("PRAGMA journal_mode=WAL", None, error) from error
        return
    version = int(connection.exec_driver_sql("SHOW server_version_num").scalar_one())
    if version < _OLDEST_POSTGRESQL:
        raise RegisterError(f"PostgreSQL {version // 10000} is too old for a register; 15 or newer is needed")


def _migrate(engine: Engine, name: str, create: bool) -> None:
    with engine.connect() as connection:
        if _revision(connection, name) == HEAD:
            return
    with engine.connect().execution_options(mahdar_write=True) as connection, connection.begin():
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
        found = _revision(connection, name)  # again: somebody else may have done it while we waited
        if found is None and not create:
            raise RegisterError(f"{name}: is empty; `mahdar ingest` makes a register of it")
        if found != HEAD:
            from alembic.util import CommandError

            try:
                upgrade(connection)
            except CommandError as error:
                raise RegisterError(f"{name}: its tables ({found}) cannot be brought up to {HEAD}: {error}") from error


def _revision(connection: Connection, name: str) -> str | None:
    """The revision the tables have; None for an empty database. Others' databases are refused."""
    tables = inspect(connection).get_table_names()
    if VERSION_TABLE in tables:
        found = connection.execute(text(f"SELECT version_num FROM {VERSION_TABLE}")).scalar_one_or_none()
        if found is not None and found > HEAD:
            raise RegisterError(f"{name}: was written by a newer Mahdar (its tables are at {found}, this program knows {HEAD}); install that version to open it")
        return found
    if tables:
        raise RegisterError(f"{name}: is a database of something else (it has a table {min(tables)}); give an empty one")
    return None


def upgrade(connection: Connection, to: str = HEAD) -> None:
    """Run Alembic's scripts up to the newest, in the caller's transaction: all of them or none."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).with_name("migrations")).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    command.upgrade(config, to)
