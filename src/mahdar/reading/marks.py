"""What the words around an act say at first sight of whether it happened: marks of negation, future and doubt, and the status they make.

:mod:`mahdar.reading.status` takes it as one sign among others.
"""

from __future__ import annotations

from mahdar.arabic.particles import AN_FORMS, QAD
from mahdar.reading.clauses import Clause
from mahdar.reading.document import Document, Sentence
from mahdar.reading.triggers import Trigger

_BEFORE_VERB = {"negated": "negated", "future": "future", "maybe": "qad"}
_OVER_NOUN = {"negated": "lightneg", "future": "lightfuture", "maybe": "lightqad"}


def marks_of(t: Trigger, sentence: Sentence, document: Document) -> list[str]:
    """The marks of an act, from negation, tense and the words that govern it."""
    forms, words = document.tokens.form, document.words
    marks: list[str] = []
    clause = t.clause
    if t.verbal and clause is not None:
        marks += _of_clause(clause, _BEFORE_VERB, forms, near=True)
        if clause.verb.purpose or forms[t.at - 1] == "ان":
            marks.append("subjunctive")
    elif clause is not None and t.at - clause.at <= 6 and not any(forms[j] in ("،", ",") or forms[j] in AN_FORMS for j in range(clause.at + 1, t.at)):
        marks += _of_clause(clause, _OVER_NOUN, forms, near=t.at - clause.at <= 4)
    for j in range(max(sentence.first, t.at - 7), t.at):
        word = words[j]
        if word is None:
            if marks and forms[j] in ("،", ",", '"'):
                marks = [x for x in marks if not x.startswith("word")]
        elif word.modal and not (forms[j] in QAD and _is_past(clause, j)):
            marks.append(word.modal)
    return marks


def _is_past(clause: Clause | None, qad: int) -> bool:
    """قد اتهمت: before a past verb قد only stresses that it happened."""
    return clause is not None and clause.at == qad + 1 and clause.verb.reading.tense == "past"


def _of_clause(clause: Clause, names: dict[str, str], forms: list[str], *, near: bool) -> list[str]:
    out = [names["negated"]] if clause.negated else []
    if clause.future:
        out.append(names["future"])
    if near and clause.at > 0 and clause.verb.reading.tense == "present" and forms[clause.at - 1] in ("قد", "وقد"):
        out.append(names["maybe"])  # قد before a present verb: perhaps
    return out


def status_of(t: Trigger, marks: list[str]) -> str:
    """actual, planned, denied or possible, as the marks have it."""
    if not marks:
        return t.act.status or "actual"
    if "negated" in marks or "lightneg" in marks or any(m.endswith("denied") for m in marks):
        return "denied"
    if t.act.status:
        return t.act.status
    if "future" in marks or "lightfuture" in marks or any(m.endswith("planned") for m in marks):
        return "planned"
    if "qad" in marks or "lightqad" in marks or "subjunctive" in marks or any(m.endswith("possible") for m in marks):
        return "possible"
    return "actual"
