"""Linear models over named features: the weights file and the weighted sum.

Weights live in ``weights.json`` (readable, sorted, rounded), learned by ``make train`` and shown by ``mahdar explain``. A missing feature
weighs nothing, so a new rule works before it is trained.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from itertools import repeat
from pathlib import Path
from typing import Any, Final

from mahdar.reading.features import Group

WEIGHTS = Path(__file__).with_name("weights.json")
REMEMBERED: Final = 50_000  # sums kept before they are forgotten


@dataclass(frozen=True, slots=True)
class Weights:
    """Feature weights by model: source and target slots, event or not, status, statement or not, position, tone of words, date."""

    source: Mapping[str, float]
    target: Mapping[str, float]
    event: Mapping[str, float]
    status: Mapping[str, Mapping[str, float]]
    statement: Mapping[str, float]
    threshold: float
    position: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    tone: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    date: Mapping[str, float] = field(default_factory=dict)

    @classmethod
    def load(cls, path: Path = WEIGHTS) -> Weights:
        """The weights that ship with the package, or those of another file of the same shape."""
        data = json.loads(path.read_text(encoding="utf-8"))
        later = {name: data.get(name, {}) for name in ("statement", "position", "tone", "date")}
        return cls(data["source"], data["target"], data["event"], data["status"], threshold=data["threshold"], **later)


def weigh(weights: Mapping[str, float], features: Mapping[str, float]) -> float:
    """The weighted sum of features."""
    total = 0.0
    for name, value in features.items():
        weight = weights.get(name)
        if weight is not None:
            total += weight * value
    return total


def summed(weights: Mapping[str, float], names: Iterable[str]) -> float:
    """The weighted sum of yes/no features."""
    return sum(map(weights.get, names, repeat(0.0)))


class Classes:
    """The models of several classes over the same features, laid out by feature: one look-up serves all classes."""

    __slots__ = ("_rows", "names")

    def __init__(self, models: Mapping[str, Mapping[str, float]]) -> None:
        self.names: tuple[str, ...] = tuple(sorted(models))
        self._rows: dict[str, list[tuple[int, float]]] = {}
        for number, name in enumerate(self.names):
            for feature, weight in models[name].items():
                self._rows.setdefault(feature, []).append((number, weight))

    def scores(self, features: Mapping[str, float]) -> dict[str, float]:
        """The weighted sum of each class, in the order of their names."""
        out = [0.0] * len(self.names)
        rows = self._rows
        for feature, value in features.items():
            row = rows.get(feature)
            if row is not None:
                for number, weight in row:
                    out[number] += weight * value
        return dict(zip(self.names, out, strict=True))


class Sums(dict[Any, float]):
    """Weighted sums of recurring groups of yes/no features, remembered: the same few thousand groups come back all the time.

    A key holds the arguments from which ``names`` makes the names of a group. ``sums[key]`` is its sum.
    """

    __slots__ = ("_names", "_weights")

    def __init__(self, weights: Mapping[str, float], names: Callable[..., tuple[str, ...]]) -> None:
        super().__init__()
        self._weights = weights
        self._names = names

    def __missing__(self, key: tuple[Any, ...]) -> float:
        if len(self) > REMEMBERED:
            self.clear()
        known = self[key] = summed(self._weights, self._names(*key))
        return known


class SlotSums(dict[Group, tuple[float, float]]):
    """What a group of features weighs for the source and for the target, remembered."""

    __slots__ = ("_source", "_target")

    def __init__(self, source: Mapping[str, float], target: Mapping[str, float]) -> None:
        super().__init__()
        self._source = source
        self._target = target

    def __missing__(self, group: Group) -> tuple[float, float]:
        if len(self) > REMEMBERED:
            self.clear()
        known = self[group] = (summed(self._source, group.names), summed(self._target, group.names))
        return known
