"""Tables of articles: CSV and Parquet, a row an article, columns named as the fields of a JSON article; read piece by piece."""

from __future__ import annotations

import csv
import io
from datetime import date, datetime
from functools import partial
from typing import Any, BinaryIO

from mahdar.record import Article
from mahdar.sources.decode import encoding_of
from mahdar.sources.files import GZIP_ERRORS, STDIN, File, Unreadable
from mahdar.sources.formats import Found, from_object, with_key

COLUMNS = ("id", "text", "title", "published", "source", "url")
_START = 262_144
_ROWS = 64


def csv_rows(stream: BinaryIO, encoding: str | None, limit: int) -> Found:
    """The articles of a CSV file with a header; separated by comma, semicolon or tab. The line is where the row begins."""
    start = _peek(stream)
    if not start.strip():
        raise Unreadable("empty file")
    text = io.TextIOWrapper(stream, encoding=encoding or encoding_of(start), newline="")
    if csv.field_size_limit() < limit:
        csv.field_size_limit(limit)
    try:
        yield from _csv_rows(text, limit)
    finally:
        text.detach()


def _csv_rows(text: io.TextIOWrapper, limit: int) -> Found:
    line = 0
    try:
        header = text.readline().removeprefix("\ufeff")
        delimiter = max(",;\t", key=header.count)
        names = [name.strip().lower() for name in next(csv.reader([header], delimiter=delimiter), [])]
        if "text" not in names:
            raise Unreadable(f"no column 'text' in the first line; columns are {', '.join(COLUMNS)}")
        line = 1
        rows = csv.reader(text, delimiter=delimiter)
        for row in rows:
            at, line = line + 1, 1 + rows.line_num
            if any(row):
                yield at, partial(_article, dict(zip(names, row, strict=False)), limit)
    except csv.Error as error:
        raise Unreadable(f"not valid CSV after line {line}: {error}") from None
    except UnicodeError as error:
        raise Unreadable(f"not valid {text.encoding} after line {line} ({getattr(error, 'reason', error)})") from None
    except GZIP_ERRORS as error:
        raise Unreadable(f"corrupt gzip file: {error}") from error


def parquet_rows(file: File, stream: BinaryIO, limit: int) -> Found:
    """The articles of a Parquet file; the line is the number of the row."""
    try:
        import pyarrow as arrow
        from pyarrow import parquet
    except ImportError:
        raise Unreadable("Parquet needs the extra: pip install 'mahdar[parquet]'") from None
    if file.name == STDIN:
        raise Unreadable("Parquet cannot be read from standard input; give the file")
    try:
        with parquet.ParquetFile(file.path or stream) as table:
            columns = [name for name in COLUMNS if name in table.schema_arrow.names]
            if "text" not in columns:
                raise Unreadable(f"no column 'text'; columns are {', '.join(COLUMNS)}")
            number = 0
            for batch in table.iter_batches(batch_size=_ROWS, columns=columns):
                for row in batch.to_pylist():
                    number += 1
                    yield number, partial(_article, row, limit)
    except (arrow.ArrowException, OSError) as error:
        raise Unreadable(f"not a readable Parquet file: {str(error).splitlines()[0]}") from error


def _article(row: dict[str, Any], limit: int) -> Article:
    when = row.get("published")
    if isinstance(when, datetime):
        row["published"] = when.isoformat(timespec="seconds")
    elif isinstance(when, date):
        row["published"] = when.isoformat()
    elif isinstance(when, str):
        row["published"] = when.strip()
    return from_object(with_key(row), limit)


def _peek(stream: BinaryIO) -> bytes:
    """The first bytes, left in the stream as far as its buffer holds them."""
    try:
        return stream.peek(_START)[:_START]  # type: ignore[attr-defined,no-any-return]
    except GZIP_ERRORS as error:
        raise Unreadable(f"corrupt gzip file: {error}") from error
    except OSError as error:
        raise Unreadable(f"cannot be read: {error.strerror or error}") from error
