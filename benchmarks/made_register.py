"""A register of many articles, made by varying those of a smaller one: new keys, other days, other sketches (so that none is a wire copy of
its model). They are stored by the very functions that `mahdar ingest` stores with, what is derived included; only nothing is read."""

from __future__ import annotations

import hashlib
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from sqlalchemy import Connection

from mahdar import process
from mahdar.lexicon.load import load_lexicon
from mahdar.record import Article, Event, Record
from mahdar.register.cite import Cite
from mahdar.register.derive import settle
from mahdar.register.facts import Fact, FactReader
from mahdar.register.identity import Rulings, Who
from mahdar.register.ledger import Stand
from mahdar.register.reports import Report
from mahdar.register.rows import Rows, digest, pack
from mahdar.register.store import Store
from mahdar.register.told import Told, tell
from mahdar.register.write import Entry, put, told_by

SPREAD = 4_000  # days over which copies are strewn
STEP = 211
BATCH = 250  # as `mahdar ingest` has it


@dataclass(frozen=True, slots=True)
class Model:
    """An article that others are made of."""

    report: Report
    article: Article
    entry: Entry
    own: dict[str, Who]


def moved(day: str | None, by: timedelta) -> str | None:
    """A day, month or year moved by a number of days, as precise as it was."""
    if not day:
        return day
    try:
        whole = date.fromisoformat(f"{day[:10]}{'-01-01'[len(day[:10]) - 4 :] if len(day) < 10 else ''}")
    except ValueError:
        return day
    return (whole + by).isoformat()[: len(day[:10])] + day[10:]


def models(source: Store, reader: FactReader) -> list[Model]:
    out = []
    for report in source.reports():
        article = report.record.article
        assert article is not None
        out.append(Model(report, article, Entry.of(article, report.record, reader), reader.identity.own(report)))
    return out


def varied(found: list[Model], count: int, first: int = 0, apart: int | None = None) -> Iterator[Entry]:
    """``count`` entries from number ``first`` on: the models as they are, then again and again under other keys and on other days; with ``apart``
    each time so many days later, so that the years become more and the reports of a day do not."""
    for number in range(first, first + count):
        turn, at = divmod(number, len(found))
        model = found[at]
        by = timedelta(days=turn * STEP % SPREAD if apart is None else turn * apart)
        article = replace(model.article, id=f"{model.article.id}~{turn}", published=moved(model.article.published, by))
        record = _record(model.report.record, article, by)
        told = _told(model.entry.told, article.id, by, turn) if model.entry.told is not None else None
        yield replace(model.entry, article=article, digest=digest(article), packed=pack(record), rows=Rows.of(record, model.own), told=told)


def _record(record: Record, article: Article, by: timedelta) -> Record:
    def event(one: Event) -> Event:
        return replace(one, date=moved(one.date, by))

    return replace(record, id=article.id, published=article.published, events=tuple(map(event, record.events)), article=article)


def _told(told: Told, key: str, by: timedelta, turn: int) -> Told:
    old, salt = told.sketch.report, int.from_bytes(hashlib.blake2b(str(turn).encode(), digest_size=4).digest()) if turn else 0

    def fact(one: Fact) -> Fact:
        days = {name: moved(getattr(one, name), by) for name in ("published", "date", "day")}
        return replace(one, key=key + one.key[len(old) :], cite=Cite(key, one.cite.span), **days)  # type: ignore[arg-type]

    def stand(one: Stand) -> Stand:
        return replace(one, day=moved(one.day, by) or "", cite=Cite(key, one.cite.span), wire=key)

    sketch = replace(told.sketch, report=key, day=moved(told.sketch.day, by) or "", hashes=tuple(sorted(h ^ salt for h in told.sketch.hashes)))
    return Told(told.source, tuple(map(fact, told.facts)), tuple(map(stand, told.stands)), sketch, told.names)


def build(source: Store, target: Store, count: int, *, first: int = 0, apart: int | None = None) -> None:
    """Store entries ``first`` to ``count``; says on the way what it took."""
    reader = FactReader(load_lexicon())
    began = time.monotonic()
    found = models(source, reader)
    if not found:
        sys.exit("the source register is empty")
    print(f"{len(found)} models, {time.monotonic() - began:.0f} s", file=sys.stderr, flush=True)
    process.settle()  # as `mahdar ingest` stores
    batch: list[Entry] = []
    busy = {"put": 0.0, "settle": 0.0}

    def again(report: Report, rulings: Rulings) -> Told:
        return tell(report, reader, rulings)

    def work(connection: Connection) -> None:
        clock = time.process_time()
        put(connection, batch, lexicon="made", now="2026-01-01T00:00:00Z")
        middle = time.process_time()
        settle(connection, again, reader.weight, told_by(batch))
        busy["put"] += middle - clock
        busy["settle"] += time.process_time() - middle

    began = time.monotonic()
    for number, entry in enumerate(varied(found, count - first, first, apart), first + 1):
        batch.append(entry)
        if len(batch) == BATCH or number == count:
            target.transact(work)
            batch = []
        if number % 5_000 == 0:
            rate = (number - first) / (time.monotonic() - began)
            spent = ", ".join(f"{name} {value * 1000 / 5_000:.2f}" for name, value in busy.items())
            print(f"{number} stored, {rate:.0f}/s; of processor time in ms an article: {spent}", file=sys.stderr, flush=True)
            busy = dict.fromkeys(busy, 0.0)
    if target.engine.dialect.name == "postgresql":
        with target.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql("VACUUM ANALYZE")
