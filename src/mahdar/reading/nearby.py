"""Who was named last before a place in the text: the state spoken of, two persons joined by و."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mahdar.reading.reference import Cast

_NOT_FAR = 60  # tokens


def spoken_of(cast: Cast, at: int) -> str | None:
    """The state last spoken of before token ``at``, not far in front: whose ministers and officers are named without its name."""
    sentences = cast.doc.sentences
    for number in range(cast.doc.sentence_at(at), -1, -1):
        if sentences[number].last <= at - _NOT_FAR:
            break
        for m in sorted(cast.by_sentence[number], key=lambda m: -m.first):
            code = cast.entities[m.entity].code if m.entity >= 0 and at - _NOT_FAR < m.first < at else None
            if code in cast.lexicon.state_names:
                return code
    return None


def joined_persons(cast: Cast, at: int) -> list[int]:
    """رئيس المجلس صالح ورئيس الحكومة السراج … الرجلان: the two persons named last before token ``at``, where they stand joined; else nobody."""
    here = cast.doc.sentence_at(at)
    for mentions in (cast.by_sentence[n] for n in (here, here - 1) if n >= 0):
        named = [m for m in mentions if m.first < at and m.kind == "person" and m.entity >= 0 and cast.entities[m.entity].named and cast.entities[m.entity].number == "s"]
        if len(named) > 1:
            first, second = named[-2:]
            joined = second.prefix == "و" and first.entity != second.entity and second.first - first.last <= 1
            return [first.entity, second.entity] if joined else []
        if named:
            return []
    return []
