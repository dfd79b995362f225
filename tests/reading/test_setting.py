"""What else the record says of an event: the issues it concerns and the occasion its own clause names."""

from __future__ import annotations

import pytest

from mahdar.reading.occasion import OccasionFinder
from mahdar.reading.reader import Reader
from mahdar.record import Article

PUBLISHED = "2015-08-05"

# The act's words, then its occasion in [brackets].
OCCASIONS = [
    ("التقى لافروف كيري [على هامش القمة الأفريقية في أديس أبابا].", "التقي"),
    ("التقى لافروف [على هامش أعمال القمة الأفريقية] بكيري.", "التقي"),
    ("و[على هامش المؤتمر] التقى لافروف كيري.", "التقي"),
    ("و[على هامش القمة] بحث لافروف مع كيري الأزمة.", "بحث"),
    ("التقى لافروف كيري [على هامش قمة \"ميونيخ\"] أمس.", "التقي"),
    ("التقى لافروف كيري [على هامش زيارة الرئيس بوتين]، وبحثا الأزمة.", "التقي"),
    ("زار لافروف القاهرة [تلبية لدعوة نظيره المصري].", "زار"),
    ("أشاد بوتين بمصر [بمناسبة العيد الوطني].", "اشاد"),
    ("التقى السيسي روحاني في [أول لقاء بين الرئيسين منذ عام 1979] أمس.", "التقي"),
    ("زيارة روحاني لمصر هي [الأولى من نوعها منذ عقود].", "زياره"),
    ("زار روحاني مصر [للمرة الأولى منذ 1979].", "زار"),
]

# The act, in whose clause no occasion is named.
NO_OCCASION = [
    ("قال لافروف على هامش القمة إن موسكو تدين أنقرة.", "تدين"),  # said there, not done there
    ("دانت مصر الهجوم، وهو أول هجوم منذ عامين.", "دانت"),
    ("التقى لافروف كيري لأول مرة.", "التقي"),
    ("التقى لافروف كيري على الحدود.", "التقي"),
    ("اتهم لافروف أنقرة بتوسيع هامش المناورة.", "اتهم"),
]


def occasion(reader: Reader, text: str, act: str) -> str | None:
    """The occasion of the first proposal whose trigger is ``act``."""
    reading = reader.propose(Article("a", text, published=PUBLISHED))
    finder = OccasionFinder(reading.document, reading.clauses, reading.cast.by_sentence, (i for d in reading.dates for i in range(d.first, d.last)))
    proposal = next(p for p in reading.proposals if reading.document.form(p.trigger.at) == act)
    found = finder.of(proposal)
    return None if found is None else reading.document.raw(*found)


@pytest.mark.parametrize(("marked", "act"), OCCASIONS)
def test_occasion(reader: Reader, marked: str, act: str) -> None:
    text = marked.replace("[", "").replace("]", "")
    wanted = marked[marked.index("[") + 1 : marked.index("]")]
    assert (occasion(reader, text, act) or "").removeprefix("و") == wanted


@pytest.mark.parametrize(("text", "act"), NO_OCCASION)
def test_no_occasion(reader: Reader, text: str, act: str) -> None:
    assert occasion(reader, text, act) is None


def test_the_record_says_what_and_on_what_occasion(reader: Reader) -> None:
    text = "التقى لافروف كيري في باريس. وعلى هامش القمة، بحث لافروف مع كيري الأزمة السورية والاتفاق النووي الإيراني."
    record = reader.read(Article("a", text, published=PUBLISHED))
    assert {issue for e in record.events for issue in e.about} == {"iran-nuclear"}
    assert all(record.text(e.occasion) == "على هامش القمة" for e in record.events if e.occasion is not None)


ABOUT = [
    ("فرض أوباما على موسكو عقوبات جديدة بعد ضم القرم.", {"sanctions", "ukraine"}),
    ("رحب لافروف باتفاق عام بين القاهرة والرياض.", set()),  # loose words are too weak a sign
    ("دعا لافروف مجلس الأمن إلى الاجتماع.", set()),
]


@pytest.mark.parametrize(("text", "issues"), ABOUT)
def test_about(reader: Reader, text: str, issues: set[str]) -> None:
    record = reader.read(Article("a", text, published=PUBLISHED))
    assert {issue for e in record.events for issue in e.about} == issues


# The year of the time before dates no act; a year of its own does.
TIME_BEFORE = [
    ("التقى الرئيس الروسي فلاديمير بوتين نظيره الإيراني حسن روحاني في أول لقاء بين رئيسي البلدين منذ الثورة الإسلامية عام 1979.", False),
    ("زار وزير الخارجية الروسي سيرغي لافروف طهران وهي الزيارة الأولى منذ عام 1979.", False),
    ("زار وزير الخارجية الروسي سيرغي لافروف طهران عام 2012.", True),
]


@pytest.mark.parametrize(("text", "own"), TIME_BEFORE)
def test_the_year_of_the_time_before(reader: Reader, text: str, own: bool) -> None:
    dates = [event.date for event in reader.read(Article("x", text, published="2015-11-20")).events if event.type == "CONSULT"]
    assert dates
    assert all((date == "2012") is own for date in dates)
    assert "1979" not in dates
