"""On whose ground troops move or from whose they leave, where the text names nobody whom it concerns: توغلت القوات داخل الأراضي الصومالية."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mahdar.reading.offices import STATE_OFFICES
from mahdar.reading.proposals import Proposal, Slot

if TYPE_CHECKING:
    from mahdar.reading.document import Document
    from mahdar.reading.reference import Cast

_MOVES = frozenset(("MOBILIZE", "RETREAT"))
_UPON = tuple(f"{how}:{word}" for how in ("prep", "of") for word in ("في", "داخل", "من", "الي", "علي", "نحو", "باتجاه", "ب"))
_STRAIGHT = tuple(upon for upon in _UPON if upon.startswith("prep"))
# Nouns that stand for the ground itself when a nationality follows.
_SOIL = frozenset("الاراضي اراضي المياه الاجواء الحدود السواحل الساحل الشواطي".split())
_BORDERS = frozenset("الحدود حدودها حدوده حدود الشريط".split())
_AT_HOME = frozenset(("COERCE", "CONCEDE", "ASSAULT", "ACCUSE", "REJECT", "REQUEST", "THREATEN"))
_PUBLIC = STATE_OFFICES | {"legislator", "military", "official", "party_leader", "monarch", "minister"}


def stand_on(p: Proposal, document: Document) -> None:
    """Of a short text: give a move of troops without a second party the foreign land it is said to lead to, through or out of; the nearest behind the act."""
    if p.target_codes or p.trigger.act.type not in _MOVES or len(p.source_codes) != 1 or len(p.source_codes[0]) != 3:
        return
    stop = _end(p, document)
    for slot in p.targets:
        m = slot.mention
        if m is None or m.code is None or len(m.code) != 3 or m.code in p.source_codes or not p.trigger.at < m.first < stop:
            continue
        if _ground(slot, p.trigger.act.type, document):
            p.target_codes, p.slots = (m.code,), (p.slots[0], slot)
            p.chosen = [*p.chosen, slot]
            return


def of_the_land(p: Proposal, cast: Cast) -> None:
    """طالب الاتحاد التونسي للشغل رئيس الجمهورية: whoever in public life, of no told nationality, an act is done to is of the one land that a short text names."""
    target = p.slots[1]
    if cast.land is None or target is None or len(p.target_codes) != 1 or target.entity < 0 or p.trigger.act.type not in _AT_HOME:
        return
    who, source = cast.entities[target.entity], p.source_codes[0]
    public = who.kind == "person" and who.role in _PUBLIC or who.kind == "state"
    if public and p.target_codes[0].startswith("OTHER:") and who.code in (None, cast.land) and (source == cast.land or source.startswith("OTHER:")):
        who.code, p.target_codes = cast.land, (cast.land,)


def _ground(slot: Slot, type_: str, document: Document) -> bool:
    m = slot.mention
    assert m is not None
    if m.sort in ("state", "capital") and document.tokens.form[m.first - 1] == "مع" and document.tokens.form[m.first - 2].lstrip("وبل") in _BORDERS:
        return True
    if m.sort == "adjective":
        return document.tokens.form[m.first - 1].lstrip("وبل") in _SOIL
    if document.tokens.form[m.first - 2].startswith("لل"):
        return False  # جندت تركيا مقاتلين للقتال في ليبيا
    return m.sort == "state" and slot.relation.startswith(_UPON if type_ == "RETREAT" else _STRAIGHT)


def _end(p: Proposal, document: Document) -> int:
    """Where the act's own clause ends: at the next comma."""
    last = document.sentences[p.sentence].last
    return next((i for i in range(p.trigger.last, last) if document.tokens.form[i] in ("،", ",", "؛")), last)
