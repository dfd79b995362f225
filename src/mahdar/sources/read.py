"""Inputs → articles, in order. What cannot be read comes out as an error object in its place; the rest goes on."""

from __future__ import annotations

import codecs
import io
import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from typing import BinaryIO, Final

from mahdar.errors import SourceError
from mahdar.record import Article
from mahdar.sources.decode import decode, marked, wide
from mahdar.sources.files import GZIP_ERRORS, File, Format, Unreadable, close_stream, expand, open_stream, read_all, too_large
from mahdar.sources.formats import Found, Make, from_html, from_object, from_text, parse_json
from mahdar.sources.tables import csv_rows, parquet_rows
from mahdar.sources.web import feed_items, warc_pages

DEFAULT_LIMIT = 20_000_000
_ESCAPED = 4  # a JSON line may be this many times larger than the text in it (each letter written as \u0627 and more)
_ARRAY = 10  # and a .json file with many articles this many times the limit of one


def read_articles(
    inputs: Iterable[str | os.PathLike[str]], *, encoding: str | None = None, limit: int = DEFAULT_LIMIT
) -> Iterator[Article | SourceError]:
    """The articles of files, folders and ``-`` (standard input), in input order.

    An article that cannot be read is yielded as a :class:`SourceError` that names file and line; nothing is raised
    for bad input. ``encoding`` overrules detection. ``limit`` bounds one article in bytes. Ids must be unique over all
    inputs.
    """
    seen: dict[str, tuple[str, int | None]] = {}
    for found in located(inputs, encoding=encoding, limit=limit):
        article, line = found.article, found.line
        if isinstance(article, Unreadable):
            yield SourceError(str(article), where=found.where, line=line)
            continue
        first = seen.get(article.id)
        if first is not None:
            at = first[0] if first[1] is None else f"{first[0]}:{first[1]}"
            yield SourceError(f"duplicate id {article.id!r}, first seen at {at}", where=found.where, line=line)
            continue
        seen[article.id] = (found.where, line)
        yield article


@dataclass(frozen=True, slots=True)
class Located:
    """An article, or what is wrong with it, and where it stands."""

    where: str
    line: int | None
    article: Article | Unreadable
    within: str = ""  # where the format carries no id: what tells the file from others of the folder that was given
    record: str = ""  # the JSON of its record, where it was read before


@dataclass(frozen=True, slots=True)
class Unit:
    """A piece of the input that is to be one article, before anything costly is done with it: a line, a row, a page, a file.

    Units of lines and rows can be sent to other processes; those of other formats must be made before the next is asked for.
    """

    where: str
    line: int | None
    make: Make | Unreadable
    stem: str = ""  # of a file that is one article: the id it has if it tells of none
    within: str = ""

    def located(self) -> Located:
        """The article, or what is wrong with it."""
        if isinstance(self.make, Unreadable):
            return Located(self.where, self.line, self.make)
        try:
            article = self.make()
        except Unreadable as error:
            return Located(self.where, self.line, error)
        except RecursionError:
            return Located(self.where, self.line, Unreadable("nested too deeply"))
        return Located(self.where, self.line, article, (self.within or self.stem) if self.stem and article.id == self.stem else "")


def located(inputs: Iterable[str | os.PathLike[str]], *, encoding: str | None = None, limit: int = DEFAULT_LIMIT) -> Iterator[Located]:
    """Everything :func:`read_articles` finds, with its place, and articles of one id as often as they come."""
    if encoding is not None:
        codecs.lookup(encoding)
    for file in expand(inputs):
        if isinstance(file, SourceError):
            yield Located(file.where, file.line, Unreadable(file.reason))
            continue
        for unit in units(file, encoding, limit):
            yield unit.located()


ONE_ARTICLE: Final = ("text", "html", "sniff")


def units(file: File, encoding: str | None, limit: int) -> Iterator[Unit]:
    """The pieces of one file, in order; what is wrong with the file as a whole is one of them."""
    keyless = file.format in ONE_ARTICLE
    for line, make in _found(file, encoding, limit):
        yield Unit(file.name, line, make, *((file.stem, file.within) if keyless and line is None else ()))


def _found(file: File, encoding: str | None, limit: int) -> Found:
    try:
        stream = open_stream(file)
    except Unreadable as error:
        yield None, error
        return
    try:
        form, stream = _format(file, stream)
        if form == "jsonl":
            yield from _json_lines(stream, encoding, limit)
        elif form == "json":
            yield from _json_file(stream, encoding, limit)
        elif form == "csv":
            yield from csv_rows(stream, encoding, limit)
        elif form == "parquet":
            yield from parquet_rows(file, stream, limit)
        elif form == "warc":
            yield from warc_pages(stream, encoding, limit)
        elif form == "feed":
            yield from feed_items(read_all(stream, limit), limit)
        else:
            yield None, partial(_whole, stream, file.stem, form == "html", encoding, limit)
    except Unreadable as error:
        yield None, error
    except RecursionError:
        yield None, Unreadable("nested too deeply")
    finally:
        close_stream(file, stream)


def sniffed(file: File) -> File | Unreadable:
    """``file`` with the format its beginning shows, where its name shows none."""
    try:
        stream = open_stream(file)
    except Unreadable as error:
        return error
    try:
        form, _ = _format(file, stream)
    except Unreadable as error:
        return error
    finally:
        close_stream(file, stream)
    return replace(file, format=form)


def _whole(stream: BinaryIO, stem: str, html: bool, encoding: str | None, limit: int) -> Article:
    """A file that is one article."""
    text = decode(read_all(stream, limit), encoding, html=html)
    if not text.strip():
        raise Unreadable("empty file")
    return from_html(text, stem) if html else from_text(text, stem)


_STARTS: Final[dict[str, Format]] = {"{": "jsonl", "[": "json", "WARC/": "warc", "PAR1": "parquet", "<": "html"}
_FEED = re.compile(r"<(?:rss|feed|rdf:RDF)[\s>]")


def _format(file: File, stream: BinaryIO) -> tuple[Format, BinaryIO]:
    """The format by suffix, else by the first characters that are no space: ``{`` JSON lines, ``[`` JSON, ``<`` HTML or a feed, ``WARC/``, ``PAR1``."""
    if file.format != "sniff":
        return file.format, stream
    start = _peek(stream)
    name = marked(start[:4])
    text = start.decode(name or "latin-1", "ignore").lstrip("\ufeff \t\r\n")
    form: Format = next((form for begin, form in _STARTS.items() if text.startswith(begin)), "text")
    return ("feed" if form == "html" and _FEED.search(text[:1000]) else form), stream


def _peek(stream: BinaryIO) -> bytes:
    """The first bytes, left in the stream."""
    try:
        return stream.peek(4096)[:4096]  # type: ignore[attr-defined,no-any-return]
    except GZIP_ERRORS as error:
        raise Unreadable(f"corrupt gzip file: {error}") from error
    except OSError as error:
        raise Unreadable(f"cannot be read: {error.strerror or error}") from error


def _json_lines(stream: BinaryIO, encoding: str | None, limit: int) -> Found:
    start = _peek(stream)
    mark = marked(start[:4])
    lines: Iterator[tuple[int, bytes | str | Unreadable]]
    if (known := encoding or mark) is not None and wide(known):
        lines = _wide_lines(stream, known)
    elif b"\0" in start and not start.lstrip().startswith(b"{"):
        raise Unreadable("binary data (NUL bytes), not text")
    else:
        lines = _byte_lines(stream, limit * _ESCAPED)
    empty = True
    for number, line in lines:
        empty = False
        yield number, line if isinstance(line, Unreadable) else partial(_json_article, line, encoding, limit)
    if empty:
        raise Unreadable("empty file")


def _json_article(line: bytes | str, encoding: str | None, limit: int) -> Article:
    text = line if isinstance(line, str) else decode(line, encoding).strip("\n\r\t \ufeff")
    return from_object(parse_json(text), limit)


def _byte_lines(stream: BinaryIO, limit: int) -> Iterator[tuple[int, bytes | str | Unreadable]]:
    number = 0
    while True:
        try:
            line = stream.readline(limit + 1)
            oversize = len(line) > limit and not line.endswith(b"\n")
            while oversize and (rest := stream.readline(1 << 20)) and not rest.endswith(b"\n"):
                pass
        except GZIP_ERRORS as error:
            yield number + 1, Unreadable(f"corrupt gzip file: {error}")
            return
        except OSError as error:
            yield number + 1, Unreadable(f"cannot be read: {error.strerror or error}")
            return
        if not line:
            return
        number += 1
        if oversize:
            yield number, too_large(limit // _ESCAPED)
        elif line.strip():
            yield number, line


def _wide_lines(stream: BinaryIO, encoding: str) -> Iterator[tuple[int, bytes | str | Unreadable]]:
    """Lines of UTF-16 and UTF-32; a damaged file ends at its first damaged character."""
    text = io.TextIOWrapper(stream, encoding=encoding, newline="\n")
    number = 0
    try:
        for number, line in enumerate(text, 1):
            if line.strip("\n\r\t \ufeff"):
                yield number, line.strip("\n\r\t \ufeff")
    except (UnicodeError, *GZIP_ERRORS) as error:
        yield number + 1, Unreadable(f"not valid {encoding} ({getattr(error, 'reason', error)})")
    finally:
        text.detach()


def _json_file(stream: BinaryIO, encoding: str | None, limit: int) -> Found:
    value = parse_json(decode(read_all(stream, limit * _ARRAY), encoding))
    if not isinstance(value, list):
        yield None, partial(from_object, value, limit)
        return
    if not value:
        raise Unreadable("empty list of articles")
    for number, item in enumerate(value, 1):
        yield number, partial(from_object, item, limit)
