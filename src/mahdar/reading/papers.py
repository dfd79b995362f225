"""Whose words a paper's are: who gave out the statement, report or letter that the text goes on to quote (البيان، التقرير)."""

from __future__ import annotations

from mahdar.arabic.particles import AN_FORMS, PREPOSITIONS
from mahdar.arabic.tokens import WORD
from mahdar.reading.clauses import Clause
from mahdar.reading.document import Document, Sentence
from mahdar.reading.mentions import Mention

_PAPERS = frozenset("بيان تقرير رساله وثيقه خطاب مسوده بلاغ برقيه مذكره افتتاحيه دعوي".split())
# The same as they are first spoken of (بيان، وبيانا، في بيانها, not البيان), with the bare form of each.
_PAPER = {f"{prefix}{paper}{ending}": paper for paper in _PAPERS for prefix in ("", "و", "ب", "ل", "وب") for ending in ("", "ا", "ه", "ها", "هم")}
_GIVEN_OUT = frozenset("اصدره اصدرته اصدرها اصدرتها نشره نشرته نشرها نشرتها اعده اعدته اعدها اعدتها وزعه وزعته وزعتها".split())  # بيان أصدرته الوزارة
_GIVEN_PAPERS = frozenset("بيان تقرير وثيقه رساله مذكره بلاغ".split())


class Papers:
    """Remembers, of one document, who issued each kind of paper last."""

    def __init__(self, document: Document) -> None:
        self.forms = document.tokens.form
        self.kinds = document.tokens.kind
        self.issuers: dict[str, int] = {}  # whose بيان، تقرير it is

    def issued(self, sentence: Sentence, last: int, speaker: int) -> None:
        """قالت الصحيفة في تقرير لها: what البيان or التقرير says from here on, its issuer says."""
        for form in self.forms[sentence.first : last]:
            bare = _PAPER.get(form, "")
            if bare:
                self.issuers[bare] = speaker

    def note(self, sentence: Sentence, clauses: list[Clause], starts: dict[int, Mention], same: dict[int, int]) -> None:
        """بيان الوزارة، تقرير للمنظمة، رحب الرئيس في بيان: what البيان or التقرير says from here on, whoever it is of says."""
        for i in range(sentence.first, sentence.last - 1):
            bare = _PAPER.get(self.forms[i], "")
            if not bare:
                continue
            owner = self._owner(i, sentence, starts)
            if owner < 0 and (self.forms[i - 1] == "في" or self.forms[i] == f"{bare}ا"):  # رحب في بيان، أصدرت بيانا
                owner = next((c.subject.entity for c in reversed(clauses) if c.at < i and c.subject.how in ("post", "pre") and not c.relative), -1)
            if owner >= 0:
                self.issuers[bare] = same.get(owner, owner)

    def _owner(self, i: int, sentence: Sentence, starts: dict[int, Mention]) -> int:
        """Whose the paper at token ``i`` is, by the words behind it."""
        for j in range(i + 1, min(i + 5, sentence.last)):
            m = starts.get(j)
            if m is not None and m.sort != "adjective" and m.entity >= 0:
                given = m.prefix == "ل" and j <= i + 2 or self.forms[j - 1] in _GIVEN_OUT or self.forms[j - 1] == "عن" and self.forms[j - 2].startswith("صادر")
                return m.entity if given or j == i + 1 and not m.prefix else -1
            if self.kinds[j] != WORD or self.forms[j] in AN_FORMS or self.forms[j] in PREPOSITIONS and self.forms[j] != "عن":
                break
        return -1

    def issuer(self, i: int, last: int) -> int:
        """بحسب البيان، وفقا للتقرير: who issued the paper that stands at token ``i``, or right in front of it with ل; -1 where none does."""
        for form in self.forms[i - 1 : i + 1]:
            bare = form.removeprefix("لل").removeprefix("ال")
            if bare in _GIVEN_PAPERS and form != bare:
                return self.issuers.get(bare, last)
        return -1
