"""Where the reporter takes over again behind words he reported without quotation marks.

Reported words that are a noun phrase (دعا إلى وقف القتال) end before any clause; those that are a clause (قال إن …) run on until a word that only
the reporter can have added: a participle that says how it was said, or what the saying of it led to.
"""

from __future__ import annotations

from mahdar.arabic.particles import QAD, RELATIVES
from mahdar.lexicon.model import Lexicon
from mahdar.reading.document import Document

_HAD = frozenset(("وكان", "وكانت"))  # وكان الوزير قد قال: the reporter looks back
_AHEAD = frozenset((("ومن", "المقرر"), ("ومن", "المتوقع"), ("ومن", "المنتظر"), ("ومن", "المفترض")))
# Types of acts that words alone can do: praise, thanks, blame, refusal.
BY_WORDS = frozenset(("SUPPORT", "ACCUSE", "REJECT", "REQUEST", "THREATEN"))
_NEAR = 12  # tokens between وكان and its قد
_COMMAS = frozenset(("،", ",", "؛"))
# وذلك في، وذلك بعد: when and where it was said; elsewhere وذلك goes on with what is said.
_THAT_BEING = frozenset("في بعد بعيد بعدما عقب وفقا علي ردا اثر نقلا غداه قبيل رغم وسط بدون".split())
# What the saying of it amounted to or led to.
_ASIDES = frozenset((
    ("وهو", "ما"), ("وهي", "ما"), ("وهو", "الامر"), ("في", "اشاره"), ("الامر", "الذي"), ("في", "خطوه"), ("في", "موقف"), ("في", "تصريح"),
    ("في", "اعقاب"), ("علما", "ان"), ("علما", "بان"), ("بالرغم", "من"),
    ("في", "رساله"), ("في", "تعليق"), ("في", "رد"), ("لكن", "يبدو"), ("ولكن", "يبدو"), ("لكن", "مراقبين"),
))  # fmt: skip
# Behind a noun phrase and a comma: a clause of the reporter's own.
_CLAUSES = frozenset("كما بعد تعليقا فيما وهو وهي وهم وذلك لكن ولكن بينما وسط عقب غداه وقد الامر وصولا خلفا".split())
_CONTRASTS = frozenset((
    ("علي", "الرغم"), ("غير", "ان"), ("الا", "ان"), ("في", "وقت"), ("في", "الوقت"), ("بعد", "ان"), ("الي", "ذلك"), ("في", "ما"),
    ("في", "اليوم"), ("بعد", "ساعات"), ("بعد", "ايام"), ("بعد", "يوم"), ("قبل", "ساعات"),
))  # fmt: skip
# The same where no comma stands before them.
_AT_ONCE = frozenset((("في", "حين"), ("وذلك", "نقلا"), ("في", "تغريده")))
_WITHOUT = frozenset(("دون", "بدون"))
_TELLS = frozenset("حدد سمى أعطى أدلى قدم تطرق خاض دخل أصدر صدر ذكر".split())  # what he does not say: دون أن يحدد موعدا
_TELLING = frozenset("اعطاء الادلاء تقديم تحديد الكشف الاشاره الخوض ذكر توضيح تفاصيل مزيد اي ايراد تسميه الافصاح".split())
_BEEN = frozenset("كان كانت كانوا".split())
# Where and how he says it: ، في خطابه أمام …
_IN = frozenset("في خلال عبر".split())
_SPEECHES = frozenset(
    "خطاب خطابه خطابها كلمه كلمته كلمتها تصريح تصريحات تصريحاته تصريحاتها مقابله مقابلته مقابلتها حديث حديثه حديثها حوار حواره بيان بيانه بيانها "
    "تغريده تغريدات تغريدته تغريداته رساله رسالته حسابه حسابها صفحته صفحتها موتمر مداخله مداخلته".split()
)
# How somebody put it: على حد تعبيره، حسب قوله.
_PUT_SO = frozenset("تعبيره تعبيرها تعبيرهم قوله قولها قولهم وصفه وصفها وصفهم زعمه زعمها".split())


class Turns:
    """Tells, of one document, whether the reporter speaks again at a token."""

    def __init__(self, document: Document, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self.forms = document.tokens.form
        self.words = document.words
        self.joined: frozenset[int] = frozenset()  # where the sentence at hand joins a finite verb of the past

    def again(self, i: int, *, phrase: bool) -> bool:
        """Does the reporter speak again at token ``i``, behind reported words that are a noun ``phrase`` or a clause?"""
        forms = self.forms
        if i + 1 >= len(forms):
            return False
        comma = forms[i - 1] in _COMMAS
        pair = (forms[i], forms[i + 1])
        if comma and (pair in _ASIDES or forms[i] == "وسط") or forms[i] == "وذلك" and forms[i + 1] in _THAT_BEING:
            return True
        if comma and (forms[i] in _HAD and any(form in QAD for form in forms[i + 1 : i + _NEAR]) or pair in _AHEAD) or pair == ("في", "خطوه"):
            return True
        if comma and (pair == ("من", "دون") or forms[i] in _WITHOUT and self._untold(i + 1)):
            return True
        if comma and forms[i] in RELATIVES and forms[i + 1] in _BEEN and any(form in QAD for form in forms[i + 2 : i + _NEAR]):
            return True  # ، الذي كان الرئيس قد وصفه: the reporter looks back
        if pair == ("علي", "حد") and forms[i + 2 : i + 3] and forms[i + 2] in _PUT_SO or forms[i] in ("حسب", "بحسب") and forms[i + 1] in _PUT_SO:
            return True
        if not phrase:
            return False
        if comma and forms[i] in _IN and forms[i + 1] in _SPEECHES:
            return True
        if pair in _AT_ONCE or pair == (".", ".") or forms[i] == "بعدما":
            return True
        return comma and (forms[i] in _CLAUSES or forms[i] == "ما" and self._led_to(i + 1) or pair in _CONTRASTS or self._finite(i) or self._manner(i))

    def _untold(self, i: int) -> bool:
        """، دون أن يحدد موعدا، من دون إعطاء تفاصيل: what was left unsaid."""
        word = self.words[i + (self.forms[i] == "ان")] if i + 1 < len(self.words) else None
        if word is None:
            return False
        lemmas = self.lexicon.lemmas
        said = any(self.of_saying(v.reading.lemma) or lemmas[v.reading.lemma] in _TELLS for v in word.verbs)
        return said or word.form in _TELLING or any(n.noun in self.lexicon.cues_by_noun for n in word.nouns)

    def _led_to(self, i: int) -> bool:
        """، ما أوقع عشرات القتلى: what it led to."""
        word = self.words[i]
        if word is None or word.function or word.nouns:
            return False
        return any(v.reading.tense == "past" and v.reading.gender == "m" and v.reading.person == 3 for v in word.verbs)

    def of_saying(self, lemma: int) -> bool:
        """Is it a verb of saying, or an act done by words (طالب، ندد)?"""
        lexicon = self.lexicon
        return lemma in lexicon.cues_by_lemma or any(lexicon.acts[index].cue for index in lexicon.acts_by_lemma.get(lemma, ()))

    def of_words(self, lemma: int) -> bool:
        """Is it a verb of saying, or one of what words do: praise, thanks, blame, refusal?"""
        return self.of_saying(lemma) or any(self.lexicon.acts[index].type in BY_WORDS for index in self.lexicon.acts_by_lemma.get(lemma, ()))

    def says(self, i: int) -> bool:
        """Is the word at token ``i`` a finite verb of saying, and nothing else?"""
        word = self.words[i]
        return word is not None and not word.function and any(v.reading.person == 3 and v.reading.voice != "jussive" and self.of_saying(v.reading.lemma) for v in word.verbs)

    def _finite(self, i: int) -> bool:
        """، وعرض مناقشة: a verb joined to the verb of saying, which no noun phrase can be joined to."""
        word = self.words[i]
        if i in self.joined:
            return True
        if word is None or word.nouns:
            return False
        return any(v.conj and v.reading.person == 3 and (v.reading.tense == "past" or v.conj == "و" and v.reading.lemma in self.lexicon.cues_by_lemma) for v in word.verbs)

    def _manner(self, i: int) -> bool:
        """، متحدثا عن: an adverbial participle says how it was said."""
        word = self.words[i]
        return word is not None and any(p.accusative and not p.conj for p in word.participles)
