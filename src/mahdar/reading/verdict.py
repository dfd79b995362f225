"""The second look at an act: what its first score is worth, seen with how its parties stand, where it is told and what else the article tells.

The first look (:mod:`mahdar.reading.choose`) weighs each way to fill an act's slots by itself, each sign by one number however strong it is. Here a few
measures of the likeliest ways run down small trees of yes/no questions, learned from what the first look said of articles it had not seen
(gradient boosting, Friedman 2001); the sum of the leaves they reach decides which way is told, if any. What each measure added on its way down
can be said (:meth:`Verdict.reasons`).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple, TypeAlias

from mahdar.reading.choose import Choice
from mahdar.reading.document import Document
from mahdar.reading.proposals import Proposal, Slot
from mahdar.reading.reference import Cast
from mahdar.reading.weights import Forest, Tree

_STANDING: Final = (
    "none", "subj", "lightsubj", "speaker", "crowd", "carrier", "agent", "topic", "gen", "obj", "objpron", "frame", "pp", "poss", "frameof", "objof",
    "relobj", "gen2", "adj", "of", "subjof", "lightsubjof", "mainsubj", "by", "said", "prep", "before", "bare", "controls", "protasis",
)  # fmt: skip
# What is measured of a way to fill an act's slots, in this order: nothing that what an article goes on to tell of others could change. Scores are of
# the first look; NEVER stands for one there is not.
MEASURES: Final = (
    "score",
    "behind",  # how far it lies behind the act's likeliest way, and before the second
    "ahead",
    "again",  # the best other telling of this type and these parties, and how many there are
    "tellings",
    "source score",
    "target score",
    "source gap",
    "target gap",
    "place",  # tokens of the sentence in front of the act
    "words",  # of the sentence
    "sentence",  # sentences in front of it
    "acts here",  # in the sentence
    "source mentions",
    "source named",
    "target mentions",
    "target distance",  # in tokens behind the act; 0: no target
    "source distance",
    "sources",  # how many parties on either side
    "targets",
    "behind here",  # how far behind the surest act of the sentence
    "source other",
    "target other",
    "same word",  # the best other act read from this word, of these parties, within two words
    "same parties",
    "near",
    "act",  # what the first look makes of the act by itself
    "kind",  # of its word, whether somebody says it, its status, how either party stands to it: places in CODED
    "said",
    "status",
    "source stands",
    "target stands",
)
# The values of measures that are words, those alike side by side, because a question asks for all up to one. Other kinds of words come behind them.
CODED: Final[dict[str, tuple[str, ...]]] = {
    "kind": ("verb", "noun", "participle", "phrase"),
    "said": ("no", "in", "cue"),
    "status": ("actual", "planned", "possible", "denied"),
    "source stands": _STANDING,
    "target stands": _STANDING,
}
_PLACES: Final = {measure: {value: float(at) for at, value in enumerate(values)} for measure, values in CODED.items()}
NEVER: Final = -9.0
# Meetings and agreements keep their first score: they are told again so often, in part and in full, that what else the article tells of them says little.
TOLD_AGAIN: Final = frozenset(("CONSULT", "AGREE"))
BIAS: Final = "second look"
Values: TypeAlias = tuple[float, ...]
Telling: TypeAlias = tuple[str, tuple[str, ...]]


class _Told(NamedTuple):
    """What the first look said of all acts of an article, sorted by what they have in common; best first."""

    tellings: dict[Telling, list[float]]
    parties: dict[tuple[str, ...], list[float]]
    words: dict[int, list[float]]
    sentences: dict[int, list[float]]


def measured(proposals: Sequence[Proposal], document: Document, cast: Cast) -> list[list[Values]]:
    """The measures of each way of each proposal, as :data:`MEASURES` has them; none where the first look has the last word. Slots must be filled."""
    told = _told(proposals)
    return [
        [] if p.choice is None or p.trigger.act.type in TOLD_AGAIN else [_measures(p, p.choice, way, told, document, cast) for way in range(len(p.ways))]
        for p in proposals
    ]


def _told(proposals: Sequence[Proposal]) -> _Told:
    told = _Told({}, {}, {}, {})
    for p in proposals:
        if p.choice is None:
            continue
        both = _both(p.source_codes, p.target_codes)
        told.tellings.setdefault((p.trigger.act.type, both), []).append(p.score)
        told.parties.setdefault(both, []).append(p.score)
        told.words.setdefault(p.trigger.at, []).append(p.score)
        told.sentences.setdefault(p.sentence, []).append(p.score)
    for table in (told.tellings, told.parties, told.words, told.sentences):
        for scores in table.values():
            scores.sort(reverse=True)
    return told


def _both(sources: tuple[str, ...], targets: tuple[str, ...]) -> tuple[str, ...]:
    if len(sources) == 1 and len(targets) <= 1:  # as nearly always, and sorting is slow
        return sources if not targets or sources == targets else (*sources, *targets) if sources < targets else (*targets, *sources)
    return tuple(sorted({*sources, *targets}))


def _measures(p: Proposal, choice: Choice, way: int, told: _Told, document: Document, cast: Cast) -> Values:
    """The measures of one way to fill a proposal's slots."""
    score, pair = p.ways[way]
    at, to, place, rank, source_codes, target_codes = pair
    source, target = p.sources[at], p.sources[to] if to >= 0 else None
    _, source_score, source_gap = choice.sources[place]
    _, target_score, target_gap = choice.targets[rank]
    sentence = document.sentences[p.sentence]
    best = p.score  # of the way taken at the first look, which is what the tables hold
    both = _both(source_codes, target_codes)
    own = both == _both(p.source_codes, p.target_codes)
    again = told.tellings.get((p.trigger.act.type, both), [])
    here = told.sentences[p.sentence]
    return (
        score, score - p.ways[0][0], score - p.ways[1][0] if len(p.ways) > 1 else -NEVER, _best(again, best, own), float(len(again) - own),
        source_score, target_score, source_gap, target_gap,
        float(p.trigger.at - sentence.first), float(sentence.last - sentence.first), float(p.sentence), float(len(here)),
        *_known(source, cast), _known(target, cast)[0], _distance(target, p), _distance(source, p), float(len(source_codes)), float(len(target_codes)),
        here[0] - best, float(_other(source_codes)), float(_other(target_codes)),
        _best(told.words[p.trigger.at], best, True), _best(told.parties.get(both, []), best, own),
        max([told.words[near][0] for near in (p.trigger.at - 2, p.trigger.at - 1, p.trigger.at + 1, p.trigger.at + 2) if near in told.words], default=NEVER),
        p.weighs, _place("kind", p.trigger.kind), _place("said", _said(p)), _place("status", p.status),
        _place("source stands", _stands(source)), _place("target stands", _stands(target)),
    )  # fmt: skip


def _place(measure: str, value: str) -> float:
    """Where a value stands among those of its measure; behind them all if it is none."""
    return _PLACES[measure].get(value, float(len(_PLACES[measure])))


def _said(p: Proposal) -> str:
    """Does the reporter tell the act, does it stand in what somebody says, or is it his saying so?"""
    if p.spoken is None:
        return "no"
    return "in" if p.spoken.content[0] <= p.trigger.at < p.spoken.content[1] else "cue"


def _stands(slot: Slot | None) -> str:
    """How a party stands to the act, without the preposition and the like."""
    return "none" if slot is None else slot.relation.partition(":")[0].partition(" ")[0].rstrip("?")


def _known(slot: Slot | None, cast: Cast) -> tuple[float, float]:
    """How often a party is mentioned, and whether by a name."""
    if slot is None or slot.entity < 0:
        return 0.0, 0.0
    entity = cast.entities[slot.entity]
    return float(len(entity.mentions)), float(entity.named)


def _distance(slot: Slot | None, p: Proposal) -> float:
    """How many tokens a party stands behind the act."""
    return float(slot.mention.first - p.trigger.at) if slot is not None and slot.mention is not None else 0.0


def _other(codes: tuple[str, ...]) -> bool:
    """Is one of them without a code of its own?"""
    return any(code.startswith("OTHER") for code in codes)


def _best(scores: list[float], own: float, among: bool) -> float:
    """The best of the scores, best first; but for one's own where it is among them."""
    if not among:
        return scores[0] if scores else NEVER
    if len(scores) < 2:
        return NEVER
    return scores[0] if scores[0] > own else scores[1]


class _Node:
    """A question of a tree as one type of act meets it, or a leaf, whose measure is -1; kept apart from the data because it is asked a thousand times an article."""

    def __init__(self, measure: int, number: float) -> None:
        self.measure = measure
        self.number = number  # the cut, or what the leaf adds
        self.below = self
        self.above = self


class Verdict:
    """What the trees say of measures."""

    def __init__(self, forest: Forest) -> None:
        self._forest = forest
        self._roots: dict[str, list[_Node]] = {}

    def of(self, values: Values, type_: str) -> float:
        """How sure it is that an act of this type is told so."""
        roots = self._roots.get(type_)
        if roots is None:
            roots = self._roots[type_] = [_grown(tree, type_) for tree in self._forest.trees]
        total = self._forest.bias
        for node in roots:
            while node.measure >= 0:
                node = node.below if values[node.measure] <= node.number else node.above
            total += node.number
        return total

    def reasons(self, values: Values, type_: str) -> dict[str, float]:
        """What each measure adds, by how far its questions move the mean of what can still be reached; with the bias their sum is :meth:`of`."""
        out = {BIAS: self._forest.bias}
        for tree in self._forest.trees:
            node = tree
            out[BIAS] += node[2] if isinstance(node, list) else node
            while isinstance(node, list):
                name, cut, number, below, above = node
                if name == "type":
                    called, node = f"type {type_}", below if type_ in cut else above
                else:
                    value = values[MEASURES.index(name)]
                    called, node = _called(name, value), below if value <= cut else above
                out[called] = out.get(called, 0.0) + (node[2] if isinstance(node, list) else node) - number
        return out


def _grown(tree: Tree, type_: str) -> _Node:
    """A tree as acts of one type meet it, without questions for the type."""
    while isinstance(tree, list) and tree[0] == "type":
        tree = tree[3] if type_ in tree[1] else tree[4]
    if not isinstance(tree, list):
        return _Node(-1, float(tree))
    node = _Node(MEASURES.index(tree[0]), float(tree[1]))
    node.below, node.above = _grown(tree[3], type_), _grown(tree[4], type_)
    return node


def _called(measure: str, value: float) -> str:
    """A measure with its value, for explaining."""
    if measure in CODED:
        return f"{measure} {CODED[measure][int(value)] if value < len(CODED[measure]) else 'otherwise'}"
    return f"{measure} {'never' if value == NEVER else f'{value:.3g}'}"
