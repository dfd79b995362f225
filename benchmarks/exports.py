"""How long each export of registers of many events takes, and the most memory it holds; then the way back.

    python benchmarks/exports.py SOURCE.db [--articles 20000,60000,200000] [--formats csv,jsonl] [--no-import] [--folder DIR] [--register LARGE.db]

SOURCE.db is a register that `mahdar ingest` made; its articles are stored again and again under new keys and dates until there are enough (see
register_questions.py). With several numbers of articles the register grows from one to the next, and exit status 1 says that a format held more
memory of a larger one. Each export runs in a process of its own, so that its memory is its own. With --rows the large register is made by copying rows
within the database, of the tables that exports read and no others, which takes a tenth of the time; its records are those of SOURCE.db, so that nothing
is restored from it.
"""

from __future__ import annotations

import argparse
import filecmp
import multiprocessing
import os
import sqlite3
import sys
import tempfile
import time
from contextlib import closing
from datetime import timedelta
from functools import partial
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from made_register import SPREAD, STEP, models, moved, varied

from mahdar.lexicon.load import load_lexicon
from mahdar.register.facts import FactReader
from mahdar.register.store import Store
from mahdar.register.write import put

BATCH = 500
FORMATS = "csv,jsonl,polecat,cameo,graphml,gexf,geojson,parquet"
READ = ("articles", "versions", "actors", "statements", "events", "event_parties", "positions")  # in an order that keeps references whole
SLACK = 1.1  # what differs from one run to the next, and a list of readings


class Spent(NamedTuple):
    """What a command took."""

    clock: float  # seconds
    processor: float  # seconds
    own: float  # MB, the most at once that is no page of a file


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("source")
    options.add_argument("--articles", default="20000", help="How many; several numbers from small to large, with commas.")
    options.add_argument("--formats", default=FORMATS)
    options.add_argument("--no-import", action="store_true")
    options.add_argument("--rows", action="store_true", help="Make the large register by copying rows; nothing is imported.")
    options.add_argument("--folder", help="Where to work in a temporary folder, deleted at the end.")
    options.add_argument("--register", help="The large register: made or made larger where it has too few, and kept.")
    given = options.parse_args()
    forms = list(filter(None, given.formats.split(",")))
    found: dict[str, list[Spent]] = {form: [] for form in forms}
    with tempfile.TemporaryDirectory(dir=given.folder) as name:
        folder = Path(name)
        large = Path(given.register) if given.register else folder / "large.db"
        for count in map(int, given.articles.split(",")):
            # In a process of its own: what this one holds would count as its children's until they run their program.
            made = multiprocessing.get_context("spawn").Process(target=multiply if given.rows else prepare, args=(given.source, large, count))
            made.start()
            made.join()
            if made.exitcode:
                sys.exit("the large register could not be made")
            for form in forms:
                words = ("export", "--format", form, "-o", str(folder / f"out.{form}"), "--register", str(large), "--quiet")
                found[form].append(measured(f"export {form}", *words))
        if "parquet" in forms and not given.no_import and not given.rows:
            back(folder)
    grown = [form for form, spent in found.items() if spent[-1].own > spent[0].own * SLACK]
    sys.exit(f"memory grows with the register: {', '.join(grown)}" if grown else 0)


def back(folder: Path) -> None:
    """A register of what was exported as Parquet, and what it exports in turn."""
    again = folder / "again.db"
    measured("import parquet", "import", str(folder / "out.parquet"), "--register", str(again), "--quiet")
    measured("export csv again", "export", "--format", "csv", "-o", str(folder / "again.csv"), "--register", str(again), "--quiet")
    if (folder / "out.csv").exists():
        print("the same:", filecmp.cmp(folder / "out.csv", folder / "again.csv", shallow=False))


def prepare(name: str, large: Path, count: int) -> None:
    """Make the large register, or what it lacks of ``count`` articles, and print its size."""
    with Store.open(name) as source, Store.open(large, create=True) as target:
        there = target.count("articles")
        if there < count:
            build(source, target, count, first=there)
        print(f"{target.count('articles')} articles, {target.count('events')} events", flush=True)


def multiply(name: str, large: Path, count: int) -> None:
    """Copy what exports read of the first register until the large one has ``count`` articles or more, each time under other keys and on other days."""
    with closing(sqlite3.connect(name)) as source:
        if not large.exists():
            with closing(sqlite3.connect(large)) as target:
                source.backup(target)
        last, models_ = source.execute("SELECT max(id), count(*) FROM articles").fetchone()
    with closing(sqlite3.connect(large)) as target, target:
        target.create_function("moved", 2, lambda day, days: moved(day, timedelta(days=days)), deterministic=True)
        there = _count(target, "articles")
        for turn in range(there // models_, -(-count // models_)):
            for table in READ:
                copy_rows(target, table, turn, last)
        print(f"{_count(target, 'articles')} articles, {_count(target, 'events')} events", flush=True)


def copy_rows(target: sqlite3.Connection, table: str, turn: int, last: int) -> None:
    """The rows of the models, whose articles' numbers end with ``last``, for the ``turn``-th time: with higher numbers and later dates."""
    key = "id" if table == "articles" else "article"
    days = turn * STEP % SPREAD
    changed = {key: f"{key} + {turn * last}"} | {day: f"moved({day}, {days})" for day in ("published", "day", "date")}
    if table == "articles":
        changed["key"] = f"key || '~{turn}'"
    names = [column[1] for column in target.execute(f"PRAGMA table_info({table})")]
    values = ", ".join(changed.get(each, f'"{each}"') for each in names)
    quoted = ", ".join(f'"{each}"' for each in names)
    target.execute(f"INSERT INTO {table} ({quoted}) SELECT {values} FROM {table} WHERE {key} <= {last}")


def _count(target: sqlite3.Connection, table: str) -> int:
    found: int = target.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
    return found


def build(source: Store, target: Store, count: int, *, first: int = 0) -> None:
    """Store articles moved in time with their records, so that what is restored from the records is what was exported; nothing is derived from them."""
    found = varied(models(source, FactReader(load_lexicon())), count - first, first)
    while batch := list(islice(found, BATCH)):
        target.transact(partial(put, entries=batch, lexicon="made", now="2026-01-01T00:00:00Z"))


def measured(name: str, *words: str) -> Spent:
    """Run a command of mahdar and print how long it took and how much memory it held at most."""
    began = time.monotonic()
    child = os.spawnv(os.P_NOWAIT, sys.executable, [sys.executable, "-m", "mahdar.cli.main", *words])
    own = 0
    while True:
        ended, status, usage = os.wait4(child, os.WNOHANG)
        if ended:
            break
        own = max(own, _own(child))
        time.sleep(0.1)
    if status:
        sys.exit(f"{name} failed")
    spent = Spent(time.monotonic() - began, usage.ru_utime + usage.ru_stime, own / 1024)
    told = f"{spent.clock:7.1f} s, {spent.processor:7.1f} s of processor"
    print(f"{name:<16} {told}, {spent.own:4.0f} MB of its own, {usage.ru_maxrss / 1024:4.0f} MB with the pages of the database", flush=True)
    return spent


def _own(process: int) -> int:
    """The memory a process holds that is no page of a file, in kB."""
    try:
        with open(f"/proc/{process}/status", encoding="ascii") as status:
            return next((int(line.split()[1]) for line in status if line.startswith("RssAnon:")), 0)
    except OSError:
        return 0


if __name__ == "__main__":
    main()
