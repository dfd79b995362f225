"""An article's text cut at every boundary of what was read in it, so that overlaps need no nesting; and the record as cards to go with it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from mahdar.record import Record, Span

_LONGEST: Final = 4_000  # characters of a block


@dataclass(frozen=True, slots=True)
class Piece:
    """Text of one look. ``items`` are the cards it belongs to (e0, s1, p0, a3), the closest first; ``at``: it is what the link pointed at."""

    text: str
    items: tuple[str, ...]
    body: bool
    at: bool
    first: bool  # the first piece of ``at``
    begins: tuple[str, ...]  # items whose first piece this is

    @property
    def linked(self) -> bool:
        """May it lead to its card? A mere full stop is too small to be hit."""
        return bool(self.items) and any(letter.isalnum() for letter in self.text)

    @property
    def classes(self) -> str:
        kinds = dict.fromkeys(f"m-{item[0]}" for item in self.items)
        return " ".join([*kinds, *([] if self.body else ["m-off"]), *(["m-at"] if self.at else [])])


def spans(record: Record) -> list[tuple[Span, str]]:
    """Everything that was read, with the name of its card."""
    out = [(event.evidence, f"e{n}") for n, event in enumerate(record.events)]
    out += [(position.evidence, f"p{n}") for n, position in enumerate(record.positions)]
    out += [(statement.content, f"s{n}") for n, statement in enumerate(record.statements)]
    return out + [(span, f"a{n}") for n, actor in enumerate(record.actors) for span in actor.mentions]


def pieces(record: Record, text: str, at: Span | None = None) -> list[list[Piece]]:
    """The paragraphs of a text as pieces. Spans beyond the text are cut to it."""
    size = len(text)
    opens: dict[int, list[str]] = {}
    closes: dict[int, list[str]] = {}
    marked = [*spans(record), *((span, "body") for span in record.body), *([] if at is None else [(at, "at")])]
    lengths: dict[str, int] = {}
    for span, name in marked:
        start, end = max(0, min(span.start, size)), max(0, min(span.end, size))
        if start < end:
            opens.setdefault(start, []).append(name)
            closes.setdefault(end, []).append(name)
            lengths.setdefault(name, end - start)
    breaks = _breaks(text)
    active: list[str] = []
    seen: set[str] = set()
    out: list[list[Piece]] = [[]]
    for first, last in pairwise(sorted({0, size, *opens, *closes, *breaks})):
        for gone in closes.get(first, ()):
            active.remove(gone)
        active.extend(opens.get(first, ()))
        if first in breaks:
            out.append([])
        out[-1].append(_piece(text[first:last], active, lengths, seen))
    return [paragraph for paragraph in out if any(piece.text.strip() for piece in paragraph)]


def _breaks(text: str) -> set[int]:
    """Where a new block begins: behind the end of a line, and within a line of a length that no browser sets in good time."""
    out: set[int] = set()
    start = 0
    for line in text.splitlines(keepends=True):
        end = start + len(line)
        while end - start > _LONGEST:
            space = text.rfind(" ", start + 1, start + _LONGEST)
            start = space + 1 if space > 0 else start + _LONGEST
            out.add(start)
        start = end
        out.add(end)
    return out - {len(text)}


def _piece(text: str, active: Iterable[str], lengths: dict[str, int], seen: set[str]) -> Piece:
    names = dict.fromkeys(active)
    items = tuple(sorted((name for name in names if name not in ("body", "at")), key=lambda name: (lengths[name], name)))
    begins = tuple(name for name in items if name not in seen)
    first = "at" in names and "at" not in seen
    seen.update(names)
    return Piece(text, items, "body" in names, "at" in names, first, begins)


def span_of(words: str | None) -> Span | None:
    """The span that a link names: 120-180; None where it names none."""
    if not words or len(words) > 24:
        return None
    start, dash, end = words.partition("-")
    if not dash or not (start.isascii() and start.isdigit() and end.isascii() and end.isdigit()) or int(start) >= int(end):
        return None
    return Span(int(start), int(end))
