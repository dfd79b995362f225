"""Questions about what several reports add up to: requests, commitments, changes of stance, and the brief of an issue.

Nothing of this is stored: each question reads all reports that can bear on it anew, within one transaction, and looks up the words of the
rows it gives in the same transaction, so that spans and texts belong together whatever is written meanwhile.
"""

from __future__ import annotations

import difflib
from calendar import monthrange
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Any, Final, TypeVar

from sqlalchemy import Connection, and_, select

from mahdar.errors import QuestionError
from mahdar.record import ISSUES
from mahdar.register import wording
from mahdar.register.answers import ChangeRow, CommitmentRow, Origin, Quote, RequestRow, Side, Telling
from mahdar.register.brief import Brief, Line, brief, to_text
from mahdar.register.cite import Cite
from mahdar.register.commitments import Commitment, commitments
from mahdar.register.facts import Fact, FactReader
from mahdar.register.filters import Filters
from mahdar.register.ledger import Change, changes, ledger
from mahdar.register.material import Gathered, gather, material
from mahdar.register.names import Who
from mahdar.register.requests import Request, requests
from mahdar.register.schema import articles, versions
from mahdar.register.store import Store, read_reports
from mahdar.show import clean

OUTCOMES: Final = ("open", "accepted", "refused", "conditional")
FATES: Final = ("open", "kept", "dropped")
_AT_ONCE: Final = 200
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Source:
    """What derived rows are made with."""

    store: Store
    reader: FactReader
    names: Callable[[Mapping[str, str]], wording.Names]

    def gathered(self, connection: Connection, filters: Filters, *, facts: bool = True, held: bool = True) -> Gathered:
        """What the reports until the day asked for tell; of one publisher where one is asked for."""
        reports = read_reports(connection, until=filters.last, source=filters.source)
        return gather(reports, self.reader, facts=facts, held=held)


# ---------------------------------------------------------------------------------------------------- requests


def request_rows(source: Source, filters: Filters) -> Iterator[RequestRow]:
    """Requests, those last told of first."""
    with source.store.reading() as connection:
        gathered = source.gathered(connection, filters, held=False)
        people = _people(gathered.facts)
        sides = _Sides(source.names(gathered.called))
        found = [r for r in requests(gathered.facts) if _asked_for(r, filters, people)]
        chosen = _page(found, lambda r: (r.last, r.id), filters)
        quotes = _quotes(connection, (a.cite for r in chosen for a in r.accounts))
        rows = [_request(r, sides, quotes) for r in chosen]
    yield from rows


def _asked_for(r: Request, filters: Filters, people: Mapping[str, frozenset[str]]) -> bool:
    return (
        _involved(filters, {r.asker, r.asked}, r.facts, people)
        and _about(filters.on, r.issues, r.asked, r.facts, people)
        and (not filters.status or r.outcome in filters.status)
        and (filters.since is None or r.last >= filters.since)
    )


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
    with source.store.reading() as connection:
        gathered = source.gathered(connection, filters, held=False)
        people = _people(gathered.facts)
        sides = _Sides(source.names(gathered.called))
        found = [c for c in commitments(gathered.facts) if _promised(c, filters, people)]
        chosen = _page(found, lambda c: (c.day, c.id), filters)
        quotes = _quotes(connection, (cite for c in chosen for cite in (*c.cites, *c.fate_cites)))
        rows = [_commitment(c, sides, quotes) for c in chosen]
    yield from rows


def _promised(c: Commitment, filters: Filters, people: Mapping[str, frozenset[str]]) -> bool:
    return (
        _involved(filters, {c.by, c.to}, c.facts, people)
        and _about(filters.on, c.issues, c.to, c.facts, people)
        and (not filters.type or c.type in filters.type)
        and (not filters.status or c.fate in filters.status)
        and (filters.since is None or max(c.day, c.fate_day) >= filters.since)
    )


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
    with source.store.reading() as connection:
        gathered = source.gathered(connection, filters, facts=False)
        sides = _Sides(source.names(gathered.called))
        found = [c for c in changes(ledger(s for s in gathered.stands if s.day)) if _turned(c, filters)]
        chosen = _page(found, _turn_key, filters)
        quotes = _quotes(connection, (cite for c in chosen for cite in (c.before.cites[-1], c.after.cites[0])))
        rows = [_change(c, sides, quotes) for c in chosen]
    yield from rows


def _turn_key(c: Change) -> tuple[str, str]:
    return c.after.day, f"{c.holder}/{c.on}"


def _turned(c: Change, filters: Filters) -> bool:
    return (
        _involved(filters, {c.holder} if filters.between is None else {c.holder, c.on}, (), {})
        and _about(filters.on, (c.on,), c.on, (), {})
        and (not filters.status or c.after.stance in filters.status)
        and (filters.since is None or c.after.day >= filters.since)
    )


def _change(c: Change, sides: _Sides, quotes: Mapping[Cite, Quote]) -> ChangeRow:
    on_issue = c.on in ISSUES
    before, now = quotes[c.before.cites[-1]], quotes[c.after.cites[0]]
    return ChangeRow(
        holder=sides.one(c.holder), issue=c.on if on_issue else None, toward=None if on_issue else sides.one(c.on), before=c.before.stance, stance=c.after.stance,
        day=c.after.day, sources=c.after.sources, disputed=c.after.disputed, before_day=c.before.last, before_quote=before, report=now.report, span=now.span,
        text=now.text, cursor=".".join(_turn_key(c)),
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


def brief_page(source: Source, issue: str, filters: Filters) -> Page:
    """The brief of an issue from the reports until the day asked for."""
    with source.store.reading() as connection:
        gathered = source.gathered(connection, filters)
        until = "" if filters.until is None else last_day(filters.until)
        page = brief(issue, material(gathered, source.reader), until=until, since=filters.since or "")
        quotes = _quotes(connection, (cite for line in page.lines for each in (line, *line.under) for cite in each.cites))
    return Page(page, quotes, source.names(gathered.called))


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
        self._names = names

    def one(self, code: str) -> Side:
        return Side(code, self._names.of(code, "ar"), self._names.of(code, "en"))

    def of(self, code: str) -> Side | None:
        return self.one(code) if code else None


def _people(facts: Iterable[Fact]) -> dict[str, frozenset[str]]:
    return {fact.key: fact.people for fact in facts if fact.people}


def _is(who: Who, codes: Collection[str], facts: Sequence[str], people: Mapping[str, frozenset[str]]) -> bool:
    """Is somebody one of the parties, or (a person) one of those by whom the parties act?"""
    return who.code in codes if who.code is not None else any(who.person in people.get(key, ()) for key in facts)


def _involved(filters: Filters, codes: Collection[str], facts: Sequence[str], people: Mapping[str, frozenset[str]]) -> bool:
    asked = (*((filters.actor,) if filters.actor else ()), *(filters.between or ()))
    return all(_is(who, codes, facts, people) for who in asked)


def _about(on: str | Who | None, issues: Sequence[str], toward: str, facts: Sequence[str], people: Mapping[str, frozenset[str]]) -> bool:
    if on is None:
        return True
    return on in issues if isinstance(on, str) else _is(on, (toward,), facts, people)


def _page(found: Sequence[T], key: Callable[[T], tuple[str, str]], filters: Filters) -> list[T]:
    """The newest first, behind the cursor, no more than asked for."""
    last = None
    if filters.after is not None:
        day, dot, name = filters.after.partition(".")
        if not dot or not name:
            raise QuestionError(f"after is {filters.after!r}; it takes the cursor of a row")
        last = day, name
    ordered = sorted(found, key=key, reverse=True)
    return list(islice((each for each in ordered if last is None or key(each) < last), filters.limit))


def _quotes(connection: Connection, cites: Iterable[Cite]) -> dict[Cite, Quote]:
    """The words of citations, and the articles they stand in; of the texts themselves nothing is kept."""
    spans: dict[str, set[Cite]] = {}
    for cite in cites:
        spans.setdefault(cite.report, set()).add(cite)
    out: dict[Cite, Quote] = {}
    wanted = sorted(spans)
    current = and_(versions.c.article == articles.c.id, versions.c.number == articles.c.version)
    query = select(articles.c.key, versions.c.title, versions.c.source, versions.c.published, versions.c.url, versions.c.text).join_from(articles, versions, current)
    for start in range(0, len(wanted), _AT_ONCE):
        for row in connection.execute(query.where(articles.c.key.in_(wanted[start : start + _AT_ONCE]))):
            report = Origin(article=row.key, title=row.title, source=row.source, published=row.published, url=row.url)
            out |= {cite: Quote(report, cite.span, row.text[cite.span.start : cite.span.end]) for cite in spans[row.key]}
    return out
