"""Visual order of single lines, against what the Unicode algorithm gives."""

from __future__ import annotations

import pytest

from mahdar.arabic.bidi import is_rtl, shape, visual

# Hebrew letters stand for R here because they need no joining; Arabic for AL. Expected strings are in printing order.
CASES = [
    # plain directions
    ("abc", False, "abc"),
    ("אבג", True, "גבא"),
    ("אב גד", True, "דג בא"),
    # a Latin word and a number inside a right-to-left line
    ("אב CNN גד", True, "דג CNN בא"),
    ("אב 123 גד", True, "דג 123 בא"),
    ("في 2015 قال", True, "لاق 2015 يف"),
    # separators and signs stay with their number
    ("אב 3.5 גד", True, "דג 3.5 בא"),
    ("אב 50% גד", True, "דג 50% בא"),
    ("قال 5+1", True, "1+5 لاق"),
    # brackets are mirrored in right-to-left runs, and only there
    ("(אב)", True, "(בא)"),
    ("قال (CNN) أمس", True, "سمأ (CNN) لاق"),
    ("«אב»", True, "«בא»"),
    ("a (b)", False, "a (b)"),
    # a right-to-left name inside a left-to-right line
    ("name אבג (USA)", False, "name גבא (USA)"),
    ("a אב, גד b", False, "a דג ,בא b"),
    # punctuation at the end of a right-to-left line stands on the left
    ("אב.", True, ".בא"),
    # spaces at the end stay at the end
    ("אב  ", True, "  בא"),
    # Arabic-Indic digits read left to right
    ("عام ٢٠١٥", True, "٢٠١٥ ماع"),
    # nothing
    ("", None, ""),
    ("   ", None, "   "),
]


@pytest.mark.parametrize(("line", "rtl", "expected"), CASES)
def test_visual(line: str, rtl: bool | None, expected: str) -> None:
    assert visual(line, rtl=rtl) == expected


def test_base_direction_comes_from_the_first_strong_character() -> None:
    assert is_rtl("123 أب abc")
    assert not is_rtl("123 abc أب")
    assert not is_rtl("123")
    assert visual("אב abc") == "abc בא"
    assert visual("abc אב") == "abc בא"


def test_marks_stay_behind_their_letter() -> None:
    assert visual("בָג", rtl=True) == "גבָ"


def test_direction_controls_are_dropped() -> None:
    assert visual("ab\u202ecd\u202c \u2067x\u2069\u200f", rtl=False) == "abcd x"


def test_letters_join() -> None:
    joined = shape("محضر")
    assert joined != "محضر"
    assert len(joined) == 4
    assert shape("سلام") != shape("سل ام")
    assert shape("abc 12") == "abc 12"


def test_every_character_survives() -> None:
    line = "قال كيري (USA) إن 5+1 دول، و50% من \"P5\" [ب] اتفقت."
    assert sorted(visual(line).translate(str.maketrans("()[]", "(([["))) == sorted(
        line.translate(str.maketrans("()[]", "(([["))
    )
