"""Where the noun phrase of a post is closed, so that the party behind it is another one: whom its holder asks, accuses or strikes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mahdar.arabic.particles import PREPOSITIONS
from mahdar.reading.organs import MODIFIERS, of_several

if TYPE_CHECKING:
    from mahdar.reading.mentions import Mention, MentionFinder
    from mahdar.reading.naming import Match

_PARTIES = ("organisation", "group", "media", "institution", "state", "capital", "seat", "pair")
_DESCRIBES = ("adjective", "person", "short", "weakshort", "former", "title", "role")
_CLOSES = ("state", "capital", "adjective", "organisation", "group", "seat", "place")
_SITES = frozenset("العاصمه المدينه عاصمه مدينه اقليم ولايه محافظه".split())
# Organs of a body, in front of the pronoun of the body they are part of.
_PARTS_OF_BODIES = frozenset("مفوضيت لجنت منظمت حركت بعثت هييت كتلت جماعت شركت موسست جمعيت رابطت دايرت جبهت وفد مكتب مجلس وكالت".split())
_LONGEST = 5  # words of a name that closes a phrase


def another_party(f: MentionFinder, m: Mention, i: int, match: Match) -> bool:
    """طالب وزير الخارجية الإيراني حزب الله: does the name at ``i`` stand behind a phrase that takes no genitive any more?

    None follows a noun with the article, an adjective or a proper name; and a land behind several lands that و joins is none of theirs
    (دعا وزيرا خارجية فرنسا وألمانيا روسيا إلى).
    """
    form, before = f.forms[i], f.forms[i - 1]
    if match.prefix or before in _SITES or of_several(form) and (m.number == "p" or of_several(before)):
        return False
    if form in MODIFIERS and match.last - i == 1 and not (m.code is not None and _told_whose(f, match)):
        return False  # القيادي في الجبهة المعارضة, but طالب وزير الخارجية الإيراني المعارضة السورية
    party = f.entry(match, *_PARTIES)
    if party is None:
        return m.code is not None and f.entry(match, "role") is not None and _told_whose(f, match) and _named(f, m, i)
    land = party.kind in ("state", "capital")
    if land and m.code is None and f.words_named(match.last):
        return False  # رئيس الوزراء اليمن فلان: meant as a genitive
    if f.entry(match, *_DESCRIBES) is not None and not (land and not form.startswith("ال") and (m.definite or len(m.codes) > 1)):
        return False  # التقى مسؤولا تركيا: the adjective
    if party.kind == "institution" and match.last - i == 1 and form.endswith(("يه", "ي")):
        return False  # الأكاديمية البحرية
    return _definite(f, m, i - 1) or _named(f, m, i)


def _told_whose(f: MentionFinder, match: Match) -> bool:
    """طالب رئيس البرلمان العراقي رئيس الوزراء العراقي: a post with a nationality of its own behind one that has its own is somebody else's."""
    after = f.match(match.last)
    return after is not None and not after.prefix and f.entry(after, "adjective") is not None


def _definite(f: MentionFinder, m: Mention, i: int) -> bool:
    form = f.forms[i].removeprefix(m.prefix) if i == m.first else f.forms[i]
    return form.startswith("ال") and form not in PREPOSITIONS


def _named(f: MentionFinder, m: Mention, i: int) -> bool:
    """Does a proper name or a nationality end in front of token ``i``, behind the head of the phrase?"""
    for j in range(max(m.first + 1, i - _LONGEST), i):
        before = f.match(j)
        name = f.entry(before, *_CLOSES)
        if before is not None and before.last == i and name is not None and "w" not in name.flags:
            return True  # but وزراء مالية مجموعة السبع: no Mali
    return False


def others(f: MentionFinder, m: Mention, i: int, code: str | None) -> bool:
    """هدد الأمين العام للأمم المتحدة الحوثيين: is a nationality in the plural no adjective of this person's or these persons', whose land is told already?

    It may describe a plural inside the phrase (كبير المفاوضين الروس، نظرائهم المصريين).
    """
    form, before = f.forms[i], f.forms[i - 1]
    if not of_several(form) or not form.startswith("ال") or of_several(before) or m.sort == "counterpart" or i - 1 == m.first:
        return False
    if m.number == "s":
        return _definite(f, m, i - 1) or _named(f, m, i)
    return len(m.codes) > 1 or m.code is not None and m.code != code


def part_of_body(form: str) -> bool:
    """مفوضيته، لجنتها: an organ that a pronoun ties to the body it is part of."""
    return any(form.endswith(his) and form.removesuffix(his) in _PARTS_OF_BODIES for his in ("ه", "ها", "هم"))
