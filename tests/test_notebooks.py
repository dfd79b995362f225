"""The notebooks of the docs run from beginning to end."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from notebooks import FOLDER, run

NOTEBOOKS = sorted(FOLDER.glob("*.ipynb"))


@pytest.mark.parametrize("file", NOTEBOOKS, ids=lambda file: file.stem)
def test_notebooks_run(file: Path) -> None:
    for name in ("pandas", "pyarrow", "duckdb", "altair"):
        pytest.importorskip(name)
    notebook = json.loads(file.read_text(encoding="utf-8"))
    stored = [len(cell["outputs"]) for cell in notebook["cells"] if cell["cell_type"] == "code"]
    run(notebook)
    assert [len(cell["outputs"]) for cell in notebook["cells"] if cell["cell_type"] == "code"] == stored, "run scripts/notebooks.py"


def test_there_are_notebooks() -> None:
    assert len(NOTEBOOKS) == 2
