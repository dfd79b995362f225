"""Looking over a register, on SQLite and PostgreSQL alike: articles, stances as stretches of time, partners, activity."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from small import fill_small

from mahdar.errors import QuestionError
from mahdar.record import Actor, Article, Position, Record, Span
from mahdar.register.questions import Register
from mahdar.register.store import Store
from mahdar.register.write import Entry, put

# Who says what when of whom: (key, day, publisher, holder, stance)
STANDS = [
    ("a", "2015-01-10", "وكالة أ", "RUS", "support"),
    ("b", "2015-02-10", "وكالة ب", "RUS", "support"),
    ("c", "2015-03-10", "وكالة أ", "RUS", "conditional"),
    ("d", "2015-04-10", "وكالة ب", "RUS", "support"),
    ("e", "2015-02-20", "وكالة أ", "TUR", "oppose"),
    ("f", None, "وكالة أ", "TUR", "support"),
]


@pytest.fixture
def register(store: Store, url: str) -> Iterator[Register]:
    fill_small(store)
    entries = []
    for key, day, source, holder, stance in STANDS:
        article = Article(key, f"موقف {holder} {stance} في {key}", title=key, published=day, source=source)
        span = Span(0, len(article.text))
        actor = Actor("a1", "state", holder, holder, holder, None, (Span(5, 8),), False, holder)
        record = Record(key, day, (span,), (actor,), positions=(Position("a1", "assad-future", stance, span, "r"),), article=article)  # type: ignore[arg-type]
        entries.append(Entry.of(article, record))
    store.transact(lambda connection: put(connection, entries, lexicon="x", now="2026-01-01T00:00:00Z"))
    with Register(url) as opened:
        yield opened


# (filters, rows as (holder, stance, from, to, independent sources, does it hold now))
STRETCHES: list[tuple[dict[str, Any], list[tuple[Any, ...]]]] = [
    (
        {"on": "assad-future"},
        [
            ("RUS", "support", "2015-04-10", "2015-04-10", 1, True), ("RUS", "conditional", "2015-03-10", "2015-03-10", 1, False),
            ("TUR", "oppose", "2015-02-20", "2015-02-20", 1, True), ("RUS", "support", "2015-01-10", "2015-02-10", 2, False),
        ],
    ),
    ({"on": "assad-future", "until": "2015-02"}, [("TUR", "oppose", "2015-02-20", "2015-02-20", 1, True), ("RUS", "support", "2015-01-10", "2015-02-10", 2, True)]),
    (
        {"on": "assad-future", "since": "2015-02-15", "actor": "RUS"},
        [("RUS", "support", "2015-04-10", "2015-04-10", 1, True), ("RUS", "conditional", "2015-03-10", "2015-03-10", 1, False)],
    ),
    ({"actor": "RUS", "on": "assad-future", "source": "وكالة ب"}, [("RUS", "support", "2015-02-10", "2015-04-10", 2, True)]),
    ({"on": "assad-future", "status": "oppose"}, [("TUR", "oppose", "2015-02-20", "2015-02-20", 1, True)]),
    ({"between": ("RUS", "TUR")}, [("RUS", "oppose", "2015-11-02", "2015-11-02", 1, True)]),
    ({"on": "oil"}, []),
]  # fmt: skip


@pytest.mark.parametrize(("filters", "rows"), STRETCHES)
def test_stances_are_stretches_of_time(register: Register, filters: dict[str, Any], rows: list[tuple[Any, ...]]) -> None:
    found = register.stances(**filters).rows()
    assert [(row.holder.code, row.stance, row.day, row.last, row.sources, row.current) for row in found] == rows
    for number, row in enumerate(found):
        assert row.text == f"موقف {row.holder.code} {row.stance} في {row.article}" or row.toward
        assert register.stances(**filters, after=row.cursor).rows() == found[number + 1 :]
    assert register.stances(**filters, limit=1).rows() == found[:1]
    now = [row for row in found if row.current]
    assert register.stands_now(**filters).rows() == now
    assert [(one.holder.code, one.stance, one.day, one.last, one.sources, one.current) for one in register.stretches(**filters)] == rows
    assert register.stands_now(**filters, matters=["oil"]).rows() == []
    assert register.stands_now(**filters, holders=["TUR"]).rows() == [row for row in now if row.holder.code == "TUR"]


def test_the_words_of_a_stretch_are_its_first_and_its_latest(register: Register) -> None:
    *_, first = register.stances(actor="RUS", on="assad-future")
    assert (first.first_quote.article, first.article) == ("a", "b")
    assert first.flat()["first_text"] == "موقف RUS support في a"
    assert first.to_json()["span"] == [0, len(first.text)]


@pytest.mark.parametrize(("filters", "words"), [({}, "of an actor"), ({"actor": "sergey-lavrov"}, "is a person"), ({"on": "oil", "type": "AID"}, "by type")])
def test_stances_that_cannot_be_asked_for(register: Register, filters: dict[str, Any], words: str) -> None:
    with pytest.raises(QuestionError, match=words):
        register.stances(**filters).rows()


# (filters, keys, the latest first, undated last)
LISTED: list[tuple[dict[str, Any], list[str]]] = [
    ({}, ["ankara", "moscow", "vienna", "d", "c", "e", "b", "a", "f", "undated"]),
    ({"since": "2015-04", "until": "2015-10"}, ["vienna", "d"]),
    ({"actor": "TUR"}, ["ankara", "moscow", "e", "f"]),
    ({"actor": "sergey-lavrov"}, ["vienna"]),
    ({"type": "ACCUSE"}, ["moscow"]),
    ({"on": "assad-future", "source": "وكالة ب"}, ["d", "b"]),
    ({"between": ("RUS", "USA")}, ["moscow", "vienna"]),
]


@pytest.mark.parametrize(("filters", "keys"), LISTED)
def test_articles_are_listed(register: Register, filters: dict[str, Any], keys: list[str]) -> None:
    found = register.articles(**filters).rows()
    assert [row.article for row in found] == keys
    for number, row in enumerate(found):
        assert [each.article for each in register.articles(**filters, after=row.cursor)] == keys[number + 1 :]


def test_a_listed_article_says_what_it_holds(register: Register) -> None:
    (row,) = register.articles(until="2015-10", since="2015-10")
    assert (row.actors, row.statements, row.events, row.version, row.day) == (4, 1, 2, 1, "2015-10-30")
    assert row.text.startswith("التقى كيري لافروف")
    assert tuple(row.flat()) == row.columns


def test_partners_activity_and_standing(register: Register) -> None:
    assert [(one.code, one.events, one.cooperation, one.conflict) for one in register.partners("RUS")] == [("TUR", 1, 0, 1), ("USA", 1, 1, 0)]
    assert [one.code for one in register.partners("RUS", most=1)] == ["TUR"]
    assert register.partners("RUS", since="2015-11") == register.partners("RUS")[:1]
    with pytest.raises(QuestionError, match="is a person"):
        register.partners("sergey-lavrov")
    assert sum(register.activity().values()) == len([row for row in register.occurrences() if row.day])
    assert register.activity("RUS", since="2015-10", until="2015-10") == {"2015-10": 1}
    assert register.activity("RUS", days=True, until="2015-10") == {"2015-10-29": 1}
    assert {issue: counts for issue, counts in register.standing().items() if issue == "assad-future"} == {"assad-future": {"support": 1, "oppose": 1}}
    assert register.pair_numbers(between=("RUS", "USA")) == [
        (row.month, row.events, row.cooperation_score, row.conflict_score, row.net) for row in register.pairs(between=("RUS", "USA"))
    ]
    assert register.newest() == "2015-11-20"
    assert register.called("RUS")["RUS"].name_en == "Russia"


def test_one_occurrence_by_its_id(register: Register) -> None:
    for row in register.occurrences():
        assert register.occurrence(row.id) == row
    assert register.occurrence("o0") is None
