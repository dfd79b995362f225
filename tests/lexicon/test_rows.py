"""Every row proves itself: its examples are read as it says, and where it must keep silent it does.

A failing sentence is easier to look into with ``python scripts/prove_rows.py --row ID``.
"""

from __future__ import annotations

import pytest

import prove_rows
from mahdar.lexicon import load_lexicon
from mahdar.reading.reader import Reader

PROOFS = list(prove_rows.proofs())


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader(load_lexicon())


@pytest.mark.parametrize("proof", PROOFS, ids=[proof.name.replace(" ", "-") for proof in PROOFS])
def test_row(reader: Reader, proof: prove_rows.Proof) -> None:
    reason = prove_rows.failure(reader, proof)
    if reason is not None:
        wanted = "nothing by this row" if proof.example is None else proof.example
        pytest.fail(
            f"{reason}\n  {proof.text}\n  wanted {wanted}\n  found {prove_rows.found(reader, proof)}", pytrace=False
        )
