"""Read every example of the lexicon and say which rows do not hold: the first thing to run after adding a row.

    python scripts/prove_rows.py [--lexicon DIR] [--row ID] [--kind acts|cues] [--counts]

An act's example holds when the record has an event of the row's type, parties and status; a cue's when a statement has
its words and speaker. A text under ``not`` holds when the row itself finds nothing in it. The tests assert the same.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from mahdar.arabic.fold import fold_word
from mahdar.lexicon.load import DATA, data_files, kind_of, load_lexicon
from mahdar.lexicon.schema import check_rows, read_file
from mahdar.reading.reader import Reader
from mahdar.record import Article, Event, Record

PUBLISHED = "2015-03-10"
KINDS = ("acts", "cues")
SAME_WORDS = 0.5


class Proof(NamedTuple):
    """One sentence of a row; ``example`` is None for a text under ``not``."""

    kind: str
    file: str
    row: dict[str, Any]
    number: int
    text: str
    example: dict[str, Any] | None

    @property
    def name(self) -> str:
        return f"{self.row['id']} {'not' if self.example is None else 'example'} {self.number}"


def proofs(folder: Path = DATA, kinds: tuple[str, ...] = KINDS) -> Iterator[Proof]:
    """All sentences of a lexicon folder's act and cue rows, file by file."""
    for file in data_files([folder]):
        kind = kind_of(file, folder)
        if file.suffix == ".tsv" or kind not in kinds:
            continue
        for row in read_file(file):
            for number, example in enumerate(row.get("examples") or [], 1):
                yield Proof(kind, file.name, row, number, example["text"], example)
            for number, text in enumerate(row.get("not") or [], 1):
                yield Proof(kind, file.name, row, number, text, None)


def failure(reader: Reader, proof: Proof) -> str | None:
    """Why a proof does not hold, in a word; None when it holds."""
    record = reader.read(Article(proof.name, proof.text, published=PUBLISHED))
    if proof.kind == "acts":
        if proof.example is None:
            return (
                "misfires"
                if any(e.type == proof.row["type"] and e.rule == proof.row["id"] for e in record.events)
                else None
            )
        return _event_failure(record, proof.row, proof.example)
    if proof.example is None:
        rule = f"cue.{proof.row['id']}"
        return "misfires" if any(s.rule == rule or s.rule.startswith(rule + ".") for s in record.statements) else None
    return _statement_failure(record, proof.example)


def found(reader: Reader, proof: Proof) -> list[str]:
    """What the reader makes of a proof's text, one line an event or statement."""
    record = reader.read(Article(proof.name, proof.text, published=PUBLISHED))
    if proof.kind == "acts":
        return [
            f"{e.type} {_codes(record, e.source)} → {_codes(record, e.target)} {e.status} by {e.rule}"
            for e in record.events
        ]
    return [f"{_speaker(record, s.speaker)}: {record.text(s.content)} by {s.rule}" for s in record.statements]


# ---------------------------------------------------------------- events


def plain_code(code: str | None) -> str:
    """A code as examples are compared: whatever has none of the closed codes is OTHER."""
    return "OTHER" if not code or code.startswith("OTHER") else code


def _codes(record: Record, ids: tuple[str, ...]) -> list[str]:
    return sorted({plain_code(record.actor(key).code) for key in ids})


def _event_failure(record: Record, row: dict[str, Any], example: dict[str, Any]) -> str | None:
    if not record.events:
        return "no event"
    of_type = [event for event in record.events if event.type == row["type"]]
    if not of_type:
        return "type"
    faults = [_differences(record, row, example, event) for event in of_type]
    fewest = min(faults, key=len)
    return " and ".join(fewest) or None


def _differences(record: Record, row: dict[str, Any], example: dict[str, Any], event: Event) -> list[str]:
    source, target = _codes(record, event.source), _codes(record, event.target)
    wanted_source, wanted_target = (
        sorted({plain_code(code) for code in example[side]}) for side in ("source", "target")
    )
    if row.get("mutual"):
        faults = [] if {*source, *target} == {*wanted_source, *wanted_target} else ["parties"]
    else:
        sides = (("source", source, wanted_source), ("target", target, wanted_target))
        faults = [side for side, got, wanted in sides if got != wanted]
    return faults if event.status == example["status"] else [*faults, "status"]


# ---------------------------------------------------------------- statements


def _speaker(record: Record, key: str | None) -> str:
    return record.actor(key).name if key is not None else ""


def _statement_failure(record: Record, example: dict[str, Any]) -> str | None:
    if not record.statements:
        return "no statement"
    start = example["text"].index(example["content"])
    end = start + len(example["content"])
    spoken = []
    for item in record.statements:
        shared = min(end, item.content.end) - max(start, item.content.start)
        if shared >= SAME_WORDS * (max(end, item.content.end) - min(start, item.content.start)):
            spoken.append(item)
    if not spoken:
        return "content"
    wanted = fold_word(example["speaker"])
    for item in spoken:
        name = fold_word(_speaker(record, item.speaker))
        if name and (name in wanted or wanted in name):
            return None
    return "speaker"


# ---------------------------------------------------------------- report


def main() -> int:
    options = _options()
    folder = options.lexicon or DATA
    check_rows(folder)
    reader = Reader(load_lexicon(*([options.lexicon] if options.lexicon else [])))
    by_file: dict[str, Counter[str]] = {}
    rows: set[tuple[str, str]] = set()
    failing: set[tuple[str, str]] = set()
    for proof in proofs(folder, (options.kind,) if options.kind else KINDS):
        if options.row and proof.row["id"] != options.row:
            continue
        counts = by_file.setdefault(proof.file, Counter())
        counts["read"] += 1
        rows.add((proof.kind, proof.row["id"]))
        reason = failure(reader, proof)
        if reason is None:
            continue
        counts[reason] += 1
        failing.add((proof.kind, proof.row["id"]))
        if not options.counts:
            _print_failure(reader, proof, reason)
    total: Counter[str] = Counter()
    for file, counts in by_file.items():
        print(f"{file}: {_line(counts)}")
        total.update(counts)
    print(f"all: {_line(total)}; {len(failing)} of {len(rows)} rows fail")
    return 1 if failing else 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Read every example of the lexicon and say which rows do not hold.")
    parser.add_argument(
        "--lexicon", type=Path, help="prove this folder's rows, read with the bundled ones, instead of the bundled rows"
    )
    parser.add_argument("--row", help="only the row with this id")
    parser.add_argument("--kind", choices=KINDS, help="only acts or only cues")
    parser.add_argument("--counts", action="store_true", help="print counts, not the failing sentences")
    return parser.parse_args()


def _print_failure(reader: Reader, proof: Proof, reason: str) -> None:
    print(f"{proof.file} {proof.name}: {reason}\n    {proof.text}")
    if proof.example is not None:
        print("    wanted: " + ", ".join(f"{key} {value}" for key, value in proof.example.items() if key != "text"))
    for line in found(reader, proof) or ["nothing"]:
        print(f"    found: {line}")
    print()


def _line(counts: Counter[str]) -> str:
    failed = sum(counts.values()) - counts["read"]
    reasons = ", ".join(f"{reason} {count}" for reason, count in counts.most_common() if reason != "read")
    return f"{counts['read'] - failed} of {counts['read']} hold" + (f" ({reasons})" if reasons else "")


if __name__ == "__main__":
    sys.exit(main())
