"""Article → Record: the stages in order, and the assembly of their findings into the frozen record."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import cast

from mahdar.arabic.fold import fold
from mahdar.arabic.words import Analyser
from mahdar.lexicon.model import Lexicon
from mahdar.process import loading
from mahdar.reading.accept import Scales, vague
from mahdar.reading.attitudes import Stand
from mahdar.reading.body import find_body
from mahdar.reading.calendar import DateMention, Look
from mahdar.reading.calls import by_phone
from mahdar.reading.choose import Chooser
from mahdar.reading.clauses import Clause, ClauseReader
from mahdar.reading.dates import find_dates
from mahdar.reading.document import Document, Sentence, split
from mahdar.reading.entourage import companions
from mahdar.reading.events import EventReader
from mahdar.reading.explain import Explanation
from mahdar.reading.ground import of_the_land, stand_on
from mahdar.reading.guards import Guards
from mahdar.reading.matters import WEAK
from mahdar.reading.mentions import HEADED, Mention
from mahdar.reading.merge import merge, separate, without_complements, without_rivals
from mahdar.reading.occasion import OccasionFinder
from mahdar.reading.passing import without_less_exact, without_passing
from mahdar.reading.positions import PositionReader, at_odds, decide, with_company
from mahdar.reading.proposals import Proposal, Slot
from mahdar.reading.reference import Cast, Entity
from mahdar.reading.romanise import romanise
from mahdar.reading.seats import seat, unseat
from mahdar.reading.statements import Spoken, StatementReader
from mahdar.reading.status import StatusReader
from mahdar.reading.timeplace import DateChooser, Looks, place_of
from mahdar.reading.tone import Stems, Tone, ToneReader
from mahdar.reading.trace import Tracer
from mahdar.reading.verdict import Verdict, measured
from mahdar.reading.weights import Remembered, Weights
from mahdar.reading.whose import answered, first_named, summoned, with_fellows
from mahdar.record import ISSUES, Actor, Article, Event, Position, Record, Span, Statement, Status

_TOUCHED = frozenset(("adjective", "people"))  # mentions that name a state only in passing
_SHORT = 2  # sentences of a text that is about whatever it tells
_REPORT, _TOKENS = 4, 100  # sentences of a report that is still as short, and the tokens it has at most
_QUOTES = (('"', '"'), ("«", "»"), ("“", "”"), ("(", ")"))
_MEETS = frozenset(("foreign_minister", "minister", "defence_minister", "ambassador", "head_of_state", "head_of_government", "monarch", "crown_prince", "party_leader"))
_WHERE = frozenset("في الي داخل خارج غرب شرق جنوب شمال عاصمه العاصمه".split())
# Relations to a meeting of those who sit in it with the party chosen.
_SITS_IN = frozenset("obj objof before:bare bare before:of frame:مع prep:مع prep:من prep:بحضور prep:بمشاركه prep:برفقه frame:ب lightsubj frameof subj".split())


@dataclass(slots=True)
class Reading:
    """Everything the stages found in one article, before it is cut down to the record."""

    document: Document
    cast: Cast
    dates: list[DateMention]
    clauses: list[list[Clause]]
    spoken: list[Spoken]
    proposals: list[Proposal]
    events: list[Proposal]
    statements: StatementReader
    stands: list[Stand]
    tones: list[Tone]
    positions: PositionReader | None = None


class Reader:
    """Reads articles with one lexicon. Keep it: its word memory makes the second article faster than the first."""

    def __init__(self, lexicon: Lexicon, *, weights: Weights | None = None) -> None:
        self.lexicon = lexicon
        self.analyser = Analyser(lexicon)
        self.weights = weights if weights is not None else Weights.load()
        with loading():
            self.sums = Remembered(self.weights)
        self.verdict = Verdict(self.weights.verdict) if self.weights.verdict.trees else None
        self.guards = Guards(lexicon)
        self.stems = Stems(lexicon)

    def read(self, article: Article) -> Record:
        """The record of one article. Pure: the same article and lexicon give the same record, on any machine."""
        reading = self.reading(article)
        return Assembly(reading).record()

    def explain(self, article: Article) -> Explanation:
        """The record of one article, and why it is as it is: what fired on which words, how it scored, and what lost."""
        reading = self.reading(article)
        stands = self.stands(reading)
        assembly = Assembly(reading)
        record = assembly.record()
        return Tracer(reading, assembly, record, self.weights, stands, self._status_reader(reading)).explanation()

    def propose(self, article: Article) -> Reading:
        """The undecided proposals of an article, for training."""
        return self._propose(article)

    def reading(self, article: Article) -> Reading:
        """All stages, with their intermediate findings."""
        reading = self._propose(article)
        chooser = Chooser(self.weights, reading.cast, self.sums)
        self.fill(reading, chooser)
        self._look_again(reading, chooser)
        accepted = self._accepted(reading)
        told = without_rivals(without_complements(without_less_exact(accepted, reading.document, short=self.short(reading)), reading.clauses, reading.document.words))
        reading.events = merge(without_passing(told, short=self.short(reading)))
        reading.stands = decide(self.stands(reading), self.weights.position, at_odds(reading.events))
        return reading

    def _accepted(self, reading: Reading) -> list[Proposal]:
        """The proposals that are acts, with their parties, days and places; of the others why they are none."""
        document, cast, short = reading.document, reading.cast, self.short(reading)
        accepted: list[Proposal] = []
        dates = DateChooser(document, reading.dates, reading.clauses, self.weights.date)
        statuses = self._status_reader(reading)
        scales = Scales(document, cast, self.guards, self.weights.threshold, short=short)
        for p in reading.proposals:
            if short:
                answered(p, accepted, document, reading.clauses[p.sentence], cast)
            summoned(p, cast)
            first_named(p)
            with_fellows(p, cast)
            p.lost = scales.against(p)
            if p.lost:
                continue
            when = dates.date(p)
            p.date, p.dated = when.value, when.names[0] == "own"
            p.when = dates.stands(p)
            if p.dated and self.guards.history(p.date, document.article.published):
                p.lost = "told as history"
                continue
            p.status = statuses.status(p)
            if short:
                stand_on(p, document)
                of_the_land(p, cast)
            dates.settle(p)
            p.place = place_of(p, document.sentences[p.sentence], document, cast.finder)
            accepted.extend(separate(p))
        return accepted

    def fill(self, reading: Reading, chooser: Chooser) -> None:
        """Fill the slots of all proposals, in the order of the text: the first look."""
        short = self.short(reading)
        for p in reading.proposals:
            chooser.fill(p)
            first = p.slots[0]
            if short and seat(p, reading.document, reading.clauses[p.sentence], self.lexicon.lemmas):
                chooser.fill(p)
                unseat(p, first)
            p.sure = p.score
            if p.score > self.weights.threshold and p.trigger.act.mutual and len(p.source_codes) + len(p.target_codes) == 2:
                chooser.pair = (*p.source_codes, *p.target_codes)

    @staticmethod
    def short(reading: Reading) -> bool:
        """Is it a text of one or two sentences, or hardly more? What it tells is what it is about, and there is little else to see an act with."""
        sentences = reading.document.sentences
        return len(sentences) <= _SHORT or len(sentences) <= _REPORT and sentences[-1].last - sentences[0].first <= _TOKENS

    def _look_again(self, reading: Reading, chooser: Chooser) -> None:
        """The second look at the acts of an article: how sure each is, and by which of the likeliest ways its slots are filled."""
        if self.verdict is None or self.short(reading):
            return
        for p, ways in zip(reading.proposals, measured(reading.proposals, reading.document, reading.cast), strict=True):
            if not ways:
                continue
            p.looks = [self.verdict.of(values, p.trigger.act.type) for values in ways]
            p.sure = max(p.looks)
            best = p.looks.index(p.sure)
            p.measures = ways[best]
            if best:
                chooser.take(p, best)

    def _status_reader(self, reading: Reading) -> StatusReader:
        return StatusReader(reading.document, reading.clauses, self.stems, self.weights.status, self.lexicon.lemmas)

    def stands(self, reading: Reading) -> list[Stand]:
        """Candidate positions; the proposals' slots must be filled."""
        positions = reading.positions = PositionReader(reading.document, reading.cast, self.lexicon)
        by_sentence: dict[int, list[Proposal]] = {}
        for p in reading.proposals:
            by_sentence.setdefault(p.sentence, []).append(p)
        document = reading.document
        spoken: dict[int, list[Spoken]] = {}  # by the sentences their words stand in
        for s in reading.spoken:
            for number in range(max(s.sentence, document.sentence_at(s.content[0])), document.sentence_at(s.content[1] - 1) + 1):
                spoken.setdefault(number, []).append(s)
        out: list[Stand] = []
        for number, sentence in enumerate(document.sentences):
            out.extend(positions.sentence(number, sentence, reading.clauses[number], spoken.get(number, []), by_sentence.get(number, [])))
        return with_company(out)

    def _propose(self, article: Article) -> Reading:
        folded = fold(article.text)
        document = split(article, self.analyser, find_body(article, folded), folded)
        cast = Cast(document, self.lexicon, home=None)
        asked: list[int] = []  # where the verbs, not read yet, will say whether a date lies ahead

        def ask(at: int) -> Look:
            asked.append(at)
            return "none"

        dates = find_dates(document.tokens, article.published, ask)
        dated = {i for d in dates for i in range(d.first, d.last)}
        clause_reader = ClauseReader(document, cast, dated)
        statements = StatementReader(document, cast, self.lexicon, clause_reader, self.weights.statement)
        tones = ToneReader(document, cast, self.lexicon, self.weights.tone, self.stems, self.sums)
        events = EventReader(document, cast, self.lexicon, tones, self.sums)
        reading = Reading(document, cast, dates, [], [], [], [], statements, [], tones.found)
        for number, sentence in enumerate(document.sentences):
            mentions = cast.by_sentence[number]
            clauses = clause_reader.sentence(sentence, mentions)
            spoken = statements.sentence(number, sentence, mentions, clauses)
            reading.clauses.append(clauses)
            running = [s for s in reading.spoken[-3:] if s.content[1] > sentence.first]  # a quotation of several sentences
            reading.spoken.extend(spoken)
            reading.proposals.extend(events.sentence(number, sentence, mentions, clauses, [*spoken, *running]))
        if asked:
            reading.dates = find_dates(document.tokens, article.published, Looks(document, reading.clauses))
        return reading


class Assembly:
    """Numbers the entities that fill a slot and turns token ranges into raw spans."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.doc = reading.document
        self.cast = reading.cast
        self.ids: dict[int, str] = {}
        self.company: dict[Proposal, list[int]] = {}
        self.occasions = OccasionFinder(self.doc, reading.clauses, self.cast.by_sentence, (i for d in reading.dates for i in range(d.first, d.last)))

    def id(self, entity: int) -> str | None:
        if entity < 0:
            return None
        return self.ids.setdefault(entity, f"a{len(self.ids) + 1}")

    def record(self) -> Record:
        doc = self.doc
        spoken = self.reading.spoken
        statements = tuple(
            Statement(self.id(s.speaker), s.mode, doc.span(*s.cue), doc.span(*s.content), self.id(s.via), s.rule)  # type: ignore[arg-type]
            for s in spoken
            if s.speaker >= 0
        )
        self.company = companions(doc, self.reading.clauses, self.cast.by_sentence, self.cast.entities, self.reading.events)
        events = tuple(self._event(p) for p in self.reading.events)
        positions = tuple(self._position(s) for s in self.reading.stands)
        self._principals({key for event in events for key in (*event.source, *event.target)})
        actors = tuple(self._actor(index, key) for index, key in self.ids.items())
        article = doc.article
        return Record(article.id, article.published, tuple(doc.body), actors, statements, events, positions, article)

    def _principals(self, parties: set[str]) -> None:
        """Number the states and bodies the acting persons act for too, where the article names them for themselves and not only in a title."""
        entities = self.cast.entities
        present = {entities[index].code for index in self.ids if entities[index].kind != "person"}
        for index, key in list(self.ids.items()):
            who = entities[index]
            if key not in parties or who.kind != "person" or who.code is None or who.code in present:
                continue
            body = next((i for i, e in enumerate(entities) if e.code == who.code and e.kind != "person" and any(self._stands(m) for m in e.mentions)), -1)
            if body >= 0:
                present.add(who.code)
                self.id(body)

    def _stands(self, m: Mention) -> bool:
        """Is a state or body named for itself, not as a place (في القاهرة) or in passing?"""
        if m.sort in _TOUCHED:
            return False
        if m.sort not in ("state", "capital"):
            return True
        return m.prefix not in ("ب", "وب") and self.doc.tokens.form[m.first - 1] not in _WHERE

    def _event(self, p: Proposal) -> Event:
        """The event with actor ids: persons where the text names them, else their states and bodies."""
        t = p.trigger
        if t.act.domestic and p.source_codes == p.target_codes:
            # Two parties of one state (its police, its protesters): each side is named by its own mention.
            source, target = (self._own_side(codes, slot, p) for codes, slot in zip((p.source_codes, p.target_codes), p.slots, strict=True))
        else:
            source = self._side(p.source_codes, p)
            target = tuple(x for x in self._side(p.target_codes, p, side=True) if x not in source)
        sentence = self.doc.sentences[p.sentence]
        first, last = self._evidence(p, sentence)
        mode = "phone" if by_phone(p, self.doc, self.reading.clauses[p.sentence]) else t.act.mode
        return Event(
            t.act.type, cast(Status, p.status), source, target, self.doc.span(first, last), t.act.id, p.date, p.place, mode,
            about=tuple(dict.fromkeys(self._about(p))), occasion=self._occasion(p), trigger=self.doc.span(t.at, t.last),
        )  # fmt: skip

    def _about(self, p: Proposal) -> Iterator[str]:
        """The issues that the words of an event name, those of all its tellings; loose words (الأمن، الاتفاق) are too weak a sign."""
        assert self.reading.positions is not None
        first, last = self._evidence(p, self.doc.sentences[p.sentence])
        yield from (issue for at, _, issue, sign in self.reading.positions.matters.hits[p.sentence] if sign not in WEAK and first <= at < last)
        for told in p.told:
            yield from self._about(told)

    def _occasion(self, p: Proposal) -> Span | None:
        """The occasion that one of the tellings of an act gives, the best telling first."""
        found = self.occasions.of(p)
        if found is not None:
            span = self.doc.span(*found)
            return Span(span.start + self.doc.tokens.form[found.first].startswith(("وعل", "وفي", "وبم")), span.end)
        return next((other for told in p.told if (other := self._occasion(told)) is not None), None)

    def _position(self, stand: Stand) -> Position:
        holder = self._body(stand.holder, (stand.first, stand.last))
        on = stand.on if stand.on in ISSUES else self._body(stand.on, (stand.first, stand.last))
        return Position(holder, on, stand.stance, self.doc.span(stand.first, stand.last), stand.rule)  # type: ignore[arg-type]

    def _body(self, code: str, where: tuple[int, int]) -> str:
        """The id of the state, body or group with a code; a person's entity serves where the body itself is not named."""
        index = next((i for i, e in enumerate(self.cast.entities) if e.code == code and e.kind != "person"), -1)
        if index < 0:
            index = next((i for i in range(len(self.cast.entities)) if self._code_of(i) == code), -1)
        if index < 0:
            names = self.cast.lexicon.state_names.get(code)
            self.cast.entities.append(Entity("state", code, None, code, where, names[1] if names else "", named=True, sort="title"))
            index = len(self.cast.entities) - 1
        return self.id(index)  # type: ignore[return-value]

    def _own_side(self, codes: tuple[str, ...], slot: Slot | None, p: Proposal) -> tuple[str, ...]:
        key = self.id(slot.entity) if slot is not None and slot.entity >= 0 else None
        return (key,) if key is not None else self._side(codes, p)

    def _side(self, codes: tuple[str, ...], p: Proposal, *, side: bool = False) -> tuple[str, ...]:
        out: list[str] = []
        met = p.trigger.act.type == "CONSULT"
        for code in codes:
            named = [s.entity for s in p.chosen if s.entity >= 0 and self._code_of(s.entity) == code and not self._nameless(s.entity, met=met)]
            named += [entity for entity in self._company(p) if self._code_of(entity) == code]
            persons = [i for i in named if self.cast.entities[i].kind == "person"]
            if persons:
                named = persons
            if len(set(named)) > 1:
                out.extend(key for entity in dict.fromkeys(named) if (key := self.id(entity)) is not None)
                continue
            index = named[0] if named else next((i for i, e in enumerate(self.cast.entities) if e.code == code and e.kind != "person"), -1)
            if index < 0 and code not in self.cast.lexicon.state_names:
                index = next((i for i, e in enumerate(self.cast.entities) if self._code_of(i) == code), -1)
            if side and index >= 0 and vague(self.cast.entities[index]) and index not in self.ids:
                continue
            if index < 0:
                self.cast.entities.append(self._bare_state(code, p))
                index = len(self.cast.entities) - 1
            out.append(self.id(index))  # type: ignore[arg-type]
        return tuple(out)

    def _company(self, p: Proposal) -> Iterator[int]:
        """The named persons whom other tellings of the same act put in its slots, and those who sit in at a meeting."""
        for told in p.told:
            yield from (s.entity for s in told.chosen if self._named(s.entity))
            yield from self._company(told)
        if p.trigger.act.type == "CONSULT":
            yield from self.company.get(p, ())
            for s in p.sources:
                tells = p.spoken is not None and s.mention is not None and s.entity == p.spoken.speaker and s.mention.first < p.spoken.content[0]
                # who only tells of a meeting does not sit in at it
                if s.mention is not None and (s.relation in _SITS_IN or self._heads(s.mention)) and self._named(s.entity) and not tells:
                    yield s.entity

    def _heads(self, m: Mention) -> bool:
        """وفد برئاسة فلان: does he head those who meet?"""
        return m.first > 0 and self.doc.tokens.form[m.first - 1] in HEADED

    def _named(self, index: int) -> bool:
        return index >= 0 and self.cast.entities[index].kind == "person" and self.cast.entities[index].named

    def _nameless(self, index: int, *, met: bool) -> bool:
        """Officials without a name act as their state or body (مسؤولون أردنيون → Jordan)."""
        entity = self.cast.entities[index]
        if entity.kind != "person" or entity.named or entity.ref is not None or entity.code is None:
            return False
        if met and entity.number == "s" and entity.role in _MEETS:
            return False  # التقى السفير الليبي: he himself, whereas who expels an ambassador deals with his state
        return not entity.code.startswith("OTHER") or entity.number == "p"  # قيادات حزب النور: the party

    def _code_of(self, index: int) -> str:
        return self.cast.entities[index].code or f"OTHER:{index}"

    def _bare_state(self, code: str, p: Proposal) -> Entity:
        """A state named only inside a title (الوزيران الروسي والأمريكي) that takes part: named as the lexicon names it."""
        mention = next((s.mention for s in p.chosen if s.mention is not None), None)
        where = (mention.first, mention.last) if mention is not None else (p.trigger.at, p.trigger.last)
        names = self.cast.lexicon.state_names.get(code)
        return Entity("state", code, None, code, where, names[1] if names else "", named=True, sort="title")

    def _evidence(self, p: Proposal, sentence: Sentence) -> tuple[int, int]:
        """The tokens of the clause: from the earliest slot or trigger to the latest, at most the sentence."""
        if p.spoken is not None and p.spoken.content[0] <= p.trigger.at < p.spoken.content[1]:
            first, last = p.spoken.content
            first = max(first, sentence.first)
            return first, max(first + 1, min(last, sentence.last))
        points = [p.trigger.at, p.trigger.last - 1]
        for slot in p.chosen:
            if slot.mention is not None:
                points += [slot.mention.first, slot.mention.last - 1]
        first, last = min(points), max(points) + 1
        while last < sentence.last and self.doc.tokens.form[last] not in ("،", ".", "؛", '"', ","):
            last += 1
        return first, last

    def _actor(self, index: int, key: str) -> Actor:
        entity = self.cast.entities[index]
        spans = tuple(sorted({self.mention_span(m.name or (m.first, m.last), m.prefix, m.first) for m in entity.mentions}))
        name = self._name(entity)
        en, romanised = entity.en or None, False
        if en is None and entity.kind == "person" and entity.ref in self.cast.lexicon.people and entity.named:
            en = self.cast.lexicon.people[entity.ref].en
        if en is None:
            en, romanised = romanise(name), True
        code = entity.code
        kind = "group" if entity.sort == "crowd" else entity.kind  # read as persons, by their plural
        if code == "OTHER" or (code is None and kind in ("organisation", "group")):
            code = f"OTHER:{en}"
        return Actor(key, kind, name, en, code, entity.role if kind == "person" else None, spans, romanised, entity.ref)  # type: ignore[arg-type]

    def mention_span(self, tokens: tuple[int, int], prefix: str, first: int) -> Span:
        """Raw span of a mention without the proclitics glued to its first word."""
        span = self.doc.span(*tokens)
        if prefix and tokens[0] == first:
            return Span(min(span.start + len(prefix), span.end - 1), span.end)
        return span

    def _name(self, entity: Entity) -> str:
        """The fullest form in the article; a state that it names only inside a title (نظيره التركي) is called as the lexicon calls it."""
        states = self.cast.lexicon.state_names
        alone = entity.kind == "state" and all(m.sort == "adjective" for m in entity.mentions)  # الغارات الإسرائيلية
        if alone and (entity.mentions or entity.sort == "title") and entity.code in states:
            return states[entity.code][0]
        span = self.doc.span(*entity.name)
        mention = next((m for m in entity.mentions if (m.name or (m.first, m.last))[0] == entity.name[0]), None)
        start = span.start
        if mention is not None and mention.prefix and mention.first == entity.name[0] and not self.doc.tokens.form[entity.name[0]].startswith(("لل", "ولل")):
            start += len(mention.prefix)
        text = self.doc.article.text
        name = text[start : span.end].strip('"«»“”()\'، ')
        for opened, close in _QUOTES:  # a name in quotation marks inside the phrase keeps both of them
            if name.count(opened) % 2 if opened == close else name.count(opened) != name.count(close):
                ahead = opened in text[max(0, start - 1) : start + 1] or name.count(close) > name.count(opened)
                name = opened + name if ahead else name + close
        return name
