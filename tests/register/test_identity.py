"""Who is one actor across reports and spellings."""

from __future__ import annotations

import pytest
from made_reports import lexicon, report

from mahdar.record import Actor
from mahdar.register.identity import Identity, Ruling, RulingError, directory, skeleton


def person(name: str, code: str | None, role: str | None = None, known: str | None = None, kind: str = "person") -> Actor:
    return Actor("a1", kind, name, None, code, role, lexicon=known)  # type: ignore[arg-type]


DAY = "2015-10-30"
SAME = [
    (person("سيرغي لافروف", "RUS", "foreign_minister", "sergey-lavrov"), person("لافروف", "RUS", None, "sergey-lavrov")),
    (person("الرئيس الروسي", "RUS", "head_of_state"), person("فلاديمير بوتين", "RUS", "head_of_state", "vladimir-putin")),
    (person("رئيس الوزراء البريطاني", "GBR", "head_of_government"), person("ديفيد كاميرون", "GBR", "head_of_government", "david-cameron")),
    (person("أندريه بيتروفيتش", "RUS", "official"), person("اندري بتروفتش", "RUS", "envoy")),  # a transliteration
    (person("أحمد سالم", "YEM", "minister"), person("احمد سالم", "YEM", "spokesperson")),  # hamza
    (person("موسكو", "RUS", kind="state"), person("روسيا", "RUS", known="RUS", kind="state")),
    (person("الجبهة الوطنية", "EGY", kind="organisation"), person("جبهة الوطنية", "EGY", kind="organisation")),
]  # fmt: skip
DIFFERENT = [
    (person("حسن الأحمر", "YEM"), person("حسين الأحمر", "YEM")),  # long vowels tell Arab names apart
    (person("أحمد سالم", "YEM"), person("أحمد سالم", "SAU")),
    (person("سالم", "YEM", "minister"), person("سالم", "YEM", "journalist")),  # one name only
    (person("الرئيس الروسي السابق", "RUS", "head_of_state"), person("الرئيس الروسي", "RUS", "head_of_state")),
    (person("وزير روسي", "RUS", "minister"), person("الرئيس الروسي", "RUS", "head_of_state")),
]


@pytest.mark.parametrize(("a", "b"), SAME)
def test_one_actor(a: Actor, b: Actor) -> None:
    identity = Identity(lexicon())
    assert identity.of(report("x", DAY, "نص"), a).key == identity.of(report("y", DAY, "نص"), b).key


@pytest.mark.parametrize(("a", "b"), DIFFERENT)
def test_two_actors(a: Actor, b: Actor) -> None:
    identity = Identity(lexicon())
    assert identity.of(report("x", DAY, "نص"), a).key != identity.of(report("y", DAY, "نص"), b).key


def test_the_post_is_that_of_the_day() -> None:
    identity = Identity(lexicon())
    minister = person("وزير الخارجية الأميركي", "USA", "foreign_minister")
    assert identity.of(report("x", "2012-06-01", "نص"), minister).key == "hillary-clinton"
    assert identity.of(report("x", "2015-06-01", "نص"), minister).key == "john-kerry"
    assert identity.of(report("x", "", "نص"), minister).nameless


def test_unnamed_officials_of_two_reports_are_two() -> None:
    identity = Identity(lexicon())
    official = person("مسؤول كبير في الخارجية الأميركية", "USA", "official")
    first, second = (identity.of(report(key, DAY, "نص"), official) for key in "xy")
    assert first.nameless
    assert first.key != second.key


def test_rulings_by_hand_win() -> None:
    one, other = person("أحمد سالم", "YEM", "minister"), person("أبو سالم", "YEM", "rebel_leader")
    plain = Identity(lexicon())
    x, y = report("x", DAY, "نص"), report("y", DAY, "نص")
    a, b = plain.of(x, one).key, plain.of(x, other).key
    ruled = Identity(lexicon(), [Ruling(b, a), Ruling(a, "~YEM:another", report="y")])
    assert ruled.of(x, other).key == a
    assert ruled.of(x, one).key == a
    assert ruled.of(y, one).key == "~YEM:another"
    assert ruled.of(x, person("سيرغي لافروف", "RUS", None, "sergey-lavrov")).key == "sergey-lavrov"


def test_merges_may_not_run_in_a_circle() -> None:
    with pytest.raises(RulingError, match="circle"):
        Identity(lexicon(), [Ruling("a", "b"), Ruling("b", "a")])


def test_the_directory_adds_up_in_any_order() -> None:
    identity = Identity(lexicon())
    reports = [report(f"r{i}", f"2015-10-0{i}", "نص", [("CONSULT", ["RUS:sergey-lavrov"], ["USA"], "نص")]) for i in range(1, 5)]
    whole = directory(reports, identity)
    parts = directory(reports[2:], identity), directory(reports[:2], identity)
    assert whole == {key: parts[0][key].joined(parts[1][key]) for key in whole}
    assert whole["sergey-lavrov"].reports == 4
    assert (whole["USA"].first, whole["USA"].last) == ("2015-10-01", "2015-10-04")


@pytest.mark.parametrize(("a", "b"), [("غورباتشوف", "جورباتشوف"), ("تيلرسون", "تيليرسون"), ("بومبيو", "بومبو")])
def test_skeletons_meet(a: str, b: str) -> None:
    assert skeleton(a) == skeleton(b)
