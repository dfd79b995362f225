"""Is a verb said of him who undergoes it? By its first vowel (قُتل، اتُّهم), or because the doer stands behind it with من قبل."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mahdar.arabic.words import Verb

if TYPE_CHECKING:
    from mahdar.reading.clauses import Clause
    from mahdar.reading.relations import Relations

_DAMMA, _MARKS = "\u064f", "\u064b\u064c\u064d\u064e\u0650\u0651\u0652"
_AND = "وف"
_WORDS = 2  # من قبل، من جانب، على يد


def marked(raw: str, verb: Verb) -> bool:
    """وقُتل، استُقبل: does the text write the vowel of the passive on the first letters of a past verb? زُرت and its like are no third person."""
    if verb.reading.tense != "past" or verb.reading.person != 3:
        return False
    stem = raw[1:].lstrip(_MARKS) if verb.conj and raw[:1] in _AND else raw
    letters = 0
    for sign in stem:
        if sign == _DAMMA:
            return letters == 1 or letters == 3 and stem[0] in "اٱ"
        letters += sign not in _MARKS
        if letters > 3:
            return False
    return False


def undergone(clause: Clause, relations: Relations) -> bool:
    """اتهمت إيران من جانب ألبانيا: is the doer named right behind the verb and its subject, who then undergoes it?"""
    if clause.passive:
        return True
    if clause.subject.how != "post" or clause.verb.pronoun or clause.verb.reading.tense != "past":
        return False
    return any(g.prep == "agent" and g.kind == "prep" and 0 <= first - clause.after <= _WORDS for first, g in relations.governors.items())
