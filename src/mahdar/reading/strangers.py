"""A name nobody listed, behind a verb of saying: وقال أيمن زهدي، نائب رئيس النقابة، إن …

Where the cast knows nobody by the name, the verb in front and what stands behind it (a comma and a post, a colon, أن, a quotation) tell that
it is one. The rarer its words are in the news, the less of that is needed.
"""

from __future__ import annotations

from typing import NamedTuple

from mahdar.arabic.particles import ADVERBS, AN_FORMS, AUXILIARIES, PREPOSITIONS, QAD, RELATIVES
from mahdar.arabic.tokens import WORD
from mahdar.lexicon.model import Lexicon
from mahdar.reading.document import Document
from mahdar.reading.mentions import Mention

_MARKS = frozenset(("،", ",", ":", "(", "-", "–", "—"))
_RARE = 60  # a word met less often in the corpus is likely a name where a name may stand
_LONGEST = 4
_OWN = ("ه", "ها")
_ALI = frozenset(("علي",))  # a man's name and the preposition
_SAYS_WHEN = frozenset("نفسه نفسها ذلك هذا هذه هو هي فيه فيها له لها به بها انذاك وقتها حينها".split())
# The man just spoken of, by the honour due to him.
HONOURS = frozenset("سيادته فخامته جلالته سموه معاليه سعادته دولته سماحته فضيلته قداسته غبطته نيافته".split())


class Stranger(NamedTuple):
    """The tokens of the name, and the description of a person that stands beside it."""

    first: int
    last: int
    post: Mention | None


class Strangers:
    """Finds the names nobody listed in one document."""

    def __init__(self, document: Document, lexicon: Lexicon, dated: set[int]) -> None:
        self.forms = document.tokens.form
        self.kinds = document.tokens.kind
        self.words = document.words
        self.doc = document
        self.lexicon = lexicon
        self.dated = dated

    def behind(self, i: int, limit: int, starts: dict[int, Mention], *, objects: bool) -> Stranger | None:
        """The name that starts at token ``i``, right behind a verb; ``objects`` says that the verb may have an object there instead."""
        quote = self.doc.quotes[self.doc.quote_of[i]] if i < limit and self.forms[i] == '"' and self.doc.quote_of[i] >= 0 else None
        first = i + (quote is not None)
        last = first
        while last < min(limit, first + _LONGEST) and last not in starts and self._may_be_name(last, opens=last == first, limit=limit):
            last += 1
        if last == first or last >= limit or quote is not None and quote.close != last:
            return None
        if not self._closed(last, limit, starts) or last in starts and starts[last].name is not None:
            return None  # نائب الوزير فريد سالم: the name comes later
        post = self._post(last, limit, starts)
        if post is not None and (self.forms[last] in _MARKS or self._rare(first, last)):
            return Stranger(first, last, post)
        if not self._rare(first, last) or objects and self.words[first].nouns:  # type: ignore[union-attr]
            return None
        return Stranger(first, last, None)

    def _may_be_name(self, i: int, *, opens: bool, limit: int) -> bool:
        word, form = self.words[i], self.forms[i]
        if self.kinds[i] != WORD or word is None or i in self.dated or len(form) < 2:
            return False
        if form in _ALI:
            following = self.words[i + 1] if i + 1 < limit else None
            return opens and following is not None and following.named and not following.function
        if form in AN_FORMS or form in PREPOSITIONS or form in RELATIVES or form in QAD or form in AUXILIARIES or form in ADVERBS or form in _SAYS_WHEN:
            return False
        if not opens and self._his(i):
            return False
        if word.function or word.prep or opens and (form.startswith("ال") or form in HONOURS):
            return False
        if form.endswith("ا") and not word.named and (word.common > 1 or i + 1 < limit and self.forms[i + 1] in ("عن", "من", "علي")):
            return False  # نشر مقالا، أعلن عوضا عن ذلك
        if opens and any(n.prep for n in word.nouns):
            return False  # هدد برد
        return word.named or word.common <= 1 or not any(p.accusative for p in word.participles)

    def _rare(self, first: int, last: int) -> bool:
        """Is every word of it a given or family name, or hardly ever met?"""
        names = [w for w in self.words[first:last] if w is not None and w.form not in _ALI]
        return bool(names) and all(w.named or w.common <= _RARE and not w.nouns for w in names)

    def _his(self, i: int) -> bool:
        """وأكد عياد رفضه: an act of his own, which no name ends in."""
        word = self.words[i]
        return word is not None and word.form.endswith(_OWN) and any(n.pronoun and not n.prep and not n.conj for n in word.nouns)

    def _closed(self, i: int, limit: int, starts: dict[int, Mention]) -> bool:
        """Does something stand at ``i`` that may follow a speaker's name?"""
        form = self.forms[i]
        if self._his(i):
            return True
        return form in _MARKS or form == '"' or form in AN_FORMS or form in PREPOSITIONS or i in self.dated or form in ADVERBS or i in starts or form in _SAYS_WHEN

    def _post(self, i: int, limit: int, starts: dict[int, Mention]) -> Mention | None:
        """The description at ``i``, a comma or closing mark aside: نائب رئيس النقابة, المتحدثة باسم اللجنة."""
        while i < limit and (self.forms[i] in ("،", ",", '"', "-", "(")):
            i += 1
        m = starts.get(i)
        return m if m is not None and m.kind == "person" and m.name is None and not m.prefix and m.number == "s" else None
