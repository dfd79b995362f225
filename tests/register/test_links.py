"""Linking measured on pairs labelled by hand: precision and recall of "these two reports tell of one event".

``tests/gold/links.jsonl`` holds article ids, types, evidence offsets and labels, no texts; the texts are those of the shared corpus, without which the test is skipped.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from made_reports import fact_reader, lexicon

from mahdar.reading.proposals import Proposal
from mahdar.reading.reader import Assembly, Reader, Reading
from mahdar.record import Article, Record, Span
from mahdar.register.facts import Fact
from mahdar.register.occurrences import family, occurrences
from mahdar.register.reports import Report

LINKS = Path(__file__).resolve().parents[1] / "gold" / "links.jsonl"
CORPUS = Path(__file__).resolve().parents[3] / "shared" / "corpus" / "articles.jsonl.gz"


def rows() -> list[dict[str, Any]]:
    return [json.loads(line) for line in LINKS.read_text(encoding="utf-8").splitlines()]


def folded(proposal: Proposal) -> Iterator[Proposal]:
    """All tellings that an event was folded from."""
    for other in proposal.told:
        yield other
        yield from folded(other)


def retold(reading: Reading, record: Record, facts: list[Fact]) -> list[tuple[Span, Fact]]:
    """Where else in its report each fact is told: the words of the tellings that were folded into it."""
    out = []
    for proposal, event in zip(reading.events, record.events, strict=True):
        fact = next((f for f in facts if f.cite.span == event.evidence and f.type == event.type), None)
        if fact is not None:
            out += [(reading.document.span(other.trigger.at, other.trigger.last), fact) for other in folded(proposal)]
    return out


def told(side: dict[str, Any], by_report: dict[str, list[Fact]], again: dict[str, list[tuple[Span, Fact]]]) -> Fact | None:
    """The fact of today's reading that stands where the labelled one stood, or is told again there."""
    start, end = side["evidence"]

    def common(fact: Fact) -> float:
        span = fact.cite.span
        return (min(end, span.end) - max(start, span.start)) / (max(end, span.end) - min(start, span.start))

    near = [f for f in by_report.get(side["report"], ()) if family(f.type) == family(side["type"]) and common(f) > 0]
    if near:
        return max(near, key=lambda f: (common(f), f.key))
    here = [fact for span, fact in again.get(side["report"], ()) if family(fact.type) == family(side["type"]) and start <= span.start < end]
    return min(here, key=lambda f: f.key, default=None)


def test_there_are_enough_pairs_of_both_kinds() -> None:
    labels = [row["same"] for row in rows()]
    assert len(labels) >= 60
    assert min(labels.count(True), labels.count(False)) >= 60
    assert all(set(row) == {"a", "b", "same", "drawn"} for row in rows())


@pytest.mark.skipif(not CORPUS.exists(), reason="the shared corpus is not here")
def test_linking_is_precise_and_finds_most() -> None:
    wanted = {row[side]["report"] for row in rows() for side in "ab"}
    reader, by_report, again = Reader(lexicon()), {}, {}
    with gzip.open(CORPUS, "rt", encoding="utf-8") as lines:
        for line in lines:
            data = json.loads(line)
            if data["id"] in wanted:
                article = Article(data["id"], data["text"], data.get("title") or "", data.get("published"), data.get("source") or "")
                reading = reader.reading(article)
                record = Assembly(reading).record()
                by_report[article.id] = list(fact_reader().read(Report(article.id, article.source, article.published or "", record)))
                again[article.id] = retold(reading, record, by_report[article.id])
    found = occurrences([f for facts in by_report.values() for f in facts], fact_reader().weight)
    of = {key: o.id for o in found for key in o.facts}
    pairs = [(told(row["a"], by_report, again), told(row["b"], by_report, again), row["same"]) for row in rows()]
    known = [(of[a.key] == of[b.key], same) for a, b, same in pairs if a is not None and b is not None]
    assert len(known) >= 0.7 * len(pairs), "the reader no longer finds most of the labelled events: label anew"
    right = sum(joined and same for joined, same in known)
    precision = right / sum(joined for joined, _ in known)
    recall = right / sum(same for _, same in known)
    print(f"{len(known)} pairs: precision {precision:.3f}, recall {recall:.3f}")
    assert precision >= 0.90
    assert recall >= 0.75
