"""Questions that count: what two did month by month, and who is in how many articles."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby, islice
from typing import Any, Final

from sqlalchemy import Integer, Select, and_, cast, func, literal, or_, select, tuple_, union_all

from mahdar.errors import QuestionError
from mahdar.record import EVENT_TYPES, SYMMETRIC, Span
from mahdar.register import fetch, find
from mahdar.register.answers import ActorRow, PairRow
from mahdar.register.filters import Filters
from mahdar.register.find import Key
from mahdar.register.given import as_given, listed
from mahdar.register.names import Who
from mahdar.register.pairs import score
from mahdar.register.schema import CURRENT, actor_names, actor_sources, actor_totals, articles, event_issues, event_pairs, event_parties, events, named, versions
from mahdar.register.schema import actors as actor_table

COOPERATION: Final = frozenset(EVENT_TYPES[:7])  # AGREE … RETREAT in PLOVER; the others are conflict
_IN_ARTICLE: Final = 1 << 20  # events of one article that an article's number leaves room for
_PAGE: Final = 100
_SHOWN: Final = 8  # names of one actor
_OF_TWO: Final = 24  # months counted at once of two actors;
_LONGEST: Final = 6  # of one with everybody it is one, or up to this many where it did little:
_FEW: Final = 10  # fewer counts than these


# ---------------------------------------------------------------------------------------------------- pairs


def check_pairs(filters: Filters) -> None:
    """Two, states, bodies or persons; or one state or body with all others."""
    if filters.between is None and filters.actor is None:
        raise QuestionError("pairs need two actors (between) or one (actor)")
    if filters.actor is not None and filters.actor.code is None:
        raise QuestionError(f"pairs of a person with everybody are not kept; give a code instead of {filters.actor.person}, or two persons (between)")
    if filters.actor is not None and filters.between is not None and not all(who.code for who in filters.between):
        raise QuestionError("who does it (actor) can be asked of pairs of codes only")
    if isinstance(filters.on, Who):
        raise QuestionError("pairs can be asked for on an issue, not on an actor")


def pairs(run: fetch.Run, filters: Filters) -> Iterator[PairRow]:
    """Month by month, newest first. Only what is reported as actual counts unless a status is given."""
    after = None if filters.after is None else _month(filters.after)
    rows = (row for piece in _pieces(run, filters, after) for row in _months(piece))
    found = (row for row in rows if after is None or row[0] < after[0] or row[:3] > after and row[0] == after[0])
    size = _PAGE if filters.limit is None else max(1, min(_PAGE, filters.limit))
    while page := list(islice(found, size)):
        shown = fetch.event_rows(run, [Key(None, *divmod(witness, _IN_ARTICLE)) for *_, witness in page])
        by_place = {(event.cursor.split(".", 1)[1]): event for event in shown}
        for month, a, b, acts, witness in page:
            article, n = divmod(witness, _IN_ARTICLE)
            event = by_place.get(f"{article}.{n}")
            if event is not None:
                yield _pair_row(month, a, b, acts, event)


def pair_numbers(run: fetch.Run, filters: Filters) -> Iterator[tuple[str, int, float, float, float]]:
    """What :func:`pairs` counts of two without the words: month, events, scores of cooperation and of conflict, their mean."""
    for piece in _pieces(run, filters, None, _OF_TWO if filters.limit is None else max(_OF_TWO, filters.limit)):
        for month, _, _, acts, _ in _months(piece):
            total = sum(acts.values())
            good, bad = _scores(acts)
            yield month, total, good, bad, round((good + bad) / total, 2)


def _scores(acts: Mapping[tuple[str, str | None], int]) -> tuple[float, float]:
    """The sums of the scores above and below nothing."""
    values = [(score(name, mode), count) for (name, mode), count in acts.items()]
    good, bad = (round(sum(value * count for value, count in values if value * sign > 0), 2) for sign in (1, -1))
    return good, bad


def _pair_row(month: str, a: str, b: str, acts: Mapping[tuple[str, str | None], int], event: Any) -> PairRow:
    types: Counter[str] = Counter()
    for (name, _), count in acts.items():
        types[name] += count
    cooperation = sum(count for name, count in types.items() if name in COOPERATION)
    total = sum(types.values())
    ranked = tuple(sorted(types.items(), key=lambda item: (-item[1], item[0])))
    good, bad = _scores(acts)
    return PairRow(
        a=a, b=b, month=month, events=total, cooperation=cooperation, conflict=total - cooperation, cooperation_score=good, conflict_score=bad,
        net=round((good + bad) / total, 2), types=ranked,
        report=event.report, n=event.n, span=event.span, text=event.text, cursor=f"{month}|{a}|{b}",
    )  # fmt: skip


def _pieces(run: fetch.Run, filters: Filters, after: tuple[str, str, str] | None, of_two: int = _OF_TWO) -> Iterator[Sequence[Any]]:
    """The counts a span of time at a time (of two ``of_two`` months), the newest first: a page needs no more."""
    months = 1 if filters.between is None else of_two
    behind = filters.last if after is None or filters.last is not None and filters.last < f"{after[0]}~" else f"{after[0]}~"
    p, sides = _sides(filters)
    while True:
        before = [] if behind is None else [p.c.day < behind]
        dated = (p.c.day.is_not(None), *before, *find.window(p.c.day, filters))
        newest = [run(select(p.c.day).where(side, *dated).order_by(p.c.day.desc()).limit(1)) for side in sides]
        last = max((rows[0].day for rows in newest if rows), default=None)
        if last is None:
            return
        start = int(last[:4]) * 12 + int(last[5:7] or 1) - months
        first = min(f"{start // 12:04}-{start % 12 + 1:02}", last)
        rows = run(_counted(filters, first, behind))
        yield rows
        behind = first
        if filters.between is None:
            months = min(_LONGEST, months * 2) if len(rows) < _FEW else 1


def _sides(filters: Filters) -> tuple[Any, list[Any]]:
    """The table of pairs, and what of it is asked for; each a walk along one index."""
    p = named(event_pairs, "w")
    if filters.between is not None:
        if not all(who.code for who in filters.between):
            p = _of_persons(*sorted(filters.between, key=str))
            return p, [p.c.article.is_not(None)]
        codes = sorted(str(who.code) for who in filters.between)
        side = and_(p.c.a == codes[0], p.c.b == codes[1])
        return p, [side if filters.actor is None else and_(side, p.c.doer == filters.actor.code)]
    assert filters.actor is not None
    code = filters.actor.code
    return p, [p.c.a == code, and_(p.c.b == code, p.c.a != code)]


def _of_persons(first: Who, second: Who) -> Any:
    """Events of two of whom one or both are persons, in the form of the table of pairs: either against the other, or both in a mutual act."""
    mine, other, e = named(event_parties, "mine").c, named(event_parties, "other").c, events.c

    def is_(c: Any, who: Who) -> Any:
        return c.code == who.code if who.code is not None else c.person == who.person

    apart = or_(other.side != mine.side, and_(e.type.in_(SYMMETRIC), other.actor != mine.actor))
    together = select(literal(1)).where(other.article == mine.article, other.n == mine.n, is_(other, second), apart).exists()
    columns = (literal(str(first)).label("a"), literal(str(second)).label("b"), e.type, e.mode, e.status, e.day, e.article, e.n)
    return select(*columns).distinct().where(is_(mine, first), e.article == mine.article, e.n == mine.n, together).subquery("w")


def _counted(filters: Filters, first: str, behind: str | None) -> Select[Any]:
    """(month, a, b, type, mode, how many, the last of them) from ``first`` to what lies ``behind``, in the order of the answer."""
    p, sides = _sides(filters)
    month = func.substr(p.c.day, 1, 7)
    witness = p.c.article * _IN_ARTICLE + p.c.n
    tests = [p.c.day >= first, *([] if behind is None else [p.c.day < behind]), p.c.status.in_(filters.status or ("actual",)), *find.window(p.c.day, filters)]
    if filters.type:
        tests.append(p.c.type.in_(filters.type))
    if filters.on is not None:
        i = event_issues.c
        tests.append(select(literal(1)).where(i.article == p.c.article, i.n == p.c.n, i.issue == filters.on).exists())
    if filters.source is not None:
        tests.append(select(literal(1)).where(articles.c.id == p.c.article, articles.c.source == filters.source).exists())
    picked = [select(month.label("month"), p.c.a, p.c.b, p.c.type, p.c.mode, witness.label("witness")).where(side, *tests) for side in sides]
    each = (picked[0] if len(picked) == 1 else union_all(*picked)).subquery("each")
    c = each.c
    grouped = select(c.month, c.a, c.b, c.type, c.mode, func.count().label("events"), func.max(c.witness).label("witness"))
    return grouped.group_by(c.month, c.a, c.b, c.type, c.mode).order_by(c.month.desc(), c.a, c.b)


def _months(rows: Sequence[Any]) -> Iterator[tuple[str, str, str, dict[tuple[str, str | None], int], int]]:
    for (month, a, b), group in groupby(rows, key=lambda row: (row.month, row.a, row.b)):
        found = list(group)
        yield month, a, b, {(row.type, row.mode): row.events for row in found}, max(row.witness for row in found)


def _month(cursor: str) -> tuple[str, str, str]:
    parts = cursor.split("|", 2)
    if len(parts) != 3:
        raise QuestionError(f"{cursor!r} is no place to go on after; take it from the `cursor` of a row")
    return parts[0], parts[1], parts[2]


# ---------------------------------------------------------------------------------------------------- actors


def actors(run: fetch.Run, filters: Filters) -> Iterator[ActorRow]:
    """Those in most articles first, among equals by key."""
    who = filters.actor
    one_publisher = filters.source is not None and not filters.dated and (who is None or who.code is None)
    some = not one_publisher and (filters.dated or filters.source is not None)
    t: Any = actor_sources.c if one_publisher else _of_some(filters).subquery("some").c if some else actor_totals.c
    query = select(t.key, t.articles).order_by(t.articles.desc(), t.key.desc())
    if one_publisher:
        query = query.where(t.source == filters.source)
    elif not some:
        query = query.where(t.code == ("" if who is None or who.code is None else who.code))
    if who is not None and who.code is None:
        query = query.where(t.key == who.person)
    last = None if filters.after is None else _counts(filters.after)
    while True:
        here = query if last is None else query.where(t.articles <= last[0], tuple_(t.articles, t.key) < tuple_(*map(literal, last)))
        rows = run(here.limit(_PAGE if filters.limit is None else max(1, min(_PAGE, filters.limit))))
        names = _names(run, [row.key for row in rows])
        yield from _actors(run, rows, names)
        if not rows:
            return
        last = (rows[-1].articles, rows[-1].key)


def _of_some(filters: Filters) -> Select[Any]:
    """The totals over some articles only."""
    a = named(actor_table, "w").c
    tests = [a.key.not_like("?%"), *find.window(articles.c.day, filters)]
    if filters.source is not None:
        tests.append(articles.c.source == filters.source)
    if filters.actor is not None:
        tests.append(a.code == filters.actor.code if filters.actor.code is not None else a.key == filters.actor.person)
    return select(a.key, func.count(a.article.distinct()).label("articles")).where(articles.c.id == a.article, *tests).group_by(a.key)


def _names(run: fetch.Run, keys: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """What each is called, the most frequent names first."""
    out: dict[str, list[str]] = {}
    n = actor_names.c
    for row in run(select(n.key, n.name).where(n.key.in_(keys)).order_by(n.articles.desc(), n.name)):
        out.setdefault(row.key, []).append(row.name)
    return {key: tuple(found[:_SHOWN]) for key, found in out.items()}


def _actors(run: fetch.Run, totals: Sequence[Any], names: Mapping[str, tuple[str, ...]]) -> Iterator[ActorRow]:
    """Each actor as the last stored article names it; that article need not be among those filtered for."""
    if not totals:
        return
    named = {row.own_key: row for row in run(_LAST, {"given": as_given((total.key,) for total in totals)})}
    spans = {key: Span(*row.mentions[0]) if row.mentions else Span(0, 0) for key, row in named.items()}
    wanted = sorted({(row.article, *spans[key]) for key, row in named.items()})
    texts = {(row.article, row.start, row.end): row.text for row in run(_CUT, {"given": as_given(wanted)})}
    for total in totals:
        row = named.get(total.key)
        if row is None:
            continue
        span = spans[total.key]
        yield ActorRow(
            name=row.name, name_en=row.name_en, romanised=row.romanised, code=row.code, role=row.role, kind=row.kind, lexicon=row.lexicon, key=total.key,
            names=names.get(total.key, ()), articles=total.articles, report=fetch.report(row), span=span, text=texts.get((row.article, *span), ""),
            cursor=f"{total.articles}|{total.key}",
        )  # fmt: skip


def _last() -> Select[Any]:
    """Of each key the last article's actor; of several in one article the one with the greatest local id."""
    asked, a, other = listed(key=str), actor_table.c, actor_table.alias("other").c
    columns = (asked.c.key.label("own_key"), a.article, a.name, a.name_en, a.romanised, a.code, a.role, a.kind, a.lexicon, a.mentions)
    newest = select(other.article).where(other.key == asked.c.key).order_by(other.article.desc()).limit(1).scalar_subquery()
    query = select(*columns, *fetch.report_columns()).join_from(asked, actor_table, and_(a.key == asked.c.key, a.article == newest))
    return query.join(articles, articles.c.id == a.article).order_by(asked.c.key, a.actor)


def _cut() -> Select[Any]:
    """The words of spans of current versions."""
    asked = listed(article=int, start=int, end=int)
    start, end = cast(asked.c.start, Integer), cast(asked.c.end, Integer)  # as PostgreSQL cuts texts
    query = select(asked.c.article, asked.c.start, asked.c.end, fetch.words(start, end).label("text"))
    return query.join_from(asked, articles, articles.c.id == asked.c.article).join(versions, CURRENT)


_LAST: Final = _last()
_CUT: Final = _cut()


def _counts(cursor: str) -> tuple[int, str]:
    articles_, _, key = cursor.partition("|")
    if not key or not articles_.isdigit():
        raise QuestionError(f"{cursor!r} is no place to go on after; take it from the `cursor` of a row")
    return int(articles_), key
