"""One reader for all tables, and one way to read a sentence."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from mahdar.lexicon import load_lexicon
from mahdar.reading.reader import Reader
from mahdar.record import Article, Record

WEDNESDAY = "2015-08-05"


@pytest.fixture(scope="session")
def reader() -> Reader:
    """The reader with the bundled lexicon and weights."""
    return Reader(load_lexicon())


@pytest.fixture(scope="session")
def read(reader: Reader) -> Callable[..., Record]:
    """``read(text, published=…)``: the record of a report, published on Wednesday 5 August 2015 unless said."""

    def call(text: str, published: str | None = WEDNESDAY, title: str = "") -> Record:
        return reader.read(Article("row", text, title=title, published=published))

    return call


@pytest.fixture(scope="session")
def proposed(reader: Reader) -> Callable[[str], set[str]]:
    """The acts that the words of a sentence may tell, by their rows, whatever the weights make of them."""
    return lambda text: {p.trigger.act.id for p in reader.reading(Article("row", text, published=WEDNESDAY)).proposals}
