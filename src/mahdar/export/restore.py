"""A register from an export that holds its articles: the folder of ``parquet``, or a file of ``jsonl``.

What is restored are the articles with all their versions, the records read from them, and what was refused; all else the register derives from
these, as it did when they were read. An article that is there already is passed over, so that the same call again goes on where one was
interrupted.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby, islice
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection

from mahdar.errors import RecordError, RegisterError
from mahdar.export.files import MANIFEST
from mahdar.export.formats import VERSION
from mahdar.record import Article, Record
from mahdar.register import write
from mahdar.register.rows import storable
from mahdar.register.store import Store
from mahdar.register.write import Counts, Entry, Reject

BATCH: Final = 100
_ARTICLE: Final = ("key", "title", "source", "published", "url", "text", "record", "lexicon", "read_at")
_REASONS: Final = ("input", "fetch", "reader")


@dataclass(frozen=True, slots=True)
class _Version:
    entry: Entry
    lexicon: str
    read_at: str


def restore(store: Store, source: str | Path) -> Iterator[Counts]:
    """Put what an export holds into a register; yields after each transaction what it came to."""
    path = Path(source)
    found, refused = _of_folder(path) if path.is_dir() else _of_file(path)
    for batch in _batches(found):
        yield store.transact(lambda connection, batch=batch: _put(connection, batch))  # type: ignore[misc]
    for some in _batches(refused()):
        store.transact(lambda connection, some=some: _refuse(connection, some))  # type: ignore[misc]


def _put(connection: Connection, batch: list[_Version]) -> Counts:
    counts = Counts()
    for (lexicon, read_at), group in groupby(batch, key=lambda version: (version.lexicon, version.read_at)):
        counts += write.put(connection, [version.entry for version in group], lexicon=lexicon, now=read_at)
    return counts


def _refuse(connection: Connection, found: list[tuple[Reject, str]]) -> None:
    for seen, group in groupby(found, key=lambda pair: pair[1]):
        write.refuse(connection, [reject for reject, _ in group], now=seen)


# ---------------------------------------------------------------------------------------------------- reading


def _of_folder(folder: Path) -> tuple[Iterator[_Version], Any]:
    manifest = folder / MANIFEST
    try:
        told = json.loads(manifest.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise RegisterError(f"{folder}: is no export of Mahdar ({MANIFEST} is missing or broken); give the folder that `mahdar export` made") from error
    if not isinstance(told, dict) or not isinstance(told.get("format"), int) or told["format"] > VERSION:
        raise RegisterError(f"{folder}: was written by a newer Mahdar; use that version")
    if "articles" not in told.get("rows", {}):
        raise RegisterError(f"{folder}: holds no articles (it was made with --no-articles); export it anew")
    files = sorted((folder / "articles").glob("month=*/*.parquet"))
    rows = (_version(row, f"{file}: row {number}") for file in files for number, row in enumerate(_parquet(file), 1))
    return rows, lambda: (_reject(row, "rejects.parquet") for row in _parquet(folder / "rejects.parquet"))


def _parquet(file: Path) -> Iterator[dict[str, Any]]:
    if not file.is_file():
        return
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError:
        raise RegisterError("parquet needs the extra: pip install 'mahdar[parquet]'") from None
    try:
        with pyarrow.parquet.ParquetFile(file) as opened:
            for batch in opened.iter_batches(BATCH):
                yield from batch.to_pylist()
    except pyarrow.ArrowException as error:
        raise RegisterError(f"{file}: is no whole Parquet file ({error}); export anew") from error


def _of_file(file: Path) -> tuple[Iterator[_Version], Any]:
    def articles() -> Iterator[_Version]:
        empty = True
        for number, kept in _kept(file, "article"):
            empty = False
            yield _version(kept, f"{file}:{number}")
        if empty:
            raise RegisterError(f"{file}: holds no articles; export with --format jsonl --articles")

    return articles(), lambda: (_reject(kept, f"{file}:{number}") for number, kept in _kept(file, "reject"))


def _kept(file: Path, name: str) -> Iterator[tuple[int, dict[str, Any]]]:
    """What the lines of a file keep of articles or refusals, with the number of the line."""
    try:
        with file.open(encoding="utf-8") as lines:
            for number, line in enumerate(lines, 1):
                if '"has_event":false' not in line:
                    continue
                value = _json(line, f"{file}:{number}")
                kept = value.get("mahdar", {}).get(name)
                if isinstance(kept, dict):
                    cite = value.get("cite_info", {})
                    told = {"title": cite.get("title", ""), "source": cite.get("publication", ""), "url": cite.get("url", ""), "text": value.get("text", "")}
                    yield number, told | kept
    except UnicodeDecodeError as error:
        raise RegisterError(f"{file}: is not UTF-8; give a file that `mahdar export` made") from error


def _json(line: str, where: str) -> dict[str, Any]:
    try:
        value = json.loads(line)
    except ValueError as error:
        raise RegisterError(f"{where}: is no JSON; the file is cut off or not one of Mahdar's") from error
    if not isinstance(value, dict):
        raise RegisterError(f"{where}: is no record; the file is not one of Mahdar's")
    return value


def _version(row: dict[str, Any], where: str) -> _Version:
    if any(not isinstance(row.get(name), str | dict) for name in _ARTICLE if name != "published") or not isinstance(row.get("published"), str | None):
        raise RegisterError(f"{where}: a field of the article is missing; export it anew")
    article = Article(id=row["key"], text=row["text"], title=row["title"], published=row["published"], source=row["source"], url=row["url"])
    data = _json(row["record"], where) if isinstance(row["record"], str) else row["record"]
    try:
        record = Record.from_json(data, storable(article))
        return _Version(Entry.of(storable(article), record), row["lexicon"], row["read_at"])
    except (RecordError, KeyError, TypeError) as error:
        raise RegisterError(f"{where}: its record cannot be read ({error}); export it anew") from error


def _reject(row: dict[str, Any], where: str) -> tuple[Reject, str]:
    try:
        found = Reject(str(row["input"]), int(row["line"]), str(row["reason"]), str(row["message"]))
        seen = str(row["seen"])
    except (KeyError, TypeError, ValueError) as error:
        raise RegisterError(f"{where}: a field of a refusal is missing ({error}); export it anew") from error
    if found.reason not in _REASONS:
        raise RegisterError(f"{where}: reason {found.reason!r} is not known; one of {', '.join(_REASONS)}")
    return found, seen


def _batches(found: Iterable[Any]) -> Iterator[list[Any]]:
    rows = iter(found)
    while batch := list(islice(rows, BATCH)):
        yield batch
