"""Linear models over named features: the weights file and the weighted sum.

Weights live in ``weights.json`` (readable, sorted, rounded), learned by ``make train`` and shown by ``mahdar explain``. A missing feature
weighs nothing, so a new rule works before it is trained.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from itertools import repeat
from pathlib import Path
from typing import Any

WEIGHTS = Path(__file__).with_name("weights.json")


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


class Classes:
    """The models of several classes over the same features, laid out by feature: one look-up serves all classes."""

    __slots__ = ("_rows", "names")

    def __init__(self, models: Mapping[str, Mapping[str, float]]) -> None:
        self.names: tuple[str, ...] = tuple(sorted(models))
        self._rows: dict[str, list[tuple[str, float]]] = {}
        for name in self.names:
            for feature, weight in models[name].items():
                self._rows.setdefault(feature, []).append((name, weight))

    def scores(self, features: Mapping[str, float]) -> dict[str, float]:
        """The weighted sum of each class, in the order of their names."""
        out = dict.fromkeys(self.names, 0.0)
        for feature, value in features.items():
            for name, weight in self._rows.get(feature, ()):
                out[name] += weight * value
        return out


class Sums(dict[Any, float]):
    """Weighted sums of recurring groups of yes/no features, remembered: the same few thousand groups come back all the time.

    A group is a tuple of feature names; with ``names``, the arguments from which that function makes them. ``sums[group]`` is its sum.
    """

    __slots__ = ("_names", "_weights")

    def __init__(self, weights: Mapping[str, float], names: Callable[..., tuple[str, ...]] | None = None) -> None:
        super().__init__()
        self._weights = weights
        self._names = names

    def __missing__(self, group: tuple[Any, ...]) -> float:
        if len(self) > 50_000:
            self.clear()
        names = group if self._names is None else self._names(*group)
        known = self[group] = sum(map(self._weights.get, names, repeat(0.0)))
        return known

    def weight(self, name: str) -> float:
        """The weight of one feature."""
        return self._weights.get(name, 0.0)
