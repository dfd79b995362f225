"""A light stemmer for search: one form for the spellings and endings under which somebody looks for a word.

It takes off what is glued in front (و, the article and the prepositions glued to it) and common endings, never letters inside a word:
المفاوضات، ومفاوضاتهم، مفاوضة become مفاوض; روسيا، الروسية، روسي become روس. What matters is that the same is done to the text and to the
question. Two kinds of error are chosen knowingly: unrelated words that fall together (ألمانيا loses its ال everywhere, so that it meets
itself in الألمانية), and a preposition glued to a bare noun (بروسيا، لمجلس), which cannot be told from a first letter (بريطانيا، لبنان) and
is therefore kept here; :func:`variants` gives a question those forms as well.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Container
from functools import lru_cache
from typing import Final, NamedTuple

from mahdar.arabic.fold import fold
from mahdar.record import Span

LONGEST: Final = 60  # letters of a word that are kept
_TERM = re.compile(r"[\u0621-\u064a\u066e-\u06d3\u06fa-\u06ff]+|[0-9]+(?:[.,][0-9]+)*|[A-Za-z\u00c0-\u024f]+[A-Za-z0-9\u00c0-\u024f]*")
_ROOT: Final = 3  # letters that are always left
_BARE_TO_VARY: Final = 4
# Glued words that end in the article, longest first; لل is ل with the article.
_ARTICLES: Final = ("وبال", "وكال", "فبال", "وال", "فال", "بال", "كال", "ولل", "فلل", "لل", "ال")
# Words that begin with و of their own, by how they begin (folded, without the article).
_OWN_WAW: Final = tuple(
    "وزير وزار وزرا وزري وزراي وزيا وزن وفد وفود وحد وحيد وكيل وكال وكلا وضع وضاع وضوح واضح وثيق وثاي وثق واثق وقت وقاي وقع واقع وقوع وقف وقوف وصل "
    "وصول واصل وصف واصف وصاي وطن وعد وعود وعي ولاي ولد ولاد ولاء والد والي ولي وليا واشنط وسط وسيط وساط واسط وسايل وسيل واسع وظيف وظاي واجب واجه "
    "وارد ورد ورود واحد وجود وجد وجه وجيز ورق ورش وفق وفاق وافق وفاه وفاته وفيا وقود وقاي وتير ويكيل وديع ودايع وداع وهم وحش وحوش وقيع وقود وهاب وليد ووتش "
    "وزع ورط وحي وبا واع ودي وجب واتساب وساوس وراث ورث وصم وشيك وشنط وايت وير ويلي واينس".split()
)
_PRONOUNS: Final = ("هما", "هم", "هن", "ها", "كم", "نا")
_ADJECTIVE: Final = ("يات", "يين", "يون", "يان", "يه", "يا", "ي")  # روسيا، روسية، الروسيين
_NUMBER: Final = ("ات", "ون", "ين", "وا", "تي")
_LAST: Final = ("ه", "ا", "ء")


@lru_cache(maxsize=200_000)
def stem(word: str) -> str:
    """The form of a folded word that it is found by."""
    word = strip_front(word[:LONGEST])
    if word < "\u0600":
        return word
    for endings in (_PRONOUNS, _ADJECTIVE, _NUMBER, _LAST):
        for ending in endings:
            if word.endswith(ending) and len(word) - len(ending) >= _ROOT:
                word = word[: -len(ending)]
                break
    return word[:-2] if word.endswith("ان") and len(word) > _ROOT + 2 else word  # وزيران; but إيران، لبنان


def strip_front(word: str, *, left: int = _ROOT) -> str:
    """The folded word without what is glued in front of it, again and again: والوزير and وزير meet, as do ألمانيا and الألمانية."""
    while True:
        for glued in _ARTICLES:
            if word.startswith(glued) and len(word) - len(glued) >= left:
                word = word[len(glued) :]
                break
        else:
            if len(word) <= left or word.startswith(_OWN_WAW):
                return word
            if word[0] == "و" or word.startswith("لا"):  # لإيران, and consistently لاعب
                word = word[1:]
            else:
                return word


def variants(word: str) -> tuple[str, ...]:
    """Stems under which a folded word of a question may stand in a text: its own, and those with a preposition glued to it."""
    own = stem(word)
    bare = strip_front(word[:LONGEST])
    if len(bare) < _BARE_TO_VARY or not "\u0621" <= bare[0] <= "\u064a":
        return (own,)
    return tuple(dict.fromkeys((own, *(stem(letter + bare) for letter in "بلك"))))


class Term(NamedTuple):
    """One word of a text: its folded form in lower case, and where it stands in the raw text."""

    form: str
    start: int
    end: int


def terms(text: str) -> list[Term]:
    """The words and numbers of a raw text, as search sees them."""
    folded = fold(text)
    found = [(_form(m[0]), m.start(), m.end()) for m in _TERM.finditer(folded.text)]
    if folded.offsets is None:
        return list(map(Term._make, found))
    return [Term(form, folded.raw_start(start), folded.raw_end(end)) for form, start, end in found]


def finder(text: str) -> tuple[list[str], Callable[[Container[int]], dict[int, Span]]]:
    """The folded words and numbers of a raw text in their order, as :func:`terms` has them, and what says where some of them stand, by their numbers."""
    folded = fold(text)

    def spans(wanted: Container[int]) -> dict[int, Span]:
        found = [(number, m.span()) for number, m in enumerate(_TERM.finditer(folded.text)) if number in wanted]
        return {number: Span(folded.raw_start(start), folded.raw_end(end)) for number, (start, end) in found}

    return list(map(_form, _TERM.findall(folded.text))), spans


def stems(text: str) -> str:
    """The stems of a raw text in their order, a space between each two: what is put into the index."""
    return " ".join(map(stem, map(_form, _TERM.findall(fold(text).text))))


def _form(word: str) -> str:
    if word >= "\u0600":
        return word
    return word.lower() if word[0] > "9" else word.replace(",", "").replace(".", "٫")
