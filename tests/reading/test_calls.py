"""Meetings and calls: what the words of a discussion's own clause say of how the two spoke."""

import pytest

from mahdar import read

ROWS = [
    ("بحث وزير الخارجية المصري هاتفيا مع نظيره القبرصي حقول الغاز.", "EGY CYP phone"),
    ("تباحث وزير الخارجية الأردني عبر الهاتف مع نظيره الهولندي.", "JOR NLD phone"),
    ("ناقش الرئيس الفرنسي في مكالمة هاتفية مع نظيره الجزائري ملف الهجرة.", "FRA DZA phone"),
    ("بحث وزيرا الخارجية الياباني والكوري الجنوبي هاتفيا الأزمة في شبه الجزيرة.", "JPN KOR phone"),
    ("بحث وزير الخارجية المصري مع نظيره القبرصي حقول الغاز.", "EGY CYP meet"),
    ("بحث الوزير المصري مع نظيره السوداني ملف السد وقال إنه سيتحدث هاتفيا مع نظيره الكيني.", "EGY SDN meet"),  # another verb's telephone
    ("بحث الوزير السويسري مع نظيره الفنلندي مستقبل الهاتف المحمول.", "CHE FIN meet"),
    ("زار الرئيس الكيني كمبالا بعد اتصال هاتفي من نظيره الأوغندي.", "KEN UGA visit"),
]


@pytest.mark.parametrize(("text", "wanted"), ROWS, ids=[text for text, _ in ROWS])
def test_a_discussion_by_telephone_is_told_as_a_call(text: str, wanted: str) -> None:
    record = read(text, published="2021-03-04")
    found = {f"{record.actor(e.source[0]).code} {record.actor(e.target[0]).code} {e.mode}" for e in record.events if e.type == "CONSULT" and e.source and e.target}
    assert wanted in found


PAIRS = [
    ("بحث الرئيس الكيني ورئيس الوزراء الإثيوبي الأوضاع في جنوب السودان.", ["KEN ETH"]),
    ("ناقش وزيرا دفاع تركيا واليونان التوتر في بحر إيجه.", ["TUR GRC"]),
    ("بحث بوتين وأردوغان الأوضاع في سوريا.", ["RUS TUR"]),  # the one named first is told first
    ("التقى وزير الخارجية العماني نظيره الهندي، وبحث الجانبان أمن الملاحة.", ["OMN IND"]),
    ("بحث رجال الإنقاذ والمتطوعون عن ناجين تحت الأنقاض.", []),
    ("بحث مدرب المنتخب المغربي ومساعده عن مهاجم جديد.", []),
    ("بحثت الشرطة الألمانية عن مشتبه به في برلين.", []),
]


@pytest.mark.parametrize(("text", "wanted"), PAIRS, ids=[text for text, _ in PAIRS])
def test_two_who_are_the_subject_of_a_discussion_discuss_it_with_each_other(text: str, wanted: list[str]) -> None:
    record = read(text, published="2021-03-04")
    found = [[record.actor(i).code for i in (*e.source, *e.target)] for e in record.events if e.type == "CONSULT"]
    assert [" ".join(map(str, codes)) for codes in found] == wanted
