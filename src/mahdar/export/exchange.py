"""``jsonl``: PLOVER's exchange form, an event a line; with ``articles`` also what :mod:`mahdar.export.restore` makes a register of.

Fields and their names are those of the PLOVER manual; its drafts call the doers ``source``, which is ``actor`` here. Fields of our own: ``status``,
``rule``, ``about`` and, of a party, ``group`` (Mahdar's code) and ``lexicon``. An article is a record with ``has_event`` false, as
the manual has it for texts, and everything the register keeps of it under ``mahdar``.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from typing import Any, Final, TextIO, TypeVar

from sqlalchemy import Connection

from mahdar.export import loose, plover
from mahdar.export.coded import CODER, Coded
from mahdar.export.places import Spot
from mahdar.export.select import Version
from mahdar.register.answers import Party

T = TypeVar("T")
CODEBOOK: Final = "plover-mahdar"


def write(out: TextIO, batches: Iterable[list[Coded]]) -> int:
    """Write the events; how many."""
    return _write(out, batches, event_record)


def write_articles(out: TextIO, batches: Iterable[list[Version]]) -> int:
    """Write all versions of all articles, each with its record; how many."""
    return _write(out, batches, article_record)


def _write(out: TextIO, batches: Iterable[list[T]], record: Callable[[T], dict[str, Any]]) -> int:
    count = 0
    for batch in batches:
        out.writelines(_line(record(one)) for one in batch)
        count += len(batch)
    return count


def write_loose(out: TextIO, connection: Connection) -> dict[str, int]:
    """Write what hangs on no article; how many rows of each table."""
    counts = {}
    for table in loose.tables():
        number = 0
        for number, row in enumerate(loose.rows(connection, table), 1):
            out.write(_line({"id": f"{table.name} {number}", "has_event": False, "date": "", "mahdar": {table.name: row}}))
        counts[table.name] = number
    return counts


def event_record(event: Coded) -> dict[str, Any]:
    """The event as PLOVER exchanges it; what is not known is left out, but for the fields that PLOVER requires."""
    row, report = event.row, event.row.report
    found: dict[str, Any] = {"id": event.id, "has_event": True, "date": event.first}
    if event.last != event.first:
        found["enddate"] = event.last
    found |= {"actor": [_party(party) for party in row.who], "event": [row.type], "recipient": [_party(party) for party in row.whom]}
    if event.spot is not None:
        found["event_loc"] = _location(event.spot)
    contexts = [*event.contexts, *([event.special] if event.special else [])]
    found |= {
        "mode": [event.mode] if event.mode else [], "context": contexts, "quad_code": event.quad, "event_scale": event.score, "text": row.text,
        "text_info": {"start": row.span.start, "end": row.span.end},
        "cite_info": _cite(row.article, report.url, report.title, report.source, event.reading),
        "status": row.status, "rule": row.rule,
    }  # fmt: skip
    return found | ({"about": list(row.about)} if row.about else {})


def article_record(version: Version) -> dict[str, Any]:
    """A stored version of an article: its text, and under ``mahdar`` what else the register keeps of it."""
    kept = {
        "key": version.key, "number": version.number, "current": version.current, "published": version.published, "lexicon": version.lexicon,
        "read_at": version.read_at, "record": json.loads(version.json_record),
    }  # fmt: skip
    return {
        "id": f"article {version.key} {version.number}", "has_event": False, "date": (version.published or "")[:10], "text": version.text,
        "cite_info": _cite(version.key, version.url, version.title, version.source, version.lexicon), "mahdar": {"article": kept},
    }  # fmt: skip


def _cite(key: str, url: str, title: str, source: str, reading: str) -> dict[str, str]:
    found = {"citation": key, "url": url, "title": title, "language": "ar", "publication": source, "coder": CODER, "codebook": CODEBOOK, "version": reading}
    return {name: value for name, value in found.items() if value}


def _party(party: Party) -> dict[str, str]:
    coded = plover.actor(party)
    english = None if party.romanised else party.name_en
    found = {
        "code": coded.code, "sector": coded.sector, "actor_text": party.name, "identifier_text": english, "office": party.role, "group": party.code,
        "lexicon": party.lexicon,
    }  # fmt: skip
    return {name: value for name, value in found.items() if value}


def _location(spot: Spot) -> dict[str, Any]:
    found: dict[str, Any] = {"name": spot.words}
    if spot.point is not None:
        found |= {"asciiname": spot.point.name, "latitude": spot.point.latitude, "longitude": spot.point.longitude}
    return found | ({"cc3": spot.code} if spot.code else {})


def _line(value: dict[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n"
