"""Where the noun phrase of a post is closed, so that the party behind it is another one: whom its holder asks, accuses or strikes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mahdar.arabic.particles import PREPOSITIONS

if TYPE_CHECKING:
    from mahdar.reading.mentions import Mention, MentionFinder
    from mahdar.reading.naming import Match

_PARTIES = ("organisation", "group", "media", "institution", "state", "capital", "seat", "pair")
_DESCRIBES = ("adjective", "person", "short", "weakshort", "former", "title", "role")
_CLOSES = ("state", "capital", "adjective", "organisation", "group", "seat", "place")
_LONGEST = 5  # words of a name that closes a phrase


def another_party(f: MentionFinder, m: Mention, i: int, match: Match) -> bool:
    """طالب وزير الخارجية الإيراني حزب الله: does the name at ``i`` stand behind a phrase that takes no genitive any more?

    None follows a noun with the article, an adjective or a proper name; and a land behind several lands that و joins is none of theirs
    (دعا وزيرا خارجية فرنسا وألمانيا روسيا إلى).
    """
    if match.prefix or f.entry(match, *_PARTIES) is None:
        return False
    land = f.entry(match, "state", "capital") is not None
    if f.entry(match, *_DESCRIBES) is not None and not (land and (m.definite or len(m.codes) > 1)):
        return False  # التقى مسؤولا تركيا: the adjective
    return _definite(f, m, i - 1) or _named(f, m, i)


def _definite(f: MentionFinder, m: Mention, i: int) -> bool:
    form = f.forms[i].removeprefix(m.prefix) if i == m.first else f.forms[i]
    return form.startswith("ال") and form not in PREPOSITIONS


def _named(f: MentionFinder, m: Mention, i: int) -> bool:
    """Does a proper name or a nationality end in front of token ``i``, behind the head of the phrase?"""
    for j in range(max(m.first + 1, i - _LONGEST), i):
        before = f.match(j)
        if before is not None and before.last == i and f.entry(before, *_CLOSES) is not None:
            return True
    return False


def of_several(form: str) -> bool:
    """الحوثيين: a nationality in the sound plural, which describes no single body (ناشد البرلمان الأوروبي الحوثيين)."""
    return form.endswith(("ون", "ين")) and len(form) > 4
