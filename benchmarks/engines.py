"""Which engine should share out a corpus? Ours (worker processes; Ray's actors) beside Ray Data and Daft, on the same articles with two workers.

Each reads the articles into records and writes Parquet. Rates and processor time (of all processes an engine starts) are taken from the end of the first batch of
articles to the end of the last, so that starting is left out; starting is given beside it. Engines that are not installed are left out.

    python benchmarks/engines.py --articles 1200 --runs 3
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent))

import processes
from workers import write

from mahdar import Article, default_reader

BATCH = 50
Ends = list[tuple[float, int]]  # when batches ended (time.time()), and how many articles they were


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=1000, help="how many articles")
    parser.add_argument("--runs", type=int, default=3, help="how often each engine runs, in turns")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--engine", action="append", choices=sorted(ENGINES), help="only this one; may be repeated")
    parser.add_argument("--one", nargs=3, metavar=("ENGINE", "SOURCE", "TARGET"), help="run one engine and print when its batches ended")
    options = parser.parse_args()
    if options.one is not None:
        print(json.dumps(ENGINES[options.one[0]](Path(options.one[1]), Path(options.one[2]), options.workers)))
        return
    default_reader()  # the lexicon is compiled and cached
    wanted = [name for name in options.engine or ENGINES if name == "local" or importlib.util.find_spec(name.partition(" ")[0]) is not None]
    found: dict[str, list[tuple[float, float, float]]] = {}
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, "x.jsonl")
        write(source, options.articles)
        for run in range(options.runs):
            for name in wanted:
                words = [sys.executable, __file__, "--workers", str(options.workers), "--one", name, str(source), f"{folder}/{name}{run}"]
                cost = processes.run(words, RAY_USAGE_STATS_ENABLED="0", DAFT_PROGRESS_BAR="0")
                ends = sorted(json.loads(cost.output.splitlines()[-1]))
                first, last = ends[0][0], ends[-1][0]
                done = sum(count for _, count in ends[1:])
                found.setdefault(name, []).append((done / (last - first), cost.processor(first, last) / done * 1000, first - cost.samples[0][0]))
                print(name, [round(each, 1) for each in found[name][-1]], file=sys.stderr, flush=True)
    for name, rows in found.items():
        rate, processor, start = (statistics.median(each) for each in zip(*rows, strict=True))
        print(f"{name:<10}{rate:>8.1f} articles/s by the clock{processor:>8.1f} ms of processor time for an article{start:>8.1f} s to the first batch")


class ReadBatch:
    """A batch of rows → the same with records, as Ray Data and Daft call it: made once for each worker."""

    def __init__(self) -> None:
        self.reader = default_reader()

    def records(self, ids: Any, texts: Any, titles: Any, days: Any) -> list[str]:
        """The records as JSON."""
        articles = (Article(id=str(i), text=t, title=h or "", published=str(d)[:10] if d else None) for i, t, h, d in zip(ids, texts, titles, days, strict=True))
        return [json.dumps(self.reader.read(article).to_json(), ensure_ascii=False) for article in articles]

    def __call__(self, batch: Any) -> Any:
        made = self.records(*(batch[name].to_pylist() for name in ("id", "text", "title", "published")))
        import pyarrow

        return batch.append_column("record", pyarrow.array(made)).append_column("ended", pyarrow.array([time.time()] * len(made)))


def ours(engine: Any, source: Path, target: Path, workers: int) -> Ends:
    """The parts as they come in."""
    from mahdar.bulk.run import Run, Settings

    run = Run.begin((str(source),), str(target), make=default_reader, settings=Settings(size=BATCH))
    return [(time.time(), part.counts["articles"]) for part in run.parts(engine, workers)]


def ray_data(source: Path, target: Path, workers: int) -> Ends:
    """Ray Data: read_json, map_batches with a pool of actors, write_parquet."""
    import ray

    ray.init(address="local", num_cpus=workers + 1, include_dashboard=False, log_to_driver=False, logging_level="ERROR", object_store_memory=400_000_000)
    try:
        context = ray.data.DataContext.get_current()
        context.enable_progress_bars = False
        found = ray.data.read_json(str(source)).repartition(workers * 8)
        found.map_batches(ReadBatch, batch_size=BATCH, batch_format="pyarrow", concurrency=workers).write_parquet(str(target))
    finally:
        ray.shutdown()
    return _ends(target)


def daft_native(source: Path, target: Path, workers: int) -> Ends:
    """Daft on its own engine, with a pool of processes for the class."""
    import daft

    @daft.cls(max_concurrency=workers, use_process=True)
    class Read:
        def __init__(self) -> None:
            self.inner = ReadBatch()

        @daft.method.batch(return_dtype=daft.DataType.struct({"record": daft.DataType.string(), "ended": daft.DataType.float64()}), batch_size=BATCH)
        def read(self, ids: Any, texts: Any, titles: Any, days: Any) -> Any:
            made = self.inner.records(*(each.to_pylist() for each in (ids, texts, titles, days)))
            return [{"record": record, "ended": time.time()} for record in made]

    read = Read()
    frame = daft.read_json(str(source))
    frame = frame.with_column("out", read.read(frame["id"], frame["text"], frame["title"], frame["published"]))
    frame.select("id", frame["out"]["record"].alias("record"), frame["out"]["ended"].alias("ended")).write_parquet(str(target))
    return _ends(target)


def _ends(target: Path) -> Ends:
    from pyarrow import parquet

    counts: dict[float, int] = {}
    for file in target.rglob("*.parquet"):
        for ended in parquet.read_table(file, columns=["ended"])["ended"].to_pylist():
            counts[ended] = counts.get(ended, 0) + 1
    return list(counts.items())


ENGINES: dict[str, Callable[[Path, Path, int], Ends]] = {
    "local": partial(ours, "local"), "ray": partial(ours, "ray"), "ray data": ray_data, "daft": daft_native,
}  # fmt: skip


if __name__ == "__main__":
    main()
