"""Mahdar reads Arabic news and keeps the diplomatic record: who met whom, who said what, where each party stands.

    >>> import mahdar
    >>> record = mahdar.read("التقى وزير الخارجية الأميركي جون كيري نظيره الروسي في فيينا.", published="2015-10-30")

Names are imported on first use, so that ``import mahdar`` costs next to nothing.
"""

from __future__ import annotations

from functools import lru_cache
from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from mahdar.errors import LexiconError, MahdarError, RecordError, SourceError
    from mahdar.lexicon.load import load_lexicon
    from mahdar.reading.reader import Reader
    from mahdar.record import Actor, Article, Event, Position, Record, Span, Statement
    from mahdar.sources import read_articles

__version__ = "0.1.0"

__all__ = [
    "Actor",
    "Article",
    "Event",
    "LexiconError",
    "MahdarError",
    "Position",
    "Reader",
    "Record",
    "RecordError",
    "SourceError",
    "Span",
    "Statement",
    "__version__",
    "default_reader",
    "load_lexicon",
    "read",
    "read_articles",
]

_HOMES = {
    "Actor": "mahdar.record",
    "Article": "mahdar.record",
    "Event": "mahdar.record",
    "LexiconError": "mahdar.errors",
    "MahdarError": "mahdar.errors",
    "Position": "mahdar.record",
    "Reader": "mahdar.reading.reader",
    "Record": "mahdar.record",
    "RecordError": "mahdar.errors",
    "SourceError": "mahdar.errors",
    "Span": "mahdar.record",
    "Statement": "mahdar.record",
    "load_lexicon": "mahdar.lexicon.load",
    "read_articles": "mahdar.sources",
}


def __getattr__(name: str) -> Any:
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module 'mahdar' has no attribute {name!r}")
    value = getattr(import_module(home), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)


@lru_cache(maxsize=1)
def default_reader() -> Reader:
    """The reader with the built-in lexicon; made on first use and kept."""
    from mahdar.lexicon.load import load_lexicon
    from mahdar.process import loading
    from mahdar.reading.reader import Reader

    with loading():
        return Reader(load_lexicon())


def read(
    text: str, *, published: str | None = None, title: str = "", source: str = "", url: str = "", id: str = "text"
) -> Record:
    """The record of one report.

    ``published`` (ISO date or date-time) lets weekdays and "yesterday" become dates. All spans of the record are
    offsets into ``text`` as given. For other lexicons and for many articles use :class:`Reader`.
    """
    from mahdar.record import Article

    return default_reader().read(Article(id=id, text=text, title=title, published=published, source=source, url=url))
