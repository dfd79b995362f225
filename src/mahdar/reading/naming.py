"""Lexicon phrases at a place in the text, and where a personal name nobody has listed begins and ends."""

from __future__ import annotations

from typing import NamedTuple

from mahdar.arabic.tokens import NUMBER, WORD
from mahdar.arabic.words import Word
from mahdar.lexicon.model import Entry, Lexicon
from mahdar.reading.closing import part_of_body
from mahdar.reading.document import Document
from mahdar.reading.offices import Offices
from mahdar.reading.organs import MODIFIERS

_NO_NAMES = frozenset(  # أكد البشير ضرورة
    "ضروره وجوب اهميه عقب امس نايب نايبه نايبا وكيل مساعد مساعده تعازي "
    "استعداد استعدادها حرص رفض دعم التزام تمسك باسمهم باسمها باسمه باسمنا شايعه الملقب الملقبه المعروف المعروفه المكني المدعو المدعوه تنسيقيه".split()
)
_ORDINALS = frozenset("الاول الثاني الثالث الرابع الخامس السادس السابع الثامن التاسع العاشر الحادي".split())
_TITLE_SURNAMES = frozenset("الشريف الشيخ الامير النقيب المهندس الحاج القاضي الباشا العميد السيد الفريق الزعيم".split())
_TITLES_BEFORE = frozenset("النايب الدكتور السيد المهندس المستشار اللواء العميد السفير الشيخ العقيد الفريق الحاج الاستاذ القاضي الاعلامي الكاتب المحامي".split())
_NO_NAME = ("state", "role", "organisation", "group", "institution", "capital", "title", "former", "media", "people", "seat", "cue", "pair", "own", "counterpart", "place", "not")
_SAID = frozenset(("قال", "اضاف", "اوضح", "صرح", "ذكر", "كشف"))
_NO_ENDINGS = ("وا", "هم", "هما", "ته", "تها", "هن")  # رحبوا، بصفتهم، قرينته
_TAKES_ON = frozenset("أكد شدد حث حض رد علق اعترض احتج حرص وافق أثنى".split())  # verbs with على
_WITH_ALIF = frozenset(("الي", "لدي", "حتي", "وعلي", "والي"))
# Kin and aides with a pronoun: another person, no more of a name (كلف ترامب صهره كوشنر).
_HIS = frozenset(
    f"{kin}{its}"
    for kin in "صهر شقيق شقيقت والد والدت نجل ابن ابنت زوج زوجت ارملت محامي محاميت مستشار مستشارت مساعد مساعدت نايب نايبت سلف خلف خصم غريم وزير حليف سفير مبعوث".split()
    for its in ("ه", "ها", "هم")
)
_FAITHFUL = frozenset(
    "زين نور سيف صلاح شمس عز علاء ضياء جمال كمال تقي بهاء حسام عماد محيي نجم نصر تاج جلال شرف فخر برهان بدر شهاب "
    "خير صدر نظام معز رضي سراج مهر قطب صفي ولي محي عصام نصير رفيع رشيد امام منهاج اسد ركن سعد".split()
)
_WELL_KNOWN = 10
_OF_TWO = 6  # letters of the shortest dual told from a name by its ending
_SHORT = 2  # letters of a word that begins a listed phrase by chance (يونج سو كيم)
_ROMANCE = frozenset(("دو", "دي", "دا", "دوس", "دس"))  # دو لا روشفوكو، دي لوس ريوس
_ARTICLES = frozenset(("لا", "لوس", "لاس", "لو"))
_SKIP = frozenset(('"', "'", "-"))


class Match(NamedTuple):
    """A lexicon phrase at tokens ``[first, last)``, with the proclitics glued to its first word."""

    first: int
    last: int
    entries: tuple[int, ...]
    prefix: str


_UNREAD = Match(-1, -1, (), "")  # stands where nobody has looked yet


class NameFinder:
    """Phrases and names of one document, asked for by token."""

    def __init__(self, document: Document, lexicon: Lexicon) -> None:
        self.doc = document
        self.lexicon = lexicon
        self.offices = Offices(lexicon, (document.article.published or "")[:10])
        self._unpacked = lexicon.names.unpacked
        self.forms = document.tokens.form
        self.kinds = document.tokens.kind
        self.words = document.words
        self._matches: list[Match | None] = [_UNREAD if word is not None and word.starts else None for word in document.words]  # at each token
        self._ali: bool | None = None
        self._ya: bool | None = None
        self.places: dict[int, list[tuple[int, str, Match]]] = {}  # what timeplace finds, by sentence

    # -- lexicon phrases -------------------------------------------------------------------------------------------------------

    def match(self, i: int) -> Match | None:
        """The longest lexicon phrase that starts at token ``i``."""
        if not 0 <= i < len(self._matches):
            return None
        known = self._matches[i]
        if known is not _UNREAD:
            return known
        best: Match | None = None
        following = self._next_form(i + 1)
        for prefix, stem in self._starts(i):
            longer = self._longest(i, prefix, stem, following, 0 if best is None else best.last)
            best = best if longer is None else longer
        if best is not None and self.forms[best.last : best.last + 1] == ["بن"] and self.entry(best, "weakshort") is not None:
            best = self._title_alone(i, best)
        self._matches[i] = best
        return best

    def _longest(self, i: int, prefix: str, stem: str, following: str, than: int) -> Match | None:
        """The longest phrase that begins with the stem at token ``i``, if it ends behind the token ``than``; ``following`` is the word behind."""
        by_next = self._unpacked.get(stem) or self.lexicon.names[stem]
        for second in (following, ""):
            for rest, ids in by_next.get(second, ()):
                end = self._follow(i + 1, rest) if rest else i + 1
                if end > than and not (self.forms[end - 1] == "علي" and end > i + 1 and self._governed_on(i, end - 1)):
                    return Match(i, end, ids, prefix)
        return None

    def _starts(self, i: int) -> tuple[tuple[str, str], ...]:
        word = self.words[i]
        return word.starts if word is not None else ()

    def _governed_on(self, i: int, at: int) -> bool:
        """وأكد عمرو على أن: behind a verb that takes على, what is written so is the preposition, though a listed name ends in علي."""
        before = i - 1
        while before > 0 and self.forms[before] == '"':
            before -= 1
        word = self.words[before] if before >= 0 else None
        lemmas = self.lexicon.lemmas
        return word is not None and not self.raw_ali(at) and any(lemmas[v.reading.lemma] in _TAKES_ON for v in word.verbs)

    def _title_alone(self, i: int, best: Match) -> Match:
        """الشيخ خليفة بن زايد: the title in front of a full name, not الشيخ خليفة who goes by that alone."""
        for prefix, stem in self._starts(i):
            for rest, ids in self.lexicon.names[stem].get("", ()):
                if not rest:
                    return Match(i, i + 1, ids, prefix)
        return best

    def _next_form(self, i: int) -> str:
        i = self._past_marks(i)
        return self.forms[i] if i < len(self.forms) else "\n"

    def _past_marks(self, i: int) -> int:
        """The first token from ``i`` on that a name may go on with: behind quotation marks, and behind what opens a number (مجموعة (5+1))."""
        forms, kinds = self.forms, self.kinds
        while i < len(forms) and (forms[i] in _SKIP or forms[i] == "(" and kinds[i + 1 : i + 2] == [NUMBER]):
            i += 1
        return i

    def _follow(self, i: int, rest: tuple[str, ...]) -> int:
        forms = self.forms
        for word in rest:
            i = self._past_marks(i)
            if i < len(forms) and forms[i] == "و" and word.startswith("و") and forms[i + 1 : i + 2] == [word[1:]]:
                i += 1  # حزب البناء و التنمية
            elif i >= len(forms) or forms[i] != word:
                return 0
            i += 1
        return i

    def entry(self, match: Match | None, *kinds: str) -> Entry | None:
        """The first entry of a match with one of the given kinds."""
        if match is None:
            return None
        entries = self.lexicon.entries
        if len(match.entries) == 1:
            only = entries[match.entries[0]]
            return only if only.kind in kinds else None
        for kind in kinds:
            for index in match.entries:
                if entries[index].kind == kind:
                    return entries[index]
        return None

    # -- names -----------------------------------------------------------------------------------------------------------------

    def given_pair(self, form: str, i: int) -> bool:
        """A given name of two words: عبد الفتاح, روح الله."""
        return form in self.lexicon.given_heads and i + 1 < len(self.forms) and f"{form} {self.forms[i + 1]}" in self.lexicon.given

    def is_ali(self, i: int) -> bool:
        """علي the given name, not the preposition: this article writes the preposition with another letter (على)."""
        if self.forms[i] != "علي":
            return False
        if self._called_ali(i):
            return True
        if not self.raw_ali(i):
            return False
        if self._surname_behind(i) and self._tells_ya():
            return True
        if self._ali is None:
            raws = [self.raw_ali(j) for j, form in enumerate(self.forms) if form == "علي"]
            self._ali = raws.count(False) >= max(2, 2 * raws.count(True))
        return self._ali

    def _surname_behind(self, i: int) -> bool:
        """علي الكثيري: a family name, or a word with the article that is hardly ever anything else."""
        word = self.words[i + 1] if i + 1 < len(self.words) else None
        if word is None or word.function or word.prep or self.kinds[i + 1] != WORD:
            return False
        if self.forms[i + 1] in self.lexicon.family:
            return word.common < 40
        return word.form.startswith("ال") and word.common < 12 and not (word.nouns or word.verbs or word.participles or word.starts)

    def _tells_ya(self) -> bool:
        """Does this article write its prepositions with ى (إلى، لدى، حتى), and never with ي?"""
        if self._ya is None:
            text, ends = self.doc.article.text, self.doc.tokens.end
            raws = [text[ends[j] - 1] for j, form in enumerate(self.forms) if form in _WITH_ALIF]
            self._ya = raws.count("ى") >= 2 and "ي" not in raws
        return self._ya

    def _called_ali(self, i: int) -> bool:
        """النائب على فريج، وقال على جمال، نائب …: behind a title, or behind قال with a name and a post following, it is no preposition however it is spelt."""
        before, word = self.forms[i - 1] if i else "", self.words[i + 1] if i + 1 < len(self.words) else None
        if word is None or word.function or word.prep or self.kinds[i + 1] != WORD:
            return False
        if before in _TITLES_BEFORE:
            return word.named or self.unheard(i + 1) or self.forms[i + 1] in self.lexicon.family
        return before.lstrip("و") in _SAID and (word.named or self.unheard(i + 1)) and self._post_follows(i + 2)

    def raw_ali(self, i: int) -> bool:
        return self.doc.article.text[self.doc.tokens.end[i] - 1] == "ي"

    def _sure_behind(self, i: int) -> bool:
        """Is what follows a given name that is also an everyday word (حسن، أمين) surely more of a name?"""
        form, word = self.forms[i], self.words[i]  # name_end went past i, so there is one
        if form == "بن" and word is not None:
            return True
        if word is None or not self._name_like(i, first=not form.startswith("ال")):
            return False
        if form.startswith("ال"):
            return form in self.lexicon.family or word.common == 0 and not (word.nouns or word.verbs or word.participles or form.endswith("يه"))
        return word.named or not (word.nouns or word.verbs or word.participles or form.endswith("يه"))

    def name_end(self, i: int, limit: int, *, glued: bool = False) -> int:
        """Where the name that starts at ``i`` ends; ``i`` itself if none starts there. ``glued``: token ``i`` is a given name, perhaps with a proclitic."""
        j, count = i, 0
        if i + 1 < limit and (self.given_pair(self.forms[i], i) or glued and self.given_pair(self.forms[i][1:], i)):
            j, count = i + 2, 2
        elif glued:
            j, count = i + 1, 1
        if glued and count == 1 and j + 1 < limit and self.given_pair(self.forms[j], j):
            j, count = j + 2, 3  # أشرف عبد الله
        while j < limit and count < 6:
            if self.forms[j] == "-" and count and self._hyphen(j, limit):
                j += 2
                continue
            if count and self._land(j):
                break
            if count and self.forms[j] in _ROMANCE and j + 2 < limit and self.forms[j + 1] in _ARTICLES and self._name_like(j + 2, first=False):
                j, count = j + 3, count + 2
                continue
            if count > 1 and self._late(j):
                break
            if count and self.forms[j] == "الدين" and self.forms[j - 1] in _FAITHFUL and self.entry(self.match(j - 1), "place") is None:
                j, count = j + 1, count + 1  # حسان زين الدين
                continue
            if not self._name_like(j, first=count == 0) and not (count == 1 and self._closed_surname(j, limit)) and not (count < 2 and self._foreign(j, first=not count)):
                break
            j += 1
            count += 1
        if count == 1 and self._surname_like_title(j, limit):
            j += 1
        if count and j < limit and self.forms[j] in _ORDINALS and self.forms[j - 1] not in ("كانون", "تشرين", "ربيع", "جمادي"):
            j += 2 if self.forms[j + 1 : j + 2] == ["عشر"] else 1  # محمد السادس، بنيديكت السادس عشر
        if count > 1 and self.forms[j - 1] == "ال" and j < limit and self.kinds[j] == WORD:
            j += 1  # بن علي آل صباح
        elif count:
            j = self.lineage(j, limit)
        while j > i + 1 and self.forms[j - 1] in self.lexicon.name_particles and not self.words_named(j - 1) and not self.given_pair(self.forms[j - 2], j - 2):
            j -= 1
        return j

    def _late(self, i: int) -> bool:
        """اقترح ماتيوش مورافيسكي التغيير: behind two words of a foreign name, a word with the article that news knows well and no list of names has is no third."""
        word = self.words[i]
        if word is None or word.named or not word.form.startswith("ال") or self.words_named(i - 1):
            return False
        return word.common >= _WELL_KNOWN and word.form not in self.lexicon.family

    def _land(self, i: int) -> bool:
        """Does a state or capital of several words begin here (عزت إسلام آباد)? It is no part of a name."""
        match = self.match(i)
        return match is not None and match.last - i > 1 and not match.prefix and self.entry(match, "state", "capital") is not None

    def _kunya(self, i: int) -> bool:
        """أبو أحمد العاصمي: does a name by which somebody is called after a son begin at token ``i``?"""
        if i + 1 >= len(self.words) or self.kinds[i + 1] != WORD or self.forms[i + 1] not in self.lexicon.given or self.entry(self.match(i + 1), *_NO_NAME) is not None:
            return False
        return i == 0 or not self.words_named(i - 1) or self.told(i)

    def _hyphen(self, i: int, limit: int) -> bool:
        """كيم جونغ-أون: a hyphen that touches the words on both its sides."""
        start, end = self.doc.tokens.start, self.doc.tokens.end
        return i + 1 < limit and start[i + 1] == end[i] and end[i - 1] == start[i] and self.kinds[i + 1] == WORD

    def _joining(self, i: int) -> bool:
        """Is token ``i`` a particle, though also somebody's name (أن)?"""
        word = self.words[i] if i < len(self.words) else None
        return word is None or word.function

    def _surname_like_title(self, i: int, limit: int) -> bool:
        """عبد الخالق الشريف، محمد الأمير: a title behind one given name that no other name follows."""
        match = self.match(i)
        if match is None or match.prefix or match.last - i != 1 or self.forms[i] not in _TITLE_SURNAMES or self.forms[i - 1] not in self.lexicon.given:
            return False
        return not (i + 1 < limit and self._name_like(i + 1, first=True))

    def lineage(self, i: int, limit: int) -> int:
        """Where بن فلان behind a name ends, and the house behind it (آل نهيان, also in quotation marks)."""
        first = i
        while i + 1 < limit and self.forms[i] == "بن" and self.kinds[i + 1] == WORD:
            i += 3 if self.forms[i + 1] == "عبد" and i + 2 < limit else 2
        house = i + 1 if i > first and self.forms[i : i + 1] == ['"'] else i
        if house + 1 < limit and self.forms[house] == "ال" and self.kinds[house + 1] == WORD:
            return house + 2
        return i

    def _foreign(self, i: int, *, first: bool) -> bool:
        """سو، دانيلز: a word of no Arabic shape that the papers print now and then, beside a sure name."""
        word = self.words[i]
        if word is None or self.kinds[i] != WORD or word.function or word.verbs or word.nouns or word.participles or word.prep or not 12 <= word.common < 40:
            return False
        if word.form.startswith("ال") or word.form in MODIFIERS or word.form[0] in "وب" or word.form.endswith(("ه", "ات", "ين", "ون", "يا", "ي")):
            return False
        if word.starts and (len(word.form) > _SHORT or self.match(i) is not None) and not self.entry(self.match(i), "place"):
            return False
        return self.unheard(i + 1) if first else self.unheard(i - 1) or self.words_named(i - 1) and self.forms[i - 1] not in self.lexicon.ambiguous

    def unheard(self, i: int) -> bool:
        """A word no corpus and no lexicon knows."""
        word = self.words[i] if i < len(self.words) else None
        return word is not None and self.kinds[i] == WORD and not word.named and not word.starts and self._surely_name(i)

    def stranger(self, i: int) -> bool:
        """Does somebody's name begin at ``i`` with a word nobody knows: قال غياكومو ترانشيدا، ربوار طه، النائب …?"""
        if self.forms[i] == "ابو":
            return self._kunya(i)
        if self.forms[i].startswith("ال") and self.family_like(i) and self.words_named(i + 1) and not self.forms[i + 1].startswith("ال"):
            return self._post_follows(self.name_end(i + 1, len(self.forms)))  # البدري فرغلي، عضو مجلس …
        told = self.told(i)
        weak = self.entry(self.match(i), "weakshort") is not None and self.words[i].common == 0  # type: ignore[union-attr]
        if not (weak and not told or self.unheard(i)) or self.forms[i].startswith(("ال", "ب", "ل", "ف") if told else ("ال", "و", "ب", "ل", "ف")):
            return False
        if not self.unheard(i + 1) and (not self.words_named(i + 1) or self.forms[i + 1].startswith("ال")):
            return False
        if told:
            return True
        end = self.name_end(i, len(self.forms))
        return end - i > 1 and self._post_follows(end)

    def strange_pair(self, i: int) -> bool:
        """Two words side by side that nobody knows, which begin as names do: كلارا نيومان."""
        return self.unheard(i) and self.unheard(i + 1) and not self.forms[i].startswith(("ال", "و", "ب", "ل", "ف"))

    def told(self, i: int) -> bool:
        """Does a verb of saying stand right in front, so that its subject follows and no و joins it to anybody (قال وارين فلان)?"""
        before = self.words[i - 1] if i else None
        return before is not None and any(self.says(v.reading.lemma) for v in before.verbs)

    def family_like(self, i: int) -> bool:
        """A listed family name, or a word with the article that is hardly ever anything else."""
        word = self.words[i]
        return self.forms[i] in self.lexicon.family or word is not None and word.common < 4 and not (word.nouns or word.verbs or word.participles)

    def _post_follows(self, i: int) -> bool:
        """Does a post stand behind a name, with a comma or without?"""
        match = self.match(i + 1 if self.forms[i : i + 1] in (["،"], [","]) else i)
        return match is not None and not match.prefix and self.entry(match, "role") is not None

    def says(self, lemma: int) -> bool:
        """Is it a verb of saying, or an act done by words (طالب، ندد)?"""
        lexicon = self.lexicon
        return lemma in lexicon.cues_by_lemma or any(lexicon.acts[index].cue for index in lexicon.acts_by_lemma.get(lemma, ()))

    def _closed_surname(self, i: int, limit: int) -> bool:
        """A family name that is also a noun (هاني خلاف،): one word between a given name and a comma or a bracket."""
        word, before = self.words[i], self.forms[i - 1]
        if word is None or word.function or word.verbs and word.common >= 30 or word.prep or self.kinds[i] != WORD or self.forms[i].startswith("ال") or self.forms[i] in MODIFIERS:
            return False
        if before not in self.lexicon.given or before in self.lexicon.ambiguous or i + 1 >= limit or self.forms[i + 1] not in ("،", ",", "("):
            return False
        if self._post_follows(i + 1) and self.entry(self.match(i), "adjective") and not self.entry(self.match(i), "state", "role", "organisation", "group"):
            return True  # نافديب سوري، سفير الهند
        return not self.entry(self.match(i), "state", "adjective", "role", "organisation", "group", "institution", "title", "former", "media", "people", "cue", "act")

    def set_off(self, i: int, limit: int) -> int:
        """السفير البريطاني في موسكو، لوري بريستو، …: where two to four words between commas end that can only be a name; ``i`` where they are none."""
        j, sure = i, 0
        while j < min(i + 5, limit) and self.kinds[j] == WORD:
            word = self.words[j]
            if word is None or word.function or word.prep and word.common >= 5 or word.form.startswith("ال") and j == i or word.form in MODIFIERS or word.modal:
                return i
            if word.verbs and word.common >= 5 and not word.named and j == i or self.entry(self.match(j), *_NO_NAME):
                return i
            sure += word.named or word.common < 10 and not word.nouns and not word.participles and not word.verbs
            j += 1
        return j if 2 <= j - i <= 4 and sure * 2 >= j - i and j < limit and self.forms[j] in ("،", ",") else i

    def stray(self, i: int) -> bool:
        """الرئيس وصافحه، الوزير المالي والبوروندي: a word behind a post that nobody listed and that begins or ends as no name does."""
        form = self.forms[i]
        if self.words_named(i) or self.entry(self.match(i), "person", "short", "weakshort"):
            return False
        return form.endswith(_NO_ENDINGS) or form.startswith("وال") and self.forms[i - 1].startswith("ال") or form[0] == "ب" and form[1:] in self.lexicon.vocabulary

    def town(self, i: int) -> bool:
        """سيدي بوزيد، خميس مشيط: a listed place of two words that reads like a name."""
        match = self.match(i)
        if match is None or match.last - i < 2 or self.entry(match, "place") is None:
            return False
        return not self.entry(match, "person", "state", "organisation", "group", "media", "role", "title")

    def glued_name(self, form: str) -> bool:
        """Is a given name behind a proclitic no everyday word (برحيل, ونور)?"""
        return self.lexicon.vocabulary.get(form[1:], 0) < 5 or form[0] == "و" and form[1:] not in self.lexicon.ambiguous

    def words_named(self, i: int) -> bool:
        word = self.words[i] if i < len(self.words) else None
        return word is not None and word.named

    def _owned(self, i: int) -> bool:
        """أبلغ نظيره المصري تأييد بكين: a verbal noun that no list of names has, with its doer behind it."""
        match = self.match(i + 1) if i + 1 < len(self.words) else None
        return match is not None and not match.prefix and self.entry(match, "state", "capital", "seat", "institution", "organisation", "group", "own") is not None

    def _name_like(self, i: int, *, first: bool) -> bool:
        """Could token ``i`` be (part of) a personal name?"""
        if i >= len(self.words) or self.kinds[i] != WORD:
            return False
        word = self.words[i]
        assert word is not None
        form = self.forms[i]
        if word.function:
            # علي is a name only inside one: behind a given name and before more of it; at its head where two sure names follow.
            if form != "علي":
                return form == "فان" and not first and self.words_named(i - 1) and self._surely_name(i + 1)
            if first:
                return self.is_ali(i) or self._surely_name(i + 1) and self._surely_name(i + 2) and not self.entry(self.match(i + 1), "person", "short")
            more = self._surely_name(i + 1) if self.raw_ali(i) else self.words_named(i + 1) and not self._joining(i + 1)  # كيم على الساحة: spelt as the preposition is
            return self.forms[i - 1] == "بن" or self.words_named(i - 1) and (more or self.is_ali(i))
        if form in self.lexicon.name_particles:
            return not first or i + 1 < len(self.words)
        if word.named:
            if first and form[0] == "و" and form not in self.lexicon.given and form[1:] in self.lexicon.given:
                return False  # وكارلوس لوبيز: joined to another
            if form in self.lexicon.ambiguous and word.verbs:
                if first:
                    return form in self.lexicon.given and self.unheard(i + 1)  # حكمت حاجييف
                return self.forms[i - 1] in self.lexicon.given or i > 1 and self.forms[i - 2] == "عبد"  # الرئيس مرسي وعد; but عبد العزيز فاضل
            return first or not self._post_here(i)
        if len(form) < 2 or word.function or form in MODIFIERS or form in _NO_NAMES or form in _HIS or first and part_of_body(form) or first and word.nouns and self._owned(i):
            return False
        match = self.match(i)
        if match is not None and self.entry(match, "person", "short", "weakshort"):
            return not match.prefix
        if match is not None and self.entry(match, "state", "adjective", "role", "organisation", "group", "institution", "capital", "title", "former", "media", "people", "seat", "cue", "pair"):  # noqa: E501
            return False
        if form.startswith("و") and (self.words_named_form(form[1:]) or form[1:] in self.lexicon.vocabulary):
            return False
        if word.verbs and (word.common > 3 or any(v.conj or v.reading.tense == "present" for v in word.verbs)) and (word.common or not self.unheard(i + 1)):
            return False  # but إرميك كوشيرباييف: never met, before a word that nobody knows
        if first and form[0] in "بل" and len(form) > 4 and self.lexicon.vocabulary.get(form[1:], 0) > word.common:
            return False  # الرئيس بثبات
        if word.prep and (first or word.nouns or form[1:] in self.lexicon.vocabulary) or form[0] == "و" and form.endswith(("ها", "هم")):
            return False  # لتثمين، لشعوب، ونوابها
        if form.endswith("ا") and self.lexicon.vocabulary.get(form[:-1], 0) > 5:
            return False  # مبعوثا
        if form.startswith("ال"):
            return not first and word.common < 60
        if self._dual(word):
            return False  # أجرى العاهل الأردني اتصالين هاتفيين
        if word.nouns or word.participles:
            return word.common < 3
        return word.common < 12

    def _dual(self, word: Word) -> bool:
        """Two of a thing that news knows well, as an object (لقاءين، هاتفيين)?"""
        form = word.form
        if len(form) < _OF_TWO or not form.endswith("ين") or form.endswith("تين") and not word.nouns:
            return False
        return bool(word.nouns) or self.lexicon.vocabulary.get(form[:-2], 0) > _WELL_KNOWN

    def _post_here(self, i: int) -> bool:
        """صلاح سلطان | الأمين العام, حمد بن خليفة | أمير قطر: a post behind a name whose first word is a name too."""
        match = self.match(i)
        if match is None or match.prefix or not self.entry(match, "role"):
            return False
        return match.last - i > 1 or self.entry(self.match(match.last), "state", "adjective", "capital", "institution") is not None

    def _surely_name(self, i: int) -> bool:
        """A listed name, or a word no corpus and no lexicon knows."""
        word = self.words[i] if i < len(self.words) else None
        if word is None or word.function:
            return False
        return word.named and not word.form.startswith("ال") or word.common == 0 and not (word.nouns or word.verbs or word.participles or word.prep)

    def words_named_form(self, form: str) -> bool:
        return form in self.lexicon.given or form in self.lexicon.family or form in self.lexicon.names.rows
