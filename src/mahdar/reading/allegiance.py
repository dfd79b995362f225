"""Whom somebody acts for where his own description does not say: a body named before by its head word alone, or whoever was described so before him."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from mahdar.arabic.particles import PREPOSITIONS

if TYPE_CHECKING:
    from mahdar.reading.mentions import Mention
    from mahdar.reading.reference import Cast, Entity

# Heads of bodies that news takes up again with the article alone.
_BACK = frozenset("حزب حركه جماعه جبهه منظمه ايتلاف تحالف جامعه مجلس وكاله صندوق بنك شركه نقابه تنظيم تيار كنيسه رابطه جمعيه اتحاد حلف مفوضيه فصيل ميليشيا مليشيا بعثه".split())
_ANOTHER = frozenset("اخر اخري ثان ثانيه ثالث اخرون اخرين اخران".split())
_ALIKE = frozenset(("source", "official", "military", "legislator", "expert", "citizen"))  # unnamed, and one like another
_NEAR = 6  # tokens between an agency and whom it quotes
_QUOTED = frozenset(("عن", "لسان", "الي"))
_FOR_WHOM = frozenset(("باسمه", "باسمها"))
_SERVING = frozenset(("spokesperson", "envoy", "ambassador", "military"))


def belong(cast: Cast) -> None:
    """المتحدث باسم الحزب، مدير عام المنظمة: who serves a body named before by its head word alone takes its code."""
    outside = [e for e in cast.entities if e.kind != "state" and e.code and e.code != "MEDIA" and e.code not in cast.lexicon.state_names]
    bodies = [(e, set().union(*map(cast.heads, e.mentions))) for e in outside]
    for entity in cast.entities:
        if entity.kind != "person" or any(m.code for m in entity.mentions) or cast.offices.post(entity.ref):
            continue
        for m in entity.mentions:
            heads = [w for w in (_definite_head(cast, i) for i in range(m.first, m.last)) if w in _BACK] if bodies else []
            near = [(x.first, e.code) for e, words in bodies if heads and heads[0] in words for x in e.mentions if x.first < m.first]
            code = max(near)[1] if near else _briefly(cast, m) or _spoken_for(cast, m)
            if code is not None:
                entity.code = code
                break
        else:
            if entity.code is None:
                entity.code = _introduced(cast, entity)


def led_before(cast: Cast, head: str, at: int) -> Mention | None:
    """التقى رئيس حزب الأمة … وأعلن الحزب: the party inside the description of a leader or speaker, by this word, last before token ``at``."""
    if head not in _BACK:
        return None
    found: Mention | None = None
    for who in cast.entities:
        if who.kind != "person" or not who.code or who.code == "MEDIA" or who.code in cast.lexicon.state_names:
            continue
        for m in who.mentions:
            if m.first < at and (found is None or m.first > found.first) and head in cast.heads(m):
                found = _inside(cast, m, head, who.code) or found
    return found


def _inside(cast: Cast, m: Mention, head: str, code: str) -> Mention | None:
    """The body that a description names, with ``head`` for its first word."""
    for i in range(m.first, m.last):
        match = cast.finder.match(i)
        entry = cast.finder.entry(match, "organisation", "group")
        if match is not None and entry is not None and entry.code == code and cast.doc.tokens.form[i].removeprefix(match.prefix).removeprefix("ال") == head:
            return replace(m, first=i, last=match.last, kind=entry.kind, sort="body", code=code, role=None, ref=entry.ref, name=None, prefix=match.prefix, en=entry.en, entity=-1)
    return None


def _definite_head(cast: Cast, i: int) -> str:
    form = cast.doc.tokens.form[i]
    return next((form[len(p) :] for p in ("ال", "لل", "بال", "وال") if form.startswith(p)), "")


def _briefly(cast: Cast, m: Mention) -> str | None:
    """أمين عام المنظمة: the listed body that goes by the word inside the description, where the article named it before."""
    for i in range(m.first, m.last):
        match = cast.finder.match(i)
        weak = [e.code for e in map(cast.lexicon.entries.__getitem__, match.entries) if e.kind == "weak"] if match is not None else []
        bodies = [e for e in cast.entities if e.kind != "person" and e.code in weak] if weak else []
        near = [(x.first, e.code) for e in bodies for x in e.mentions if x.first < m.first]
        if near:
            return max(near)[1]
    return None


def _spoken_for(cast: Cast, m: Mention) -> str | None:
    """وقال متحدث باسمها: the code of whom the pronoun takes up, a body, state or person named last in the sentence or the one before that may be a she, or a he."""
    forms = cast.doc.tokens.form
    word = next((form for form in forms[m.first : m.last + 1] if form in _FOR_WHOM), "")
    if m.role != "spokesperson" or not word:
        return None
    number = cast.doc.sentence_at(m.first)
    for mentions in (cast.by_sentence[n] for n in (number, number - 1) if n >= 0):
        for x in sorted(mentions, key=lambda x: -x.first):
            place = x.sort == "state" and x.first > 0 and forms[x.first - 1] in PREPOSITIONS
            if x.first >= m.first or x.entity < 0 or place or x.sort in ("adjective", "media", "capital", "own", "pair") or x.role == "spokesperson":
                continue
            who = cast.entities[x.entity]
            if who.kind == "person" and not who.gender:
                return None  # he or she
            head = forms[x.first].removeprefix(x.prefix)
            feminine = who.gender == "f" if who.kind == "person" else x.gender == "f" or head.endswith("ه") or x.sort == "state"
            if who.code not in (None, "MEDIA") and feminine == (word == "باسمها"):
                return who.code
    return None


def _introduced(cast: Cast, entity: Entity) -> str | None:
    """أعلنت المتحدثة باسم الأمم المتحدة … وقالت المتحدثة فلانة: who is named behind a bare title serves whoever its last bearer, not named, served."""
    m = entity.mentions[0]
    if not entity.named or entity.number != "s" or m.sort != "role" or m.name is None or m.name[0] - m.first != 1 or not m.definite or m.role not in _SERVING:
        return None
    return _last_alike(cast, m, (m.role,))


def another(cast: Cast, m: Mention) -> str | None:
    """قال مسؤول أميركي … وقال مسؤول آخر: the code of whoever the other one is another of."""
    if m.role not in _ALIKE or _ANOTHER.isdisjoint(cast.doc.tokens.form[m.first : m.last]):
        return None
    return _last_alike(cast, m, (m.role,), cast.doc.tokens.form[m.first].removeprefix(m.prefix)[:4] if m.role != "source" else "")


def _last_alike(cast: Cast, m: Mention, roles: tuple[str | None, ...], word: str = "") -> str | None:
    """The code of the last one of a role who was described, not named, before a mention; by a noun that begins like ``word``."""
    found, latest = None, -1
    for who in cast.entities:
        if who.kind != "person" or who.named or who.code is None or who.role not in roles or who.gender and m.gender and who.gender != m.gender:
            continue
        at = max((x.first for x in who.mentions if x.first < m.first and cast.doc.tokens.form[x.first].removeprefix(x.prefix).removeprefix("ال").startswith(word)), default=-1)
        if at > latest:
            found, latest = who.code, at
    return found


def quoted_by(cast: Cast, m: Mention) -> str | None:
    """نقلت وكالة الأنباء السورية عن مصدر في وزارة الخارجية: the state of the agency right in front, which quotes its own officials by their office alone."""
    if m.first == 0 or cast.doc.tokens.form[m.first - 1] not in _QUOTED:
        return None
    before = [x for x in cast.by_sentence[cast.doc.sentence_at(m.first)] if x.sort == "media" and 0 <= m.first - x.last <= _NEAR]
    for i in (i for x in before for i in range(x.first + 1, x.last)):
        nation = cast.finder.entry(cast.finder.match(i), "adjective")
        if nation is not None and nation.code in cast.lexicon.state_names:
            return nation.code
    return None
