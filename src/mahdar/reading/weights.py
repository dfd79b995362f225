"""Linear models over named features and the trees of the second look: the weights file and the weighted sum.

Weights live in ``weights.json`` (readable, sorted, rounded), learned by ``make train`` and shown by ``mahdar explain``. A missing feature
weighs nothing, so a new rule works before it is trained.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, TypeAlias, TypeVar

from mahdar.process import loading
from mahdar.reading.features import (
    Key,
    Maker,
    act_names,
    context_names,
    crossing_names,
    frame_names,
    implied_names,
    none_names,
    party_names,
    reached_names,
    side_names,
    slot_names,
    tie_names,
    tone_names,
    word_names,
)

WEIGHTS = Path(__file__).with_name("weights.json")
_ROW: Final = re.compile(r"\[[^]\"]*\]")  # the weights of one feature, which stand on one line
# A leaf's number, or [measure, cut, number, below, above]: a question (is the measure at most the cut?), the mean of what can be reached from it, and the
# trees to go on with; where the measure is "type" the cut is the list of types that go on below.
Tree: TypeAlias = Any
Weight = TypeVar("Weight")
REMEMBERED: Final = 50_000  # sums kept before they are forgotten
CLASSES: Final = 5  # of one model at most


class _Row:
    """The weights of one feature for each class: side by side in memory, where a list's numbers are scattered, which is what adding them up waits for."""

    __slots__ = ("fifth", "first", "fourth", "second", "third")

    def __init__(self, first: float, second: float = 0.0, third: float = 0.0, fourth: float = 0.0, fifth: float = 0.0) -> None:
        self.first, self.second, self.third, self.fourth, self.fifth = first, second, third, fourth, fifth


@dataclass(frozen=True, slots=True)
class Classes:
    """Models of up to five classes over the same features, laid out by feature, so that one look-up serves all of them.

    ``rows`` holds for each feature its weights in the order of ``names``.
    """

    names: tuple[str, ...] = ()
    rows: Mapping[str, Sequence[float]] = field(default_factory=dict)
    packed: dict[str, _Row] = field(init=False, repr=False, compare=False)  # the rows once more

    def __post_init__(self) -> None:
        if len(self.names) > CLASSES:
            raise ValueError(f"a model of {len(self.names)} classes: there may be {CLASSES}")
        object.__setattr__(self, "packed", {feature: _Row(*row) for feature, row in self.rows.items()})

    @classmethod
    def of(cls, models: Mapping[str, Mapping[str, float]]) -> Classes:
        """From one model for each class."""
        names = tuple(sorted(models))
        features = sorted({feature for model in models.values() for feature in model})
        return cls(names, {feature: tuple(models[name].get(feature, 0.0) for name in names) for feature in features})

    def model(self, name: str) -> dict[str, float]:
        """The weights of one class; none for a class that was not learned."""
        if name not in self.names:
            return {}
        at = self.names.index(name)
        return {feature: row[at] for feature, row in self.rows.items() if row[at]}

    def scores(self, features: dict[str, float]) -> dict[str, float]:
        """The weighted sum of each class, in the order of their names."""
        packed = self.packed
        first = second = third = fourth = fifth = 0.0
        for feature, value in features.items():
            row = packed.get(feature)
            if row is not None:
                first += row.first * value
                second += row.second * value
                third += row.third * value
                fourth += row.fourth * value
                fifth += row.fifth * value
        return dict(zip(self.names, (first, second, third, fourth, fifth), strict=False))


NO_CLASSES: Final = Classes()


@dataclass(frozen=True, slots=True)
class Forest:
    """Trees of the second look (:mod:`mahdar.reading.verdict`), and what is added to the sum of the leaves that are reached."""

    bias: float = 0.0
    trees: tuple[Tree, ...] = ()


NO_TREES: Final = Forest()


@dataclass(frozen=True, slots=True)
class Weights:
    """Feature weights by model: source and target slots, event or not, status, statement or not, position, tone of words, date, second look."""

    source: dict[str, float]
    target: dict[str, float]
    event: dict[str, float]
    status: Classes
    statement: dict[str, float]
    threshold: float
    position: Classes = NO_CLASSES
    tone: Classes = NO_CLASSES
    date: dict[str, float] = field(default_factory=dict)
    verdict: Forest = NO_TREES

    @classmethod
    def load(cls, path: Path = WEIGHTS) -> Weights:
        """The weights that ship with the package, or those of another file of the same shape."""
        with loading():
            data = json.loads(path.read_text(encoding="utf-8"))
            for name in ("status", "position", "tone"):
                data[name] = Classes(tuple(data[name]["classes"]), data[name]["weights"])
            data["verdict"] = Forest(data["verdict"]["bias"], tuple(data["verdict"]["trees"]))
            return cls(**data)

    def save(self, path: Path) -> None:
        """Write them as a file that :meth:`load` reads: one feature to a line, in order."""
        data: dict[str, object] = {name: dict(sorted(getattr(self, name).items())) for name in ("source", "target", "event", "statement", "date")}
        for name in ("status", "position", "tone"):
            models = getattr(self, name)
            data[name] = {"classes": models.names, "weights": dict(sorted(models.rows.items()))}
        lines = json.dumps({**data, "threshold": self.threshold}, ensure_ascii=False, indent=0, sort_keys=True)
        trees = ",\n".join(json.dumps(tree) for tree in self.verdict.trees)
        verdict = f',\n"verdict": {{\n"bias": {self.verdict.bias},\n"trees": [\n{trees}\n]\n}}\n}}\n'
        path.write_text(_ROW.sub(lambda row: row[0].replace("\n", ""), lines).removesuffix("\n}") + verdict, encoding="utf-8")


def weigh(weights: dict[str, float], features: dict[str, float]) -> float:
    """The weighted sum of features."""
    total = 0.0
    for name, value in features.items():
        weight = weights.get(name)
        if weight is not None:
            total += weight * value
    return total


def summed(weights: dict[str, float], names: Iterable[str]) -> float:
    """The weighted sum of yes/no features."""
    total = 0.0
    for name in names:
        weight = weights.get(name)
        if weight is not None:
            total += weight
    return total


class Sums(dict[Key, float]):
    """Weighted sums of recurring groups of yes/no features, remembered: the same few thousand groups come back all the time.

    A key holds the arguments from which ``names`` makes the names of a group. ``sums[key]`` is its sum.
    """

    __slots__ = ("_names", "_weights")

    def __init__(self, weights: dict[str, float], names: Maker) -> None:
        super().__init__()
        self._weights = weights
        self._names = names

    def __missing__(self, key: Key) -> float:
        if len(self) > REMEMBERED:
            self.clear()
        known = self[key] = summed(self._weights, self._names(*key))
        return known


class Pull:
    """What something weighs for the source and for the target of an act."""

    __slots__ = ("source", "target")

    def __init__(self, source: float, target: float) -> None:
        self.source = source
        self.target = target


NO_PULL: Final = Pull(0.0, 0.0)


class SlotSums(dict[Key, Pull]):
    """What a group of features weighs for the source and for the target, remembered as :class:`Sums` are."""

    __slots__ = ("_names", "_weights")

    def __init__(self, weights: dict[str, Pull], names: Maker) -> None:
        super().__init__()
        self._weights = weights
        self._names = names

    def __missing__(self, key: Key) -> Pull:
        if len(self) > REMEMBERED:
            self.clear()
        source = target = 0.0
        for name in self._names(*key):
            weight = self._weights.get(name)
            if weight is not None:
                source += weight.source
                target += weight.target
        known = self[key] = Pull(source, target)
        return known


class Parted(dict[str, dict[str, Weight]]):
    """Weights whose names have two parts, by the first part and then by the second.

    Names of an act's own row, of a word or of a pair are too many to come back often, and most weigh nothing: found so they need not even be made.
    """

    def under(self, first: str) -> dict[str, Weight]:
        """The weights of the names that begin so."""
        return self.get(first) or {}

    def of(self, first: str, second: str) -> Weight | None:
        """The weight of a name by its parts; None where it weighs nothing."""
        found = self.get(first)
        return None if found is None else found.get(second)


def parted(weights: Mapping[str, Weight], mark: str, opening: str = "") -> Parted[Weight]:
    """The weights of the names that open so and are parted by a mark, by what stands in front of it and behind; spaces around the parts are left out."""
    out: Parted[Weight] = Parted()
    for name, weight in weights.items():
        if mark in name and name.startswith(opening):
            first, _, second = name[len(opening) :].partition(mark)
            out.setdefault(first.rstrip(), {})[second] = weight
    return out


class Remembered:
    """What the features of acts and their slots weigh: parted weights, and the sums of every group of others, for as long as its weights are used."""

    def __init__(self, weights: Weights) -> None:
        source, target, event = weights.source, weights.target, weights.event
        slots = {name: Pull(weight, target.get(name, 0.0)) for name, weight in source.items()}
        slots.update((name, Pull(0.0, weight)) for name, weight in target.items() if name not in source)
        # of slots, for source and target: by an act's row and the relation, by type (or none) and head noun, by the relation and how the act stands
        self.rows = parted(slots, " rel=")
        self.heads = parted(slots, "head=")
        self.standings = parted(slots, " at=", "rel=")
        self.empty = SlotSums(slots, none_names)
        self.frames = SlotSums(slots, frame_names)
        self.crossings = SlotSums(slots, crossing_names)
        self.ties = SlotSums(slots, tie_names)
        self.slots = SlotSums(slots, slot_names)
        self.implied = SlotSums(slots, implied_names)
        self.words = SlotSums(slots, word_names)
        # of the event model: by type (or none) and the stem of a word beside the act; by relation and how the act stands; by what the fit is of and relation
        self.neighbours = {where: parted(event, f"{where}=") for where in ("before", "behind", "verb")}
        self.standings_as = {role: parted(event, " at=", f"{role} rel=") for role in ("source", "target")}
        self.fits = {role: parted(event, f" {role}=") for role in ("source", "target")}
        self.pairs = parted(event, ">")  # by kind or type with the source's relation, and the target's
        self.acts = Sums(event, act_names)
        self.contexts = Sums(event, context_names)
        self.tones = Sums(event, tone_names)
        self.parties = Sums(event, party_names)
        self.places = Sums(event, reached_names)
        self.sides = Sums(event, side_names)
        self.vacant: dict[Key, float] = {}  # what a slot weighs that stays empty: one of each row, and of each way a subject was found

    def row(self, act: str, relation: str) -> Pull:
        """What the relation of a party to an act of this very row weighs (:func:`mahdar.reading.features.row_names`)."""
        return self.rows.of(act, relation) or NO_PULL

    def standing(self, relation: str, stand: str | None) -> Pull:
        """What it weighs how the act's word stands in its clause (:func:`mahdar.reading.features.standing_names`)."""
        return NO_PULL if stand is None else self.standings.of(relation, stand) or NO_PULL

    def head(self, type_: str, head: str) -> Pull:
        """What the noun weighs that a mention belongs to (:func:`mahdar.reading.features.head_names`)."""
        anywhere, here = self.heads.of("", head), self.heads.of(type_, head)
        if anywhere is None or here is None:
            return anywhere or here or NO_PULL
        return Pull(anywhere.source + here.source, anywhere.target + here.target)

    def neighbour(self, type_: str, where: str, stem: str) -> float:
        """What a word by the act weighs (:func:`mahdar.reading.features.neighbour_names`)."""
        beside = self.neighbours[where]
        return (beside.of("", stem) or 0.0) + (beside.of(type_, stem) or 0.0)
