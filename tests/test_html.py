"""The two views for people: hostile text stays text, overlapping spans are all marked, Arabic runs right to left."""

from __future__ import annotations

from dataclasses import replace
from html.parser import HTMLParser

import pytest

import mahdar
from mahdar.record import Actor, Article, Event, Position, Record, Span, Statement
from mahdar.show import cells, clean, to_html, to_text, wrap

HOSTILE = (
    '<script>alert(1)</script> "كيري" & \u202eلافروف\u202c \x1b[31mأحمر\x1b[0m \x00 \ud800 <img src=x onerror=alert(2)>'
)


class Tags(HTMLParser):
    """Checks nesting and collects tags, attributes and text."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.tags: set[str] = set()
        self.names: set[str] = set()
        self.marked: list[tuple[str, str]] = []
        self.classes: list[str] = []
        self.feed(page)
        assert not self.open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.names.update(name for name, _ in attrs)
        self.open.append(tag)
        self.classes.append(dict(attrs).get("class") or "")

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag
        self.classes.pop()

    def handle_data(self, data: str) -> None:
        if self.classes and "style" not in self.open:
            self.marked.append((self.classes[-1], data))


def record(text: str, **parts: object) -> Record:
    article = Article("x", text, title=str(parts.pop("title", "")))
    base = Record("x", "2015-08-05", (Span(0, len(text)),), article=article)
    return replace(base, **parts)  # type: ignore[arg-type]


def hostile() -> Record:
    size = len(HOSTILE)
    actor = Actor("a1", "person", HOSTILE, HOSTILE, HOSTILE, HOSTILE, (Span(0, 10),), romanised=True)
    event = Event("CONSULT", "actual", ("a1",), ("a1",), Span(0, size), HOSTILE, HOSTILE, HOSTILE, HOSTILE)
    return record(
        HOSTILE,
        title=HOSTILE,
        actors=(actor,),
        statements=(Statement("a1", "direct", Span(0, 8), Span(3, size), "a1", HOSTILE),),
        events=(event,),
        positions=(Position("a1", "a1", "support", Span(1, size), HOSTILE),),
    )


def test_hostile_text_is_escaped() -> None:
    page = to_html(hostile())
    tags = Tags(page)
    table = {"table", "caption", "thead", "tbody", "tr", "th", "td"}
    assert tags.tags <= {"div", "style", "p", "h3", "span", "bdi"} | table
    assert tags.names <= {"class", "title", "dir", "lang", "scope"}
    assert "&lt;script&gt;" in page
    for char in ("\u202e", "\x1b", "\x00", "\ud800"):
        assert char not in page
    page.encode("utf-8")


def test_hostile_text_in_a_terminal() -> None:
    page = to_text(hostile(), width=60, align=True)
    assert not any(char in page for char in ("\u202e", "\x1b", "\x00", "\ud800", "\x9b"))
    page.encode("utf-8")


def test_right_to_left() -> None:
    page = to_html(record("قال كيري"))
    assert page.startswith('<div class="mahdar" dir="rtl" lang="ar"><style>.mahdar{')
    assert "<script" not in page
    assert "http" not in page


def test_overlapping_spans_are_all_marked() -> None:
    text = "0123456789"
    shown = record(
        text,
        body=(Span(0, 9),),
        actors=(Actor("a1", "state", "n", "N", "USA", None, (Span(2, 4), Span(2, 4), Span(4, 4))),),
        statements=(Statement("a1", "direct", Span(0, 1), Span(3, 7)),),
        events=(
            Event("CONSULT", "actual", ("a1",), (), Span(1, 5), "r"),
            Event("AID", "actual", (), (), Span(1, 5), "q"),
        ),
    )
    page = to_html(shown)
    pieces = [(classes, data) for classes, data in Tags(page).marked if data in text]
    joined = pieces[: next(i for i in range(len(pieces)) if "".join(d for _, d in pieces[: i + 1]) == text) + 1]
    assert joined == [
        ("m-text", "0"), ("m-e", "1"), ("m-a m-e", "2"), ("m-a m-e m-s", "3"), ("m-e m-s", "4"), ("m-s", "56"),
        ("m-text", "78"), ("m-off", "9"),
    ]  # fmt: skip
    assert "AID" in page


def test_spans_outside_the_text_do_no_harm() -> None:
    odd = record("قال", actors=(Actor("a1", "state", "n", None, None, None, (Span(2, 99), Span(50, 60))),))
    Tags(to_html(odd))


def test_a_record_without_its_article_shows_numbers() -> None:
    bare = replace(hostile(), article=None)
    assert "[0–" in to_text(bare)
    Tags(to_html(bare))


def test_an_empty_record() -> None:
    empty = Record("x", None, article=Article("x", ""))
    assert "Events  none" in to_text(empty)
    assert "<table" not in to_html(empty)


def test_notebook_view() -> None:
    assert record("قال")._repr_html_() == to_html(record("قال"))


def test_lines_name_who_does_what_to_whom() -> None:
    text = "التقى كيري لافروف في فيينا"
    shown = record(
        text,
        actors=(
            Actor("a1", "person", "كيري", "John Kerry", "USA", "foreign_minister", (Span(6, 10),)),
            Actor("a2", "person", "لافروف", "Lafruf", "RUS", None, (Span(11, 17),), romanised=True),
        ),
        statements=(Statement("a1", "indirect", Span(0, 5), Span(6, 17), "a2", "cue.x"),),
        events=(Event("CONSULT", "denied", ("a1",), ("a2",), Span(0, 17), "x.meet", "2015-08-05", "فيينا", "meet"),),
        positions=(Position("a1", "a2", "oppose", Span(0, 5), "p.q"),),
    )
    page = to_text(shown, width=100)
    assert "John Kerry (USA) → CONSULT/meet → ~Lafruf (RUS)  (2015-08-05, فيينا, denied)  [x.meet]" in page
    assert "John Kerry (USA) via ~Lafruf (RUS), indirect: التقى  [cue.x]" in page
    assert "John Kerry (USA): oppose ~Lafruf (RUS)  [p.q]" in page
    assert text[:17] in page


@pytest.mark.parametrize("width", [40, 61, 120])
def test_no_line_is_wider_than_asked(width: int) -> None:
    text = "قال وزير الخارجية " * 40 + "x" * 300
    article = Article("x", text)
    page = to_text(Record("x", None, (Span(0, len(text)),), article=article), width=width, align=True)
    assert max(cells(line) for line in page.splitlines()) <= width


def test_alignment_pushes_to_the_right() -> None:
    body = [line for line in to_text(record("قال كيري"), width=40, align=True).splitlines() if "كيري" in line]
    assert body == [" " * 32 + "قال كيري"]


def test_visual_order_and_colours_are_the_callers() -> None:
    page = to_text(
        record("قال كيري"),
        paint=lambda role, text: f"<{role}>{text}</>",
        visual=lambda line, rtl: line[::-1] if rtl else line,
    )
    assert "<body>يريك لاق</>" in page
    assert "<heading>Actors</>" in page


def test_wrap_counts_cells() -> None:
    assert wrap("قَالَ كيري", 8) == ["قَالَ كيري"]
    assert wrap("", 8) == []
    assert wrap("日本語 ab", 7) == ["日本語", "ab"]
    assert clean("a\tb\nc\x07") == "a\tb\nc"


def test_the_library_in_one_call() -> None:
    text = "التقى وزير الخارجية الأميركي جون كيري نظيره الروسي سيرغي لافروف في فيينا."
    found = mahdar.read(text, published="2015-10-30")
    assert found.id == "text"
    assert found.published == "2015-10-30"
    assert "John Kerry" in to_text(found)
    Tags(to_html(found))
