"""Where holders stand, when it changed, who agrees with whom; what was promised; two actors over time."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from made_reports import fact_reader, facts, report

from mahdar.record import EVENT_TYPES
from mahdar.register.commitments import commitments
from mahdar.register.ledger import Stand, agreement, changes, held, ledger, stands
from mahdar.register.occurrences import occurrences
from mahdar.register.pairs import latest, said, score, series
from mahdar.register.reports import Report


def told(*rows: tuple[str, str, str, str]) -> list[Stand]:
    """(day, holder, on, stance), a report each."""
    identity = fact_reader().identity
    reports = [report(f"r{i}", day, "نص الخبر", positions=[(holder, on, stance)]) for i, (day, holder, on, stance) in enumerate(rows)]
    return [s for one in reports for s in stands(one, identity)]


def test_a_turn_has_both_its_words() -> None:
    all_stands = told(("2015-01-01", "TUR", "anti-isis", "undecided"), ("2015-03-01", "TUR", "anti-isis", "undecided"), ("2015-07-24", "TUR", "anti-isis", "support"))
    for seed in range(3):
        random.Random(seed).shuffle(all_stands)
        (change,) = changes(ledger(all_stands))
        assert (change.before.stance, change.before.day, change.before.last) == ("undecided", "2015-01-01", "2015-03-01")
        assert (change.after.stance, change.after.day, change.after.cites[0].report) == ("support", "2015-07-24", "r2")
        assert len(change.before.cites) == 2


def test_of_several_on_a_day_the_better_attested_counts() -> None:
    (entry,) = ledger(
        told(("2015-01-01", "TUR", "oil", "support"), ("2015-01-01", "TUR", "oil", "oppose"), ("2015-01-01", "TUR", "oil", "oppose"))
    )  # fmt: skip
    assert (entry.stance, entry.sources, entry.disputed) == ("oppose", 2, False)
    (entry,) = ledger(told(("2015-01-01", "TUR", "oil", "support"), ("2015-01-01", "TUR", "oil", "oppose")))
    assert entry.disputed


def test_where_the_west_stands_on_an_issue_its_states_stand() -> None:
    identity = fact_reader().identity
    one = report("r", "2015-01-01", "نص الخبر", positions=[("WEST", "assad-future", "oppose"), ("FRA", "assad-future", "conditional"), ("WEST", "FRA", "oppose")])
    west = tuple(replace(actor, code="OTHER:West") if actor.code == "WEST" else actor for actor in one.record.actors)
    one = replace(one, record=replace(one.record, actors=west))
    assert {(s.holder, s.on, s.stance) for s in stands(one, identity)} == {
        *(("OTHER:West", on, "oppose") for on in ("assad-future", "FRA")), ("FRA", "assad-future", "conditional"),  # what the report says of one state itself
        *((state, "assad-future", "oppose") for state in ("USA", "GBR", "DEU")),
    }  # fmt: skip
    assert len({s.cite for s in stands(one, identity) if s.stance == "oppose" and s.on == "assad-future"}) == 1  # the very words


def test_agreement_on_a_day() -> None:
    entries = ledger(
        told(
            ("2015-01-01", "RUS", "assad-future", "support"), ("2015-01-01", "GBR", "assad-future", "oppose"), ("2015-01-01", "IRN", "assad-future", "support"),
            ("2015-01-01", "RUS", "anti-isis", "support"), ("2015-01-01", "GBR", "anti-isis", "support"), ("2016-01-01", "GBR", "assad-future", "conditional"),
        )
    )  # fmt: skip
    then, later = agreement(entries, "2015-06-01"), agreement(entries, "2016-06-01")
    assert then["GBR", "RUS"] == (0.0, ("anti-isis", "assad-future"))
    assert then["IRN", "RUS"] == (1.0, ("assad-future",))
    assert then["GBR", "IRN"] == (-1.0, ("assad-future",))
    assert later["GBR", "IRN"] == (0.5, ("assad-future",))
    assert held(entries, "2014-01-01") == {}


PROMISE = "تعهدت الرياض بإرسال مساعدات غذائية إلى عدن"
COMMITMENTS = [
    (None, "open"),
    (("2015-05-10", "AID", "SAU", "YEM", "actual", "وصلت إلى عدن مساعدات غذائية من الرياض"), "kept"),
    (("2015-05-10", "AID", "SAU", "YEM", "denied", "لم ترسل الرياض مساعدات غذائية إلى عدن"), "dropped"),
    (("2015-05-10", "REJECT", "SAU", "YEM", "actual", "رفضت الرياض إرسال مساعدات غذائية إلى عدن"), "dropped"),
    (("2015-04-10", "AID", "SAU", "YEM", "actual", "وصلت إلى عدن مساعدات غذائية من الرياض"), "open"),  # before
    (("2015-05-10", "AID", "KWT", "YEM", "actual", "وصلت إلى عدن مساعدات غذائية من الكويت"), "open"),  # by another
    (("2015-05-10", "AID", "SAU", "EGY", "actual", "وصلت إلى القاهرة مساعدات غذائية من الرياض"), "open"),  # to another
    (("2015-05-10", "AID", "SAU", "YEM", "actual", "سلمت البحرية زوارق دورية جديدة لخفر السواحل"), "open"),  # another matter
]  # fmt: skip


@pytest.mark.parametrize(("later", "fate"), COMMITMENTS)
@pytest.mark.parametrize("promise", [("AGREE", "actual"), ("AID", "planned")])
def test_what_came_of_a_promise(promise: tuple[str, str], later: tuple[str, str, str, str, str, str] | None, fate: str) -> None:
    made = [report("a", "2015-05-01", PROMISE, [(promise[0], ["SAU"], ["YEM"], PROMISE, {"status": promise[1]})])]
    if later is not None:
        day, type_, by, to, status, words = later
        made.insert(0, report("b", day, words, [(type_, [by], [to], words, {"status": status})]))
    found = [c for c in commitments(facts(*made)) if (c.by, c.to) == ("SAU", "YEM")]
    assert [(c.fate, c.cites[0].report) for c in found] == [(fate, "a")]
    assert [bool(c.fate_cites) for c in found] == [fate != "open"]


def test_who_agree_promise_each_other() -> None:
    words = "اتفقت موسكو وأنقرة على مد خط أنابيب"
    found = commitments(facts(report("a", "2015-05-01", words, [("AGREE", ["RUS"], ["TUR"], words)])))
    assert {(c.by, c.to) for c in found} == {("RUS", "TUR"), ("TUR", "RUS")}


def pair(key: str, day: str, type_: str, words: str, status: str = "actual") -> Report:
    return report(key, day, words, [(type_, ["RUS"], ["TUR"], words, {"status": status})])


def test_months_between_two_actors() -> None:
    made = [
        pair("a", "2015-10-02", "CONSULT", "بحث الجانبان ملف الغاز"), pair("b", "2015-11-24", "ACCUSE", "اتهمت موسكو أنقرة بشراء النفط"),
        pair("c", "2015-11-28", "SANCTION", "فرضت روسيا عقوبات على سلع تركية"), pair("d", "2015-11-29", "AGREE", "قد يوقع البلدان عقدا", "possible"),
    ]  # fmt: skip
    months = series(occurrences(facts(*made), fact_reader().weight), "TUR", "RUS")
    assert [(m.month, m.cooperation, m.conflict, m.counts) for m in months] == [
        ("2015-10", 1.0, 0.0, (("CONSULT", 1),)), ("2015-11", 0.0, -6.0, (("ACCUSE", 1), ("SANCTION", 1))),
    ]  # fmt: skip
    assert months[1].net == -3.0


@pytest.mark.parametrize("type_", EVENT_TYPES)
def test_every_type_has_a_score(type_: str) -> None:
    cooperative = type_ in ("AGREE", "CONSULT", "SUPPORT", "COOPERATE", "AID", "CONCEDE", "RETREAT", "REQUEST")
    assert (score(type_) > 0) is cooperative
    assert -10 <= score(type_) <= 10
    assert score("RETREAT", "ceasefire") == 9.0
    assert score("CONSULT", "no such mode") == score("CONSULT")


def test_what_two_last_said_about_each_other() -> None:
    identity = fact_reader().identity
    first = report("a", "2015-10-02", "قال إن تركيا جارة صديقة", said=[("RUS:sergey-lavrov", "تركيا جارة صديقة")], named=[("TUR", "تركيا")])
    later = report("b", "2015-11-25", "قال إن روسيا تعرف الطريق", said=[("TUR", "روسيا تعرف الطريق")], named=[("RUS", "روسيا")])
    other = report("c", "2015-11-26", "قال إن مصر شريك", said=[("TUR", "مصر شريك")], named=[("EGY", "مصر")])
    found = [s for one in (other, first, later) for s in said(one, identity)]
    assert [s.cite.report for s in latest(found, "RUS", "TUR")] == ["b", "a"]
    assert [s.speaker for s in latest(found, "RUS", "TUR", until="2015-11-01")] == ["sergey-lavrov"]
