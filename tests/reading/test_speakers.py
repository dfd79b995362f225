"""Who speaks: by a row, the words and, for each statement in order, the speaker (as named first, and for whom he acts) and what he is said to say."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from spoken import told_by

from mahdar.record import Record

Read = Callable[..., Record]


def speakers_of(record: Record) -> list[str]:
    """``name | code | first two words`` of each statement."""
    return [f"{told_by(record, s)} | {' '.join(record.text(s.content).split()[:2])}" for s in record.statements]


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


@pytest.mark.parametrize(("text", "wanted"), GOES_BACK, ids=[row[0] for row in GOES_BACK])
def test_back_to_whom_it_goes(read: Read, text: str, wanted: list[str]) -> None:
    assert speakers_of(read(text)) == wanted
