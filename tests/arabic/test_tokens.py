"""Tokens: Arabic words keep their clitics, punctuation is one character a token, and offsets lead into the raw text."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from made import examples
from mahdar.arabic.fold import fold
from mahdar.arabic.tokens import BREAK, LATIN, NUMBER, PUNCT, WORD, tokenize

LETTER = {WORD: "w", NUMBER: "n", PUNCT: "p", LATIN: "l", BREAK: "b"}
ALPHABET = "ابتجحدرسشعفقكلمنهويأإآةىؤئءپگ ًَُِّْـ\u200f\u200c«»“”\"'،؛؟.,:()-–#_0123456789٠١٢٣٫\n\r\t\u00a0abzABZé@/&🙂"
TEXTS = st.one_of(st.text(), st.text(alphabet=ALPHABET, max_size=80))
MANY = settings(max_examples=examples(300), deadline=None)


def tokens_of(text: str) -> list[tuple[str, str]]:
    tokens = tokenize(fold(text))
    return [(form, LETTER[kind]) for form, kind in zip(tokens.form, tokens.kind, strict=True)]


@MANY
@given(TEXTS)
def test_offsets_lead_into_the_raw_text(text: str) -> None:
    tokens = tokenize(fold(text))
    assert len(tokens) == len(tokens.form) == len(tokens.kind) == len(tokens.start) == len(tokens.end)
    at = 0
    for form, kind, start, end in zip(tokens.form, tokens.kind, tokens.start, tokens.end, strict=True):
        assert at <= start < end <= len(text)
        assert form == "\n" if kind == BREAK else fold(text[start:end]).text == form
        at = end


@MANY
@given(TEXTS)
def test_only_space_and_marks_lie_between_tokens(text: str) -> None:
    tokens = tokenize(fold(text))
    at = 0
    for start, end in [*zip(tokens.start, tokens.end, strict=True), (len(text), len(text))]:
        assert not fold(text[at:start]).text.strip()
        at = end


@MANY
@given(TEXTS)
def test_each_kind_holds_what_it_says(text: str) -> None:
    tokens = tokenize(fold(text))
    for form, kind in zip(tokens.form, tokens.kind, strict=True):
        assert form
        if kind == PUNCT:
            assert len(form) == 1
        if kind == NUMBER:
            assert form[0].isdecimal()
            assert form[-1].isdecimal()
        if kind == WORD:
            assert not any(char.isspace() or char.isdecimal() for char in form)


# Each row: text, its tokens as "form/kind" (w word, n number, p punctuation, l Latin, b line break).
TABLE = [
    ("قال الوزير", "قال/w الوزير/w"),
    # clitics stay glued
    ("وبالتعاون مع الأمم المتحدة", "وبالتعاون/w مع/w الامم/w المتحده/w"),
    # punctuation right behind a word
    ("وقال، أمس، إنه", "وقال/w ،/p امس/w ،/p انه/w"),
    ("لماذا؟", "لماذا/w ؟/p"),
    # quotation marks of all kinds are one mark
    ("«داعش»", '"/p داعش/w "/p'),
    ("“داعش”", '"/p داعش/w "/p'),
    # a proclitic before a quotation mark is a word of its own
    ('ب"النصر"', 'ب/w "/p النصر/w "/p'),
    # numbers
    ("35 عاما", "35/n عاما/w"),
    ("٣٥ عامًا", "35/n عاما/w"),
    ("1,500 جندي", "1,500/n جندي/w"),
    ("٤٫٥ ملايين", "4.5/n ملايين/w"),
    ("عام 2015.", "عام/w 2015/n ./p"),
    ("5+1", "5/n +/p 1/n"),
    ("القرن الـ21", "القرن/w ال/w 21/n"),
    ("24/9/2014", "24/n //p 9/n //p 2014/n"),
    # Latin words, hashtags, underscores
    ("موقع CNN العربي", "موقع/w CNN/l العربي/w"),
    ("طائرة F-16", "طائرة/w F-16/l".replace("طائرة", "طايره")),
    ("#حزب_الله", "حزب/w الله/w"),
    # line breaks: a run of blank lines is one break
    ("بغداد\nقال", "بغداد/w \n/b قال/w"),
    ("بغداد \n\n  قال", "بغداد/w \n/b قال/w"),
    # dateline dashes, tatweel used as a dash vanishes
    ("موسكو - قال", "موسكو/w -/p قال/w"),
    ("موسكو ـ قال", "موسكو/w قال/w"),
    ("موسكو – دمشق", "موسكو/w -/p دمشق/w"),
    # marks inside words do not split them
    ("الأُمَمُ المُتّحدة", "الامم/w المتحده/w"),
    ("سو\u200cريا", "سوريا/w"),
    # dots
    ("طهران..", "طهران/w ./p ./p"),
    ("د. محمد", "د/w ./p محمد/w"),
    ("أ ف ب", "ا/w ف/w ب/w"),
    ("(رويترز)", "(/p رويترز/w )/p"),
    # entities left by a scraper
    ("صلة& بحادث", "صله/w &/p بحادث/w"),
    ("", ""),
    (" \u200f ", ""),
]


@pytest.mark.parametrize(("text", "wanted"), TABLE)
def test_table(text: str, wanted: str) -> None:
    assert " ".join(f"{form}/{kind}" for form, kind in tokens_of(text)) == wanted


def test_a_token_ends_at_its_last_letter() -> None:
    text = "\u200fقالـــتِ\u200f الوزارةُ"
    tokens = tokenize(fold(text))
    assert [text[s:e] for s, e in zip(tokens.start, tokens.end, strict=True)] == ["قالـــت", "الوزارة"]
