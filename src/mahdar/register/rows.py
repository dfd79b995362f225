"""Record → the rows that stand for it, and back."""

from __future__ import annotations

import hashlib
import json
import zlib
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations, product
from typing import Any

from mahdar.record import ISSUES, SYMMETRIC, Article, Event, Record, Span
from mahdar.register.identity import Who, by_name

Row = dict[str, Any]
_LONGEST_KEY = 300  # bytes; PostgreSQL indexes hold keys of some 2,700
_ISSUES = frozenset(ISSUES)


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of one record by table name, without the number of their article."""

    tables: dict[str, list[Row]]

    @classmethod
    def of(cls, record: Record, own: Mapping[str, Who] | None = None, settled: Mapping[str, Who] | None = None) -> Rows:
        """The rows of ``record``; pure, so that worker processes can do it. ``own`` says by local id who the actors are (else their
        names do), ``settled`` who they are by the rulings."""
        own = own if own is not None else {actor.id: by_name(actor) for actor in record.actors}
        settled = settled if settled is not None else own
        codes = {actor: who.code for actor, who in settled.items()}
        keys: dict[str, str | None] = {actor: who.key for actor, who in settled.items()}
        day = (record.published or "")[:10] or None
        tables: dict[str, list[Row]] = {
            "actors": _actors(record, own, settled),
            "statements": _statements(record, codes, keys, day),
            "events": [],
            "positions": _positions(record, codes, keys, day),
            "event_parties": [],
            "event_pairs": [],
            "event_issues": [],
            "statement_matters": [],
        }
        for n, event in enumerate(record.events):
            when = event.date or day
            tables["events"].append(_event(n, event, when))
            tables["event_parties"].extend(_parties(n, event, codes, keys, when))
            tables["event_pairs"].extend(_pairs(n, event, codes, when))
            tables["event_issues"].extend({"n": n, "issue": issue, "day": when} for issue in _issues(event, record))
        tables["statement_matters"].extend(_matters(record, tables))
        return cls(tables)


def _issues(event: Event, record: Record) -> list[str]:
    """What an event is about: the issues the record names with it, and those on which its own words show a position."""
    held = (p.on for p in record.positions if p.evidence.start < event.evidence.end and event.evidence.start < p.evidence.end)
    return sorted(_ISSUES.intersection((*event.about, *held)))


def _actors(record: Record, own: Mapping[str, Who], settled: Mapping[str, Who]) -> list[Row]:
    return [
        {
            "actor": a.id, "n": n, "kind": a.kind, "name": a.name, "name_en": a.name_en, "romanised": a.romanised,
            "code": settled[a.id].code, "role": a.role, "lexicon": a.lexicon, "mentions": [list(span) for span in a.mentions],
            "own": own[a.id].key, "key": settled[a.id].key,
        }
        for n, a in enumerate(record.actors)
    ]  # fmt: skip


def _statements(record: Record, codes: dict[str, str | None], keys: dict[str, str | None], day: str | None) -> list[Row]:
    return [
        {
            "n": n, "speaker": s.speaker, "code": codes.get(s.speaker or ""), "person": keys.get(s.speaker or ""), "mode": s.mode, "via": s.via,
            **_span("cue", s.cue), **_span("content", s.content), "rule": s.rule, "day": day,
        }
        for n, s in enumerate(record.statements)
    ]  # fmt: skip


def _positions(record: Record, codes: dict[str, str | None], keys: dict[str, str | None], day: str | None) -> list[Row]:
    return [
        {
            "n": n, "holder": p.holder, "code": codes.get(p.holder), "person": keys.get(p.holder), "issue": None if p.on in codes else p.on,
            "toward": p.on if p.on in codes else None, "toward_code": codes.get(p.on), "toward_person": keys.get(p.on), "stance": p.stance,
            **_span("evidence", p.evidence), "rule": p.rule, "day": day,
        }
        for n, p in enumerate(record.positions)
    ]  # fmt: skip


def _event(n: int, e: Event, when: str | None) -> Row:
    return {
        "n": n, "type": e.type, "mode": e.mode, "status": e.status, "date": e.date, "day": when, "place": e.place, "about": list(e.about),
        **_span("evidence", e.evidence), **_span("occasion", e.occasion), **_span("trigger", e.trigger), "rule": e.rule,
    }  # fmt: skip


def _span(name: str, span: Span | None) -> Row:
    return {f"{name}_start": span.start if span else None, f"{name}_end": span.end if span else None}


def _parties(n: int, e: Event, codes: dict[str, str | None], keys: dict[str, str | None], when: str | None) -> list[Row]:
    sides = (("source", e.source), ("target", e.target))
    return [
        {"n": n, "side": side, "place": place, "actor": actor, "code": codes.get(actor), "person": keys.get(actor), "type": e.type, "day": when}
        for side, members in sides
        for place, actor in enumerate(members)
    ]


def _pairs(n: int, e: Event, codes: dict[str, str | None], when: str | None) -> list[Row]:
    """Each two codes once. Who takes part in a mutual act stands on either side of it; two of one state are a pair only across sides."""
    sources, targets = ({code for actor in side if (code := codes.get(actor))} for side in (e.source, e.target))
    doers: dict[tuple[str, str], set[str]] = {}
    for source, target in product(sources, targets):
        doers.setdefault((min(source, target), max(source, target)), set()).add(source)
    if e.type in SYMMETRIC:
        for pair in combinations(sorted(sources | targets), 2):
            doers[pair] = set(pair)
    rows = []
    for (a, b), doing in sorted(doers.items()):
        doer = next(iter(doing)) if len(doing) == 1 and not (a == b and e.type in SYMMETRIC) else None
        rows.append({"n": n, "a": a, "b": b, "doer": doer, "type": e.type, "mode": e.mode, "status": e.status, "day": when})
    return rows


def pair_mark(a: str, b: str) -> str:
    """What tells of two parties are found by, in whichever order their codes are given."""
    return f"{min(a, b)}|{max(a, b)}"


def _matters(record: Record, tables: Mapping[str, Sequence[Row]]) -> Iterator[Row]:
    """What each statement's words are about: the issues of what was read from within them, and of pairs those that the speaker is one of."""
    about: dict[int, set[str]] = {}
    for row in tables["event_issues"]:
        about.setdefault(row["n"], set()).add(row["issue"])
    for row in tables["event_pairs"]:
        about.setdefault(row["n"], set()).add(pair_mark(row["a"], row["b"]))
    read = [(event.evidence, about[n]) for n, event in enumerate(record.events) if n in about]
    for position, row in zip(record.positions, tables["positions"], strict=True):
        pair = row["code"] and row["toward_code"]
        if row["issue"] is not None or pair:
            read.append((position.evidence, {pair_mark(row["code"], row["toward_code"])} if row["issue"] is None else {row["issue"]}))
    read.sort(key=lambda each: each[0])
    starts, longest = [span.start for span, _ in read], max((span.end - span.start for span, _ in read), default=0)
    for statement, row in zip(record.statements, tables["statements"], strict=True):
        said, code = statement.content, row["code"]
        near = read[bisect_left(starts, said.start - longest) : bisect_left(starts, said.end)]
        matters = {matter for span, named in near if span.end > said.start for matter in named}
        yield from ({"n": row["n"], "matter": m, "code": code, "day": row["day"]} for m in sorted(matters) if "|" not in m or code in m.split("|"))


def pack(record: Record) -> bytes:
    """The record's JSON, compressed; the same record gives the same bytes with one version of zlib."""
    return zlib.compress(json.dumps(record.to_json(), ensure_ascii=False, separators=(",", ":")).encode(), 6)


def unpack(packed: bytes, article: Article) -> Record:
    """The record as it was read, with its article."""
    return Record.from_json(json.loads(zlib.decompress(packed)), article)


def digest(article: Article) -> str:
    """What tells two versions of an article apart: everything but the id."""
    parts = (article.text, article.title, article.published, article.source, article.url)
    return hashlib.sha256(json.dumps(parts, ensure_ascii=False).encode()).hexdigest()[:32]


def storable_key(key: str) -> str:
    """The key itself, or its beginning with a digest where an index could not hold it."""
    key = key.replace("\0", "\ufffd")
    return key if len(key.encode()) <= _LONGEST_KEY else f"{key[:60]}…{hashlib.sha256(key.encode()).hexdigest()[:32]}"


def storable(article: Article) -> Article:
    """The article as both databases can hold it. NUL, which PostgreSQL's text cannot hold, becomes U+FFFD, one character for one."""
    fields = {"id": storable_key(article.id), "text": article.text, "title": article.title, "source": article.source, "url": article.url}
    clean = {name: value.replace("\0", "\ufffd") for name, value in fields.items()}
    clean["source"] = clean["source"][:300]  # an index holds it
    if all(getattr(article, name) == value for name, value in clean.items()):
        return article
    return replace(article, **clean)
