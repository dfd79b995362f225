"""Whom a pronoun at an act means: its object's, one behind it, or that of what somebody else said or did."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from mahdar.arabic.particles import PREPOSITION_PRONOUNS
from mahdar.reading.parties import last_meant, means

if TYPE_CHECKING:
    from mahdar.reading.clauses import Clause
    from mahdar.reading.document import Document
    from mahdar.reading.reference import Cast
    from mahdar.reading.statements import Spoken
    from mahdar.reading.triggers import Trigger

_NEAR = 7  # tokens behind an act within which a preposition's pronoun is its own
# What one blames, refuses or praises is another's: وصفت تصريحاته، رفض طلبها، أشاد بجهودهم.
ANSWERS = frozenset(("ACCUSE", "REJECT", "SUPPORT"))
_OF_ANOTHER = frozenset(
    "تصريحات موقف مواقف قرار قرارات طلب مطلب مطالب عرض مقترح مقترحات اقتراح مبادره دعوه اتهام اتهامات تهديد تهديدات سياسه سياسات اجراءات خطوه جهود دور كلام خطاب بيان شروط "
    "مزاعم ادعاءات ممارسات اعتداءات انتهاكات تدخل تدخلات".split()
)
_HIS = ("هما", "ها", "هم", "ه")


def object_meant(cast: Cast, t: Trigger, clauses: Sequence[Clause], doer: int) -> int:
    """هاجم الرئيس الصين في الجمعية العامة واتهمها: whom a verb's object pronoun means. Of two verbs of one doer, joined by و, the second's is the first's object."""
    clause = t.clause
    if clause is not None and clause.verb.conj == "و" and clause.subject.how == "chain":
        before = next((c for c in reversed(clauses) if c.at < clause.at and not c.relative), None)
        if before is not None and before.subject.how in ("post", "pre") and before.subject.entity == doer:
            own = (m for m in cast.by_sentence[cast.doc.sentence_at(t.at)] if m.first == before.after and not m.prefix and m.entity >= 0)
            told = next((m.entity for m in own if m.entity != doer and cast.entities[m.entity].code is not None and means(cast.entities[m.entity], t.pronoun)), -1)
            if told >= 0:
                return told
    return last_meant(cast, t.at, t.pronoun, doer)


def taken_up(cast: Cast, document: Document, t: Trigger) -> Iterator[tuple[int, str]]:
    """وصفت الخارجية تصريحاته: whose the words or deeds are that a verb blames, refuses or praises, where a pronoun alone says so."""
    if t.pronoun or t.kind != "verb" or t.act.type not in ANSWERS or t.clause is None:
        return
    at = max(t.clause.after, t.last)
    form = document.tokens.form[at] if at < len(document.tokens.form) else ""
    for his in _HIS:
        noun = form.removesuffix(his)
        if noun == form:
            continue
        bare = noun.removeprefix("ب") if noun.startswith("ب") and noun not in _OF_ANOTHER else noun
        if bare in _OF_ANOTHER or bare.endswith("ت") and bare[:-1] + "ه" in _OF_ANOTHER:
            yield last_meant(cast, t.at, "هم" if his == "هما" else his, t.clause.subject.entity), "objpron"
        return


def behind(cast: Cast, forms: Sequence[str], t: Trigger, said: Spoken | None) -> Iterator[tuple[int, str]]:
    """معه، لها، عليه behind the act: the person spoken of who is not its subject."""
    subject = t.clause.subject.entity if t.clause is not None else -1
    for form in forms[t.last : t.last + _NEAR]:
        if form not in PREPOSITION_PRONOUNS:
            continue
        found = PREPOSITION_PRONOUNS[form]
        if found[1] in ("ه", "ها", "هم"):
            wanted = found[0] in t.act.target
            yield last_meant(cast, t.at, found[1], subject), f"pp:{found[0]}" if wanted else "pp"
            return
        if found[1] == "نا" and said is not None:
            yield said.speaker, f"pp:{found[0]} first" if found[0] in t.act.target else "pp first"
            return
