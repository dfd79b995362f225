"""Fixed phrases that say when, how or in turn of what something is said: they may stand anywhere between a verb, its subject and what is said.

أكد الوزير في الوقت نفسه استمرار الدعم, تنفي طهران على الدوام السعي إلى, اتهمت بكين من جانبها طوكيو بتضخيم …: what follows such a phrase stands to the verb as if it were not there,
as it does not behind a preposition with a noun of the writer's choice.
"""

from __future__ import annotations

from mahdar.arabic.particles import ADVERBS, AN_FORMS, PREPOSITIONS

_SAME = frozenset("نفسه نفسها ذاته ذاتها عينه عينها".split())
_SIDES = frozenset("جانبه جانبها جانبهم جانبهما جهته جهتها جهتهم جهتهما ناحيته ناحيتها ناحيتهم جديد قبل ناحيه".split())
_MOMENTS = frozenset("سابق لاحق متاخر مبكر واحد".split())
_MANNERS = frozenset("بشكل بصوره بطريقه بوجه بنحو بلهجه بنبره بصفه".split())
_ORDINALS = frozenset("الاولي الثانيه الثالثه الرابعه الخامسه السادسه الاخيره".split())
_AGAIN = frozenset("اخري ثانيه جديده".split())
_TOPICS = frozenset("الصدد السياق الاطار الشان الجانب المجال الخصوص المضمار".split())
_PLAIN = ADVERBS - PREPOSITIONS - {"كما"}
# Two words that belong together, whatever stands around them.
_PAIRS = frozenset((
    ("في", "المقابل"), ("في", "الاثناء"), ("في", "الختام"), ("في", "السابق"), ("في", "البدايه"), ("في", "النهايه"), ("علي", "الدوام"), ("علي", "الفور"), ("علي", "الاقل"),
    ("لاول", "مره"), ("غير", "مره"), ("حتي", "الان"), ("حتي", "اليوم"), ("منذ", "البدايه"), ("في", "العلن"), ("من", "جهه"), ("بادي", "الامر"), ("في", "الاونه"),
))  # fmt: skip
_ONE = frozenset("بالمقابل بدوره بدورها بدورهم بالتالي مرارا تكرارا وتكرارا بقوه بشده بوضوح بصراحه بحزم بحسم دوما دايما ايضا كذلك".split())
_COMMAS = frozenset(("،", ","))
# What opens a description between commas: ، أحد مستشاري الرئيس، ، وهي أكبر شركات الشحن،
_DESCRIBING = frozenset("احد احدي وهو وهي وهم وهما واسمه واسمها".split())
_SAYING = AN_FORMS | {":", '"', "."}
_LONGEST = 20  # tokens of such a description


def aside(forms: list[str], i: int, limit: int) -> int:
    """The token behind the fixed phrase that starts at ``i``, or ``i`` where none does."""
    form = forms[i]
    if form in _ONE or form in _PLAIN:
        return i + 1
    following = forms[i + 1] if i + 1 < limit else ""
    third = forms[i + 2] if i + 2 < limit else ""
    if form == "في":
        if following == "الوقت" and third in _SAME or following in ("نفس", "ذات") and third == "الوقت" or following == "وقت" and third in _MOMENTS:
            return i + 3
        if following == "هذا" and third in _TOPICS or following in _TOPICS and third in _SAME:
            return i + 3
    if form == "من" and following in _SIDES and following != "قبل" or form == "للمره" and following in _ORDINALS or form == "مره" and following in _AGAIN:
        return i + 3 if following == "جهه" and third in _AGAIN else i + 2
    if form == "اكثر" and following == "من" and third == "مره" or form == "من" and following == "جهه" and third in _AGAIN:
        return i + 3
    if form == "في" and following == "اكثر" and third == "من" and i + 3 < limit and forms[i + 3] in ("مره", "مناسبه"):
        return i + 4
    if (form, following) in _PAIRS or form in _MANNERS and following:
        return i + 2
    return _description(forms, i, limit)


def _description(forms: list[str], i: int, limit: int) -> int:
    """The comma that closes a description of whoever stands in front of it, or ``i`` where none opens, or words are reported before it closes."""
    if forms[i] not in _DESCRIBING or i == 0 or forms[i - 1] not in _COMMAS:
        return i
    for j in range(i + 1, min(i + _LONGEST, limit)):
        if forms[j] in _COMMAS:
            return j
        if forms[j] in _SAYING:
            return i
    return i
