"""The clause skeleton of a sentence: finite verbs with subject, tense, polarity and what they stand in.

Arabic news is mostly verb – subject – object, with the subject in front after إنّ/أنّ, أما, كان or for emphasis, left out when it is
the one just spoken of, and held by a relative pronoun in between. The skeleton decides these by agreement and by what stands next to
what, never by distance alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from mahdar.arabic.particles import ADVERBS, AN_FORMS, AUXILIARIES, COMPLEMENTIZERS, NEGATIONS, PREPOSITION_PRONOUNS, PREPOSITIONS, QAD, RELATIVES, TOPIC_PRONOUNS
from mahdar.arabic.tokens import NUMBER, PUNCT, WORD
from mahdar.arabic.words import Verb
from mahdar.reading.document import Document, Sentence
from mahdar.reading.finite import COLLECTIVE, COMMAS, MASCULINE, FiniteVerbs, word_ahead
from mahdar.reading.mentions import Mention
from mahdar.reading.reference import Cast
from mahdar.reading.subjects import LIGHT, TO_SOMEBODY, accused_of, asked_too, author_of, each_of, latter, met_on_visit, nominative, oblique, of_kana, past_relative, topic_acts
from mahdar.reading.voice import marked

_QUANTITIES = frozenset(
    "اكثر اقل عده عدد بعض غالبيه اغلبيه معظم كل جميع كافه احد احدي الاف مئات ميات عشرات ملايين نحو حوالي ثلاثه اربعه خمسه سته سبعه ثمانيه تسعه عشره".split()
)
# What opens a clause of its own between a topic and its verb.
_SUBORDINATORS = frozenset("عندما حين حينما بعدما لما اذا لو كما بينما فيما حيث كي لكي حتي ريثما كلما اذ مما ما ان الا لانه لانها".split())
_NOMINAL = frozenset("ان وان فان بان وبان لان اما واما كان وكان كانت وكانت لكن ولكن".split())  # a nominal sentence follows
_CONTROL = frozenset(("علي", "من", "وعلي"))  # على إيران أن تختار: who stands behind them is the doer of the clause with أن
_TAKEN_UP = {"الذي": "ه", "التي": "ها", "الذين": "هم", "اللذين": "هما", "اللذان": "هما"}  # the pronoun that takes up each relative
_RELATIVE_AGREES = {"الذي": ("ms",), "التي": ("fs",), "الذين": ("mp", "ms", "cp")}  # gender and number of a verb whose subject each relative is
# يجب على, ينبغي: no subject but the clause behind them.
_IMPERSONAL = frozenset("وجب يجب انبغى ينبغي تعين يتعين تم أمكن يمكن جاز يجوز".split())
# Verbs that cannot do without an object, by what comes behind it: وحث كاميرون على has Cameron urged, by whoever was spoken of.
_NEEDS_OBJECT = {
    **dict.fromkeys("حث حض شجع حرض أجبر شكر عاقب لام كافأ عاتب".split(), ("علي",)), **dict.fromkeys("اتهم كلف أقنع ألزم وصف".split(), ("ب",)),
    **dict.fromkeys("منع حرم أعفى استثنى مكن طرد".split(), ("من",)), "هنأ": ("علي", "ب"), "حمل": ("مسووليه", "المسووليه"),
}  # fmt: skip
_WORLD, _ASKS = "OTHER:international community", frozenset("حث دعا طالب ناشد حض أهاب طلب حذر استنهض نصح".split())
_FAR, _NEAR = 40, 7


class Subject(NamedTuple):
    """Who does it: ``entity`` (-1 unknown), the mention if one is expressed, and how it was found."""

    entity: int
    mention: Mention | None
    how: str


@dataclass(slots=True, eq=False)
class Clause:
    """One finite verb at token ``at``. ``limit`` is where its own material ends at the latest."""

    at: int
    verb: Verb
    readings: tuple[Verb, ...]
    subject: Subject
    negated: bool = False
    future: bool = False
    passive: bool = False
    relative: bool = False
    conditional: bool = False
    after_an: bool = False
    noun_subject: int = -1
    head: int = -1  # the noun that is the subject, behind the verb or in front
    after: int = 0
    antecedent: Mention | None = None  # whom a relative clause describes
    other: int = -1  # who else may be the subject, where the words leave it open


class ClauseReader:
    """Finds the clauses of a document's sentences in order, carrying who was spoken of last from one to the next."""

    def __init__(self, document: Document, cast: Cast, dated: set[int]) -> None:
        self.doc = document
        self.cast = cast
        self.forms = document.tokens.form
        self.kinds = document.tokens.kind
        self.words = document.words
        self.dated = dated
        self.recent: list[int] = []
        self.finite = FiniteVerbs(document, cast, dated)

    def sentence(self, sentence: Sentence, mentions: list[Mention]) -> list[Clause]:
        """The clauses of one sentence, left to right."""
        starts = {m.first: m for m in mentions if m.sort != "adjective"}
        inside = {i for m in mentions for i in range(m.first + 1, m.last)}
        ends = {m.last: m for m in mentions if m.sort != "adjective"}
        out: list[Clause] = []
        for i in range(sentence.first, sentence.last):
            word = self.words[i]
            if word is None or not word.verbs or i in inside or i in starts:
                continue
            verbs = self.finite.readings(i, word, sentence, starts, ends, first=not out)
            if not verbs or word.nouns and out and self._object_of(out[-1], i):
                continue
            clause = self._clause(i, verbs, sentence, starts, ends, out)
            if clause is not None:
                out.append(clause)
        if len(out) > 1 and self._named_later(out[0], out[1]):
            out[0].subject = out[1].subject._replace(mention=None, how="chain")
        for clause in out:
            if self.doc.quote_of[clause.at] < 0 and not clause.relative:  # who acts inside a quotation or a relative clause is not who goes on
                self.note(clause.subject.entity)
        return out

    def _named_later(self, first: Clause, second: Clause) -> bool:
        """وفي القاهرة، حيث اجتمعوا حتى الفجر، طالب الوزراء: whoever a clause behind حيث leaves unnamed is named in the main clause."""
        if self.forms[first.at - 1] not in ("حيث", "وحيث") or first.subject.mention is not None or first.noun_subject >= 0:
            return False
        who = second.subject.mention
        if who is None or second.subject.how != "post" or second.subject.entity < 0:
            return False
        one, other = first.verb.reading, second.verb.reading
        return self.agrees(first, second.subject.entity, expressed=False) or one.number == "p" and one.gender == other.gender and who.kind != "person"

    def note(self, entity: int) -> None:
        """Remember who was just spoken of."""
        if entity >= 0:
            if entity in self.recent:
                self.recent.remove(entity)
            self.recent.append(entity)

    def _object_of(self, clause: Clause, i: int) -> bool:
        """قررت أنقرة، الثلاثاء، طرد السفير: behind a verb, its subject and an aside comes the object, no second verb."""
        subject = clause.subject.mention
        if clause.subject.how != "post" or subject is None or self.words[i].verbs[0].conj:  # type: ignore[union-attr]
            return False
        if not subject.definite or subject.role in ("source", "official"):
            return False  # قال مسؤول طلب عدم ذكر اسمه
        return all(j in self.dated or self.forms[j] in COMMAS or self.forms[j] in ADVERBS for j in range(clause.after, i)) and clause.after <= i

    # -- subject ---------------------------------------------------------------------------------------------------------------

    def _clause(self, i: int, verbs: tuple[Verb, ...], sentence: Sentence, starts: dict[int, Mention], ends: dict[int, Mention], before: list[Clause]) -> Clause | None:
        verb = self._choose(verbs)
        previous = self.forms[i - 1] if i > sentence.first else ""
        clause = Clause(i, verb, verbs, Subject(-1, None, "none"))
        pronoun = i - 1
        while pronoun > sentence.first and self.forms[pronoun] in LIGHT:
            pronoun -= 1
        if pronoun > sentence.first and self.forms[pronoun] in RELATIVES:
            clause.relative = True
            clause.antecedent = self._antecedent(pronoun, sentence, ends)
        clause.after_an = previous in AN_FORMS
        clause.conditional = self._conditional(clause, sentence)
        clause.negated = (previous in NEGATIONS and previous not in ("ما", "غير")) or previous == "ما" and verb.reading.tense == "past" and self._negative_ma(i)
        clause.future = verb.future or previous in ("سوف", "وسوف", "لن")
        clause.passive = verb.reading.voice == "passive" or marked(self.doc.raw(i, i + 1), verb)
        clause.subject = self._subject(clause, sentence, starts, ends, before)
        return clause

    def _conditional(self, clause: Clause, sentence: Sentence) -> bool:
        """إذا هاجمت إيران، إن كانوا مستعدين: what the verb says is a condition."""
        for i in range(clause.at - 1, max(clause.at - 4, sentence.first - 1), -1):
            form = self.forms[i].lstrip("وف")
            if form in ("اذا", "لو"):
                return True
            if form == "ان" and i == clause.at - 1:
                # written without its hamza it is إن where the clause opens with it and كان: "ان كانوا مستعدين"
                opens = form == self.forms[i] and (i == sentence.first or self.forms[i - 1] == '"') and self.forms[clause.at].startswith("كان")
                return clause.verb.reading.tense == "past" and (opens or "إ" in self.doc.raw(i, i + 1))
            if self.kinds[i] != WORD or form not in LIGHT:
                return False
        return False

    def _negative_ma(self, i: int) -> bool:
        return i >= 2 and self.kinds[i - 2] != WORD

    @staticmethod
    def _choose(verbs: tuple[Verb, ...]) -> Verb:
        """Third person, active, past before the rest."""
        if len(verbs) == 1:
            return verbs[0]
        return min(verbs, key=lambda v: (v.reading.person != 3, v.reading.voice != "active", v.reading.number != "s"))

    def gender(self, m: Mention) -> str:
        """The grammatical gender of a name, where its form or our knowledge of names tells."""
        form = self.forms[m.first][len(m.prefix) :]
        if m.sort == "capital":
            return "f"
        if m.sort == "state":
            return "" if form in ("جنوب", "الكونغو", "الكونجو") else "m" if form in MASCULINE else "f"  # جنوب أفريقيا: by either word
        if m.sort in ("institution", "seat"):
            return m.gender
        if m.sort in ("body", "media") and m.last - m.first > 1 and form.endswith("ه") and not self.forms[m.last - 1].endswith("ون"):
            return "f"  # منظمة …، هيئة …; not the plural of قراصنة صوماليون
        if m.sort in ("described", "media") and m.last - m.first == 1 and form.startswith("ال") and form.endswith("ه") and m.kind == "organisation":
            return "f"  # الحركة، الوكالة
        return ""

    def agrees(self, clause: Clause, entity: int, *, expressed: bool, gender: str = "") -> bool:
        """Can ``entity`` be the subject of the clause's verb? Before its subject a verb is singular; behind it, it agrees in number."""
        who = self.cast.entities[entity]
        for v in clause.readings:
            r = v.reading
            if r.person != 3:
                continue
            if r.number == "s":
                if who.kind == "person" and who.number == "s":
                    if who.gender == "" or who.gender == r.gender:
                        return True
                elif who.kind == "person":
                    if expressed or r.gender == "f" and who.role in ("source",):
                        return True
                elif gender:
                    if gender == r.gender:
                        return True
                elif who.kind == "state":
                    if r.gender == "f" or expressed or who.sort in ("people",) or any(self.gender(m) == "m" for m in who.mentions[:3]):
                        return True
                elif expressed or who.code != "MEDIA" or not who.mentions or self.gender(who.mentions[0]) in ("", r.gender):
                    return True  # but وأكد is no agency's
            elif (r.number == "p" and (who.number == "p" or who.kind == "group")) or (r.number == "d" and who.number == "d") or (expressed and who.kind != "person"):
                return True
        return False

    def _taken(self, clause: Clause) -> bool:
        """Does the verb agree with the pronoun of أنه، أنها in front of it, which then is its subject?"""
        feminine = word_ahead(self.forms, clause.at).endswith("ها")
        return any(v.reading.person == 3 and v.reading.number == "s" and (v.reading.gender == "f") == feminine for v in clause.readings)

    def _behind(self, clause: Clause, mention: Mention | None) -> bool:
        """Is the mention behind the verb its subject rather than its object? Case and gender tell where they show."""
        if mention is None or mention.prefix or oblique(mention, self.forms):
            return False
        if not any(v.reading.person == 3 and v.reading.number == "s" for v in clause.readings):
            return False  # a verb in front of its subject is singular
        if word_ahead(self.forms, clause.at) in TOPIC_PRONOUNS and self._taken(clause):
            return False  # إنه سيلتقي بوتين، إنه لن يستقبله: the pronoun is the subject already
        if mention.sort in ("pair", "own") or mention.entity < 0 or self.agrees(clause, mention.entity, expressed=True, gender=self.gender(mention)):
            return True
        return self._says(clause, mention)

    def _fronted(self, ahead: Subject, behind: Mention | None, sentence: Sentence, before: list[Clause]) -> bool:
        """وحول وجودهم في صفوف المعارضة قال الخطيب: the sentence opens with a phrase of place or time, which ends before the verb; the subject stands
        behind. So it does where the names in front are a relative clause's own (بموجب الاتفاق الذي وقعته أنقرة وطرابلس ترسل تركيا)."""
        own = before[-1].subject if before and before[-1].relative and before[-1].subject.how == "post" else None
        if own is not None and own.mention is not None and ahead.mention is not None and behind is not None and own.mention.first <= ahead.mention.first:
            return not behind.prefix
        opening = self.forms[sentence.first]
        fronted = opening in PREPOSITIONS or opening[:1] in ("و", "ف") and opening[1:] in PREPOSITIONS
        return fronted and behind is not None and behind.kind == "person" and behind.entity != ahead.entity and ahead.how == "pre"

    def _says(self, clause: Clause, m: Mention) -> bool:
        """وقالت كريمة حسان, though the name was taken for a man's: nobody is the object of saying, so the verb tells the gender."""
        lexicon, r = self.cast.lexicon, clause.verb.reading
        cues = [lexicon.cues[i] for i in lexicon.cues_by_lemma.get(r.lemma, ()) if lexicon.lemmas[r.lemma] not in TO_SOMEBODY]
        if m.kind != "person" or m.number != "s" or m.name is None or r.number != "s" or not cues or any(cue.relay for cue in cues):
            return False
        self.cast.entities[m.entity].gender = r.gender
        return True

    def _in_marks(self, j: int, sentence: Sentence, starts: dict[int, Mention]) -> int:
        """وقال "المهندس فريد حسان": a person's name in quotation marks is the subject behind them; the marks to step over."""
        m = starts.get(j + 1) if j < sentence.last and self.forms[j] == '"' else None
        if m is None or m.kind != "person" or m.name is None or m.prefix:
            return 0
        number = self.doc.quote_of[j]
        return int(number >= 0 and self.doc.quotes[number].open == j and self.doc.quotes[number].close <= m.last)

    def _subject(self, clause: Clause, sentence: Sentence, starts: dict[int, Mention], ends: dict[int, Mention], before: list[Clause]) -> Subject:
        if not any(v.reading.person == 3 for v in clause.readings):
            return Subject(-1, None, "first" if any(v.reading.person == 1 for v in clause.readings) else "none")
        j = self.finite.skip(clause.at + 1, sentence.last)
        j += self._in_marks(j, sentence, starts)
        mention = starts.get(j) or each_of(self, j, sentence, starts)
        clause.after = j
        behind = self._behind(clause, mention)
        resumed = self._resumed(clause, j, behind, sentence)
        if resumed and not clause.relative:
            clause.antecedent = ends.get(clause.at)
        topic = None if resumed else past_relative(self, clause, sentence, starts, before)
        ahead = None if resumed else Subject(topic.entity, topic, "pre") if topic is not None else self._preverbal(clause, sentence, starts, ends, adjacent=True)
        free = mention is None or mention.prefix or not clause.verb.conj
        if ahead is not None and (topic_acts(self, clause, ahead, mention, sentence) or free and not (behind and self._fronted(ahead, mention, sentence, before))):
            return ahead
        ahead = None if resumed or behind and self._takes_up(clause, sentence.last) else self._topic_before(clause, sentence, starts, before)
        if ahead is not None:
            return ahead
        fronted = before and (of_kana(self, clause) or met_on_visit(self, clause) or mention is not None and self._object_here(clause, mention, sentence, before))
        object_here = mention is not None and (fronted or self._addressed(clause, mention))
        if mention is not None and behind and not object_here:
            clause.after = mention.last
            return Subject(mention.entity, mention, "post")
        ahead = None if resumed else self._preverbal(clause, sentence, starts, ends, adjacent=False)
        if ahead is not None:
            return ahead
        if mention is None and not self._pronoun_ahead(clause) and self._noun_follows(clause, j, sentence):
            last_named = latter(self, j, sentence) if self.forms[j] in ("الاخير", "الاخيره") else -1
            if last_named >= 0:
                clause.after = j + 1
                return Subject(last_named, None, "post")
            clause.noun_subject = clause.head = j
            sure = clause.verb.pronoun or clause.at == sentence.first and not clause.verb.conj or self.forms[j].endswith("ون")
            clause.other = -1 if sure else self._inherited(clause, sentence, before, starts, ends).entity
            return Subject(-1, None, "noun")
        if self.cast.lexicon.lemmas[clause.verb.reading.lemma] in _IMPERSONAL:
            return Subject(-1, None, "none")
        inherited = self._inherited(clause, sentence, before, starts, ends)
        if self._described(clause, sentence, starts, ends):
            clause.head, clause.other = clause.at - 1, inherited.entity
            return Subject(-1, None, "noun")
        return inherited

    def _addressed(self, clause: Clause, m: Mention) -> bool:
        """وحث المجتمع الدولي على: the world at large, or those nothing tells apart, are asked, and ask nobody."""
        vague = bool(m.vague and clause.verb.conj) or m.entity >= 0 and self.cast.entities[m.entity].code == _WORLD  # وحث الأطراف كافة على
        return vague and self.cast.lexicon.lemmas[clause.verb.reading.lemma] in _ASKS

    def _object_here(self, clause: Clause, m: Mention, sentence: Sentence, before: list[Clause]) -> bool:
        """وحث كاميرون على، وطالب جميع الأطراف ب: who stands behind a verb joined to another is its object, but not in وتتهمه أنقرة ب."""
        if (asked := asked_too(self, clause, m, before)) or m.vague or clause.verb.pronoun or not clause.verb.conj:
            return asked or m.vague and bool(clause.verb.conj)
        wanted = _NEEDS_OBJECT.get(self.cast.lexicon.lemmas[clause.verb.reading.lemma], ())
        word = self.words[m.last] if wanted and m.last < sentence.last else None
        return word is not None and (word.form in wanted or word.prep in wanted or "ب" in wanted and word.form in COMPLEMENTIZERS and word.form[0] == "ب")

    def _described(self, clause: Clause, sentence: Sentence, starts: dict[int, Mention], ends: dict[int, Mention]) -> bool:
        """قرار يطالب، مسلحون يحرقون: a present verb right behind an indefinite noun describes it."""
        i = clause.at - 1
        word = self.words[i] if i > sentence.first else None
        if word is None or clause.verb.conj or clause.relative or clause.verb.pronoun or clause.verb.future or clause.verb.reading.tense != "present":
            return False
        if word.function or word.verbs or word.participles or word.common < 3 or i in self.dated or i in starts or i + 1 in ends:
            return False
        return not (word.form.startswith(("ال", "لان", "بان", "لكن", "كان")) or word.form == "بما" or self._takes_up(clause, sentence.last))

    def _takes_up(self, clause: Clause, limit: int) -> bool:
        """تعليقات أدلى بها الوزير: a pronoun behind the verb takes up the noun before it."""
        return clause.at + 1 < limit and PREPOSITION_PRONOUNS.get(self.forms[clause.at + 1], ("", ""))[1] in ("ه", "ها", "هم", "هما")

    def _resumed(self, clause: Clause, j: int, behind: bool, sentence: Sentence) -> bool:
        """Does a pronoun at the verb take up what stands before it, so that the subject is somebody else? الذي تتهمه أنقرة، التي اعترفت بها مئة دولة."""
        if clause.verb.pronoun:
            return clause.relative or behind
        behind_verb = PREPOSITION_PRONOUNS.get(self.forms[clause.at + 1]) if clause.at + 1 < sentence.last else None
        if not clause.relative or behind_verb is None:
            return False
        return self.taken_up(clause) == behind_verb[1]

    def taken_up(self, clause: Clause) -> str | None:
        """The pronoun that takes up the relative pronoun of a clause."""
        return _TAKEN_UP.get(self._relative(clause))

    def _relative(self, clause: Clause) -> str:
        """The relative pronoun in front of a verb and the light words before it, without its و."""
        pronoun = clause.at - 1
        while self.forms[pronoun] in LIGHT:
            pronoun -= 1
        return self.forms[pronoun].lstrip("و")

    def _pronoun_ahead(self, clause: Clause) -> bool:
        """إنه يرفض العرض، بأنها تهدد العالم: the pronoun in front is the subject where it agrees, and the noun behind the object."""
        form = word_ahead(self.forms, clause.at)
        if form not in TOPIC_PRONOUNS or clause.passive:
            return False
        wanted = ("f", "s") if form.endswith("ها") else ("m", "s") if form.endswith("ه") else ("m", "p")
        return any((v.reading.gender, v.reading.number) == wanted and v.reading.voice == "active" for v in clause.readings)

    def _noun_follows(self, clause: Clause, j: int, sentence: Sentence) -> bool:
        """A definite or described noun right behind the verb is its subject, though nobody we know."""
        if j >= sentence.last or clause.verb.reading.number != "s":
            return False
        form, word = self.forms[j], self.words[j]
        opens = clause.at == sentence.first or clause.verb.conj != "" or self.kinds[clause.at - 1] == PUNCT
        if word is None:
            return self.kinds[j] == NUMBER and j not in self.dated  # قتل 20 شخصا
        if form in _QUANTITIES:
            return True
        if word.function or word.participles and not form.endswith("ون") or (word.verbs and not form.startswith("ال")):
            return False
        if form.endswith("ين") and form.startswith("ال") and len(form) > 5:
            return False  # an object by its case
        if form.endswith("ه") and form.removeprefix("ال") not in COLLECTIVE and not self._feminine(clause) and not clause.verb.pronoun:
            return False  # an object by its gender
        if clause.verb.pronoun:
            return form.startswith("ال") and not word.prep
        if form.endswith("ون") and len(form) > 4 and not word.named and not word.prep:
            return opens  # اعتصم معلمون: its case says so
        prep = word.prep or any(n.prep for n in word.nouns)  # توعد برد
        return form.startswith("ال") or (word.common >= 3 and not prep and form not in ("ايضا", "كذلك") and opens and not form.endswith("ا"))

    @staticmethod
    def _feminine(clause: Clause) -> bool:
        return any(v.reading.gender == "f" for v in clause.readings)

    def _antecedent(self, pronoun: int, sentence: Sentence, ends: dict[int, Mention]) -> Mention | None:
        """Whom الذي، التي، الذين describes: the nearest name before it, at most a few words away, of its gender and number."""
        kind = self.forms[pronoun].lstrip("و")
        for i in range(pronoun, max(sentence.first, pronoun - 6), -1):
            m = ends.get(i)
            if m is None:
                continue
            plural = m.number == "p" or m.sort == "people"
            gender = self.gender(m) or (m.gender if m.kind == "person" else "")
            if kind == "الذين":
                fits = plural or m.kind == "group"
            elif kind == "الذي":
                fits = not plural and gender != "f"
            elif kind == "التي":
                fits = gender != "m" and not (plural and m.kind == "person")
            else:  # a dual: اللذين
                fits = m.number == "d" or m.prefix.startswith("و")
            if fits:
                return m
        return None

    def _topic_before(self, clause: Clause, sentence: Sentence, starts: dict[int, Mention], before: list[Clause]) -> Subject | None:
        """The subject of a nominal sentence, with what describes it between it and the verb (إن السفير، جون سميث، أعرب)."""
        at = clause.at
        if clause.verb.conj or clause.relative or self.forms[at - 1] in _SUBORDINATORS or at == sentence.first:
            return None
        low = max(sentence.first, at - _FAR)
        k = at - 1
        comma = False
        while k >= low and self.forms[k] not in _NOMINAL:
            if self.forms[k] in (":", "؛", "؟"):
                return None
            comma = comma or self.forms[k] in ("،", ",", "(", "-", "–")
            k -= 1
        if k < sentence.first and low > sentence.first or k >= low and at - k < 2:
            return None
        between = [c for c in before if c.at > k and self.forms[c.at] not in AUXILIARIES]
        if between and not between[0].relative or any(not c.relative and not c.verb.conj for c in between):
            return None
        first = k + 1
        while first < at and (self.forms[first] in QAD or self.forms[first] == '"'):
            first += 1
        mention = starts.get(first)
        end = at - 1
        while end > first and (self.forms[end] in LIGHT or self.forms[end] in ADVERBS or end in self.dated):
            end -= 1
        if (comma or between) and self.forms[end] not in ("،", ",", ")", '"', "-", "–"):
            return None
        if mention is None:
            named = any(i in starts and starts[i].kind == "person" and starts[i].number == "s" for i in range(first, at))
            return None if named else self._noun_topic(clause, first, k >= low, between, comma)
        if mention.last >= at or mention.prefix not in ("", "و") or at - mention.last > _NEAR and not comma and not between or self._joined_to(mention, starts):
            return None
        if mention.entity >= 0 and not self.agrees(clause, mention.entity, expressed=False, gender=self.gender(mention)):
            return None
        return Subject(mention.entity, mention, "pre")

    def _joined_to(self, m: Mention, starts: dict[int, Mention]) -> bool:
        return m.last in starts and starts[m.last].prefix.startswith("و")

    def _noun_topic(self, clause: Clause, first: int, opened: bool, between: list[Clause], comma: bool) -> Subject | None:
        """إن معظم الشركات ستدعم: the noun behind إن is the subject, so nobody behind the verb is."""
        word = self.words[first] if first < clause.at else None
        if not opened or between or comma or word is None or clause.at - first > _NEAR or clause.verb.pronoun or first in self.dated:
            return None
        form = word.form
        if (word.function and form not in _QUANTITIES) or word.prep or (word.verbs and not word.nouns and not form.startswith("ال")):
            return None
        if form.endswith("ه") and form.removeprefix("ال") not in COLLECTIVE and not self._feminine(clause):
            return None
        clause.head = first
        return Subject(-1, None, "noun")

    def _preverbal(self, clause: Clause, sentence: Sentence, starts: dict[int, Mention], ends: dict[int, Mention], *, adjacent: bool) -> Subject | None:
        """A subject in front: topic of the clause, behind أن/إن/كان, or the antecedent of a relative pronoun."""
        i = clause.at - 1
        if clause.verb.conj and not clause.relative:
            return self._topic(clause, sentence, starts)
        if clause.relative and clause.antecedent is not None:
            found = clause.antecedent
            if not self._of_whom(clause) or nominative(starts.get(clause.at + 1), self.forms):
                return None
            return None if adjacent and found.last != self._back(i, sentence) else Subject(found.entity, found, "rel")
        commas, form = 0, ""
        while i >= sentence.first:
            form = self.forms[i]
            quote = form == '"' and self.kinds[i - 1] == WORD
            if quote or form in LIGHT or form in ADVERBS or i in self.dated or form in RELATIVES and (i == clause.at - 1 or clause.relative):
                i -= 1
            elif form in COMMAS and commas < 2:
                commas += 1
                i -= 1
            else:
                break
        controlled = form == "ان" and i == clause.at - 1
        mention = ends.get(i if controlled else i + 1)
        if adjacent and commas:
            return None
        joined = self._group(mention, sentence, ends) if mention is not None and not clause.relative else None
        if joined is not None and mention is not None and (any(v.reading.number != "s" for v in clause.readings) or not commas and self._only(clause, joined, mention)):
            return Subject(joined.entity, joined, "pre")
        if mention is None or mention.prefix not in ("", "و", "ف") and not clause.relative and not controlled or mention.first < sentence.first:
            return None
        front = self.forms[mention.first - 1] if mention.first > sentence.first else ""
        if front == '"' and mention.first - 2 >= sentence.first:
            front = self.forms[mention.first - 2]
        if controlled:  # يجب على إيران أن توقف، سبق للوزير أن حذر
            held = mention.entity >= 0 and (mention.prefix.endswith(("ل", "لل")) or front in _CONTROL)
            return Subject(mention.entity, mention, "pre") if held and self.agrees(clause, mention.entity, expressed=False, gender=self.gender(mention)) else None
        if not clause.relative and (front in PREPOSITIONS or self._joined_object(mention, ends)):
            return None
        if mention.entity >= 0 and not self.agrees(clause, mention.entity, expressed=False, gender=self.gender(mention)) and not (clause.relative and mention.kind != "person"):
            return None
        if commas and not clause.relative and front not in AN_FORMS and mention.first > sentence.first and front not in ("اما", "كان", "وكان", "كانت", "وكانت", "واما"):
            return None
        return Subject(mention.entity, mention, "rel" if clause.relative else "pre")

    def _joined_object(self, m: Mention, ends: dict[int, Mention]) -> bool:
        """المدعومة من واشنطن ولندن طالبت: is it joined by و to one that a preposition governs?"""
        first = m
        while first.prefix in ("و", "ف") and first.first in ends:
            first = ends[first.first]
        return first is not m and (first.prefix.lstrip("وف") != "" or self.forms[first.first - 1] in PREPOSITIONS)

    def _only(self, clause: Clause, first: Mention, last: Mention) -> bool:
        """روسيا والأردن اتفقت: the verb agrees with the first of those joined and not with the last."""
        return first.entity >= 0 <= last.entity and self.agrees(clause, first.entity, expressed=False, gender=self.gender(first)) and not self.agrees(
            clause, last.entity, expressed=False, gender=self.gender(last)
        )

    def _of_whom(self, clause: Clause) -> bool:
        """Does the verb agree with its relative pronoun? تونس التي قال إنها: he who is spoken of outside says it, not Tunis."""
        wanted = _RELATIVE_AGREES.get(self._relative(clause))
        return wanted is None or any(v.reading.person != 3 or v.reading.gender + v.reading.number in wanted for v in clause.readings)

    def _back(self, i: int, sentence: Sentence) -> int:
        """Where what stands before a relative pronoun and the light words behind it ends."""
        while i > sentence.first and (self.forms[i] in LIGHT or self.forms[i] in RELATIVES):
            i -= 1
        return i + 1

    def _group(self, m: Mention, sentence: Sentence, ends: dict[int, Mention]) -> Mention | None:
        """The first of those joined by و before a verb in the dual or plural (روسيا وأمريكا تفشلان)."""
        first = m
        while first.first > sentence.first and (first.prefix.startswith("و") or self.forms[first.first - 1] == "و"):
            before = first.first - (not first.prefix.startswith("و"))
            previous = ends.get(before) or (ends.get(before - 1) if self.forms[before - 1] in ("،", ",", ")", '"') else None)
            if previous is None:
                break
            first = previous
        return first if first is not m and not first.prefix.lstrip("وف") else None

    def _topic(self, clause: Clause, sentence: Sentence, starts: dict[int, Mention]) -> Subject | None:
        """أما السفير … فقال: the ف-verb resumes the topic."""
        if clause.verb.conj != "ف" or self.forms[sentence.first] not in ("اما", "واما"):
            return None
        mention = starts.get(sentence.first + 1)
        return Subject(mention.entity, mention, "pre") if mention is not None else None

    def _inherited(self, clause: Clause, sentence: Sentence, before: list[Clause], starts: dict[int, Mention], ends: dict[int, Mention]) -> Subject:
        """No subject expressed: the one of the verb before, else the one spoken of last who agrees."""
        accused = accused_of(self, clause, before, starts)
        if accused >= 0:
            return Subject(accused, None, "chain")
        author = author_of(self, clause, sentence, ends)
        if author >= 0:
            return Subject(author, None, "chain")
        found: list[int] = []
        main = [c for c in before if not c.conditional]  # قالت واشنطن إنه إذا هاجمت إيران فسترد: who answers is not whom the condition names
        answers = clause.verb.conj == "ف" and 0 < len(main) < len(before)
        # وصل لافروف حيث استقبله الرئيس، على أن يزور بعدها …: he whom a pronoun takes up goes on, not who does something to him
        order = sorted(main if answers else before, key=lambda c: (c.subject.how == "post" and c.verb.pronoun in ("ه", "ها"), -c.at))
        for earlier in order:
            who = earlier.subject.entity
            if who >= 0 and earlier.subject.how != "rel" and self.agrees(clause, who, expressed=False):
                found.append(who)
        if found:
            clause.other = found[-1] if found[-1] != found[0] else -1
            return Subject(found[0], None, "chain")
        if clause.readings[0].reading.number == "d" and self._mutual(clause):
            both = self.recent[-1] if self.recent else -1
            if both >= 0 and len(self.cast.entities[both].codes) == 2:
                return Subject(both, None, "implicit")  # زار الوزيران الروسي والأمريكي ماليزيا وأجريا محادثات
            pair = self.cast.pair_before(clause.at, persons=True) or self.cast.pair_before(clause.at, persons=False)
            if pair:
                clause.other = pair[1]
                return Subject(pair[0], None, "pair")
        here = self._named_before(clause, sentence, ends)
        if here >= 0 and word_ahead(self.forms, clause.at) in TOPIC_PRONOUNS:
            return Subject(here, None, "implicit")
        clause.other = here
        for who in reversed(self.recent):
            if self.agrees(clause, who, expressed=False):
                return Subject(who, None, "implicit")
        return Subject(-1, None, "none")

    def _mutual(self, clause: Clause) -> bool:
        """A dual that two parties do, and no adverb in the accusative (ووفقا): an act, joined to what precedes."""
        reading = clause.readings[0].reading
        joined = reading.tense == "present" or clause.verb.conj or self.forms[clause.at - 1] in _SUBORDINATORS or self.forms[clause.at - 1] in QAD
        return bool(joined) and reading.lemma in self.cast.lexicon.acts_by_lemma

    def _named_before(self, clause: Clause, sentence: Sentence, ends: dict[int, Mention]) -> int:
        """Who is named last before a verb in its sentence and agrees with it, not behind a preposition."""
        for i in range(clause.at, sentence.first, -1):
            m = ends.get(i)
            if m is None or m.entity < 0 or m.prefix not in ("", "و", "ف") or m.first > sentence.first and self.forms[m.first - 1] in PREPOSITIONS:
                continue
            if self.agrees(clause, m.entity, expressed=False, gender=self.gender(m)):
                return m.entity
        return -1
