"""Whose step it is that one hails, blames or refuses, where the words name him elsewhere: رفضت الإنذار الذي وجهته واشنطن, ورحبت كانبيرا بالخطوة."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from mahdar.arabic.particles import PREPOSITIONS, RELATIVES
from mahdar.reading.pronouns import ANSWERS
from mahdar.reading.proposals import Proposal, Slot

if TYPE_CHECKING:
    from mahdar.reading.clauses import Clause
    from mahdar.reading.document import Document
    from mahdar.reading.reference import Cast

# What somebody did or said; a treaty, a truce or a meeting is of more than one.
_STEPS = frozenset(
    "الخطوه القرار الاجراء الاجراءات التصريحات الهجوم الضربه الضربات الغاره الغارات العمليه المبادره الاعتداء القصف الاقتحام الاعلان الموقف الاتهامات الاتهام العرض الطلب "
    "المقترح الاقتراح الانذار التهديدات التهديد المناورات التوغل القرارات الدعوه".split()
)
_GOES_ON = frozenset(("،", ",", ".", "؛", '"', "بشده", "بانها", "بانه", "جمله", "فورا", "معتبره", "معتبرا"))
_SUMMONS = "accuse.summon"
_WITHIN = 3  # tokens from the noun to what is told of it


def answered(p: Proposal, accepted: Sequence[Proposal], document: Document, clauses: Sequence[Clause], cast: Cast) -> None:
    """Give an answer without a second party the one whose step it answers: who does it in a clause behind its noun, else who did what the sentence before tells first."""
    clause = p.trigger.clause
    if p.target_codes or p.trigger.act.type not in ANSWERS or p.trigger.kind != "verb" or clause is None or len(p.source_codes) != 1:
        return
    noun = _object(p, clause, document)
    if noun < 0:
        return
    slot = _relative(p, noun, document, clauses)
    slot = slot if slot is not None else _before(p, noun, accepted, document)
    code = cast.entities[slot.entity].code if slot is not None and slot.entity >= 0 else None
    if slot is None or code is None or code in p.source_codes or code == "MEDIA":
        return
    p.target_codes, p.chosen = (code,), [*p.chosen, slot]
    p.slots = (p.slots[0], slot)


def summoned(p: Proposal, cast: Cast) -> None:
    """استدعي السفير الأميركي إلى وزارة الخارجية المصرية: an ambassador who stands as the subject is summoned, and summons nobody."""
    source, target = p.slots
    if not p.trigger.act.id.startswith(_SUMMONS) or p.trigger.kind != "verb" or source is None or target is None or not p.target_codes or source.entity < 0:
        return
    if source.relation.startswith("subj") and cast.entities[source.entity].role == "ambassador":
        p.slots = (target, source)
        p.source_codes, p.target_codes = p.target_codes, p.source_codes


def first_named(p: Proposal) -> None:
    """بحث بوتين وأردوغان الأزمة: of two who stand alike to a meeting the one named first is told first."""
    source, target = p.slots
    if p.trigger.act.type != "CONSULT" or source is None or target is None or source.relation != target.relation or not len(p.source_codes) == len(p.target_codes) == 1:
        return
    if any(code.startswith("OTHER") for code in (*p.source_codes, *p.target_codes)):
        return  # whom no list knows may be left out on the other side
    if source.mention is not None and target.mention is not None and target.mention.first < source.mention.first:
        p.slots = (target, source)
        p.source_codes, p.target_codes = p.target_codes, p.source_codes


def with_fellows(p: Proposal, cast: Cast) -> None:
    """أعلنت السعودية والإمارات ومصر قطع علاقاتها: of the subjects joined by و none does it alone; those in front of the one chosen are added."""
    source = p.slots[0]
    if source is None or source.mention is None or not source.joined or source.relation not in ("subj", "lightsubj") or p.trigger.act.mutual:
        return
    found: list[Slot] = []
    first = source.mention.first
    for slot in reversed(p.sources[: p.sources.index(source)]):
        if slot.mention is None or slot.relation != source.relation or first - slot.mention.last > 1:
            break
        found.insert(0, slot)
        first = slot.mention.first
        if not slot.joined:
            break
    codes = [code for slot in found if slot.entity >= 0 and (code := cast.entities[slot.entity].code) is not None]
    if not found or found[0].joined or len(codes) != len(found) or set(codes) & {*p.source_codes, *p.target_codes}:
        return
    p.source_codes, p.chosen = (*codes, *p.source_codes), [*found, *p.chosen]


def _object(p: Proposal, clause: Clause, document: Document) -> int:
    """The noun behind the verb and its subject, past a preposition; -1 where there is none."""
    at = max(clause.after, p.trigger.last)
    last = document.sentences[p.sentence].last
    while at < last and document.tokens.form[at] in PREPOSITIONS:
        at += 1
    return at if at < last and document.words[at] is not None else -1


def _relative(p: Proposal, noun: int, document: Document, clauses: Sequence[Clause]) -> Slot | None:
    """الإنذار الذي وجهته واشنطن: who does what a relative clause says of the noun."""
    forms = document.tokens.form
    who = next((i for i in range(noun + 1, min(noun + 1 + _WITHIN, len(forms))) if forms[i] in RELATIVES), -1)
    told = next((c for c in clauses if who < c.at <= who + 2), None) if who >= 0 else None
    if told is None or told.subject.how != "post" or told.subject.mention is None:
        return None
    return next((s for s in p.sources if s.mention is told.subject.mention), None)


def _before(p: Proposal, noun: int, accepted: Sequence[Proposal], document: Document) -> Slot | None:
    """ونددت بالخطوة: who did what the sentence in front told first."""
    forms, last = document.tokens.form, document.sentences[p.sentence].last
    form = forms[noun].removeprefix("ب") if forms[noun].startswith("بال") else forms[noun]
    if form not in _STEPS or noun + 1 < last and forms[noun + 1] not in _GOES_ON:
        return None
    told = next((q for q in accepted if q.sentence == p.sentence - 1), None)
    return told.slots[0] if told is not None and len(told.source_codes) == 1 and not told.trigger.act.mutual else None
