"""When and where: the date and the place an event's own clause gives."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from datetime import date

from mahdar.arabic.particles import AN_FORMS, RELATIVES
from mahdar.reading.clauses import Clause
from mahdar.reading.dates import DateMention
from mahdar.reading.document import Document, Sentence
from mahdar.reading.events import Proposal
from mahdar.reading.mentions import Match, MentionFinder

_LOCATIVES = frozenset(("في", "الي", "من", "قرب", "شمال", "جنوب", "شرق", "غرب", "بمدينه", "بالعاصمه", "داخل", "وسط"))
_PLACE_WORDS = frozenset("العاصمه مدينه عاصمه بلده منتجع محافظه ولايه مقاطعه منطقه قريه مقر ضاحيه اقليم مدينتي قصر".split())
_PLANNED = frozenset("المقرر مقرر المزمع مزمع المرتقب مرتقب المرتقبه المقرره المنتظر منتظر المتوقع مقررا مقرره".split())
_BACKGROUND = frozenset("سابقا سابق منذ عام سنه العام سبق وسبق السابق انذاك حينها سنوات اعوام عقود".split())
_FAR = 4.0


def future_marks(document: Document, clauses: list[list[Clause]]) -> Callable[[int], bool | None]:
    """Whether the verb (or المقرر, المرتقب …) that governs a token looks ahead: a bare weekday behind it is the coming one.
    None where no verb governs it."""
    marks: dict[int, bool | None] = {}
    for found in clauses:
        for c in found:
            planned = c.verb.reading.tense == "present" and document.form(c.at - 1) == "ان" and document.form(c.at - 2) in _PLANNED
            marks[c.at] = True if c.future or planned else None if c.verb.reading.tense == "present" else False
    starts = [s.first for s in document.sentences]

    def ahead(i: int) -> bool | None:
        first = starts[max(0, bisect_right(starts, i) - 1)] if starts else 0
        for j in range(i - 1, first - 1, -1):
            if j in marks:
                return marks[j]
            if document.tokens.form[j] in _PLANNED:
                return document.form(j - 1).lstrip("وف") not in ("كان", "كانت")
        return None

    return ahead


def anchor_date(document: Document, dates: list[DateMention]) -> str | None:
    """The day the report tells of: the first day named in its opening, at most a week before publication."""
    published = (document.article.published or "")[:10]
    if len(published) < 10:
        return None
    limit = document.sentences[min(2, len(document.sentences) - 1)].last if document.sentences else 0
    for d in dates:
        if d.first >= limit:
            break
        if d.value is not None and len(d.value) == 10 and d.value <= published and _days(d.value, published) <= 7:
            return d.value
    if any(d.value == published for d in dates):
        return published  # اليوم الأربعاء somewhere below: the report tells of its own day
    return None


def _days(first: str, last: str) -> int:
    return (date.fromisoformat(last) - date.fromisoformat(first)).days


def date_of(proposal: Proposal, dates: list[DateMention], sentence: Sentence, document: Document, clauses: list[Clause], anchor: str | None) -> str | None:
    """The resolved date of the act's own clause; else, for what the report tells as its news, the day it tells of."""
    at = proposal.trigger.at
    best: tuple[float, str] | None = None
    verbs = [c.at for c in clauses]
    for d in dates:
        if d.value is None or not sentence.first <= d.first < sentence.last:
            continue
        low, high = (at, d.first) if d.first > at else (d.last, at)
        crossed = sum(1 for v in verbs if low < v < high)
        relatives = sum(1 for i in range(low + 1, high) if document.tokens.form[i] in RELATIVES)
        reported = sum(1 for i in range(low + 1, high) if document.tokens.form[i] in AN_FORMS)
        # قمة … التي تعقد الأربعاء: the relative clause dates the noun it describes; a date in front belongs to another act more often.
        own = proposal.trigger.kind in ("noun", "phrase") and d.first > at
        cost = (high - low) / 8.0 + (0.4 if own and relatives else 1.0) * crossed + (0.1 if own else 0.8) * relatives + 0.8 * reported
        cost += (0.7 if d.first < at else 0.0) + (0.6 if len(d.value) < 10 else 0.0)
        if best is None or cost < best[0]:
            best = (cost, d.value)
    if best is not None and best[0] <= _FAR:
        return best[1]
    told = proposal.status == "actual" or (proposal.status != "planned" and proposal.trigger.act.type not in ("CONSULT", "AID", "MOBILIZE", "ASSAULT"))
    if told and _news(proposal, sentence, document):
        return anchor
    return None


def _news(proposal: Proposal, sentence: Sentence, document: Document) -> bool:
    """Told as news rather than as background (منذ، سابقا، عام 2005)."""
    return _BACKGROUND.isdisjoint(document.tokens.form[sentence.first : sentence.last])


def place_of(proposal: Proposal, sentence: Sentence, document: Document, finder: MentionFinder) -> str | None:
    """The place named behind في in the act's clause; only the text's own words, never a party."""
    t = proposal.trigger
    places = finder.places.get(sentence.first)
    if places is None:
        places = finder.places[sentence.first] = _places(sentence, document, finder)
    best: tuple[int, Match] | None = None
    for i, kind, match in places:
        distance = abs(i - t.at) + (6 if i < t.at else 0) + (10 if kind == "state" else 0)
        if best is None or distance < best[0]:
            best = (distance, match)
    if best is None or best[0] > 30:
        return None
    match = best[1]
    span = document.span(match.first, match.last)
    return document.article.text[span.start + len(match.prefix) : span.end]


def _places(sentence: Sentence, document: Document, finder: MentionFinder) -> list[tuple[int, str, Match]]:
    """The places a sentence names behind في: token, kind of entry, phrase."""
    out: list[tuple[int, str, Match]] = []
    for i in range(sentence.first, sentence.last):
        word = document.words[i]
        match = finder.match(i) if word is not None and word.starts else None
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
        out.append((i, entry.kind, match))
    return out
