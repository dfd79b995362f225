"""Inputs as named on a command line → files to read, and files → byte streams."""

from __future__ import annotations

import gzip
import io
import os
import sys
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Literal

from mahdar.errors import SourceError

Format = Literal["text", "html", "jsonl", "json", "csv", "parquet", "warc", "feed", "sniff"]

SUFFIXES: dict[str, Format] = {
    ".txt": "text", ".html": "html", ".htm": "html", ".jsonl": "jsonl", ".ndjson": "jsonl", ".json": "json",
    ".csv": "csv", ".tsv": "csv", ".parquet": "parquet", ".warc": "warc", ".rss": "feed", ".atom": "feed", ".xml": "feed",
}  # fmt: skip
STDIN = "<stdin>"
GZIP_ERRORS = (gzip.BadGzipFile, EOFError, zlib.error)


class Unreadable(Exception):
    """What is wrong with an input, without the where: the caller knows it and makes a :class:`SourceError` of it."""


class Unavailable(Unreadable):
    """What cannot be had now, but perhaps another time."""


@dataclass(frozen=True, slots=True)
class File:
    """One file to read: ``path`` is None for standard input; ``stem`` serves as the id of formats that carry none.

    ``within`` is its path without suffix inside the folder that was given, which tells files of one stem apart.
    """

    name: str
    path: Path | None
    stem: str
    format: Format
    within: str = ""


def printable(name: str | os.PathLike[str]) -> str:
    """A file name that can be written anywhere: undecodable bytes and control characters become U+FFFD."""
    text = os.fsencode(os.fspath(name)).decode("utf-8", "replace")
    return "".join(char if char.isprintable() else "\ufffd" for char in text)


def expand(inputs: Iterable[str | os.PathLike[str]]) -> Iterator[File | SourceError]:
    """The files that ``inputs`` name, in order; a directory stands for all files of known suffixes below it, sorted."""
    for given in inputs:
        if os.fspath(given) == "-":
            yield File(STDIN, None, "stdin", "sniff")
            continue
        path = Path(given)
        try:
            folder = path.is_dir()
        except (OSError, ValueError) as error:
            yield SourceError(f"cannot be read: {error}", where=printable(given))
            continue
        if folder:
            yield from _below(path)
        else:
            yield _file(path)


def _file(path: Path, folder: Path | None = None) -> File:
    stem, suffix = _split(path.name)
    within = "" if folder is None else printable(path.relative_to(folder).with_name(stem).as_posix())
    return File(printable(path), path, printable(stem), SUFFIXES.get(suffix, "sniff"), within)


def _split(name: str) -> tuple[str, str]:
    if name.lower().endswith(".gz"):
        name = name[:-3]
    stem, suffix = os.path.splitext(name)
    return (stem, suffix.lower()) if suffix.lower() in SUFFIXES else (name, "")


def _below(folder: Path) -> Iterator[File | SourceError]:
    failed: list[OSError] = []
    found = False
    for here, folders, files in os.walk(folder, onerror=failed.append):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            if not name.startswith(".") and _split(name)[1]:
                found = True
                yield _file(Path(here, name), folder)
        while failed:
            yield _denied(failed.pop())
    while failed:
        found = True
        yield _denied(failed.pop())
    if not found:
        known = " ".join(SUFFIXES)
        yield SourceError(f"no articles in this folder (looked for {known}, each also .gz)", where=printable(folder))


def _denied(error: OSError) -> SourceError:
    return SourceError(f"cannot be read: {error.strerror or error}", where=printable(error.filename or "?"))


def open_stream(file: File) -> BinaryIO:
    """The bytes of ``file``, unpacked where they are gzip (told by content, so that ``-`` may be packed too)."""
    try:
        raw: BinaryIO = sys.stdin.buffer if file.path is None else open(file.path, "rb")  # noqa: SIM115  the caller closes
        buffered = io.BufferedReader(raw)  # type: ignore[type-var]
        start = buffered.peek(2)[:2]
    except FileNotFoundError:
        raise Unreadable("no such file") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise Unreadable(f"cannot be read: {reason}") from error
    packed = start == b"\x1f\x8b"
    if not packed and start and file.path is not None and file.path.name.lower().endswith(".gz"):
        buffered.close()
        raise Unreadable("corrupt gzip file: it does not start as one")
    return gzip.GzipFile(fileobj=buffered) if packed else buffered  # type: ignore[return-value]


def close_stream(file: File, stream: BinaryIO) -> None:
    """Close what :func:`open_stream` opened; standard input stays open for whoever owns it."""
    if file.path is not None:
        stream.close()
    elif isinstance(stream, io.BufferedReader):
        stream.detach()


def read_all(stream: BinaryIO, limit: int) -> bytes:
    """All bytes of ``stream``, or :class:`Unreadable` past ``limit`` (a packed bomb is never unpacked further)."""
    try:
        data = stream.read(limit + 1)
    except GZIP_ERRORS as error:
        raise Unreadable(f"corrupt gzip file: {error}") from error
    except OSError as error:
        raise Unreadable(f"cannot be read: {error.strerror or error}") from error
    if len(data) > limit:
        raise too_large(limit)
    if not data.strip():
        raise Unreadable("empty file")
    return data


def too_large(limit: int) -> Unreadable:
    """The one message for everything past the limit."""
    return Unreadable(f"larger than the limit of {limit / 1_000_000:g} MB; raise it with --max-size")
