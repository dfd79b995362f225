"""Who takes in articles for weeks holds in the end no more than after the first thousands: what is remembered is bounded, and changes nothing."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from filling import SENTENCES, Stumbling, fill, made
from made_reports import fact_reader, facts, report
from sqlalchemy import event

from mahdar.register.facts import Fact
from mahdar.register.gathering import REMEMBERED, Against
from mahdar.register.store import Store
from mahdar.register.workers import desk_of

KERRY, LAVROV = "USA:john-kerry", "RUS:sergey-lavrov"
MEETING = "التقى كيري ولافروف في فيينا يوم الجمعة وبحثا وقف إطلاق النار في حلب"


@pytest.fixture
def fact() -> Fact:
    return facts(report("a", "2015-10-30", MEETING, [("CONSULT", [KERRY], [LAVROV], MEETING)]))[0]


def others(like: Fact, count: int, first: int = 0) -> Iterator[Fact]:
    """Facts of other reports, made as they are asked for."""
    return (replace(like, key=f"b{number}", cite=like.cite._replace(report=f"b{number}")) for number in range(first, first + count))


def held() -> int:
    gc.collect()
    return sum(isinstance(one, Fact) for one in gc.get_objects())


def test_pairs_compared_long_ago_hold_no_facts(fact: Fact) -> None:
    against = Against(fact_reader().weight)
    before = held()
    for other in others(fact, 6 * REMEMBERED):
        against.of(fact, other)
    assert held() - before <= 2 * REMEMBERED + 1


def test_what_is_remembered_is_what_is_found_anew(fact: Fact) -> None:
    """However much room there is, and where a report that was read anew tells another fact under the same key."""
    found = [*others(fact, 40), *others(replace(fact, published="2016-10-30", day="2016-10-30"), 40)]
    found += [replace(other, cite=other.cite._replace(report="c"), words=frozenset(), gist=frozenset(), status="denied") for other in found]
    wide, narrow = Against(fact_reader().weight), Against(fact_reader().weight, most=3)
    for asked in (found, found[::-1], [one for one in found for _ in range(3)]):
        assert [wide.of(fact, one) for one in asked] == [narrow.of(fact, one) for one in asked] == [Against(fact_reader().weight).of(fact, one) for one in asked]


def test_articles_of_the_same_words_leave_no_more_words_whatever_numbers_are_in_them(store: Store) -> None:
    """Of numbers there is no end: they are not remembered."""
    reader = Stumbling()
    desk = desk_of(lambda: reader)  # type: ignore[arg-type, return-value]
    facts_of = desk.facts
    fill(store, [made(number) for number in range(24)], reader=reader, desk=desk)
    known = (len(reader.analyser._seen), len(facts_of._stems), len(facts_of._weights), len(facts_of._telling))
    fill(store, [made(number, text=f"{made(number).text} {number * 7919}. {SENTENCES[0]}") for number in range(1000, 1024)], reader=reader, desk=desk)
    assert (len(reader.analyser._seen), len(facts_of._stems), len(facts_of._weights), len(facts_of._telling)) == known


def test_who_reads_and_who_compares_remember_words_together() -> None:
    reader = Stumbling()
    desk = desk_of(lambda: reader)  # type: ignore[arg-type, return-value]
    assert desk.facts._analyser is reader.analyser


def test_a_store_at_rest_gives_back_the_pages_it_holds(store: Store) -> None:
    fill(store, [made(1)])
    said: list[str] = []

    @event.listens_for(store.engine, "before_cursor_execute")
    def note(connection: Any, cursor: Any, statement: str, *_: Any) -> None:
        said.append(statement)

    with store.reading(), store.reading():
        pass
    said.clear()
    store.rest()
    idle = 2 if store.engine.dialect.name == "sqlite" else 0
    assert said.count("PRAGMA shrink_memory") == idle
    assert store.count() == 1
