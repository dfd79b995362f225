"""Dates: every row is a text with the expected mentions in [brackets], and their value, precision, relation, rule."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from mahdar.arabic.fold import fold
from mahdar.arabic.tokens import Tokens, tokenize
from mahdar.reading.calendar import Look
from mahdar.reading.dates import DateMention, find_dates
from mahdar.reading.reader import Reader
from mahdar.reading.timeplace import DateChooser, anchor_date
from mahdar.record import Article

WEDNESDAY = "2015-08-05"


def read(
    marked: str, published: str | None = WEDNESDAY, look_at: Callable[[int], Look] | None = None
) -> tuple[list[str], list[str], list[DateMention]]:
    """The phrases marked, the phrases found, and the mentions."""
    text = re.sub(r"[\[\]]", "", marked)
    tokens: Tokens = tokenize(fold(text))
    found = find_dates(tokens, published, look_at)
    # marks stripped by folding at the end of a token (هـ) belong to no span
    phrases = [text[tokens.start[item.first] : tokens.end[item.last - 1]] for item in found]
    return [phrase.rstrip("ـ") for phrase in re.findall(r"\[(.*?)\]", marked)], phrases, found


def summary(item: DateMention) -> str:
    return f"{item.value or '-'} {item.precision} {item.relation} {item.rule.removeprefix('date.')}"


# Published on Wednesday 5 August 2015.
TABLE = [
    # weekdays
    ("قال الوزير [الاثنين] إن بلاده ستشارك", ["2015-08-03 day none weekday"]),
    ("وصل الوفد [يوم الإثنين] إلى القاهرة", ["2015-08-03 day none weekday"]),
    ("وصل الوفد [الأربعاء] إلى القاهرة", ["2015-08-05 day none weekday"]),
    ("التقاه [مساء الثلاثاء] في عمان", ["2015-08-04 day none weekday"]),
    ("غادر [الخميس] بغداد", ["2015-07-30 day none weekday"]),
    ("أعلن [الجمعة] استقالته", ["2015-07-31 day none weekday"]),
    ("قصفت الطائرات [فجر السبت] مواقع", ["2015-08-01 day none weekday"]),
    ("عقدت [صباح يوم الأحد] جلسة", ["2015-08-02 day none weekday"]),
    ("قال [الثلثاء] إنه باق", ["2015-08-04 day none weekday"]),
    ("اجتمعا [بعد ظهر الأحد] في جنيف", ["2015-08-02 day none weekday"]),
    ("التقى [الاثنين الماضي] نظيره", ["2015-08-03 day past weekday"]),
    ("التقى [الأربعاء الماضي] نظيره", ["2015-07-29 day past weekday"]),
    ("زار موسكو [السبت المنصرم]", ["2015-08-01 day past weekday"]),
    ("يصل [الاثنين المقبل] إلى باريس", ["2015-08-10 day future weekday"]),
    ("يصل [يوم الأربعاء القادم] إلى باريس", ["2015-08-12 day future weekday"]),
    ("زار المدينة [الجمعة قبل الماضي]", ["2015-07-24 day past weekday"]),
    ("تهدأ الجبهات اعتبارا من منتصف [ليل الأحد] في الشرق", ["2015-08-09 day none weekday"]),
    ("تغلق الطرق بدءا من [الجمعة] في العاصمة", ["2015-08-07 day none weekday"]),
    ("جلسة مقررة [الخميس] في فيينا", ["2015-08-06 day none weekday"]),
    ("من المقرر أن يلتقي الرئيسان [الجمعة] في سوتشي", ["2015-08-07 day none weekday"]),
    ("بين [الاثنين والخميس] عقدت جلسات", ["2015-08-03 range none weekday"]),
    ("أطلقت النار [ليل الخميس الجمعة] على الحاجز", ["2015-07-30 day none weekday"]),
    ("أطلقت النار [ليل السبت - الأحد] على الحاجز", ["2015-08-01 day none weekday"]),
    ("اجتمعوا يومي [الاثنين والثلاثاء] في مسقط", ["2015-08-03 range none weekday"]),
    ("يجتمعون يومي [الأربعاء والخميس المقبلين] في مسقط", ["2015-08-12 range future weekday"]),
    ("عقدت [الأحد] [والاثنين] جلستان", ["2015-08-02 day none weekday", "2015-08-03 day none weekday"]),
    ("أرجئت الجلسة [للاثنين المقبل] بطلب منه", ["2015-08-10 day future weekday"]),
    ("تصدر المجلة كل يوم أحد مجانا", []),
    ("تجتمع الحكومة كل [يوم الخميس] عادة", ["- none none weekday"]),
    # days near publication
    ("قال [اليوم] إن الاتفاق قريب", ["2015-08-05 day none relative"]),
    ("وصل [اليوم الأربعاء] إلى الدوحة", ["2015-08-05 day none relative"]),
    ("وصل [اليوم الثلاثاء] إلى الدوحة", ["2015-08-04 day none relative"]),
    ("غادر [صباح اليوم] إلى أنقرة", ["2015-08-05 day none relative"]),
    ("أعلن [أمس] عن الزيارة", ["2015-08-04 day past relative"]),
    ("أعلن [مساء أمس الثلاثاء] عن الزيارة", ["2015-08-04 day past relative"]),
    ("أعلن [أمس، الاثنين] عن الزيارة", ["2015-08-03 day past relative"]),
    ("أعلن [أمس (الثلاثاء)] عن الزيارة", ["2015-08-04 day past relative"]),
    ("أعلن [مساء اليوم \"الأربعاء\"] عن الزيارة", ["2015-08-05 day none relative"]),
    ("أعلن [أمس/ الثلاثاء/] عن الزيارة", ["2015-08-04 day past relative"]),
    ("أعلن [اليوم - الأربعاء -] عن الزيارة", ["2015-08-05 day none relative"]),
    ("أعلن [أمس الأربعاء] عن الزيارة", ["2015-08-05 day past relative"]),  # the day of publication is one too early
    ("يلتقي الوزيران [غدا الأربعاء] في روما", ["2015-08-05 day future relative"]),  # put out a day late
    ("يلتقي الوزيران [غدا السبت] في روما", ["2015-08-08 day future relative"]),
    ("أعلن [بالأمس] عن الزيارة", ["2015-08-04 day past relative"]),
    ("أعلن [أمس الأول] عن الزيارة", ["2015-08-03 day past relative"]),
    ("أعلن [أول أمس] عن الزيارة", ["2015-08-03 day past relative"]),
    ("أعلن [أول من أمس الاثنين] عن الزيارة", ["2015-08-03 day past relative"]),
    ("يلتقي الوزيران [غدا] في روما", ["2015-08-06 day future relative"]),
    ("يلتقي الوزيران [غدا الخميس] في روما", ["2015-08-06 day future relative"]),
    ("يلتقي الوزيران [يوم غد] في روما", ["2015-08-06 day future relative"]),
    ("تنطلق القمة [بعد غد الجمعة] في روما", ["2015-08-07 day future relative"]),
    ("يلقي الرئيس كلمة [الليلة] في القصر", ["2015-08-05 day none relative"]),
    ("قصفت البلدة [الليلة الماضية] بعنف", ["2015-08-04 day past relative"]),
    ("وصل [قبل ثلاثة أيام] إلى طهران", ["2015-08-02 day past relative"]),
    ("وصل [قبل يومين] إلى طهران", ["2015-08-03 day past relative"]),
    ("وصل [قبل 10 أيام] إلى طهران", ["2015-07-26 day past relative"]),
    ("وصل [قبل أيام] إلى طهران", ["- none past relative"]),
    ("يخوضان الحرب [منذ أسبوعين] هناك", ["2015-07 range past relative"]),
    ("غادر المنصب [قبل شهرين] بهدوء", ["2015-06 month past relative"]),
    ("اندلع النزاع [منذ عامين] هناك", ["2013 year past relative"]),
    ("انتهت الحرب [قبل 35 عاما] بلا سلام", ["1980 year past relative"]),
    ("وقعت المعاهدة [قبل نحو ثلاثين سنة] تقريبا", ["1985 year past relative"]),
    # weeks, months, years
    ("زار الوفد باريس [الأسبوع الماضي] سرا", ["- range past week"]),
    ("تنعقد القمة [هذا الأسبوع] في كامب ديفيد", ["2015-08 range none week"]),
    ("تنعقد القمة [الأسبوع المقبل] في كامب ديفيد", ["2015-08 range future week"]),
    ("وقع الاتفاق [الشهر الماضي] في فيينا", ["2015-07 month past month"]),
    ("يوقع الاتفاق [الشهر المقبل] في فيينا", ["2015-09 month future month"]),
    ("تبدأ المناورات [الشهر الجاري] في البحر", ["2015-08 month none month"]),
    ("وصل في [15 من الشهر الماضي] إلى أربيل", ["2015-07-15 day past day"]),
    ("وصل في [الثاني من الشهر الجاري] إلى أربيل", ["2015-08-02 day none day"]),
    ("وصل في [3 الجاري] إلى أربيل", ["2015-08-03 day none day"]),
    ("قتل 20 [الشهر الماضي] هناك", ["2015-07 month past month"]),
    ("فرضت العقوبات [العام الماضي] بقرار", ["2014 year past year"]),
    ("تنتهي الولاية [العام المقبل] دستوريا", ["2016 year future year"]),
    ("تتسلم الرئاسة [هذا العام] دوريا", ["2015 year none year"]),
    ("قطعت العلاقات [السنة الماضية] رسميا", ["2014 year past year"]),
    ("بدأت الثورة [عام 2011] في درعا", ["2011 year none year"]),
    ("بدأت الثورة [سنة 2011] في درعا", ["2011 year none year"]),
    ("اتفاق [العام 2015] النووي", ["2015 year none year"]),
    ("في [2013] أطيح بالرئيس", ["2013 year none year"]),
    ("بين [عامي 2003 و2011] قتل كثيرون", ["2003 range none year"]),
    # months
    ("زار بكين في [مايو] برفقة وفد", ["2015-05 month none month"]),
    ("زار بكين في [أكتوبر] برفقة وفد", ["2014-10 month none month"]),
    ("زار بكين في [أكتوبر الماضي] برفقة وفد", ["2014-10 month past month"]),
    ("يزور بكين في [أكتوبر المقبل] برفقة وفد", ["2015-10 month future month"]),
    ("يزور بكين في [يونيو المقبل] برفقة وفد", ["2016-06 month future month"]),
    ("زار بكين في [أغسطس الماضي] برفقة وفد", ["2014-08 month past month"]),
    ("وقع الهجوم في [مارس 2013] في حلب", ["2013-03 month none month"]),
    ("وقع الهجوم في [شهر مارس] في حلب", ["2015-03 month none month"]),
    ("وقع الهجوم في [آذار الماضي] في حلب", ["2015-03 month past month"]),
    ("انعقد في [تشرين الثاني/نوفمبر 2014] في مسقط", ["2014-11 month none month"]),
    ("انعقد في [كانون الثاني (يناير) 2015] في مسقط", ["2015-01 month none month"]),
    ("انعقد في [أيار مايو] في مسقط", ["2015-05 month none month"]),
    ("انتخابات متوقعة بحلول [كانون الأول/ديسمبر] في البلاد", ["2015-12 month none month"]),
    ("زار تونس في [جانفي 2015] رسميا", ["2015-01 month none month"]),
    ("زار الرباط في [غشت 2014] رسميا", ["2014-08 month none month"]),
    ("انفصلت في [أغسطس من العام الماضي] عن الحزب", ["2014-08 month past month"]),
    ("انفصلت في [يوليو من عام 2013] عن الحزب", ["2013-07 month none month"]),
    ("فاوضوا بين [مارس وأبريل من العام الماضي] سرا", ["2014-03 range past month"]),
    ("فاوضوا في [أيلول/سبتمبر] [وتشرين الأول/أكتوبر 2013]", ["2013-09 month none month", "2013-10 month none month"]),
    # days of months
    ("ولد في [15 أكتوبر 2014] الاتفاق", ["2014-10-15 day none full"]),
    ("ولد في [١٥ تشرين الأول/أكتوبر ٢٠١٤] الاتفاق", ["2014-10-15 day none full"]),
    ("وقع في [14 تموز/يوليو] الاتفاق", ["2015-07-14 day none day"]),
    ("وقع في [12 أيلول/سبتمبر] الاتفاق", ["2014-09-12 day none day"]),
    ("من المقرر توقيعه في [12 أيلول/سبتمبر] هناك", ["2015-09-12 day none day"]),
    ("بدأت في [5 أغسطس الماضي] العملية", ["2014-08-05 day past day"]),
    ("بدأت في [3 أغسطس الجاري] العملية", ["2015-08-03 day none day"]),
    ("تبدأ في [20 أغسطس المقبل] العملية", ["2015-08-20 day future day"]),
    ("سيطروا في [الحادي والعشرين من سبتمبر] على صنعاء", ["2014-09-21 day none day"]),
    ("ألقى في [الأول من يناير 2015] كلمة", ["2015-01-01 day none full"]),
    ("ألقى في [الخامس عشر من مايو] كلمة", ["2015-05-15 day none day"]),
    ("زار الجزائر في [24 أوت 2014] رسميا", ["2014-08-24 day none full"]),
    ("زار الجزائر في [8 ماي 2015] رسميا", ["2015-05-08 day none full"]),
    ("يصل في [السادس والعشرين الجاري] إلى أربيل", ["2015-08-26 day none day"]),
    ("اجتمعوا في [السادس والسابع من مارس] في مسقط", ["2015-03-06 range none day"]),
    ("قمة في [السادس والعشرين والسابع والعشرين من مايو] في مسقط", ["2015-05-26 range none day"]),
    ("في [22 آب] وصل المبعوث", ["2014-08-22 day none day"]),
    ("من [5 إلى 7 مايو] عقدت القمة", ["2015-05-05 range none day"]),
    ("يومي [5 و6 مايو 2015] عقدت القمة", ["2015-05-05 range none full"]),
    ("من [28 أبريل إلى 3 مايو 2015] عقدت القمة", ["2015-04-28 range none day"]),
    ("وقع [الثلاثاء 14 يوليو 2015] الاتفاق", ["2015-07-14 day none full"]),
    ("وقع [الثلاثاء الموافق 14 يوليو] الاتفاق", ["2015-07-14 day none day"]),
    ("وصل [اليوم الأربعاء 5 آب/أغسطس 2015] إلى بيروت", ["2015-08-05 day none full"]),
    ("هجمات [11 سبتمبر 2001] غيرت العالم", ["2001-09-11 day none full"]),
    ("يومي [الأربعاء والخميس 5 و6 أغسطس] في مسقط", ["2015-08-05 range none day"]),
    ("وصل [الخميس 6 أغسطس] إلى بيروت", ["2015-08-06 day none day"]),
    ("وصل [الأربعاء 6 أغسطس] إلى بيروت", ["2014-08-06 day none day"]),
    ("يبدأ في [أول سبتمبر المقبل] العمل", ["2015-09-01 day future day"]),
    ("بدأ في [الفاتح من مارس] العمل", ["2015-03-01 day none day"]),
    # numeric
    ("صدر بتاريخ [2014/10/15] القرار", ["2014-10-15 day none numeric"]),
    ("صدر بتاريخ [15/10/2014] القرار", ["2014-10-15 day none numeric"]),
    ("صدر بتاريخ [15-10-2014] القرار", ["2014-10-15 day none numeric"]),
    ("صدر في [15/7] القرار", ["2015-07-15 day none numeric"]),
    ("صدر [الثلاثاء 14/7/2015] القرار", ["2015-07-14 day none numeric"]),
    ("صدر في [5/أغسطس/2014] القرار", ["2014-08-05 day none full"]),
    # Islamic calendar
    ("صدر في [12 رجب 1435] القرار", ["2014-05-11 day none hijri"]),
    ("صدر في [12 رجب 1436هـ] القرار", ["2015-05-01 day none hijri"]),
    ("صدر في [20 شوال 1436هـ الموافق 5 أغسطس 2015] القرار", ["2015-08-05 day none full"]),
    ("صدر في [العاشر من محرم] القرار", ["2014-11-03 day none hijri"]),
    ("نظام صدر [عام 1412هـ] في المملكة", ["- year none hijri"]),
    # several in one text
    ("قال [الاثنين] إنه زار باريس [الشهر الماضي] وروما [عام 2012]",
     ["2015-08-03 day none weekday", "2015-07 month past month", "2012 year none year"]),
    ("بحثا [أمس] ما جرى في [يوليو] بعد اتفاق [14 يوليو]",
     ["2015-08-04 day past relative", "2015-07 month none month", "2015-07-14 day none day"]),
    ("استقبل [الأحد] ثم غادر [الثلاثاء] ليعود [غدا]",
     ["2015-08-02 day none weekday", "2015-08-04 day none weekday", "2015-08-06 day future relative"]),
]  # fmt: skip


@pytest.mark.parametrize(("marked", "expected"), TABLE, ids=[row[0] for row in TABLE])
def test_find_dates(marked: str, expected: list[str]) -> None:
    wanted, phrases, found = read(marked, look_at=lambda _: "told")
    assert phrases == wanted
    assert [summary(item) for item in found] == expected


# Must not fire.
SILENT = [
    "نقلت صحيفة المصري اليوم عن الوزير",
    "قال لصحيفة أخبار اليوم إنه متفائل",
    "نقل موقع اليوم السابع عن مصدر",
    "ذكرت قناة روسيا اليوم أن الوفد وصل",
    "في اليوم الثاني من الزيارة",
    "لليوم الثالث على التوالي",
    "ينتج مليون برميل في اليوم",
    "احتفلت باليوم الوطني",
    "في ذلك اليوم لم يحدث شيء",
    "مارس ضغوطا على الحكومة",
    "ومارس التهديد مرارا",
    "التقى رئيسة الوزراء تيريزا ماي في لندن",
    "قالت ماي إن حكومتها مستعدة",
    "أب لثلاثة أطفال",
    "باب المندب مغلق",
    "قوى 14 آذار رفضت الحوار",
    "أهداف ثورة 25 يناير",
    "هجمات 11 سبتمبر غيرت العالم",
    "سكان مدينة 6 أكتوبر",
    "ذكرى حرب أكتوبر",
    "صحيفة تشرين الرسمية",
    "الرئيس رجب طيب أردوغان",
    "النائب شعبان عبد الرحيم",
    "انتهت المباراة 2 - صفر",
    "قدر 1/2 من السكان",
    "فاز الفريق بنتيجة 3-2 على ضيفه",
    "الأمين العام الحالي للحلف",
    "الأمين العام للأمم المتحدة",
    "الرأي العام الأميركي",
    "خلافات بين الاثنين حول الحل",
    "إمام الجمعة في طهران",
    "سوق الأحد في العاصمة",
    "الوزير الأول والوزير الثاني",
    "قبل الزيارة وبعد الاجتماع",
    "قبل ثلاثة أيام من الزيارة",
    "قبل يومين فقط من الزيارة",
    "تنتهي في اليوم السادس الجاري عده",
    "منذ سنوات طويلة",
    "في 2000 قرية",
    "نشر 1500 جندي في المنطقة",
    "غدا الوضع صعبا",
    "الشهر والأسبوع والعام",
    "الملك محمد السادس والرئيس",
    "بعد الحرب في البلاد",
    "أول زيارة منذ الأزمة",
    "الليلة الواحدة في الفندق",
    "المادة 5 من الاتفاق",
]  # fmt: skip


@pytest.mark.parametrize("text", SILENT)
def test_no_date(text: str) -> None:
    assert read(text)[1] == []


def test_half_of_a_month_is_no_day() -> None:
    _, phrases, found = read("في النصف الأول من يناير 2014")
    assert phrases == ["يناير 2014"]
    assert found[0].value == "2014-01"


# What an act is counted from: the day the report tells of.
COUNTED = [
    ("[غداة] لقاء الوزيرين في موسكو", ["2015-08-04 day past since"]),
    ("[عشية] القمة قال الوزير", ["2015-08-06 day future since"]),
    ("جاء [بعد يومين من] لقاء في موسكو", ["2015-08-03 day past since"]),
    ("جاء [بعد يوم واحد من] القصف", ["2015-08-04 day past since"]),
    ("جاء [بعد أسبوع من] القصف", ["2015-07-29 day past since"]),
    ("جاء [بعد شهرين على] زيارته", ["2015-06 month past since"]),
    ("زار بغداد [قبل أسبوع] للمرة الأولى", ["2015-07-29 range past relative"]),
    ("[بعد غد] يلتقيان", ["2015-08-07 day future relative"]),
    ("قال بعد أيام من اللقاء", []),
    ("قال بعد اليوم لن نصمت", []),
    ("وقعاه بعد عامين", []),
]


@pytest.mark.parametrize(("marked", "expected"), COUNTED)
def test_counted_from_an_act(marked: str, expected: list[str]) -> None:
    wanted, phrases, found = read(marked)
    assert phrases == wanted
    assert [summary(item) for item in found] == expected


# Published on Wednesday 5 August 2015: what governs a bare date, and the day it then is.
LOOKS: list[tuple[str, Look, str]] = [
    ("يتوجه إلى باريس [الخميس]", "present", "2015-08-06"),
    ("يتحدث في باريس [الثلاثاء]", "present", "2015-08-04"),
    ("سيصل إلى باريس مساء [الثلاثاء]", "future", "2015-08-04"),
    ("لقاء كان مقررا [الخميس]", "none", "2015-08-06"),
    ("لقاء كان مقررا [الاثنين]", "none", "2015-08-03"),
    ("سيصل بعد محادثات [الخميس] في روما", "future", "2015-07-30"),
    ("التقاه قبل قمة [الخميس] في روما", "past", "2015-08-06"),
    ("يقاتل هناك منذ [الخميس]", "present", "2015-07-30"),
    ("اتفقا على لقاء في [20 أغسطس]", "past", "2015-08-20"),
    ("التقيا في [20 أغسطس]", "told", "2014-08-20"),
    ("يلتقيان في [20 نوفمبر]", "present", "2015-11-20"),
    ("اللقاء في [20 نوفمبر]", "none", "2014-11-20"),
    ("لقاء في [سبتمبر] بينهما", "none", "2015-09"),
    ("التقيا في [سبتمبر] مرة", "told", "2014-09"),
    ("اللقاء يوم [الخميس 20 أغسطس] بينهما", "none", "2015-08-20"),
    ("اللقاء [الجمعة 20 أغسطس] بينهما", "none", "2015-08-20"),
    # the Islamic months begin a day apart from land to land: the weekday decides
    ("اللقاء [الأحد 18 شوال 1436هـ] بينهما", "none", "2015-08-02"),
    ("اللقاء [الاثنين 18 شوال 1436هـ] بينهما", "none", "2015-08-03"),
]


@pytest.mark.parametrize(("marked", "look", "value"), LOOKS)
def test_where_a_bare_date_lies(marked: str, look: Look, value: str) -> None:
    assert [item.value for item in read(marked, look_at=lambda _: look)[2]] == [value]


FUTURE = [
    ("سيلتقي نظيره [الجمعة] في جنيف", "2015-08-07"),
    ("سيلتقي نظيره [الأربعاء] في جنيف", "2015-08-05"),
    ("سيلتقي نظيره [الجمعة الماضي] في جنيف", "2015-07-31"),
    ("سيلتقي نظيره في [سبتمبر] في جنيف", "2015-09"),
    ("سيلتقي نظيره في [مايو] في جنيف", "2016-05"),
    ("سيلتقي نظيره في [12 سبتمبر] في جنيف", "2015-09-12"),
]


@pytest.mark.parametrize(("marked", "value"), FUTURE)
def test_future_verb(marked: str, value: str) -> None:
    wanted, phrases, found = read(marked, look_at=lambda _: "future")
    assert phrases == wanted
    assert found[0].value == value


UNDATED = [
    ("وصل [الاثنين] إلى باريس", None),
    ("وصل [أمس] إلى باريس", None),
    ("وصل [الشهر الماضي] إلى باريس", None),
    ("وصل في [مايو] إلى باريس", None),
    ("وصل في [5 مايو] إلى باريس", None),
    ("وصل [قبل عامين] إلى باريس", None),
    ("وصل في [5 مايو 2014] إلى باريس", "2014-05-05"),
    ("وصل [عام 2014] إلى باريس", "2014"),
]


@pytest.mark.parametrize(("marked", "value"), UNDATED)
def test_without_publication(marked: str, value: str | None) -> None:
    wanted, phrases, found = read(marked, published=None)
    assert phrases == wanted
    assert [item.value for item in found] == [value]


@pytest.mark.parametrize("published", ["", "قبل", "2015-13-40"])
def test_bad_publication_date(published: str) -> None:
    assert read("وصل [أمس]", published)[2][0].value is None


def test_year_boundary() -> None:
    assert read("زار في [ديسمبر الماضي]", "2016-01-10")[2][0].value == "2015-12"
    assert read("زار [الشهر الماضي]", "2016-01-10")[2][0].value == "2015-12"
    assert read("من [28 ديسمبر إلى 3 يناير 2016]", "2016-01-10")[2][0].value == "2015-12-28"
    assert read("يزور في [يناير المقبل]", "2015-12-10")[2][0].value == "2016-01"
    assert read("في [29 فبراير 2015]")[2][0].value is None


@pytest.mark.parametrize("text", ["", "في", "قبل", "من 5 إلى", "/", "1/", "/1", "الـ", "أول", "15", "شهر", "5 من"])
def test_fragments_do_not_fail(text: str) -> None:
    assert read(text)[2] == []


# The days an act may have, besides its own sentence's: published on Wednesday 5 August 2015.
CANDIDATES = [
    # the day told just before
    ("وصل لافروف إلى القاهرة الاثنين. والتقى لافروف شكري في قصر الاتحادية.", "2015-08-03"),
    # counted from the day the report tells of
    ("قال لافروف الاثنين إن بلاده راضية. وجاء ذلك غداة لقاء بين لافروف وشكري في القاهرة.", "2015-08-02"),
]


# Weekdays in what a verb of saying brings look where its own verb does.
BROUGHT = [
    ("حذر لافروف من أن لقاء الجمعة مع كيري قد يفشل.", ["2015-08-07"]),
    ("قال لافروف إن لقاء الجمعة مع كيري سيبحث الأزمة.", ["2015-08-07"]),
    ("قال لافروف إن لقاء الجمعة مع كيري بحث الأزمة.", ["2015-07-31"]),
    ("قال لافروف إن لقاء الجمعة والسبت مع كيري سيبحث الأزمة.", ["2015-08-07", "2015-08-08"]),
    ("التقى لافروف كيري الجمعة والسبت في باريس.", ["2015-07-31", "2015-08-01"]),
    # قد has a verb of the present behind it, known or not
    ("حذر لافروف من أن قمة الجمعة في باريس قد يشوبها التوتر.", ["2015-08-07"]),
    ("قال لافروف إن قمة الجمعة في باريس لم يشبها التوتر.", ["2015-07-31"]),
    # a day set off by commas belongs to what stands before them
    ("يعتزم كيري لقاء شكري بعد لقائه، الجمعة، وزير الخارجية الروسي.", ["2015-07-31"]),
    ("يعتزم كيري لقاء شكري، الجمعة، في القاهرة.", ["2015-08-07"]),
    # a month that a verb of the present brings may lie half a year ahead
    ("تعقد الدول المانحة مؤتمرا في لندن في ديسمبر.", ["2015-12"]),
    ("عقدت الدول المانحة مؤتمرا في لندن في ديسمبر.", ["2014-12"]),
]


@pytest.mark.parametrize(("text", "values"), BROUGHT)
def test_where_reported_words_look(reader: Reader, text: str, values: list[str]) -> None:
    assert [d.value for d in reader.propose(Article("a", text, published=WEDNESDAY)).dates] == values


# The day of the first event of a type: what took place is not still to come, nor on a day counted from what stands behind it.
DAYS = [
    ("دعا لافروف كيري الاثنين إلى لقاء في 20 أغسطس.", "REQUEST", "2015-08-03"),
    ("التقى لافروف كيري في باريس الثلاثاء. وبحث لافروف مع شكري مؤتمرا يعقد في 20 أغسطس.", "CONSULT", "2015-08-04"),
    ("التقى لافروف كيري في باريس الثلاثاء، بعد شهرين من الاتفاق بين روسيا وإيران.", "CONSULT", "2015-08-04"),
    ("تبنت مصر خطة لعام 2020. واتهمت قطر إيران بدعم الحوثيين.", "ACCUSE", None),
    # whose day is that on which a truce begins: not the meeting's; and talks behind "after" are over
    ("توصلت روسيا وإيران الثلاثاء إلى هدنة اعتبارا من السبت المقبل، بعد محادثات بين لافروف وظريف.", "CONSULT", "2015-08-04"),
    ("أعلنت تركيا الثلاثاء عقد قمة في أكتوبر المقبل، عقب محادثات بين لافروف وظريف.", "CONSULT", "2015-08-04"),
]


@pytest.mark.parametrize(("text", "type_", "day"), DAYS)
def test_days_that_cannot_be(reader: Reader, text: str, type_: str, day: str | None) -> None:
    record = reader.read(Article("a", text, published=WEDNESDAY))
    assert [e.date for e in record.events if e.type == type_][:1] == [day]


# Of several tellings of one meeting, the one that knows its day.
KNOWN_BETTER = [
    ("سيلتقي لافروف كيري في سبتمبر المقبل. ويعقد لقاء لافروف وكيري في 12 سبتمبر المقبل في باريس.", "2015-09-12"),
    ("سيلتقي لافروف كيري في سبتمبر المقبل. ويعقد لقاء لافروف وكيري في باريس.", "2015-09"),
    ("سيلتقي لافروف كيري في باريس. ويعقد لقاء لافروف وكيري في 12 سبتمبر المقبل.", "2015-09-12"),
]


@pytest.mark.parametrize(("text", "day"), KNOWN_BETTER)
def test_which_telling_gives_the_day(reader: Reader, text: str, day: str) -> None:
    record = reader.read(Article("a", text, published=WEDNESDAY))
    assert [e.date for e in record.events if e.type == "CONSULT"] == [day]


def test_a_day_before_a_year(reader: Reader) -> None:
    """A year is that of something the sentence names, a day the act's own."""
    text = "دانت قطر انسحاب واشنطن من الاتفاق المبرم مع إيران عام 2013. وجاء انسحاب واشنطن من الاتفاق مع إيران الثلاثاء."
    record = reader.read(Article("a", text, published=WEDNESDAY))
    assert [e.date for e in record.events if e.type == "SANCTION"] == ["2015-08-04"]


# Days told by those before them, and years behind words of time.
TOLD_AGAIN = [
    ("زار لافروف مصر في 3 مايو 2013، وزار قطر في 21 أغسطس من العام ذاته.", ["2013-05-03", "2013-08-21"]),
    ("زار لافروف مصر في 3 مايو 2013، وزار قطر في العام نفسه.", ["2013-05-03", "2013"]),
    ("زار لافروف مصر في 3 مايو 2013، وزار قطر في العام التالي.", ["2013-05-03", "2014"]),
    ("زار لافروف مصر في 3 مايو 2013، وزار قطر نهاية الشهر نفسه.", ["2013-05-03", "2013-05"]),
    ("زار لافروف مصر في 31 مايو 2013، وزار قطر في اليوم التالي.", ["2013-05-31", "2013-06-01"]),
    ("زار لافروف مصر في مايو 2013، وزار قطر في اليوم التالي.", ["2013-05"]),
    ("زار لافروف مصر في اليوم التالي.", []),
    ("زار لافروف مصر نهاية 2013.", ["2013"]),
    ("زار لافروف مصر خلال 2013.", ["2013"]),
    ("نشرت قطر خلال 2013 جنديا قوات.", []),
    ("نزح بين 2000 و2500 لاجئ.", []),
    ("زار لافروف مصر بين 2011 و2013.", ["2011"]),
    # a report written the day before it was put out
    ("زار لافروف مصر اليوم الثلاثاء، والتقى كيري أمس، ويلتقي شكري غدا.", ["2015-08-04", "2015-08-03", "2015-08-05"]),
    ("زار لافروف مصر أمس الثلاثاء، والتقى كيري اليوم.", ["2015-08-04", "2015-08-05"]),
]


@pytest.mark.parametrize(("text", "values"), TOLD_AGAIN)
def test_days_told_by_other_days(reader: Reader, text: str, values: list[str]) -> None:
    assert [d.value for d in reader.propose(Article("a", text, published=WEDNESDAY)).dates] == values


# What اليوم is in a report of Tuesday that is put out on Wednesday; set against the day of the report it is another.
TODAY = [
    ("دان لافروف الهجوم الثلاثاء. واتهم كيري اليوم بالكذب.", {"2015-08-04"}),
    ("دان لافروف الهجوم الثلاثاء، فيما اتهم كيري اليوم بالكذب.", {"2015-08-04", "2015-08-05"}),
    ("دان لافروف الهجوم أمس. واتهم كيري اليوم بالكذب.", {"2015-08-04", "2015-08-05"}),
]


@pytest.mark.parametrize(("text", "days"), TODAY)
def test_what_today_is(reader: Reader, text: str, days: set[str]) -> None:
    reading = reader.propose(Article("a", text, published=WEDNESDAY))
    chooser = DateChooser(reading.document, reading.dates, reading.clauses, {})
    assert {d.value for found in chooser.dates.values() for d in found} == days


# The day the report tells of is none since which, until which or after which something is.
OF_THE_REPORT = [
    ("دانت قطر هجوم الاثنين.", "2015-08-03"),
    ("دانت قطر الهجوم المستمر منذ الاثنين.", None),
    ("أمهلت قطر إيران حتى مساء الاثنين. وجاء ذلك الثلاثاء.", "2015-08-04"),
    ("تستمر الهدنة حتى اليوم الأربعاء.", "2015-08-05"),
]


@pytest.mark.parametrize(("text", "day"), OF_THE_REPORT)
def test_the_day_of_the_report(reader: Reader, text: str, day: str | None) -> None:
    reading = reader.propose(Article("a", text, published=WEDNESDAY))
    assert anchor_date(reading.document, reading.dates) == day


# A month behind what was agreed or asked for lies ahead, one behind a mere act does not.
AGREED = [
    ("وافق لافروف على قمة في أكتوبر.", "2015-10"),
    ("دعا لافروف إلى اجتماع في سبتمبر.", "2015-09"),
    ("حضر لافروف قمة في أكتوبر.", "2014-10"),
]


@pytest.mark.parametrize(("text", "value"), AGREED)
def test_what_was_agreed_lies_ahead(reader: Reader, text: str, value: str) -> None:
    assert [d.value for d in reader.propose(Article("a", text, published=WEDNESDAY)).dates] == [value]


def test_an_act_that_no_word_dates_has_no_day(reader: Reader) -> None:
    reading = reader.propose(Article("a", "دعا لافروف أنقرة إلى الحوار.", published=WEDNESDAY))
    chooser = DateChooser(reading.document, reading.dates, reading.clauses, {})
    assert [(when.value, when.names[0].split()[0]) for when in chooser.candidates(reading.proposals[0])] == [(None, "none")]


@pytest.mark.parametrize(("text", "value"), CANDIDATES)
def test_days_from_other_sentences(reader: Reader, text: str, value: str) -> None:
    reading = reader.propose(Article("a", text, published=WEDNESDAY))
    chooser = DateChooser(reading.document, reading.dates, reading.clauses, {})
    told = [when.value for p in reading.proposals if p.sentence == 1 for when in chooser.candidates(p)]
    assert value in told
