"""The events of a report made comparable across reports: who by identity, when, about which issues, in which words."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import lru_cache
from typing import Final

from mahdar.arabic.fold import fold, fold_word
from mahdar.arabic.particles import FUNCTION_WORDS
from mahdar.arabic.tokens import NUMBER, WORD, tokenize
from mahdar.arabic.words import FORMS, Analyser
from mahdar.errors import RecordError
from mahdar.lexicon.model import Lexicon
from mahdar.reading.datewords import DATE_WORDS
from mahdar.reading.document import Document, split
from mahdar.record import Event, Span
from mahdar.register.cite import Cite
from mahdar.register.identity import Identity, Rulings, Who
from mahdar.register.reports import Report

_DAY_WORDS: Final = frozenset(
    form for form, word in DATE_WORDS.items() if word.reader in ("weekday", "today", "yesterday", "before_yesterday", "tomorrow", "tonight", "month")
)
_DIFFER: Final = frozenset(("خلاف", "توتر", "تباين"))  # stems of what two sides have with each other
_OVER: Final = frozenset(("بشان", "حول", "علي", "ازاء", "حيال", "تجاه"))
_TOLD_ON: Final = 3  # sentences in which a dispute is told on
# Types that desks and readers take for each other when they tell of one event.
FAMILIES: Final[Mapping[str, str]] = {"COOPERATE": "AGREE", "CONCEDE": "RETREAT"}
_NOBODY: Final[frozenset[str]] = frozenset()
Sides = tuple[str, frozenset[str], frozenset[str]]  # a type, the codes of the doers and of the others
_LEAD: Final = 70  # words of a body that say what the report is about
_COMMON: Final = 4000  # a word of the reference vocabulary this frequent says nothing of a report


@dataclass(frozen=True, slots=True)
class Topic:
    """An issue named in a report; ``outright`` if by words that mean nothing else."""

    issue: str
    at: int
    outright: bool


@dataclass(frozen=True, slots=True)
class Fact:
    """One event of one report. ``doers`` and ``others`` are sorted by key; ``codes`` are those of both.

    ``day`` is the day it happened as far as the report tells, else the day of the report, and ``told`` says which; ``date`` keeps the
    record's own precision. ``issues`` are named in its sentence (or by the record), ``context`` in the report. ``words`` are the stems of its
    sentence, ``gist`` those of the report's title and lead. ``speaker`` is the code of whoever says it, empty where the reporter does.
    ``place`` is folded for comparison, ``where`` as the report has it. ``people`` are the keys of the persons known by name; ``mutual`` says that
    both sides do it (they meet, differ, fail to agree); the weights are the sums of those of ``words`` and ``gist``.
    """

    key: str
    cite: Cite
    source: str
    published: str
    type: str
    status: str
    mode: str | None
    rule: str
    doers: tuple[Who, ...]
    others: tuple[Who, ...]
    named: frozenset[str]
    date: str | None
    day: str
    told: bool
    place: str | None
    issues: tuple[str, ...]
    context: tuple[str, ...]
    speaker: str
    sentence: Span
    words: frozenset[str]
    gist: frozenset[str]
    doer_codes: frozenset[str] = frozenset()
    other_codes: frozenset[str] = frozenset()
    codes: frozenset[str] = frozenset()
    people: frozenset[str] = frozenset()
    mutual: bool = False
    words_weight: float = 0.0
    gist_weight: float = 0.0
    where: str = ""
    # What comparing asks of a fact again and again, made of the rest.
    family: str = field(init=False, compare=False, repr=False)
    at: int = field(init=False, compare=False, repr=False)  # the number of the day of the report, 0 where it is not known to the day
    day_at: int = field(init=False, compare=False, repr=False)  # the same of the day it happened
    acted: int = field(init=False, compare=False, repr=False)  # the number of the day it happened as far as it is known, else of the report's
    ahead: bool = field(init=False, compare=False, repr=False)
    called: Mapping[str, frozenset[str]] = field(init=False, compare=False, repr=False)  # whom it names in particular of each code
    sides: Sides = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        set_ = object.__setattr__
        set_(self, "family", FAMILIES.get(self.type, self.type))
        set_(self, "at", ordinal(self.published) if len(self.published) >= 10 else 0)
        set_(self, "day_at", ordinal(self.day) if len(self.day) >= 10 else 0)
        set_(self, "acted", self.day_at or ordinal(self.day or self.published))
        set_(self, "ahead", self.status in ("planned", "possible"))
        called: dict[str, frozenset[str]] = {}
        for who in (*self.doers, *self.others):
            if who.code and who.key != who.code and not who.nameless:
                called[who.code] = called.get(who.code, _NOBODY) | {who.key}
        set_(self, "called", called)
        set_(self, "sides", (self.type, self.doer_codes, self.other_codes))


class FactReader:
    """Turns reports into facts. Made once of a lexicon and an identity."""

    __slots__ = ("_analyser", "_counts", "_lexicon", "_mutual", "_stems", "_telling", "_weights", "identity")

    def __init__(self, lexicon: Lexicon, identity: Identity | None = None, *, analyser: Analyser | None = None, like: FactReader | None = None) -> None:
        """``analyser`` is one of the same lexicon that reads the same articles, ``like`` a reader of it: what they remember is shared."""
        self._lexicon = lexicon
        self._analyser: Analyser = like._analyser if like is not None else analyser if analyser is not None else Analyser(lexicon)
        self.identity = identity if identity is not None else Identity(lexicon)
        self._mutual = frozenset(act.id for act in lexicon.acts if act.mutual)
        self._stems: dict[str, str] = {} if like is None else like._stems
        self._weights: dict[str, float] = {} if like is None else like._weights
        self._telling: dict[str, str] = {} if like is None else like._telling
        self._counts: Counter[str] = _counted(_Known(lexicon, self.stem)) if like is None else like._counts

    def ruled(self, rulings: Rulings) -> FactReader:
        """The same, what it remembers included, by other rulings on who is who."""
        return FactReader(self._lexicon, self.identity.ruled(rulings), like=self)

    def stem(self, form: str) -> str:
        """The light stem of a folded form, glued particles off where the rest is the better known word."""
        known = self._stems.get(form)
        if known is None:
            word = self._analyser.word(form)
            bare = word.bare
            if form.startswith("لل") and len(form) > 4:
                bare = form[2:]
            elif word.prep and bare == form and form.startswith(word.prep) and len(form) > 4:
                bare = form[len(word.prep) :]
            if len(self._stems) >= FORMS:
                self._stems.clear()
                self._weights.clear()
                self._telling.clear()
            known = self._stems[form] = light(bare)
        return known

    def weight(self, word: str) -> float:
        """How much two texts that share this stem have in common: rare words count more."""
        known = self._weights.get(word)
        if known is None:
            if not word.isalpha():
                return 4.0
            known = self._weights[word] = math.log(50_000 / (1 + self._counts.get(word, 0)))
        return known

    def document(self, report: Report) -> Document:
        """The text of a report, cut into words and sentences."""
        article = report.record.article
        if article is None:
            raise RecordError(f"report {report.key!r}: its record came without the article; pass the article to Record.from_json")
        return split(article, self._analyser, [Span(0, len(article.text))])

    def read(self, report: Report, document: Document | None = None) -> tuple[Fact, ...]:
        """The facts of one report in the order of its text; ``document`` is it cut up, where that was done before."""
        if not report.record.events:
            return ()
        document = document if document is not None else self.document(report)
        who = self.identity.all(report)
        starts = document.tokens.start
        sentences = [document.span(s.first, s.last) for s in document.sentences]
        firsts = [s.start for s in sentences]
        topics = self._topics(document, {w.code for w in who.values() if w.code})
        context = tuple(sorted({t.issue for t in topics if t.outright}))
        gist = self._gist(document, report)
        named = sorted((m.start, w.code) for a in report.record.actors for m in a.mentions if (w := who[a.id]).code)
        used: Counter[str] = Counter()
        out = []
        for event in report.record.events:
            number = max(0, bisect_right(firsts, event.evidence.start) - 1)
            sentence = Span(min(sentences[number].start, event.evidence.start), max(sentences[number].end, event.evidence.end)) if sentences else event.evidence
            first, last = bisect_right(starts, sentence.start - 1), bisect_right(starts, sentence.end - 1)
            forms = document.tokens.form[first:last]
            words = frozenset(self._telling_stems(document, first, last))
            inside = frozenset(str(code) for at, code in named if event.evidence.start <= at < event.evidence.end)
            issues = tuple(sorted({t.issue for t in topics if sentence.start <= t.at < sentence.end} | set(event.about)))
            fact = self._fact(report, event, who, sentence, words, gist, inside, issues, context, not _DAY_WORDS.isdisjoint(forms))
            used[fact.key] += 1
            out.append(fact if used[fact.key] == 1 else _again(fact, used[fact.key]))
        return (*out, *self._told_on(out, document, topics, report.key))

    def _told_on(self, facts: list[Fact], document: Document, topics: list[Topic], report: str) -> list[Fact]:
        """A dispute told on: الخلافات بشأن X, after the two that differ were named, is theirs over X too."""
        disputes = [f for f in facts if f.type == "REJECT" and f.mutual and f.doer_codes and f.other_codes]
        starts = document.tokens.start
        sentences = [document.span(s.first, s.last) for s in document.sentences]
        firsts = [s.start for s in sentences]
        out: list[Fact] = []
        for topic in topics if disputes else ():
            first = self._dispute_before(document, bisect_right(starts, topic.at) - 1)
            number = bisect_right(firsts, topic.at) - 1
            if first < 0 or number < 0:
                continue
            sentence = sentences[number]
            before = [f for f in disputes if f.cite.span.start < starts[first] and number - bisect_right(firsts, f.cite.span.start) + 1 <= _TOLD_ON]
            if not before or any(topic.issue in f.issues and f.cite.span.start < sentence.end and sentence.start < f.cite.span.end for f in disputes):
                continue
            last = max(before, key=lambda f: (f.cite.span.start, len(f.doer_codes) == len(f.other_codes) == 1, f.key))
            span = Span(starts[first], document.span(first, self._phrase_end(document, topic)).end)
            key = f"{report}#REJECT@{span.start}-{span.end}:{last.key.rpartition(':')[2]}"
            out.append(replace(last, key=key, cite=Cite(report, span), issues=(topic.issue,), sentence=sentence))
        return out

    def _dispute_before(self, document: Document, at: int) -> int:
        """The noun of difference with its article that governs the token ``at`` by a preposition: الخلافات بشأن; -1 where there is none."""
        forms = document.tokens.form
        over = next((j for j in range(at - 1, max(-1, at - 4), -1) if forms[j] in _OVER), -1)
        return next((j for j in range(over - 1, max(-1, over - 4), -1) if forms[j].startswith("ال") and self.stem(forms[j]) in _DIFFER), -1) if over > 0 else -1

    def _phrase_end(self, document: Document, topic: Topic) -> int:
        """The token behind the words that name an issue."""
        i = bisect_right(document.tokens.start, topic.at) - 1
        forms, word = document.tokens.form, document.words[i]
        rows = [row for rows in (word.issues if word is not None else ()) for row in rows]
        return max((i + 1 + len(rest) for rest, _ in rows if tuple(forms[i + 1 : i + 1 + len(rest)]) == rest), default=i + 1)

    def _fact(
        self, report: Report, event: Event, who: dict[str, Who], sentence: Span, words: frozenset[str], gist: frozenset[str], named: frozenset[str],
        issues: tuple[str, ...], context: tuple[str, ...], day_word: bool,
    ) -> Fact:  # fmt: skip
        doers = tuple(sorted((who[a] for a in event.source if a in who), key=lambda w: w.key))
        others = tuple(sorted((who[a] for a in event.target if a in who), key=lambda w: w.key))
        published = report.published[:10]
        whole = event.date if event.date is not None and len(event.date) == 10 else None
        told = whole is not None and (whole != published or day_word)
        day = event.date if event.date and not published.startswith(event.date) else published
        said = [s for s in report.record.statements if s.content.start <= (event.trigger or event.evidence).start < s.content.end and s.speaker in who]
        speaker = (who[str(min(said, key=lambda s: s.content.end - s.content.start).speaker)].code or "") if said else ""
        at = event.trigger or event.evidence
        sides = "+".join(w.key for w in doers) + ">" + "+".join(w.key for w in others)
        key = f"{report.key}#{event.type}@{at.start}-{at.end}:{sides}"
        place = light(fold_word(event.place)) if event.place else None
        doing, done = (frozenset(w.code for w in side if w.code) for side in (doers, others))
        people = frozenset(w.key for w in (*doers, *others) if w.person and not w.nameless)
        return Fact(
            key, Cite(report.key, event.evidence), report.source, published, event.type, event.status, event.mode, event.rule, doers, others, named,
            event.date, day, told, place, issues, context, speaker, sentence, words, gist, doing, done, doing | done, people,
            event.rule in self._mutual or event.type == "REJECT" and not _DIFFER.isdisjoint(words),
            sum(map(self.weight, sorted(words))), sum(map(self.weight, sorted(gist))), event.place or "",
        )  # fmt: skip

    def _topics(self, document: Document, codes: set[str]) -> list[Topic]:
        """The issues named in a document; loose words count where the issue is named outright elsewhere, or is of a state spoken of."""
        found: list[tuple[int, str, str]] = []
        words, forms = document.words, document.tokens.form
        i = 0
        while i < len(forms):
            word = words[i]
            step = i + 1
            if word is not None and word.issues:
                hits = [(i + 1 + len(rest), hit) for rows in word.issues for rest, hit in rows if tuple(forms[i + 1 : i + 1 + len(rest)]) == rest]
                if hits:
                    step, (issue, sign) = max(hits)
                    found.append((i, issue, sign))
            i = step
        outright = {issue for _, issue, sign in found if sign != "loose"}
        return [Topic(issue, document.tokens.start[i], sign != "loose") for i, issue, sign in found if sign != "loose" or issue in outright]

    def _telling_stems(self, document: Document, first: int, last: int) -> Iterator[str]:
        """The stems of the tokens that say something of what a text is about: numbers, and words that are neither common nor of grammar."""
        known = self._telling
        for form, kind in zip(document.tokens.form[first:last], document.tokens.kind[first:last], strict=True):
            if kind == NUMBER:  # its own stem, and of numbers there is no end
                yield form
            elif kind == WORD:
                stem = known.get(form)
                if stem is None:
                    stem = self.stem(form)
                    stem = known[form] = "" if form in FUNCTION_WORDS or self._counts.get(stem, 0) >= _COMMON else stem
                if stem:
                    yield stem

    def _gist(self, document: Document, report: Report) -> frozenset[str]:
        """Stems of the title and of the first words of the body."""
        article = report.record.article
        starts = document.tokens.start
        stems: set[str] = set()
        left = _LEAD
        for span in report.record.body:
            first = bisect_right(starts, span.start - 1)
            last = min(first + left, bisect_right(starts, span.end - 1))
            stems.update(self._telling_stems(document, first, last))
            left -= max(0, last - first)
            if left <= 0:
                break
        title = [f for f, k in zip(*_title(article.title), strict=True) if k == WORD and f not in FUNCTION_WORDS] if article is not None else []
        stems.update(s for word in title if self._counts.get(s := self.stem(word), 0) < _COMMON)
        return frozenset(stems)


class _Known:
    """A lexicon's vocabulary with the way its words are stemmed; the same object is the same vocabulary."""

    __slots__ = ("stem", "words")

    def __init__(self, lexicon: Lexicon, stem: Callable[[str], str]) -> None:
        self.words, self.stem = lexicon.vocabulary, stem

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Known) and self.words is other.words

    def __hash__(self) -> int:
        return id(self.words)


@lru_cache(maxsize=2)
def _counted(known: _Known) -> Counter[str]:
    """How often the stems of a vocabulary are met: a second's work, done once for a lexicon however many readers are made of it."""
    counts: Counter[str] = Counter()
    for word, count in known.words.items():
        counts[known.stem(word)] += count
    return counts


def _title(text: str) -> tuple[list[str], list[int]]:
    tokens = tokenize(fold(text))
    return tokens.form, tokens.kind


def _again(fact: Fact, times: int) -> Fact:
    return replace(fact, key=f"{fact.key}~{times}")


def light(form: str) -> str:
    """A form without the article and the commonest endings; what is left has three letters or more."""
    for prefix in ("وال", "بال", "كال", "فال", "لل", "ال"):
        if form.startswith(prefix) and len(form) - len(prefix) >= 3:
            form = form[len(prefix) :]
            break
    for suffix in ("يين", "تين", "هما", "ات", "ين", "ون", "ان", "ها", "هم", "يه", "ه", "ي"):
        if form.endswith(suffix) and len(form) - len(suffix) >= 3 + (len(suffix) > 1):
            return form[: -len(suffix)]
    return form


def day_gap(a: str, b: str) -> int | None:
    """Days between two ISO days; None where one is not a whole day."""
    if len(a) < 10 or len(b) < 10:
        return None
    return abs(ordinal(a) - ordinal(b))


def shifted(day: str, days: int) -> str:
    """The ISO day so many days later."""
    return (date.fromisoformat(day) + timedelta(days=days)).isoformat()


@lru_cache(maxsize=50_000)
def ordinal(day: str) -> int:
    """The number of a day; that of the first day of a month or year told only so far; 0 where nothing is known."""
    if not day:
        return 0
    return date.fromisoformat((day + "-01-01")[:10] if len(day) == 4 else (day + "-01")[:10]).toordinal()
