"""Who speaks: by a row, the words and, for each statement in order, the speaker (as named first, and for whom he acts) and what he is said to say."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from mahdar.record import Record

Read = Callable[..., Record]


def speakers_of(record: Record) -> list[str]:
    """``name | code | first two words`` of each statement; the code of whoever acts for no state or listed body is OTHER."""
    out = []
    for s in record.statements:
        who = record.actor(s.speaker) if s.speaker else None
        code = "OTHER" if who is None or who.code is None or who.code.startswith("OTHER") else who.code
        out.append(f"{who.name if who else None} | {code} | {' '.join(record.text(s.content).split()[:2])}")
    return out


# Whom somebody acts for, where his own description does not say.
SERVES = [
    # another one is another of the same kind
    ("قال مسؤول كندي إن الوفد غادر. وقال مسؤول آخر إن العودة قريبة.", ["مسؤول كندي | CAN | الوفد غادر", "مسؤول آخر | CAN | العودة قريبة"]),
    ("قال مسؤول كندي إن الوفد غادر. وقال دبلوماسي آخر إن العودة قريبة.", ["مسؤول كندي | CAN | الوفد غادر", "دبلوماسي آخر | OTHER | العودة قريبة"]),
    # behind a bare title, whoever bore it before served the same
    (
        "أكدت متحدثة باسم الأمم المتحدة أن القافلة تحركت. وقالت المتحدثة هيلدا برانت إن الطريق آمن.",
        ["متحدثة باسم الأمم المتحدة | UN | القافلة تحركت", "هيلدا برانت | UN | الطريق آمن"],
    ),
    # a listed body by the short word for it
    (
        "رحب حلف شمال الأطلسي بالهدنة. وأكد المتحدث باسم الحلف أن القوات باقية في مواقعها.",
        ["المتحدث باسم الحلف | NATO | القوات باقية"],
    ),
    # an agency's own ministry
    (
        "نقلت وكالة الأنباء الكوبية عن متحدث باسم وزارة الخارجية قوله إن السفارة ستفتح أبوابها.",
        ["متحدث باسم وزارة الخارجية | CUB | السفارة ستفتح"],
    ),
    ("قالت كندا إنها مستاءة. وقال متحدث باسم وزارة الخارجية إن الرد سيأتي قريبا.", ["كندا | CAN | إنها مستاءة", "متحدث باسم وزارة الخارجية | CAN | الرد سيأتي"]),
    # unions, clubs and institutes are no state's
    ("قال الاتحاد الكندي للصيد إن الموسم انتهى.", ["الاتحاد الكندي | OTHER | الموسم انتهى"]),
    ("قال رئيس اتحاد الحرفيين نبيل هاشم إن الأسعار ترتفع.", ["نبيل هاشم | OTHER | الأسعار ترتفع"]),
    ("قال نقيب الأطباء سمير عواد إن الرواتب لا تكفي.", ["سمير عواد | OTHER | الرواتب لا"]),
    # an organ of a region or a town, of a parliament listed by its name, of whoever it belongs to
    ("أعلنت شرطة ولاية تكساس أن الطريق مغلق.", ["شرطة ولاية تكساس | USA | الطريق مغلق"]),
    ("رأت لجنة الزراعة بالبرلمان العراقي أن المحصول كاف.", ["لجنة الزراعة بالبرلمان العراقي | IRQ | المحصول كاف"]),
    ("أعلن مكتب رئيس الوزراء الياباني أن الزيارة ألغيت.", ["مكتب رئيس الوزراء الياباني | JPN | الزيارة ألغيت"]),
]

# Back to whom a verb, a title or a pronoun goes.
GOES_BACK = [
    # a verb in the plural is nobody's who is one
    (
        "أكد الوزير الكندي جورج تايلور أن السلطات العراقية أخلت القرية ويقولون إن السد مهدد.",
        ["جورج تايلور | CAN | السلطات العراقية", "السلطات العراقية | IRQ | السد مهدد"],
    ),
    # whose land speaks in a relative clause
    ("شكر الرئيس الكندي نظيره الغاني كوامي بوسو الذي أعلنت بلاده أنها سترسل أطباء.", ["كوامي بوسو | GHA | أنها سترسل"]),
    # a title alone
    (
        "قال المستشار النمساوي كارل ليتنر إن الحدود مغلقة. وقال المستشار إن الجيش سيبقى هناك.",
        ["كارل ليتنر | AUT | الحدود مغلقة", "كارل ليتنر | AUT | الجيش سيبقى"],
    ),
    # على behind a verb that takes it is no name, however the name goes on elsewhere
    (
        "أكد الوزير المصري نبيل عمرو أن القناة مفتوحة. وشدد عمرو على أن الملاحة آمنة.",
        ["نبيل عمرو | EGY | القناة مفتوحة", "نبيل عمرو | EGY | الملاحة آمنة"],
    ),
    # whom a second verb of asking asks
    (
        "دان الوزير الكندي جورج تايلور القصف ودعا مجلس الأمن إلى الانعقاد سريعا.",
        ["جورج تايلور | CAN | الانعقاد سريعا"],
    ),
    ("دان الوزير الكندي جورج تايلور القصف، وطالبت إيران بالتحقيق في الحادث.", ["إيران | IRN | بالتحقيق في"]),
    # of whom words are passed on
    (
        "وصل الوزير الكندي جورج تايلور إلى بيروت. ونقلت وكالة رويترز عنه قوله إن المساعدات في الطريق.",
        ["جورج تايلور | CAN | المساعدات في"],
    ),
    (
        "أكدت صحيفة الغد نقلا عن مسؤول في الخارجية الأردنية أن المعبر سيفتح. وأضافت أن التجار ينتظرون.",
        ["مسؤول في الخارجية الأردنية | JOR | المعبر سيفتح", "صحيفة الغد | MEDIA | التجار ينتظرون"],
    ),
    # several of a kind, the highest of them, two of them
    ("أعرب العديد من النواب الكنديين عن قلقهم من التأخير.", ["النواب الكنديين | CAN | قلقهم من"]),
    ("قال متحدثان باسم الجيش الكندي إن التدريب انتهى.", ["متحدثان باسم الجيش الكندي | CAN | التدريب انتهى"]),
    ("نقلت وكالة رويترز عن القائم بأعمال وزير الخارجية الكندي جورج تايلور قوله إن الرد جاهز.", ["جورج تايلور | CAN | الرد جاهز"]),
    # what a verb takes with ب is no subject
    ('قال الرئيس الإيراني إن الاتفاق قائم، وتوعد برد "أقسى مما يظنون".', ["الرئيس الإيراني | IRN | الاتفاق قائم", "الرئيس الإيراني | IRN | برد \"أقسى"]),
]


@pytest.mark.parametrize(("text", "wanted"), SERVES, ids=[row[0] for row in SERVES])
def test_whom_a_speaker_acts_for(read: Read, text: str, wanted: list[str]) -> None:
    assert speakers_of(read(text)) == wanted


GOES_BACK += [
    # المصدر where no source was spoken of
    (
        'أفادت صحيفة "الغد" بأن المعبر سيفتح. وبحسب المصدر ذاته، فإن التجار ينتظرون منذ أيام.',
        ['صحيفة "الغد | MEDIA | المعبر سيفتح', 'صحيفة "الغد | MEDIA | التجار ينتظرون'],
    ),
    (
        "وذكر مصدر في الشرطة العراقية أن سيارة انفجرت. وأوضح المصدر نفسه أن الحصيلة أولية.",
        ["مصدر في الشرطة العراقية | IRQ | سيارة انفجرت", "مصدر في الشرطة العراقية | IRQ | الحصيلة أولية"],
    ),
    # فيه الأخير
    (
        "وتلقى الرئيس الكيني اتصالا من نظيره الكندي جورج تايلور، أعرب فيه الأخير عن أمله بلقاء قريب.",
        ["جورج تايلور | CAN | أمله بلقاء"],
    ),
    # the highest of a kind
    ("قال أرفع مسؤول قانوني في كندا إن التحقيق سيبدأ.", ["مسؤول قانوني في كندا | CAN | التحقيق سيبدأ"]),
    # whose speech the sentence tells of, not who was spoken of since
    (
        "جاء ذلك في كلمة للسفير الكندي جورج تايلور بعد لقاء الرئيس الكيني، حيث قال إن الميناء سيفتح.",
        ["جورج تايلور | CAN | الميناء سيفتح"],
    ),
    (
        "وجاءت تصريحات عباس خلال استقبال وفد في رام الله، حيث أكد أنه ملتزم بالحل.",
        ["عباس | PSE | أنه ملتزم"],
    ),
    # a verb that who spoke last cannot do
    (
        "استقبل الوزير الكندي جورج تايلور النائبة الكينية ماري نجوكي. وأكد تايلور أن الميناء سيفتح. وقالت إن القرار منصف.",
        ["جورج تايلور | CAN | الميناء سيفتح", "ماري نجوكي | KEN | القرار منصف"],
    ),
    # for whom a spokesman speaks
    ("أعلنت حركة حماس وقف النار. وقال متحدث باسمها إن القرار نهائي.", ["حركة حماس | HAMAS | وقف النار", "متحدث باسمها | HAMAS | القرار نهائي"]),
    ("نفى الكرملين الخبر. وقال متحدث باسمه إن موسكو لا تتدخل.", ["متحدث باسمه | RUS | موسكو لا"]),
    ("اجتمع مجلس الأمن في جنيف. وقال المتحدث باسم المجلس إن القرار نهائي.", ["المتحدث باسم المجلس | UN | القرار نهائي"]),
    # a listed body in quotation marks behind a post
    ("وقال عضو المكتب السياسي لـ«حماس» حسام بدران إن العرض قيد الدرس.", ["حسام بدران | HAMAS | العرض قيد"]),
    ("وقال القيادي في «حزب الله» نواف الموسوي إن الرد آت.", ["نواف الموسوي | HEZBOLLAH | الرد آت"]),
    # behind an adjective a body is whom he addresses
    ("حذر الرئيس الفرنسي حزب الله من أن أي تصعيد سيضر بلبنان.", ["الرئيس الفرنسي | FRA | أي تصعيد"]),
    ("وناشد الرئيس الكيني الأطراف المتنازعة بعدم إغلاق الميناء.", ["الرئيس الكيني | KEN | بعدم إغلاق"]),
    ("وقد أكد ذلك الوزير الكندي جورج تايلور في تصريح صحافي قائلا إن بلاده لن تنسحب.", ["جورج تايلور | CAN | بلاده لن"]),
    # a body that regulates the media is none
    ("وأعلنت الهيئة المنظمة لسوق الإعلام في كندا أنها ستنتظر النتائج.", ["الهيئة المنظمة | CAN | أنها ستنتظر"]),
]


@pytest.mark.parametrize(("text", "wanted"), GOES_BACK, ids=[row[0] for row in GOES_BACK])
def test_back_to_whom_it_goes(read: Read, text: str, wanted: list[str]) -> None:
    assert speakers_of(read(text)) == wanted
