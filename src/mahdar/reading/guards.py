"""Sport, markets, weather, culture and crime pages borrow the words of conflict (هجوم، ضربة، فوز): there an act must be very sure.

A sentence is guarded when two different words of one such field stand in it, a whole article when such words are dense in it; an act also when
who does it is a player, a firm, a singer or a storm (انسحب العداء، وقعت الشركة عقدا).
"""

from __future__ import annotations

from collections import Counter

from mahdar.arabic.words import FORMS
from mahdar.lexicon.model import Lexicon
from mahdar.reading.document import Document
from mahdar.reading.proposals import Proposal

# What a guarded act's score must reach beyond the usual threshold; chosen so that real acts in such pages still pass.
EXTRA = 2.5
OF_A_DOER = 4.0  # the same for what a player, a singer or a storm does: the noun itself says that it is no politics
_IN_SENTENCE = 2
_IN_ARTICLE = 4
_PER_WORDS = 50
_COMMERCE = ("AGREE", "CONSULT")  # what firms do among themselves, of whatever land: contracts and meetings
_NO_FIELDS = ("doers", "firms", "press")  # rows that mark no field: politics may well speak of players, firms and papers


class Guards:
    """Knows which field a word belongs to; remembers the answer for every form."""

    __slots__ = ("_doers", "_fields", "_firms", "_known")

    def __init__(self, lexicon: Lexicon) -> None:
        self._fields = {word: field for field, words in sorted(lexicon.guards.items()) for word in sorted(words) if " " not in word and field not in _NO_FIELDS}
        self._doers, self._firms = (lexicon.guards.get(field, frozenset()) for field in ("doers", "firms"))
        self._known: dict[str, str] = {}

    def doer(self, proposal: Proposal, document: Document, unnamed: bool) -> bool:
        """Is who does it, by the noun, of these fields? With a nationality too (العداء الكيني), but a firm only without one."""
        trigger, clause = proposal.trigger, proposal.trigger.clause
        source = proposal.slots[0]
        mention = source.mention if source is not None else None
        land = mention is not None and mention.code is not None and len(mention.code) == 3 and trigger.act.type not in _COMMERCE
        heads: list[int] = []
        if mention is not None and (unnamed or mention.sort == "described" or mention.role == "citizen" or mention.kind == "person" and mention.name is None):
            heads.append(mention.first)
        elif mention is not None and mention.sort in ("adjective", "people") and mention.first > 0:  # العداء الكيني، السياح الروس
            heads.append(mention.first - 1)
        if clause is not None and clause.head >= 0 and (trigger.kind == "verb" or clause.at < trigger.at):
            heads.append(clause.head)
        if trigger.kind != "verb" and trigger.last < len(document.words) and not any(s.mention is not None and s.mention.first == trigger.last for s in proposal.sources):
            heads.append(trigger.last)
        return any(self._is_doer(document, i, firms=not land) for i in heads)

    def touches(self, document: Document, first: int, last: int) -> bool:
        """Is any word of these tokens of one of the fields?"""
        words = (document.words[i] for i in range(first, last))
        return any(word is not None and not self._fields.keys().isdisjoint(word.stems | {word.form.removesuffix("ا")}) for word in words)

    def _is_doer(self, document: Document, i: int, *, firms: bool) -> bool:
        word = document.words[i]
        if word is None:
            return False
        form = word.form.removesuffix("ا")  # لاعبا
        if form in self._doers or firms and form in self._firms:
            return True
        return form in self._fields or any(stem in self._fields for stem in word.stems)

    def sentences(self, document: Document) -> frozenset[int]:
        """The numbers of the guarded sentences."""
        per_sentence: list[dict[str, set[str]]] = []
        article: dict[str, set[str]] = {}
        total: Counter[str] = Counter()
        words = 0
        for sentence in document.sentences:
            found: dict[str, set[str]] = {}
            for i in range(sentence.first, sentence.last):
                word = document.words[i]
                if word is None:
                    continue
                words += 1
                field = self._known.get(word.form)
                if field is None:
                    if len(self._known) >= FORMS:
                        self._known.clear()
                    field = self._known[word.form] = next((self._fields[s] for s in sorted(word.stems) if s in self._fields), "")
                if field:
                    found.setdefault(field, set()).add(word.form)
                    article.setdefault(field, set()).add(word.form)
                    total[field] += 1
            per_sentence.append(found)
        if any(len(forms) >= _IN_ARTICLE and total[field] * _PER_WORDS >= words for field, forms in article.items()):
            return frozenset(range(len(document.sentences)))
        return frozenset(n for n, found in enumerate(per_sentence) if any(len(forms) >= _IN_SENTENCE for forms in found.values()))
