"""Who cannot be the doer, or the one it is done to, in a text of a sentence or two: what grammar rules out though the weights, learned from whole articles, may not.

A land behind a preposition of place is where it happened (في مدينة نيس الفرنسية، قرب السفارة الأميركية), whoever backs the doer undergoes nothing (مدعومة بميليشيات إيرانية),
a weapon is what it was done with (قصف بالمدفعية), and he of whom being killed is told did not kill.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mahdar.reading.document import Document
    from mahdar.reading.proposals import Proposal, Slot
    from mahdar.reading.triggers import Trigger

_HARM = frozenset(("assault.kill", "assault.wound", "assault.assassinate", "assault.abduct", "assault.execute", "assault.behead", "assault.behead_cut"))  # of verbs whose passive is spelt alike
_NEVER = 9.0  # more than any features weigh
_SUBJECT, _SAID_OF = ("subj",), ("subj", "lightsubj", "before:", "topic")
_DEEDS = frozenset(("ASSAULT",))
_LANDS = frozenset(("state", "capital", "place", "seat"))
_SIDES = "شمال جنوب شرق غرب وسط".split()
_WHERE = frozenset(("في", "قرب", "داخل", "خارج", "قباله", "عند", "حول", "محيط", *_SIDES, *(f"{side}ي" for side in _SIDES)))
# Nouns of a place, whose nationality is that of the ground and of nobody who acts there.
_SITES = frozenset(
    "مدينه بلده قريه اقليم محافظه ولايه منطقه مقاطعه قضاء ناحيه مديريه جزيره مطار ميناء مرفا قاعده معسكر سوق كنيسه مسجد جامع مدرسه مستشفي سفاره قنصليه مخيم حي ضاحيه "
    "عاصمه ساحل سواحل حدود اراضي مياه اجواء جبال وادي صحراء ريف مضيق خليج مسرح فندق ملهي متحف محطه جامعه مصفاه حقل معبر طريق".split()
)
_BACKED = frozenset("مدعومه مدعوما مدعومين مدعومون مدعوم مسنوده مسنودا مسنودين بدعم باسناد بمسانده بغطاء بموازره بتغطيه بمشاركه بمعونه برفقه".split())
_REACH = 3  # how far in front of a name such a word may stand
_WEAPONS = frozenset("المدفعيه المدافع الدبابات الطايرات المروحيات البوارج المسيرات الراجمات الصواريخ الطيران".split())


def seat(p: Proposal, document: Document) -> None:
    """Of a short text: make those unlikely who cannot do an act, or undergo it."""
    if p.trigger.act.target == _SUBJECT and any(s.framed and s.mention is not None for s in p.sources):
        for slot in p.sources:  # القوات مدعومة بالطيران الروسي: whoever stands in the frame does it, and not the one of whom it is said
            slot.barred = "target" if slot.framed else "source" if slot.relation.startswith(_SAID_OF) else ""
            _lower(slot)
        return
    if p.trigger.act.type not in _DEEDS:
        return
    forms = document.tokens.form
    victims = [s for s in p.sources if _struck(s, p.trigger)]
    for slot in p.sources:
        m = slot.mention
        if slot in victims:
            slot.barred = "source"
        elif m is not None and m.sort in _LANDS | {"adjective"} and _where(slot, forms):
            slot.barred = "both" if victims else "source"
        elif m is not None and (_backing(m.first, m.prefix, forms) or m.sort == "institution" and m.prefix.endswith("ب") and forms[m.first].lstrip("وب").removeprefix("ال") in _WEAPONS):
            slot.barred = "target"
        _lower(slot)


def unseat(p: Proposal) -> None:
    """Take back a second party that cannot be one, where nobody likelier was there."""
    target = p.slots[1]
    if target is not None and target.barred in ("target", "both"):
        p.slots, p.target_codes = (p.slots[0], None), ()
        p.chosen = [s for s in p.chosen if s is not target]


def _struck(slot: Slot, t: Trigger) -> bool:
    """قُتل قيادي، لقي جنود مصرعهم: is the verb's subject the one it is done to?"""
    if not t.verbal or not slot.relation.startswith("subj"):
        return False
    passive = t.clause is not None and t.clause.passive
    return passive or t.act.target == _SUBJECT or slot.relation.startswith("subj alone") and t.act.id in _HARM


def _lower(slot: Slot) -> None:
    source, target = slot.weighs
    if slot.barred:
        slot.weighs = (source - _NEVER * (slot.barred != "target"), target - _NEVER * (slot.barred != "source"))


def _where(slot: Slot, forms: list[str]) -> bool:
    """Does the name of a land, or its adjective behind a noun of place, say where it happened?"""
    m = slot.mention
    if m is None or slot.relation.startswith(("subj", "carrier", "lightsubj", "agent", "adj")):
        return False
    if m.sort == "adjective":
        return any(forms[i].removeprefix("ال").lstrip("لب") in _SITES or forms[i] in _SITES for i in range(max(0, m.first - _REACH), m.first))
    front = forms[m.first - 1] if m.first else ""
    return front in _WHERE or front[:1] in "وف" and front[1:] in _WHERE or m.prefix.endswith("ب") or front.removeprefix("ال") in _SITES


def _backing(at: int, prefix: str, forms: list[str]) -> bool:
    near = forms[max(0, at - _REACH) : at]
    return any(form in _BACKED or form.lstrip("و") in _BACKED for form in (near if prefix.endswith("ب") or "من" in near or near and near[-1].startswith("ب") else ()))
