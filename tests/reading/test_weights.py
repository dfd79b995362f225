"""What features weigh: looked up by groups and by the parts of their names, it is what the names weigh one by one."""

from __future__ import annotations

import pytest

import mahdar
from mahdar.reading.choose import Chooser
from mahdar.reading.weights import Classes, parted, weigh
from mahdar.record import Article

ARTICLE = Article("a", "أدانت فرنسا الهجوم على السفارة. والتقى وزير الخارجية الفرنسي نظيره الألماني في برلين لبحث العلاقات مع إيران. وقال الوزير إن بلاده تدعم لبنان.")


def test_candidates_and_acts_weigh_what_the_names_of_their_features_do() -> None:
    reader = mahdar.default_reader()
    proposals = reader.propose(ARTICLE).proposals
    slots = [slot for p in proposals for slot in p.sources]
    assert len(slots) > 10
    for slot in slots:
        names = {name: value for name, value in slot.features.items() if name != "distance"}  # weighed when the slots are filled
        never = slot.as_source < -5  # whom grammar rules out
        assert never or slot.as_source == pytest.approx(weigh(reader.weights.source, names))
        assert slot.as_target == pytest.approx(weigh(reader.weights.target, names))
    for p in proposals:
        assert p.weighs == pytest.approx(weigh(reader.weights.event, p.features))


def test_ways_to_fill_the_slots_score_what_the_names_of_their_features_weigh() -> None:
    reader = mahdar.default_reader()
    reading = reader.propose(ARTICLE)
    chooser = Chooser(reader.weights, reading.cast, reader.sums)
    chosen = 0
    for p in reading.proposals:
        chooser.fill(p)
        option = chooser.option(p)
        if option is not None:
            chosen += 1
            assert p.score == pytest.approx(p.weighs + weigh(reader.weights.event, option.features))
    assert chosen > 2


def test_names_are_parted_at_a_mark() -> None:
    weights = {"ACCUSE head=n:x": 1.0, "head=n:x": 2.0, "rel=subj": 3.0}
    assert parted(weights, "head=") == {"ACCUSE": {"n:x": 1.0}, "": {"n:x": 2.0}}
    assert parted(weights, "head=", "ACCUSE").of("", "n:x") == 1.0
    assert parted(weights, "head=").of("DENY", "n:x") is None


def test_a_model_has_five_classes_at_most() -> None:
    assert Classes(("a", "b"), {"x": (1.0, 2.0), "y": (0.5, 0.0)}).scores({"x": 1.0, "y": 2.0, "z": 1.0}) == {"a": 2.0, "b": 2.0}
    with pytest.raises(ValueError, match="6 classes"):
        Classes(tuple("abcdef"))
