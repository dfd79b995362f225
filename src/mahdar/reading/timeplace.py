"""When and where: the date and the place an event's own clause gives."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable

from mahdar.reading.calendar import Look
from mahdar.reading.clauses import Clause
from mahdar.reading.document import Document, Sentence
from mahdar.reading.mentions import MentionFinder
from mahdar.reading.naming import Match
from mahdar.reading.proposals import Proposal

_LOCATIVES = frozenset(("في", "الي", "من", "قرب", "شمال", "جنوب", "شرق", "غرب", "بمدينه", "بالعاصمه", "داخل", "وسط"))
_PLACE_WORDS = frozenset("العاصمه مدينه عاصمه بلده منتجع محافظه ولايه مقاطعه منطقه قريه مقر ضاحيه اقليم مدينتي قصر".split())
_PLANNED = frozenset("المقرر مقرر المزمع مزمع المرتقب مرتقب المرتقبه المقرره المنتظر منتظر المتوقع مقررا مقرره المفترض المرجح".split())
_WAS = frozenset(("كان", "كانت", "كانوا", "كانا", "وكان", "وكانت", "وكانوا", "وكانا"))
_AGREES = ("وافق", "اتفق", "حدد", "وعد", "تعهد")  # verbs whose complement is still to come


def looks(document: Document, clauses: list[list[Clause]]) -> Callable[[int], Look]:
    """Where the verb (or المقرر, المرتقب …) that governs a token looks: a bare weekday behind it is the coming one or the last one."""
    marks: dict[int, Look] = {}
    form = document.form
    relative = {c.at for found in clauses for c in found if c.relative}
    for found in clauses:
        for c in found:
            present = c.verb.reading.tense == "present"
            planned = present and form(c.at - 1) == "ان" and form(c.at - 2) in _PLANNED
            was = form(c.at - 1) in _WAS or form(c.at - 2) in _WAS or form(c.at - 1) == "لم"
            marks[c.at] = "future" if c.future or planned else "past" if was or not present else "present"
    starts = [s.first for s in document.sentences]

    def ahead(at: int) -> bool:
        word = document.words[at]
        return word is not None and (bool(word.modal) or word.bare.startswith(_AGREES))

    def look(i: int) -> Look:
        number = max(0, bisect_right(starts, i) - 1)
        first, last = (document.sentences[number].first, document.sentences[number].last) if starts else (0, len(document.words))
        for j in range(i - 1, first - 1, -1):
            if j in marks:
                if marks[j] == "present" and (i - j > 12 or j in relative and i - j > 5):
                    continue
                if marks[j] == "past" and ahead(j) and any((word := document.words[k]) is not None and word.nouns for k in range(j + 1, i)):
                    return "open"  # وافق على قمة في أبريل: what was agreed or asked for may lie ahead
                return "told" if marks[j] == "past" and i - j <= 2 else marks[j]
            if document.tokens.form[j] in _PLANNED:
                return "open" if form(j - 1).lstrip("وف") in ("كان", "كانت") else "future"
        behind: Look = next((marks[j] for j in range(i + 1, min(i + 7, last)) if j in marks), "none")
        return "told" if behind == "past" else behind  # في أبريل أبلغ

    return look


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
