"""The accuracy page and what stands behind it: the sorting of errors, and a page that names every layer and type."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

import accuracy_page
from made import GOLD, RIGHT, WORDS
from mahdar.faults import faults
from mahdar.lexicon import load_lexicon
from mahdar.quality import load_gold, read_gold
from mahdar.reading.reader import Reader
from mahdar.record import EVENT_TYPES
from mahdar.scoring import layers, match

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "accuracy.md"
EVENT, STATEMENT, POSITION = RIGHT["events"][0], RIGHT["statements"][0], RIGHT["positions"][0]

CASES = [
    ({}, []),
    ({"events": []}, ["event: not found (CONSULT)"]),
    ({"events": [EVENT, {**EVENT, "evidence": [17, 40]}]}, ["event: found where none is wanted (CONSULT)"]),
    ({"events": [{**EVENT, "type": "SUPPORT"}]}, ["event: type wrong (CONSULT)"]),
    ({"events": [{**EVENT, "source": [], "target": []}]}, ["event: parties wrong (CONSULT)"]),
    ({"statements": []}, ["statement: not found"]),
    ({"statements": [{**STATEMENT, "speaker": "a1"}]}, ["statement: speaker wrong"]),
    ({"statements": [{**STATEMENT, "content": [0, WORDS[1]]}]}, ["statement: extent wrong"]),
    ({"statements": [STATEMENT, {**STATEMENT, "content": [0, 15]}]}, ["statement: found where none is wanted"]),
    ({"positions": []}, ["position: not found"]),
    ({"positions": [{**POSITION, "stance": "oppose"}]}, ["position: stance wrong"]),
    ({"positions": [POSITION, {**POSITION, "on": "oil"}]}, ["position: found where none is wanted"]),
    ({"actors": [*RIGHT["actors"], {"id": "a4", "kind": "state", "name": "ألمانيا", "code": "DEU"}]}, ["actor: found where none is wanted (state)"]),
    ({"actors": [{**RIGHT["actors"][0], "kind": "state"}, *RIGHT["actors"][1:]]}, ["actor: code or kind wrong"]),
]


@pytest.mark.parametrize(("changes", "wanted"), CASES)
def test_one_mistake_is_one_error(changes: dict[str, Any], wanted: list[str]) -> None:
    assert [fault.kind for fault in faults(GOLD, {**RIGHT, **changes})] == wanted


def test_an_error_says_what_was_wanted_and_found() -> None:
    (fault,) = faults(GOLD, {**RIGHT, "events": [{**EVENT, "type": "SUPPORT"}]})
    assert (fault.article, fault.words) == ("made", "زار بوتين باريس")
    assert fault.detail == "wanted RUS → CONSULT → FRA, actual; found RUS → SUPPORT → FRA, actual"


@pytest.fixture(scope="module")
def written() -> str:
    """The page as the script writes it now."""
    return str(accuracy_page.write())


def test_errors_add_up_to_the_figures() -> None:
    reader = Reader(load_lexicon())
    for gold in load_gold(ROOT / "tests" / "gold")[:6]:
        record = read_gold(reader, gold)
        kinds = [fault.kind for fault in faults(gold, record)]
        for name, word in (("events", "event"), ("statements", "statement"), ("positions", "position"), ("actors", "actor")):
            layer = layers(gold, record)[name]
            missed = len(layer.gold) - len(match(layer.gold, layer.found, layer.weight))
            of_layer = [kind for kind in kinds if kind.startswith(f"{word}:") and "speaker wrong" not in kind]
            assert sum("where none" not in kind for kind in of_layer) == missed


def form(page: str) -> tuple[list[str], list[tuple[str, ...]], list[str]]:
    """What does not change with the figures: headings, the heads of tables, and the first column of those that count by name."""
    headings = [line for line in page.splitlines() if line.startswith("#") and line != "## Articles not bundled"]
    before = page.split("## Articles not bundled")[0].split("## Commonest errors")[0]
    rows = [tuple(cell.strip() for cell in line.strip("|").split("|")) for line in before.splitlines() if line.startswith("|")]
    prose = [re.sub(r"\d+", "N", line) for line in page.splitlines() if line and not line.startswith("|")]
    fixed = [line for line in prose if not line.startswith(("#", "Totals on ", "N errors of"))]
    return headings, [row[:1] if row[0] not in ("layer", "type") else row for row in rows], fixed


def test_the_page_has_the_form_the_script_writes(written: str) -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert form(page) == form(written), "make accuracy"


def test_every_layer_and_type_is_on_the_page() -> None:
    page = PAGE.read_text(encoding="utf-8")
    for name in (*accuracy_page.LAYERS, *EVENT_TYPES, "event dates"):
        assert re.search(rf"^\| {re.escape(name)} \|", page, re.MULTILINE), name
    measured = set(layers(GOLD, RIGHT)) | {"body"}
    assert measured == set(accuracy_page.LAYERS)


def test_errors_are_shown_from_the_bundled_gold_only(written: str) -> None:
    for page in (written, PAGE.read_text(encoding="utf-8")):
        rows = [line for line in page.split("## Commonest errors")[1].splitlines() if re.match(r"\| \d", line)]
        assert 1 <= len(rows) <= accuracy_page.COMMONEST
        known = {path.stem for path in (ROOT / "tests" / "gold").glob("*.json")}
        assert all(re.search(r"\(gold-([a-z0-9-]+)\) \| ", row)[1] in known for row in rows)  # type: ignore[index]
        counts = [int(row.split("|")[1]) for row in rows]
        assert counts == sorted(counts, reverse=True)


def test_the_larger_set_gives_totals_only() -> None:
    scores = accuracy_page.score([(GOLD, RIGHT)])
    page = accuracy_page.page(scores, list(faults(GOLD, {**RIGHT, "events": []})), 1, (scores, 63))
    part = page.split("## Articles not bundled")[1].split("##")[0]
    assert part.splitlines()[2].startswith("Totals on 63 annotated newspaper articles that are not part of the project")
    assert not re.search(r"[\u0600-\u06ff]", part)
    assert "| events | type and parties | 1 | 1 | 1.000 | 1.000 | 1.000 |" in part
    assert form(page)[0] == form(PAGE.read_text(encoding="utf-8"))[0]
