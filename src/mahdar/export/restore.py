"""A register from an export that holds its articles: the folder of ``parquet``, or a file of ``jsonl``.

What is restored are the articles with all their versions, the records read from them, what was refused and what was ruled by hand; all else the register derives from
these, as it did when they were read. An article that is there already is passed over, so that the same call again goes on where one was
interrupted.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import groupby, islice
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection, Table

from mahdar.errors import RecordError, RegisterError
from mahdar.export import loose
from mahdar.export.files import MANIFEST
from mahdar.export.formats import VERSION
from mahdar.lexicon.load import load_lexicon
from mahdar.lexicon.model import Lexicon
from mahdar.record import Article, Record
from mahdar.register import rulings, write
from mahdar.register.derive import settle, settle_all
from mahdar.register.facts import FactReader
from mahdar.register.identity import Rulings
from mahdar.register.reports import Report
from mahdar.register.rows import storable
from mahdar.register.store import Store
from mahdar.register.told import Told, tell
from mahdar.register.write import Counts, Entry

BATCH: Final = 100
_ARTICLE: Final = ("key", "title", "source", "published", "url", "text", "record", "lexicon", "read_at")


@dataclass(frozen=True, slots=True)
class Version:
    """One version of an article with its record, ready to be stored."""

    entry: Entry
    lexicon: str
    read_at: str


@dataclass(frozen=True, slots=True)
class Loose:
    """A row that hangs on no article, and where it stands."""

    table: Table
    row: dict[str, Any]
    where: str


def restore(store: Store, source: str | Path, *, lexicon: Lexicon | None = None) -> Iterator[Counts]:
    """Put what an export holds into a register; yields after each transaction what it came to. ``lexicon`` says who the actors are across articles."""
    path = Path(source)
    facts = FactReader(load_lexicon() if lexicon is None else lexicon)
    found, others = _of_folder(path, facts) if path.is_dir() else _of_file(path, facts)
    yield from refill(store, found, others, facts)


def refill(store: Store, found: Iterable[Version], others: Iterable[Loose], facts: FactReader) -> Iterator[Counts]:
    """Put versions of articles, and what hangs on none, into a register; yields after each transaction what it came to."""

    def told(report: Report, judged: Rulings) -> Told:
        return tell(report, facts, judged)

    def put(connection: Connection, batch: list[Version]) -> Counts:
        counts = _put(connection, batch)
        settle(connection, told, facts.weight, write.told_by(version.entry for version in batch))
        return counts

    # What was ruled by hand comes first: it decides how the articles' actors are stored.
    for some in _batches(others):
        store.transact(partial(_put_loose, found=some))
    settle_all(store, told, facts.weight)
    for batch in _batches(found):
        yield store.transact(partial(put, batch=batch))


def _put(connection: Connection, batch: list[Version]) -> Counts:
    counts = Counts()
    for (lexicon, read_at), group in groupby(batch, key=lambda version: (version.lexicon, version.read_at)):
        counts += write.put(connection, [version.entry for version in group], lexicon=lexicon, now=read_at)
    return counts


def _put_loose(connection: Connection, found: list[Loose]) -> None:
    for each in found:
        loose.put(connection, each.table, each.row, each.where)
    rulings.renew(connection, [each.row["key"] for each in found if each.table.name == "rulings"])


# ---------------------------------------------------------------------------------------------------- reading


def _of_folder(folder: Path, facts: FactReader) -> tuple[Iterator[Version], Iterator[Loose]]:
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
    rows = (version_of(row, f"{file}: row {number}", facts) for file in files for number, row in enumerate(_parquet(file), 1))
    others = ((table, folder / f"{table.name}.parquet") for table in loose.tables())
    return rows, (Loose(table, row, str(file)) for table, file in others for row in _parquet(file))


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


def _of_file(file: Path, facts: FactReader) -> tuple[Iterator[Version], Iterator[Loose]]:
    def articles() -> Iterator[Version]:
        empty = True
        for number, kept in _kept(file, "article"):
            empty = False
            yield version_of(kept, f"{file}:{number}", facts)
        if empty:
            raise RegisterError(f"{file}: holds no articles; export with --format jsonl --articles")

    others = (Loose(table, kept, f"{file}:{number}") for table in loose.tables() for number, kept in _kept(file, table.name))
    return articles(), others


def _kept(file: Path, name: str) -> Iterator[tuple[int, dict[str, Any]]]:
    """What the lines of a file keep of articles or refusals, with the number of the line."""
    try:
        with file.open(encoding="utf-8") as lines:
            for number, line in enumerate(lines, 1):
                if '"has_event":false' not in line:
                    continue  # an event; it is derived from its article's record
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
    if "\\ud" in line.lower():  # half a character, written as its number
        try:
            json.dumps(value, ensure_ascii=False).encode()
        except UnicodeEncodeError as error:
            raise RegisterError(f"{where}: holds half a character (a lone surrogate); the file is damaged") from error
    return value


def version_of(row: dict[str, Any], where: str, facts: FactReader) -> Version:
    """A version of an article from its fields (``key``, ``title`` … ``record``); raises :class:`RegisterError` that names ``where``."""
    if any(not isinstance(row.get(name), str | dict) for name in _ARTICLE if name != "published") or not isinstance(row.get("published"), str | None):
        raise RegisterError(f"{where}: a field of the article is missing; export it anew")
    article = Article(id=row["key"], text=row["text"], title=row["title"], published=row["published"], source=row["source"], url=row["url"])
    data = _json(row["record"], where) if isinstance(row["record"], str) else row["record"]
    try:
        record = Record.from_json(data, storable(article))
        return Version(Entry.of(storable(article), record, facts), row["lexicon"], row["read_at"])
    except (RecordError, KeyError, TypeError) as error:
        raise RegisterError(f"{where}: its record cannot be read ({error}); export it anew") from error


def _batches(found: Iterable[Any]) -> Iterator[list[Any]]:
    rows = iter(found)
    while batch := list(islice(rows, BATCH)):
        yield batch
