"""Marks of words say what two facts can have in common at the most: nothing that a promise's fate depends on is left where it is."""

from __future__ import annotations

import gzip
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_reports import fact_reader
from sqlalchemy import select
from test_derive import take_in, world

from made import examples
from mahdar.register import asking, marks
from mahdar.register import commitments as promising
from mahdar.register.facts import Fact
from mahdar.register.schema import tellings, told
from mahdar.register.shelf import Shelf
from mahdar.register.store import Store
from mahdar.register.told import Facts, tell

REPORTS = world(21, 60)
FACTS = [fact for report in REPORTS for fact in tell(report, fact_reader()).facts]
KEPT = Path(__file__).parent / "revisions"
WORDS = st.frozensets(st.text("ابتثجحخد", min_size=1, max_size=4), max_size=60)


def with_words(words: frozenset[str], *, issue: bool = False) -> Fact:
    return replace(FACTS[0], words=words, issues=("arms",) if issue else ())


@given(WORDS, WORDS)
@settings(max_examples=examples(60), deadline=None)
def test_never_fewer_words_than_are_shared(a: frozenset[str], b: frozenset[str]) -> None:
    one, other = (marks.marks_of(with_words(words)) for words in (a, b))
    assert one.shared(other) >= len(a & b)
    assert one.shared(other) == other.shared(one)


@given(WORDS, WORDS, st.booleans(), st.booleans())
@settings(max_examples=examples(60), deadline=None)
def test_what_keeps_a_promise_is_never_passed_over(a: frozenset[str], b: frozenset[str], on_a: bool, on_b: bool) -> None:
    deed, promise = with_words(a, issue=on_a), with_words(b, issue=on_b)
    said = promising.Told("p", "RUS", "", "promise", replace(promise, day="2015-01-10"))
    done = promising.Told("d", "RUS", "", "deed", replace(deed, day="2015-01-20", cite=deed.cite._replace(report="another")))
    if promising.answered_by(done, said):
        assert promising.may_be_one_matter(marks.marks_of(deed), marks.marks_of(promise))


def test_words_apart_are_told_apart() -> None:
    one, other = (marks.marks_of(with_words(frozenset(words.split()))) for words in ("سحب قوات حدود شمال", "منح قرض ميزانية تعليم"))
    assert not promising.may_be_one_matter(one, other)
    assert promising.may_be_one_matter(one, one)


def test_no_words_are_about_no_matter() -> None:
    nothing = marks.marks_of(with_words(frozenset()))
    assert not promising.may_be_one_matter(nothing, nothing)


@given(WORDS, st.booleans())
@settings(max_examples=examples(60), deadline=None)
def test_packed_they_are_the_same(words: frozenset[str], issue: bool) -> None:
    marked = marks.marks_of(with_words(words, issue=issue))
    packed = marks.pack(marked)
    assert packed is not None
    assert len(packed) == 34
    assert marks.unpack(packed) == marked


def test_more_words_than_a_byte_counts_have_no_marks() -> None:
    assert marks.pack(marks.marks_of(with_words(frozenset(map(str, range(256)))))) is None


def stored(store: Store) -> list[tuple[bool, bytes | None, bytes | None]]:
    """Of every telling whether it asks, the marks it has, and those its fact has."""
    with store.engine.connect() as connection:
        facts = {article: Facts(packed) for article, packed in connection.execute(select(told.c.article, told.c.packed))}
        rows = connection.execute(select(tellings.c.kind, tellings.c.article, tellings.c.n, tellings.c.marks)).all()
    return [(kind == "request", mine, marks.pack(marks.marks_of(facts[article][n]))) for kind, article, n, mine in rows]


def test_every_promise_and_deed_has_its_marks(tmp_path: Path) -> None:
    with Store.open(tmp_path / "mahdar.db", create=True) as store:
        take_in(store, REPORTS, 9)
        rows = stored(store)
    assert {asks for asks, _, _ in rows} == {True, False}
    assert all(mine == (None if asks else its) for asks, mine, its in rows)


def test_an_upgraded_register_has_them_too(tmp_path: Path) -> None:
    old = tmp_path / "old.db"
    old.write_bytes(gzip.decompress((KEPT / "0008.sqlite.gz").read_bytes()))
    with Store.open(old) as store:
        rows = stored(store)
    assert [asks for asks, _, _ in rows].count(False) > 0
    assert all(mine == (None if asks else its) for asks, mine, its in rows)


def test_what_cannot_answer_is_not_unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The deeds found by their marks that keep or break a promise are all that do, and one in other words is left where it is."""
    promises = [t for fact in FACTS for t in promising.tellings(fact) if t.kind == "promise"]
    strangers = [replace(t, fact=replace(t.fact, words=frozenset("قرض ميزانية تعليم جامعة كتاب مدرسة طالب معلم منهج دفتر قلم حقيبة".split()))) for t in promises]
    with Store.open(tmp_path / "mahdar.db", create=True) as store, store.engine.connect() as connection:
        take_in(store, REPORTS, 9)
        near = asking.deeds_of(connection, Shelf(connection, {}), promises)
        none = asking.deeds_of(connection, Shelf(connection, {}), strangers)
        monkeypatch.setattr(promising, "may_be_one_matter", lambda *_: True)
        every = asking.deeds_of(connection, Shelf(connection, {}), promises)

    def answers(found: dict[str, list[promising.Told]]) -> set[str]:
        return {deed.key for held in found.values() for deed in held if any(promising.answered_by(deed, p) for p in promises)}

    assert answers(near) == answers(every) != set()
    assert none == {}
