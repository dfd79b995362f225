"""Filling registers in tests: small reports in number, readers that count or stumble, and a register's whole content for comparison."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

from sqlalchemy import select

import mahdar
from mahdar.reading.reader import Reader
from mahdar.reading.weights import Classes, Weights
from mahdar.record import Article, Record
from mahdar.register.ingest import ingest, reread
from mahdar.register.schema import articles, metadata
from mahdar.register.store import Store
from mahdar.register.write import Counts
from mahdar.sources.files import Unreadable
from mahdar.sources.read import Located

SENTENCES = (
    "التقى وزير الخارجية الأميركي جون كيري نظيره الروسي سيرغي لافروف في فيينا يوم الجمعة.",
    'وقال كيري: "المحادثات كانت بناءة".',
    "ورفضت طهران طلبا أميركيا للتعاون في العراق.",
    "وأعلنت باريس دعمها للحوار في ليبيا.",
    "واتهمت أنقرة دمشق بقصف مواقع على الحدود.",
    "ودعا الرئيس المصري إلى وقف إطلاق النار في غزة.",
)
LEFT_OUT = {"read_at", "seen", "id"}  # when something was done, and numbers that only link rows


def made(number: int, **fields: Any) -> Article:
    """One of any number of short reports, no two alike."""
    first = number % len(SENTENCES)
    text = f"النشرة {number}\n" + " ".join(SENTENCES[first:] + SENTENCES[: number % 4])
    values = {"id": f"r{number:04}", "text": text, "title": f"نشرة {number}", "published": f"2015-{number % 12 + 1:02}-10", "source": f"وكالة {number % 3}"}
    return Article(**{**values, "url": f"https://news.example/{number}", **fields})


def line(article: Article) -> str:
    """The article as a line of JSON."""
    fields = {name: getattr(article, name) for name in Article.__slots__}
    return json.dumps(fields, ensure_ascii=False)


class Stumbling:
    """A reader that cannot read some articles, or that has another lexicon."""

    def __init__(self, *bad: str, lexicon: str = "x", also: Callable[[Record], Record] = lambda record: record) -> None:
        self.bad, self.also = bad, also
        self.weights = Weights({}, {}, {}, Classes(), {}, 0.0)  # only asked for its digest
        self.lexicon = replace(mahdar.default_reader().lexicon, version=lexicon)
        self.analyser = mahdar.default_reader().analyser
        self.seen: list[str] = []

    def read(self, article: Article) -> Record:
        self.seen.append(article.id)
        if article.id in self.bad:
            raise ZeroDivisionError("oops")
        return self.also(mahdar.default_reader().read(article))


def without_events(record: Record) -> Record:
    return replace(record, events=())


def places(found: Iterable[Article | str], where: str = "x.jsonl") -> list[Located]:
    """Articles, and complaints, as lines of one file."""
    return [Located(where, line, item if isinstance(item, Article) else Unreadable(item)) for line, item in enumerate(found, 1)]


def fill(store: Store, found: Iterable[Article | str], *, reader: Any = None, where: str = "x.jsonl", **options: Any) -> tuple[Counts, list[str]]:
    """Ingest to the end; what it came to, and what was refused."""
    return _sum(ingest(store, places(found, where), make=_make(reader), clock=lambda: "2026-01-01T00:00:00Z", **options))


def again(store: Store, *, reader: Any = None, **options: Any) -> tuple[Counts, list[str]]:
    """Read the stored articles anew."""
    return _sum(reread(store, make=_make(reader), clock=lambda: "2026-02-02T00:00:00Z", **options))


def _make(reader: Any) -> Callable[[], Reader]:
    return lambda: Stumbling() if reader is None else reader  # type: ignore[return-value]


def _sum(steps: Iterable[Any]) -> tuple[Counts, list[str]]:
    counts, problems = Counts(), []
    for step in steps:
        counts += step.counts
        problems += step.problems
    return counts, problems


def content(store: Store) -> list[str]:
    """Every row of every table, sorted, articles by their keys: two registers of one content give the same lines on any database."""
    out = []
    with store.reading() as connection:
        keys = {row.id: row.key for row in connection.execute(select(articles.c.id, articles.c.key))}
        for table in metadata.sorted_tables:
            for row in connection.execute(select(table)).mappings():
                plain = {name: value.hex() if isinstance(value, bytes) else value for name, value in row.items() if name not in LEFT_OUT}
                if "article" in plain:
                    plain["article"] = keys[plain["article"]]
                if "other" in plain:  # two facts linked: which stands first is a matter of numbers
                    ends = sorted([(plain.pop("article"), plain.pop("n")), (keys[plain.pop("other")], plain.pop("other_n"))])
                    plain["ends"] = ends
                out.append(f"{table.name} {json.dumps(plain, ensure_ascii=False, sort_keys=True)}")
    return sorted(out)
