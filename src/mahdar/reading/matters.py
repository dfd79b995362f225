"""Where an article names an issue, and where the words that name it are no matter of anybody's stance.

They are none inside a longer name (وزير التجارة، المرصد السوري لحقوق الإنسان), as what a dispute is about, or as what a talk only touches upon.
"""

from __future__ import annotations

from typing import NamedTuple

from mahdar.lexicon.model import Lexicon
from mahdar.reading.clauses import Clause
from mahdar.reading.document import Document, Sentence
from mahdar.reading.nearby import clause_before
from mahdar.reading.reference import Cast

FIGURE = "figure"  # the sign of a name that an issue is about; for all but words of attitude it is a loose one
WEAK = frozenset(("loose", FIGURE))
FOES = frozenset(("terrorism", "anti-isis"))  # issues whose phrases name whom one is against, and blame of themselves
READS = frozenset(("pro", "contra"))  # phrases with a reading of their own
# Issues whose loose words (الاتفاق، التنظيم) are too common to go by the state alone.
_NAMED_ONLY = frozenset(("iran-nuclear", "anti-isis"))
_DISPUTE = frozenset(("خلاف", "الخلاف", "خلافات", "الخلافات", "خلافاتهما", "خلافاتهم", "تباين", "التباين", "اختلاف", "الاختلاف", "جدل", "الجدل"))
_ABOUT = frozenset(("حول", "بشان", "علي", "في", "حيال", "ازاء"))
# Verbs that name what is talked about and say nothing of it.
_TOUCHES = frozenset("بحث ناقش تناول تطرق استعرض تدارس تباحث".split())
# Issues that bodies are named for, the heads of such names, and how far in front they stand.
_NAMING = frozenset(("human-rights", "refugees"))
_BODIES = frozenset(
    "مجلس لجنه منظمه منظمات جماعه جماعات مركز مرصد جمعيه جمعيات مفوضيه مفوض هييه وكاله معهد شبكه رابطه محكمه مقرر ناشط ناشطون ناشطين "
    "نشطاء مكتب سفير سفيره مفوض مبعوث مدافعات مدافعين مدافعون".split()
)
_HEAD = 4
# The weapons whose ban or spread is no matter of supplying arms: نزع السلاح النووي، حظر الأسلحة الكيميائية.
_OTHER_ARMS = frozenset("نووي نوويه ذري ذريه كيماوي كيماويه كيميايي كيمياييه بيولوجي بيولوجيه جرثوميه دمار".split())
_LANDS = frozenset(("state", "seat"))
# The issue that news calls peace alone, those whose it is, and words for a land of one's own.
_PEACE, _PEACE_LANDS = "palestine", frozenset(("PSE", "ISR", "HAMAS"))
_HOME = frozenset("بلاده بلادها بلدهم البلاد بلادهم بلدنا بلادنا".split())


class Hit(NamedTuple):
    """An issue phrase: tokens ``[at, last)``, the issue, and how the phrase reads it."""

    at: int
    last: int
    issue: str
    sign: str


class Matters:
    """The issue phrases of a document, sentence by sentence."""

    def __init__(self, document: Document, cast: Cast, lexicon: Lexicon) -> None:
        self.doc = document
        self.cast = cast
        self.lexicon = lexicon
        self.forms = document.tokens.form
        self.words = document.words
        self.hits = [self._hits(sentence) for sentence in document.sentences]
        self.codes = {e.code for e in cast.entities}
        self.named = self._named()

    def of(self, number: int) -> list[Hit]:
        """The phrases of a sentence that name an issue there, but for those that a dispute is only said to be about; a figure's name is a loose word."""
        return [
            hit._replace(sign="loose") if hit.sign == FIGURE else hit
            for hit in self.hits[number]
            if (hit.sign not in WEAK or hit.issue in self.named) and not self._elsewhere(hit, number) and (hit.sign in READS or not self._disputed(hit.at))
        ]

    def _elsewhere(self, hit: Hit, number: int) -> bool:
        """عملية السلام في كابول، السلام في بلاده: is a peace meant that is made in another land than the one whose name news spares?"""
        if hit.issue != _PEACE or hit.sign in READS:
            return False
        if self.codes.isdisjoint(_PEACE_LANDS):
            return True
        if hit.last + 1 >= len(self.forms) or self.forms[hit.last] != "في" or self.forms[hit.last - 1] != "السلام":
            return False
        land = next((m for m in self.cast.by_sentence[number] if m.first == hit.last + 1 and m.kind == "state"), None)
        return self.forms[hit.last + 1] in _HOME or land is not None and _PEACE_LANDS.isdisjoint(self.cast.codes_of(land))

    def idle(self, hit: Hit, number: int, clauses: list[Clause]) -> bool:
        """Is the phrase there in passing, so that nobody takes a stance on it: in a longer name, or as what was talked about?"""
        return self._in_a_name(hit, number) or self._touched(hit.at, clauses)

    def _named(self) -> set[str]:
        """Issues the article names outright, those bound to a state it speaks of, and those that need no naming (arms, refugees …)."""
        named = {i.id for i in self.lexicon.issues if i.state is None or i.state in self.codes and i.id not in _NAMED_ONLY}
        for hits in self.hits:
            named.update(hit.issue for hit in hits if hit.sign not in WEAK)
        return named

    def _disputed(self, at: int) -> bool:
        """Is what stands at ``at`` named as what a dispute is about (الخلافات بشأن مصير الأسد)?"""
        return at > 1 and self.forms[at - 1] in _ABOUT and self.forms[at - 2] in _DISPUTE

    def _in_a_name(self, hit: Hit, number: int) -> bool:
        """Is the phrase part of somebody's name (وزير التجارة، جماعات حقوق الإنسان) or of a land's (النظام السوري)?

        A coalition for the issue still states it, and so does who backs the one that it is about (يدعم نظام الأسد).
        """
        if hit.sign == "pro":
            return False
        if hit.issue in _NAMING and self._of_a_body(hit.at):
            return True
        for m in self.cast.by_sentence[number]:
            if m.first <= hit.at and hit.last <= m.last and (m.last - m.first > hit.last - hit.at or m.kind == "state" and m.sort in _LANDS):
                felt = any(word is not None and word.attitude for word in self.words[max(0, m.first - 2) : m.first])  # يدعم نظام …
                return not (felt and any(h.at == hit.at and h.sign == FIGURE for h in self.hits[number]))
        return False

    def _of_a_body(self, at: int) -> bool:
        """مجلس الأمم المتحدة لحقوق الإنسان، جماعات حقوقية لحقوق المرأة: do the words tell what a body is for?"""
        for j in range(at - 1, max(-1, at - 1 - _HEAD), -1):
            word = self.words[j]
            if word is None or word.function:
                return False
            if not _BODIES.isdisjoint(word.stems):
                return True
        return False

    def _touched(self, at: int, clauses: list[Clause]) -> bool:
        """بحث الوزيران مكافحة الإرهاب: does the verb over the phrase only name what was talked about?"""
        over = clause_before(clauses, at)
        return over is not None and not over.negated and self.lexicon.lemmas[over.verb.reading.lemma] in _TOUCHES

    def _hits(self, sentence: Sentence) -> list[Hit]:
        """Issue phrases, longest first at each place."""
        out: list[Hit] = []
        words = self.words
        i = sentence.first
        while i < sentence.last:
            word = words[i]
            step = i + 1
            if word is not None and word.issues:
                matches = [found for rows in word.issues if (found := self._longest(rows, i, sentence.last)) is not None]
                if matches:
                    found = max(matches, key=lambda m: m[0])
                    if found[1] != "arms" or not self._of_mass_destruction(found[0], sentence.last):
                        out.append(Hit(i, *found))
                    step = found[0]
            i = step
        return out

    def _of_mass_destruction(self, last: int, limit: int) -> bool:
        """السلاح النووي، أسلحة الدمار الشامل: are the arms that end at ``last`` of the kind nobody supplies?"""
        word = self.words[last] if last < limit else None
        return word is not None and not _OTHER_ARMS.isdisjoint(word.stems)

    def _longest(self, rows: list[tuple[tuple[str, ...], tuple[str, str]]], i: int, limit: int) -> tuple[int, str, str] | None:
        for rest, (issue, sign) in rows:
            j, k = i + 1, 0
            while k < len(rest) and j < limit:
                if self.forms[j] in ('"', "'"):
                    j += 1
                    continue
                if self.forms[j] != rest[k]:
                    break
                j, k = j + 1, k + 1
            if k == len(rest):
                return j, issue, sign
        return None
