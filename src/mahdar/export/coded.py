"""An event as exports write it: the register's row, said in PLOVER's terms, with a name of its own and its place on the map."""

from __future__ import annotations

import calendar
import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final, Literal

from mahdar import __version__
from mahdar.export import plover
from mahdar.export.places import Gazetteer, Spot
from mahdar.register.answers import EventRow
from mahdar.register.pairs import score

CODER: Final = f"mahdar {__version__}"  # who codes, as every format names it
Precision = Literal["day", "month", "year", ""]
_DIGITS: Final = 20  # of an id: 80 bits, so that two of a hundred million events share one in fewer than one case in a hundred million
_LONG_AGO: Final = 2  # years: from the year before, an event may still be news
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Coded:
    """``row`` with what is derived of it. ``id`` is made of the event itself, so that it is the same in any register that holds the article."""

    row: EventRow
    id: str
    quad: int
    score: float
    mode: str | None  # PLOVER's
    special: str | None  # future, hypothetical, negation, historical
    cameo: str
    spot: Spot | None
    reading: str  # with which program, lexicon and weights its article was read

    @property
    def contexts(self) -> tuple[str, ...]:
        """PLOVER's, found only when asked for: half of the formats have no place for them, and they take a quarter of the time."""
        return plover.contexts(self.row)

    @property
    def precision(self) -> Precision:
        """How much of the day is known."""
        known: dict[int, Precision] = {10: "day", 7: "month", 4: "year"}
        return known.get(len(self.row.day or ""), "")

    @property
    def first(self) -> str:
        """The first day it can have been; empty where nothing is known."""
        day = self.row.day or ""
        return day + "-01-01"[len(day) - 4 :] if day else ""

    @property
    def last(self) -> str:
        """The last day it can have been."""
        day = self.row.day or ""
        if len(day) == 4:
            return f"{day}-12-31"
        return f"{day}-{calendar.monthrange(int(day[:4]), int(day[5:]))[1]}" if len(day) == 7 else day

    @property
    def evidence(self) -> str:
        """The words on one line."""
        return _SPACE.sub(" ", self.row.text).strip()


class Coder:
    """Codes events batch by batch. Events of one article that are alike in all that makes an id are numbered, so that no two ids are the same."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer
        self._article = ""
        self._times: dict[str, int] = {}

    def __call__(self, rows: Iterable[EventRow], readings: Mapping[str, str]) -> list[Coded]:
        """The events coded; ``readings`` says with what each article was read. An article's events of one day follow each other."""
        return [self._code(row, readings.get(row.article, "")) for row in rows]

    def _code(self, row: EventRow, reading: str) -> Coded:
        mode = plover.mode(row.type, row.mode, row.rule)
        return Coded(
            row=row,
            id=self._id(row),
            quad=plover.quad(row.type),
            score=score(row.type, row.mode),
            mode=mode,
            special=plover.special(row.status) or ("historical" if _long_ago(row) else None),
            cameo=plover.cameo(row.type, mode),
            spot=None if row.place is None else self._gazetteer.find(row.place),
            reading=reading,
        )

    def _id(self, row: EventRow) -> str:
        if row.article != self._article:
            self._article, self._times = row.article, {}
        digest = _digest(row)
        times = self._times[digest] = self._times.get(digest, 0) + 1
        return digest if times == 1 else f"{digest}-{times}"


def _long_ago(row: EventRow) -> bool:
    """Does the text itself date the event to years before the report?"""
    published = (row.report.published or "")[:10]
    return row.date is not None and published != "" and int(published[:4]) - int(row.date[:4]) >= _LONG_AGO


def _digest(row: EventRow) -> str:
    sides = ["|".join(f"{party.name}/{party.code or ''}" for party in side) for side in (row.who, row.whom)]
    parts = (row.article, row.type, row.status, row.date or "", str(row.span.start), str(row.span.end), *sides)
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:_DIGITS]
