"""``csv``: one flat table of events under a header that never changes, the words in a column of their own."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final, TextIO

from mahdar.export import plover
from mahdar.export.coded import CODER, Coded
from mahdar.export.separated import write_lines
from mahdar.register.answers import Party

COLUMNS: Final = (
    "id", "type", "mode", "status", "quad_code", "score", "cameo", "contexts", "about", "day", "date", "precision",
    "place", "place_name", "country", "latitude", "longitude",
    "who", "who_names", "who_codes", "who_sectors", "whom", "whom_names", "whom_codes", "whom_sectors",
    "evidence", "article", "n", "start", "end", "rule", "title", "source", "published", "url", "reading", "coder",
    "who_ids", "whom_ids",
)  # fmt: skip


def write(out: TextIO, batches: Iterable[list[Coded]]) -> int:
    """Write all; how many events."""
    return write_lines(out, COLUMNS, batches, lambda event: [[_text(value) for value in line(event).values()]])


def line(event: Coded) -> dict[str, Any]:
    """The event under the columns, in their order; empty is None."""
    row, spot = event.row, event.spot
    point = spot.point if spot else None
    return {
        "id": event.id, "type": row.type, "mode": event.mode, "status": row.status, "quad_code": event.quad, "score": event.score, "cameo": event.cameo,
        "contexts": joined(event.contexts), "about": joined(row.about), "day": row.day, "date": row.date, "precision": event.precision,
        "place": row.place, "place_name": point.name if point else None, "country": spot.code if spot else None,
        "latitude": point.latitude if point else None, "longitude": point.longitude if point else None,
        **_side("who", row.who), **_side("whom", row.whom),
        "evidence": event.evidence, "article": row.article, "n": row.n, "start": row.span.start, "end": row.span.end, "rule": row.rule,
        "title": row.report.title, "source": row.report.source, "published": row.report.published, "url": row.report.url, "reading": event.reading, "coder": CODER,
        "who_ids": joined(party.lexicon for party in row.who), "whom_ids": joined(party.lexicon for party in row.whom),
    }  # fmt: skip


def joined(parts: Iterable[str | None]) -> str:
    """Several values in one, a semicolon between each two; one that is not known is left empty in its place."""
    found = [part or "" for part in parts]
    return found[0] if len(found) == 1 else "; ".join(found) if any(found) else ""


def _side(name: str, parties: tuple[Party, ...]) -> dict[str, str]:
    return {
        name: joined(party.name_en or party.name for party in parties),
        f"{name}_names": joined(party.name for party in parties),
        f"{name}_codes": joined(party.code for party in parties),
        f"{name}_sectors": joined(plover.actor(party).sector for party in parties),
    }


def _text(value: Any) -> str:
    return "" if value is None else str(value)
