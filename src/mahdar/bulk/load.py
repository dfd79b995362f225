"""A folder of records → what a register is filled from."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from mahdar.bulk.folder import FORMAT, Folder
from mahdar.bulk.part import RECORDS, REJECTS, arrow_parquet
from mahdar.errors import BulkError
from mahdar.record import Article
from mahdar.sources.files import Misread, Unreadable
from mahdar.sources.read import Located

_AT_ONCE: Final = 256


def load(place: str, reading: str) -> Iterator[Located]:
    """The articles with their records, and what was refused, in the order of the input.

    :class:`BulkError` where the folder is none of ours or not complete, or where its records were read by another program or lexicon than ``reading``.
    """
    folder = Folder(place)
    manifest = folder.read("manifest.json")
    if manifest is None or not isinstance(manifest.get("format"), int):
        raise BulkError(f"{place}: holds no records; give a folder that `mahdar extract --engine` made")
    if manifest["format"] > FORMAT:
        raise BulkError(f"{place}: was written by a newer Mahdar; use that version")
    if "complete" not in manifest:
        raise BulkError(f"{place}: is not complete; run the same `mahdar extract` again, which goes on where it was")
    if manifest.get("reading") != reading:
        raise BulkError(
            f"{place}: was read with another program or lexicon (reading {manifest.get('reading')}, this one is {reading}); "
            "give the same --lexicon, or extract anew"
        )
    return _all(folder)


def _all(folder: Folder) -> Iterator[Located]:
    refused = set(folder.names("rejects"))
    for name in folder.names("records"):
        rejects = [_refusal(row) for row in _rows(folder, f"rejects/{name}", REJECTS)] if name in refused else []
        yield from rejects
        for row in _rows(folder, f"records/{name}", RECORDS):
            yield _article(row)


def _rows(folder: Folder, name: str, columns: tuple[str, ...]) -> Iterator[dict[str, Any]]:
    parquet = arrow_parquet()
    import pyarrow

    opened = None
    try:
        opened = parquet.ParquetFile(folder.opened(name))
        for batch in opened.iter_batches(_AT_ONCE, columns=list(columns)):
            yield from batch.to_pylist()
    except (pyarrow.ArrowException, OSError) as error:
        raise BulkError(f"{folder.place}/{name}: is no whole Parquet file ({str(error).splitlines()[0]}); extract anew") from error
    finally:
        if opened is not None:
            opened.close()


def _article(row: dict[str, Any]) -> Located:
    fields = {name: row[name] for name in ("id", "text", "title", "published", "source", "url")}
    return Located(row["input"], row["line"] or None, Article(**fields), row["within"] or "", row["record"])


def _refusal(row: dict[str, Any]) -> Located:
    return Located(row["input"], row["line"] or None, (Misread if row["reason"] == "reader" else Unreadable)(row["message"]))
