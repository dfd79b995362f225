"""The facts of stored articles while something new is taken in: the new ones as they come, all others from their table."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final, NamedTuple

from sqlalchemy import Connection, select

from mahdar.register.facts import Fact
from mahdar.register.given import as_given, listed
from mahdar.register.schema import told as told_table
from mahdar.register.told import Facts, Told


class Place(NamedTuple):
    """Where a fact stands: the number of its article, its number there."""

    article: int
    n: int


class Shelf:
    """``come`` is what articles tell from now on, ``gone`` the facts they told before."""

    def __init__(self, connection: Connection, come: Mapping[int, Told]) -> None:
        self.connection = connection
        self._unpacked: Callable[[bytes, Callable[[bytes], Facts]], Facts] = connection.get_execution_options()["mahdar_facts"]
        self.come = {article: self._at_hand(told) for article, told in come.items()}
        self.memo: dict[Any, Any] = {}  # what its users make of facts and need again, by where they stand
        self._held: dict[int, Sequence[Fact]] = {article: told.facts for article, told in self.come.items()}
        self.packed = self._packed(come)
        self.gone = {article: self._unpacked(packed, Facts) for article, packed in self.packed.items()}

    def _at_hand(self, told: Told) -> Told:
        """With the facts that are given when the register is asked for them: what was found out about a pair of them is not found out again."""
        return replace(told, facts=self._unpacked(told.facts.packed, Facts)) if isinstance(told.facts, Facts) else told

    def facts(self, places: Iterable[Place]) -> dict[Place, Fact]:
        """The facts in these places; where the article tells something else now there may be none."""
        wanted = set(places)
        missing = {place.article for place in wanted} - self._held.keys()
        self._held.update((article, self._unpacked(packed, Facts)) for article, packed in self._packed(missing).items())
        return {place: held[place.n] for place in wanted if place.n < len(held := self._held.get(place.article, ()))}

    def beside(self, places: Iterable[Place]) -> Iterable[Fact]:
        """All facts of the articles of some that were asked for."""
        return (fact for article in sorted({place.article for place in places}) for fact in self._held[article])

    def fresh(self) -> dict[Place, Fact]:
        """The new facts."""
        return {Place(article, n): fact for article, told in self.come.items() for n, fact in enumerate(told.facts)}

    def former(self) -> dict[Place, Fact]:
        """The facts that are told no more."""
        return {Place(article, n): fact for article, facts in self.gone.items() for n, fact in enumerate(facts)}

    def _packed(self, articles: Iterable[int]) -> dict[int, bytes]:
        wanted = [(article,) for article in sorted(articles)]
        if not wanted:
            return {}
        return {row.article: row.packed for row in self.connection.execute(_PACKED, {"given": as_given(wanted)}).all()}


_asked = listed(article=int)
_PACKED: Final = select(told_table.c.article, told_table.c.packed).join_from(_asked, told_table, told_table.c.article == _asked.c.article)
