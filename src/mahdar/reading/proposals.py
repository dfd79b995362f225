"""What the reader proposes before it decides: possible events, and the candidates for who did it to whom."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from mahdar.reading.features import NOTHING, Group
from mahdar.reading.mentions import Mention
from mahdar.reading.statements import Spoken
from mahdar.reading.triggers import Trigger

if TYPE_CHECKING:
    from mahdar.reading.choose import Option


@dataclass(slots=True, eq=False)
class Slot:
    """A candidate for source or target: a mention or an implied entity, with the features the chooser weighs.

    ``groups`` are the names of its yes/no features; ``crossing`` those that say what lies between it and the act, ``standing`` how the act stands.
    """

    entity: int
    mention: Mention | None
    relation: str
    groups: tuple[Group, ...]
    codes: tuple[str, ...] = ()
    distance: float = 0.0
    joined: bool = False
    crossing: Group = NOTHING
    standing: Group = NOTHING

    @property
    def vague(self) -> bool:
        """Is it an addressee that is no party (المجتمع الدولي)?"""
        return self.mention is not None and self.mention.vague

    @property
    def features(self) -> dict[str, float]:
        """All features by name, for learning and explaining."""
        out = {name: 1.0 for group in self.groups for name in group.names}
        if self.distance:
            out["distance"] = self.distance
        return out


@dataclass(slots=True, eq=False)
class Proposal:
    """One possible event of one sentence."""

    trigger: Trigger
    sentence: int
    sources: list[Slot]
    targets: list[Slot]
    status: str
    groups: tuple[tuple[str, ...], tuple[str, ...]] = ((), ())  # names of its yes/no features: of the act itself, of its context
    source_codes: tuple[str, ...] = ()
    target_codes: tuple[str, ...] = ()
    slots: tuple[Slot | None, Slot | None] = (None, None)
    chosen: list[Slot] = field(default_factory=list)
    option: Option | None = None
    score: float = 0.0
    spoken: Spoken | None = None
    date: str | None = None
    dated: bool = False  # by a date of its own sentence
    when: str = ""  # how that date stands to the report's day
    place: str | None = None
    pair: tuple[str, ...] = ()  # what الجانبان meant when the slots were filled
    stems: frozenset[str] = frozenset()  # of the word that is the act
    about: bool = False  # only says what another act is about
    outdone: bool = False  # the weaker reading of words that a surer act of its parties stands among
    told: list[Proposal] = field(default_factory=list)  # other tellings of the same act, folded into this one

    @property
    def features(self) -> dict[str, float]:
        """All features by name, for learning and explaining."""
        return {name: 1.0 for group in self.groups for name in group}
