"""Where a report was filed from is no part of its first sentence."""

from __future__ import annotations

import pytest

from mahdar.lexicon import load_lexicon
from mahdar.reading.reader import Reader
from mahdar.record import Article

OPENINGS = [
    ("القاهرة - قال الرئيس.", "قال الرئيس."),
    ("القاهرة - رويترز - قال الرئيس.", "قال الرئيس."),
    ("القاهرة – أ ش أ: قال الرئيس.", "قال الرئيس."),
    ("القاهرة – أ ش أ\nقال الرئيس.", "قال الرئيس."),
    ("مينسك ـ توصل الجانبان.", "توصل الجانبان."),
    ("دبي، الإمارات العربية المتحدة (CNN)-- قال الرئيس.", "قال الرئيس."),
    ("واشنطن (رويترز): قال الرئيس.", "قال الرئيس."),
    ("نيويورك (الأمم المتحدة) (أ ف ب) - قال الرئيس.", "قال الرئيس."),
    ("الأمم المتحدة (رويترز) - قال الرئيس.", "قال الرئيس."),
    # no place from where it was filed
    ("موسكو-واشنطن محور جديد.", "موسكو-واشنطن محور جديد."),
    ("بيروت: قال الرئيس.", "بيروت: قال الرئيس."),
    ("الوزير - وهو طبيب - قال.", "الوزير - وهو طبيب - قال."),
    ("فرنسا (إحدى الدول الخمس) توافق.", "فرنسا (إحدى الدول الخمس) توافق."),
    # its day is the sentence's
    ("أنقرة 28 حزيران/يونيو 2016 - وقعت تركيا.", "أنقرة 28 حزيران/يونيو 2016 - وقعت تركيا."),
    ("فيينا (14 تموز/يوليو 2015) - أعلنت إيران.", "فيينا (14 تموز/يوليو 2015) - أعلنت إيران."),
    # what stands between two dashes behind it is no agency
    ("غزة - قصفت إسرائيل - اليوم - القطاع.", "قصفت إسرائيل - اليوم - القطاع."),
]  # fmt: skip


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader(load_lexicon())


@pytest.mark.parametrize(("text", "first"), OPENINGS)
def test_the_first_sentence_begins_behind_the_dateline(reader: Reader, text: str, first: str) -> None:
    document = reader.reading(Article("a", text, "", "2016-06-29", "")).document
    assert document.raw(document.sentences[0].first, document.sentences[0].last) == first


def test_a_verb_behind_the_dateline_opens_its_clause(reader: Reader) -> None:
    record = reader.read(Article("a", "مينسك ـ توصل قادة روسيا وأوكرانيا يوم الخميس في العاصمة البيلاروسية مينسك إلى اتفاق على وقف إطلاق النار.", "", "2015-02-12", ""))
    code = {actor.id: actor.code for actor in record.actors}
    assert [{code[key] for key in (*event.source, *event.target)} for event in record.events] == [{"RUS", "UKR"}]  # Belarus is where, not who
