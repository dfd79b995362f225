"""How long each export of a register of many events takes, and the most memory it holds; then the way back.

    python benchmarks/exports.py SOURCE.db [--articles 20000] [--formats csv,jsonl] [--no-import] [--folder DIR] [--register LARGE.db]

SOURCE.db is a register that `mahdar ingest` made; its articles are stored again and again under new keys and dates until there are enough (see
register_questions.py). Each export runs in a process of its own, so that its memory is its own.
"""

from __future__ import annotations

import argparse
import filecmp
import multiprocessing
import os
import sys
import tempfile
import time
from functools import partial
from itertools import islice
from pathlib import Path

from made_register import models, varied

from mahdar.lexicon.load import load_lexicon
from mahdar.register.facts import FactReader
from mahdar.register.store import Store
from mahdar.register.write import put

BATCH = 500
FORMATS = "csv,jsonl,polecat,cameo,graphml,gexf,geojson,parquet"


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("source")
    options.add_argument("--articles", type=int, default=20_000)
    options.add_argument("--formats", default=FORMATS)
    options.add_argument("--no-import", action="store_true")
    options.add_argument("--folder", help="Where to work in a temporary folder, deleted at the end.")
    options.add_argument("--register", help="The large register: made if it is not there, and kept.")
    given = options.parse_args()
    with tempfile.TemporaryDirectory(dir=given.folder) as name:
        folder = Path(name)
        large = Path(given.register) if given.register else folder / "large.db"
        # In a process of its own: what this one holds would count as its children's until they run their program.
        made = multiprocessing.get_context("spawn").Process(target=prepare, args=(given.source, large, given.articles))
        made.start()
        made.join()
        if made.exitcode:
            sys.exit("the large register could not be made")
        for form in filter(None, given.formats.split(",")):
            measured(f"export {form}", "export", "--format", form, "-o", str(folder / f"out.{form}"), "--register", str(large), "--quiet")
        if not given.no_import and "parquet" in given.formats:
            again = folder / "again.db"
            measured("import parquet", "import", str(folder / "out.parquet"), "--register", str(again), "--quiet")
            measured("export csv again", "export", "--format", "csv", "-o", str(folder / "again.csv"), "--register", str(again), "--quiet")
            if (folder / "out.csv").exists():
                print("the same:", filecmp.cmp(folder / "out.csv", folder / "again.csv", shallow=False))


def prepare(name: str, large: Path, count: int) -> None:
    """Make the large register if it is not there, and print its size."""
    there = large.exists()
    with Store.open(name) as source, Store.open(large, create=True) as target:
        if not there:
            build(source, target, count)
        print(f"{target.count('articles')} articles, {target.count('events')} events", flush=True)


def build(source: Store, target: Store, count: int) -> None:
    """Store articles moved in time with their records, so that what is restored from the records is what was exported; nothing is derived from them."""
    found = varied(models(source, FactReader(load_lexicon())), count)
    while batch := list(islice(found, BATCH)):
        target.transact(partial(put, entries=batch, lexicon="made", now="2026-01-01T00:00:00Z"))


def measured(name: str, *words: str) -> None:
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
    spent = f"{time.monotonic() - began:7.1f} s, {usage.ru_utime + usage.ru_stime:7.1f} s of processor"
    print(f"{name:<16} {spent}, {own / 1024:4.0f} MB of its own, {usage.ru_maxrss / 1024:4.0f} MB with the pages of the database", flush=True)


def _own(process: int) -> int:
    """The memory a process holds that is no page of a file, in kB."""
    try:
        with open(f"/proc/{process}/status", encoding="ascii") as status:
            return next((int(line.split()[1]) for line in status if line.startswith("RssAnon:")), 0)
    except OSError:
        return 0


if __name__ == "__main__":
    main()
