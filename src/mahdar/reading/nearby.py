"""What stands before a place in the text: the clause, the state spoken of, two persons joined by و, somebody now called by the first words of his name."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mahdar.reading.clauses import Clause
    from mahdar.reading.mentions import Mention
    from mahdar.reading.reference import Cast

_NOT_FAR = 60  # tokens
_TWO_PERSONS = tuple("رييسان رييسين وزيران وزيرين زعيمان زعيمين مسوولان مسوولين رجلان رجلين".split())
_IN_FRONT = frozenset(f"{joined}{by}" for joined in ("", "و", "ف") for by in ("", "ال", "بال", "لل", "ب", "ل"))
_HONOURED = frozenset(("الشيخ", "الامير"))  # who is called by his given name


def clause_before(clauses: Sequence[Clause], at: int) -> Clause | None:
    """The last of a sentence's clauses whose verb stands before token ``at``."""
    for clause in reversed(clauses):
        if clause.at < at:
            return clause
    return None


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


def of_persons(form: str) -> bool:
    """Does a dual (الجانبان، الرئيسان، وللرجلين) mean two persons?"""
    return any(form.endswith(word) and form[: -len(word)] in _IN_FRONT for word in _TWO_PERSONS)


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


def last_two(cast: Cast, at: int, *, persons: bool) -> list[int]:
    """الجانبان، الرئيسان: the last two of different codes named before token ``at``, in the order named; ``persons`` alone, where a word for persons refers to them."""
    seen: list[int] = []
    codes: set[str] = set()
    sides = ((i, e) for i, e in enumerate(cast.entities) if e.code and e.code != "MEDIA" and (not persons or e.kind == "person" and e.number == "s"))
    for _, index in sorted(((m.first, i) for i, e in sides for m in e.mentions if m.first < at), reverse=True):
        code = cast.entities[index].code or ""
        if code not in codes:
            codes.add(code)
            seen.append(index)
        if len(seen) == 2:
            return list(reversed(seen))
    return []


def named_before(cast: Cast, words: tuple[str, ...], m: Mention) -> int:
    """بهي الدين, الشيخ حمد, المتحدثة فيكتوريا: the one person the article names in full whose name begins with these words; -1 if none or several.

    One word counts behind an honour, or behind the post of the person.
    """
    honoured = len(words) == 2 and words[0] in _HONOURED
    words = words[1:] if honoured else words
    if len(words) > 2 or len(words) == 1 and not honoured and m.role is None:
        return -1
    alike = ((i, cast.entities[i]) for i in cast.called.get(words, ()))
    found = [i for i, e in alike if e.named and cast.words_of(e.name)[: len(words)] == words and e.name[1] - e.name[0] > len(words)]
    if len(words) == 1 and not honoured:
        found = [i for i in found if cast.entities[i].role == m.role]
    return found[0] if len(found) == 1 else -1
