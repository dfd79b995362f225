"""What is said of a named person right behind the name, where it is no post in apposition: من منظمة كذا، وهو ضابط في …، الذي يرأس لجنة في …"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mahdar.arabic.particles import RELATIVES

if TYPE_CHECKING:
    from mahdar.reading.mentions import Mention, MentionFinder

_COMMAS = ("،", ",", "-", "(")
# Verbs of saying that take no من.
SAID = frozenset(f"{joint}{verb}" for verb in "قال قالت يقول تقول اضاف اضافت اوضح اوضحت ذكر ذكرت روي روت كتب كتبت اشار اشارت صرح صرحت".split() for joint in ("", "و", "ف"))
_HE_IS = frozenset("وهو وهي هو هي".split())
_ONE_OF = frozenset("احد احدي".split())
# What somebody does for whom he works.
_WORKS = frozenset((
    "يراس تراس يتراس تتراس ترأس يقود تقود قاد يتزعم تتزعم يمثل تمثل يعمل تعمل عمل عملت يدير تدير ادار "
    "يشغل تشغل شغل يتولي تتولي تولي كان كانت يشرف تشرف خدم يخدم"
).split())
_BODIES = frozenset(("institution", "body", "described", "seat"))
_ANY = frozenset("military official legislator expert citizen journalist".split())  # of which one is what the others are
_FAR = 10  # tokens of a clause that tells of somebody


def apposed(finder: MentionFinder, mentions: list[Mention]) -> None:
    """Give the persons of whom nothing else tells whose they are the code, and the post, that such words behind their names tell."""
    forms = finder.forms
    for at, m in enumerate(mentions):
        if m.kind != "person" or m.name is None or m.code is not None or m.ref is not None or m.number != "s" or m.name[1] != m.last:
            continue
        if m.home and m.role not in (None, "citizen", "other"):
            continue
        i = m.last + (m.last < len(forms) and forms[m.last] in _COMMAS)
        form = forms[i] if i < len(forms) else ""
        if form == "من":
            _from(mentions, m, at, i, said=m.first > 0 and forms[m.first - 1] in SAID)
        elif form in _HE_IS and i > m.last:
            _being(finder, mentions, m, at, i + 1)
        elif form in _ONE_OF and i > m.last:
            _being(finder, mentions, m, at, i)
        elif form in RELATIVES and forms[i + 1 : i + 2] and forms[i + 1] in _WORKS:
            _working(finder, mentions, m, at, i)


def _from(mentions: list[Mention], m: Mention, at: int, i: int, *, said: bool) -> None:
    """وقال فلان من وزارة كذا: only behind verbs that take no من of their own (حذر فلان من …)."""
    x = mentions[at + 1] if at + 1 < len(mentions) else None
    if said and x is not None and x.first == i + 1 and x.sort in _BODIES and not x.prefix and x.code not in (None, "MEDIA"):
        m.code, m.home = x.code, False


def _being(finder: MentionFinder, mentions: list[Mention], m: Mention, at: int, i: int) -> None:
    """وهو ضابط متقاعد في الجيش اللبناني، أحد وجهاء مدينة …: a post of his told by a clause, and the land or body told in it."""
    end = _end(finder, i)
    for x in mentions[at + 1 :]:
        if x.first >= end:
            break
        if x.prefix == "و" or x.kind == "person" and (x.name is not None or x.ref is not None):
            return
        if x.kind == "person" and x.sort == "role":
            m.role = m.role or (x.role if x.number == "s" or x.role in _ANY else None)
            m.home, m.anchor = m.home or x.home, m.anchor if m.anchor >= 0 else x.anchor
        if x.code is not None and x.sort != "media" and not (x.kind == "group" and x.number == "p"):
            m.code, m.home = x.code, False
            return
    places = (finder.entry(finder.match(j), "place") for j in range(i, end))
    land = next((p.code for p in places if p is not None and p.code in finder.lexicon.state_names), None)
    m.code, m.home = land, m.home and land is None  # وهو أحد العاملين في بريد أريحا


def _working(finder: MentionFinder, mentions: list[Mention], m: Mention, at: int, i: int) -> None:
    """فلان، الذي يرأس اللجنة القانونية في البرلمان العراقي: whom the clause says he works for."""
    end = _end(finder, i + 1)
    for x in mentions[at + 1 :]:
        if x.first >= end or x.kind == "person" and x.name is not None:
            return
        if x.sort in _BODIES and x.code not in (None, "MEDIA"):
            m.code, m.home = x.code, False
            return
        if x.sort == "institution" and x.kind == "state":
            m.role, m.anchor = m.role or "official", x.first  # في البرلمان: of the land the article is about


def _end(finder: MentionFinder, i: int) -> int:
    """Where such a clause ends: at a comma, a bracket or a full stop."""
    limit = min(i + _FAR, len(finder.forms))
    return next((j for j in range(i, limit) if finder.forms[j] in ("،", ",", ")", ".", "؛", ":", "\"")), limit)
