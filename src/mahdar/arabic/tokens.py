"""Tokens: words, numbers and punctuation of a folded text, as parallel lists.

Parallel lists instead of objects keep the hot path cheap: reading a corpus touches every token several times.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from mahdar.arabic.fold import Folded

WORD, NUMBER, PUNCT, LATIN, BREAK = 0, 1, 2, 3, 4

_TOKEN = re.compile(
    r"([\u0621-\u064a\u066e-\u06d3\u06fa-\u06ff]+)"
    r"|(\d+(?:[.,]\d+)*)"
    r"|([A-Za-z\u00c0-\u024f][A-Za-z\u00c0-\u024f0-9.@/&-]*)"
    r"|((?<! ) *\n\s*)"  # from the first space of a run only: a long run without a break is looked through once
    r"|([^\s])"
)
_KIND = (PUNCT, WORD, NUMBER, LATIN, BREAK, PUNCT)  # by the number of the group


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
    found = list(_TOKEN.finditer(folded.text))
    kind = [_KIND[m.lastindex or 0] for m in found]
    form = ["\n" if code == BREAK else m[0] for m, code in zip(found, kind, strict=True)]
    start = [m.start() for m in found]
    end = [m.end() for m in found]
    if folded.offsets is not None:
        offsets = folded.offsets
        end = [offsets[i - 1] + 1 for i in end]
        start = [offsets[i] for i in start]
    return Tokens(form, kind, start, end)
