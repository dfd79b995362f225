"""Prints of one wire report are found, whatever the order."""

from __future__ import annotations

import random

from made_reports import report

from mahdar.register.reports import Report
from mahdar.register.wires import copies, independent, likeness, sketch, wires

WORDS = "اجتمع وزير الخارجية في العاصمة صباح اليوم مع وفد من المنظمة وبحث معه سبل تنفيذ الاتفاق الذي وقعه الجانبان قبل عام ونصف".split()


def text(seed: int, length: int = 160) -> str:
    rng = random.Random(seed)
    return " ".join(f"{rng.choice(WORDS)}{rng.choice(['', 'ها', 'هم', 'ات'])}" for _ in range(length))


def one(key: str, words: str, day: str = "2015-10-30") -> Report:
    return report(key, day, words)


def test_a_copy_with_another_head_and_tail_is_a_copy() -> None:
    base = text(1)
    assert copies(sketch(one("a", base)), sketch(one("b", "قالت الوكالة إن " + base + " بحسب الوكالة")))
    assert copies(sketch(one("a", base)), sketch(one("b", base.replace("ا", "أ"))))  # hamzas do not matter
    assert not copies(sketch(one("a", base)), sketch(one("b", text(2))))
    assert not copies(sketch(one("a", base)), sketch(one("b", base, "2015-11-30")))  # the same words a month later are a new report


def test_a_shortened_copy_is_a_copy() -> None:
    base = text(3, 400)
    short = " ".join(base.split()[:120])
    assert likeness(sketch(one("a", base)), sketch(one("b", short)))[1] > 0.7
    assert copies(sketch(one("a", base)), sketch(one("b", short)))


def test_the_same_groups_in_any_order() -> None:
    base = [text(i) for i in range(6)]
    reports = [one(f"r{i}{j}", base[i] + " ختام" * j) for i in range(6) for j in range(3)]
    expected = wires(map(sketch, reports))
    assert len(set(expected.values())) == 6
    for seed in range(3):
        shuffled = reports[:]
        random.Random(seed).shuffle(shuffled)
        assert wires(map(sketch, shuffled)) == expected
    assert independent(["r00", "r01", "r10"], expected) == 2


def test_an_empty_report_is_its_own_wire() -> None:
    assert wires([sketch(one("a", "")), sketch(one("b", ""))]) == {"a": "a", "b": "b"}
