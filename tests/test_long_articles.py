"""What a byte costs does not grow with the article. `make bench-long` asks it of 10 MB; here are smaller ones of the same sorts.

Names grow with their number, so slowly that at this size they still cost less than other words (see docs/speed.md); one sentence without an end, with an act in
every clause, costs about three times as much as usual text at any length and is held to four here.
"""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "benchmarks"))

from long_articles import cost, made

from mahdar import Article, read_articles

SAMPLES = Path(__file__).resolve().parents[1] / "src" / "mahdar" / "samples"


@pytest.fixture(scope="module")
def usual() -> float:
    """What a byte of the samples costs."""
    found = [article for article in read_articles([SAMPLES]) if isinstance(article, Article)]
    cost(found)
    return min(cost(found) for _ in range(3))


SORTS = [
    ("acts in sentences", False, 3), ("short lines", False, 3), ("names", True, 3), ("new names", True, 3),
    ("nested quotes", False, 3), ("open quotes", False, 3), ("cues", False, 3), ("one sentence", False, 4),
]  # fmt: skip


@pytest.mark.parametrize(("sort", "grows", "times"), SORTS)
def test_in_proportion(sort: str, grows: bool, times: int, usual: float) -> None:
    small, large = made(sort, 10_000), made(sort, 60_000)
    cost([small])
    first, last = (min(cost([article]) for _ in range(2)) for article in (small, large))
    assert last < times * usual
    if not grows:
        assert last < 3 * first  # six times as long; what grew with the length would cost six times as much


def test_articles_are_as_large_as_asked_for() -> None:
    assert 20_000 <= len(made("names", 20_000).text.encode()) < 20_100
