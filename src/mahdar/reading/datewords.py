"""The words of dates, folded: weekdays, months as the Arab press names them, units of time, what rules a date out."""

from __future__ import annotations

from types import MappingProxyType
from typing import Final, NamedTuple


class DateWord(NamedTuple):
    """What a token can start or anchor: the name of its reader in :mod:`mahdar.reading.dates` and a number for it."""

    reader: str
    value: int
    glued: bool  # whether the form carries a proclitic


class MonthName(NamedTuple):
    """A month and how much company its name needs: 0 none, 1 a preposition or more, 2 a day or a year."""

    number: int
    needs: int
    hijri: bool = False


def _set(text: str) -> frozenset[str]:
    return frozenset(text.split())


WEEKDAYS: Final = {
    "الاثنين": 0, "الاتنين": 0, "الثلاثاء": 1, "الثلثاء": 1, "الاربعاء": 2, "الخميس": 3, "الجمعه": 4, "السبت": 5,
    "الاحد": 6,
}  # fmt: skip
MONTHS: Final[dict[tuple[str, ...], MonthName]] = {
    tuple(name.split()): MonthName(number, needs)
    for number, needs, names in (
        (1, 0, "يناير,كانون الثاني,كانون ثاني"), (1, 1, "جانفي"),
        (2, 0, "فبراير,شباط,فيفري"),
        (3, 1, "مارس"), (3, 0, "اذار"),
        (4, 0, "ابريل,افريل"), (4, 1, "نيسان"),
        (5, 0, "مايو,ايار"), (5, 2, "ماي"),
        (6, 0, "يونيو,يونيه,حزيران"), (6, 2, "جوان"),
        (7, 0, "يوليو,يوليه,يوليوز,جويليه"), (7, 1, "تموز"),
        (8, 0, "اغسطس,غشت"), (8, 2, "اب,اوت"),
        (9, 0, "سبتمبر,شتنبر,ايلول"),
        (10, 0, "اكتوبر,اوكتوبر,تشرين الاول,تشرين اول"),
        (11, 0, "نوفمبر,نونبر,تشرين الثاني,تشرين ثاني"),
        (12, 0, "ديسمبر,دجنبر,كانون الاول,كانون اول"),
    )
    for name in names.split(",")
} | {
    tuple(name.split()): MonthName(number, 2, True)
    for number, names in (
        (1, "محرم"), (2, "صفر"), (3, "ربيع الاول,ربيع اول"), (4, "ربيع الاخر,ربيع الثاني"),
        (5, "جمادي الاولي,جمادي الاول"), (6, "جمادي الاخره,جمادي الثانيه,جمادي الاخر"), (7, "رجب"), (8, "شعبان"),
        (9, "رمضان"), (10, "شوال"), (11, "ذي القعده,ذو القعده"), (12, "ذي الحجه,ذو الحجه"),
    )
    for name in names.split(",")
}  # fmt: skip

PAST: Final = _set("الماضي المنصرم الفايت الفارط المنقضي الماضيه المنصرمه الفايته الفارطه الماضيين")
FUTURE: Final = _set("المقبل القادم الاتي المقبله القادمه الاتيه المقبلين القادمين")
CURRENT: Final = _set("الجاري الحالي الجاريه الحاليه")
# Words of planning that make a following bare date lie ahead.
AHEAD: Final = _set("المقرر المقرره مقرر مقرره المرتقب المرتقبه مرتقب مرتقبه المزمع المزمعه مقررا المفترض بحلول فبحلول وبحلول اعتبارا ابتداء بدءا")

# What follows them is over: بعد محادثات الخميس, غداة هجوم السبت; not بعد أن, بعد ظهر.
FOLLOWING: Final = _set("بعد عقب اثر غداه وبعد وعقب واثر وغداه")
LEADING: Final = _set("قبل قبيل عشيه وقبل وقبيل")
NO_DEED: Final = _set("ان ظهر غد الغد ما منتصف")

PARTS_OF_DAY: Final = _set("يوم مساء صباح فجر ظهر عصر ليل ليله نهار ضحي")
UNITS: Final = {
    "يوم": ("day", 1), "يوما": ("day", 1), "ايام": ("day", 1), "يومين": ("day", 2),
    "اسبوع": ("week", 1), "اسبوعا": ("week", 1), "اسابيع": ("week", 1), "اسبوعين": ("week", 2),
    "شهر": ("month", 1), "شهرا": ("month", 1), "اشهر": ("month", 1), "شهور": ("month", 1), "شهرين": ("month", 2),
    "عام": ("year", 1), "عاما": ("year", 1), "اعوام": ("year", 1), "عامين": ("year", 2),
    "سنه": ("year", 1), "سنوات": ("year", 1), "سنين": ("year", 1), "سنتين": ("year", 2),
}  # fmt: skip
PLURAL_UNITS: Final = _set("ايام اسابيع اشهر شهور")
ABOUT: Final = _set("نحو حوالي قرابه زهاء اكثر اقل من")
YEAR_NOUNS: Final = _set("عام العام سنه السنه عامي سنتي")
IN: Final = _set(
    "في منذ خلال مطلع نهايه بدايه منتصف اواخر اوائل اوايل اواسط بحلول حتي شهر شهري وفي ومنذ وخلال"
)

# What stands before a weekday that is then none, or belongs to a name: صلاة الجمعة، سوق الأحد، بين الاثنين.
NO_WEEKDAY_BEFORE: Final = _set(
    "امام خطيب صلاه خطبه خطب سوق بين كلا هذين هولاء ال مسجد خان نادي وادي تل ميدان جريده صحيفه"
)
NO_WEEKDAY_AFTER: Final = _set("الاسود العظيمه الحزينه السوداء الدامي")
# Newspapers, channels and set phrases with اليوم.
NO_TODAY_BEFORE: Final = _set(
    "المصري اخبار روسيا راي فلسطين صحيفه جريده عالم ذلك حتي بعد في نفس ذات قناه موقع هذه لغه بنفس"
)
NO_TODAY_AFTER: Final = _set(
    "السابع التالي نفسه ذاته الاول الثاني الثالث الرابع الخامس السادس الثامن التاسع العاشر الاخير الوطني "
    "العالمي الدولي الذي الواحد الموعود الحادي المذكور"
)
# Adjectival العام: الأمين العام الحالي is no year.
NO_YEAR_BEFORE: Final = _set(
    "الامين الامينه المدير المدعي النايب الوكيل القايد المفتش المراقب الراي القطاع الاجماع السكرتير "
    "المندوب المفوض المنسق القنصل المرشد الناطق الادعاء الشان المال المشرف "
    "الاضراب التوجه الاطار الصالح النفع للامين والامين للمدير والمدير للمدعي والمدعي "
    "بالامين للراي والراي للقطاع والقطاع"
)
# Names that contain a date: ثورة 25 يناير، قوى 14 آذار، مدينة 6 أكتوبر، حرب أكتوبر.
NAMED_AFTER_DATE: Final = _set(
    "ثوره ثورتي حرب قوي فريق تحالف تيار انتفاضه ميدان شارع جسر كوبري مدينه جامعه حركه ساحه انقلاب نكسه "
    "انتصارات نصر صحيفه جريده موسسه محور وثوره لثوره بثوره وحرب وقوي لقوي شركه احداث مطار كتيبه مستشفي "
    "ذكري"
)
# Halves and weeks of a month: النصف الأول من يناير is no first of January.
NO_ORDINAL_DAY: Final = _set("النصف الاسبوع الثلث الربع الشهر العقد للنصف الشطر الجزء")
COUNTED: Final = _set(
    "شخص شخصا جندي قتيل دولار متر كيلومتر كلم طن لاجي مقاتل مليون الف صاروخ عنصر وظيفه قريه موقع عايله حاله "
    "صوت"
)


def month_at(form: list[str], at: int, word: str) -> tuple[MonthName, int] | None:
    """The month named from token ``at`` (``word`` is its form without proclitics) and the token behind its name."""
    if at + 1 < len(form):
        pair = MONTHS.get((word, form[at + 1]))
        if pair:
            return pair, at + 2
    single = MONTHS.get((word,))
    return (single, at + 1) if single else None


def _with_clitics(word: str, clitics: str) -> dict[str, bool]:
    """``word`` alone and behind each of the proclitics; ل before the article is written لل."""
    made = {word: False}
    for clitic in clitics.split():
        if word.startswith("ال") and clitic.endswith("ل"):
            made[clitic + word[1:]] = True
        else:
            made[clitic + word] = True
    return made


# A year may stand right behind them.
_PARTS_OF_YEARS: Final = tuple("نهايه بدايه مطلع اواخر اوائل اوايل اواسط منتصف خلال بحلول صيف شتاء خريف بين حتي".split())
# Reader, form, proclitics it is met with.
_ANCHORS: Final = (
    ("today", "اليوم", "و"), ("yesterday", "امس", "و"), ("yesterday", "الامس", "ب وب"), ("yesterday", "البارحه", "و"),
    ("before_yesterday", "اول", "و"), ("of_month", "الجاري", ""),
    ("tomorrow", "غدا", ""), ("tomorrow", "غد", "و ل"), ("tomorrow", "الغد", ""), ("after", "بعد", "و ل"),
    ("tonight", "الليله", "و"), ("week", "الاسبوع", "و ب ل"), ("this_month", "الشهر", "و ب ل"),
    ("year", "العام", "و ل ب"), ("year", "السنه", "و ل ب"), ("year", "عام", "و ل ب"), ("year", "سنه", "و ل ب"),
    ("year", "عامي", "و ل ب"), ("year", "سنتي", "و ل ب"), ("ago", "قبل", "و"), ("ago", "منذ", "و"),
    ("bare_year", "في", "و"), *(("bare_year", word, "و ب ل ول") for word in _PARTS_OF_YEARS), ("numeric", "/", ""), ("numeric", "-", ""),
)  # fmt: skip


def _table() -> dict[str, DateWord]:
    rows = [("weekday", number, word, "و ف ب ل وب ول") for word, number in WEEKDAYS.items()]
    for names, month in MONTHS.items():
        risky = month.needs == 2 and len(names) == 1
        rows.append(("month", 0, names[0], "و" if risky else "و ب ل ف وب ول"))
    rows += [(reader, 0, word, clitics) for reader, word, clitics in _ANCHORS]
    rows += [("eve", -1, "غداه", "و"), ("eve", 1, "عشيه", "و")]
    table: dict[str, DateWord] = {}
    for reader, value, word, clitics in rows:
        for made, glued in _with_clitics(word, clitics).items():
            table[made] = DateWord(reader, value, glued)
    return table


DATE_WORDS: Final = MappingProxyType(_table())


def bare(form: str, word: DateWord) -> str:
    """A table form without its proclitics."""
    if not word.glued:
        return form
    if form.startswith("لل"):
        return "ال" + form[2:]
    if form.startswith("ولل"):
        return "ال" + form[3:]
    return form[2:] if form[:2] in ("وب", "ول") else form[1:]
