"""Raise the floors of the quality gate to what the reader reaches now: ``make floors``.

    python scripts/update_floors.py [--allow-regression] [--margin 0.02]

Floors are rounded down to steps of 0.005 and never fall; with --allow-regression they follow the scores down too: say
why in the changelog. The larger set is measured only where it stands next to the repository.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from mahdar.lexicon import load_lexicon
from mahdar.quality import measure, raised, read_floors, write_floors
from mahdar.reading.reader import Reader

ROOT = Path(__file__).resolve().parents[1]
FLOORS = ROOT / "tests" / "floors.json"
SETS = {"bundled": ROOT / "tests" / "gold", "dev": ROOT.parent / "shared" / "gold" / "dev"}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--allow-regression", action="store_true", help="let floors fall to the current scores")
    parser.add_argument("--margin", type=float, default=0.0, help="stay this far below the current scores")
    args = parser.parse_args()
    floors = read_floors(FLOORS) if FLOORS.exists() else {}
    reader = Reader(load_lexicon())
    for name, folder in SETS.items():
        if not folder.is_dir():
            sys.stdout.write(f"{name}: not here, floors kept\n")
            continue
        scores = measure(reader, folder).f1()
        old = floors.get(name, {})
        kept = {layer: value - args.margin for layer, value in scores.items()}
        new = raised(old, kept, allow_regression=args.allow_regression)
        for layer, floor in new.items():
            before = f"{old[layer]:.3f}" if layer in old else "  -  "
            now = scores.get(layer, float("nan"))
            sys.stdout.write(f"{name:8} {layer:20} {before} -> {floor:.3f}   now {now:.4f}\n")
        floors[name] = new
    write_floors(FLOORS, floors)


if __name__ == "__main__":
    main()
