"""What a clause says of the one an issue is about, where only a pronoun in it names him: الأسد الذي تطالب باريس برحيله, من يدعمونه مثل الرئيس بوتين.

The words leave no doubt, so what is found here is sure. The pronoun must be his: the clause describes him, or he was named in front of it and no
other man since.
"""

from __future__ import annotations

from collections.abc import Iterator

from mahdar.arabic.particles import PREPOSITIONS
from mahdar.lexicon.model import Lexicon
from mahdar.reading.attitudes import Stand
from mahdar.reading.clauses import Clause
from mahdar.reading.document import Document, Sentence
from mahdar.reading.matters import READS, Hit
from mahdar.reading.mentions import Mention
from mahdar.reading.parties import joined
from mahdar.reading.reference import Cast

_HIM = "ه"
_BACKS = frozenset("دعم أيد ساند آزر ناصر حمى".split())
_OPPOSES = frozenset("عارض ناهض ناوأ خاصم عادى".split())
_WANTS = frozenset("طالب دعا أراد نادى طلب اشترط أيد حث ضغط تمسك أصر".split())
_REFUSES = frozenset("رفض عارض استبعد".split())
# Nouns of his going and staying, with the pronoun.
_GOES = frozenset("رحيله تنحيه تنحيته اسقاطه اطاحته ازاحته اقصايه اقصاءه ابعاده استقالته مغادرته خروجه تخليه سقوطه محاكمته".split())
_STAYS = frozenset("بقايه بقاءه بقاوه استمراره دعمه مساندته حمايته".split())
_WITHIN = 8  # words from the verb to the noun, and to an example
# What brings an example of those a plural verb tells of.
_EXAMPLES = frozenset("مثل وبينهم وعلي ومنهم وابرزهم وفي".split())
_FOREMOST = frozenset("راسهم راسها مقدمتهم مقدمتها".split())


def of_figures(document: Document, cast: Cast, lexicon: Lexicon, number: int, sentence: Sentence, clauses: list[Clause], hits: list[Hit]) -> list[Stand]:
    """The stances that clauses of one sentence state by a pronoun for the one an issue is about; ``hits`` are phrases of such issues."""
    reader = _Pronouns(document, cast, lexicon, number, sentence)
    out: dict[tuple[str, str], Stand] = {}
    for hit in hits:
        for clause in clauses:
            if clause.at < hit.last or clause.negated or clause.verb.reading.person != 3:
                continue
            for code, stance, last in reader.told(hit, clause):
                if code not in ("", "MEDIA"):
                    rule = f"position.{hit.issue}.pronoun"
                    stand = Stand(code, hit.issue, rule, sentence.first, sentence.last, {"bias": 1.0}, words=(hit.at, last), plain=stance, sure=True)
                    out.setdefault((code, hit.issue), stand)
    return list(out.values())


class _Pronouns:
    """Reads the clauses of one sentence."""

    def __init__(self, document: Document, cast: Cast, lexicon: Lexicon, number: int, sentence: Sentence) -> None:
        self.forms = document.tokens.form
        self.words = document.words
        self.cast = cast
        self.lexicon = lexicon
        self.sentence = sentence
        self.mentions = cast.by_sentence[number]

    def told(self, hit: Hit, clause: Clause) -> Iterator[tuple[str, str, int]]:
        """Who stands how by a clause behind the phrase that names the figure, and where the words end."""
        lemma = self.lexicon.lemmas[clause.verb.reading.lemma]
        stance = "support" if lemma in _BACKS else "oppose" if lemma in _OPPOSES else ""
        described = hit.sign not in READS and self._describes(hit, clause)
        if clause.verb.pronoun == _HIM and stance:
            if described:
                yield from ((code, stance, clause.at + 1) for code in self._doers(clause, clause.at + _WITHIN))
            elif clause.verb.reading.number == "p" and not self._man_between(hit.last, clause.at):
                yield from ((code, stance, clause.at + 1) for code in self._example(clause.at + 1))
            return
        if not described or lemma not in _WANTS | _REFUSES:
            return
        at = next((j for j in range(clause.at + 1, min(self.sentence.last, clause.at + _WITHIN)) if self._noun(j)), -1)
        if at >= 0:
            for_him = (self._noun(at) == "stays") == (lemma in _WANTS)
            yield from ((code, "support" if for_him else "oppose", at + 1) for code in self._doers(clause, at + 4))

    def _noun(self, j: int) -> str:
        """Is the word his going or his staying?"""
        form = self.forms[j].removeprefix("ب").removeprefix("ل")
        return "goes" if form in _GOES else "stays" if form in _STAYS else ""

    def _describes(self, hit: Hit, clause: Clause) -> bool:
        """Does the relative clause stand right behind his name: الأسد الذي …, الأسد، الذي …?"""
        before = [j for j in range(hit.last, clause.at) if self.forms[j] not in ("،", ",", "لا", "قد", "كانت", "كان")]
        return [self.forms[j] for j in before] == ["الذي"]

    def _doers(self, clause: Clause, limit: int) -> tuple[str, ...]:
        """Whom the verb of the clause has for its subject: the first named behind it without a preposition, and those joined to him."""
        first = next((m for m in self.mentions if clause.at < m.first < limit and self._bare(m)), None)
        return self._joined(first) if first is not None else ()

    def _bare(self, m: Mention) -> bool:
        return not m.prefix and self.forms[m.first - 1] not in PREPOSITIONS and m.sort != "adjective"

    def _joined(self, first: Mention) -> tuple[str, ...]:
        """The codes of a mention and of those joined to it by و."""
        return tuple(code for m in (first, *joined(self.mentions, first, self.sentence.last)) for code in self.cast.codes_of(m))

    def _man_between(self, first: int, last: int) -> bool:
        """Is another man, whom the pronoun could mean, named between?"""
        return any(first <= m.first < last and m.kind == "person" for m in self.mentions)

    def _example(self, first: int) -> tuple[str, ...]:
        """Who is named as one of them behind the clause: مثل الرئيس بوتين, وعلى رأسهم روسيا."""
        for j in range(first, min(self.sentence.last - 1, first + _WITHIN)):
            if self.forms[j] in _EXAMPLES:
                name = j + 2 if self.forms[j + 1] in _FOREMOST else j + 1
                if (self.forms[j] in ("وعلي", "وفي")) != (name == j + 2):
                    continue
                found = next((m for m in self.mentions if m.first == name and not m.prefix), None)
                return self._joined(found) if found is not None else ()
        return ()
