"""The long measurements start: each names its options, which it cannot where something it takes from another module is gone."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

BENCHMARKS = sorted((Path(__file__).resolve().parents[1] / "benchmarks").glob("*.py"))
PARTS = {"made_register.py", "processes.py"}  # what others are made of


@pytest.mark.parametrize("file", [file for file in BENCHMARKS if file.name not in PARTS], ids=lambda file: file.stem)
def test_it_starts(file: Path) -> None:
    done = subprocess.run([sys.executable, str(file), "--help"], capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    assert "usage:" in done.stdout.lower()
