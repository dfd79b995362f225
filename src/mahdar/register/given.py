"""A list of rows given to a query as one parameter, so that the query's text is always the same, however long the list.

:func:`given` takes the rows with it. :func:`listed` leaves them open: a query made of it once serves every list, given at each execution as
``{"given": as_given(rows)}``; making a query anew takes SQLAlchemy longer than the database takes to answer it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import BigInteger, BindParameter, Connection, FunctionElement, Subquery, Text, bindparam, literal_column, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.compiler import compiles


def given(rows: Iterable[Sequence[Any]], **columns: type) -> Subquery:
    """``rows`` as a table to start from, its columns of type str or int."""
    return _table(bindparam(None, as_given(rows), type_=Text()), columns)


def listed(**columns: type) -> Subquery:
    """Rows that come with the execution, as a table to start from, its columns of type str or int."""
    return _table(bindparam("given", type_=Text()), columns)


def _table(rows: BindParameter[Any], columns: Mapping[str, type]) -> Subquery:
    each = _Each(rows).table_valued("value", name="each")
    cells = (_cell(each.c.value, at, kind).label(name) for at, (name, kind) in enumerate(columns.items()))
    return select(*cells).select_from(each).subquery("given")


def as_given(rows: Iterable[Sequence[Any]]) -> str:
    """The parameter ``given`` of a query made of :func:`listed`."""
    return json.dumps([list(row) for row in rows], ensure_ascii=False)


class _Each(FunctionElement[Any]):
    """The members of a JSON array, each in a row."""

    name = "json_each"
    inherit_cache = True


class _Text(FunctionElement[str]):
    """A member of a JSON array as text: (array, place)."""

    type = Text()
    inherit_cache = True


class _Number(FunctionElement[int]):
    """A member of a JSON array as a whole number: (array, place)."""

    type = BigInteger()
    inherit_cache = True


def _cell(value: Any, at: int, kind: type) -> FunctionElement[Any]:
    return (_Number if kind is int else _Text)(value, literal_column(str(at)))


@compiles(_Each, "sqlite")
def _each_sqlite(element: _Each, compiler: Any, **more: Any) -> str:
    return f"json_each({compiler.process(element.clauses, **more)})"


@compiles(_Each, "postgresql")
def _each_postgresql(element: _Each, compiler: Any, **more: Any) -> str:
    return f"jsonb_array_elements(CAST({compiler.process(element.clauses, **more)} AS jsonb))"


@compiles(_Text, "sqlite")
@compiles(_Number, "sqlite")
def _cell_sqlite(element: FunctionElement[Any], compiler: Any, **more: Any) -> str:
    value, at = (compiler.process(part, **more) for part in element.clauses)
    return f"json_extract({value}, '$[{at}]')"


@compiles(_Text, "postgresql")
def _text_postgresql(element: _Text, compiler: Any, **more: Any) -> str:
    value, at = (compiler.process(part, **more) for part in element.clauses)
    return f"({value}->>{at})"


@compiles(_Number, "postgresql")
def _number_postgresql(element: _Number, compiler: Any, **more: Any) -> str:
    value, at = (compiler.process(part, **more) for part in element.clauses)
    return f"CAST({value}->>{at} AS bigint)"


def insert_for(connection: Connection, table: Any) -> Any:
    """An INSERT that can say what to do on conflict."""
    return (postgresql if connection.dialect.name == "postgresql" else sqlite).insert(table)
