"""Deeds told in passing: a noun far inside another act's clause that only has that act's parties lent to it, and so nobody of its own.

اتهمت أديس أبابا مصر بالسعي إلى … من خلال إرسال السلاح: who accuses, asks, threatens or thanks does not do what he speaks of.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mahdar.reading.proposals import Proposal, Slot

if TYPE_CHECKING:
    from mahdar.reading.document import Document

# Acts of words and their answers: what else their clause names is another's deed, or one only spoken of.
_SPEAKS = frozenset(("ACCUSE", "REJECT", "REQUEST", "SANCTION", "SUPPORT", "THREATEN"))
_PLAIN = frozenset(("request.ask", "request.demand"))
_IF = frozenset(("ما", "ان", "لو", "اذا"))
_BREAKS = frozenset(("sanction.quit_body", "sanction.leave_union", "sanction.quit_deal"))
_WORDS = _SPEAKS - {"SANCTION"} | {"PROTEST"}
_DEEDS = frozenset(("AID", "ASSAULT", "COERCE", "CONCEDE", "MOBILIZE", "RETREAT"))
_FORCE = frozenset(("ASSAULT", "COERCE"))
# Relations of those who stand in front of a noun, or do what the verb it hangs on says; and of those who are only near it.
_LENT, _NEAR = ("lightsubj", "before:"), ("lightsubj", "before:", "prep:")
_OWN_SUBJECT = ("subj", "subjof")


def without_passing(accepted: list[Proposal], *, short: bool) -> list[Proposal]:
    """Acts without the deeds that nobody is told to have done; ``short``: of a text of a sentence or two, where hardly anything tells them from what it is about."""
    acts: dict[int, list[Proposal]] = {}
    for p in accepted:
        if p.trigger.kind != "words":
            acts.setdefault(p.sentence, []).append(p)
    if short:
        accepted = _once([p for p in accepted if p.trigger.kind != "words" or not any(_put_in_a_word(p, other) for other in accepted)])
    return [p for p in accepted if not (_reversed(p) or any(_spoken_of(p, v) or short and _borrowed(p, v) for v in acts.get(p.sentence, ())))]


def without_less_exact(accepted: list[Proposal], document: Document, *, short: bool) -> list[Proposal]:
    """Acts without refusals that are only a condition, and readings of a word that another one tells more exactly."""
    words: dict[tuple[int, int], list[Proposal]] = {}  # the readings of each
    for p in accepted:
        words.setdefault((p.sentence, p.trigger.at), []).append(p)
    return [p for p in accepted if not _on_condition(p, document) and not any(_less_exact(p, other, short=short) for other in words[p.sentence, p.trigger.at])]


def _stands(slot: Slot | None, relations: tuple[str, ...]) -> bool:
    return slot is not None and slot.relation.startswith(relations)


def _put_in_a_word(p: Proposal, other: Proposal) -> bool:
    """أشاد بقرارها، معتبرا أنه … خطوة لوقف الحرب: does a word that names what somebody says stand beside the tone of his words? It tells better how he means them."""
    if other.trigger.kind not in ("verb", "participle") or other.sentence != p.sentence:
        return False
    denied = other.status == "denied" and other.trigger.clause is not None and not other.trigger.clause.negated  # نفت أن تكون قد وافقت, but not لن ترضخ
    if other.trigger.act.type not in _SPEAKS and not denied:
        return False
    return other.source_codes == p.source_codes and (other.target_codes == p.target_codes or not p.target_codes)


def _on_condition(p: Proposal, document: Document) -> bool:
    """إذا لم تستجب الوزارة، ما لم توافق: what may fail to happen has not been refused."""
    clause = p.trigger.clause
    if not p.trigger.act.negated or clause is None:
        return False
    return clause.conditional or p.trigger.verbal and document.form(clause.at - 1) == "لم" and document.form(clause.at - 2).lstrip("و") in _IF


def _less_exact(p: Proposal, other: Proposal, *, short: bool) -> bool:
    """طلبت من السفير مغادرة البلاد، الانسحاب من المنظمة: is the word read as an expulsion, or as breaking with a body, too? It tells more than a request, or troops gone."""
    if p.trigger.act.type == other.trigger.act.type or p.trigger.kind == "words":
        return False
    if other.trigger.act.type != "SANCTION":
        return False
    if p.trigger.act.type == "RETREAT":
        return not p.target_codes and other.trigger.act.id in _BREAKS
    return short and p.trigger.act.id in _PLAIN and p.target_codes == other.target_codes


def _once(accepted: list[Proposal]) -> list[Proposal]:
    """انتقدت … ووصفته, أشاد … شاكرا: one blame and one praise, in however many words of a sentence; told by the first."""
    seen: dict[tuple[object, ...], Proposal] = {}
    for p in accepted:
        key = (p.sentence, p.trigger.act.type, p.status, p.source_codes, p.target_codes) if p.trigger.act.type in _WORDS else (p.sentence, id(p))
        seen.setdefault(key, p)
    return list(seen.values())


def _reversed(p: Proposal) -> bool:
    """ما دمره العدوان الإسرائيلي: has a verb its own subject for the second party, and for the doer somebody in front of it?"""
    source, target = p.slots
    clause = p.trigger.clause
    if not p.trigger.verbal or p.trigger.act.type not in _DEEDS or "subj" in p.trigger.act.target or clause is None or clause.passive or clause.subject.how == "chain":
        return False
    return _stands(source, ("before:",)) and target is not None and target.relation in _OWN_SUBJECT


def _spoken_of(p: Proposal, verb: Proposal) -> bool:
    """Is the deed told by a noun in the clause of somebody who speaks, and is he said to be its doer?"""
    if p.trigger.verbal or p.trigger.act.type not in _DEEDS or not verb.trigger.verbal or verb.trigger.act.type not in _SPEAKS or p.trigger.clause is not verb.trigger.clause:
        return False
    return p.trigger.at > verb.trigger.at and set(p.source_codes) <= set(verb.source_codes) and _stands(p.slots[0], _LENT)


def _borrowed(p: Proposal, act: Proposal) -> bool:
    """Does a noun, not the object of the verb, have nobody but those whom another act in front of it names already?"""
    source, target = p.slots
    if p.trigger.verbal or p.trigger.act.type == act.trigger.act.type or p.trigger.at < act.trigger.at or p.trigger.act.type not in _DEEDS:
        return False
    if p.trigger.act.type in _FORCE and act.trigger.act.type != "ACCUSE" and not _stands(source, _LENT) and _stands(target, _LENT):
        return set(p.target_codes) <= set(act.source_codes)  # لعلاج جرحى العدوان الإسرائيلي: whoever sends the doctors is not the one attacked
    if p.trigger.stand == "obj" or not _stands(source, _LENT) or target is not None and not _stands(target, _NEAR):
        return False
    return {*p.source_codes, *p.target_codes} <= {*act.source_codes, *act.target_codes}
