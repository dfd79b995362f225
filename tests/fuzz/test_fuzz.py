"""A bounded run of `make fuzz`: what fuzzing ever found, inputs made of the seeds the same each time, and that atheris itself runs."""

from __future__ import annotations

import os
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from fuzzing.mutate import inputs
from fuzzing.seeds import SEEDS
from fuzzing.taken import Taken
from fuzzing.targets import TARGETS, Broken, source

ROOT = Path(__file__).resolve().parents[2]
FOUND = sorted(path for path in (Path(__file__).parent / "found").rglob("*") if path.is_file())
COUNT = {"reading": 150, "import": 8, "api": 400, "query": 400}  # inputs of each target; the others have 300


@pytest.mark.parametrize("file", FOUND, ids=[f"{path.parent.name}-{path.name}" for path in FOUND])
def test_what_fuzzing_found_stays_mended(file: Path) -> None:
    TARGETS[file.parent.name](file.read_bytes())


@pytest.mark.parametrize("name", TARGETS)
def test_no_input_breaks_a_promise(name: str) -> None:
    tried = 0
    for data in inputs(SEEDS[name], COUNT.get(name, 300), seed=8):
        try:
            TARGETS[name](data)
        except Exception as error:
            pytest.fail(f"{name}: {type(error).__name__}: {error}\ninput: {data!r}")
        tried += 1
    assert tried > len(SEEDS[name])


def test_every_target_has_seeds() -> None:
    assert TARGETS.keys() == SEEDS.keys()


def test_a_broken_promise_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    """The harness can fail: an article that is none, and an exception nobody expects."""
    monkeypatch.setattr("fuzzing.targets.is_date", lambda words: False)
    with pytest.raises(Broken):
        source(".jsonl", SEEDS["jsonl"][0])

    def stumble(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("mahdar.sources.read.from_object", stumble)
    with pytest.raises(ZeroDivisionError):
        source(".jsonl", SEEDS["jsonl"][0])


def test_bytes_decide_and_end() -> None:
    taken = Taken(b"\x05\x01\x02ab")
    assert (taken.number(4), taken.pick("xyz"), taken.text(9), bool(taken)) == (1, "y", "ab", False)
    assert (taken.number(4), taken.pick("xyz"), taken.text(), taken.rest()) == (0, "x", "", b"")


def test_inputs_are_the_same_each_time() -> None:
    assert list(inputs(SEEDS["html"], 20, 1)) == list(inputs(SEEDS["html"], 20, 1)) != list(inputs(SEEDS["html"], 20, 2))


@pytest.mark.skipif(sys.platform != "linux" or sys.version_info >= (3, 14), reason="atheris has no wheel for this Python: the bounded runs above need none")
def test_atheris_runs_a_target(tmp_path: Path) -> None:
    assert find_spec("atheris") is not None
    command = [sys.executable, str(ROOT / "scripts/fuzz.py"), "feeds", "--seconds", "2", "--keep", str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120, env={**os.environ, "PYTHONPATH": str(ROOT / "src")})
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.startswith("feeds: ")
    assert done.stdout.endswith("s: sound\n")
    assert len(list((tmp_path / "feeds").iterdir())) >= len(SEEDS["feeds"])
