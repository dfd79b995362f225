"""Requests, their answers, and two accounts of one request."""

from __future__ import annotations

import random
from datetime import date, timedelta

import pytest
from made_reports import facts, report

from mahdar.register.requests import Request, requests

ASK = "طلبت أنقرة من بغداد فتح معبر حدودي أمام القوافل"
YES = "وافقت بغداد على فتح معبر حدودي أمام القوافل"
NO = "رفضت بغداد طلب أنقرة فتح معبر حدودي أمام القوافل"
IF = "أبدت بغداد استعدادها لفتح معبر حدودي أمام القوافل إذا توقف القصف"
WILL_NOT = "قالت أنقرة إنها لا تريد من بغداد فتح معبر حدودي أمام القوافل"


def one(*rows: tuple[str, str, str, str, str, str]) -> tuple[Request, ...]:
    """Reports of one event each: day, type, source, target, status, words."""
    made = [
        report(f"r{i}", day, words, [(type_, [source], [target] if target else [], words, {"status": status})])
        for i, (day, type_, source, target, status, words) in enumerate(rows)
    ]
    random.Random(len(rows)).shuffle(made)
    return requests(facts(*made))


ASKED = ("2015-06-01", "REQUEST", "TUR", "IRQ", "actual", ASK)
CASES = [
    ([], "open"),
    ([("2015-06-03", "AGREE", "IRQ", "TUR", "actual", YES)], "accepted"),
    ([("2015-06-03", "REJECT", "IRQ", "TUR", "actual", NO)], "refused"),
    ([("2015-06-03", "AGREE", "IRQ", "TUR", "possible", IF)], "conditional"),
    ([("2015-06-03", "REJECT", "IRQ", "TUR", "actual", NO), ("2015-06-20", "AGREE", "IRQ", "TUR", "actual", YES)], "accepted"),
    ([("2015-06-03", "AGREE", "IRQ", "TUR", "actual", YES), ("2015-06-20", "REJECT", "IRQ", "TUR", "actual", NO)], "refused"),
    ([("2015-05-01", "AGREE", "IRQ", "TUR", "actual", YES)], "open"),  # before it was asked
    ([("2015-06-03", "AGREE", "TUR", "IRQ", "actual", YES)], "open"),  # by the one who asks
    ([("2015-06-03", "AGREE", "IRQ", "IRN", "actual", YES)], "open"),  # toward another
    ([("2015-06-03", "AGREE", "IRQ", "TUR", "actual", "وقعت بغداد عقود تصدير النفط الخام")], "open"),  # another matter
    ([("2015-11-03", "AGREE", "IRQ", "TUR", "actual", YES)], "open"),  # months later
]


@pytest.mark.parametrize(("answers", "outcome"), CASES)
def test_what_came_of_a_request(answers: list[tuple[str, str, str, str, str, str]], outcome: str) -> None:
    found = one(ASKED, *answers)
    assert [(r.asker, r.asked, r.outcome) for r in found if r.asker == "TUR"] == [("TUR", "IRQ", outcome)]


def test_a_refused_request_tells_of_the_request() -> None:
    (found,) = one(("2015-06-03", "REJECT", "IRQ", "TUR", "actual", NO))
    assert (found.asker, found.asked, found.outcome) == ("TUR", "IRQ", "refused")


def test_one_request_through_two_channels_is_one() -> None:
    again = ("2015-06-08", "REQUEST", "TUR", "IRQ", "actual", "جدد الوزير طلب أنقرة من بغداد فتح معبر حدودي أمام القوافل")
    other = ("2015-06-08", "REQUEST", "TUR", "IRQ", "actual", "دعت تركيا العراق إلى تسليم متهمين بالتجسس")
    assert len(one(ASKED, again)) == 1
    assert len(one(ASKED, other)) == 2


def test_two_accounts_stand_side_by_side() -> None:
    (found,) = one(ASKED, ("2015-06-03", "REJECT", "IRQ", "TUR", "actual", NO), ("2015-06-04", "REJECT", "TUR", "IRQ", "actual", WILL_NOT))
    assert found.differ
    assert {(a.by, a.says) for a in found.accounts} == {("", "asked"), ("IRQ", "refused"), ("TUR", "will not")}


def test_an_account_that_names_no_target_finds_its_request() -> None:
    words = NO + ". وأبدت تركيا رفضها التعاون مع العراق"
    made = report(
        "a", "2015-06-03", words, [("REJECT", ["IRQ"], ["TUR"], NO), ("REJECT", ["TUR"], [], "رفضها التعاون مع العراق")], named=[("IRQ", "العراق")]
    )  # fmt: skip
    (found,) = requests(facts(made))
    assert found.differ


def test_failing_to_agree_is_no_refused_request() -> None:
    words = "بقيت خلافات بين أنقرة وبغداد حول فتح معبر حدودي أمام القوافل"
    (found,) = one(ASKED, ("2015-06-03", "REJECT", "IRQ", "TUR", "actual", words))
    assert found.outcome == "open"


def day(number: int) -> str:
    return (date(2015, 1, 5) + timedelta(days=number)).isoformat()


def asked(number: int, words: str = ASK) -> tuple[str, str, str, str, str, str]:
    return (day(number), "REQUEST", "TUR", "IRQ", "actual", words)


def answered(number: int, words: str = NO, type_: str = "REJECT", status: str = "actual") -> tuple[str, str, str, str, str, str]:
    return (day(number), type_, "IRQ", "TUR", status, words)


AGAIN = [
    ("told on while the answer is news", [asked(0), answered(3), asked(9)], ["refused"]),
    ("asked again more than a week behind the answer", [asked(0), answered(3), asked(14)], ["refused", "open"]),
    ("and answered again", [asked(0), answered(3), asked(14), answered(16, YES, "AGREE")], ["refused", "accepted"]),
    ("nobody asks again: an answer that turns", [asked(0), answered(3), answered(40, YES, "AGREE")], ["accepted"]),
    ("asked again without an answer", [asked(0), asked(18)], ["open"]),
    ("the answer is to both", [asked(0), asked(18), answered(25)], ["refused"]),
    ("a refusal that presupposes the request asks nothing anew", [asked(0), answered(3, YES, "AGREE"), answered(17, NO)], ["refused"]),
    ("asked again within the week, and on", [asked(0), answered(3), asked(9), asked(16)], ["refused"]),
    ("another matter was answered", [asked(0), answered(3, "رفضت بغداد تسليم متهمين بالتجسس"), asked(14)], ["open"]),
]


@pytest.mark.parametrize(("why", "rows", "outcomes"), AGAIN)
def test_asked_anew(why: str, rows: list[tuple[str, str, str, str, str, str]], outcomes: list[str]) -> None:
    assert [r.outcome for r in one(*rows) if (r.asker, r.asked) == ("TUR", "IRQ")] == outcomes, why


def test_what_is_asked_week_by_week_for_years_is_one_request_a_quarter() -> None:
    found = [r for r in one(*(asked(7 * week) for week in range(150))) if r.asker == "TUR"]
    assert len(found) == 12
    assert all(r.first[:4] == r.last[:4] for r in found)
    assert all((date.fromisoformat(r.last) - date.fromisoformat(r.first)).days < 92 for r in found)


def test_also_where_each_is_answered() -> None:
    rows = [row for week in range(80) for row in (asked(7 * week), answered(7 * week + 2))]
    found = [r for r in one(*rows) if r.asker == "TUR"]
    assert {r.outcome for r in found} == {"refused"}
    assert 6 <= len(found) <= 7
    assert sum(len(r.facts) for r in found) == len(rows)


def test_a_quarter_does_not_part_what_was_not_asked_before() -> None:
    """The last days of March and the first of April; with another request, on another matter, in February."""
    other = asked(40, "دعت تركيا العراق إلى تسليم متهمين بالتجسس")
    found = [r for r in one(other, asked(80), asked(84), asked(90), answered(95)) if r.asker == "TUR"]
    assert [(r.first, r.outcome) for r in found] == [(day(40), "open"), (day(80), "refused")]
