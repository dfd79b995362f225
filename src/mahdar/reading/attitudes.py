"""Attitudes of one actor toward another that a noun or participle states by itself: حليفتها روسيا، الحوثيون المدعومون من إيران، معاد لإسرائيل.

The words and their frames are rows of ``attitudes.yaml``; what is found here is a candidate like any other, and the weights decide.
"""

from __future__ import annotations

from dataclasses import dataclass

from mahdar.arabic.particles import PREPOSITIONS, PRONOUN_SUFFIXES
from mahdar.lexicon.model import Lexicon
from mahdar.reading.clauses import Clause
from mahdar.reading.document import Document, Sentence
from mahdar.reading.mentions import Mention
from mahdar.reading.nearby import clause_before
from mahdar.reading.reference import Cast

_REACH = 4  # words between the attitude and the one it is of, to or by
_RESUMED = frozenset(("هو", "هي", "انه", "انها", "لانه", "لانها", "كونه", "كونها"))  # a pronoun as the subject of the attitude
_RESUMING = 6  # words between it and the attitude: وهي منذ عقود الحليف الرئيسي لدمشق
_WITH_HELP = frozenset(("بدعم", "وبدعم", "بمسانده", "وبمسانده", "باسناد", "وباسناد"))  # شنت القوات هجوما بدعم من روسيا
_HELPED = "مدعوم"  # as the participle says it
_LISTS = frozenset(("من", "مثل", "وهم", "وهما", "هم", "هما", ":"))  # between somebody's allies and their names
_BOUND = frozenset("تابع تابعه تابعين تابعون مرتبط مرتبطه مرتبطين مرتبطون".split())  # what is another's, or tied to him
_JOINERS = frozenset(("و", "،", ","))


@dataclass(slots=True, eq=False)
class Stand:
    """A candidate position: ``holder`` is a code, ``on`` an issue or a code; ``first``/``last`` are the evidence's tokens,
    ``words`` those of the issue phrase or the act."""

    holder: str
    on: str
    rule: str
    first: int
    last: int
    features: dict[str, float]
    stance: str = ""
    score: float = 0.0
    words: tuple[int, int] = (0, 0)
    plain: str = ""  # the stance that the words leave no doubt of, where one is stated at all
    framed: bool = False  # both parties stand where the act's own frame names them: تدعم موسكو دمشق
    sure: bool = False  # the words state it by themselves, whatever the weights say
    idle: bool = False  # it only tells what the article speaks of: nothing is held by it


def attitudes(document: Document, cast: Cast, lexicon: Lexicon, number: int, sentence: Sentence, clauses: list[Clause]) -> list[Stand]:
    """The candidates of one sentence that a word of attitude states, with who holds it and toward whom by the word's frame."""
    out: list[Stand] = []
    finder: _Parties | None = None
    verbs = {c.at for c in clauses}
    for i in range(sentence.first, sentence.last):
        word = document.words[i]
        helped = document.tokens.form[i] in _WITH_HELP
        if word is None or not (word.toward or helped) or i in verbs:
            continue
        key = word.toward if not helped else _HELPED
        stance, frame = lexicon.toward[key]
        finder = finder or _Parties(document, cast, cast.by_sentence[number], sentence)
        owned = frame == "of" and any(word.form == stem + p for stem in word.stems for p in PRONOUN_SUFFIXES) and not _feminine(document, i)
        holders, others, how = finder.parties(i, frame, owned)
        if key in _BOUND and not finder.bound(i):
            continue
        if helped:
            holders, others, how = finder.helpers(i), finder.helped(i, clauses), "by"
        if frame == "of" and not owned:
            again = finder.resumed(i, clauses)
            holders, others, how = (again, finder.behind(i + 1), "between") if again else (holders, others, how)
        negated = document.tokens.form[i - 1] in ("غير", "ليس", "ليست", "لا") if i > sentence.first else False
        features = {
            "bias": 1.0, "toward actor": 1.0, "attitude": 1.0, f"attitude={stance}": 1.0, f"attitude={stance} frame={frame}": 1.0, f"attitude word={key}": 1.0,
            f"attitude {frame} {how}": 1.0, f"attitude negated={int(negated)} {stance}": 1.0,
        }  # fmt: skip
        for holder in holders:
            for other in others:
                if holder != other and other != "MEDIA" and holder != "MEDIA":
                    out.append(Stand(holder, other, f"position.attitude.{frame}", sentence.first, sentence.last, dict(features), words=(i, i + 1)))
    return out


def _feminine(document: Document, i: int) -> bool:
    """Is the word's last letter the ة of سوريا حليفة موسكو, which folding makes one with the ه of سوريا وحليفه موسكو? One with the article is nobody's either."""
    return document.tokens.form[i].startswith("ال") or document.article.text[document.span(i, i + 1).end - 1] == "ة"


class _Parties:
    """Who stands before and behind a word of attitude."""

    def __init__(self, document: Document, cast: Cast, mentions: list[Mention], sentence: Sentence) -> None:
        self.forms = document.tokens.form
        self.cast = cast
        self.sentence = sentence
        self.mentions = [m for m in mentions if cast.codes_of(m)]

    def parties(self, i: int, frame: str, owned: bool) -> tuple[list[str], list[str], str]:
        """Codes of the holders and of those they hold it toward, and how the frame was filled."""
        before, behind = self._before(i), self.behind(i + 1)
        if frame == "by":
            # المدعومة من إيران، المدعوم من قبل واشنطن، مدعومة أميركيا
            marked = any(f in ("من", "بها") for f in self.forms[i + 1 : i + 3])
            return behind if marked else [], before, "by"
        if frame == "to":
            return before, behind if self._marked(i) else [], "to"
        if owned:
            return behind if self._called(i + 1) else [], before, "owned"
        listed = self._listed(i + 1)
        if listed:
            return [code for code in listed if code not in behind], behind, "between"
        if before and behind:
            return before, behind, "between"
        return [], [], ""

    def _marked(self, i: int) -> bool:
        """Does the word's own preposition follow: موالية لإيران، المتحالفة مع واشنطن، المرتبطة بطهران?"""
        if any(f.startswith("ل") or f == "مع" for f in self.forms[i + 1 : i + 2]):
            return True
        near = [m for m in self.mentions if i < m.first <= i + _REACH]
        return any(m.prefix.lstrip("وف") == "ل" or self.forms[m.first].startswith("لل") for m in near) or any(m.first == i + 1 and m.prefix == "ب" for m in near)

    def bound(self, i: int) -> bool:
        """ميليشيا الحوثي التابعة لإيران: an armed group that is another land's; what belongs to its own body or land (مكتب تابع للأمم المتحدة) holds nothing by it."""
        group = next((m for m in reversed(self.mentions) if m.first < i), None)
        land = next((m for m in self.mentions if m.first == i + 1), None)
        return group is not None and land is not None and group.kind == "group" and land.kind == "state"

    def _called(self, i: int) -> bool:
        """حليفتها روسيا، حلفاؤه في كندا: is he named right there, not inside a phrase of its own (حلفائها في القضية الروسية)?"""
        named = next((m.first for m in self.mentions if m.first >= i), i)
        return not any(f in PREPOSITIONS for f in self.forms[i : named - 1])

    def helpers(self, i: int) -> list[str]:
        """بدعم من روسيا، بدعم روسي: who gives the help at token ``i``."""
        near = next((m for m in self.mentions if m.first > i), None)
        if near is None or near.first != i + 1 + (self.forms[i + 1] == "من") or near.sort == "adjective" and self.forms[i + 1] == "من":
            return []
        return self.behind(near.first) if self.forms[i + 1] == "من" else list(self.cast.codes_of(near)) if near.sort == "adjective" else []

    def helped(self, i: int, clauses: list[Clause]) -> list[str]:
        """Whom it is given to: the subject of the verb in front."""
        verb = clause_before(clauses, i)
        named = verb is not None and verb.subject.mention is not None and verb.subject.entity >= 0
        return [code for code in self.cast.acts_for(verb.subject.entity) if code] if verb is not None and named else []

    def resumed(self, i: int, clauses: list[Clause]) -> list[str]:
        """The holders that a pronoun stands for, the subject of the verb before it: تدعم إيران بغداد غير أنها الحليف الرئيسي لدمشق."""
        at = next((j for j in range(i - 1, max(self.sentence.first, i - 1 - _RESUMING), -1) if self.forms[j].lstrip("وف") in _RESUMED), -1)
        verb = next((c for c in reversed(clauses) if c.at < at and c.subject.entity >= 0), None)
        if verb is None or any(at < m.first < i for m in self.mentions) or any(at < c.at < i for c in clauses):
            return []
        return [code for code in self.cast.acts_for(verb.subject.entity) if code]

    def _before(self, i: int) -> list[str]:
        near = next((m for m in reversed(self.mentions) if m.first < i), None)  # the word itself may stand inside it (جماعة الحوثي المدعومة)
        if near is not None and near.last <= i and near.first and self.forms[near.first - 1] in ("في", "وفي"):
            return []  # اجتمع في كندا حلفاء واشنطن: only the place
        if near is None or i - near.last > _REACH:
            return []
        return list(self.cast.codes_of(near))

    def _listed(self, i: int) -> list[str]:
        """حلفاء دمشق من روسيا وإيران، حليفا دمشق وهما موسكو وطهران: the holders named behind the one whose allies they are."""
        first = next((m for m in self.mentions if m.first >= i), None)
        if first is None or first.first >= i + _REACH or first.last >= self.sentence.last or self.forms[first.last] not in _LISTS:
            return []
        at = first.last + 1
        return self.behind(at) if any(m.first == at for m in self.mentions) else []

    def behind(self, i: int) -> list[str]:
        """The first mention behind a word and those joined to it."""
        out: list[str] = []
        last = i + _REACH
        for m in self.mentions:
            if m.first < i:
                continue
            joined = bool(out) and (m.prefix.startswith("و") or self.forms[m.first - 1] in _JOINERS)
            if out and (not joined or m.first > last + 1) or not out and m.first >= last:
                break
            out.extend(c for c in self.cast.codes_of(m) if c not in out)
            last = m.last
        return out
