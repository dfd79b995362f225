"""Words that a search takes for one, and words it keeps apart."""

from __future__ import annotations

import pytest

from mahdar.arabic.fold import fold_word
from mahdar.arabic.stem import stem, stems, terms, variants

# Each line is one word to a search.
SAME = [
    "المفاوضات ومفاوضاتهم مفاوضة للمفاوضات وبالمفاوضات مُفَاوَضَاتٌ مفاوضاتها",
    "روسيا الروسية روسي والروس الروسيين",
    "سوريا سورية السوريين والسورية",
    "ألمانيا الألمانية ألماني لألمانيا بألمانيا المانيا",
    "إيران ايران لإيران الإيراني الإيرانية والإيرانيين",
    "لبنان اللبناني لبنانية واللبنانيون",
    "أميركا الأميركية أميركيا الأميركيين",
    "الوزير وزير والوزير وزيرا وزيرة وزيران",
    "واشنطن وواشنطن",
    "لاجئ لاجئين اللاجئين اللاجئون للاجئين",
    "التزام الالتزام التزامات بالتزامها",
    "اتفاق الاتفاق اتفاقا اتفاقية",
    "إسرائيل لإسرائيل الإسرائيليين",
    "قانون القانونية",
    "رأى راى",
    "NATO nato",
    "1,200 1200 ١٢٠٠",
]
APART = [("روسيا", "سوريا"), ("لبنان", "بنان"), ("وزير", "زير"), ("قرار", "إقرار"), ("1.5", "15"), ("مجلس", "مجلة")]


@pytest.mark.parametrize("line", SAME)
def test_one_word(line: str) -> None:
    assert len({stems(word) for word in line.split()}) == 1, [stems(word) for word in line.split()]


@pytest.mark.parametrize(("one", "other"), APART)
def test_two_words(one: str, other: str) -> None:
    assert stems(one) != stems(other)


@pytest.mark.parametrize(("asked", "written"), [("روسيا", "بروسيا"), ("روسيا", "لروسيا"), ("واشنطن", "لواشنطن"), ("مجلس", "ولمجلس"), ("إيران", "بإيران")])
def test_glued_prepositions_are_asked_for_too(asked: str, written: str) -> None:
    assert stem(fold_word(written)) in variants(fold_word(asked))


def test_short_words_are_not_varied() -> None:
    assert variants("بن") == ("بن",)


def test_terms_stand_where_they_stand() -> None:
    text = "قالَ الـوزير: 1,200 رجل في B-52"
    assert [text[term.start : term.end] for term in terms(text)] == ["قال", "الـوزير", "1,200", "رجل", "في", "B", "52"]
    assert [term.form for term in terms(text)] == ["قال", "الوزير", "1200", "رجل", "في", "b", "52"]
    assert stems(text).split() == [stem(term.form) for term in terms(text)]
