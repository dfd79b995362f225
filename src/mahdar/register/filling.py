"""Many rows into a table at once. SQLAlchemy looks at every parameter of every row, which costs more than the database takes to store it."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Any, Final

from sqlalchemy import JSON, Connection, LargeBinary, Table
from sqlalchemy.dialects import postgresql

_POSTGRESQL: Final = postgresql.dialect()  # type: ignore[no-untyped-call]


def fill(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]], *, conflict: str = "") -> None:
    """Insert ``rows``, which all have the same columns (those of JSON are lists); ``conflict`` is the end of the statement that says what to do with those that are there.

    PostgreSQL gets them as one array a column, in one statement: its rows must then not meet each other.
    """
    if not rows:
        return
    names = tuple(rows[0])
    lists = [_stored(table, name, [row[name] for row in rows]) for name in names]
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(_in_arrays(table, names, conflict), tuple(lists))
    else:
        connection.exec_driver_sql(_row_by_row(table, names, conflict), list(zip(*lists, strict=True)))


def _stored(table: Table, name: str, values: list[Any]) -> list[Any]:
    return [_json(value) if value else "[]" for value in values] if isinstance(table.c[name].type, JSON) else values


@cache
def _row_by_row(table: Table, names: tuple[str, ...], conflict: str) -> str:
    return f"INSERT INTO {table.name} ({_listed(names)}) VALUES ({', '.join('?' * len(names))}) {conflict}"


@cache
def _in_arrays(table: Table, names: tuple[str, ...], conflict: str) -> str:
    arrays = ", ".join(f"{'%b' if isinstance(table.c[name].type, LargeBinary) else '%s'}::{_kind(table, name)}[]" for name in names)
    return f"INSERT INTO {table.name} ({_listed(names)}) SELECT * FROM unnest({arrays}) {conflict}"


def _kind(table: Table, name: str) -> str:
    return table.c[name].type.compile(_POSTGRESQL).partition(" COLLATE ")[0]


def _listed(names: Sequence[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)


_json: Final[Callable[[Any], str]] = json.JSONEncoder().encode  # as SQLAlchemy writes it
