"""Who does it: the subject of each verb.

Each row: a text, one of its verbs, and its subject as the text writes it; "-" where nobody we know does it, "?" where
the verb is none.
"""

from __future__ import annotations

import pytest

from mahdar.arabic.fold import fold_word
from mahdar.reading.reader import Reader
from mahdar.record import Article

TABLE = [
    # -- behind the verb: case and gender tell subject from object ---------------------------------------------
    ("انتقدت باريس أنقرة.", "انتقدت", "باريس"),
    ("زار هولاند بيروت، واتهم روسيا بقصف المدنيين.", "واتهم", "هولاند"),
    ("التقى كيري لافروف، ودعا الحكومة السورية إلى وقف القصف.", "ودعا", "كيري"),
    ("وصلت ميركل إلى أثينا، وحثت تسيبراس على الإسراع.", "وحثت", "ميركل"),
    ("وصل كيري إلى جنيف، وحث لافروف على الإسراع.", "وحث", "كيري"),
    ("زار كيري الرياض، وطالب جميع الأطراف بضبط النفس.", "وطالب", "كيري"),
    ("قال كيري إنه سيلتقي لافروف غدا.", "سيلتقي", "كيري"),
    ("قال العبادي إن بلاده اتفقت مع إيران.", "اتفقت", "بلاده"),
    # -- an object pronoun leaves the noun behind it to be the subject -------------------------------------------
    ("انسحب المقاتلون الأكراد الذين تدعمهم واشنطن.", "تدعمهم", "واشنطن"),
    ("التقى الوزير غولن الذي تتهمه أنقرة بالانقلاب.", "تتهمه", "أنقرة"),
    ("أقرت بولندا القانون بعد أن انتقدته إسرائيل.", "انتقدته", "إسرائيل"),
    ("زار الرئيس كوسوفو التي اعترفت بها مئة دولة.", "اعترفت", "-"),
    ("وصل الرئيس، ثم اتصل به الرئيس الأميركي باراك أوباما.", "اتصل", "الرئيس الأميركي باراك أوباما"),
    # -- in front of the verb, with what describes it in between -------------------------------------------------
    ("قالت الوكالة إن السفير الروسي، فيتالي تشوركين، أعرب عن قلقه.", "أعرب", "السفير الروسي، فيتالي تشوركين"),
    ("والرياض التي تقود تحالفا في اليمن، تتهم طهران بتسليح الحوثيين.", "تتهم", "والرياض"),
    ("قال الوزير إن السودان استدعى سفيره.", "استدعى", "السودان"),
    ('قال المتحدث إن "إسرائيل" كانت قد حذرت الأرجنتين.', "حذرت", "إسرائيل"),
    ("ويجب على إيران أن توقف دعم الحوثيين.", "توقف", "إيران"),
    # -- joined ----------------------------------------------------------------------------------------------------
    ("ذكرت الصحيفة أن السعودية وقطر تزودان المعارضة بالسلاح.", "تزودان", "السعودية"),
    ("قال بوغدانوف إن روسيا والأردن اتفقت على الهدنة.", "اتفقت", "روسيا"),
    # -- a relative has its antecedent, of its gender and number ---------------------------------------------------
    ("تدعم إيران الحوثيين في اليمن والذين أطلقوا صواريخ.", "أطلقوا", "الحوثيين"),
    # -- somebody we do not know: nobody else is taken for it --------------------------------------------------------
    ("اجتمع هولاند بالخطيب، واعترفت أكثر من مئة دولة بالائتلاف.", "واعترفت", "-"),
    ("قال بولتون إن معظم الشركات ستدعم الولايات المتحدة.", "ستدعم", "-"),
    ("زار كيري بغداد، وقتل 20 شخصا في هجوم.", "وقتل", "-"),
    ("أصدر كيري بيانا يدين إيران.", "يدين", "-"),
    ("قال كيري إنه يجب على إيران التعاون.", "يجب", "-"),
    # -- no verb at all ------------------------------------------------------------------------------------------------
    ("قررت تركيا، الثلاثاء، طرد السفير الإسرائيلي.", "طرد", "?"),
    ("تدخلت السعودية في اليمن دعما للحكومة.", "دعما", "?"),
    ("جاء ذلك في ظل تعثر المفاوضات.", "تعثر", "?"),
]


@pytest.mark.parametrize(("text", "verb", "wanted"), TABLE, ids=[row[0] for row in TABLE])
def test_subject(reader: Reader, text: str, verb: str, wanted: str) -> None:
    reading = reader.reading(Article("row", text, published="2015-08-05"))
    document, cast = reading.document, reading.cast
    clause = next((c for found in reading.clauses for c in found if document.form(c.at) == fold_word(verb)), None)
    if clause is None:
        assert wanted == "?"
        return
    mention, entity = clause.subject.mention, clause.subject.entity
    spans = {document.raw(m.first, m.last) for m in cast.entities[entity].mentions} if entity >= 0 and mention is None else set()
    found = {document.raw(mention.first, mention.last)} if mention is not None else spans or {"-"}
    assert wanted in found, found
