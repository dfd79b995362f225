"""Names that state enmity by themselves: الوحدات الكردية التي تعتبرها أنقرة إرهابية."""

from __future__ import annotations

from mahdar.lexicon.model import Lexicon
from mahdar.reading.attitudes import Stand
from mahdar.reading.clauses import Clause
from mahdar.reading.document import Document, Sentence
from mahdar.reading.parties import last_meant
from mahdar.reading.reference import Cast

_CALLS = frozenset("اعتبر عد صنف وصف".split())
_TERRORIST = frozenset(("ارهابي", "ارهابيه", "ارهابيا", "ارهابيين", "ارهابيون"))
_REACH = 7  # words between the verb and the name it gives
_WHAT = ("ما", "مما", "بما", "لما", "ممن", "من", "عما")
_BODIES = ("group", "organisation")
_PARTIES = ("group", "organisation", "state")


def labels(document: Document, cast: Cast, lexicon: Lexicon, number: int, sentence: Sentence, clauses: list[Clause]) -> list[Stand]:
    """The sure stances of those who call a group, a body or a state terrorist; what is done by it (هجوم إرهابي) is no party."""
    out: list[Stand] = []
    for clause in clauses:
        if clause.passive or clause.negated or clause.subject.entity < 0 or lexicon.lemmas[clause.verb.reading.lemma] not in _CALLS:
            continue
        end = min(sentence.last, clause.at + 1 + _REACH)
        label = next((j for j in range(clause.at + 1, end) if (w := document.words[j]) is not None and not _TERRORIST.isdisjoint(w.stems)), -1)
        if label < 0 or any(clause.at < c.at < label for c in clauses):
            continue
        others = _called(cast, number, clause, label)
        for holder in _holders(cast, number, clause):
            out += [
                Stand(holder, other, "position.label.terrorist", sentence.first, sentence.last, {"bias": 1.0}, words=(label, label + 1), plain="oppose", sure=True)
                for other in others
                if other not in (holder, "MEDIA")
            ]
    return out


def _holders(cast: Cast, number: int, clause: Clause) -> list[str]:
    """The subject and those joined to it behind the verb: تعتبرها إسرائيل والولايات المتحدة."""
    out = [code for code in cast.acts_for(clause.subject.entity) if code]
    last = clause.subject.mention.last if clause.subject.mention is not None and clause.subject.mention.first > clause.at else -1
    for m in cast.by_sentence[number]:
        if m.first == last and m.prefix.startswith("و"):
            out += [code for code in cast.codes_of(m) if code and code not in out]
            last = m.last
    return out


def _called(cast: Cast, number: int, clause: Clause, label: int) -> list[str]:
    """Who is called so: whom the verb's pronoun means, or whoever is named between the verb and the label, not as its subject."""
    if clause.verb.pronoun:
        if clause.antecedent is not None:
            return [code for code in cast.codes_of(clause.antecedent) if code]
        if cast.doc.tokens.form[clause.at - 1] in _WHAT:
            return []  # ما وصفه بالتهديد الإرهابي
        meant = last_meant(cast, clause.at, clause.verb.pronoun, clause.subject.entity)
        return [code] if meant >= 0 and cast.entities[meant].kind in _BODIES and (code := cast.entities[meant].code) else []
    named = [m for m in cast.by_sentence[number] if clause.at < m.first and m.last <= label and m.entity != clause.subject.entity and m.kind in _PARTIES]
    return [code for code in cast.codes_of(named[-1]) if code] if named and label - named[-1].last <= 3 else []
