"""What a change does to the records: ``make diff BASE=<git rev>``.

    python scripts/diff_records.py BASE [INPUT ...] [--limit N] [--kind KIND] [--show N] [--json]

Reads the same articles with the engine of BASE (checked out into a temporary git worktree) and with the working tree,
each in a process of its own, and lists what was gained, lost and changed: counts first, then the records with their
sentences. INPUT is what ``mahdar extract`` takes; without it the shared corpus where it stands next to the repository,
else the bundled samples.
"""

from __future__ import annotations

import argparse
import io
import json
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).resolve().parents[1]
CORPUS = ROOT.parent / "shared" / "corpus" / "articles.jsonl.gz"
SAMPLES = ROOT / "src" / "mahdar" / "samples"
KINDS = ("statements", "events", "positions", "actors")
SHOWN = 40
# The engine's own command line, as the version at hand has it; proves first that it is that version that runs.
_READ = """
import sys, pathlib, mahdar
home = pathlib.Path(sys.argv.pop(1)).resolve()
assert home in pathlib.Path(mahdar.__file__).resolve().parents, f"{mahdar.__file__} is not of {home}"
from mahdar.cli.main import main
main()
"""
_STOP = re.compile(r"[.!?؟](?=\s|$)|\n")

Json = dict[str, Any]


class Item(NamedTuple):
    """A record's item as it is compared: where it stands, what it is, and what may change about it."""

    key: tuple[Any, ...]
    span: tuple[int, int]
    facts: tuple[tuple[str, str], ...]
    rule: str

    def line(self) -> str:
        """All facts, and the rule, in one line."""
        told = "  ".join(value for _, value in self.facts if value)
        return f"{told}  [{self.rule}]" if self.rule else told


@dataclass(frozen=True, slots=True)
class Difference:
    """One item gained, lost or changed, with the sentence it stands in; ``before`` is empty for what was gained."""

    kind: str
    change: str
    article: str
    before: str
    after: str
    fields: tuple[str, ...]
    sentence: str


# -- items of a record -----------------------------------------------------------------------------------------


def _label(actors: dict[str, Json], key: str | None) -> str:
    """Whom an actor id means, comparable between two records: code and name."""
    if key is None:
        return "?"
    actor = actors.get(key)
    return f"{actor.get('name_en') or actor['name']} ({actor.get('code') or '-'})" if actor else key


def _labels(actors: dict[str, Json], keys: list[str]) -> str:
    return " + ".join(sorted(_label(actors, key) for key in keys)) or "-"


def _statement(item: Json, actors: dict[str, Json]) -> Item:
    facts = (("speaker", _label(actors, item["speaker"])), ("via", f"via {_label(actors, item['via'])}" if item["via"] else ""), ("mode", item["mode"]))
    span = (item["content"][0], item["content"][1])
    return Item(("statement",), span, (*facts, ("content", f"{span[0]}–{span[1]}")), item.get("rule", ""))


def _event(item: Json, actors: dict[str, Json]) -> Item:
    facts = (
        ("type", item["type"] + (f"/{item['mode']}" if item.get("mode") else "")),
        ("source", _labels(actors, item["source"])),
        ("target", f"→ {_labels(actors, item['target'])}"),
        ("status", item["status"]),
        ("date", item["date"] or ""),
        ("place", item["place"] or ""),
    )
    at = item.get("trigger") or item["evidence"]
    return Item((item["type"],), (at[0], at[1]), facts, item.get("rule", ""))


def _position(item: Json, actors: dict[str, Json]) -> Item:
    holder, on = _label(actors, item["holder"]), _label(actors, item["on"])
    facts = (("holder", f"{holder}:"), ("stance", item["stance"]), ("on", on))
    return Item((holder, on), (item["evidence"][0], item["evidence"][1]), facts, item.get("rule", ""))


def _actor(item: Json, actors: dict[str, Json]) -> Item:
    first = item["mentions"][0] if item["mentions"] else [0, 0]
    facts = (("name", item["name"]), ("kind", item["kind"]), ("code", item.get("code") or "-"), ("role", item.get("role") or ""))
    return Item((item["name"],), (first[0], first[1]), facts, "")


_ITEMS: dict[str, Callable[[Json, dict[str, Json]], Item]] = {
    "statements": _statement,
    "events": _event,
    "positions": _position,
    "actors": _actor,
}


def items(record: Json, kind: str) -> list[Item]:
    """The items of one kind, in the record's order."""
    actors = {actor["id"]: actor for actor in record["actors"]}
    return [_ITEMS[kind](item, actors) for item in record[kind]]


# -- comparing -------------------------------------------------------------------------------------------------


def compare(before: Json, after: Json, kind: str) -> tuple[int, list[Difference]]:
    """How many items of two records of one article are the same, and what differs; ``after`` holds the text."""
    old, new = items(before, kind), items(after, kind)
    same = 0
    for item in list(old):  # what is all the same goes first, so that repetitions pair up
        twin = next((other for other in new if other.facts == item.facts and _near(kind, item, other)), None)
        if twin is not None:
            same += 1
            old.remove(item)
            new.remove(twin)
    pairs = sorted(((_closeness(kind, a, b), -i, -j) for i, a in enumerate(old) for j, b in enumerate(new)), reverse=True)
    found: list[Difference] = []
    used: tuple[set[int], set[int]] = (set(), set())
    for close, i, j in pairs:
        if close <= 0 or -i in used[0] or -j in used[1]:
            continue
        used[0].add(-i)
        used[1].add(-j)
        found.append(_difference(kind, "changed", after, old[-i], new[-j]))
    found += [_difference(kind, "lost", after, item, None) for i, item in enumerate(old) if i not in used[0]]
    found += [_difference(kind, "gained", after, None, item) for j, item in enumerate(new) if j not in used[1]]
    return same, found


def _near(kind: str, a: Item, b: Item) -> bool:
    return kind in ("actors", "positions") or _overlap(a.span, b.span) > 0


def _overlap(a: tuple[int, int], b: tuple[int, int]) -> float:
    """Intersection over union."""
    shared = min(a[1], b[1]) - max(a[0], b[0])
    return shared / (max(a[1], b[1]) - min(a[0], b[0])) if shared > 0 else 0.0


def _closeness(kind: str, a: Item, b: Item) -> float:
    """How surely two items are one item told otherwise; 0 where they are two."""
    if kind == "positions":
        return float(a.key == b.key)
    shared = _overlap(a.span, b.span)
    if kind == "actors":
        return 2.0 if a.key == b.key else shared if shared >= 0.5 else 0.0
    if kind == "statements":
        return shared if shared >= 0.5 else 0.0
    return shared + (a.key == b.key) if shared else 0.0


def _difference(kind: str, change: str, record: Json, before: Item | None, after: Item | None) -> Difference:
    item = after or before
    assert item is not None
    fields = tuple(a[0] for a, b in zip(before.facts, after.facts, strict=True) if a != b) if before and after else ()
    told = (before.line() if before else "", after.line() if after else "")
    return Difference(kind, change, record["id"], *told, fields, sentence_of(record.get("text", ""), item.span))


def sentence_of(text: str, span: tuple[int, int]) -> str:
    """The sentence (or sentences) a span stands in, on one line."""
    start = max((m.end() for m in _STOP.finditer(text, 0, span[0])), default=0)
    stop = _STOP.search(text, max(span[0], span[1] - 1))
    return " ".join(text[start : stop.end() if stop else len(text)].split())


# -- reading with two versions ---------------------------------------------------------------------------------


def git(*arguments: str) -> str:
    """What git says; its own message where it fails."""
    done = subprocess.run(["git", "-C", str(ROOT), *arguments], capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"git {' '.join(arguments)}: {done.stderr.strip()}")
    return done.stdout.strip()


@contextmanager
def checkout(rev: str) -> Iterator[Path]:
    """The files of a revision in a temporary worktree, taken away afterwards."""
    with tempfile.TemporaryDirectory(prefix="mahdar-diff-") as folder:
        tree = Path(folder) / "base"
        git("worktree", "add", "--quiet", "--detach", str(tree), rev)
        try:
            yield tree
        finally:
            git("worktree", "remove", "--force", str(tree))


def start(tree: Path, inputs: list[str], out: Path) -> subprocess.Popen[bytes]:
    """A process in which the engine of ``tree`` writes its records to ``out``."""
    source = tree / "src"
    env = {**os.environ, "PYTHONPATH": str(source), "PYTHONDONTWRITEBYTECODE": "1"}
    options = ["extract", *inputs, "--with-text", "--keep-going", "--quiet", "-o", str(out)]
    return subprocess.Popen([sys.executable, "-c", _READ, str(source), *options], env=env, cwd=ROOT)


def read_both(rev: str, inputs: list[str], folder: Path) -> tuple[Path, Path]:
    """The records of both versions, read side by side."""
    outs = (folder / "base.jsonl", folder / "now.jsonl")
    with checkout(rev) as tree:
        running = [start(tree, inputs, outs[0]), start(ROOT, inputs, outs[1])]
        try:
            status = [process.wait() for process in running]
        finally:
            for process in running:
                process.kill()
    for name, code in zip((rev, "the working tree"), status, strict=True):
        if code:
            raise SystemExit(f"the engine of {name} failed (exit {code})")
    return outs


def cut(inputs: list[str], limit: int | None, folder: Path) -> list[str]:
    """The inputs; with a limit a file of their first articles, so that both versions read no more than those."""
    if limit is None:
        return inputs
    from mahdar import Article, read_articles

    path = folder / "articles.jsonl"
    with open(path, "w", encoding="utf-8") as out:
        for article in islice((found for found in read_articles(inputs) if isinstance(found, Article)), limit):
            row = {name: getattr(article, name) for name in ("id", "text", "title", "published", "source", "url")}
            out.write(json.dumps({key: value for key, value in row.items() if value}, ensure_ascii=False) + "\n")
    return [str(path)]


def differences(before: Path, after: Path, kinds: tuple[str, ...]) -> tuple[dict[str, dict[str, int]], list[Difference], int]:
    """Counts by kind, all differences in the order of the articles, and the number of articles."""
    counts = {kind: dict.fromkeys(("base", "now", "same", "gained", "lost", "changed"), 0) for kind in kinds}
    found: list[Difference] = []
    with open(before, encoding="utf-8") as file:
        old = {row["id"]: row for row in map(json.loads, file)}
    articles = 0
    with open(after, encoding="utf-8") as file:
        for now in map(json.loads, file):
            base = old.pop(now["id"], None) or _empty(now)
            articles += 1
            _count(base, now, counts, found)
    for base in old.values():  # articles only the base could read
        _count(base, _empty(base), counts, found)
    return counts, found, articles + len(old)


def _empty(record: Json) -> Json:
    return {**record, "statements": [], "events": [], "positions": [], "actors": []}


def _count(base: Json, now: Json, counts: dict[str, dict[str, int]], found: list[Difference]) -> None:
    for kind, row in counts.items():
        same, differing = compare(base, now, kind)
        row["base"] += len(base[kind])
        row["now"] += len(now[kind])
        row["same"] += same
        for difference in differing:
            row[difference.change] += 1
        found.extend(differing)


# -- telling ---------------------------------------------------------------------------------------------------


def report(base: str, counts: dict[str, dict[str, int]], found: list[Difference], articles: int, show: int) -> Iterator[str]:
    """Counts first, then each kind's gained, lost and changed items, at most ``show`` of each (0: all)."""
    yield f"{articles} articles, {base} against the working tree"
    yield ""
    heads = list(next(iter(counts.values())))
    yield f"{'':12}" + "".join(f"{head:>9}" for head in heads)
    for kind, row in counts.items():
        yield f"{kind:12}" + "".join(f"{row[head]:>9}" for head in heads)
    for kind in counts:
        for change, sign in (("gained", "+"), ("lost", "-"), ("changed", "~")):
            these = [d for d in found if d.kind == kind and d.change == change]
            if not these:
                continue
            yield ""
            yield f"{kind} {change}: {len(these)}"
            for d in these[: show or None]:
                yield from _told(d, sign)
            if show and len(these) > show:
                yield f"  … {len(these) - show} more; --show 0 lists all"


def _told(d: Difference, sign: str) -> Iterator[str]:
    yield f"{sign} [{d.article}] {d.before if sign == '-' else d.after}"
    if sign == "~":
        yield f"    was {d.before}" + (f"  ({', '.join(d.fields)})" if d.fields else "")
    yield f"    {d.sentence}"


def as_json(base: str, counts: dict[str, dict[str, int]], found: list[Difference], articles: int) -> Json:
    """The whole comparison for machines."""
    rows = [{name: getattr(d, name) for name in d.__slots__} for d in found]
    return {"base": base, "articles": articles, "counts": counts, "differences": rows}


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("base", metavar="BASE", help="the git revision to compare with")
    parser.add_argument("inputs", metavar="INPUT", nargs="*", help="articles (default: the corpus, else the samples)")
    parser.add_argument("--limit", type=int, metavar="N", help="read only the first N articles")
    parser.add_argument("--kind", action="append", choices=KINDS, help="only this kind; may be repeated")
    parser.add_argument("--show", type=int, default=SHOWN, metavar="N", help=f"how many to list of each sort (default {SHOWN}; 0: all)")
    parser.add_argument("--json", action="store_true", help="everything as one JSON object")
    options = parser.parse_args(arguments)
    inputs = [os.path.abspath(name) for name in options.inputs] or [str(CORPUS if CORPUS.exists() else SAMPLES)]
    kinds = tuple(kind for kind in KINDS if not options.kind or kind in options.kind)
    with tempfile.TemporaryDirectory(prefix="mahdar-diff-") as folder:
        files = read_both(options.base, cut(inputs, options.limit, Path(folder)), Path(folder))
        counts, found, articles = differences(*files, kinds)
    short = git("rev-parse", "--short", f"{options.base}^{{commit}}")
    base = options.base if options.base == short else f"{options.base} ({short})"
    whole = json.dumps(as_json(base, counts, found, articles), ensure_ascii=False, indent=1) if options.json else ""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8")
    try:
        print(whole or "\n".join(report(base, counts, found, articles, options.show)), flush=True)
    except BrokenPipeError:  # the reader has seen enough (| head)
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 0


if __name__ == "__main__":
    sys.exit(main())
