"""The bundled gold is well formed: spans, closed sets, references between parts, and coverage of the set as a whole."""

from __future__ import annotations

import json
import re
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from mahdar.record import EVENT_TYPES, ISSUES, ROLES

GOLD = Path(__file__).parent / "gold"
FILES = sorted(GOLD.glob("*.json"))
KINDS = {"person", "state", "organisation", "group"}
STATUSES = {"actual", "planned", "denied", "possible"}
STANCES = {"support", "oppose", "conditional", "undecided"}
BODIES = {
    "UN", "EU", "NATO", "LAS", "GCC", "OIC", "AU", "IAEA", "ASEAN", "G20", "P5+1", "WTO", "IMF",
    "OPEC", "ICRC", "CHURCH", "MEDIA", "ISIS", "QAEDA", "NUSRA", "HEZBOLLAH", "HAMAS", "HOUTHI",
    "TALIBAN", "PKK", "YPG", "SYR_OPP", "SALEH", "MUSLIM_BROTHERHOOD", "MEK", "COALITION_ISIS",
    "COALITION_YEMEN",
}  # fmt: skip
SENTENCE_END = re.compile(r"[.؟!]\s")


def load(path: Path) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return data


def words(text: str, value: list[int] | str) -> str:
    """The words a span or a verbatim string points at; fails when they are not in the text."""
    if isinstance(value, str):
        assert value in text, f"not in the text: {value}"
        return value
    start, end = value
    assert 0 <= start < end <= len(text), value
    return text[start:end]


def known_code(code: str) -> bool:
    return code in BODIES or bool(re.fullmatch(r"[A-Z]{3}|OTHER:\S.*", code))


@pytest.fixture(params=FILES, ids=lambda path: path.stem)
def article(request: pytest.FixtureRequest) -> dict[str, Any]:
    return load(request.param)


def test_there_are_reports() -> None:
    assert len(FILES) == 26
    assert len({load(path)["id"] for path in FILES}) == len(FILES)


def test_every_type_is_covered() -> None:
    types = Counter(event["type"] for path in FILES for event in load(path)["gold"]["events"])
    assert {kind: types[kind] for kind in EVENT_TYPES if types[kind] < 4} == {}


def test_three_reports_hold_no_event() -> None:
    assert sum(not load(path)["gold"]["events"] for path in FILES) == 3


def test_form(article: dict[str, Any]) -> None:
    assert set(article) == {"id", "title", "published", "source", "text", "gold"}
    assert set(article["gold"]) == {"body", "actors", "statements", "events", "positions"}
    date.fromisoformat(article["published"])
    assert 100 <= len(article["text"].split()) <= 260


def test_body(article: dict[str, Any]) -> None:
    body, text = article["gold"]["body"], article["text"]
    for value in body.values():
        found = words(text, value)
        assert found == found.strip()
    assert body["first"][0] < body["last"][0] < body["last"][1]


def test_spans_stay_in_the_body(article: dict[str, Any]) -> None:
    gold, text = article["gold"], article["text"]
    start, end = gold["body"]["first"][0], gold["body"]["last"][1]
    spans = [item[key] for item in gold["statements"] for key in ("cue", "content")]
    spans += [item["evidence"] for item in gold["events"] + gold["positions"]]
    for span in spans:
        found = words(text, span)
        assert found == found.strip(" .،؛:\n"), found
        assert start <= span[0] < span[1] <= end, found


def test_actors(article: dict[str, Any]) -> None:
    actors = article["gold"]["actors"]
    assert len({actor["key"] for actor in actors}) == len(actors)
    for actor in actors:
        assert actor["kind"] in KINDS
        assert actor["name"] in article["text"], actor["name"]
        assert actor["name_en"]
        assert known_code(actor["code"]), actor["code"]
        assert actor.get("role") in ROLES if actor["kind"] == "person" else "role" not in actor


def test_every_actor_is_used(article: dict[str, Any]) -> None:
    gold = article["gold"]
    keys = {item[slot] for item in gold["statements"] for slot in ("speaker", "via")}
    keys |= {key for event in gold["events"] for key in event["people"]}
    codes = {code for event in gold["events"] for code in event["source"] + event["target"]}
    codes |= {item[slot] for item in gold["positions"] for slot in ("holder", "on")}
    for actor in gold["actors"]:
        assert actor["key"] in keys or (actor["kind"] != "person" and actor["code"] in codes), actor["key"]


def test_statements(article: dict[str, Any]) -> None:
    gold, text = article["gold"], article["text"]
    keys = {actor["key"] for actor in gold["actors"]}
    for item in gold["statements"]:
        assert set(item) == {"speaker", "mode", "cue", "content", "via"}
        assert item["mode"] in {"direct", "indirect"}
        assert item["speaker"] in keys
        assert item["via"] is None or item["via"] in keys - {item["speaker"]}
        cue, content = item["cue"], item["content"]
        outside = cue[1] <= content[0] or cue[0] >= content[1]
        assert outside, words(text, cue)
        if item["mode"] == "direct":
            assert text[content[0] - 1] in '"«“', words(text, content)
            assert text[content[1]] in '"»”', words(text, content)


def test_events(article: dict[str, Any]) -> None:
    gold, text = article["gold"], article["text"]
    persons = {actor["key"] for actor in gold["actors"] if actor["kind"] == "person"}
    codes = {actor["code"] for actor in gold["actors"]}
    for event in gold["events"]:
        assert event["type"] in EVENT_TYPES
        assert event["status"] in STATUSES
        assert event["source"]
        assert set(event["source"] + event["target"]) <= codes
        assert set(event["people"]) <= persons
        assert event["date"] is None or re.fullmatch(r"\d{4}(-\d\d(-\d\d)?)?", event["date"])
        assert event["place"] is None or event["place"] in text
        evidence = words(text, event["evidence"])
        assert not SENTENCE_END.search(evidence), evidence
        assert "\n" not in evidence, evidence


def test_positions(article: dict[str, Any]) -> None:
    gold, text = article["gold"], article["text"]
    codes = {actor["code"] for actor in gold["actors"]}
    for position in gold["positions"]:
        assert position["holder"] in codes
        assert position["on"] in ISSUES or position["on"] in codes
        assert position["stance"] in STANCES
        assert words(text, position["evidence"])
