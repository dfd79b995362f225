"""Acts done in words alone: a statement that blames, backs, asks or threatens somebody without a verb that says so.

إيران "تزعزع استقرار المنطقة", said by a minister, is an accusation though no word of it means accusing. A linear model over the words of
each stretch of reported speech says which such acts it may be; only then is the act proposed, with the speaker as its doer and those
named inside the words as its targets, and decided like every other (:mod:`mahdar.reading.choose`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from mahdar.arabic.particles import AN_FORMS, NEGATIONS
from mahdar.arabic.words import FORMS, Word
from mahdar.lexicon.model import Act, Lexicon
from mahdar.reading.clauses import Clause
from mahdar.reading.document import Document, Sentence
from mahdar.reading.features import IN_WORDS, UNSEEN, act_names, tone_names
from mahdar.reading.mentions import Mention
from mahdar.reading.proposals import DISPUTED, Proposal, Slot
from mahdar.reading.reference import Cast
from mahdar.reading.relations import Relations
from mahdar.reading.statements import Spoken
from mahdar.reading.triggers import Trigger
from mahdar.reading.weights import Classes, Remembered

# A stretch of speech is taken for an act of a type where the model gives it more than about one chance in twelve: the choice comes later.
GATE = -2.4
TYPES = ("ACCUSE", "REJECT", "REQUEST", "SUPPORT", "THREATEN")
_STEPS = 2.0  # half a point of score is one step of the feature that carries it on
_SHORTEST = 3
_DIRECT = frozenset(("subj", "lightsubj", "gen", "agent", "adj", "obj"))


class Target(NamedTuple):
    """Somebody named inside a stretch of speech: the mention, its kind, how it stands there, and what else is known of it."""

    mention: Mention
    who: str
    relation: str
    names: tuple[str, ...]


@dataclass(slots=True, eq=False)
class Tone:
    """One stretch of reported speech inside one sentence: tokens ``[first, last)``, what its words are, and the score of each type."""

    spoken: Spoken
    first: int
    last: int
    features: dict[str, float]
    scores: dict[str, float] = field(default_factory=dict)


class Stems:
    """One plain form for each word form, so that اتهامات، واتهاماتها and الاتهامات count as one; remembered."""

    __slots__ = ("_known", "_lexicon")

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._known: dict[str, str] = {}

    def of(self, word: Word) -> str:
        """The stem: of a verb its past form, of any other word its best-known form without clitics."""
        # Not remembered by form: a last ة, folded to ه, is no pronoun and gives other verbs and nouns (تولية, توليه).
        if word.verbs:
            return "v:" + self._lexicon.lemmas[word.verbs[0].reading.lemma]
        if word.nouns:
            return "n:" + self._lexicon.nouns[word.nouns[0].noun]
        known = self._known.get(word.form)
        if known is None:
            if len(self._known) >= FORMS:
                self._known.clear()
            known = self._known[word.form] = self._best(word)
        return known

    def _best(self, word: Word) -> str:
        vocabulary = self._lexicon.vocabulary
        return max(sorted(word.stems), key=lambda s: (vocabulary.get(s, 0), -len(s)))


class ToneReader:
    """Finds the stretches of reported speech and proposes the acts they may be."""

    def __init__(self, document: Document, cast: Cast, lexicon: Lexicon, models: Classes, stems: Stems, sums: Remembered) -> None:
        self.doc = document
        self.cast = cast
        self.models = models
        self.stems = stems
        self.sums = sums
        self.acts: list[Act] = [act for act in lexicon.acts if act.in_words]
        self.forms = document.tokens.form
        self.words = document.words
        self.found: list[Tone] = []

    def sentence(self, sentence: Sentence, clauses: list[Clause], spoken: Iterable[Spoken], mentions: list[Mention], proposals: list[Proposal]) -> list[Tone]:
        """The stretches of one sentence, scored; ``proposals`` are the acts its words name."""
        out: list[Tone] = []
        seen: set[tuple[int, int]] = set()
        for s in spoken:
            first, last = max(s.content[0], sentence.first), min(s.content[1], sentence.last)
            if last - first < _SHORTEST or s.speaker < 0 or (first, last) in seen or self.cast.entities[s.speaker].code is None:
                continue
            seen.add((first, last))
            tone = Tone(s, first, last, self._features(s, first, last, clauses, mentions, proposals))
            tone.scores = self.models.scores(tone.features)
            out.append(tone)
        self.found.extend(out)
        return out

    def proposals(
        self, number: int, sentence: Sentence, clauses: list[Clause], spoken: list[Spoken], mentions: list[Mention], named: list[Proposal],
        actors: list[tuple[Mention, str]], relations: Relations,
    ) -> Iterator[Proposal]:  # fmt: skip
        """The acts that the stretches of one sentence may be; ``named`` are those its words name, ``actors`` its mentions with their kind."""
        for tone in self.sentence(sentence, clauses, spoken, mentions, named):
            proposed = self.proposed(tone)
            if proposed:
                targets = list(self._targets(tone, actors, clauses, relations, named))
                for act, step in proposed:
                    yield self._proposal(tone, act, step, number, targets)

    def _targets(
        self, tone: Tone, actors: list[tuple[Mention, str]], clauses: list[Clause], relations: Relations, named: list[Proposal]
    ) -> Iterator[Target]:
        """Those named inside a stretch of speech, each with how it stands there: doer of its clauses, governed noun, doer of a deed told in it."""
        own = self.cast.entities[tone.spoken.speaker].code
        subjects: dict[int, int] = {}
        for c in clauses:
            if tone.first <= c.at < tone.last and c.subject.mention is not None:
                subjects.setdefault(c.subject.mention.first, len(subjects))
        deeds = [p for p in named if tone.first <= p.trigger.at < tone.last]
        order = 0
        for m, who in actors:
            if not tone.first <= m.first < tone.last or m.sort == "own" or m.entity >= 0 and self.cast.entities[m.entity].code == own:
                continue
            governor = relations.governors[m.first]
            place = subjects.get(m.first)
            relation = f"said:{governor.kind}:{governor.prep}" if place is None else "said:subj" if place else "said:subj first"
            names = [f"order={min(3, order)}", *(["heads"] if m.first - tone.first < 3 else [])]
            for p in deeds:
                slot = next((s for s in p.sources if s.mention is m), None)
                if slot is not None and slot.relation in _DIRECT:
                    names.append(f"deed={p.trigger.act.type} {slot.relation}")
            yield Target(m, who, relation, tuple(dict.fromkeys(names)))
            order += 1

    def _proposal(self, tone: Tone, act: Act, step: str, number: int, targets: list[Target]) -> Proposal:
        """The proposal that a stretch of speech is itself an act of its speaker."""
        sums = self.sums
        slots: list[Slot] = []
        for m, who, relation, names in targets:
            if act.type == "REJECT" and relation.endswith(DISPUTED):
                continue
            distance = min(1.0, (m.first - tone.first) / 20.0)
            keys = (("words", act.type, relation, who), (act.id, relation), (names, m.sort, m.vague))
            frame, row, words = sums.frames[keys[0]], sums.row(act.id, relation), sums.words[keys[2]]
            as_source, as_target = frame.source + row.source + words.source, frame.target + row.target + words.target
            slots.append(Slot(m.entity, m, relation, IN_WORDS, keys, as_source, as_target, m.codes, distance))
        speaker = self.cast.entities[tone.spoken.speaker]
        said = (("words", act.type, "speaker:words", False), (act.id, "speaker:words"))
        implied, own = sums.implied[said[0]], sums.row(act.id, "speaker:words")
        doer = Slot(tone.spoken.speaker, None, "speaker:words", UNSEEN, said, implied.source + own.source, implied.target + own.target, speaker.codes)
        act_key, tone_key = ("words", act.type, act.id, "actual", "in", False), (act.type, step, speaker.kind)
        weighs = sums.acts[act_key] + sums.tones[tone_key]
        trigger = Trigger(tone.first, tone.last, "words", act, None)
        return Proposal(trigger, number, [*slots, doer], slots, "actual", (act_names, tone_names), (act_key, tone_key), weighs, spoken=tone.spoken)

    def proposed(self, tone: Tone) -> list[tuple[Act, str]]:
        """The acts a stretch may be, each with the step its score falls on."""
        return [(act, str(int(min(3.0, tone.scores[act.type]) * _STEPS // 1))) for act in self.acts if tone.scores.get(act.type, -9.0) > GATE]

    def _features(self, s: Spoken, first: int, last: int, clauses: list[Clause], mentions: list[Mention], proposals: list[Proposal]) -> dict[str, float]:
        names: set[str] = {"bias", f"cue={s.rule}", f"mode={s.mode}"}
        inside = [m for m in mentions if first <= m.first < last and m.entity >= 0]
        named = {i for m in inside for i in range(m.first, m.last)}
        before, negated = "", 0
        for i in range(first, last):
            word = self.words[i]
            if word is None:
                continue
            if word.form in NEGATIONS:
                negated = 3
                continue
            negated -= 1
            if i in named or word.function:
                before = ""
                continue
            stem = self.stems.of(word)
            names.add(f"w={stem}")
            if negated > 0:
                names.add(f"not w={stem}")
            if before:
                names.add(f"w={before} {stem}")
            before = stem
        own = self.cast.entities[s.speaker].code
        others = {code for m in inside if (code := self.cast.entities[m.entity].code) is not None and code not in (own, "MEDIA")}
        names.add(f"others={min(3, len(others))}")
        for p in proposals:
            if first <= p.trigger.at < last and p.trigger.kind != "words":
                names.add(f"deed={p.trigger.act.type}")
                names.add(f"deed={p.trigger.act.type} {p.status}")
            elif s.cue[0] <= p.trigger.at < s.cue[1]:
                names.add(f"cue is={p.trigger.act.type}")
        self._clause_features(names, own, first, last, clauses)
        return dict.fromkeys(sorted(names), 1.0)

    def _clause_features(self, names: set[str], own: str | None, first: int, last: int, clauses: list[Clause]) -> None:
        for c in clauses:
            if not first <= c.at < last:
                continue
            who = self.cast.entities[c.subject.entity].code if c.subject.entity >= 0 else None
            side = "none" if who is None else "own" if who == own else "other"
            stem = self.words[c.at]
            if stem is not None:
                names.add(f"{side} w={self.stems.of(stem)}")
            names.add(f"subject={side}")
            if c.verb.reading.person == 1:
                names.add("we")
            if c.future:
                names.add(f"future {side}")
        names.add(f"opens={self.forms[first] if self.forms[first] in AN_FORMS or self.forms[first] in NEGATIONS else ''}")
