"""Names that stand apart from what describes them: behind a complement (الناطق باسم حرس الحدود العميد فلان), a comma, or a nationality alone.

:mod:`mahdar.reading.described` reads a description word by word and gives up where it does not know a word; here the name that follows it
in the same noun phrase is still joined to it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mahdar.arabic.particles import AN_FORMS, RELATIVES
from mahdar.arabic.tokens import WORD

if TYPE_CHECKING:
    from mahdar.reading.mentions import Mention, MentionFinder

_GAP = 9
_COMMAS = frozenset(("،", ",", '"', "(", ")"))
_LINKS = frozenset("باسم في لدي من عن لديها لديه لديهم انذاك حينها وقتها يدعي ويدعي تدعي وتدعي الحالي هناك هنا".split())
_BODIES = frozenset(("institution", "body", "described", "state", "capital", "media"))


def bridged(finder: MentionFinder, mentions: list[Mention]) -> list[Mention]:
    """The mentions of a sentence with such names joined to their descriptions, which take up the bodies named between them."""
    if all(m.sort != "unlisted" or m.code is not None or m.role is not None for m in mentions):
        return mentions
    out: list[Mention] = []
    for m in mentions:
        if m.sort == "unlisted" and m.code is None and m.role is None and not m.prefix and out:
            if _of_nation(m, out):
                continue
            at = _description(finder, m, out)
            if at >= 0:
                _join(finder, out, at, m)
                continue
        out.append(m)
    return out


def _of_nation(m: Mention, before: list[Mention]) -> bool:
    """الوزيران المصري فلان والليبي علان: a nationality alone in front of the name."""
    last = before[-1]
    if last.sort != "adjective" or last.kind != "state" or last.number != "s" or last.last != m.first or not last.definite:
        return False
    pair = next((x for x in reversed(before[:-1]) if x.kind == "person"), None)
    m.code, m.gender = last.code, last.gender
    if pair is not None and pair.number == "d" and last.prefix == "و":
        m.role = pair.role
    m.first, m.prefix, m.sort = last.first, last.prefix, "role"
    before[-1] = m
    return True


def _description(finder: MentionFinder, m: Mention, before: list[Mention]) -> int:
    """Which mention before ``m`` describes it: the last person without a name, where only complements lie between; -1 if none."""
    at = len(before) - 1
    while at >= 0 and before[at].sort in _BODIES and before[at].prefix in ("", "ل", "ب"):
        at -= 1
    if at < 0 or m.name is None:
        return -1
    role = before[at]
    if role.kind != "person" or role.sort != "role" or role.number != "s" or role.name is not None or role.role in ("source", "citizen", "head_of_state", "head_of_government"):
        return -1
    if not 0 < m.first - role.last <= _GAP:
        return -1
    inside = {i for x in before[at + 1 :] for i in range(x.first, x.last)}
    return at if all(i in inside or _complement(finder, i, m.first) for i in range(role.last, m.first)) else -1


def _complement(finder: MentionFinder, i: int, end: int) -> bool:
    """May token ``i`` lie between a description and its name, which begins at ``end``?"""
    form, word = finder.forms[i], finder.words[i]
    if finder.kinds[i] != WORD or word is None:
        return form in ('"', "(", ")") or form in _COMMAS and i == end - 1
    if form in AN_FORMS or form in RELATIVES:
        return False
    if form in _LINKS or finder.entry(finder.match(i), "place"):
        return True
    if word.function or word.verbs and not (word.nouns or word.participles):
        return form.startswith("ال") and not word.function
    if i == end - 1 and word.common < 12 and not (word.nouns or word.verbs or word.participles):
        return True  # غو ميونغ هيون: a first name nobody has listed
    construct = finder.forms[i - 1] not in _LINKS and i - 2 >= 0 and finder.forms[i - 2] in _LINKS and not finder.forms[i - 1].startswith("ال")  # باسم ولاية كذا
    return form.startswith(("ال", "وال", "ل", "ب")) or finder.forms[i - 1] in _LINKS or construct


def _join(finder: MentionFinder, out: list[Mention], at: int, m: Mention) -> None:
    """Give the description its name, and the code of the body it serves or of the place it is posted to."""
    role = out[at]
    for x in out[at + 1 :]:
        if x.sort != "state" and x.sort != "capital" or x.first - role.last <= 1:
            role.code = role.code or (x.code if x.sort != "media" else "MEDIA")
    for i in range(role.last, m.first):
        place = finder.entry(finder.match(i), "place") if role.code is None else None
        if place is not None and place.code and len(place.code) == 3:
            role.code = place.code
    if role.code is not None:
        role.home = False
    role.name, role.last = m.name, m.last
    del out[at + 1 :]
