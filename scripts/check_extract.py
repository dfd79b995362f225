"""Kill a run under Ray twice and go on with it: first a worker, then the run itself, in the middle of many articles. What comes out must be complete, without doubles.

    python scripts/check_extract.py CORPUS --articles 50000

The corpus is taken again and again under new ids. Printed are what was killed when, the rate and the memory of the workers along the way, and whether each article is
there once. Exit status 1 where one is not. Run by ``make check-extract``; Linux only (processes are told by a mark in their environment).
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
import uuid
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from mahdar import Article, read_articles


def marked(mark: str, sign: str = "") -> list[int]:
    """The processes with ``mark`` in their environment and ``sign`` in their command line."""
    found = []
    for each in Path("/proc").iterdir():
        with contextlib.suppress(OSError):
            if each.name.isdigit() and mark.encode() in (each / "environ").read_bytes() and sign.encode() in (each / "cmdline").read_bytes():
                found.append(int(each.name))
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", help="articles to make the input of")
    parser.add_argument("--articles", type=int, default=50_000)
    parser.add_argument("--part", type=int, default=500)
    parser.add_argument("--engine", choices=["ray", "local"], default="ray")
    parser.add_argument("--workers", type=int, default=2)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        source, out = Path(folder, "x.jsonl"), Path(folder, "out")
        ids = write(options.corpus, source, options.articles)
        words = [sys.executable, "-m", "mahdar.cli.main", "extract", str(source), "-o", str(out), "--engine", options.engine, "--workers", str(options.workers)]
        run = Run([*words, "--part", str(options.part), "--keep-going"], out, options.articles // options.part)
        run.begin()
        run.until(0.3)
        run.kill("ray::Station" if options.engine == "ray" else "extract", "a worker")
        run.until(0.6)
        run.kill_all()
        before = run.done()
        run.begin()
        run.until(1.1)
        problem = check(out, ids)
    print(f"{before} of {options.articles // options.part} parts were there when it was begun again; {problem or 'each article is there once'}")
    sys.exit(bool(problem))


def write(corpus: str, source: Path, count: int) -> list[str]:
    """The input; the ids in order."""
    articles = [found for found in read_articles([corpus]) if isinstance(found, Article)]
    ids = [f"{articles[number % len(articles)].id}-{number}" for number in range(count)]
    with source.open("w", encoding="utf-8") as lines:
        for number, key in enumerate(ids):
            article = articles[number % len(articles)]
            lines.write(json.dumps({"id": key, "text": article.text, "title": article.title, "published": article.published}, ensure_ascii=False) + "\n")
    return ids


def check(out: Path, ids: list[str]) -> str:
    """What is wrong with the folder; '' where nothing is."""
    from pyarrow import parquet

    found = [key for file in sorted(out.glob("records/*.parquet")) for key in parquet.read_table(file, columns=["id"])["id"].to_pylist()]
    refused = sum(parquet.read_metadata(file).num_rows for file in out.glob("rejects/*.parquet"))
    if found == ids:
        return ""
    twice = [key for key, count in Counter(found).items() if count > 1]
    return f"{len(found)} articles, {refused} refused, {len(twice)} twice, {len(set(ids) - set(found))} missing"


class Run:
    """The command, begun as often as asked, with its processes."""

    def __init__(self, words: list[str], out: Path, parts: int) -> None:
        self.words, self.out, self.parts = words, out, parts
        self.mark = f"mahdar-check-{uuid.uuid4().hex}"
        self.process: subprocess.Popen[bytes] | None = None

    def begin(self) -> None:
        """Start it."""
        print(f"{time.strftime('%H:%M:%S')} begun, {self.done()} parts done", flush=True)
        self.process = subprocess.Popen(self.words, env={**os.environ, "MAHDAR_CHECK": self.mark, "RAY_AUTH_MODE": "disabled"})

    def done(self) -> int:
        """Parts that are done."""
        return len(list(self.out.glob("done/*.json")))

    def until(self, share: float) -> None:
        """Wait till so much is done, or it ends; tells the rate and the memory now and then."""
        assert self.process is not None
        last, count = time.monotonic(), self.done()
        while self.process.poll() is None and self.done() < share * self.parts:
            time.sleep(0.2)
            if time.monotonic() - last > 60:
                rate = (self.done() - count) / (time.monotonic() - last)
                memory = ", ".join(f"{size:.0f}" for size in sorted(self.memory(), reverse=True)[:6])
                print(f"{time.strftime('%H:%M:%S')} {self.done()} parts, {rate * 60:.1f} a minute; largest processes (MB, proportional): {memory}", flush=True)
                last, count = time.monotonic(), self.done()

    def memory(self) -> Iterator[float]:
        """Of each process, what it has alone and its share of what it has with others, in MB."""
        for pid in self.processes():
            with contextlib.suppress(OSError, StopIteration):
                lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
                yield next(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1000

    def processes(self, sign: str = "") -> list[int]:
        """All of its processes whose command line has ``sign``."""
        return marked(self.mark, sign)

    def kill(self, sign: str, what: str) -> None:
        """Kill one process that is not the command itself."""
        assert self.process is not None
        victim = next(pid for pid in self.processes(sign) if pid != self.process.pid)
        os.kill(victim, signal.SIGKILL)
        print(f"{time.strftime('%H:%M:%S')} killed {what}, {self.done()} parts done", flush=True)

    def kill_all(self) -> None:
        """Kill the command, and nothing else: all it started must end by itself."""
        assert self.process is not None
        self.process.kill()
        self.process.wait()
        until = time.monotonic() + 60
        while self.processes("spawn_main") and time.monotonic() < until:
            time.sleep(0.2)
        print(f"{time.strftime('%H:%M:%S')} killed the run; {len(self.processes('spawn_main'))} of its readers outlived it", flush=True)


if __name__ == "__main__":
    main()
