"""Did it happen, will it, may it, or did it not: the status of an act, from what the words around it say of its time and truth.

The rule's own reading (:mod:`mahdar.reading.events`) is one feature among others; a linear model over named features decides.
"""

from __future__ import annotations

from collections.abc import Sequence

from mahdar.arabic.particles import AN_FORMS, AUXILIARIES, QAD, RELATIVES
from mahdar.reading.clauses import Clause
from mahdar.reading.document import Document
from mahdar.reading.modality import Modality
from mahdar.reading.nearby import clause_before
from mahdar.reading.proposals import Proposal
from mahdar.reading.tone import Stems
from mahdar.reading.triggers import Trigger
from mahdar.reading.weights import Classes

_FROM_CONTEXT = ("mark=", "tense=", "said=", "prev=", "glued=", "subject=", "relative", "definite=", "before=", "verb=", "behind=")
_IF = frozenset("اذا لو وان فان حال شريطه بشرط طالما ريثما لولا".split())
_ONLY = frozenset(("الا", "قبل", "دون"))  # لن يوقع إلا بعد: not before
_WAS = frozenset(("كان", "كانت", "كانوا", "كانا", "وكان", "وكانت", "وكانوا", "وكانا"))
_NOW = frozenset(("حاليا", "الان", "منذ", "الجاريه", "الجاري"))  # what goes on is no plan
_NEVER_MODAL = frozenset(("قد", "وقد", "لا"))
_EXPECTS = frozenset(("انتظر", "توقع", "ارتقب", "تقرر"))
_GOES_ON = frozenset(("واصل", "استمر", "ظل", "بقي"))
_RULES_OUT = "استبعد"
_COMMAS = frozenset(("،", ",", "؛", '"'))
_DENIED = 12  # how far ahead of an act its أن, and of that the verb of denying, may stand
_STOPS = frozenset(("،", ",", "؛", ":", ".", "بل", "لكن"))
_REACH = 9  # words behind an act that may say when it comes (القمة ... المقررة، الزيارة التي ستبدأ)


class StatusReader:
    """Gives each act its status; the proposal's slots and date must be set."""

    def __init__(self, document: Document, clauses: list[list[Clause]], stems: Stems, models: Classes, lemmas: Sequence[str] = ()) -> None:
        self.doc = document
        self.forms = document.tokens.form
        self.words = document.words
        self.clauses = clauses
        self.stems = stems
        self.models = models
        self.lemmas = lemmas
        self.modality = Modality(document, clauses, lemmas)

    def status(self, proposal: Proposal) -> str:
        """The status with the highest weight; the rule's own where nothing was learned, or where the verb itself is negated."""
        if not self.models.names:
            return proposal.status
        trigger = proposal.trigger
        if trigger.verbal and trigger.clause is not None and trigger.clause.negated and proposal.status == "denied" and not trigger.act.status:
            return "denied"  # لن ترفض تركيا: whatever it is mostly like
        if self._denied_by(proposal) and not trigger.act.status and not trigger.act.negated:
            return "denied"
        if trigger.act.status == "planned" and proposal.status == "planned":
            return "planned"  # دعت النقابة إلى إضراب: the row itself says that it is to come
        if self._may(trigger) and proposal.status == "possible" and not trigger.act.status:
            return "possible"
        sure = (self.modality.certain(trigger, proposal.sentence) or self._bound(proposal)) if self.lemmas and not trigger.act.status else ""
        if sure:
            return sure
        scores = self.models.scores(self.features(proposal))
        return max(scores, key=scores.__getitem__)

    def _bound(self, proposal: Proposal) -> str:
        """What the verb that an act depends on makes of it for certain: expected, going on, not ruled out, or told as the next thing; empty where none does."""
        t = proposal.trigger
        own, over = t.clause, t.clause
        if t.verbal and own is not None:
            over = self._over(own, self.clauses[proposal.sentence])
            front = self.doc.form(own.at - 1), self.doc.form(own.at - 2)
            told = over is not None and not over.negated and not over.future and any(v.reading.tense == "past" for v in over.readings)
            if told and front == ("ان", "قبل") and proposal.when != "ahead":
                return "actual"  # تجول في المدينة قبل أن يجتمع بالرئيس
        if over is None or not self._depends(over, t):
            return ""
        lemma = self.lemmas[over.verb.reading.lemma]
        if lemma in _EXPECTS and not over.negated and t.verbal and own is not None and own.verb.reading.tense == "present":
            return "planned"  # ينتظر أن يبرم
        if lemma in _GOES_ON and over.future and t.act.type == "SUPPORT":
            return "actual"  # ستواصل دعم كييف: so it does now
        return "possible" if lemma == _RULES_OUT and over.negated else ""

    def _over(self, own: Clause, clauses: list[Clause]) -> Clause | None:
        """The clause in front of a verb, past auxiliaries (أن تكون بلاده قد أرسلت)."""
        return next((c for c in reversed(clauses) if c.at < own.at and self.lemmas[c.verb.reading.lemma] != "كان"), None)

    def _depends(self, over: Clause, t: Trigger) -> bool:
        """Is the act the object of the verb: behind its one أن, or a noun with nothing but the subject between?"""
        between = self.forms[over.at + 1 : t.at]
        inside = [i for i, form in enumerate(between) if form in AN_FORMS]
        if t.verbal:
            return len(inside) == 1 and not any(form in _COMMAS or form in RELATIVES for form in between[inside[0] :])
        return not inside and len(between) <= _REACH and not any(form in _COMMAS or form in RELATIVES for form in between)

    def _may(self, t: Trigger) -> bool:
        """قد تغلق إيران المضيق: before a present verb, "may"."""
        return t.verbal and t.clause is not None and t.clause.verb.reading.tense == "present" and self.doc.form(t.clause.at - 1) in ("قد", "وقد", "فقد")

    def _denied_by(self, proposal: Proposal) -> bool:
        """نفت موسكو أن تكون طائراتها قد قصفت: what the clause behind أن of a verb of denying says, unless that clause is negated itself."""
        t = proposal.trigger
        if not t.verbal or t.clause is None or t.clause.negated:
            return False
        sentence = self.doc.sentences[proposal.sentence]
        over: Clause | None = None
        for i in range(t.at - 1, max(sentence.first, t.at - _DENIED) - 1, -1):
            form = self.forms[i]
            if form in AN_FORMS:
                over = next((c for c in reversed(self.clauses[proposal.sentence]) if c.at < i), None)
                break
            if form in _STOPS or form in RELATIVES or any(c.at == i and form not in AUXILIARIES for c in self.clauses[proposal.sentence]):
                return False
        word = self.words[over.at] if over is not None and i - over.at <= _DENIED and not over.negated else None
        return word is not None and word.modal.endswith("denied")

    def features(self, proposal: Proposal) -> dict[str, float]:
        """What the status model sees."""
        t = proposal.trigger
        rule, when, type_ = f"rule={proposal.status}", f"when={proposal.when}", t.act.type
        names = [
            "bias", rule, f"type={type_}", f"kind={t.kind}", f"{rule} type={type_}", f"act={t.act.id}", when, f"{when} {rule}", f"{when} kind={t.kind}",
            f"{when} {type_} {t.kind} definite={int(t.definite)}", f"lead={int(proposal.sentence == 0)} {t.kind}",
        ]  # fmt: skip
        names += [name for name in proposal.names if name.startswith(_FROM_CONTEXT)]
        names += self._time(proposal, when)
        names += self._before(proposal)
        names += self._behind(proposal, when)
        names += self._said(proposal)
        return dict.fromkeys(names, 1.0)

    def _tense(self, c: Clause) -> str:
        """past, present, future or was (كان قد التقى), behind "not " where it is negated."""
        reach = 12 if self.doc.form(c.at - 1) in QAD else 2  # كان الوزير قد التقى
        was = any(self.forms[i] in _WAS for i in range(max(0, c.at - reach), c.at))
        tense = "future" if c.future else "was" if was else c.verb.reading.tense
        return f"not {tense}" if c.negated else tense

    def _time(self, proposal: Proposal, when: str) -> list[str]:
        """The verb that is the act, or the one a noun stands behind."""
        t = proposal.trigger
        clauses = self.clauses[proposal.sentence]
        own = t.clause
        if own is None:
            return [f"{t.kind} alone", f"{t.kind} alone {when}"]
        tense = self._tense(own)
        if t.kind == "verb":
            out = [
                f"own={tense} relative={int(own.relative)}", f"own={tense}", f"own={tense} {when}", f"own={tense} {t.act.type}",
                f"own={tense} {t.act.type} {when}", f"own={tense} lead={int(proposal.sentence == 0)}",
            ]  # fmt: skip
            over = clause_before(clauses, own.at)
            bound = self.doc.form(own.at - 1)
            if over is not None and own.at - over.at <= 9 and bound in ("ان", "وان", "الا", "لان") or bound.startswith("ل") and own.verb.purpose:
                out += [f"bound {tense}", f"bound {tense} under={self._tense(over)}"] if over is not None else []
                word = self.words[over.at] if over is not None else None
                if word is not None:
                    out.append(f"bound to={self.stems.of(word)}")
            if self._on_condition(own.at):
                out += ["if", f"if {tense}"]
            return out
        near = 0 if t.at - own.at <= 3 else 1 if t.at - own.at <= 8 else 2
        crossed = int(any(self.forms[i] in AN_FORMS or self.forms[i] in RELATIVES for i in range(own.at + 1, t.at)))
        out = [f"over={tense} near={near} crossed={crossed}", f"over={tense} near={near} {t.act.type}", f"over={tense} {when}", f"over={tense} glued={t.prep} {t.act.type}"]
        out.append(f"over={tense} prev={self.doc.form(t.at - 1)}")
        if self.doc.form(own.at - 1) in QAD:
            out.append(f"over=qad {own.verb.reading.tense}")
        if self._on_condition(own.at):
            out.append(f"if over {near}")
        return out

    def _on_condition(self, at: int) -> bool:
        return self.doc.form(at - 1) in _IF or self.doc.form(at - 2) in _IF or self.doc.form(at - 1) in ("لم", "ما") and self.doc.form(at - 2) in ("ان", "اذا")

    def _before(self, proposal: Proposal) -> list[str]:
        """The nearest words before the act that shift its time or truth, by themselves (ربما، الأمل، موعد)."""
        t = proposal.trigger
        sentence = self.doc.sentences[proposal.sentence]
        out: list[str] = []
        for i in range(t.at - 1, max(sentence.first, t.at - 13) - 1, -1):
            word = self.words[i]
            if word is None or not word.modal or word.form in _NEVER_MODAL:
                continue
            stem = self.stems.of(word)
            near = 0 if t.at - i <= 3 else 1 if t.at - i <= 7 else 2
            out += [f"shift={stem}", f"shift={stem} near={near}", f"shift {word.modal} near={near}"]
            if len(out) >= 6:
                break
        return out

    def _behind(self, proposal: Proposal, when: str) -> list[str]:
        """What follows the act: a word of planning (القمة المقررة), the verb said of it (القمة ستعقد), إلا بعد."""
        t = proposal.trigger
        sentence = self.doc.sentences[proposal.sentence]
        stop = min(sentence.last, t.last + _REACH)
        out: list[str] = []
        for i in range(t.last, stop):
            word = self.words[i]
            if word is None or self.forms[i] in AN_FORMS:
                break
            if word.modal and not word.modal.endswith("denied") and word.form not in _NEVER_MODAL:
                near = 0 if i - t.last <= 1 else 1
                out += [f"{t.kind} then {word.modal} near={near}", f"then={self.stems.of(word)}", f"{t.act.type} {t.kind} then {word.modal}"]
                break
        if any(self.forms[i] in _NOW for i in range(max(sentence.first, t.at - 3), stop)):
            out += [f"now {t.kind}", f"now {t.act.type}"]
        if any(self.forms[i] in _ONLY and self.doc.form(i + 1) in ("بعد", "اذا", "في", "عندما", "حين") for i in range(t.last, stop)):
            out.append("only then")
        if t.kind == "verb":
            return out
        after = next((c for c in self.clauses[proposal.sentence] if c.at >= t.last), None)
        if after is not None and after.at - t.last <= 20:
            near = 0 if after.at - t.last <= 3 else 1 if after.at - t.last <= 9 else 2
            told = f"next={self._tense(after)} relative={int(after.relative)} near={near}"
            out += [told, f"{told} {t.act.type}", f"{told} {when}", f"next={self._tense(after)} carries={int(after is t.carrier)}"]
            if self.doc.form(after.at - 1) in ("قد", "وقد", "ربما"):
                out.append("next qad")
        return out

    def _said(self, proposal: Proposal) -> list[str]:
        """The verb that reports the act: نفى، حذر من، أمل."""
        s = proposal.spoken
        if s is None or not s.content[0] <= proposal.trigger.at < s.content[1]:
            return []
        word = self.words[s.cue[0]] if s.cue[0] < len(self.words) else None
        if word is None:
            return []
        first = proposal.trigger.at - s.content[0] <= 4
        stem = self.stems.of(word)
        return [f"cue={stem}", f"cue={stem} first={int(first)}"]
