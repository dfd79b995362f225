"""The second look: what decides on an act in an article, beside its first score."""

from __future__ import annotations

from dataclasses import replace

import pytest

import mahdar
from mahdar.reading.choose import Chooser
from mahdar.reading.reader import Reader
from mahdar.reading.verdict import BIAS, MEASURES, NEVER, Verdict, measured, steps
from mahdar.record import Article

ARTICLE = (
    "أدانت فرنسا الهجوم على السفارة. وقال المتحدث باسم الخارجية الفرنسية إن بلاده تدين إيران. والتقى وزير الخارجية الفرنسي نظيره الألماني في برلين. "
    "وفرضت الولايات المتحدة عقوبات جديدة على إيران. وأكدت واشنطن أنها فرضت عقوبات على إيران لدعمها الميليشيات."
)
VALUES = (0.5, NEVER, 0.0, -1.0, 2.0, 0.0, 12.0, 1.0)


def names_of(values: tuple[float, ...]) -> dict[str, str]:
    """The step of each measure."""
    return {name: next(step for step in steps(values, "ACCUSE") if step.startswith(f"{name} ")) for name in MEASURES}


@pytest.mark.parametrize(
    ("measure", "value", "step"),
    [
        ("score", -9.0, "score below -3"),
        ("score", -0.2, "score from -0.2"),
        ("score", -0.21, "score from -0.4"),
        ("score", 40.0, "score from 2.5"),
        ("again", NEVER, "again below -5"),
        ("target distance", 0.0, "target distance from 0"),
        ("target distance", -1.0, "target distance from -1"),
        ("source named", 0.0, "source named below 1"),
    ],
)
def test_a_value_stands_on_the_step_that_begins_at_or_below_it(measure: str, value: float, step: str) -> None:
    at = list(MEASURES).index(measure)
    assert names_of((*VALUES[:at], value, *VALUES[at + 1 :]))[measure] == step


def test_the_verdict_is_the_sum_of_the_steps() -> None:
    weights = {name: round(0.25 * (number + 1), 2) for number, name in enumerate(steps(VALUES, "ACCUSE"))}
    assert Verdict(weights).of(VALUES, "ACCUSE") == pytest.approx(sum(weights.values()))
    assert Verdict(weights).of(VALUES, "SANCTION") == pytest.approx(sum(value for name, value in weights.items() if not name.startswith("ACCUSE")))
    assert Verdict({}).of(VALUES, "ACCUSE") == 0.0
    assert Verdict({BIAS: -1.5}).of(VALUES, "ACCUSE") == -1.5


def test_another_telling_of_the_same_act_is_seen_and_meetings_are_left_to_the_first_look(reader: Reader) -> None:
    article = Article("second", ARTICLE, published="2018-05-09")
    reading = reader.propose(article)
    reader.fill(reading, Chooser(reader.weights, reading.cast, reader.sums))
    values = measured(reading.proposals, reading.document, reading.cast)
    again = list(MEASURES).index("again")
    sanctions = [v[again] for p, v in zip(reading.proposals, values, strict=True) if v is not None and p.trigger.act.type == "SANCTION"]
    assert len(sanctions) >= 2
    assert max(sanctions) > NEVER
    assert all(v is None for p, v in zip(reading.proposals, values, strict=True) if p.trigger.act.type in ("CONSULT", "AGREE"))


def test_the_second_look_decides_in_an_article_and_not_in_a_text_of_two_sentences(reader: Reader) -> None:
    never = mahdar.Reader(reader.lexicon, weights=replace(reader.weights, verdict={BIAS: -50.0}))
    assert {event.type for event in never.read(Article("article", ARTICLE)).events} <= {"CONSULT", "AGREE"}
    short = Article("short", "فرضت الولايات المتحدة عقوبات جديدة على إيران. ورفضت طهران القرار.")
    assert never.read(short) == reader.read(short)
    assert never.read(short).events


def test_without_a_second_look_the_first_decides(reader: Reader) -> None:
    first = mahdar.Reader(reader.lexicon, weights=replace(reader.weights, verdict={}))
    reading = first.reading(Article("article", ARTICLE))
    assert all(p.sure == p.score and not p.measures for p in reading.proposals)


def test_why_an_act_was_told_names_the_steps(reader: Reader) -> None:
    explanation = reader.explain(Article("article", ARTICLE))
    features = {name for trace in explanation.items if trace.kind == "event" for name, _ in trace.features}
    assert any(name.startswith("score from") for name in features)
