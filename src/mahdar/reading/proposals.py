"""What the reader proposes before it decides: possible events, and the candidates for who did it to whom."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from mahdar.reading.features import Key, Maker, named
from mahdar.reading.mentions import Mention
from mahdar.reading.statements import Spoken
from mahdar.reading.triggers import Trigger

if TYPE_CHECKING:
    from mahdar.reading.choose import Choice, Pair

DISPUTED = (":بشان", ":حول")  # relations of what a refusal or a dispute is about, which is no party to it: الخلافات بشأن مصير الرئيس السوري


class Slot:
    """A candidate for source or target: a mention or an implied entity, with the features the chooser weighs.

    ``makers`` and ``keys`` give its yes/no features, group by group; ``as_source`` and ``as_target`` are what they weigh. ``crossed`` is what lies between
    it and the act (:func:`mahdar.reading.features.crossing`), ``stand`` how the act stands; ``framed``: it stands where the act's row looks for the doer.
    """

    # No dataclass, whose constructor stays plain Python where the module is compiled: an article makes a hundred and fifty.
    __slots__ = ("as_source", "as_target", "barred", "codes", "crossed", "distance", "entity", "framed", "joined", "keys", "makers", "mention", "relation", "stand")

    def __init__(
        self, entity: int, mention: Mention | None, relation: str, makers: tuple[Maker, ...], keys: tuple[Key, ...], as_source: float, as_target: float,
        codes: tuple[str, ...] = (), distance: float = 0.0, joined: bool = False, crossed: int = 0, stand: str | None = None, framed: bool = False,
    ) -> None:  # fmt: skip
        self.entity = entity
        self.mention = mention
        self.relation = relation
        self.makers = makers
        self.keys = keys
        self.as_source = as_source
        self.as_target = as_target
        self.codes = codes
        self.distance = distance
        self.joined = joined
        self.crossed = crossed
        self.stand = stand
        self.framed = framed
        self.barred = ""  # what it cannot be by the grammar of a short text: source, target, both

    @property
    def vague(self) -> bool:
        """Is it an addressee that is no party (المجتمع الدولي)?"""
        return self.mention is not None and self.mention.vague

    @property
    def features(self) -> dict[str, float]:
        """All features by name, for learning and explaining."""
        out = dict.fromkeys(named(self.makers, self.keys), 1.0)
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
    makers: tuple[Maker, ...] = ()  # with the keys: its yes/no features, of the act itself, its context, its neighbours
    keys: tuple[Key, ...] = ()
    weighs: float = 0.0  # what they weigh
    source_codes: tuple[str, ...] = ()
    target_codes: tuple[str, ...] = ()
    slots: tuple[Slot | None, Slot | None] = (None, None)
    chosen: list[Slot] = field(default_factory=list)
    score: float = 0.0  # of the first look
    choice: Choice | None = None  # what the slots were filled from; None: there was nobody
    taken: Pair | None = None  # the way they are filled
    ways: list[tuple[float, Pair]] = field(default_factory=list)  # the likeliest ones with their first scores; none where the first look has the last word
    sure: float = 0.0  # of the second look, which decides
    looks: list[float] = field(default_factory=list)  # what it says of each way; empty: it was not asked
    measures: tuple[float, ...] = ()  # what it saw of the way taken
    spoken: Spoken | None = None
    date: str | None = None
    dated: bool = False  # by a date of its own sentence
    when: str = ""  # how that date stands to the report's day
    place: str | None = None
    pair: tuple[str, ...] = ()  # what الجانبان meant when the slots were filled
    stems: frozenset[str] = frozenset()  # of the word that is the act
    about: bool = False  # only says what another act is about
    outdone: bool = False  # the weaker reading of words that a surer act of its parties stands among
    bar: float = 0.0  # what it had to be surer than
    lost: str = ""  # why it is no act
    told: list[Proposal] = field(default_factory=list)  # other tellings of the same act, folded into this one

    @property
    def names(self) -> list[str]:
        """The names of its yes/no features."""
        return named(self.makers, self.keys)

    @property
    def features(self) -> dict[str, float]:
        """All features by name, for learning and explaining."""
        return dict.fromkeys(self.names, 1.0)
