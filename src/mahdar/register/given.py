"""A list of rows given to a query as one parameter, so that the query's text is always the same, however long the list."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import BigInteger, Connection, Subquery, Text, column, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.sql.type_api import TypeEngine


def given(connection: Connection, rows: Iterable[Sequence[Any]], **columns: type) -> Subquery:
    """``rows`` as a table to start from, its columns of type str or int."""
    kinds: dict[type, TypeEngine[Any]] = {int: BigInteger(), str: Text()}
    if connection.dialect.name == "postgresql":
        taken = (f"CAST(value->>{at} AS bigint)" if kind is int else f"value->>{at}" for at, kind in enumerate(columns.values()))
        source = "jsonb_array_elements(CAST(:given AS jsonb)) AS value"
    else:
        taken = (f"json_extract(value, '$[{at}]')" for at in range(len(columns)))
        source = "json_each(:given)"
    picked = ", ".join(f"{expression} AS {name}" for expression, name in zip(taken, columns, strict=True))
    query = text(f"SELECT {picked} FROM {source}").bindparams(given=json.dumps([list(row) for row in rows], ensure_ascii=False))
    return query.columns(*(column(name, kinds[kind]) for name, kind in columns.items())).subquery("given")


def insert_for(connection: Connection, table: Any) -> Any:
    """An INSERT that can say what to do on conflict."""
    return (postgresql if connection.dialect.name == "postgresql" else sqlite).insert(table)
