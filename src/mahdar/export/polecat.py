"""``polecat``: the forty tab-separated columns of POLECAT's files in their order, and behind them our own.

One row an event. Several values in a cell stand between semicolons, as there; what is not known is empty where POLECAT writes None. The headers are
those of the yearly files of 2023 and later; older ones call the fifth column Intensity.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final, NamedTuple, TextIO

from mahdar.export import plover
from mahdar.export.coded import CODER, Coded
from mahdar.export.flat import joined
from mahdar.export.separated import write_lines
from mahdar.register.answers import Party

COLUMNS: Final = (
    "Event ID", "Event Date", "Event Type", "Event Mode", "Event Intensity", "Quad Code", "Contexts",
    "Actor Name", "Actor Country", "Actor COW", "Primary Actor Sector", "Actor Sectors", "Actor Title", "Actor Name Raw", "Wikipedia Actor ID",
    "Recipient Name", "Recipient Country", "Recipient COW", "Primary Recipient Sector", "Recipient Sectors", "Recipient Title", "Recipient Name Raw",
    "Wikipedia Recipient ID", "Placename", "City", "District", "Province", "Country", "Latitude", "Longitude", "GeoNames ID", "Raw Placename",
    "Feature Type", "Source", "Publication Date", "Story People", "Story Organizations", "Story Locations", "Language", "Version",
)  # fmt: skip
EXTRA: Final = (
    "Date Precision", "Event Status", "Evidence", "Evidence Start", "Evidence End", "Article ID", "Article Title", "Article URL", "Actor Codes",
    "Recipient Codes", "Issues", "Rule",
)  # fmt: skip
_CITIES: Final = ("PPLC", "PPL")


class Story(NamedTuple):
    """Who is in an article, by their names: persons, bodies and groups, states."""

    people: tuple[str, ...]
    organisations: tuple[str, ...]
    states: tuple[str, ...]


_NOBODY: Final = Story((), (), ())


def write(out: TextIO, batches: Iterable[tuple[list[Coded], Mapping[str, Story]]]) -> int:
    """Write all; how many events."""
    told = ([(event, stories.get(event.row.article, _NOBODY)) for event in batch] for batch, stories in batches)
    return write_lines(out, (*COLUMNS, *EXTRA), told, lambda pair: [[_plain(value) for value in _line(*pair)]], delimiter="\t")


def _line(event: Coded, story: Story) -> tuple[object, ...]:
    row, spot = event.row, event.spot
    point = spot.point if spot else None
    city = point if point and point.kind in _CITIES else None
    place = (
        point.name if point else None, city.name if city else None, None, None, spot.code if spot else None,
        point.latitude if point else None, point.longitude if point else None, None, row.place, city.kind if city else None,
    )  # fmt: skip
    told = (row.report.source, (row.report.published or "")[:10], joined(story.people), joined(story.organisations), joined(story.states), "ar")
    own = (
        event.precision, row.status, row.text, row.span.start, row.span.end, row.article, row.report.title, row.report.url,
        joined(party.code for party in row.who), joined(party.code for party in row.whom), joined(row.about), row.rule,
    )  # fmt: skip
    return (
        event.id, event.first, row.type, event.mode, event.score, plover.QUADS[event.quad], joined(plover.in_polecat(event.contexts)),
        *_side(row.who), *_side(row.whom), *place, *told, f"{CODER} {event.reading}", *own,
    )  # fmt: skip


def _side(parties: tuple[Party, ...]) -> tuple[str | None, ...]:
    """Name, country, COW number, first sector, all sectors, title, name in the text, Wikipedia's id (which we do not have)."""
    coded = [plover.actor(party) for party in parties]
    sectors = [actor.sector for actor in coded]
    numbers = (str(number) if (number := plover.cow(actor.code)) is not None else None for actor in coded)
    return (
        joined(party.name_en or party.name for party in parties), joined(actor.code for actor in coded), joined(numbers),
        next((sector for sector in sectors if sector), None), joined(sectors), joined(party.role for party in parties),
        joined(party.name for party in parties), None,
    )  # fmt: skip


def _plain(value: object) -> str:
    """One line, no tab in it."""
    return "" if value is None else " ".join(str(value).split())
