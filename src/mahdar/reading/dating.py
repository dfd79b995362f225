"""Which day an act has: the candidates an article offers for it, what speaks for each, and the likeliest; the choice is learned."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from math import exp
from typing import NamedTuple

from mahdar.arabic.particles import AN_FORMS, PREPOSITIONS, RELATIVES
from mahdar.reading.calendar import DateMention
from mahdar.reading.clauses import Clause
from mahdar.reading.document import Document
from mahdar.reading.proposals import Proposal

# What the report tells as its news has the report's day even where annotators left it open; chosen on cross-validated train.
_UNDATED = 3.5
_NAMED = 2.0  # how much more a telling counts for a day that its own sentence names; chosen on cross-validated train
_SINCE = "date.since"
_OPENERS = frozenset(("منذ", "قبل", "بعد", "عام", "غداه", "عشيه", "يومي"))
_BACKGROUND = frozenset("سابقا سابق منذ عام سنه العام سبق وسبق السابق انذاك حينها سنوات اعوام عقود".split())
_FIRSTS = frozenset("اول الاول الاولي اولي لاول ثاني الثاني الثانيه الارفع ارفع الاعلي اعلي الاكبر اكبر للمره".split())
_COMMAS = frozenset("،,؛")
_FIRST_TO_SINCE, _OF_SINCE = 14, 6  # words from the ordinal of a first such (أول زيارة … منذ) to its منذ, and from there to its date
_TELLINGS = 4  # of an act elsewhere that are asked for its day


class When(NamedTuple):
    """A day an act may have: ISO value (None: not told), the names of its features, and whether its own sentence names it."""

    value: str | None
    names: tuple[str, ...]
    own: bool = False


def _lately(d: DateMention, published: str) -> bool:
    """Is it a day of the week up to publication?"""
    return d.value is not None and len(d.value) == 10 and d.precision == "day" and d.rule != _SINCE and d.value <= published and _days(d.value, published) <= 7


def anchor_date(document: Document, dates: list[DateMention]) -> str | None:
    """The day the report tells of: the first day named in its opening, at most a week before publication."""
    published = (document.article.published or "")[:10]
    if len(published) < 10:
        return None
    limit = document.sentences[min(2, len(document.sentences) - 1)].last if document.sentences else 0
    for d in dates:
        if d.first >= limit:
            break
        if _lately(d, published):
            return d.value
    if any(d.value == published for d in dates):
        return published  # اليوم الأربعاء somewhere below: the report tells of its own day
    return None


def _days(first: str, last: str) -> int:
    return (date.fromisoformat(last) - date.fromisoformat(first)).days


def _tellings(proposal: Proposal) -> Iterator[Proposal]:
    """An act's proposal and those folded into it."""
    yield proposal
    for told in proposal.told:
        yield from _tellings(told)


class DateChooser:
    """Gives each act its date: one its own clause names, else the day the report tells of, else none; the choice is learned."""

    def __init__(
        self, document: Document, dates: list[DateMention], clauses: list[list[Clause]], proposals: Iterable[Proposal], weights: Mapping[str, float]
    ) -> None:
        self.doc = document
        self.clauses = clauses
        self.weights = weights
        self._found: dict[int, list[When]] = {}  # the candidates of acts already dated, by trigger: their status was the rule's own then
        self.published = (document.article.published or "")[:10]
        self.anchor = anchor_date(document, dates)
        self.below = next((d.value for d in dates if len(self.published) == 10 and _lately(d, self.published)), None)
        starts = [s.first for s in document.sentences]
        self.dates: dict[int, list[DateMention]] = {}
        for d in dates:
            at = bisect_right(starts, d.first) - 1
            if d.value is not None and at >= 0 and d.first < document.sentences[at].last and not self._time_before(d, document.sentences[at].first):
                self.dates.setdefault(at, []).append(self._from_report(d))
        self.acts: dict[int, list[int]] = {}  # by sentence, where its acts stand
        self.alike: dict[str, list[Proposal]] = {}  # by act, what may tell of it in a sentence that names a date
        for p in proposals:
            at = p.trigger.at
            here = self.acts.setdefault(p.sentence, [])
            if at not in here and p.trigger.kind != "words":
                here.append(at)
            if p.sentence in self.dates and p.trigger.kind != "words":
                self.alike.setdefault(p.trigger.act.type, []).append(p)

    def _time_before(self, d: DateMention, first: int) -> bool:
        """أول لقاء منذ ثورة عام 1979: the date is that of the time before, no act of the sentence has it."""
        forms = self.doc.tokens.form
        since = next((j for j in range(d.first, max(first, d.first - _OF_SINCE) - 1, -1) if forms[j] == "منذ"), -1)
        return since >= 0 and not _FIRSTS.isdisjoint(forms[max(first, since - _FIRST_TO_SINCE) : since])

    def _from_report(self, d: DateMention) -> DateMention:
        """غداة اللقاء, بعد يومين من اللقاء: counted from the day the report tells of rather than from that of publication."""
        if d.rule != _SINCE or self.anchor is None or d.value is None or len(d.value) < 10 or self.anchor == self.published:
            return d
        late = date.fromisoformat(self.published) - date.fromisoformat(self.anchor)
        return d._replace(value=(date.fromisoformat(d.value) - late).isoformat())

    def date(self, proposal: Proposal) -> When:
        """The likeliest of the candidates."""
        found = self._found[id(proposal.trigger)] = self.candidates(proposal)
        return max(found, key=self._score)

    def _score(self, when: When) -> float:
        get = self.weights.get
        return sum([get(name, 0.0) for name in when.names]) - (_UNDATED if when.value is None else 0.0)

    def agreed(self, proposal: Proposal) -> tuple[str | None, bool]:
        """The day on which the tellings of an act agree best, and whether a sentence of theirs names it.

        Each telling spreads one vote over its candidates; a day its own sentence names counts double, and a day takes the votes for its month or year too.
        """
        votes: dict[str | None, float] = {None: 0.0}
        own: set[str | None] = set()
        for p in _tellings(proposal):
            found = self._found.get(id(p.trigger)) or self.candidates(p)
            scores = [self._score(when) for when in found]
            top = max(scores)
            parts = [exp(score - top) for score in scores]
            total = sum(parts)
            for when, part in zip(found, parts, strict=True):
                votes[when.value] = votes.get(when.value, 0.0) + part / total * (_NAMED if when.own else 1.0)
                if when.own:
                    own.add(when.value)
        best = max(votes, key=lambda value: sum(vote for other, vote in votes.items() if other == value or value is not None and other is not None and value.startswith(other)))
        return best, best in own

    def candidates(self, proposal: Proposal) -> list[When]:
        """None, the day the report tells of, the dates of the act's sentence, of those around it and of other tellings, each with what speaks for it."""
        t = proposal.trigger
        sentence = self.doc.sentences[proposal.sentence]
        here = self.dates.get(proposal.sentence, [])
        act = f"{t.act.type} {proposal.status}"
        lead = min(3, sentence.paragraph)
        background = 0 if _BACKGROUND.isdisjoint(self.doc.tokens.form[sentence.first : sentence.last]) else 1
        told = (
            f"lead={lead}", f"here={min(2, len(here))}", f"background={background}", f"said={int(proposal.spoken is not None)} {t.kind}", f"{proposal.status}", act,
            f"{act} here={min(1, len(here))}", f"lead={lead} background={background} here={min(1, len(here))}",
        )  # fmt: skip
        found: dict[str, dict[str, None]] = {}

        def offer(value: str, names: Iterable[str]) -> None:
            found.setdefault(value, {}).update(dict.fromkeys(names))

        if self.anchor is None and self.below is not None:
            offer(self.below, ("below", *(f"below {name}" for name in told)))
        if self.anchor is not None:
            offer(self.anchor, ("report", *(f"report {name}" for name in told), f"report today={int(self.anchor == self.published)}"))
        for d in here:
            assert d.value is not None
            offer(d.value, self._own(proposal, d, here))
        for value, names in self._before(proposal, told):
            offer(value, names)
        for value, names in self._alike(proposal):
            offer(value, names)
        own = {d.value for d in here}
        return [When(None, tuple(f"none {name}" for name in told)), *(When(value, tuple(names), value in own) for value, names in found.items())]

    def _before(self, proposal: Proposal, told: tuple[str, ...]) -> Iterable[tuple[str, Iterable[str]]]:
        """The day named last before the act's sentence: what is told in one breath happened on one day."""
        for back in (1, 2, 3):
            found = self.dates.get(proposal.sentence - back, [])
            if not found:
                continue
            sentence, other = self.doc.sentences[proposal.sentence], self.doc.sentences[proposal.sentence - back]
            close = "same" if sentence.paragraph == other.paragraph else "next"
            for at, d in enumerate(found[:2]):
                assert d.value is not None
                names = (
                    "before", f"before back={back}", f"before {self._when(d.value)} {proposal.status}", f"before precise={len(d.value)}", f"before at={at} of={min(2, len(found))}",
                    f"before anchor={int(d.value == self.anchor)}", f"before {close} back={back}",
                )  # fmt: skip
                yield d.value, (*names, *(f"before {name}" for name in told))
            return

    def _alike(self, proposal: Proposal) -> Iterable[tuple[str, Iterable[str]]]:
        """The day that another sentence gives to an act like this one (القمة المقررة في 12 يونيو for an earlier or later القمة)."""
        t = proposal.trigger
        seen = 0
        for other in self.alike.get(t.act.type, ()):
            if other.sentence == proposal.sentence:
                continue
            same = other.trigger.act.id == t.act.id
            stem = not other.stems.isdisjoint(proposal.stems)
            d = self._nearest(other) if same or stem else None
            if d is None or d.value is None:
                continue
            kin = f"id={int(same)} stem={int(stem)}"
            when = self._when(d.value)
            side = "later" if other.sentence > proposal.sentence else "earlier"
            yield d.value, (
                "alike", f"alike {kin}", f"alike {kin} {t.act.type}", f"alike {when} {proposal.status}", f"alike {proposal.status} {other.status}", f"alike {side}",
                f"alike {t.kind} {int(t.definite)} {other.trigger.kind} {int(other.trigger.definite)}", f"alike {when} {t.kind} definite={int(t.definite)}",
                f"alike here={int(proposal.sentence in self.dates)}", f"alike precise={len(d.value)}", f"alike far={min(4, abs(d.first - other.trigger.at) // 5)}",
            )  # fmt: skip
            seen += 1
            if seen == _TELLINGS:
                return

    def _nearest(self, proposal: Proposal) -> DateMention | None:
        """The date nearest to an act in its sentence, with no other act between the two."""
        at = proposal.trigger.at
        best = min(self.dates[proposal.sentence], key=lambda d: abs(d.first - at))
        low, high = (at, best.first) if best.first > at else (best.last, at)
        return None if best.rule == _SINCE or any(low < x < high for x in self.acts[proposal.sentence]) else best

    def _own(self, proposal: Proposal, d: DateMention, here: list[DateMention]) -> tuple[str, ...]:
        """How a date of the act's sentence stands to it."""
        assert d.value is not None
        t = proposal.trigger
        at = t.at
        after = d.first > at
        low, high = (at, d.first) if after else (d.last, at)
        forms = self.doc.tokens.form
        crossed = min(2, sum(1 for c in self.clauses[proposal.sentence] if low < c.at < high))
        relatives = min(1, sum(1 for i in range(low + 1, high) if forms[i] in RELATIVES))
        reported = min(1, sum(1 for i in range(low + 1, high) if forms[i] in AN_FORMS))
        nearest = min(here, key=lambda x: abs(x.first - at)) is d
        side = f"{'after' if after else 'before'} {t.kind}"
        far = min(4, (high - low) // 5)
        when = self._when(d.value)
        return (
            "own", f"own {side}", f"own {side} v={crossed}", f"own {side} r={relatives}", f"own {side} an={reported}", f"own far={far}", f"own {side} far={far}",
            f"own precise={len(d.value)}", f"own nearest={int(nearest)} of={min(2, len(here))}", f"own {when} {proposal.status}", f"own {when}", f"own {t.act.type}",
            f"own {t.act.type} {when} {side}", f"own at={here.index(d)} of={min(3, len(here))} {side}", f"own precise={len(d.value)} {self._before_date(d)}",
            f"own v={crossed} r={relatives} an={reported}", f"own since={int(d.rule == _SINCE)} gap={min(4, high - low)}", *self._between(proposal, d, low, high, side, nearest),
        )  # fmt: skip

    def _between(self, proposal: Proposal, d: DateMention, low: int, high: int, side: str, nearest: bool) -> tuple[str, ...]:
        """What parts a date from the act or ties it to something else: other acts, commas, the tense of the verb, a quotation, a participle, a first since."""
        t, forms = proposal.trigger, self.doc.tokens.form
        acts = self.acts.get(proposal.sentence, [])
        between = min(2, sum(1 for x in acts if low < x < high))
        closest = int(min(acts, key=lambda x: abs(x - d.first), default=t.at) == t.at)
        crossed = min(2, sum(1 for c in self.clauses[proposal.sentence] if low < c.at < high))
        comma = int(any(forms[i] in _COMMAS for i in range(low + 1, high)))
        reported = int(any(forms[i] in AN_FORMS for i in range(low + 1, high)))
        tense = "alone" if t.clause is None else "future" if t.clause.future else t.clause.verb.reading.tense
        since_first = int(self._before_date(d) == "منذ" and any(forms[i] in _FIRSTS for i in range(max(0, d.first - _FIRST_TO_SINCE), d.first)))
        when, said = self._when(d.value or ""), self._said(proposal, d)
        return (
            f"own {side} acts={between}", f"own acts={between} v={crossed} comma={comma}", f"own {side} closest={closest}", f"own {side} comma={comma}",
            f"own {when} {tense} {side}", f"own {tense} {side} v={crossed} an={reported}", f"own said={said} {t.kind}", f"own said={said} {when}", f"own first={since_first}",
            f"own attr={self._attribute(d, low, high)} {side}", f"own closest={closest} acts={between} nearest={int(nearest)}",
        )  # fmt: skip

    def _said(self, proposal: Proposal, d: DateMention) -> str:
        """Whether a date stands in what is said, as the act does, or with the cue."""
        s = proposal.spoken
        if s is None:
            return "no"
        act = s.content[0] <= proposal.trigger.at < s.content[1]
        day = s.content[0] <= d.first < s.content[1]
        cue = "at" if not day and abs(d.first - s.cue[0]) <= 12 else ""
        return f"{int(act)}{int(day)}{cue}"

    def _attribute(self, d: DateMention, low: int, high: int) -> int:
        """The participle that ties a date to the noun it describes (الاتفاق المبرم في 2015): 1 the act's own noun, 2 another one."""
        for i in (d.first - 1, d.first - 2):
            word = self.doc.words[i] if low < i < high else None
            if word is not None and word.form.startswith(("ال", "وال")) and word.participles:
                return 1 if i - low <= 4 else 2
        return 0

    def _before_date(self, d: DateMention) -> str:
        """The preposition a date stands behind, or its own first word (منذ، قبل، عام)."""
        word = self.doc.form(d.first).removeprefix("و")
        if word in _OPENERS:
            return word
        previous = self.doc.form(d.first - 1).removeprefix("و")
        return previous if previous in PREPOSITIONS else ""

    def _when(self, value: str) -> str:
        """Ahead of the report's day, within the week before it, or further back."""
        if len(self.published) < 10:
            return ""
        if value[: len(self.published)] > self.published[: len(value)]:
            return "ahead"
        if value == self.published:
            return "today"
        if len(value) == 10 and _days(value, self.published) <= 7:
            return "lately"
        return "past"

    def stands(self, proposal: Proposal) -> str:
        """How a chosen date stands to the report's day: the status of the act follows it."""
        return "" if proposal.date is None else self._when(proposal.date)
