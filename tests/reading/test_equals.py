"""Whom a bare counterpart means, and for whom heads of delegations and of organs act."""

from __future__ import annotations

import pytest

from mahdar.lexicon import load_lexicon
from mahdar.reading.home import publisher_home
from mahdar.reading.reader import Reader
from mahdar.record import Article


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader(load_lexicon())


def codes(reader: Reader, text: str) -> dict[str, str | None]:
    record = reader.read(Article("a", text, "", "2019-05-01", ""))
    return {actor.name: actor.code for actor in record.actors}


def test_a_bare_counterpart_is_the_other_of_the_pair(reader: Reader) -> None:
    text = "التقى وزير الخارجية التركي نظيرته السودانية مريم الصادق. وشكرت الصادق نظيرها على مساندة أنقرة."
    record = reader.read(Article("a", text, "", "2021-05-26", ""))
    known = {actor.id: actor.code for actor in record.actors}
    thanks = [event for event in record.events if event.type == "SUPPORT"]
    assert [[known[i] for i in event.target] for event in thanks] == [["TUR"]]


def test_who_heads_a_delegation_acts_for_whom_it_is_of(reader: Reader) -> None:
    found = codes(reader, "وصل إلى تونس وفد من مجلس العموم البريطاني يرأسه النائب أندرو ويلسون، والتقى الرئيس قيس سعيد. وقال النائب إن لندن تدعم تونس.")
    assert found["أندرو ويلسون"] == "GBR"


def test_a_first_name_that_looks_like_a_verb(reader: Reader) -> None:
    found = codes(reader, "وصل وزير خارجية كازاخستان إرميك كوشيرباييف إلى بكين.")
    assert found["إرميك كوشيرباييف"] == "KAZ"


def test_papers_by_their_name_alone(reader: Reader) -> None:
    lexicon = load_lexicon()
    assert publisher_home("الأهرام", lexicon) == "EGY"
    assert publisher_home("الوطن", lexicon) is None
