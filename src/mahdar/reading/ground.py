"""On whose ground troops move or from whose they leave, where the text names nobody whom it concerns: توغلت القوات داخل الأراضي الصومالية."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mahdar.reading.proposals import Proposal, Slot

if TYPE_CHECKING:
    from mahdar.reading.document import Document

_MOVES = frozenset(("MOBILIZE", "RETREAT"))
_UPON = tuple(f"{how}:{word}" for how in ("prep", "of") for word in ("في", "داخل", "من", "الي", "علي", "نحو", "باتجاه", "ب"))
# Nouns that stand for the ground itself when a nationality follows.
_SOIL = frozenset("الاراضي اراضي المياه الاجواء الحدود السواحل الساحل الشواطي".split())


def stand_on(p: Proposal, document: Document) -> None:
    """Of a short text: give a move of troops without a second party the foreign land it is said to lead to, through or out of; the nearest behind the act."""
    if p.target_codes or p.trigger.act.type not in _MOVES or len(p.source_codes) != 1 or len(p.source_codes[0]) != 3:
        return
    stop = _end(p, document)
    for slot in p.targets:
        m = slot.mention
        if m is None or m.code is None or len(m.code) != 3 or m.code in p.source_codes or not p.trigger.at < m.first < stop:
            continue
        if _ground(slot, document):
            p.target_codes, p.slots = (m.code,), (p.slots[0], slot)
            p.chosen = [*p.chosen, slot]
            return


def _ground(slot: Slot, document: Document) -> bool:
    m = slot.mention
    assert m is not None
    if m.sort == "adjective":
        return document.tokens.form[m.first - 1].lstrip("وبل") in _SOIL
    return m.sort == "state" and slot.relation.startswith(_UPON)


def _end(p: Proposal, document: Document) -> int:
    """Where the act's own clause ends: at the next comma."""
    last = document.sentences[p.sentence].last
    return next((i for i in range(p.trigger.last, last) if document.tokens.form[i] in ("،", ",", "؛")), last)
