"""Tokens: words, numbers and punctuation of a folded text, as parallel lists.

Parallel lists instead of objects keep the hot path cheap: reading a corpus touches every token several times.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from mahdar.arabic.fold import Folded

WORD, NUMBER, PUNCT, LATIN, BREAK = 0, 1, 2, 3, 4

_TOKEN = re.compile(
    r"(?P<w>[\u0621-\u064a\u066e-\u06d3\u06fa-\u06ff]+)"
    r"|(?P<n>\d+(?:[.,]\d+)*)"
    r"|(?P<l>[A-Za-z\u00c0-\u024f][A-Za-z\u00c0-\u024f0-9.@/&-]*)"
    r"|(?P<b>[ ]*\n\s*)"
    r"|(?P<p>[^\s])"
)
_KIND = {"w": WORD, "n": NUMBER, "p": PUNCT, "l": LATIN, "b": BREAK}


@dataclass(frozen=True, slots=True)
class Tokens:
    """The tokens of one text.

    ``form[i]`` is the folded form, ``kind[i]`` one of WORD, NUMBER, PUNCT, LATIN, BREAK (a line break), and
    ``start[i]``/``end[i]`` half-open offsets into the RAW text.
    """

    form: list[str]
    kind: list[int]
    start: list[int]
    end: list[int]

    def __len__(self) -> int:
        return len(self.form)


def tokenize(folded: Folded) -> Tokens:
    """Split a folded text; punctuation is one character a token, Arabic words keep their clitics."""
    form: list[str] = []
    kind: list[int] = []
    start: list[int] = []
    end: list[int] = []
    for found in _TOKEN.finditer(folded.text):
        code = _KIND[found.lastgroup or "p"]
        form.append("\n" if code == BREAK else found.group())
        kind.append(code)
        start.append(found.start())
        end.append(found.end())
    if folded.offsets is not None:
        offsets = folded.offsets
        end = [offsets[i - 1] + 1 for i in end]
        start = [offsets[i] for i in start]
    return Tokens(form, kind, start, end)
