"""Cues: where words may be reported, and whom the cue itself names as the speaker.

A verb (وقال), an adverbial participle (مشيرا إلى أن), a verbal noun (قوله إن) or a phrase (جاء في بيان). Whether words are reported at
all, and which, is decided in :mod:`mahdar.reading.statements`.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from mahdar.arabic.particles import ADVERBS, AN_FORMS, PREPOSITIONS, QAD, RELATIVES, TOPIC_PRONOUNS
from mahdar.arabic.tokens import NUMBER
from mahdar.arabic.words import Word
from mahdar.lexicon.model import Lexicon
from mahdar.reading.clauses import Clause, ClauseReader
from mahdar.reading.document import Document, Sentence
from mahdar.reading.mentions import Mention
from mahdar.reading.reference import Cast
from mahdar.reading.strangers import Stranger, Strangers
from mahdar.reading.subjects import TO_SOMEBODY, latter_in_it
from mahdar.reading.turns import BY_WORDS

DOCUMENTS = frozenset(
    "بيان البيان بيانا تقرير التقرير رساله الرساله الوثيقه وثيقه بيانها بيانه الخطاب القرار البرقيه البلاغ المسوده المذكره الاعلان "
    "التقريران افتتاحيه الافتتاحيه الدعوي النص المشروع".split()
)
# Verbs of saying that a preposition is spelt like: their row, and what must follow.
_HOMOGRAPHS = {"عبر": ("voice", ("عن",)), "وعبر": ("voice", ("عن",)), "وبين": ("make_clear", ("an", '"', ":"))}
_BUT_HE = frozenset("لكنه لكنها لكنهم لكنهما ولكنه ولكنها انه انها".split())
_IMPERSONAL = frozenset("يذكر يقال يشار يتوقع يعتقد يفترض يظن يرجح ينتظر".split())  # يذكر أن …: it is recalled
_CALLING = frozenset(("داعيه",))
_SAID = frozenset("القول التاكيد التشديد التذكير التحذير".split())  # كرر القول إن: what is said, and nobody who says it
_QUANTIFIERS = frozenset("بعض جميع احد احدي عدد معظم كل عده العديد عديد الكثير كثير غالبيه اغلبيه عشرات مئات ميات ارفع اكبر اعلي ابرز اول".split())
_SUPERLATIVES = frozenset("ارفع اكبر اعلي ابرز اول".split())
# Nouns of bodies and people: behind a verb of saying they are who says it, though the cast knows nobody by the name.
_HEADS = frozenset("مجلس هييه لجنه وزاره منظمه حزب اتحاد نقابه جمعيه جماعه حركه جبهه مركز مكتب مصدر مصادر بيان متحدث مسوول مسوولون خبراء محللون مراقبون نواب اعضاء".split())
# Plurals of things and bodies, which take a feminine verb.
_FEMININE_PLURALS = frozenset("الاطراف الدول القوي الاحزاب الفصايل الجهات القبايل العشاير الكتل الطوايف الشعوب الشركات الاجهزه الجيوش الكتايب البلدان الامم الميليشيات".split())
_CONTRASTS = frozenset(("فيما", "بينما", "وفيما", "وبينما"))
LEADING = ("جاء", "ورد")
_IN_IT = ("فيه", "فيها")
_EVERYDAY = 40  # a word met as often in the corpus is no name by itself
_CLAUSAL = frozenset(("an", "quote", "colon"))  # خرج الوزير ليؤكد أن: what is done in order to say so
_DESCRIBING = frozenset(("وصف", "اعتبر"))
_NOT_RULED_OUT = frozenset(("استبعد",))
_WHEN = ADVERBS - PREPOSITIONS
_ANNOUNCING = frozenset(("إعلان",))
_COMMAS = frozenset(("،", ","))
_GETS = frozenset(("تلقى", "تسلم", "استلم"))


@dataclass(slots=True, eq=False)
class Cue:
    """A place where words may be reported: tokens of the cue, what may introduce them, where to look from."""

    first: int
    last: int
    takes: tuple[str, ...]
    rule: str
    kind: str
    search: int
    speaker: int
    how: str
    relay: bool = False
    clause: Clause | None = None
    pair: Mention | None = None
    doer: int = -1  # who does the verb that a verbal noun goes with: رد الوزير بالقول إن …
    noun: int = -1  # the token of a subject that is nobody known
    turned: bool = False  # a clause behind فيما، بينما stands between it and whoever spoke before
    stranger: Stranger | None = None  # the name of a subject that is nobody known
    start: int = -1
    intro: str = ""
    features: dict[str, float] = field(default_factory=dict)


class CueReader:
    """Finds the cues of a document sentence by sentence."""

    def __init__(self, document: Document, cast: Cast, lexicon: Lexicon, reader: ClauseReader) -> None:
        self.cast = cast
        self.lexicon = lexicon
        self.reader = reader
        self.forms = document.tokens.form
        self.kinds = document.tokens.kind
        self.words = document.words
        self.strangers = Strangers(document, lexicon, reader.dated)
        self.last_speaker = -1

    def sentence(self, sentence: Sentence, mentions: list[Mention], clauses: list[Clause], starts: dict[int, Mention], last_speaker: int) -> list[Cue]:
        """The cues of one sentence, left to right; ``last_speaker`` is the entity who may go on speaking (-1: nobody)."""
        self.last_speaker = last_speaker
        out: list[Cue] = []
        for clause in clauses:
            cue = self._verb_cue(clause, clauses, sentence, starts)
            if cue is not None:
                out.append(cue)
        taken = {c.first for c in out}
        inside = {i for m in mentions for i in range(m.first + self._calls(m, sentence), m.last)}
        for i in range(sentence.first, sentence.last):
            word = self.words[i]
            if word is None or i in taken or i in inside:
                continue
            cue = self._participle_cue(i, sentence, clauses, starts) if word.participles else None
            if cue is None and word.form in _HOMOGRAPHS:
                cue = self._homograph(i, sentence, starts)
            if cue is None and (word.nouns or word.starts):
                cue = self._noun_cue(i, sentence, starts, clauses)
            if cue is not None:
                out.append(cue)
        out.sort(key=lambda c: c.first)
        self._voiced_on(out)
        return out

    def _calls(self, m: Mention, sentence: Sentence) -> bool:
        """، داعية المواطنين إلى: spelt like a preacher's title, but behind a comma and with إلى or ل it says what she calls for."""
        if m.sort != "role" or m.name is not None or self.forms[m.first] not in _CALLING or m.first == sentence.first:
            return False
        behind = (w for w in self.words[m.first + 1 : m.first + 9] if w is not None)
        return self.forms[m.first - 1] in ("،", ",") and any(w.form == "الي" or w.prep == "ل" for w in behind)

    def _voiced_on(self, cues: list[Cue]) -> None:
        """عبر الوزير عن أمله، وشدد على …: whoever does a verb spelt like a preposition goes on in its sentence."""
        voiced: Cue | None = None
        for cue in cues:
            if cue.clause is None and cue.kind == "verb" and cue.pair is not None:
                voiced = cue
            elif voiced is not None and cue.clause is not None and cue.how == "implicit" and self.reader.agrees(cue.clause, voiced.speaker, expressed=False):
                cue.speaker, cue.how = voiced.speaker, "chain"

    def _verb_cue(self, clause: Clause, clauses: list[Clause], sentence: Sentence, starts: dict[int, Mention]) -> Cue | None:
        lexicon = self.lexicon
        if clause.verb.reading.tense == "present" and self.forms[clause.at].lstrip("و") in _IMPERSONAL and clause.subject.how not in ("post", "pre", "rel"):
            return None
        if clause.negated and not self._owns(clause) or clause.future or clause.verb.reading.person != 3:
            return None
        takes: list[str] = []
        rule, relay = "", False
        for v in clause.readings:
            if v.reading.person != 3:
                continue  # نفد is no "we report"
            for index in lexicon.cues_by_lemma.get(v.reading.lemma, ()):
                cue = lexicon.cues[index]
                takes.extend(t for t in cue.takes if t not in takes)
                rule, relay = rule or f"cue.{cue.id}", relay or cue.relay
            for index in lexicon.acts_by_lemma.get(v.reading.lemma, ()):
                act = lexicon.acts[index]
                if act.cue:
                    takes.extend(t for t in act.takes if t not in takes)
                    rule = rule or f"cue.{act.id}"
        if not rule or self._undergone(clause, starts):
            return None
        if clause.verb.purpose:
            takes = [t for t in takes if t in _CLAUSAL]
        speaker, how = clause.subject.entity, clause.subject.how
        noun = clause.noun_subject if clause.noun_subject >= 0 else self._bare_subject(clause, takes, sentence, starts)
        if noun < 0 and clause.subject.how == "noun" and 0 <= clause.head < clause.at and self._definite(clause.head):
            return self._topic(clause, takes, rule, relay)
        named = latter_in_it(self.reader, clause.at + 1, sentence)
        if named >= 0:
            return Cue(clause.at, clause.at + 1, tuple(takes), rule, "verb", clause.at + 3, named, "document", relay, clause)
        stranger = self._stranger(clause, takes, noun, sentence, starts) if not relay else None
        if stranger is not None:
            return Cue(clause.at, clause.at + 1, tuple(takes), rule, "verb", self._past(stranger, sentence), -1, "noun", relay, clause, noun=stranger.first, stranger=stranger)
        titled = self._titled(clause, sentence, starts) if "an" in takes and not relay else None
        if titled is not None:
            return Cue(clause.at, clause.at + 1, tuple(takes), rule, "verb", titled.last, titled.entity, "document", relay, clause)
        if noun >= 0 and self.forms[noun] in _SAID:
            return Cue(clause.at, clause.at + 1, tuple(takes), rule, "verb", noun + 1, clause.other, "chain", relay, clause)
        if noun >= 0 and (self._described(clause, takes, noun) or self._with_preposition(noun)):
            return Cue(clause.at, clause.at + 1, tuple(takes), rule, "verb", noun, self.last_speaker, "implicit", relay, clause)
        if noun >= 0 and self._asked(clause, noun):
            goes_on = (clause.other, "chain") if clause.other >= 0 else (self.last_speaker, "implicit")
            return Cue(clause.at, clause.at + 1, tuple(takes), rule, "verb", noun, *goes_on, relay, clause)
        if noun >= 0:
            named = self._document_speaker(noun, sentence, starts)
            speaker, how = (named, "document") if named >= 0 else (-1, "noun")
        elif how == "chain" and clause.at and (self.forms[clause.at - 1] in _BUT_HE or clause.verb.conj):
            speaker = self._main_subject(clause, clauses)
        quoted = noun < 0 and how not in ("post", "noun") and "colon" in takes and self.forms[clause.at + 1 : clause.at + 2] == ['"']
        search = clause.at + 1 if quoted else max(clause.at + 1, clause.after)  # قال "لن نرفعها الآن": no name to step over
        if self.forms[search : search + 2] == ["نقلا", "عن"] and "an" in takes:
            takes, relay = [t for t in takes if t != "obj"], True  # أكدت الصحيفة نقلا عن مصدر أن
        if noun >= 0 and self.forms[noun] in _QUANTIFIERS:
            counted = next((starts[j] for j in range(noun + 1, noun + 4) if j in starts and starts[j].sort != "adjective"), None)
            search = counted.last if counted is not None and counted.entity == speaker else search  # انتقد عدد من النواب عدم …
        if noun >= 0 and self.forms[noun] in _HEADS:
            search = noun + 1  # أكد مجلس الأمناء أن …: who is no object of saying
        numbered = noun >= 0 and search + 1 < sentence.last and self.forms[search] == "ال" and self.kinds[search + 1] == NUMBER
        search += 2 * numbered  # الدول الـ57
        while noun >= 0 and "obj" in takes and search < min(sentence.last, noun + 3 + 2 * numbered) and self._definite(search):
            search += 1  # وأكد البيان الختامي …: the subject is no object
        return Cue(clause.at, clause.at + 1, tuple(takes), rule, "verb", search, speaker, how, relay, clause, clause.subject.mention, noun=noun)

    def _undergone(self, clause: Clause, starts: dict[int, Mention]) -> bool:
        """في خطوة وصفت بأنها إيجابية، في قرار اعتبر تصعيدا: without whom it describes the verb is passive, and nobody says it."""
        if self.lexicon.lemmas[clause.verb.reading.lemma] not in _DESCRIBING or clause.verb.pronoun or clause.subject.how in ("post", "noun", "pre"):
            return False
        following = self.words[clause.at + 1] if clause.at + 1 < len(self.words) else None
        if following is not None and (following.prep == "ب" or following.form in AN_FORMS and following.form.startswith("ب")):
            return self.lexicon.lemmas[clause.verb.reading.lemma] == "وصف"
        before = self.words[clause.at - 1] if clause.at else None
        if before is None or clause.verb.conj or before.function or before.named or before.verbs or before.form.startswith("ال") or not before.common:
            return False
        return all(m.last != clause.at for m in starts.values())

    def _owns(self, clause: Clause) -> bool:
        """لم يستبعد الوزير أن: who does not rule a thing out says that it may be so."""
        return self.lexicon.lemmas[clause.verb.reading.lemma] in _NOT_RULED_OUT

    def _topic(self, clause: Clause, takes: list[str], rule: str, relay: bool) -> Cue:
        """وكان المجلس المحلي قد قال: the subject stands in front, and nobody knows it."""
        return Cue(clause.at, clause.at + 1, tuple(takes), rule, "verb", max(clause.at + 1, clause.after), -1, "noun", relay, clause, clause.subject.mention, noun=clause.head)

    def _stranger(self, clause: Clause, takes: list[str], noun: int, sentence: Sentence, starts: dict[int, Mention]) -> Stranger | None:
        """The name nobody listed that is the subject of a verb of saying: وأوضح زهدي، في وقت سابق، أنه …"""
        r = clause.verb.reading
        if clause.relative or clause.verb.pronoun or r.number != "s" or r.voice == "passive" or clause.after >= sentence.last:
            return None
        if clause.subject.how not in ("chain", "implicit", "none", "noun") or clause.subject.how == "noun" and noun != clause.after:
            return None
        if self.forms[clause.at - 1] in TOPIC_PRONOUNS or self.forms[clause.after] in _SUPERLATIVES:
            return None
        found = self.strangers.behind(clause.after, sentence.last, starts, objects="obj" in takes)
        if found is not None and (self.lexicon.lemmas[r.lemma] in TO_SOMEBODY or "an" not in takes) and self.forms[found.last] not in ("،", ","):
            return None  # أبلغ إنجيه أن: perhaps he was told
        return found

    def _titled(self, clause: Clause, sentence: Sentence, starts: dict[int, Mention]) -> Mention | None:
        """وصرح مضيف المؤتمر وزير الخارجية فريد سالم: who is named behind a description of his that ends in a definite noun."""
        first = clause.after
        if clause.subject.how not in ("chain", "implicit", "none") or clause.relative or clause.verb.pronoun or clause.verb.reading.number != "s" or first in starts:
            return None
        for j in range(first + 1, min(first + 5, sentence.last)):
            word, m = self.words[j - 1], starts.get(j)
            if word is None or word.function or word.prep or word.verbs and j > first + 1 and not word.form.startswith("ال") or j - 1 in self.reader.dated:
                return None
            if m is not None:
                named = m.kind == "person" and m.name is not None and not m.prefix and m.number == "s" and m.entity >= 0
                return m if named and word.form.startswith("ال") and j > first + 1 and self.reader.agrees(clause, m.entity, expressed=True) else None
        return None

    def _past(self, stranger: Stranger, sentence: Sentence) -> int:
        """Where to look for the words: behind the name and the post beside it."""
        return stranger.post.last if stranger.post is not None else stranger.last

    def _described(self, clause: Clause, takes: list[str], noun: int) -> bool:
        """ووصف المحادثات بأنها بناءة: what is described stands behind the verb, and the speaker goes on."""
        if "obj" not in takes or "ب" not in takes or not clause.verb.conj or noun + 1 >= len(self.words):
            return False
        last = noun + 1
        while last < min(noun + 4, len(self.words) - 1) and self.forms[last].startswith("ال"):
            last += 1  # المؤتمر المقترح
        following = self.words[last]
        return following is not None and (following.form == "ب" or following.prep == "ب" or following.form in AN_FORMS and following.form.startswith("ب"))

    def _asked(self, clause: Clause, noun: int) -> bool:
        """ودعا الأطراف إلى …: a plural of things takes a feminine verb, so behind a masculine one it is whom the speaker, who goes on, asks."""
        masculine = all(v.reading.gender == "m" for v in clause.readings if v.reading.person == 3)
        return noun == clause.after and masculine and self.forms[noun] in _FEMININE_PLURALS

    def _with_preposition(self, i: int) -> bool:
        """توعد برد: is the noun one only with ب in front of it, and so no subject?"""
        word = self.words[i]
        return word is not None and bool(word.nouns) and all(n.prep for n in word.nouns)

    def _definite(self, i: int) -> bool:
        """Does the word bear the article (البيان), not begin with its letters (إلغاء، التزام)?"""
        word = self.words[i]
        return word is not None and word.form.startswith("ال") and all(n.definite for n in word.nouns)

    def _bare_subject(self, clause: Clause, takes: list[str], sentence: Sentence, starts: dict[int, Mention]) -> int:
        """قال بيان للوزارة، كما ذكرت تقارير: behind a verb that takes no object a noun is the subject, though it is indefinite and nobody known."""
        i = clause.after
        if clause.subject.how not in ("chain", "implicit", "none") or clause.verb.pronoun or clause.verb.reading.number != "s" or i >= sentence.last or i in starts:
            return -1
        word = self.words[i]
        if self.forms[i] in _SUPERLATIVES and i + 1 in starts and starts[i + 1].kind == "person":
            return i  # قال أرفع مسؤول
        if word is not None and word.form in DOCUMENTS:
            ahead = self.forms[i + 1 : min(i + 12, sentence.last)]
            if "obj" not in takes or any(form in AN_FORMS for form in ahead) or any(form in takes and form in PREPOSITIONS for form in ahead[:5]):
                return i
        if "obj" in takes:
            return -1
        if word is None or word.prep or any(n.prep for n in word.nouns):
            return -1
        if len(word.form) < 2 or word.participles or word.verbs or word.form.endswith("ا") or word.function and word.form not in _QUANTIFIERS:
            return -1
        return i

    def _main_subject(self, clause: Clause, clauses: list[Clause]) -> int:
        """لكنه قال، وأكد: the subject of the sentence goes on, not of a clause inside the words reported."""
        found = clause.subject.entity
        for earlier in clauses:
            if earlier.at >= clause.at:
                break
            who = earlier.subject.entity
            if who >= 0 and earlier.subject.how == "post" and not earlier.relative and not earlier.after_an and self.reader.agrees(clause, who, expressed=False):
                return found if self._answered(earlier, clause, clauses) else who
        return found

    def _answered(self, first: Clause, clause: Clause, clauses: list[Clause]) -> bool:
        """هاجم مسلحون السفارة، فأدانت الدوحة الهجوم وطالبت: with ف and a subject of its own the sentence goes over to another, unless words are reported before."""
        if any(form in AN_FORMS or form in (':', '"') for form in self.forms[first.at : clause.at]):
            return False
        return any(first.at < c.at < clause.at and c.verb.conj == "ف" and c.subject.how == "post" and c.subject.entity == clause.subject.entity for c in clauses)

    def _document_speaker(self, i: int, sentence: Sentence, starts: dict[int, Mention]) -> int:
        """A subject that is no listed actor: the body behind a document (بيان للخارجية), the name behind a description, or who spoke last."""
        form = self.forms[i]
        if form in DOCUMENTS:
            for j in range(i + 1, min(i + 5, sentence.last)):
                if self.forms[j] in AN_FORMS or self.forms[j] in ("،", ":", '"'):
                    break
                if j in starts and starts[j].entity >= 0 and starts[j].sort != "adjective" and (not form.startswith("ال") or starts[j].prefix == "ل" or self.forms[j - 1] == "عن"):
                    return starts[j].entity
            return self.last_speaker
        counted = starts.get(i + 2) if form in _QUANTIFIERS and self.forms[i + 1 : i + 2] == ["من"] else None
        if counted is not None and counted.entity >= 0 and counted.number == "p" and not counted.prefix:
            return counted.entity  # العديد من النواب الأميركيين
        best = starts.get(i + 1) if form in _SUPERLATIVES else None
        if best is not None and best.entity >= 0 and best.kind == "person" and not best.prefix:
            return best.entity  # قال أرفع مسؤول في الإقليم إن
        for j in range(i + 1, min(i + 12, sentence.last)):
            if self.forms[j] in AN_FORMS or self.forms[j] in (":", '"') or self.forms[j] in RELATIVES:
                break
            mention = starts.get(j)
            named = mention is not None and mention.kind == "person" and not mention.prefix and self.forms[j - 1] not in PREPOSITIONS
            if named and mention is not None and mention.entity >= 0 and not self._governs(j - 1, i, starts):
                return mention.entity
            if mention is not None and mention.entity >= 0 and mention.prefix == "ل" and self.forms[j - 1].startswith("التابع"):
                return mention.entity
        return -1

    def _told(self, i: int, sentence: Sentence, clauses: list[Clause], starts: dict[int, Mention]) -> list[int]:
        """Of whom the sentence tells before the participle at ``i``, its main clauses first; مطالبا إسرائيل is not said by her."""
        addressed = starts[i + 1].entity if i + 1 in starts and not starts[i + 1].prefix else -1
        before = [c for c in clauses if c.at < i and c.subject.entity not in (-1, addressed)]
        told = [c.subject.entity for c in before if not c.relative and self.forms[c.at] not in _IMPERSONAL]
        if not told and self.last_speaker < 0:
            told = [c.subject.entity for c in before if c.subject.how != "rel"]
        if not told and self.forms[sentence.first] in _IMPERSONAL:
            told = [m.entity for m in starts.values() if m.first < i and self._opens(m) and m.entity != addressed]
        return told

    def _opens(self, m: Mention) -> bool:
        """يذكر أن الرئيس يدافع عن الاتفاق، داعيا: is the mention what its sentence is about, though no listed verb stands with it?"""
        return m.entity >= 0 and m.sort not in ("adjective", "own", "pair") and not m.prefix and self.forms[m.first - 1] in AN_FORMS

    def _governs(self, i: int, subject: int, starts: dict[int, Mention]) -> bool:
        """ووصف سالم، موقف البابا بأنه: does a noun of its own stand right before the name, so that the name is its genitive?"""
        word = self.words[i]
        if any(m.first <= i < m.last for m in starts.values()):
            return False  # نائب الوزراء في سوريا فريد سالم
        return i > subject and word is not None and not word.function and not word.form.startswith("ال") and bool(word.nouns or word.common >= _EVERYDAY)

    def _participle_cue(self, i: int, sentence: Sentence, clauses: list[Clause], starts: dict[int, Mention]) -> Cue | None:
        word = self.words[i]
        assert word is not None
        lexicon = self.lexicon
        previous = self.forms[i - 1] if i > sentence.first else ""
        if not word.participles or word.form.startswith("ال") or previous in PREPOSITIONS or previous in RELATIVES or previous == "غير":
            return None
        if word.nouns and word.form.endswith("ات"):
            return None  # مناشدات حلفائه: the appeals
        takes: list[str] = []
        rule = ""
        for p in word.participles:
            if not p.accusative:
                continue
            for index in lexicon.cues_by_lemma.get(p.lemma, ()):
                takes.extend(lexicon.cues[index].takes)
                rule = rule or f"cue.{lexicon.cues[index].id}.participle"
            for index in lexicon.acts_by_lemma.get(p.lemma, ()):
                if lexicon.acts[index].cue:
                    takes.extend(lexicon.acts[index].takes)
                    rule = rule or f"cue.{lexicon.acts[index].id}.participle"
        if not rule or self._predicate(i, starts):
            return None
        turned = next((c for c in reversed(clauses) if c.at < i and self._turns(c) and self.may_resume(c.subject.entity, word)), None)
        if turned is not None:
            return Cue(i, i + 1, tuple(takes), rule, "participle", i + 1, turned.subject.entity, "resumed", turned=True)
        told = self._told(i, sentence, clauses, starts)
        speaker = next((e for e in told if self.may_resume(e, word)), -1)
        if speaker < 0:
            speaker = told[0] if told and (self.last_speaker < 0 or not self.may_resume(self.last_speaker, word)) else self.last_speaker
        return Cue(i, i + 1, tuple(takes), rule, "participle", i + 1, speaker, "resumed")

    def _turns(self, clause: Clause) -> bool:
        """فيما انتقد زعيم الحزب الحكومة مؤكدا …: does a contrast open the clause, with a subject of its own?"""
        if self.forms[clause.at - 1] not in _CONTRASTS or clause.subject.how != "post" or clause.subject.entity < 0 or clause.relative:
            return False
        lexicon, lemma = self.lexicon, clause.verb.reading.lemma
        return lemma in lexicon.cues_by_lemma or any(lexicon.acts[index].type in BY_WORDS for index in lexicon.acts_by_lemma.get(lemma, ()))

    def _predicate(self, i: int, starts: dict[int, Mention]) -> bool:
        """إن بلاده ماضية في: a participle right behind the topic of إن says what the topic is."""
        return any(m.last == i and self.forms[m.first - 1] in AN_FORMS for m in starts.values())

    def may_resume(self, entity: int, word: Word) -> bool:
        """May ``entity`` go on speaking with a participle? A paper or a state says it مشيرة, not مشيرا; one person never says it مؤكدين."""
        who = self.cast.entities[entity]
        participle = word.participles[0]
        if participle.number == "p":
            return who.number != "s" or who.kind != "person"
        if who.kind == "person":
            return who.number != "s" or not who.gender or who.gender == participle.gender
        return who.code != "MEDIA" and who.kind != "state" or not who.mentions or any(self.reader.gender(m) in ("", participle.gender) for m in who.mentions[:3])

    def _homograph(self, i: int, sentence: Sentence, starts: dict[int, Mention]) -> Cue | None:
        """وعبر الوزير عن …، وبين السفير أن …: verbs spelt like a preposition, told by where they stand and what follows the speaker."""
        form = self.forms[i]
        previous = self.forms[i - 1] if i > sentence.first else "^"
        following = self.forms[i + 1 : i + 3]
        voiced = form == "عبر" and ("عن" in following[:1] or following[1:] == ["عن"] and following[0] in ADVERBS)  # a preposition never stands before another
        if voiced:
            return self._voiced(i, starts)
        if not (form[0] == "و" or previous in ("^", "،", ",", "كما", "حيث", "قد", "وقد", "و", "-", "فيما", "بينما", "حين")):
            return None
        mention = starts.get(i + 1)
        if mention is not None and (mention.prefix or mention.sort == "adjective"):
            return None
        cue_id, asks = _HOMOGRAPHS[form]
        last = mention.last if mention is not None else i + 1
        ahead = self.forms[last : min(last + 12 if mention is not None else last + 1, sentence.last)]
        if mention is None and cue_id != "voice" and self._made_clear(i, sentence):
            return Cue(i, i + 1, ("an",), f"cue.{cue_id}", "verb", i + 2, self.last_speaker, "noun", noun=i + 1)
        if mention is None and cue_id != "voice" or not any(f in asks or "an" in asks and f in AN_FORMS for f in ahead):
            return None
        speaker = mention.entity if mention is not None else self.last_speaker
        return Cue(i, i + 1, asks, f"cue.{cue_id}", "verb", last, speaker, "post" if mention is not None else "implicit", pair=mention)

    def _made_clear(self, i: int, sentence: Sentence) -> bool:
        """وبين الشطي أن القناة: a name nobody listed and أن, which between never has behind it."""
        if i != sentence.first or i + 3 >= sentence.last or self.forms[i + 2] not in AN_FORMS:
            return False
        word = self.words[i + 1]
        return word is not None and not word.function and not word.prep

    def _voiced(self, i: int, starts: dict[int, Mention]) -> Cue:
        """بوتين عبر مجددا عن قلقه: who stands in front says it, else who spoke last."""
        cue_id, asks = _HOMOGRAPHS["عبر"]
        before = None
        for m in starts.values():
            near = m.entity >= 0 and m.sort != "adjective" and not m.prefix.endswith(("ل", "ب"))
            if near and m.last in (i, i - 1) and all(form in QAD or form == '"' for form in self.forms[m.last : i]):
                before = m
        speaker, how = (before.entity, "pre") if before is not None else (self.last_speaker, "implicit")
        return Cue(i, i + 1, asks, f"cue.{cue_id}", "verb", i + 1, speaker, how, pair=before)

    def _doer(self, i: int, prep: str, clauses: list[Clause]) -> int:
        """رد الوزير بالقول، هاجم خصومه بقوله: who does the last verb in front, where the noun says how it is done."""
        word = self.words[i - 1] if i else None
        if prep != "ب" or word is not None and word.participles:
            return -1
        return next((c.subject.entity for c in reversed(clauses) if c.at < i and c.subject.how in ("post", "pre") and c.subject.entity >= 0 and not c.relative), -1)

    def _nominal(self, i: int, sentence: Sentence, starts: dict[int, Mention], clauses: list[Clause]) -> Cue | None:
        """تأكيده أن، إعلان موسكو أن، تصريحات للوزير بأن: a verbal noun of saying, its speaker and أن right behind."""
        word = self.words[i]
        assert word is not None
        lexicon = self.lexicon
        for noun in word.nouns:
            for index in lexicon.cues_by_noun.get(noun.noun, ()):
                mention = None if noun.pronoun else next((starts[j] for j in (i + 1, i + 2) if j in starts and starts[j].sort != "adjective"), None)
                if mention is not None and not (mention.first == i + 1 and not mention.prefix or mention.prefix == "ل"):
                    return None
                told = self._announced(i, noun.noun, mention, sentence, starts)
                if told is not None:
                    return told
                by = bool(noun.pronoun) or noun.prep == "ب" and noun.definite
                last = mention.last if mention is not None else i + 1
                if mention is None and not by or not any(form in AN_FORMS for form in self.forms[last : min(last + (4 if mention is not None else 2), sentence.last)]):
                    return None
                speaker, how = (mention.entity, "genitive") if mention is not None else (-2, "pronoun")
                return Cue(i, i + 1, ("an",), f"cue.{lexicon.cues[index].id}.noun", "noun", last, speaker, how, doer=self._doer(i, noun.prep, clauses))
        return None

    def _announced(self, i: int, noun: int, mention: Mention | None, sentence: Sentence, starts: dict[int, Mention]) -> Cue | None:
        """بعد إعلان الرئيس، أمس، انسحاب بلاده: what is announced stands behind who announces it, as it does behind the verb."""
        if mention is None or mention.prefix or self.lexicon.nouns[noun] not in _ANNOUNCING:
            return None
        j = mention.last
        while j < sentence.last and (self.forms[j] in _COMMAS or j in self.reader.dated or self.forms[j] in _WHEN or j in starts and starts[j].entity == mention.entity):
            j = starts[j].last if j in starts else j + 1
        word = self.words[j] if j < sentence.last else None
        if word is None or self.forms[j] in AN_FORMS or j in starts:
            return None
        takes = "عن" if word.form == "عن" else "obj" if any(not n.conj and not n.prep for n in word.nouns) and not word.function else ""
        return Cue(i, i + 1, (takes,), "cue.announce.noun", "noun", j, mention.entity, "genitive", pair=mention) if takes else None

    def _giver(self, i: int, clauses: list[Clause], starts: dict[int, Mention]) -> int:
        """Who gave out the paper that is quoted at ``i``: the subject of the verb in front (نشرت الوزارة تقريرا), or whom it was got from."""
        clause = next((c for c in reversed(clauses) if c.at < i and c.subject.entity >= 0), None)
        if clause is None:
            return self.last_speaker
        if self.lexicon.lemmas[clause.verb.reading.lemma] in _GETS:
            sender = next((starts[j] for j in range(clause.at + 2, i) if j in starts and self.forms[j - 1] == "من"), None)
            return sender.entity if sender is not None else -1
        return clause.subject.entity

    def _noun_cue(self, i: int, sentence: Sentence, starts: dict[int, Mention], clauses: list[Clause]) -> Cue | None:
        """قوله إن، بقولها: a verbal noun with the speaker as its pronoun."""
        word = self.words[i]
        assert word is not None
        lexicon = self.lexicon
        for noun in word.nouns:
            for index in lexicon.cues_by_noun.get(noun.noun, ()):
                cue = lexicon.cues[index]
                if noun.pronoun and cue.id in ("say",):
                    return Cue(i, i + 1, cue.takes, f"cue.{cue.id}.noun", "noun", i + 1, -2, "pronoun", doer=self._doer(i, noun.prep, clauses))
        match = self.cast.finder.match(i)
        entry = self.cast.finder.entry(match, "cue")
        if match is None or entry is None:
            return self._nominal(i, sentence, starts, clauses) if word.nouns else None
        if self.forms[i].lstrip("وف") in LEADING or self.forms[i] in LEADING:
            if self.forms[match.last - 1] in _IN_IT:  # نشرت الوزارة تقريرا جاء فيه: whoever gave it out says what stands in it
                return Cue(i, match.last, ("an", "quote", "colon"), f"cue.{entry.ref}", "leading", match.last, self._giver(i, clauses, starts), "document")
            for j in range(match.last, min(match.last + 6, len(self.forms))):
                if j in starts and starts[j].sort != "adjective":
                    return Cue(i, match.last, ("an", "quote", "colon"), f"cue.{entry.ref}", "leading", starts[j].last, starts[j].entity, "document")
            return Cue(i, match.last, ("an", "quote", "colon"), f"cue.{entry.ref}", "leading", match.last, self.last_speaker, "document")
        if self.forms[i] in ("بالقول",):
            return Cue(i, match.last, ("an", "quote", "colon"), f"cue.{entry.ref}", "noun", match.last, -2, "pronoun", doer=self._doer(i, "ب", clauses))
        return None
