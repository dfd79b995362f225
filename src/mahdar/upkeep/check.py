"""Is a register whole? Its file, its links, every article with its record, and what all reports together add up to.

Nothing is written but a register of one's own, in a temporary folder: into that one the stored records are put anew, and its tables are compared
with those that stand, whatever they are, row by row.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import sqlite3
import tempfile
import zlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection, Table, func, inspect, select
from sqlalchemy.engine import URL

from mahdar.errors import RecordError, RegisterError
from mahdar.export.restore import Loose, Version, refill, version_of
from mahdar.lexicon.load import load_lexicon
from mahdar.lexicon.model import Lexicon
from mahdar.reading.weights import Weights
from mahdar.record import Article, Record
from mahdar.register.connect import address, shown
from mahdar.register.facts import FactReader
from mahdar.register.identity import Rulings
from mahdar.register.rows import digest, unpack
from mahdar.register.schema import CHILDREN, CURRENT, HEAD, ITEMS, VERSION_TABLE, articles, metadata, rulings, versions
from mahdar.register.store import Store
from mahdar.register.trouble import Trouble
from mahdar.register.write import known_rulings, ruled
from mahdar.soundness import faults
from mahdar.upkeep.backup import opened
from mahdar.version import key_of

_AT_ONCE: Final = 200  # articles
_TOLD: Final = 20  # faults of one kind that are told; the others are counted
_APART: Final = frozenset(("meta", "versions", "rejects", "rulings", "vectors", "pending"))  # not made of the records
_NUMBERS: Final = frozenset(("id", "read_at", "seen"))  # say when something was done, or only link rows


@dataclass(frozen=True, slots=True)
class Step:
    """One thing looked at: its name, what was found wrong (nothing where all is well), and what else is to be said."""

    name: str
    faults: tuple[str, ...] = ()
    note: str = ""

    @property
    def well(self) -> bool:
        return not self.faults


def check(url: str, *, lexicon: Lexicon | None = None, quick: bool = False) -> Iterator[Step]:
    """Look at everything in turn. After a fault that hides what comes behind it (a file that cannot be read) nothing more is looked at.

    ``quick`` leaves out what takes long: putting all records into a register of one's own. Raises :class:`RegisterError` where there is none.
    """
    where = address(url)
    if where.drivername == "sqlite":
        steps = list(_file(where))
        yield from steps
        if not all(step.well for step in steps):
            return
        found = _revision(where)
        if found != HEAD:
            yield Step("tables", (), f"those of an earlier Mahdar ({found}); any question brings them up to {HEAD}, then check again")
            return
    with Store.open(url) as store:
        try:
            yield from _inside(store, load_lexicon() if lexicon is None else lexicon, quick)
        except Trouble as error:
            yield Step("tables", (str(error),))


def _inside(store: Store, lexicon: Lexicon, quick: bool) -> Iterator[Step]:
    if store.engine.dialect.name == "postgresql":
        yield _constraints(store)
    records = _records(store)
    yield records
    if records.well:
        yield _derived(store, lexicon, quick)
    else:
        yield Step("derived", (), "not looked at before the records are whole")


# ---------------------------------------------------------------------------------------------------- the database's own word


def _file(where: URL) -> Iterator[Step]:
    path = Path(where.database or "")
    if not path.is_file():
        raise RegisterError(f"{path}: no such register; --register names another")
    hint = "; `mahdar repair` saves what can be read"
    try:
        with contextlib.closing(opened(path)) as connection:
            said = [" ".join(str(row[0]).split()) for row in connection.execute(f"PRAGMA integrity_check({_TOLD})")]
            yield Step("file", () if said == ["ok"] else tuple(f"{each}{hint}" for each in said))
            if said == ["ok"]:
                links = connection.execute("PRAGMA foreign_key_check").fetchmany(_TOLD)
                yield Step("links", tuple(f"{table}: row {row} belongs to no row of {parent}" for table, row, parent, _ in links))
    except sqlite3.Error as error:
        yield Step("file", (f"{error}{hint}",))


def _revision(where: URL) -> str:
    with contextlib.closing(opened(Path(where.database or ""))) as connection:
        try:
            row = connection.execute(f"SELECT version_num FROM {VERSION_TABLE}").fetchone()
        except sqlite3.Error:
            row = None
    if row is None:
        raise RegisterError(f"{shown(where)}: is no register; --register names another")
    return str(row[0])


def _constraints(store: Store) -> Step:
    """PostgreSQL keeps links itself; whether every one is in force, and every table can be read."""
    wrong = []
    with store.reading() as connection:
        loose = connection.exec_driver_sql("SELECT conname, conrelid::regclass::text FROM pg_constraint WHERE NOT convalidated").all()
        wrong += [f"{table}: the constraint {name} is not in force" for name, table in loose]
        names = set(inspect(connection).get_table_names())
        wrong += [f"{table.name}: is missing" for table in metadata.sorted_tables if table.name not in names]
    return Step("links", tuple(wrong))


# ---------------------------------------------------------------------------------------------------- articles and records


def _records(store: Store) -> Step:
    """Every version's record is one of its text, and the rows of the current one say what it says."""
    wrong = _Few()
    seen = 0
    with store.reading() as connection:
        judged = known_rulings(connection)
        last = 0
        while rows := connection.execute(select(articles).where(articles.c.id > last).order_by(articles.c.id).limit(_AT_ONCE)).all():
            last = rows[-1].id
            seen += len(rows)
            held = _items(connection, [row.id for row in rows])
            by_article: dict[int, list[Any]] = defaultdict(list)
            for version in connection.execute(select(versions).where(versions.c.article.in_([row.id for row in rows])).order_by(versions.c.article, versions.c.number)):
                by_article[version.article].append(version)
            for row in rows:
                wrong.extend(f"article {row.key!r}: {fault}" for fault in _article(row, by_article[row.id], held, judged))
    return Step("records", wrong.told(), f"{seen} articles")


def _article(row: Any, found: Sequence[Any], held: Mapping[tuple[str, int], list[dict[str, Any]]], judged: Rulings) -> Iterator[str]:
    if [version.number for version in found] != list(range(1, len(found) + 1)):
        yield f"its versions are numbered {[version.number for version in found]}"
    if not any(version.number == row.version for version in found):
        yield f"its current version {row.version} is missing"
    for version in found:
        article = Article(id=row.key, text=version.text, title=version.title, published=version.published, source=version.source, url=version.url)
        if digest(article) != version.digest:
            yield f"version {version.number}: the text is not the one that was stored"
        try:
            record = unpack(version.record, article)
        except (zlib.error, ValueError, RecordError, TypeError, AttributeError) as error:
            yield f"version {version.number}: the record cannot be read ({error})"
            continue
        if record.id != row.key:
            yield f"version {version.number}: the record is that of {record.id!r}"
        yield from (f"version {version.number}: {fault}" for fault in faults(record, article.text))
        if version.number == row.version:
            yield from _said(row.id, record, held, judged)


def _said(number: int, record: Record, held: Mapping[tuple[str, int], list[dict[str, Any]]], judged: Rulings) -> Iterator[str]:
    """The items' tables against the record they were made of."""
    keys = {row["actor"]: row["own"] for row in held.get(("actors", number), [])}
    if keys.keys() != {actor.id for actor in record.actors}:
        yield "actors: not those of the record"
        return
    made = ruled(record, keys, judged).tables
    for table in (*ITEMS, *CHILDREN):
        if _multiset(made[table.name]) != _multiset(held.get((table.name, number), [])):
            yield f"{table.name}: not those of the record"


def _items(connection: Connection, numbers: Sequence[int]) -> dict[tuple[str, int], list[dict[str, Any]]]:
    found: dict[tuple[str, int], list[dict[str, Any]]] = defaultdict(list)
    for table in (*ITEMS, *CHILDREN):
        for row in connection.execute(select(table).where(table.c.article.in_(numbers))).mappings():
            plain = dict(row)
            found[table.name, plain.pop("article")].append(plain)
    return found


def _multiset(rows: Iterable[Mapping[str, Any]]) -> list[str]:
    return sorted(json.dumps(row, ensure_ascii=False, sort_keys=True) for row in rows)


# ---------------------------------------------------------------------------------------------------- what all reports add up to


def _derived(store: Store, lexicon: Lexicon, quick: bool) -> Step:
    """The tables of occurrences, requests, commitments, the ledger, totals and all that they are found by."""
    name = "derived"
    if quick:
        return Step(name, (), "not looked at (--quick)")
    key = key_of(lexicon.version, Weights.load())
    with store.reading() as connection:
        others = connection.execute(select(func.count()).select_from(articles.join(versions, CURRENT)).where(versions.c.lexicon != key)).scalar_one()
        waiting = connection.execute(select(func.count()).select_from(metadata.tables["pending"])).scalar_one()
        if others:
            return Step(name, (), f"not looked at: {others} articles were read with another program or lexicon; `mahdar reread` reads them anew")
        if waiting:
            return Step(name, (), f"not looked at: {waiting} articles wait to be taken in, which the next question does")
        with tempfile.TemporaryDirectory(prefix="mahdar-check-") as folder, Store.open(Path(folder) / "anew.db", create=True) as anew:
            facts = FactReader(lexicon)
            for _ in refill(anew, _versions(connection, facts), _rulings(connection), facts):
                pass
            with anew.reading() as other:
                return Step(name, tuple(differences(connection, other)))


def _versions(connection: Connection, facts: FactReader) -> Iterator[Version]:
    """All versions in the order in which they were stored."""
    v, a, last = versions.c, articles.c, 0
    query = select(a.key, v.number, v.title, v.source, v.published, v.url, v.text, v.record, v.lexicon, v.read_at).join_from(articles, versions, v.article == a.id)
    while numbers := connection.execute(select(a.id).where(a.id > last).order_by(a.id).limit(_AT_ONCE)).scalars().all():
        last = numbers[-1]
        for row in connection.execute(query.where(a.id.in_(numbers)).order_by(a.id, v.number)).mappings().all():
            yield version_of(dict(row) | {"record": json.loads(zlib.decompress(row["record"]))}, f"article {row['key']!r}", facts)


def _rulings(connection: Connection) -> Iterator[Loose]:
    for row in connection.execute(select(rulings).order_by(rulings.c.id)).mappings():
        yield Loose(rulings, dict(row), "rulings")


def differences(one: Connection, other: Connection) -> Iterator[str]:
    """What differs between the tables as they stand (``one``) and as they should be."""
    keys, others = _keys(one), _keys(other)
    for table in metadata.sorted_tables:
        if table.name in _APART:
            continue
        if _sum(one, table, keys) != _sum(other, table, others):
            here, there = set(_plain_rows(one, table, keys)), set(_plain_rows(other, table, others))
            extra, lacking = sorted(here - there), sorted(there - here)
            yield f"{table.name}: {len(extra)} rows should not be there and {len(lacking)} are missing" + "".join(
                f"; {what} {row}" for what, rows in (("not", extra), ("missing", lacking)) for row in rows[:1]
            )
    yield from _unindexed(one)


def _unindexed(connection: Connection) -> Iterator[str]:
    """Articles that a search for words cannot find."""
    from mahdar.register.words import doc

    query = select(articles.c.id, articles.c.key, articles.c.day, articles.c.version).join_from(articles, versions, CURRENT)
    wanted = {doc(row.day, row.id, row.version): row.key for row in connection.execute(query)}
    column = "rowid" if connection.dialect.name == "sqlite" else "doc"
    held = {row[0] for row in connection.exec_driver_sql(f"SELECT {column} FROM words")}
    missing = [key for number, key in wanted.items() if number not in held]
    if missing:
        yield f"words: {len(missing)} articles are not in the index of words, the first of them {min(missing)!r}"


def _sum(connection: Connection, table: Table, keys: Mapping[int, str]) -> tuple[int, int]:
    """How many rows, and a number that is another one as soon as a row is; their order does not matter."""
    count, total = 0, 0
    for row in _plain_rows(connection, table, keys):
        count += 1
        total += int.from_bytes(hashlib.blake2b(row.encode(), digest_size=16).digest(), "big")
    return count, total % (1 << 128)


def _plain_rows(connection: Connection, table: Table, keys: Mapping[int, str]) -> Iterator[str]:
    """Every row as a text, articles by their keys, so that two registers of one content give the same on any database."""
    with connection.execution_options(yield_per=500).execute(select(table)) as found:
        for row in found.mappings():
            plain = {name: _plain(value) for name, value in row.items() if name not in _NUMBERS}
            if "article" in plain:
                plain["article"] = keys.get(plain["article"], f"? {plain['article']}")
            if "other" in plain:  # two facts linked: which stands first is a matter of numbers
                plain["ends"] = sorted([(plain.pop("article"), plain.pop("n")), (keys.get(plain.pop("other"), "?"), plain.pop("other_n"))])
            yield json.dumps(plain, ensure_ascii=False, sort_keys=True)


def _keys(connection: Connection) -> dict[int, str]:
    return {row.id: row.key for row in connection.execute(select(articles.c.id, articles.c.key))}


def _plain(value: Any) -> Any:
    if isinstance(value, float):
        return round(value, 9)
    if isinstance(value, bytes):
        with contextlib.suppress(zlib.error):
            value = zlib.decompress(value)
        return bytes(value).decode("utf-8", "replace")
    return value


@dataclass(slots=True)
class _Few:
    """The first of many faults, and how many more there were."""

    held: list[str] = field(default_factory=list)
    more: int = 0

    def extend(self, found: Iterable[str]) -> None:
        for each in found:
            if len(self.held) < _TOLD:
                self.held.append(each)
            else:
                self.more += 1

    def told(self) -> tuple[str, ...]:
        return (*self.held, *([f"and {self.more} more"] if self.more else []))
