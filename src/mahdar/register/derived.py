"""Questions about what several reports add up to: requests, commitments, changes of stance, and the brief of an issue.

Answers come from the tables that :mod:`derive` keeps, and the words of their rows in the same transaction, so that spans and texts belong
together whatever is written meanwhile.
"""

from __future__ import annotations

import contextlib
import difflib
from calendar import monthrange
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice
from typing import Any, Final

from sqlalchemy import Connection, Select, select

from mahdar.errors import QuestionError
from mahdar.lexicon.model import Lexicon
from mahdar.record import ISSUES
from mahdar.register import bearing, matters, occasions, turns, wording
from mahdar.register.answers import ChangeRow, CommitmentRow, OccurrenceRow, Origin, Quote, RequestRow, Side, Telling
from mahdar.register.brief import Brief, to_text
from mahdar.register.brief import page as made_page
from mahdar.register.cite import Cite
from mahdar.register.commitments import Commitment
from mahdar.register.derive import names_called, settle_all, waits_in
from mahdar.register.facts import FactReader
from mahdar.register.filters import Filters
from mahdar.register.given import as_given, listed
from mahdar.register.lines import Line
from mahdar.register.memo import Memo
from mahdar.register.names import Who
from mahdar.register.occasions import Occasion
from mahdar.register.requests import Request
from mahdar.register.schema import CURRENT, articles, versions
from mahdar.register.store import Store
from mahdar.register.told import tell
from mahdar.register.turns import Turn
from mahdar.show import clean

OUTCOMES: Final = ("open", "accepted", "refused", "conditional")
FATES: Final = ("open", "kept", "dropped")
_AT_ONCE: Final = 200


class Source:
    """What derived rows are made with. What is derived is brought up to date first where another Mahdar left it behind."""

    def __init__(self, store: Store, lexicon: Callable[[], Lexicon], memo: Memo | None = None) -> None:
        self.store = store
        self.memo = Memo() if memo is None else memo
        self._lexicon = lexicon
        self._reader: FactReader | None = None
        self._names: wording.Names | None = None
        self._settled = False

    @property
    def reader(self) -> FactReader:
        """Made where it is needed: it takes a second."""
        if self._reader is None:
            self._reader = FactReader(self._lexicon())
        return self._reader

    @contextlib.contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection that sees the register at one moment, nothing pending."""
        held = self.memo.here()
        with self.store.reading() as connection:
            if "settled" in held or not waits_in(connection):
                held["settled"] = True
                yield connection
                return
        settle_all(self.store, lambda report, rulings: tell(report, self.reader, rulings), self.reader.weight)
        with self.store.reading() as connection:
            yield connection

    def sides(self, connection: Connection, codes: Iterable[str]) -> _Sides:
        """What parties are called."""
        lexicon = self._lexicon()
        if self._names is None:
            self._names = wording.Names(lexicon)
        others = set(codes) - lexicon.state_names.keys()  # states are called as the lexicon calls them
        held = self.memo.here()
        if missing := sorted(code for code in others if ("called", code) not in held):
            found = names_called(connection, missing)
            held |= {("called", code): found.get(code) for code in missing}
        return _Sides(self._names.called({code: name for code in others if (name := held["called", code]) is not None}))


# ---------------------------------------------------------------------------------------------------- requests


def request_rows(source: Source, filters: Filters) -> Iterator[RequestRow]:
    """Requests, those last told of first."""
    with source.reading() as connection:
        chosen = list(islice(matters.found(connection, matters.REQUESTS, filters, _behind(filters)), filters.limit))
        sides = source.sides(connection, (code for r in chosen for code in (r.asker, r.asked, *(a.by for a in r.accounts))))
        quotes = _quotes(connection, (a.cite for r in chosen for a in r.accounts))
        rows = [_request(r, sides, quotes) for r in chosen]
    yield from rows


def _request(r: Request, sides: _Sides, quotes: Mapping[Cite, Quote]) -> RequestRow:
    main = quotes[next((a for a in r.accounts if a.says == "asked"), r.accounts[0]).cite]
    accounts = tuple(Telling(sides.of(a.by), a.says, a.day or None, quotes[a.cite]) for a in r.accounts)
    return RequestRow(
        asker=sides.one(r.asker), asked=sides.one(r.asked), about=r.issues, outcome=r.outcome, differ=r.differ, first=r.first or None, day=r.last or None,
        accounts=accounts, report=main.report, span=main.span, text=main.text, id=r.id, cursor=f"{r.last}.{r.id}",
    )  # fmt: skip


# ---------------------------------------------------------------------------------------------------- commitments


def commitment_rows(source: Source, filters: Filters) -> Iterator[CommitmentRow]:
    """Commitments, the latest first."""
    with source.reading() as connection:
        chosen = list(islice(matters.found(connection, matters.COMMITMENTS, filters, _behind(filters)), filters.limit))
        sides = source.sides(connection, (code for c in chosen for code in (c.by, c.to)))
        quotes = _quotes(connection, (cite for c in chosen for cite in (*c.cites, *c.fate_cites)))
        rows = [_commitment(c, sides, quotes) for c in chosen]
    yield from rows


def _commitment(c: Commitment, sides: _Sides, quotes: Mapping[Cite, Quote]) -> CommitmentRow:
    told = tuple(quotes[cite] for cite in c.cites)
    return CommitmentRow(
        by=sides.one(c.by), to=sides.of(c.to), type=c.type, about=c.issues, fate=c.fate, day=c.day or None, fate_day=c.fate_day or None,
        fate_quotes=tuple(quotes[cite] for cite in c.fate_cites), quotes=told, report=told[0].report, span=told[0].span, text=told[0].text,
        id=c.id, cursor=f"{c.day}.{c.id}",
    )  # fmt: skip


# ---------------------------------------------------------------------------------------------------- changes


def change_rows(source: Source, filters: Filters) -> Iterator[ChangeRow]:
    """Turns of a holder's stance, the latest first. Undated reports tell of none: nobody knows what they came before."""
    with source.reading() as connection:
        chosen = turns.found(connection, filters, _behind(filters))
        sides = source.sides(connection, (code for turn in chosen for code in (turn.holder, turn.on)))
        quotes = _quotes(connection, (cite for turn in chosen for cite in (turn.before_cite, turn.cite)))
        rows = [_change(turn, sides, quotes) for turn in chosen]
    yield from rows


def _change(turn: Turn, sides: _Sides, quotes: Mapping[Cite, Quote]) -> ChangeRow:
    on_issue = turn.on in ISSUES
    before, now = quotes[turn.before_cite], quotes[turn.cite]
    return ChangeRow(
        holder=sides.one(turn.holder), issue=turn.on if on_issue else None, toward=None if on_issue else sides.one(turn.on), before=turn.before, stance=turn.stance,
        day=turn.day, sources=turn.sources, disputed=turn.disputed, before_day=turn.before_day, before_quote=before, report=now.report, span=now.span,
        text=now.text, cursor=".".join(turn.key),
    )  # fmt: skip


def occurrence_rows(source: Source, filters: Filters) -> Iterator[OccurrenceRow]:
    """Events in the world, the latest first, a page at a time."""
    behind, left = _behind(filters), filters.limit
    while left is None or left > 0:
        size = _AT_ONCE if left is None else min(_AT_ONCE, left)
        with source.reading() as connection:
            chosen = occasions.found(connection, replace(filters, limit=size), behind, source.memo)
            sides = source.sides(connection, (code for one in chosen for code in (*one.doers, *one.others)))
            quotes = _quotes(connection, (cite for one in chosen for cite in one.cites))
            rows = [_occurrence(one, sides, quotes) for one in chosen]
        yield from rows
        if len(chosen) < size:
            return
        behind, left = (chosen[-1].day, chosen[-1].key), None if left is None else left - size


def occurrence(source: Source, connection: Connection, one: Occasion) -> OccurrenceRow:
    """One occurrence as a row."""
    return _occurrence(one, source.sides(connection, (*one.doers, *one.others)), _quotes(connection, one.cites))


def _occurrence(one: Occasion, sides: _Sides, quotes: Mapping[Cite, Quote]) -> OccurrenceRow:
    told = tuple(quotes[cite] for cite in one.cites)
    return OccurrenceRow(
        type=one.type, status=one.status, day=one.day or None, place=one.place, about=one.issues, who=tuple(map(sides.one, one.doers)),
        whom=tuple(map(sides.one, one.others)), sources=one.sources, disagreements=one.disagreements, quotes=told, report=told[0].report, span=told[0].span,
        text=told[0].text, id=one.key, cursor=f"{one.day}.{one.key}",
    )  # fmt: skip


def refuse_people(question: str, filters: Filters) -> None:
    """Stances are kept by the state or body they are held for: say so where a person is asked for."""
    asked = (filters.actor, *(filters.between or ()), filters.on)
    person = next((who.person for who in asked if isinstance(who, Who) and who.person), None)
    if person is not None:
        raise QuestionError(f"{question} are of states and bodies; {person!r} is a person, `mahdar positions` has what persons hold")


# ---------------------------------------------------------------------------------------------------- the brief


@dataclass(frozen=True, slots=True)
class Page:
    """The brief of an issue with the words of each line."""

    brief: Brief
    quotes: Mapping[Cite, Quote]
    names: wording.Names

    @property
    def lines(self) -> tuple[Line, ...]:
        return self.brief.lines

    def section(self, name: str) -> tuple[Line, ...]:
        """The lines of one section: in, refuses, undecided, failures, meetings, planned, requests, cooperation, commitments, blocks, changes."""
        return self.brief.section(name)

    def words(self, line: Line) -> tuple[Quote, ...]:
        """The words a line rests on."""
        return tuple(self.quotes[cite] for cite in line.cites)

    def to_text(self, language: wording.Language = "en") -> str:
        """The page in English or Arabic, without characters that could command a terminal."""
        return clean(to_text(self.brief, language=language, names=self.names, quote=lambda cite: clean(self.quotes[cite].text)))

    def to_json(self) -> dict[str, Any]:
        """The page as a JSON object."""
        lines = [self._line(line) for line in self.lines]
        return {"issue": self.brief.issue, "until": self.brief.until or None, "since": self.brief.since or None, "lines": lines}

    def _line(self, line: Line) -> dict[str, Any]:
        cites = [quote.to_json() for quote in self.words(line)]
        return {
            "section": line.section, "kind": line.kind, "who": list(line.who), "with": list(line.with_), "on": line.on or None, "day": line.day or None,
            "status": line.status, "place": line.place or None, "sources": line.sources, "cites": cites, "under": [self._line(under) for under in line.under],
        }  # fmt: skip


def brief_page(source: Source, issue: str, filters: Filters, *, camps: bool = True) -> Page:
    """The brief of an issue from the reports until the day asked for; without ``camps`` not who is for it or against it."""
    with source.reading() as connection:
        until = bearing.last_report(connection) if filters.until is None else last_day(filters.until)
        found = bearing.Bearing(connection, issue, filters, source, until=until)
        page = made_page(issue, found, until=until, since=filters.since or "", camps=camps)
        quotes = _quotes(connection, (cite for line in page.lines for each in (line, *line.under) for cite in each.cites))
        sides = source.sides(connection, (code for line in page.lines for each in (line, *line.under) for code in (*each.who, *each.with_)))
    return Page(page, quotes, sides.names)


def the_issue(name: str) -> str:
    """The issue of that name; raises :class:`QuestionError`."""
    wanted = "-".join(name.casefold().split())
    if wanted not in ISSUES:
        near = difflib.get_close_matches(wanted, ISSUES, n=1, cutoff=0.6)
        hint = f"did you mean {near[0]}?" if near else f"they are {', '.join(ISSUES)}"
        raise QuestionError(f"{name!r} is no issue; {hint}")
    return wanted


def last_day(words: str) -> str:
    """The last day of a day, month or year."""
    if len(words) == 4:
        return f"{words}-12-31"
    if len(words) == 7:
        year, month = int(words[:4]), int(words[5:])
        return date(year, month, monthrange(year, month)[1]).isoformat()
    return words


# ---------------------------------------------------------------------------------------------------- shared


class _Sides:
    """Codes with their names."""

    def __init__(self, names: wording.Names) -> None:
        self.names = names

    def one(self, code: str) -> Side:
        return Side(code, self.names.of(code, "ar"), self.names.of(code, "en"))

    def of(self, code: str) -> Side | None:
        return self.one(code) if code else None


def _behind(filters: Filters) -> tuple[str, str] | None:
    """The place that a cursor names."""
    if filters.after is None:
        return None
    day, dot, name = filters.after.partition(".")
    if not dot or not name:
        raise QuestionError(f"after is {filters.after!r}; it takes the cursor of a row")
    return day, name


def _quotes(connection: Connection, cites: Iterable[Cite]) -> dict[Cite, Quote]:
    """The words of citations, and the articles they stand in; of the texts themselves nothing is kept."""
    spans: dict[str, set[Cite]] = {}
    for cite in cites:
        spans.setdefault(cite.report, set()).add(cite)
    out: dict[Cite, Quote] = {}
    wanted = sorted(spans)
    for start in range(0, len(wanted), _AT_ONCE):
        for row in connection.execute(_TEXTS, {"given": as_given((key,) for key in wanted[start : start + _AT_ONCE])}):
            report = Origin(article=row.key, title=row.title, source=row.source, published=row.published, url=row.url)
            out |= {cite: Quote(report, cite.span, row.text[cite.span.start : cite.span.end]) for cite in spans[row.key]}
    return out


def _texts() -> Select[Any]:
    asked, v = listed(key=str), versions.c
    query = select(articles.c.key, v.title, v.source, v.published, v.url, v.text).join_from(asked, articles, articles.c.key == asked.c.key)
    return query.join(versions, CURRENT)


_TEXTS: Final = _texts()
behind, quotes = _behind, _quotes
