"""Every row proves itself: its examples are read as it says, and where it must keep silent it does.

A failing sentence is easier to look into with ``python scripts/prove_rows.py --row ID``.
"""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

from mahdar.lexicon import load_lexicon
from mahdar.reading.reader import Reader


def _script(name: str) -> ModuleType:
    path = Path(__file__).resolve().parents[2] / "scripts" / f"{name}.py"
    spec = importlib.util.spec_from_file_location(name, path)
    assert spec is not None
    assert spec.loader is not None
    module = sys.modules[name] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


prove_rows = _script("prove_rows")
PROOFS = list(prove_rows.proofs())


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader(load_lexicon())


@pytest.mark.parametrize("proof", PROOFS, ids=[proof.name.replace(" ", "-") for proof in PROOFS])
def test_row(reader: Reader, proof: prove_rows.Proof) -> None:  # type: ignore[name-defined]
    reason = prove_rows.failure(reader, proof)
    if reason is not None:
        wanted = "nothing by this row" if proof.example is None else proof.example
        pytest.fail(
            f"{reason}\n  {proof.text}\n  wanted {wanted}\n  found {prove_rows.found(reader, proof)}", pytrace=False
        )
