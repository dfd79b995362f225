"""How much faster is one revision than another? Two processes, one of each, read the same articles slice by slice in turns, and the ratios are compared.

A machine that does other work slows both alike, which a ratio of medians bears and figures of two runs do not.

    python benchmarks/two_revisions.py HEAD~5             # that revision against the working tree
    python benchmarks/two_revisions.py v0.1.0 HEAD --articles 600
    python benchmarks/two_revisions.py . --other build/compiled   # the working tree against a folder with another build
"""

from __future__ import annotations

import argparse
import contextlib
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
_SLICE = 10
# What both processes run: slices are asked for on standard input, processor seconds go to standard output. It uses only what every revision has.
_READER = """
import sys, time
from mahdar import Article, Reader, load_lexicon, read_articles
path, limit = sys.argv[1], int(sys.argv[2])
articles = [a for a in read_articles([path]) if isinstance(a, Article)][:limit]
reader = Reader(load_lexicon())
for article in articles[:20]:
    reader.read(article)
print(len(articles), flush=True)
for line in sys.stdin:
    first, last = map(int, line.split())
    begun, found = time.process_time(), 0
    for article in articles[first:last]:
        record = reader.read(article)
        found += len(record.events) + len(record.statements) + len(record.positions)
    print(time.process_time() - begun, found, flush=True)
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("before", help="a git revision, or . for the working tree")
    parser.add_argument("after", nargs="?", default=".", help="the same; the working tree where left out")
    parser.add_argument("--other", type=Path, help="a folder with the package, instead of the second revision")
    parser.add_argument("--articles", type=int, default=400)
    parser.add_argument("--corpus", default=str(ROOT.parent / "shared" / "corpus" / "articles.jsonl.gz"))
    options = parser.parse_args()
    corpus = options.corpus if Path(options.corpus).exists() else str(ROOT / "src" / "mahdar" / "samples")
    with contextlib.ExitStack() as stack:
        sources = [stack.enter_context(source(options.before)), options.other or stack.enter_context(source(options.after))]
        both = [stack.enter_context(reader(each, corpus, options.articles)) for each in sources]
        count = min(int(_line(each)) for each in both)
        ratios, sums, found = [], [0.0, 0.0], [0, 0]
        for first in range(20, count, _SLICE):
            spent = [0.0, 0.0]
            for which in (0, 1) if first // _SLICE % 2 else (1, 0):
                assert both[which].stdin is not None
                both[which].stdin.write(f"{first} {min(count, first + _SLICE)}\n")
                both[which].stdin.flush()
                seconds, items = _line(both[which]).split()
                spent[which], found[which] = float(seconds), found[which] + int(items)
                sums[which] += spent[which]
            ratios.append(spent[0] / spent[1])
    if not ratios:
        sys.exit(f"too few articles in {corpus}: {count}; 20 are for warming up")
    read = count - 20
    print(f"{options.before}: {read / sums[0]:.1f} articles/s of processor time, {found[0]} items; {options.other or options.after}: {read / sums[1]:.1f}, {found[1]} items")
    quarters = statistics.quantiles(ratios, n=4) if len(ratios) > 1 else ratios * 3
    print(f"speed x {statistics.median(ratios):.3f} (median of {len(ratios)} slices; quarters {quarters[0]:.3f} to {quarters[2]:.3f}), x {sums[0] / sums[1]:.3f} over all")


@contextlib.contextmanager
def source(revision: str) -> Iterator[Path]:
    """The folder that holds the package at a revision."""
    if revision == ".":
        yield ROOT / "src"
        return
    with tempfile.TemporaryDirectory() as folder:
        packed = subprocess.run(["git", "archive", revision, "src"], cwd=ROOT, check=True, capture_output=True).stdout
        subprocess.run(["tar", "-x", "-C", folder], input=packed, check=True)
        yield Path(folder, "src")


@contextlib.contextmanager
def reader(folder: Path, corpus: str, articles: int) -> Iterator[subprocess.Popen[str]]:
    """A process that reads with the package in ``folder``."""
    words = [sys.executable, "-c", _READER, corpus, str(articles)]
    with subprocess.Popen(words, env={**os.environ, "PYTHONPATH": str(folder)}, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        try:
            yield process
        finally:
            process.kill()


def _line(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    line = process.stdout.readline()
    if not line:
        sys.exit("one of the two could not read; see its message above")
    return line


if __name__ == "__main__":
    main()
