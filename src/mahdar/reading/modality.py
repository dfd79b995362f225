"""What the words around an act make of it for certain: may be, will be, nearly was, would have been, was called off."""

from __future__ import annotations

from collections.abc import Sequence

from mahdar.arabic.particles import AN_FORMS, AUXILIARIES, PREPOSITIONS, QAD, RELATIVES
from mahdar.reading.clauses import Clause
from mahdar.reading.datewords import FOLLOWING
from mahdar.reading.document import Document
from mahdar.reading.nearby import clause_before
from mahdar.reading.triggers import Trigger

_MAYBE = frozenset("المحتمل الممكن الوارد محتملا ممكنا".split())  # من المحتمل أن
_MAY = frozenset("أمكن يمكن احتمل جاز يجوز".split())
_HOPES = frozenset("أمل رجا تمنى ترجى تطلع رغب طمح أوشك شارف اقترب".split())
_DENIES = frozenset("نفى فند دحض رفض رد كذب استنكر".split())
_NEARLY, _CALLED_OFF = "كاد", "ألغى"
_NO_LONGER = frozenset(("عاد", "عد", "أعاد"))  # لم يعد يدعم, which is spelt like two others
_OFFERS, _AGREES = frozenset(("عرض", "اقترح")), frozenset(("وافق", "اتفق"))
_STAYS = frozenset("ظل بقي كان استمر واصل".split())
_HAPPENS = frozenset("عقد انعقد جرى تم حدث حصل أجرى نظم التأم بدأ انطلق".split())  # what is said of a noun that it takes place
_IF = frozenset(("لو", "ولو", "فلو", "لولا", "ولولا"))
_PLANNED = frozenset("المقرر مقررا مقرره المفترض مفترضا المنتظر منتظرا المتوقع متوقعا المزمع".split())
_BUT = frozenset(("لكن", "ولكن", "لكنه", "لكنها", "ولكنه", "ولكنها", "بيد"))
_WAS = frozenset(("كان", "كانت", "كانوا", "كانا", "وكان", "وكانت", "وكانوا", "وكانا"))
_COMMAS = frozenset(("،", ",", "؛", '"', ".", ":"))
_REACH = 9  # words between a verb and what it acts on
_FAR = 14  # words between a noun and the verb that says whether it takes place


class Modality:
    """Says the status of an act where words of its sentence leave no doubt of it."""

    def __init__(self, document: Document, clauses: list[list[Clause]], lemmas: Sequence[str]) -> None:
        self.doc = document
        self.forms = document.tokens.form
        self.clauses = clauses
        self.lemmas = lemmas

    def certain(self, t: Trigger, sentence: int) -> str:
        """The status of an act; empty where nothing gives one for certain."""
        clauses = self.clauses[sentence]
        if t.verbal and t.clause is not None:
            return self._of_verb(t.clause, clauses)
        return self._of_noun(t, clauses)

    def _lemma(self, c: Clause) -> str:
        return self.lemmas[c.verb.reading.lemma]

    def _of_verb(self, own: Clause, clauses: list[Clause]) -> str:
        form = self.doc.form
        past = own.verb.reading.tense == "past"
        if own.negated:
            return ""
        if form(own.at - 1) in _IF or past and self.forms[own.at].startswith("ل") and any(form(c.at - 1) in _IF for c in clauses if c.at < own.at):
            return "possible"
        an = next((i for i in range(own.at - 1, max(own.at - 3, -1), -1) if form(i) == "ان"), -1)
        if an >= 0 and form(an - 1) in _MAYBE and not past:
            return "possible"
        over = clause_before(clauses, own.at)
        if self._was_planned(own.at) and self._but_off(own.at, clauses):
            return "denied"
        if over is None:
            return ""
        lemma = self._lemma(over)
        if lemma == "كان" and past and form(over.at - 1) in QAD and over.verb.reading.tense == "present" and own.at - over.at <= _REACH:
            return "possible"
        if an >= 0 and not past and (lemma in _MAY or lemma in _HOPES) and not over.negated and self._clear(over.at + 1, an):
            return "possible"
        bare = not past and own.at - over.at <= _REACH and self._clear(over.at + 1, own.at)
        if lemma == _NEARLY and bare:
            return "denied"
        if lemma in _NO_LONGER and over.negated and bare and form(over.at - 1) == "لم":
            return "denied"
        return ""

    def _of_noun(self, t: Trigger, clauses: list[Clause]) -> str:
        own = clause_before(clauses, t.at)
        if own is not None and t.at - own.at <= _REACH and self._clear(own.at + 1, t.at):
            lemma, present = self._lemma(own), own.verb.reading.tense == "present"
            straight = not any(self.forms[i] in PREPOSITIONS or self.forms[i] in FOLLOWING for i in range(own.at + 1, t.at)) and not t.prep
            if lemma in _DENIES and t.act.type == "ACCUSE" and t.definite and straight:
                return "actual"  # نفت موسكو الاتهامات: they were made
            if lemma in _HOPES and not own.negated:
                return "possible"
            if lemma in _OFFERS and straight and not own.negated:
                return "possible"
            if t.act.type == "CONSULT" and lemma in _AGREES and not own.negated and not own.passive and self.forms[t.at - 1] in ("علي", "الي", "عقد", "اجراء", "استقبال"):
                return "planned"
            if lemma == _CALLED_OFF and straight and t.act.type == "CONSULT":
                return "denied"
            if own.future and not own.negated and straight and lemma not in _STAYS:
                return "planned"
            if self.doc.form(own.at - 1) == "ان" and self.doc.form(own.at - 2) in _MAYBE and present and straight:
                return "possible"
        after = next((c for c in clauses if c.at >= t.last), None)
        if after is not None and after.at - t.last <= _FAR and not after.relative and self._lemma(after) in _HAPPENS and self._may(after) and self._clear(t.last, after.at):
            return "possible"
        return ""

    def _may(self, c: Clause) -> bool:
        """قد تعقد; not كان ... قد تلقى, which may be spelt alike."""
        was = any(self.forms[i] in AUXILIARIES for i in range(max(0, c.at - _FAR), c.at))
        return self.doc.form(c.at - 1) in QAD and c.verb.reading.tense == "present" and not was

    def _was_planned(self, at: int) -> bool:
        """كان من المقرر أن يلتقي, كان سيلتقي."""
        front = self.forms[max(0, at - _REACH) : at]
        was = next((i for i, form in enumerate(front) if form in _WAS), -1)
        return was >= 0 and (not _PLANNED.isdisjoint(front[was:]) or self.forms[at].startswith("سي"))

    def _but_off(self, at: int, clauses: list[Clause]) -> bool:
        """لكن اللقاء ألغي, لكن الجوار أغلق أجواءه: a contrast behind it that took place."""
        return any(c.at > at and c.verb.reading.tense == "past" and any(self.forms[i] in _BUT for i in range(at + 1, c.at)) for c in clauses)

    def _clear(self, first: int, last: int) -> bool:
        """Does nothing stand between that would open another clause?"""
        return not any(self.forms[i] in _COMMAS or self.forms[i] in AN_FORMS or self.forms[i] in RELATIVES for i in range(first, last))
