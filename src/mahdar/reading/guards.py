"""Sport, markets, weather, culture and crime pages borrow the words of conflict (هجوم، ضربة، فوز): there an act must be very sure.

A sentence is guarded when two different words or phrases of one such field stand in it, a whole article when they are dense in it; an act also when
who does it is a player, a firm, a singer or a storm (انسحب العداء، وقعت الشركة عقدا), or whom one meets or asks (دعت الوزارة السياح). In a text of one or two
sentences, where an act need be less sure than elsewhere, a single such word takes that ease away.
"""

from __future__ import annotations

from collections import Counter
from typing import TypeAlias

from mahdar.arabic.words import FORMS, Word
from mahdar.lexicon.model import Lexicon
from mahdar.reading.document import Document
from mahdar.reading.proposals import Proposal

# What a guarded act's score must reach beyond the usual threshold; chosen so that real acts in such pages still pass.
EXTRA = 2.5
EXTRA_BRIEF = 4.0  # the same in a text of one or two sentences with two words of a field, and none of politics
ONE = 1.0  # the same where a text of one or two sentences has a single word of a field
OF_A_DOER = 4.0  # the same for what a player, a singer or a storm does: the noun itself says that it is no politics
OF_AN_ORIGIN = 3.0  # the same in a text of one or two sentences for a land that only says whence somebody or something is: غزا الأرز الياباني
NEVER = 9.0  # more than any features weigh: for what a story tells, centuries past, and what grammar rules out
_BRIEF = "_brief"  # ends the id of a row whose words mark short texts only: long ones speak of such things in passing
_IN_SENTENCE = 2
_IN_ARTICLE = 4
_PER_WORDS = 50
_COMMERCE = ("AGREE", "CONSULT", "REQUEST", "RETREAT")  # what firms do among themselves, of whatever land: contracts and meetings, orders, leaving a market
_THROUGH = ("subjof", "lightsubjof", "objof", "prep:من")  # how such a land stands to the act
# People by the one word that news has for them.
SOMEBODY = frozenset("رجل رجلان شاب شابان شبان شخص شخصان مواطن مواطنان مهاجر لاجي طالب جندي شرطي ضابط مقاتل مسلح متطرف متشدد انتحاري مراهق فتي فتاه امراه سايق".split())
_ATTACK = "assault.knife_or_car"  # نفذ شاب فلسطيني عملية طعن: by its name no private quarrel
_BY_ANYBODY = ("PROTEST", "AID")  # what crowds and rescue teams do is news of their land
_TO_WHOM = ("CONSULT", "REQUEST")  # acts that are none if those they are done to are players, tourists or patients
_LANDS = ("adjective", "state", "place")
_OLD = 75  # years before the report; what is dated earlier is history
_NOT_TODAY = frozenset(("fiction", "centuries"))  # fields that no word of politics lifts: what they tell is not done by anybody now
_NO_FIELDS = ("doers", "private", "firms", "press", "forces", "politics")  # rows that mark no field: politics may well speak of players, firms and papers
_YEAR = frozenset("عام العام سنه السنه صيف خريف ربيع شتاء".split())  # folded, in front of the year
_OF_SPORT = frozenset("لكره لالعاب للسباحه للتنس للملاكمه للمصارعه".split())  # behind a federation, which is called as a union of states is
_HISTORY = range(100, 1940)
_Phrase: TypeAlias = tuple[tuple[str, ...], str, bool]  # what follows its first word, its field, and whether it marks short texts only


def _long_ago(forms: list[str]) -> bool:
    """Is the form a year of history? Years that present conflicts are spoken of by are none (حدود عام 1967)."""
    return bool(forms) and forms[0].isdecimal() and int(forms[0]) in _HISTORY


class Guards:
    """Knows which field a word belongs to; remembers the answer for every form."""

    __slots__ = ("_doers", "_fields", "_firms", "_forces", "_known", "_lasting", "_phrases", "_politics", "_private")

    def __init__(self, lexicon: Lexicon) -> None:
        self._fields: dict[str, tuple[str, bool]] = {}  # with whether it marks short texts only
        self._phrases: dict[str, list[_Phrase]] = {}  # by their first words
        for row, words in sorted(lexicon.guards.items()):
            field = row.removesuffix(_BRIEF)
            for word in sorted(words) if row not in _NO_FIELDS else ():
                first, *rest = word.split()
                if rest:
                    self._phrases.setdefault(first, []).append((tuple(rest), field, row != field))
                else:
                    self._fields.setdefault(word, (field, row != field))
        self._lasting = frozenset(word for word, (_, brief) in self._fields.items() if not brief)
        self._doers, self._private, self._firms = (lexicon.guards.get(field, frozenset()) for field in ("doers", "private", "firms"))
        self._forces, self._politics = (lexicon.guards.get(field, frozenset()) for field in ("forces", "politics"))
        self._known: dict[str, tuple[tuple[str, bool], tuple[_Phrase, ...]]] = {}

    def doer(self, proposal: Proposal, document: Document, unnamed: bool) -> bool:
        """Is who does it, by the noun, of these fields? With a nationality too (العداء الكيني), but a firm only without one."""
        trigger, clause = proposal.trigger, proposal.trigger.clause
        source = proposal.slots[0]
        mention = source.mention if source is not None else None
        land = mention is not None and mention.code is not None and (len(mention.code) == 3 or mention.sort == "body") and trigger.act.type not in _COMMERCE
        heads: list[int] = []
        if mention is not None and (unnamed or mention.sort == "described" or mention.role == "citizen" or mention.kind == "person" and mention.name is None):
            heads.append(mention.first)
        elif mention is not None and mention.sort in ("adjective", "people") and mention.first > 0:  # العداء الكيني، السياح الروس
            heads.append(mention.first - 1)
        elif mention is not None and mention.sort == "body":  # شركة توتال
            heads += [mention.first, mention.first - 1]
        elif mention is not None and mention.sort == "seat":  # شركة أرامكو
            heads.append(mention.first)
        elif mention is not None and mention.sort == "state" and mention.first > 0 and self._owned(document, mention.first - 1):  # لاعبو السعودية
            heads.append(mention.first - 1)
        if clause is not None and trigger.kind == "verb" and trigger.act.type in _TO_WHOM and clause.after < len(document.words):
            target = proposal.slots[1].mention if proposal.slots[1] is not None else None
            if target is None or target.first != clause.after + 1 or target.sort not in _LANDS:  # but دعا العراق جارته تركيا إلى
                heads.append(clause.after)
        if clause is not None and clause.head >= 0 and (trigger.kind == "verb" or clause.at < trigger.at):
            heads.append(clause.head)
        if trigger.kind != "verb" and trigger.last < len(document.words) and not any(s.mention is not None and s.mention.first == trigger.last for s in proposal.sources):
            heads.append(trigger.last)
        if mention is not None and document.form(mention.last) in _OF_SPORT:
            return True
        return any(self._is_doer(document, i, firms=not land, private=not self._public(proposal)) for i in heads)

    @staticmethod
    def _public(proposal: Proposal) -> bool:
        """Is the act of somebody in private life one of public life: a protest, or violence against another people (طعن شاب فلسطيني جنديا إسرائيليا)?"""
        if proposal.trigger.act.type == "PROTEST" or proposal.trigger.act.id == _ATTACK:
            return True
        sides = [[c for c in codes if len(c) == 3] for codes in (proposal.source_codes, proposal.target_codes)]
        return proposal.trigger.act.type == "ASSAULT" and all(sides) and set(sides[0]).isdisjoint(sides[1])

    def origin(self, proposal: Proposal, document: Document) -> bool:
        """Does a land only say whence the doer is, by a noun that acts for no land (الكشري المصري, but الطيران الروسي)? Institutions and officials are mentions of their own."""
        source, clause = proposal.slots[0], proposal.trigger.clause
        if source is None or source.framed or source.mention is None or source.mention.sort not in _LANDS or proposal.trigger.act.type in _BY_ANYBODY:
            return False
        if source.relation.rstrip("?").split(" ")[0] not in _THROUGH:
            return False
        trigger = proposal.trigger
        if trigger.kind != "verb" and trigger.at < source.mention.first <= trigger.last + 1:  # قصف مدفعي تركي
            return False
        heads = {source.mention.first - 1, clause.head if clause is not None else -1}
        if proposal.trigger.act.type == "ASSAULT" and self._public(proposal) and any(document.tokens.form[i] in SOMEBODY for i in heads if i >= 0):
            return False  # طعن مهاجر أفغاني جنودا ألمانا
        words = [document.words[i] for i in heads if i >= 0]
        return all(word is None or self._forces.isdisjoint(word.stems) for word in words)

    @staticmethod
    def _owned(document: Document, i: int) -> bool:
        """May this noun belong to the name behind it: has it neither article nor preposition?"""
        word = document.words[i]
        return word is not None and not word.prep and not word.form.startswith("ال")

    @staticmethod
    def history(date: str | None, published: str | None) -> bool:
        """Is it so long before the report that it is told as history (عام 1904)?"""
        return date is not None and published is not None and date[:4].isdigit() and published[:4].isdigit() and int(date[:4]) < int(published[:4]) - _OLD

    def touches(self, document: Document, first: int, last: int) -> bool:
        """Is any word of these tokens of one of the fields?"""
        words = (document.words[i] for i in range(first, last))
        return any(word is not None and not self._lasting.isdisjoint(word.stems | {word.form.removesuffix("ا")}) for word in words)

    def _is_doer(self, document: Document, i: int, *, firms: bool, private: bool) -> bool:
        word = document.words[i]
        if word is None:
            return False
        form = word.form.removesuffix("ا")  # لاعبا
        if form in self._doers or private and form in self._private or firms and form in self._firms:
            return True
        return form in self._lasting or not self._lasting.isdisjoint(word.stems)

    def bars(self, document: Document, *, short: bool) -> list[float]:
        """How much surer than elsewhere an act must be in each sentence."""
        per_sentence: list[dict[str, set[str]] | None] = []  # None: words of politics lift the guard
        article: dict[str, set[str]] = {}
        total: Counter[str] = Counter()
        words = 0
        for sentence in document.sentences:
            found: dict[str, set[str]] = {}
            political = False
            for i in range(sentence.first, sentence.last):
                word = document.words[i]
                if word is None:
                    continue
                words += 1
                if short and word.form in _YEAR and _long_ago(document.tokens.form[i + 1 : i + 2]):
                    found.setdefault("history", set()).update(("year", word.form))
                if not word.guarded:
                    continue
                political = political or not self._politics.isdisjoint(word.stems)
                (field, brief), phrases = self._of(word)
                name = word.form
                for rest, of, seldom in phrases:
                    if tuple(document.tokens.form[i + 1 : i + 1 + len(rest)]) == rest:
                        field, brief, name = of, seldom, " ".join((word.form, *rest))
                        break
                if field and (short or not brief):
                    found.setdefault(field, set()).add(name)
                    article.setdefault(field, set()).add(name)
                    total[field] += 1
            per_sentence.append(None if political and _NOT_TODAY.isdisjoint(found) else found)
        if any(len(forms) >= _IN_ARTICLE and total[field] * _PER_WORDS >= words for field, forms in article.items()):
            return [0.0 if found is None else EXTRA for found in per_sentence]
        alone, extra = (ONE, EXTRA_BRIEF) if short else (0.0, EXTRA)
        return [
            0.0 if not found else NEVER if short and not _NOT_TODAY.isdisjoint(found) else extra if any(len(forms) >= _IN_SENTENCE for forms in found.values()) else alone
            for found in per_sentence
        ]

    def _of(self, word: Word) -> tuple[tuple[str, bool], tuple[_Phrase, ...]]:
        """The field of a word, empty if none, with whether it marks short texts only, and what may follow it in a phrase of a field."""
        known = self._known.get(word.form)
        if known is None:
            if len(self._known) >= FORMS:
                self._known.clear()
            stems = sorted({*word.stems, word.form.removesuffix("ا")})  # محتالا
            field = next((self._fields[s] for s in stems if s in self._fields), ("", False))
            known = self._known[word.form] = field, tuple(phrase for s in stems for phrase in self._phrases.get(s, ()))
        return known
