"""When and where: the date and the place an event's own clause gives."""

from __future__ import annotations

from mahdar.arabic.tokens import PUNCT
from mahdar.reading.clauses import Clause
from mahdar.reading.dates import DateMention
from mahdar.reading.document import Document, Sentence
from mahdar.reading.events import Proposal
from mahdar.reading.mentions import MentionFinder

_LOCATIVES = frozenset(("في", "الي", "من", "قرب", "شمال", "جنوب", "شرق", "غرب", "بمدينه", "بالعاصمه", "داخل", "وسط"))
_PLACE_WORDS = frozenset("العاصمه مدينه عاصمه بلده منتجع محافظه ولايه مقاطعه منطقه قريه مقر ضاحيه اقليم مدينتي قصر".split())
_RESULT = frozenset(("سيعقد", "ستعقد", "تعقد", "يعقد"))


def date_of(proposal: Proposal, dates: list[DateMention], sentence: Sentence, document: Document, clauses: list[Clause]) -> str | None:
    """The resolved date nearest to the act inside its sentence, not across another act's clause."""
    at = proposal.trigger.at
    best: tuple[float, str] | None = None
    verbs = [c.at for c in clauses]
    for d in dates:
        if d.value is None or not sentence.first <= d.first < sentence.last:
            continue
        low, high = (at, d.first) if d.first > at else (d.last, at)
        crossed = sum(1 for v in verbs if low < v < high)
        marks = sum(1 for i in range(low + 1, high) if document.tokens.kind[i] == PUNCT and document.tokens.form[i] in ("،", ".", "؛", '"'))
        cost = (high - low) / 8.0 + 1.5 * crossed + 0.4 * marks + (0.5 if d.first < at else 0.0) + (0.6 if len(d.value) < 10 else 0.0)
        if best is None or cost < best[0]:
            best = (cost, d.value)
    return best[1] if best is not None else None


def place_of(proposal: Proposal, sentence: Sentence, document: Document, finder: MentionFinder) -> str | None:
    """The place named behind في in the act's clause; only the text's own words, never a party."""
    t = proposal.trigger
    best: tuple[int, str] | None = None
    for i in range(sentence.first, sentence.last):
        match = finder.match(i)
        if match is None:
            continue
        glued = match.prefix.endswith("ب")
        front = document.form(i - 1)
        named = front in _PLACE_WORDS or front.lstrip("ولب") in _PLACE_WORDS
        if not glued and front != "في" and not (named and document.form(i - 2) in ("في", "الي") or named and front.startswith("ب")):
            continue
        entry = finder.entry(match, "place", "capital", "state", "seat")
        if entry is None or (entry.kind == "state" and glued):
            continue
        distance = abs(i - t.at) + (6 if i < t.at else 0) + (10 if entry.kind == "state" else 0)
        if best is None or distance < best[0]:
            span = document.span(match.first, match.last)
            text = document.article.text[span.start + (len(match.prefix) if match.prefix else 0) : span.end]
            best = (distance, text)
    return best[1] if best is not None and best[0] <= 30 else None
