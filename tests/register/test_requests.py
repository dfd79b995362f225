"""Requests, their answers, and two accounts of one request."""

from __future__ import annotations

import random

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
