"""What stands ready for questions that are asked often: what statements are about, pairs of parties, what is remembered until the register changes."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import pytest

from mahdar import Article, default_reader, read_articles
from mahdar.arabic.stem import stem, strip_front, terms
from mahdar.record import Record, Span
from mahdar.register import search
from mahdar.register.memo import Memo
from mahdar.register.rows import Rows, pair_mark

ROOT = Path(__file__).resolve().parents[2]
RECORDS = [default_reader().read(article) for article in read_articles([str(ROOT / "src/mahdar/samples")]) if isinstance(article, Article)]


def about(record: Record) -> set[tuple[int, str, str | None]]:
    """(statement, what it is about, who speaks), each statement compared with everything read."""
    tables = Rows.of(record).tables
    codes = {actor.id: actor.code for actor in record.actors}
    out = set()
    for (n, said), event in product(enumerate(record.statements), tables["events"]):
        if event["evidence_start"] < said.content.end and event["evidence_end"] > said.content.start:
            speaker = codes.get(said.speaker or "")
            out |= {(n, row["issue"], speaker) for row in tables["event_issues"] if row["n"] == event["n"]}
            out |= {(n, pair_mark(row["a"], row["b"]), speaker) for row in tables["event_pairs"] if row["n"] == event["n"] and speaker in (row["a"], row["b"])}
    for (n, said), held in product(enumerate(record.statements), tables["positions"]):
        if held["evidence_start"] < said.content.end and held["evidence_end"] > said.content.start:
            speaker = codes.get(said.speaker or "")
            pair = (held["code"], held["toward_code"])
            out |= {(n, held["issue"], speaker)} if held["issue"] else {(n, pair_mark(*pair), speaker)} if all(pair) and speaker in pair else set()
    return out


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: str(record.id))
def test_what_statements_are_about_is_what_was_read_within_their_words(record: Record) -> None:
    rows = Rows.of(record).tables["statement_matters"]
    assert {(row["n"], row["matter"], row["code"]) for row in rows} == about(record)
    assert len(rows) == len({(row["n"], row["matter"]) for row in rows})


def test_some_statements_are_about_something() -> None:
    matters = {matter for record in RECORDS for _, matter, _ in about(record)}
    assert {"RUS|USA", "IRN|USA"} & matters
    assert any("|" not in matter for matter in matters)


@pytest.mark.parametrize("words", ["كيري", "الأميركي", '"وزير الخارجية"', "الخارجي*", "إيران -روسيا", "كيري لافروف", '"وزير الخارجية الأميركي"'])
def test_words_are_found_where_every_word_of_a_text_is_looked_at(words: str) -> None:
    question = search.parse(words)
    found = 0
    for record in RECORDS:
        assert record.article is not None
        text = record.article.text
        for each, places in zip((*question.sought, *(one for one in question.wanted if one.unwanted)), search.places(question, text), strict=True):
            held = terms(text)
            if each.beginnings:
                assert places == [Span(term.start, term.end) for term in held if strip_front(term.form).startswith(each.beginnings)]
                continue
            size = len(each.stems)
            runs = [held[at : at + size] for at in range(len(held) - size + 1)]
            assert places == [Span(run[0].start, run[-1].end) for run in runs if all(stem(term.form) in stems for term, stems in zip(run, each.stems, strict=True))]
        found += any(search.places(question, text)[0])
    assert found


def test_the_last_few_things_asked_for_are_remembered_until_the_register_changes() -> None:
    mark, made = ["1"], []
    memo = Memo(lambda: mark[0])

    def ask(key: int) -> int:
        def make() -> int:
            made.append(key)
            return key

        return memo.recent(key, make)

    for key in (*range(8), 0, 8, 0):  # 0 is asked for again before the ninth comes: 1 goes
        assert ask(key) == key
    assert made == [*range(8), 8]
    ask(1)
    assert made == [*range(8), 8, 1]
    mark[0] = "2"
    ask(0)
    assert made == [*range(8), 8, 1, 0]
