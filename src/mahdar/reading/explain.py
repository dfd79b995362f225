"""Why a record is as it is: for every item and every rejected proposal, the rule, its tokens, its score and its rivals.

Data classes only. :class:`mahdar.reading.trace.Tracer` fills them for :meth:`Reader.explain`; the ``explain`` command
shows them.
"""

from __future__ import annotations

from dataclasses import dataclass

from mahdar.record import Record, Span


@dataclass(frozen=True, slots=True)
class Alternative:
    """A reading that lost: what it was, where it stood, its score, and why it lost."""

    label: str
    span: Span | None
    score: float
    reason: str


@dataclass(frozen=True, slots=True)
class Trace:
    """One decision.

    ``kind`` is actor, statement, event or position; ``index`` the item's place in that list of the record, −1 for a
    proposal that was rejected. ``spans`` name the words of each slot (trigger, source, target, cue, content …; "implied
    source" is the earlier mention of somebody the sentence leaves out), for actors by how each mention was found;
    ``features`` are (name, contribution to the score), weightiest first.
    """

    kind: str
    index: int
    rule: str
    spans: tuple[tuple[str, Span], ...] = ()
    score: float = 0.0
    features: tuple[tuple[str, float], ...] = ()
    alternatives: tuple[Alternative, ...] = ()


@dataclass(frozen=True, slots=True)
class Explanation:
    """The record of one article with the traces of all decisions taken for it: the record's actors, statements, events
    and positions in their order, then the rejected statements, events and positions, each best first."""

    record: Record
    items: tuple[Trace, ...] = ()
