"""Cities of one name in two lands: طرابلس is Libya's capital and a city of Lebanon, عمان (without vowels) Jordan's capital and Oman."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mahdar.reading.mentions import Mention

# By the word: whose capital it mostly is, whose it is where a text speaks of that land and not of the first, and as what it then counts.
_TWO_LANDS = {"طرابلس": ("LBY", "LBN", "place"), "عمان": ("JOR", "OMN", "state")}
_TOWNS = frozenset("مدينه بلده قريه مدينتي بلدتي".split())


def at_their_places(by_sentence: Sequence[list[Mention]], forms: Sequence[str]) -> None:
    """Give such a city to the other land where the text speaks of that one and of the first by no other word; a family name behind مدينة is a town's."""
    for mentions in by_sentence:
        for m in [m for m in mentions if m.sort in ("short", "weakshort") and m.first > 0 and not m.prefix and forms[m.first - 1].lstrip("وبل") in _TOWNS]:
            mentions.remove(m)
    twins = [(m, forms[m.last - 1]) for mentions in by_sentence for m in mentions if m.sort == "capital" and m.last - m.first == 1 and forms[m.first].endswith(tuple(_TWO_LANDS))]
    if not twins:
        return
    own = {id(m) for m, _ in twins}
    told = {code for mentions in by_sentence for m in mentions if id(m) not in own for code in (m.code, *m.codes)}
    for m, form in twins:
        mostly, other, sort = next(lands for word, lands in _TWO_LANDS.items() if form.endswith(word))
        if m.code == mostly and other in told and mostly not in told:
            m.code, m.sort = other, sort
