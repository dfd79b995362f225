"""The stance that the words in front of an issue leave no doubt of, whatever the weights make of the rest: ترفض رفع العقوبات, لن نقبل رحيل الأسد."""

from __future__ import annotations

from collections.abc import Sequence

from mahdar.lexicon.model import Lexicon
from mahdar.reading.clauses import Clause
from mahdar.reading.deeds import Deeds
from mahdar.reading.document import Document, Sentence
from mahdar.reading.matters import FOES, READS, Hit
from mahdar.reading.nearby import clause_before
from mahdar.reading.reference import Cast
from mahdar.reading.terms import conditional

NOT = frozenset(("لا", "لم", "لن", "عدم", "غير", "ليس"))
# Refusing and blaming, as verbs and as nouns; other words of opposition (منع, تهديد) do as often what the issue is about.
_REFUSES = frozenset("رفض عارض ندد أدان دان شجب استنكر انتقد استهجن ناهض".split())
_REFUSAL = frozenset("تحفظ تحفظات اعتراض اعتراضات رفض معارضه ادانه تنديد شجب استنكار انتقاد مناهضه رافض رافضه معارض منددا منتقدا معارضا رافضا".split())
_BETWEEN = frozenset("ب ل في علي الي عن من اي كل جميع بشده تماما قطعيا مطلقا باستمرار ايضا مجددا".split())
# Nouns of effort and will, whose owner stands behind them.
_EFFORTS = frozenset("مسعي مساعي سعي محاوله محاولات جهود اصرار عزم نيه رغبه تصميم قرار قرارات تعهد التزام تمسك استعداد موافقه تهديد تهديدات اعلان".split())
_WANTED = frozenset("عدم بعدم وعدم ضروره بضروره اهميه الي يتطلب تتطلب يستلزم تستلزم يشترط تشترط مدي انهاء وقف بوقف يستدعي".split())  # in front of an effort that is not made
_ASKS = frozenset("طالب دعا حث ناشد حض".split())
_ASKED = 9  # words from the verb to what is asked for
# Verbs of blaming and asking, what one is blamed for, and how it follows.
_BLAMES = frozenset("اتهم انتقد هاجم أدان دان حذر ندد حث دعا طالب وجه شجب لام هدد عاقب ضغط".split())
_BACKING = frozenset("دعم مسانده تاييد مناصره حمايه".split())
_BECAUSE = frozenset("بسبب علي عن في وقف بوقف انهاء بانهاء جراء".split())
_FIGHTS = frozenset("كافح حارب واجه قاتل تصدى دحر هزم لاحق طارد قاوم طهر استهدف قصف".split())
_STEPS = 3  # words between a refusal and what it refuses
_WEIGHED = 12  # words in front of an issue that may turn how it reads


class StanceReader:
    """Reads the plain stances of one document."""

    def __init__(self, document: Document, cast: Cast, lexicon: Lexicon) -> None:
        self.forms = document.tokens.form
        self.words = document.words
        self.cast = cast
        self.lexicon = lexicon
        self.figured = {i.id for i in lexicon.issues if i.figure}
        self.deeds = Deeds(document, cast, lexicon)

    def plain(self, sentence: Sentence, hit: Hit, holder: str, clauses: list[Clause]) -> str:
        """The stance of the words right in front of an issue phrase, empty where they leave it open."""
        number = self.cast.doc.sentence_at(hit.at)
        if self.outright(hit, number, holder, clauses):
            return "support"
        if holder in self.owners(hit, number) or holder in self.blamed(hit, number, clauses):
            return "oppose" if hit.sign == "contra" else "support"
        if conditional(self.cast.doc, hit.last, sentence.last):
            return "conditional"
        plain = self.deeds.plain(hit, number, holder, clauses) or self._negated(sentence, hit) or self._refused(sentence, hit, holder, clauses)
        return plain or self._demanded(hit, holder, clauses) or self._against_the_figure(sentence, hit, clauses)

    def outright(self, hit: Hit, number: int, holder: str, clauses: list[Clause]) -> bool:
        """Is the holder for an issue by what the verb over it says he does: fighting what it fights, blaming what another does against it?"""
        return self._fought(hit, holder, clauses) or self.deeds.condemned(hit, number, holder, clauses)

    def _fought(self, hit: Hit, holder: str, clauses: list[Clause]) -> bool:
        """تكافح الجزائر التطرف، واجه الجيش الإرهابيين: whoever does battle with what a phrase names, as the subject of the verb over it."""
        over = clause_before(clauses, hit.at)
        if hit.issue not in FOES or hit.sign != "contra" or over is None or over.negated or over.passive or over.conditional or over.subject.entity < 0:
            return False
        if self.lexicon.lemmas[over.verb.reading.lemma] not in _FIGHTS or holder not in self.cast.acts_for(over.subject.entity):
            return False
        return all(self.forms[j] in _BETWEEN or self._named(j) for j in range(over.at + 1, hit.at))

    def blamed(self, hit: Hit, number: int, clauses: list[Clause]) -> tuple[str, ...]:
        """وجه تحذيرا إلى موسكو لدعمها الأسد: whose backing of an issue it is that somebody else is blamed or asked for."""
        at = next((j for j in range(hit.at, max(0, hit.at - 1 - _STEPS), -1) if self._theirs(j)), -1)
        over = clause_before(clauses, at)
        if over is None or self.lexicon.lemmas[over.verb.reading.lemma] not in _BLAMES:
            return ()
        near = next((m for m in reversed(self.cast.by_sentence[number]) if over.at < m.first and m.last <= at), None)
        if near is None or near.entity == over.subject.entity or at - near.last > 2 * _STEPS:
            return ()
        joined = [m for m in self.cast.by_sentence[number] if m.last == near.first and near.prefix.startswith("و") and over.at < m.first]
        return tuple(dict.fromkeys(code for m in (*joined, near) for code in self.cast.codes_of(m) if code))

    def _theirs(self, j: int) -> bool:
        """لدعمها، على مساندته، بسبب تأييدهم: a backing with its owner's pronoun, as what one is blamed for."""
        form, word = self.forms[j], self.words[j]
        if word is None or not form.endswith(("ها", "ه", "هم", "هما")) or _BACKING.isdisjoint(word.stems):
            return False
        return form.startswith("ل") or self.forms[j - 1] in _BECAUSE

    def owners(self, hit: Hit, number: int) -> tuple[str, ...]:
        """مسعى روسيا لإضفاء الشرعية على الأسد: whose effort it is that an issue phrase with a reading of its own says; whoever tells of it holds nothing."""
        near = next((m for m in reversed(self.cast.by_sentence[number]) if m.last <= hit.at), None)
        if near is None or hit.sign == "loose" or near.first == 0 or not 0 <= hit.at - near.last <= 2:
            return ()
        noun = self.words[near.first - 1]
        if noun is None or _EFFORTS.isdisjoint(noun.stems) or self.forms[near.first - 2] in _WANTED:
            return ()
        between = all(self.forms[j] in _BETWEEN or self.mark(j) == "support" for j in range(near.last, hit.at))
        return tuple(code for code in self.cast.codes_of(near) if code) if between else ()

    def mark(self, j: int) -> str:
        """The attitude of one word, behind "not " where it is negated; empty where it has none."""
        word = self.words[j]
        if word is None or not word.attitude:
            return ""
        return "not " + word.attitude if self.forms[j - 1] in NOT else word.attitude

    def _negated(self, sentence: Sentence, hit: Hit) -> str:
        """The stance of a negated word of attitude right in front of a phrase with a reading of its own: لن نقبل رحيل الأسد is for him, لن نقبل بقاء الأسد against."""
        marks = [mark for j in range(max(sentence.first, hit.at - 3), hit.at) if (mark := self.mark(j))]
        if len(marks) != 1 or not marks[0].startswith("not ") or hit.sign not in READS:
            return ""
        turned = marks[0] == "not support"
        return "support" if turned == (hit.sign == "contra") else "oppose"

    def _refused(self, sentence: Sentence, hit: Hit, holder: str, clauses: list[Clause]) -> str:
        """تعارض بكين فرض عقوبات، رفضها القاطع لرفع العقوبات: what is refused outright."""
        low = max(sentence.first, hit.at - 1 - _STEPS)
        for j in range(hit.at - 1, low - 1, -1):
            clause = next((c for c in clauses if c.at == j), None)
            if clause is not None or self._refusal(j):
                who = clause.subject.entity if clause is not None else -1
                refuses = clause is None or self.lexicon.lemmas[clause.verb.reading.lemma] in _REFUSES and not clause.passive
                if clause is not None and _of_the_subject(clause, hit, self.forms):
                    return ""
                if not refuses or who >= 0 and holder not in self.cast.acts_for(who) or self.forms[j - 1] in NOT:
                    return ""
                return "support" if hit.sign == "contra" else "oppose"
            if not self._named(j) and self.forms[j] not in _BETWEEN and not self.forms[j].startswith("ال"):
                return ""
        return ""

    def _demanded(self, hit: Hit, holder: str, clauses: list[Clause]) -> str:
        """طالب واشنطن برفع الحصار الاقتصادي: whoever asks for what a phrase with a reading of its own says."""
        over = clause_before(clauses, hit.at)
        if hit.sign not in READS or over is None or over.negated or hit.at - over.at > _ASKED or self.lexicon.lemmas[over.verb.reading.lemma] not in _ASKS:
            return ""
        if over.subject.entity < 0 or holder not in self.cast.acts_for(over.subject.entity):
            return ""
        turned = any("oppose" in self.mark(j) or self.forms[j] in NOT for j in range(over.at + 1, hit.at) if not self._named(j))
        return "" if turned else "oppose" if hit.sign == "contra" else "support"

    def _named(self, j: int) -> bool:
        """Does the word stand in somebody's name or description (الائتلاف السوري المعارض)?"""
        return any(m.first <= j < m.last for m in self.cast.by_sentence[self.cast.doc.sentence_at(j)])

    def _refusal(self, j: int) -> bool:
        """Is the word one of refusing or blaming, as a noun or as a verb that stands too oddly to be seen as one (بكين تعارض)?"""
        word = self.words[j]
        if word is None or self.forms[j].startswith(("ال", "وال")):
            return False
        return not _REFUSAL.isdisjoint(word.stems) or any(v.reading.tense == "present" and self.lexicon.lemmas[v.reading.lemma] in _REFUSES for v in word.verbs)

    def _against_the_figure(self, sentence: Sentence, hit: Hit, clauses: list[Clause]) -> str:
        """يؤيد جهود المعارضة للإطاحة بالأسد، دعا إلى تنحي الأسد: who speaks of his going without a word against it is against him."""
        if hit.sign != "contra" or hit.issue not in self.figured:
            return ""
        over = clause_before(clauses, hit.at)
        turners = [j for j in range(max(sentence.first, hit.at - _WEIGHED), hit.at) if ("oppose" in self.mark(j) or self.forms[j] in NOT) and not self._named(j)]
        if any(self.forms[j - 1] == "ما" and self.forms[j] == "لم" for j in turners):
            return "oppose"  # لا حل ما لم يرحل الأسد
        if len(turners) == 2 and self.mark(turners[0]) == "oppose" and self.forms[turners[1]] in NOT:
            return "oppose"  # ترفض أي حوار لا يؤدي إلى رحيل الأسد
        return "" if turners or over is not None and over.negated else "oppose"


def _of_the_subject(clause: Clause, hit: Hit, forms: Sequence[str]) -> bool:
    """يرفض الأسد الدعوات، تندد المدافعات عن حقوق المرأة: does the phrase stand in what the verb has for its subject?"""
    subject = clause.subject.mention
    if subject is not None and subject.first <= hit.at < subject.last:
        return True
    return hit.at > clause.at + 1 and forms[clause.at + 1].startswith("ال") and subject is None
