"""The second look: what decides on an act in an article, beside its first score."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import mahdar
from mahdar.reading.choose import Chooser
from mahdar.reading.reader import Reader
from mahdar.reading.verdict import BIAS, CODED, MEASURES, NEVER, Verdict, measured
from mahdar.reading.weights import Forest, Weights
from mahdar.record import Article

ARTICLE = (
    "أدانت فرنسا الهجوم على السفارة. وقال المتحدث باسم الخارجية الفرنسية إن بلاده تدين إيران. والتقى وزير الخارجية الفرنسي نظيره الألماني في برلين. "
    "وفرضت الولايات المتحدة عقوبات جديدة على إيران. وأكدت واشنطن أنها فرضت عقوبات على إيران لدعمها الميليشيات."
)
# Is the first score at most 0.5? Then, for accusations and threats, is there another telling? A leaf of its own beside it.
TREES = (["score", 0.5, 0.1, ["type", ["ACCUSE", "THREATEN"], 0.3, ["again", -3.0, 0.2, -1.0, 1.0], 0.4], 2.0], 0.25)


def values(**given: float) -> tuple[float, ...]:
    """Measures, all 0 but for those given (with _ for spaces)."""
    return tuple(given.get(name.replace(" ", "_"), 0.0) for name in MEASURES)


@pytest.mark.parametrize(
    ("given", "type_", "sure"),
    [
        ({"score": 0.6}, "ACCUSE", 2.0),
        ({"score": 0.5, "again": NEVER}, "ACCUSE", -1.0),  # at the cut is below it
        ({"score": -1.0, "again": 0.3}, "THREATEN", 1.0),
        ({"score": -1.0, "again": NEVER}, "AID", 0.4),  # asked of other types alone
    ],
)
def test_a_way_down_the_trees(given: dict[str, float], type_: str, sure: float) -> None:
    verdict = Verdict(Forest(-0.5, TREES))
    assert verdict.of(values(**given), type_) == pytest.approx(sure + 0.25 - 0.5)
    reasons = verdict.reasons(values(**given), type_)
    assert sum(reasons.values()) == pytest.approx(sure + 0.25 - 0.5)
    assert reasons[BIAS] == pytest.approx(-0.5 + 0.1 + 0.25)


def test_reasons_name_measures_with_their_values() -> None:
    trees = (["source stands", 1.5, 0.0, ["again", 0.0, 1.0, 2.0, 3.0], -1.0],)
    reasons = Verdict(Forest(0.0, trees)).reasons(values(source_stands=1.0, again=NEVER), "AID")
    assert reasons == {BIAS: 0.0, "source stands subj": 1.0, "again never": 1.0}
    assert set(CODED) <= set(MEASURES)


def with_trees(reader: Reader, forest: Forest) -> Reader:
    return mahdar.Reader(reader.lexicon, weights=replace(reader.weights, verdict=forest))


def looked_at(reader: Reader, text: str) -> list[tuple[Any, list[tuple[float, ...]]]]:
    """The proposals of a text with what the second look sees of each way to fill their slots."""
    reading = reader.propose(Article("second", text, published="2018-05-09"))
    reader.fill(reading, Chooser(reader.weights, reading.cast, reader.sums))
    return list(zip(reading.proposals, measured(reading.proposals, reading.document, reading.cast), strict=True))


def test_another_telling_of_the_same_act_is_seen_and_meetings_are_left_to_the_first_look(reader: Reader) -> None:
    seen = looked_at(reader, ARTICLE)
    again = MEASURES.index("again")
    sanctions = [ways[0][again] for p, ways in seen if ways and p.trigger.act.type == "SANCTION"]
    assert len(sanctions) >= 2
    assert max(sanctions) > NEVER
    assert not any(ways for p, ways in seen if p.trigger.act.type in ("CONSULT", "AGREE"))
    assert any(p.trigger.act.type == "CONSULT" for p, _ in seen)


def test_ways_are_the_likeliest_first_and_each_has_its_measures(reader: Reader) -> None:
    several = [(p, ways) for p, ways in looked_at(reader, ARTICLE) if len(ways) > 1]
    assert several
    for p, ways in several:
        assert [way[0] for way in ways] == sorted((score for score, _ in p.ways), reverse=True)
        assert {len(way) for way in ways} == {len(MEASURES)}
        assert ways[0][MEASURES.index("behind")] == 0.0


def test_the_second_look_may_take_another_way(reader: Reader) -> None:
    backwards = Forest(0.0, (["behind", -0.0001, 0.0, 5.0, -5.0],))  # whatever lies behind the likeliest
    reading = with_trees(reader, backwards).reading(Article("article", ARTICLE))
    turned = [p for p in reading.proposals if len(p.looks) > 1]
    assert turned
    for p in turned:
        way = p.ways[p.looks.index(max(p.looks))][1]
        assert p.looks.index(max(p.looks)) > 0
        assert (p.source_codes, p.target_codes) == (way[4], way[5])


def test_the_second_look_decides_in_an_article_and_not_in_a_text_of_two_sentences(reader: Reader) -> None:
    never = with_trees(reader, Forest(-50.0, (0.0,)))
    assert {event.type for event in never.read(Article("article", ARTICLE)).events} <= {"CONSULT", "AGREE"}
    short = Article("short", "فرضت الولايات المتحدة عقوبات جديدة على إيران. ورفضت طهران القرار.")
    assert never.read(short) == reader.read(short)
    assert never.read(short).events


def test_without_a_second_look_the_first_decides(reader: Reader) -> None:
    reading = with_trees(reader, Forest()).reading(Article("article", ARTICLE))
    assert all(p.sure == p.score and not p.looks for p in reading.proposals)


def test_why_an_act_was_told_names_the_measures(reader: Reader) -> None:
    explanation = reader.explain(Article("article", ARTICLE))
    features = {name for trace in explanation.items if trace.kind == "event" for name, _ in trace.features}
    assert any(name.startswith("score ") for name in features)


def test_trees_are_kept_as_they_are(tmp_path: Path, reader: Reader) -> None:
    weights = replace(reader.weights, verdict=Forest(-0.5, TREES))
    weights.save(tmp_path / "weights.json")
    again = Weights.load(tmp_path / "weights.json")
    assert again.verdict == weights.verdict
    assert again.event == reader.weights.event
    assert (tmp_path / "weights.json").read_text(encoding="utf-8").count("\n") > 1000  # a feature to a line, for comparing editions
