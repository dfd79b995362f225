"""What holds of every record, whatever the text it was read from; and which of it a given record breaks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, get_args

from mahdar.record import EVENT_TYPES, ISSUES, Kind, Mode, Record, Span, Stance, Status

_KINDS: Final = frozenset(get_args(Kind))
_MODES: Final = frozenset(get_args(Mode))
_STATUSES: Final = frozenset(get_args(Status))
_STANCES: Final = frozenset(get_args(Stance))


def faults(record: Record, text: str) -> Iterator[str]:
    """What is wrong with a record read from ``text``, each in some words; nothing of a sound one.

    Spans are half-open, in code points of ``text``, and hold something; what is named by an id is there; closed sets are kept to.
    """
    yield from _names(record)
    yield from _body(record, text)
    known = {actor.id for actor in record.actors}
    for actor in record.actors:
        yield from _spans(f"actor {actor.id}", text, mention=actor.mentions)
    for n, statement in enumerate(record.statements):
        where = f"statement {n}"
        yield from _spans(where, text, cue=(statement.cue,), content=(statement.content,))
        yield from _known(where, known, statement.speaker, statement.via)
        if statement.mode not in _MODES:
            yield f"{where}: mode {statement.mode!r}"
    for n, event in enumerate(record.events):
        where = f"event {n}"
        spans = {"evidence": event.evidence, "occasion": event.occasion, "trigger": event.trigger}
        yield from _spans(where, text, **{name: (span,) for name, span in spans.items() if span is not None})
        yield from _known(where, known, *event.source, *event.target)
        if event.type not in EVENT_TYPES or event.status not in _STATUSES:
            yield f"{where}: type {event.type!r}, status {event.status!r}"
    for n, position in enumerate(record.positions):
        where = f"position {n}"
        yield from _spans(where, text, evidence=(position.evidence,))
        yield from _known(where, known | set(ISSUES), position.on)
        yield from _known(where, known, position.holder)
        if position.stance not in _STANCES:
            yield f"{where}: stance {position.stance!r}"


def _names(record: Record) -> Iterator[str]:
    seen: set[str] = set()
    for actor in record.actors:
        if actor.id in seen or actor.id in ISSUES:
            yield f"actor {actor.id}: two things of this id"
        if actor.kind not in _KINDS or not actor.name:
            yield f"actor {actor.id}: kind {actor.kind!r}, name {actor.name!r}"
        seen.add(actor.id)


def _body(record: Record, text: str) -> Iterator[str]:
    yield from _spans("body", text, part=record.body)
    for before, after in zip(record.body, record.body[1:], strict=False):
        if after.start < before.end:
            yield f"body: {list(after)} does not come after {list(before)}"


def _spans(where: str, text: str, **named: tuple[Span, ...]) -> Iterator[str]:
    for name, spans in named.items():
        for span in spans:
            if not 0 <= span.start < span.end <= len(text):
                yield f"{where}: {name} {list(span)} is not inside the text of {len(text)} characters"
            elif not text[span.start : span.end].strip():
                yield f"{where}: {name} {list(span)} holds nothing"


def _known(where: str, known: set[str], *named: str | None) -> Iterator[str]:
    for name in named:
        if name is not None and name not in known:
            yield f"{where}: names {name!r}, who is not in the record"
