"""How long each question takes on a register of many articles, made by varying the records of a smaller one.

    python benchmarks/register_questions.py SOURCE.db [--articles 100000] [--register URL] [--runs 7] [--keep]

SOURCE.db is a register that `mahdar ingest` made of a few thousand articles. Each is stored again and again under new keys, its dates and
those of its events moved, until there are enough; then every question is asked with a page of 20 rows, and the median and the worst of
the runs are printed in milliseconds, and the median of the processor time, which is what the time would be on a machine that does nothing
else (of PostgreSQL's own work it knows nothing). The register made is deleted afterwards unless --keep or an existing one is given by --register.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from mahdar.errors import MahdarError
from mahdar.lexicon.load import load_lexicon
from mahdar.record import Article, Record
from mahdar.register.derive import settle
from mahdar.register.facts import FactReader
from mahdar.register.questions import Register
from mahdar.register.rows import Rows, digest, pack
from mahdar.register.store import Store
from mahdar.register.told import tell
from mahdar.register.write import Entry, put

SPREAD = 4_000  # days over which copies are strewn
STEP = 211
BATCH = 500
PAGE = 20
LIMIT = 100


def moved(day: str | None, by: timedelta) -> str | None:
    """A day, month or year moved by a number of days, as precise as it was."""
    if not day:
        return day
    try:
        whole = date.fromisoformat(f"{day[:10]}{'-01-01'[len(day[:10]) - 4 :] if len(day) < 10 else ''}")
    except ValueError:
        return day
    return (whole + by).isoformat()[: len(day[:10])] + day[10:]


def copies(source: Store, count: int, reader: FactReader) -> Iterator[Entry]:
    """``count`` entries: those of ``source``, then again with other keys and other dates."""
    bases = [(report, Entry.of(_article(report.record), report.record)) for report in source.reports()]
    if not bases:
        sys.exit("the source register is empty")
    for number in range(count):
        turn, at = divmod(number, len(bases))
        report, base = bases[at]
        by = timedelta(days=turn * STEP % SPREAD)
        record = report.record
        given = replace(base.article, id=f"{base.article.id}~{turn}", published=moved(base.article.published, by))
        again = replace(
            record,
            published=moved(record.published, by),
            events=tuple(replace(event, date=moved(event.date, by)) for event in record.events),
        )
        own = reader.identity.own(replace(report, key=given.id, published=given.published or "", record=again))
        yield replace(base, article=given, digest=digest(given), packed=pack(again), rows=Rows.of(again, own))


def _article(record: Record) -> Article:
    assert record.article is not None
    return record.article


def build(source: Store, target: Store, count: int) -> None:
    batch: list[Entry] = []
    reader = FactReader(load_lexicon())

    def work(connection: Connection) -> None:
        put(connection, batch, lexicon="made", now="2026-01-01T00:00:00Z")
        settle(connection, lambda report, rulings: tell(report, reader, rulings), reader.weight)

    began = time.monotonic()
    for number, entry in enumerate(copies(source, count, reader), 1):
        batch.append(entry)
        if len(batch) == BATCH or number == count:
            target.transact(work)
            batch = []
            if number % 10_000 == 0:
                print(f"{number} stored, {number / (time.monotonic() - began):.0f}/s", file=sys.stderr, flush=True)
    if target.engine.dialect.name == "postgresql":
        with target.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql("VACUUM ANALYZE")


def questions(register: Register, source: str, key: str, month: str) -> dict[str, Callable[[], Any]]:
    """A page of each question, with every filter at least once: common and rare ones, alone and together."""
    r = register
    asked: dict[str, Callable[[], Any]] = {
        "events": partial(r.events),
        "events actor=USA": partial(r.events, actor="USA"),
        "events actor=NOR (rare)": partial(r.events, actor="NOR"),
        "events actor=john-kerry": partial(r.events, actor="john-kerry"),
        "events between RUS USA": partial(r.events, between=("RUS", "USA")),
        "events between RUS USA type=REJECT": partial(r.events, between=("RUS", "USA"), type="REJECT"),
        "events between two persons": partial(r.events, between=("john-kerry", "sergey-lavrov")),
        "events type=CONCEDE": partial(r.events, type="CONCEDE"),
        "events type=AID,AGREE": partial(r.events, type=("AID", "AGREE")),
        "events status=denied": partial(r.events, status="denied"),
        "events on=iran-nuclear": partial(r.events, on="iran-nuclear"),
        "events on=assad-future actor=USA status=denied": partial(r.events, on="assad-future", actor="USA", status="denied"),
        "events on=USA": partial(r.events, on="USA"),
        "events since until (a month) actor=USA": partial(r.events, actor="USA", since=month, until=month),
        "events source": partial(r.events, source=source),
        "events actor=NOR source": partial(r.events, actor="NOR", source=source),
        "meetings actor=RUS": partial(r.meetings, actor="RUS"),
        "meetings between IRN SAU": partial(r.meetings, between=("IRN", "SAU")),
        "statements": partial(r.statements),
        "statements actor=RUS": partial(r.statements, actor="RUS"),
        "statements actor=john-kerry": partial(r.statements, actor="john-kerry"),
        "statements on=iran-nuclear": partial(r.statements, on="iran-nuclear"),
        "statements actor=GBR on=human-rights": partial(r.statements, actor="GBR", on="human-rights"),
        "statements between RUS USA": partial(r.statements, between=("RUS", "USA")),
        "statements between NOR CHN (rare)": partial(r.statements, between=("NOR", "CHN")),
        "statements type=THREATEN actor=IRN": partial(r.statements, type="THREATEN", actor="IRN"),
        "statements source": partial(r.statements, source=source),
        "positions on=iran-nuclear": partial(r.positions, on="iran-nuclear"),
        "positions on=iran-nuclear status=oppose": partial(r.positions, on="iran-nuclear", status="oppose"),
        "positions actor=USA": partial(r.positions, actor="USA"),
        "positions actor=john-kerry": partial(r.positions, actor="john-kerry"),
        "positions on=USA": partial(r.positions, on="USA"),
        "positions between RUS USA": partial(r.positions, between=("RUS", "USA")),
        "pairs between RUS USA": partial(r.pairs, between=("RUS", "USA")),
        "pairs between RUS USA, a year": partial(r.pairs, between=("RUS", "USA"), since=month[:4], until=month[:4]),
        "pairs actor=NOR": partial(r.pairs, actor="NOR"),
        "pairs actor=USA": partial(r.pairs, actor="USA"),
        "actors": partial(r.actors),
        "actors actor=USA": partial(r.actors, actor="USA"),
        "actors actor=john-kerry": partial(r.actors, actor="john-kerry"),
        "actors of a month": partial(r.actors, since=month, until=month),
        "actors of a source": partial(r.actors, source=source),
        "occurrences": partial(r.occurrences),
        "occurrences type=CONSULT (meetings) between RUS USA": partial(r.occurrences, type="CONSULT", between=("RUS", "USA")),
        "occurrences type=CONSULT actor=NOR (rare)": partial(r.occurrences, type="CONSULT", actor="NOR"),
        "occurrences on=iran-nuclear status=denied": partial(r.occurrences, on="iran-nuclear", status="denied"),
        "occurrences actor=john-kerry source": partial(r.occurrences, actor="john-kerry", source=source),
        "requests": partial(r.requests),
        "requests between USA IRN": partial(r.requests, between=("USA", "IRN")),
        "requests actor=NOR (rare)": partial(r.requests, actor="NOR"),
        "requests actor=john-kerry": partial(r.requests, actor="john-kerry"),
        "requests on=iran-nuclear status=conditional": partial(r.requests, on="iran-nuclear", status="conditional"),
        "requests until": partial(r.requests, until=month),
        "requests source": partial(r.requests, source=source),
        "commitments": partial(r.commitments),
        "commitments actor=USA type=AID": partial(r.commitments, actor="USA", type="AID"),
        "commitments status=dropped until": partial(r.commitments, status="dropped", until=month),
        "commitments source": partial(r.commitments, source=source),
        "changes": partial(r.changes),
        "changes actor=USA on=iran-nuclear": partial(r.changes, actor="USA", on="iran-nuclear"),
        "changes until": partial(r.changes, until=month),
        "changes source": partial(r.changes, source=source),
        "search one word": partial(r.search, "المفاوضات"),
        "search a word in all articles": partial(r.search, "في"),
        "search three words": partial(r.search, "البرنامج النووي الإيراني"),
        "search phrase": partial(r.search, '"مجلس الأمن"'),
        "search beginning": partial(r.search, "مفاوضا*"),
        "search short beginning": partial(r.search, "مف*"),
        "search a rare name": partial(r.search, "مندوب النرويج"),
        "search two names": partial(r.search, "كيري لافروف"),
        "search without": partial(r.search, "الاتفاق -النووي"),
        "search actor=NOR": partial(r.search, "الرئيس", actor="NOR"),
        "search between RUS USA type=AGREE": partial(r.search, "الاتفاق", between=("RUS", "USA"), type="AGREE"),
        "search on=iran-nuclear": partial(r.search, "العقوبات", on="iran-nuclear"),
        "search since until": partial(r.search, "الاتفاق", since=month, until=month),
        "search source": partial(r.search, "الاتفاق", source=source),
    }
    pages: dict[str, Callable[[], Any]] = {name: (lambda ask=ask: ask(limit=PAGE).rows()) for name, ask in asked.items()}
    briefs: dict[str, Callable[[], Any]] = {
        "brief iran-nuclear": lambda: r.brief("iran-nuclear").lines,
        "brief iran-nuclear until since": lambda: r.brief("iran-nuclear", until=month, since=f"{int(month[:4]) - 1}").lines,
        "brief yemen": lambda: r.brief("yemen").lines,
    }
    return {**pages, **briefs, "article": lambda: [r.article(key)]}


def measure(url: str, runs: int, only: str) -> None:
    with Register(url) as register:
        last = next(iter(register.statements(limit=1)))
        some = next(iter(register.statements(limit=1, until=f"{int(str(last.day)[:4]) - 3}-06")))
        slow = slow_cpu = 0
        print(f"{'question':<50}{'rows':>6}{'median':>9}{'worst':>9}{'cpu':>9}  ms")
        for name, ask in questions(register, some.report.source, some.article, str(some.day)[:7]).items():
            if only not in name:
                continue
            times, busy = [], []
            rows = 0
            for _ in range(runs):
                began, began_cpu = time.perf_counter(), time.process_time()
                rows = len(ask())
                times.append(1000 * (time.perf_counter() - began))
                busy.append(1000 * (time.process_time() - began_cpu))
            slow += statistics.median(times) > LIMIT
            slow_cpu += statistics.median(busy) > LIMIT
            print(f"{name:<50}{rows:>6}{statistics.median(times):>9.1f}{max(times):>9.1f}{statistics.median(busy):>9.1f}", flush=True)
        print(f"{slow} medians above {LIMIT} ms; {slow_cpu} of processor time")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("source", help="a register of real articles")
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument("--register", help="where to make it (default: a temporary file); one that is there already is only asked")
    parser.add_argument("--runs", type=int, default=7)
    parser.add_argument("--only", default="", help="only questions whose name holds this")
    parser.add_argument("--keep", action="store_true")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="mahdar-bench-") as folder:
        url = given.register or str(Path(folder) / "many.db")
        try:
            with Store.open(url) as there:
                ready = there.count() >= given.articles
        except MahdarError:
            ready = False
        if not ready:
            with Store.open(given.source) as source, Store.open(url, create=True) as target:
                build(source, target, given.articles)
        measure(url, given.runs, given.only)
        if given.register and not given.keep and not ready and "://" not in url:
            for each in Path(url).parent.glob(f"{Path(url).name}*"):
                each.unlink()


if __name__ == "__main__":
    main()
