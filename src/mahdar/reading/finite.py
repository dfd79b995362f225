"""Is a word a finite verb where it stands, or a noun spelt alike? Judged by its own forms and by what stands next to it."""

from __future__ import annotations

from mahdar.arabic.particles import ADVERBS, AN_FORMS, AUXILIARIES, DEMONSTRATIVES, NEGATIONS, PREPOSITION_PRONOUNS, PREPOSITIONS, QAD, RELATIVES
from mahdar.arabic.tokens import NUMBER, PUNCT, WORD
from mahdar.arabic.words import Verb, Word
from mahdar.reading.document import Document, Sentence
from mahdar.reading.mentions import Mention
from mahdar.reading.reference import Cast

# Names of states that are masculine; those not listed are feminine, as all capitals are.
MASCULINE = frozenset("العراق لبنان الاردن السودان المغرب اليمن الصومال الفاتيكان الكونغو الكيان الاحتلال النظام".split())
COLLECTIVE = frozenset(  # end in ة, yet take a masculine verb
    "قاده طلبه ساده اساتذه تلامذه قضاه رعاه دعاه غزاه بحاره صيادله ثلاثه اربعه خمسه سته سبعه ثمانيه تسعه عشره عده كافه".split()
)
_SCORES = frozenset(("ميات", "عشرات", "ميه", "مايه"))
COMMAS = frozenset(("،", ",", "؛", ";", "-", "(", ")", '"', "'"))
_SIDE_PHRASES = {"من": frozenset(("جانبه", "جانبها", "جانبهم", "جهته", "جهتها", "جهتهم", "ناحيته", "ناحيتها", "جانبهما", "جهه", "جديد"))}
# A verb follows: بينما بحث مع نظيره، إذا رفض الطلب.
_OPENERS = frozenset("بينما وبينما فيما وفيما عندما وعندما بعدما وبعدما حينما وحينما حيث وحيث اذ حين وحين اذا واذا فاذا لو ولو كلما وكلما طالما مثلما ريثما".split())
_OTHER = frozenset(("اخر", "اخري", "اولي", "ثانيه", "سابق", "لاحق", "مماثل", "مواز", "متصل", "منفصل"))
_THAT = frozenset(("ان", "بان", "وان"))
_THEN = frozenset(("ثم", "بل"))  # another verb follows, or another noun
_HE = frozenset("لكنه ولكنه لانه ولانه كانه وكانه فانه لعله كونه".split())  # with بأنه and its like: the verb agrees with the pronoun
_SINCE = frozenset(("بعد", "وبعد", "منذ", "ومنذ", "سبق", "وسبق", "الي"))  # with أن behind them, a past verb follows
_HERE = frozenset(("هنا", "وهنا"))
_CLUB = frozenset(("نادي", "ونادي"))
_DAWN, _LEADS = frozenset(("فجر", "وفجر")), frozenset(("كما", "ان", "حين", "حيث", "عندما", "بعدما", "فيما"))
_NO_NOUN = frozenset(("قال",))  # بعد اللقاء قال: never a noun
_BEFORE = frozenset(("بعد", "قبل"))
_MESSAGES = frozenset("رساله خطاب بيان اتصال مكالمه برقيه مذكره نداء تغريده كلمه مقابله مقال منشور تدوينه مداخله محاضره".split())
_WILL = frozenset(("سوف", "وسوف", "فسوف"))
_IN_IT = frozenset(("فيه", "فيها"))
_PARTICLES = QAD | frozenset(("لن", "لم", "لا", "سوف"))


def word_ahead(forms: list[str], at: int) -> str:
    """The word in front of a verb at ``at`` and of the particles of negation and time before it: إنه in إنه لن يستقبل."""
    while at > 0 and forms[at - 1] in _PARTICLES:
        at -= 1
    return forms[at - 1] if at > 0 else ""


class FiniteVerbs:
    """Tells the finite verbs of a document from the nouns, names and participles that share their spelling."""

    def __init__(self, document: Document, cast: Cast, dated: set[int]) -> None:
        self.doc = document
        self.cast = cast
        self.forms = document.tokens.form
        self.kinds = document.tokens.kind
        self.words = document.words
        self.dated = dated

    def readings(self, i: int, word: Word, sentence: Sentence, starts: dict[int, Mention], ends: dict[int, Mention], *, first: bool) -> tuple[Verb, ...]:
        """The readings under which token ``i`` is a finite verb here; empty when it is a noun. ``first`` says that the sentence had no verb so far."""
        previous = self.forms[i - 1] if i > sentence.first else ""
        form = word.form
        verbs = word.verbs
        if self._homograph(i, form, previous, sentence):
            return ()
        active = tuple(v for v in verbs if v.reading.voice != "passive")
        passive = len(active) < len(verbs) and self.doc.quote_of[i] < 0 and all(v.reading.person == 1 for v in active)
        verbs = verbs if passive else active or verbs  # أعيد فتح المعبر: a report says no "I", so the verb is passive
        told = tuple(v for v in verbs if v.reading.person != 2)
        verbs = told or verbs  # تدعي روسيا: she claims, not "you (a woman) call"
        if word.nouns and all(v.pronoun for v in verbs) and any(not n.pronoun for n in word.nouns) and previous not in RELATIVES:
            return ()  # عودة, جلسة: a noun's ending rather than a verb with its object
        if word.participles and all(v.pronoun == "هما" for v in verbs):
            return ()  # متهما إيران: a participle's accusative rather than مات with its object
        if any(v.reading.voice == "jussive" for v in verbs) and previous.lstrip("وف") not in ("لم", "لا", "لما"):
            verbs = tuple(v for v in verbs if v.reading.voice != "jussive" or v.purpose)
            if not verbs:
                return ()
        if word.nouns and all(v.reading.number == "d" for v in verbs) and previous not in QAD and (i not in ends or ends[i].number != "d" and "و" not in ends[i].prefix):
            return ()  # دعما، طلبا: an accusative noun, no dual verb
        if self._accusative(i, verbs, ends):
            return ()
        if previous in _WILL:
            return tuple(v for v in verbs if v.reading.tense == "present")  # سوف تقدم: no progress
        if previous in QAD or previous in NEGATIONS or previous in RELATIVES or previous in AUXILIARIES:
            if previous in ("غير", "عدم", "دون", "بدون") or previous == "ظل" and i - 2 >= sentence.first and self.forms[i - 2] in ("في", "وفي"):
                return ()
            return verbs
        if form.startswith(("ال", "لل", "بال", "وال")) and self._article(form) and not (form.startswith("الت") and self._taken_up(i)):
            return ()
        if any(v.reading.tense == "present" for v in verbs) and form.lstrip("وفسل")[:1] in ("ي", "ت", "ن", "ا") and not word.nouns and not word.participles:
            if previous in PREPOSITIONS and previous not in ("حتي", "منذ", "بعد", "عندما"):
                return ()
            return verbs
        if not word.nouns and (form in _NO_NOUN or not self._nounlike(i, word)):
            return verbs if previous not in PREPOSITIONS or previous in ("حتي", "منذ") else ()
        if previous == "ان" and not form.startswith("ال") and self.doc.article.text[self.doc.tokens.start[i - 1]] != "إ":
            coming = tuple(v for v in verbs if v.reading.tense == "present" and v.reading.person == 3)
            if coming:
                return coming  # أن توقف: behind أن a verb in the subjunctive sooner than an indefinite noun
            done = tuple(v for v in verbs if v.reading.tense == "past" and v.reading.person == 3)
            if done and i - 2 >= sentence.first and self.forms[i - 2] in _SINCE:
                return done  # بعد أن رفض
        return self._past(i, verbs, previous, sentence, starts, ends, first=first)

    def _homograph(self, i: int, form: str, previous: str, sentence: Sentence) -> bool:
        """Words that are verbs in few places only."""
        if form in ("لاحق", "ولاحق") and previous in ("وقت", "يوم"):
            return True  # later
        if form in _DAWN and (i in self.dated or i + 1 in self.dated or self.forms[i + 1 : i + 2] == ["اليوم"] or not (i == sentence.first or self.kinds[i - 1] == PUNCT or previous in RELATIVES or previous in QAD or previous in _LEADS)):  # noqa: E501
            return True  # قتل فجر الأحد
        if form == "وفي" and not any(w is not None and w.prep == "ب" for w in self.words[i + 1 : min(i + 4, sentence.last)]):
            return True  # and in; but وفى بوتين بوعده
        if form in _CLUB and self.doc.article.text[self.doc.tokens.end[i] - 1] == "ي":
            return True  # a club; but نادى بالحوار
        return form in _HERE and self.doc.article.text[self.doc.tokens.end[i] - 1] != "أ"

    def _past(
        self, i: int, verbs: tuple[Verb, ...], previous: str, sentence: Sentence, starts: dict[int, Mention], ends: dict[int, Mention], *, first: bool
    ) -> tuple[Verb, ...]:
        """A word that is spelt like a noun (رفض، بحث، طلب): a past verb opens its clause and agrees with what follows."""
        if previous in _HE or previous in AN_FORMS and previous.endswith("ه"):  # بأنه قصف، لكنه رفض: a verb that agrees with the pronoun sooner than an indefinite noun
            return tuple(v for v in verbs if v.reading.tense == "past" and v.reading.person == 3 and v.reading.gender == "m" and v.reading.number == "s")
        past = tuple(v for v in verbs if v.reading.tense == "past" and v.reading.person == 3)
        if past and previous not in PREPOSITIONS and self._taken_up(i) and not self.forms[i].endswith("ه"):
            return past
        if past and self._with_object(i, verbs):
            return past
        if past and (first and self._fronted(i, starts.get(i + 1), sentence, ends.get(i)) or self._behind_topic(i, sentence)):
            return past
        if not past or previous in PREPOSITIONS or previous in AN_FORMS or previous in DEMONSTRATIVES:
            return ()
        subject = starts.get(self.skip(i + 1, sentence.last))
        feminine = any(v.reading.gender == "f" for v in past)
        opens = i == sentence.first or self.kinds[i - 1] == PUNCT or any(v.conj for v in past) or i in ends or self._opened(i, sentence) or i - 1 in self.dated
        if past and self._after_topic(ends.get(i), sentence) and not feminine:
            return past
        if subject is not None and not subject.prefix and not feminine and self._feminine(subject):
            # تعارض إسرائيل: the present of عارض with its subject, no noun and no past of تعارض
            return tuple(v for v in verbs if v.reading.tense == "present" and v.reading.person == 3 and v.reading.gender == "f") if opens else ()
        if not opens and self.kinds[i - 1] == WORD:
            return ()
        if i in ends and ends[i].gender == "f" and not feminine and ends[i].kind == "state":
            return ()
        follows = self.words[i + 1] if i + 1 < sentence.last else None
        if subject is None and follows is not None and not follows.function and follows.form.endswith(("ات", "ه")) and follows.form.removeprefix("ال") not in COLLECTIVE | _SCORES:
            # تشارك وحدات هندية: the present of شارك before a feminine noun, no past of تشارك
            present = tuple(v for v in verbs if v.reading.tense == "present" and v.reading.person == 3 and v.reading.gender == "f")
            if present and not feminine:
                return present
        if subject is None and follows is not None and not (follows.form.startswith("ال") or follows.function):
            apart = previous == "و" or previous == "كما"  # و نفى وجود, كما وعد بتسيير
            return () if self.kinds[i - 1] != PUNCT and i != sentence.first and i not in ends and previous not in _OPENERS and not apart else past
        return past

    def _with_object(self, i: int, verbs: tuple[Verb, ...]) -> bool:
        """أشخاص قتلهم مسلحون: a noun with a pronoun governs nothing, so the nominative behind it is a verb's subject."""
        if i + 1 >= len(self.forms) or not all(v.pronoun for v in verbs):
            return False
        behind = self.words[i + 1]
        return behind is not None and behind.form.endswith("ون") and len(behind.form) > 4 and not behind.named and not behind.prep and not behind.verbs

    def _feminine(self, m: Mention) -> bool:
        """Does a verb in front of it take the feminine? Not in front of فتح لبنان حدوده، رفض الكرملين."""
        if m.sort in ("state", "seat"):
            form = self.forms[m.first][len(m.prefix) :]
            return form not in MASCULINE if m.sort == "state" else form.endswith(("ه", "ات"))
        return m.gender == "f" and m.sort not in ("body", "media", "described")

    def _taken_up(self, i: int) -> bool:
        """رسالة إلى موسكو طلب فيها: does "in it", which takes a message up again, stand right behind?"""
        if i + 1 >= len(self.forms) or self.forms[i + 1] not in _IN_IT:
            return False
        return any(w is not None and not _MESSAGES.isdisjoint((*w.stems, w.form.removesuffix("ا"))) for w in self.words[max(0, i - 9) : i])

    def _behind_topic(self, i: int, sentence: Sentence) -> bool:
        """إن جنديا قتل برصاص …، أن مسلحا هاجم: a noun with the alif of the accusative governs no genitive, so behind إنّ and it comes the verb."""
        noun = self.words[i - 1] if i - 2 >= sentence.first else None
        if noun is None or not noun.form.endswith("ا") or len(noun.form) < 4 or noun.form.startswith("ال") or noun.function or any(v.reading.number != "d" for v in noun.verbs):
            return False
        return self.forms[i - 2] in AN_FORMS and self.forms[i - 2].endswith("ان")

    def _after_topic(self, m: Mention | None, sentence: Sentence) -> bool:
        """أن المستشار الألماني توعد أوكرانيا: right behind أنّ and a masculine name no noun follows, so it is his verb and what stands behind is the object."""
        if m is None or m.prefix or m.first <= sentence.first or m.number != "s" or m.sort in ("adjective", "state", "capital", "seat"):
            return False
        masculine = m.gender != "f" if m.kind == "person" else m.kind == "organisation" and not self.forms[m.first].endswith("ه")
        return masculine and self.forms[m.first - 1] in _THAT

    def _opened(self, i: int, sentence: Sentence) -> bool:
        """Does a word in front open a clause: بينما، إذا، ثم, an adverb (but إلى حين عودته)?"""
        previous = self.forms[i - 1] if i > sentence.first else ""
        if previous in ("حين", "وحين") and i - 2 >= sentence.first and self.forms[i - 2] == "الي":
            return False
        if previous == "و":
            return i - 1 == sentence.first or self.kinds[i - 2] == PUNCT  # و نفى: typed apart
        return previous in _OPENERS or previous in _THEN or previous in ADVERBS

    def _fronted(self, i: int, subject: Mention | None, sentence: Sentence, place: Mention | None) -> bool:
        """في المقابل رفض كيري، على هامش القمة بحث بوتين: a phrase with a preposition opens the sentence and ends definite, so no noun can be bound to it."""
        opening = self.forms[sentence.first]
        if subject is None or subject.prefix or subject.gender == "f" or i == sentence.first:
            return False
        if opening not in PREPOSITIONS and not (opening[0] in "وف" and opening[1:] in PREPOSITIONS):
            return False
        before = self.forms[i - 1]
        if place is not None and place.sort in ("capital", "state") and place.first == sentence.first + 1:
            return True  # وفي بيروت رفض السنيورة
        if before.startswith(("ال", "لل", "وال", "بال")) or before in DEMONSTRATIVES or before in _OTHER:
            return True
        return before.endswith(("ه", "ها", "هم", "هما")) and i - 1 > sentence.first

    def _accusative(self, i: int, verbs: tuple[Verb, ...], ends: dict[int, Mention]) -> bool:
        """أطلقت الشركة هاتفا جديدا: what could only be a past dual, right behind a common word, is a noun's accusative."""
        if i in ends or not all(v.reading.number == "d" and v.reading.tense == "past" and not v.conj for v in verbs):
            return False
        before = self.words[i - 1] if i else None
        return before is not None and not before.function and not before.verbs

    def _article(self, form: str) -> bool:
        """Is the initial ال the article (الحكم) rather than part of a verb (ألمح، التقى)? Judged by what remains without it."""
        rest = form.removeprefix("و").removeprefix("ب").removeprefix("ال").removeprefix("لل")
        lexicon = self.cast.lexicon
        if form.removeprefix("و") in lexicon.verb_forms and form.removeprefix("و").startswith(("التق", "التمس", "الزم", "الغ", "الح", "القي", "القت", "القو")):
            return False
        return lexicon.vocabulary.get(rest, 0) > 5 or lexicon.vocabulary.get("ال" + rest, 0) > 30 or rest in lexicon.noun_forms

    def _nounlike(self, i: int, word: Word) -> bool:
        """Past forms of three or four letters without an ending are often nouns the lexicon does not list (عمل، وقع، شهر)."""
        reading = word.verbs[0].reading
        return reading.tense == "past" and reading.number == "s" and reading.person == 3 and reading.gender == "m" and not word.verbs[0].pronoun and self._noun_context(i)

    def _noun_context(self, i: int) -> bool:
        previous = self.forms[i - 1] if i else ""
        return previous in PREPOSITIONS or (self.kinds[i - 1] == WORD if i else False) and self.words[i - 1] is not None and bool(self.words[i - 1].nouns)  # type: ignore[union-attr]

    def skip(self, i: int, limit: int) -> int:
        """Past adverbs, dates and asides (من جانبه، اليوم الثلاثاء) that may stand between verb and subject."""
        while i < limit:
            form = self.forms[i]
            if form == '"' and self._long_quote(i):
                break  # وقال "هناك حل …": what is said starts there
            if form in _BEFORE and i + 1 < limit and self.forms[i + 1].startswith("ال"):
                break  # وقال بعد اللقاء: a preposition here
            if i in self.dated or form in ADVERBS or (self.kinds[i] == NUMBER and i in self.dated) or form in COMMAS and i + 1 < limit and (i + 1 in self.dated or self.forms[i + 1] in _SIDE_PHRASES or self.forms[i + 1] in ADVERBS or self.forms[i - 1] in ADVERBS or i - 1 in self.dated):  # noqa: E501
                i += 1
            elif form in _SIDE_PHRASES and i + 1 < limit and self.forms[i + 1] in _SIDE_PHRASES[form] or form in ("كل", "كلا") and i + 1 < limit and self.forms[i + 1] == "من":
                i += 2
            elif form == '"' and i + 1 < limit and self.kinds[i + 1] == WORD and self.doc.quotes and self._short_quote(i):
                i += 1
            elif form in PREPOSITION_PRONOUNS or form == "ذلك" and i + 1 < limit and self.kinds[i + 1] == WORD:
                i += 1  # اتصل به الرئيس، أكد ذلك الوزير
            else:
                break
        return i

    def _long_quote(self, i: int) -> bool:
        number = self.doc.quote_of[i]
        return number >= 0 and self.doc.quotes[number].open == i and self.doc.quotes[number].close - i > 4

    def _short_quote(self, i: int) -> bool:
        number = self.doc.quote_of[i]
        return number >= 0 and self.doc.quotes[number].open == i and self.doc.quotes[number].close - i <= 4
