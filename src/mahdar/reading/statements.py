"""Reported words: cue, speaker, relay and content.

A statement is opened by a reporting verb (وقال … إن), an adverbial participle that resumes the last speaker (مشيرا إلى أن), a verbal noun
(قوله إن) or a phrase that names the source (بحسب …). What follows the cue decides whether words are reported at all: أن/إن, a colon, a
quotation, or the noun phrase the verb's frame allows.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from mahdar.arabic.particles import AN_FORMS, RELATIVES
from mahdar.arabic.tokens import PUNCT, WORD
from mahdar.lexicon.model import Lexicon
from mahdar.reading.clauses import Clause, ClauseReader
from mahdar.reading.cues import LEADING, Cue, CueReader
from mahdar.reading.document import Document, Quote, Sentence
from mahdar.reading.mentions import Mention
from mahdar.reading.opening import BARE_AN, MARKS, Opening
from mahdar.reading.reference import Cast
from mahdar.reading.speakers import SpeakerFinder
from mahdar.reading.turns import Turns
from mahdar.reading.weights import weigh

# What takes up the sentence behind a source named first: بحسب الوزير فإن …
_SO = frozenset(("فان", "فانه", "فانها", "فانهم"))
_THEN = _SO | {"فقد"}
_AHEAD = 14  # tokens between وفقا ل and its فإن
_OPENERS = frozenset(("فيما", "بينما", "كما", "حيث", "لكن", "ولكن", "غير", "الا", "حين", "اذ", "في"))
_RUNNING_ON = frozenset(("مع", "من", "ضد", "الي", "تجاه", "بان", "بانه", "بانها"))
_TRIM = frozenset(("،", ",", "؛", ";", ".", "-", ":", "و", "!", '"'))
# What opens a sentence with a clause whose main verb comes behind a comma, and what may open that main clause besides a verb.
_WHILE = frozenset("بينما وبينما بعدما وبعدما عندما وعندما حينما وحينما".split())
_AFTER = frozenset((("بعد", "ان"), ("وبعد", "ان"), ("قبل", "ان"), ("وقبل", "ان"), ("في", "حين"), ("وفي", "حين"), ("رغم", "ان"), ("ورغم", "ان")))
_MAIN = frozenset("لم لن قد فان فانه فانها فقد الا كان كانت".split())
_LEAST_QUOTED = 3  # words of a quotation in front of who says it
_SO_SAID = frozenset(("هكذا", "بهذه الكلمات", "بهذه العباره", "بهذه العبارات", "بهذه الجمله", "بهذا"))
_FRONT = 14  # tokens of such a clause in front of its verb of saying
_RESUMING = frozenset(("بقوله", "بقولها", "بقولهم", "بالقول", "ما", "ونصه", "هذا"))
# The reporter speaks again: words that end an unquoted report in the middle of a sentence.
_BUT_HE = frozenset(("لكنه", "لكنها", "لكنهم", "لكنهما", "ولكنه", "ولكنها"))
# وذلك في، وذلك بعد: when and where it was said; elsewhere وذلك goes on with what is said.
_THAT_BEING = frozenset(("في", "بعد", "عقب", "وفقا", "علي", "ردا"))
_ASIDES = frozenset((("وهو", "ما"), ("وهي", "ما"), ("وهو", "الامر"), ("في", "اشاره")))
# Score above which a cue reports: below even odds, since a missed statement costs as much as a wrong one and the record is short of them.
REPORTS = -0.4
_OPENING = 6  # words in front of a source that stands inside what it says
PASSED_ON = -2.0  # the same for words passed on from somebody named; chosen on the annotated articles


@dataclass(slots=True, eq=False)
class Spoken:
    """A proposed statement, in tokens; ``speaker``/``via`` are entities (-1 unknown)."""

    cue: tuple[int, int]
    content: tuple[int, int]
    speaker: int
    mode: str
    rule: str
    how: str
    via: int = -1
    sentence: int = 0
    takes: str = ""
    cue_kind: str = "verb"
    clause: Clause | None = None
    pair: Mention | None = None
    features: dict[str, float] = field(default_factory=dict)


class StatementReader:
    """Finds the statements of a document sentence by sentence; keeps the last speaker for participles and bare quotations."""

    def __init__(self, document: Document, cast: Cast, lexicon: Lexicon, clauses: ClauseReader, weights: dict[str, float]) -> None:
        self.doc = document
        self.cast = cast
        self.lexicon = lexicon
        self.clauses = clauses
        self.weights = weights
        self.cues = CueReader(document, cast, lexicon, clauses)
        self.candidates: list[Cue] = []
        self.forms = document.tokens.form
        self.kinds = document.tokens.kind
        self.words = document.words
        self.speakers = SpeakerFinder(document, cast, clauses)
        self.turns = Turns(document, lexicon)
        self.opening = Opening(document, cast, clauses.dated)
        self.open_until = -1

    def sentence(self, number: int, sentence: Sentence, mentions: list[Mention], clauses: list[Clause]) -> list[Spoken]:
        """Statements of one sentence."""
        starts = {m.first: m for m in mentions}
        joined = (c for c in clauses if c.verb.conj == "و" and c.verb.reading.tense == "past" and not c.relative)
        self.turns.joined = frozenset(c.at for c in joined if self.turns.of_words(c.verb.reading.lemma) or c.subject.how in ("post", "noun") and not c.after_an)
        cues = self.cues.sentence(sentence, mentions, clauses, starts, self.speakers.last)
        found: list[Cue] = []
        for at, cue in enumerate(cues):
            resuming = (c.first for c in cues[at + 1 :] if c.kind == "verb" and c.clause is not None and c.clause.verb.conj and not c.clause.relative and not c.clause.passive)
            limit = min(resuming, default=sentence.last)
            inner = [c.first for c in cues[at + 1 :] if c.clause is not None and c.clause.relative and c.how == "rel" and "an" in c.takes and not c.relay]
            if self.opening.introduce(cue, limit, starts, inner) and (cue.intro == "quote" or not self.opening.unnamed(cue)):
                found.append(cue)
        for at, cue in enumerate(found):
            cue.features = self._features(cue, found[:at], sentence)
            self.candidates.append(cue)
        ahead = self._quoted_first(sentence, cues)
        if ahead is not None:
            found = [ahead, *(c for c in found if c is not ahead)]
        found = self._without_relays(found)
        if self.weights:
            found = [c for c in found if c is ahead or weigh(self.weights, c.features) > (PASSED_ON if self._passed_on(c, found, starts) else REPORTS)]
        found = [c for at, c in enumerate(found) if all(c.start != earlier.start for earlier in found[:at])]  # وأضاف قائلا: one report
        out: list[Spoken] = []
        for at, cue in enumerate(found):
            self.speakers.hear(sentence, clauses, starts, cue.first)
            if cue is ahead:
                out.extend(self._spoken_first(cue, sentence, number, mentions, starts))
                continue
            out.extend(self._spoken(cue, found[:at], found[at + 1 :], sentence, number, mentions, starts))
        self.speakers.hear(sentence, clauses, starts, sentence.last)
        self.speakers.papers.note(sentence, clauses, starts, self.speakers.same)
        self._attribute(sentence, mentions, out, number, clauses)
        self.speakers.relay(mentions, out)
        if not out and not cues:
            out = self._bare_quote(sentence, number)
        return out

    def _passed_on(self, cue: Cue, found: list[Cue], starts: dict[int, Mention]) -> bool:
        """نقلت الوكالة عن المسؤول أن: a relay that names whose words they are, with the words themselves behind it."""
        named = cue.relay and cue.intro in ("an", "quote", "colon") and not any(cue.first < c.first < cue.start for c in found)
        return named and any(self.forms[i - 1] == "عن" for i in starts if cue.last < i < cue.start)

    @staticmethod
    def _without_relays(found: list[Cue]) -> list[Cue]:
        """نقلت الوكالة عن الوزير قوله إن: قوله is the cue, the verb only relays."""
        nouns = [c for c in found if c.kind == "noun"]
        return [c for c in found if not (c.relay and any(c.first < n.first <= c.first + 30 for n in nouns))]

    def _features(self, cue: Cue, earlier: list[Cue], sentence: Sentence) -> dict[str, float]:
        """What tells a report from a look-alike."""
        clause = cue.clause
        quote = self.doc.quote_of[cue.first]
        nested = [c for c in earlier if c.start <= cue.first]
        previous = self.forms[cue.first - 1] if cue.first > sentence.first else "^"
        following = self.words[cue.start] if cue.start < len(self.words) else None
        gap = cue.start - cue.last
        out = {
            "bias": 1.0,
            f"rule={cue.rule}": 1.0,
            f"intro={cue.intro}": 1.0,
            f"kind={cue.kind} intro={cue.intro}": 1.0,
            f"rule={cue.rule} intro={cue.intro}": 1.0,
            f"how={cue.how}": 1.0,
            f"how={cue.how} intro={cue.intro}": 1.0,
            f"nested={min(2, len(nested))}": 1.0,
            f"gap={0 if gap == 0 else 1 if gap < 3 else 2 if gap < 8 else 3 if gap < 16 else 4}": 1.0,
            "known": float(cue.speaker >= 0),
        }
        if quote >= 0 and self.doc.quotes[quote].closed and self.doc.quotes[quote].open < cue.first < self.doc.quotes[quote].close:
            out["in quote"] = 1.0
        if previous in RELATIVES or previous in ("ما", "مما", "بما", "كما", "حسبما"):
            out["relative"] = 1.0
        if previous in AN_FORMS:
            out["after an"] = 1.0
        if previous == "^":
            out["opens"] = 1.0
        if clause is not None:
            out[f"tense={clause.verb.reading.tense}"] = 1.0
            out[f"conj={clause.verb.conj}"] = 1.0
            if clause.relative:
                out["in relative"] = 1.0
            if clause.verb.pronoun:
                out["object pronoun"] = 1.0
            if clause.passive:
                out["passive"] = 1.0
            out[f"nested={min(1, len(nested))} conj={clause.verb.conj} how={cue.how}"] = 1.0
        if cue.speaker >= 0:
            who = self.cast.entities[cue.speaker]
            out[f"speaker={who.kind}"] = 1.0
            if who.code is None:
                out["speaker without code"] = 1.0
        if following is not None and cue.intro not in ("an", "quote", "colon"):
            out["noun follows"] = float(bool(following.nouns))
            out["definite follows"] = float(following.form.startswith("ال"))
        return out

    # -- content ---------------------------------------------------------------------------------------------------------------

    def _spoken(self, cue: Cue, earlier: list[Cue], later: list[Cue], sentence: Sentence, number: int, mentions: list[Mention], starts: dict[int, Mention]) -> list[Spoken]:
        start, mode = cue.start, "indirect"
        end = self._cut(cue, later, sentence, starts)
        intro = "an" if cue.intro == "colon" and self.forms[start - 1] in BARE_AN else cue.intro
        if start < len(self.forms) and self.forms[start] == '"':
            quote = self.doc.quotes[self.doc.quote_of[start]] if self.doc.quote_of[start] >= 0 else None
            if quote is not None and quote.open == start:
                rest = self._words_between(quote.close + 1, end)
                whole = rest <= (0 if intro == "obj" else 1) or intro == "an" and self.doc.form(quote.close + 1) in MARKS and self._clause_like(quote.open, quote.close)
                if quote.close >= end or whole or intro in ("quote", "colon"):
                    mode = "direct" if intro in ("quote", "colon", "an") else "indirect"
                    start = quote.open + 1
                    named = cue.clause is not None and bool(cue.clause.verb.pronoun)  # ما وصفه الوزير "انتهاكا"، وكذلك
                    phrase = not (named and self._marked(quote.close + 1)) and (not self._clause_like(quote.open, quote.close) or self._runs_on(quote.close + 1))
                    if rest > 1 and intro in ("quote", "colon") and quote.close < end and phrase:
                        mode = "indirect"
                    else:
                        end = self._joined(quote).close if quote.closed else self._until_told(quote, cue)
                        if quote.close >= sentence.last:
                            self.open_until = quote.close
                elif intro != "obj":
                    start = quote.open
        elif self.forms[start - 1] == '"' and start < (close := self._close(start - 1)) < end and self._marked(close + 1):
            end = close  # ما وصفه "بحملتها العدائية"، ثم ألغى اللقاء
        elif intro == "colon" and self.opening.first_person(start, end):
            mode = "direct"
        elif end == sentence.last:
            end = self._quoted_on(start, end)
        start, end = self._trim(start, end)
        if end - start < 1 or self._words_between(start, end) < 2 and mode != "direct":
            if cue.speaker >= 0 and cue.how == "post" and mode == "indirect":
                self.speakers.goes_on(cue.speaker)  # أعرب الوزير عن ارتياحه، مشيرا إلى …
            return []
        within = (e for e in earlier if e.start <= cue.first)
        inside = cue.clause is not None and any(cue.clause.relative or not self._main(cue.clause, e) for e in within)
        nested = inside or self.doc.quote_of[cue.first] >= 0 or cue.how == "genitive" and cue.intro in ("obj", "عن")
        speakers, via = self.speakers.speakers(cue, sentence, mentions, starts, not earlier, nested)
        item = Spoken((cue.first, cue.last), (start, end), speakers[0], mode, cue.rule, cue.how, via, number, cue.intro, cue.kind, cue.clause, cue.pair)
        return [item, *(replace(item, speaker=other) for other in speakers[1:])]

    def _marked(self, i: int) -> bool:
        return i < len(self.forms) and self.forms[i] in MARKS

    def _close(self, i: int) -> int:
        """Where the quotation ends that opens at token ``i``; -1 where none does."""
        quote = self.doc.quotes[self.doc.quote_of[i]] if self.doc.quote_of[i] >= 0 else None
        return quote.close if quote is not None and quote.closed and quote.open == i else -1

    def _until_told(self, quote: Quote, cue: Cue) -> int:
        """وقال "نرحب بالمبادرة، مشيرا إلى …: a quotation that nobody closed ends where the reporter says how it was said."""
        return next((i for i in range(quote.open + 4, quote.close) if self.forms[i - 1] in MARKS and self._tells_how(i, cue)), quote.close)

    def _quoted_on(self, start: int, end: int) -> int:
        """قال إن القرار "خطوة أولى. وستتبعها خطوات": words that run into a quotation end where it closes, though a sentence ends inside it."""
        number = self.doc.quote_of[end - 1]
        quote = self.doc.quotes[number] if number >= 0 else None
        if quote is None or not quote.closed or quote.open <= start or quote.close < end:
            return end
        self.open_until = quote.close
        return quote.close

    def _clause_like(self, first: int, last: int) -> bool:
        return self._words_between(first, last) > 6 or any(w is not None and w.verbs and not w.nouns for w in self.words[first:last])

    def _runs_on(self, i: int) -> bool:
        """"نريد تجنب اتفاق" مع واشنطن: the reporter finishes the quoted clause in his own words."""
        word = self.words[i] if i < len(self.words) else None
        return word is not None and (word.form in _RUNNING_ON or word.prep == "ب")

    def _joined(self, quote: Quote) -> Quote:
        """The last of quotations joined by و: "لم نتنازل" و"لن نتنازل"."""
        i = quote.close
        while self.forms[i + 1 : i + 3] == ["و", '"'] and self.doc.quote_of[i + 2] >= 0 and self.doc.quotes[self.doc.quote_of[i + 2]].open == i + 2:
            quote = self.doc.quotes[self.doc.quote_of[i + 2]]
            i = quote.close
        return quote

    def _words_between(self, first: int, last: int) -> int:
        return sum(1 for i in range(max(first, 0), min(last, len(self.kinds))) if self.kinds[i] == WORD)

    def _cut(self, cue: Cue, later: list[Cue], sentence: Sentence, starts: dict[int, Mention]) -> int:
        """Where the words end: at the sentence's end, or where a new cue resumes, a source phrase or a contrast starts."""
        end = sentence.last
        first_quote = self.doc.quote_of[cue.start] if cue.start < len(self.doc.quote_of) else -1
        for other in later:
            if other.first <= cue.start:
                continue
            inside = self.doc.quote_of[other.first]
            if inside >= 0 and inside == first_quote:
                continue
            nested = other.kind == "verb" and other.clause is not None and (not self._main(other.clause, cue) or self._another_does(other.clause, cue))
            if other.kind == "noun" or nested:
                continue
            end = min(end, self._clause_start(other, cue.start))
            break
        quoted = self.forms[cue.start : cue.start + 1] == ['"'] or cue.intro in ("quote", "colon")
        phrase = cue.intro not in ("an", "quote", "colon")
        if phrase and not quoted and cue.start + 2 < end and self.forms[cue.start + 1] in ("،", ",") and self._breaks(cue.start + 2, end):
            return cue.start + 1  # هدد بالانسحاب، حسبما أفادت الصحيفة
        fronted = self._fronted(sentence.first, cue)
        for i in range(cue.start + (2 if phrase and not quoted else 3), end):
            if self.doc.quote_of[i] >= 0 and self.doc.quotes[self.doc.quote_of[i]].open != i:
                continue
            if self.forms[i] in ("،", ",", '"') and i + 1 < end and self._breaks(i + 1, end):
                return i
            if quoted:
                continue
            if fronted and self.forms[i] in ("،", ",") and i + 1 < end and (self._verb_opens(i + 1, past=True) or self.forms[i + 1] in _MAIN):
                return i
            if phrase and cue.kind == "noun" and self.forms[i] in ("،", ","):
                return i  # بعد إعلان الرئيس انسحاب بلاده، …
            if self.forms[i - 1] in MARKS and (self._tells_how(i, cue) or self.forms[i] == "كما" and i + 1 < end and self.turns.says(i + 1)):
                return i
            but = self.forms[i] in ("لكن", "ولكن") and i + 1 in starts and not starts[i + 1].prefix and self.forms[i - 1] in MARKS
            if but or self.turns.again(i, phrase=phrase) or self._reporter_again(i, end):
                return i  # لكن الحكومة …: another is spoken of
        return end

    def _fronted(self, first: int, cue: Cue) -> bool:
        """وبعد أن نفت الوزيرة أنها …، اتصل بها: does a clause of time or contrast open the sentence, so that its main verb follows behind a comma?"""
        if self.forms[first] not in _WHILE and tuple(self.forms[first : first + 2]) not in _AFTER or cue.first > first + _FRONT:
            return False
        return not any(self.forms[i - 1] in ("،", ",") and (self._verb_opens(i) or self.forms[i] in _MAIN) for i in range(first + 1, cue.first + 1))

    def _tells_how(self, i: int, cue: Cue) -> bool:
        """قال إن الاتفاق قريب، نافيا …: an adverbial participle of saying that agrees with the speaker is the reporter's."""
        word = self.words[i]
        if word is None or not any(p.accusative and not p.conj and self.turns.of_words(p.lemma) for p in word.participles):
            return False
        who = cue.speaker if cue.speaker >= 0 else self.speakers.last
        return who < 0 or self.cues.may_resume(who, word)

    def _another_does(self, clause: Clause, cue: Cue) -> bool:
        """ذكرت الوكالة أن الوزير وصل وأكد …: who spoke cannot be the subject of the verb joined behind, so it goes on with what is said."""
        return cue.speaker >= 0 and clause.subject.how in ("chain", "implicit", "none") and not self.clauses.agrees(clause, cue.speaker, expressed=False)

    def _reporter_again(self, i: int, end: int) -> bool:
        """لكن، إلا أن، وهو ما: the reporter's own voice, unless the clause behind it still says I or we."""
        form, following = self.forms[i], self.forms[i + 1] if i + 1 < end else ""
        if form in ("لكن", "ولكن") and following.startswith("ال") and self.forms[i - 1] in MARKS and any(self.turns.says(j) for j in range(i + 2, min(i + 4, end))):
            return True  # لكن الشابة نفت
        if form in _BUT_HE:
            return any(self.turns.says(j) for j in range(i + 1, min(i + 3, end)))  # لكنه أضاف; else what is said goes on
        turns = form == "غداه" or form in ("غير", "بيد") and following in AN_FORMS or form == "الا" and following in AN_FORMS and following != "ان"
        turns = turns or (form, following) in _ASIDES or form == "وذلك" and following in _THAT_BEING
        return turns and not self.opening.first_person(i, min(i + 8, end))

    def _clause_start(self, cue: Cue, floor: int) -> int:
        """Where the clause of a resuming cue begins: before its subject and the contrast that opens it (غير أن روسيا تنفي)."""
        i = cue.first
        clause = cue.clause
        if clause is not None and clause.subject.how == "pre" and clause.subject.mention is not None:
            i = min(i, clause.subject.mention.first)
        while i - 1 > floor and (self.forms[i - 1] in _OPENERS or self.forms[i - 1] in ("،", ",", "-") or self.forms[i - 1] == "ان" and self.forms[i - 2] in ("غير", "الا", "بيد")):
            i -= 1
        return i

    def _main(self, clause: Clause, cue: Cue) -> bool:
        """Does this cue verb resume the report rather than stand inside the reported words?"""
        if clause.relative or clause.after_an:
            return False
        if clause.verb.conj or clause.at == 0:
            return clause.verb.reading.tense == "past" or clause.subject.how == "post"
        previous = self.forms[clause.at - 1]
        if clause.subject.how == "pre" and clause.subject.mention is not None:
            front = clause.subject.mention.first - 1
            if self.forms[front] in AN_FORMS:
                return self.forms[front] == "ان" and self.forms[front - 1] in ("غير", "الا", "بيد")  # قال إن كيري "أكد …": of whom he tells
            return self.forms[front] in _OPENERS or self.kinds[clause.at - 1] == PUNCT
        return previous in _OPENERS or previous in ("،", ",", "و")

    def _breaks(self, i: int, end: int) -> bool:
        """A source phrase or a contrastive clause right behind a comma ends the reported words."""
        form = self.forms[i]
        if self.opening.source(i) and form not in LEADING:
            return True
        if form == "وذلك" and i + 1 < end and self.forms[i + 1] in _THAT_BEING:
            return True
        if form in ("من", "ومن") and i + 1 < end and self.forms[i + 1] in ("جانبه", "جانبها", "جهته", "جهتها", "ناحيته", "ناحيتها", "دون"):
            return self.forms[i + 1] != "دون"
        return form in ("فيما", "بينما") and self._has_new_cue(i, end)

    def _has_new_cue(self, i: int, end: int) -> bool:
        verbs = (v.reading for w in self.words[i + 1 : min(i + 4, end)] if w is not None for v in w.verbs)
        return any(r.lemma in self.lexicon.cues_by_lemma or r.tense == "past" and self.turns.of_saying(r.lemma) for r in verbs)

    def _trim(self, start: int, end: int) -> tuple[int, int]:
        forms, kinds = self.forms, self.kinds
        while start < end and kinds[start] != WORD and forms[start] not in ('"', "(") and not forms[start].isalnum():
            start += 1
        while end > start and kinds[end - 1] != WORD and not forms[end - 1].isalnum():
            if forms[end - 1] in ('"', ")") and self._opened_inside(start, end):
                break
            end -= 1
        return start, end

    def _opened_inside(self, start: int, end: int) -> bool:
        if self.forms[end - 1] == ")":
            return "(" in self.forms[start:end]
        number = self.doc.quote_of[end - 1]
        return number >= 0 and self.doc.quotes[number].open >= start and self.doc.quotes[number].close == end - 1

    # -- source phrases and bare quotations ------------------------------------------------------------------------------------

    def _attribute(self, sentence: Sentence, mentions: list[Mention], out: list[Spoken], number: int, clauses: list[Clause]) -> None:
        """بحسب المتحدث: relays the statement it follows, or makes the clause before (or behind) it a statement of its own."""
        finder = self.cast.finder
        for i in range(sentence.first, sentence.last):
            word = self.words[i]
            match = finder.match(i) if word is not None and word.starts else None
            entry = finder.entry(match, "cue") if match is not None else None
            if match is None or entry is None or self.forms[i] == "فحسب" or self.forms[i] in LEADING or self.forms[i] in _RESUMING or self.doc.quote_of[i] >= 0 and self.doc.quotes[self.doc.quote_of[i]].closed:  # noqa: E501
                continue
            if self.forms[i] == "كما" and i - sentence.first <= 1 and any(form in AN_FORMS for form in self.forms[match.last : match.last + 15]):
                continue  # كما أكد … أن opens a report of its own
            near = next((j for j in range(match.last + 4, min(match.last + _AHEAD, sentence.last)) if self.forms[j] in _SO), match.last + 3)
            source = next((m for m in mentions if match.last - 1 <= m.first <= near and m.sort != "adjective" and m.entity >= 0), None)
            paper = self.speakers.papers.issuer(match.last, self.speakers.last) if source is None else -1
            if source is None and paper < 0 or self.forms[i : i + 2] == ["علي", "لسان"] and any(self.turns.says(c.at) for c in clauses if c.at < i):
                continue  # لوحت إيران على لسان وزيرها
            who, last = (self.speakers.source_again(source), source.last) if source is not None else (paper, match.last + (not self.forms[match.last - 1].startswith("لل")))
            behind = next((m for m in mentions if m.first == last + 1 and m.entity >= 0 and m.sort != "adjective"), None)
            medium = -1
            if behind is not None and self.cast.entities[who].code == "MEDIA" and self.forms[last] == "عن":
                who, last, medium = behind.entity, behind.last, who  # بحسب ما نقلت الوكالة عن مصادر أمنية
            inner = next((s for s in out if s.cue[0] < i < s.content[0]), None)
            if inner is not None:
                if inner.speaker >= 0 and self.cast.entities[inner.speaker].code == "MEDIA" and inner.speaker != who:
                    inner.speaker, inner.via = who, inner.speaker
                    self.speakers.last, self.speakers.via = inner.speaker, inner.via
                continue
            spoken = [s for s in out if s.content[0] < i and s.cue[0] < i]
            if spoken and spoken[-1].speaker != who:
                spoken[-1].via = who if spoken[-1].via < 0 else spoken[-1].via
                continue
            if spoken:
                continue
            item = self._attributed(sentence, i, match.last, who, last, entry.ref, number, clauses)
            if item is not None:
                item.via = medium
                out.extend((item, *(replace(item, speaker=m.entity) for m in self._sources_beside(last, mentions) if m.entity != who)))
                self.speakers.last = who
                self.clauses.note(who)

    def _sources_beside(self, i: int, mentions: list[Mention]) -> list[Mention]:
        """بحسب مسؤولين وشهود عيان: who is joined to the source that ends at token ``i``, where nothing else of his follows."""
        m = next((m for m in mentions if m.first == i and m.prefix == "و" and m.entity >= 0 and m.sort != "adjective"), None)
        return [m] if m is not None and self.forms[m.last : m.last + 1] and self.kinds[m.last] == PUNCT else []

    def _attributed(self, sentence: Sentence, i: int, last: int, who: int, source: int, ref: str, number: int, clauses: list[Clause]) -> Spoken | None:
        so = self.forms[source : source + 2]
        if i - sentence.first >= 3 and not _SO.intersection(so if so and so[0] in MARKS else so[:1]):
            before, behind = self._words_between(sentence.first, i), self._words_between(source, sentence.last)
            aside = before <= _OPENING < behind and before < behind or self._set_off(sentence.first, i, source, clauses)  # أعد الوزير، بحسب مصدر، مسودة القرار …
            start, end = self._trim(sentence.first, sentence.last if aside else i)
        else:
            j = next((j for j in range(source, min(source + _AHEAD, sentence.last)) if self.forms[j] in _THEN), source)
            while j < sentence.last and self.forms[j] not in ("،", ",") and self.forms[j] not in _THEN and not (j == source and self._verb_opens(j)):
                j += 1
            if j >= sentence.last - 3:
                return None
            if self.forms[j] in ("،", ","):
                j += 1
            start, end = self._trim(j + 1 if self.forms[j] in ("فان", "فقد") else j, sentence.last)
            if self.forms[start] in AN_FORMS and self.forms[start] in BARE_AN:
                start += 1
        if self._words_between(start, end) < 2:
            return None
        return Spoken((i, last), (start, end), who, "indirect", f"cue.{ref}", "source", -1, number, "phrase", "phrase")

    def _set_off(self, first: int, i: int, last: int, clauses: list[Clause]) -> bool:
        """إلا أن الشريط، وفق الجيش، قديم: does the source stand between commas, with no verb in front of it?"""
        return self.forms[i - 1] in MARKS and self.forms[last : last + 1] in (["،"], [","], ["-"]) and not any(first <= c.at < i for c in clauses)

    def _verb_opens(self, i: int, *, past: bool = False) -> bool:
        """وفق المرصد ينتشر: does a finite verb, one of the past only, stand right behind the source, so that the words start there?"""
        word = self.words[i]
        if word is None or word.function or word.participles or word.form.startswith("ال"):
            return False
        return any(v.reading.person == 3 and not v.conj and (not past or v.reading.tense == "past") for v in word.verbs)

    def _quoted_first(self, sentence: Sentence, cues: list[Cue]) -> Cue | None:
        """"لن نتراجع"، قال الوزير: the verb of saying behind a quotation that opens its sentence, with nothing of its own behind it but who says it."""
        close = self._close(sentence.first) if self.forms[sentence.first] == '"' else -1
        if close < 0 or close >= sentence.last - 2 or self._words_between(sentence.first, close) < _LEAST_QUOTED:
            return None
        i = close + 1
        while i < sentence.last - 1 and (self.forms[i] in MARKS or self.forms[i] == "."):
            i += 1
        so = next((n for n in (2, 1) if " ".join(self.forms[i : i + n]) in _SO_SAID), 0)
        cue = next((c for c in cues if c.first == i + so and c.kind == "verb" and c.clause is not None and not c.clause.verb.conj and not c.relay), None)
        if cue is None or cue.how not in ("post", "noun") or "quote" not in cue.takes or cue.start > 0 and not so and not any(cue.first < c.first < cue.start for c in cues):
            return None
        cue.start, cue.intro = cue.search, "quote"
        return cue

    def _spoken_first(self, cue: Cue, sentence: Sentence, number: int, mentions: list[Mention], starts: dict[int, Mention]) -> list[Spoken]:
        start, end = self._trim(sentence.first + 1, self._close(sentence.first))
        speakers, via = self.speakers.speakers(cue, sentence, mentions, starts, True, False)
        item = Spoken((cue.first, cue.last), (start, end), speakers[0], "direct", cue.rule, cue.how, via, number, cue.intro, cue.kind, cue.clause, cue.pair)
        return [item, *(replace(item, speaker=other) for other in speakers[1:])]

    def _bare_quote(self, sentence: Sentence, number: int) -> list[Spoken]:
        """A paragraph that is one quotation continues the last speaker."""
        first = sentence.first
        if self.speakers.last < 0 or self.forms[first] != '"' or first < self.open_until:
            return []
        quote = self.doc.quotes[self.doc.quote_of[first]] if self.doc.quote_of[first] >= 0 else None
        if quote is None or quote.open != first or quote.close - first < 6 or self._words_between(quote.close, sentence.last) > 2:
            return []
        start, end = self._trim(first + 1, quote.close)
        return [Spoken((first, first + 1), (start, end), self.speakers.last, "direct", "quote.continued", "continued", self.speakers.via, number, "quote", "bare")]
