"""Every row proves itself: its examples are read as it says, and where it must keep silent it does.

A failing sentence is easier to look into with ``python scripts/prove_rows.py --row ID``.
"""

from __future__ import annotations

from pathlib import Path

import pytest

import prove_rows
from mahdar.lexicon import load_lexicon
from mahdar.reading.reader import Reader

PROOFS = list(prove_rows.proofs())
# Sentences the reader does not read yet as their row says; strict: one that is read again must leave the list.
UNREAD = frozenset(Path(__file__).with_name("unread.txt").read_text(encoding="utf-8").splitlines())
PARAMETERS = [
    pytest.param(proof, id=proof.name.replace(" ", "-"), marks=[pytest.mark.xfail(strict=True, reason="not read yet")] if proof.name in UNREAD else [])
    for proof in PROOFS
]


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader(load_lexicon())


def test_the_unread_are_sentences_of_the_lexicon() -> None:
    assert {proof.name for proof in PROOFS} >= UNREAD
    assert len(UNREAD) <= 0.04 * len(PROOFS)


@pytest.mark.parametrize("proof", PARAMETERS)
def test_row(reader: Reader, proof: prove_rows.Proof) -> None:
    reason = prove_rows.failure(reader, proof)
    if reason is not None:
        wanted = "nothing by this row" if proof.example is None else proof.example
        pytest.fail(
            f"{reason}\n  {proof.text}\n  wanted {wanted}\n  found {prove_rows.found(reader, proof)}", pytrace=False
        )
