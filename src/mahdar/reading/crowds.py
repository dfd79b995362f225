"""Crowds the lexicon does not name: who protests is mostly told by a trade or a number alone (أضرب سائقو الحافلات، خرج الآلاف)."""

from __future__ import annotations

from mahdar.arabic.tokens import NUMBER, WORD
from mahdar.reading.datewords import WEEKDAYS
from mahdar.reading.document import Document
from mahdar.reading.mentions import Mention
from mahdar.reading.reference import Cast, Entity
from mahdar.reading.triggers import Trigger

_NUMBERS = frozenset("الاف مئات عشرات ميات الوف".split())  # thousands of …
_ABOUT = frozenset("اكثر اقل ازيد نحو حوالي قرابه زهاء قدر".split())  # in front of a number
_COUNTS = _NUMBERS | frozenset(
    "الف الفا الفي الفان مليون ملايين مليوني مليونا ميه مايه مئه مئتا ميتا مئتي ميتي عشرون عشرين ثلاثون ثلاثين اربعون خمسون خمسين ستون سبعون ثمانون تسعون".split()
)
# Plurals of people that their form does not tell; sound plurals (معلمون, and before a genitive موظفو) need no list.
_PEOPLE = frozenset(
    "الالاف المئات الميات العشرات الملايين عمال العمال طلاب الطلاب طلبه الطلبه تلاميذ التلاميذ اطباء الاطباء اساتذه الاساتذه قضاه القضاه تجار التجار سكان السكان اهالي "
    "الاهالي اهل انصار مناصرو مويدو ابناء شبان الشبان شباب الشباب نساء النساء امهات ناشطات طالبات معلمات عاملات ممرضات مواطنات متظاهرات عائلات عايلات اسر ذوو اصحاب "
    "حشود الحشود جموع رهبان جنود الجنود اسري الاسري سجناء السجناء نقابات النقابات اعضاء موظفات مثيرو العاملون "
    "امناء افراد ضباط خريجي كوادر صيادله اولياء وجهاء اعيان مشايخ شيوخ نواب مهجرو ثوار ضحايا جرحي حراس باعه ارباب ناشطي تنسيقيه نقابه كونفدراليه رابطه".split()
)
_ENDINGS = ("ون", "ين", "و", "ي")
_LEADERS = frozenset("ذوو حمله اصحاب عوايل تنسيقيه".split())  # of a genitive, and spelt like no plural
_SOME = frozenset("اعمال احداث موجه سلسله حركه".split())
_LONGEST = 3
_CODE = "OTHER:protesters"
_BEHIND, _FAR = 3, 8


def _stripped(form: str) -> list[str]:
    """The word without article, and without the ending of its case too."""
    bare = form.removeprefix("ال")
    return [bare, *(bare.removesuffix(e) for e in _ENDINGS if bare.endswith(e) and len(bare) > len(e) + 1)]


class Crowds:
    """Makes a party of the noun that is a verb's subject, where it is a plural of people."""

    def __init__(self, document: Document, cast: Cast) -> None:
        self.doc = document
        self.cast = cast
        self.forms = document.tokens.form
        self._known: dict[int, Mention] = {}
        self._protesters = -1
        self._lands = {m.first: m.code for found in cast.by_sentence for m in found if m.sort in ("people", "adjective", "state") and m.code is not None}
        # مئات الفرنسيين: a nation so many of whom do it is known already; Palestinians stand for theirs whatever their trade
        self._nations = {m.first for found in cast.by_sentence for m in found if m.sort in ("people", "adjective") and (m.last - m.first == 1 or m.code == "PSE")}

    def subject(self, t: Trigger) -> Mention | None:
        """The crowd that does it: the noun behind or before the verb, which nobody we know is."""
        clause = t.clause
        if clause is None or clause.subject.mention is not None or t.kind != "verb" and clause.at > t.at:
            return None
        i = clause.head if clause.subject.how == "noun" else self._ahead(clause.at)
        if i < 0 and clause.subject.how == "none" and t.kind == "verb" and clause.at + 1 < len(self.forms) and self._leads(clause.at + 1):
            i = clause.at + 1  # احتج ذوو الضحايا، نظم متقاعدو القطاع
        if i < 0 and clause.subject.how == "none" and t.kind == "verb" and any(v.reading.number == "p" for v in clause.readings):
            i = self._opening(clause.at)
        if i < 0 or i == t.at or not (self._people(i) or self._counted(i) > i) or self._nation(i):
            return None
        known = self._known.get(i)
        if known is None:
            last = self._end(i)
            name = (i, last)
            self.cast.entities.append(Entity("group", None, name=name, en=self._english(i, last), gender="m", number="p", sort="described"))
            known = self._known[i] = Mention(i, last, "group", "described", name=name, gender="m", number="p", entity=len(self.cast.entities) - 1)
            self.cast.entities[-1].mentions.append(known)
        return known

    def _english(self, first: int, last: int) -> str:
        """What the crowd is called in English, with its land where an adjective or a name in the phrase tells it: students (Sudan)."""
        forms = self.forms[first : last + _BEHIND]
        if "من" in forms[last - first :] and self.forms[last - 1].removeprefix("ال") in _COUNTS:
            last += _BEHIND  # آلاف من عمال الموانئ
        trades = self.cast.lexicon.crowds
        trade = next((trades[f] for form in self.forms[first:last] for f in _stripped(form) if f in trades), "protesters")
        nations = self.cast.lexicon.state_names
        land = next((nations[c][1] for c in (self._lands.get(i) for i in range(first, last + 1)) if c in nations), "")
        return f"{trade} ({land})" if land else trade

    def protesters(self, t: Trigger) -> int:
        """Who stands behind a protest that names nobody (اندلعت احتجاجات في البصرة): the protesters spoken of, else those of this word; -1 where it names a doer."""
        clause = t.clause
        noun = t.kind in ("noun", "phrase")
        if not noun and (clause is None or clause.head < 0 or not self._act(clause.head)):
            return -1
        if self._protesters < 0:
            named = (i for i, e in enumerate(self.cast.entities) if e.code is not None and e.code.startswith(_CODE))
            self._protesters = next(named, -1)
        if self._protesters < 0:
            name = (t.at, t.last) if noun or clause is None else (clause.head, clause.head + 1 + (self.forms[clause.head] in _SOME))
            self.cast.entities.append(Entity("group", _CODE, name=name, en="protesters", gender="m", number="p", sort="described"))
            self._protesters = len(self.cast.entities) - 1
        return self._protesters

    def _act(self, i: int) -> bool:
        """Is the word a verbal noun, or does it only say that there were some (أعمال شغب، موجة احتجاجات)?"""
        word = self.doc.words[i]
        if word is None:
            return False
        lexicon = self.cast.lexicon
        protest = any(lexicon.acts[k].type == "PROTEST" for n in word.nouns for k in lexicon.acts_by_noun.get(n.noun, ()))
        return protest or self.forms[i] in _SOME and i + 1 < len(self.forms) and self._act(i + 1)

    def _ahead(self, at: int) -> int:
        """Where a crowd begins that stands in front of its verb at the head of the sentence (آلاف العمال يتظاهرون)."""
        i = at
        while i > 0 and at - i < _LONGEST and self.doc.tokens.kind[i - 1] == WORD and (word := self.doc.words[i - 1]) is not None and not word.function:
            if word.prep and not self.forms[i - 1].startswith("لل"):
                break  # التنسيقية الوطنية للأساتذة تخوض إضرابا
            i -= 1
        opens = i == 0 or self.doc.tokens.kind[i - 1] != WORD
        return i if i < at and opens and self._end(i) >= at else -1

    def _opening(self, at: int) -> int:
        """Where a crowd stands that opens the sentence of a verb in the plural, whatever lies between (سائقو الحافلات في العاصمة يضربون); -1 where none does."""
        sentence = self.doc.sentences[self.doc.sentence_at(at)]
        between = self.doc.words[sentence.first : at]
        return sentence.first if 0 < len(between) <= _FAR and None not in between else -1

    def _leads(self, i: int) -> bool:
        """Is it a plural of people that a genitive follows, as the subject it is not read as (حملة الشهادات)?"""
        form, word = self.forms[i], self.doc.words[i]
        return form in _LEADERS or len(form) > 4 and form.endswith("و") and word is not None and not word.verbs and not word.prep

    def _people(self, i: int) -> bool:
        form = self.forms[i]
        return form in _PEOPLE or form.removeprefix("ال") in _PEOPLE or form in _NUMBERS or len(form) > 4 and form.endswith(("ون", "و"))

    def _nation(self, i: int) -> bool:
        """Is the crowd so many of a nation, or Palestinians (نحو 1500 أسير فلسطيني)?"""
        if self.forms[i] in _NUMBERS and i + 1 in self._nations:
            return True
        counted = self._counted(i)
        return counted > i and any(self._lands.get(j) == "PSE" for j in range(counted, min(counted + _LONGEST, len(self.forms))))

    def _counted(self, i: int) -> int:
        """Where those who are counted stand behind a number or what goes before one (أكثر من مئة ألف متظاهر، نحو 500 شخص); ``i`` itself if none are."""
        forms, kinds = self.forms, self.doc.tokens.kind
        j, number = i, False
        while j < len(forms) and (forms[j] in _ABOUT or j > i and forms[j] == "من" or forms[j] in _COUNTS or kinds[j] == NUMBER):
            number = number or forms[j] in _COUNTS or kinds[j] == NUMBER
            j += 1
        return j if number and j < len(forms) and kinds[j] == WORD else i

    def _end(self, i: int) -> int:
        """Where the phrase ends: what a number counts, the genitive and adjectives behind it."""
        words, kinds = self.doc.words, self.doc.tokens.kind
        first = self._counted(i)
        j = first + 1
        while j < min(first + _LONGEST, len(self.forms)) and kinds[j] == WORD:
            word, form = words[j], self.forms[j]
            counted = self.forms[j - 1] in _NUMBERS
            if word is None or form in WEEKDAYS or word.function or word.prep and not form.startswith("لل"):
                break
            if word.verbs and not form.startswith("ال") or not (counted or form.startswith(("ال", "لل")) or form.endswith(("ون", "ين"))):
                break
            j += 1
        return j
