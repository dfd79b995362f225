"""What was refused at ingest."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import ColumnElement, Connection, delete, select, true

from mahdar.register.schema import rejects
from mahdar.register.store import Store
from mahdar.register.write import Reject


def rejected(store: Store, name: str | None = None) -> Iterator[tuple[Reject, str]]:
    """Refusals with the moment they were first seen, by input and line; with ``name`` those of one file, or of the files in a folder."""
    r = rejects.c
    query = select(r.input, r.line, r.reason, r.message, r.seen).where(_of(name)).order_by(r.input, r.line)
    with store.reading() as connection, connection.execution_options(yield_per=500).execute(query) as rows:
        for row in rows:
            yield Reject(row.input, row.line, row.reason, row.message), row.seen


def forget(connection: Connection, *, name: str | None = None) -> int:
    """Drop refusals; how many there were."""
    return int(connection.execute(delete(rejects).where(_of(name))).rowcount)


def _of(name: str | None) -> ColumnElement[bool]:
    if name is None:
        return true()
    return (rejects.c.input == name) | rejects.c.input.startswith(name.rstrip("/") + "/", autoescape=True)
