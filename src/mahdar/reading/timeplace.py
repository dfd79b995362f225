"""When and where: the date and the place an event's own clause gives."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from mahdar.arabic.particles import AN_FORMS, PREPOSITIONS, QAD, RELATIVES
from mahdar.reading.calendar import DateMention, Look
from mahdar.reading.clauses import Clause
from mahdar.reading.document import Document, Sentence
from mahdar.reading.mentions import MentionFinder
from mahdar.reading.naming import Match
from mahdar.reading.proposals import Proposal
from mahdar.reading.weights import summed

_LOCATIVES = frozenset(("في", "الي", "من", "قرب", "شمال", "جنوب", "شرق", "غرب", "بمدينه", "بالعاصمه", "داخل", "وسط"))
_PLACE_WORDS = frozenset("العاصمه مدينه عاصمه بلده منتجع محافظه ولايه مقاطعه منطقه قريه مقر ضاحيه اقليم مدينتي قصر".split())
_PLANNED = frozenset("المقرر مقرر المزمع مزمع المرتقب مرتقب المرتقبه المقرره المنتظر منتظر المتوقع مقررا مقرره المفترض المرجح".split())
# What the report tells as its news has the report's day even where annotators left it open; chosen on cross-validated train.
_UNDATED = -4.0
# الأسبوع الماضي, of which only the month is known, beside the report's day is less often meant; chosen in the same way.
_VAGUE = -1.5
_SINCE = "date.since"
_OPENERS = frozenset(("منذ", "قبل", "بعد", "عام", "غداه", "عشيه", "يومي"))
_FIRSTS = frozenset("اول الاول الاولي اولي لاول الارفع ارفع الاعلي اعلي الاكبر اكبر".split())
_TO_START = 4  # words from اعتبارا to its date
_TO_SINCE, _OF_SINCE = 12, 6  # words from such an ordinal to منذ, and from منذ to its date
_SPANNING = frozenset("منذ حتي بعد عقب اثر".split())
_SPOKEN = frozenset(("REQUEST", "ACCUSE", "THREATEN", "REJECT", "SUPPORT", "AGREE"))
_FOR_A_YEAR = frozenset("لعام لسنه للعام للسنه".split())
_DAY = len("2015-08-05")
_NEXT = 9  # words from a date to the verb of its clause
_IMPERFECT = ("ي", "ت")
_STARTS = frozenset(("اعتبارا", "ابتداء", "بدءا"))
_OVER_BEHIND = frozenset("بعد عقب اثر غداه وبعد وعقب واثر وغداه".split())
_WAS = frozenset(("كان", "كانت", "كانوا", "كانا", "وكان", "وكانت", "وكانوا", "وكانا"))
_AGREES = ("وافق", "اتفق", "حدد", "وعد", "تعهد")  # verbs whose complement is still to come
_BACKGROUND = frozenset("سابقا سابق منذ عام سنه العام سبق وسبق السابق انذاك حينها سنوات اعوام عقود".split())


class Looks:
    """Where the verb (or المقرر, المرتقب …) that governs a token looks: a bare weekday behind it is the coming one or the last one."""

    # No closure: those of compiled modules refer to themselves, and every article would leave its tokens to the garbage collector.
    __slots__ = ("_document", "_marks", "_relative")

    def __init__(self, document: Document, clauses: list[list[Clause]]) -> None:
        self._document = document
        self._relative = {c.at for found in clauses for c in found if c.relative}
        self._marks: dict[int, Look] = {}
        form = document.form
        for found in clauses:
            for c in found:
                present = c.verb.reading.tense == "present"
                planned = present and form(c.at - 1) == "ان" and form(c.at - 2) in _PLANNED
                was = form(c.at - 1) in _WAS or form(c.at - 2) in _WAS or form(c.at - 1) == "لم"
                self._marks[c.at] = "future" if c.future or planned else "past" if was or not present else "present"

    def __call__(self, i: int) -> Look:
        """Where token ``i`` looks."""
        document, marks = self._document, self._marks
        first, last = document.sentences[max(0, document.sentence_at(i))][:2] if document.sentences else (0, len(document.words))
        for j in range(i - 1, first - 1, -1):
            if document.tokens.form[j] in AN_FORMS and (ahead := self._brought(j, i, last)):
                return ahead
            if j in marks:
                if marks[j] == "present" and (i - j > 12 or j in self._relative and i - j > 5):
                    continue
                if marks[j] == "past" and self._ahead(j) and any((word := document.words[k]) is not None and word.nouns for k in range(j + 1, i)):
                    return "open"  # وافق على قمة في أبريل: what was agreed or asked for may lie ahead
                return "told" if marks[j] == "past" and i - j <= 2 else marks[j]
            if document.tokens.form[j] in _PLANNED:
                return "open" if document.form(j - 1).lstrip("وف") in ("كان", "كانت") else "future"
        behind: Look = next((marks[j] for j in range(i + 1, min(i + 7, last)) if j in marks), "none")
        return "told" if behind == "past" else behind  # في أبريل أبلغ

    def _brought(self, an: int, i: int, last: int) -> Look | None:
        """حذر من أن قمة الأربعاء قد تفشل: between أن and its verb a day looks where that verb does, if ahead."""
        forms = self._document.tokens.form
        verb = next((j for j in range(i + 1, min(i + _NEXT, last)) if j in self._marks), -1)
        if verb < 0:
            # قد has a verb of the present behind it, also one that no list has
            return "present" if any(forms[j] in QAD and forms[j + 1][:1] in _IMPERFECT for j in range(i + 1, min(i + _NEXT, last - 1))) else None
        if verb in self._relative or any(forms[j] in AN_FORMS for j in range(an + 1, verb)):
            return None
        may = self._marks[verb] == "present" and self._document.form(verb - 1) in QAD
        return "present" if may else "future" if self._marks[verb] == "future" else None

    def _ahead(self, at: int) -> bool:
        """May what this verb brings still be to come?"""
        word = self._document.words[at]
        return word is not None and (bool(word.modal) or word.bare.startswith(_AGREES))


def anchor_date(document: Document, dates: list[DateMention]) -> str | None:
    """The day the report tells of: the first day named in its opening, at most a week before publication."""
    published = (document.article.published or "")[:10]
    if len(published) < 10:
        return None
    limit = document.sentences[min(2, len(document.sentences) - 1)].last if document.sentences else 0
    for d in dates:
        if d.first >= limit:
            break
        if d.value is None or len(d.value) != _DAY or d.precision != "day" or d.rule == _SINCE:
            continue
        if d.value <= published and _days(d.value, published) <= 7 and (d.value == published or not _aside(document, d)):
            return d.value
    if any(d.value == published for d in dates):
        return published  # اليوم الأربعاء somewhere below: the report tells of its own day
    return None


def _aside(document: Document, d: DateMention) -> bool:
    """Is it the day since which, until which or after which something is (منذ الجمعة، حتى منتصف ليل الثلاثاء), not that of the news?"""
    forms = document.tokens.form
    first = document.sentences[max(0, document.sentence_at(d.first))].first
    return any(forms[i].removeprefix("و") in _SPANNING for i in range(max(first, d.first - 2), d.first + 1))


def _days(first: str, last: str) -> int:
    return (date.fromisoformat(last) - date.fromisoformat(first)).days


class When(NamedTuple):
    """A day an act may have: ISO value (None: not told), the names of its features, and what is set, not learned, for or against it."""

    value: str | None
    names: tuple[str, ...]
    bias: float = 0.0


class DateChooser:
    """Gives each act its date: one its own clause names, else the day the report tells of, else none; the choice is learned."""

    def __init__(self, document: Document, dates: list[DateMention], clauses: list[list[Clause]], weights: dict[str, float]) -> None:
        self.doc = document
        self.clauses = clauses
        self.weights = weights
        self.published = (document.article.published or "")[:10]
        self.anchor = anchor_date(document, dates)
        yesterday = len(self.published) == _DAY and self.anchor is not None and _days(self.anchor, self.published) == 1
        rules = {d.rule for d in dates if d.value == self.anchor} if yesterday else set()
        self.same_day = "date.weekday" in rules and "date.relative" not in rules and not self._contrasted(dates)
        self.dates: dict[int, list[DateMention]] = {}
        behind = -1  # the token behind the date before
        for d in dates:
            at = document.sentence_at(d.first)
            if d.value is not None and at >= 0 and d.first < document.sentences[at].last and not self._of_no_act(d, behind, document.sentences[at].first):
                self.dates.setdefault(at, []).append(self._from_report(d))
            behind = d.last

    def _contrasted(self, dates: list[DateMention]) -> bool:
        """Does a sentence set its اليوم against the day of the report (قرر ترامب الأربعاء … فيما دعا الاتحاد اليوم)? Else both are one, put out late."""
        told = {self.doc.sentence_at(d.first) for d in dates if d.value == self.anchor}
        return any(d.value == self.published and self.doc.sentence_at(d.first) in told for d in dates)

    def _of_no_act(self, d: DateMention, behind: int, first: int) -> bool:
        """Is it no day of an act: the second of two days (قمة الأربعاء والخميس), the year a thing is for (خطة لعام 2018), a time before (منذ)?"""
        form = self.doc.tokens.form[d.first]
        second = d.first == behind and d.precision == "day" and form.startswith("و")
        return second or d.precision == "year" and form in _FOR_A_YEAR or self._time_before(d, first)

    def _time_before(self, d: DateMention, first: int) -> bool:
        """أول لقاء منذ ثورة عام 1979: the date is that of the time before, no act of the sentence has it."""
        forms = self.doc.tokens.form
        since = next((j for j in range(d.first, max(first, d.first - _OF_SINCE) - 1, -1) if forms[j] == "منذ"), -1)
        return since >= 0 and not _FIRSTS.isdisjoint(forms[max(first, since - _TO_SINCE) : since])

    def _from_report(self, d: DateMention) -> DateMention:
        """غداة اللقاء, بعد يومين من اللقاء: counted from the day the report tells of rather than from that of publication; so is its bare اليوم."""
        if self.same_day and d.rule == "date.relative" and d.value == self.published and self.doc.tokens.form[d.last - 1] == "اليوم":
            return d._replace(value=self.anchor)
        if d.rule != _SINCE or self.anchor is None or d.value is None or len(d.value) < 10 or self.anchor == self.published:
            return d
        late = date.fromisoformat(self.published) - date.fromisoformat(self.anchor)
        return d._replace(value=(date.fromisoformat(d.value) - late).isoformat())

    def date(self, proposal: Proposal) -> When:
        """The likeliest of the candidates."""
        return self._likeliest(self.candidates(proposal))

    def _likeliest(self, candidates: list[When]) -> When:
        weights = self.weights
        return max(candidates, key=lambda when: summed(weights, when.names) + when.bias)

    def settle(self, proposal: Proposal) -> None:
        """Chooses the date of an act anew where its status rules the one it has out: what took place is not still to come."""
        if proposal.status != "actual" or proposal.when != "ahead" or not self._over(proposal):
            return
        when = self._likeliest([c for c in self.candidates(proposal) if c.value is None or self._when(c.value) != "ahead"])
        proposal.date, proposal.dated = when.value, when.names[0] == "own"
        proposal.when = self.stands(proposal)

    def candidates(self, proposal: Proposal) -> list[When]:
        """The dates of the act's sentence, the day the report tells of, and none, each with what speaks for it."""
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
        out = [When(None, tuple(f"none {name}" for name in told), _UNDATED)]
        if self.anchor is not None:
            out.append(When(self.anchor, ("report", *(f"report {name}" for name in told), f"report today={int(self.anchor == self.published)}")))
        # بعد أربعة أشهر على التدخل: counted from what follows, whose day it is
        out.extend(When(d.value, self._own(proposal, d, here), self._vague(d)) for d in here if (d.rule != _SINCE or d.first < t.at) and not self._begins(proposal, d))
        out.extend(self._before(proposal, told))
        return out

    def _before(self, proposal: Proposal, told: tuple[str, ...]) -> list[When]:
        """The day named last before the act's sentence: what is told in one breath happened on one day."""
        for back in (1, 2, 3):
            number = proposal.sentence - back
            found = self.dates.get(number, [])
            if not found:
                continue
            sentence, other = self.doc.sentences[proposal.sentence], self.doc.sentences[number]
            out = []
            for at, d in enumerate(found[:2]):
                assert d.value is not None
                close = "same" if sentence.paragraph == other.paragraph else "next"
                names = ["before", f"before back={back}", f"before {self._when(d.value)} {proposal.status}", f"before precise={len(d.value)}", f"before at={at} of={min(2, len(found))}", f"before anchor={int(d.value == self.anchor)}", f"before {close} back={back}"]  # noqa: E501
                out.append(When(d.value, (*names, *(f"before {name}" for name in told))))
            return out
        return []

    def _over(self, proposal: Proposal) -> bool:
        """Did it take place for certain: told by a verb of the past, or in words spoken? A summit that is dated ahead may still be to come."""
        t = proposal.trigger
        if not proposal.dated or t.act.type in _SPOKEN:
            return True
        if t.kind == "noun" and self.doc.form(t.at - 1) in _OVER_BEHIND and not any(c.future and c.at < t.at for c in self.clauses[proposal.sentence]):
            return True  # (توصلوا إلى اتفاق) بعد محادثات; not (سيبقون) بعد انسحاب
        return t.verbal and t.clause is not None and t.clause.verb.reading.tense == "past"

    def _vague(self, d: DateMention) -> float:
        """الأسبوع الماضي, of which only the month is known, where the day of the report is."""
        return _VAGUE if d.precision == "range" and d.relation != "future" and len(d.value or "") < _DAY and self.anchor is not None else 0.0

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
            f"own v={crossed} r={relatives} an={reported}", f"own since={int(d.rule == _SINCE)} gap={min(4, high - low)}",
        )  # fmt: skip

    def _begins(self, proposal: Proposal, d: DateMention) -> bool:
        """Is it the day from which on what was agreed holds (هدنة اعتبارا من الأحد)? No meeting that took place has it, nor an act told behind it."""
        forms, t = self.doc.tokens.form, proposal.trigger
        first = self.doc.sentences[proposal.sentence].first
        return proposal.status == "actual" and (d.first < t.at or t.act.type == "CONSULT") and not _STARTS.isdisjoint(forms[max(first, d.first - _TO_START) : d.first])

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
