"""Keys of items → rows: names of the actors, the article, and the words of the span, cut out of the text by the database."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final, Protocol

from sqlalchemy import ColumnElement, Select, Subquery, Table, and_, func, select

from mahdar.record import Span
from mahdar.register.answers import EventRow, Origin, Party, PositionRow, StatementRow
from mahdar.register.find import Key
from mahdar.register.given import as_given, listed
from mahdar.register.schema import CURRENT, actors, articles, event_parties, events, positions, statements, versions


class Run(Protocol):
    """Executes a query; ``given`` are the parameters left open in it."""

    def __call__(self, query: Select[Any], given: Mapping[str, Any] | None = None, /) -> Sequence[Any]: ...


def event_rows(run: Run, keys: Sequence[Key]) -> list[EventRow]:
    """The events with these keys, in their order."""
    parties: dict[tuple[int, int, str], list[Party]] = {}
    asked = {"given": as_given([key[1:] for key in keys])}
    for row in run(_PARTIES, asked):
        parties.setdefault((row.article_id, row.n, row.side), []).append(_party(row))
    rows = {}
    for row in run(_EVENTS, asked):
        at = (row.article_id, row.n)
        rows[at] = EventRow(
            type=row.type, mode=row.mode, status=row.status, day=row.day, date=row.date, place=row.place, about=tuple(row.about),
            who=tuple(parties.get((*at, "source"), ())), whom=tuple(parties.get((*at, "target"), ())), report=_report(row), n=row.n,
            span=Span(row.evidence_start, row.evidence_end), text=row.evidence, rule=row.rule, cursor=Key(row.day, *at).cursor,
        )  # fmt: skip
    return [rows[key[1:]] for key in keys if key[1:] in rows]


def statement_rows(run: Run, keys: Sequence[Key]) -> list[StatementRow]:
    """The statements with these keys, in their order."""
    found = run(_STATEMENTS, {"given": as_given([key[1:] for key in keys])})
    known = _actors(run, ((row.article_id, actor) for row in found for actor in (row.speaker, row.via) if actor))
    rows = {
        (row.article_id, row.n): StatementRow(
            speaker=known.get((row.article_id, row.speaker)), via=known.get((row.article_id, row.via)), mode=row.mode, day=row.day,
            cue=Span(row.cue_start, row.cue_end), cue_text=row.cue, report=_report(row), n=row.n,
            span=Span(row.content_start, row.content_end), text=row.content, rule=row.rule, cursor=Key(row.day, row.article_id, row.n).cursor,
        )
        for row in found
    }  # fmt: skip
    return [rows[key[1:]] for key in keys if key[1:] in rows]


def position_rows(run: Run, keys: Sequence[Key]) -> list[PositionRow]:
    """The positions with these keys, in their order."""
    found = run(_POSITIONS, {"given": as_given([key[1:] for key in keys])})
    known = _actors(run, ((row.article_id, actor) for row in found for actor in (row.holder, row.toward) if actor))
    rows = {
        (row.article_id, row.n): PositionRow(
            holder=known[row.article_id, row.holder], stance=row.stance, issue=row.issue, toward=known.get((row.article_id, row.toward)), day=row.day,
            report=_report(row), n=row.n, span=Span(row.evidence_start, row.evidence_end), text=row.evidence, rule=row.rule,
            cursor=Key(row.day, row.article_id, row.n).cursor,
        )
        for row in found
    }  # fmt: skip
    return [rows[key[1:]] for key in keys if key[1:] in rows]


def words(start: Any, end: Any) -> ColumnElement[str]:
    """The words of a span, as the database cuts them: both count code points, from one."""
    return func.substr(versions.c.text, start + 1, end - start)


def report_columns() -> tuple[ColumnElement[Any], ...]:
    a = articles.c
    return a.key, a.title.label("report_title"), a.source.label("report_source"), a.published, a.url


def _items(table: Table, columns: Iterable[ColumnElement[Any]], **spans: tuple[Any, Any]) -> Select[Any]:
    """The items whose keys are given: both databases look each up by primary key, which SQLite does not for pairs IN a list."""
    c = table.c
    cut = (words(*span).label(name) for name, span in spans.items())
    asked = listed(article=int, n=int)
    query = select(c.article.label("article_id"), c.n, *columns, *cut, *report_columns()).join_from(asked, table, _same(c, asked))
    return query.join(articles, articles.c.id == c.article).join(versions, CURRENT)


def _same(c: Any, asked: Subquery) -> ColumnElement[bool]:
    return and_(c.article == asked.c.article, c.n == asked.c.n)


def _report(row: Any) -> Origin:
    return Origin(article=row.key, title=row.report_title, source=row.report_source, published=row.published, url=row.url)


report = _report


def _party_columns() -> tuple[ColumnElement[Any], ...]:
    a = actors.c
    return a.actor, a.name, a.name_en, a.code, a.role, a.kind, a.lexicon, a.romanised, a.key.label("actor_key")


def _party(row: Any) -> Party:
    return Party(row.actor, row.name, row.name_en, row.code, row.role, row.kind, row.lexicon, row.romanised, row.actor_key)


def _actors(run: Run, wanted: Iterable[tuple[int, str]]) -> dict[tuple[int, str | None], Party]:
    pairs = sorted(set(wanted))
    return {(row.article_id, row.actor): _party(row) for row in run(_ACTORS, {"given": as_given(pairs)})} if pairs else {}


# ---------------------------------------------------------------------------------------------------- queries, made once


def _parties() -> Select[Any]:
    p, asked = event_parties.c, listed(article=int, n=int)
    query = select(p.article.label("article_id"), p.n, p.side, *_party_columns()).join_from(asked, event_parties, _same(p, asked))
    query = query.join(actors, and_(actors.c.article == p.article, actors.c.actor == p.actor))
    return query.order_by(p.article, p.n, p.side, p.place)


def _named() -> Select[Any]:
    asked = listed(article=int, actor=str)
    same = and_(actors.c.article == asked.c.article, actors.c.actor == asked.c.actor)
    return select(actors.c.article.label("article_id"), *_party_columns()).join_from(asked, actors, same)


_PARTIES: Final = _parties()
_ACTORS: Final = _named()
_e, _s, _p = events.c, statements.c, positions.c
_EVENTS: Final = _items(
    events, (_e.type, _e.mode, _e.status, _e.day, _e.date, _e.place, _e.about, _e.evidence_start, _e.evidence_end, _e.rule),
    evidence=(_e.evidence_start, _e.evidence_end),
)  # fmt: skip
_STATEMENTS: Final = _items(
    statements, (_s.speaker, _s.via, _s.mode, _s.day, _s.cue_start, _s.cue_end, _s.content_start, _s.content_end, _s.rule),
    cue=(_s.cue_start, _s.cue_end), content=(_s.content_start, _s.content_end),
)  # fmt: skip
_POSITIONS: Final = _items(
    positions, (_p.holder, _p.issue, _p.toward, _p.stance, _p.day, _p.evidence_start, _p.evidence_end, _p.rule), evidence=(_p.evidence_start, _p.evidence_end)
)
