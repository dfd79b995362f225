"""The stand-off annotations hold offsets and facts, no words of the publishers, and point inside the corpus where that is present."""

from __future__ import annotations

import gzip
import json
import re
from pathlib import Path
from typing import Any

import pytest

from mahdar.record import EVENT_TYPES, ISSUES

ROOT = Path(__file__).resolve().parents[1]
ROWS: list[dict[str, Any]] = [json.loads(line) for line in (ROOT / "training" / "corpus.jsonl").read_text(encoding="utf-8").splitlines()]
CORPUS = ROOT.parent / "shared" / "corpus" / "articles.jsonl.gz"
ARABIC = re.compile("[\u0621-\u064a]")


def spans(gold: dict[str, Any]) -> list[list[int]]:
    """Every span of an annotation that is filled in."""
    found = [*gold["body"].values(), *(a["name"] for a in gold["actors"])]
    found += [s[key] for s in gold["statements"] for key in ("cue", "content")]
    found += [e[key] for e in gold["events"] for key in ("evidence", "place")] + [p["evidence"] for p in gold["positions"]]
    return [span for span in found if span is not None]


def test_ids_are_given_once() -> None:
    assert len({row["id"] for row in ROWS}) == len(ROWS) >= 900


def test_no_words_of_the_articles_are_kept() -> None:
    assert [row["id"] for row in ROWS if ARABIC.search(json.dumps(row, ensure_ascii=False))] == []


def test_spans_lie_inside_the_text() -> None:
    outside = [(row["id"], span) for row in ROWS for span in spans(row["gold"]) if not 0 <= span[0] < span[1] <= row["length"]]
    assert outside == []


def test_parts_refer_to_each_other() -> None:
    for row in ROWS:
        gold = row["gold"]
        keys = {a["key"] for a in gold["actors"]}
        assert {s["speaker"] for s in gold["statements"]} | {s["via"] for s in gold["statements"] if s["via"]} <= keys, row["id"]
        assert {e["type"] for e in gold["events"]} <= set(EVENT_TYPES), row["id"]
        assert {p["on"] for p in gold["positions"] if p["on"].islower()} <= set(ISSUES), row["id"]


@pytest.mark.skipif(not CORPUS.is_file(), reason="the corpus is not here")
def test_they_were_made_on_this_corpus() -> None:
    with gzip.open(CORPUS, "rt", encoding="utf-8") as file:
        lengths = {a["id"]: len(a["text"]) for a in map(json.loads, file)}
    assert {row["id"]: row["length"] for row in ROWS} == {row["id"]: lengths.get(row["id"]) for row in ROWS}


# -- sentences -------------------------------------------------------------------------------------------------

SENTENCES: list[dict[str, Any]] = [json.loads(line) for line in (ROOT / "training" / "sentences.jsonl").read_text(encoding="utf-8").splitlines()]
CODE = re.compile(r"[A-Z][A-Z_]+|OTHER:\S.*")


def test_sentences_are_annotated_with_what_the_format_knows() -> None:
    for row in SENTENCES:
        assert set(row) == {"text", "events"}
        for event in row["events"]:
            assert event["type"] in EVENT_TYPES, row["text"]
            assert event.get("status", "actual") in ("actual", "planned", "possible", "denied"), row["text"]
            assert all(CODE.fullmatch(code) for code in [*event["source"], *event["target"]]), row["text"]


def test_sentences_stand_once_and_some_tell_nothing() -> None:
    assert len({row["text"] for row in SENTENCES}) == len(SENTENCES) >= 700
    assert 0.2 < sum(not row["events"] for row in SENTENCES) / len(SENTENCES) < 0.4
