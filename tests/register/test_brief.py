"""The brief says who is in, who refuses, what was met over, asked, promised, and what blocks; every line with its words."""

from __future__ import annotations

import json
import random
from collections.abc import Sequence
from pathlib import Path

import pytest
from made_reports import fact_reader, facts, lexicon, report

from mahdar.reading.reader import Reader
from mahdar.record import Article
from mahdar.register.brief import Brief, Material, brief, to_text
from mahdar.register.cite import Cite
from mahdar.register.commitments import commitments
from mahdar.register.ledger import stands
from mahdar.register.occurrences import occurrences
from mahdar.register.reports import Report
from mahdar.register.requests import requests
from mahdar.register.wording import ISSUE_NAMES, Names

SEEDS = Path(__file__).resolve().parents[3] / "shared" / "seeds" / "articles.jsonl"


def material(reports: Sequence[Report]) -> Material:
    reader = fact_reader()
    found = facts(*reports)
    held = [s for one in reports for s in stands(one, reader.identity)]
    return Material(tuple(found), tuple(held), occurrences(found, reader.weight), requests(found), commitments(found))


def made() -> list[Report]:
    meet = "اجتمع الجانبان في عمان لبحث محاربة داعش"
    bases = "فتحت أنقرة قواعدها أمام الطائرات الأميركية في الحرب على داعش"
    refuse = "رفضت طهران طلب واشنطن المشاركة في محاربة داعش"
    fail = "فشلت موسكو وواشنطن في الاتفاق على محاربة داعش"
    fate = "لا تزال الخلافات قائمة بين موسكو وواشنطن حول مصير الأسد. وتشارك الدولتان في محاربة داعش"
    return [
        report("a", "2015-08-01", meet, [("CONSULT", ["USA:john-kerry"], ["RUS:sergey-lavrov"], meet, {"place": "عمان"})], positions=[("USA", "anti-isis", "support")]),
        report("b", "2015-08-02", bases, [("COOPERATE", ["TUR"], ["USA"], bases)], positions=[("TUR", "anti-isis", "support")]),
        report("c", "2015-08-03", refuse, [("REJECT", ["IRN"], ["USA"], refuse)], positions=[("IRN", "anti-isis", "oppose")]),
        report("d", "2015-08-04", fail, [("REJECT", ["RUS"], ["USA"], fail)], positions=[("GBR", "anti-isis", "undecided"), ("RUS", "assad-future", "support")]),
        report("e", "2015-08-05", fate, [("REJECT", ["RUS"], ["USA"], fate[:50])], positions=[("USA", "assad-future", "oppose"), ("TUR", "anti-isis", "conditional")]),
    ]


def lines(page: Brief) -> set[tuple[str, str, tuple[str, ...], tuple[str, ...], str]]:
    return {(x.section, x.kind, x.who, x.with_, x.on) for x in page.lines}


def test_the_page() -> None:
    page = brief("anti-isis", material(made()), since="2015-08-01")
    assert lines(page) >= {
        ("in", "support", ("USA",), (), ""), ("refuses", "oppose", ("IRN",), (), ""), ("undecided", "undecided", ("GBR",), (), ""),
        ("undecided", "conditional", ("TUR",), (), ""), ("meetings", "CONSULT", ("USA",), ("RUS",), ""), ("cooperation", "COOPERATE", ("TUR",), ("USA",), ""),
        ("requests", "refused", ("USA",), ("IRN",), ""), ("failures", "REJECT", ("RUS",), ("USA",), ""),
        ("blocks", "opposed", ("USA",), ("RUS",), "assad-future"), ("blocks", "dispute", ("RUS",), ("USA",), "assad-future"),
        ("changes", "turned", ("TUR",), (), ""),
    }  # fmt: skip


def test_places_are_written_as_the_report_has_them() -> None:
    text = "اجتمع الجانبان في القاهرة لبحث محاربة داعش"
    one = report("a", "2015-08-01", text, [("CONSULT", ["USA"], ["RUS"], text, {"place": "القاهرة"})])
    assert [x.place for x in brief("anti-isis", material([one])).section("meetings")] == ["القاهرة"]


def test_the_page_of_an_earlier_day() -> None:
    page = brief("anti-isis", material(made()), until="2015-08-02")
    assert {x.section for x in page.lines} == {"in", "meetings", "cooperation"}


def test_other_issues_have_their_own_page() -> None:
    assert not brief("yemen", material(made())).lines


def test_the_order_of_reports_does_not_matter() -> None:
    reports = made()
    expected = brief("anti-isis", material(reports))
    random.Random(1).shuffle(reports)
    assert brief("anti-isis", material(reports)) == expected


@pytest.mark.parametrize("language", ["ar", "en"])
def test_every_line_of_the_text_has_its_words(language: str) -> None:
    reports = {r.key: r for r in made()}

    def quote(cite: Cite) -> str:
        return reports[cite.report].record.text(cite.span)

    page = brief("anti-isis", material(list(reports.values())), since="2015-08-01")
    text = to_text(page, language=language, names=Names(lexicon()), quote=quote)  # type: ignore[arg-type]
    assert all(line.cites for line in page.lines)
    assert text.count("«") >= len(page.lines)
    assert getattr(ISSUE_NAMES["assad-future"], language) in text
    assert ("روسيا" if language == "ar" else "Russia") in text
    assert "{" not in text


@pytest.fixture(scope="module")
def five() -> list[Report]:
    if not SEEDS.exists():
        pytest.skip("the five scope reports are not here")
    reader = Reader(lexicon())
    rows = [json.loads(line) for line in SEEDS.read_text(encoding="utf-8").splitlines()]
    articles = [Article(id=r["id"], text=r["text"], title=r.get("title") or "", published=r["published"], source=r.get("source") or "") for r in rows]
    return [Report(a.id, a.source, a.published or "", reader.read(a)) for a in articles]


def test_the_refused_request_shows_both_accounts(five: list[Report]) -> None:
    found = [r for r in requests(facts(*five)) if (r.asker, r.asked) == ("USA", "IRN")]
    assert [(r.outcome, r.differ) for r in found] == [("refused", True)]
    assert {"IRN", "USA"} <= {a.by for a in found[0].accounts}


def test_meetings_of_the_two_ministers_stay_separate(five: list[Report]) -> None:
    meetings = [o for o in material(five).occurrences if o.type == "CONSULT" and {"john-kerry", "sergey-lavrov"} <= set(o.people)]
    assert {o.day for o in meetings} >= {"2014-10-14", "2015-08-05"}
    assert all(len(o.reports) == 1 for o in meetings)


def test_the_brief_of_the_five_reports(five: list[Report]) -> None:
    page = brief("anti-isis", material(five))
    texts = {r.key: r.record for r in five}

    def cited(section: str) -> str:
        return " ".join(texts[c.report].text(c.span) for line in page.section(section) for c in line.cites)

    found = lines(page)
    assert ("requests", "refused", ("USA",), ("IRN",), "") in found
    assert any(x.kind == "REJECT" and {*x.who, *x.with_} == {"USA", "RUS"} for x in page.section("failures"))
    assert "قواعدها" in cited("cooperation")  # the opened bases
    assert len(page.lines) <= 60


def test_the_brief_of_the_five_reports_tells_of_the_shared_intelligence(five: list[Report]) -> None:
    texts = {r.key: r.record for r in five}
    cited = [texts[c.report].text(c.span) for line in brief("anti-isis", material(five)).section("cooperation") for c in line.cites]
    assert any("استخباراتية" in words for words in cited)


def test_the_brief_of_the_five_reports_says_what_blocks(five: list[Report]) -> None:
    blocks = brief("anti-isis", material(five)).section("blocks")
    assert {frozenset((*x.who, *x.with_)) for x in blocks if x.on == "assad-future" and x.kind == "dispute"} == {frozenset(("GBR", "RUS"))}


@pytest.mark.parametrize("issue", ["anti-isis", "assad-future"])
def test_assads_future_sets_russia_and_iran_against_britain_and_the_usa(five: list[Report], issue: str) -> None:
    (opposed,) = (x for x in brief(issue, material(five)).section("blocks") if x.on == "assad-future" and x.kind == "opposed")
    assert {"GBR", "USA"} <= set(opposed.who)
    assert set(opposed.with_) == {"IRN", "RUS"}
    assert not set(opposed.who) & set(opposed.with_)


def test_the_brief_of_the_five_reports_lists_no_meeting_of_the_years_before(five: list[Report]) -> None:
    page = brief("anti-isis", material(five))
    assert all(line.day >= "2014-09" for line in (*page.section("meetings"), *page.section("planned")))


def test_the_latest_come_first_and_plans_gone_by_are_left_out() -> None:
    text = "تحدث البيان عن محاربة داعش واجتمع الجانبان وسيجتمعان"
    reports = [
        report("a", "2015-03-01", text, [("CONSULT", ["USA"], ["RUS"], "واجتمع الجانبان"), ("CONSULT", ["USA"], ["FRA"], "وسيجتمعان", {"status": "planned"})]),
        report("b", "2015-06-01", text, [("CONSULT", ["USA"], ["GBR"], "واجتمع الجانبان"), ("CONSULT", ["USA"], ["DEU"], "وسيجتمعان", {"status": "planned"})]),
    ]
    page = brief("anti-isis", material(reports))
    assert [line.with_ for line in page.section("meetings")] == [("GBR",), ("RUS",)]
    assert [line.with_ for line in page.section("planned")] == [("DEU",)]


def test_what_a_refusal_says_is_no_cooperation() -> None:
    text = "عارضت واشنطن التعاون مع طهران في محاربة داعش"
    events = [("REJECT", ["USA"], [], text), ("COOPERATE", ["USA"], ["IRN"], text)]
    assert not brief("anti-isis", material([report("a", "2015-03-01", text, events)])).section("cooperation")


def test_a_dispute_told_on_is_that_of_the_two_named_before() -> None:
    first = "أقر كاميرون بوجود خلافات كبيرة مع بوتين."
    text = f"{first} وأشار إلى انحصار الخلافات بشأن مصير الأسد في لقاء عن محاربة داعش."
    one = report("a", "2015-03-01", text, [("REJECT", ["GBR"], ["RUS"], "خلافات كبيرة مع بوتين")])
    found = [fact for fact in facts(one) if "assad-future" in fact.issues]
    assert [(sorted(fact.codes), one.record.text(fact.cite.span)) for fact in found] == [(["GBR", "RUS"], "الخلافات بشأن مصير الأسد")]
    alone = report("b", "2015-03-01", text.replace("خلافات كبيرة", "مودة كبيرة"), [("SUPPORT", ["GBR"], ["RUS"], "مودة كبيرة مع بوتين")])
    assert not [fact for fact in facts(alone) if fact.type == "REJECT"]
