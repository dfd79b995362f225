"""Write docs/accuracy.md: how right the records are, layer by layer and type by type, and where they are wrong.

    python scripts/accuracy_page.py [--out FILE]

Measured on the bundled gold (tests/gold). Where the larger set stands next to the repository (../shared/gold/dev) its
totals are added; its texts are not ours, so nothing of them is shown.
"""

from __future__ import annotations

import argparse
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from mahdar.faults import Fault, faults
from mahdar.lexicon import load_lexicon
from mahdar.quality import load_gold, measure, read_gold
from mahdar.reading.reader import Reader
from mahdar.record import EVENT_TYPES
from mahdar.scoring import Scores, Tally, score

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "accuracy.md"
BUNDLED = ROOT / "tests" / "gold"
DEV = ROOT.parent / "shared" / "gold" / "dev"
COMMONEST = 15
WORDS = 160
LAYERS = {
    "body": "the article's own text, by characters",
    "actors": "states, bodies, groups and persons who fill a slot, with their code",
    "statements": "reported words, at least half of them right",
    "statements+speaker": "… and by the right speaker",
    "meetings": "who met, visited or called whom",
    "events": "type and parties",
    "events+status": "… and whether it happened, is planned, denied or only possible",
    "events any-type": "parties alone",
    "positions": "holder, stance and issue",
}
_HEAD = """# Accuracy

Written by `make accuracy`; do not edit. Figures are of the version at hand, errors are shown as they are.

Measured on the bundled gold: {articles} short reports written for this project with the record a careful reader would take
from them ([tests/gold/README.md](../tests/gold/README.md)). Precision is the share of what is found that is right, recall the share of what is there
that is found, F1 their harmonic mean. The reports are few and were written to cover hard cases, and they are not used to learn the
weights: an alarm against regressions more than an estimate of quality on ordinary news. A type with a handful of events says little.
"""
_DEV = """Totals on {articles} annotated newspaper articles that are not part of the project and were not used to learn the weights.
"""
_FOOT = """## Reproduce

```console
$ make accuracy
```

reads the bundled gold and writes this page. `make test` compares the F1 of each layer with floors (`tests/floors.json`) that no change
may fall below; `make floors` raises them. How the scorer counts: `src/mahdar/scoring.py`; how errors are sorted:
`src/mahdar/faults.py`. What a change does to the records of any articles: `make diff BASE=HEAD~1`.
"""


def page(bundled: Scores, found: list[Fault], articles: int, dev: tuple[Scores, int] | None) -> str:
    """The whole page."""
    parts = [_HEAD.format(articles=articles), "## By layer\n", *_layers(bundled), "\n## By event type\n", *_types(bundled)]
    if dev is not None:
        scores, count = dev
        parts += ["\n## Articles not bundled\n", _DEV.format(articles=count), *_layers(scores)]
    parts += ["\n## Commonest errors\n", *_errors(found), f"\n{_FOOT}"]
    return "\n".join(parts)


def _layers(scores: Scores) -> Iterator[str]:
    yield "| layer | what counts as right | wanted | found | precision | recall | F1 |"
    yield "|---|---|---:|---:|---:|---:|---:|"
    for name, about in LAYERS.items():
        yield f"| {name} | {about} | {_figures(scores.layers.get(name, Tally()))} |"
    dates = scores.dates
    yield f"| event dates | of right events whose date is known, those with the right one | {dates.gold} | | | {dates.recall:.3f} | |"


def _types(scores: Scores) -> Iterator[str]:
    yield "| type | wanted | found | precision | recall | F1 |"
    yield "|---|---:|---:|---:|---:|---:|"
    for name in EVENT_TYPES:
        yield f"| {name} | {_figures(scores.types.get(name, Tally()))} |"


def _figures(tally: Tally) -> str:
    if not tally.gold:
        return f"{tally.gold} | {tally.found} | {'0.000' if tally.found else '–'} | – | –"
    return f"{tally.gold} | {tally.found} | {tally.precision:.3f} | {tally.recall:.3f} | {tally.f1:.3f}"


def _errors(found: list[Fault]) -> Iterator[str]:
    """The commonest kinds with one example each, the shortest that says something."""
    by_kind: dict[str, list[Fault]] = defaultdict(list)
    for fault in found:
        by_kind[fault.kind].append(fault)
    ranked = sorted(by_kind.items(), key=lambda item: (-len(item[1]), item[0]))
    yield f"{len(found)} errors of {len(ranked)} kinds; the {min(COMMONEST, len(ranked))} commonest, each with an example.\n"
    yield "| errors | kind | example | there |"
    yield "|---:|---|---|---|"
    for kind, these in ranked[:COMMONEST]:
        shown = min(these, key=lambda fault: (len(fault.words) < 20, len(fault.words), fault.article, fault.words))
        words = shown.words if len(shown.words) <= WORDS else f"{shown.words[:WORDS].rpartition(' ')[0]} …"
        yield f"| {len(these)} | {_cell(kind)} | {_cell(words)} ({shown.article}) | {_cell(shown.detail)} |"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def write() -> str:
    """The page from what the reader finds now."""
    reader = Reader(load_lexicon())
    read = [(gold, read_gold(reader, gold)) for gold in load_gold(BUNDLED)]
    found = [fault for gold, record in read for fault in faults(gold, record)]
    dev = (measure(reader, DEV), len(load_gold(DEV))) if DEV.is_dir() else None
    return page(score(read), found, len(read), dev)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, default=PAGE, metavar="FILE", help="write here instead of docs/accuracy.md")
    options = parser.parse_args()
    options.out.write_text(write(), encoding="utf-8")
    sys.stdout.write(f"{options.out}: written\n")


if __name__ == "__main__":
    main()
