"""A plain romanisation of Arabic names for actors nobody has listed; marked as such in the record."""

from __future__ import annotations

from mahdar.arabic.fold import fold_word

_LETTERS = {
    "ا": "a", "ب": "b", "ت": "t", "ث": "th", "ج": "j", "ح": "h", "خ": "kh", "د": "d", "ذ": "dh", "ر": "r", "ز": "z", "س": "s", "ش": "sh",
    "ص": "s", "ض": "d", "ط": "t", "ظ": "z", "ع": "a", "غ": "gh", "ف": "f", "ق": "q", "ك": "k", "ل": "l", "م": "m", "ن": "n", "ه": "h",
    "و": "u", "ي": "i", "ء": "",
}  # fmt: skip
_LONG = frozenset("اوي")


def romanise(name: str) -> str:
    """Latin letters for an Arabic name: ``القربي`` → ``Al-Qirbi`` it is not (no vowels are guessed), but ``Al-Qrbi``."""
    return " ".join(_word(word) for word in fold_word(name.replace("-", " ")).split() if any(ch in _LETTERS for ch in word))


def _word(word: str) -> str:
    article = "Al-" if word.startswith("ال") and len(word) > 4 else ""
    rest = word[2:] if article else word
    out = ""
    for at, letter in enumerate(rest):
        latin = _LETTERS.get(letter, "")
        before = rest[at - 1] if at else ""
        after = rest[at + 1] if at + 1 < len(rest) else ""
        if letter == "و" and (at == 0 or before in _LONG or after == "ا"):
            latin = "w"
        elif letter == "ي" and (at == 0 or after == "ا"):
            latin = "y"
        elif letter == "ه" and at == len(rest) - 1 and at:
            latin = "a"
        out += latin
    return article + out[:1].upper() + out[1:]
