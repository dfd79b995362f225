"""Meetings told again and again: which tellings are one meeting, and who takes part in it.

Each row: a text and its meetings as "parties status", the parties in alphabetical order, joined by =.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest

from mahdar.record import Record

Read = Callable[..., Record]


def meetings_of(record: Record) -> list[str]:
    out = []
    for event in record.events:
        if event.type == "CONSULT":
            codes = {record.actor(key).code or "-" for key in (*event.source, *event.target)}
            out.append(f"{'='.join(sorted(codes))} {event.status}")
    return sorted(out)


TABLE = [
    # "likewise" in front of a verb of meeting tells of one more, not in front of what they spoke about
    ("التقى وزير الدفاع الكندي نظيره الياباني في طوكيو. كما التقى رئيس الأركان الكندي السفير الياباني.", ["CAN=JPN actual", "CAN=JPN actual"]),
    ("التقى وزير الدفاع الكندي نظيره الياباني في طوكيو. كما بحث الوزير الكندي مع نظيره الياباني ملف الصيد.", ["CAN=JPN actual"]),
    # what took place on another day is not what is still to come
    ("يزور الرئيس الكيني أوغندا الأسبوع المقبل. وكان الرئيس الكيني قد التقى نظيره الأوغندي في مايو الماضي.", ["KEN=UGA actual", "KEN=UGA planned"]),
    # a partial telling is completed by the next sentences
    ("وصل وزير الخارجية النرويجي صباح اليوم. والتقى وزير الخارجية النرويجي نظيره الفنلندي.", ["FIN=NOR actual"]),
    ("أجرى الرئيس الكيني محادثات صباح اليوم. والتقى الرئيس الكيني نظيره الأوغندي في القصر.", ["KEN=UGA actual"]),
    ("أجرى الرئيس الكيني محادثات مع كبار رجال الأعمال. والتقى الرئيس الكيني نظيره الأوغندي في القصر. وقال المتحدث إن اليوم كان حافلا.", ["KEN actual", "KEN=UGA actual"]),
    # other persons of the same two states meet apart, and talk apart
    ("تحدث الرئيس الروسي فلاديمير بوتين هاتفيا مع نظيره التركي رجب طيب إردوغان. وكان وزير الخارجية الروسي سيرغي لافروف بحث هاتفيا مع نظيره التركي مولود جاويش أوغلو الأزمة.",
     ["RUS=TUR actual", "RUS=TUR actual"]),
    ("التقى وزير الخارجية الروسي سيرغي لافروف نظيره التركي مولود جاويش أوغلو في أنقرة. واستقبل الرئيس التركي رجب طيب إردوغان لافروف في القصر.",
     ["RUS=TUR actual", "RUS=TUR actual"]),
    ("تحدث الرئيس الروسي فلاديمير بوتين هاتفيا مع نظيره التركي رجب طيب إردوغان. وكان بوتين بحث هاتفيا مع نظيره التركي الأزمة.", ["RUS=TUR actual"]),
    # each of several, or with "with" said again: one meeting for each
    ("التقى الأمين العام للأمم المتحدة كلا من رئيس رواندا ورئيس بوروندي.", ["BDI=UN actual", "RWA=UN actual"]),
    ("تحدث رئيس الوزراء الأسترالي هاتفيا مع نظيره النيوزيلندي ومع الرئيس الإندونيسي.", ["AUS=IDN actual", "AUS=NZL actual"]),
    ("التقى وزير الخارجية الأسترالي نظيريه النيوزيلندي والإندونيسي في سيدني.", ["AUS=IDN=NZL actual"]),
    ("التقى وزير الخارجية الأسترالي نظيره النيوزيلندي، ثم نظيره الإندونيسي.", ["AUS=IDN actual", "AUS=NZL actual"]),
    # two delegations
    ("التقى وفدا كندا واليابان في جنيف.", ["CAN=JPN actual"]),
    ("استقبل الرئيس الكيني وفدا كنديا.", ["CAN=KEN actual"]),
    # talks that somebody calls to are none yet; but what he invites to, or what began, is
    ("دعا وزير الخارجية النرويجي الحكومة السودانية إلى استئناف المفاوضات مع المتمردين.", []),
    ("اقترحت إيران إجراء محادثات مباشرة مع السعودية.", ["IRN=SAU possible"]),
    ("استأنفت الحكومة السودانية المفاوضات مع جنوب السودان.", ["SDN=SSD actual"]),
    # a security council with a nationality is its state's; thanks go, not those who give them
    ("ترأس الرئيس الروسي اجتماعا لمجلس الأمن الروسي.", ["RUS actual"]),
    ("توجه الرئيس السنغالي بالشكر إلى الصين على دعمها.", []),
    # crowds are taken in, not received
    ("استقبلت كينيا ألف لاجئ صومالي.", []),
    # whoever stands behind a name nobody knows is still one of those visited
    ("زار وزير الخارجية السويسري الرياض والدرعية وعمان.", ["CHE=JOR actual", "CHE=SAU actual"]),
    ("زار وزير الخارجية السويسري إسرائيل والأراضي الفلسطينية.", ["CHE=ISR actual", "CHE=PSE actual"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "wanted"), TABLE, ids=[row[0] for row in TABLE])
def test_table(read: Read, text: str, wanted: list[str]) -> None:
    assert meetings_of(read(text)) == wanted


def test_who_watches_a_signing_is_no_side_of_it(read: Read) -> None:
    record = read("حضر الرئيس التركي توقيع اتفاق بين السودان وإثيوبيا في أنقرة.")
    assert [{record.actor(key).code for key in (*e.source, *e.target)} for e in record.events if e.type == "AGREE"] == [{"SDN", "ETH"}]
    record = read("شهد الرئيسان المصري والقبرصي توقيع اتفاقيات بين البلدين.")
    assert [{record.actor(key).code for key in (*e.source, *e.target)} for e in record.events if e.type == "AGREE"] == [{"EGY", "CYP"}]
