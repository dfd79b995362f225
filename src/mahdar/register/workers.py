"""What workers of the register do: read articles, and make of each all that is stored of it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TypeVar

from mahdar.crew import Crew, Watch, forks, keep
from mahdar.errors import cannot_read
from mahdar.reading.reader import Reader
from mahdar.record import Article, Record
from mahdar.register.facts import FactReader
from mahdar.register.identity import Rulings
from mahdar.register.reports import Report
from mahdar.register.told import Told, tell
from mahdar.register.write import Entry

T = TypeVar("T")
MakeReader = Callable[[], Reader]
Given = tuple[Article, str]  # an article, and the JSON of its record where it was read already
Result = list[Entry | str]  # per article what is stored of it, or what our reader stumbled over


@dataclass(frozen=True, slots=True)
class Desk:
    """Who reads, and who says what of it is compared across reports."""

    reader: Reader
    facts: FactReader

    def tell(self, report: Report, rulings: Rulings) -> Told:
        """What a stored report tells, by the rulings on who is who."""
        return tell(report, self.facts, rulings)


def desk_of(make: MakeReader) -> Desk:
    """A desk with a reader of its own."""
    reader = make()
    return Desk(reader, FactReader(reader.lexicon, analyser=reader.analyser))


def read(desk: Desk, articles: Sequence[Given], watch: Watch) -> Result:
    """What is stored of each article. One article's fault is never the batch's."""
    out: Result = []
    for (article, known), lost in watch.over(articles):
        try:
            if lost is not None:
                out.append(cannot_read(article.id, lost))
                continue
            record = Record.from_json(json.loads(known), article) if known else desk.reader.read(article)
            out.append(Entry.of(article, record, desk.facts))
        except Exception as error:
            out.append(cannot_read(article.id, error))
    return out


def read_batches(batches: Iterable[tuple[T, list[Given]]], desk: Desk, make: MakeReader, workers: int) -> Iterator[tuple[T, Result]]:
    """Each batch's own word and what was read of its articles, in the order given.

    Workers are forks that have the ``desk`` already, where the system forks; elsewhere each calls ``make``, which must then be picklable.
    With none everything is read in this process.
    """
    start = keep(desk) if forks() or workers < 1 else partial(desk_of, make)
    with Crew(read, start, workers=workers) as crew:
        yield from crew.run(batches)
