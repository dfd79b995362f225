"""The clause skeleton of a sentence: finite verbs with subject, tense, polarity and what they stand in.

Arabic news is mostly verb – subject – object, with the subject in front after إنّ/أنّ, أما, كان or for emphasis, left out when it is
the one just spoken of, and held by a relative pronoun in between. The skeleton decides these by agreement and by what stands next to
what, never by distance alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from mahdar.arabic.particles import ADVERBS, AN_FORMS, AUXILIARIES, DEMONSTRATIVES, NEGATIONS, PREPOSITIONS, QAD, RELATIVES
from mahdar.arabic.tokens import NUMBER, PUNCT, WORD
from mahdar.arabic.words import Verb, Word
from mahdar.reading.document import Document, Sentence
from mahdar.reading.mentions import Mention
from mahdar.reading.reference import Cast

_COMMAS = frozenset(("،", ",", "؛", ";", "-", "(", ")", '"', "'"))
_SIDE_PHRASES = {"من": frozenset(("جانبه", "جانبها", "جانبهم", "جهته", "جهتها", "جهتهم", "ناحيته", "ناحيتها", "جانبهما", "جهه", "جديد"))}
_NO_NOUN = frozenset(("قال",))  # بعد اللقاء قال: never a noun
_LIGHT = QAD | NEGATIONS | AUXILIARIES
_LIGHT_HEADS = frozenset(("قرار", "قرارا", "طلب", "مشروع"))


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
    after_an: bool = False
    noun_subject: int = -1
    after: int = 0


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
            verbs = self._as_verb(i, word, sentence, starts, ends)
            if not verbs:
                continue
            clause = self._clause(i, verbs, sentence, starts, ends, out)
            if clause is not None:
                out.append(clause)
        for clause in out:
            self.note(clause.subject.entity)
        return out

    def note(self, entity: int) -> None:
        """Remember who was just spoken of."""
        if entity >= 0:
            if entity in self.recent:
                self.recent.remove(entity)
            self.recent.append(entity)

    # -- verb or noun ----------------------------------------------------------------------------------------------------------

    def _as_verb(self, i: int, word: Word, sentence: Sentence, starts: dict[int, Mention], ends: dict[int, Mention]) -> tuple[Verb, ...]:
        """The readings under which token ``i`` is a finite verb here; empty when it is a noun."""
        previous = self.forms[i - 1] if i > sentence.first else ""
        form = word.form
        verbs = word.verbs
        active = tuple(v for v in verbs if v.reading.voice != "passive")
        verbs = active or verbs
        if word.nouns and all(v.pronoun for v in verbs) and any(not n.pronoun for n in word.nouns) and previous not in RELATIVES:
            return ()  # عودة, جلسة: a noun's ending rather than a verb with its object
        if word.participles and all(v.pronoun == "هما" for v in verbs):
            return ()  # متهما إيران: a participle's accusative rather than مات with its object
        if any(v.reading.voice == "jussive" for v in verbs) and previous.lstrip("وف") not in ("لم", "لا", "لما"):
            verbs = tuple(v for v in verbs if v.reading.voice != "jussive" or v.purpose)
            if not verbs:
                return ()
        if previous in QAD or previous in NEGATIONS or previous in RELATIVES or previous in AUXILIARIES:
            if previous in ("غير", "عدم", "دون", "بدون"):
                return ()
            return verbs
        if form.startswith(("ال", "لل", "بال", "وال")) and self._article(form):
            return ()
        if any(v.reading.tense == "present" for v in verbs) and form.lstrip("وفسل")[:1] in ("ي", "ت", "ن", "ا") and not word.nouns and not word.participles:
            if previous in PREPOSITIONS and previous not in ("حتي", "منذ", "بعد", "عندما"):
                return ()
            return verbs
        if not word.nouns and (form in _NO_NOUN or not self._nounlike(i, word)):
            return verbs if previous not in PREPOSITIONS or previous in ("حتي", "منذ") else ()
        # Same spelling as a noun (رفض، بحث، طلب): a past verb opens its clause and agrees with what follows.
        if previous in PREPOSITIONS or previous in AN_FORMS or previous in DEMONSTRATIVES:
            return ()
        past = tuple(v for v in verbs if v.reading.tense == "past" and v.reading.person == 3)
        if not past:
            return ()
        subject = starts.get(self._skip(i + 1, sentence.last))
        feminine = any(v.reading.gender == "f" for v in past)
        opens = i == sentence.first or self.kinds[i - 1] == PUNCT or any(v.conj for v in past) or i in ends or previous in ADVERBS or i - 1 in self.dated
        if subject is not None and not subject.prefix and not feminine and subject.gender == "f" and subject.sort not in ("body", "media", "described"):
            # تعارض إسرائيل: the present of عارض with its subject, no noun and no past of تعارض
            return tuple(v for v in verbs if v.reading.tense == "present" and v.reading.person == 3 and v.reading.gender == "f") if opens else ()
        if not opens and self.kinds[i - 1] == WORD:
            return ()
        if i in ends and ends[i].gender == "f" and not feminine and ends[i].kind == "state":
            return ()
        follows = self.words[i + 1] if i + 1 < sentence.last else None
        if subject is None and follows is not None and not (follows.form.startswith("ال") or follows.function):
            return () if self.kinds[i - 1] != PUNCT and i != sentence.first and i not in ends else past
        return past

    def _article(self, form: str) -> bool:
        """Is the initial ال the article (الحكم) rather than part of a verb (ألمح، التقى)? Judged by what remains without it."""
        rest = form.removeprefix("و").removeprefix("ب").removeprefix("ال").removeprefix("لل")
        lexicon = self.cast.lexicon
        if form.removeprefix("و") in lexicon.verb_forms and form.removeprefix("و").startswith(("التق", "الزم", "الغ", "الح", "القي", "القت", "القو")):
            return False
        return lexicon.vocabulary.get(rest, 0) > 5 or lexicon.vocabulary.get("ال" + rest, 0) > 30 or rest in lexicon.noun_forms

    def _nounlike(self, i: int, word: Word) -> bool:
        """Past forms of three or four letters without an ending are often nouns the lexicon does not list (عمل، وقع، شهر)."""
        reading = word.verbs[0].reading
        return reading.tense == "past" and reading.number == "s" and reading.person == 3 and reading.gender == "m" and not word.verbs[0].pronoun and self._noun_context(i)

    def _noun_context(self, i: int) -> bool:
        previous = self.forms[i - 1] if i else ""
        return previous in PREPOSITIONS or (self.kinds[i - 1] == WORD if i else False) and self.words[i - 1] is not None and bool(self.words[i - 1].nouns)  # type: ignore[union-attr]

    # -- subject ---------------------------------------------------------------------------------------------------------------

    def _clause(self, i: int, verbs: tuple[Verb, ...], sentence: Sentence, starts: dict[int, Mention], ends: dict[int, Mention], before: list[Clause]) -> Clause | None:
        verb = self._choose(verbs)
        previous = self.forms[i - 1] if i > sentence.first else ""
        second = self.forms[i - 2] if i - 1 > sentence.first else ""
        clause = Clause(i, verb, verbs, Subject(-1, None, "none"))
        clause.relative = previous in RELATIVES or (previous in _LIGHT and second in RELATIVES)
        clause.after_an = previous in AN_FORMS
        clause.negated = (previous in NEGATIONS and previous not in ("ما", "غير")) or previous == "ما" and verb.reading.tense == "past" and self._negative_ma(i)
        clause.future = verb.future or previous in ("سوف", "وسوف", "لن")
        clause.passive = verb.reading.voice == "passive"
        clause.subject = self._subject(clause, sentence, starts, ends, before)
        return clause

    def _negative_ma(self, i: int) -> bool:
        return i >= 2 and self.kinds[i - 2] != WORD

    @staticmethod
    def _choose(verbs: tuple[Verb, ...]) -> Verb:
        """Third person, active, past before the rest."""
        if len(verbs) == 1:
            return verbs[0]
        return min(verbs, key=lambda v: (v.reading.person != 3, v.reading.voice != "active", v.reading.number != "s"))

    def _skip(self, i: int, limit: int) -> int:
        """Past adverbs, dates and asides (من جانبه، اليوم الثلاثاء) that may stand between verb and subject."""
        while i < limit:
            form = self.forms[i]
            if i in self.dated or form in ADVERBS or (self.kinds[i] == NUMBER and i in self.dated) or form in _COMMAS and i + 1 < limit and (i + 1 in self.dated or self.forms[i + 1] in _SIDE_PHRASES or self.forms[i + 1] in ADVERBS or self.forms[i - 1] in ADVERBS or i - 1 in self.dated):  # noqa: E501
                i += 1
            elif form in _SIDE_PHRASES and i + 1 < limit and self.forms[i + 1] in _SIDE_PHRASES[form] or form in ("كل", "كلا") and i + 1 < limit and self.forms[i + 1] == "من":
                i += 2
            elif form == '"' and i + 1 < limit and self.kinds[i + 1] == WORD and self.doc.quotes and self._short_quote(i):
                i += 1
            else:
                break
        return i

    def _short_quote(self, i: int) -> bool:
        number = self.doc.quote_of[i]
        return number >= 0 and self.doc.quotes[number].open == i and self.doc.quotes[number].close - i <= 4

    def agrees(self, clause: Clause, entity: int, *, expressed: bool) -> bool:
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
                elif who.kind == "state":
                    if r.gender == "f" or expressed or who.sort in ("people",):
                        return True
                else:
                    return True
            elif (r.number == "p" and who.number == "p") or (r.number == "d" and who.number == "d") or (expressed and who.kind != "person"):
                return True
        return False

    def _subject(self, clause: Clause, sentence: Sentence, starts: dict[int, Mention], ends: dict[int, Mention], before: list[Clause]) -> Subject:
        singular = any(v.reading.person == 3 for v in clause.readings)
        if not singular:
            return Subject(-1, None, "first" if any(v.reading.person == 1 for v in clause.readings) else "none")
        j = self._skip(clause.at + 1, sentence.last)
        mention = starts.get(j)
        clause.after = j
        ahead = None if clause.relative and clause.verb.pronoun else self._preverbal(clause, sentence, starts, ends, adjacent=True)
        if ahead is not None and (mention is None or mention.prefix or not clause.verb.conj):
            return ahead
        if mention is not None and not mention.prefix and not clause.verb.pronoun:  # noqa: SIM102
            if mention.sort in ("pair", "own") or mention.entity < 0 or self.agrees(clause, mention.entity, expressed=True):
                clause.after = mention.last
                return Subject(mention.entity, mention, "post")
        found = None if clause.relative and clause.verb.pronoun else self._preverbal(clause, sentence, starts, ends, adjacent=False)
        if found is not None:
            return found
        if self._noun_follows(clause, j, sentence):
            clause.noun_subject = j
            return Subject(-1, None, "noun")
        return self._inherited(clause, sentence, before)

    def _noun_follows(self, clause: Clause, j: int, sentence: Sentence) -> bool:
        """A definite or described noun right behind the verb is its subject, though nobody we know."""
        if j >= sentence.last or self.kinds[j] != WORD or clause.verb.pronoun:
            return False
        word = self.words[j]
        assert word is not None
        if word.function or word.participles or (word.verbs and not word.form.startswith("ال")):
            return False
        if self._object_verb(clause):
            return False
        return word.form.startswith("ال") or (word.common >= 3 and not word.prep and word.form not in ("ايضا", "كذلك") and (clause.at == sentence.first or clause.verb.conj != '' or self.kinds[clause.at - 1] == PUNCT) and not word.form.endswith("ا"))  # noqa: E501

    def _object_verb(self, clause: Clause) -> bool:
        return clause.verb.reading.number != "s"

    def _preverbal(self, clause: Clause, sentence: Sentence, starts: dict[int, Mention], ends: dict[int, Mention], *, adjacent: bool) -> Subject | None:
        """A subject in front: topic of the clause, behind أن/إن/كان, or the antecedent of a relative pronoun."""
        i = clause.at - 1
        if clause.verb.conj and not clause.relative:
            return self._topic(clause, sentence, starts)
        commas = 0
        while i >= sentence.first:
            form = self.forms[i]
            if form in QAD or form in AUXILIARIES or form in NEGATIONS or form in ADVERBS or i in self.dated or form in RELATIVES and (i == clause.at - 1 or clause.relative):
                i -= 1
            elif form in _COMMAS and commas < 2:
                commas += 1
                i -= 1
            else:
                break
        mention = ends.get(i + 1)
        if adjacent and commas:
            return None
        if mention is None or mention.prefix not in ("", "و", "ف") and not clause.relative or mention.first < sentence.first:
            return None
        front = self.forms[mention.first - 1] if mention.first > sentence.first else ""
        if front in PREPOSITIONS and not clause.relative:
            return None
        if mention.entity >= 0 and not self.agrees(clause, mention.entity, expressed=False) and not (clause.relative and mention.kind != "person"):
            return None
        if commas and not clause.relative and front not in AN_FORMS and mention.first > sentence.first and front not in ("اما", "كان", "وكان", "كانت", "وكانت", "واما"):
            return None
        return Subject(mention.entity, mention, "rel" if clause.relative else "pre")

    def _topic(self, clause: Clause, sentence: Sentence, starts: dict[int, Mention]) -> Subject | None:
        """أما السفير … فقال: the ف-verb resumes the topic."""
        if clause.verb.conj != "ف" or self.forms[sentence.first] not in ("اما", "واما"):
            return None
        mention = starts.get(sentence.first + 1)
        return Subject(mention.entity, mention, "pre") if mention is not None else None

    def _inherited(self, clause: Clause, sentence: Sentence, before: list[Clause]) -> Subject:
        """No subject expressed: the one of the verb before, else the one spoken of last who agrees."""
        for earlier in reversed(before):
            who = earlier.subject.entity
            if who >= 0 and earlier.subject.how != "rel" and self.agrees(clause, who, expressed=False):
                return Subject(who, None, "chain")
        for who in reversed(self.recent):
            if self.agrees(clause, who, expressed=False):
                return Subject(who, None, "implicit")
        return Subject(-1, None, "none")
