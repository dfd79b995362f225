"""Questions and their rows, on SQLite and PostgreSQL alike."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from small import ANKARA, MOSCOW, VIENNA, fill_small

from mahdar.errors import QuestionError, RegisterError
from mahdar.record import Article, Record
from mahdar.register import find
from mahdar.register.questions import Register
from mahdar.register.store import Store
from mahdar.register.write import Entry, put
from mahdar.register.write import replace as put_again
from shell import run

ARTICLES = {article.id: article for article in (VIENNA, MOSCOW, ANKARA)}


@pytest.fixture
def register(store: Store, url: str) -> Iterator[Register]:
    fill_small(store)
    with Register(url) as opened:
        yield opened


def named(rows: Any) -> list[str]:
    return [f"{row.article}:{row.n}" for row in rows]


# Which rows, newest first, those without a day last.
ROWS: list[tuple[str, dict[str, Any], list[str]]] = [
    ("events", {}, ["moscow:0", "ankara:0", "moscow:1", "vienna:1", "vienna:0", "undated:0"]),
    ("events", {"actor": "RUS"}, ["moscow:0", "ankara:0", "moscow:1", "vienna:0"]),
    ("events", {"actor": "روسيا"}, ["moscow:0", "ankara:0", "moscow:1", "vienna:0"]),
    ("events", {"actor": "Iran"}, ["vienna:1", "undated:0"]),
    ("events", {"actor": "كيري"}, ["vienna:0"]),
    ("events", {"between": ("USA", "RUS")}, ["moscow:0", "vienna:0"]),
    ("events", {"between": ("أميركا", "Russia"), "status": "planned"}, ["moscow:0"]),
    ("events", {"between": ("Kerry", "Lavrov")}, ["vienna:0"]),
    ("events", {"between": ("Kerry", "Lavrov"), "type": "REJECT"}, []),
    ("events", {"type": "consult"}, ["moscow:0", "vienna:0"]),
    ("events", {"type": ("ACCUSE", "ASSAULT")}, ["ankara:0", "moscow:1"]),
    ("events", {"type": ("ACCUSE", "ASSAULT"), "actor": "TUR", "status": ("denied",)}, ["ankara:0"]),
    ("events", {"on": "USA"}, ["moscow:0", "vienna:1"]),
    ("events", {"on": "syria-settlement"}, ["undated:0"]),
    ("events", {"on": "syria-settlement", "actor": "IRN", "type": "SUPPORT", "status": "actual", "source": "وكالة أ"}, ["undated:0"]),
    ("events", {"source": "وكالة ب"}, ["moscow:0", "ankara:0", "moscow:1"]),
    ("events", {"since": "2015-11"}, ["moscow:0", "ankara:0", "moscow:1"]),
    ("events", {"since": "2015-12-24"}, ["moscow:0"]),  # of December one knows no more than the month
    ("events", {"until": "2015-10"}, ["vienna:1", "vienna:0"]),
    ("events", {"since": "2015-11-01", "until": "2015-11"}, ["ankara:0", "moscow:1"]),
    ("events", {"since": "2016"}, []),
    ("meetings", {"actor": "USA"}, ["moscow:0", "vienna:0"]),
    ("meetings", {"status": "actual"}, ["vienna:0"]),
    ("statements", {}, ["ankara:0", "moscow:0", "vienna:0"]),
    ("statements", {"actor": "USA"}, ["vienna:0"]),
    ("statements", {"actor": "جون كيري"}, ["vienna:0"]),
    ("statements", {"on": "iran-nuclear"}, ["ankara:0", "vienna:0"]),
    ("statements", {"on": "iran-nuclear", "actor": "IRN"}, ["ankara:0"]),
    ("statements", {"on": "TUR"}, ["moscow:0"]),
    ("statements", {"between": ("RUS", "TUR")}, ["moscow:0"]),
    ("statements", {"between": ("RUS", "USA")}, []),
    ("statements", {"type": "ACCUSE"}, ["moscow:0"]),
    ("statements", {"source": "وكالة ب", "since": "2015-11-10"}, ["ankara:0"]),
    ("positions", {}, ["ankara:0", "moscow:0", "vienna:1", "vienna:0", "undated:0"]),
    ("positions", {"on": "iran-nuclear"}, ["ankara:0", "vienna:0"]),
    ("positions", {"on": "iran-nuclear", "actor": "USA"}, ["vienna:0"]),
    ("positions", {"on": "USA"}, ["vienna:1"]),
    ("positions", {"between": ("USA", "IRN")}, ["vienna:1"]),
    ("positions", {"status": "oppose"}, ["moscow:0", "vienna:1"]),
    ("positions", {"actor": "IRN", "status": "support"}, ["ankara:0", "undated:0"]),
    ("pairs", {"between": ("USA", "RUS")}, ["vienna:0"]),
    ("pairs", {"between": ("USA", "RUS"), "status": ("actual", "planned")}, ["moscow:0", "vienna:0"]),
    ("pairs", {"actor": "RUS"}, ["moscow:1", "vienna:0"]),
    ("pairs", {"actor": "RUS", "type": "ACCUSE"}, ["moscow:1"]),
]


def test_which_rows(register: Register) -> None:
    """One register for the whole table: making one takes longer than all questions together."""
    for question, filters, expected in ROWS:
        assert named(getattr(register, question)(**filters)) == expected, (question, filters)


def test_which_rows_whatever_filter_leads(register: Register, monkeypatch: pytest.MonkeyPatch) -> None:
    """With nothing counted no walk but the one by day is left: the same rows, found by tests alone."""
    monkeypatch.setattr(find, "CAP", 0)
    for question, filters, expected in ROWS:
        assert named(getattr(register, question)(**filters)) == expected, (question, filters)


def test_every_row_leads_back_to_its_words(register: Register) -> None:
    for question in ("events", "statements", "positions"):
        for row in getattr(register, question)():
            report = register.article(row.article)
            assert report is not None
            assert report.record.text(row.span) == row.text
            assert getattr(report.record, question)[row.n].rule == row.rule
            assert row.report.source == report.source


def test_an_event_row(register: Register) -> None:
    row = register.events(actor="john-kerry").rows()[0]
    assert (row.type, row.mode, row.status, row.day, row.place) == ("CONSULT", "meet", "actual", "2015-10-29", "فيينا")
    assert [party.label for party in (*row.who, *row.whom)] == ["John Kerry (USA)", "Sergey Lavrov (RUS)"]
    assert row.report.url == VIENNA.url
    flat = row.flat()
    assert tuple(flat) == row.columns
    assert (flat["who"], flat["whom_codes"], flat["start"], flat["end"]) == ("John Kerry", "RUS", *row.span)
    data = json.loads(json.dumps(row.to_json()))
    assert data["span"] == list(row.span)
    assert data["who"][0]["lexicon"] == "john-kerry"
    assert data["article"] == "vienna"


def test_a_statement_and_a_position_row(register: Register) -> None:
    said = register.statements(actor="USA").rows()[0]
    assert said.speaker is not None
    assert (said.speaker.name_en, said.cue_text, said.mode) == ("John Kerry", "وقال", "indirect")
    assert said.flat()["speaker"] == "John Kerry"
    held = register.positions(between=("USA", "IRN")).rows()[0]
    assert held.toward is not None
    assert (held.holder.code, held.stance, held.issue, held.toward.code) == ("IRN", "oppose", None, "USA")
    assert held.flat()["toward_code"] == "USA"


def test_a_pair_row(register: Register) -> None:
    row = register.pairs(actor="TUR").rows()[0]
    assert (row.a, row.b, row.month, row.events, row.cooperation, row.conflict, row.types) == ("RUS", "TUR", "2015-11", 1, 0, 1, (("ACCUSE", 1),))
    assert row.text == "واتهمت روسيا أنقرة بقصف الحدود"


def test_actors(register: Register) -> None:
    found = [(row.name_en, row.articles) for row in register.actors()]
    assert found[:4] == [("Turkey", 2), ("United States", 2), ("Russia", 2), ("Iran", 2)] or sorted(found[:4]) == [
        ("Iran", 2), ("Russia", 2), ("Turkey", 2), ("United States", 2)]  # fmt: skip
    assert sorted(name for name, _ in found[4:]) == ["John Kerry", "Salim al-Majid", "Sergey Lavrov"]
    assert [row.name_en for row in register.actors(actor="USA")] == ["United States", "John Kerry"]
    assert [row.articles for row in register.actors(actor="IRN", since="2015-11")] == [1]
    assert [row.name_en for row in register.actors(actor="john-kerry", source="وكالة أ")] == ["John Kerry"]
    row = next(iter(register.actors(actor="Lavrov")))
    assert row.text == "لافروف"
    assert row.article == "vienna"


@pytest.mark.parametrize("question", ["events", "meetings", "statements", "positions", "actors"])
def test_pages_are_one_answer(register: Register, question: str, monkeypatch: pytest.MonkeyPatch) -> None:
    ask = getattr(register, question)
    whole = ask().rows()
    after, paged = None, []
    while page := ask(limit=1, after=after).rows():
        paged += page
        after = page[-1].cursor
    assert paged == whole
    assert ask(limit=2).rows() == whole[:2]
    assert ask(limit=0).rows() == []
    monkeypatch.setattr("mahdar.register.questions._PAGE", 2)
    assert ask().rows() == whole


def test_pages_of_pairs(register: Register) -> None:
    whole = register.pairs(actor="RUS").rows()
    assert register.pairs(actor="RUS", after=whole[0].cursor).rows() == whole[1:]


def test_answers_are_lazy(register: Register) -> None:
    answer = register.events()
    rows = iter(answer)
    assert next(rows) == answer.rows()[0]
    assert len(list(rows)) == 5


def test_data_frames(register: Register) -> None:
    polars = pytest.importorskip("polars")
    pandas = pytest.importorskip("pandas")
    for answer in (register.events(), register.statements(), register.positions(), register.pairs(actor="RUS"), register.actors(), register.search("طهران")):
        frame = answer.to_polars()
        assert tuple(frame.columns) == answer.kind.columns
        assert len(frame) == len(answer.rows()) == len(answer.to_pandas())
    empty = register.events(since="2030")
    assert empty.to_polars().schema["n"] == polars.Int64
    assert isinstance(empty.to_pandas(), pandas.DataFrame)


def test_a_missing_extra_is_named(register: Register, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "polars", None)
    with pytest.raises(QuestionError, match=r"mahdar\[polars\]"):
        register.events().to_polars()


def test_a_new_version_and_a_new_reading_are_counted_once(store: Store, url: str) -> None:
    fill_small(store)
    fill_small(store)
    changed = replace(VIENNA, text=VIENNA.text + " وأضاف.", published="2015-10-31")
    with Register(url) as register:
        before = {row.cursor for row in register.actors()}
        report = register.article("vienna")
        assert report is not None
        entry = Entry.of(changed, replace(report.record, article=changed))
        store.transact(lambda connection: put(connection, [entry], lexicon="x", now="2026"))
        assert {row.cursor for row in register.actors()} == before
        assert [hit.day for hit in register.search("وأضاف")] == ["2015-10-31"]
        assert [hit.article for hit in register.search("لافروف")] == ["vienna"]
        bare = Entry.of(changed, Record("vienna", changed.published, article=changed))
        assert store.transact(lambda connection: put_again(connection, 2, "vienna", bare, lexicon="y", now="2026"))
        assert [row.name_en for row in register.actors(actor="USA")] == ["United States"]
        assert [hit.article for hit in register.search("لافروف")] == ["vienna"]
        first = register.article("vienna", version=1)
        assert first is not None
        assert first.record.article == VIENNA


WRONG: list[tuple[str, dict[str, Any], str]] = [
    ("events", {"actor": "Lavrof"}, "did you mean"),
    ("events", {"actor": ""}, "empty"),
    ("events", {"type": "CONSLT"}, "did you mean CONSULT"),
    ("events", {"status": "maybe"}, "one of actual, planned, denied, possible"),
    ("events", {"since": "yesterday"}, "a day .* is needed"),
    ("events", {"since": "2015-02-30"}, "a day .* is needed"),
    ("events", {"since": "2016", "until": "2015"}, "later than"),
    ("events", {"on": "iran-nuclea"}, "did you mean iran-nuclear"),
    ("events", {"between": ("USA",)}, "two actors"),
    ("events", {"between": "USA"}, "two actors"),
    ("events", {"limit": -1}, "counts rows"),
    ("events", {"after": "x"}, "no place to go on"),
    ("meetings", {"type": "AID"}, "meetings cannot be filtered by type"),
    ("statements", {"status": "actual"}, "statements cannot be filtered by status"),
    ("positions", {"status": "actual"}, "one of support, oppose"),
    ("pairs", {}, "pairs need two actors"),
    ("pairs", {"actor": "Lavrov"}, "of a person with everybody"),
    ("pairs", {"actor": "USA", "after": "x"}, "no place to go on"),
    ("actors", {"on": "USA"}, "actors cannot be filtered by on"),
    ("actors", {"after": "x"}, "no place to go on"),
]


def test_what_cannot_be_asked(sqlite: str) -> None:
    Store.open(sqlite, create=True).close()
    with Register(sqlite) as register:
        for question, filters, message in WRONG:
            with pytest.raises(QuestionError, match=message):
                getattr(register, question)(**filters).rows()


def test_ambiguous_names_are_listed(sqlite: str) -> None:
    Store.open(sqlite, create=True).close()
    with Register(sqlite) as register:
        several = next(name for name, found in register.names._names().items() if len(found) > 1)
        with pytest.raises(QuestionError, match="give one of these"):
            register.events(actor=several)


def test_no_register_is_said(tmp_path: Any) -> None:
    with pytest.raises(RegisterError, match="mahdar ingest"):
        Register(tmp_path / "none.db")


# ---------------------------------------------------------------------------------------------------- commands


@pytest.fixture
def filled(sqlite: str) -> str:
    with Store.open(sqlite, create=True) as store:
        fill_small(store)
    return sqlite


@pytest.mark.parametrize("command", ["events", "meetings", "statements", "positions", "actors", "pairs --actor RUS", "search مفاوضات"])
def test_formats_hold_the_same_rows(filled: str, command: str) -> None:
    words = [*command.split(), "--register", filled, "--format"]
    listed = json.loads(run(*words, "json").output)
    assert [json.loads(line) for line in run(*words, "jsonl").output.splitlines()] == listed
    table = list(csv.DictReader(io.StringIO(run(*words, "csv").output)))
    assert [row["article"] for row in table] == [row["article"] for row in listed]
    assert listed
    shown = run(*words, "table").output
    assert all(row["article"] in shown for row in listed)


def test_tables_for_people(filled: str) -> None:
    shown = run("events", "--between", "Kerry", "لافروف", "--register", filled).output.splitlines()
    assert shown == [
        "2015-10-29  John Kerry (USA) → CONSULT/meet → Sergey Lavrov (RUS)  (actual, فيينا)  [vienna]",
        "            التقى كيري لافروف في فيينا",
    ]
    assert "there is more" in run("events", "--limit", 1, "--register", filled).output
    assert run("events", "--since", "2030", "--register", filled).output == "mahdar: nothing found\n"
    assert json.loads(run("events", "--since", "2030", "--format", "json", "--register", filled).output) == []
    assert "‹مفاوضات›" in run("search", "مفاوضات", "--register", filled).output.replace("‹بمفاوضات›", "‹مفاوضات›")


def test_article(filled: str) -> None:
    assert "لقاء فيينا" in run("article", "vienna", "--register", filled).output
    assert json.loads(run("article", "vienna", "--format", "json", "--register", filled).output)["text"] == VIENNA.text
    missing = run("article", "nowhere", "--register", filled)
    assert (missing.exit_code, "holds no article 'nowhere'" in missing.output) == (1, True)


def test_mistakes_are_told_in_a_line(filled: str, tmp_path: Any) -> None:
    for words, message in [
        (["events", "--type", "FOO"], "type 'FOO' is not known"),
        (["events", "--actor", "Atlantis"], "nobody called 'Atlantis'"),
        (["search", "-"], "search needs a word"),
        (["pairs"], "pairs need two actors"),
    ]:
        result = run(*words, "--register", filled)
        assert result.exit_code == 1
        assert message in result.output
        assert result.output.count("\n") == 1
    assert "`mahdar ingest` makes one" in run("events", "--register", tmp_path / "none.db").output


def test_hostile_words_command_no_terminal(sqlite: str) -> None:
    text = "التقى كيري لافروف\x1b[2J\u202e في فيينا"
    article = Article("x\x1b[1m", text, title="\x1b]0;t\x07عنوان", published="2015-10-30")
    record = Record(article.id, article.published, article=article)
    with Store.open(sqlite, create=True) as store:
        store.transact(lambda connection: put(connection, [Entry.of(article, record)], lexicon="x", now="2026"))
    shown = run("search", "لافروف", "--register", sqlite).output
    assert "\x1b" not in shown
    assert "\u202e" not in shown
    assert "لافروف" in shown
