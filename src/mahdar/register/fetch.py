"""Keys of items → rows: names of the actors, the article, and the words of the span, cut out of the text by the database."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from sqlalchemy import CTE, BigInteger, ColumnElement, Integer, Select, Table, Text, and_, column, func, select, values

from mahdar.record import Span
from mahdar.register.answers import EventRow, Origin, Party, PositionRow, StatementRow
from mahdar.register.find import Key
from mahdar.register.schema import actors, articles, event_parties, events, positions, statements, versions

Run = Callable[[Select[Any]], Sequence[Any]]


def event_rows(run: Run, keys: Sequence[Key]) -> list[EventRow]:
    """The events with these keys, in their order."""
    e, p = events.c, event_parties.c
    parties: dict[tuple[int, int, str], list[Party]] = {}
    asked = _asked(keys)
    query = select(p.article.label("article_id"), p.n, p.side, *_party_columns()).join_from(asked, event_parties, _same(p, asked))
    query = query.join(actors, and_(actors.c.article == p.article, actors.c.actor == p.actor))
    for row in run(query.order_by(p.article, p.n, p.side, p.place)):
        parties.setdefault((row.article_id, row.n, row.side), []).append(_party(row))
    rows = {}
    columns = (e.type, e.mode, e.status, e.day, e.date, e.place, e.about, e.evidence_start, e.evidence_end, e.rule)
    for row in run(_items(events, columns, keys, evidence=(e.evidence_start, e.evidence_end))):
        at = (row.article_id, row.n)
        rows[at] = EventRow(
            type=row.type, mode=row.mode, status=row.status, day=row.day, date=row.date, place=row.place, about=tuple(row.about),
            who=tuple(parties.get((*at, "source"), ())), whom=tuple(parties.get((*at, "target"), ())), report=_report(row), n=row.n,
            span=Span(row.evidence_start, row.evidence_end), text=row.evidence, rule=row.rule, cursor=Key(row.day, *at).cursor,
        )  # fmt: skip
    return [rows[key[1:]] for key in keys if key[1:] in rows]


def statement_rows(run: Run, keys: Sequence[Key]) -> list[StatementRow]:
    """The statements with these keys, in their order."""
    s = statements.c
    columns = (s.speaker, s.via, s.mode, s.day, s.cue_start, s.cue_end, s.content_start, s.content_end, s.rule)
    found = run(_items(statements, columns, keys, cue=(s.cue_start, s.cue_end), content=(s.content_start, s.content_end)))
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
    p = positions.c
    columns = (p.holder, p.issue, p.toward, p.stance, p.day, p.evidence_start, p.evidence_end, p.rule)
    found = run(_items(positions, columns, keys, evidence=(p.evidence_start, p.evidence_end)))
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


def _items(table: Table, columns: Iterable[ColumnElement[Any]], keys: Sequence[Key], **spans: tuple[Any, Any]) -> Select[Any]:
    c = table.c
    cut = (words(*span).label(name) for name, span in spans.items())
    asked = _asked(keys)
    query = select(c.article.label("article_id"), c.n, *columns, *cut, *report_columns()).join_from(asked, table, _same(c, asked))
    current = and_(versions.c.article == articles.c.id, versions.c.number == articles.c.version)
    return query.join(articles, articles.c.id == c.article).join(versions, current)


def _asked(keys: Sequence[Key]) -> CTE:
    """The keys as a table to start from: both databases look each up by primary key, which SQLite does not for pairs IN a list."""
    return values(column("article", BigInteger), column("n", Integer), name="asked").data([key[1:] for key in keys]).cte("asked")


def _same(c: Any, asked: CTE) -> ColumnElement[bool]:
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
    if not pairs:
        return {}
    asked = values(column("article", BigInteger), column("actor", Text), name="asked").data(pairs).cte("asked")
    same = and_(actors.c.article == asked.c.article, actors.c.actor == asked.c.actor)
    query = select(actors.c.article.label("article_id"), *_party_columns()).join_from(asked, actors, same)
    return {(row.article_id, row.actor): _party(row) for row in run(query)}
