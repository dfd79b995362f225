"""How fast Mahdar reads: articles, sentences, bytes and tokens per second on one core, start-up time and memory; and beside it two ceilings.

The ceilings are measured in the same run, on the same articles, in turns with reading: reading the bytes of a JSON Lines file and decoding them into articles, and one pass
of an Aho-Corasick automaton (a native library's) of all surface forms of the lexicon over the folded texts. No reader can be faster than the first, and
none that looks its words up in one pass than the second. Rates are of processor time, which other work on the machine disturbs less; ``elapsed`` is by the clock.

Run by ``make bench`` over the shared corpus where present, else over the bundled samples. ``--memory`` reads 100,000
articles (the corpus again and again, under new ids) and prints the resident memory every 10,000.

A token is a run of characters between spaces, a sentence ends with . ! ? ؟ or a line: counted here, outside the timed
part and apart from the engine, so that figures of different versions compare.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import platform
import re
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from itertools import cycle, islice
from pathlib import Path

from mahdar import Article, Reader, load_lexicon, read_articles
from mahdar.arabic.fold import fold
from mahdar.lexicon.model import Lexicon
from mahdar.process import settle
from mahdar.reading import choose

ROOT = Path(__file__).resolve().parent.parent
CORPUS = ROOT.parent / "shared" / "corpus" / "articles.jsonl.gz"
SAMPLES = ROOT / "src" / "mahdar" / "samples"
_ENDS = re.compile(r"[.!?؟]+(?=\s|$)|\n+")
_SLICE = 50  # articles that are read before the ceilings have their turn
_START_UP = "import time; began = time.perf_counter(); import mahdar; {}; print(time.perf_counter() - began)"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--memory", action="store_true", help="read many articles and print the resident memory")
    parser.add_argument("--articles", type=int, default=100_000, help="how many, with --memory")
    parser.add_argument("--limit", type=int, default=None, help="read only the first N articles of the corpus")
    parser.add_argument("--no-ceilings", action="store_true", help="leave out the two ceilings")
    parser.add_argument("--json", action="store_true", help="print the figures as one JSON object")
    options = parser.parse_args()
    one_core()
    articles = load(options.limit)
    if options.memory:
        memory(articles, options.articles)
        return
    figures = {**machine(), **start_up(), **speed(articles, ceilings=not options.no_ceilings)}
    if options.json:
        print(json.dumps(figures, ensure_ascii=False))
        return
    for name, value in figures.items():
        print(f"{name:<22}{value:>14,.2f}" if isinstance(value, float) else f"{name:<22}{value!s:>14}")


def one_core() -> None:
    """Stay on one core where the system lets us say so."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})


def load(limit: int | None) -> list[Article]:
    """The corpus where present, else the samples forty times over (too little text to time once)."""
    if not CORPUS.exists():
        samples = [found for found in read_articles([SAMPLES]) if isinstance(found, Article)]
        return [replace(article, id=f"{article.id}-{n}") for n in range(40) for article in samples][:limit]
    out = []
    with gzip.open(CORPUS, "rt", encoding="utf-8") as lines:
        for line in islice(lines, limit):
            row = json.loads(line)
            out.append(Article(row["id"], row["text"], row.get("title") or "", row.get("published")))
    return out


def machine() -> dict[str, str]:
    """Where these figures come from."""
    compiled = "no" if str(choose.__file__).endswith(".py") else "yes"
    return {"python": platform.python_version(), "machine": platform.machine(), "cores": str(os.cpu_count()), "compiled": compiled}


def start_up() -> dict[str, float]:
    """Import and lexicon in a fresh process, median of five; and such a process as a whole, with the interpreter's own start and end."""
    imported, ready = ([_run(_START_UP.format(code)) for _ in range(5)] for code in ("pass", "mahdar.default_reader()"))
    return {
        "import s": statistics.median(inside for inside, _ in imported),
        "start-up s": statistics.median(inside for inside, _ in ready),
        "whole process s": statistics.median(whole for _, whole in ready),
    }


def _run(code: str) -> tuple[float, float]:
    """The seconds that the code says it took, and those of its process."""
    start = time.perf_counter()
    told = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout
    return float(told), time.perf_counter() - start


def speed(articles: list[Article], *, ceilings: bool = True) -> dict[str, float | int]:
    """One pass over the articles in slices; the word memory starts empty, as in a first run. Peak memory is that of reading."""
    size = sum(len(article.text.encode()) for article in articles)
    tokens = sum(len(article.text.split()) for article in articles)
    sentences = sum(sum(bool(part.strip()) for part in _ENDS.split(article.text)) for article in articles)
    lexicon = load_lexicon()
    reader = Reader(lexicon)
    settle()  # as `mahdar extract` reads
    highest = Ceilings(lexicon) if ceilings else None
    found = 0
    slowest = elapsed = seconds = 0.0
    for start in range(0, len(articles), _SLICE):
        part = articles[start : start + _SLICE]
        clock, begun = time.perf_counter(), time.process_time()
        for article in part:
            before = time.process_time()
            record = reader.read(article)
            slowest = max(slowest, time.process_time() - before)
            found += len(record.statements) + len(record.events) + len(record.positions)
        seconds += time.process_time() - begun
        elapsed += time.perf_counter() - clock
        if highest is not None:
            highest.measure(part)
    told: dict[str, float | int] = {
        "articles": len(articles),
        "items found": found,
        "elapsed": elapsed,
        "seconds": seconds,
        "articles/s": len(articles) / seconds,
        "sentences/s": sentences / seconds,
        "MB/s": size / seconds / 1e6,
        "ns/token": seconds / tokens * 1e9,
        "slowest article ms": slowest * 1e3,
        "peak memory MB": peak() - (0 if highest is None else highest.room),
    }
    if highest is not None:
        told |= {
            "decoding MB/s": size / highest.decoding / 1e6,
            "automaton forms": highest.forms,
            "automaton MB/s": size / highest.passing / 1e6,
            "decoding / reading": seconds / highest.decoding,
            "automaton / reading": seconds / highest.passing,
        }
    return told


class Ceilings:
    """What no reader can be faster than, added up over what is measured."""

    def __init__(self, lexicon: Lexicon) -> None:
        from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

        before = resident()
        forms = {form for table in (lexicon.verb_forms, lexicon.noun_forms, lexicon.participle_forms, lexicon.names, lexicon.vocabulary) for form in table if len(form) > 1}
        self.forms = len(forms)
        self.automaton = AhoCorasick(sorted(forms), matchkind=MatchKind.LeftmostLongest, implementation=Implementation.ContiguousNFA)
        self.decoding = self.passing = 0.0
        self.room = resident() - before

    def measure(self, articles: list[Article]) -> None:
        """Both, over these articles."""
        lines = [json.dumps({"id": a.id, "title": a.title, "text": a.text, "published": a.published}, ensure_ascii=False).encode() for a in articles]
        folded = [fold(article.text).text for article in articles]
        with tempfile.TemporaryFile() as file:
            file.write(b"\n".join(lines))
            file.seek(0)
            middle = time.process_time()
            for line in file:
                row = json.loads(line.decode())
                Article(row["id"], row["text"], row["title"], row["published"])
        self.decoding += time.process_time() - middle
        begun = time.process_time()
        for text in folded:
            self.automaton.find_matches_as_indexes(text)
        self.passing += time.process_time() - begun


def peak() -> float:
    """Peak resident memory of this process in MB."""
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1e6


def resident() -> float:
    """Resident memory now, in MB; its peak where the system does not tell."""
    try:
        pages = int(Path("/proc/self/statm").read_text().split()[1])
    except OSError:
        return peak()
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def memory(articles: list[Article], count: int) -> None:
    """Flat or not: resident memory every tenth of the way."""
    reader = Reader(load_lexicon())
    print(f"{0:>9,} articles  {resident():8.1f} MB")
    for number, article in enumerate(islice(cycle(articles), count), 1):
        reader.read(replace(article, id=f"{article.id}-{number}"))
        if number % max(1, count // 10) == 0:
            print(f"{number:>9,} articles  {resident():8.1f} MB", flush=True)


if __name__ == "__main__":
    main()
