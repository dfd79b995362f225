"""What a second worker brings: `mahdar extract` to a folder with one worker and with two, in turns, on this machine's processes or under Ray.

Rates are taken from the end of the first part to the end of the last, so that starting is left out. Where other work keeps the processors busy, the clock
says little; beside it stands the processor time that all processes together take for an article. Its ratio is what two workers would bring on a machine with
two idle processors: 2 × (time for an article with one worker) / (time for an article with two). Memory is that of each process that reads, and of what leads it.

    python benchmarks/workers.py --engine local --articles 2000 --runs 3
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import tempfile
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent))

import processes
from read_speed import load


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--engine", choices=["local", "ray"], default="local")
    parser.add_argument("--articles", type=int, default=2000, help="how many; the corpus again and again where it has fewer")
    parser.add_argument("--part", type=int, default=50, help="articles of a part")
    parser.add_argument("--runs", type=int, default=3, help="how often each number of workers runs, in turns")
    parser.add_argument("--workers", type=int, nargs="+", default=[1, 2])
    options = parser.parse_args()
    found: dict[int, list[dict[str, float]]] = {}
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, "x.jsonl")
        write(source, options.articles)
        for run in range(options.runs):
            for workers in options.workers:
                found.setdefault(workers, []).append(measure(source, Path(folder, f"{workers}-{run}"), options.engine, workers, options.part))
                print(workers, {name: round(value, 2) for name, value in found[workers][-1].items()}, file=sys.stderr, flush=True)
    medians = {workers: {name: statistics.median(each[name] for each in rows) for name in rows[0]} for workers, rows in found.items()}
    for workers, row in medians.items():
        print(f"{workers} worker{'s' if workers > 1 else ''}: " + ", ".join(f"{name} {value:,.2f}" for name, value in row.items()))
    first, last = medians[options.workers[0]], medians[options.workers[-1]]
    print(f"by the clock x {last['articles/s'] / first['articles/s']:.2f}; by processor time x {options.workers[-1] * first['processor ms'] / last['processor ms']:.2f}")


def write(source: Path, count: int) -> None:
    """The articles as JSON Lines, under ids of their own."""
    articles = load(None)
    with source.open("w", encoding="utf-8") as out:
        for number in range(count):
            article = articles[number % len(articles)]
            row = {"id": f"{article.id}-{number}", "text": article.text, "title": article.title, "published": article.published}
            out.write(json.dumps(row, ensure_ascii=False) + "\n")


def measure(source: Path, target: Path, engine: str, workers: int, part: int) -> dict[str, float]:
    """One run of the command."""
    words = [sys.executable, "-m", "mahdar.cli.main", "extract", str(source), "-o", str(target), "--quiet", "--keep-going"]
    cost = processes.run([*words, "--engine", engine, "--workers", str(workers), "--part", str(part)])
    ends = sorted((file.stat().st_mtime, json.loads(file.read_text())["counts"]["articles"]) for file in (target / "done").iterdir())
    first, last = ends[0][0], ends[-1][0]
    done = sum(count for _, count in ends[1:])
    told: dict[str, Any] = {
        "articles/s": done / (last - first), "processor ms": cost.processor(first, last) / done * 1000, "start s": first - cost.samples[0][0],
    }  # fmt: skip
    readers = [sizes for name, sizes in cost.memory.items() if ("spawn_main" in name if engine == "ray" else "extract" in name) and len(sizes) > 4]
    if engine == "local" and len(readers) > 1:
        readers.remove(max(readers, key=len))  # the command itself
    told["reading MB"] = max(max(sizes) for sizes in readers)
    told["of that at half-time"] = max(max(sizes[: len(sizes) // 2]) for sizes in readers)
    if engine == "ray":
        told["leading MB"] = max(max(sizes) for name, sizes in cost.memory.items() if "ray::Station" in name)
    return told


if __name__ == "__main__":
    main()
