"""What a byte costs does not grow with the article. `make bench-long` asks it of 10 MB; here are smaller ones of the same sorts.

Four sorts are not in proportion yet, and therefore not here: one sentence without an end, quotations inside quotations, quotations never closed, nothing but
verbs of saying. What is done for each act or cue of a sentence looks at all others of it (see docs/speed.md).
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


@pytest.mark.parametrize("sort", ["acts in sentences", "names", "new names", "short lines"])
def test_in_proportion(sort: str, usual: float) -> None:
    small, large = made(sort, 10_000), made(sort, 60_000)
    cost([small])
    first = min(cost([small]) for _ in range(2))
    assert cost([large]) < 2 * first
    assert first < 3 * usual


def test_articles_are_as_large_as_asked_for() -> None:
    assert 20_000 <= len(made("names", 20_000).text.encode()) < 20_100
