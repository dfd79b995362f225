"""Inflections of relational adjectives (nisba): بريطاني, البريطانية, البريطانيين …; folded spelling."""

from __future__ import annotations

from typing import NamedTuple

from mahdar.arabic.fold import fold_word


class AdjectiveForm(NamedTuple):
    """One inflected form, without و/ب/ل; ``definite`` says that it carries ال."""

    form: str
    gender: str
    number: str
    definite: bool


_ENDINGS = (
    ("", "m", "s"), ("ه", "f", "s"), ("ون", "m", "p"), ("ين", "m", "p"), ("ات", "f", "p"),
    ("ان", "m", "d"), ("تان", "f", "d"), ("تين", "f", "d"),
)  # fmt: skip


def inflect(adjective: str) -> list[AdjectiveForm]:
    """All forms of ``adjective`` (m. sg. without ال); of two words (كوري جنوبي) both inflect together."""
    words = fold_word(adjective).split()
    out: list[AdjectiveForm] = []
    for ending, gender, number in (*_ENDINGS, ("ا", "m", "s")):
        bare = " ".join(_add(word, ending) for word in words)
        out.append(AdjectiveForm(bare, gender, number, False))
        if ending != "ا":
            out.append(AdjectiveForm(" ".join("ال" + _add(word, ending) for word in words), gender, number, True))
    return out


def _add(word: str, ending: str) -> str:
    return word + ending if not (word.endswith("ه") and ending) else word[:-1] + ending
