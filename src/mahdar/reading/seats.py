"""Who cannot be the doer, or the one it is done to, in a text of a sentence or two: what grammar rules out though the weights, learned from whole articles, may not.

A land behind a preposition of place is where it happened (في مدينة نيس الفرنسية، قرب السفارة الأميركية), whoever backs the doer undergoes nothing (مدعومة بميليشيات إيرانية),
a weapon is what it was done with (قصف بالمدفعية), and he of whom being killed is told did not kill.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mahdar.reading.guards import NEVER, SOMEBODY

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mahdar.reading.clauses import Clause
    from mahdar.reading.document import Document
    from mahdar.reading.mentions import Mention
    from mahdar.reading.proposals import Proposal, Slot
    from mahdar.reading.triggers import Trigger

# Of verbs whose passive is spelt alike.
_HARM = frozenset(f"assault.{deed}" for deed in "kill wound assassinate abduct execute behead behead_cut".split())
# What opens an object that begins with a number or a part.
_ABOUT = frozenset(
    "اكثر اقل نحو حوالي زهاء قرابه ما عشرات مئات ميات الاف احد احدي اثنين اثنتين ثلاثه اربعه خمسه سته سبعه ثمانيه تسعه عشره ثلاث اربع خمس ست سبع ثماني تسع عشر عشرين".split()
)
_FLAGS = frozenset("اعلام علم العلم رايات صور".split())
_CARRYING = frozenset("رافعين رافعه حاملين حامله رفعوا يرفعون ملوحين وحملوا ورفعوا".split())
_DIES = frozenset("لقي قضى توفي مات استشهد سقط ارتقى نجا تعرض هلك".split())
_KILLS = frozenset("قتل جرح أصاب اغتال استهدف".split())
_RESPONSIBLE = frozenset("مسووليته مسووليتها مسووليتهم".split())
_PARTS = frozenset(("state", "capital", "place", "seat", "adjective", "institution"))
_AGAINST = tuple(f"{how}:{word}" for how in ("prep", "of", "frame") for word in ("ل", "ب", "علي", "ضد"))
_HEARSAY = frozenset("بحسب حسب وفق وفقا طبقا".split())  # the report is whose: بحسب شهود عيان
_DEEDS = frozenset(("ASSAULT", "COERCE", "MOBILIZE", "PROTEST", "RETREAT", "SANCTION", "AID"))
_SUBJECT, _SAID_OF = ("subj",), ("subj", "lightsubj", "before:", "topic")
_LANDS = frozenset(("state", "capital", "place", "seat"))
_SIDES = "شمال جنوب شرق غرب وسط".split()
_WHERE = frozenset(("في", "قرب", "داخل", "خارج", "قباله", "عند", "حول", "محيط", *_SIDES, *(f"{side}ي" for side in _SIDES)))
# Nouns of a place, whose nationality is that of the ground and of nobody who acts there.
_SITES = frozenset(
    "مدينه بلده قريه اقليم محافظه ولايه منطقه مقاطعه قضاء ناحيه مديريه جزيره مطار ميناء مرفا قاعده معسكر سوق كنيسه مسجد جامع مدرسه مستشفي سفاره قنصليه مخيم حي ضاحيه "
    "عاصمه ساحل سواحل حدود اراضي مياه اجواء جبال وادي صحراء ريف مضيق خليج مسرح فندق ملهي متحف محطه جامعه مصفاه حقل معبر طريق".split()
)
_BACKED = frozenset("مدعومه مدعوما مدعومين مدعومون مدعوم مسنوده مسنودا مسنودين بدعم باسناد بمسانده بغطاء بموازره بتغطيه بمشاركه بمعونه برفقه".split())
_OF_SUBJECT = ("of", "bare", "obj", "objof")
_ASTRAY = ("before:", "bare", "prep:", "of:في", "of:من", "of:الي", "of:علي", "speaker")
_IN_WORDS, _IN_NEED = frozenset(("REQUEST", "REJECT")), frozenset(("prep:في", "of:في", "said:prep:في", "said:of:في"))
_DURING = frozenset(f"{how}:{word}" for how in ("of", "prep") for word in ("خلال", "اثناء", "بعد", "عقب", "اثر"))
_REACH = 3  # how far in front of a name such a word may stand
_WEAPONS = frozenset("مدفعيه مدافع دبابات طايرات مروحيات بوارج مسيرات راجمات صواريخ طيران قذايف رشاشات".split())
_ELSEWHERE = ("before:", "prep:", "of:", "obj", "frame")
_NEAR = tuple(f"prep:{word}" for word in ("قرب", "داخل", "خارج", "قباله", "عند", "حول", "امام"))


def seat(p: Proposal, document: Document, clauses: Sequence[Clause], lemmas: Sequence[str]) -> bool:
    """Of a short text: make those unlikely who cannot do an act, or undergo it; are there any? ``clauses`` are those of its sentence, ``lemmas`` the verbs by number."""
    type_ = p.trigger.act.type
    flags: list[Slot] = []
    if type_ in _DEEDS:
        for slot in p.sources:
            if slot.mention is not None and slot.mention.first > p.trigger.last and document.tokens.form[slot.mention.first - 1] in _HEARSAY:
                slot.barred = "both"
    if type_ == "ASSAULT":
        _force(p, document, clauses, lemmas)
    elif type_ == "PROTEST":
        flags = [s for s in p.sources if s.mention is not None and _carried(s.mention.first, document)]
        if flags:  # رافعين أعلام الاتحاد الأوروبي
            p.sources, p.targets = [s for s in p.sources if s not in flags], [s for s in p.targets if s not in flags]
        for slot in p.sources:
            m = slot.mention
            if m is not None and m.sort in _PARTS and slot.relation.startswith(_AGAINST):
                slot.barred = "source"  # رفضا للوجود العسكري الفرنسي
    elif type_ == "SUPPORT" and p.trigger.act.target == _SUBJECT and any(s.framed and s.mention is not None for s in p.sources):
        for slot in p.sources:  # القوات مدعومة بالطيران الروسي: whoever stands in the frame does it, and not the one of whom it is said
            slot.barred = "target" if slot.framed else "source" if slot.relation.startswith(_SAID_OF) else ""
    elif type_ in _IN_WORDS:
        _spoken_of(p)
    for slot in p.sources:
        if slot.barred:
            slot.as_source -= NEVER * (slot.barred != "target")
            slot.as_target -= NEVER * (slot.barred != "source")
    return any(slot.barred for slot in p.sources) or bool(flags)


def _spoken_of(p: Proposal) -> None:
    """نداء لمكافحة الوباء في غينيا، فشل الوفدان خلال مشاورات تونس: one asks nobody by naming the land in need, and the town of the talks refuses nothing."""
    for slot in p.sources:
        m = slot.mention
        if m is None or m.sort not in _LANDS:
            continue
        if p.trigger.act.type == "REQUEST" and slot.relation in _IN_NEED and "في" not in p.trigger.act.target:
            slot.barred = "target"
        elif p.trigger.act.type == "REJECT" and m.sort == "capital" and slot.relation in _DURING:
            slot.barred = "both"


def _force(p: Proposal, document: Document, clauses: Sequence[Clause], lemmas: Sequence[str]) -> None:
    t = p.trigger
    if _acts_on(t, document, lemmas):
        for slot in p.sources:
            slot.barred = "both"
        return
    victims = [s for s in p.sources if _struck(s, t, document.tokens.form, lemmas)]
    who = _claims(t, document, clauses, lemmas)
    doer = next((s for s in p.sources if s.mention is not None and (s.mention is who or _carries(s, t, document))), None)
    for slot in p.sources:
        if slot is doer:
            slot.barred, slot.relation = "target", "carrier"
            slot.as_source += NEVER
        elif slot in victims or doer is not None:
            slot.barred = "source"
        elif _where(slot, document):
            slot.barred = "both" if victims else "source"
        elif _helps(slot, document):
            slot.barred = "target"
    if not victims and doer is None:
        _only_subject(p)
    there = {s.entity for s in p.sources if s.mention is not None and s.barred in ("source", "both")}
    for slot in p.sources:
        if slot.mention is None and slot.relation.endswith(" other") and slot.entity in there:
            slot.barred = "source"  # أغارت طائرة على بلدة في لبنان، فقتل سائق


def _acts_on(t: Trigger, document: Document, lemmas: Sequence[str]) -> bool:
    """المسلحون قتلوا 12 فردا: does a row of what befalls a subject stand at a verb that has an object instead?"""
    c = t.clause
    if not t.verbal or t.act.target != _SUBJECT or c is None or c.passive or c.subject.how == "post" or c.at + 1 >= len(document.words):
        return False
    behind = document.words[c.at + 1]
    return lemmas[c.verb.reading.lemma] in _KILLS and (behind is None or not behind.function and not behind.prep) and c.subject.how == "pre"


def _claims(t: Trigger, document: Document, clauses: Sequence[Clause], lemmas: Sequence[str]) -> Mention | None:
    """انفجرت عبوة وتبنتها الجبهة، وأعلنت الحركة مسؤوليتها عنه: who is said behind a deed to have taken it upon himself."""
    forms = document.tokens.form
    for c in clauses:
        if c.at <= t.at or c.subject.mention is None or c.subject.how != "post":
            continue
        lemma = lemmas[c.verb.reading.lemma]
        if lemma == "تبنى" and c.verb.pronoun or lemma == "أعلن" and any(form in _RESPONSIBLE for form in forms[c.after : c.after + 2]):
            return c.subject.mention
    return None


def unseat(p: Proposal, first: Slot | None) -> None:
    """Take back a second party that cannot be one, where nobody likelier was there, and a doer who only stands somewhere near instead of the ``first`` one chosen."""
    source, target = p.slots
    if source is not first and source is not None and source.relation.startswith(_ASTRAY):
        p.source_codes, p.score = (), -NEVER
    if target is not None and target.barred in ("target", "both"):
        p.slots, p.target_codes = (p.slots[0], None), ()
        p.chosen = [s for s in p.chosen if s is not target]


def _only_subject(p: Proposal) -> None:
    """ذكرت يريفان أن القوات الأذربيجانية قصفت: where a verb has its own subject, nobody who stands in front, behind a preposition or as its object does it."""
    t = p.trigger
    if t.kind != "verb" or t.act.mutual or t.act.source != _SUBJECT or t.clause is None or t.clause.passive or t.clause.subject.mention is None:
        return
    if any(s.mention is t.clause.subject.mention and s.entity >= 0 and s.relation in ("subj", "subj alone") for s in p.sources):
        for slot in p.sources:
            if not slot.barred and slot.relation.startswith(_ELSEWHERE if slot.mention is not None else "speaker"):
                slot.barred = "source"


def _struck(slot: Slot, t: Trigger, forms: list[str], lemmas: Sequence[str]) -> bool:
    """قُتل قيادي، لقي جنود مصرعهم، قضى الجنرال بضربة: is the verb's subject the one it is done to?"""
    if t.kind == "noun" and t.clause is not None and t.clause.at < t.at and slot.relation.startswith("lightsubj"):
        return lemmas[t.clause.verb.reading.lemma] in _DIES or t.clause.passive and lemmas[t.clause.verb.reading.lemma] in _KILLS
    if t.kind == "noun" and slot.relation.startswith("gen"):
        return t.act.id == "assault.kill" and slot.mention is not None and forms[t.at].removeprefix("و").removeprefix("ب").removeprefix("ال") == "مقتل"
    if t.verbal and t.act.target == _SUBJECT and slot.relation in _OF_SUBJECT and slot.mention is not None and 0 < slot.mention.first - t.at <= _REACH:
        return True  # لقي قائدها الفرنسي مصرعه
    if not t.verbal or not slot.relation.startswith("subj"):
        return False
    passive = t.clause is not None and t.clause.passive
    if passive or t.act.target == _SUBJECT:
        return True
    behind = forms[slot.mention.last] if slot.mention is not None and slot.mention.last < len(forms) else ""
    return slot.relation.startswith("subj alone") and t.act.id in _HARM and behind not in _ABOUT  # but خطف مسلحون أكثر من مئة تلميذة


def _carries(slot: Slot, t: Trigger, document: Document) -> bool:
    """عملية طعن نفذها شاب فلسطيني: does the adjective say whose man did it, right behind the verb that takes the deed up?"""
    m = slot.mention
    if m is None or t.carrier is None or m.sort not in ("adjective", "people") or m.first != t.carrier.at + 2:
        return False
    return t.carrier.subject.how != "post" and document.tokens.form[m.first - 1] in SOMEBODY


def _carried(i: int, document: Document) -> bool:
    """رافعين أعلام الاتحاد الأوروبي: does the name at token ``i`` say whose flags somebody carries?"""
    forms = document.tokens.form
    return i > 1 and forms[i - 1] in _FLAGS and forms[i - 2] in _CARRYING


def _where(slot: Slot, document: Document) -> bool:
    """Does the name of a land, or its adjective behind a noun of place, say where it happened?"""
    m, forms = slot.mention, document.tokens.form
    if m is None or slot.relation.startswith(("subj", "carrier", "lightsubj", "agent", "adj")):
        return False
    if m.sort == "adjective":
        return any(forms[i].removeprefix("ال").lstrip("لب") in _SITES or forms[i] in _SITES for i in range(max(0, m.first - _REACH), m.first))
    if m.sort not in _LANDS:
        return slot.relation in _NEAR
    front = forms[m.first - 1] if m.first else ""
    return front in _WHERE or front[:1] in "وف" and front[1:] in _WHERE or m.prefix.endswith("ب") or front.removeprefix("ال") in _SITES


def _helps(slot: Slot, document: Document) -> bool:
    """مدعومة بميليشيات إيرانية، قصفت بالمدفعية: does a name stand behind a word of backing, or is it a weapon?"""
    m, forms = slot.mention, document.tokens.form
    if m is None:
        return False
    if m.sort == "institution" and m.prefix.endswith("ب"):
        return forms[m.first].lstrip("وب").removeprefix("ال") in _WEAPONS
    near = forms[max(0, m.first - _REACH) : m.first]
    backed = m.prefix.endswith("ب") or "من" in near or bool(near) and near[-1].startswith("ب")
    return backed and any(form in _BACKED or form.removeprefix("و") in _BACKED for form in near)
