"""Closed-class words of Arabic (folded spelling): what ends a phrase, opens a clause, negates or shifts a verb in time."""

from __future__ import annotations

from typing import Final


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


# Prepositions and adverbial prepositions that stand as words of their own.
PREPOSITIONS: Final = _set(
    "في من الي علي عن مع ضد بين حول لدي عند منذ خلال بعد قبل امام تجاه نحو ازاء بشان بخصوص حيال دون بدون عبر وسط تحت فوق قرب رغم ضمن "
    "داخل خارج وراء خلف بسبب عقب اثر حتي مثل لصالح باسم بين لاجل حسب وفق اثناء غداه بواسطه بحضور بمشاركه برئاسه برفقه صوب طوال حوالي "
    "جراء بجانب قبيل بعيد مقابل سوي باتجاه بهدف بغيه لدن جنوب شمال شرق غرب باستثناء بموجب بدعوه بدعوي بناء"
)
# Pronominal prepositions: they fill the place of a party and open no phrase.
PREPOSITION_PRONOUNS: Final = {
    base + suffix: (prep, suffix)
    for prep, base in (
        ("في", "في"), ("من", "من"), ("الي", "الي"), ("علي", "علي"), ("عن", "عن"), ("مع", "مع"), ("ضد", "ضد"), ("بين", "بين"), ("بين", "بين"),
        ("لدي", "لدي"), ("ل", "ل"), ("ب", "ب"), ("تجاه", "تجاه"), ("حول", "حول"), ("امام", "امام"), ("بشان", "بشان"), ("نحو", "نحو"),
    )
    for suffix in ("ه", "ها", "هم", "هما", "هن", "نا", "ك", "كم")
}  # fmt: skip
COMPLEMENTIZERS: Final = _set(
    "ان انه انها انهم انهما انهن اننا اني انني انك انكم بان بانه بانها بانهم بانهما باننا باني بانني بانك لان لانه لانها"
)
AN_FORMS: Final = COMPLEMENTIZERS - {"لان", "لانه", "لانها"}
RELATIVES: Final = _set("الذي التي الذين اللذين اللذان اللتين اللتان اللواتي اللاتي ممن والذي والتي والذين واللذين واللذان واللتين واللتان")
INDEFINITE_RELATIVES: Final = _set("من ما مما عما")
DEMONSTRATIVES: Final = _set("هذا هذه ذلك تلك هذان هذين هاتان هاتين هؤلاء اولئك هولاء اوليك")
CONJUNCTIONS: Final = _set("و او ثم ام بل لكن ولكن لكنه لكنها غير الا حيث اذ اذا لو لولا كما بينما فيما حين حينما عندما لما كي لكي حتي سواء اما فاما ان")
ADVERSATIVES: Final = _set("لكن ولكن لكنه لكنها ولكنه ولكنها بيد")
NEGATIONS_PAST: Final = _set("لم لما ما")
NEGATIONS_FUTURE: Final = _set("لن")
NEGATIONS: Final = _set("لم لن لا ليس ليست ليسوا لسنا لست ما دون بدون غير عدم ولا ولم ولن فلا فلن فلم بلا لما")
FUTURE_WORDS: Final = _set("سوف وسوف فسوف")
MAYBE_WORDS: Final = _set("قد ربما لعل اذا لو ان لولا علما احتمال امكانيه امكان احتمالات")
INTERROGATIVES: Final = _set("هل ماذا لماذا متي كيف اين كم من ما اي ايه لم")
PRONOUNS: Final = _set("هو هي هم هما هن نحن انا انت انتم وهو وهي وهم وهما فهو فهي")
ADVERBS: Final = _set(
    "ايضا كذلك امس اليوم غدا الان حاليا سابقا مؤخرا موخرا اخيرا قريبا رسميا هنا هناك جدا فقط خصوصا خاصه تحديدا مجددا معا سويا مباشره "
    "صباح مساء ظهر فجر ليل صباحا مساء ظهرا لاحقا بعد قبل علنا سرا مرارا بوضوح بشده بقوه مره ثانيه تقريبا هاتفيا بدوره بدورها بدورهم بدورهما "
    "دوما دايما عاده ابدا تكرارا علنيا عموما مطولا كما انذاك حينها وقتها عندئذ عنديذ اذن ختاما بالتالي بالفعل عمليا طبعا نهائيا شخصيا صراحه مطلقا "
    "بعدها بعده قبلها قبله خلالها خلاله اثناءها"
)
AUXILIARIES: Final = _set("كان كانت كانوا كانا كانتا يكون تكون يكونوا وكان وكانت وكانوا وكانا فكان ظل ظلت اصبح اصبحت بات باتت مازال مازالت زال زالت لازال لازالت")
# أنّ and its sisters with the pronoun that is the subject of what follows
TOPIC_PRONOUNS: Final = _set("انه انها انهم بانه بانها بانهم لانه لانها لكنه لكنها ولكنه ولكنها وانه وانها وانهم فانه فانها")
QAD: Final = _set("قد وقد فقد لقد ولقد")
FUNCTION_WORDS: Final = (
    PREPOSITIONS | COMPLEMENTIZERS | RELATIVES | DEMONSTRATIVES | CONJUNCTIONS | NEGATIONS | FUTURE_WORDS | MAYBE_WORDS
    | PRONOUNS | ADVERBS | AUXILIARIES | QAD | frozenset(PREPOSITION_PRONOUNS)
    | _set("كل بعض جميع كافه كلا كلتا معظم اي احد احدي نفس ذات عده عدد غير اخر اخري اخرين اول ثاني ثالث هل يا اما بعد قبل كلاهما حوالي نحو اكثر اقل ابرز اهم")
    | _set("وفقا لمن لابد خلافا طبقا")
)  # fmt: skip

CONJUNCTION_CLITICS: Final = ("و", "ف")
PREPOSITION_CLITICS: Final = ("ب", "ل", "ك")
PRONOUN_SUFFIXES: Final = ("هما", "هم", "هن", "ها", "كم", "نا", "ني", "ه", "ك", "ي")
