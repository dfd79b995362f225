"""Sport, markets, weather, culture and crime pages borrow the words of conflict (هجوم، ضربة، فوز): there an act must be very sure.

A sentence is guarded when two different words of one such field stand in it, a whole article when such words are dense in it.
"""

from __future__ import annotations

from collections import Counter

from mahdar.lexicon.model import Lexicon
from mahdar.reading.document import Document

# What a guarded act's score must reach beyond the usual threshold; chosen so that real acts in such pages still pass.
EXTRA = 2.5
_IN_SENTENCE = 2
_IN_ARTICLE = 4
_PER_WORDS = 50


class Guards:
    """Knows which field a word belongs to; remembers the answer for every form."""

    __slots__ = ("_fields", "_known")

    def __init__(self, lexicon: Lexicon) -> None:
        self._fields = {word: field for field, words in sorted(lexicon.guards.items()) for word in sorted(words) if " " not in word}
        self._known: dict[str, str] = {}

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
                    field = self._known[word.form] = next((self._fields[s] for s in sorted(word.stems) if s in self._fields), "")
                if field:
                    found.setdefault(field, set()).add(word.form)
                    article.setdefault(field, set()).add(word.form)
                    total[field] += 1
            per_sentence.append(found)
        if any(len(forms) >= _IN_ARTICLE and total[field] * _PER_WORDS >= words for field, forms in article.items()):
            return frozenset(range(len(document.sentences)))
        return frozenset(n for n, found in enumerate(per_sentence) if any(len(forms) >= _IN_SENTENCE for forms in found.values()))
