"""The gate: no layer of the record may fall below its floor, on the bundled gold and, where at hand, on the larger set.

``make floors`` raises the floors after an improvement.
"""

from __future__ import annotations

import importlib.util
import json
import sys
from pathlib import Path
from typing import Any

import pytest

from made import GOLD, RIGHT
from mahdar.lexicon import load_lexicon
from mahdar.quality import below, load_gold, measure, raised, read_floors, read_gold, write_floors
from mahdar.reading.reader import Reader
from mahdar.scoring import Scores, near, same_name, score

TESTS = Path(__file__).resolve().parent
SHARED = TESTS.parent.parent / "shared" / "gold"
FLOORS = read_floors(TESTS / "floors.json")
SETS = {"bundled": TESTS / "gold", "dev": SHARED / "dev"}
LAYERS = {
    "body", "actors", "statements", "statements+speaker", "events", "events+status", "events any-type", "meetings",
    "positions", "event dates",
}  # fmt: skip


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader(load_lexicon())


# -- the gate --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", SETS)
def test_no_layer_is_below_its_floor(reader: Reader, name: str) -> None:
    if not SETS[name].is_dir():
        assert name != "bundled"
        return
    fallen = below(measure(reader, SETS[name]).f1(), FLOORS[name])
    assert not fallen, f"{name}: " + "; ".join(fallen)


@pytest.mark.parametrize("name", SETS)
def test_every_layer_has_a_floor(name: str) -> None:
    assert set(FLOORS[name]) == LAYERS
    assert all(0.0 < floor <= 1.0 and round(floor * 200, 6) % 1 == 0 for floor in FLOORS[name].values())


# -- the floors ------------------------------------------------------------------------------------------------


def test_a_floor_holds_with_a_hair_of_tolerance() -> None:
    floors = {"events": 0.5}
    assert below({"events": 0.5}, floors) == []
    assert below({"events": 0.4996}, floors) == []
    assert below({"events": 0.499}, floors) == ["events: 0.4990 is below its floor 0.500"]
    assert below({}, floors) == ["events: not measured, floor 0.500"]


def test_floors_rise_in_steps_and_do_not_fall() -> None:
    assert raised({"events": 0.5, "body": 0.9}, {"events": 0.5349, "body": 0.8}) == {"body": 0.9, "events": 0.53}
    assert raised({"body": 0.9}, {"body": 0.8044}, allow_regression=True) == {"body": 0.8}
    assert raised({}, {"body": 0.805}) == {"body": 0.805}
    assert raised({"body": 0.9}, {}, allow_regression=True) == {"body": 0.9}


def test_floors_are_read_as_written(tmp_path: Path) -> None:
    floors = {"dev": {"events": 0.505}, "bundled": {"body": 0.95}}
    write_floors(tmp_path / "floors.json", floors)
    assert read_floors(tmp_path / "floors.json") == floors


# -- the scorer ------------------------------------------------------------------------------------------------

def found(**changes: Any) -> dict[str, Any]:
    """The right record, its meeting told from the other side, but for the changes."""
    return {**RIGHT, "events": [{**RIGHT["events"][0], "source": ["a3"], "target": ["a1"]}], **changes}


def f1(record: dict[str, Any] | None) -> dict[str, float]:
    return {layer: round(value, 3) for layer, value in score([(GOLD, record)]).f1().items()}


def test_the_right_record_scores_one() -> None:
    assert f1(found()) == dict.fromkeys(LAYERS, 1.0)


def test_no_record_scores_nothing() -> None:
    assert f1(None) == dict.fromkeys(LAYERS, 0.0)


def test_each_layer_sees_its_own_mistake() -> None:
    right = found()
    event = right["events"][0]
    statement = right["statements"][0]
    assert f1(found(events=[{**event, "status": "planned"}]))["events+status"] == 0.0
    assert f1(found(events=[{**event, "status": "planned"}]))["events"] == 1.0
    assert f1(found(events=[{**event, "type": "AGREE"}]))["events"] == 0.0
    assert f1(found(events=[{**event, "type": "AGREE"}]))["events any-type"] == 1.0
    assert f1(found(events=[{**event, "date": None}]))["event dates"] == 0.0
    assert f1(found(events=[event, event]))["events"] == 0.667
    assert f1(found(statements=[{**statement, "speaker": "a1"}]))["statements"] == 1.0
    assert f1(found(statements=[{**statement, "speaker": "a1"}]))["statements+speaker"] == 0.0
    assert f1(found(statements=[{**statement, "content": [0, 16]}]))["statements"] == 0.0
    assert f1(found(positions=[{**right["positions"][0], "stance": "oppose"}]))["positions"] == 0.0
    assert f1(found(body=[[0, 16]]))["body"] < 0.6
    assert f1(found(actors=right["actors"][:2]))["actors"] == 0.8


def test_names_agree_by_family_name_and_one_letter() -> None:
    assert near("هولاند", "اولاند")
    assert not near("كيري", "كوري")
    assert same_name("جون كيري", "كيري")
    assert same_name("محمد بن سلمان", "الأمير محمد بن سلمان")
    assert not same_name("جون كيري", "جون ماكين")


def _original() -> Any:
    """The scorer the gold came with, where it is at hand."""
    spec = importlib.util.spec_from_file_location("original_scorer", SHARED / "score.py")
    assert spec is not None
    assert spec.loader is not None
    module = sys.modules[spec.name] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("name", SETS)
def test_the_numbers_are_those_of_the_original_scorer(
    reader: Reader, name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    if not (SHARED / "score.py").exists():
        assert load_gold(SETS["bundled"])
        return
    folder = SETS[name]
    records = [read_gold(reader, gold) for gold in load_gold(folder)]
    named = [{**record, "id": path.stem} for path, record in zip(sorted(folder.glob("*.json")), records, strict=True)]
    predictions = tmp_path / "predictions.jsonl"
    predictions.write_text("".join(json.dumps(record) + "\n" for record in named), encoding="utf-8")
    monkeypatch.setattr(sys, "argv", ["score.py", str(folder), str(predictions), "--json"])
    _original().main()
    wanted = json.loads(capsys.readouterr().out)
    ours = score(list(zip(load_gold(folder), records, strict=True)))
    assert as_original(ours) == wanted


def as_original(scores: Scores) -> dict[str, Any]:
    def row(tally: Any) -> dict[str, float]:
        return {
            "precision": round(tally.precision, 3), "recall": round(tally.recall, 3), "f1": round(tally.f1, 3),
            "gold": tally.gold, "predicted": tally.found,
        }  # fmt: skip

    layers: dict[str, Any] = {layer: row(tally) for layer, tally in scores.layers.items()}
    layers["event dates"] = {"accuracy": round(scores.dates.recall, 3), "gold": scores.dates.gold}
    return {"layers": layers, "events by type": {kind: row(tally) for kind, tally in sorted(scores.types.items())}}
