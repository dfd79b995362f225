"""Who speaks: the speaker and the relay of a cue, those who speak jointly, and whom to take when the cue's own subject names nobody known."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mahdar.arabic.particles import ADVERBS, AN_FORMS, AUXILIARIES, PREPOSITIONS, QAD, RELATIVES
from mahdar.arabic.tokens import WORD
from mahdar.reading.clauses import Clause, ClauseReader
from mahdar.reading.cues import DOCUMENTS, Cue
from mahdar.reading.document import Document, Sentence
from mahdar.reading.mentions import Mention
from mahdar.reading.reference import Cast, Entity

if TYPE_CHECKING:
    from mahdar.reading.statements import Spoken

_PERSON_PAIRS = frozenset("رييسان رييسين وزيران وزيرين زعيمان زعيمين مسوولان مسوولين رجلان رجلين".split())
_PRESS = frozenset(
    "تقارير التقارير معلومات المعلومات الصحف وسايل صحيفه الصحيفه صحف قناه القناه وكاله الوكاله شبكه الشبكه مجله المجله اذاعه الاذاعه "
    "موقع الموقع تلفزيون التلفزيون مراسل المراسل".split()
)
_GATHERINGS = frozenset(("القمه", "المؤتمر", "الاجتماع", "المجتمعون", "المجتمعين"))  # speak for whoever holds them
_PAPERS = frozenset("بيان تقرير رساله وثيقه خطاب مسوده بلاغ برقيه مذكره افتتاحيه دعوي".split())
# Heads of bodies the cast may know nothing of, and the adjectives that make them organs of the land the article is about.
_ORGANISED = frozenset(
    "مجلس هييه لجنه اتحاد شركه منظمه موسسه جمعيه نقابه حزب حركه جبهه مركز معهد بنك مصرف صندوق وكاله مفوضيه محكمه جامعه غرفه رابطه ايتلاف تحالف مجموعه مشيخه دار تيار مرصد".split()
)
_OF_THE_LAND = frozenset("القومي القوميه الوطني الوطنيه الاعلي العليا".split())
_LONGEST_NAME = 6
# The man just spoken of, by the honour due to him; the other of two; those addressed, who are no speakers.
_HONOURS = frozenset("سيادته فخامته جلالته سموه معاليه سعادته دولته سماحته فضيلته قداسته غبطته نيافته".split())
# Roles that say little, so that one of them may describe whoever has another; posts whose holder is called by such a one too.
_LOOSE = frozenset(("official", "other", "expert", "journalist", "legislator", "citizen", "party_leader"))
_POSTS = frozenset(("spokesperson", "envoy", "ambassador", "military"))
_LATTER = frozenset(("الاخير", "الاخيره"))
_ALL = frozenset(("الجميع", "الكل"))
# A medium passes words on: نقلته, حسبما أوردت, بحسب, وفقا ل.
_PASSES_ON = frozenset("نقل أورد نشر بث ذكر أفاد أذاع".split())
_AS = frozenset(("ما", "كما", "حسبما", "وفقما", "مثلما", "بما", "لما", "بحسبما"))
_ABOUT = frozenset(("عنه", "عنها", "عنهم"))
_BY = frozenset(("حسب", "بحسب", "وبحسب", "وفق"))
_AGENCIES = frozenset("وكاله رويترز فرانس اسوشيتد اسوشييتد الاسوشيتد الاناضول للاناضول سبوتنيك بلومبرغ".split())  # told to an agency is passed on by it
_ACCORDING = frozenset(("وفقا", "طبقا", "استنادا"))
# Verbs that go on with what somebody said.
_GOES_ON = frozenset("أضاف تابع استطرد أردف أوضح مضى واصل استدرك زاد لفت أشار".split())


def _may_be(role: str | None, known: str | None) -> bool:
    """May somebody of a ``known`` role be described by another: النائب السابق of one who is an expert now?"""
    return role == known or role in _LOOSE and known in _LOOSE | {None} or role in _LOOSE and known in _POSTS


class SpeakerFinder:
    """Finds the speakers of a document's cues in order; remembers who spoke last, and through whom."""

    def __init__(self, document: Document, cast: Cast, clauses: ClauseReader) -> None:
        self.doc = document
        self.cast = cast
        self.clauses = clauses
        self.forms = document.tokens.form
        self.kinds = document.tokens.kind
        self.words = document.words
        self.last = -1
        self.via = -1
        self._same: dict[int, int] = {}  # whom a description of nobody named turned out to mean
        self._issuers: dict[str, int] = {}  # whose بيان، تقرير it is
        self.spoke: list[int] = []  # who spoke before, the last at the end
        self._unknown: dict[str, int] = {}  # speakers no mention was found for, by their first word

    def speakers(self, cue: Cue, sentence: Sentence, mentions: list[Mention], starts: dict[int, Mention], first: bool, nested: bool) -> tuple[list[int], int]:
        """Everybody who says it (one statement each), and the relay; the first of them goes on speaking, unless he is ``nested``, quoted by another."""
        speaker, via = self._speaker(cue, sentence, starts, first)
        if cue.noun >= 0 and self.forms[cue.noun].startswith("ال"):
            speaker = self._issuers.get(self.forms[cue.noun][2:], speaker)
        if speaker < 0:
            speaker = self._unnamed(cue, sentence, mentions)
        elif cue.pair is not None and cue.pair.entity == speaker:
            speaker = self._described_again(cue.pair, speaker)
        if not nested or self.last < 0 or self.cast.entities[self.last].code == "MEDIA":
            self.last, self.via = speaker, via
            if speaker >= 0:
                self.spoke = [*(e for e in self.spoke if e != speaker), speaker]
        self.clauses.note(speaker)
        if speaker >= 0:
            self._issued(cue, sentence, speaker)
        others = self._joint(cue, starts) if speaker == cue.speaker else []
        members = self._members(cue, speaker)
        if cue.how == "none" and cue.clause is not None and cue.clause.verb.reading.number == "d":
            persons = cue.clause.verb.reading.gender == "m"
            if persons or self._in_front(cue.clause.at, mentions) >= 0:
                members = self.cast.pair_before(cue.clause.at, persons=persons)  # وأضافا؛ كانت روسيا وسوريا قد قالتا
        if len(members) > 1:
            return [*members, *others], via
        return [speaker, *others], via

    def _described_again(self, m: Mention, found: int) -> int:
        """وأضاف الكاتب الكبير، وأكد النائب السابق: a description that fits nobody the article named means whoever spoke last, where nothing speaks against it."""
        if self.last < 0 or self.last == found:
            return self._same.get(found, found)
        who, last = self.cast.entities[found], self.cast.entities[self.last]
        if who.kind != "person" or who.named or who.ref or who.number != "s" or who.mentions[:1] != [m] or not m.definite or last.kind != "person" or not last.named:
            return self._same.get(found, found)
        if who.code not in (None, "MEDIA", last.code) or who.gender and last.gender and who.gender != last.gender or not _may_be(m.role, last.role):
            return found
        self._same[found] = self.last
        return self.last

    def _issued(self, cue: Cue, sentence: Sentence, speaker: int) -> None:
        """قالت الصحيفة في تقرير لها: what البيان or التقرير says from here on, its issuer says."""
        for form in self.forms[sentence.first : max(cue.start, cue.first)]:
            bare = form.removeprefix("ب").removeprefix("ل")
            if bare in _PAPERS:
                self._issuers[bare] = speaker

    def _speaker(self, cue: Cue, sentence: Sentence, starts: dict[int, Mention], first: bool) -> tuple[int, int]:
        """The speaker and the relay: نقلت الوكالة عن الوزير قوله إن → the minister, via the agency."""
        if cue.kind == "verb" and cue.relay or cue.kind == "noun" and cue.speaker == -2:
            return self._relayed(cue, sentence, starts)
        if cue.kind == "participle" and not first and self._can_resume(cue):
            return self.last, self.via
        if cue.how == "first" and self.last >= 0:
            return self.last, self.via  # ونقر بأن …: inside his words he speaks of himself
        if cue.how == "implicit" and self._spoken_of(cue):
            return cue.speaker, -1
        if cue.how in ("chain", "implicit", "none", "first") and self._can_resume(cue) and (not first or cue.how != "chain"):
            return self.last, self.via if self.via >= 0 and cue.first > sentence.first else -1
        if cue.how in ("implicit", "none") and cue.clause is not None:
            return self._earlier(cue.clause, cue.speaker), -1
        return cue.speaker, -1

    def _earlier(self, clause: Clause, found: int) -> int:
        """وأضافت, though a man spoke last: she who spoke before him goes on."""
        return next((e for e in reversed(self.spoke) if e != self.last and self.clauses.agrees(clause, e, expressed=False)), found)

    def _spoken_of(self, cue: Cue) -> bool:
        """واجتمع كيري مع نظيره. ورحب بالقرار: who was spoken of since somebody spoke does it, unless the verb goes on with what was said (أضاف)."""
        if cue.speaker < 0 or cue.speaker == self.last or cue.clause is None or self.cast.entities[cue.speaker].kind != "person":
            return False
        return self.cast.lexicon.lemmas[cue.clause.verb.reading.lemma] not in _GOES_ON

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
            if mention is not None and mention.entity >= 0 and i and (self.forms[i - 1] in ("عن", "لسان") or mention.prefix == "ل" and cue.kind == "noun"):
                via = self._relay_subject(cue, sentence, starts, i)
                return mention.entity, via if via != mention.entity else -1
        if cue.kind == "noun":
            return self.last, -1
        return cue.speaker, -1

    def _relay_subject(self, cue: Cue, sentence: Sentence, starts: dict[int, Mention], before: int) -> int:
        if cue.kind == "verb":
            return cue.speaker
        for i in range(sentence.first, before):
            if i in starts and starts[i].entity >= 0 and not starts[i].prefix and starts[i].sort != "adjective":
                return starts[i].entity
        return -1

    # -- several speakers ------------------------------------------------------------------------------------------------------

    def _members(self, cue: Cue, speaker: int) -> list[int]:
        """One statement for each of الجانبان or الوزيران الروسي والأمريكي."""
        mention = cue.pair
        if mention is not None and mention.sort == "pair":
            if mention.codes:
                return [self.cast.state(code) for code in mention.codes]
            return self.cast.pair_before(mention.first, persons=self.forms[mention.first].lstrip("وفبل").removeprefix("ال") in _PERSON_PAIRS)
        return self.cast.members(speaker) if speaker >= 0 else []

    def _joint(self, cue: Cue, starts: dict[int, Mention]) -> list[int]:
        """The others who say it with the first: وقال كيري ولافروف إن."""
        clause = cue.clause
        if clause is None or clause.subject.mention is None or clause.subject.how != "post":
            return []
        out: list[int] = []
        i = clause.subject.mention.last
        while i < cue.start:
            step = i + 1 if self.forms[i] in ("،", ",", "و") else i
            mention = starts.get(step)
            if mention is None or mention.entity < 0 or not (mention.prefix == "و" or self.forms[i] in ("،", ",", "و")):
                break
            if mention.prefix != "و" and self.forms[i] in ("،", ",") and not (mention.last < cue.start and self.forms[mention.last].startswith(("و", "،"))):
                break
            if mention.entity != cue.speaker:
                out.append(mention.entity)
            i = mention.last
        return out

    # -- nobody known ----------------------------------------------------------------------------------------------------------

    def _unnamed(self, cue: Cue, sentence: Sentence, mentions: list[Mention]) -> int:
        """The speaker of a cue whose subject is nobody the cast knows: a document's issuer, the surname seen behind a title, the noun itself."""
        if cue.clause is None or cue.how != "noun" or cue.noun < 0:
            return self._nearest(cue, mentions)
        at = cue.noun
        form = self.forms[at]
        if cue.intro == "obj" and cue.start == at:  # وأكد أهمية …: an object, and the speaker goes on
            return self._nearest(cue, mentions)
        if form in DOCUMENTS or form in _GATHERINGS:
            return self._goes_on(at)
        if form in _HONOURS or form in _ALL and cue.clause.verb.conj:
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
            found = self._new(at, sentence, mentions, cue.start)
        if found >= 0:
            self._unknown[form.removeprefix("ال")] = found
        return found

    def _latter(self, at: int, gender: str, mentions: list[Mention]) -> int:
        """الأخير: who is named last before it, of its gender."""
        for m in reversed(mentions):
            if m.first < at and m.entity >= 0 and m.sort != "adjective":
                who = self.cast.entities[m.entity]
                own = who.gender if who.kind == "person" else self.clauses.gender(m)
                if own in ("", gender) and who.number == "s":
                    return m.entity
        return -1

    def _nearest(self, cue: Cue, mentions: list[Mention]) -> int:
        """The mention right in front of the verb (وكانت روسيا وسوريا قد قالتا), else whoever spoke or was spoken of last."""
        clause = cue.clause
        found = self._in_front(clause.at, mentions) if clause is not None else -1
        if found >= 0:
            return found
        before = [m for m in mentions if m.first < cue.first and m.entity >= 0 and m.sort != "adjective" and m.prefix in ("", "و")]
        if clause is None and before and self.last < 0:
            return before[0].entity
        return self._goes_on(cue.first)

    def _in_front(self, i: int, mentions: list[Mention]) -> int:
        """Whom the words right before the verb at ``i`` name, قد and the like aside."""
        while i and (self.forms[i - 1] in QAD or self.forms[i - 1] in AUXILIARIES or self.forms[i - 1] in ADVERBS or self.forms[i - 1] in RELATIVES):
            i -= 1
        return next((m.entity for m in mentions if m.last == i and m.entity >= 0), -1)

    def _goes_on(self, at: int) -> int:
        """Whoever spoke last, else was spoken of last, else stands nearest before."""
        if self.last >= 0:
            return self.last
        if self.clauses.recent:
            return self.clauses.recent[-1]
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
        while last < min(at + _LONGEST_NAME, sentence.last):
            word, form = self.words[last], self.forms[last]
            if self.kinds[last] != WORD or word is None or last in self.clauses.dated:
                break
            if last > at and (word.function or word.prep or form in PREPOSITIONS or form in AN_FORMS or form in RELATIVES):
                break
            last += 1
        if last == at:
            return -1
        kind, code, role = ("organisation", "MEDIA", None) if self.forms[at] in _PRESS else ("person", None, "other")
        if self.forms[at].removeprefix("ال") in _ORGANISED:
            kind, role = "organisation", None
            code = self.cast.scene if at + 1 < last and self.forms[at + 1] in _OF_THE_LAND else None
        for m in mentions:  # نشطاء في سوريا: the state the text ties him to
            if code is None and at < m.first < at + _LONGEST_NAME + 2 and m.first < cue_start:
                code = m.code or (self.cast.entities[m.entity].code if m.entity >= 0 else None)
        number = len(self.cast.entities)
        mention = Mention(at, last, kind, "noun", code, role, definite=self.forms[at].startswith("ال"), entity=number)
        self.cast.entities.append(Entity(kind, code, role, None, (at, last), sort="noun", mentions=[mention]))
        return number
