"""Questions that look over the register: which articles it holds, where everybody stood from when to when, with whom somebody deals, how much happened.

They walk the same tables as the other questions; nothing is stored for them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, islice
from typing import Any, ClassVar, Final

from sqlalchemy import Connection, Select, Text, and_, case, cast, func, literal, select, tuple_, union_all

from mahdar.errors import QuestionError
from mahdar.record import ISSUES, Span
from mahdar.register import derived, fetch, find, search
from mahdar.register.answers import OccurrenceRow, Origin, Quote, Side, _Cited, _flat, _quoted, _side
from mahdar.register.cite import Cite
from mahdar.register.filters import Filters
from mahdar.register.given import given
from mahdar.register.memo import Memo
from mahdar.register.occasions import of_key
from mahdar.register.schema import CURRENT, actors, articles, event_pairs, events, holdings, named, occurrence_marks, stances, statements, versions
from mahdar.register.tallies import COOPERATION

_PAGE: Final = 50
_BEHIND_ALL: Final = "~"  # sorts behind every day
_MONTH: Final = 7  # characters
_YEARS: Final = 3  # of a timeline that are counted one by one
_LEAD: Final = 240  # characters of an article shown in a list


# ---------------------------------------------------------------------------------------------------- articles


@dataclass(frozen=True, slots=True)
class ArticleRow(_Cited):
    """A stored article: when it appeared, how its text begins, and how much was read in it."""

    columns: ClassVar[tuple[str, ...]] = (
        "article", "day", "title", "source", "published", "url", "version", "actors", "statements", "events", "start", "end", "text", "cursor",
    )  # fmt: skip
    report: Origin
    day: str | None
    version: int
    actors: int
    statements: int
    events: int
    span: Span
    text: str
    cursor: str

    def flat(self) -> dict[str, Any]:
        return _flat(self, article=self.article)


def article_rows(run: fetch.Run, filters: Filters) -> Iterator[ArticleRow]:
    """Stored articles, the latest first and undated ones last; ``filters`` say who is in them and what happens there."""
    last = None if filters.after is None else _place(filters.after)
    tests = search.of_articles(filters)
    size = _PAGE if filters.limit is None else max(1, min(_PAGE, filters.limit))
    for dated in (True, False) if not filters.dated else (True,):
        if last is not None and dated and not last[0]:
            continue
        while True:
            rows = run(_listed(filters, dated, last).where(*tests).limit(size))
            yield from map(_article, rows)
            if rows:
                last = (rows[-1].day or "", rows[-1].id)
            if len(rows) < size:
                break
        if dated:
            last = None


def _listed(filters: Filters, dated: bool, last: tuple[str, int] | None) -> Select[Any]:
    a = articles.c
    counts = (
        select(func.count()).select_from(table).where(table.c.article == a.id).scalar_subquery().label(table.name) for table in (actors, statements, events)
    )
    query = select(a.id, a.day, a.version, *counts, fetch.words(0, _LEAD).label("text"), *fetch.report_columns()).join_from(articles, versions, CURRENT)
    if not dated:
        query = query.where(a.day.is_(None))
        return (query if last is None else query.where(a.id < last[1])).order_by(a.id.desc())
    query = query.where(a.day.is_not(None), *find.window(a.day, filters))
    if last is not None:
        query = query.where(a.day <= last[0], tuple_(a.day, a.id) < tuple_(*map(literal, last)))
    return query.order_by(a.day.desc(), a.id.desc())


def _article(row: Any) -> ArticleRow:
    return ArticleRow(
        report=fetch.report(row), day=row.day, version=row.version, actors=row.actors, statements=row.statements, events=row.events,
        span=Span(0, len(row.text)), text=row.text, cursor=f"{row.day or ''}.{row.id}",
    )  # fmt: skip


def _place(cursor: str) -> tuple[str, int]:
    day, dot, number = cursor.rpartition(".")
    if not dot or not number.isdigit() or len(number) > 18:
        raise QuestionError(f"{cursor!r} is no place to go on after; take it from the `cursor` of a row")
    return day, int(number)


# ---------------------------------------------------------------------------------------------------- stances


@dataclass(frozen=True, slots=True)
class StanceRow(_Cited):
    """Where ``holder`` stood on an ``issue`` or ``toward`` somebody from ``day`` to ``last``, the last day that says so; ``current``: nothing
    later says otherwise. The row's own words are the latest, ``first_quote`` those that began it."""

    columns: ClassVar[tuple[str, ...]] = (
        "holder", "holder_code", "issue", "toward", "toward_code", "stance", "day", "last", "sources", "current",
        "first_article", "first_start", "first_end", "first_text",
        "article", "start", "end", "text", "title", "source", "published", "url", "cursor",
    )  # fmt: skip
    holder: Side
    issue: str | None
    toward: Side | None
    stance: str
    day: str
    last: str
    sources: int  # independent ones, day by day
    current: bool
    first_quote: Quote
    report: Origin
    span: Span
    text: str
    cursor: str

    def flat(self) -> dict[str, Any]:
        return _flat(self, **_side("holder", self.holder), **_side("toward", self.toward), **_quoted("first", self.first_quote))


@dataclass(frozen=True, slots=True)
class _Stretch:
    """Days of the ledger on which a stance stayed the same."""

    holder: str
    matter: str
    stance: str
    day: str
    last: str
    sources: int
    current: bool

    @property
    def key(self) -> tuple[str, str]:
        return self.day, f"{self.holder}/{self.matter}"


def stance_rows(
    source: derived.Source, filters: Filters, *, current: bool = False, matters: Collection[str] | None = None, holders: Collection[str] | None = None
) -> Iterator[StanceRow]:
    """The ledger as stretches of time, those that began last first; of ``current`` ones only those that hold now, of ``matters`` and ``holders``
    only these. Undated words are left out."""
    if filters.actor is None and filters.on is None and filters.between is None:
        raise QuestionError("stances are asked for of an actor, or on an issue or an actor (on)")
    with source.reading() as connection:
        found = (one for one in _stretches(source, connection, filters) if one.current or not current)
        wanted = (one for one in found if (matters is None or one.matter in matters) and (holders is None or one.holder in holders))
        chosen = list(islice(wanted, filters.limit))
        sides = source.sides(connection, (code for one in chosen for code in (one.holder, one.matter) if code not in ISSUES))
        words = _words(connection, chosen, filters.source or "") if chosen else {}
        quotes = derived.quotes(connection, {cite for both in words.values() for cite in both})
    for one in chosen:
        first, latest = words[one.holder, one.matter, one.day][0], words[one.holder, one.matter, one.last][1]
        on_issue, now = one.matter in ISSUES, quotes[latest]
        yield StanceRow(
            holder=sides.one(one.holder), issue=one.matter if on_issue else None, toward=None if on_issue else sides.one(one.matter), stance=one.stance,
            day=one.day, last=one.last, sources=one.sources, current=one.current, first_quote=quotes[first], report=now.report, span=now.span,
            text=now.text, cursor=".".join(one.key),
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stance from ``day`` to ``last`` without its words: what a chart needs."""

    holder: Side
    matter: str
    stance: str
    day: str
    last: str
    sources: int
    current: bool


def stretches(source: derived.Source, filters: Filters) -> list[Stretch]:
    """The stretches of :func:`stance_rows` without their words."""
    with source.reading() as connection:
        found = list(_stretches(source, connection, filters))
        sides = source.sides(connection, {one.holder for one in found})
    return [Stretch(sides.one(one.holder), one.matter, one.stance, one.day, one.last, one.sources, one.current) for one in found]


def standing(connection: Connection) -> dict[str, dict[str, int]]:
    """How many hold which stance now, for each issue."""
    s = stances.c
    latest = func.row_number().over(partition_by=(s.matter, s.holder), order_by=s.day.desc()).label("place")
    each = select(s.matter, s.stance, latest).where(s.scope == "", s.matter.in_(ISSUES)).subquery("each")
    query = select(each.c.matter, each.c.stance, func.count().label("number")).where(each.c.place == 1).group_by(each.c.matter, each.c.stance)
    out: dict[str, dict[str, int]] = {issue: {} for issue in ISSUES}
    for row in connection.execute(query):
        out[row.matter][row.stance] = row.number
    return out


def _stretches(source: derived.Source, connection: Connection, filters: Filters) -> Iterator[_Stretch]:
    asked = ("stretches", filters.source, filters.actor, filters.on, filters.between, filters.last)
    held = source.memo.recent(asked, lambda: _held(connection, filters))
    behind = derived.behind(filters)
    wanted = (
        one for one in held
        if (not filters.status or one.stance in filters.status) and (filters.since is None or one.last >= filters.since) and (behind is None or one.key < behind)
    )  # fmt: skip
    yield from sorted(wanted, key=lambda one: one.key, reverse=True)


def _held(connection: Connection, filters: Filters) -> list[_Stretch]:
    """All stretches, whatever their stance and since when: the same for all questions of one page."""
    everybody = filters.on is not None and filters.actor is None and filters.between is None
    found: Iterable[_Stretch]
    if everybody:
        rows = connection.execute(_by_turns(filters)).all()
        found = (_Stretch(holder, matter, stance, day, last, int(sources), False) for holder, matter, stance, day, told in rows for last, sources in (told.split(" "),))
    else:
        found = (_Stretch(r.holder, r.matter, r.stance, r.day, r.last, int(r.sources), False) for r in connection.execute(_by_days(filters)).all())
    out: list[_Stretch] = []
    for _, turns in groupby(found, key=lambda one: (one.holder, one.matter)):
        held = list(turns)
        out += [*held[:-1], replace(held[-1], current=True)]
    return out


def _by_days(filters: Filters) -> Select[Any]:
    """The stretches (holder, matter, stance, day, last, sources) of one holder or of two, counted day by day."""
    s = stances.c
    tests = [s.scope == (filters.source or ""), *([s.day <= filters.last] if filters.last is not None else [])]
    if filters.actor is not None:
        tests.append(s.holder == filters.actor.code)
    if filters.on is not None:
        tests.append(s.matter == str(filters.on))
    days = select(s.holder, s.matter, s.day, s.stance, s.sources, s.before)
    if filters.between is not None:
        a, b = (who.code for who in filters.between)
        ways = [(a, b), *([(b, a)] if a != b else [])]  # each a walk along the index, which one for both is not
        each: Any = union_all(*(days.where(s.holder == holder, s.matter == matter, *tests) for holder, matter in ways)).subquery("each").c
    else:
        each = days.where(*tests).subquery("each").c
    turn = func.sum(case((each.before.is_not(None), 1), else_=0)).over(partition_by=(each.holder, each.matter), order_by=each.day).label("turn")
    query = select(each.holder, each.matter, each.day, each.stance, each.sources, turn)
    d = query.subquery("days").c
    columns = (func.min(d.stance).label("stance"), func.min(d.day).label("day"), func.max(d.day).label("last"), func.sum(d.sources).label("sources"))
    return select(d.holder, d.matter, d.turn, *columns).group_by(d.holder, d.matter, d.turn).order_by(d.holder, d.matter, d.turn)


def _by_turns(filters: Filters) -> Select[Any]:
    """The same of everybody on one matter, from the days on which somebody turned, which are few: (holder, matter, stance, day, "last sources")."""
    s, h, d, first = stances.c, holdings.c, named(stances, "during").c, named(stances, "first").c
    scope, until = filters.source or "", () if filters.last is None else (s.day <= filters.last,)
    own = (first.scope == scope, first.matter == h.matter, first.holder == h.holder)
    begins = select(func.min(first.day)).where(*own).scalar_subquery().label("day")
    known = select(h.holder, h.matter, begins).where(h.matter == str(filters.on)).subquery("known")
    same = and_(s.scope == scope, s.matter == known.c.matter, s.holder == known.c.holder, s.day == known.c.day)
    turned = select(s.holder, s.matter, s.day, s.stance).where(s.scope == scope, s.matter == str(filters.on), s.before.is_not(None), *until)
    every = union_all(turned, select(s.holder, s.matter, s.day, s.stance).join_from(known, stances, same).where(*until)).subquery("every").c
    behind = func.lead(every.day).over(partition_by=every.holder, order_by=every.day).label("behind")
    t = select(every.holder, every.matter, every.day, every.stance, behind).subquery("turns").c
    within = (d.scope == scope, d.matter == t.matter, d.holder == t.holder, d.day >= t.day, d.day < func.coalesce(t.behind, filters.last or _BEHIND_ALL))
    told = select(func.max(d.day) + " " + cast(func.sum(d.sources), Text)).where(*within).scalar_subquery()  # both of one walk along the index
    return select(t.holder, t.matter, t.stance, t.day, told.label("told")).order_by(t.holder, t.matter, t.day)


def _words(connection: Connection, chosen: Iterable[_Stretch], scope: str) -> dict[tuple[str, str, str], tuple[Cite, Cite]]:
    """The first and the last words of the days on which stretches begin and end."""
    s = stances.c
    days = sorted({(scope, one.holder, one.matter, day) for one in chosen for day in (one.day, one.last)})
    asked = given(days, scope=str, holder=str, matter=str, day=str)
    same = and_(s.scope == asked.c.scope, s.holder == asked.c.holder, s.matter == asked.c.matter, s.day == asked.c.day)
    rows = connection.execute(select(s.holder, s.matter, s.day, s.first, s.last).join_from(asked, stances, same))
    return {(row.holder, row.matter, row.day): (_cite(row.first), _cite(row.last)) for row in rows}


def _cite(words: Sequence[Any]) -> Cite:
    report, start, end = words
    return Cite(report, Span(start, end))


# ---------------------------------------------------------------------------------------------------- counts


@dataclass(frozen=True, slots=True)
class Partner:
    """With whom a state or body deals: how many events, by PLOVER's two kinds."""

    code: str
    name: str
    name_en: str
    events: int
    cooperation: int
    conflict: int


def partners(source: derived.Source, code: str, filters: Filters, *, most: int) -> list[Partner]:
    """Those with whom ``code`` has the most events that are told as actual."""
    p = event_pairs.c
    tests = (p.status == "actual", p.a != p.b, *(find.window(p.day, filters) if filters.dated else ()))
    sides = [select(other.label("other"), p.type, p.status).where(own == code, *tests) for own, other in ((p.a, p.b), (p.b, p.a))]
    each = union_all(*sides).subquery("each")
    good = func.sum(case((each.c.type.in_(sorted(COOPERATION)), 1), else_=0)).label("good")
    query = select(each.c.other, func.count().label("events"), good).group_by(each.c.other).order_by(func.count().desc(), each.c.other).limit(most)
    with source.reading() as connection:
        rows = connection.execute(query).all()
        names = source.sides(connection, (row.other for row in rows))
        called = [names.one(row.other) for row in rows]
    return [Partner(row.other, side.name, side.name_en, row.events, int(row.good), row.events - int(row.good)) for row, side in zip(rows, called, strict=True)]


def activity(source: derived.Source, mark: str, filters: Filters, *, size: int) -> Mapping[str, int]:
    """How many occurrences there were by month (``size`` 7) or day (10): of a code, a person's key, an issue or a type; of all for ''."""
    with source.reading() as connection:
        since, until = filters.since or "", filters.until or ""
        if not mark and size == len(since) == _MONTH and until and int(until[:4]) - int(since[:4]) <= _YEARS:
            return _of_all(connection, source.memo, filters)
        return _counted(connection, mark, filters, size)


def _of_all(connection: Connection, memo: Memo, filters: Filters) -> dict[str, int]:
    """The months of a time, whole years of which are remembered: every first page asks for some of them. The last month may end with a day."""
    held = memo.here()
    out: dict[str, int] = {}
    until = str(filters.until)
    for year in range(int(str(filters.since)[:4]), int(until[:4]) + 1):
        if ("months", year) not in held:
            held["months", year] = _counted(connection, "", Filters(since=f"{year:04}", until=f"{year:04}"), _MONTH)
        out |= held["months", year]
    if len(until) > _MONTH:
        month = until[:_MONTH]
        out = {period: number for period, number in out.items() if period != month} | _counted(connection, "", Filters(since=month, until=until), _MONTH)
    since = str(filters.since)
    return {period: number for period, number in sorted(out.items()) if (period >= since or period == since[:4]) and period <= str(filters.last)}


def _counted(connection: Connection, mark: str, filters: Filters, size: int) -> dict[str, int]:
    m = occurrence_marks.c
    period = func.substr(m.day, 1, size).label("period")
    query = select(period, func.count().label("number")).where(m.mark == mark, m.day != "", *find.window(m.day, filters)).group_by(period).order_by(period)
    return {row.period: row.number for row in connection.execute(query)}


def newest_day(connection: Connection) -> str:
    """The day of the latest report; empty where none is dated."""
    day = connection.execute(select(articles.c.day).where(articles.c.day.is_not(None)).order_by(articles.c.day.desc()).limit(1)).scalar()
    return str(day or "")


def one_occurrence(source: derived.Source, key: str) -> OccurrenceRow | None:
    """The occurrence with this id."""
    with source.reading() as connection:
        found = of_key(connection, key)
        return derived.occurrence(source, connection, found) if found is not None else None
