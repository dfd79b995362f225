"""Where a report was filed from, in front of its first sentence: القاهرة - رويترز -، دبي، الإمارات العربية المتحدة (CNN)--، مينسك ـ.

Nobody acts in it, and the sentence begins behind it: a verb there opens its clause, and what follows is no genitive of the place. One that tells the
day (أنقرة 28 حزيران/يونيو 2016 -) stays with its sentence, whose day it is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mahdar.arabic.tokens import NUMBER, WORD, Tokens
from mahdar.lexicon.model import Entry, Lexicon

if TYPE_CHECKING:
    from mahdar.reading.mentions import Mention

_DASHES = frozenset(("-", "–", "—", "--"))
_CLOSES = _DASHES | {"ـ", ":"}  # what ends a dateline behind parentheses
_PLACES = frozenset(("state", "capital", "place", "seat"))
_ENDS = frozenset((":", "\n"))  # of an agency's name, where no dash stands: القاهرة - أ ش أ:
_PARENTHESIS = 10  # tokens in the parentheses at most: (ا ف ب)
_LONGEST = 3  # words of a place's name
_PLACE_ENDS = 6  # tokens a place and its land take at the most
_AGENCY = 4  # words between two dashes at most: - رويترز -، - أ ش أ -


def past_dateline(tokens: Tokens, text: str, first: int, last: int, lexicon: Lexicon) -> int:
    """The token that a report's first sentence begins with, behind the place it was filed from; ``first`` where it opens with none."""
    at = _place(tokens, first, last, lexicon)
    if at == first:
        return first
    if at < last and tokens.form[at] in ("،", ","):
        land = _place(tokens, at + 1, last, lexicon)
        at = land if land > at + 1 else at
    closed = False
    while at < last and tokens.form[at] == "(":
        close = next((i for i in range(at + 1, min(last, at + _PARENTHESIS)) if tokens.form[i] == ")"), -1)
        if close < 0 or any(tokens.kind[i] == NUMBER for i in range(at, close)):
            return first
        at, closed = close + 1, True
    behind = _dash(tokens, text, at, last)
    if behind < 0 and closed and at < last and tokens.form[at] == ":":
        behind = at + 1
    if behind < 0:
        return first
    agency = next((i for i in range(behind + 1, min(last, behind + _AGENCY + 1)) if tokens.kind[i] != WORD or _struck(tokens, text, i)), -1)
    again = -1 if agency <= behind else agency + 1 if tokens.form[agency] in _ENDS else _dash(tokens, text, agency, last)
    begins = again if again > 0 and _names(tokens, behind, agency, lexicon) else behind
    return begins if begins < last else first


def _place(tokens: Tokens, first: int, last: int, lexicon: Lexicon) -> int:
    """Behind the longest place's name that begins at ``first``; ``first`` where there is none."""
    rows = lexicon.names.get(tokens.form[first]) if first < last else None
    if rows is None:
        return first
    found = first
    for group in rows.values():
        for rest, entries in group:
            end = first + 1 + len(rest)
            if len(rest) < _LONGEST and found < end <= last and tuple(tokens.form[first + 1 : end]) == rest and any(_is_place(lexicon.entries[n]) for n in entries):
                found = end
    return found


def _is_place(entry: Entry) -> bool:
    return entry.kind in _PLACES or entry.code == "UN"  # الأمم المتحدة (رويترز) -


def _struck(tokens: Tokens, text: str, at: int) -> bool:
    """Does a lengthening stroke typed as a dash stand in front of token ``at``? (It is folded away.)"""
    return "ـ" in text[tokens.end[at - 1] : tokens.start[at]]


def _dash(tokens: Tokens, text: str, at: int, last: int) -> int:
    """Behind the dash at token ``at``, or the stroke in front of it; -1 where there is neither."""
    if not 0 < at < last:
        return -1
    if _struck(tokens, text, at):
        return at
    if tokens.form[at] not in _DASHES or tokens.start[at] == tokens.end[at - 1] and tokens.form[at - 1] != ")":
        return -1
    while at < last and tokens.form[at] in _DASHES:
        at += 1
    return at


def _names(tokens: Tokens, first: int, last: int, lexicon: Lexicon) -> bool:
    """Are these words an agency's name, or its letters?"""
    if all(len(form) <= 2 for form in tokens.form[first:last]):
        return True
    rows = lexicon.names.get(tokens.form[first])
    return rows is not None and any(
        tuple(tokens.form[first + 1 : last]) == rest and any(lexicon.entries[n].kind == "media" for n in entries) for group in rows.values() for rest, entries in group
    )


def without_place(mentions: list[Mention], forms: list[str], first: int) -> list[Mention]:
    """The mentions of the sentence that begins at token ``first`` but for the place of a dateline that stays with it for its day: فيينا (14 تموز/يوليو 2015) -."""
    for m in mentions[:2]:
        if m.last - first > _PLACE_ENDS:
            break
        if m.sort in ("state", "capital") and forms[m.last : m.last + 1] == ["("]:
            close = next((i for i in range(m.last + 1, min(m.last + _PARENTHESIS, len(forms) - 1)) if forms[i] == ")"), 0)
            if close and forms[close + 1] in _CLOSES:
                return [x for x in mentions if x.first > m.first]
    return mentions
