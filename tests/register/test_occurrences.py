"""Reports of one event are one occurrence; the order of the reports does not matter."""

from __future__ import annotations

import random

import pytest
from made_reports import fact_reader, facts, report

from mahdar.register.likeness import BAR, alike, ruled_out, score
from mahdar.register.occurrences import Occurrence, blocks, occurrences
from mahdar.register.reports import Report

KERRY, LAVROV, ZARIF = "USA:john-kerry", "RUS:sergey-lavrov", "IRN:mohammad-javad-zarif"
VIENNA = "التقى كيري ولافروف في فيينا يوم الجمعة وبحثا وقف إطلاق النار في حلب"
TOLD_AGAIN = "عقد كيري ولافروف الجمعة لقاء في فيينا تناول وقف إطلاق النار في حلب"
DOHA = "اجتمع كيري ولافروف يوم الاثنين في الدوحة لبحث التحالف"


def meeting(key: str, words: str, day: str, *, date: str | None = None, **options: object) -> Report:
    return report(key, day, words, [("CONSULT", [KERRY], [LAVROV], words, {"date": date or day, "place": "فيينا", **options})])


def found(*reports: Report) -> tuple[Occurrence, ...]:
    return occurrences(facts(*reports), fact_reader().weight)


def test_two_reports_of_one_meeting() -> None:
    (one,) = found(meeting("a", VIENNA, "2015-10-30"), meeting("b", TOLD_AGAIN, "2015-10-31", date="2015-10-30"))
    assert one.reports == ("a", "b")
    assert one.sources == 2
    assert (one.type, one.status, one.day) == ("CONSULT", "actual", "2015-10-30")
    assert set(one.people) == {"john-kerry", "sergey-lavrov"}


def test_meetings_on_known_different_days_are_two() -> None:
    assert len(found(meeting("a", VIENNA, "2015-10-30"), meeting("b", TOLD_AGAIN, "2015-10-31"))) == 2
    assert len(found(meeting("a", VIENNA, "2015-10-30"), meeting("b", DOHA, "2015-11-02"))) == 2


NOT_ONE = [
    ("CONSULT", [KERRY], [ZARIF], "التقى كيري ظريف في جنيف صباحا"),
    ("ACCUSE", [KERRY], [LAVROV], VIENNA),
    ("CONSULT", ["DEU"], ["FRA"], "بحث وزيرا المالية في برلين أسعار الفائدة"),
]  # fmt: skip


@pytest.mark.parametrize("event", NOT_ONE)
def test_other_parties_or_acts_are_another_event(event: tuple[str, list[str], list[str], str]) -> None:
    assert len(found(meeting("a", VIENNA, "2015-10-30"), report("b", "2015-10-30", event[3], [event]))) == 2


def test_disagreements_are_kept() -> None:
    words = "قصفت طائرات التحالف مدينة الرقة ليلا وقتل عشرون مدنيا في سوق المدينة"
    told = report("a", "2015-10-30", words, [("ASSAULT", ["USA"], ["SYR"], words, {"place": "الرقة"})])
    denied = report("b", "2015-10-30", "نفت واشنطن أن " + words, [("ASSAULT", ["USA"], ["SYR"], words, {"status": "denied", "place": "الرقة"})])
    other = report("c", "2015-10-30", words + " بحسب السكان", [("ASSAULT", ["RUS"], ["SYR"], words, {"place": "حلب"})])
    (one,) = found(told, denied, other)
    by = {d.on: d for d in one.disagreements}
    assert set(by) == {"status", "place", "source"}
    assert [value for value, _ in by["source"].values] == ["RUS", "USA"]
    assert one.status == "actual"
    assert one.disagreements[0].values[1][1][0].startswith("b#")


def test_prints_of_one_wire_count_once() -> None:
    prints = [meeting(k, VIENNA, "2015-10-30") for k in "abc"]
    (one,) = occurrences(facts(*prints), fact_reader().weight, {"a": "a", "b": "a", "c": "c"})
    assert (len(one.reports), one.sources) == (3, 2)


def world(seed: int, size: int = 24) -> list[Report]:
    """Reports of a few events told in several ways, some misdated."""
    rng = random.Random(seed)
    parties = [([KERRY], [LAVROV]), ([ZARIF], [KERRY]), (["TUR"], ["SYR"]), (["SAU"], ["YEM", "IRN"])]
    matter = ["وقف إطلاق النار في حلب", "الملف النووي ورفع العقوبات", "المنطقة الآمنة قرب جرابلس", "مشاورات الكويت وميناء الحديدة"]
    out = []
    for i in range(size):
        which = rng.randrange(4)
        day = f"2015-10-{rng.randrange(1, 9):02d}"
        words = " ".join(rng.sample(["بحث الجانبان", "اليوم", "بحضور الوفدين", "في العاصمة", matter[which], matter[which] + " مجددا"], 5))
        kind = rng.choice(["CONSULT", "CONSULT", "AGREE", "ACCUSE"])
        out.append(report(f"r{i:02d}", day, words, [(kind, *parties[which], words, {"date": rng.choice([day, None]), "status": rng.choice(["actual", "planned"])})]))
    return out


@pytest.mark.parametrize("seed", range(4))
def test_the_order_of_reports_does_not_matter(seed: int) -> None:
    reports = world(seed)
    expected = found(*reports)
    assert any(len(o.reports) > 1 for o in expected)
    for again in range(3):
        random.Random(again).shuffle(reports)
        assert found(*reports) == expected


def test_linked_facts_share_a_block() -> None:
    weigh = fact_reader().weight
    all_facts = facts(*world(9, 40))
    pairs = [(a, b) for a in all_facts for b in all_facts if a.key < b.key and not ruled_out(a, b) and score(a, b, weigh) > BAR]
    assert pairs
    assert all(not set(blocks(a)).isdisjoint(blocks(b)) for a, b in pairs)


def test_ids_do_not_change_when_later_reports_come() -> None:
    first = found(meeting("b", VIENNA, "2015-10-30"))[0].id
    both = found(meeting("b", VIENNA, "2015-10-30"), meeting("a", TOLD_AGAIN, "2015-10-31", date="2015-10-30"))
    assert [o.id for o in both] == [first]


@pytest.mark.parametrize("seed", range(4))
def test_what_is_ruled_out_at_little_cost_would_not_have_been_joined(seed: int) -> None:
    weigh = fact_reader().weight
    made = facts(*world(seed))
    joined = 0
    for one in made:
        near = [(f.key, f) for f in made if f.family == one.family and not f.codes.isdisjoint(one.codes) and abs(f.at - one.at) <= 4 and f is not one]
        expected = {key: score(*sorted((one, f), key=lambda x: x.key), weigh) for key, f in near if not ruled_out(one, f)}
        expected = {key: value for key, value in expected.items() if value > BAR}
        assert dict(alike(one, near, weigh, {})) == expected
        joined += len(expected)
    assert joined
