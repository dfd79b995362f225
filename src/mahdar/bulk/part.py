"""One part: its articles read, and written with their records as Parquet."""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final

from mahdar.bulk.folder import Folder
from mahdar.bulk.pieces import Piece
from mahdar.crew import Watch
from mahdar.errors import BulkError, cannot_read
from mahdar.reading.reader import Reader
from mahdar.register.rows import storable
from mahdar.sources.files import Unreadable
from mahdar.sources.read import Unit

RECORDS: Final = ("id", "title", "source", "published", "url", "text", "record", "input", "line", "within")
REJECTS: Final = ("input", "line", "reason", "message")
_ROWS: Final = 256  # in a row group: what is held of a part at once
_MEMORY: Final = 300_000_000  # bytes of a process that reads, 180 million of which it has from the start
_SHOWN: Final = 20  # refusals told of each part; all are in its file
Row = dict[str, Any]


@dataclass(slots=True)
class Bench:
    """What a worker has for all parts: who reads, how, and where it puts them."""

    reader: Reader
    folder: Folder
    encoding: str | None
    limit: int

    def relieve(self) -> None:
        """Where the process has grown large, a reader that has to remember words anew: records stay the same, and memory flat."""
        if resident() > _MEMORY:
            self.reader = type(self.reader)(self.reader.lexicon, weights=self.reader.weights)


@dataclass(frozen=True, slots=True)
class Part:
    """What one part came to; ``problems`` are the first refusals, a line each."""

    name: str
    counts: dict[str, int]
    problems: tuple[str, ...] = ()


def resident() -> int:
    """Bytes of memory this process has now; 0 where the system does not tell."""
    try:
        with open("/proc/self/statm", encoding="ascii") as told:
            return int(told.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, ValueError):
        return 0


def bench_of(make: Callable[[], Reader], folder: Folder, encoding: str | None, limit: int) -> Bench:
    """A bench with a reader of its own."""
    return Bench(make(), folder, encoding, limit)


def write_part(bench: Bench, piece: Piece, watch: Watch) -> Part:
    """Read what is in a piece and write it; an article that cannot be read is refused, and never more than that article."""
    if watch.alone is not None:  # a trial of what killed another worker
        for unit, _ in watch.over(piece.units(bench.encoding, bench.limit)):
            _row(bench.reader, unit)
        return Part(piece.name, {})
    bench.relieve()
    counts: Counter[str] = Counter(articles=0, refused=0)
    refused: list[Row] = []
    with bench.folder.writing(f"records/{piece.name}.parquet") as file, _Table(file, "records") as table:
        for unit, lost in watch.over(piece.units(bench.encoding, bench.limit)):
            row = _lost(unit, lost) if lost is not None else _row(bench.reader, unit)
            if "record" in row:
                counts.update(row.pop("counts"))
                table.add(row)
            else:
                refused.append(row)
        counts["refused"] = len(refused)
        if refused:  # before the records, which count once they are there
            with bench.folder.writing(f"rejects/{piece.name}.parquet") as beside, _Table(beside, "rejects") as rejects:
                for row in refused:
                    rejects.add(row)
    bench.folder.write(f"done/{piece.name}.json", {"part": piece.name, "counts": dict(counts), **_extent(piece)})
    return Part(piece.name, dict(counts), tuple(map(told, refused[:_SHOWN])))


def told(row: Row) -> str:
    """A refusal in one line, as everywhere."""
    return f"{row['input']}:{row['line']}: {row['message']}" if row["line"] else f"{row['input']}: {row['message']}"


def _lost(unit: Unit, why: str) -> Row:
    return {"input": unit.where, "line": unit.line or 0, "reason": "reader", "message": cannot_read(None, why)}


def _row(reader: Reader, unit: Unit) -> Row:
    found = unit.located()
    place: Row = {"input": found.where, "line": found.line or 0}
    if isinstance(found.article, Unreadable):
        return place | {"reason": "input", "message": str(found.article)}
    article = storable(replace(found.article, id=found.within) if found.within else found.article)  # as a register keys and keeps it
    try:
        record = reader.read(article)
    except Exception as error:
        return place | {"reason": "reader", "message": cannot_read(article.id, error)}
    counts = {"articles": 1, "bytes": len(article.text.encode("utf-8", "replace")), "statements": len(record.statements), "events": len(record.events)}
    kept = {name: getattr(article, name) for name in ("id", "title", "source", "published", "url", "text")}
    kept["record"] = json.dumps(record.to_json(), ensure_ascii=False, separators=(",", ":"))
    return kept | place | {"within": found.within, "counts": counts | {"positions": len(record.positions)}}


def _extent(piece: Piece) -> Row:
    """From where to where the part reaches, for people."""
    first, last = piece.content[0], piece.content[-1]
    return {name: (f"{each.where}:{each.line}" if each.line else each.where) if isinstance(each, Unit) else each.name for name, each in (("from", first), ("to", last))}


@dataclass(slots=True)
class _Table:
    """A Parquet file that is written to row by row."""

    file: Path
    kind: str
    rows: list[Row] = field(default_factory=list)
    writer: Any = None

    def __enter__(self) -> _Table:
        parquet = arrow_parquet()
        self.writer = parquet.ParquetWriter(self.file, schema(self.kind), compression="zstd")
        return self

    def __exit__(self, kind: object, *_: object) -> None:
        if kind is None:
            self._flush()
        self.writer.close()

    def add(self, row: Row) -> None:
        self.rows.append(row)
        if len(self.rows) >= _ROWS:
            self._flush()

    def _flush(self) -> None:
        if self.rows:
            import pyarrow

            self.writer.write_table(pyarrow.Table.from_pylist(self.rows, schema=self.writer.schema))
            self.rows.clear()


def schema(kind: str) -> Any:
    """The Arrow schema of ``records`` or ``rejects``."""
    arrow_parquet()
    import pyarrow

    names = RECORDS if kind == "records" else REJECTS
    return pyarrow.schema([pyarrow.field(name, pyarrow.int64() if name == "line" else pyarrow.string()) for name in names])


def arrow_parquet() -> Any:
    try:
        import pyarrow.parquet
    except ImportError:
        raise BulkError("a folder of records is Parquet, which needs the extra: pip install 'mahdar[parquet]'") from None
    return pyarrow.parquet
