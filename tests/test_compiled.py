"""The compiled modules read as the Python ones do: they are built here, and their records compared."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
READ = """
import json, pickle, sys
from mahdar import Article, Reader, load_lexicon, read_articles
from mahdar.quality import load_gold, read_gold
from mahdar.reading import choose
from mahdar.register.commitments import commitments
from mahdar.register.facts import FactReader
from mahdar.register.identity import Rulings
from mahdar.register.occurrences import occurrences
from mahdar.register.requests import requests
from mahdar.register.write import Entry
from mahdar.version import key_of
reader = Reader(load_lexicon())
records = [read_gold(reader, gold) for gold in load_gold(__import__("pathlib").Path(sys.argv[1]))]
told = FactReader(reader.lexicon).ruled(Rulings())
entries = [Entry.of(article, reader.read(article), told) for article in read_articles([sys.argv[2]]) if isinstance(article, Article)]
entries = pickle.loads(pickle.dumps(entries))  # as workers send them
facts = [fact for entry in entries for fact in entry.told.facts]
together = [repr(one) for one in (*occurrences(facts, told.weight), *requests(facts), *commitments(facts))] + [repr(entry.told.sketch) for entry in entries]
print(json.dumps({"file": choose.__file__, "key": key_of("x", reader.weights), "records": records, "together": together}, sort_keys=True))
"""


def read(source: Path) -> dict[str, object]:
    """The bundled gold read by the package under ``source``, and what the samples add up to, in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-c", READ, str(ROOT / "tests" / "gold"), str(ROOT / "src" / "mahdar" / "samples")],
        env={**os.environ, "PYTHONPATH": str(source)}, cwd=source, capture_output=True, text=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)  # type: ignore[no-any-return]


@pytest.mark.skipif(shutil.which("cc") is None, reason="no C compiler")
def test_compiled_modules_give_the_same_records(tmp_path: Path) -> None:
    for name in ("setup.py", "pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, tmp_path)
    shutil.copytree(ROOT / "src", tmp_path / "src", ignore=shutil.ignore_patterns("__pycache__", "*.egg-info"))
    done = subprocess.run(
        [sys.executable, "setup.py", "--quiet", "build_ext", "--inplace"],
        cwd=tmp_path, env={**os.environ, "MAHDAR_COMPILE": "1", "MAHDAR_COMPILE_LEVEL": "0"}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
    compiled, plain = read(tmp_path / "src"), read(ROOT / "src")
    assert not str(compiled["file"]).endswith(".py")
    assert str(plain["file"]).endswith(".py")
    assert compiled["records"] == plain["records"]
    assert compiled["records"]
    assert compiled["together"] == plain["together"]
    assert compiled["together"]
    assert compiled["key"] == plain["key"]  # what the one has read the other need not read anew
