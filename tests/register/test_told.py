"""What a report tells travels from the process that reads to the one that stores, and comes out of the register, packed."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest
from made_reports import fact_reader, report

from mahdar.register.shelf import Place, Shelf
from mahdar.register.store import Store
from mahdar.register.told import Facts, in_pack, pack, tell

WORDS = "التقى كيري ولافروف في فيينا يوم الجمعة وبحثا وقف إطلاق النار في حلب"


def test_packed_facts_are_the_facts() -> None:
    told = tell(report("a", "2015-10-30", WORDS, [("CONSULT", ["USA:john-kerry"], ["RUS:sergey-lavrov"], WORDS, {"place": "فيينا"})]), fact_reader())
    sent = pickle.loads(pickle.dumps(in_pack(told)))
    assert isinstance(sent.facts, Facts)
    assert tuple(sent.facts) == told.facts
    assert (sent.source, sent.stands, sent.sketch, sent.names) == (told.source, told.stands, told.sketch, told.names)
    assert pack(sent) == pack(told)


def test_facts_that_were_sent_are_at_hand_when_they_are_asked_of_the_register(tmp_path: Path) -> None:
    """The same objects, so that what was found out about a pair of them is not found out again; another register has its own."""
    told = tell(report("b", "2015-10-30", WORDS, [("CONSULT", ["USA"], ["RUS"], WORDS)]), fact_reader())
    sent = pickle.loads(pickle.dumps(in_pack(told)))
    with Store.open(tmp_path / "a.db", create=True) as one, one.engine.connect() as first, one.engine.connect() as second:
        fresh = Shelf(first, {1: sent}).fresh()[Place(1, 0)]
        assert Shelf(second, {1: sent}).fresh()[Place(1, 0)] is fresh
    with Store.open(tmp_path / "b.db", create=True) as other, other.engine.connect() as third:
        assert Shelf(third, {1: sent}).fresh()[Place(1, 0)] is not fresh


def test_a_report_without_events_tells_no_facts() -> None:
    told = in_pack(tell(report("c", "2015-10-30", WORDS, []), fact_reader()))
    assert len(told.facts) == 0
    with pytest.raises(IndexError):
        told.facts[0]
