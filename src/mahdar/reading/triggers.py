"""Which words of a sentence may be acts: verbs, verbal nouns, participles and phrases that the lexicon's rows list.

Rows ask for companions (وجه … اتهامات) and against them; who stands in the slots is read in :mod:`mahdar.reading.events`.
"""

from __future__ import annotations

from dataclasses import dataclass

from mahdar.arabic.numbers import SINGULAR_BEHIND, plurals
from mahdar.arabic.particles import AN_FORMS, PREPOSITIONS
from mahdar.arabic.tokens import NUMBER
from mahdar.arabic.words import Verb, Word
from mahdar.lexicon.model import PAIR, PEOPLE, PLACE, Act, Lexicon
from mahdar.reading.clauses import Clause
from mahdar.reading.document import Document, Sentence
from mahdar.reading.mentions import Mention
from mahdar.reading.nearby import clause_before
from mahdar.reading.reference import Cast

_DEEDS = frozenset(("ASSAULT", "COERCE", "PROTEST", "MOBILIZE", "AID", "SANCTION", "RETREAT", "CONCEDE"))  # acts, not words
_PLACES = frozenset(("state", "capital", "seat"))
_NAMING = ("multilateral", "arrest")  # modes of acts that those who meet or undergo them may be named by
_NAMES = frozenset(("body", "name", "short", "unlisted", "role", "weakshort"))  # mentions made of proper names
_BACK = frozenset("وذلك وجاء ذلك خلال في علي هامش اثناء عقب بعد قبل قبيل اثر لدي عشيه ختام مستهل ضمن اطار غداه".split())  # what goes back to the main clause
_REACH, _LIST = 12, 40  # how far behind a meeting's word "each of" is looked for, and the last of those met
_LIKEWISE, _COMMAS = frozenset(("كما", "وكما")), frozenset(("،", ",", "."))
_LEAVES, _CAUSES = frozenset(("SANCTION", "RETREAT", "REJECT")), frozenset("احتجاجا تنديدا رفضا".split())  # خرج الآلاف احتجاجا على الاتفاق
_UNLIKE = frozenset(("خلافا", "وخلافا"))
_UPON, _MUST = frozenset(("علي", "وعلي", "فعلي")), "request.must"
_INTERVIEW = 6  # how far behind a meeting's noun its مع is looked for
_SOME = frozenset("عدد مجموعه بعض عده من احد احدي كبار ممثلي".split())  # مع عدد من الصحفيين
_MANY = frozenset("الاف مئات ميات عشرات ملايين".split())
_CALLED = 10  # how far behind a call's subject it is looked for what it calls for
_OPENING = 4  # how far from the head of the sentence a verb may stand behind a subject nobody lists
_ANTECEDENT = 7  # how far before its verb the noun of a relative clause is looked for


@dataclass(slots=True, eq=False)
class Trigger:
    """A word (or phrase) that may be an act: tokens, kind (verb, noun, participle, phrase; words: a whole statement), its act row."""

    at: int
    last: int
    kind: str
    act: Act
    clause: Clause | None
    pronoun: str = ""
    prep: str = ""
    definite: bool = False
    carrier: Clause | None = None  # the clause that says who did what a noun names: زيارة قام بها الوزير
    stand: str = ""  # how it stands in its clause: behind which preposition, as an object, behind أن, past a comma
    controlled: bool = False  # done by the object of the verb in front (اتهم أنقرة بدعم المسلحين)
    more: bool = False  # told as one more act than those before: كما التقى، كما أجرى اتصالا
    whom: bool = False  # names whom it is held with, though it be nobody known: لقاء مع رجال أعمال
    each: bool = False  # done with each of several by himself: التقى كلا من الوزيرين، تحدث مع الملك ومع الرئيس
    reason: bool = False  # the fact for which that object is thanked or blamed
    decider: Mention | None = None  # who resolves on what a noun names: قرار ترامب الانسحاب
    ahead: Clause | None = None  # the main clause behind an act that opens its sentence: بعد زيارته لبكين يتوجه الوزير

    @property
    def verbal(self) -> bool:
        """Is it a finite verb, or a phrase that begins with one (مد يد العون)?"""
        return self.kind == "verb" or self.clause is not None and self.clause.at == self.at


class TriggerFinder:
    """Finds the triggers of a document's sentences."""

    def __init__(self, document: Document, cast: Cast, lexicon: Lexicon) -> None:
        self.cast = cast
        self.lexicon = lexicon
        self.forms, self.kinds = document.tokens.form, document.tokens.kind
        self.words = document.words
        self._media = lexicon.guards.get("press", frozenset())
        self._companions: dict[int, tuple[set[str], int]] = {}
        self._mentioned: dict[int, Mention] = {}
        self._in_protest = False  # does the sentence tell what something is done in protest against?

    def sentence(self, sentence: Sentence, mentions: list[Mention], clauses: list[Clause]) -> list[Trigger]:
        """The triggers of one sentence, left to right."""
        self._companions.clear()
        self._mentioned = {m.first: m for m in mentions}
        self._in_protest = not _CAUSES.isdisjoint(self.forms[sentence.first : sentence.last])
        triggers = self._found(sentence, mentions, clauses)
        if any(t.act.unless for t in triggers):
            stems = self._guard_stems(sentence)
            triggers = [t for t in triggers if t.act.unless.isdisjoint(stems)]
        found = [t for t in triggers if t.act.type != "CONSULT" or not self._interview(t, sentence)]
        for t in found:
            t.more = self._one_more(t)
            t.whom = t.act.type == "CONSULT" and self._with_whom(t, sentence)
            t.each = t.act.type == "CONSULT" and self._each(t, sentence, clauses)
        return found

    def _with_whom(self, t: Trigger, sentence: Sentence) -> bool:
        """Does "with" or "between" follow a noun of meeting in its own phrase?"""
        for form in self.forms[t.last : min(t.last + _INTERVIEW, sentence.last)]:
            if form in ("مع", "بين") or form in _COMMAS:
                return form not in _COMMAS
        return False

    def _each(self, t: Trigger, sentence: Sentence, clauses: list[Clause]) -> bool:
        """التقى كلا من الوزيرين، تحدث مع الملك ومع الرئيس: do the words say of several that each was met, or name those met by "with" said again?"""
        stop = min(next((c.at for c in clauses if c.at > t.at and not c.relative), sentence.last), t.last + _LIST)
        forms = self.forms[t.last : stop]
        then = any(form == "ثم" and t.last + i + 1 in self._mentioned for i, form in enumerate(forms))
        return t.kind == "verb" and t.act.mode == "meet" and (then or "كلا" in forms[:_REACH]) or "ومع" in forms and "مع" in forms

    def _one_more(self, t: Trigger) -> bool:
        """كما التقى الوزير، كما عقد لقاء: does "likewise" stand in front of its verb, or of the verb whose object it is?"""
        if t.clause is None or self.forms[t.clause.at - 1] not in _LIKEWISE:
            return False
        return t.verbal or _COMMAS.isdisjoint(self.forms[t.clause.at : t.at])

    def _interview(self, t: Trigger, sentence: Sentence) -> bool:
        """Is it a talk with the press (لقاء مع قناة، حواره مع الإعلامية، مقابلة تلفزيونية), or one on the air? But a press conference is held by parties."""
        if t.kind == "phrase" or "موتمر" in self.forms[t.at]:
            return False
        if t.last < sentence.last and t.kind == "noun" and self._press(t.last):
            return True
        for i in range(t.last, min(t.last + _INTERVIEW, sentence.last)):
            form = self.forms[i]
            if form in (".", "،", "؛", ":", '"') or t.verbal and form in PREPOSITIONS and form != "مع":
                return False
            if form == "مع":
                behind = i + 1
                while behind < sentence.last and (self.forms[behind] in _SOME or self.forms[behind] == '"'):
                    behind += 1
                return behind < sentence.last and self._press(behind)
        return False

    def _press(self, i: int) -> bool:
        mention, word = self._mentioned.get(i), self.words[i]
        if mention is not None and mention.code == "MEDIA":
            return True
        return word is not None and (word.form in self._media or not self._media.isdisjoint(word.stems))

    def _guard_stems(self, sentence: Sentence) -> set[str]:
        """The words of a sentence that may rule acts out: not what stands inside a name (حزب الله، عبد الله)."""
        stems: set[str] = set()
        inside = {i for m in self._mentioned.values() if m.sort in _NAMES for i in range(m.first + 1, m.last)}
        for i in range(sentence.first, sentence.last):
            word = self.words[i]
            if word is not None and i not in inside:
                stems |= word.stems
        return stems

    def _found(self, sentence: Sentence, mentions: list[Mention], clauses: list[Clause]) -> list[Trigger]:
        lexicon = self.lexicon
        out: list[Trigger] = []
        verbs = {c.at: c for c in clauses}
        names = {i for m in mentions if m.sort not in ("adjective", "pair", "own") for i in range(m.first, m.last)}
        bodies = {m.first for m in mentions if m.sort in ("body", "people", "described")}
        i = idle = sentence.first
        while i < sentence.last:
            word = self.words[i]
            if word is not None and word.idle:
                idle = max(idle, self._idle(i, word))
            if word is None or i < idle or i in names:
                if word is not None and i >= idle and i in bodies and word.nouns:
                    # القمة العربية، معتقلين: the name of a body that is also its meeting, of people by what was done to them
                    self._noun_triggers(i, sentence, clauses, out, gathering=True)
                i += 1
                continue
            match = self.cast.finder.match(i) if word.starts else None
            phrase = self.cast.finder.entry(match, "act") if match is not None else None
            if match is not None and phrase is not None and match.last <= sentence.last and not self._figurative(i):
                act = lexicon.acts[int(phrase.ref)]
                if self._with(act, match.last, sentence.last):
                    out.append(Trigger(i, match.last, "phrase", act, verbs.get(i) or self._governing(i, clauses), prep=match.prefix.lstrip("وف"), definite=True))
                    # تدريبات عسكرية مشتركة، قبل اقتراح بيونغ يانغ: a noun in it may be an act of another type
                    alone: list[Trigger] = []
                    for j in range(i, match.last):
                        if self.words[j] is not None:
                            self._noun_triggers(j, sentence, clauses, alone)
                    out += [t for t in alone if t.act.type != act.type and t.kind == "noun"]
                    i = match.last
                    continue
            if self.forms[i] in _UPON and self._obliged(i, sentence):
                out.append(Trigger(i, i + 1, "verb", self._must(), None))
            elif i in verbs:
                self._verb_triggers(verbs[i], sentence, out)
            elif (word.nouns or word.participles) and not self._figurative(i):
                self._noun_triggers(i, sentence, clauses, out)
            i += 1
        return out

    def _idle(self, i: int, word: Word) -> int:
        """Where a phrase that begins here and tells no act ends (جماعات الضغط، دفتر الزوار): its words are none; 0 where there is none."""
        rows = self.lexicon.idle
        for first in word.stems:
            for rest in rows.get(first, ()):
                if tuple(self.forms[i + 1 : i + 1 + len(rest)]) == rest and (rest or first in (word.form, word.bare)):
                    return i + 1 + len(rest)
        return 0

    def _another_sense(self, head: str, places: tuple[int, int]) -> bool:
        """رفض الوزير الكشف عن، علق على، شدد على: does what follows the verb or noun, or who does it, give it a sense that is no act?"""
        rows = self.lexicon.senses.get(head, ())
        return any(tuple(self.forms[at : at + len(rest)]) == rest for rest in rows for at in places)

    def _must(self) -> Act:
        return next(act for act in self.lexicon.acts if act.id == _MUST)

    def _obliged(self, i: int, sentence: Sentence) -> bool:
        """إن على إيران أن تختار: at the head of its clause, "upon" somebody and a clause with أن say what they must do."""
        who = self._mentioned.get(i + 1)
        if who is None or who.last >= sentence.last or self.forms[who.last] not in ("ان", "الا") and not self._duty(who.last, sentence):
            return False
        before = self.forms[i - 1] if i > sentence.first else ""
        return before in AN_FORMS or before in ("", '"', "،", ",", ":", "؛", "-") or self.forms[i][0] in "وف"

    def _duty(self, i: int, sentence: Sentence) -> bool:
        """على طهران وقف التخصيب، على الطرفين الالتزام بالهدنة: a verbal noun in the nominative, which takes an object of its own."""
        word = self.words[i]
        if word is None or not word.nouns or word.prep or word.form.endswith(("ا", "ات", "ون")) or i + 1 >= sentence.last:
            return False
        behind = self.words[i + 1]
        if behind is None or behind.function and behind.form not in PREPOSITIONS:
            return False
        return word.form.startswith("ال") == (behind.form in PREPOSITIONS or behind.prep != "")

    def _figurative(self, i: int) -> bool:
        rows = self.lexicon.figurative.get(self.forms[i].removeprefix("ال"), ()) or self.lexicon.figurative.get(self.forms[i], ())
        return any(tuple(self.forms[i + 1 : i + 1 + len(rest)]) == rest for rest in rows)

    def _verb_triggers(self, clause: Clause, sentence: Sentence, out: list[Trigger]) -> None:
        seen: set[int] = set()
        places = (clause.at + 1, clause.after)
        for v in self._agreeing(clause):
            if self._another_sense(self.lexicon.lemmas[v.reading.lemma], places) or self._student(clause, v) or self._farewell(clause, v, sentence):
                continue
            for index in self.lexicon.acts_by_lemma.get(v.reading.lemma, ()):
                if index in seen:
                    continue
                seen.add(index)
                act = self.lexicon.acts[index]
                if self._with(act, clause.at + 1, sentence.last, clause.after) or self._with_ahead(act, clause, sentence) or self._two_act(act, clause):
                    out.append(Trigger(clause.at, clause.at + 1, "verb", act, clause, clause.verb.pronoun))

    def _student(self, clause: Clause, v: Verb) -> bool:
        """نال طالب سوداني جائزة: in front of a nationality without the article, which is no subject, the word is the noun."""
        m = self._mentioned.get(clause.at + 1)
        return self.lexicon.lemmas[v.reading.lemma] == "طالب" and v.reading.tense == "past" and m is not None and m.sort == "adjective" and not self.forms[m.first].startswith("ال")

    def _farewell(self, clause: Clause, v: Verb, sentence: Sentence) -> bool:
        """ودعت بيروت فنانها: "and called" would say to what, by a preposition or with أن; else it is "took leave of"."""
        if self.lexicon.lemmas[v.reading.lemma] != "دعا" or not v.conj or self.forms[clause.at] != "ودعت":
            return False
        for i in range(clause.at + 1, min(sentence.last, max(clause.after, clause.at + 1) + _CALLED)):
            word, form = self.words[i], self.forms[i]
            if form in _COMMAS:
                return "الي" not in self.forms[i : sentence.last]  # ودعت القاهرة الطرفين، ومعهما الوسطاء، إلى التهدئة
            if form == "الي" or form in AN_FORMS or form in ('"', ":") or form.startswith("لل") or word is not None and word.prep in ("ل", "ب"):
                return False
        return True

    def _agreeing(self, clause: Clause) -> tuple[Verb, ...]:
        """The readings that fit the expressed subject's gender (توقف ترامب is no form of أوقف); all of them where none fits."""
        mention = clause.subject.mention
        if mention is None or mention.entity < 0 or clause.subject.how != "post":
            return clause.readings
        gender = self.cast.entities[mention.entity].gender
        fitting = tuple(v for v in clause.readings if v.reading.person == 3 and (v.reading.number != "s" or not gender or v.reading.gender == gender))
        return fitting or clause.readings

    def _noun_triggers(self, i: int, sentence: Sentence, clauses: list[Clause], out: list[Trigger], *, gathering: bool = False) -> None:
        word = self.words[i]
        assert word is not None
        lexicon = self.lexicon
        seen: set[int] = set()
        owner = self._mentioned.get(i + 1)
        places = (i + 1, owner.last if owner is not None else i + 1)
        for noun in word.nouns if not self._circumstance(i, word, clauses) and not self._contrary(i, sentence) else ():
            if self._another_sense(lexicon.nouns[noun.noun], places) or noun.definite and not noun.prep and self._adjective(i, lexicon.nouns[noun.noun], sentence):
                continue
            for index in lexicon.acts_by_noun.get(noun.noun, ()):
                act = lexicon.acts[index]
                if index not in seen and (not gathering or act.mode in _NAMING) and self._with(act, i + 1, sentence.last):
                    seen.add(index)
                    out.append(Trigger(i, i + 1, "noun", act, self._governing(i, clauses), noun.pronoun, noun.prep, noun.definite))
        if gathering:
            return
        previous = self.forms[i - 1] if i > sentence.first else ""
        for p in word.participles:
            if word.function or word.form.startswith("ال") or previous in PREPOSITIONS:
                continue
            for index in lexicon.acts_by_lemma.get(p.lemma, ()):
                act = lexicon.acts[index]
                if index not in seen and self._with(act, i + 1, sentence.last):
                    seen.add(index)
                    out.append(Trigger(i, i + 1, "participle", act, self._governing(i, clauses)))

    def _contrary(self, i: int, sentence: Sentence) -> bool:
        """خلافا لأسلافه: unlike them, no quarrel (but أثار خلافا لم ينته)."""
        behind = self.words[i + 1] if self.forms[i] in _UNLIKE and i + 1 < sentence.last else None
        return behind is not None and (behind.prep == "ل" or behind.form.startswith("لل") or behind.form == "لما")

    def _circumstance(self, i: int, word: Word, clauses: list[Clause]) -> bool:
        """نددت الحكومة بالهجوم، مطالبة مجلس الأمن بـ…: what a feminine subject does meanwhile is a participle, not the verbal noun spelt alike.

        It stands behind a comma, or past the subject behind a noun that ends its phrase.
        """
        if not word.participles or word.prep or not word.form.endswith("ه") or word.form.startswith(("و", "ال")):
            return False
        clause = clause_before(clauses, i)
        if clause is None or clause.relative or not any(v.reading.person == 3 and v.reading.gender == "f" for v in clause.readings):
            return False
        previous = self.forms[i - 1]
        return previous in ("،", ",") or i > clause.after > 0 and (previous.startswith(("ال", "بال", "لل")) or any(m.last == i for m in self._mentioned.values()))

    def _adjective(self, i: int, noun: str, sentence: Sentence) -> bool:
        """إلى مدينة الفاشر المحاصرة، في الدول المقاطعة: a participle spelt like a verbal noun, behind a definite noun that a preposition governs."""
        if noun[0] + noun[2:3] + noun[-1] != "ماة" or self.forms[i + 1 : i + 2] and self.forms[i + 1].startswith(("ل", "من")):
            return False  # not مفاعلة; المناهضة لإيران is meant as a participle
        if i - 2 < sentence.first or not self.forms[i - 1].startswith(("ال", "بال", "لل")):
            return False
        governed = (self.words[j] for j in range(max(sentence.first, i - 3), i))
        return any(word is not None and (word.form in PREPOSITIONS or word.prep != "") for word in governed)

    def _with(self, act: Act, i: int, limit: int, behind: int = 0) -> bool:
        """The companion words an act asks for, within its clause; ``behind`` is where its subject ends."""
        if not act.with_words and not act.with_phrases:
            return True
        ends = act.until | _CAUSES if self._in_protest and act.type in _LEAVES else act.until
        if ends:
            limit = next((j for j in range(max(i, behind), limit) if self.forms[j] in ends), limit)
            known: tuple[set[str], int] | None = self._stems_behind(i, limit, behind)
        else:
            known = self._companions.get(i)
        if known is None:
            known = self._companions[i] = self._stems_behind(i, limit, behind)
        stems, end = known
        if not act.with_words.isdisjoint(stems):
            return True
        for phrase in () if act.phrase_heads.isdisjoint(stems) else act.with_phrases:
            first = phrase[0]
            if (first in stems or first.removeprefix("ال") in stems) and any(self._phrase_at(phrase, j, limit) for j in range(i, end)):
                return True
        return bool(act.with_sorts) and self._sort_stands(act, max(i, behind), limit)

    def _with_ahead(self, act: Act, clause: Clause, sentence: Sentence) -> bool:
        """Companions that go before their verb: in the noun a relative clause describes (العقوبات التي فرضتها، صاروخ أطلقه), or in a subject put first (قوات تركية توغلت)."""
        if act.type not in _DEEDS:
            return False
        subject = clause.subject.mention
        if clause.relative:
            first, last = max(sentence.first, clause.at - _ANTECEDENT), clause.at
        elif clause.verb.pronoun in ("ه", "ها"):  # صاروخ أطلقه الحوثيون
            first, last = max(sentence.first, clause.at - 3), clause.at
        elif subject is not None and sentence.first <= subject.first < subject.last <= clause.at:
            first, last = subject.first - (self.forms[subject.first - 1] in _MANY), subject.last  # آلاف الأتراك يحتجون
        elif subject is None and sentence.first < clause.at <= sentence.first + _OPENING:
            first, last = sentence.first, clause.at  # مئات المحامين يحتجون
        else:
            return False
        stems: set[str] = set()
        for j in range(first, last):
            word = self.words[j]
            if word is not None:
                stems |= word.stems
            elif clause.relative and self.forms[j] in ("،", ",", ".", "؛"):
                stems.clear()
                first = j + 1
        if not act.with_words.isdisjoint(stems) or clause.relative and act.with_sorts and self._sort_stands(act, first, last):
            return True
        return any(self._phrase_at(phrase, j, last) for phrase in act.with_phrases for j in range(first, last))

    def _two_act(self, act: Act, clause: Clause) -> bool:
        """بحث الرئيس المصري والعاهل الأردني الأوضاع: are two parties the subject, as an act asks that stands with <pair>?"""
        m = clause.subject.mention
        if PAIR not in act.with_sorts or m is None or m.first < clause.at:
            return False
        if len(m.codes) > 1:
            return True
        if m.sort == "pair" or m.number == "d" and m.role is not None:
            return not clause.relative and m.first == clause.at + 1  # لقاء بحث خلاله الطرفان: the noun is told already
        other = self._mentioned.get(m.last)
        return other is not None and other.prefix == "و" and m.code is not None and other.code is not None and other.code != m.code and other.sort != "adjective"

    def _stems_behind(self, i: int, limit: int, behind: int) -> tuple[set[str], int]:
        """The companions among the next words up to the clause's end, and where that is; a long subject in between (a post with its name) leaves room for what follows it."""
        stems: set[str] = set()
        end = min(limit, max(i + 14, behind + 12))
        for j in range(i, end):
            word = self.words[j]
            if word is not None:
                if word.companions:
                    stems |= word.companions
                if j > i and (self.kinds[j - 1] == NUMBER or self.forms[j - 1] in SINGULAR_BEHIND):
                    stems |= plurals(word.form)  # مئة ألف جندي: so many soldiers
            elif self.forms[j] in (".", "؛"):
                return stems, j
        return stems, end

    def _sort_stands(self, act: Act, i: int, limit: int) -> bool:
        """Does what the act asks for as <place> or <people> stand in the tokens from ``i``? (استعادت الرقة، أوقفت ثلاثة نواب)"""
        place, people = PLACE in act.with_sorts, PEOPLE in act.with_sorts
        for j in range(i, min(limit, i + 9)):
            word = self.words[j]
            if word is None:
                if self.forms[j] in (".", "؛", "،"):
                    return False
                continue
            mention = self._mentioned.get(j)
            if mention is not None:
                if place and mention.sort in _PLACES or people and (mention.kind in ("person", "group") or mention.sort == "people"):
                    return True
            elif place and word.starts:
                match = self.cast.finder.match(j)
                if match is not None and self.cast.finder.entry(match, "place") is not None:
                    return True
        return False

    def _phrase_at(self, phrase: tuple[str, ...], j: int, limit: int) -> bool:
        k = j
        for expected in phrase:
            word = self.words[k] if k < limit else None
            if word is None or (expected not in word.stems and expected.removeprefix("ال") not in word.stems):
                return False
            k += 1
        return True

    def _governing(self, i: int, clauses: list[Clause]) -> Clause | None:
        """The clause a noun stands in: that of the last verb before it, or the main one where a comma and وذلك or a preposition go back to it
        from a relative clause (التجربة التي أجرتها بيونغ يانغ، وذلك خلال اتصال); وذلك also from what is reported."""
        best: Clause | None = None
        for clause in clauses:
            if clause.at < i:
                best = clause
        if best is None:
            return best
        front = i
        while front > best.at and self.forms[front - 1] in _BACK:
            front -= 1
        if front - 1 <= best.at or self.forms[front - 1] not in ("،", ",") or front == i and self.forms[i] not in _BACK:
            return best
        if not best.relative:
            return next((c for c in clauses if not c.relative), best) if self.forms[front] == "وذلك" else best
        return next((c for c in reversed(clauses) if c.at < best.at and not c.relative), best)
