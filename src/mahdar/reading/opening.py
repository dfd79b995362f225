"""Where reported words begin: what introduces them behind a cue, its subject and whatever stands in between.

أن or إن, a colon (or a comma or two dots for one), a quotation, the preposition the verb takes, or the noun phrase that is its object.
"""

from __future__ import annotations

from mahdar.arabic.particles import AN_FORMS, MAYBE_WORDS, PREPOSITIONS, RELATIVES
from mahdar.arabic.tokens import PUNCT, WORD
from mahdar.reading.asides import aside
from mahdar.reading.cues import Cue
from mahdar.reading.document import Document, Quote
from mahdar.reading.mentions import Mention
from mahdar.reading.reference import Cast

BARE_AN = frozenset(("ان", "بان"))
_SAYING = frozenset("التاكيد القول التشديد التذكير الدعوه".split())
_ON = frozenset(("علي", "الي"))
_BY_SAYING = frozenset(("بالقول", "بقوله", "بقولها", "بقولهم"))
_PRONOUN_OBJECTS = frozenset(("اياه", "اياها", "اياهم", "اياهما"))
# What a name in quotation marks stands behind: لـ"العربية"، صحيفة "الحياة".
_NAMING = frozenset(
    "ل لل صحيفه قناه وكاله برنامج موقع شبكه مجله تنظيم حزب حركه جماعه منظمه سفينه لصحيفه لقناه لوكاله لبرنامج لموقع لشبكه لمجله "
    "باسم تحالف كتله جمعيه موسسه شركه محطه قوات كتايب لواء جيش ايتلاف تيار ميليشيا ميليشيات فندق".split()
)
MARKS = frozenset(("،", ",", "-", ")"))
# What is called for or promised behind بـ, besides an act: بضرورة، بعدم، بأهمية.
_CONTENT_NOUNS = frozenset("ضروره عدم اهميه سرعه مزيد انه انها تحمل".split())
# What is affirmed, denied or blamed as an object of its own, besides an act.
_ASSERTED = frozenset(
    "اهميه ضروره عدم وجود استحاله حرص حرصه حرصها التزام التزامه التزامها موقف ثبات حق ثقته ثقتها دعمه دعمها دعم رفضه رفضها رفض استعداد استعداده استعدادها".split()
)
_OCCASIONS = frozenset("بحلول بمناسبه بعنوان بتاريخ بحضور بصفته بصفتها".split())  # when and as what it is said
# Papers and speeches; what is said in one follows it.
_SPOKEN_IN = frozenset("بيان تغريده تصريح تصريحات كلمه خطاب مقابله رساله صحفي صحافي متلفزه متلفز".split())
_JOINT = frozenset(("مشترك", "مشتركه", "رسمي", "مقتضب", "مكتوب"))
_USUAL = 40  # a word met as often in the corpus is no name
_INSTEAD = frozenset("بدلا عوضا بعيدا فضلا انطلاقا".split())
_ADVERBIAL = frozenset("نفسه نفسها ذاته ذاتها عينه باستمرار بشده بقوه مجددا ايضا مرارا رسميا بوضوح دايما".split())
# طلب عدم ذكر اسمه: what is done with a name, and the name.
_NAMED = frozenset("ذكر الكشف كشف نشر الافصاح الاعلان".split())
_NAMES = frozenset("اسمه اسمها اسميهما اسمايهم اسماءهم هويته هويتها هويتهم هويتهما".split())
_ONE_OF = frozenset(("احد", "احدي", "احدهم"))
_VEILS = frozenset(("النقاب", "اللثام", "الستار", "الغطاء"))
_BY, _WHAT = frozenset("حسب بحسب وفق وفقا طبقا".split()), frozenset(("ما", "لما"))
_WINDOW = 60  # tokens between a cue and what it reports
_NEAR = 25  # tokens between a cue and the preposition its frame asks for


class Opening:
    """Finds where the reported words begin in one document."""

    def __init__(self, document: Document, cast: Cast, dated: set[int]) -> None:
        self.doc = document
        self.cast = cast
        self.dated = dated
        self.forms = document.tokens.form
        self.kinds = document.tokens.kind
        self.words = document.words

    def introduce(self, cue: Cue, limit: int, starts: dict[int, Mention], inner: list[int]) -> bool:
        """Set where the reported words start; False when none are reported. ``inner``: verbs of saying in relative clauses, each with an أن of its own."""
        inner = list(inner)
        i = cue.search
        adjunct = False
        stop = min(limit, i + _WINDOW)
        if "obj" in cue.takes[1:] and cue.how == "post" and i < stop and self._definite_bare(i) and i not in starts and self._an_ahead(i, min(stop, i + _NEAR)):
            cue.takes = tuple(t for t in cue.takes if t != "obj")  # أكدت الوكالة المكلفة مراقبة الاتفاق أن …: still the speaker
        if cue.first and (self.forms[cue.first - 1] == "حسبما" or self.forms[cue.first - 1] in _WHAT and self.forms[cue.first - 2].removeprefix("و") in _BY):
            cue.takes = tuple(t for t in cue.takes if t in ("an", "quote", "colon"))  # حسبما أعلن موقع متخصص: what is said stands in front
        takes = cue.takes
        described = cue.search  # an adjective right behind the speaker still describes him
        while i < stop:
            form, following = self.forms[i], self.forms[i + 1] if i + 1 < stop else ""
            if form in AN_FORMS and inner and cue.search <= inner[0] < i and not MARKS.intersection(self.forms[inner[0] : i]):
                inner.pop(0)  # أعلنت الجماعة القرار على لسان مرشدها الذي قال إن …: his words
                i += 1
                continue
            if form in AN_FORMS and not self._spelt_out(i):
                return self._at(cue, i + 1 if form in BARE_AN else i, "an")
            if form == ":":
                return self._at(cue, self._past_an(i + 1), "colon")
            if form == '"':
                begins, past = self._quotation(cue, i, stop, adjunct=adjunct)
                if begins is not None:
                    return begins
                described = past if i == described and past > i + 1 else described  # أكد الخبير «فريد سالم» المتخصص في … أن
                i = past
                continue
            if form == "ل" and following == '"' and (told := self._told_to(cue, i)) > i:
                i = described = told
                continue
            if i in self.dated:
                described += i + 1 - described if i - described <= 1 else 0  # أعلنت قبرص، اليوم، رفع علاقاتها
                i += 1
                continue
            if form in ("عما", "ما") and following == "اذا" and "عن" in takes:
                return self._at(cue, i + (form == "عما"), "عن")  # تساءل عما إذا كانت واشنطن جادة
            if i > cue.search and self.forms[i - 1] in MARKS and (closed := self._source_until(i, stop)) > i:
                i = closed
                continue
            past = aside(self.forms, i, stop)
            if past > i and i not in starts:
                described += past - described if i - described <= 1 else 0
                i = past
                continue
            mention = starts.get(i)
            if i == described and (self._we(cue, i, following) or self._bare_speech(cue, i, stop, starts)):
                return self._at(cue, i + 1 + (form == "."), "colon")
            if self.kinds[i] == WORD and not (mention is not None and (not self._own_noun(mention) or i == described)):
                found = self._frame(cue, i, adjunct, described, starts)
                if found is not None:
                    return found
            if mention is not None:
                if i == described and self._what_is_described(cue, mention):
                    return self._at(cue, i, "obj")  # وصف موسكو بأنها …: what is described opens the words
                behind_comma = i > cue.search and self.forms[i - 1] in ("،", ",") and not mention.prefix and mention.sort != "adjective"
                if adjunct and behind_comma and takes[:1] == ("ب",):
                    adjunct = False  # اتهم الرئيس، في خطاب، إيران بـ…: whom it is said of
                i = described = mention.last
                continue
            if form in PREPOSITIONS or form in RELATIVES or (self.words[i] is not None and self.words[i].prep):  # type: ignore[union-attr]
                adjunct = True
            elif form in ("،", ",") and cue.kind == "verb":
                pass
            elif self.kinds[i] == PUNCT and form in ".؟!" and (form != "." or i + 1 >= stop):
                return False
            i += 1
        return False

    def _what_is_described(self, cue: Cue, m: Mention) -> bool:
        """May a mention right behind the speaker be the object, not the rest of his name (أعلن مكتب الرئيس فلان أن)?"""
        if cue.takes[:1] != ("obj",) or m.prefix or m.sort == "adjective" or cue.clause is not None and cue.clause.verb.pronoun:
            return False
        return self.forms[m.last : m.last + 1] != ["ان"]

    def _quotation(self, cue: Cue, i: int, stop: int, *, adjunct: bool) -> tuple[bool | None, int]:
        """Do the words begin at the quotation mark at ``i`` (None: it settles nothing), and the token to go on from."""
        number = self.doc.quote_of[i]
        quote = self.doc.quotes[number] if number >= 0 else None
        if quote is None or quote.open != i:
            return None, i + 1
        behind, length, takes = quote.close + 1, quote.close - i, cue.takes
        if length <= 6 and self.forms[i - 1] in _NAMING:
            return None, behind
        if length <= 3 and (i == cue.search or self.forms[i - 1] != "،") and self._an_ahead(quote.close, stop) or self._named_by(quote, takes):
            return None, behind  # وأوضحت «زيادة» أن، أبلغ "رويترز" أن; متهما «فلول النظام» بعرقلة السلام
        first_person = self.first_person(i, quote.close)
        if not (length > 3 or i == cue.search or "quote" in takes and first_person):
            return None, i + 1
        if length <= 3 and not ("obj" in takes or "quote" in takes):
            return False, i
        if adjunct and length < 10 and not first_person and self._introduced_later(quote.close, stop):
            return None, behind
        return self._at(cue, i, "quote"), i

    def _told_to(self, cue: Cue, i: int) -> int:
        """وأكدت مصادر لـ«الحياة» أن: the token behind the paper in quotation marks that is told, or ``i`` where the verb takes ل otherwise."""
        number = self.doc.quote_of[i + 1] if i + 1 < len(self.forms) else -1
        close = self.doc.quotes[number].close if number >= 0 and self.doc.quotes[number].open == i + 1 else -1
        if not i < close < i + 6 or close + 1 >= len(self.forms):
            return i
        behind = close + 1 + (self.forms[close + 1] in MARKS)
        if "ل" in cue.takes and AN_FORMS.isdisjoint(self.forms[behind : behind + 2]):
            return i
        return close + 1

    def _we(self, cue: Cue, i: int, following: str) -> bool:
        """وقال الخطيب، نريد حلا سياسيا: a comma, and the speaker says we."""
        if self.forms[i] not in ("،", ",") or cue.kind != "verb" or "quote" not in cue.takes or following in RELATIVES or following == "ما":
            return False
        return self.first_person(i + 1, i + 3) and not self.source(i + 1)

    def _bare_speech(self, cue: Cue, i: int, stop: int, starts: dict[int, Mention]) -> bool:
        """وأضاف لافروف، روسيا لن تقبل; ومثل سلفه، تقول الصحيفة، لن يغير: a comma or two dots for a colon, where nothing else introduces the words."""
        forms = self.forms
        start = i + 1 if forms[i] in ("،", ",") else i + 2 if forms[i : i + 2] == [".", "."] else -1
        if start < 0 or start + 4 >= stop or "colon" not in cue.takes or cue.how != "post" or cue.kind != "verb" or cue.relay or cue.clause is None or cue.clause.relative:
            return False
        if cue.first and self.kinds[cue.first - 1] == WORD or forms[start] in RELATIVES or start in self.dated or aside(forms, start, stop) > start:
            return False
        word, mention = self.words[start], starts.get(start)
        if word is None or self.source(start) or word.form in PREPOSITIONS or word.prep or word.participles or mention is not None and mention.kind == "person":
            return False
        rest = forms[start:stop]
        if any(form in AN_FORMS or form in (":", '"') for form in rest):
            return False
        told = (w for w in self.words[start : min(start + 8, stop)] if w is not None and w.verbs and not w.function)
        return any(not w.nouns or any(v.reading.tense == "present" for v in w.verbs) for w in told)

    def _source_until(self, i: int, stop: int) -> int:
        """وأوضح لافروف، كما ذكرت الوكالة، أن: the mark that closes the source named at ``i``, or ``i`` where none is."""
        if self.forms[i] == "نقلا" or not self.source(i):
            return i
        return next((j for j in range(i + 1, min(i + _NEAR, stop)) if self.forms[j] in ("،", ",", ":", '"', "-")), i)

    def source(self, i: int) -> bool:
        """Does a phrase that names the source start at token ``i``: حسبما نقلت عنه الصحيفة?"""
        return self.cast.finder.entry(self.cast.finder.match(i), "cue") is not None

    def _spelt_out(self, i: int) -> bool:
        """سي.إن.إن: is it a letter's name in an abbreviation, and no أن?"""
        forms = self.forms
        return forms[i + 1 : i + 2] == ["."] and forms[i + 2 : i + 3] != ["."] or forms[i - 1] == "." and forms[i - 2] != "."

    def _named_by(self, quote: Quote, takes: tuple[str, ...]) -> bool:
        """Is what stands in quotation marks the name of whom is spoken to or of, with بـ and the words proper behind it?"""
        behind = self.words[quote.close + 1] if quote.close + 1 < len(self.words) else None
        if "ب" not in takes or "quote" in takes[:1] or behind is None or behind.prep != "ب" or quote.close - quote.open > 5:
            return False
        return not any(w is not None and w.verbs and not w.nouns for w in self.words[quote.open : quote.close])

    def _definite_bare(self, i: int) -> bool:
        word = self.words[i]
        return word is not None and word.form.startswith("ال") and not word.nouns

    def _past_an(self, i: int) -> int:
        """قال: إن … — the particle is no part of the words."""
        return i + 1 if self.forms[i : i + 1] and self.forms[i] in BARE_AN else i

    def _introduced_later(self, i: int, stop: int) -> bool:
        """A short title in quotation marks (في افتتاح "المؤتمر …") is no speech when the words proper follow."""
        return any(self.forms[j] in AN_FORMS or self.forms[j] in (":", '"') for j in range(i + 1, stop))

    @staticmethod
    def _own_noun(mention: Mention) -> bool:
        return mention.sort in ("adjective",)

    def _frame(self, cue: Cue, i: int, adjunct: bool, described: int, starts: dict[int, Mention]) -> bool | None:
        """Prepositional or nominal objects the cue's frame allows; None where token ``i`` settles nothing."""
        form, takes = self.forms[i], cue.takes
        word = self.words[i]
        assert word is not None
        near = i - cue.search < _NEAR
        following = self.forms[i + 1] if i + 1 < len(self.forms) else ""
        if cue.relay and form == "عن" or form in _BY_SAYING and following in AN_FORMS or form == "علي" and following == "لسان":
            return None  # the source of what is relayed; علق بالقول إن; أكدت على لسان وزيرها
        if form in takes and form in PREPOSITIONS and self._described_between_commas(i, cue):
            return None  # أشارت ميركل، التي كانت تتحدث إلى جانب ماكرون، إلى أن
        if form in takes and (form in PREPOSITIONS or form == "ب" or form == "ل" and i == described) and near:
            return None if following in AN_FORMS else self._at(cue, i + 1, form)
        prep = word.prep or self._glued(i, described) or (form[0] if form[0] in "بل" and form[1:] in _CONTENT_NOUNS and self._construct(i) else "")
        if prep and prep in takes and near and (not adjunct or self._own_complement(i)):
            return self._at(cue, i, prep)
        if form == "جمله" and following == "وتفصيلا":
            return None
        if form in _SAYING and (following in AN_FORMS or "obj" in takes and following in _ON):  # جدد التأكيد على دعمه، كرر القول إن
            return None if following in AN_FORMS or self.doc.form(i + 2) in AN_FORMS else self._at(cue, i + 2, following)
        if "obj" in takes and form == "ما" and (i == described and not adjunct or near and self.forms[i - 1] in MARKS) and self._verb_at(i + 1):
            return self._at(cue, i, "obj")  # نفى الوزير ما نشر عن الصفقة
        if form in _INSTEAD and following in ("من", "عن"):
            return None  # أعلن بدلا من ذلك أن
        if "obj" not in takes or form in _PRONOUN_OBJECTS or word.prep or word.participles or word.function and (form not in MAYBE_WORDS or form in ("قد", "ان", "لو", "اذا")):
            return None
        if i == described > cue.search and form.startswith("ال") and self._an_ahead(i, i + _NEAR):
            return None  # الوكالة المكلفة بمراقبة الاتفاق أن …: still the speaker
        if form in _VEILS and following == "عن":
            return None  # كشف النقاب عن خطة
        if form in _ONE_OF and self.forms[i - 1] in MARKS and self._an_ahead(i, i + _NEAR):
            return None  # أعلن فريد سالم، أحد محامي الشركة، أن
        if not adjunct and i - described <= 2 or adjunct and near and self._late_object(i, starts):
            return None if word.form == "ايضا" and self._an_soon(i) else self._at(cue, i, "obj")
        return None

    def _described_between_commas(self, i: int, cue: Cue) -> bool:
        """Does token ``i`` stand in a relative clause between commas, behind which the verb's own complement comes?"""
        first = next((j for j in range(i - 1, cue.search - 1, -1) if self.forms[j] in ("،", ",")), -1)
        if first < 0 or self.forms[first + 1] not in RELATIVES:
            return False
        close = next((j for j in range(i + 1, min(i + _NEAR, len(self.forms) - 2)) if self.forms[j] in ("،", ",", ".", '"', ":") or self.forms[j] in AN_FORMS), -1)
        return close > 0 and self.forms[close] in ("،", ",") and (self.forms[close + 1] in cue.takes or self.forms[close + 1] in AN_FORMS)

    def unnamed(self, cue: Cue) -> bool:
        """طلب عدم ذكر اسمه، اشترط عدم الكشف عن هويته: who wants not to be named says nothing by it."""
        i = cue.last
        return "colon" not in cue.takes and not _NAMED.isdisjoint(self.forms[i : i + 2]) and not _NAMES.isdisjoint(self.forms[i + 1 : i + 5])

    def _glued(self, i: int, described: int) -> str:
        """هدد برد، اتهم واشنطن بشن حرب: a noun that is listed only without the ب, or right behind the speaker a word nobody met with it."""
        word, form = self.words[i], self.forms[i]
        if word is None or form[0] != "ب" or word.named or form in _OCCASIONS:
            return ""
        listed = bool(word.nouns) and all(n.prep == "ب" for n in word.nouns)
        return "ب" if listed or i == described and not word.common and len(form) > 4 and not word.function else ""

    def _verb_at(self, i: int) -> bool:
        word = self.words[i] if i < len(self.words) else None
        return word is not None and bool(word.verbs)

    def _own_complement(self, i: int) -> bool:
        """Behind an adjunct بـ brings what the cue's verb is about when an act's noun follows or a comma stands before: تعهد في أول كلمة له، بتقديم …"""
        word = self.words[i]
        return word is not None and (bool(word.nouns) or self.forms[i - 1] in MARKS or self.forms[i][1:] in _CONTENT_NOUNS)

    def _late_object(self, i: int, starts: dict[int, Mention]) -> bool:
        """أعلن الوزير لدى عودته من باريس بدء …: an indefinite noun of an act where the adjunct before it is complete."""
        word = self.words[i]
        if word is None or word.form.startswith("ال") and word.form not in _ASSERTED or i in starts:
            return False
        before = self.forms[i - 1]
        if not word.nouns and word.form not in _ASSERTED:
            return before in MARKS and self._bound(i) and not self._an_ahead(i, min(i + _NEAR, len(self.forms)))
        if before in _SPOKEN_IN or before in _JOINT and self.forms[i - 2] in _SPOKEN_IN:
            return True  # أعلن في بيان انسحابه، أكدا في بيان مشترك دعمهما
        complete = before in MARKS or before in _ADVERBIAL or i - 1 in self.dated or any(m.last == i for m in starts.values())
        return complete or len(before) > 4 and before.startswith("ال")  # أكد خلال اللقاء استعداد بلاده: behind a definite noun no genitive follows

    def _bound(self, i: int) -> bool:
        """، استمرار التعاون: a common noun that a definite one determines."""
        word, following = self.words[i], self.words[i + 1] if i + 1 < len(self.words) else None
        if word is None or following is None or word.common < _USUAL or word.verbs or word.participles or word.named or word.function or word.prep or i in self.dated:
            return False
        return following.form.startswith("ال") and i + 1 not in self.dated

    def _construct(self, i: int) -> bool:
        """بضرورة الحوار، بسرعة مناقشة القانون (not طالب بسرعة): a noun follows."""
        word = self.words[i + 1] if i + 1 < len(self.words) else None
        return word is not None and not word.function and not word.prep

    def _an_ahead(self, i: int, stop: int) -> bool:
        """Does أن come before the sentence pauses?"""
        for form in self.forms[i + 1 : stop]:
            if form in AN_FORMS:
                return True
            if form in (".", ":", '"'):
                return False
        return False

    def _an_soon(self, i: int) -> bool:
        return any(form in AN_FORMS for form in self.forms[i + 1 : i + 3])

    @staticmethod
    def _at(cue: Cue, start: int, intro: str) -> bool:
        cue.start, cue.intro = start, intro
        return True

    def first_person(self, start: int, end: int) -> bool:
        """Does anybody say I or we between two tokens?"""
        return any(v.reading.person == 1 for w in self.words[start:end] if w is not None for v in w.verbs[:1])
