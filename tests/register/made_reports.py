"""Reports made by hand: a line of text, its actors and events, without the reader."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from mahdar.lexicon.load import load_lexicon
from mahdar.lexicon.model import Lexicon
from mahdar.record import Actor, Article, Event, Position, Record, Span, Statement
from mahdar.register.facts import Fact, FactReader
from mahdar.register.reports import Report


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    return load_lexicon()


@lru_cache(maxsize=1)
def fact_reader() -> FactReader:
    return FactReader(lexicon())


def actor(key: str, name: str = "", *, kind: str = "state", role: str | None = None, known: str | None = "", mentions: Sequence[Span] = ()) -> Actor:
    """An actor; ``key`` is its code, or ``code:person`` with the lexicon's id of the person."""
    code, _, person = key.partition(":")
    if person:
        return Actor(key, "person", name or person, None, code, role, tuple(mentions), lexicon=person)
    return Actor(key, kind, name or code, None, code, role, tuple(mentions), lexicon=code if known == "" else known)  # type: ignore[arg-type]


def report(
    key: str, published: str, text: str, events: Sequence[tuple[Any, ...]] = (), *, source: str = "", title: str = "", positions: Sequence[tuple[str, str, str]] = (),
    said: Sequence[tuple[str, str]] = (), named: Sequence[tuple[str, str]] = (), actors: Sequence[Actor] = (),
) -> Report:  # fmt: skip
    """A report. ``events`` are (type, sources, targets, words, options); ``positions`` (holder, on, stance) over the whole text; ``said``
    (speaker, content); ``named`` (actor, word) a mention."""

    def at(words: str) -> Span:
        start = text.index(words)
        return Span(start, start + len(words))

    keys = dict.fromkeys([k for row in events for k in (*row[1], *row[2])] + [p[0] for p in positions] + [s[0] for s in said] + [n[0] for n in named])
    given = {a.id: a for a in actors}
    cast = [given.get(k) or actor(k, mentions=[at(word) for who, word in named if who == k]) for k in keys]
    made = []
    for type_, sources, targets, words, *rest in events:
        options = {"status": "actual", "date": published, "place": None, "mode": None, "rule": f"{type_.lower()}.made"} | (rest[0] if rest else {})
        made.append(Event(type=type_, source=tuple(sources), target=tuple(targets), evidence=at(words), trigger=at(words), **options))
    stances = [Position(holder, on, stance, Span(0, len(text)), "position.made") for holder, on, stance in positions]  # type: ignore[arg-type]
    statements = [Statement(speaker, "indirect", Span(0, 1), at(content)) for speaker, content in said]
    article = Article(key, text, title, published, source)
    record = Record(key, published, (Span(0, len(text)),), tuple(cast), tuple(statements), tuple(made), tuple(stances), article)
    return Report(key, source or key, published, record)


def facts(*reports: Report) -> list[Fact]:
    """The facts of some reports."""
    return [fact for one in reports for fact in fact_reader().read(one)]
