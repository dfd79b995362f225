"""What the frame of a sentence and the words behind a name tell of who is named: a text and its speakers as ``name | code``; OTHER for who acts for no state or listed body."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from spoken import told_by

from mahdar.record import Record

Read = Callable[..., Record]


def speakers_of(record: Record) -> list[str]:
    return [told_by(record, s) for s in record.statements]


# The name closes the subject of a verb of saying, whatever stands between it and the post.
CLOSES = [
    ("قال مندوب تشيلي بالإنابة لدى الأمم المتحدة فاضل الزهراني إن الجلسة أجلت.", ["فاضل الزهراني | CHL"]),
    ("أعلن الأمين العام للائتلاف الوطني السوري نصير الدوماني أن الهيئة ستجتمع.", ["نصير الدوماني | SYR_OPP"]),
    ("وقال المتحدث باسم الجيش في ولاية كادونا شمال نيجيريا بشير آدمو إن الطريق فتح.", ["بشير آدمو | NGA"]),
    ("قال السكرتير الصحفي للبنتاغون ديفيد ستيل إن السفينة غادرت.", ["ديفيد ستيل | USA"]),
    ("قال قائد خفر السواحل الصومالي في بوصاصو محسن الوالي إن القارب عاد.", ["محسن الوالي | SOM"]),
    ("قال عضو مجلس محافظة ديالى فالح الكروي إن الجسر رمم.", ["فالح الكروي | IRQ"]),
    # a name of which one word was read
    ("قال نقيب الصيادين التونسيين شوقي الطبيب إن الميناء أغلق.", ["شوقي الطبيب | OTHER"]),
    ("قال المحلل السياسي الأردني قاسم قصير إن الأسعار مرتفعة.", ["قاسم قصير | JOR"]),
    ("أكد السفير اللبناني حسان زين الدين أن الوفد وصل.", ["حسان زين الدين | LBN"]),
    # a post no list has
    ("وقال ناظر عموم القبائل في كسلا السودانية عثمان دقنة إن الطريق فتح.", ["عثمان دقنة | SDN"]),
    ("قال رئيس الهيئة العامة للأرصاد الماليزية رشيد سليمان إن العاصفة مرت.", ["رشيد سليمان | MYS"]),
    # a second post of the same person
    ("وقال سمير الحلبي نائب وزير المالية اللبناني وأمين سر اللجنة إن اللقاء أجل.", ["سمير الحلبي | LBN"]),
    # somebody called after his son
    ("قال أبو أحمد الشاغوري، القيادي في الجيش السوري الحر، إن الممر فتح.", ["أبو أحمد الشاغوري | SYR_OPP"]),
    # no names: times, manners, the object of a verb with بأن, whom a verb is about
    ("قال وزير الصحة الكندي مساء الثلاثاء إن اللقاح وصل.", ["وزير الصحة الكندي | CAN"]),
    ("قال الوزير الكندي غاضبا إن اللقاح تأخر.", ["الوزير الكندي | CAN"]),
    ("وصف وزير الدفاع الكندي الاتهامات بأنها باطلة.", ["وزير الدفاع الكندي | CAN"]),
    ("قال مسؤول كندي في ملعب محمد الخامس إن المدرج أغلق.", ["مسؤول كندي | CAN"]),
    ("وقال في لقاء مع عثمان دقنة إن الطريق فتح.", []),
]
# What a clause or a phrase behind the name says of somebody.
BEHIND = [
    ("وقال سمير كنعان، وهو ضابط متقاعد في الجيش اللبناني، إن الجسر آمن.", ["سمير كنعان | LBN"]),
    ("أعلن أحمد كامل، الذي يرأس اللجنة المالية في البرلمان العراقي، أن الموازنة جاهزة.", ["أحمد كامل | IRQ"]),
    ("وقال ريتشارد نيلسون من الخارجية البريطانية إن الموعد حدد.", ["ريتشارد نيلسون | GBR"]),
    ("حذر ريتشارد نيلسون من الخارجية البريطانية.", ["ريتشارد نيلسون | OTHER"]),
    ("وقال لبيب الدغيم، المعروف بأبي عز الدين، إن الهدنة قائمة. وأضاف أبو عز الدين أن الجرحى نقلوا.", ["لبيب الدغيم | OTHER", "لبيب الدغيم | OTHER"]),
    ('قال ماهر الكردي الملقب بـ"أبو خالد" إن الهدنة قائمة. وأكد أبو خالد أن الجرحى نقلوا.', ["ماهر الكردي | OTHER", "ماهر الكردي | OTHER"]),
    ("قال القرصان الشهير أدريان لامو إن الموقع أغلق. وأكد لامو أن الملفات حذفت.", ["أدريان لامو | OTHER", "أدريان لامو | OTHER"]),
    ("قال مصدر مقرب من الرئيس التونسي إن الموعد حدد.", ["مصدر مقرب من الرئيس التونسي | TUN"]),
    ("قال مسؤول العلاقات العربية في حزب الله سعيد قبيسي إن الزيارة أجلت.", ["سعيد قبيسي | HEZBOLLAH"]),
]


@pytest.mark.parametrize(("text", "wanted"), CLOSES, ids=[row[0] for row in CLOSES])
def test_the_name_closes_the_subject(read: Read, text: str, wanted: list[str]) -> None:
    assert speakers_of(read(text)) == wanted


@pytest.mark.parametrize(("text", "wanted"), BEHIND, ids=[row[0] for row in BEHIND])
def test_what_stands_behind_a_name(read: Read, text: str, wanted: list[str]) -> None:
    assert speakers_of(read(text)) == wanted
