"""Rebuild src/mahdar/lexicon/data/vocabulary.tsv from a corpus: how often each folded word form stands in news.

    python scripts/build_vocabulary.py CORPUS.jsonl.gz [MINIMUM]

Counts only (word, frequency); no text is kept. Words that mostly stand where a name stands (behind a title or a given name) are left
out, so that "not in the vocabulary" is a fair sign of an unlisted name.
"""

from __future__ import annotations

import gzip
import json
import sys
from collections import Counter
from pathlib import Path

from mahdar.arabic.fold import fold, fold_word
from mahdar.arabic.tokens import WORD, tokenize
from mahdar.lexicon.load import DATA, read_rows

NAME_SHARE = 0.4


def main() -> None:
    corpus, minimum = Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 4
    rows = read_rows(DATA)
    given = {fold_word(str(w)) for row in rows.get("names", []) for w in row.get("given") or []}
    particles = {fold_word(str(w)) for row in rows.get("names", []) for w in row.get("particles") or []}
    listed = {word for row in rows.get("people", []) for name in row["names"] for word in fold_word(name).split()}
    counts: Counter[str] = Counter()
    behind: Counter[str] = Counter()
    with gzip.open(corpus, "rt", encoding="utf-8") as lines:
        for line in lines:
            tokens = tokenize(fold(json.loads(line)["text"]))
            previous = ""
            for form, kind in zip(tokens.form, tokens.kind, strict=True):
                if kind == WORD:
                    counts[form] += 1
                    if previous in given or previous in listed:
                        behind[form] += 1
                previous = form if kind == WORD else ""
    names = (given | listed | particles)
    kept = {
        word: count
        for word, count in counts.items()
        if count >= minimum and len(word) > 1 and word not in names and behind[word] / count < NAME_SHARE
    }
    target = DATA / "vocabulary.tsv"
    with target.open("w", encoding="utf-8") as out:
        out.write("# word form (folded)\tfrequency; rebuilt by scripts/build_vocabulary.py\n")
        for word, count in sorted(kept.items(), key=lambda item: (-item[1], item[0])):
            out.write(f"{word}\t{count}\n")
    print(f"{len(kept)} words written to {target.name}; {len(counts)} seen")


if __name__ == "__main__":
    main()
