"""Whom the holder of a post works for where the post's own words end with the head of a body: رئيس حزب …, رئيس اتحاد …, المدير التنفيذي لـ …

A nationality behind such a body is part of what the body is called, and no state's office.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mahdar.arabic.tokens import LATIN, WORD
from mahdar.reading.romanise import romanise

if TYPE_CHECKING:
    from mahdar.lexicon.model import Entry
    from mahdar.reading.mentions import Mention, MentionFinder
    from mahdar.reading.naming import Match

# Unions of people or firms, which act for their members and not for the state of their nationality.
UNIONS = frozenset("اتحاد نقابه نقابات جمعيه رابطه نادي".split())
# Bodies with members of their own mind, headed by their leaders.
PARTIES = frozenset("حزب حركه جبهه تيار ايتلاف تحالف جماعه تنظيم تجمع".split())
_QUOTED = UNIONS | PARTIES | frozenset("مركز معهد شركه مجموعه موسسه منظمه منتدي صندوق وكاله هييه مدرسه جامعه حمله مبادره".split())
_PAPERS = frozenset("صحيفه جريده مجله قناه موقع شبكه اذاعه تحرير".split())
_EXECUTIVE = frozenset(("التنفيذي", "التنفيذيه", "تنفيذي", "تنفيذيه"))  # a post of firms and societies
_LONGEST = 6  # tokens of a name in quotation marks
_OF = frozenset("ل ب في من باسم لدي".split())


def of_its_own(finder: MentionFinder, match: Match, entry: Entry, m: Mention) -> bool:
    """Does the post in ``match`` belong to a body that is no state's? The code of its state is taken off the mention ``m``, or replaced by the party's name."""
    states = finder.lexicon.state_names
    if entry.code is not None or m.ref is not None or m.code is not None and m.code not in states:
        return False
    head = finder.forms[match.last - 1].removeprefix("ال")
    if head in UNIONS:
        m.code = None  # رئيس اتحاد الشركات الهندية: of the union, not of the state
        return True
    if head in PARTIES and m.code is not None:
        m.code, m.made = _called(finder, match.last - 1, m), True  # رئيس حركة اليسار المصري
        return True
    if _EXECUTIVE.isdisjoint(finder.forms[match.first : match.last]) or _of_state(finder, match.last, m):
        return False
    m.code = None
    return True


def own_post(finder: MentionFinder, m: Mention, described: Mention) -> bool:
    """عصام الحداد مساعد الرئيس: is the description behind a listed person's name, without a comma, a post he holds on the day? Of two posts around it, another one."""
    if m.ref is None or m.sort != "name" and (described.code is None or described.role == m.role):
        return False
    return finder.offices.holds(m.ref, described.role, described.code)


def quoted_body(finder: MentionFinder, i: int, limit: int) -> tuple[int, str] | None:
    """مدير مركز "طيبة" للدراسات: behind the head of a body, where its name in quotation marks from token ``i`` on ends, and its code."""
    head = finder.forms[i - 1]  # not رئيس الحزب "فلان"
    if head not in _QUOTED and head not in _PAPERS:
        return None
    for j in range(i + 1, min(i + 2 + _LONGEST, limit)):
        if finder.forms[j] == '"':
            code = "MEDIA" if head in _PAPERS else f"OTHER:{romanise(finder.doc.raw(i + 1, j))}"
            return (j + 1, code) if j > i + 1 else None
        if finder.kinds[j] not in (WORD, LATIN):
            return None
    return None


def marked_body(finder: MentionFinder, m: Mention, i: int, limit: int) -> int:
    """الأمين العام لـ«حزب الله» فلان، القيادي في «حماس»: behind the preposition at ``i``, the end of a listed body in quotation marks, whose code is taken; ``i`` for none."""
    if finder.forms[i] not in _OF or i + 3 >= limit or finder.forms[i + 1] != '"':
        return i
    match = finder.match(i + 2)
    body = finder.entry(match, "organisation", "group")
    if match is None or body is None or match.prefix or match.last >= limit or finder.forms[match.last] != '"':
        return i
    m.code = m.code or body.code
    return match.last + 1


def _called(finder: MentionFinder, head: int, m: Mention) -> str | None:
    """The code of the party whose name begins with token ``head``; None where its head word alone points back to it."""
    last = m.last if m.name is None or m.name[0] < head else m.name[0]
    while last > head and finder.kinds[last - 1] != WORD:
        last -= 1
    definite = finder.forms[head].startswith("ال")
    if last - head < 2 or definite and not finder.forms[head + 1].startswith("ال"):
        return None
    return f"OTHER:{romanise(finder.doc.raw(head, last))}"


def _of_state(finder: MentionFinder, first: int, m: Mention) -> bool:
    """المدير التنفيذي لوزارة كذا: does the body behind a post belong to a state?"""
    found = (finder.entry(finder.match(i), "institution", "seat") for i in range(first, m.last))
    return any(e is not None and (e.kind == "seat" or e.role == "state") for e in found)
