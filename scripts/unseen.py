"""How well articles are read that the weights have not seen (``make unseen``).

    python scripts/unseen.py GOLD MORE [MORE …] [--seed 7] [--jobs 2]

GOLD is a folder of annotated articles; it is parted in three, and each part is read with weights learned, as ``make train`` learns them but in one order
only, from the other two and from MORE. What is printed is the score of each layer over all of GOLD, beside that of the weights that ship,
which have learned from these very articles: the distance is what is learned by heart.
"""

from __future__ import annotations

import argparse
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from itertools import repeat
from pathlib import Path
from zlib import crc32

from mahdar.lexicon.load import load_lexicon
from mahdar.quality import load_gold, read_gold
from mahdar.reading.reader import Reader
from mahdar.scoring import score
from train import EPOCHS, FOLDS, lenient, load, load_examples, train, verdict_model


def part_of(name: str) -> int:
    """In which part an article is read: by its name, so that articles added later leave the others where they are."""
    return crc32(name.encode()) % FOLDS


def read_part(folder: Path, more: list[str], seed: int, part: int) -> list[tuple[dict, dict]]:
    """The articles of a part with their records, read with weights that have not seen them."""
    lexicon = load_lexicon()
    known = [*(d for d in load([folder]) if part_of(d[0].id) != part), *load(more), *load_examples()]
    weights, _, (rows, wanted) = train(known, lexicon, EPOCHS, seed)
    reader = Reader(lexicon, weights=replace(lenient(weights), verdict=verdict_model(rows, wanted)))
    return [(gold, read_gold(reader, gold)) for gold in load_gold(folder) if part_of(gold["id"]) == part]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path)
    parser.add_argument("more", nargs="+")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--jobs", type=int, default=2, help="how many parts at a time")
    args = parser.parse_args()
    with ProcessPoolExecutor(args.jobs) as pool:
        unseen = [pair for found in pool.map(read_part, repeat(args.gold), repeat(args.more), repeat(args.seed), range(FOLDS)) for pair in found]
    reader = Reader(load_lexicon())
    seen = [(gold, read_gold(reader, gold)) for gold, _ in unseen]
    print(f"{len(unseen)} articles of {args.gold.name}: not seen, and learned from")
    learned = score(seen).f1()
    for layer, f1 in score(unseen).f1().items():
        print(f"{layer:<20} {f1:.3f}   {learned[layer]:.3f}")


if __name__ == "__main__":
    main()
