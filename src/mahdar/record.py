"""The data model: an article and the record read from it.

Everything is frozen and slotted; spans are half-open offsets, in Unicode code points, into the article's raw text.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple

from mahdar.errors import RecordError

Kind = Literal["person", "state", "organisation", "group"]
Status = Literal["actual", "planned", "denied", "possible"]
Stance = Literal["support", "oppose", "conditional", "undecided"]
Mode = Literal["direct", "indirect"]

EVENT_TYPES: tuple[str, ...] = (
    "AGREE", "CONSULT", "SUPPORT", "COOPERATE", "AID", "CONCEDE", "RETREAT",
    "REQUEST", "ACCUSE", "REJECT", "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
)  # fmt: skip
ISSUES: tuple[str, ...] = (
    "anti-isis", "syria-settlement", "assad-future", "iran-nuclear", "ukraine", "yemen", "palestine", "libya", "iraq",
    "lebanon", "terrorism", "refugees", "sanctions", "arms", "trade", "oil", "regional-security", "human-rights",
)  # fmt: skip
ROLES: tuple[str, ...] = (
    "head_of_state", "head_of_government", "monarch", "crown_prince", "foreign_minister", "defence_minister", "minister",
    "spokesperson", "ambassador", "envoy", "legislator", "military", "official", "party_leader", "rebel_leader",
    "religious_leader", "expert", "journalist", "source", "citizen", "other",
)  # fmt: skip


class Span(NamedTuple):
    """Half-open ``[start, end)`` in code points of the raw text."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Article:
    """One report as given: raw text, never cleaned.

    ``published`` is an ISO date or date-time or None; ``source`` the publisher's name or site as the input names it.
    """

    id: str
    text: str
    title: str = ""
    published: str | None = None
    source: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody who fills a slot of the record; ``romanised`` says that ``name_en`` is our transliteration, not a known name."""

    id: str
    kind: Kind
    name: str
    name_en: str | None
    code: str | None
    role: str | None = None
    mentions: tuple[Span, ...] = ()
    romanised: bool = False
    lexicon: str | None = None


@dataclass(frozen=True, slots=True)
class Statement:
    """Reported words: who, by which cue, relayed by whom; ``content`` is verbatim."""

    speaker: str | None
    mode: Mode
    cue: Span
    content: Span
    via: str | None = None
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Event:
    """One interaction in PLOVER terms; ``source`` and ``target`` are actor ids (persons where the text names them)."""

    type: str
    status: Status
    source: tuple[str, ...]
    target: tuple[str, ...]
    evidence: Span
    rule: str
    date: str | None = None
    place: str | None = None
    mode: str | None = None
    about: tuple[str, ...] = ()
    occasion: Span | None = None
    trigger: Span | None = None


@dataclass(frozen=True, slots=True)
class Position:
    """What ``holder`` (actor id) holds ``on`` an issue or an actor id."""

    holder: str
    on: str
    stance: Stance
    evidence: Span
    rule: str
