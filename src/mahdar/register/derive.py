"""What all reports together add up to, kept in step with them.

Whoever stores or replaces a report notes its article in ``pending`` and calls :func:`settle` in the same transaction, so that occurrences,
requests, commitments and the ledger are at any moment those of the reports stored. Only the neighbourhood of what is new is made anew;
what comes out depends on the set of reports alone, never on the order in which they came. Writers take turns here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any, Final

from sqlalchemy import Connection, Select, bindparam, delete, func, select, text

from mahdar.register import asking, copying, kept, linking, standing
from mahdar.register.filling import fill
from mahdar.register.given import as_given, insert_for, listed
from mahdar.register.identity import Rulings
from mahdar.register.likeness import Weigh
from mahdar.register.reports import Report
from mahdar.register.schema import CURRENT, articles, called, issue_parties, pending, versions
from mahdar.register.schema import told as told_table
from mahdar.register.shelf import Shelf
from mahdar.register.store import Store, read_reports
from mahdar.register.told import Told, names_of, pack
from mahdar.register.write import known_rulings, spoken_of

AT_ONCE: Final = 500  # articles
_LOCK: Final = 0x6D61686461720002  # PostgreSQL's advisory lock that writers wait for
Tell = Callable[[Report, Rulings], Told]


def settle(connection: Connection, tell: Tell, weigh: Weigh, known: Mapping[tuple[str, str], Told] | None = None, *, at_most: int | None = None) -> int:
    """Bring what is derived up to date with the articles pending, ``at_most`` so many; how many there were.

    ``known`` has by (key, digest) what reports tell, where that was made with the record; the others, and those whose actors rulings speak of,
    are told anew from their records.
    """
    rulings = known_rulings(connection)  # its lock before the other, as writers of articles have them
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
    query = select(articles.c.id, articles.c.key, versions.c.digest).join_from(pending, articles, articles.c.id == pending.c.article).join(versions, CURRENT)
    waiting = connection.execute(query.order_by(articles.c.id).limit(at_most)).all()
    for start in range(0, len(waiting), AT_ONCE):
        rows = waiting[start : start + AT_ONCE]
        judged = spoken_of(connection, rulings, [row.id for row in rows])
        come = {row.id: told for row in rows if row.id not in judged and (told := (known or {}).get((row.key, row.digest))) is not None}
        missing = {row.key: row.id for row in rows if row.id not in come}
        come |= {missing[report.key]: tell(report, rulings) for report in read_reports(connection, keys=missing)} if missing else {}
        _take_in(connection, dict(sorted(come.items())), weigh)
        connection.execute(delete(pending).where(pending.c.article == bindparam("its")), [{"its": row.id} for row in rows])
    return len(waiting)


def settle_all(store: Store, tell: Tell, weigh: Weigh) -> None:
    """Take in all that is pending, as in a register that an older Mahdar filled, some articles a transaction."""
    while waits(store) and store.transact(partial(settle, tell=tell, weigh=weigh, at_most=AT_ONCE)):
        pass


def waits(store: Store) -> bool:
    """Is there anything pending?"""
    with store.reading() as connection:
        return waits_in(connection)


_ONE: Final = select(pending.c.article).limit(1)


def waits_in(connection: Connection) -> bool:
    """The same as a transaction sees it."""
    return connection.execute(_ONE).first() is not None


def _take_in(connection: Connection, come: Mapping[int, Told], weigh: Weigh) -> None:
    shelf = Shelf(connection, come)
    rewired = copying.update(connection, come)
    linking.update(connection, shelf, rewired, weigh)
    asking.update(connection, shelf)
    standing.update(connection, come, rewired)
    _names(connection, shelf)
    _keep(connection, shelf)


def _names(connection: Connection, shelf: Shelf) -> None:
    """Count what bodies and groups are called."""
    change: Counter[tuple[str, str]] = Counter()
    for told in shelf.come.values():
        change.update(told.names)
    for packed in shelf.packed.values():
        change.subtract(names_of(packed))
    rows: list[dict[str, Any]] = [{"code": code, "name": name, "times": times} for (code, name), times in sorted(change.items()) if times]
    if rows:
        insert = insert_for(connection, called)
        sums = {"times": called.c.times + insert.excluded.times}
        connection.execute(insert.on_conflict_do_update(index_elements=["code", "name"], set_=sums), rows)
        if any(row["times"] < 0 for row in rows):
            connection.execute(delete(called).where(called.c.times <= 0))


def _keep(connection: Connection, shelf: Shelf) -> None:
    old = sorted(shelf.packed)
    for table in (told_table, issue_parties) if old else ():
        connection.execute(delete(table).where(table.c.article.in_(old)))
    fill(connection, told_table, [{"article": article, "packed": pack(told)} for article, told in shelf.come.items()])
    acting = sorted((*party, told.sketch.day, article) for article, told in shelf.come.items() for party in kept.parties(told.facts))
    fill(connection, issue_parties, [dict(zip(("issue", "code", "day", "article"), row, strict=True)) for row in acting])


def names_called(connection: Connection, codes: Sequence[str]) -> dict[str, str]:
    """What the reports call these codes: the most frequent name, of equals the first in order."""
    from mahdar.register.told import best_names

    rows: Any = connection.execute(_CALLED, {"given": as_given((code,) for code in sorted(set(codes)))})
    return best_names((row.code, row.name, row.times) for row in rows)


def _called() -> Select[Any]:
    asked = listed(code=str)
    return select(called.c.code, called.c.name, called.c.times).join_from(asked, called, called.c.code == asked.c.code)


_CALLED: Final = _called()


def count_pending(connection: Connection) -> int:
    """How many articles are not taken in yet."""
    return int(connection.execute(select(func.count()).select_from(pending)).scalar_one())
