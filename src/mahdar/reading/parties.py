"""Who may be a party of an act at all, by the syntax of its clause: what no weights should have to decide."""

from __future__ import annotations

from collections.abc import Sequence

from mahdar.reading.document import Document
from mahdar.reading.mentions import Mention
from mahdar.reading.proposals import DISPUTED, Slot
from mahdar.reading.reference import Cast, Entity
from mahdar.reading.relations import Governor, Relations
from mahdar.reading.triggers import Trigger

# Deeds, and relations of those who only tell when they were done: انسحبت القوات قبيل العملية التركية.
_TIMED, _AT_A_TIME = frozenset(("RETREAT", "AID", "COOPERATE")), tuple(f"of:{word}" for word in "قبل قبيل بعد عقب غداه عشيه منذ".split())
_NEAR = ("قرب", "الي", "شمال", "جنوب", "شرق", "غرب")
_EASED = ("علي", "عن", "الي", "ل")
_AT_A_PLACE, _CITY_STATES = frozenset(("consult.summit", "consult.conference")), frozenset(("SGP", "MCO", "VAT"))
_ONLOOKERS = frozenset("رحب ندد انتقد استنكر شجب أدان دان".split())
_WITNESSES = frozenset(("شهد", "حضر"))
_BY_A_THIRD = ("mediate", "third-party")
_COMMAS = ("،", ",", ":", "؛")
# Relations of the sides of a mutual act, of whoever may be one, and of those it only speaks of.
_BOTH, _SIDES, _IN_PASSING = ("subj", "lightsubj"), ("subj", "lightsubj", "gen", "frame", "carrier", "obj"), ("of:", "prep:", "before:")


def venue(t: Trigger, m: Mention) -> bool:
    """قمة هلسنكي، اتفاق سنغافورة: the city behind a noun of meeting is where, not who."""
    return m.sort == "capital" and t.act.id in _AT_A_PLACE or m.code in _CITY_STATES


def falls_on(type_: str, governor: Governor) -> bool:
    """May an act of this type fall on a place governed so? One leaves a place (what is done near it is no retreat from it), and eases what lies upon it."""
    if type_ == "RETREAT":
        return governor.prep not in _NEAR
    return type_ != "CONCEDE" or governor.prep in _EASED  # خفف حصاره المفروض على غزة


def without_adjuncts(slots: list[Slot], type_: str) -> list[Slot]:
    """Candidates without those who only tell what a refusal is about, or when a deed was done."""
    adjuncts = DISPUTED if type_ == "REJECT" else _AT_A_TIME if type_ in _TIMED else ()
    return [s for s in slots if not s.relation.endswith(adjuncts)] if adjuncts else slots


def without_sponsors(slots: list[Slot], t: Trigger, relations: Relations) -> list[Slot]:
    """Candidates for a mutual act without those who only see to it that two others meet or agree (برعاية صينية); but a mediation is theirs."""
    if t.act.mode in _BY_A_THIRD:
        return slots
    parties = [s for s in slots if s.mention is None or s.mention.first <= t.at or not relations.sponsors(s.mention)]
    return parties if len({s.entity for s in parties if s.relation.startswith(_SIDES)}) > 1 else slots


def without_onlookers(slots: list[Slot], lemma: str) -> list[Slot]:
    """رحبت مصر بالهدنة بين الطرفين، حضر توقيع الاتفاق بين الطرفين: who hails, condemns or watches what others do together is no side of it.

    ``lemma`` is that of the verb in front.
    """
    if lemma in _WITNESSES and any(s.relation == "frame:بين" and s.mention is not None and s.mention.sort != "pair" for s in slots):
        return [s for s in slots if not s.relation.startswith("lightsubj")]
    return [s for s in slots if not s.relation.endswith("answers")] if lemma in _ONLOOKERS else slots


def without_topics(slots: list[Slot], t: Trigger, relations: Relations) -> list[Slot]:
    """Candidates for a meeting without those whose crisis, file or news it is about (بحثا الأزمة السورية)."""
    return [s for s in slots if s.mention is None or s.mention.first <= t.at or not relations.of_topic(s.mention)] if t.act.type == "CONSULT" else slots


def told_in_full(slots: list[Slot], t: Trigger, cast: Cast) -> list[Slot]:
    """توصلت بغداد وأنقرة في ختام مؤتمر باريس إلى تفاهم: where both sides are its subject, others take part only by the act's own frame.

    Not where the verb takes an object and goes on from another: in والتقى بيريز وفياض both are met.
    """
    if t.verbal and "obj" in t.act.target and t.clause is not None and t.clause.verb.conj:
        return slots
    sides = {code for s in slots if s.mention is not None and s.relation in _BOTH for code in _codes(s, cast)}
    return slots if len(sides) <= 1 else [s for s in slots if not s.relation.startswith(_IN_PASSING)]


def _codes(slot: Slot, cast: Cast) -> tuple[str, ...]:
    if slot.mention is not None and slot.mention.sort == "pair" and slot.mention.entity < 0:
        return "one", "other"
    entity = cast.entities[slot.entity] if slot.entity >= 0 else None
    return () if entity is None else slot.codes or entity.codes or (entity.code or str(slot.entity),)


def circumstance(t: Trigger, document: Document) -> bool:
    """رحب بالقرار، مطالبا …: an accusative, neither object nor adjective, says what else its doer does, so that those behind it are its own."""
    word, front = document.words[t.at], document.form(t.at - 1)
    if word is None or word.form.startswith("ال") or not (word.form.endswith("ه") or any(p.accusative for p in word.participles)):
        return False
    return front in _COMMAS or t.clause is not None and t.at > t.clause.after > 0 and front.startswith(("ال", "بال", "لل"))


def last_meant(cast: Cast, at: int, pronoun: str, but: int) -> int:
    """The entity last mentioned before ``at`` that a pronoun can mean, other than ``but``."""
    best, nearest = -1, -1
    for index, entity in enumerate(cast.entities):
        if index == but or entity.code is None or not means(entity, pronoun):
            continue
        last = max((m.first for m in entity.mentions if m.first < at), default=-1)
        if last > nearest:
            best, nearest = index, last
    return best


def means(entity: Entity, pronoun: str) -> bool:
    """Can the pronoun mean this entity, by gender and number?"""
    if pronoun == "ه":
        return entity.gender != "f" and entity.kind != "state"
    if pronoun == "ها":
        return entity.kind != "person" or entity.gender == "f"
    return pronoun != "هم" or entity.number == "p" or entity.kind == "group"


def joined(mentions: Sequence[Mention], first: Mention | None, until: int) -> list[Mention]:
    """The mentions joined by و to the one given (روسيا والصين), before token ``until``."""
    out: list[Mention] = []
    last = first.last if first is not None else until
    for m in mentions:
        if m.first == last and m.prefix.startswith("و") and m.last <= until:
            out.append(m)
            last = m.last
    return out
