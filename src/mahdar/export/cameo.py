"""``cameo``: an old-style dyadic file: day, source, target, CAMEO root and code, quad class, Goldstein-type score; a row a dyad."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final, TextIO

from mahdar.export import plover
from mahdar.export.coded import CODER, Coded
from mahdar.export.dyads import directed
from mahdar.export.separated import write_lines
from mahdar.register.answers import Party

COLUMNS: Final = (
    "id", "date", "precision", "source", "target", "source_actor", "source_sector", "target_actor", "target_sector", "cameo_root", "cameo_code",
    "quad_class", "goldstein", "plover_type", "plover_mode", "monadic", "mutual", "status", "evidence", "article", "publisher", "url",
    "reading", "coder", "source_name", "target_name",
)  # fmt: skip


def write(out: TextIO, batches: Iterable[list[Coded]]) -> int:
    """Write all; how many events (each may have several rows)."""
    return write_lines(out, COLUMNS, batches, _lines)


def _lines(event: Coded) -> Iterator[tuple[object, ...]]:
    row = event.row
    for source, target, mutual in directed(row):
        a, b = _coded(source), _coded(target)
        monadic = int(source is None or target is None)
        yield (
            event.id, event.first, event.precision, source.code if source else "", target.code if target else "", *a, *b, event.cameo[:2], event.cameo,
            event.quad, event.score, row.type, event.mode or "", monadic, int(mutual), row.status, event.evidence, row.article, row.report.source, row.report.url,
            event.reading, CODER, _name(source), _name(target),
        )  # fmt: skip


def _name(party: Party | None) -> str:
    """Without it two persons of one state would make rows that are the same."""
    return "" if party is None else party.name_en or party.name


def _coded(party: Party | None) -> plover.Actor:
    return plover.Actor("", "") if party is None else plover.actor(party)
