"""Reports of up to four sentences: nobody is said to have done what he only speaks of, and what one answers is his who did it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from mahdar.record import Record

Read = Callable[..., Record]

# A deed that a noun names in passing is no event of its own; the acts a text tells, in order.
ONLY = [
    ("اتهمت نيروبي كمبالا بإيواء المهربين من خلال إرسال سلاح إلى كيسمايو.", ["ACCUSE KEN>UGA"]),
    ("استنكر البرلمان الباكستاني القصف الهندي الذي أصاب قرى حدودية.", ["ACCUSE PAK>IND"]),
    ("هددت بيونغ يانغ سيول بقصف المرافئ إذا استمر الحصار.", ["THREATEN PRK>KOR"]),
    ("قدمت إيطاليا إلى لبنان قروضا لترميم ما خربه القصف الإسرائيلي.", ["AID ITA>LBN"]),
    ("انتقدت تشيلي كوبا بسبب اعتقال صحافية في هافانا، واصفة إياها بأنها سجن كبير.", ["ACCUSE CHL>CUB"]),
    ("طلبت كوبنهاغن من السفير الليبي مغادرة الأراضي الدنماركية.", ["SANCTION DNK>LBY"]),
    ("أعلنت الأرجنتين انسحابها من منظمة الصحة العالمية.", ["SANCTION ARG>UN"]),
]

# Whose step it is that somebody answers, whom a pronoun means, on whose ground troops move.
WHOSE = [
    ("طردت الهند ملحقا كنديا. ونددت أوتاوا بالقرار.", "ACCUSE", "CAN", "IND"),
    ("أفرجت كوبا عن سائح إسباني. ورحبت مدريد بالخطوة.", "SUPPORT", "ESP", "CUB"),
    ("رفضت صوفيا الإنذار الذي وجهته موسكو قبل أيام.", "REJECT", "BGR", "RUS"),
    ("هدد الرئيس التركي أثينا بالحرب. ووصفت الخارجية اليونانية تصريحاته بأنها استفزاز خطير.", "ACCUSE", "GRC", "TUR"),
    ("انتقد الرئيس الفرنسي الصين بشدة أمام الأمم المتحدة واتهمها بالتجسس.", "ACCUSE", "FRA", "CHN"),
    ("توغلت قوات رواندية داخل الأراضي الكونغولية.", "MOBILIZE", "RWA", "COD"),
    ("نشرت بولندا عشرة آلاف جندي على طول حدودها مع روسيا البيضاء.", "MOBILIZE", "POL", "BLR"),
    ("انسحبت القوات السنغالية من آخر مواقعها في غامبيا.", "RETREAT", "SEN", "GMB"),
    ("انتهت في فيينا جولة محادثات بين مبعوثي كوبا وبنما بلا تقدم.", "CONSULT", "CUB", "PAN"),
    ("استدعي السفير الروسي إلى مقر وزارة الخارجية التشيكية للاحتجاج.", "ACCUSE", "CZE", "RUS"),
    ("دعت ليتوانيا جارتها بولندا إلى إغلاق المعابر.", "REQUEST", "LTU", "POL"),
    ("نفت براغ أن تكون قد زودت كييف بصواريخ بعيدة المدى.", "AID", "CZE", "UKR"),
    ("طالب الاتحاد العام التونسي للشغل رئيس الجمهورية بإقالة الحكومة.", "REQUEST", "OTHER", "TUN"),
]

# A city of two lands is of the one that the text speaks of.
NAMESAKES = [
    ("داهم الجيش اللبناني منازل مطلوبين في طرابلس.", {"LBN"}),
    ("زار وزير الخارجية الإيطالي طرابلس.", {"ITA", "LBY"}),
    ("زار الوزير العماني طهران ثم عاد إلى عمان.", {"OMN", "IRN"}),
    ("زار وزير الخارجية الإيطالي عمان.", {"ITA", "JOR"}),
]

# What may not be read as an event of the type.
NOT = [
    ("نفت الرباط أن تكون قد وافقت على نشر قوات في مالي.", "REJECT"),
    ("هددت المنظمة بالانسحاب ما لم توافق أسمرة على شروطها.", "REJECT"),
    ("هددت النقابات في الجزائر بالإضراب إذا لم تستجب الوزارة لمطالبها.", "REJECT"),
    ("استؤنفت حركة المسافرين بين البلدين.", "RETREAT"),
]


def _codes(record: Record, keys: tuple[str, ...]) -> set[str]:
    codes = {a.id: a.code or "OTHER" for a in record.actors}
    return {codes[key].split(":")[0] for key in keys}


@pytest.mark.parametrize(("text", "wanted"), ONLY, ids=[text for text, _ in ONLY])
def test_deeds_spoken_of_are_nobodys(read: Read, text: str, wanted: list[str]) -> None:
    record = read(text)
    assert [f"{e.type} {'+'.join(sorted(_codes(record, e.source)))}>{'+'.join(sorted(_codes(record, e.target)))}" for e in record.events] == wanted


@pytest.mark.parametrize(("text", "wanted", "source", "target"), WHOSE, ids=[row[0] for row in WHOSE])
def test_the_second_party(read: Read, text: str, wanted: str, source: str, target: str) -> None:
    record = read(text)
    assert ({source}, {target}) in [(_codes(record, e.source), _codes(record, e.target)) for e in record.events if e.type == wanted]


@pytest.mark.parametrize(("text", "wanted"), NAMESAKES, ids=[text for text, _ in NAMESAKES])
def test_cities_of_one_name(read: Read, text: str, wanted: set[str]) -> None:
    record = read(text)
    assert {code for e in record.events for code in _codes(record, (*e.source, *e.target))} - {"OTHER"} == wanted


@pytest.mark.parametrize(("text", "unwanted"), NOT, ids=[text for text, _ in NOT])
def test_what_was_not_refused(read: Read, text: str, unwanted: str) -> None:
    assert unwanted not in [e.type for e in read(text).events]


def test_subjects_joined_act_together(read: Read) -> None:
    record = read("أعلنت فرنسا وبلجيكا وهولندا قطع علاقاتها الدبلوماسية مع بيلاروسيا.")
    assert [(_codes(record, e.source), _codes(record, e.target)) for e in record.events if e.type == "SANCTION"] == [({"FRA", "BEL", "NLD"}, {"BLR"})]


def test_a_report_of_four_short_sentences_is_a_short_text(read: Read) -> None:
    text = "أضرم مجهولون النار في كنيسة جنوب القاهرة. وقال شهود إن الحريق أتى على السقف. وحضر رجال الإطفاء بعد ساعة. ولم يصب أحد."
    assert "ASSAULT" in [e.type for e in read(text).events]
