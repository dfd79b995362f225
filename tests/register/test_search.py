"""Which words are found where, on SQLite and PostgreSQL alike."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from small import VIENNA, fill_small

from mahdar.arabic.stem import strip_front, terms
from mahdar.errors import QuestionError
from mahdar.record import Article, Record
from mahdar.register import words
from mahdar.register.connect import _postgresql, _sqlite, address, upgrade
from mahdar.register.questions import Register
from mahdar.register.rows import pack
from mahdar.register.schema import actors, articles, versions
from mahdar.register.search import parse
from mahdar.register.store import Store
from mahdar.register.write import Entry, put
from mahdar.sources import read_articles


@pytest.fixture
def register(store: Store, url: str) -> Iterator[Register]:
    fill_small(store)
    with Register(url) as opened:
        yield opened


FOUND: list[tuple[str, dict[str, Any], list[str]]] = [
    ("المفاوضات", {}, ["ankara", "vienna", "undated"]),  # للمفاوضات، المفاوضات، بمفاوضات
    ("مفاوضة", {}, ["ankara", "vienna", "undated"]),
    ("مُفاوَضات", {}, ["ankara", "vienna", "undated"]),
    ("المفاوضات النووية", {}, ["vienna"]),
    ("نووي مفاوضات", {}, ["vienna"]),  # in any order
    ('"المفاوضات النووية"', {}, ["vienna"]),
    ("«مجلس الأمن»", {}, ["undated"]),
    ('"النووية المفاوضات"', {}, []),
    ('"فيينا التقى"', {}, []),  # no phrase runs from the title into the text
    ("لقاء", {}, ["vienna"]),  # in the title
    ("مفاوض*", {}, ["ankara", "vienna", "undated"]),
    ("مفاوضا*", {}, ["ankara", "vienna", "undated"]),  # longer than the stem
    ("النوو*", {}, ["vienna"]),
    ("المف*", {}, ["ankara", "vienna"]),
    ("واشن*", {}, ["moscow"]),
    ("مفاوضون*", {}, []),
    ("المفاوضات -طهران", {}, ["ankara", "undated"]),
    ("المفاوضات -نوو*", {}, ["ankara", "undated"]),
    ("روسيا", {}, ["moscow"]),
    ("تركيا", {}, ["ankara"]),  # التركية
    ("أميركا", {}, ["vienna"]),  # أميركيا
    ("موسكو", {"actor": "TUR"}, ["ankara", "moscow"]),
    ("موسكو", {"between": ("RUS", "USA")}, ["moscow"]),
    ("موسكو", {"type": "ASSAULT"}, ["ankara"]),
    ("موسكو", {"between": ("RUS", "TUR"), "status": "actual"}, ["moscow"]),
    ("المفاوضات", {"on": "iran-nuclear"}, ["ankara", "vienna"]),
    ("المفاوضات", {"source": "وكالة أ"}, ["vienna", "undated"]),
    ("المفاوضات", {"since": "2015-11"}, ["ankara"]),
    ("المفاوضات", {"until": "2015-10"}, ["vienna", "undated"]),
    ("المفاوضات", {"since": "2015-10-30", "until": "2015-10-30"}, ["vienna"]),
    ("المفاوضات", {"actor": "Kerry"}, ["vienna"]),
    ("OR AND NOT", {}, []),  # nothing is a command
    ("it's (x) & | ! :* طهران", {}, []),
    ("طهران", {"limit": 0}, []),
]


def test_what_is_found(register: Register) -> None:
    for asked, filters, expected in FOUND:
        assert [hit.article for hit in register.search(asked, **filters)] == expected, (asked, filters)


def test_what_a_hit_shows(register: Register) -> None:
    (hit,) = register.search("المفاوضات كيري")
    assert [VIENNA.text[start:end] for start, end in hit.matches] == ["كيري", "كيري", "المفاوضات"]
    assert [passage.marked() for passage in hit.passages] == [
        "التقى ‹كيري› لافروف في فيينا أمس.\nوقال ‹كيري› إن ‹المفاوضات› النووية مع طهران تقدمت. ورفضت طهران طلبا أميركيا للتعاون."
    ]
    assert [row.text for row in hit.statements] == ["المفاوضات النووية مع طهران تقدمت"]
    assert [row.text for row in hit.events] == ["التقى كيري لافروف في فيينا"]
    (titled,) = register.search("لقاء")
    assert [titled.report.title[start:end] for start, end in titled.in_title] == ["لقاء"]
    assert titled.matches == ()


def test_pages(register: Register) -> None:
    whole = register.search("المفاوضات").rows()
    assert register.search("المفاوضات", after=whole[0].cursor).rows() == whole[1:]
    assert register.search("المفاوضات", limit=2).rows() == whole[:2]


def test_marks_and_spans_of_vowelled_text(store: Store, url: str) -> None:
    text = "قال: الـمُـفـاوضـاتُ ناجحة"
    article = Article("v", text, published="2015-01-01")
    store.transact(lambda connection: put(connection, [Entry.of(article, Record("v", "2015-01-01", article=article))], lexicon="x", now="n"))
    with Register(url) as register:
        (hit,) = register.search("مفاوضات")
        (start, end) = hit.matches[0]
        assert text[start:end] == "الـمُـفـاوضـات"


def test_a_very_long_article(store: Store, url: str) -> None:
    article = Article("long", " ".join(f"كلمة{n}" for n in range(30_000)) + " ختام", published="2015-01-01")
    store.transact(lambda connection: put(connection, [Entry.of(article, Record("long", "2015-01-01", article=article))], lexicon="x", now="n"))
    with Register(url) as register:
        assert [hit.article for hit in register.search("كلمة")] == ["long"]
        assert register.search("ختام").rows() == []  # no further than words.LIMIT


@pytest.mark.parametrize(("asked", "message"), [("", "needs a word"), ("...", "needs a word"), ("-طهران", "is not enough"), ("م*", "2 letters"), ("كلمة " * 30, "24")])
def test_what_cannot_be_looked_for(asked: str, message: str) -> None:
    with pytest.raises(QuestionError, match=message):
        parse(asked)


@pytest.mark.parametrize("day", ["2015-10-30", "2015-12", "2016-02", "2015", None])
def test_numbers_follow_the_days(day: str | None) -> None:
    number = words.doc(day, 77, 5000)
    assert words.article_of(number) == 77
    if day:
        assert words.first_doc(day) <= words.doc(f"{day}-01-01"[:10] if len(day) == 4 else f"{day}-01"[:10], 77, 1) < words.doc_behind(day)
    assert number < words.doc("2017-01-01", 1, 1)
    assert number < 2**63


def test_the_index_is_made_of_what_a_register_holds(store: Store, url: str) -> None:
    fill_small(store)
    with store.writing() as connection:
        connection.exec_driver_sql("DROP TABLE words")
        words.create(connection)
    with Register(url) as register:
        assert [hit.article for hit in register.search("المفاوضات")] == ["ankara", "vienna", "undated"]


def test_a_register_of_the_first_revision_gets_its_index(url: str) -> None:
    where = address(url)
    engine = _sqlite(where) if where.drivername == "sqlite" else _postgresql(where)
    article = {"id": 1, "key": "old", "source": "", "url": "", "title": "لقاء", "published": "2015-10-30", "day": "2015-10-30", "version": 1}
    version = {"article": 1, "number": 1, "digest": "d", "title": "لقاء", "text": "التقى كيري لافروف", "published": "2015-10-30", "record": pack(Record("old", None))}
    actor = {"article": 1, "actor": "a1", "n": 0, "kind": "person", "name": "كيري", "romanised": False, "code": "USA", "lexicon": "john-kerry", "mentions": [[6, 10]]}
    with engine.connect().execution_options(mahdar_write=True) as connection, connection.begin():
        upgrade(connection, "0001")
        connection.execute(articles.insert(), [article])
        connection.execute(versions.insert(), [{**version, "source": "", "url": "", "lexicon": "x", "read_at": "n"}])
        connection.execute(actors.insert(), [actor])
        spoken = "INSERT INTO statements (article, n, speaker, code, mode, cue_start, cue_end, content_start, content_end, rule, day) "
        connection.exec_driver_sql(spoken + "VALUES (1, 0, 'a1', 'USA', 'direct', 0, 5, 6, 10, 'r', '2015-10-30')")
    engine.dispose()
    with Register(url) as register:
        assert [hit.article for hit in register.search("لقاء لافروف")] == ["old"]
        assert [row.text for row in register.statements(actor="john-kerry")] == ["كيري"]
        assert [(row.name, row.articles) for row in register.actors()] == [("كيري", 1)]


def test_whatever_stands_in_an_article_finds_it(store: Store, url: str, samples: Path) -> None:
    """Every third word of the samples, the phrase of three that begins there, and the word's beginning."""
    found = [article for article in read_articles([str(samples)]) if isinstance(article, Article)]
    entries = [Entry.of(article, Record(article.id, article.published, article=article)) for article in found]
    store.transact(lambda connection: put(connection, entries, lexicon="x", now="n"))
    with Register(url) as register:
        for article in found:
            held = terms(article.text)
            for at in range(0, len(held) - 3, 37):
                phrase = f'"{article.text[held[at].start : held[at + 2].end]}"'.replace("\n", " ")
                beginning = f"{strip_front(held[at].form)[:4]}*"
                asked = [phrase, held[at].form, *([beginning] if len(beginning) > 3 else [])]
                for words_asked in asked:
                    if '"' not in words_asked[1:-1]:
                        assert article.id in [hit.article for hit in register.search(words_asked)], (article.id, words_asked)
