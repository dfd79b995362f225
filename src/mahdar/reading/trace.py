"""Telling why: turns the stages' findings into the traces of an :class:`Explanation`.

Nothing is decided here. The models are asked again, with the proposals as they were decided, what each reading weighed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, TypeAlias

from mahdar.reading.accept import BELOW
from mahdar.reading.attitudes import Stand
from mahdar.reading.choose import Chooser, Option
from mahdar.reading.explain import Alternative, Explanation, Trace
from mahdar.reading.mentions import Mention
from mahdar.reading.positions import at_odds, unstated
from mahdar.reading.proposals import Proposal, Slot
from mahdar.reading.statements import REPORTS, Spoken
from mahdar.reading.status import StatusReader
from mahdar.reading.verdict import Verdict
from mahdar.reading.weights import Weights, weigh
from mahdar.record import ISSUES, Record, Span

if TYPE_CHECKING:
    from mahdar.reading.cues import Cue
    from mahdar.reading.reader import Assembly, Reading

Spans: TypeAlias = tuple[tuple[str, Span], ...]
Features: TypeAlias = tuple[tuple[str, float], ...]

FEATURES = 12  # of one trace, the weightiest
OPTIONS = 6  # other fillers named for an event
REJECTED = 40  # traces of rejected proposals of one kind
NEIGHBOURS = 4  # rejected readings named beside an item of their sentence


class Tracer:
    """Explains one article; ``stands`` are the candidate positions before they were decided."""

    def __init__(
        self, reading: Reading, assembly: Assembly, record: Record, weights: Weights, stands: list[Stand], statuses: StatusReader
    ) -> None:
        self.reading = reading
        self.assembly = assembly
        self.record = record
        self.weights = weights
        self.doc = reading.document
        self.cast = reading.cast
        self.chooser = Chooser(weights, reading.cast)
        self.statuses = statuses
        self.refused = self._refused()
        self.rejected = self._rejected()
        self.folded = {id(p.trigger): at for at, event in enumerate(reading.events) for p in _all_told(event)}
        self.at_odds = at_odds(reading.events)
        self.losing = self._losing_stands(stands)

    def explanation(self) -> Explanation:
        """All traces: the record's items, then what was rejected."""
        items = [*self._actors(), *self._statements(), *self._events(), *self._positions()]
        items += [*self._refused_cues(), *self._rejected_events(), *self._rejected_positions()]
        return Explanation(self.record, tuple(items))

    # -- actors --------------------------------------------------------------------------------------------------------

    def _actors(self) -> Iterator[Trace]:
        for number, index in enumerate(self.assembly.ids):
            entity = self.cast.entities[index]
            found = sorted({(self._name_span(m), m.sort) for m in entity.mentions})
            rule = f"actor.{entity.sort or 'described'}"
            yield Trace("actor", number, rule, tuple((sort, span) for span, sort in found))

    def _name_span(self, m: Mention) -> Span:
        return self.assembly.mention_span(m.name or (m.first, m.last), m.prefix, m.first)

    def _mention(self, m: Mention) -> Span:
        """The whole mention, title and nationality included."""
        return self.assembly.mention_span((m.first, m.last), m.prefix, m.first)

    def _nearest(self, entity: int, at: int) -> Mention | None:
        """The mention of an entity nearest to a token, those before it first."""
        if entity < 0:
            return None
        mentions = self.cast.entities[entity].mentions
        return min(mentions, key=lambda m: (m.first > at, abs(m.first - at), m.first), default=None)

    def _who(self, codes: Iterable[str]) -> str:
        """Codes as words; a party without a code by its name in the text."""
        return " + ".join(self._party(code) for code in codes) or "nobody"

    def _party(self, code: str) -> str:
        number = code.removeprefix("OTHER:")
        if number != code and number.isdigit():
            return self.doc.raw(*self.cast.entities[int(number)].name)
        return code

    # -- statements ----------------------------------------------------------------------------------------------------

    def _statements(self) -> Iterator[Trace]:
        cues = {(c.first, c.last): c for c in self.reading.statements.candidates}
        kept = [s for s in self.reading.spoken if s.speaker >= 0]
        for index, s in enumerate(kept):
            cue = cues.get(s.cue)
            features = cue.features if cue is not None and cue.rule == s.rule else {}
            score = weigh(self.weights.statement, features)
            weighed = _top((features, self.weights.statement))
            rivals = [
                Alternative(c.rule, self.doc.span(c.first, c.last), _round(rival), reason)
                for rival, c, reason in self.refused
                if self.doc.sentence_at(c.first) == s.sentence
            ]
            spans = self._said(s)
            yield Trace("statement", index, s.rule, spans, _round(score), weighed, tuple(rivals[:NEIGHBOURS]))

    def _said(self, s: Spoken) -> Spans:
        spans = [("cue", self.doc.span(*s.cue)), ("content", self.doc.span(*s.content))]
        for label, entity in (("speaker", s.speaker), ("via", s.via)):
            mention = self._speaker_mention(s, entity)
            if mention is not None:
                near = self.doc.sentence_at(mention.first) == s.sentence
                spans.append((label if near else f"implied {label}", self._mention(mention)))
        return tuple(spans)

    def _speaker_mention(self, s: Spoken, entity: int) -> Mention | None:
        """The words that name the speaker: the cue's subject, else the nearest mention outside the reported words."""
        if entity < 0:
            return None
        subject = s.clause.subject.mention if s.clause is not None else None
        if subject is not None and subject.entity == entity:
            return subject
        outside = [m for m in self.cast.entities[entity].mentions if not s.content[0] <= m.first < s.content[1]]
        same = [m for m in outside if self.doc.sentence_at(m.first) == s.sentence]
        before = [m for m in outside if m.first < s.cue[0]]
        return min(same or before or outside, key=lambda m: (abs(m.first - s.cue[0]), m.first), default=None)

    def _refused(self) -> list[tuple[float, Cue, str]]:
        """Cues with words behind them that gave no statement, best first."""
        spoken = {s.cue for s in self.reading.spoken if s.speaker >= 0}
        unknown = {s.cue for s in self.reading.spoken if s.speaker < 0}
        out: list[tuple[float, Cue, str]] = []
        for cue in self.reading.statements.candidates:
            at = (cue.first, cue.last)
            if at in spoken:
                continue
            score = weigh(self.weights.statement, cue.features)
            if at in unknown:
                reason = "no speaker"
            elif self.weights.statement and score <= REPORTS:
                reason = _below(REPORTS)
            else:
                reason = "only relays another cue" if cue.relay else "no words to report"
            out.append((score, cue, reason))
        return sorted(out, key=lambda item: (-item[0], item[1].first))

    def _refused_cues(self) -> Iterator[Trace]:
        for score, cue, reason in self.refused[:REJECTED]:
            spans = [("cue", self.doc.span(cue.first, cue.last))]
            subject = cue.clause.subject.mention if cue.clause is not None else None
            if subject is not None:
                spans.append(("speaker", self._mention(subject)))
            label = f"statement introduced by {_INTRODUCED.get(cue.intro, cue.intro)}"
            lost = Alternative(label, None, _round(score), reason)
            weighed = _top((cue.features, self.weights.statement))
            yield Trace("statement", -1, cue.rule, tuple(spans), _round(score), weighed, (lost,))

    # -- events --------------------------------------------------------------------------------------------------------

    def _events(self) -> Iterator[Trace]:
        for index, p in enumerate(self.reading.events):
            event = self.record.events[index]
            spans = [*self._slots(p), *self._when_and_where(index), ("evidence", event.evidence)]
            rivals = [self._lost(told) for told in _all_told(p)]
            rivals += [*self._options(p, "lower score"), *self._statuses(p)]
            near = [r for r in self.rejected if r.sentence == p.sentence and id(r.trigger) not in self.folded]
            rivals.extend(self._lost(r) for r in near[:NEIGHBOURS])
            weighed = self._event_features(p)
            yield Trace("event", index, p.trigger.act.id, tuple(spans), _round(p.sure), weighed, tuple(rivals))

    def _event_features(self, p: Proposal) -> Features:
        option = self.chooser.option(p)
        first = (p.features, self.weights.event), (option.features if option is not None else {}, self.weights.event)
        reasons = Verdict(self.weights.verdict).reasons(p.measures, p.trigger.act.type) if p.measures else {}
        return _top(*first, (dict.fromkeys(reasons, 1.0), reasons))

    def _slots(self, p: Proposal) -> list[tuple[str, Span]]:
        """The trigger and the mentions on each side; of the implied, the earlier mention they go back to."""
        t = p.trigger
        spans = [("trigger", self.doc.span(t.at, t.last))]
        self.chooser.pair = p.pair
        for slot in p.chosen:
            codes = set(self.chooser.codes_of(slot, p))
            for role, side in (("source", p.source_codes), ("target", p.target_codes)):
                mention = slot.mention or self._nearest(slot.entity, t.at)
                if mention is not None and not codes.isdisjoint(side):
                    spans.append((role if slot.mention is not None else f"implied {role}", self._mention(mention)))
        return list(dict.fromkeys(spans))

    def _when_and_where(self, index: int) -> Iterator[tuple[str, Span]]:
        """The words behind the date (in the act's sentence, another telling's, or the report's first) and the place."""
        event, p = self.record.events[index], self.reading.events[index]
        sentences = [p.sentence, *(told.sentence for told in _all_told(p))]
        if event.date is not None:
            dates = [d for d in self.reading.dates if d.value == event.date]
            near = [d for number in sentences for d in dates if self.doc.sentence_at(d.first) == number]
            if near:
                number = self.doc.sentence_at(near[0].first)
                near = [d for d in near if self.doc.sentence_at(d.first) == number]
                dates = sorted(near, key=lambda d: abs(d.first - p.trigger.at))
            if dates:
                yield "date", self.doc.span(dates[0].first, dates[0].last)
        if event.place:
            for number in sentences:
                sentence = self.doc.sentences[number]
                span = self.doc.span(sentence.first, sentence.last)
                at = self.doc.article.text.find(event.place, span.start, span.end)
                if at >= 0:
                    yield "place", Span(at, at + len(event.place))
                    return

    def _told_as(self, p: Proposal) -> str:
        return f"{p.trigger.act.id}: {self._who(p.source_codes)} → {self._who(p.target_codes)}"

    def _scored(self, p: Proposal) -> list[tuple[float, int, Option]]:
        """The ways to fill a proposal's slots other than the chosen one, best first."""
        self.chooser.pair = p.pair
        base = weigh(self.weights.event, p.features)
        out = [
            (base + weigh(self.weights.event, option.features), at, option)
            for at, option in enumerate(self.chooser.options(p))
            if not (option.source is p.slots[0] and option.target is p.slots[1])
        ]
        return sorted(out, key=lambda item: (-item[0], item[1]))

    def _options(self, p: Proposal, reason: str, most: int = OPTIONS) -> Iterator[Alternative]:
        for score, _, option in self._scored(p)[:most]:
            slot = option.source if option.source is not p.slots[0] else option.target
            label = f"{self._who(option.source_codes)} → {self._who(option.target_codes)}"
            # A meeting takes its likeliest full telling even where half of one weighs more.
            why = "leaves out a side" if reason == "lower score" and score > p.score else reason
            yield Alternative(label, self._slot_span(slot, p), _round(self._as_sure(p, option, score)), why)

    @staticmethod
    def _as_sure(p: Proposal, option: Option, score: float) -> float:
        """What the second look says of a way to fill the slots; of one it did not see, as far behind as the first has it."""
        for (_, (at, to, *_)), sure in zip(p.ways, p.looks, strict=False):
            if p.sources[at] is option.source and (p.sources[to] if to >= 0 else None) is option.target:
                return sure
        return p.sure + score - p.score

    def _slot_span(self, slot: Slot | None, p: Proposal) -> Span | None:
        if slot is None:
            return None
        mention = slot.mention or self._nearest(slot.entity, p.trigger.at)
        return None if mention is None else self._mention(mention)

    def _statuses(self, p: Proposal) -> Iterator[Alternative]:
        """The next best status."""
        features = self.statuses.features(p)
        weighed = self.weights.status.scores(features)
        best = weighed.get(p.status, 0.0)
        scores = sorted((-score, status) for status, score in weighed.items() if status != p.status)
        for score, status in scores[:1]:
            yield Alternative(f"status {status}", None, _round(-score), f"lower score than {p.status} {best:+.2f}")

    def _rejected(self) -> list[Proposal]:
        """Proposals that became no event of their own, best first."""
        taken = {id(event.trigger) for event in self.reading.events}
        left = [p for p in self.reading.proposals if id(p.trigger) not in taken]
        return sorted(left, key=lambda p: (-p.sure, p.trigger.at, p.trigger.act.id))

    def _lost(self, p: Proposal) -> Alternative:
        where = self.doc.span(p.trigger.at, p.trigger.last)
        reason = f"merged into event:{self.folded[id(p.trigger)]}" if id(p.trigger) in self.folded else self._why_not(p)
        return Alternative(self._told_as(p), where, _round(p.sure), reason)

    def _why_not(self, p: Proposal) -> str:
        if p.lost:
            return _below(p.bar) if p.lost == BELOW else p.lost
        if p.outdone:
            return "a surer act stands next to it"
        return "says what another act is about" if p.about else "another act tells it, or speaks of it"

    def _rejected_events(self) -> Iterator[Trace]:
        for p in self.rejected[:REJECTED]:
            rivals = (self._lost(p), *self._options(p, "rejected option", 2))
            weighed = self._event_features(p)
            yield Trace("event", -1, p.trigger.act.id, tuple(self._slots(p)), _round(p.sure), weighed, rivals)

    # -- positions -----------------------------------------------------------------------------------------------------

    def _positions(self) -> Iterator[Trace]:
        for index, stand in enumerate(self.reading.stands):
            rivals = list(self._stances(stand))
            rivals += [self._lost_stand(*item) for item in self.losing if self._weaker(*item) == index]
            beside = [item for item in self.losing if (item[2].first, item[2].last) == (stand.first, stand.last)]
            near = [item for item in beside if self._weaker(*item) < 0]
            rivals += [self._lost_stand(*item) for item in near[:NEIGHBOURS]]
            spans = (*self._stand_spans(stand), ("evidence", self.record.positions[index].evidence))
            weighed = self._stand_features(stand, stand.stance)
            yield Trace("position", index, stand.rule, spans, _round(stand.score), weighed, tuple(rivals))

    def _stand_words(self, stand: Stand) -> Span | None:
        return self.doc.span(*stand.words) if stand.words[0] < stand.words[1] else None

    def _stand_spans(self, stand: Stand) -> Spans:
        """The words of the issue or the act, and the nearest mentions of the holder and of the other party."""
        spans: list[tuple[str, Span]] = []
        words = self._stand_words(stand)
        if words is not None:
            act = stand.rule.endswith(".act") or stand.on not in ISSUES
            spans.append(("trigger" if act else "issue", words))
        at = stand.words[0]
        here = self.doc.sentence_at(at)
        for label, code in (("holder", stand.holder), ("on", stand.on)):
            mentions = [m for e in self.cast.entities if e.code == code or code in e.codes for m in e.mentions]
            near = [m for m in mentions if self.doc.sentence_at(m.first) == here]
            best = min(near or mentions, key=lambda m: (abs(m.first - at), m.first), default=None)
            if best is not None:
                spans.append((label if near else f"implied {label}", self._mention(best)))
        return tuple(spans)

    def _stance_scores(self, stand: Stand) -> dict[str, float]:
        """What each stance weighs against no stance at all."""
        scores = self.weights.position.scores(stand.features)
        none = scores.pop("none", 0.0)
        return {stance: score - none for stance, score in scores.items()}

    def _stand_features(self, stand: Stand, stance: str) -> Features:
        models = self.weights.position
        against = {name: -value for name, value in stand.features.items()}
        return _top((stand.features, models.model(stance)), (against, models.model("none")))

    def _stances(self, stand: Stand) -> Iterator[Alternative]:
        """The next best stance."""
        scores = self._stance_scores(stand)
        scores.pop(stand.stance, None)
        for score, stance in sorted((-score, stance) for stance, score in scores.items())[:1]:
            yield Alternative(stance, None, _round(-score), "lower score")

    def _losing_stands(self, stands: list[Stand]) -> list[tuple[float, str, Stand]]:
        """Candidates that are no position, with their best stance, best first."""
        decided = {(s.holder, s.on, s.rule, s.words, s.first, s.stance) for s in self.reading.stands}
        out: list[tuple[float, str, Stand]] = []
        for stand in stands:
            scores = self._stance_scores(stand)
            if not scores:
                continue
            stance = max(scores, key=lambda s: scores[s])
            if (stand.holder, stand.on, stand.rule, stand.words, stand.first, stance) not in decided:
                out.append((scores[stance], stance, stand))
        return sorted(out, key=lambda item: (-item[0], item[2].words, item[2].holder, item[2].on))

    def _weaker(self, score: float, stance: str, stand: Stand) -> int:
        """The position that says the same with more weight, −1 if a candidate failed by itself."""
        same = (stand.holder, stand.on, stance)
        found = (at for at, s in enumerate(self.reading.stands) if (s.holder, s.on, s.stance) == same)
        return next(found, -1) if not unstated(stand, score, stance, self.at_odds) else -1

    def _lost_stand(self, score: float, stance: str, stand: Stand) -> Alternative:
        label = f"{self._party(stand.holder)}: {stance} {self._party(stand.on)}"
        winner = self._weaker(score, stance, stand)
        reason = f"merged into position:{winner}"
        if winner < 0:
            reason = unstated(stand, score, stance, self.at_odds) or "a refusal outweighs it"
        return Alternative(label, self._stand_words(stand), _round(score), reason)

    def _rejected_positions(self) -> Iterator[Trace]:
        for score, stance, stand in self.losing[:REJECTED]:
            lost = self._lost_stand(score, stance, stand)
            weighed = self._stand_features(stand, stance)
            yield Trace("position", -1, stand.rule, self._stand_spans(stand), _round(score), weighed, (lost,))


_INTRODUCED = {"an": "أن", "quote": "a quotation", "colon": "a colon", "obj": "its object"}


def _all_told(p: Proposal) -> Iterator[Proposal]:
    """The other tellings folded into an event, and those folded into them."""
    for told in p.told:
        yield told
        yield from _all_told(told)


def _top(*parts: tuple[Mapping[str, float], Mapping[str, float]]) -> Features:
    """The weightiest of some weighted features."""
    total: dict[str, float] = {}
    for features, weights in parts:
        for name, value in features.items():
            total[name] = total.get(name, 0.0) + weights.get(name, 0.0) * value
    rounded = ((name, _round(value)) for name, value in total.items())
    return tuple(sorted((item for item in rounded if item[1]), key=lambda item: (-abs(item[1]), item[0]))[:FEATURES])


def _below(threshold: float) -> str:
    return f"below the threshold of {threshold:+.2f}"


def _round(value: float) -> float:
    return round(value, 4)
