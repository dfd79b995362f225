"""Words: clitics, verb, noun and participle readings, and words that only look as if they had them."""

from __future__ import annotations

import pytest

from mahdar.arabic.fold import fold_word
from mahdar.arabic.words import Analyser, Word
from mahdar.lexicon import load_lexicon
from mahdar.lexicon.model import Lexicon


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return load_lexicon()


@pytest.fixture(scope="module")
def analyser(lexicon: Lexicon) -> Analyser:
    return Analyser(lexicon)


def look(analyser: Analyser, text: str) -> Word:
    return analyser.word(fold_word(text))


# Each row: form, lemma, conjunction, future, purpose, object pronoun, one reading "tense person gender number voice".
VERBS = [
    ("قال", "قال", "", False, False, "", "past 3 m s active"),
    ("وقال", "قال", "و", False, False, "", "past 3 m s active"),
    ("فقال", "قال", "ف", False, False, "", "past 3 m s active"),
    ("قالت", "قال", "", False, False, "", "past 3 f s active"),
    ("قالوا", "قال", "", False, False, "", "past 3 m p active"),
    ("وقالا", "قال", "و", False, False, "", "past 3 m d active"),
    ("يقول", "قال", "", False, False, "", "present 3 m s active"),
    ("وتقول", "قال", "و", False, False, "", "present 3 f s active"),
    ("يقولون", "قال", "", False, False, "", "present 3 m p active"),
    ("سيلتقي", "التقى", "", True, False, "", "present 3 m s active"),
    ("وسيلتقي", "التقى", "و", True, False, "", "present 3 m s active"),
    ("فستلتقي", "التقى", "ف", True, False, "", "present 3 f s active"),
    ("والتقى", "التقى", "و", False, False, "", "past 3 m s active"),
    ("والتقي", "التقى", "و", False, False, "", "past 3 m s active"),
    ("التقيا", "التقى", "", False, False, "", "past 3 m d active"),
    ("التقاه", "التقى", "", False, False, "ه", "past 3 m s active"),
    ("استقبله", "استقبل", "", False, False, "ه", "past 3 m s active"),
    ("واستقبلها", "استقبل", "و", False, False, "ها", "past 3 m s active"),
    ("ليبحث", "بحث", "", False, True, "", "present 3 m s active"),
    ("أكد", "أكد", "", False, False, "", "past 3 m s active"),
    ("اكدت", "أكد", "", False, False, "", "past 3 f s active"),
    ("وأضاف", "أضاف", "و", False, False, "", "past 3 m s active"),
    ("وأضافت", "أضاف", "و", False, False, "", "past 3 f s active"),
    ("أعلنا", "أعلن", "", False, False, "", "past 3 m d active"),
    ("سيزور", "زار", "", True, False, "", "present 3 m s active"),
    ("زارت", "زار", "", False, False, "", "past 3 f s active"),
    ("طالبت", "طالب", "", False, False, "", "past 3 f s active"),
    ("يطالبون", "طالب", "", False, False, "", "present 3 m p active"),
    ("دعا", "دعا", "", False, False, "", "past 3 m s active"),
    ("دعت", "دعا", "", False, False, "", "past 3 f s active"),
    ("يدعو", "دعا", "", False, False, "", "present 3 m s active"),
    ("دعوا", "دعا", "", False, False, "", "past 3 m p active"),
    ("رأى", "رأى", "", False, False, "", "past 3 m s active"),
    ("ترى", "رأى", "", False, False, "", "present 3 f s active"),
    ("نفى", "نفى", "", False, False, "", "past 3 m s active"),
    ("تنفي", "نفى", "", False, False, "", "present 3 f s active"),
    ("نفت", "نفى", "", False, False, "", "past 3 f s active"),
    ("طلب", "طلب", "", False, False, "", "past 3 m s active"),
    ("فجرت", "فجر", "", False, False, "", "past 3 f s active"),
    ("فجرت", "جرى", "ف", False, False, "", "past 3 f s active"),
    ("اتفقا", "اتفق", "", False, False, "", "past 3 m d active"),
    ("يتفق", "اتفق", "", False, False, "", "present 3 m s active"),
]  # fmt: skip


@pytest.mark.parametrize("row", VERBS, ids=[row[0] for row in VERBS])
def test_verbs(analyser: Analyser, lexicon: Lexicon, row: tuple[str, str, str, bool, bool, str, str]) -> None:
    form, lemma, *rest = row
    found = {
        (fold_word(lexicon.lemmas[v.reading.lemma]), v.conj, v.future, v.purpose, v.pronoun,
         f"{v.reading.tense} {v.reading.person} {v.reading.gender} {v.reading.number} {v.reading.voice}")
        for v in look(analyser, form).verbs
    }  # fmt: skip
    assert (fold_word(lemma), *rest) in found, sorted(found)


# Each row: form, dictionary noun, conjunction, preposition, definite, possessive pronoun.
NOUNS = [
    ("لقاء", "لقاء", "", "", False, ""),
    ("اللقاء", "لقاء", "", "", True, ""),
    ("لقائه", "لقاء", "", "", True, "ه"),
    ("لقاؤه", "لقاء", "", "", True, "ه"),
    ("لقاءه", "لقاء", "", "", True, "ه"),
    ("لقائهما", "لقاء", "", "", True, "هما"),
    ("بلقائه", "لقاء", "", "ب", True, "ه"),
    ("وللقاء", "لقاء", "و", "ل", False, ""),
    ("زيارته", "زيارة", "", "", True, "ه"),
    ("وزيارتها", "زيارة", "و", "", True, "ها"),
    ("لزيارة", "زيارة", "", "ل", False, ""),
    ("للزيارة", "زيارة", "", "ل", True, ""),
    ("بزيارته", "زيارة", "", "ب", True, "ه"),
    ("وبالتعاون", "تعاون", "و", "ب", True, ""),
    ("بتعاون", "تعاون", "", "ب", False, ""),
    ("ومباحثات", "مباحثات", "و", "", False, ""),
    ("مباحثاتهما", "مباحثات", "", "", True, "هما"),
    ("والعقوبات", "عقوبات", "و", "", True, ""),
]


@pytest.mark.parametrize("row", NOUNS, ids=[row[0] for row in NOUNS])
def test_nouns(analyser: Analyser, lexicon: Lexicon, row: tuple[str, str, str, str, bool, str]) -> None:
    form, noun, *rest = row
    nouns = look(analyser, form).nouns
    found = {(fold_word(lexicon.nouns[n.noun]), n.conj, n.prep, n.definite, n.pronoun) for n in nouns}
    assert (fold_word(noun), *rest) in found, sorted(found)


# Each row: form, lemma, conjunction, adverbial (accusative), gender, number.
PARTICIPLES = [
    ("مشيرا", "أشار", "", True, "m", "s"),
    ("مشيراً", "أشار", "", True, "m", "s"),
    ("ومضيفا", "أضاف", "و", True, "m", "s"),
    ("مؤكدة", "أكد", "", True, "f", "s"),
    ("موضحا", "أوضح", "", True, "m", "s"),
    ("داعيا", "دعا", "", True, "m", "s"),
    ("مطالبين", "طالب", "", True, "m", "p"),
    ("قائلا", "قال", "", True, "m", "s"),
    ("قائلة", "قال", "", True, "f", "s"),
    ("نافيا", "نفى", "", True, "m", "s"),
]


@pytest.mark.parametrize("row", PARTICIPLES, ids=[row[0] for row in PARTICIPLES])
def test_participles(analyser: Analyser, lexicon: Lexicon, row: tuple[str, str, str, bool, str, str]) -> None:
    form, lemma, *rest = row
    found = {
        (fold_word(lexicon.lemmas[p.lemma]), p.conj, p.accusative, p.gender, p.number)
        for p in look(analyser, form).participles
    }
    assert (fold_word(lemma), *rest) in found, sorted(found)


# Each row: form, the proclitics and the listed name or phrase head behind them.
STARTS = [
    ("للحكومة", "ل", "الحكومة"),
    ("وللحكومة", "ول", "الحكومة"),
    ("والحكومة", "و", "الحكومة"),
    ("بموسكو", "ب", "موسكو"),
    ("والقاهرة", "و", "القاهرة"),
    ("للأمم", "ل", "الأمم"),
    ("كروسيا", "ك", "روسيا"),
    ("فليبيا", "ف", "ليبيا"),
    ("لفرنسا", "ل", "فرنسا"),
    ("وبريطانيا", "و", "بريطانيا"),
    ("وبموسكو", "وب", "موسكو"),
    ("بالكويت", "ب", "الكويت"),
    ("للكويت", "ل", "الكويت"),
    ("للرئيس", "ل", "الرئيس"),
    ("ووزير", "و", "وزير"),
    ("لوزيرة", "ل", "وزيرة"),
    ("وفنزويلا", "و", "فنزويلا"),
]


@pytest.mark.parametrize(("form", "prefix", "rest"), STARTS, ids=[row[0] for row in STARTS])
def test_names_behind_proclitics(analyser: Analyser, form: str, prefix: str, rest: str) -> None:
    assert (prefix, fold_word(rest)) in look(analyser, form).starts


# The first letter belongs to the word.
WHOLE = [
    "وزير", "وكالة", "ولاية", "وفد", "واشنطن", "فرنسا", "فيينا", "فلسطين", "فنزويلا", "فنلندا",
    "بريطانيا", "باريس", "بغداد", "بيروت", "بكين", "برلين", "بلجيكا", "لندن", "لبنان", "ليبيا",
    "كوبا", "كندا", "كييف", "كابول", "كوريا", "سوريا", "سيناء", "سويسرا",
]  # fmt: skip


@pytest.mark.parametrize("form", WHOLE)
def test_no_clitic_is_cut_off_a_name(analyser: Analyser, form: str) -> None:
    word = look(analyser, form)
    assert ("", fold_word(form)) in word.starts
    assert word.bare == word.form
    assert not any(v.conj and not v.pronoun for v in word.verbs)


# Words that no verb reading may claim.
NO_VERBS = [
    "وزير", "سوريا", "فيما", "وفد", "من", "على", "إلى", "عن", "مع", "حول", "باريس", "الرئيس", "السفير", "والحكومة",
    "للأمم",
]  # fmt: skip


@pytest.mark.parametrize("form", NO_VERBS)
def test_no_verb(analyser: Analyser, form: str) -> None:
    assert look(analyser, form).verbs == ()


# Words that no (verbal) noun reading may claim.
NO_NOUNS = ["وزير", "لندن", "بكين", "الرئيس", "قال", "كلينتون", "من", "هذا"]


@pytest.mark.parametrize("form", NO_NOUNS)
def test_no_noun(analyser: Analyser, form: str) -> None:
    assert look(analyser, form).nouns == ()


# Future س and purpose ل stand before present forms only; a past form never has them.
@pytest.mark.parametrize("form", ["سقال", "سقالت", "لقال", "سالتقى"])
def test_future_wants_a_present(analyser: Analyser, form: str) -> None:
    assert not any(v.future or v.purpose for v in look(analyser, form).verbs if v.reading.tense == "past")


def test_function_words(analyser: Analyser) -> None:
    for form in ("من", "إلى", "على", "عن", "في", "مع", "الذي", "التي", "هذا", "كما", "لكن", "ولكن"):
        assert look(analyser, form).function, form


def test_frequency_is_of_the_form_without_its_conjunction(analyser: Analyser) -> None:
    assert look(analyser, "والحكومة").common == look(analyser, "الحكومة").common > 100
    assert look(analyser, "قرمزاطيل").common == 0


def test_the_memory_changes_nothing(lexicon: Lexicon) -> None:
    warm, cold = Analyser(lexicon), Analyser(lexicon)
    forms = [row[0] for row in VERBS] + [row[0] for row in NOUNS] + WHOLE
    for form in reversed(forms):
        look(warm, form)
    for form in forms:
        one, other = look(warm, form), look(cold, form)
        assert (one.starts, one.verbs, one.nouns, one.participles, one.bare) == (
            other.starts, other.verbs, other.nouns, other.participles, other.bare
        )  # fmt: skip


# Each row: a form, whether its last letter was written ta marbuta, the verbs and the nouns it may then be.
CLOSED = [
    ("وزارة", True, set(), set()),  # a ministry; with a pronoun it would be "and he visited it"
    ("وزاره", False, {"زار"}, set()),
    ("أسلحة", True, set(), set()),
    ("حياة", True, set(), set()),
    ("زيارة", True, set(), {"زيارة"}),
    ("زيارته", False, set(), {"زيارة"}),
    ("اجتماعية", True, set(), set()),  # "social", no meeting of his
]


@pytest.mark.parametrize(("form", "closed", "verbs", "nouns"), CLOSED, ids=[row[0] for row in CLOSED])
def test_no_pronoun_is_read_in_a_ta_marbuta(analyser: Analyser, lexicon: Lexicon, form: str, closed: bool, verbs: set[str], nouns: set[str]) -> None:
    word = analyser.word(fold_word(form), closed=closed)
    assert {lexicon.lemmas[v.reading.lemma] for v in word.verbs} == verbs
    assert {lexicon.nouns[n.noun] for n in word.nouns} == nouns


@pytest.mark.parametrize("form", ["الاجتماعي", "هجومي"])
def test_an_adjective_is_no_construct_dual(analyser: Analyser, form: str) -> None:
    assert look(analyser, form).nouns == ()


def test_a_glued_and_goes_before_a_rarer_verb(analyser: Analyser, lexicon: Lexicon) -> None:
    assert lexicon.lemmas[look(analyser, "ودعا").verbs[0].reading.lemma] == "دعا"
    assert look(analyser, "ودعا").verbs[0].conj == "و"


# The preposition glued to a word, judged by how common the word is without it.
GLUED = [("برصاص", "ب"), ("بنيران", "ب"), ("للتشاور", "ل"), ("بحثت", ""), ("كمين", ""), ("لماذا", ""), ("لبنان", "")]


@pytest.mark.parametrize(("form", "preposition"), GLUED, ids=[row[0] for row in GLUED])
def test_glued_prepositions(analyser: Analyser, form: str, preposition: str) -> None:
    assert look(analyser, form).prep == preposition
