"""Charts: the rows they show, and that they are charts."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from small import fill_small, span

from mahdar import plot
from mahdar.record import Actor, Article, Event, Record, Span
from mahdar.register.pairs import score
from mahdar.register.questions import Register
from mahdar.register.store import Store
from mahdar.register.write import Entry, put

SIDES = (("إيران", "Iran", "IRN"), ("تركيا", "Turkey", "TUR"))
DAYS = (("قصفت إيران أهدافا في تركيا عام 2014", "2014"), ("في مارس", "2015-03"))


@pytest.fixture
def register(sqlite: str) -> Iterator[Register]:
    with Store.open(sqlite, create=True) as store:
        fill_small(store)
    with Register(sqlite) as opened:
        yield opened


def test_rows_of_a_pair(register: Register) -> None:
    rows = plot.pair_rows(register, "IRN", "USA")
    assert [(row["month"], row["sort"], row["events"]) for row in rows] == [("2015-10", "conflict", 1)]
    assert rows[0]["score"] < 0


def test_a_pair_is_scored_as_the_question_scores_it(sqlite: str) -> None:
    """By type and mode: an air raid weighs more than an assault of which no more is said."""
    article = Article("a", "قصفت إيران أهدافا في تركيا عام 2014 ثم في مارس.", published="2015-10-30")
    sides = tuple(Actor(f"a{n}", "state", word, name, code, None, (span(article, word),), False, code) for n, (word, name, code) in enumerate(SIDES, 1))
    raids = tuple(Event("ASSAULT", "actual", ("a1",), ("a2",), span(article, words), "assault.bomb", day, mode="aerial") for words, day in DAYS)
    record = Record("a", "2015-10-30", (Span(0, len(article.text)),), sides, article=article, events=raids)
    with Store.open(sqlite, create=True) as store:
        store.transact(lambda connection: put(connection, [Entry.of(article, record)], lexicon="x", now="2026-01-01T00:00:00Z"))
    with Register(sqlite) as opened:
        rows = plot.pair_rows(opened, "IRN", "TUR")
        assert {(row["month"], row["score"]) for row in rows} == {(row.month, row.conflict_score) for row in opened.pairs(between=("IRN", "TUR"))}
        assert {row["score"] for row in rows} == {score("ASSAULT", "aerial")}
        pytest.importorskip("altair")
        chart = plot.pair(opened, "IRN", "TUR").to_dict()
    assert [row["month"] for row in next(iter(chart["datasets"].values()))] == ["2015-03"]  # 2014 is no month
    assert chart["encoding"]["x"]["type"] == "temporal"  # so that months without events take their room


def test_rows_of_stances(register: Register) -> None:
    rows = plot.stance_rows(register, "iran-nuclear")
    assert [(row["holder"], row["month"], row["stance"], row["told"]) for row in rows] == [("IRN", "2015-11", "support", 1), ("USA", "2015-10", "support", 1)]


def test_rows_of_a_timeline(register: Register) -> None:
    rows = plot.timeline_rows(register, actor="TUR")
    assert [(row["day"], row["type"], row["quad"], row["status"]) for row in rows] == [
        ("2015-11-20", "ASSAULT", "material conflict", "denied"), ("2015-11-02", "ACCUSE", "verbal conflict", "actual"),
    ]  # fmt: skip


def test_rows_of_a_network(register: Register) -> None:
    edges, nodes = plot.network_rows(register)
    assert [(edge["a"], edge["b"], edge["events"], edge["sign"]) for edge in edges] == [
        ("IRN", "USA", 1, "conflict"), ("RUS", "TUR", 1, "conflict"), ("RUS", "USA", 1, "cooperation"),
    ]  # fmt: skip
    assert [node["code"] for node in nodes] == ["IRN", "RUS", "TUR", "USA"]
    assert plot.network_rows(register, since="2030") == ([], [])


def test_charts(register: Register) -> None:
    pytest.importorskip("altair")
    charts = [plot.pair(register, "RUS", "USA"), plot.stances(register, "iran-nuclear"), plot.timeline(register), plot.network(register)]
    for chart in charts:
        made = json.loads(chart.to_json())
        assert made["$schema"].startswith("https://vega.github.io/schema/vega-lite/")


def test_answers_as_arrow(register: Register) -> None:
    pyarrow = pytest.importorskip("pyarrow")
    table = register.events().to_arrow()
    assert table.num_rows == 6
    assert table.schema.field("n").type == pyarrow.int64()
    assert register.events(since="2030").to_arrow().num_rows == 0
