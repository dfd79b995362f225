"""The record's JSON form: a round trip, tolerance for what is added, refusal of what is missing."""

from __future__ import annotations

import dataclasses
import json
from typing import Any

import pytest

from mahdar.errors import RecordError
from mahdar.record import Actor, Article, Event, Position, Record, Span, Statement

TEXT = "التقى كيري لافروف. وقال كيري إن بلاده ترحب بالاتفاق."
ARTICLE = Article("x", TEXT, published="2015-08-05")


def record() -> Record:
    return Record(
        id="x",
        published="2015-08-05",
        body=(Span(0, len(TEXT)),),
        actors=(
            Actor("a1", "person", "كيري", "John Kerry", "USA", "foreign_minister", (Span(6, 10), Span(24, 28))),
            Actor("a2", "person", "لافروف", None, None, None, (Span(11, 17),), romanised=True, lexicon="lavrov"),
        ),
        statements=(Statement("a1", "indirect", Span(19, 23), Span(32, 51), "a2", "cue.say"),),
        events=(
            Event(
                "CONSULT", "actual", ("a1",), ("a2",), Span(0, 17), "consult.meet", "2015-08", "فيينا", "meet",
                ("syria-settlement",), Span(0, 5), Span(0, 5),
            ),
            Event("REQUEST", "possible", (), (), Span(0, 17), "request.ask"),
        ),
        positions=(Position("a1", "iran-nuclear", "support", Span(19, 51), "welcome"),),
        article=ARTICLE,
    )  # fmt: skip


def test_round_trip() -> None:
    data = json.loads(json.dumps(record().to_json(), ensure_ascii=False))
    again = Record.from_json(data, ARTICLE)
    assert again == record()
    assert again.to_json() == record().to_json()
    assert isinstance(again.body[0], Span)
    assert isinstance(again.events[0].occasion, Span)
    assert again.events[1].trigger is None
    assert again.text(again.statements[0].cue) == "وقال"
    hash(again)


def test_the_format_names_of_the_contract_are_there() -> None:
    data = record().to_json()
    assert set(data) == {"id", "published", "body", "actors", "statements", "events", "positions"}
    assert {"id", "kind", "name", "name_en", "code", "role", "mentions"} <= set(data["actors"][0])
    assert {"speaker", "mode", "cue", "content", "via"} <= set(data["statements"][0])
    wanted = {"type", "status", "source", "target", "date", "place", "mode", "about", "occasion", "evidence", "rule"}
    assert wanted <= set(data["events"][0])
    assert {"holder", "on", "stance", "evidence", "rule"} <= set(data["positions"][0])
    assert data["events"][0]["evidence"] == [0, 17]


def test_unknown_fields_are_ignored() -> None:
    data = record().to_json()
    data["added"] = 1
    for part in ("actors", "statements", "events", "positions"):
        data[part][0]["added"] = {"x": 1}
    assert Record.from_json(data) == record()


@pytest.mark.parametrize("name", ["id", "body", "actors", "statements", "events", "positions"])
def test_missing_parts_are_refused(name: str) -> None:
    data = record().to_json()
    del data[name]
    with pytest.raises(RecordError, match=name):
        Record.from_json(data)


@pytest.mark.parametrize(
    ("part", "name"),
    [("actors", "kind"), ("statements", "content"), ("events", "status"), ("events", "evidence"), ("positions", "on")],
)
def test_missing_fields_are_refused(part: str, name: str) -> None:
    data = record().to_json()
    del data[part][0][name]
    with pytest.raises(RecordError, match="x"):
        Record.from_json(data)


@pytest.mark.parametrize("span", [[1], [1, 2, 3], 7, None])
def test_malformed_spans_are_refused(span: Any) -> None:
    data = record().to_json()
    data["body"] = [span]
    with pytest.raises(RecordError):
        Record.from_json(data)


def test_words_need_the_article() -> None:
    bare = Record.from_json(record().to_json())
    with pytest.raises(RecordError, match="without its article"):
        bare.text(Span(0, 1))
    assert bare.actor("a2").name == "لافروف"
    with pytest.raises(KeyError):
        bare.actor("a9")


def test_everything_is_frozen() -> None:
    for thing in (record(), record().actors[0], record().events[0], ARTICLE):
        name = dataclasses.fields(thing)[0].name
        with pytest.raises(dataclasses.FrozenInstanceError):
            setattr(thing, name, "y")
