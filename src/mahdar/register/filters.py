"""The one vocabulary in which questions are narrowed down, checked and resolved before any of it reaches the database."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from mahdar.errors import QuestionError
from mahdar.record import EVENT_TYPES
from mahdar.register.names import Names, Who, check_words

STATUSES: Final = ("actual", "planned", "denied", "possible")
STANCES: Final = ("support", "oppose", "conditional", "undecided")
_DAY = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?")
_AFTER_ALL = "~"  # sorts behind every digit and hyphen


@dataclass(frozen=True, slots=True)
class Filters:
    """What a question asks for. Days are inclusive and may be months or years; an empty tuple is no filter."""

    actor: Who | None = None
    between: tuple[Who, Who] | None = None
    type: tuple[str, ...] = ()
    on: str | Who | None = None
    since: str | None = None
    until: str | None = None
    source: str | None = None
    status: tuple[str, ...] = ()
    limit: int | None = None
    after: str | None = None

    @property
    def last(self) -> str | None:
        """A text that no day within ``until`` sorts behind."""
        return None if self.until is None else self.until + _AFTER_ALL

    @property
    def dated(self) -> bool:
        return self.since is not None or self.until is not None


def make(
    names: Names,
    *,
    actor: str | None = None,
    between: Sequence[str] | None = None,
    type: str | Iterable[str] | None = None,
    on: str | None = None,
    since: str | date | None = None,
    until: str | date | None = None,
    source: str | None = None,
    status: str | Iterable[str] | None = None,
    limit: int | None = None,
    after: str | None = None,
    statuses: Sequence[str] = STATUSES,
) -> Filters:
    """The filters a caller gives, checked; raises :class:`QuestionError`. ``statuses`` are those the question knows."""
    check_words("source", source)
    check_words("after", after)
    first, last = _day("since", since), _day("until", until)
    if first is not None and last is not None and first > last + _AFTER_ALL:
        raise QuestionError(f"since {first} is later than until {last}")
    if limit is not None and limit < 0:
        raise QuestionError(f"limit is {limit}; it counts rows")
    return Filters(
        actor=None if actor is None else names.who(actor, first, last),
        between=None if between is None else _two(names, between, first, last),
        type=_among("type", type, EVENT_TYPES),
        on=None if on is None else names.subject(on, first, last),
        since=first,
        until=last,
        source=source,
        status=_among("status", status, statuses),
        limit=limit,
        after=after,
    )


def refuse(question: str, filters: Filters, *unknown: str) -> None:
    """Say so where a filter means nothing to a question, rather than pass over it."""
    for name in unknown:
        if getattr(filters, name) not in (None, ()):
            raise QuestionError(f"{question} cannot be filtered by {name}")


def _two(names: Names, between: Sequence[str], since: str | None, until: str | None) -> tuple[Who, Who]:
    if isinstance(between, str) or len(between) != 2:
        raise QuestionError("between needs two actors")
    return names.who(between[0], since, until), names.who(between[1], since, until)


def _day(name: str, given: str | date | None) -> str | None:
    if given is None:
        return None
    words = given.isoformat()[:10] if isinstance(given, date) else given
    if not _DAY.fullmatch(words) or not _is_day(words):
        raise QuestionError(f"{name} is {words!r}; a day (2015-10-30), a month (2015-10) or a year is needed")
    return words


def _is_day(words: str) -> bool:
    try:
        date.fromisoformat(words + "-01-01"[len(words) - 4 :] if len(words) < 10 else words)
    except ValueError:
        return False
    return True


def _among(name: str, given: str | Iterable[str] | None, known: Sequence[str]) -> tuple[str, ...]:
    if given is None:
        return ()
    wanted = [given] if isinstance(given, str) else list(given)
    out: list[str] = []
    for word in wanted:
        found = {each.casefold(): each for each in known}.get(word.casefold())
        if found is None:
            near = difflib.get_close_matches(word.casefold(), [each.casefold() for each in known], n=1)
            hint = f"did you mean {next(each for each in known if each.casefold() == near[0])}?" if near else f"one of {', '.join(known)}"
            raise QuestionError(f"{name} {word!r} is not known; {hint}")
        out.append(found)
    return tuple(dict.fromkeys(out))
