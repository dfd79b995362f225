"""Mentions: who is named in a sentence, listed or not, and by which description.

Each row: a text and its mentions as "words | kind | code | role". The words are the proper name where there is one,
else the whole description without the proclitic; nationalities of a dual are joined by +. ``-`` stands for none.
"""

from __future__ import annotations

import pytest

from mahdar.reading.mentions import Mention
from mahdar.reading.reader import Reader
from mahdar.record import Article


def mentions_of(reader: Reader, text: str) -> list[str]:
    reading = reader.reading(Article("row", text, published="2015-08-05"))
    document, cast = reading.document, reading.cast

    def line(m: Mention) -> str:
        first, last = m.name or (m.first, m.last)
        words = document.raw(first, last)
        if first == m.first and m.prefix and not document.form(first).startswith(("لل", "ولل")):
            words = words[len(m.prefix) :]
        entity = cast.entities[m.entity] if m.entity >= 0 else None
        code = "+".join(m.codes) if m.codes else (entity.code if entity is not None else m.code)
        role = entity.role if entity is not None and entity.named else m.role
        return f"{words} | {m.kind} | {code or '-'} | {role or '-'}"

    return [line(m) for mentions in cast.by_sentence for m in mentions]


FOUND = [
    # behind an adjective or a name a post takes no genitive: whom its holder asks or strikes
    ("طالب وزير الخارجية الإيراني حزب الله بالهدوء", ["وزير الخارجية الإيراني | person | IRN | foreign_minister", "حزب الله | group | HEZBOLLAH | -"]),
    ("ناشدت المتحدثة باسم الخارجية الروسية أوكرانيا", ["المتحدثة باسم الخارجية الروسية | person | RUS | spokesperson", "أوكرانيا | state | UKR | -"]),
    ("دعا وزيرا خارجية فرنسا وألمانيا روسيا إلى الحوار", ["وزيرا خارجية فرنسا وألمانيا | person | FRA+DEU | foreign_minister", "روسيا | state | RUS | -"]),
    ("حذر الأمين العام للأمم المتحدة الحوثيين", ["الأمين العام للأمم المتحدة | person | UN | official", "الحوثيين | group | HOUTHI | -"]),
    ("طلب الأمين العام للأمم المتحدة من بكين ذلك", ["الأمين العام للأمم المتحدة | person | UN | official", "بكين | state | CHN | -"]),
    ("ناشد البرلمان الأوروبي اللبنانيين ضبط النفس", ["البرلمان الأوروبي | organisation | EU | -", "اللبنانيين | state | LBN | -"]),
    # but what agrees with it, and what the head governs, is its own
    ("قال كبير المفاوضين الروس ذلك", ["كبير المفاوضين الروس | person | RUS | envoy"]),
    ("اجتمع وزراء مالية مجموعة السبع أمس", ["وزراء مالية مجموعة السبع | person | OTHER:G7 | minister"]),
    ("لقاء قيادات الحوثيين", ["قيادات الحوثيين | person | HOUTHI | party_leader"]),
    ("وصل الوفد الحكومي السوداني أمس", ["الوفد الحكومي السوداني | state | SDN | -"]),
    # two of a thing are no name
    ("عقد الوزير التركي لقاءين أمس", ["الوزير التركي | person | TUR | minister"]),
    ("أجرى العاهل الأردني اتصالين هاتفيين أمس", ["العاهل الأردني | person | JOR | monarch"]),
    ("قال الوزير ياسين حسنين ذلك", ["ياسين حسنين | person | - | minister"]),
    # given names of two words, علي at the head of a name, a glued و before a second name
    ("قال عبد الفتاح الجبالي إن العجز كبير", ["عبد الفتاح الجبالي | person | - | -"]),
    ("وقال علي العلاق إن المصرف على الطريق الصحيح وأجاب على الأسئلة", ["علي العلاق | person | - | -"]),
    ("التقى الوفد خالد منصور وفاطمة حداد", ["خالد منصور | person | - | -", "فاطمة حداد | person | - | -"]),
    ("وقال حسن فهمي إن الكهرباء عادت", ["حسن فهمي | person | - | -"]),
    ("وقال السفير هاني خلاف، وهو متقاعد، إن الوقت حان", ["هاني خلاف | person | - | ambassador"]),
    # the house behind a Gulf name, a title in front of it; على so spelt in Egypt is a name behind a title, or before a post
    ("استقبل الشيخ فلاح بن علي آل صباح الوفد", ["فلاح بن علي آل صباح | person | - | -", "الوفد | state | - | -"]),
    ("قال النائب على فريج ذلك", ["على فريج | person | - | legislator"]),
    ("وقال على هامش المؤتمر ذلك", []),
    # a name between commas behind the post; one name behind two posts; a head of a delegation
    ("استدعي السفير البريطاني في أثينا، كينيث ورد، أمس", ["كينيث ورد | person | GBR | ambassador"]),
    ("أعلن السفير البريطاني في أثينا، مساء أمس، ذلك", ["السفير البريطاني في أثينا | person | GBR | ambassador"]),
    ("قال رئيس الوزراء الإيطالي وزعيم تحالف الوسط إنريكو باولوتشي ذلك", ["إنريكو باولوتشي | person | ITA | head_of_government"]),
    ("وصل وفد الحزب برئاسة يائير لابيد", ["الحزب | organisation | - | -", "يائير لابيد | person | OTHER:Yesh Atid | party_leader"]),
    # organs of the land named in full; a source of the church; the office behind a name; a nisba behind a given name; two of two states
    ("قال مصدر كنسي ذلك", ["مصدر كنسي | person | CHURCH | source"]),
    ("قال جمال منصور نائب رئيس جامعة القاهرة ذلك", ["جمال منصور | person | EGY | official"]),
    ("أكد نافديب سوري، سفير الهند لدى مصر، ذلك", ["نافديب سوري | person | IND | ambassador"]),
    ("استقبل مستشار الرئيس الأميركي أنجيلا ميركل", ["مستشار الرئيس الأميركي | person | USA | official", "أنجيلا ميركل | person | DEU | head_of_government"]),
    # more of a name behind a listed one is somebody else
    ("استقبل الوزير يوسف أحمد الشرقاوي", ["يوسف أحمد الشرقاوي | person | - | minister"]),
    # what stands between a post and its name
    ("قال السفير الفرنسي لحقوق الإنسان فرانسوا كروكيت إن بلاده قلقة", ["فرانسوا كروكيت | person | FRA | ambassador", "بلاده | state | - | -"]),
    ("قال سفير هولندا في المجلس كارل فان دايك ذلك", ["كارل فان دايك | person | NLD | ambassador"]),
    ("قال السناتور الأسترالي المستقل نيك زينوفون ذلك", ["نيك زينوفون | person | AUS | legislator"]),
    # a desk named after another state; a party whose head the role phrase has swallowed; a nisba that is also a word
    ("قال مدير إدارة إسرائيل بالخارجية المصرية طارق القوني ذلك", ["طارق القوني | person | EGY | official"]),
    ("وقال رئيس حركة النهضة راشد الغنوشي ذلك", ["راشد الغنوشي | person | OTHER:Ennahda | party_leader"]),
    ("قال وزير الخارجية المجري بيتر سيارتو ذلك", ["بيتر سيارتو | person | HUN | foreign_minister"]),
    ("دخلت القوات المالية المدينة", ["القوات المالية | state | MLI | -"]),
    ("دعت البعثة المشتركة للأمم المتحدة إلى الهدوء", ["البعثة المشتركة للأمم المتحدة | organisation | UN | -"]),
    # behind an adjective no genitive follows; إلى belongs to the verb, but for envoys
    ("وجه الرئيس المصري وزارة الخارجية بالرد", ["الرئيس المصري | person | EGY | head_of_state", "وزارة الخارجية | state | - | -"]),
    ("أوعز رئيس الوزراء الإسرائيلي إلى الجيش الإسرائيلي بذلك", ["رئيس الوزراء الإسرائيلي | person | ISR | head_of_government", "الجيش الإسرائيلي | state | ISR | -"]),
    # classes of people
    ("قال متظاهرون سوريون ذلك", ["متظاهرون سوريون | group | OTHER:protesters (Syria) | -"]),
    ("هاجم مسلحون مجهولون القافلة", ["مسلحون مجهولون | group | OTHER:gunmen | -"]),
    ("أفرجت طهران عن معتقلين بريطانيين", ["طهران | state | IRN | -", "معتقلين بريطانيين | state | GBR | -"]),
    ("تؤوي أوغندا لاجئين من جنوب السودان", ["أوغندا | state | UGA | -", "لاجئين من جنوب السودان | state | SSD | -"]),
    ("قتل الجيش الفرنسي مسلحين من تنظيم القاعدة", ["الجيش الفرنسي | state | FRA | -", "مسلحين من تنظيم القاعدة | group | QAEDA | -"]),
    ("قالت الإعلامية لبنى عسل ذلك", ["لبنى عسل | person | MEDIA | journalist"]),
    # a name nobody knows, told by the verb of saying or the post beside it; a word of no Arabic shape in a name
    ("وقال دراغوش بلاخوفتش إن الجسر مغلق", ["دراغوش بلاخوفتش | person | - | -"]),
    ("وحضر دراغوش بلاخوفتش، وزير النقل الصربي، الاجتماع", ["دراغوش بلاخوفتش | person | SRB | minister"]),
    ("قال المتحدث باسم وزارة التجارة الصينية غاو فنغ ذلك", ["غاو فنغ | person | CHN | spokesperson"]),
    ("قال سفير مصر لدى بلجيكا أشرف القباني إن القمة ناجحة", ["أشرف القباني | person | EGY | ambassador"]),
    ("قال اللواء أشرف عبد الله، مدير الأمن، ذلك", ["أشرف عبد الله | person | - | official"]),
    ("وأكد البشير ضرورة الحوار", ["البشير | person | SDN | head_of_state"]),
    ("وقال الدكتور عبدالخالق الشريف إن الوقت حان", ["عبدالخالق الشريف | person | - | -"]),
    # a regnal number and a lineage belong to the name
    ("استقبل البابا بنيديكت السادس عشر الوفد", ["بنيديكت السادس عشر | person | CHURCH | religious_leader", "الوفد | state | - | -"]),
    ("استقبل العاهل السعودي، الملك سلمان بن عبد العزيز، الوفد", ["الملك سلمان بن عبد العزيز | person | SAU | monarch", "الوفد | state | - | -"]),
    # whom he speaks for, or whose lawyer he is, is not his name
    ("قال المتحدث باسم الرئيس الأفغاني حامد كرزاي ذلك", ["المتحدث باسم الرئيس الأفغاني حامد كرزاي | person | AFG | spokesperson"]),
    ("وقال محامي ترامب ذلك", ["محامي ترامب | person | - | citizen"]),
    ("قال مراسل رويترز في الأمم المتحدة ذلك", ["مراسل رويترز في الأمم المتحدة | person | MEDIA | journalist"]),
    # a post behind a comma describes the titled name before it
    ("قال السفير علاء الحديدي، المتحدث الرسمي باسم رئاسة الوزراء، ذلك", ["علاء الحديدي | person | EGY | spokesperson"]),
    ("قال الأمين العام للأمم المتحدة، أنطونيو غوتيريش، ذلك", ["أنطونيو غوتيريش | person | UN | official"]),
    # parties, associations and oppositions are not their state, nor is who serves them
    ("رفضت المعارضة الإيرانية الاتفاق", ["المعارضة الإيرانية | group | OTHER:Al-Maarda Al-Airania | -"]),
    ("رفضت فصائل سورية الاتفاق", ["فصائل سورية | group | SYR_OPP | -"]),
    ("قال نبيل كامل، الأمين العام لاتحاد التجار، ذلك", ["نبيل كامل | person | OTHER:Athad Al-Tjar | official"]),
    ("وأكدت صحيفة (العرب) ذلك", ["(العرب) | organisation | MEDIA | -"]),
    # a dateline names no actor
    ("دبي، الإمارات العربية المتحدة (CNN) -- رحبت فرنسا بالاتفاق", ["فرنسا | state | FRA | -"]),
    ("جنيف (24 تشرين الثاني/نوفمبر 2013) - رحبت فرنسا بالاتفاق", ["فرنسا | state | FRA | -"]),
    ("فيينا (14 تموز/يوليو 2015) - رحبت فرنسا بالاتفاق", ["فرنسا | state | FRA | -"]),
    # role + nationality + listed name
    ("قال وزير الخارجية الأميركي جون كيري إن الاتفاق جيد", ["جون كيري | person | USA | foreign_minister"]),
    ("وصل الرئيس الفرنسي فرنسوا هولاند إلى برلين",
     ["فرنسوا هولاند | person | FRA | head_of_state", "برلين | state | DEU | -"]),
    ("اتصلت المستشارة الألمانية أنغيلا ميركل بنظيرها", ["أنغيلا ميركل | person | DEU | head_of_government"]),
    ("أكد رئيس الوزراء البريطاني ديفيد كاميرون دعمه", ["ديفيد كاميرون | person | GBR | head_of_government"]),
    ("صرح وزير الدفاع الروسي سيرغي شويغو للصحافيين", ["سيرغي شويغو | person | RUS | defence_minister"]),
    ("أعلن المرشد الإيراني علي خامنئي رفضه", ["علي خامنئي | person | IRN | head_of_state"]),
    # other spellings of the same name
    ("قال سيرجي لافروف للصحفيين", ["سيرجي لافروف | person | RUS | foreign_minister"]),
    ("قال وزير الخارجيه الامريكى جون كيرى للصحفيين", ["جون كيرى | person | USA | foreign_minister"]),
    ("اكد الرئيس الايراني حسن روحاني ذلك", ["حسن روحاني | person | IRN | head_of_state"]),
    # role + nationality + a name nobody listed
    ("قال وزير الزراعة الكوري الجنوبي لي سانغ هون إن الحظر باق", ["لي سانغ هون | person | KOR | minister"]),
    ("شكر نائب وزير الخارجية الكازاخستاني ييرجان عشقباييف الحضور", ["ييرجان عشقباييف | person | KAZ | official"]),
    ("أوضح المتحدث العسكري الباكستاني عاصم باجوا ذلك", ["عاصم باجوا | person | PAK | spokesperson"]),
    ("أوضح وزير الري السوداني معتز موسى ذلك", ["معتز موسى | person | SDN | minister"]),
    ("زارت وزيرة التجارة النيوزيلندية تينا غرومباخر القاهرة", ["تينا غرومباخر | person | NZL | minister"]),
    # construct: role of a state
    ("التقى وزير خارجية فرنسا لوران فابيوس الصحافيين", ["لوران فابيوس | person | FRA | foreign_minister"]),
    ("أعلن رئيس وزراء إسرائيل بنيامين نتانياهو ذلك", ["بنيامين نتانياهو | person | ISR | head_of_government"]),
    ("قال رئيس جمهورية فنلندا ساولي نينيستو ذلك", ["ساولي نينيستو | person | FIN | head_of_state"]),
    ("زار ملك الأردن عبد الله الثاني موسكو", ["عبد الله الثاني | person | JOR | monarch", "موسكو | state | RUS | -"]),
    ("قال أمير قطر تميم بن حمد آل ثاني ذلك", ["تميم بن حمد آل ثاني | person | QAT | monarch"]),
    # name first, description in apposition
    ("رحب لوران فابيوس، وزير الخارجية الفرنسي، بالقرار", ["لوران فابيوس | person | FRA | foreign_minister"]),
    ("قالت فيديريكا موغيريني، مسؤولة السياسة الخارجية في الاتحاد الأوروبي، ذلك",
     ["فيديريكا موغيريني | person | EU | official"]),
    ("أشاد ينس ستولتنبرغ، الأمين العام لحلف شمال الأطلسي، بالخطوة", ["ينس ستولتنبرغ | person | NATO | official"]),
    ("وصف سامح شكري وزير الخارجية المصري المحادثات", ["سامح شكري | person | EGY | foreign_minister"]),
    # a description behind commas or in brackets, then the name
    ("حذر رئيس الحكومة الليبية، عبد الله الثني، من ذلك", ["عبد الله الثني | person | LBY | head_of_government"]),
    ("وجه وزير الخارجية الأميركي (جون كيري) طلبا", ["جون كيري | person | USA | foreign_minister"]),
    ('قال زعيم الجماعة "عبد الملك الحوثي" ذلك', ["عبد الملك الحوثي | person | HOUTHI | rebel_leader"]),
    # spokespersons
    ("قال المتحدث باسم الكرملين دميتري بيسكوف ذلك", ["دميتري بيسكوف | person | RUS | spokesperson"]),
    ("قالت المتحدثة باسم الخارجية الروسية ماريا زاخاروفا ذلك", ["ماريا زاخاروفا | person | RUS | spokesperson"]),
    ("قال الناطق باسم الحكومة الأردنية محمد المومني ذلك", ["محمد المومني | person | JOR | spokesperson"]),
    ("نفى المتحدث باسم الأمم المتحدة ستيفان دوجاريك ذلك", ["ستيفان دوجاريك | person | UN | spokesperson"]),
    ("قال المتحدث باسم حلف الناتو ذلك", ["المتحدث باسم حلف الناتو | person | NATO | spokesperson"]),
    ("أعلن المتحدث باسم طالبان ذبيح الله مجاهد ذلك", ["ذبيح الله مجاهد | person | TALIBAN | spokesperson"]),
    ("قال المتحدث باسم البيت الأبيض جوش إيرنست ذلك", ["جوش إيرنست | person | USA | spokesperson"]),
    ("قالت المتحدثة باسم وزارة الخارجية الأميركية جين بساكي ذلك", ["جين بساكي | person | USA | spokesperson"]),
    # institutions
    ("أعلنت وزارة الخارجية الإيرانية ذلك", ["وزارة الخارجية الإيرانية | state | IRN | -"]),
    ("وافق البرلمان التركي على المذكرة", ["البرلمان التركي | state | TUR | -"]),
    ("أفادت الحكومة العراقية بذلك", ["الحكومة العراقية | state | IRQ | -"]),
    ("قال البيت الأبيض ذلك", ["البيت الأبيض | state | USA | -"]),
    ("أعلن الكرملين ذلك", ["الكرملين | state | RUS | -"]),
    ("صوت مجلس العموم ضد المذكرة", ["مجلس العموم | state | GBR | -"]),
    ("أدان مجلس الأمن الدولي الهجوم", ["مجلس الأمن الدولي | organisation | UN | -"]),
    ("أعلن الحرس الثوري الإيراني ذلك", ["الحرس الثوري الإيراني | state | IRN | -"]),
    ("دعا الاتحاد الإفريقي إلى الهدوء", ["الاتحاد الإفريقي | organisation | AU | -"]),
    ("أغلقت السفارة الأميركية في صنعاء أبوابها", ["السفارة الأميركية في صنعاء | state | USA | -"]),
    # groups and media
    ("تبنت حركة الشباب الصومالية الهجوم", ["حركة الشباب الصومالية | group | OTHER:al-Shabaab | -"]),
    ("هاجم مقاتلو حماس القاعدة", ["مقاتلو حماس | group | HAMAS | -"]),
    ("قتل مقاتلون من حماس جنديا", ["مقاتلون من حماس | group | HAMAS | -"]),
    ("هاجم المقاتلون حماس", ["المقاتلون | group | OTHER:fighters | -", "حماس | group | HAMAS | -"]),
    ("أعلن حزب الله ذلك", ["حزب الله | group | HEZBOLLAH | -"]),
    ("انسحبت قوات البشمركة من المدينة", ["قوات البشمركة"]),
    ("سيطر تنظيم الدولة الإسلامية على المدينة", ["تنظيم الدولة الإسلامية | group | ISIS | -"]),
    ("هاجم تنظيم داعش البلدة", ["تنظيم داعش | group | ISIS | -"]),
    ("أفادت وكالة رويترز بذلك", ["وكالة رويترز | organisation | MEDIA | -"]),
    ("ذكرت صحيفة الحياة ذلك", ["صحيفة الحياة | organisation | MEDIA | -"]),
    # ambassadors: their own state, not their post
    ("قال السفير الأميركي في بغداد ستيوارت جونز ذلك", ["ستيوارت جونز | person | USA | ambassador"]),
    ("وصل سفير روسيا لدى سوريا أمس", ["سفير روسيا لدى سوريا | person | RUS | ambassador"]),
    ("قال مندوب سوريا لدى الأمم المتحدة بشار الجعفري ذلك", ["بشار الجعفري | person | SYR | ambassador"]),
    ("استدعت الخارجية القائم بالأعمال البريطاني في طهران",
     ["القائم بالأعمال البريطاني في طهران | person | GBR | ambassador"]),
    # former office holders
    ("قال وزير الخارجية المصري السابق نبيل فهمي ذلك", ["نبيل فهمي | person | EGY | foreign_minister"]),
    ("زار الرئيس الأميركي الأسبق جيمي كارتر موسكو", ["جيمي كارتر | person | USA | head_of_state"]),
    ("قال رئيس الوزراء البريطاني السابق توني بلير ذلك", ["توني بلير | person | GBR | head_of_government"]),
    # envoys and portfolios
    ("وصل المبعوث البريطاني إلى ليبيا جوناثان باول", ["جوناثان باول | person | GBR | envoy"]),
    ("وصل المبعوث البريطاني لشؤون ليبيا جوناثان باول", ["جوناثان باول | person | GBR | envoy"]),
    ("التقى مبعوث الأمم المتحدة إلى سوريا ستيفان دي ميستورا الوفد", ["ستيفان دي ميستورا | person | UN | envoy"]),
    ("أعلن وزير شؤون القدس الفلسطيني عدنان الحسيني ذلك", ["عدنان الحسيني | person | PSE | minister"]),
    # duals
    ("اجتمع الوزيران الروسي والأميركي في لوزان", ["الوزيران الروسي والأميركي | person | RUS+USA | minister"]),
    ("اتفق الرئيسان التركي والإيراني على ذلك", ["الرئيسان التركي والإيراني | person | TUR+IRN | head_of_state"]),
    ("التقى وزيرا خارجية فرنسا وألمانيا في باريس",
     ["وزيرا خارجية فرنسا وألمانيا | person | FRA+DEU | foreign_minister"]),
    # country names with glued proclitics
    ("قدمت المساعدة لبريطانيا وفرنسا", ["بريطانيا | state | GBR | -", "فرنسا | state | FRA | -"]),
    ("نددت بموسكو وبطهران", ["موسكو | state | RUS | -", "طهران | state | IRN | -"]),
    ("منح الاتحاد الأوروبي لبنان والأردن قرضا", ["لبنان | state | LBN | -", "الأردن | state | JOR | -"]),
    ("قدم الشكر للكويت وللإمارات", ["للكويت | state | KWT | -"]),
    ("أرسلت لليونان ولإيطاليا مذكرة", ["إيطاليا | state | ITA | -"]),
    # hashtags
    ("طالبت #السعودية #حزب_الله بالانسحاب", ["السعودية | state | SAU | -", "حزب_الله | group | HEZBOLLAH | -"]),
    # quotation marks around a name
    ('استهدفت الغارات "داعش" في الرقة', ["داعش | group | ISIS | -"]),
    ("أعلنت جماعة «أنصار الله» ذلك", ["HOUTHI"]),
    # unnamed officials
    ("قال مسؤول أميركي كبير ذلك", ["مسؤول أميركي كبير | person | USA | official"]),
    ("قال مسؤول كبير في الخارجية الأميركية ذلك", ["مسؤول كبير في الخارجية الأميركية | person | USA | official"]),
    ("أفاد مصدر دبلوماسي فرنسي بذلك", ["مصدر دبلوماسي فرنسي | person | FRA | source"]),
    # so many people of a nation, whose plural is a broken one
    ("هاجم قراصنة إنترنت روس مواقع حكومية", ["قراصنة إنترنت روس | state | RUS"]),
    ("فجر مجهولون أنبوب الغاز", ["مجهولون | group | OTHER:assailants"]),
    # مالي behind a feminine noun is no adjective of it
    ("ناقش المجلس أزمة مالي", ["MLI"]),
    ("غادرت مالي التكتل الإقليمي", ["MLI"]),
    # a capital of two words is no part of the name its first word might make
    ("عزت إسلام آباد التفجير إلى خصومها", ["إسلام آباد | state | PAK"]),
    # whom somebody met begins behind the nationality: no genitive of the one who met him
    ("التقى أعضاء الكونغرس الأميركي وزير التجارة الماليزي", ["أعضاء الكونغرس الأميركي | person | USA | legislator", "وزير التجارة الماليزي | person | MYS | minister"]),
    ("استقبل السفير الكندي وزير الدفاع النيبالي", ["السفير الكندي | person | CAN | ambassador", "وزير الدفاع النيبالي | person | NPL | defence_minister"]),
    ("استقبل رئيس الوزراء الماليزي السفير الكندي", ["رئيس الوزراء الماليزي | person | MYS | head_of_government", "السفير الكندي | person | CAN | ambassador"]),
    # ل with a state behind a post is where somebody goes, but for envoys, realms and what is said to be former
    ("بحثوا زيارة وزير التخطيط لليونان", ["وزير التخطيط | person | - | minister", "لليونان | state | GRC | -"]),
    ("قال وزير التخطيط لجمهورية الهند راجيش كومار ذلك", ["راجيش كومار | person | IND | minister"]),
    ("قال السفير السابق لليونان نيكوس بافلو ذلك", ["نيكوس بافلو | person | GRC | ambassador"]),
    # the nation of one who works for others; whom a legislator sits for; an office inside an organ of another state
    ("قال المدير العام للوكالة الياباني يوكيا أمانو ذلك", ["يوكيا أمانو | person | IAEA | official"]),
    ("قال فهمي الجبالي، عضو مجلس الشورى عن حزب الوفد، ذلك", ["فهمي الجبالي | person | OTHER:Wafd Party | legislator"]),
    ("قال طارق القوني، مدير إدارة إسرائيل في الخارجية المصرية، ذلك", ["طارق القوني | person | EGY | official"]),
    # a body in quotation marks behind the head of a post; a union is not the state of its members
    ('قال جيمس وودكوك، رئيس "المعهد الآسيوي للدراسات"، ذلك', ["جيمس وودكوك | person | - | official"]),
    ("قال راجيش كومار رئيس اتحاد الشركات الهندية ذلك", ["راجيش كومار | person | - | official"]),
    # who serves a body named before by its head word
    ("رفض حزب الوفد القانون. وقال مصدر في الحزب ذلك", ["مصدر في الحزب | person | OTHER:Wafd Party | source"]),
    ("أقرض صندوق النقد الدولي البلد. وحذر المديرون التنفيذيون للصندوق من ذلك", ["المديرون التنفيذيون للصندوق | person | IMF | official"]),
    # another's post behind و; no genitive behind a plural with its ن; what stands behind an organ that has been read
    ("التقى شيخ الأزهر والرئيس الفنلندي سولي نينيستو أمس", ["شيخ الأزهر | person | OTHER:Al-Azhar | religious_leader", "| FIN | head_of_state"]),
    ("اتهم دبلوماسيون غربيون موسكو بذلك", ["دبلوماسيون غربيون | person | - | official", "موسكو | state | RUS | -"]),
    ("كما قال الناطق باسم التحالف المملكة آمنة", ["الناطق باسم التحالف | person | - | spokesperson", "المملكة | state | - | -"]),
    ("بحثت قيادات الجيش الوضع", ["قيادات الجيش | person | - | party_leader"]),
    # a portfolio that is also a class of people; a trade behind a verb; a Korean of neither Korea
    ("قال رامي الحلو، وزير الأسرى، ذلك", ["رامي الحلو | person | - | minister"]),
    ("ووصف الإعلامي رامي الحلو اللقاء", ["رامي الحلو | person | MEDIA | journalist"]),
    ("قال نائب الوزير الكوري تشوي سون ذلك", ["تشوي سون | person | - | official"]),
    # لجنة begins with a ل of its own: its name follows, and whose part it is
    ("قالت لجنة السياحة بالبرلمان الألماني ذلك", ["لجنة السياحة بالبرلمان الألماني | organisation | DEU | -"]),
    ("قالت لجنة الخبراء التابعة للأمم المتحدة ذلك", ["لجنة الخبراء التابعة للأمم المتحدة | organisation | UN | -"]),
    ("زار وفد من لجنة الدفاع مصر", ["لجنة الدفاع | organisation | - | -", "مصر | state | EGY | -"]),
    ("قالت لجنة الشؤون الأفريقية ذلك", ["لجنة الشؤون الأفريقية | organisation | - | -"]),
    # an aide of the president is no president; a committee of a chamber that is named with its state
    ("قال مساعد رئيس الجمهورية الفنلندي راجيش كومار ذلك", ["راجيش كومار | person | FIN | official"]),
    ("قال رئيس لجنة الشؤون الخارجية بمجلس الشيوخ الأميركي راجيش كومار ذلك", ["راجيش كومار | person | USA | legislator"]),
    # two posts side by side are one man's where the listed person behind them held both
    ("هنأ ولي العهد النائب الأول لرئيس مجلس الوزراء الأمير سلمان بن حمد آل خليفة الفريق", ["سلمان بن حمد آل خليفة | person | BHR | crown_prince"]),
    ("قال رئيس مجلس الوزراء وزير الخارجية القطري الشيخ محمد بن عبدالرحمن آل ثاني ذلك", ["محمد بن عبدالرحمن آل ثاني | person | QAT | head_of_government"]),
    ("التقى رئيس الوزراء وزير الخارجية السعودي عادل الجبير", ["رئيس الوزراء | person | - | head_of_government", "عادل الجبير | person | SAU | foreign_minister"]),
    # the envoy of Arabs and others, whom his post puts with one of them
    ("اجتمع بالموفد العربي والدولي، الأخضر الإبراهيمي", ["الأخضر الإبراهيمي | person | UN | envoy"]),
    # members of a body all together are the body; of a state they are persons
    ("طالب أعضاء حركة فتح بذلك", ["أعضاء حركة فتح | group | OTHER:Fatah | -"]),
    ("طالب أعضاء البرلمان الفنلندي بذلك", ["أعضاء البرلمان الفنلندي | person | FIN | legislator"]),
    # several parties behind one plural, quoted or not; each is listed as حزب …
    ("اجتمعت حركتا فتح وحماس في صنعاء", ["| OTHER:Fatah", "حماس | group | HAMAS"]),
    ('دعت أحزاب "الوفد" و"النور" و«مصر القوية» إلى الحوار', ["| OTHER:Wafd Party", "| OTHER:Nour Party", "| OTHER:Strong Egypt Party"]),
    # the six powers, with their number in brackets
    ("تعقد مجموعة (5+1) جولة جديدة", ["| organisation | P5+1"]),
    ("تعقد مجموعة الـ«5+1» جولة جديدة", ["| organisation | P5+1"]),
    # the official television is a medium, no organ of the state spoken of
    ("بث التلفزيون الرسمي كلمة الرئيس الإيراني", ["التلفزيون الرسمي | organisation | MEDIA | -"]),
    # the leader of a party, a union or a firm is no state's, whatever nationality the body bears; the chief of a ministry's unit is
    ("قال رامي منصور، رئيس الحزب الزراعي المصري، ذلك", ["رامي منصور | person | OTHER:Al-Hzb Al-Zraai Al-Msri | party_leader"]),
    ("قال رامي منصور، رئيس اتحاد المخابز التونسية، ذلك", ["رامي منصور | person | - | official"]),
    ("قال رامي منصور، المدير التنفيذي للمجلس اللبناني للزراعة، ذلك", ["رامي منصور | person | - | official"]),
    ("قال رامي منصور، المدير التنفيذي للبرنامج بوزارة الصحة اللبنانية، ذلك", ["رامي منصور | person | LBN | official"]),
    # a listed president who leads a party stays his state's
    ("قال شي جين بينغ، رئيس الحزب الشيوعي الصيني، ذلك", ["شي جين بينغ | person | CHN | party_leader"]),
    # a body named in quotation marks, and whoever heads it; quotation marks around a name
    ('أكد مدير مركز "ضفاف" للدراسات النهرية، رامي منصور، ذلك', ["رامي منصور | person | OTHER:Dfaf | official"]),
    ('قال رئيس الحزب "رامي منصور" ذلك', ["رامي منصور | person | - | party_leader"]),
    # a post behind a counterpart is his, with the name; without one nothing is said
    ("اتصل بنظيره رئيس الوزراء التونسي رامي منصور أمس", ["رامي منصور | person | TUN | head_of_government"]),
    ("اتصل بنظيره وبرئيس الوزراء التونسي", ["نظيره | person | - | -", "رئيس الوزراء التونسي | person | TUN | head_of_government"]),
    # kin with a pronoun, and a word that news knows well, end a name; a family name stays
    ("كلف الرئيس ترامب صهره بالملف", ["ترامب | person | USA | head_of_state"]),
    ("اقترح رئيس الوزراء ياروسلاف بوزنانسكي التغيير فجأة", ["ياروسلاف بوزنانسكي | person | - | head_of_government"]),
    ("قال المهندس أحمد سيف النصر ذلك", ["أحمد سيف النصر | person"]),
    # a listed family name that is somebody's first name here
    ("قال نائب وزير الخارجية شيكاو هاناموتو ذلك", ["شيكاو هاناموتو | person | - | official"]),
    # a post behind a listed name without a comma is his where he holds it; else another's
    ("استقبل الأمير سعود الفيصل وزير الخارجية السعودي الوفد", ["سعود الفيصل | person | SAU | official"]),
    ("استقبل سيرغي لافروف وزير الخارجية التونسي", ["سيرغي لافروف | person | RUS | foreign_minister", "وزير الخارجية التونسي | person | TUN | foreign_minister"]),
    # who heads a delegation; a post whose complements part it from a listed name
    ("وصلت بعثة من الاتحاد الأفريقي برئاسة السفيرة منى منصور إلى تونس", ["منى منصور | person | AU | ambassador"]),
    ("زار وفد من الاتحاد الأفريقي تونس، ثم تحدثت الباحثة منى منصور", ["منى منصور | person | - | expert"]),
    ("قالت الممثلة السامية للسياسة الخارجية والأمنية في الاتحاد الأوروبي فيديريكا موغيريني ذلك", ["فيديريكا موغيريني | person | EU | official"]),
    # of a part of a land; deputies of any head; a name spelt with a space behind و
    ("غرد رئيس وزراء إقليم البنجاب، راجيش كومار، قائلا ذلك", ["راجيش كومار | person | IND | official"]),
    ("غرد رئيس وزراء الهند، راجيش كومار، قائلا ذلك", ["راجيش كومار | person | IND | head_of_government"]),
    ("قال رامي منصور نائب رئيس حركة النهضة ذلك", ["رامي منصور | person | OTHER:Ennahda | official"]),
    ("التقى وفد حزب الحرية و العدالة الرئيس", ["MUSLIM_BROTHERHOOD"]),
    # a council of two nations is of its own; a nationality behind a quoted name belongs to it
    ("قال مجلس الأعمال المصري الهندي ذلك", ["مجلس الأعمال المصري الهندي | organisation | OTHER:Mjls Al-Aamal Al-Msri Al-Hndi | -"]),
    ('ذكرت وكالة "بلومبيرغ" الأميركية ذلك', ['وكالة "بلومبيرغ" الأميركية | organisation | MEDIA | -']),
    ("قصفت إيران مقر الحزب الديمقراطي الكردي الإيراني", ["OTHER:Democratic Party of Iranian Kurdistan"]),
    # members of Congress; a senator of no other land; heads of syndicates
    ("رفض أعضاء الكونغرس المشروع", ["أعضاء الكونغرس | person | USA | legislator"]),
    ("قال السيناتور جاك بريدن ذلك", ["جاك بريدن | person | USA | legislator"]),
    ("قال السيناتور الفرنسي جاك بريدن ذلك", ["جاك بريدن | person | FRA | legislator"]),
    ("قال نقيب المحامين رامي منصور ذلك", ["رامي منصور | person | OTHER:professional syndicate | official"]),
    # bodies nobody lists: words nobody knows, the adjective of a definite body, what it is for; a colour behind quotation marks
    ("اتهمت جماعة كورباليس نورتادو الجيش الفنلندي بذلك", ["كورباليس نورتادو | group | - | -", "الجيش الفنلندي | state | FIN | -"]),
    ("أعلنت الجبهة الزراعية للتجديد ذلك", ["الجبهة الزراعية للتجديد | group | - | -"]),
    ("قالت اللجنة التحضيرية للثورة الفنلندية ذلك", ["| organisation | OTHER:Al-Ljna Al-Thdiria Llthura Al-Fnlndia"]),
    ("قالت اللجنة الفنية للصحفيين ذلك", ["اللجنة الفنية | organisation | - | -"]),
    ("قالت اللجنة التي ترأسها ذلك", ["اللجنة | organisation | - | -"]),
    ('رفض حزب "الغد الأخضر" اليساري الحكومة التونسية', ['"الغد الأخضر" | organisation', "الحكومة التونسية | state | TUN | -"]),
    # a name behind where and when the post is held; a rank in front of a name with its post behind it
    ("قال المتحدث باسم الجيش في ولاية بورنو شمال نيجيريا صلاح موسى إن الوضع هادئ", ["صلاح موسى | person | NGA | spokesperson"]),
    ("التقى رئيس المجلس الأعلى للزراعة آنذاك رامي منصور الوفد", ["رامي منصور | person | - | official"]),
    ("شرح الجنرال جال هيرش المحلل الأمني ذلك", ["جال هيرش | person | - | expert"]),
    ("استقبل عبد العزيز فاضل نائب رئيس الشركة الوفد", ["عبد العزيز فاضل | person | - | official"]),
    # people of a town are called by it
    ("حذر أهالي بورسعيد الحكومة", ["أهالي بورسعيد | group | OTHER:citizens"]),
    ("أعلنت قبائل صعدة رفضها", ["قبائل صعدة | group | OTHER:tribes"]),
    # the object of the verb is no part of the body's name
    ("انتقد حزب الراية القرار", ["حزب الراية | organisation | - | -"]),
    ("رفض حزب الزراعة الفنلندي الاتفاق", ["حزب الزراعة الفنلندي | organisation"]),
    ("رفضت هيئة الرقابة الإدارية الطلب", ["هيئة الرقابة الإدارية | organisation | - | -"]),
    # adjective against country: the accusative alif
    ("التقى وفدا روسيا في القاهرة", ["RUS"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "wanted"), FOUND, ids=[row[0] for row in FOUND])
def test_found(reader: Reader, text: str, wanted: list[str]) -> None:
    found = mentions_of(reader, text)
    for line in wanted:
        whole = line.count("|") == 3
        assert line in found if whole else any(line in item for item in found), found


# Each row: a text and what no mention of it may contain.
ABSENT = [
    # مالي: financial, not Mali
    ("يحتاج البلد إلى دعم مالي عاجل", ["MLI"]),
    ("أعلنت الشركة عن عجز مالي كبير", ["MLI"]),
    ("قدمت الشركات مالي الدعم والخبرة", ["MLI"]),
    ("وقعا اتفاقا ماليا جديدا", ["MLI"]),
    ("أقر البرلمان النظام المالي الجديد", ["MLI"]),
    # a town, not "his country"
    ("وصل إلى بلدة جبلية صغيرة", ["بلدة"]),
    # nisbas that are also common words
    ("أجرى الطبيب فحصا مجريا دقيقا للتربة", ["HUN"]),
    # a verb of the present is no name; nor is what somebody is the first of, or comes as, somebody of his own
    ("وقال مسؤول في الخارجية الأميركية يرافق بومبيو إن بلاده ستستمع", ["يرافق"]),
    ("كان أول رئيس دولة يزور البلاد", ["رئيس دولة"]),
    ("يسعى إلى الترشح كمرشح رئاسي", ["مرشح"]),
    ("تستورد البلاد السلع ولا سيما الأجبان", ["سيما"]),
    ("استمر النزاع المسلح في البلاد", ["المسلح"]),
    ("انتقدت البلاد حركة تنقلات الموظفين", ["تنقلات"]),
    # given names and everyday words
    ("أعلن عن برنامج سعيد للأطفال", ["person"]),
    ("كان شهر كريم على الجميع", ["person"]),
    ("انطلقت المحادثات في أجواء من الأمل", ["person"]),
    ("يوسف له أن الأسعار ارتفعت", ["person"]),
    ("شهدت المدينة أمطارا غزيرة وعواصف", ["person", "state"]),
    # places that hold a person's name or a state's
    ("هبطت الطائرة في مطار جون كينيدي", ["head_of_state"]),
    # على is no name, and no part of one, where it is spelt as the preposition
    ("مع ظهور كيم على الساحة الدولية", ["كيم على"]),
    ("قال المتحدث ياسر علي إن الرئيس وافق، وأكد على الحوار", ["على |"]),
    # sport
    ("فاز منتخب الجزائر بكأس العالم للشباب", ["group"]),
    # institutions abroad are not the host's
    ("أغلقت السفارة الأميركية في صنعاء أبوابها", ["| USA | ambassador"]),
    # a portfolio with a foreign word is no nationality
    ("وصل المبعوث البريطاني لشؤون ليبيا إلى طرابلس", ["| LBY | envoy"]),
    ("قال مبعوث الأمم المتحدة إلى اليمن إسماعيل ولد الشيخ أحمد ذلك", ["| YEM | envoy"]),
    ("قال السفير الفرنسي في بيروت ذلك", ["| LBN | ambassador"]),
    ("قال سفير الأردن في دمشق ذلك", ["| SYR | ambassador"]),
    # the Gulf war, a Turkish bath, an Arabic language: adjectives of things are no persons
    ("يدرس الطلاب اللغة العربية والفرنسية", ["person"]),
    ("ارتدى معطفا روسيا ثقيلا", ["person"]),
    # months, weekdays and numbers
    ("عقدت الجلسة في الخامس من أيار الماضي", ["person", "state"]),
    ("بلغت الخسائر خمسة ملايين دينار", ["person", "state"]),
    # a source of worry; a main suspect; elected president
    ("قال إن البرنامج مصدر قلق للجميع", ["source"]),
    ("يعد النفط مصدرا رئيسيا للدخل، والغاز مصدر رئيسي للطاقة", ["source", "head_of_state"]),
    ("أوقفت الشرطة مشتبها به رئيسي في القضية", ["head_of_state"]),
    ("انتخبوه رئيسا للبلاد", ["head_of_state"]),
    # a verb or a noun with a pronoun behind a post is no name
    ("القادة الفنلنديون رحبوا بالفكرة", ["رحبوا |"]),
    ("حضر الوزراء الماليزيون بصفتهم ضيوفا", ["بصفتهم |"]),
    # a committee to be formed has no name
    ("شكلت لجنة للتحقيق", ["organisation"]),
    # a language is no league of states
    ("يتحدث الوفد باللغة العربية", ["Arab states"]),
    # a town that reads like a name; an actress represents nobody
    ("وصل الوفد إلى سيدي بوزيد ثم إلى خميس مشيط", ["person"]),
    ("حضرت الممثلة السينمائية العرض", ["official"]),
    # parties of no list make no series
    ("اجتمعت حركات احتجاجية وأحزاب صغيرة", ["OTHER:"]),
    # common nouns that look like verbs or names
    ("قال إن الوضع تحت السيطرة", ["state", "group"]),
    ("رفع الحظر عن السلع الأساسية", ["person", "state"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "unwanted"), ABSENT, ids=[row[0] for row in ABSENT])
def test_absent(reader: Reader, text: str, unwanted: list[str]) -> None:
    found = mentions_of(reader, text)
    assert not [line for line in found if any(part in line for part in unwanted)]


NOTHING = [
    # verbs, purposes and reports that look like names; organising is no organisation
    "غادر قبل أن يغادر المسجد",
    "كانت فرصة طيبة لتثمين العلاقات",
    "وصدر بيان صادر عن الاجتماع",
    "يجب تنظيم انتخابات",
    "يتدارس الطلاب دروسهم",
    "تساقطت الثلوج على المرتفعات وأغلقت الطرق الجبلية",
    "ارتفعت أسعار الخضار والفواكه في الأسواق",
    "أعلنت نتائج الامتحانات صباح اليوم",
    "يوصي الأطباء بشرب الماء بكثرة في الصيف",
]


@pytest.mark.parametrize("text", NOTHING)
def test_nobody_is_named(reader: Reader, text: str) -> None:
    assert mentions_of(reader, text) == []


def test_mentions_do_not_overlap(reader: Reader) -> None:
    text = " ".join(row[0] + "." for row in FOUND)
    reading = reader.reading(Article("row", text, published="2015-08-05"))
    at = 0
    for mentions in reading.cast.by_sentence:
        for m in mentions:
            assert at <= m.first < m.last
            at = m.last
