"""Where the place that an event's clause names lies: the state it belongs to, and a point where it is small enough to have one."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Final, NamedTuple

from mahdar.arabic.fold import fold_word
from mahdar.export.plover import data
from mahdar.lexicon.model import Lexicon

_FRONTS: Final = ("مدينه", "العاصمه", "محافظه", "بلده")  # before a name, folded: مدينة منبج, العاصمة باريس
_KINDS: Final = ("place", "capital", "state")


class Point(NamedTuple):
    """A place of the list: its English name, state, sort (a GeoNames feature code, or AREA, SITE) and point, to a tenth of a degree."""

    name: str
    code: str
    kind: str
    latitude: float
    longitude: float


class Spot(NamedTuple):
    """A place as an article names it: the state it lies in (empty where unsure), and its point if it has one."""

    words: str
    code: str
    point: Point | None


class Gazetteer:
    """Looks places up; the lexicon tells the state of those without a point, and is loaded at the first of them."""

    def __init__(self, lexicon: Callable[[], Lexicon]) -> None:
        self._load = lexicon
        self._lexicon: Lexicon | None = None
        self._known: dict[str, Spot] = {}

    def find(self, words: str) -> Spot:
        """The place called so."""
        spot = self._known.get(words)
        if spot is None:
            spot = self._known[words] = self._find(words)
        return spot

    def _find(self, words: str) -> Spot:
        name = " ".join(fold_word(words.replace("#", " ").replace("_", " ")).split())
        point = points().get(name) or next((points()[rest] for front in _FRONTS if (rest := name.removeprefix(f"{front} ")) in points()), None)
        return Spot(words, point.code if point and point.code else self._state(name), point)

    def _state(self, name: str) -> str:
        if self._lexicon is None:
            self._lexicon = self._load()
        first, *rest = name.split() or [""]
        found: dict[str, set[str]] = {}
        for phrase, ids in self._lexicon.names.get(first, {}).get(rest[0] if rest else "", ()):
            if list(phrase) == rest:
                for number in ids:
                    entry = self._lexicon.entries[number]
                    found.setdefault(entry.kind, set()).add(entry.code or "")
        codes = next((found[kind] for kind in _KINDS if kind in found), set())
        return codes.pop() if len(codes) == 1 else ""


@cache
def points() -> dict[str, Point]:
    """The list, by folded name."""
    rows = data("places.yaml")
    return {fold_word(name): Point(row["en"], row.get("code", ""), row["kind"], *row["at"]) for row in rows for name in row["names"]}
