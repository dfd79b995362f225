"""On what occasion: the words of an act's own clause that say on whose margins, on what day of remembrance, at whose invitation it happened
(على هامش الجمعية العامة), or that it is the first of its kind since (الأول منذ 1979).
"""

from __future__ import annotations

from collections.abc import Iterable
from types import MappingProxyType
from typing import Final, NamedTuple

from mahdar.arabic.particles import AN_FORMS, CONJUNCTIONS, RELATIVES
from mahdar.reading.clauses import Clause
from mahdar.reading.document import Document, Sentence
from mahdar.reading.mentions import Mention
from mahdar.reading.proposals import Proposal

# How an occasion opens, by its first word: what must follow. Folded; و and ف may be glued to the first word.
_HEADS: Final = MappingProxyType({
    "علي": (("هامش",), ("هوامش",), ("شرف",)),
    "بمناسبه": ((),), "لمناسبه": ((),), "احتفالا": ((),), "احياء": (("لذكري",),), "في": (
        ("ذكري",), ("الذكري",), ("مستهل", "زياره"), ("مستهل", "زيارته"), ("مستهل", "زيارتها"), ("مستهل", "جوله"), ("مستهل", "جولته"), ("مستهل", "جولتها"),
        ("ختام", "زياره"), ("ختام", "زيارته"), ("ختام", "زيارتها"), ("ختام", "اعمال"), ("افتتاح",),
    ),
    "خلال": (("فعاليات",), ("افتتاح",)), "ضمن": (("فعاليات",),),
    "بدعوه": (("من",),), "تلبيه": (("لدعوه",), ("لدعوته",)),
})  # fmt: skip
_FIRSTS: Final = frozenset("اول الاول الاولي اولي ثاني الثاني الثانيه ثالث الثالث الثالثه الارفع ارفع الاعلي اعلي الاكبر اكبر".split())
_MEETINGS: Final = frozenset("زياره لقاء اجتماع قمه محادثات مباحثات مفاوضات جوله مشاركه اتصال حوار".split())
_OF_ITS_KIND: Final = (("من", "نوعه"), ("من", "نوعها"))
_MARKS: Final = frozenset('، , ؛ ; : . ( ) " - – \n'.split(" "))
_ENDS: Final = _MARKS | {"مع", "بين", "بعد", "قبل", "حيث", "بهدف", "لبحث", "وذلك", "وقال", "عقب", "ـ", "وبهدف"}
_NO_LAST: Final = frozenset("في من الي علي مساء يوم صباح عن قد ب ل".split())
_LONGEST: Final = 12  # words of an occasion
_TO_SINCE: Final = 9  # words from the ordinal to منذ
_FAR: Final = 25


class Occasion(NamedTuple):
    """Tokens ``[first, last)`` of an occasion."""

    first: int
    last: int


class OccasionFinder:
    """Finds the occasions of sentences, each sentence once."""

    def __init__(self, document: Document, clauses: list[list[Clause]], mentions: list[list[Mention]], dated: Iterable[int]) -> None:
        self.doc = document
        self.forms = document.tokens.form
        self.clauses = clauses
        self.mentions = mentions
        self.dated = frozenset(dated)
        self._known: dict[int, list[Occasion]] = {}

    def of(self, proposal: Proposal) -> Occasion | None:
        """The occasion nearest to an act in its own clause: no verb and no إن stands between the two."""
        t = proposal.trigger
        number = proposal.sentence
        best, nearest = None, _FAR
        for found in self.sentence(number):
            if not self._fits(proposal, found):
                continue
            inside = found.first <= t.at < found.last
            low, high = (t.last, found.first) if t.at < found.first else (found.last, t.at)
            gap = 0 if inside else max(0, high - low)
            if gap >= nearest or not inside and self._parted(number, low, high):
                continue
            best, nearest = found, gap
        return best

    def _fits(self, proposal: Proposal, found: Occasion) -> bool:
        """أول زيارة منذ is said of a visit only, الأولى منذ of any noun of a deed."""
        t = proposal.trigger
        form = self.forms[found.first]
        if form not in _FIRSTS or found.first <= t.at < found.last:
            return True
        if form.startswith("ال") and form not in ("الاول", "الاولي") or t.act.type != "CONSULT":
            return t.kind == "noun" and form.startswith("ال")
        return form.startswith("ال") or self.forms[found.first + 1] in _MEETINGS

    def _parted(self, number: int, low: int, high: int) -> bool:
        return any(low <= c.at < high for c in self.clauses[number]) or any(self.forms[i] in AN_FORMS or self.forms[i] in RELATIVES for i in range(low, high))

    def sentence(self, number: int) -> list[Occasion]:
        """All occasions a sentence names."""
        found = self._known.get(number)
        if found is None:
            found = self._known[number] = self._read(number, self.doc.sentences[number])
        return found

    def _read(self, number: int, sentence: Sentence) -> list[Occasion]:
        out: list[Occasion] = []
        for i in range(sentence.first, sentence.last):
            form = self.forms[i]
            start = form if form in _HEADS else form[1:]
            last = -1
            if start in _HEADS and (start == form or form[0] in "وف"):
                last = self._named(number, i, start, sentence.last)
            elif form in _FIRSTS or form in ("للمره", "لاول"):
                last = self._first_since(i, sentence.last)
            if last > 0 and (not out or i >= out[-1].last):
                out.append(Occasion(i, last))
        return out

    def _named(self, number: int, i: int, start: str, limit: int) -> int:
        """Where the occasion that opens at ``i`` ends; -1 if none does."""
        for rest in _HEADS[start]:
            at = i + 1 + len(rest)
            if tuple(self.forms[i + 1 : at]) == rest:
                last = self._end(number, at, limit)
                own = rest and rest[-1].endswith(("ته", "تها"))
                return last if last > at or own else -1
        return -1

    def _end(self, number: int, at: int, limit: int) -> int:
        """The noun phrase goes on to a mark, a verb, a relative clause, a date or the next party."""
        verbs = {c.at for c in self.clauses[number]}
        people = {m.first for m in self.mentions[number] if m.kind == "person"}
        others = {m.first for m in self.mentions[number] if m.prefix.endswith("ب") and m.kind != "state"}
        i = at
        while i < min(limit, at + _LONGEST):
            form = self.forms[i]
            if form == '"':  # the name of a meeting: قمة "آسيان"
                close = next((j for j in range(i + 2, min(limit, i + 7)) if self.forms[j] == '"'), -1)
                if close < 0:
                    break
                i = close + 1
                continue
            if form in _ENDS or form in ("ب", "ل") or self.doc.words[i] is None and not form.isdecimal() or form in AN_FORMS or form in RELATIVES or form in CONJUNCTIONS:
                break
            word = self.doc.words[i]
            if word is not None and word.verbs and i + 1 in people:
                break  # القمة بحث لافروف
            if i in verbs or i in self.dated or i in others or i in people and i > at and not self._owned(i):
                break
            i += 1
        while i > at and self.forms[i - 1] in _NO_LAST:
            i -= 1
        return i

    def _owned(self, i: int) -> bool:
        """على هامش زيارة الرئيس: the person at ``i`` is the genitive of the noun before, which has no article and no pronoun."""
        before = self.forms[i - 1]
        return not before.startswith("ال") and not before.endswith(("ته", "تها", "تهم"))

    def _first_since(self, i: int, limit: int) -> int:
        """أول زيارة لرئيس مصري منذ 1979، الأول من نوعه، للمرة الأولى منذ عقد: where it ends; -1 if it is no such."""
        stop = min(limit, i + _TO_SINCE)
        for j in range(i + 1, stop):
            form = self.forms[j]
            if tuple(self.forms[j : j + 2]) in _OF_ITS_KIND:
                return self._since(j + 2, limit) if self.doc.form(j + 2) == "منذ" else j + 2
            if form == "منذ":
                return self._since(j, limit)
            if form in _MARKS or form in AN_FORMS or form in RELATIVES:
                return -1
        return -1

    def _since(self, at: int, limit: int) -> int:
        """The end of a phrase with منذ: its date, else up to the next mark or clause."""
        i = at + 1
        while i < min(limit, at + 8):
            form = self.forms[i]
            if form in _ENDS or form in AN_FORMS or form in RELATIVES or form in CONJUNCTIONS:
                break
            i += 1
            if i < limit and i - 1 in self.dated and i not in self.dated or form.isdecimal() and len(form) == 4:
                break
        while i > at and self.forms[i - 1] in _NO_LAST:
            i -= 1
        return i if i > at + 1 else -1
