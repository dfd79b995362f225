"""The quality gate: read annotated articles, score the records, compare with floors that no change may fall below."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from mahdar.reading.reader import Reader
from mahdar.record import Article
from mahdar.scoring import Scores, score

STEP = 0.005
TOLERANCE = 0.0005
Floors = dict[str, dict[str, float]]


def load_gold(folder: Path) -> list[dict[str, Any]]:
    """The annotated articles of a folder, by file name."""
    return [json.loads(path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.json"))]


def read_gold(reader: Reader, gold: Mapping[str, Any]) -> dict[str, Any]:
    """The record of an annotated article, read from its text alone."""
    title, source = gold.get("title") or "", gold.get("source") or ""
    return reader.read(Article(gold["id"], gold["text"], title, gold.get("published"), source)).to_json()


def measure(reader: Reader, folder: Path) -> Scores:
    """The scores of a reader on a folder of annotated articles."""
    return score([(gold, read_gold(reader, gold)) for gold in load_gold(folder)])


def below(scores: Mapping[str, float], floors: Mapping[str, float]) -> list[str]:
    """One line for each layer that is under its floor, or that is no longer measured."""
    out = []
    for layer, floor in floors.items():
        value = scores.get(layer)
        if value is None:
            out.append(f"{layer}: not measured, floor {floor:.3f}")
        elif value < floor - TOLERANCE:
            out.append(f"{layer}: {value:.4f} is below its floor {floor:.3f}")
    return out


def raised(
    floors: Mapping[str, float], scores: Mapping[str, float], *, allow_regression: bool = False
) -> dict[str, float]:
    """New floors: the scores rounded down to steps of 0.005; never under the old ones unless allowed."""
    out = {}
    for layer in sorted({*floors, *scores}):
        value = math.floor(scores[layer] / STEP + 1e-9) * STEP if layer in scores else floors[layer]
        out[layer] = round(value if allow_regression else max(value, floors.get(layer, 0.0)), 3)
    return out


def read_floors(path: Path) -> Floors:
    """The floors by set and layer."""
    floors: Floors = json.loads(path.read_text(encoding="utf-8"))
    return floors


def write_floors(path: Path, floors: Floors) -> None:
    """Write floors as :func:`read_floors` reads them, sorted, so that a change shows as one line."""
    path.write_text(json.dumps(floors, indent=1, sort_keys=True) + "\n", encoding="utf-8")
