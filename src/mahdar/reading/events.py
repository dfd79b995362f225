"""Proposing events: which words may be acts, who stands in their slots, with what status.

Rules propose generously; :mod:`mahdar.reading.choose` decides among the proposals with weights over the features collected here.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable
from typing import TYPE_CHECKING

from mahdar.arabic.particles import AN_FORMS, PREPOSITIONS, RELATIVES, TOPIC_PRONOUNS
from mahdar.arabic.tokens import NUMBER
from mahdar.lexicon.model import FUTURE, Lexicon
from mahdar.reading.clauses import Clause
from mahdar.reading.crowds import Crowds
from mahdar.reading.document import Document, Sentence
from mahdar.reading.features import IMPLIED, MENTIONED, NO_TIES, UNSEEN, Key, act_names, context_names, crossing, neighbour_names
from mahdar.reading.finite import word_ahead
from mahdar.reading.marks import marks_of, status_of
from mahdar.reading.mentions import Mention
from mahdar.reading.parties import circumstance, falls_on, last_meant, means, told_in_full, venue, without_adjuncts, without_onlookers, without_sponsors, without_topics
from mahdar.reading.pronouns import behind, object_meant, taken_up
from mahdar.reading.proposals import Proposal, Slot
from mahdar.reading.reference import Cast
from mahdar.reading.relations import COUNTED, Governor, Relations
from mahdar.reading.statements import Spoken
from mahdar.reading.triggers import Trigger, TriggerFinder
from mahdar.reading.voice import undergone
from mahdar.reading.weights import Remembered

if TYPE_CHECKING:
    from mahdar.reading.tone import ToneReader

_CAST = 16  # those nearest to an act who may have a part in it; more stand in no sentence but lists
_ACTOR_SORTS = frozenset(
    ("name", "short", "role", "counterpart", "unlisted", "state", "capital", "seat", "body", "media", "institution", "described", "people", "weak", "adjective", "pair", "own", "weakshort", "place")  # noqa: E501
)
_OURS = ("نا", "ني", "ي", "ك", "كم")
_UNDERGOES = ("objpron", "pp", "poss", "subj alone", "protasis")  # relations of those not named at the act who may undergo it
# Verbs whose subject gets the act that their object names (تلقت دعوة), and verbs that answer it (رفضت طلب موسكو).
_RECEIVES = frozenset("تلقى واجه تسلم نال لقي حظي تعرض خضع".split())
_ANSWERS = frozenset("رفض قبل رحب لبى تجاهل وافق استجاب نفى ندد انتقد استنكر شجب أدان دان رد".split())
# Verbs whose own subject does what their ب names: هدد أنقرة بقطع الغاز.
_PROMISES = frozenset("هدد توعد وعد تعهد لوح أنذر طمأن".split())
# Verbs that take what somebody did for a fact: شكر عمّان على تسليم المطلوبين (whereas حث and اتهم only ask for it or allege it).
_FOR_A_FACT = frozenset("شكر هنأ حيا كافأ عاقب عاتب لام وبخ".split())
# Types whose verbs, with nobody behind them but their subject, are mostly passives: قتل صحفي في غارة.
_FORCE = frozenset(("ASSAULT", "COERCE"))
_VISITED = frozenset(("state", "capital", "seat", "place"))
_COMMAS = frozenset(("،", ",", ":", "؛"))
_IN = ("prep", "في")  # a capital behind it is where they meet, no party
_SENT = frozenset("وفدي وفود وفد موفدي مبعوثي ممثلي مندوبي مسوولي زعيمي زعماء رييسي وزيري وزراء خبراء دبلوماسيي ديبلوماسيي قاده جيشي حكومتي".split())
_LANDS = frozenset(("state", "capital", "seat", "adjective", "place", "pair", "own"))  # no doers of a protest by themselves
_PARTNERS = frozenset(("CONSULT", "AGREE", "COOPERATE"))
_GATHERS = frozenset(("CONSULT", "AGREE"))
# Nouns whose owner does what the noun behind him names: قرار ترامب الانسحاب، محاولة طهران تخصيب اليورانيوم.
_RESOLVES = frozenset("قرار اعلان عزم نيه اعتزام محاوله محاولات سعي مساعي خطه خطط استعداد مواصله استمرار اصرار".split())
_UPON = frozenset(("علي", "بعد", "اثر", "عقب", "تحت"))  # behind these a request comes from whoever من brings: بناء على رجاء من القاهرة
_MET, _DOES = frozenset(("مع", "ب")), frozenset(("قيام",))  # the second with ب in front of that noun: قيام المتمردين بالاستيلاء على مدينة
_DONE_BY = ("agent", "by:", "mainsubj", "carrier", "adj")
_NEVER, _NEXT, _FAR = 9.0, 2, 12  # the first: more than any features weigh
_HELD_BY = ("gen", "gen2")  # relations of those a noun says hold the meeting or the talks
_DOING = ("subj", "lightsubj", "gen", "carrier", "agent", "topic")
# Types of which a party may be named by a place alone.
_GROUND = frozenset(("ASSAULT", "COERCE", "AID", "MOBILIZE", "RETREAT", "PROTEST", "CONCEDE"))
_ACT = (act_names, context_names, neighbour_names, neighbour_names, neighbour_names)  # what the keys of an act are of
_CARRIED = ("chain", "implicit")  # how a verb has its subject that only the verbs before it name
_WHILE = frozenset(("فيما", "بينما", "حين"))  # they join a clause that tells of another doer


def _acts(slot: Slot) -> bool:
    """Is it people or a body that stands where the doer does?"""
    return slot.mention is not None and slot.mention.sort not in _LANDS and slot.relation.startswith(_DOING)


def _position(slot: Slot) -> int:
    return slot.mention.first if slot.mention is not None else -1


class EventReader:
    """Proposes the events of a document's sentences."""

    def __init__(self, document: Document, cast: Cast, lexicon: Lexicon, tones: ToneReader, sums: Remembered) -> None:
        self.doc = document
        self.cast = cast
        self.lexicon = lexicon
        self.tones = tones
        self.sums = sums
        self.triggers = TriggerFinder(document, cast, lexicon)
        self.crowds = Crowds(document, cast)
        self.forms = document.tokens.form
        self.kinds = document.tokens.kind
        self.words = document.words
        self._heads: dict[int, tuple[str, int]] = {}  # of each mention, and the token it stands at
        self._busy: dict[int, Clause] = {}
        self._ground: list[tuple[Mention, str]] | None = None
        self._meetings: set[int] = set()  # where the sentence names one by a noun
        self._meanwhile: list[int] = []  # where participles say what else somebody does

    def sentence(self, number: int, sentence: Sentence, mentions: list[Mention], clauses: list[Clause], spoken: list[Spoken]) -> list[Proposal]:
        """All proposals of one sentence, left to right."""
        triggers = self.triggers.sentence(sentence, mentions, clauses)
        if not triggers and not spoken:
            return []
        relations = Relations(self.doc, sentence, mentions, clauses)
        self._meanwhile = [t.at for t in triggers if t.kind == "participle" and circumstance(t, self.doc)]
        self._ground = None
        self._meetings = {t.at for t in triggers if t.act.type == "CONSULT" and t.kind == "noun"}
        self._heads.clear()
        self._busy = {c.subject.mention.first: c for c in clauses if c.subject.mention is not None}
        actors = [(m, self._who(m)) for m in mentions if m.sort in _ACTOR_SORTS and (m.entity >= 0 or m.sort in ("pair", "own"))]
        out: list[Proposal] = []
        for trigger in triggers:
            proposal = self._propose(trigger, number, sentence, actors, clauses, spoken, relations)
            if proposal is not None:
                out.append(proposal)
        return [*out, *self.tones.proposals(number, sentence, clauses, spoken, mentions, out, actors, relations)]

    def _carrier(self, t: Trigger, clauses: list[Clause]) -> Clause | None:
        """زيارة قام بها الوزير، الاتهامات التي وجهتها موسكو: the verb right behind a noun that takes it up in a pronoun."""
        for c in clauses:
            if t.last <= c.at:
                taken_up = c.verb.pronoun in ("ه", "ها") or not c.verb.pronoun and self.forms[c.at + 1 : c.at + 2] in (["بها"], ["به"])
                near = c.at - t.last <= 4 and not any(f in ("،", ",", '"') or f in AN_FORMS for f in self.forms[t.last : c.at])
                return c if taken_up and near and (c.antecedent is None or c.antecedent.last <= t.at) else None
        return None

    def _standing(self, t: Trigger, sentence: Sentence) -> str:
        """How the act's word stands in its clause: a verb in a main, joined or subordinate clause; a noun behind what, and past what.

        The subject of the verb in front does what is its object (أجرى مباحثات), not what stands behind أن (قال إن زيارة الملك).
        """
        clause = t.clause
        front = self.forms[t.at - 1] if t.at > sentence.first else "^"
        if t.verbal:
            if clause is None or clause.relative:
                return "-" if clause is None else "rel"
            return ("و" if clause.verb.conj else "") + ("^" if front == "^" else "an" if clause.after_an else "to" if clause.verb.purpose else "")
        how = self._behind_what(t, front, sentence)
        if clause is not None:
            between = self.forms[clause.at : t.at]
            how += " an" if any(f in AN_FORMS for f in between) else " ،" if any(f in _COMMAS for f in between) else ""
        return how

    def _behind_what(self, t: Trigger, front: str, sentence: Sentence) -> str:
        """What a noun stands behind: a preposition, أن, a comma, the verb or its subject ("obj"), or another noun ("of")."""
        if t.prep or front in PREPOSITIONS:
            return t.prep or front
        if front == "^" or front in AN_FORMS or front in _COMMAS:
            return front if front == "^" else "an" if front in AN_FORMS else "،"
        if t.clause is not None and t.at == max(t.clause.after, t.clause.at + 1):
            return "obj"
        noun, before = self.words[t.at - 1], self.forms[t.at - 2] if t.at - 1 > sentence.first else "^"
        return "of " + (noun.prep if noun is not None and noun.prep else before if before in PREPOSITIONS else "")

    # -- slots -----------------------------------------------------------------------------------------------------------------

    def _propose(self, t: Trigger, number: int, sentence: Sentence, actors: list[tuple[Mention, str]], clauses: list[Clause], spoken: list[Spoken], relations: Relations) -> Proposal | None:  # noqa: E501
        if len(actors) > _CAST:
            here = bisect_left(actors, t.at, key=lambda actor: actor[0].first)
            actors = actors[max(0, here - _CAST // 2) : here + _CAST // 2]
        if t.kind in ("noun", "phrase"):
            t.carrier = self._carrier(t, clauses)
            if t.clause is None:
                t.ahead = next((c for c in clauses if c.at >= t.last and c is not t.carrier and not c.relative), None)
        t.decider = self._decider(t, actors, relations) if t.kind == "noun" and t.prep in ("", "ب") else None
        t.stand = self._standing(t, sentence)
        t.controlled = not t.verbal and t.clause is not None and any(
            m.last <= t.at and self._controls(t, m, t.clause, relations.governors[m.first]) for m, _ in actors
        )  # fmt: skip
        t.reason = t.controlled and t.clause is not None and self._for_a_fact(t.clause)
        said = next((s for s in spoken if s.content[0] <= t.at < s.content[1]), None)
        cue_of = next((s for s in spoken if s.cue[0] <= t.at < s.cue[1]), None)
        if t.act.type in _GROUND:
            actors = [*actors, *((m, who) for m, who in self._places(sentence, actors, relations) if falls_on(t.act.type, relations.governors[m.first]))]
        marks = marks_of(t, sentence, self.doc)
        status = status_of(t, marks)
        if t.act.negated:
            # نفت أن تكون قد وافقت: what another verb denies was no refusal
            if status != "denied" or t.verbal and "negated" not in marks or t.act.negated == FUTURE and not (t.verbal and t.clause is not None and t.clause.future):
                return None
            status = t.act.status or "actual"
        at = t.at
        if t.act.type == "CONSULT":
            actors = [(m, who) for m, who in actors if m.sort != "capital" or relations.governors[m.first][:2] != _IN]
        own = self.cast.entities[said.speaker].code if said is not None and said.speaker >= 0 else None
        if t.act.mutual or t.act.type == "SUPPORT":  # elsewhere what is gained in events is lost in actors
            stop = self._end(t, clauses, relations)
            actors = [(m, who) for m, who in actors if m.first < stop]
        stop = next((i for i in self._meanwhile if i > t.at), len(self.forms))
        actors = [(m, who) for m, who in actors if m.first < stop]
        slots = [self._slot(t, m, who, relations, own) for m, who in actors if at < m.first or m.last <= at or m.first == at]
        if t.act.type in _GATHERS and t.act.mode != "visit":
            slots = [s for s in slots if s.relation != "gen" or s.mention is None or not venue(t, s.mention)]
        if t.act.mutual and self._told_of(t) and any(s.relation in _HELD_BY and (s.mention is None or s.mention.sort != "counterpart") for s in slots):
            slots = [s for s in slots if not s.relation.startswith("lightsubj")]
        if t.act.mutual:
            front = "" if t.verbal or t.clause is None else self.lexicon.lemmas[t.clause.verb.reading.lemma]
            slots = without_onlookers(told_in_full(without_sponsors(slots, t, relations), t, self.cast), front)
        slots = without_topics(without_adjuncts(slots, t.act.type), t, relations)
        if t.act.type == "THREATEN":
            slots = [s for s in slots if not (s.relation.startswith(("prep:", "of:")) and s.mention is not None and relations.in_condition(t.last, s.mention))]
        if t.act.type in _PARTNERS:
            slots = [s for s in slots if not (s.relation.endswith("مع") and s.mention is not None and relations.bordering(s.mention))]
        if t.clause is not None and t.verbal and self._then(t.clause):
            slots = [s for s in slots if not s.relation.startswith("before:")]
        crowd = self.crowds.subject(t) if t.act.type == "PROTEST" else None
        if crowd is not None:
            slots.append(self._slot(t, crowd, "people", relations, own, "subj" if t.kind == "verb" else "lightsubj"))
            slots.sort(key=_position)
        implied = self._implied(t, said, cue_of, clauses)
        if t.act.type == "PROTEST" and slots and not t.pronoun and not any(_acts(s) for s in slots):
            implied += self._crowd(t)
        targets = [*slots, *(s for s in implied if s.relation.startswith(_UNDERGOES))]  # the sources begin with these
        sources = [*targets, *(s for s in implied if not s.relation.startswith(_UNDERGOES))]
        told = "cue" if cue_of is not None else "in" if said is not None else "no"
        act = (t.kind, t.act.type, t.act.id, status, told, bool(t.act.with_words or t.act.with_phrases))
        context, neighbours = self._context(t, marks, sentence), self._neighbours(t, sentence)
        weighs = self.sums.acts[act] + self.sums.contexts[context]
        for neighbour in neighbours:
            weighs += self.sums.neighbours[neighbour]
        stems = word.stems if (word := self.words[at]) is not None else frozenset()
        return Proposal(t, number, sources, targets, status, _ACT, (act, context, *neighbours), weighs, spoken=said or cue_of, stems=stems)

    def _end(self, t: Trigger, clauses: list[Clause], relations: Relations) -> int:
        """Where another clause joined to the one of the act begins, whose parties are its own: اجتمع الوزيران في برلين، فيما زار نظيرهما فيينا."""
        own = (t.clause, t.carrier, t.ahead)
        others = (c for c in clauses if c.at >= t.last and not c.relative and c not in own)
        joined = (c.at for c in others if c.at > t.last and (c.verb.conj or self.forms[c.at - 1] in _WHILE) or t.act.mutual and relations.describes(c))
        return next(joined, len(self.forms))

    def _then(self, clause: Clause) -> bool:
        """Does the verb say what the doer of the main clause does next? استقبله السيسي، على أن يزور بعدها أوغندا"""
        return clause.subject.how == "chain" and clause.at > 1 and self.forms[clause.at - 1] == "ان" and self.forms[clause.at - 2] == "علي"

    def _places(self, sentence: Sentence, actors: list[tuple[Mention, str]], relations: Relations) -> list[tuple[Mention, str]]:
        """Places that an act of force or aid may fall on (قصفت الطائرات حلب): they stand for their state, as a last resort."""
        if self._ground is None:
            taken = {i for m, _ in actors for i in range(m.first, m.last)}
            self._ground = []
            for i in range(sentence.first, sentence.last):
                match = self.cast.finder.match(i) if i not in taken else None
                entry = self.cast.finder.entry(match, "place")
                if match is None or entry is None or not entry.code or len(entry.code) != 3:
                    continue
                place = Mention(i, match.last, "state", "place", entry.code, prefix=match.prefix, gender="f", entity=self.cast.state(entry.code, (i, match.last)))
                relations.governors[i] = relations.governor(place)
                self._ground.append((place, "place"))
        return self._ground

    def _crowd(self, t: Trigger) -> list[Slot]:
        """The protesters, where a protest in some land is told and nobody is named who makes it (تجددت الاحتجاجات في البصرة)."""
        entity = self.crowds.protesters(t)
        if entity < 0:
            return []
        keys = ((t.kind, t.act.type, "crowd", False), (t.act.id, "crowd"))
        implied, row = self.sums.implied[keys[0]], self.sums.rows[keys[1]]
        return [Slot(entity, None, "crowd", UNSEEN, keys, (implied[0] + row[0], implied[1] + row[1]), self.cast.entities[entity].codes)]

    def _slot(self, t: Trigger, m: Mention, who: str, relations: Relations, own: str | None, relation: str = "") -> Slot:
        governor = relations.governors.get(m.first) or relations.governor(m)
        relation = relation or self._relation(t, m, governor, relations)
        words, verbs, marks, others = relations.between(t.at, m)
        act = t.act
        after = m.first > t.at
        near = 0 if words == 0 else 1 if words < 3 else 2 if words < 8 else 3
        rank = min(2, act.target.index(governor.prep)) if governor.prep and governor.prep in act.target else -1
        framed = governor.prep and governor.prep in act.source or "owner" in act.source and governor.kind == "of"
        frame = "frame source" if framed else "frame target" if "subj" in act.target and relation == "subj" else ""
        locative = m.sort in ("capital", "state") and governor.prep == "في"
        crossed = crossing(after, verbs, marks)
        head, head_at = self._head(m, governor)
        keys = (
            (t.kind, act.type, relation, who),
            (act.id, relation),
            (relation, crossed, t.stand),
            (act.type, "" if t.at <= head_at < t.last else head),
            self._ties(t, m, relation, after, own),
            (relation, after, others if others < 3 else 3, near, m.sort, locative, rank, governor.kind if rank >= 0 else "", governor.joined, m.vague, frame),
        )
        source, target = self._weighs(keys)
        if t.kind == "participle" and after and not relation.startswith(_DONE_BY):
            source -= _NEVER  # مناشدة إسرائيل، مطالبا بإدانة الحوثيين: who does it stands in front
        return Slot(m.entity, m, relation, MENTIONED, keys, (source, target), m.codes, words / 20.0 if words < 20 else 1.0, governor.joined, crossed, t.stand, bool(framed))

    def _weighs(self, keys: tuple[Key, Key, Key, Key, Key, Key]) -> tuple[float, float]:
        """What the features of a party named weigh for the source and for the target."""
        sums = self.sums
        frame, row, path = sums.frames[keys[0]], sums.rows[keys[1]], sums.paths[keys[2]]
        head, slot = sums.heads[keys[3]], sums.slots[keys[5]]
        source, target = frame[0] + row[0] + path[0] + head[0] + slot[0], frame[1] + row[1] + path[1] + head[1] + slot[1]
        if not keys[4]:
            return source, target
        tie = sums.ties[keys[4]]
        return source + tie[0], target + tie[1]

    def _ties(self, t: Trigger, m: Mention, relation: str, after: bool, own: str | None) -> Key:
        """What ties a mention to something else than the act: another verb, the speaker's own side (``own``), a quotation."""
        verb = self._busy.get(m.first)
        busy = verb is not None and verb is not t.clause and verb is not t.carrier and verb is not t.ahead
        here, there = self.doc.quote_of[t.at], self.doc.quote_of[m.first]
        quoted = 0 if here == there else 1 if here < 0 else 2
        mine = own is not None and m.entity >= 0 and self.cast.entities[m.entity].code == own
        return (t.act.type, relation, after, busy, mine, quoted) if busy or mine or quoted else NO_TIES

    def _head(self, m: Mention, g: Governor) -> tuple[str, int]:
        """The noun a mention belongs to (الاتفاق النووي الإيراني speaks of a deal, الموقف الإيراني of Iran), or on which the preposition in front
        of it hangs (العلاقات مع تركيا, قرار ضد روسيا), and where it stands."""
        found = self._heads.get(m.first)
        if found is None:
            at = g.head if g.kind != "prep" else self._host(m, g)
            word = self.words[at] if at >= 0 else None
            stem = self.tones.stems.of(word) if word is not None and (g.kind != "prep" or not word.function and not word.verbs) else ""
            found = self._heads[m.first] = (stem and (stem if g.kind != "prep" else f"{stem} {g.prep}"), at)
        return found

    def _host(self, m: Mention, g: Governor) -> int:
        """The noun right in front of a preposition, past one adjective of its own."""
        at = m.first - 1
        if not m.prefix.lstrip("وف"):
            while at > 0 and self.forms[at].lstrip("وف") != g.prep:
                at -= 1
            at -= 1
        if at > 0 and self.forms[at].startswith("ال") and self.forms[at - 1].lstrip("وبلف").startswith("ال"):
            at -= 1
        return at

    def _who(self, m: Mention) -> str:
        """The kind of party a mention is, coarsely: a person, a state by name, an organ, a body, a nationality …"""
        if m.kind == "person":
            return "person" if m.number == "s" else "persons"
        return m.sort if m.sort in ("adjective", "pair", "own", "people", "media", "place") else "state" if m.kind == "state" else "body"

    def _relation(self, t: Trigger, m: Mention, g: Governor, relations: Relations) -> str:
        """One label for how ``m`` stands to the act; the frame's own slots are told apart from chance prepositions."""
        act = t.act
        after = m.first > t.at
        clause = t.clause
        if m.first == t.at:
            return "adj"
        if t.decider is not None:
            if t.decider is m:
                return "lightsubj"
            if clause is not None and clause.subject.mention is m:
                return "before:bare"
        if g.kind == "prep" and g.prep == "من" and act.type == "REQUEST" and self._asks_from(t, m):
            return "by:من"
        if after and t.kind == "noun" and act.mode == "visit" and g.kind == "prep" and g.prep == "ل" and m.kind == "person" and m.first - t.last <= _NEXT:
            return "gen"  # زيارة مرتقبة للرئيس التركي إلى بغداد: the visitor; what is visited is a place
        if clause is not None and clause.subject.mention is m and (t.verbal or clause.at < t.at):
            if not t.verbal:
                return "prep:في" if self._scene(clause, m) else self._light(t, clause)
            if "obj" in act.target and undergone(clause, relations):
                return "obj"
            return "subj alone" if act.type in _FORCE and "obj" in act.target and self._alone(clause) else "subj"
        if clause is not None and t.verbal and clause.antecedent is m and clause.verb.pronoun:
            return "relobj"
        if clause is not None and clause.head >= 0 and clause.head != t.at and not clause.head < t.at < m.first and self._part_of_subject(clause, m, g):
            if t.verbal and clause.passive and "obj" in act.target:
                return "objof"
            return ("subjof" if t.verbal else "lightsubjof") + ("?" if clause.other >= 0 else "")
        if clause is not None and not t.verbal and not after and self._controls(t, m, clause, g):
            return "carrier" if self._for_a_fact(clause) else f"controls {t.prep or self.forms[t.at - 1]}"
        if not after:
            if clause is not None and not t.verbal and m.first < t.at and self._coordinate_subject(clause, m, relations):
                return self._light(t, clause)
            if clause is not None and t.verbal and self._coordinate_subject(clause, m, relations):
                return "subj"
            if t.kind == "participle" and self._predicated(t, m, g):
                return "topic"
            return "before:" + (g.kind if g.kind != "prep" else g.prep)
        if t.verbal and clause is not None and self._coordinate_subject(clause, m, relations):
            return "subj"
        if t.carrier is not None and (t.carrier.subject.mention is m or self._coordinate_subject(t.carrier, m, relations)):
            return "carrier"
        direct = m.first == t.last or m.first <= t.last + 2 and all(self.forms[i] in COUNTED or self.kinds[i] == NUMBER for i in range(t.last, m.first))
        if not t.verbal and (direct or g.joined and g.kind == "of" and g.head == t.at) and not m.prefix.lstrip("وف"):
            # مطالبتها واشنطن: the pronoun is the noun's genitive, so what follows is its object; so is whatever place is visited (زيارة مصر)
            undergoes = t.kind == "noun" and (t.pronoun or act.mode == "visit" and m.sort in _VISITED)
            if t.kind == "noun" and not undergoes and "obj" in act.target and relations.object_behind(m):
                return "agent"
            return "adj" if m.sort == "adjective" else "obj" if undergoes else "gen"
        if not t.verbal and g.kind == "of" and g.head == t.at:
            return "adj" if m.sort == "adjective" else "gen2"
        if g.prep == "agent":
            return "agent"
        if g.prep and g.prep in act.source and g.prep not in act.target:
            return "agent" if g.kind == "of" else "by:" + g.prep  # مقتل جندي بنيران الجيش: by whom, in the row's own way of saying it
        if t.ahead is not None and (t.ahead.subject.mention is m or self._coordinate_subject(t.ahead, m, relations)):
            return "mainsubj"
        if g.kind in ("prep", "of") and g.prep:
            wanted = g.prep in act.target or act.type == "REJECT" and g.prep in _MET and self._refused(t, m, g, relations)
            if g.kind == "prep":
                return f"frame:{g.prep}" if wanted else f"prep:{g.prep}"
            if wanted and g.prep == "بين" and act.mutual and g.head >= 0 and self.forms[g.head].removeprefix("بين") in _SENT:
                return "frame:بين"  # بين موفدي جورجيا وروسيا
            return "frameof" if wanted else f"of:{g.prep}"
        if g.kind == "of":
            if "obj" not in act.target and "owner" not in act.target:
                return "of"
            return "objof deep" if t.verbal and relations.in_object(m) else "objof"
        return "obj" if "obj" in act.target else "bare"

    def _refused(self, t: Trigger, m: Mention, g: Governor, relations: Relations) -> bool:
        """Is he the one whom the doer will not meet (رفض التفاوض مع واشنطن، الاجتماع بنظيره)?"""
        noun = self._host(m, g)
        if noun not in self._meetings or noun < t.last or any(self.forms[j] in PREPOSITIONS for j in range(t.last, noun)):
            return False
        return relations.between(t.at, m)[1] == 0

    def _asks_from(self, t: Trigger, m: Mention) -> bool:
        """بناء على رجاء من القاهرة، بعد دعوة من بكين: does the request come from whoever من brings right behind it?"""
        if t.kind != "noun" or t.definite or t.pronoun or m.first - (not m.prefix.lstrip("وف")) != t.last:
            return False
        return t.prep == "ب" or self.forms[t.at - 1] in _UPON

    def _decider(self, t: Trigger, actors: list[tuple[Mention, str]], relations: Relations) -> Mention | None:
        """قرار ترامب الانسحاب: whoever resolves on what the noun right behind him names, or goes on doing it."""
        for m, _ in actors:
            if m.last == t.at and m.sort != "adjective":
                g = relations.governors[m.first]
                head = self.words[g.head] if g.kind == "of" and g.head >= 0 else None
                return m if head is not None and not (_DOES if t.prep else _RESOLVES).isdisjoint(head.stems) else None
        return None

    def _light(self, t: Trigger, clause: Clause) -> str:
        """How the subject of the verb in front stands to the act a noun names: it does it, gets it (تلقى), answers it (رفض) or speaks of
        what the verb's object does (شكر عمّان على تسليم الأسرى)."""
        front = self.words[t.at - 1]
        near = t.at - max(clause.after, clause.at + 1) <= 3 or t.at - clause.at <= _FAR and "ب" in (t.prep, front.prep if front is not None else "")
        if t.kind == "noun" and near and not any(f in ("،", ",") for f in self.forms[clause.at : t.at]):
            lemma = self.lexicon.lemmas[clause.verb.reading.lemma]
            if lemma in _RECEIVES or lemma in _ANSWERS and not (t.act.mutual and lemma == "نفى"):
                return "lightsubj gets" if lemma in _RECEIVES else "lightsubj answers"
        return "lightsubj over" if t.controlled else "lightsubj"

    def _scene(self, clause: Clause, m: Mention) -> bool:
        """شهدت بغداد تفجيرات: the land or city is only where it happened."""
        return m.sort in _LANDS and self.lexicon.lemmas[clause.verb.reading.lemma] == "شهد"

    def _alone(self, clause: Clause) -> bool:
        """No object follows the verb and its subject."""
        i = clause.subject.mention.last if clause.subject.mention is not None and clause.subject.how == "post" else clause.at + 1
        if clause.verb.pronoun or i >= len(self.forms):
            return False
        word = self.words[i]
        return word is None or word.function or bool(word.prep) or word.form.startswith("و")

    def _for_a_fact(self, clause: Clause) -> bool:
        return self.lexicon.lemmas[clause.verb.reading.lemma] in _FOR_A_FACT

    def _told_of(self, t: Trigger) -> bool:
        """أكد الوزير تطابق مواقف الجزائر مع تونس: is the act what a verb of saying tells, so that its subject only speaks?"""
        return not t.verbal and t.stand == "obj" and t.clause is not None and any(v.reading.lemma in self.lexicon.cues_by_lemma for v in t.clause.readings)

    def _controls(self, t: Trigger, m: Mention, clause: Clause, g: Governor) -> bool:
        """شكر عمّان على تسليم …، اتهم أنقرة بدعم …، حث موسكو على وقف …: the verb's object is who does what its على or ب names."""
        if g.kind != "bare" or g.joined or m.first < max(clause.after, clause.at + 1) or self.lexicon.lemmas[clause.verb.reading.lemma] in _PROMISES:
            return False
        front = t.prep or self.forms[t.at - 1]
        if front == "عدم":
            front = "علي" if m.last == t.at - 1 else self.forms[t.at - 2]  # ناشد ترامب عدم الانسحاب
        return front in ("ب", "علي", "الي") and t.at - m.last <= 4 and not any(f in ("،", ",") or f in AN_FORMS for f in self.forms[m.last : t.at])

    def _protasis(self, t: Trigger, clauses: list[Clause]) -> int:
        """إن كانوا مستعدين فعلينا أن نرحب، إذا هاجمت إيران فسترد: who does what the condition says, where the act is what follows from it."""
        condition = next((c for c in reversed(clauses) if c.at < t.at and c is not t.clause and c.conditional), None)
        return -1 if condition is None else condition.subject.entity if condition.subject.entity >= 0 else condition.other

    def _part_of_subject(self, clause: Clause, m: Mention, g: Governor) -> bool:
        """التقى وفد من القنصلية، قضت محكمة في القاهرة: who the subject noun belongs to."""
        if not clause.head < m.first <= clause.head + 5 or clause.head < clause.at < m.first:
            return False  # at most a few words on, and in front of the verb where the noun is
        return g.kind == "of" and g.head == clause.head or g.kind == "prep" and g.prep in ("من", "في", "ل") and m.first - clause.head <= 3 or m.first == clause.head + 1

    def _predicated(self, t: Trigger, m: Mention, g: Governor) -> bool:
        """مصر حريصة على: a name that the participle is said of."""
        return g.kind == "bare" and (m.last == t.at or t.at - m.last == 1 and self.words[m.last] is not None and self.words[m.last].function)  # type: ignore[union-attr]

    @staticmethod
    def _coordinate_subject(clause: Clause, m: Mention, relations: Relations) -> bool:
        """كيري ولافروف: the second subject, joined to the first; in front of the verb (السعودية ومصر قطعتا) also those before the one next to it."""
        subject = clause.subject.mention
        if subject is None or m.first == subject.first or relations.governors[m.first].kind != "bare":
            return False
        if m.first < subject.first:
            return clause.subject.how == "pre" and relations.coordinate(m, subject)
        return relations.coordinate(subject, m)

    def _implied(self, t: Trigger, said: Spoken | None, cue_of: Spoken | None, clauses: list[Clause]) -> list[Slot]:
        """Doers the sentence does not name at the act: an implied subject, the speaker of the words, the cue's own speaker."""
        out: list[Slot] = []

        def add(entity: int, relation: str) -> None:
            if entity >= 0:
                framed = "speaker" in t.act.source and relation.startswith("speaker")
                keys = ((t.kind, t.act.type, relation, framed), (t.act.id, relation), (relation, t.stand))
                implied, row, standing = self.sums.implied[keys[0]], self.sums.rows[keys[1]], self.sums.standings[keys[2]]
                weighs = (implied[0] + row[0] + standing[0], implied[1] + row[1] + standing[1])
                out.append(Slot(entity, None, relation, IMPLIED, keys, weighs, self.cast.entities[entity].codes, stand=t.stand, framed=framed))

        clause = t.clause
        if clause is not None and clause.subject.mention is None:
            first = clause.subject.how == "first"
            if t.verbal and not first and not clause.passive:
                alone = t.act.type in _FORCE and "obj" in t.act.target and self._alone(clause)
                add(self._doer(clause, said, cue_of), f"{'subj alone' if alone else 'subj'}:{clause.subject.how}")
            elif not t.verbal and not first and t.decider is None:
                add(clause.subject.entity, f"{self._light(t, clause)}:{clause.subject.how}")
            if not first and clause.other != clause.subject.entity:
                add(clause.other, f"{'subj' if t.kind == 'verb' else 'lightsubj'}:{clause.subject.how} other")
            elif first and said is not None:
                add(said.speaker, "subj:first" if t.verbal else "lightsubj:first")
        if t.ahead is not None and t.ahead.subject.mention is None:
            add(t.ahead.subject.entity, "mainsubj:" + t.ahead.subject.how)
        if t.carrier is not None and t.carrier.subject.mention is None:
            add(t.carrier.subject.entity, "carrier:" + t.carrier.subject.how)
        if t.pronoun:
            self._pronoun_slot(t, said, cue_of, clauses, add)
        for entity, relation in (*taken_up(self.cast, self.doc, t), *behind(self.cast, self.forms, t, said)):
            add(entity, relation)
        add(self._protasis(t, clauses), "protasis")
        if cue_of is not None:
            add(cue_of.speaker, "speaker:cue")
        elif said is not None:
            add(said.speaker, "speaker")
        return out

    def _doer(self, clause: Clause, said: Spoken | None, cue_of: Spoken | None) -> int:
        """Who does what a verb without a subject says: whoever speaks, where it reports words (رأى أن النظام وضع شروطا، واتهمه ب…); in أوضح أنه
        اقترح, words that open with a pronoun, whoever says them."""
        pronoun, subject = word_ahead(self.forms, clause.at), clause.subject
        if cue_of is not None and cue_of.speaker >= 0 and subject.mention is None and subject.how in _CARRIED:
            return cue_of.speaker
        if said is None or said.speaker < 0 or subject.how != "chain" or not clause.at - 2 <= said.content[0] <= clause.at:
            return subject.entity
        if pronoun not in TOPIC_PRONOUNS or pronoun.startswith("ب"):  # اتهم أنقرة بأنها تمول: whoever is accused does it
            return subject.entity
        ending = "ها" if pronoun.endswith("ها") else "هم" if pronoun.endswith("هم") else "ه"
        return said.speaker if means(self.cast.entities[said.speaker], ending) else subject.entity

    def _pronoun_slot(self, t: Trigger, said: Spoken | None, cue_of: Spoken | None, clauses: list[Clause], add: Callable[[int, str], None]) -> None:
        """زيارته، لقائها: the owner is the subject or whoever was spoken of; دعاه: the object is somebody else; زارنا: the speaker."""
        if t.pronoun in _OURS:
            add(said.speaker if said is not None else -1, "poss first" if t.kind == "noun" else "objpron first")
            return
        subject = t.clause.subject.entity if t.clause is not None else -1
        if t.kind == "noun":
            subject = subject if subject >= 0 or t.ahead is None else t.ahead.subject.entity
            near = last_meant(self.cast, t.at, t.pronoun, -1)
            fits = subject >= 0 and means(self.cast.entities[subject], t.pronoun)
            add(subject if fits else near, "poss")
            if fits and near != subject:
                add(near, "poss near")
        else:
            add(object_meant(self.cast, t, clauses, self._doer(t.clause, None, cue_of) if t.clause is not None else -1), "objpron")

    def _context(self, t: Trigger, marks: list[str], sentence: Sentence) -> Key:
        """What stands around the act, as :func:`context_names` takes it."""
        previous = self.forms[t.at - 1] if t.at > sentence.first else "^"
        clause = t.clause if t.kind == "verb" else None
        tense, subject = (clause.verb.reading.tense, clause.subject.how) if clause is not None else ("", "")
        accusative = -1
        if t.kind == "participle":
            word = self.words[t.at]
            accusative = int(word is not None and any(p.accusative for p in word.participles))
        return (
            tuple(dict.fromkeys(marks)), previous if previous in PREPOSITIONS else "", previous in RELATIVES, t.prep, tense, subject, clause is not None and clause.relative,
            accusative, int(t.definite) if t.kind == "noun" else -1, t.kind == "noun" and bool(t.pronoun), sentence.paragraph == 0,
        )  # fmt: skip

    def _neighbours(self, t: Trigger, sentence: Sentence) -> list[tuple[str, str, str]]:
        """The words around the act: the one before, the one behind, and the verb a noun hangs on (أجرى مباحثات، ألغى زيارة)."""
        out: list[tuple[str, str, str]] = []
        type_ = t.act.type
        of = self.tones.stems.of
        before = self.words[t.at - 1] if t.at > sentence.first else None
        behind = self.words[t.last] if t.last < sentence.last else None
        if before is not None:
            out.append((type_, "before", of(before)))
        if behind is not None:
            out.append((type_, "behind", of(behind)))
        if t.kind != "verb" and t.clause is not None and t.at - t.clause.at <= 8:
            verb = self.words[t.clause.at]
            if verb is not None:
                out.append((type_, "verb", of(verb)))
        return out
