"""Who speaks: the speaker and the relay of a cue, those who speak jointly, and whom to take when the cue's own subject names nobody known."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mahdar.arabic.particles import ADVERBS, AN_FORMS, AUXILIARIES, PREPOSITIONS, QAD, RELATIVES
from mahdar.arabic.tokens import NUMBER, WORD
from mahdar.reading.clauses import Clause, ClauseReader
from mahdar.reading.cues import DOCUMENTS, Cue
from mahdar.reading.document import Document, Sentence
from mahdar.reading.mentions import Mention
from mahdar.reading.nearby import spoken_of
from mahdar.reading.organs import PRIVATE
from mahdar.reading.papers import Papers
from mahdar.reading.reference import Cast, Entity
from mahdar.reading.strangers import HONOURS, Stranger
from mahdar.reading.together import Together

if TYPE_CHECKING:
    from mahdar.reading.statements import Spoken

_PRESS = frozenset(
    "تقارير التقارير معلومات المعلومات الصحف وسايل صحيفه الصحيفه صحف قناه القناه وكاله الوكاله شبكه الشبكه مجله المجله اذاعه الاذاعه "
    "موقع الموقع تلفزيون التلفزيون مراسل المراسل".split()
)
_GATHERINGS = frozenset(("القمه", "المؤتمر", "الاجتماع", "المجتمعون", "المجتمعين"))  # speak for whoever holds them
# Heads of bodies the cast may know nothing of, and the adjectives that make them organs of the land the article is about.
_ORGANISED = frozenset(
    "مجلس هييه لجنه اتحاد شركه منظمه موسسه جمعيه نقابه حزب حركه جبهه مركز معهد بنك مصرف صندوق وكاله مفوضيه محكمه جامعه غرفه رابطه ايتلاف تحالف مجموعه مشيخه دار تيار مرصد".split()
)
_WATCHERS = ("مراقب", "محلل", "خبر", "معلق")  # persons, by their trade
# Many together, though the word does not tell.
_CROWDS = frozenset("حضور جمهور اوساط جمعيات احزاب منظمات نقابات قوي كتل اطراف عايلات اهالي شباب وجهاء عشاير قبايل جهات دوائر دواير شخصيات".split())
_OF_THE_LAND = frozenset("القومي القوميه الوطني الوطنيه الاعلي العليا".split())
# Organs that only a state has: of the land the article is about, where nothing says of which.
_ORGANS = frozenset("وزاره شرطه نيابه مديريه بلديه محافظه رياسه سلطات سفاره قنصليه".split())
_LONGEST_NAME = 6
_FAR = 25  # tokens between a verb that passes words on and whose they are
# Roles that say little, so that one of them may describe whoever has another; posts whose holder is called by such a one too.
_LOOSE = frozenset(("official", "other", "expert", "journalist", "legislator", "citizen", "party_leader"))
_POSTS = frozenset(("spokesperson", "envoy", "ambassador", "military"))
_LATTER = frozenset(("الاخير", "الاخيره"))
_THE_SOURCE = frozenset(("المصدر", "للمصدر"))
_ALL = frozenset(("الجميع", "الكل"))
# A medium passes words on: نقلته, حسبما أوردت, بحسب, وفقا ل.
_PASSES_ON = frozenset("نقل أورد نشر بث ذكر أفاد أذاع".split())
_LANDS = ("بلاد", "بلده", "بلدها", "دولته", "دولتها", "حكومته", "حكومتها", "حكومتهم")  # whose speaker is the state
_NO_PEOPLE = frozenset("الملايين القوانين الميادين العناوين المضامين اليمين الدين اليقين الحين السنين الستين الثلاثين الاربعين الخمسين العشرين العشرون الثلاثون".split())
_WHERE = frozenset(("حيث", "اذ", "عندما", "حين"))
_SPEECHES = frozenset("تصريحات تصريح تغريدات تغريده كلمه خطاب مقابله حديث بيان مداخله رساله".split())
_ATTRIBUTES = frozenset(("نسب", "عزا"))  # to somebody
_AS = frozenset(("ما", "كما", "حسبما", "وفقما", "مثلما", "بما", "لما", "بحسبما"))
_ABOUT = frozenset(("عنه", "عنها", "عنهم"))
_BY = frozenset(("حسب", "بحسب", "وبحسب", "وفق"))
_AGENCIES = frozenset("وكاله رويترز فرانس اسوشيتد اسوشييتد الاسوشيتد الاناضول للاناضول سبوتنيك بلومبرغ".split())  # told to an agency is passed on by it
_ACCORDING = frozenset(("وفقا", "طبقا", "استنادا"))
# Verbs that go on with what somebody said; those that can do nothing else.
_GOES_ON = frozenset("أضاف تابع استطرد أردف أوضح مضى واصل استدرك زاد لفت أشار".split())
_ONLY_GOES_ON = frozenset("أضاف تابع استطرد أردف مضى واصل استدرك زاد".split())


def _may_be(role: str | None, known: str | None) -> bool:
    """May somebody of a ``known`` role be described by another: النائب السابق of one who is an expert now?"""
    return role == known or role in _LOOSE and known in _LOOSE | {None} or role in _LOOSE and known in _POSTS


def _one_slip(a: str, b: str) -> bool:
    """Are two names of five letters and more the same but for one letter, or for two neighbours that changed places?"""
    if min(len(a), len(b)) < 5 or abs(len(a) - len(b)) > 1 or a == b:
        return False
    i = next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
    if len(a) != len(b):
        return a[i + 1 :] == b[i:] or a[i:] == b[i + 1 :]
    return a[i + 1 :] == b[i + 1 :] or a[i : i + 2] == b[i : i + 2][::-1] and a[i + 2 :] == b[i + 2 :]


class SpeakerFinder:
    """Finds the speakers of a document's cues in order; remembers who spoke last, and through whom."""

    def __init__(self, document: Document, cast: Cast, clauses: ClauseReader) -> None:
        self.doc = document
        self.cast = cast
        self.clauses = clauses
        self.forms = document.tokens.form
        self.kinds = document.tokens.kind
        self.words = document.words
        self.together = Together(document, cast)
        self.last = -1
        self.via = -1
        self.same: dict[int, int] = {}  # whom a description of nobody named turned out to mean
        self.papers = Papers(document)
        self._said = ""  # the gender of the verb by which who speaks now was said to speak
        self.spoke: list[int] = []  # who spoke before, the last at the end
        self._heard = -1  # where the words of somebody were last said to be passed on
        self._unknown: dict[str, int] = {}  # speakers no mention was found for, by their first word

    def speakers(self, cue: Cue, sentence: Sentence, mentions: list[Mention], starts: dict[int, Mention], first: bool, nested: bool) -> tuple[list[int], int]:
        """Everybody who says it (one statement each), and the relay; the first of them goes on speaking, unless he is ``nested``, quoted by another."""
        speaker, via = self._speaker(cue, sentence, starts, first)
        if cue.noun >= 0 and self.forms[cue.noun].startswith("ال"):
            speaker = self.papers.issuers.get(self.forms[cue.noun][2:], speaker)
        if speaker < 0:
            speaker = self._unnamed(cue, sentence, mentions)
        elif cue.pair is not None and cue.pair.entity == speaker and self.source_again(cue.pair) != speaker:
            speaker = self.source_again(cue.pair)
        elif cue.pair is not None and cue.pair.entity == speaker:
            speaker = self._spoke_so(cue.pair, self._described_again(cue.pair, speaker))
        if not nested or self.last < 0 or self.cast.entities[self.last].code == "MEDIA":
            told = cue.clause is not None and cue.how in ("post", "pre", "rel") and cue.clause.verb.reading.number == "s"
            if told or speaker != self.last:
                self._said = cue.clause.verb.reading.gender if told and cue.clause is not None else ""
            self.last, self.via = speaker, via
            if speaker >= 0:
                self.spoke = [*(e for e in self.spoke if e != speaker), speaker]
        if self.doc.quote_of[cue.first] < 0 or cue.how != "noun":  # nobody known who speaks inside another's quotation is not who goes on
            self.clauses.note(speaker)
        if speaker >= 0:
            self.papers.issued(sentence, max(cue.start, cue.first), speaker)
        others = self.together.joint(cue, starts) if speaker == cue.speaker else []
        members = self.together.members(cue, speaker)
        several = self.together.several(cue, speaker)
        if several:
            members = several
        elif cue.how in ("none", "chain", "implicit", "pair") and len(members) < 2 and cue.clause is not None and cue.clause.verb.reading.number == "d":
            persons = cue.clause.verb.reading.gender == "m"
            if persons or self._in_front(cue.clause.at, mentions) >= 0:
                members = self.cast.pair_before(cue.clause.at, persons=persons)  # وأضافا؛ كانت روسيا وسوريا قد قالتا
        if len(members) > 1:
            return [*members, *others], via
        return [speaker, *others], via

    def source_again(self, m: Mention) -> int:
        """قالت الصحيفة … وبحسب المصدر ذاته: المصدر where no مصدر was spoken of is whoever spoke last."""
        who = self.cast.entities[m.entity]
        if self.forms[m.first] not in _THE_SOURCE or m.code is not None or who.named:
            return m.entity
        if who.mentions[:1] == [m] and m.entity != self.last >= 0:
            said = (e for e in reversed(self.spoke) if self.cast.entities[e].code == "MEDIA" or not self.cast.entities[e].named)
            self.same[m.entity] = next(said, self.last)
        return self.same.get(m.entity, m.entity)

    def goes_on(self, speaker: int) -> None:
        """Remember who spoke last, though his words are too few to be reported."""
        self.last, self.via = speaker, -1
        self.spoke = [*(e for e in self.spoke if e != speaker), speaker]

    def _described_again(self, m: Mention, found: int) -> int:
        """وأضاف الكاتب الكبير، وأكد النائب السابق: a description that fits nobody the article named means whoever spoke last, where nothing speaks against it."""
        if self.last < 0 or self.last == found:
            return self.same.get(found, found)
        who, last = self.cast.entities[found], self.cast.entities[self.last]
        if found not in self.same and who.kind == "person" and who.named and who.code is None and not who.ref and who.mentions[:1] == [m]:
            known = self._slipped(m)
            if known >= 0:
                self.same[found] = known
        if who.kind != "person" or who.named or who.ref or who.number != "s" or who.mentions[:1] != [m] or not m.definite or last.kind != "person" or not last.named:
            return self.same.get(found, found)
        if who.code not in (None, "MEDIA", last.code) or who.gender and last.gender and who.gender != last.gender or not _may_be(m.role, last.role):
            return found
        self.same[found] = self.last
        return self.last

    def _named_at(self, entity: int, before: int) -> int:
        """Where somebody was last named before a token."""
        return max((x.first for x in self.cast.entities[entity].mentions if x.first < before), default=-1)

    def _titled(self, m: Mention) -> int:
        """السفير الشرقاوي: who was named so before, where the title stands in front of his family name alone; -1 for nobody."""
        if m.sort != "role" or m.name is not None or m.number != "s":
            return -1
        at = m.last - 1 if m.last - m.first == 2 and m.code is None else m.last  # a family name looks like an adjective
        form = self.forms[at] if at < len(self.forms) else ""
        if not form.startswith("ال"):
            return -1
        for entity, who in enumerate(self.cast.entities):
            if who.kind == "person" and who.named and who.name[1] - who.name[0] > 1 and who.mentions[0].first < m.first and form in self.forms[who.name[0] + 1 : who.name[1]]:
                return entity
        return -1

    def _called_so(self, m: Mention, who: Entity) -> int:
        """المستشار النمساوي فلان … وقال المستشار: of a word alone that tells no state, the person named behind it before."""
        form = self.forms[m.first]
        if who.kind != "person" or who.named or who.code is not None or not m.definite or m.last - m.first != 1 or not form.startswith("ال"):
            return -1
        named = ((x.first, e) for e, other in enumerate(self.cast.entities) if other.kind == "person" and other.named and other.number == "s" for x in other.mentions)
        return max(((at, e) for at, e in named if at < m.first and self.forms[at] == form), default=(-1, -1))[1]

    def _slipped(self, m: Mention) -> int:
        """Whose name a single new word is, written wrong or heard before without a post; -1 for nobody's."""
        if m.last - m.first > 1 or m.prefix:
            return -1
        known = self._unknown.get(self.forms[m.first], -1)
        return known if known >= 0 else self._misspelt(self.forms[m.first], m.first)

    def _spoke_so(self, m: Mention, found: int) -> int:
        """وأضاف الحزب، وأكد الوزير: of those the words may mean, whoever spoke before, though another was named since."""
        who = self.cast.entities[found]
        titled = self._titled(m)
        if titled >= 0:
            return titled
        called = self._called_so(m, who) if who.mentions[:1] == [m] else -1
        if called >= 0:
            self.same[found] = called
            return called
        last = self.cast.entities[self.last] if self.last >= 0 else None
        if who.kind == "person" and last is not None and last.kind == "person" and m.definite and m.last - m.first == 1 and m.code is None and m.role in _LOOSE and m.name is None:
            same = _may_be(m.role, last.role) and (not m.gender or last.gender in ("", m.gender)) and last.number == m.number
            return self.last if same and self._named_at(self.last, m.first) > self._named_at(found, m.first) else found
        if not m.definite or m.code is not None and m.sort != "media" or m.prefix or m.number != "s" or m.last - m.first > 2 or m.name is not None or found in self.spoke:
            return found
        head, words = self.forms[m.first].removeprefix("ال"), set(self.forms[m.first : m.last])
        for entity in reversed(self.spoke):
            other = self.cast.entities[entity]
            if not self.forms[m.first].startswith("ال"):  # وزير الداخلية: he whom the text called so
                fits = other.kind == "person" == who.kind and other.role == m.role and any(words <= set(self.forms[x.first : x.last]) for x in other.mentions)
            elif who.kind == "person":
                fits = other.kind == "person" and other.number == "s" and other.role in (m.role, who.role) and (not m.gender or other.gender in ("", m.gender))
            else:
                fits = other.kind == who.kind and any(head in (self.forms[x.first].removeprefix("و").removeprefix("ال"), self.forms[x.first]) for x in other.mentions)
            if fits:
                return entity
        return found

    def _speaker(self, cue: Cue, sentence: Sentence, starts: dict[int, Mention], first: bool) -> tuple[int, int]:
        """The speaker and the relay: نقلت الوكالة عن الوزير قوله إن → the minister, via the agency."""
        if cue.kind == "verb" and cue.relay or cue.kind == "noun" and cue.speaker == -2:
            return self._relayed(cue, sentence, starts)
        if cue.kind == "participle" and not cue.turned and (not first or self._heard >= sentence.first) and self._can_resume(cue):
            return self.last, self.via
        if cue.how == "first" and self.last >= 0:
            return self.last, self.via  # ونقر بأن …: inside his words he speaks of himself
        giver = self._giver_of_speech(cue, sentence, starts)
        if giver >= 0:
            return giver, -1
        if cue.how == "implicit" and self._heard < sentence.first and self._spoken_of(cue) or cue.how == "chain" and self._aside(cue):
            return cue.speaker, -1
        if cue.how in ("chain", "implicit", "none", "first") and self._can_resume(cue) and (not first or cue.how != "chain" or self._adds(cue)):
            return self.last, self.via if self.via >= 0 and cue.first > sentence.first else -1
        if cue.how in ("chain", "implicit", "none") and self._relay_goes_on(cue):
            return self.via, -1
        if cue.how in ("implicit", "none") and cue.clause is not None:
            return self._earlier(cue.clause, cue.speaker), -1
        return cue.speaker, -1

    def hear(self, sentence: Sentence, clauses: list[Clause], starts: dict[int, Mention], limit: int) -> None:
        """نقلت الوكالة عن الوزير إشادته بـ…، مؤكدا: whoever's words are passed on before token ``limit`` goes on speaking."""
        for clause in clauses:
            if not max(self._heard, sentence.first - 1) < clause.at < limit or not self._passed_on(clause):
                continue
            persons = (m for i, m in starts.items() if clause.at < i < min(limit, clause.at + _FAR) and m.entity >= 0 and m.kind == "person")
            source = next((m for m in persons if self._source(m.first, sentence)), None)
            if source is not None:
                self._heard = clause.at
                self.last, self.via = source.entity, clause.subject.entity if clause.subject.entity != source.entity else -1

    def _passed_on(self, clause: Clause) -> bool:
        return self._passed_on_by(clause.verb.reading.lemma)

    def _passed_on_by(self, lemma: int) -> bool:
        """Does the verb pass on another's words: نقل، نسب?"""
        lexicon = self.cast.lexicon
        return lexicon.lemmas[lemma] in _ATTRIBUTES or any(lexicon.cues[i].relay for i in lexicon.cues_by_lemma.get(lemma, ()))

    def _relay_goes_on(self, cue: Cue) -> bool:
        """نقلت الوكالة عن الوزير قوله …، وأضافت أن: where he who was quoted cannot go on, the medium that quoted him does."""
        if cue.clause is None or self.via < 0 or self.cast.lexicon.lemmas[cue.clause.verb.reading.lemma] not in _GOES_ON:
            return False
        return not self.clauses.agrees(cue.clause, self.last, expressed=False) and self.clauses.agrees(cue.clause, self.via, expressed=False)

    def _earlier(self, clause: Clause, found: int) -> int:
        """وأضافت, though a man spoke last: she who spoke before him goes on."""
        return next((e for e in reversed(self.spoke) if e != self.last and self.clauses.agrees(clause, e, expressed=False)), found)

    def _spoken_of(self, cue: Cue) -> bool:
        """واجتمع كيري مع نظيره. ورحب بالقرار: who was spoken of since somebody spoke does it, unless the verb goes on with what was said (أضاف)."""
        if cue.speaker < 0 or cue.speaker == self.last or cue.clause is None or self.cast.entities[cue.speaker].kind != "person":
            return False
        return self.cast.lexicon.lemmas[cue.clause.verb.reading.lemma] not in _GOES_ON

    def _giver_of_speech(self, cue: Cue, sentence: Sentence, starts: dict[int, Mention]) -> int:
        """جاء ذلك في كلمة للوزير …، حيث قال: whose speech the sentence tells of, who goes on behind حيث; -1 for nobody's."""
        clause = cue.clause
        if clause is None or cue.how not in ("chain", "implicit", "none") or clause.verb.conj or self.forms[clause.at - 1] not in _WHERE:
            return -1
        for i in range(sentence.first, clause.at - 1):
            m = starts.get(i)
            if m is None or m.entity < 0 or m.sort == "adjective" or m.prefix not in ("", "ل") or self.forms[i - 1].lstrip("وب").removeprefix("ال") not in _SPEECHES:
                continue
            if self.clauses.agrees(clause, m.entity, expressed=False):
                return m.entity
        return -1

    def _adds(self, cue: Cue) -> bool:
        """فهي تملك سوقا كبيرة، وأضافت: a verb that goes on with what was said is not done by one who never spoke."""
        if cue.clause is None or cue.speaker in self.spoke or self.cast.entities[self.last].kind != "person":
            return False
        only = self.cast.entities[cue.speaker].kind == "person"  # وأجرى الوزير مكالمة، وأوضح أن: one may explain who did not speak before
        return self.cast.lexicon.lemmas[cue.clause.verb.reading.lemma] in (_ONLY_GOES_ON if only else _GOES_ON)

    def _aside(self, cue: Cue) -> bool:
        """قالت الصحيفة إن ميركل حذرة حيث أعربت عن قلقها: the subject of the clause that حيث goes with, not who tells of it."""
        clause = cue.clause
        return clause is not None and cue.speaker >= 0 and not clause.verb.conj and self.forms[clause.at - 1] in _WHERE and self.cast.entities[cue.speaker].kind == "person"

    def _can_resume(self, cue: Cue) -> bool:
        """May the last speaker go on speaking? He must agree with the verb or participle."""
        if self.last < 0:
            return False
        who = self.cast.entities[self.last]
        if cue.clause is not None:
            return self.clauses.agrees(cue.clause, self.last, expressed=False)
        word = self.words[cue.first]
        if word is None or not word.participles:
            return True
        p = word.participles[0]
        if p.number == "p":
            return who.number != "s" or who.kind != "person"
        if who.kind != "person" and self._said and p.number == "s" and p.gender != self._said:
            return False  # اتهمت الحركة …، مؤكدا: another's
        if who.code == "MEDIA" and who.mentions:
            return self.clauses.gender(who.mentions[0]) in ("", p.gender)
        return who.kind != "person" or not who.gender or who.gender == p.gender or who.number == "p"

    def relay(self, mentions: list[Mention], spoken: list[Spoken]) -> None:
        """The medium that passes a statement on: حسبما نقلت وكالة …, في تصريحات أوردتها صحيفة …, وفقا لوكالة …."""
        if not spoken:
            return
        for m in mentions:
            if m.entity < 0 or m.sort != "media" and self.cast.entities[m.entity].code != "MEDIA" or not self._passes_on(m):
                continue
            for s in spoken:
                if s.via < 0 <= s.speaker and self.cast.entities[s.speaker].code != "MEDIA" and (not s.content[0] <= m.first < s.content[1] or self.doc.quote_of[m.first] < 0):
                    s.via = m.entity

    def _passes_on(self, m: Mention) -> bool:
        i = m.first - 1
        if i < 0 or m.prefix:
            return m.prefix == "ل" and (self.forms[i] in _ACCORDING or self.forms[m.first].removeprefix("ل") in _AGENCIES)
        if self.forms[i] in _BY:
            return True
        about = self.forms[i] in _ABOUT
        i -= about and i > 0
        word, lemmas = self.words[i], self.cast.lexicon.lemmas
        return word is not None and any(lemmas[v.reading.lemma] in _PASSES_ON and (v.pronoun or about or self.forms[i - 1] in _AS) for v in word.verbs)

    def _relayed(self, cue: Cue, sentence: Sentence, starts: dict[int, Mention]) -> tuple[int, int]:
        last = cue.first if cue.kind == "noun" else cue.start
        first = sentence.first if cue.kind == "noun" else cue.search
        for i in range(last - 1, first - 1, -1):
            mention = starts.get(i)
            if mention is not None and mention.entity >= 0 and i and (self._source(i, sentence) or cue.kind == "noun" and mention.prefix == "ل" and self._says_noun(i - 1)):
                via = self._relay_subject(cue, sentence, starts, i)
                return mention.entity, via if via != mention.entity else -1
        if cue.kind == "noun":
            about = self._about_whom(last, first)
            if about >= 0:
                return about, self._relay_subject(cue, sentence, starts, last)
            return (cue.doer, -1) if cue.doer >= 0 else (self.last, -1)
        return cue.speaker, -1

    def _about_whom(self, last: int, first: int) -> int:
        """وصل ظريف … ونقلت الوكالة عنه قوله: the person last named whom the pronoun of عنه takes up; -1 where nothing is passed on about anybody."""
        at = next((i for i in range(last - 1, first, -1) if self.forms[i] in _ABOUT), -1)
        if at < 0 or not any(self._passed_on_by(v.reading.lemma) for w in self.words[first:at] if w is not None for v in w.verbs):
            return -1
        gender = "f" if self.forms[at] == "عنها" else "m"
        found, latest = -1, -1
        for entity, who in enumerate(self.cast.entities):
            if who.kind == "person" and who.number == "s" and who.code != "MEDIA" and who.gender in ("", gender):
                near = max((m.first for m in who.mentions if m.first < at), default=-1)
                found, latest = (entity, near) if near > latest else (found, latest)
        return found

    def _source(self, i: int, sentence: Sentence) -> bool:
        """نقل عن المسؤول، على لسان المسؤول، نسب إلى المسؤول: do the words in front make the mention at ``i`` the source?"""
        if self.forms[i - 1] in ("عن", "لسان"):
            return True
        lemmas = self.cast.lexicon.lemmas
        return self.forms[i - 1] == "الي" and any(lemmas[v.reading.lemma] in _ATTRIBUTES for w in self.words[sentence.first : i] if w is not None for v in w.verbs)

    def _says_noun(self, i: int) -> bool:
        """تصريحات للوزير، حديث للسفير: a noun of saying."""
        word = self.words[i]
        return word is not None and any(n.noun in self.cast.lexicon.cues_by_noun for n in word.nouns)

    def _relay_subject(self, cue: Cue, sentence: Sentence, starts: dict[int, Mention], before: int) -> int:
        if cue.kind == "verb":
            return cue.speaker
        for i in range(sentence.first, before):
            if i in starts and starts[i].entity >= 0 and not starts[i].prefix and starts[i].sort != "adjective":
                return starts[i].entity
        return -1

    # -- nobody known ----------------------------------------------------------------------------------------------------------

    def _unnamed(self, cue: Cue, sentence: Sentence, mentions: list[Mention]) -> int:
        """The speaker of a cue whose subject is nobody the cast knows: a document's issuer, the surname seen behind a title, the noun itself."""
        if cue.pair is not None and cue.pair.sort == "own" and cue.how == "post" and cue.clause is not None and self.forms[cue.pair.first].startswith(_LANDS):
            return self._whose_land(cue.clause, cue)
        if cue.clause is None or cue.how != "noun" or cue.noun < 0:
            return self._nearest(cue, sentence, mentions)
        if cue.stranger is not None:
            return self._stranger(cue.stranger, sentence, mentions, cue.start)
        at = cue.noun
        form = self.forms[at]
        if cue.intro == "obj" and cue.start == at:  # وأكد أهمية …: an object, and the speaker goes on
            return self._nearest(cue, sentence, mentions)
        if form in DOCUMENTS or form in _GATHERINGS:
            before = self._goes_on(at)
            told = before >= 0 and (self._named_at(before, at) >= 0 or not form.startswith("ال"))
            return before if told else self._new(at, sentence, mentions, cue.start)
        if form in HONOURS or form in _ALL and cue.clause.verb.conj:
            return self._goes_on(at)
        if form in _LATTER:
            found = self._latter(at, "f" if form.endswith("ه") else "m", mentions)
            if found >= 0:
                return found
        if form == '"':
            at, form = at + 1, self.forms[at + 1]
        known = self._unknown.get(form.removeprefix("ال"))
        if known is not None:
            return known
        found = self._surname(form, at) if self.words[at] is not None else -1
        if found < 0:
            found = self._body_again(form, at)
        if found < 0 and (cue.intro in ("an", "quote", "colon") or form.startswith("ال")):  # عقارب الساعة أشارت إلى …
            found = self._new(at, sentence, mentions, cue.clause.at if at < cue.clause.at else cue.start)
        if found >= 0:
            self._unknown[form.removeprefix("ال")] = found
        return found

    def _stranger(self, stranger: Stranger, sentence: Sentence, mentions: list[Mention], cue_start: int) -> int:
        """Who bears a name nobody listed: whoever bore it before, the holder of the post beside it, else somebody of his own."""
        at, form = stranger.first, self.forms[stranger.first]
        known = self._unknown.get(form)
        if known is None:
            known = self._named_so(at, stranger.last)
        if known < 0 and stranger.last - at == 1:
            known = self._surname(form, at)
            known = self._misspelt(form, at) if known < 0 else known
        if known >= 0:
            return known
        post = stranger.post
        if post is not None and post.entity >= 0 and not (who := self.cast.entities[post.entity]).named and who.mentions[:1] == [post]:
            who.name, who.named, found = (at, stranger.last), True, post.entity
        else:
            found = self._new(at, sentence, mentions, cue_start)
        for i in range(at, stranger.last):
            self._unknown.setdefault(self.forms[i].removeprefix("ال"), found)
        return found

    def _named_so(self, first: int, last: int) -> int:
        """Who was named with these words, among others, before them."""
        words = [form.removeprefix("ال") for form in self.forms[first:last]]
        for entity, who in enumerate(self.cast.entities):
            for m in who.mentions:
                spoken = [form.removeprefix("ال") for form in self.forms[m.first : m.last]] if m.last <= first else []
                if any(spoken[i : i + len(words)] == words for i in range(len(spoken) - len(words) + 1)):
                    return entity
        return -1

    def _misspelt(self, form: str, at: int) -> int:
        """أوردغان, بوزنر spelt يوزنر: a family name of the article with one letter changed, or two that changed places."""
        for entity, who in enumerate(self.cast.entities):
            if who.kind == "person" and who.named and any(m.first < at for m in who.mentions) and _one_slip(form, self.forms[who.name[1] - 1].removeprefix("ال")):
                return entity
        return -1

    def _latter(self, at: int, gender: str, mentions: list[Mention]) -> int:
        """الأخير: who is named last before it, of its gender."""
        for m in reversed(mentions):
            if m.first < at and m.entity >= 0 and m.sort != "adjective":
                who = self.cast.entities[m.entity]
                own = who.gender if who.kind == "person" else self.clauses.gender(m)
                if own in ("", gender) and who.number == "s":
                    return m.entity
        return -1

    def _nearest(self, cue: Cue, sentence: Sentence, mentions: list[Mention]) -> int:
        """The mention right in front of the verb (وكانت روسيا وسوريا قد قالتا), else whoever spoke or was spoken of last."""
        clause = cue.clause
        found = self._in_front(clause.at, mentions) if clause is not None else -1
        if found >= 0:
            return found
        before = [m for m in mentions if m.first < cue.first and m.entity >= 0 and m.sort != "adjective" and m.prefix in ("", "و")]
        if clause is None and before and self.last < 0:
            return before[0].entity
        several = self._many(cue, sentence, mentions) if clause is not None and clause.verb.reading.number == "p" and clause.verb.reading.person == 3 else -1
        if several < 0 and clause is not None and self.last >= 0 and self.cast.entities[self.last].kind == "person" and not self.clauses.agrees(clause, self.last, expressed=False):
            several = self._of_the_gender(clause, cue)
        return several if several >= 0 else self._goes_on(cue.first)

    def _of_the_gender(self, clause: Clause, cue: Cue) -> int:
        """استقبل الوزير المبعوثة … وقالت إن: the person spoken of last who may do the verb, where he who spoke last cannot; -1 for nobody."""
        found, latest = -1, -1
        for entity, who in enumerate(self.cast.entities):
            if who.kind == "person" and who.number == "s" and who.gender and self.clauses.agrees(clause, entity, expressed=False):
                near = self._named_at(entity, cue.first)
                told_of = any(cue.first < m.first < cue.start for m in who.mentions)  # اتهمت ميركل بـ…
                found, latest = (entity, near) if near > latest and not told_of else (found, latest)
        return found

    def _whose_land(self, clause: Clause, cue: Cue) -> int:
        """الرئيس الذي أعلنت بلاده أن، وأعلنت بلاده أن: the state of whom the clause describes, else of whoever was spoken of."""
        owner = clause.antecedent.entity if clause.relative and clause.antecedent is not None else self._goes_on(cue.first)
        code = self.cast.entities[owner].code if owner >= 0 else None
        return self.cast.state(code) if code in self.cast.lexicon.state_names and code is not None else owner

    def _many(self, cue: Cue, sentence: Sentence, mentions: list[Mention]) -> int:
        """المشاركون في المسيرة التي يقولون إنها: of a verb in the plural no single person is the subject, but those named last before it who are many."""
        ends = {m.last - 1: m for m in mentions if m.entity >= 0 and m.sort != "adjective"}
        for i in range(cue.first - 1, sentence.first - 1, -1):
            m, word, form = ends.get(i), self.words[i], self.forms[i]
            if m is not None and (m.number == "p" or m.kind == "group" or m.sort == "institution" and form != "" and self.forms[m.first].endswith("ات")):
                return m.entity
            bare = word is not None and not word.function and not word.named and form.startswith("ال") and len(form) > 5 and not any(x.first <= i < x.last for x in mentions)
            if bare and form.endswith(("ون", "ين")) and word is not None and not word.nouns and i not in self.clauses.dated and form not in _NO_PEOPLE:
                return self._new(i, sentence, mentions, cue.first)
        return -1

    def _in_front(self, i: int, mentions: list[Mention]) -> int:
        """Whom the words right before the verb at ``i`` name, قد and the like aside."""
        while i and (self.forms[i - 1] in QAD or self.forms[i - 1] in AUXILIARIES or self.forms[i - 1] in ADVERBS or self.forms[i - 1] in RELATIVES):
            i -= 1
        return next((m.entity for m in mentions if m.last == i and m.entity >= 0), -1)

    def _goes_on(self, at: int) -> int:
        """Whoever spoke last, else was spoken of last, else stands nearest before."""
        if self.last >= 0:
            return self.last
        spoken_of = next((e for e in reversed(self.clauses.recent) if self._named_at(e, at) >= 0), -1)
        if spoken_of >= 0:
            return spoken_of
        return max(((m.first, i) for i, who in enumerate(self.cast.entities) for m in who.mentions if m.first < at), default=(0, -1))[1]

    def _surname(self, form: str, at: int) -> int:
        """قهرماني: the word stood behind somebody's title before (السفير الإيراني روح الله قهرماني), or in a name."""
        bare = form.removeprefix("ال")
        for entity, who in enumerate(self.cast.entities):
            for m in who.mentions:
                if m.last <= at and who.kind == "person" and any(self.forms[j].removeprefix("ال") == bare for j in range(m.last, min(m.last + 3, at))):
                    return entity
                if m.last <= at and any(self.forms[j] == form for j in range(m.first, m.last)):
                    return entity
                if m.last <= at and m.sort == "role" and m.name is None and any(self.forms[j] == bare and self.kinds[j - 1] == WORD for j in range(max(1, m.first - 2), m.first)):
                    return entity  # زهدي، نائب رئيس النقابة
        return -1

    def _body_again(self, form: str, at: int) -> int:
        """المجلس، الهيئة: the body whose name began with that word was spoken of before."""
        if not form.startswith("ال"):
            return -1
        found, latest = -1, -1
        for entity, who in enumerate(self.cast.entities):
            if who.kind == "person":
                continue
            for m in who.mentions:
                if latest < m.first < at and m.last - m.first > 1 and self.forms[m.first].removeprefix(m.prefix or "").removeprefix("ال") == form[2:]:
                    found, latest = entity, m.first
        return found

    def _new(self, at: int, sentence: Sentence, mentions: list[Mention], cue_start: int) -> int:
        """Somebody of his own, named by the noun and what describes it."""
        last = at
        while last < min(at + _LONGEST_NAME, max(cue_start, at + 1), sentence.last):
            word, form = self.words[last], self.forms[last]
            if self.kinds[last] == NUMBER and last not in self.clauses.dated:
                last += 1
                continue  # 18 عضوا, الدول الـ57
            if self.kinds[last] != WORD or word is None or last in self.clauses.dated:
                break
            if last > at and (word.function or word.prep or form in PREPOSITIONS or form in AN_FORMS or form in RELATIVES):
                break
            last += 1
        if last == at:
            return -1
        kind, code, role = ("organisation", "MEDIA", None) if self.forms[at] in _PRESS else ("person", None, "other")
        head = self.forms[at].removeprefix("ال")
        if head in _ORGANISED:
            kind, role = "organisation", None
            code = self.cast.scene if at + 1 < last and self.forms[at + 1] in _OF_THE_LAND else None
        if self.forms[at] in _ORGANS:
            kind, role = "state", None
            code = next((m.code for m in mentions if at < m.first < min(last, cue_start) and m.code), None) or self.cast.scene or spoken_of(self.cast, at)
        for m in mentions if head not in PRIVATE else ():  # نشطاء في سوريا: the state the text ties him to; الاتحاد المصري للغرف is no state's
            if m.code == "MEDIA" and head == "هييه":
                continue  # الهيئة المنظمة لوسائل الإعلام البريطانية
            if code is None and at < m.first < at + _LONGEST_NAME + 2 and (m.first < cue_start or at + 2 < len(self.kinds) and self.kinds[at + 2] == NUMBER and m.prefix == ""):
                code = m.code or (self.cast.entities[m.entity].code if m.entity >= 0 else None)
        number = len(self.cast.entities)
        mention = Mention(at, last, kind, "noun", code, role, definite=self.forms[at].startswith("ال"), entity=number)
        many = self.kinds[at] == NUMBER or head in _CROWDS or self.forms[at].endswith(("ون", "ين")) and not self.words[at].named  # type: ignore[union-attr]
        crowd = many and role == "other" and (head in _CROWDS or self.forms[at].startswith("ال") and not head.startswith(_WATCHERS))
        self.cast.entities.append(Entity(kind, code, role, None, (at, last), number="p" if many else "s", sort="crowd" if crowd else "noun", mentions=[mention]))
        return number
