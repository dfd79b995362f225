"""Whom a bare نظيره means: of the two whom an article has set side by side as equals, the one who is not spoken of (شكرت نظيرها)."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mahdar.reading.mentions import Mention
    from mahdar.reading.reference import Cast


_BACK = 12  # sentences to the pair
_CROWDED = 200  # mentions of a sentence in which nobody is found again


def equal_of(cast: Cast, m: Mention) -> int:
    """The person a counterpart without nationality, post and name is; -1 where the article has named no pair of equals before."""
    if m.sort != "counterpart" or m.code is not None or m.name is not None or m.number != "s":
        return -1
    number = cast.doc.sentence_at(m.first)
    pair = _pair(cast, number, m.first)
    if pair is None:
        return -1
    here = [x for x in cast.by_sentence[number] if x.first < m.first and x.entity in pair]
    if here:
        return pair[1] if here[-1].entity == pair[0] else pair[0]
    return -1


def _pair(cast: Cast, number: int, before: int) -> tuple[int, int] | None:
    """Him who was last told to have a counterpart of another state, and that counterpart, before a token."""
    for n in range(number, max(-1, number - _BACK), -1):
        if len(cast.by_sentence[n]) > _CROWDED:
            return None
        people = [x for x in cast.by_sentence[n] if x.kind == "person" and x.entity >= 0 and x.first < before and x.number == "s"]
        for at in range(len(people) - 1, 0, -1):
            equal, owner = people[at], people[at - 1]
            codes = cast.entities[equal.entity].code, cast.entities[owner.entity].code
            if equal.sort == "counterpart" and None not in codes and codes[0] != codes[1]:
                return owner.entity, equal.entity
    return None
