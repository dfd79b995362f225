"""Numbers in words and digits."""

from __future__ import annotations

import pytest

from mahdar.arabic.fold import fold_word
from mahdar.arabic.numbers import parse_number, plurals, read_number, read_ordinal

WHOLE = [
    ("ثلاثة", 3), ("ثمان", 8), ("عشرة", 10), ("أحد عشر", 11), ("اثنتي عشرة", 12), ("خمسة عشر", 15), ("تسع عشرة", 19),
    ("عشرين", 20), ("ثلاثة وعشرون", 23), ("إحدى وعشرين", 21), ("واحد وثمانين", 81), ("مئة", 100), ("مائة وخمسة", 105),
    ("مئتي", 200), ("مائتين وخمسين", 250), ("ثلاثمائة", 300), ("ثلاث مئة", 300), ("خمسمئة واثنين وستين", 562),
    ("ألف", 1000), ("ألفين", 2000), ("ألفي", 2000), ("عشرة آلاف", 10_000), ("خمسة عشر ألفا", 15_000),
    ("ألف وتسعمئة وثمانية وأربعين", 1948), ("ألفين وخمسة عشر", 2015), ("مئة ألف", 100_000), ("مليون", 10**6),
    ("مليوني", 2 * 10**6), ("مليونين وثلاثمئة ألف", 2_300_000), ("3,5 مليون", 3_500_000), ("1.2 مليار", 1_200_000_000),
    ("٤٥", 45), ("12,000", 12_000), ("1.250", 1250), ("20 ألف", 20_000), ("نصف مليون", 500_000),
    ("مليون ونصف", 1_500_000), ("مليار وربع", 1_250_000_000), ("وثلاثة", 3), ("لخمسين", 50), ("وبعشرة", 10),
]  # fmt: skip
NONE = ["أحد", "إحدى", "بيت", "نصف", "الثلاثاء", "ثلاثة رجال", "عشر ثلاثة", "3.4.5", "و", "عشرون وثلاثة"]


@pytest.mark.parametrize(("text", "value"), WHOLE)
def test_parse_number(text: str, value: int) -> None:
    assert parse_number(fold_word(text)) == value


@pytest.mark.parametrize("text", NONE)
def test_not_a_number(text: str) -> None:
    assert parse_number(fold_word(text)) is None


def test_read_number_stops_at_the_counted_word() -> None:
    found = read_number(fold_word("قتل ثلاثة وعشرون جنديا").split(), 1)
    assert found == (1, 3, 23)


@pytest.mark.parametrize(
    ("text", "expected"),
    [("الأول", (0, 1)), ("الخامس عشر", (0, 15)), ("الحادي والعشرين", (0, 21)), ("الثلاثين", (0, 30)),
     ("في الثاني", (1, 2)), ("الحادي", None), ("عشر", None), ("والعشرين", None)],
)  # fmt: skip
def test_read_ordinal(text: str, expected: tuple[int, int] | None) -> None:
    form = fold_word(text).split()
    assert read_ordinal(form, len(form)) == expected


@pytest.mark.parametrize(
    ("counted", "plural"),
    [("جندي", "جنود"), ("جنديا", "جنود"), ("مقاتلا", "مقاتلين"), ("دبابة", "دبابات"), ("رهينة", "رهائن"), ("صاروخ", "صواريخ"), ("عام", ""), ("يوما", "")],
)  # fmt: skip
def test_what_a_number_counts(counted: str, plural: str) -> None:
    """A noun of three letters has a broken plural that only a list knows."""
    found = plurals(fold_word(counted))
    assert fold_word(plural) in found if plural else not found
