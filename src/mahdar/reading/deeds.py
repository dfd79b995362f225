"""Whose deed it is that turns an issue phrase round: انسحاب أميركا من الاتفاق، قرار ترامب نقل السفارة، إذا خرجت لندن من السوق المشتركة.

The doer is against the issue by it, and whoever speaks of another's deed without hailing it is not: it is what he warns of, blames or answers.
"""

from __future__ import annotations

from mahdar.lexicon.model import Lexicon
from mahdar.reading.clauses import Clause
from mahdar.reading.document import Document
from mahdar.reading.matters import FOES, READS, Hit
from mahdar.reading.mentions import Mention
from mahdar.reading.nearby import clause_before
from mahdar.reading.reference import Cast

# Nouns and verbs of leaving and breaking, and of resolving on what a phrase says.
_BREACH = frozenset("انسحاب خروج تخلي انتهاك انتهاكات خرق خروقات الغاء نقض تنصل تمزيق".split())
_BREAKS = frozenset("انسحب خرج تخلى انتهك خرق ألغى نقض تنصل مزق".split())
_RESOLVE = frozenset("قرار قرارات اعلان اعتراف تهديد تهديدات اعتزام توعد تلويح خطه خطط عزم نيه".split())
_RESOLVES = frozenset("قرر توعد هدد اعترف اعتزم نوى لوح".split())
_HAILS = frozenset("رحب أيد أشاد شكر بارك هنأ امتدح دعم ثمن حيا".split())
_CONDEMNS = frozenset("ندد أدان دان استنكر شجب انتقد رفض عارض استهجن هاجم".split())
_VOTES = frozenset(("ضد", "لصالح"))
_IN_FRONT, _OVER = 8, 9  # words from the phrase back to the noun, and to the verb
_PREPS = frozenset("ب من عن علي في ل الي بشان القاضي القاضيه بخصوص".split())


class Deeds:
    """Finds the doers in one document."""

    def __init__(self, document: Document, cast: Cast, lexicon: Lexicon) -> None:
        self.forms = document.tokens.form
        self.words = document.words
        self.cast = cast
        self.lexicon = lexicon

    def plain(self, hit: Hit, number: int, holder: str, clauses: list[Clause]) -> str:
        """The stance that the deed leaves no doubt of for the holder; empty where there is none, or nobody is known to do it."""
        voted = self._voted(hit, holder, clauses)
        if voted or hit.issue in FOES or hit.sign == "pro":
            return voted
        doers = self.doers(hit, number, clauses)
        if not doers:
            return ""
        if holder in doers:
            over = clause_before(clauses, hit.at)
            return "oppose" if over is None or not over.conditional else ""
        return "oppose" if self._hailed(hit, clauses) else "support"

    def condemned(self, hit: Hit, number: int, holder: str, clauses: list[Clause]) -> bool:
        """ندد الاتحاد بقرار إسرائيل بناء مستوطنات: does the holder blame or refuse another's deed that is against the issue?"""
        over = clause_before(clauses, hit.at)
        if hit.sign != "contra" or hit.issue in FOES or over is None or over.negated or over.passive or over.subject.entity < 0 or hit.at - over.at > 2 * _OVER:
            return False
        if self.lexicon.lemmas[over.verb.reading.lemma] not in _CONDEMNS or holder not in self.cast.acts_for(over.subject.entity):
            return False
        doers = self.doers(hit, number, clauses)
        return bool(doers) and holder not in doers

    def _voted(self, hit: Hit, holder: str, clauses: list[Clause]) -> str:
        """صوتت الصين ضد مشروع قرار يفرض عقوبات: the vote of the holder on what names the issue."""
        vote = next((c for c in reversed(clauses) if c.at < hit.at and self.lexicon.lemmas[c.verb.reading.lemma] == "صوت"), None)
        if vote is None or vote.negated or vote.subject.entity < 0 or holder not in self.cast.acts_for(vote.subject.entity) or hit.at - vote.at > 2 * _OVER:
            return ""
        way = next((form for form in self.forms[vote.at + 1 : hit.at] if form in _VOTES), "")
        return "" if not way else "support" if (way == "ضد") == (hit.sign == "contra") else "oppose"

    def doers(self, hit: Hit, number: int, clauses: list[Clause]) -> tuple[str, ...]:
        """Codes of those who do it, by the noun in the phrase or in front of it, or by the verb over it."""
        mentions = self.cast.by_sentence[number]
        over = clause_before(clauses, hit.at)
        low = max(over.at if over is not None else -1, hit.at - _IN_FRONT)
        for j in range(hit.last - 1, low, -1):
            word = self.words[j]
            nouns = _BREACH if hit.sign != "contra" or j >= hit.at else _BREACH | _RESOLVE
            if word is None or nouns.isdisjoint(word.stems) or any(m.first <= j < m.last for m in mentions):
                continue
            owner = next((m for m in mentions if j < m.first <= j + 1 + (j >= hit.at)), None)
            if owner is None or j < hit.at and not self._reaches(owner.last, hit.at):
                return ()
            return tuple(code for code in self.cast.codes_of(owner) if code)
        if over is None or over.negated or over.passive or over.relative or hit.at - over.at > _OVER or over.subject.entity < 0:
            return ()
        verbs = _BREAKS | _RESOLVES if hit.sign in READS else _BREAKS
        if self.lexicon.lemmas[over.verb.reading.lemma] not in verbs or not self._reaches(self._past(over, mentions), hit.at):
            return ()
        return tuple(code for code in self.cast.acts_for(over.subject.entity) if code)

    def _past(self, over: Clause, mentions: list[Mention]) -> int:
        subject = over.subject.mention
        return subject.last if subject is not None and subject.first > over.at else over.at + 1

    def _reaches(self, first: int, at: int) -> bool:
        """Do only prepositions and the deed's own nouns stand between?"""
        for j in range(first, at):
            word = self.words[j]
            if self.forms[j] not in _PREPS and (word is None or (_BREACH | _RESOLVE).isdisjoint(word.stems)):
                return False
        return True

    def _hailed(self, hit: Hit, clauses: list[Clause]) -> bool:
        return any(not c.negated and self.lexicon.lemmas[c.verb.reading.lemma] in _HAILS for c in clauses if c.at < hit.at)
