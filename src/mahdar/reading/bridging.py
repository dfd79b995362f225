"""Names that stand apart from what describes them: behind a complement (الناطق باسم حرس الحدود العميد فلان), a comma, or a nationality alone.

:mod:`mahdar.reading.described` reads a description word by word and gives up where it does not know a word; here the name that follows it
in the same noun phrase is still joined to it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mahdar.arabic.particles import AN_FORMS, RELATIVES
from mahdar.arabic.tokens import WORD
from mahdar.reading.closing import part_of_body

if TYPE_CHECKING:
    from mahdar.reading.mentions import Mention, MentionFinder

_GAP = 9
_COMMAS = frozenset(("،", ",", '"', "(", ")"))
_LINKS = frozenset("باسم في لدي من عن لديها لديه لديهم انذاك حينها وقتها يدعي ويدعي تدعي وتدعي الحالي هناك هنا".split())
_SIDES = frozenset("شمال جنوب شرق غرب وسط شمالي جنوبي شرقي غربي".split())
_REGIONS = frozenset("ولايه محافظه مدينه بلده منطقه اقليم قضاء ناحيه مقاطعه".split())
# Posts that news names with the pronoun of whom they serve: كبير مفاوضيها فلان، مرشدها العام فلان، المتحدث باسمها فلان.
_POSTS = {
    "زعيم": "party_leader", "مرشد": "party_leader", "امين": "party_leader", "قايد": "rebel_leader", "ممثل": "envoy", "ممثلت": "envoy", "مندوب": "ambassador",
    "سفير": "ambassador", "سفيرت": "ambassador", "مبعوث": "envoy", "مبعوثت": "envoy", "موفد": "envoy", "متحدث": "spokesperson", "ناطق": "spokesperson",
    "مفاوضي": "envoy", "مفاوض": "envoy", "موسس": "official", "رييس": "party_leader", "رييست": "party_leader", "مدير": "official", "مديرت": "official",
}  # fmt: skip
_ITS = ("هما", "ها", "هم", "ه")
_SPEAKS = frozenset(("باسمها", "باسمه", "باسمهم", "باسمهما"))
_HEADS_BEFORE = frozenset(("كبير", "وكبير"))
_HEADED = frozenset("برياسه بقياده بزعامه يراسه يراسها تراسه تراسها يتراسه يتراسها تتراسه تتراسها يقوده يقودها تقوده تقودها".split())
_SENT = frozenset("وفد بعثه لجنه فريق وفود هييه".split())  # who goes and comes under a head
_FAR_DELEGATION = 12  # tokens between a delegation and its head
_FAR = 7  # tokens between such a post and its name
_BODIES = frozenset(("institution", "body", "described", "state", "capital", "seat", "media"))


def bridged(finder: MentionFinder, mentions: list[Mention]) -> list[Mention]:
    """The mentions of a sentence with such names joined to their descriptions, which take up the bodies named between them."""
    out: list[Mention] = []
    for m in mentions:
        if m.kind == "person" and m.name is not None and m.name[0] == m.first and not m.prefix and out and (_second_of_two(m, out) or _spokesman(finder, m, out)):
            continue
        if m.kind == "person" and m.name is not None and m.name[0] == m.first and not m.prefix and m.sort in ("unlisted", "name"):
            _served(finder, m, out)
        if m.kind == "person" and m.code is None and m.name is not None:
            _heads(finder, m, out)
        if m.kind == "person" and m.name is not None:
            _leads(finder, m, out)
        if m.sort == "name" and not m.prefix and out and (at := _description(finder, m, out)) >= 0 and _held(finder, m, out[at]):
            _join(finder, out, at, m)
            continue
        if m.sort == "unlisted" and out and _ranked(m, out[-1]):
            out.pop()
        if m.sort == "unlisted" and m.code is None and m.role is None and not m.prefix and out:
            if _of_nation(m, out):
                continue
            at = _description(finder, m, out)
            if at >= 0:
                _join(finder, out, at, m)
                continue
        out.append(m)
    return out


def _ranked(m: Mention, before: Mention) -> bool:
    """الجنرال جال هيرش المحلل الأمني: a name that has its post behind it takes the bare rank or title right in front of it too."""
    bare = before.kind == "person" and before.sort == "role" and before.name is None and before.ref is None and before.number == "s" and before.last == m.first
    if not bare or m.kind != "person" or m.prefix or m.name is None or m.name[0] != m.first or m.name[1] == m.last or m.number != "s":
        return False
    if before.last - before.first > 1 or not before.definite or None not in (m.code, before.code) and m.code != before.code:
        return False
    m.first, m.prefix, m.code, m.sort = before.first, before.prefix, m.code or before.code, "role"
    m.role = m.role or before.role
    return True


def _second_of_two(m: Mention, before: list[Mention]) -> bool:
    """وزيرا الخارجية الأميركي فلان والروسي علان: the second, listed under his own name, holds the post of the first."""
    nation, first = before[-1], before[-2] if len(before) > 1 else None
    if first is None or first.kind != "person" or first.number != "d" or first.name is None or first.last != nation.first:
        return False
    if nation.sort not in ("adjective", "people") or nation.number == "p" or nation.prefix != "و" or nation.last != m.first or m.sort not in ("name", "short"):
        return False
    m.role, m.code, m.first, m.prefix, m.sort = first.role, nation.code, nation.first, "و", "role"
    before[-1] = m
    return True


def _spokesman(finder: MentionFinder, m: Mention, before: list[Mention]) -> bool:
    """المتحدث باسمها فلان: of whom a pronoun tells, and named right behind it."""
    role = before[-1]
    if role.sort != "role" or role.role != "spokesperson" or role.name is not None or role.number != "s" or m.first - role.last != 1 or finder.forms[role.last] not in _SPEAKS:
        return False
    role.code = m.code or _owner(finder.forms[role.last], before[:-1])
    role.name, role.last, role.ref, role.en, role.home = m.name, m.last, m.ref, m.en, False
    role.gender = m.gender or role.gender
    return True


def _served(finder: MentionFinder, m: Mention, before: list[Mention]) -> None:
    """وقال كبير مفاوضيها فلان: the post in front of a name, with the pronoun of the body it serves, belongs to the mention."""
    inside = {i: x for x in before for i in range(x.first, x.last)}
    last = before[-1].last if before and before[-1].kind == "person" else 0
    for i in range(m.first - 1, max(m.first - _FAR, last - 1, -1), -1):
        form = finder.forms[i]
        stem = next((form[: -len(its)] for its in _ITS if form.endswith(its) and len(form) > len(its) + 2), "")
        role = _POSTS.get(stem.removeprefix("و")) if i not in inside else None
        if role is None:
            if i in inside and inside[i].sort in _BODIES or _complement(finder, i, m.first):
                continue
            return
        m.role = m.role or role
        if m.ref is None:
            m.code = m.code or _owner(form, [x for x in before if x.last <= i])
        m.first = i - (finder.forms[i - 1] in _HEADS_BEFORE)
        m.sort = "role" if m.ref is None else m.sort
        for x in [x for x in before if x.first >= m.first]:
            before.remove(x)
        return


def _heads(finder: MentionFinder, m: Mention, before: list[Mention]) -> None:
    """بعثة من الجامعة برئاسة السفيرة فلانة: who heads a delegation acts for whom it is of."""
    if finder.forms[m.first - 1] not in _HEADED or not m.first:
        return
    end = m.first - 1
    for x in reversed(before):
        near = end <= x.last
        if m.first - x.last > _FAR_DELEGATION:
            return
        if x.sort == "adjective" and near and x.first and finder.forms[x.first - 1].removesuffix("ا") in _SENT:
            m.code, m.home = x.code, False  # وفدا سودانيا برئاسة فلان
            return
        if x.sort in _BODIES and x.code not in (None, "MEDIA") and (near or finder.forms[x.first].removeprefix(x.prefix).removeprefix("ال") in _SENT):
            m.code, m.home = x.code, False
            return
        end = x.first if near and x.sort == "adjective" else end  # وفد من مجلس العموم البريطاني يرأسه فلان


def _leads(finder: MentionFinder, m: Mention, before: list[Mention]) -> None:
    """على لسان رئيس مفوضيته فلان: who leads an organ of the body named before acts for that body."""
    if m.name is not None and any(part_of_body(finder.forms[i]) for i in range(m.first + 1, m.name[0])):
        m.code, m.home = _owner("", before), False
        m.role = "official" if m.role in ("head_of_state", None) else m.role


def _held(finder: MentionFinder, m: Mention, role: Mention) -> bool:
    """Was the post a listed person's, whose name stands behind it and its complements?"""
    return m.role in (None, role.role) and finder.offices.ever_held(m.ref, role.role, role.code)


def _owner(form: str, before: list[Mention]) -> str | None:
    """Whose the pronoun at the end of a post is: the body or state named last before it."""
    for x in reversed(before):
        if x.kind == "person" or x.sort in ("adjective", "media", "capital") or x.code in (None, "MEDIA"):
            continue
        if form.endswith("ه") and not form.endswith(("ها", "اه")) and x.sort == "state" and x.gender == "f":
            continue
        return x.code
    return None


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
    while at >= 0 and before[at].sort in _BODIES and before[at].prefix in ("", "ل", "لل", "ب"):
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
    if form in _LINKS or form in _SIDES or finder.forms[i - 1] in _REGIONS or finder.entry(finder.match(i), "place"):
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
    if m.ref is not None:
        role.ref, role.en, role.gender = m.ref, m.en, m.gender or role.gender
    del out[at + 1 :]
