"""Reference: whom a surname, a description or a counterpart means.

Each row: a text with the words in question in [brackets] and whom they mean, as "name | code": the fullest name of the
article, or the description itself where nobody is named.
"""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from mahdar.reading.reader import Reader
from mahdar.record import Article, Record

Read = Callable[..., Record]


def meant(reader: Reader, marked: str) -> str:
    """Who the words in brackets mean; "nobody" where no mention stands there."""
    found = re.search(r"\[(.*?)\]", marked)
    assert found is not None
    start, end = found.start(), found.end() - 2
    reading = reader.reading(Article("row", marked.replace("[", "").replace("]", ""), published="2015-08-05"))
    document, cast = reading.document, reading.cast
    for mentions in cast.by_sentence:
        for m in mentions:
            first, last = document.span(m.first, m.last)
            if first < end and last > start and m.entity >= 0:
                entity = cast.entities[m.entity]
                return f"{document.raw(*entity.name)} | {entity.code or '-'}"
    return "nobody"


TABLE = [
    # surnames
    ("التقى وزير الخارجية البلجيكي ديدييه ريندرز الصحافيين. وقال [ريندرز] إن بلاده ستشارك.", "ديدييه ريندرز | BEL"),
    ("وصل وزير الري السوداني معتز موسى إلى القاهرة. وأكد [موسى] أن المحادثات مفيدة.", "معتز موسى | SDN"),
    ("تحدث الرئيس الفرنسي فرنسوا هولاند إلى الصحافة. ورحبت ألمانيا بكلام [هولاند].", "فرنسوا هولاند | FRA"),
    ("استقبل الرئيس التركي رجب طيب أردوغان الوفد. وقال [أردوغان] إن اللقاء مثمر.", "رجب طيب أردوغان | TUR"),
    # the article's own full name wins over the listed bearer of a surname
    ("قال الخبير في شؤون الطاقة أنس بوتين إن الأسعار سترتفع. وأضاف [بوتين] أن الطلب قوي.", "أنس بوتين | -"),
    # first the surname, then the name in full
    ("التقى [كيري] الوفد السوري. وقال وزير الخارجية الأميركي جون كيري إن اللقاء مهم.", "جون كيري | USA"),
    # with a proclitic
    ("عقد وزير الخارجية الروسي سيرغي لافروف مؤتمرا صحافيا. وقدم الصحافيون [للافروف] أسئلتهم.", "سيرغي لافروف | RUS"),
    ("اجتمع جون كيري وفيليب هاموند [ولافروف] في باريس. وقال سيرغي لافروف إنه متفائل.", "سيرغي لافروف | RUS"),
    # descriptions of somebody named
    ("وصل وزير الخارجية الفرنسي لوران فابيوس إلى طهران. وأكد [الوزير الفرنسي] أن الزيارة مهمة.", "لوران فابيوس | FRA"),
    ("وصل وزير الخارجية الفرنسي لوران فابيوس إلى طهران. وأكد [الوزير] أن الزيارة مهمة.", "لوران فابيوس | FRA"),
    ("استقبل الرئيس المصري عبد الفتاح السيسي الوفد. وشدد [الرئيس] على أهمية الزيارة.", "عبد الفتاح السيسي | EGY"),
    ("أعلن المتحدث باسم الكرملين دميتري بيسكوف ذلك. وأضاف [المتحدث] أن الموعد لم يحدد.", "دميتري بيسكوف | RUS"),
    ("تحدث رئيس الوزراء البريطاني ديفيد كاميرون في البرلمان. ودعا [رئيس الوزراء] إلى التصويت.", "ديفيد كاميرون | GBR"),
    ("التقى مبعوث الأمم المتحدة إلى سوريا ستيفان دي ميستورا الوفد. وقال [المبعوث الأممي] إنه متفائل.",
     "ستيفان دي ميستورا | UN"),
    ("زار السفير الأميركي في بغداد ستيوارت جونز النجف. وأعرب [السفير] عن تفاؤله.", "ستيوارت جونز | USA"),
    ("أعلن الأمين العام لحلف شمال الأطلسي ينس ستولتنبرغ ذلك. وأوضح [الأمين العام] أن القرار نهائي.",
     "ينس ستولتنبرغ | NATO"),
    # of two presidents the one of that state
    ("التقى الرئيس الروسي فلاديمير بوتين الرئيس الصيني شي جين بينغ. وأشاد [الرئيس الصيني] بالعلاقات.",
     "شي جين بينغ | CHN"),
    ("التقى الرئيس الروسي فلاديمير بوتين الرئيس الصيني شي جين بينغ. وأشاد [الرئيس الروسي] بالعلاقات.",
     "فلاديمير بوتين | RUS"),
    # the gender decides
    ("التقى فيليب هاموند المتحدثة باسم الخارجية الروسية ماريا زاخاروفا. وقالت [المتحدثة] إن الحوار مفيد.",
     "ماريا زاخاروفا | RUS"),
    # a counterpart takes the other's role
    ("التقى وزير الخارجية الأميركي جون كيري [نظيره الروسي] سيرغي لافروف.", "سيرغي لافروف | RUS"),
    ("بحث وزير الدفاع الأميركي آشتون كارتر الأزمة مع [نظيره الإسرائيلي] موشيه يعالون.", "موشيه يعالون | ISR"),
    ("هاتف الرئيس الأميركي باراك أوباما [نظيره الفرنسي].", "نظيره الفرنسي | FRA"),
    # sources and officials come back
    ("قال مصدر أمني عراقي إن الهجوم فشل. وأضاف [المصدر] أن القوات تقدمت.", "مصدر أمني عراقي | IRQ"),
    ("قال مسؤول أميركي كبير إن المحادثات ستستأنف. وأوضح [المسؤول] أن الموعد قريب.", "مسؤول أميركي كبير | USA"),
    ("قال دبلوماسي فرنسي إن النص جاهز. وتابع [الدبلوماسي] أن التصويت غدا.", "دبلوماسي فرنسي | FRA"),
    # two sources of two states stay two
    ("قال مسؤول أميركي إن الاتفاق قريب. وقال مسؤول إيراني إنه بعيد. وأكد [المسؤول الأميركي] تفاؤله.",
     "مسؤول أميركي | USA"),
    # home officials take the publisher's state
    ("بحث وزير الخارجية سامح شكري الأزمة مع نظيره الروسي. وقال [الوزير] إن مصر تدعم الحل.", "سامح شكري | EGY"),
    ("استقبل [الرئيس عبد الفتاح السيسي] رئيس وزراء إثيوبيا.", "عبد الفتاح السيسي | EGY"),
    # capitals and seats stand for the government
    ("وصل الوفد إلى روسيا. وقالت [موسكو] إن المحادثات ستبدأ غدا.", "روسيا | RUS"),
    ("نددت الولايات المتحدة بالتجربة. وقال [البيت الأبيض] إن الرد سيأتي.", "الولايات المتحدة | USA"),
    # people of East Asia are called by the first word of their names
    ("التقى ترامب الزعيم الكوري الشمالي كيم جونغ أون. ووافق [كيم] على إخلاء الجزيرة.", "كيم جونغ أون | PRK"),
    ("وصل وزير الخارجية الفيتنامي فونغ تانغ لينه. وقال [فونغ] إن بلاده تدعم الحل.", "فونغ تانغ لينه | VNM"),
    # a body by its short form
    ("أدانت جماعة الحوثي الغارات. وقالت [الجماعة] إنها سترد.", "جماعة الحوثي | HOUTHI"),
    ("أعلن حزب الله مقتل أحد قادته. وقال [الحزب] إنه سيرد.", "حزب الله | HEZBOLLAH"),
    # the post held on the day of publication: 2015
    ("اتصل [الرئيس الأميركي] بملك الأردن.", "الرئيس الأميركي | USA"),
]  # fmt: skip

TABLE += [
    # a name apart from its description: behind a complement, a comma, a nationality
    ("قالت المتحدثة باسم مكتب الجمارك [كارين هوفمان] إن الشحنة أوقفت.", "كارين هوفمان | -"),
    ("استدعت الوزارة السفير النرويجي لديها، [يوهان بيترسن]، أمس.", "يوهان بيترسن | NOR"),
    ("اجتمع وزيرا الري المصري محمد عبد المطلب [والسوداني] حسين طه في أسوان.", "حسين طه | SDN"),
    ("قال السفير [عثمان بابكر] سفير السودان بالقاهرة إن الزيارة ناجحة.", "عثمان بابكر | SDN"),
    # a noun or a verb in front of somebody's name is no given name
    ("ترفض المعارضة بقاء النظام وتطلب رحيل [الأسد].", "الأسد | SYR"),
    ("طالب [عبد الفتاح السيسي] المواطنين بالصبر.", "عبد الفتاح السيسي | EGY"),
    # a post behind a name is no part of it
    ("قال الدكتور [سمير سلطان] الأمين العام للمجلس إن الموعد قريب.", "سمير سلطان | -"),
    # bodies taken up by their head alone
    ("شارك حزب النور في الجلسة. وقال [كرم عوني]، المتحدث باسم الحزب، إن الموعد قريب.", "كرم عوني | OTHER:Nour Party"),
    ("وصل وفد من جامعة الدول العربية. وقال [مدير مكتب الجامعة] إن الموعد قريب.", "مدير مكتب الجامعة | LAS"),
    # in office one speaks for the state, whatever party one leads
    ("قال رئيس الوزراء العراقي [حيدر العبادي] إن المعركة قريبة.", "حيدر العبادي | IRQ"),
    ("قال وزير الخارجية [جبران باسيل] إن لبنان يرفض القرار.", "جبران باسيل | LBN"),
    # the clergy acts for the church, a citizen for his state
    ("وصل [الكاردينال أنطونيو بيرتي] إلى القدس.", "أنطونيو بيرتي | CHURCH"),
    ("أوقفت السلطات [القس الأميركي] جون ماكينلي.", "جون ماكينلي | USA"),
    # officials of a people, sources of an organ
    ("التقى الوفد [المسؤولين الروس] في سوتشي.", "المسؤولين الروس | RUS"),
    ("قال [مسئول إسرائيلي] إن المعبر مغلق.", "مسئول إسرائيلي | ISR"),
    ("قال [مسؤول في البيت الأبيض] إن القمة مؤجلة.", "مسؤول في البيت الأبيض | USA"),
    ("دعا الباحث [منير صادق] أستاذ الدراسات الإيرانية إلى الحوار.", "منير صادق | -"),
    # a listed name wins over what is no name of its state
    ("وصل [محمد شياع السوداني] إلى أنقرة.", "محمد شياع السوداني | IRQ"),
]  # fmt: skip


TABLE += [
    # posts named with a pronoun, with a place, with whom one serves
    ("سخرت جماعة الحوثي من العرض، وقال كبير مفاوضيها [سمير البخيتي] إن الحرب مستمرة.", "سمير البخيتي | HOUTHI"),
    ("قال رئيس بلدية خيرسون [إيغور كوليخاييف] إن المدينة صامدة.", "إيغور كوليخاييف | UKR"),
    ("قال [مستشار للرئيس الأوكراني] بترو بوروشينكو إن المدينة صامدة.", "مستشار للرئيس الأوكراني بترو بوروشينكو | UKR"),
    ("أفاد [ناطق باسم بان كي مون] أن الهدنة صامدة.", "ناطق باسم بان كي مون | UN"),
    ("قال وزيرا الخارجية الأميركي جون كيري [والروسي] سيرغي لافروف إنهما اتفقا.", "سيرغي لافروف | RUS"),
    ("استدعى نائب وزير الخارجية شيه فنغ [السفير الأميركي] نيكولاس بيرنز ليلا.", "نيكولاس بيرنز | USA"),
    ("وفي مأرب، قتل جنديان، بحسب [مصدر عسكري] في المدينة.", "مصدر عسكري | YEM"),
    # called by the first words of the name: two, one behind an honour or behind the same post
    ("أكد علاء الدين قاسم أن النظام فشل. وأضاف [علاء الدين] أن العمل مستمر.", "علاء الدين قاسم | -"),
    ("وصل الشيخ حمد بن خليفة آل ثاني إلى غزة. والتقى الوفد [الشيخ حمد] في المعبر.", "حمد بن خليفة آل ثاني | QAT"),
    ("قالت المتحدثة باسم الخارجية الأميركية جاكلين ووترز ذلك. وأضافت [المتحدثة جاكلين] أن العمل مستمر.", "جاكلين ووترز | USA"),
    ("قالت المتحدثة باسم الخارجية الأميركية جاكلين ووترز ذلك. وردت [الوزيرة جاكلين] عليها.", "جاكلين | USA"),
    # the opposition of an article that Syria leads
    ("قصف الجيش السوري درعا. وقالت دمشق إن سوريا صامدة، ورفضت موسكو ذلك. وردت [المعارضة] بالرفض.", "المعارضة | SYR_OPP"),
    # a party taken up by its head word, where only a description of its leader named it
    ("التقى رئيس حزب الأمة الوفد في الخرطوم. وقال [المتحدث باسم الحزب] إن اللقاء مفيد.", "المتحدث باسم الحزب | OTHER:National Umma Party"),
    ("قال زعيم حركة طالبان الملا برادر ذلك. ورفضت [الحركة] شروط كابل.", "حركة طالبان | TALIBAN"),
    ("قال رئيس الوزراء الفنلندي ذلك في هلسنكي. ورحب [الحزب] بكلامه.", "الحزب | -"),
    # an article that writes its prepositions with ى
    ("إلى ذلك أكد النائب [علي القحوم] أن الحوار مستمر حتى النهاية.", "علي القحوم | -"),
]  # fmt: skip


@pytest.mark.parametrize(("marked", "wanted"), TABLE, ids=[row[0] for row in TABLE])
def test_meant(reader: Reader, marked: str, wanted: str) -> None:
    assert meant(reader, marked) == wanted


# Each row: a text, and the speaker (name, code) of its last statement.
SPEAKERS = [
    # told to a paper; an honour; the latter; she who spoke before him; a paper is no مؤكدا
    ("قال وزير الري حسام مغازي إن السد آمن. وأضاف لـ«الوطن» أن المياه كافية.", "حسام مغازي", "EGY"),
    ("قال الرئيس الفلسطيني محمود عباس إن المجلس سيعقد. وحول المصالحة، قال سيادته إن الوفد عاد.", "محمود عباس", "PSE"),
    ("اتصل ماكرون بالرئيس الروسي فلاديمير بوتين، وأكد الأخير أن بلاده ملتزمة.", "فلاديمير بوتين", "RUS"),
    ("قالت المستشارة الألمانية أنغيلا ميركل إن الوضع صعب. وقال الرئيس الفرنسي فرنسوا هولاند إن الحل قريب. وأضافت أن أوروبا قلقة.", "أنغيلا ميركل", "DEU"),
    ("قال بيان لوزارة الخارجية الكورية الشمالية إن الولايات المتحدة تدفع نحو الحرب.", "وزارة الخارجية الكورية الشمالية", "PRK"),
    ("وقالت وسائل إعلام إن الرئيس استقال.", "وسائل إعلام", "MEDIA"),
    # two of one family name: he who was named in full last; he who held the post once
    ("قال وزير الخارجية الفلسطيني رياض المالكي إن القدس أولا. والتقى رئيس الوزراء العراقي نوري المالكي الوفد. وأضاف المالكي أن بغداد مستعدة.", "نوري المالكي", "IRQ"),
    ("استقبل نبيل العربي في القاهرة وزير الخارجية الأميركي الأسبق كولن باول. وقال وزير الخارجية الأميركي الأسبق إن الوضع صعب.", "كولن باول", "USA"),
    # a verb without a subject goes on with the last speaker
    ("قال وزير الخارجية الألماني فرانك فالتر شتاينماير إن الهدنة صامدة. وأضاف أن الخروقات محدودة.",
     "فرانك فالتر شتاينماير", "DEU"),
    ("قالت موغيريني إن الحوار مستمر. وتابعت أن الجولة المقبلة قريبة.", "موغيريني", "EU"),
    # "his country" is the speaker's
    ("أعلن وزير الخارجية النمساوي سيباستيان كورتس أن بلاده جاهزة.", "سيباستيان كورتس", "AUT"),
    # the report is its issuer's
    ("قالت صحيفة الغارديان في تقرير لها إن الحرب طويلة. وقال كيري إن الحل قريب. وأضاف التقرير أن الخسائر كبيرة.",
     "صحيفة الغارديان", "MEDIA"),
    # a paper says it مشيرة, not مشيرا
    ("أفادت وكالة الأناضول بأن أردوغان التقى روحاني في أنقرة، مشيرا إلى أن الحدود آمنة.", "أردوغان", "TUR"),
    # a listed person described only by office, on the date of the report
    ("قال وزير الخارجية الأميركي إن الاتفاق قريب.", "وزير الخارجية الأميركي", "USA"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "name", "code"), SPEAKERS, ids=[row[0] for row in SPEAKERS])
def test_speaker_goes_on(read: Read, text: str, name: str, code: str) -> None:
    record = read(text)
    last = max(record.statements, key=lambda s: s.content)
    speaker = record.actor(last.speaker or "")
    assert (speaker.name, speaker.code) == (name, code)


# Each row: a text, an event type, and the parties of its last event of that type: words that point back to both sides.
PAIRS = [
    ("بحثت تركيا والعراق أزمة المياه. ووقع الطرفان اتفاقا أمنيا.", "AGREE", {"TUR", "IRQ"}),
    ("التقى الرئيس المصري عبد الفتاح السيسي نظيره الفرنسي فرنسوا هولاند. ووقع الرئيسان اتفاقات عدة.",
     "AGREE", {"EGY", "FRA"}),
    ("اتفق الوزيران الروسي والأميركي على لقاء في حلب.", "AGREE", {"RUS", "USA"}),
    ("اتفق الوزيران الروسي والأميركي على هدنة في حلب.", "RETREAT", {"RUS", "USA"}),
    ("اتفقت الكوريتان على لقاء العائلات.", "AGREE", {"KOR", "PRK"}),
]  # fmt: skip


@pytest.mark.parametrize(("text", "type_", "wanted"), PAIRS, ids=[row[0] for row in PAIRS])
def test_both_sides(read: Read, text: str, type_: str, wanted: set[str]) -> None:
    record = read(text)
    events = [event for event in record.events if event.type == type_]
    assert events, [event.type for event in record.events]
    assert {record.actor(key).code for key in (*events[-1].source, *events[-1].target)} == wanted


# A person is described by the office held on the day of the report.
OFFICES = [
    ("قال جون كيري إن الاتفاق جيد.", "2014-05-01", "foreign_minister"),
    ("قال جون كيري إن الاتفاق جيد.", "2010-05-01", "legislator"),
    ("قال فلاديمير بوتين إن بلاده مستعدة.", "2010-05-01", "head_of_government"),
    ("قال فلاديمير بوتين إن بلاده مستعدة.", "2015-05-01", "head_of_state"),
    ("قال سيرغي لافروف إن بلاده مستعدة.", "2015-05-01", "foreign_minister"),
    ("قال بوريس جونسون إن بلاده مستعدة.", "2017-05-01", "foreign_minister"),
    ("قال بوريس جونسون إن بلاده مستعدة.", "2020-05-01", "head_of_government"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "published", "role"), OFFICES, ids=[f"{row[0]}-{row[1]}" for row in OFFICES])
def test_office_on_the_day(read: Read, text: str, published: str, role: str) -> None:
    record = read(text, published)
    assert [record.actor(s.speaker or "").role for s in record.statements] == [role]


def test_one_person_is_one_actor(read: Read) -> None:
    record = read(
        "قال وزير الخارجية الأميركي جون كيري إن الاتفاق قريب. وأضاف كيري أن العمل مستمر. "
        "وأكد الوزير الأميركي أن واشنطن ملتزمة. وختم جون كيري بأن الوقت حان."
    )
    assert [actor.name for actor in record.actors if actor.kind == "person"] == ["جون كيري"]


@pytest.mark.parametrize(("published", "person"), [("2003-05-10", "rafik-hariri"), ("2018-05-10", "saad-hariri")])
def test_of_one_family_name_who_is_in_office(reader: Reader, published: str, person: str) -> None:
    reading = reader.reading(Article("row", "استقبل الحريري الوفد الفرنسي.", published=published))
    assert person in {entity.ref for entity in reading.cast.entities}


def test_a_state_is_one_actor(read: Read) -> None:
    record = read(
        "أعلنت روسيا أنها ستشارك. وقالت موسكو إن الوفد جاهز. وأكد الكرملين أن الموعد ثابت. "
        "وأضافت وزارة الخارجية الروسية أن الدعوات أرسلت."
    )
    assert {actor.code for actor in record.actors} == {"RUS"}
    assert len({statement.speaker for statement in record.statements}) == 1


HOME = [
    # the publisher's own officials go without their country's name, where the article is about it too
    ("almasryalyoum", "قال مصدر أمني إن القاهرة هادئة.", "مصدر أمني", "EGY"),
    ("www.shorouknews.com", "أكدت مصادر رئاسية أن اللقاء تأجل.", "مصادر رئاسية", "EGY"),
    ("almasryalyoum", "التقى الرئيس الفرنسي نظيره الألماني. وقال وزير الدفاع إن ألمانيا وفرنسا متفقتان.", "وزير الدفاع", None),
    ("okaz", "أكد مصدر أمني أن الرياض هادئة.", "مصدر أمني", "SAU"),
    ("www.petra.gov.jo", "أكدت مصادر رئاسية أن لقاء عمان تأجل.", "مصادر رئاسية", "JOR"),
    ("sawt.example.tn", "أكدت مصادر رئاسية أن اللقاء في تونس تأجل.", "مصادر رئاسية", "TUN"),  # an outlet nobody listed: by its domain
    ("alquds.co.uk", "أكدت مصادر رئاسية أن لقاء رام الله تأجل.", "مصادر رئاسية", None),  # printed in London for all
    ("El.Dostor.News", "أكدت مصادر رئاسية أن لقاء القاهرة تأجل.", "مصادر رئاسية", "EGY"),
    # else the state an article is plainly about
    ("BBC", "قالت الحكومة البلغارية إن الشرطة البلغارية أوقفت رجلا في صوفيا. وقال مصدر أمني إنه سيحاكم.", "مصدر أمني", "BGR"),
    ("BBC", "قال مصدر مطلع إن المحادثات انتهت.", "مصدر مطلع", None),
    # the state a sentence is set in
    ("BBC", "طالبت النائبة إيزابيل فوس بتوضيح من حكومتها.", "إيزابيل فوس", None),
    ("BBC", "وفي هولندا، طالبت النائبة إيزابيل فوس بتوضيح من حكومتها.", "إيزابيل فوس", "NLD"),
    # offices that only a state has are those of the state last spoken of; a party has leaders too
    ("BBC", "التقى الوفد مسؤولين في قبرص. وقال الوزير بافلوس ماركو إن الخطة جاهزة.", "بافلوس ماركو", "CYP"),
    ("BBC", "التقى الوفد مسؤولين في قبرص. وقال زعيم المعارضة بافلوس ماركو إن الخطة فاشلة.", "بافلوس ماركو", None),
]


@pytest.mark.parametrize(("source", "text", "name", "code"), HOME)
def test_home(reader: Reader, source: str, text: str, name: str, code: str | None) -> None:
    reading = reader.reading(Article("row", text, published="2013-02-20", source=source))
    found = {reading.document.raw(*entity.name): entity.code for entity in reading.cast.entities}
    assert found[name] == code
