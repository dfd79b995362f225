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
SYMMETRIC = frozenset(("CONSULT", "AGREE", "REJECT", "COOPERATE"))  # events compared without regard to who is source and who target
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
    """Somebody who fills a slot of the record, or the state or body such a person acts for where the text names it too.

    ``romanised`` says that ``name_en`` is our transliteration, not a known name.
    """

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


@dataclass(frozen=True, slots=True)
class Record:
    """What one article reports. ``article`` travels along so that spans can be shown as words; it is not part of the JSON."""

    id: str
    published: str | None
    body: tuple[Span, ...] = ()
    actors: tuple[Actor, ...] = ()
    statements: tuple[Statement, ...] = ()
    events: tuple[Event, ...] = ()
    positions: tuple[Position, ...] = ()
    article: Article | None = field(default=None, compare=False, repr=False)

    def actor(self, key: str) -> Actor:
        """The actor with id ``key``."""
        for actor in self.actors:
            if actor.id == key:
                return actor
        raise KeyError(key)

    def text(self, span: Span) -> str:
        """The words a span stands for; needs the article."""
        if self.article is None:
            raise RecordError("this record was loaded without its article; pass the article to Record.from_json")
        return self.article.text[span.start : span.end]

    def to_json(self) -> dict[str, Any]:
        """The JSON form of the format: plain lists, strings and nulls."""
        return {
            "id": self.id,
            "published": self.published,
            "body": [list(span) for span in self.body],
            "actors": [_plain(actor) for actor in self.actors],
            "statements": [_plain(statement) for statement in self.statements],
            "events": [_plain(event) for event in self.events],
            "positions": [_plain(position) for position in self.positions],
        }

    @classmethod
    def from_json(cls, data: dict[str, Any], article: Article | None = None) -> Record:
        """A record from its JSON form; unknown fields are ignored, missing ones raise :class:`RecordError`."""
        try:
            return cls(
                id=str(data["id"]),
                published=data.get("published"),
                body=tuple(Span(*span) for span in data["body"]),
                actors=tuple(_build(Actor, row) for row in data["actors"]),
                statements=tuple(_build(Statement, row) for row in data["statements"]),
                events=tuple(_build(Event, row) for row in data["events"]),
                positions=tuple(_build(Position, row) for row in data["positions"]),
                article=article,
            )
        except (KeyError, TypeError, ValueError) as error:
            raise RecordError(f"record {data.get('id')!r}: missing or malformed field {error}") from error

    def _repr_html_(self) -> str:
        from mahdar.show import to_html

        return to_html(self)


_SPANS = frozenset(("cue", "content", "evidence", "occasion", "trigger"))


def _plain(item: Any) -> dict[str, Any]:
    out: dict[str, Any] = {}
    for name in item.__slots__:
        value = getattr(item, name)
        if isinstance(value, Span):
            value = list(value)
        elif isinstance(value, tuple):
            value = [list(v) if isinstance(v, Span) else v for v in value]
        out[name] = value
    return out


def _build(kind: type[Any], row: dict[str, Any]) -> Any:
    known = {}
    for name in kind.__slots__:
        if name not in row:
            continue
        value = row[name]
        if name in _SPANS and value is not None:
            value = Span(*value)
        elif name == "mentions":
            value = tuple(Span(*v) for v in value)
        elif isinstance(value, list):
            value = tuple(value)
        known[name] = value
    return kind(**known)
