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
    ("تظاهر العشرات في صفاقس احتجاجا على غلاء المعيشة.", "PROTEST"),
    ("احتج أساتذة الجامعات في بيروت على خفض الموازنة.", "PROTEST"),
    ("تظاهر أكثر من ثلاثين ألف شخص في وارسو ضد الحكومة.", "PROTEST"),
    ("مئات الممرضين يحتجون أمام البرلمان في لشبونة.", "PROTEST"),
    ("آلاف الصرب يحتجون على نتائج الانتخابات في بلغراد.", "PROTEST"),
    ("أقفل محتجون بوابة مصنع الفوسفات في قفصة للمطالبة بالتشغيل.", "PROTEST"),
    ("اللجنة النقابية في وهران دعت إلى إضراب عام ضد الحكومة الجزائرية.", "PROTEST"),
    ("سائقو الشاحنات في ليما يقطعون الطرق احتجاجا على أسعار الديزل.", "PROTEST"),
    ("استأنف معلمو البرتغال احتجاجاتهم في لشبونة.", "PROTEST"),
    ("أطلقت دبابة سورية قذائف على بلدة تركية.", "ASSAULT"),
    ("طعن شاب فلسطيني شرطيا إسرائيليا في القدس.", "ASSAULT"),
    ("قصف الطيران السوري أحياء سكنية في حمص.", "ASSAULT"),
    ("أطلقت قوات الأمن الرصاص على محتجين في أم درمان.", "ASSAULT"),
    ("عثر الأهالي على جثث رعاة قتلهم مسلحون في ديالى.", "ASSAULT"),
    ("هاجم ملثمان دورية أميركية قرب الموصل.", "ASSAULT"),
    ("سقطت صواريخ إيرانية على قاعدة أميركية في العراق.", "ASSAULT"),
]  # fmt: skip

# Who did it to whom; OTHER is anybody but a state or a listed body.
PARTIES = [
    ("أصيب جندي إسرائيلي برصاص فلسطينيين قرب نابلس.", "ASSAULT", "PSE", "ISR"),
    ("قتلت القوات العراقية عشرات من مسلحي داعش في الحويجة.", "ASSAULT", "IRQ", "ISIS"),
    ("نفذ مستوطن هجوما على مزارعين فلسطينيين قرب سلفيت.", "ASSAULT", "ISR", "PSE"),
    ("فرقت قوات الأمن متظاهرين في لومي.", "COERCE", "TGO", "OTHER"),
    ("تظاهر أكثر من ألفي شخص في برازيليا ضد الحكومة.", "PROTEST", "OTHER", "BRA"),
    # Whoever is killed has not killed, and a town behind a preposition is where it happened.
    ("قتل قيادي في تنظيم القاعدة في غارة لطائرة أميركية على إقليم خوست شرق أفغانستان.", "ASSAULT", "USA", "QAEDA"),
    ("قضى قائد في حركة حماس بضربة إسرائيلية قرب صور.", "ASSAULT", "ISR", "HAMAS"),
    ("أقدم شاب أفغاني على طعن جنود في مدينة فورتسبورغ الألمانية.", "ASSAULT", "AFG", "DEU"),
    ("أغارت مسيرة إسرائيلية على شاحنة في بلدة الطيري جنوبي لبنان، فقتل سائقها.", "ASSAULT", "ISR", "LBN"),
    # Nor does a weapon undergo anything, or whoever only backs the doer.
    ("قصفت القوات الأرمينية بالمدفعية قرى أذربيجانية.", "ASSAULT", "ARM", "AZE"),
    ("استعادت القوات السورية مدعومة بمقاتلات روسية مدينة تدمر من تنظيم داعش.", "ASSAULT", "SYR", "ISIS"),
    # Who did it is told by a relative clause, or by who claims it.
    ("أصيب مستوطنان إثر عملية دهس نفذها شاب فلسطيني قرب رام الله.", "ASSAULT", "PSE", "ISR"),
    ("انفجرت سيارة مفخخة أمام مقر للشرطة العراقية في كركوك وتبناها تنظيم داعش.", "ASSAULT", "ISIS", "IRQ"),
    # Short names that every reader knows in the land told.
    ("استسلم مقاتلو المعارضة في عربين إلى الجيش السوري.", "RETREAT", "SYR_OPP", "SYR"),
    ("أغارت مقاتلات التحالف على محيط صنعاء.", "ASSAULT", "COALITION_YEMEN", "YEM"),
    ("التمس مندوب السودان من مجلس الأمن رفع العقوبات.", "REQUEST", "SDN", "UN"),
]  # fmt: skip

# What a crowd is called: its trade, and its land where the phrase says it.
CROWDS = [
    ("احتشد آلاف المزارعين الفرنسيين في باريس للمطالبة بخفض الضرائب.", "OTHER:farmers (France)"),
    ("أضرب سائقو الحافلات في مدريد عن العمل.", "OTHER:drivers"),
    ("تظاهرت مئات الطالبات في كابل ضد قرار الحكومة.", "OTHER:students"),
    ("احتشد عشرات الآلاف في بوخارست للمطالبة بانتخابات مبكرة.", "OTHER:protesters"),
]  # fmt: skip

SILENT = [
    "سجل المنتخب الألماني أربعة أهداف في مرمى البرازيل.",
    "تراجعت الأسهم اليابانية مع صعود الين أمام الدولار.",
    "يعرض المتحف أسلحة قديمة استخدمت في معارك القرن التاسع عشر.",
    "يقع سجن المدينة شرق بيروت.",
    "فاز طالب سوري بجائزة علمية في برلين.",
    "نال طالب هندي يدرس في روسيا منحة جديدة.",
    "ودعت عمان أجواء الحر، ودخلت قطر والكويت في موجة برد.",
    "يشن بطل اللعبة غارات على قواعد روسية وينقذ رهائن أميركيين.",
    "في رواية جديدة يخطف متمردون سودانيون طبيبا فرنسيا.",
    "هاجم المغول بغداد في القرن الثالث عشر وقتلوا الخليفة.",
    "سقطت قذيفتان قرب السفارة الأميركية في بغداد دون إصابات.",
    "تحطمت طائرة صغيرة في النمسا ولقي قائدها الإيطالي مصرعه.",
    "وناشد الأهالي الشبان الكف عن إطلاق النار في حفلات الزفاف.",
    "وقع اللاعب المصري عقدا مع نادي روما الإيطالي.",
    "تروي المسرحية قصة حصار بيروت.",
    "حذر خبراء التجميل من الإفراط في استعمال الكريمات.",
    "انطلقت في المنامة مسيرة المشي الخيرية لدعم مرضى القلب.",
    "سافر عشرون تلميذا إلى إيطاليا للتدريب في مصانع فيراري.",
    "انتزعت إثيوبيا ذهبية سباق الماراثون من كينيا.",
    "طعن شاب صديقه بسبب خلاف على المال.",
    "وقعت شركة أرامكو عقدا مع شركة هندية للبرمجيات.",
    "التقت ملكة جمال فرنسا بمعجبيها في نيس.",
    "احتشد مئات المعجبين أمام الفندق لاستقبال المطربة.",
]  # fmt: skip

# Four sentences of something else: there the same raid is told in passing.
ROUND = "{} ارتفعت أسعار القمح في الأسواق. وزاد الطلب على الزيوت. ويتوقع التجار موسما جيدا. ولا تزال المخازن ممتلئة."


@pytest.mark.parametrize(("text", "type_"), TOLD)
def test_told(read: Read, text: str, type_: str) -> None:
    assert type_ in {event.type for event in read(text).events}


@pytest.mark.parametrize("text", SILENT)
def test_silent(read: Read, text: str) -> None:
    assert not read(text).events


@pytest.mark.parametrize(("text", "type_", "source", "target"), PARTIES)
def test_parties(read: Read, text: str, type_: str, source: str, target: str) -> None:
    record = read(text)
    code = {a.id: "OTHER" if (a.code or "OTHER").startswith("OTHER") else a.code for a in record.actors}
    assert (type_, [source], [target]) in [(e.type, [code[k] for k in e.source], [code[k] for k in e.target]) for e in record.events]


@pytest.mark.parametrize(("text", "code"), CROWDS)
def test_crowds(read: Read, text: str, code: str) -> None:
    record = read(text)
    assert code in {record.actor(key).code for e in record.events if e.type == "PROTEST" for key in e.source}


def test_calls_for_a_protest_are_plans(read: Read) -> None:
    events = read("دعت نقابات المعلمين في قبرص إلى إضراب عام ضد الحكومة القبرصية.").events
    assert "planned" in {e.status for e in events if e.type == "PROTEST"}


def test_forces_of_a_state_do_not_riot(read: Read) -> None:
    events = read("اقتحمت قوات الاحتلال طولكرم وأصابت ثلاثة شبان بالرصاص.").events
    assert "PROTEST" not in {e.type for e in events}


def test_in_passing(read: Read) -> None:
    text = TOLD[0][0]
    assert read(text).events
    assert not read(ROUND.format(text)).events
