"""Inputs as named on a command line → files to read, and files → byte streams."""

from __future__ import annotations

import gzip
import io
import os
import sys
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any, BinaryIO, Literal

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


class Misread(Unreadable):
    """What our own reader stumbled over, in a run before."""


@dataclass(frozen=True, slots=True)
class File:
    """One file to read: ``path`` is None for standard input and for what ``url`` names; ``stem`` serves as the id of formats that carry none.

    ``within`` is its path without suffix inside the folder that was given, which tells files of one stem apart.
    """

    name: str
    path: Path | None
    stem: str
    format: Format
    within: str = ""
    url: str = ""

    @property
    def packed(self) -> bool:
        """Does its name say that it is gzip?"""
        return self.name.lower().endswith(".gz")


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
        if "://" in os.fspath(given):
            yield from _remote(str(given))
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


def _remote(url: str) -> Iterator[File | SourceError]:
    """The file, the files of the folder or those of the pattern that a URL of fsspec's names (``s3://bucket/2024/``, ``gs://bucket/*.warc.gz``)."""
    try:
        system, path = filesystem(url)
        pattern, folder = any(sign in path for sign in "*?["), system.isdir(path)
        names = sorted(system.glob(path) if pattern else system.find(path) if folder else [path])
    except Unreadable as error:
        yield SourceError(str(error), where=printable(url))
        return
    except Exception as error:  # the protocols are not ours, and neither are their errors
        yield SourceError(f"cannot be read: {type(error).__name__}: {error}", where=printable(url))
        return
    found = False
    for name in names:
        inside = PurePosixPath(name)
        stem, suffix = _split(inside.name)
        if names != [path] and (inside.name.startswith(".") or not suffix):
            continue
        found = True
        within = "" if names == [path] else printable(name.removeprefix(path).lstrip("/").removesuffix(inside.name) + stem)
        whole = url if names == [path] else system.unstrip_protocol(name)
        yield File(printable(whole), None, printable(stem), SUFFIXES.get(suffix, "sniff"), within, whole)
    if not found:
        yield SourceError(f"no articles there (looked for {' '.join(SUFFIXES)}, each also .gz)", where=printable(url))


def filesystem(url: str) -> tuple[Any, str]:
    """fsspec's file system for ``url`` and the path in it; :class:`Unreadable` where a package for it is missing."""
    try:
        import fsspec
    except ImportError:
        raise Unreadable("files that are not on this machine need the extra: pip install 'mahdar[remote]'") from None
    try:
        system, path = fsspec.core.url_to_fs(url)
    except (ImportError, ValueError) as error:
        raise Unreadable(f"cannot be reached: {error}") from None
    return system, path


def size_and_state(file: File) -> tuple[int, str]:
    """Bytes of ``file``, and what changes when it does: its time, or what a store of objects calls its content by."""
    if file.path is not None:
        told = file.path.stat()
        return told.st_size, str(told.st_mtime_ns)
    system, path = filesystem(file.url)
    info = system.info(path)
    state = next((info[name] for name in ("ETag", "etag", "md5Hash", "mtime", "LastModified", "last_modified", "updated", "created") if info.get(name)), "")
    return int(info.get("size") or 0), str(state)


def _denied(error: OSError) -> SourceError:
    return SourceError(f"cannot be read: {error.strerror or error}", where=printable(error.filename or "?"))


def open_stream(file: File) -> BinaryIO:
    """The bytes of ``file``, unpacked where they are gzip (told by content, so that ``-`` may be packed too)."""
    try:
        raw = open_raw(file)
        buffered = io.BufferedReader(raw)  # type: ignore[type-var]
        start = buffered.peek(2)[:2]
    except FileNotFoundError:
        raise Unreadable("no such file") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise Unreadable(f"cannot be read: {reason}") from error
    packed = start == b"\x1f\x8b"
    if not packed and start and file.packed:
        buffered.close()
        raise Unreadable("corrupt gzip file: it does not start as one")
    return gzip.GzipFile(fileobj=buffered) if packed else buffered  # type: ignore[return-value]


def open_raw(file: File) -> BinaryIO:
    """The bytes of ``file`` as they are kept."""
    if file.path is not None:
        return open(file.path, "rb")
    if not file.url:
        return sys.stdin.buffer
    system, path = filesystem(file.url)
    opened: BinaryIO = system.open(path, "rb")
    return opened


def close_stream(file: File, stream: BinaryIO) -> None:
    """Close what :func:`open_stream` opened; standard input stays open for whoever owns it."""
    if file.path is not None or file.url:
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
