"""What a byte costs does not grow with the article. `make bench-long` asks it of 10 MB; here are smaller ones of the same sorts.

One sentence without an end, with an act in every clause, costs about three times as much as usual text at any length and is held to four here.
"""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "benchmarks"))

from long_articles import cost, made

from mahdar import Article, default_reader, read_articles
from mahdar.reading import merge
from mahdar.reading.proposals import Proposal

SAMPLES = Path(__file__).resolve().parents[1] / "src" / "mahdar" / "samples"


SORTS = [
    ("acts in sentences", 3), ("short lines", 3), ("names", 3), ("new names", 3), ("nested quotes", 3), ("open quotes", 3), ("cues", 3), ("one sentence", 4),
]  # fmt: skip


ROUNDS = 6


@pytest.fixture(scope="module")
def samples() -> list[Article]:
    return [article for article in read_articles([SAMPLES]) if isinstance(article, Article)]


@pytest.mark.parametrize(("sort", "times"), SORTS)
def test_in_proportion(sort: str, times: int, samples: list[Article]) -> None:
    """The three costs are measured in turn, so that a busy neighbour meets all of them; each is the least of its rounds."""
    kinds = (samples, [made(sort, 10_000)], [made(sort, 60_000)])
    rounds = []
    for _ in range(ROUNDS):
        rounds.append([cost(kind) for kind in kinds])
        usual, first, last = (min(costs) for costs in zip(*rounds, strict=True))
        # six times as long; what grew with the length would cost six times as much
        if last < times * usual and last < 3 * first:
            return
    assert last < times * usual
    assert last < 3 * first


def test_a_telling_is_compared_with_few_others(monkeypatch: pytest.MonkeyPatch) -> None:
    """What cost seven times as much at 640 kB: every act of an article was held against all acts before it."""
    compared, same = [0], merge._same

    def counted(a: Proposal, b: Proposal) -> bool:
        compared[0] += 1
        return same(a, b)

    monkeypatch.setattr(merge, "_same", counted)
    reader = default_reader()
    found = []
    for size in (20_000, 80_000):
        compared[0] = 0
        assert len(reader.read(made("acts in sentences", size)).events) > 100
        found.append(compared[0])
    assert found[1] < 6 * found[0]


def test_articles_are_as_large_as_asked_for() -> None:
    assert 20_000 <= len(made("names", 20_000).text.encode()) < 20_100
