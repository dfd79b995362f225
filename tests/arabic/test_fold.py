"""Folding: one spelling for many, and always a way back to the publisher's own characters."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from made import examples
from mahdar.arabic.fold import fold, fold_word

LETTERS = "ءآأؤإئابةتثجحخدذرزسشصضطظعغفقكلمنهوىيٱپچژڤکگیەھۀ"
DIGITS = "0123456789٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹"
MARKS = (
    "\u064b\u064c\u064d\u064e\u064f\u0650\u0651\u0652\u0670\u0653\u0640\u061c"
    "\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u2066\u2069\ufeff\u00ad"
)
PUNCTUATION = "«»“”„\"'‘’،؛؟.,!:…–—-()[]#_/&"
SPACES = " \t\n\r\u00a0\u202f\u3000\u2028\u2029"
NEWS = LETTERS * 3 + DIGITS + MARKS + PUNCTUATION + SPACES + "abcXYZéñ中🙂"

ANYTHING = st.text()  # any Unicode but surrogates
LIKE_NEWS = st.text(alphabet=NEWS, max_size=60)
TEXTS = st.one_of(ANYTHING, LIKE_NEWS)
MANY = settings(max_examples=examples(300), deadline=None)


@MANY
@given(TEXTS)
def test_offsets_are_ordered_and_complete(text: str) -> None:
    folded = fold(text)
    starts = [folded.raw_start(i) for i in range(len(folded.text) + 1)]
    assert starts == sorted(set(starts))
    assert starts[-1] == folded.raw_length == len(text)
    assert folded.raw_end(0) == 0


@MANY
@given(TEXTS)
def test_each_character_comes_from_its_own_place(text: str) -> None:
    folded = fold(text)
    for i, char in enumerate(folded.text):
        assert folded.raw_end(i + 1) == folded.raw_start(i) + 1
        assert fold(text[folded.raw_start(i)]).text == char


@MANY
@given(TEXTS, st.data())
def test_a_span_maps_to_the_words_it_was_folded_from(text: str, data: st.DataObject) -> None:
    folded = fold(text)
    first = data.draw(st.integers(0, len(folded.text)))
    last = data.draw(st.integers(first, len(folded.text)))
    if first == last:
        return
    raw = text[folded.raw_start(first) : folded.raw_end(last)]
    assert fold(raw).text == folded.text[first:last]
    # marks at either edge stay outside the evidence
    assert fold(raw[0]).text
    assert fold(raw[-1]).text


@MANY
@given(TEXTS)
def test_folding_twice_changes_nothing(text: str) -> None:
    once = fold(text).text
    again = fold(once)
    assert again.text == once
    assert again.offsets is None


@MANY
@given(TEXTS)
def test_never_longer(text: str) -> None:
    assert len(fold(text).text) <= len(text)


@MANY
@given(TEXTS, TEXTS)
def test_folding_goes_letter_by_letter(left: str, right: str) -> None:
    assert fold(left + right).text == fold(left).text + fold(right).text


@MANY
@given(TEXTS)
def test_word_folding_agrees(text: str) -> None:
    assert fold_word(text) == " ".join(fold(text).text.split())
    assert fold_word(fold_word(text)) == fold_word(text)


def test_a_text_without_marks_needs_no_map() -> None:
    text = "أعلنت الخارجية القطرية، مساء الأحد، وصول الوفد إلى الدوحة"
    folded = fold(text)
    assert folded.offsets is None
    assert len(folded.text) == len(text)
    assert folded.raw_start(7) == 7
    assert folded.raw_end(7) == 7


def test_marks_leave_the_span_at_its_letters() -> None:
    text = "قـــالَ \u200fالوزيرُ\u200f إنَّ"
    folded = fold(text)
    assert folded.text == "قال الوزير ان"
    first = folded.text.index("الوزير")
    raw = text[folded.raw_start(first) : folded.raw_end(first + len("الوزير"))]
    assert raw == "الوزير"


# Spellings that newsrooms and keyboards interchange: each pair is one word.
VARIANTS = [
    # hamza over, under and without alif
    ("أكد", "اكد"),
    ("إيران", "ايران"),
    ("آسيا", "اسيا"),
    ("ٱلقدس", "القدس"),
    ("الأمم المتحدة", "الامم المتحدة"),
    ("الإمارات", "الامارات"),
    # hamza on its seat
    ("مسؤول", "مسوول"),
    ("رئيس", "رييس"),
    ("مؤتمر", "موتمر"),
    ("شؤون", "شوون"),
    # final yeh without dots (Egypt), with dots
    ("مصطفى", "مصطفي"),
    ("على", "علي"),
    ("القاضى", "القاضي"),
    # teh marbuta as heh
    ("القاهرة", "القاهره"),
    ("غزة", "غزه"),
    # tatweel and vowel marks
    ("مـصـر", "مصر"),
    ("مُحَمَّد", "محمد"),
    ("عُمان", "عمان"),
    ("تفاهمًا", "تفاهما"),
    ("اللّٰه", "الله"),
    # direction controls and zero-width characters
    ("\u200fسوريا\u200f", "سوريا"),
    ("سو\u200cريا", "سوريا"),
    ("\ufeffاليمن", "اليمن"),
    ("\u202bالكويت\u202c", "الكويت"),
    # Persian and other keyboards
    ("کیری", "كيري"),
    ("ایران", "ايران"),
    ("گورباتشوف", "غورباتشوف"),
    ("پاريس", "باريس"),
    ("چيني", "جيني"),
    ("ڤيينا", "فيينا"),
    ("ترکیە", "تركيه"),
    # digits
    ("٢٠١٥", "2015"),
    ("۱۹۷۹", "1979"),
    ("٤٫٥", "4.5"),
    # quotation marks, dashes, hashtags, spaces
    ("«داعش»", '"داعش"'),
    ("“الدولة”", '"الدولة"'),
    ("„الدولة“", '"الدولة"'),
    ("موسكو – دمشق", "موسكو - دمشق"),
    ("#حزب_الله", "حزب الله"),
    ("الأمم\u00a0المتحدة", "الأمم المتحدة"),
    ("الأمم  المتحدة", "الأمم المتحدة"),
]


@pytest.mark.parametrize(("one", "other"), VARIANTS)
def test_variants_are_one_word(one: str, other: str) -> None:
    assert fold_word(one) == fold_word(other)


# Words that differ by a letter that matters stay apart.
DIFFERENT = [
    ("سيرجي", "سيرغي"),
    ("قال", "كال"),
    ("سوريا", "سورية"),
    ("عراق", "عراقي"),
    ("لقاء", "لقا"),
    ("دفاع", "دفع"),
    ("تركيا", "تركي"),
    ("حرب", "حزب"),
    ("النمسا", "نمسا"),
]


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_different_words_stay_different(one: str, other: str) -> None:
    assert fold_word(one) != fold_word(other)
