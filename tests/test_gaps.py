"""What the survey of gaps must see, and what it must leave alone: one table row a pattern."""

from __future__ import annotations

from dataclasses import replace

import pytest

import mahdar
from mahdar.gaps import KINDS, Row, Survey, find_gaps
from mahdar.lexicon.load import DATA
from mahdar.reading.reader import Reader
from mahdar.reading.weights import Weights
from mahdar.record import Article

DAY = "2015-08-05"


def survey(*texts: str, published: str | None = DAY, kinds: tuple[str, ...] = tuple(KINDS)) -> Survey:
    reader = mahdar.default_reader()
    out = Survey(kinds)
    for number, text in enumerate(texts, 1):
        out.add(reader, reader.reading(Article(f"t{number}", text, published=published)))
    return out


def words(kind: str, *texts: str) -> list[str]:
    return [row.words for row in survey(*texts).ranked(kind)]


SEEN = [
    ("speaker", "وقال المقاول إن المفاوضات متوقفة منذ شهرين.", "المقاول"),
    ("speaker", "قال نادر الخوري إن المحادثات مستمرة منذ يومين.", "نادر الخوري"),
    ("role", "وصل رئيس اللجنة الوزارية إلى القاعة مساء.", "رئيس اللجنة الوزارية"),
    ("event", "ورسم أوباما لروسيا خطة.", "رسم"),
    ("verb", "وتأففت فرنسا من القرار.", "تاففت"),
    ("verb", "وفازت مصر بالمقعد.", "فاز"),
    ("date", "وكانت الهدنة قد انهارت بعد حرب 2014.", "حرب ####"),
    ("place", "ودخلت القوات إلى بلدة كفرزيتون فجرا.", "كفرزيتون"),
    ("name", "وقال اللواء أسامة الصغير إن الوضع هادئ.", "أسامة الصغير"),
]
LEFT_ALONE = [
    ("speaker", 'قال وزير الخارجية الروسي سيرغي لافروف إن "الحوار ضروري".'),
    ("role", "وصل مسؤولون إلى القاعة مساء."),
    ("role", "وصل وزير الخارجية الروسي سيرغي لافروف إلى القاعة."),
    ("event", "التقى وزير الخارجية الأميركي جون كيري نظيره الروسي سيرغي لافروف في فيينا."),
    ("weighed", "التقى وزير الخارجية الأميركي جون كيري نظيره الروسي سيرغي لافروف في فيينا."),
    ("verb", "أدانت فرنسا الهجوم."),
    ("verb", "كانت فرنسا بين الدول الخمس."),
    ("date", "وقعت الهدنة في سبتمبر 2014."),
    ("date", "قتل 2000 شخص في الحرب."),
    ("place", "ودخلت القوات إلى مدينة حلب فجرا."),
    ("place", "وأعيد انتخابه لولاية ثانية."),
    ("place", "دعت المعارضة إلى مقاطعة الانتخابات."),
    ("name", "قال جون كيري اليوم إن الوضع هادئ."),
]


@pytest.mark.parametrize(("kind", "text", "wanted"), SEEN)
def test_a_gap_is_seen(kind: str, text: str, wanted: str) -> None:
    assert wanted in words(kind, text)


@pytest.mark.parametrize(("kind", "text"), LEFT_ALONE)
def test_what_is_understood_is_no_gap(kind: str, text: str) -> None:
    assert words(kind, text) == []


def test_most_frequent_first_with_examples_of_several_articles() -> None:
    often, once = "وقال المقاول إن العمل متوقف.", "وقال البحار إن السفينة غرقت."
    rows = survey(f"{often}\n\n{once}", often, often).ranked("speaker")
    assert [(row.words, row.count, row.articles) for row in rows] == [("المقاول", 3, 3), ("البحار", 1, 1)]
    first = rows[0]
    assert [example.article for example in first.examples] == ["t1", "t2"]
    for example in first.examples:
        assert example.sentence[example.start : example.end] == "المقاول"


def test_an_act_weighed_too_light_is_told_apart_from_none_proposed() -> None:
    strict = Reader(mahdar.default_reader().lexicon, weights=replace(Weights.load(), threshold=1e9))
    text = "التقى وزير الخارجية الأميركي جون كيري نظيره الروسي سيرغي لافروف في فيينا. ورسم أوباما لروسيا خطة."
    found = list(find_gaps(strict, strict.reading(Article("t", text)), ("event", "weighed")))
    assert [(gap.kind, gap.words) for gap in found] == [("event", "رسم"), ("weighed", "consult.meet")]


def test_one_name_with_two_codes_shows_over_several_articles() -> None:
    texts = ("قال السفير السعودي نادر الخوري إن بلاده ترحب بالقرار.", "قال السفير اللبناني نادر الخوري إن بلاده ترحب بالقرار.")
    assert survey(texts[0]).ranked("name") == []
    (row,) = survey(*texts).ranked("name")
    assert isinstance(row, Row)
    assert (row.words, row.count, row.articles) == ("نادر الخوري", 2, 2)
    assert "LBN 1" in row.note
    assert "SAU 1" in row.note
    assert {example.article for example in row.examples} == {"t1", "t2"}


def test_only_the_kinds_asked_for() -> None:
    text = "وقال المقاول إن القوات دخلت إلى بلدة كفرزيتون."
    assert {row.kind for row in survey(text, kinds=("place",)).rows.values()} == {"place"}
    reader = mahdar.default_reader()
    reading = reader.reading(Article("t", text))
    assert {gap.kind for gap in find_gaps(reader, reading)} >= {"speaker", "place"}


def test_the_files_named_are_there() -> None:
    for kind in KINDS.values():
        for name in kind.files.replace(",", " ").split():
            if name.endswith(".yaml"):
                assert list(DATA.glob(name)), name
