"""Who does it to whom by the syntax of the clause, whatever the weights: what describes, sponsors, hails or expects an act brings it no party."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from mahdar.record import Event, Record

Read = Callable[..., Record]


def codes(record: Record, keys: tuple[str, ...]) -> set[str]:
    return {actor.code for actor in record.actors if actor.id in keys and actor.code}


def of_type(record: Record, type_: str) -> list[Event]:
    return [event for event in record.events if event.type == type_]


# A text, a type, and all parties of its one event of that type.
MUTUAL = [
    # what describes the agreement, what it is told at the end of, and who sponsors it
    ("أبرمت الهند والأرجنتين اتفاقا يمهد الطريق أمام خروج الشركات الأجنبية من البرازيل.", "AGREE", {"IND", "ARG"}),
    ("اتفقت تونس وليبيا في ختام مشاورات السويد على لجنة مشتركة.", "AGREE", {"TUN", "LBY"}),
    ("جلس وزيرا خارجية الصومال وكينيا إلى طاولة واحدة برعاية قطرية.", "CONSULT", {"SOM", "KEN"}),
    # but a meeting that takes in named parties keeps them
    ("عقد الرئيس المصري اجتماعا يضم السودان وليبيا.", "CONSULT", {"EGY", "SDN", "LBY"}),
    # nor is anybody whose crisis they speak of
    ("أجرى الوزير الروسي مباحثات مع نظيره التركي لبحث الأزمة السورية ومستجدات ليبيا.", "CONSULT", {"RUS", "TUR"}),
    # officials of both countries, a delegation from somewhere
    ("زار الرئيس الجزائري لشبونة. ووقع وزيرا طاقة البلدين مذكرة تفاهم.", "AGREE", {"DZA", "PRT"}),
    ("التقى الوزير العماني وفدا من حركة طالبان.", "CONSULT", {"OMN", "TALIBAN"}),
    # somebody else's post behind a pronoun
    ("أوفد العاهل المغربي وزير خارجيته إلى نواكشوط حيث التقى الرئيس الموريتاني.", "CONSULT", {"MAR", "MRT"}),
    # whom the visitor meets
    ("بدأ رئيس الوزراء الهندي جولة خليجية يلتقي خلالها أمير قطر.", "CONSULT", {"IND", "QAT"}),
    # both as "the two"
    ("زار الرئيس الفرنسي نظيره المصري. واتفق الاثنان على لجنة مشتركة.", "AGREE", {"FRA", "EGY"}),
    # two meetings in the dual, behind a post without a name
    ("عقد الوزير السوري لقاءين مع نظيريه التركي والإيراني.", "CONSULT", {"SYR", "TUR", "IRN"}),
    # the visitor whom ل names
    ("كشف وزير الخارجية عن زيارة مرتقبة للرئيس التركي إلى بغداد.", "CONSULT", {"TUR", "IRQ"}),
]  # fmt: skip


@pytest.mark.parametrize(("text", "type_", "parties"), MUTUAL)
def test_all_parties(read: Read, text: str, type_: str, parties: set[str]) -> None:
    record = read(text)
    assert [codes(record, (*event.source, *event.target)) for event in of_type(record, type_)][:1] == [parties]


# A text, a type, its source and its target.
DIRECTED = [
    # a feminine participle is the subject's doing, and whom it governs is asked
    ("نددت الحكومة اليمنية بالهجوم داعية مجلس الأمن إلى إدانة الحوثيين.", "REQUEST", "YEM", "UN"),
    ("رحبت الخارجية المصرية بالخطوة، مناشدة إسرائيل الانسحاب من غزة.", "REQUEST", "EGY", "ISR"),
    # each of several, and the object of a noun with its owner's pronoun
    ("دعا الرئيس الفرنسي كلا من إسرائيل ولبنان إلى ضبط النفس.", "REQUEST", "FRA", "ISR LBN"),
    ("جددت دولة الإمارات مطالبتها إيران بإحالة القضية إلى محكمة العدل الدولية.", "REQUEST", "ARE", "IRN"),
    # a relative clause's names are no topic of the verb behind it
    ("وبموجب الاتفاق الذي وقعته أنقرة وطرابلس ترسل تركيا مدربين إلى ليبيا.", "AID", "TUR", "LBY"),
    # a verb with its object in a pronoun has its subject behind it, whoever was the subject before
    ("ندد الرئيس الفرنسي بالهجوم أمام البرلمان، واتهمه رئيس الوزراء البريطاني بالتردد.", "ACCUSE", "GBR", "FRA"),
    ("وصل الرئيس المصري إلى باريس السبت، وحثه نظيره الفرنسي على احترام حقوق الإنسان.", "REQUEST", "FRA", "EGY"),
    # but who stands behind a verb of asking without one is asked
    ("رحب الرئيس الفرنسي بالهدنة، وحث رئيس الوزراء الإسرائيلي على وقف الاستيطان.", "REQUEST", "FRA", "ISR"),
    # whoever reports words does what the verb of reporting says, not whom his words before spoke of
    ("قال الرئيس الفرنسي إن رئيس الوزراء الإسرائيلي أخطأ في تقدير الموقف، ودعاه إلى وقف الاستيطان.", "REQUEST", "FRA", "ISR"),
    # masculine states before their verbs, present verbs before feminine nouns
    ("فتح السودان حدوده أمام اللاجئين الإثيوبيين.", "CONCEDE", "SDN", "ETH"),
    # the doer behind من جانب or من قبل, and the vowel of the passive
    ("اتهمت إيران من جانب ألبانيا بتنفيذ هجوم إلكتروني.", "ACCUSE", "ALB", "IRN"),
    ("قُصفت مواقع الحوثيين بصواريخ أميركية.", "ASSAULT", "USA", "HOUTHI"),
    # but a doer inside the object is none of the verb's
    ("أدانت فرنسا الهجوم المنفذ من قبل إيران.", "ACCUSE", "FRA", "IRN"),
    # each of several who do it, behind the verb or what its preposition brings; but not whose role is praised
    ("ندد بالهجوم كل من الرئيس الفرنسي والمستشارة الألمانية.", "ACCUSE", "FRA DEU", ""),
    ("ودعت إلى ضبط النفس كل من الصين وروسيا.", "REQUEST", "CHN RUS", ""),
    ("أشاد الرئيس الأميركي بدور كل من مصر وقطر.", "SUPPORT", "USA", "EGY QAT"),
    # a duty told by a noun; the noun in front of whose support is told is no part of either side
    ("قال وزير الخارجية الإيراني إن على إسرائيل وقف القتال فورا.", "REQUEST", "IRN", "ISR"),
    ("قال الوزير الفرنسي إن على موسكو الانسحاب من القرم.", "REQUEST", "FRA", "RUS"),
    ("وأكد البيان دعم الصين لأوكرانيا في المفاوضات.", "SUPPORT", "CHN", "UKR"),
    # bodies and lands behind a post that its adjective closes
    ("حث وزير الخارجية التركي حلف شمال الأطلسي على التدخل.", "REQUEST", "TUR", "NATO"),
    ("ناشد وزيرا خارجية مصر والأردن إسرائيل وقف الاستيطان.", "REQUEST", "EGY JOR", "ISR"),
    ("دعت الحكومة الكندية حزب الله إلى ضبط النفس.", "REQUEST", "CAN", "HEZBOLLAH"),
    # a post with its article governs no noun: whose accusations he denies
    ("نفى وزير الخارجية الاتهامات التي وجهتها موسكو إلى السويد.", "ACCUSE", "RUS", "SWE"),
    ("ونفى مصدر مطلع الاتهامات التي وجهتها كندا إلى إسرائيل.", "ACCUSE", "CAN", "ISR"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "type_", "source", "target"), DIRECTED)
def test_source_and_target(read: Read, text: str, type_: str, source: str, target: str) -> None:
    record = read(text)
    found = [(codes(record, event.source), codes(record, event.target)) for event in of_type(record, type_)]
    assert (set(source.split()), set(target.split())) in found


STATUS = [
    ("نفى الأمين العام لحزب الله أن يكون حزبه قد أرسل أسلحة إلى الحوثيين.", "AID", "denied"),
    ("لم يستبعد الرئيس التركي لقاء نظيره السوري.", "CONSULT", "possible"),
    ("وينتظر أن يبرم الاتحاد الأوروبي مع تونس مذكرة شراكة.", "AGREE", "planned"),
    ("نفى الكرملين الاتهامات التي وجهتها واشنطن إلى موسكو.", "ACCUSE", "actual"),
    ("تجول الرئيس الفرنسي في بيروت قبل أن يجتمع بالرئيس اللبناني.", "CONSULT", "actual"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "type_", "status"), STATUS)
def test_bound_status(read: Read, text: str, type_: str, status: str) -> None:
    assert {event.status for event in of_type(read(text), type_)} == {status}


SILENT = [
    "يلتقي المنتخب المغربي نظيره الكرواتي الأربعاء في كأس العالم.",
    "تلتقي مياه النيل الأزرق القادم من إثيوبيا بالنيل الأبيض عند الخرطوم.",
    "تدعو اللوحة المعلقة في المتحف البريطاني زائرها إلى التأمل.",
    "وقع اللاعب الجزائري فلان الفلاني عقدا مع النادي السعودي.",
    "مُنعت طائرة الرئيس البوليفي من دخول الأجواء البرتغالية.",
    "قال الوزير إن على إيران ديونا كبيرة.",
]  # fmt: skip


@pytest.mark.parametrize("text", SILENT)
def test_no_politics(read: Read, text: str) -> None:
    assert not read(text).events


# A text, and a type it tells no act of.
NONE_OF = [
    # what a noun undoes is no act either
    ("أعلنت وزارة الخارجية الكندية تعليق صادرات السلاح إلى تركيا.", "COOPERATE"),
    # nor is being unlike somebody, nor what is done for money, nor coming to power
    ("وخلافا للرئيس الفرنسي، خاطب المستشار الألماني البرلمان.", "REJECT"),
    ("دفع الوزير الروسي مالا لقاء صمتها عن القضية.", "CONSULT"),
    ("منذ وصول الرئيس التركي إلى السلطة تغيرت البلاد.", "CONSULT"),
    # talks somebody is urged to
    ("حثت وزيرة الخارجية السويدية روسيا على استئناف الحوار.", "CONSULT"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "type_"), NONE_OF)
def test_none_of_a_type(read: Read, text: str, type_: str) -> None:
    assert not of_type(read(text), type_)


def test_adjective_behind_a_governed_noun(read: Read) -> None:
    assert not of_type(read("وصل وفد أممي إلى مدينة الفاشر المحاصرة."), "COERCE")


# A text whose last sentence says what two did, and the parties of its last meeting: none where they are of one state.
TWO = [
    ("اتفقت روسيا وتركيا على هدنة بحضور رئيس الوزراء القطري حمد بن جاسم ونظيره اللبناني سعد الحريري. والتقى الزعيمان بعده.", {"QAT", "LBN"}),
    ("رفض رئيس المؤتمر نوري أبو سهمين ورئيس مجلس النواب الليبي عقيلة صالح الاتفاق الذي وقعته روسيا وتركيا. وكان الرجلان قد التقيا في مالطا.", set()),
    # sides are those of the last act of two, whoever was named since
    ("اتفقت روسيا وتركيا على هدنة بحضور رئيس الوزراء القطري حمد بن جاسم. والتقى الجانبان ثانية في اليوم التالي.", {"RUS", "TUR"}),
]  # fmt: skip


@pytest.mark.parametrize(("text", "parties"), TWO)
def test_two_persons_are_the_last_two_named(read: Read, text: str, parties: set[str]) -> None:
    record = read(text)
    assert {code for event in of_type(record, "CONSULT")[-1:] for code in codes(record, (*event.source, *event.target))} == parties
