"""Turn annotated corpus articles into stand-off annotations: offsets only, none of the publishers' words.

    python scripts/stand_off.py FOLDER [FOLDER …] --out training/corpus.jsonl

Each FOLDER holds files of the gold's form (``{"id", "text", "gold"}``); each line written is ``{"id", "length", "gold"}`` with every quoted
string replaced by its offsets into the corpus article of that id. ``length`` is that text's, so that another edition is noticed.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path


def spans_only(gold, text):
    """The gold with every string of the text replaced by ``[start, end]``."""
    def where(value):
        if value is None or isinstance(value, list):
            return value
        start = text.find(value)
        return [start, start + len(value)] if start >= 0 else None

    return {
        "body": {key: where(value) for key, value in gold["body"].items()},
        "actors": [{**{k: v for k, v in a.items() if k != "name_en"}, "name": where(a["name"])} for a in gold["actors"]],
        "statements": [{**s, "cue": where(s["cue"]), "content": where(s["content"])} for s in gold["statements"]],
        "events": [{**e, "evidence": where(e["evidence"]), "place": where(e.get("place"))} for e in gold["events"]],
        "positions": [{**p, "evidence": where(p["evidence"])} for p in gold["positions"]],
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    lines = {}
    for folder in args.folders:
        for file in sorted(folder.glob("*.json")):
            a = json.loads(file.read_text(encoding="utf-8"))
            lines[a["id"]] = json.dumps({"id": a["id"], "length": len(a["text"]), "gold": spans_only(a["gold"], a["text"])}, ensure_ascii=False, separators=(",", ":"))
    args.out.write_text("".join(lines[key] + "\n" for key in sorted(lines)), encoding="utf-8")
    print(f"{len(lines)} articles -> {args.out}")


if __name__ == "__main__":
    main()
