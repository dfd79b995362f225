"""What a register keeps that hangs on no article and is derived from nothing: what was refused, and what was ruled by hand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from sqlalchemy import Connection, Integer, Table, Text, select
from sqlalchemy.dialects import postgresql, sqlite

from mahdar.errors import RegisterError
from mahdar.register.schema import metadata

NAMES: Final = ("rejects", "rulings")  # those of them that this program's registers have


def tables() -> list[Table]:
    """The tables, in the order in which they are restored."""
    return [metadata.tables[name] for name in NAMES if name in metadata.tables]


def columns(table: Table) -> dict[str, type]:
    """The columns that are kept, with int or str; numbers that only tell rows apart are not."""
    found: dict[str, type] = {}
    for column in table.columns:
        if column.name != "id":
            if not isinstance(column.type, Integer | Text):
                raise TypeError(f"{table.name}.{column.name}: {column.type!r} has no form in an export yet")
            found[column.name] = int if isinstance(column.type, Integer) else str
    return found


def rows(connection: Connection, table: Table) -> Iterator[dict[str, Any]]:
    """All rows, in an order that only they decide."""
    kept = [table.c[name] for name in columns(table)]
    yield from map(dict, connection.execute(select(*kept).order_by(*kept)).mappings())


def put(connection: Connection, table: Table, row: Mapping[str, Any], where: str) -> None:
    """Store a row, unless it is there already; ``where`` names its place in the export."""
    wanted = columns(table)
    for name, kind in wanted.items():
        if not isinstance(row.get(name), kind):
            raise RegisterError(f"{where}: {name} of {table.name} is {row.get(name)!r}; export it anew")
    insert = (postgresql if connection.dialect.name == "postgresql" else sqlite).insert(table).on_conflict_do_nothing()
    connection.execute(insert, {name: row[name] for name in wanted})
