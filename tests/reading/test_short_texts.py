"""A text of one or two sentences is about whatever it tells: acts in it are believed more easily than in a whole article, which speaks of much in passing."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from mahdar.record import Record

Read = Callable[..., Record]

TOLD = [
    ("قصفت قوات النظام السوري أحياء في مدينة حلب.", "ASSAULT"),
    ("شن الجيش الإثيوبي غارات جوية على ميكيلي.", "ASSAULT"),
    ("أضرم مجهولون النار في كنيسة جنوب القاهرة.", "ASSAULT"),
    ("تحاصر القوات السورية بلدة مضايا منذ أشهر.", "COERCE"),
    ("استأنف الأردن وسوريا تسيير الرحلات الجوية بينهما.", "COOPERATE"),
    ("قالت واشنطن إن موسكو انتهكت معاهدة الصواريخ.", "ACCUSE"),
]  # fmt: skip

SILENT = [
    "سجل المنتخب الألماني أربعة أهداف في مرمى البرازيل.",
    "تراجعت الأسهم اليابانية مع صعود الين أمام الدولار.",
    "يعرض المتحف أسلحة قديمة استخدمت في معارك القرن التاسع عشر.",
    "يقع سجن المدينة شرق بيروت.",
    "فاز طالب سوري بجائزة علمية في برلين.",
    "وقع اللاعب المصري عقدا مع نادي روما الإيطالي.",
    "تروي المسرحية قصة حصار بيروت.",
]  # fmt: skip

# Four sentences of something else: there the same raid is told in passing.
ROUND = "{} ارتفعت أسعار القمح في الأسواق. وزاد الطلب على الزيوت. ويتوقع التجار موسما جيدا. ولا تزال المخازن ممتلئة."


@pytest.mark.parametrize(("text", "type_"), TOLD)
def test_told(read: Read, text: str, type_: str) -> None:
    assert type_ in {event.type for event in read(text).events}


@pytest.mark.parametrize("text", SILENT)
def test_silent(read: Read, text: str) -> None:
    assert not read(text).events


def test_in_passing(read: Read) -> None:
    text = TOLD[0][0]
    assert read(text).events
    assert not read(ROUND.format(text)).events
