"""What the lexicon lacks, seen from the articles: the phrases the reader met and could do nothing with.

A gap is a place in one article; :class:`Survey` counts gaps of the same words over many articles, keeps an example or two of
each and names the file of lexicon data in which a row would close it. Nothing here decides what the record holds.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, NamedTuple

from mahdar.arabic.particles import ADVERBS, AN_FORMS, CONJUNCTIONS, PREPOSITIONS, QAD, RELATIVES
from mahdar.arabic.tokens import NUMBER, PUNCT, WORD
from mahdar.reading.datewords import DATE_WORDS, NAMED_AFTER_DATE, NO_WEEKDAY_AFTER, NO_WEEKDAY_BEFORE

if TYPE_CHECKING:
    from mahdar.arabic.words import Word
    from mahdar.reading.clauses import Clause
    from mahdar.reading.document import Document, Sentence
    from mahdar.reading.mentions import Mention
    from mahdar.reading.reader import Reader, Reading
    from mahdar.reading.reference import Entity
    from mahdar.reading.statements import Spoken
    from mahdar.reading.triggers import Trigger

EXAMPLES: Final = 2


class Kind(NamedTuple):
    """One kind of gap: its title, and the lexicon files that rows against it go to."""

    title: str
    files: str


KINDS: Final[Mapping[str, Kind]] = MappingProxyType({
    "speaker": Kind("Reported words whose speaker is not known", "roles.yaml, people/*.yaml, bodies.yaml, groups.yaml"),
    "role": Kind("Role phrases whose person or state stays open", "people/*.yaml, roles.yaml, states.yaml"),
    "event": Kind("Sentences with two parties and no act proposed, by their verb or noun", "acts/*.yaml"),
    "weighed": Kind("Sentences with two parties whose acts were all rejected, by act", "acts/*.yaml (then make train)"),
    "verb": Kind("Verbs with a political subject that are no act and no cue", "acts/*.yaml, cues.yaml, verbs.yaml"),
    "date": Kind("Date words that were not read as a date", "src/mahdar/reading/datewords.py (no lexicon data)"),
    "place": Kind("Places that are not listed", "places.yaml, states.yaml (cities)"),
    "name": Kind("Names cut short, or one name with two codes", "names.yaml, people/*.yaml"),
})  # fmt: skip

# Posts that one person holds at a time: who, is a row of people/*.yaml.
_SINGLE_POSTS = frozenset(("head_of_state", "head_of_government", "monarch", "crown_prince", "foreign_minister", "defence_minister"))
# Whoever is described so stays unnamed for good reason.
_ANONYMOUS = frozenset(("source", "expert", "citizen", "journalist", "other"))
# Verbs that only time, open or carry what another word says.
_EMPTY = frozenset(
    "كان ليس أصبح ظل بات بدأ استمر تم بقي زال صار كاد عاد أخذ جعل استطاع تمكن حاول أراد وجب جاز أمكن انبغى وصل جاء أتى جرى قام حدث وقع حصل شكل مثل ضم شمل بلغ عنى "
    "تعلق سعى أدى بدا أجرى توجب جدر افترض دام راح شرع واصل سبق عرف وجد شهد تضمن هدف لعب مارس".split()
)
_PLACE_NOUNS = frozenset("مدينه بلده قريه محافظه ولايه مقاطعه ضاحيه اقليم منتجع مدينتي بلديه".split())
# Words that open a place name of two words: خان يونس، تل أبيض.
_PLACE_HEADS = frozenset("ابو ام بني تل دير راس كفر بيت عين جبل خان شرم باب وادي حي بير سان سانت نيو كيب لاس لوس بورت سيدي اولاد".split())
_NOT_NAME_STARTS = ("و", "ف", "ب", "ل", "س", "ي", "ت", "ال")
# Endings of plurals, objects and adjectives, which a foreign name seldom has.
_NOT_NAME_ENDS = ("ه", "ها", "هم", "هما", "ي", "ا", "ين", "ون", "ات")
_INTO = frozenset(("في", "الي", "من", "قرب", "داخل", "علي", "نحو", "شمال", "جنوب", "شرق", "غرب"))
_NOT_AFTER_PLACE = frozenset("اخري اخر عده كبيره صغيره مجاوره حدوديه ساحليه تاريخيه سكنيه صناعيه رياضيه جامعيه اعلاميه رياسيه جديده ثانيه ثالثه رابعه خامسه".split())
_NO_NAME = ("role", "state", "adjective", "title", "organisation", "group", "institution", "capital", "media", "people", "seat", "place", "cue", "act", "former", "pair", "not")
_YEARS = range(1900, 2100)
# How often a word stands in the vocabulary's corpus to be one of every day.
_EVERYDAY = 20


class Gap(NamedTuple):
    """One place an article shows a gap: ``key`` counts it with its like, ``first`` and ``last`` are tokens."""

    kind: str
    key: str
    words: str
    note: str
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence that shows a gap: the article's id, the sentence, and where in it the words stand."""

    article: str
    sentence: str
    start: int
    end: int


@dataclass(slots=True)
class Row:
    """A gap over all articles: how often it was met, in how many articles, and where."""

    kind: str
    words: str
    note: str
    count: int = 0
    articles: int = 0
    examples: list[Example] = field(default_factory=list)
    last_article: str = ""


@dataclass(slots=True)
class Survey:
    """The gaps of many articles. One name with two codes shows only over several of them."""

    kinds: tuple[str, ...] = tuple(KINDS)
    rows: dict[tuple[str, str], Row] = field(default_factory=dict)
    _codes: dict[str, dict[str, Row]] = field(default_factory=dict)

    def add(self, reader: Reader, reading: Reading) -> None:
        """Count the gaps of one article."""
        for gap in find_gaps(reader, reading, self.kinds):
            row = self.rows.get((gap.kind, gap.key))
            if row is None:
                row = self.rows[gap.kind, gap.key] = Row(gap.kind, gap.words, gap.note)
            self._count(row, reading.document, gap.first, gap.last)
        if "name" in self.kinds:
            self._note_codes(reading)

    def _note_codes(self, reading: Reading) -> None:
        for entity in reading.cast.entities:
            words = reading.cast.words_of(entity.name)
            if entity.kind != "person" or not entity.named or entity.ref is not None or entity.code is None or len(words) < 2 or not entity.mentions:
                continue
            seen = self._codes.setdefault(" ".join(words), {})
            row = seen.setdefault(entity.code, Row("name", reading.document.raw(*entity.name), entity.code))
            self._count(row, reading.document, *entity.name)

    @staticmethod
    def _count(row: Row, document: Document, first: int, last: int) -> None:
        key = document.article.id
        row.count += 1
        if row.last_article != key:
            row.last_article = key
            row.articles += 1
            if len(row.examples) < EXAMPLES:
                row.examples.append(_example(document, first, last))

    def ranked(self, kind: str) -> list[Row]:
        """The rows of a kind, most frequent first."""
        rows = [row for row in self.rows.values() if row.kind == kind]
        if kind == "name":
            rows.extend(self._two_codes())
        return sorted(rows, key=lambda row: (-row.count, -row.articles, row.words))

    def _two_codes(self) -> Iterator[Row]:
        for seen in self._codes.values():
            if len(seen) < 2:
                continue
            by_count = sorted(seen.items(), key=lambda item: (-item[1].count, item[0]))
            note = "one name, several codes: " + ", ".join(f"{code} {row.count}" for code, row in by_count)
            first, second = by_count[0][1], by_count[1][1]
            examples = [first.examples[0], second.examples[0]]
            yield Row("name", first.words, note, sum(row.count for row in seen.values()), sum(row.articles for row in seen.values()), examples)


def _example(document: Document, first: int, last: int) -> Example:
    sentence = next((s for s in document.sentences if s.first <= first < s.last), None)
    low, high = (sentence.first, sentence.last) if sentence is not None else (first, last)
    start = document.tokens.start
    text = document.raw(low, high)
    return Example(document.article.id, text, start[first] - start[low], document.tokens.end[min(last, high) - 1] - start[low])


def find_gaps(reader: Reader, reading: Reading, kinds: tuple[str, ...] = tuple(KINDS)) -> Iterator[Gap]:
    """The gaps of one article, kind by kind."""
    finder = _Finder(reader, reading)
    for kind in kinds:
        yield from _FINDERS[kind](finder)


def _unglued(words: str, prefix: str) -> str:
    """``words`` without the proclitics of their first; لل leaves the article behind."""
    if not prefix or not words.startswith(prefix):
        return words
    rest = words[len(prefix) :]
    return "ا" + rest if prefix.endswith("ل") and rest.startswith("ل") else rest


class _Finder:
    """Looks through one reading; every method yields the gaps of one kind."""

    def __init__(self, reader: Reader, reading: Reading) -> None:
        self.reading = reading
        self.doc = reading.document
        self.forms = self.doc.tokens.form
        self.kinds = self.doc.tokens.kind
        self.words = self.doc.words
        self.cast = reading.cast
        self.finder = reading.cast.finder
        self.lexicon = reader.lexicon
        self.guarded = frozenset(n for n, bar in enumerate(reader.guards.bars(self.doc, short=False)) if bar)
        self.dated = {i for d in reading.dates for i in range(d.first, d.last)}

    def _gap(self, kind: str, key: str, note: str, first: int, last: int, words: str = "") -> Gap:
        return Gap(kind, key, words or " ".join(self.doc.raw(first, last).split()), note, first, last)

    def _phrase(self, first: int, sentence: Sentence, most: int = 3) -> int:
        """Where the noun phrase that starts at ``first`` ends: before a particle, a mark, a verb, or after ``most`` words."""
        last = first + 1
        while last < min(sentence.last, first + most) and self.kinds[last] == WORD:
            word = self.words[last]
            if word is None or word.function or word.prep or word.verbs and not self.forms[last].startswith("ال"):
                break
            last += 1
        return last

    def _key(self, first: int, last: int, prefix: str = "") -> str:
        forms = [self.forms[i] for i in range(first, last) if self.kinds[i] == WORD]
        if forms:
            forms[0] = _unglued(forms[0], prefix)
        return " ".join(forms)

    # -- who speaks ------------------------------------------------------------------------------------------------------------

    def speakers(self) -> Iterator[Gap]:
        for spoken in self.reading.spoken:
            if spoken.speaker < 0:
                yield self._unknown_speaker(spoken)
                continue
            who = self.cast.entities[spoken.speaker]
            if who.code is not None or who.codes or who.sort != "noun" and not who.named and who.role in _ANONYMOUS:
                continue
            if who.sort == "noun":
                yield self._gap("speaker", self._key(*who.name), "who is meant?", *who.name)
                continue
            key = " ".join(self.cast.words_of(who.name))
            yield self._gap("speaker", key, "known, but for no state or body", *spoken.cue, words=self.doc.raw(*who.name))

    def _unknown_speaker(self, spoken: Spoken) -> Gap:
        """By the words that stand where the speaker should."""
        clause = spoken.clause
        if clause is not None and clause.noun_subject >= 0:
            first = clause.noun_subject
            last = self._phrase(first, self.doc.sentences[spoken.sentence])
            return self._gap("speaker", self._key(first, last), "who is meant?", first, last)
        if spoken.pair is not None:
            first, last = spoken.pair.first, spoken.pair.last
            return self._gap("speaker", self._key(first, last, spoken.pair.prefix), "which two?", first, last)
        first, last = spoken.cue
        sentence, word = self.doc.sentences[spoken.sentence], self.words[last] if last < len(self.words) else None
        if spoken.cue_kind == "verb" and word is not None and last < min(spoken.content[0], sentence.last) and not word.function:
            end = self._phrase(last, sentence)
            return self._gap("speaker", self._key(last, end), "who is meant?", last, end)
        return self._gap("speaker", f"{self._key(first, last)} …", f"no speaker found ({spoken.rule})", first, last)

    # -- who is described ------------------------------------------------------------------------------------------------------

    def roles(self) -> Iterator[Gap]:
        for mentions in self.cast.by_sentence:
            for m in mentions:
                if m.kind != "person" or m.sort not in ("role", "counterpart") or m.name is not None or m.role in _ANONYMOUS:
                    continue
                note = self._open_role(m)
                if note:
                    key = f"{self._key(m.first, m.last, m.prefix)} {'' if note.endswith('?') else note}"
                    yield self._gap("role", key, note, m.first, m.last, words=self._without_prefix(m))

    def _open_role(self, m: Mention) -> str:
        """What of a described person is not known; empty where all is that can be."""
        if m.entity < 0:
            return "nobody it could be"
        who = self.cast.entities[m.entity]
        if who.code is None and not who.codes:
            alone = m.last - m.first == 1 and (m.number != "s" or not m.definite)  # مسؤولون، رئيس: nobody in particular
            return "" if m.vague or alone else "of which state or body?"
        if who.named or who.ref is not None or m.number != "s" or m.former or not m.definite or who.role not in _SINGLE_POSTS:
            return ""
        return f"{who.role} {who.code}: nobody listed on {self.cast.date[:4] or 'that date'}"

    def _without_prefix(self, m: Mention) -> str:
        words = " ".join(self.doc.raw(m.first, m.last).split())
        return _unglued(words, m.prefix)

    # -- what is done ----------------------------------------------------------------------------------------------------------

    def events(self) -> Iterator[Gap]:
        for number, parties, rejected in self._uneventful():
            at, word = (-1, "") if rejected is not None else self._between(number, self.doc.sentences[number], parties)
            if at >= 0:
                yield self._gap("event", word, "nothing proposed there", at, at + 1, words=word)

    def weighed(self) -> Iterator[Gap]:
        for _, _, t in self._uneventful():
            if t is not None:
                yield self._gap("weighed", t.act.id, f"{t.kind} proposed, but weighed too light", t.at, t.last, words=t.act.id)

    def _uneventful(self) -> Iterator[tuple[int, list[Mention], Trigger | None]]:
        """Sentences with parties of two codes and no event: number, parties, and the last act that was proposed and rejected there."""
        told = {p.sentence for e in self.reading.events for p in (e, *e.told)}
        rejected = {p.sentence: p.trigger for p in self.reading.proposals if p.trigger.kind != "words"}
        for number in range(len(self.doc.sentences)):
            if number in told or number in self.guarded:
                continue
            parties = [m for m in self.cast.by_sentence[number] if self._party(m)]
            if len({self.cast.entities[m.entity].code for m in parties}) > 1:
                yield number, parties, rejected.get(number)

    def _party(self, m: Mention) -> bool:
        """A mention of a state, a body or somebody who acts for one."""
        if m.entity < 0 or m.vague or m.sort in ("adjective", "place", "pair", "own"):
            return False
        return self._political(self.cast.entities[m.entity])

    @staticmethod
    def _political(who: Entity) -> bool:
        return who.code is not None and who.code != "MEDIA" and not (who.kind == "person" and who.role in (*_ANONYMOUS, None))

    def _between(self, number: int, sentence: Sentence, parties: list[Mention]) -> tuple[int, str]:
        """The word that should say what two parties have to do with each other: a verb of one of them, else the noun they hang on."""
        known = {m.entity for m in parties}
        for clause in self.reading.clauses[number]:
            if clause.subject.entity in known and not self._reports(clause) and not self._empty(clause):
                return clause.at, self._lemma(clause)
        code = self.cast.entities[parties[0].entity].code
        other = next(m for m in parties if self.cast.entities[m.entity].code != code)
        inside = {i for m in self.cast.by_sentence[number] for i in range(m.first, m.last)}
        for i in range(other.first - 1, sentence.first - 1, -1):
            word = self.words[i]
            if word is not None and i not in inside and not word.function and i not in self.dated and not self._says_nothing(word):
                return i, word.bare.removeprefix("ال") if not word.prep else word.form
        return -1, ""

    def _lemma(self, clause: Clause) -> str:
        """The plainest verb the form can belong to."""
        plainest = min(clause.readings, key=lambda v: (bool(v.pronoun), v.reading.voice != "active", len(self.lexicon.lemmas[v.reading.lemma])))
        return self.lexicon.lemmas[plainest.reading.lemma]

    def _empty(self, clause: Clause) -> bool:
        """A verb that says nothing by itself, or a particle in a verb's spelling (وفي as وفى)."""
        form = self.forms[clause.at]
        return form.removeprefix("و") in PREPOSITIONS or any(self.lexicon.lemmas[v.reading.lemma] in _EMPTY for v in clause.readings)

    def _reports(self, clause: Clause) -> bool:
        return any(v.reading.lemma in self.lexicon.cues_by_lemma for v in clause.readings)

    def _says_nothing(self, word: Word) -> bool:
        return any(v.reading.lemma in self.lexicon.cues_by_lemma or self.lexicon.lemmas[v.reading.lemma] in _EMPTY for v in word.verbs)

    def verbs(self) -> Iterator[Gap]:
        for number, sentence in enumerate(self.doc.sentences):
            if number in self.guarded:
                continue
            for clause in self.reading.clauses[number]:
                who = clause.subject.entity
                if who >= 0 and clause.subject.how in ("post", "pre") and self._political(self.cast.entities[who]) and self._idle(clause):
                    lemma = self._lemma(clause)
                    yield self._gap("verb", lemma, "an everyday verb so far (verbs.yaml)", clause.at, clause.at + 1, words=lemma)
            for m in self.cast.by_sentence[number]:
                if self._party(m) and not m.prefix and self._unlisted_verb(m.first - 1, sentence, m):
                    form = self.forms[m.first - 1]
                    bare = form[1:] if form[0] in "وف" and len(form) > 4 else form
                    yield self._gap("verb", f"? {bare}", "in no file: a verb?", m.first - 1, m.first, words=bare)

    def _idle(self, clause: Clause) -> bool:
        """No reading of the verb is an act, a cue, or shades the status of one."""
        lexicon = self.lexicon
        tables = (lexicon.acts_by_lemma, lexicon.cues_by_lemma, lexicon.modal_lemmas, lexicon.attitude_lemmas)
        return not any(v.reading.lemma in table for v in clause.readings for table in tables) and not self._empty(clause)

    def _unlisted_verb(self, i: int, sentence: Sentence, subject: Mention) -> bool:
        """Does a word no file lists open a clause in front of its subject, in the shape of a verb of his gender?"""
        word = self.words[i] if i >= sentence.first else None
        if word is None or word.function or word.verbs or word.nouns or word.participles or word.named or word.starts or i in self.dated:
            return False
        form = self.forms[i]
        previous = self.forms[i - 1] if i > sentence.first else ""
        opens = i == sentence.first or self.kinds[i - 1] == PUNCT or form[0] in "وف" or previous in QAD | AN_FORMS | CONJUNCTIONS | ADVERBS | RELATIVES
        if not opens or len(form) < 4 or form.endswith("ات") or previous in PREPOSITIONS:
            return False
        stem = form[1:] if form[0] in "وف" else form
        feminine = self.cast.entities[subject.entity].kind == "state" or subject.gender == "f"
        return stem.startswith("ي") and not feminine or stem.startswith("ت") and feminine or stem.endswith("ت") and feminine

    # -- when and where --------------------------------------------------------------------------------------------------------

    def dates(self) -> Iterator[Gap]:
        for sentence in self.doc.sentences:
            for i in range(sentence.first, sentence.last):
                if i not in self.dated and (note := self._date_word(i)):
                    first = max(sentence.first, i - 1)
                    year = self.kinds[i] == NUMBER
                    key = f"{self.forms[first] if first < i else ''} ####" if year else " ".join(self.forms[first : i + 1])
                    yield self._gap("date", key, note, first, i + 1, words=key.strip() if year else "")
        if not self.doc.article.published:
            return
        for d in self.reading.dates:
            if d.value is None and d.precision in ("day", "month", "year") and any(s.first <= d.first < s.last for s in self.doc.sentences):
                yield self._gap("date", self._key(d.first, d.last), f"seen ({d.rule}), but which {d.precision}?", d.first, d.last)

    def _date_word(self, i: int) -> str:
        """What token ``i`` looks like; empty when it is plainly no date."""
        form, after = self.forms[i], self.doc.form(i + 1)
        if self.kinds[i] == NUMBER:
            following = self.words[i + 1] if i + 1 < len(self.words) else None
            joined = not {self.doc.form(i - 1), after}.isdisjoint(("-", "/", "(", ")", "_", "#", "ـ"))
            counts = joined or after in ("%", "٪") or following is not None and not following.function
            return "a year?" if form.isdigit() and len(form) == 4 and int(form) in _YEARS and not counts else ""
        word, listed = DATE_WORDS.get(form), self.words[i]
        if word is None or word.reader not in ("weekday", "month") or listed is None or listed.verbs or listed.named or self.finder.match(i) is not None:
            return ""
        before = {self.doc.form(j) for j in range(i - 3, i)}
        if before & NAMED_AFTER_DATE or self.doc.form(i - 1) in NO_WEEKDAY_BEFORE or after in NO_WEEKDAY_AFTER:
            return ""
        return f"a {word.reader}?"

    def places(self) -> Iterator[Gap]:
        for sentence in self.doc.sentences:
            for i in range(sentence.first + 1, sentence.last - 1):
                word, form = self.words[i], self.forms[i]
                if word is None or form.lstrip("وفب").startswith(("ال", "لل")) or word.stems.isdisjoint(_PLACE_NOUNS):
                    continue
                if self.forms[i - 1] not in _INTO and not word.prep:
                    continue
                boycott = "مقاطعه" in word.stems and self.forms[i + 1].startswith("ال")  # مقاطعة الانتخابات is no province
                if not boycott and self._unlisted_place(i + 1):
                    last = min(i + 3 if self.forms[i + 1] in _PLACE_HEADS else i + 2, sentence.last)
                    yield self._gap("place", self._key(i + 1, last), f"behind {' '.join(sorted(word.stems & _PLACE_NOUNS))}", i + 1, last)

    def _unlisted_place(self, i: int) -> bool:
        word = self.words[i]
        if word is None or word.function or word.verbs or word.participles or word.prep or self.forms[i] in _NOT_AFTER_PLACE or i in self.dated:
            return False
        return self.finder.match(i) is None

    # -- names -----------------------------------------------------------------------------------------------------------------

    def names(self) -> Iterator[Gap]:
        for number, mentions in enumerate(self.cast.by_sentence):
            sentence = self.doc.sentences[number]
            inside = {i for m in mentions for i in range(m.first, m.last)}
            for m in mentions:
                if m.kind != "person" or m.name is None:
                    continue
                first, last = m.name
                if last - first == 1 and (word := self.words[first]) is not None and word.function:
                    continue  # على read as the name علي
                if last == m.last and last < sentence.last and last not in inside and self._of_a_name(last):
                    yield self._gap("name", self._key(first, last + 1, m.prefix), "the name goes on?", first, last + 1)
                elif m.sort == "unlisted" and last - first > 1 and self._swallowed(last - 1):
                    yield self._gap("name", self._key(first, last, m.prefix), "the name ends before its last word?", first, last)
                elif first == m.first and not m.prefix and first > sentence.first and first - 1 not in inside and self._opens_name(first - 1):
                    yield self._gap("name", self._key(first - 1, last), "the name begins before?", first - 1, last)

    def _of_a_name(self, i: int) -> bool:
        """A listed name, or a bare word that neither lexicon nor corpus knows."""
        word = self.words[i]
        if word is None or word.function or word.verbs or word.nouns or word.participles or word.prep or i in self.dated:
            return False
        if word.starts and self.finder.entry(self.finder.match(i), *_NO_NAME) is not None:
            return False
        if word.named:
            return word.form not in self.lexicon.ambiguous
        return word.common == 0 and not word.starts and not word.form.startswith(_NOT_NAME_STARTS) and not word.form.endswith(_NOT_NAME_ENDS)

    def _swallowed(self, i: int) -> bool:
        """A definite everyday word at the end of a name, or the first of a title (محمد صبيح الأمين | العام)."""
        word = self.words[i]
        if word is None or word.named:
            return False
        match = self.finder.match(i)
        return word.form.startswith("ال") and word.common >= _EVERYDAY or match is not None and match.last > i + 1 and self.finder.entry(match, "role") is not None

    def _opens_name(self, i: int) -> bool:
        word = self.words[i]
        return word is not None and word.named and not word.function and not word.verbs and not word.form.startswith("ال") and word.form not in self.lexicon.ambiguous


_FINDERS: Final = MappingProxyType({
    "speaker": _Finder.speakers,
    "role": _Finder.roles,
    "event": _Finder.events,
    "weighed": _Finder.weighed,
    "verb": _Finder.verbs,
    "date": _Finder.dates,
    "place": _Finder.places,
    "name": _Finder.names,
})  # fmt: skip
