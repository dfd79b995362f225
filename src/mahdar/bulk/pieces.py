"""The input cut into parts: the same input gives the same parts, whoever reads them and however often.

Lines and rows are taken from their file here, which costs next to nothing beside reading them; a text, a page, a feed is opened by the worker that
gets it. So a large file is shared out among workers, and a file of many lines packed with gzip is unpacked once. A web archive is one part, opened by its
worker: unpacking it and passing over pages in other languages is most of the work.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Final

from mahdar.errors import SourceError
from mahdar.sources.files import STDIN, File, Unreadable, expand, size_and_state
from mahdar.sources.read import Unit, sniffed, units

_STREAMED: Final = frozenset(("jsonl", "csv", "parquet"))
_BYTES: Final = 32_000_000  # a part of long articles has fewer of them


@dataclass(frozen=True, slots=True)
class Piece:
    """What one part is read from: lines, rows and files in order."""

    number: int
    content: tuple[Unit | File, ...]

    @property
    def name(self) -> str:
        return f"part-{self.number:06}"

    def units(self, encoding: str | None, limit: int) -> Iterator[Unit]:
        """All that may be articles, in order."""
        for each in self.content:
            if isinstance(each, Unit):
                yield each
            else:
                yield from units(each, encoding, limit)


@dataclass(frozen=True, slots=True)
class Input:
    """The files to read, in order, with what is wrong with others; how large they are; and a digest of what they are."""

    files: tuple[File | SourceError, ...]
    sizes: tuple[int, ...]
    digest: str


def survey(inputs: Iterable[str]) -> Input:
    """What the inputs name, without reading it. The digest changes when a file does: by name, size and time (or the store's own mark)."""
    digest = hashlib.sha256()
    files: list[File | SourceError] = []
    sizes = []
    for file in expand(inputs):
        size = 0
        if isinstance(file, File) and file.name == STDIN:
            raise SourceError("a folder of records is made from files, which can be read again; give the file", where=STDIN)
        if isinstance(file, File):
            try:
                size, state = size_and_state(file)
                digest.update(f"{file.name}\0{size}\0{state}\n".encode())
            except (OSError, ValueError, Unreadable):
                digest.update(f"{file.name}\0missing\n".encode())  # reading it says what is wrong
        else:
            digest.update(f"{file}\0\n".encode())
        files.append(file)
        sizes.append(size)
    return Input(tuple(files), tuple(sizes), digest.hexdigest()[:32])


def cut(found: Input, *, size: int, encoding: str | None, limit: int) -> Iterator[Piece]:
    """The parts: ``size`` lines, rows or files each, fewer where they are long."""
    group: list[Unit | File] = []
    number = weight = 0
    for each, own in _content(found, encoding, limit):
        alone = isinstance(each, File) and each.format == "warc"
        if group and (alone or len(group) >= size or weight >= _BYTES):
            yield Piece(number, tuple(group))
            group, weight, number = [], 0, number + 1
        group.append(each)
        weight += own
        if alone:
            weight = _BYTES
    if group:
        yield Piece(number, tuple(group))


def _content(found: Input, encoding: str | None, limit: int) -> Iterator[tuple[Unit | File, int]]:
    for file, size in zip(found.files, found.sizes, strict=True):
        if isinstance(file, SourceError):
            yield Unit(file.where, file.line, Unreadable(file.reason)), 0
            continue
        known = sniffed(file) if file.format == "sniff" else file
        if isinstance(known, Unreadable):
            yield Unit(file.name, None, known), 0
        elif known.format in _STREAMED:
            for unit in units(known, encoding, limit):
                yield unit, _weight(unit)
        else:
            yield known, size


def _weight(unit: Unit) -> int:
    """About how many bytes a line or row has."""
    given = unit.make.args[0] if isinstance(unit.make, partial) else ""
    return len(given.get("text") or "") * 2 if isinstance(given, dict) else len(given)
