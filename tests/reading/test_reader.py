"""The reader as a whole: one article, one record; every span lies in the text; no text is too odd to be read."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from made import examples
from mahdar.lexicon.model import Lexicon
from mahdar.reading.reader import Reader
from mahdar.record import EVENT_TYPES, ISSUES, ROLES, Article, Record, Span

GOLD = Path(__file__).resolve().parents[1] / "gold"
ARTICLES = [
    Article(data["id"], data["text"], data["title"], data["published"], data["source"])
    for data in (json.loads(path.read_text(encoding="utf-8")) for path in sorted(GOLD.glob("*.json")))
]
KINDS = {"person", "state", "organisation", "group"}
CODE = re.compile(r"[A-Z]{3}|P5\+1|[A-Z][A-Z0-9_]+|OTHER:.+")
DATE = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")


def check(record: Record, text: str) -> None:
    """What holds of every record, whatever the text."""
    keys = [actor.id for actor in record.actors]
    assert len(set(keys)) == len(keys)
    assert not set(keys) & set(ISSUES)

    def inside(span: Span) -> None:
        assert 0 <= span.start < span.end <= len(text), (span, len(text))

    at = 0
    for span in record.body:
        assert at <= span.start
        inside(span)
        at = span.end
    used: set[str | None] = set()
    for statement in record.statements:
        inside(statement.cue)
        inside(statement.content)
        assert text[statement.content.start : statement.content.end].strip()
        assert statement.speaker in keys
        assert statement.mode in ("direct", "indirect")
        assert statement.via is None or statement.via in keys
        assert statement.via != statement.speaker
        assert statement.rule
        used |= {statement.speaker, statement.via}
    for event in record.events:
        inside(event.evidence)
        assert text[event.evidence.start : event.evidence.end].strip()
        assert event.trigger is not None
        inside(event.trigger)
        if event.occasion is not None:
            inside(event.occasion)
        assert event.type in EVENT_TYPES
        assert event.status in ("actual", "planned", "denied", "possible")
        assert event.source
        assert {*event.source, *event.target} <= set(keys)
        assert event.date is None or DATE.fullmatch(event.date)
        assert event.place is None or event.place in text
        assert event.rule
        used |= {*event.source, *event.target}
    for position in record.positions:
        inside(position.evidence)
        assert position.holder in keys
        assert position.on in ISSUES or position.on in keys
        assert position.stance in ("support", "oppose", "conditional", "undecided")
        assert position.rule
        used |= {position.holder, position.on}
    acting = {actor.code for actor in record.actors if actor.kind == "person" and actor.id in used}
    for actor in record.actors:
        assert actor.id in used or (actor.kind != "person" and actor.code in acting)  # whom an acting person acts for
        assert actor.kind in KINDS
        assert actor.name
        assert actor.code is None or CODE.fullmatch(actor.code)
        assert actor.role is None or (actor.kind == "person" and actor.role in ROLES)
        for span in actor.mentions:
            inside(span)


def as_json(record: Record) -> str:
    return json.dumps(record.to_json(), ensure_ascii=False, sort_keys=True)


@pytest.mark.parametrize("article", ARTICLES, ids=[article.id for article in ARTICLES])
def test_form(reader: Reader, article: Article) -> None:
    record = reader.read(article)
    check(record, article.text)
    assert record.id == article.id
    assert record.published == article.published
    assert Record.from_json(json.loads(json.dumps(record.to_json())), article).to_json() == record.to_json()


def test_the_same_article_twice(reader: Reader) -> None:
    for article in ARTICLES[:8]:
        assert as_json(reader.read(article)) == as_json(reader.read(article))


def test_two_readers_agree_whatever_they_read_before(reader: Reader) -> None:
    """A reader fresh from the shelf and one that has read fifty articles, in another order, write the same record."""
    fresh = Reader(reader.lexicon)
    first = [as_json(fresh.read(article)) for article in ARTICLES[:6]]
    worn = Reader(reader.lexicon)
    for article in [*reversed(ARTICLES), *ARTICLES][:50]:
        worn.read(article)
    assert [as_json(worn.read(article)) for article in ARTICLES[:6]] == first


def test_the_lexicon_stays_as_it_is(reader: Reader) -> None:
    lexicon: Lexicon = reader.lexicon
    tables = (lexicon.entries, lexicon.names, lexicon.people, lexicon.verb_forms, lexicon.vocabulary, lexicon.posts)
    before = [len(table) for table in tables]
    for article in ARTICLES[:5]:
        reader.read(article)
    assert [len(table) for table in tables] == before


def test_statements_and_events_stay_in_the_body(reader: Reader) -> None:
    for article in ARTICLES:
        record = reader.read(article)
        for span in [s.content for s in record.statements] + [e.evidence for e in record.events]:
            assert any(body.start <= span.start < body.end for body in record.body), (article.id, record.text(span))


def test_no_date_without_a_date_of_publication_to_count_from(reader: Reader) -> None:
    text = "التقى الرئيس الفرنسي فرنسوا هولاند المستشارة الألمانية أنغيلا ميركل أمس في برلين."
    record = reader.read(Article("undated", text))
    assert record.events
    assert [event.date for event in record.events] == [None]
    assert record.published is None


def test_spelling_does_not_matter(reader: Reader) -> None:
    """The same report with hamza and without, with vowel marks and tatweel: the same events and speakers."""
    text = (
        "أدانت إيران الغارات الإسرائيلية على سوريا. "
        "وقالت المتحدثة باسم الخارجية الإيرانية مرضية أفخم إن الغارات عدوان."
    )
    bare = text.translate(str.maketrans("أإآةى", "اااهي"))
    marked = text.replace("إيران", "إِيـران").replace("الغارات", "الغارَات")
    facts = [
        [(e.type, e.status, [record.actor(k).code for k in (*e.source, *e.target)]) for e in record.events]
        + [(s.mode, record.actor(s.speaker or "").code, "") for s in record.statements]
        for record in (reader.read(Article("spelling", version)) for version in (text, bare, marked))
    ]
    assert facts[0]
    assert facts[0] == facts[1] == facts[2]


ODD = [
    "", " ", "\n\n\n", "\u200f\u200f", "«", '"', '""""""', "«»" * 50, "(((((", "....", "،،،،،",
    "وقال", "قال إن", "قال:", 'قال "', "وأضاف أن", "وقال وقال وقال وقال", "إن إن إن إن أن أن", "قال الوزير إن\n\n\n«",
    "وزير الخارجية", "نظيره", "الجانبان", "بين وبين", "التقى التقى", "من من من", "رفض رفض رفض طلب طلب",
    "١٢٣٤٥٦٧٨٩٠" * 20, "و" * 500, "ـ" * 500, "ال ال ال ال", "عبد", "أبو بن عبد ال", "د. م. أ. د.",
    "روسيا" * 30, "روسيا " * 300, "2015-02-30", "31 فبراير 2015", "يوم الأحد " * 40,
    "a b c", "🙂" * 20, "\x00\x01\x02", "\ufeffقال\u202eإن", "\r\n\r\nقال\r\n",
]  # fmt: skip


@pytest.mark.parametrize("text", ODD, ids=range(len(ODD)))
@pytest.mark.parametrize("published", ["2015-08-05", None])
def test_odd_texts(reader: Reader, text: str, published: str | None) -> None:
    check(reader.read(Article("odd", text, published=published)), text)


ODD_DATES = ["", "soon", "2015", "2015-13-45", "2015-08-05T10:00:00Z", "2015-08-05 10:00", "٢٠١٥-٠٨-٠٥"]


@pytest.mark.parametrize("published", ODD_DATES)
def test_odd_dates_of_publication(reader: Reader, published: str) -> None:
    text = "التقى الرئيس الفرنسي فرنسوا هولاند المستشارة الألمانية أنغيلا ميركل أمس في برلين."
    check(reader.read(Article("odd", text, published=published)), text)


CUES = "قال وقال أضاف وأضاف مضيفا أكد مؤكدا أعلن نفى لم لن لا قد إن أن أنه بأن على من إلى عن في مع بين ضد حول الذي"
ROLES_AND_TITLES = "وزير الوزير الخارجية الرئيس رئيس الوزراء المتحدث باسم نظيره السفير مبعوث بلاده المصدر مسؤول"
NAMES = "روسيا موسكو الروسي الأميركي واشنطن إيران سوريا وفرنسا لبريطانيا بتركيا للسعودية حزب الله داعش الأمم المتحدة"
PERSONS = "جون كيري لافروف بوتين أوباما هولاند أنغيلا ميركل محمد أحمد عبد بن أبو أبي"
ACTS = (
    "التقى اجتمع لقاء محادثات زيارة زار اتفق اتفاق وقع رفض رفضا طلب طالب دعا دعوة اتهم أدان ندد هدد حذر فرض عقوبات "
    "قصف غارات هجوم قوات انسحب انسحاب أرسل أسلحة مساعدات دعم رحب شكر اعتقل احتجز طرد تظاهر مفاوضات هدنة"
)
TIMES = "أمس غدا اليوم الأحد الاثنين المقبل الماضي أيار مايو 2015 5 ٣ عام شهر باريس جنيف فيينا نيويورك"
WORDS = " ".join((CUES, ROLES_AND_TITLES, NAMES, PERSONS, ACTS, TIMES)).split()
MARKS = ['"', "«", "»", "“", "”", "،", ".", "؟", ":", "؛", "(", ")", "-", "ـ", "\n", "\n\n", "…", "#", "/", "\u200f"]
LETTERS = st.text(alphabet="ابتوفلمنيهةىءأَ", max_size=6)
PIECES = st.one_of(st.sampled_from(WORDS), st.sampled_from(WORDS), st.sampled_from(MARKS), LETTERS)
NEWS = st.lists(PIECES, max_size=60).map(" ".join)
GLUED = st.lists(PIECES, max_size=40).map("".join)
SLOW = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
FUZZ = settings(max_examples=examples(500), deadline=None, suppress_health_check=SLOW)


@FUZZ
@given(text=st.one_of(NEWS, NEWS, GLUED, st.text(max_size=200)), published=st.sampled_from([None, "2015-08-05"]))
@example(text="قال إن اتفاق قال إن قال قال", published=None)  # a speaker in front of the text's first word
def test_any_text_can_be_read(reader: Reader, text: str, published: str | None) -> None:
    article = Article("fuzz", text, published=published)
    record = reader.read(article)
    check(record, text)
    assert as_json(reader.read(article)) == as_json(record)


CUTS = settings(max_examples=examples(100), deadline=None, suppress_health_check=SLOW)


@CUTS
@given(data=st.data())
def test_any_cut_of_a_report_can_be_read(reader: Reader, data: st.DataObject) -> None:
    article = data.draw(st.sampled_from(ARTICLES))
    first = data.draw(st.integers(0, len(article.text)))
    last = data.draw(st.integers(first, len(article.text)))
    text = article.text[first:last]
    check(reader.read(Article("cut", text, article.title, article.published)), text)


# Text → the names of all actors: whom a meeting is told to bring together, and the states they act for where the text names these too.
ACTORS = [
    (
        "التقى وزير الخارجية الروسي سيرغي لافروف نظيره الأميركي جون كيري في باريس اليوم الأربعاء. وتتهم روسيا الولايات المتحدة بدعم المعارضة.",
        {"سيرغي لافروف", "جون كيري", "روسيا", "الولايات المتحدة"},
        set(),
    ),
    (
        "التقى الرئيس المصري عبد الفتاح السيسي في القاهرة اليوم وزير الخارجية الفرنسي جان إيف لودريان بحضور وزير الخارجية المصري سامح شكري.",
        {"عبد الفتاح السيسي", "جان إيف لودريان", "سامح شكري"},
        {"المصري", "الفرنسي"},
    ),
    (
        "التقى الرئيس الفرنسي فرنسوا هولاند المستشارة الألمانية أنغيلا ميركل في برلين أمس.",
        {"فرنسوا هولاند", "أنغيلا ميركل"},
        {"الفرنسي", "الألمانية"},
    ),
    # who holds an office and is met is somebody, named or not; an ambassador who is expelled stands for his state, which goes by its own name
    ("التقى الرئيس المصري عبد الفتاح السيسي في القاهرة اليوم وزير الري الأوغندي.", {"عبد الفتاح السيسي", "وزير الري الأوغندي"}, {"أوغندا"}),
    ("طردت فرنسا السفير الأوغندي بعد الأزمة.", {"فرنسا", "أوغندا"}, {"السفير الأوغندي"}),
    # who heads a delegation meets with it
    ("استقبل الرئيس المصري عبد الفتاح السيسي وفدا سودانيا برئاسة أحمد القطبي في القاهرة.", {"عبد الفتاح السيسي", "أحمد القطبي"}, set()),
    # quotation marks inside a name are closed
    ('انتقدت منظمة "ضفاف" الحقوقية الحكومة التونسية بشدة.', {'منظمة "ضفاف"', "الحكومة التونسية"}, set()),
]


@pytest.mark.parametrize(("text", "wanted", "unwanted"), ACTORS)
def test_actors(reader: Reader, text: str, wanted: set[str], unwanted: set[str]) -> None:
    names = {actor.name for actor in reader.read(Article("x", text, "", "2016-03-02")).actors}
    assert wanted <= names
    assert not unwanted & names


def test_many_who_speak_are_a_group(reader: Reader) -> None:
    record = reader.read(Article("a", "وقال المعتصمون إن القانون مجحف. وأكد الحضور أن الحوار مستمر.", published="2021-02-12"))
    assert {(a.kind, a.name) for a in record.actors} == {("group", "المعتصمون"), ("group", "الحضور")}


def test_a_state_told_by_a_place_bears_the_place_s_name(reader: Reader) -> None:
    record = reader.read(Article("a", "تظاهر عشرات الآلاف الخميس في رانغون احتجاجا على الانقلاب.", published="2021-02-12"))
    assert {(a.code, a.name) for a in record.actors} == {("OTHER:protesters", "عشرات الآلاف"), ("MMR", "رانغون")}


# Reports that end where a rule looks at the word behind: each was an error once.
ENDS = [
    "عقب محادثات في القصر مع أمير الكويت الشيخ صباح الأحمد ال",  # a name cut off in its article
    "وقال يانيس كوستاس، زعيم الحزب ووزير الدفاع",
    "وكرر وزيرا خارجية الدولتين التأكيد على",
    "قال إن الرئيس قد صرح بأن المنظومة ستنشر بالكامل بحلول أبري",
]


@pytest.mark.parametrize("text", ENDS)
def test_a_report_may_end_anywhere(reader: Reader, text: str) -> None:
    check(reader.read(Article("cut", text, "", "2017-09-09")), text)
