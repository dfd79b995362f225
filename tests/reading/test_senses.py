"""What looks like an act and is none, and the same words where they are one; rows with ``unless`` and ``until``."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from mahdar.reading.reader import Reader
from mahdar.record import Article

# A text, the rows that must propose an act there, and those that must not.
SENSES = [
    # phrases that tell no act (guards.yaml, idle)
    ("وقع الرئيس الفرنسي في دفتر الزوار بعد اتفاقية السلام.", [], ["agree.sign"]),
    ("وقع الرئيس الفرنسي اتفاقية مع مصر.", ["agree.sign"], []),
    ("يدرس طالب الدكتوراه العراقي في بريطانيا.", [], ["request.demand"]),
    ("طالب الرئيس العراقي بريطانيا بالاعتذار.", ["request.demand"], []),
    ("مارست جماعات الضغط في واشنطن نفوذها على الكونغرس.", [], ["coerce.press", "coerce.press_noun"]),
    # what follows makes a verb or its noun another one (senses)
    ("رفض الوزير العراقي الكشف عن عدد الجنود.", [], ["reject.refuse"]),
    ("رفض الوزير العراقي العرض التركي.", ["reject.refuse"], []),
    ("شدد الوزير العراقي على رفع العقوبات المفروضة على إيران.", [], ["sanction.tighten"]),
    ("شددت واشنطن العقوبات على إيران.", ["sanction.tighten"], []),
    ("لوح المحتفلون الأتراك بالأعلام أمام السفارة.", [], ["threaten.brandish"]),
    ("لوحت أنقرة بعملية عسكرية ضد دمشق.", ["threaten.brandish"], []),
    ("تقاضى محامي الرئيس الأميركي مبلغا من شركة روسية.", [], ["accuse.sue"]),
    ("قاضت غامبيا ميانمار أمام محكمة العدل الدولية.", ["accuse.sue"], []),
    # a companion behind what the act is a protest against is none of its own; the other side's ambassador is summoned, not recalled
    ("خرج آلاف المتظاهرين في عمان احتجاجا على اتفاق الغاز مع إسرائيل.", ["protest.go_out"], ["sanction.quit_deal"]),
    ("خرجت بريطانيا من الاتفاق احتجاجا على موقف فرنسا.", ["sanction.quit_deal"], []),
    ("استدعت بلغاريا السفيرة الروسية.", [], ["sanction.recall"]),
    ("استدعت بلغاريا سفيرتها في موسكو للتشاور.", ["sanction.recall"], []),
    # what is done in protest is another act; an uprising of old is no protest of today
    ("علق الأردن عضويته في اللجنة احتجاجا على قرار إسرائيل.", [], ["protest.protests"]),
    ("انطلقت احتجاجات واسعة في بغداد على قرار إسرائيل.", ["protest.protests"], []),
    ("قتل الآلاف منذ بدء الثورة على حكم الرئيس السوري.", [], ["protest.revolt"]),
    ("ثار أهالي المدينة على الحكومة السورية.", ["protest.revolt"], []),
    # past these words an act's companion is not looked for (until)
    ("انسحبت القوات الفرنسية من مالي بعد توقيع اتفاق مع الحكومة.", ["retreat.withdraw"], []),
    ("انسحبت واشنطن من الاتفاق الذي نص على سحب قوات من سوريا.", [], ["retreat.withdraw"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "wanted", "unwanted"), SENSES, ids=[row[0] for row in SENSES])
def test_the_same_words_in_another_sense(proposed: Callable[[str], set[str]], text: str, wanted: list[str], unwanted: list[str]) -> None:
    found = proposed(text)
    assert found >= set(wanted), found
    assert not found & set(unwanted), found


# How one of those named stands to an act, or must not.
STANDING = [
    # whoever resolves on an act does it; who only welcomes the resolution does not
    ("رحبت إسرائيل بقرار ترامب الانسحاب من الاتفاق النووي.", "sanction.quit_deal", ("USA", "lightsubj"), ("ISR", "lightsubj")),
    # what follows "that" goes back to the main clause
    ("أكد السيسي أن بغداد تواجه الإرهاب، وذلك خلال اتصال هاتفي مع العبادي.", "consult.call", ("EGY", "lightsubj"), ("IRQ", "lightsubj")),
    ("بحث الرئيس المصري الأزمة التي تشهدها ليبيا، خلال اتصال هاتفي مع العبادي.", "consult.call", ("EGY", "lightsubj"), ("LBY", "lightsubj")),
    # upon the wish of
    ("بناء على رجاء من الأردن أجل العراق المحاكمة.", "request.entreat", ("JOR", "by:من"), ("IRQ", "by:من")),
]  # fmt: skip


@pytest.mark.parametrize(("text", "act", "wanted", "unwanted"), STANDING, ids=[row[0] for row in STANDING])
def test_who_stands_behind_it(reader: Reader, text: str, act: str, wanted: tuple[str, str], unwanted: tuple[str, str]) -> None:
    reading = reader.reading(Article("row", text, published="2015-08-05"))
    slots = [slot for p in reading.proposals if p.trigger.act.id == act for slot in p.sources if slot.entity >= 0]
    found = {(reading.cast.entities[slot.entity].code, slot.relation) for slot in slots}
    assert wanted in found, found
    assert unwanted not in found, found
