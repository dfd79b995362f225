"""The second look at an act: what its first score is worth, seen with how its parties stand, where it is told and what else the article tells.

The first look (:mod:`mahdar.reading.choose`) weighs an act by itself, each sign by one number however strong it is. Here a few measures of the best
way to fill its slots are looked up in tables of steps, learned from what the first look said of articles it had not seen; their sum decides.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from typing import Final, TypeAlias

from mahdar.reading.document import Document
from mahdar.reading.proposals import Proposal
from mahdar.reading.reference import Cast

_SCORES: tuple[float, ...] = (-3.0, -2.5, -2.0, -1.6, -1.3, -1.0, -0.8, -0.6, -0.4, -0.2, 0.0, 0.2, 0.4, 0.7, 1.0, 1.4, 1.9, 2.5)
_SHARES: tuple[float, ...] = (-0.6, -0.3, -0.1, -0.001, 0.001, 0.1, 0.2, 0.3, 0.45, 0.6, 0.8, 0.999)
# The measures with the values at which their steps begin.
MEASURES: Final[Mapping[str, tuple[float, ...]]] = {
    "score": _SCORES,
    "again": (-5.0, -3.0, -2.0, -1.4, -1.0, -0.6, -0.3, 0.0, 0.4, 0.9, 1.5),  # the best score of another telling of this type and these parties
    "target score": _SHARES,
    "target gap": (-0.999, -0.7, -0.5, -0.35, -0.25, -0.15, -0.08, -0.001),
    "target distance": (-12.0, -6.0, -3.0, -1.0, 0.0, 1.0, 2.0, 3.0, 4.0, 6.0, 9.0, 14.0, 20.0),  # in tokens behind the act; 0: no target
    "place": (1.0, 2.0, 3.0, 5.0, 8.0, 12.0, 16.0, 21.0, 27.0, 35.0, 50.0),  # tokens of the sentence in front of the act
    "words": (8.0, 14.0, 19.0, 24.0, 30.0, 36.0, 44.0, 55.0, 75.0),  # of the sentence
    "source named": (1.0,),
}
# What these are worth differs from one type of act to another (a request without its addressee, a protest told without its target).
TYPED: Final[Mapping[str, tuple[float, ...]]] = {"target score": (-0.1, -0.001, 0.001, 0.2, 0.45, 0.8)}
# Meetings and agreements keep their first score: they are told again so often, in part and in full, that what else the article tells of them says little.
TOLD_AGAIN: Final = frozenset(("CONSULT", "AGREE"))
BIAS: Final = "second look"
NEVER: Final = -9.0  # no other telling
Values: TypeAlias = tuple[float, ...]
Telling: TypeAlias = tuple[str, tuple[str, ...]]


def measured(proposals: Sequence[Proposal], document: Document, cast: Cast) -> list[Values | None]:
    """The measures of each proposal, in the order of :data:`MEASURES`; None where the first look has the last word. Slots must be filled."""
    tellings: dict[Telling, list[float]] = {}
    for p in proposals:
        if p.option is not None:
            tellings.setdefault(_telling(p), []).append(p.score)
    for scores in tellings.values():
        scores.sort(reverse=True)
    out: list[Values | None] = []
    for p in proposals:
        option = p.option
        if option is None or p.trigger.act.type in TOLD_AGAIN:
            out.append(None)
            continue
        sentence = document.sentences[p.sentence]
        source, target = option.source, option.target
        distance = target.mention.first - p.trigger.at if target is not None and target.mention is not None else 0
        named = source.entity >= 0 and cast.entities[source.entity].named
        _, target_score, _, target_gap = option.scores
        out.append(
            (
                p.score, _other(tellings[_telling(p)], p.score), target_score, target_gap,
                float(distance), float(p.trigger.at - sentence.first), float(sentence.last - sentence.first), float(named),
            )
        )  # fmt: skip
    return out


def _telling(p: Proposal) -> Telling:
    """What tellings of one act have in common: its type and its parties."""
    return p.trigger.act.type, tuple(sorted({*p.source_codes, *p.target_codes}))


def _other(scores: list[float], own: float) -> float:
    """The best of the scores but for one's own; they are sorted, best first."""
    if len(scores) < 2:
        return NEVER
    return scores[0] if scores[0] > own else scores[1]


def steps(values: Values, type_: str) -> list[str]:
    """The names of the steps that the values of an act of this type stand on, with the bias: the features of the second look."""
    named = dict(zip(MEASURES, values, strict=True))
    return [
        BIAS,
        *(f"{name} {_step(cuts, named[name])}" for name, cuts in MEASURES.items()),
        *(f"{type_} {name} {_step(cuts, named[name])}" for name, cuts in TYPED.items()),
    ]


def _step(cuts: tuple[float, ...], value: float) -> str:
    at = bisect_right(cuts, value)
    return f"below {cuts[0]:g}" if at == 0 else f"from {cuts[at - 1]:g}"


class Verdict:
    """What the steps weigh, looked up by measure."""

    __slots__ = ("_tables", "_weights")

    def __init__(self, weights: Mapping[str, float]) -> None:
        self._weights = weights
        self._tables: dict[str, list[tuple[int, tuple[float, ...], list[float]]]] = {}

    def of(self, values: Values, type_: str) -> float:
        """How sure it is that an act of this type is told."""
        tables = self._tables.get(type_)
        if tables is None:
            tables = self._tables[type_] = self._made(type_)
        total = self._weights.get(BIAS, 0.0)
        for at, cuts, table in tables:
            total += table[bisect_right(cuts, values[at])]
        return total

    def _made(self, type_: str) -> list[tuple[int, tuple[float, ...], list[float]]]:
        """The tables of a type: which measure, its steps, what each weighs."""
        at = {name: number for number, name in enumerate(MEASURES)}
        kinds = [*((name, name, cuts) for name, cuts in MEASURES.items()), *((name, f"{type_} {name}", cuts) for name, cuts in TYPED.items())]
        return [
            (at[name], cuts, [self._weights.get(f"{called} {_step(cuts, value)}", 0.0) for value in (cuts[0] - 1, *cuts)]) for name, called, cuts in kinds
        ]  # fmt: skip
