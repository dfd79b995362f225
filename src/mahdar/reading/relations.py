"""How each mention stands to an act: as subject, object, behind which preposition, or as the owner of some noun.

This is the syntax that carries roles. A relation is computed once per mention (its governor) and once per act and mention (its side,
distance and what lies between); rules and weights decide with these, never with distance alone.
"""

from __future__ import annotations

from typing import NamedTuple

from mahdar.arabic.particles import AN_FORMS, PREPOSITIONS, RELATIVES
from mahdar.arabic.tokens import NUMBER, WORD
from mahdar.arabic.words import Word
from mahdar.reading.clauses import Clause
from mahdar.reading.document import Document, Sentence
from mahdar.reading.mentions import Mention

_COMPOUND = {
    ("من", "قبل"): "agent", ("من", "جانب"): "agent", ("علي", "يد"): "agent", ("علي", "ايدي"): "agent", ("من", "طرف"): "agent",
    ("الي", "جانب"): "الي جانب", ("من", "اجل"): "اجل", ("علي", "لسان"): "لسان", ("بالتعاون", "مع"): "مع", ("في", "وجه"): "ضد",
}  # fmt: skip
_SIDES = frozenset(("شمال", "جنوب", "شرق", "غرب", "وسط", "داخل", "ضمن"))  # في شمال العراق: the preposition in front governs
_TOWARDS = frozenset(f"{side}{end}" for side in ("شمال", "جنوب", "شرق", "غرب") for end in ("", "ي"))  # بلدة الجوف شرقي صنعاء: behind a place, where it lies
# How many of them: stands between a noun and what it governs (مقتل 20 جنديا، انسحاب معظم القوات).
COUNTED = frozenset(
    "\" كل كلا كلتا معظم بعض جميع كافه غالبيه اغلب مجمل عشرات مئات ميات ميه مايه الفا الاف عشره تسعه ثمانيه سبعه سته خمسه اربعه ثلاثه ثلاث اربع خمس ست سبع ثمان تسع عشر".split()
)
# Adjectives without the article: they govern nothing, and the noun they describe has no genitive behind them.
_INDEFINITE = frozenset(
    "هاتفي هاتفيه صحفي صحافي صحفيه صحافيه مشترك مشتركه مغلق مغلقه طاريه طارئه ثنائيه رسميه موسع موسعه مطول مطوله متلفز متلفزه مكثفه جديده".split()
)
_NAMED = frozenset(("state", "capital", "seat", "body", "name", "short", "unlisted"))
AND_ITS = frozenset(
    f"و{noun}{whose}" for noun in "حليف حليفت حليفتي جار جارت شريك شريكت صديق صديقت خصم خصمت غريم غريمت عدو عدوت منافس منافست".split() for whose in ("ها", "ه", "هم")
)
# What others do for two sides, no side themselves: برعاية صينية، بوساطة الوزير العماني.
_SPONSORING = frozenset("رعايه وساطه اشراف ضيافه تيسير".split())
_BY_WHOM = frozenset(("جانب", "قبل", "طرف"))
_AFFAIRS = frozenset("ازمه ملف قضيه وضع اوضاع تطورات مستجدات مساله نزاع حرب صراع مشهد شان احداث".split())
_MADE_OF, _GATHERINGS = frozenset("يضم تضم يجمع تجمع يشمل تشمل".split()), frozenset("اجتماع لقاء ثلاثي ثلاثيا ثلاثيه رباعي رباعيا رباعيه".split())
_BEFORE_VERBS = frozenset(("قد", "وقد", "لا", "لم", "لن", "ما", "سوف", "حيث", "ثم"))
_SENT, _OUT_OF = frozenset("وفد بعثه ممثلين ممثلون ممثل مسوولين مسوولون مندوبين مندوبون".split()), ("من", "عن")  # who comes from somewhere to meet others
_PLACED, _SITES = frozenset(("state", "capital", "place")), frozenset("العاصمه المدينه المنتجع الجزيره الولايه المقاطعه المحافظه".split())
_BORDERS = frozenset("الحدود حدود حدودها حدوده حدودهما الحدوديه حدوديه".split())
_WITHOUT = frozenset(("دون", "بدون"))
_JOINERS = frozenset(("و", "او", "ثم"))
_CLAUSE_MARKS = frozenset(("،", ",", "؛", ":", "."))


class Governor(NamedTuple):
    """What governs a mention: ``kind`` is bare, prep (directly behind a preposition) or of (inside another noun's phrase).

    ``prep`` is the preposition that governs it, or the noun phrase it belongs to; ``head`` the token of that phrase's first noun (-1 if
    none); ``joined`` says that it was reached through و from the mention before.
    """

    kind: str
    prep: str
    head: int
    joined: bool = False

_SCORES = frozenset("عشرات العشرات ميات الميات الاف".split())  # with من behind them: so many of those named


class Relations:
    """Governors of a sentence's mentions."""

    def __init__(self, document: Document, sentence: Sentence, mentions: list[Mention], clauses: list[Clause]) -> None:
        self.doc = document
        self.sentence = sentence
        self.mentions = mentions
        self.forms = document.tokens.form
        self.kinds = document.tokens.kind
        self.words = document.words
        self.verbs = {c.at for c in clauses}
        self._subjects = {c.subject.mention.first for c in clauses if c.subject.mention is not None and c.subject.how == "post"}
        self._ends = {m.last: m for m in mentions}
        self._counts = self._counted()
        self.governors: dict[int, Governor] = {}
        self.joined_to: dict[int, Mention] = {}  # the mention that each one is joined to by و, by where the second starts
        for m in mentions:
            self.governors[m.first] = self.governor(m)

    def governor(self, m: Mention) -> Governor:
        """What governs a mention: a preposition, a noun it belongs to, or nothing."""
        glued = m.prefix.lstrip("وف")
        i = m.first - 1
        if i > self.sentence.first and self.forms[i].lstrip("وف") == "من" and self.forms[m.first] in _BY_WHOM:
            return Governor("prep", "agent", -1)  # من جانب ألبانيا, where the noun is read as part of the name
        if glued in ("ب", "ل", "ك"):
            return Governor("prep", glued, -1, m.prefix.startswith("و") and self._again(m, i, glued))
        joined = self._joined(m, i)
        if joined is not None:
            return joined
        i = self._site(m, i)
        chain = -1
        while i >= self.sentence.first:
            form = self.forms[i]
            word = self.words[i]
            if word is None or form in COUNTED and not form.startswith("و"):
                if word is not None or form in ('"', "'", "(") or self.kinds[i] == NUMBER and chain < 0:
                    i -= 1
                    continue
                break
            agent = self._agent(i)
            if agent and chain < 0:
                return Governor("prep", agent, -1)
            if form in _SIDES and i > self.sentence.first and self.forms[i - 1] in PREPOSITIONS:
                i -= 1
                continue
            if form == "من" and chain < 0 and i > self.sentence.first and self.forms[i - 1] == "كلا":
                i -= 2
                continue  # دعا كلا من إسرائيل وإيران: as if the names stood alone
            if form == "من" and chain < 0 and m.first in self._subjects and self.forms[i - 1] == "كل":
                break  # ندد كل من باريس وبرلين بالهجوم: the verb's subject
            if form == "من" and i > self.sentence.first and self.forms[i - 1].removesuffix("ا") in _SCORES:
                i -= 2
                continue  # قتل عشرات من مسلحي التنظيم
            sent = self._sent(i - 1) if form in _OUT_OF and chain < 0 and i > self.sentence.first else None
            if sent is not None:
                chain = i - 1  # لوفد من الكونغرس، مع ممثلين عن المعارضة: as if it were theirs
                if sent.prep:
                    return Governor("of", sent.prep, chain)
                i -= 2
                continue
            if form in _TOWARDS and i == m.first - 1 and i > self.sentence.first and (i in self._ends or self.forms[i - 1].startswith("ال")):
                return Governor("prep", "في", -1)
            if form == "طيار" and chain < 0 and self.forms[i - 1] in _WITHOUT:
                break  # طائرة من دون طيار: nothing is bound to it
            if form in PREPOSITIONS or form.lstrip("وف") in PREPOSITIONS and form.lstrip("وف") not in ("من",):
                prep = form.lstrip("وف") if form not in PREPOSITIONS else form
                return Governor("prep" if chain < 0 else "of", prep, chain, chain < 0 and prep != form and i == m.first - 1 and self._again(m, i - 1, prep))
            if i in self.verbs or word.function or form in RELATIVES or form in AN_FORMS:
                break
            if i + 1 in self._ends and self._ends[i + 1].first != m.first:
                break
            if m.sort != "adjective" and form.startswith("ال") and chain < 0 and i == m.first - 1:
                break  # a definite noun has no genitive
            if m.sort != "adjective" and chain < 0 and i == m.first - 1 and form.endswith(("ته", "تها", "تهم")):
                break  # nor one with its owner's pronoun: مطالبتها إيران
            if chain >= 0 and self._ended(i):
                break
            chain = i
            if word.prep:
                return Governor("of", word.prep, chain)
            if chain >= 0 and m.first - i > 4:
                break
            i -= 1
        return Governor("bare" if chain < 0 else "of", "", chain)

    def _site(self, m: Mention, i: int) -> int:
        """في العاصمة البيلاروسية مينسك: a place named behind what it is stands as that does; the token in front of both."""
        if m.sort not in _PLACED or i <= self.sentence.first:
            return i
        if self.forms[i] in _SITES:
            return i - 1
        return i - 2 if self.forms[i - 1] in _SITES and self.forms[i].startswith("ال") else i

    def _sent(self, i: int) -> Word | None:
        """The word at ``i`` where it means those who are sent to meet others."""
        word = self.words[i]
        return word if word is not None and not _SENT.isdisjoint((*word.stems, word.form.removesuffix("ا"))) else None

    def _ended(self, i: int) -> bool:
        """Does a noun phrase end with the word at ``i``, so that the next begins another? (سائقو الحافلات | حكومة البلاد، اتصال هاتفي | الوضع السوري)"""
        form, behind = self.forms[i], self.forms[i + 1]
        return form in _INDEFINITE or form.startswith("ال") and not behind.startswith("ال")

    def _agent(self, i: int) -> str:
        """من قبل، من جانب، على يد: the doer behind a passive or a verbal noun; إلى جانب is "with"."""
        pair = (self.forms[i - 1].lstrip("وف"), self.forms[i]) if i > self.sentence.first else ("", "")
        return _COMPOUND.get(pair, "")

    def _again(self, m: Mention, i: int, prep: str) -> bool:
        """مع نظيره التركي، ومع رئيس الوزراء: is ``m`` joined, with the preposition said again, to the mention that ends with the token at ``i`` or in front of a comma there?"""
        while i >= self.sentence.first and self.forms[i] in ("،", ",", '"', ")"):
            i -= 1
        previous = self._ends.get(i + 1)
        if previous is None or previous.first not in self.governors or self.governors[previous.first][:2] != ("prep", prep):
            return False
        self.joined_to[m.first] = previous
        return True

    def _joined(self, m: Mention, i: int) -> Governor | None:
        """A mention joined by و to the one before it shares that one's governor."""
        previous = None
        if m.prefix.startswith(("و", "ف")):
            j = i
            while j >= self.sentence.first and self.forms[j] in ("،", ",", '"', ")"):
                j -= 1
            previous = self._ends.get(j + 1)
            if previous is None and j > self.sentence.first and self.forms[j].startswith("وال"):
                previous = self._ends.get(j)  # زار الرياض والقدس وعمان: past one nobody knows
        elif i > self.sentence.first and self.forms[i] in _JOINERS:
            previous = self._ends.get(i - (self.forms[i] == "ثم" and self.forms[i - 1] in ("،", ",")))  # التقى نظيره الأوكراني، ثم نظيره البولندي
        elif i >= self.sentence.first and self.forms[i] in ("،", ","):
            previous = self._ends.get(i)
            if previous is not None and not (self._list_goes_on(m) and previous.kind == m.kind):
                previous = None
        elif self._ally(i) >= 0:
            previous = self._ends.get(self._ally(i))
        if previous is None or previous.first not in self.governors:
            return None
        g = self.governors[previous.first]
        self.joined_to[m.first] = previous
        return Governor(g.kind, g.prep, g.head, True)

    def _ally(self, i: int) -> int:
        """Where وحليفتها stands in سوريا وحليفتها روسيا (or وحليفتها الرئيسية روسيا), with ``i`` in front of the second name; -1 where it does not."""
        if self.forms[i].startswith("ال"):
            i -= 1
        return i if i > self.sentence.first and self.forms[i] in AND_ITS else -1

    def coordinate(self, first: Mention, m: Mention) -> bool:
        """Is ``m`` joined by و to ``first``, directly or through others between them? (التقى أوباما بيريز ونتنياهو joins the third to the second.)"""
        earlier = self.joined_to.get(m.first)
        while earlier is not None and earlier is not first and earlier.first > first.first:
            earlier = self.joined_to.get(earlier.first)
        return earlier is first

    def sponsors(self, m: Mention) -> bool:
        """Does ``m`` only see to it that others meet or agree (برعاية صينية)?"""
        g = self.governors[m.first]
        word = self.words[g.head] if g.kind == "of" and g.prep == "ب" and g.head >= 0 else None
        return word is not None and word.prep == "ب" and m.sort not in ("pair", "own") and not _SPONSORING.isdisjoint(word.stems)

    def of_topic(self, m: Mention) -> bool:
        """Does ``m`` belong to a crisis, a file, the news of a place (الأزمة السورية، مستجدات ليبيا، الوضع في سوريا)?"""
        g = self.governors[m.first]
        heads = (g.head,) if g.kind == "of" else (m.first - 2, m.first - 3) if g.kind == "prep" and g.prep == "في" else ()
        words = (self.words[i] for i in heads if i >= self.sentence.first)
        return any(word is not None and not _AFFAIRS.isdisjoint(word.stems) for word in words)

    def describes(self, c: Clause) -> bool:
        """Does the clause say of the indefinite noun right in front of it what it is like (اتفاقا يمهد الطريق أمام …, but اجتماعا يضم مصر وإيران)?"""
        if c.subject.how not in ("noun", "chain", "none") or c.verb.pronoun or c.verb.reading.tense != "present":
            return False
        form, word = self.forms[c.at - 1], self.words[c.at - 1]
        noun = word is not None and not word.function and form not in PREPOSITIONS and form not in AN_FORMS and form not in _BEFORE_VERBS
        gathering = self.forms[c.at] in _MADE_OF and word is not None and not _GATHERINGS.isdisjoint((*word.stems, form.removesuffix("ا")))
        return noun and not gathering and not form.startswith(("ال", "لل", "بال", "وال")) and not form.endswith(("ها", "هم", "هما"))

    def object_behind(self, m: Mention) -> bool:
        """Is ``m``, the genitive of a verbal noun, its doer, because the object stands right behind (قصف السعودية سوق صنعاء، اعتقال روسيا صحفيا أميركيا)?

        A name takes no genitive and no indefinite adjective, so a bare noun behind it belongs to the verbal noun.
        """
        if m.sort not in _NAMED or m.last >= self.sentence.last or not self._bare_noun(m.last):
            return False
        return any(other.first > m.last and self.governors[other.first][:3] == ("of", "", m.last) for other in self.mentions)

    def in_object(self, m: Mention) -> bool:
        """Does ``m`` stand in the object of a verbal noun that has its doer in front (سوق صنعاء in: استنكر قصف السعودية سوق صنعاء)?"""
        g = self.governors[m.first]
        before = self._ends.get(g.head) if g.kind == "of" and g.head >= 0 else None
        return before is not None and before.sort in _NAMED and self.governors[before.first].kind == "of" and self._bare_noun(g.head)

    def bordering(self, m: Mention) -> bool:
        """مناورات قرب الحدود مع غيانا: a border is with somebody, who has no part in what is done there."""
        at = m.first - 1
        while at > 0 and m.first - at < 4 and self.forms[at] != "مع":
            at -= 1
        return self.forms[at] == "مع" and at > 0 and self.forms[at - 1].lstrip("وبل") in _BORDERS

    def in_condition(self, after: int, m: Mention) -> bool:
        """هدد بالانسحاب إذا أحيل الملف إلى مجلس الأمن: does a condition open between an act that ends at ``after`` and a mention behind it?"""
        return any(self.forms[i] in ("اذا", "لو") or self.forms[i] == "لم" and self.forms[i - 1] in ("ما", "ان") for i in range(after, m.first))

    def _bare_noun(self, i: int) -> bool:
        """A noun with neither article nor anything glued in front of it."""
        word, form = self.words[i], self.forms[i]
        if word is None or word.function or word.prep or word.bare != form or i in self.verbs:
            return False
        return len(form) > 2 and form not in PREPOSITIONS and form not in _SIDES and not form.startswith("ال")

    def _list_goes_on(self, m: Mention) -> bool:
        following = self.forms[m.last] if m.last < self.sentence.last else ""
        return following.startswith("و") or following in ("،", ",")

    def between(self, i: int, m: Mention) -> tuple[int, int, int, int]:
        """What lies between token ``i`` and a mention: words, finite verbs, clause marks (commas, أن, relatives), other mentions."""
        first, last = (i + 1, m.first) if m.first > i else (m.last, i)
        if first >= last:
            return 0, 0, 0, 0
        offset = self.sentence.first
        words, verbs, marks, others = self._counts[first - offset]
        words_, verbs_, marks_, others_ = self._counts[last - offset]
        return words_ - words, verbs_ - verbs, marks_ - marks, others_ - others

    def _counted(self) -> list[tuple[int, int, int, int]]:
        """How many words, finite verbs, clause marks and mentions stand before each token of the sentence."""
        starts = {m.first for m in self.mentions}
        words = verbs = marks = mentions = 0
        out = [(0, 0, 0, 0)]
        for j in range(self.sentence.first, self.sentence.last):
            form = self.forms[j]
            if self.kinds[j] == WORD:
                words += 1
                verbs += j in self.verbs
                marks += form in AN_FORMS or form in RELATIVES
            elif form in _CLAUSE_MARKS:
                marks += 1
            mentions += j in starts
            out.append((words, verbs, marks, mentions))
        return out
