"""Who is who by hand: merges and splits of actors, kept in a table of their own, taken back at will.

A ruling changes no record. The rows of the articles it speaks of are made anew from their records in the transaction that makes or takes
back the ruling; what is stored or read anew later is settled by the same table (:mod:`mahdar.register.write`).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from sqlalchemy import Connection, delete, select, text

from mahdar.record import Article
from mahdar.register.identity import Ruling, RulingError, Rulings
from mahdar.register.rows import unpack
from mahdar.register.schema import CURRENT, actors, articles, rulings, versions
from mahdar.register.totals import held
from mahdar.register.write import known_rulings, replace_items, ruled

_AT_ONCE: Final = 200


@dataclass(frozen=True, slots=True)
class Judgement:
    """A ruling as it is kept: ``number`` is what takes it back."""

    number: int
    key: str
    into: str
    report: str
    name: str
    made: str

    @property
    def kind(self) -> str:
        return "split" if self.report or self.name else "merge"

    def __str__(self) -> str:
        under = "".join((f", in article {self.report}" if self.report else "", f", under the name {self.name}" if self.name else ""))
        return f"{self.number}: {self.kind} {self.key} → {self.into}{under} ({self.made[:10]})"


def make(connection: Connection, ruling: Ruling, *, now: str) -> tuple[int, int]:
    """Keep a ruling and settle the articles it speaks of: its number, and how many articles changed. Raises :class:`RulingError`."""
    _alone(connection)
    if ruling.key == ruling.into:
        raise RulingError(f"{ruling.key} is one actor already")
    held = _held(connection)
    same = next((each for each in held if (each.key, each.report, each.name) == (ruling.key, ruling.report, ruling.name)), None)
    if same is not None:
        raise RulingError(f"a ruling says already that {ruling.key} is {same.into}; take it back first")
    Rulings([*held, ruling])  # circles are refused before anything is written
    row = {name: getattr(ruling, name) for name in Ruling._fields}
    number = connection.execute(rulings.insert().values(**row, made=now)).inserted_primary_key
    assert number is not None
    return int(number[0]), _settle(connection, _leading_to(ruling.key, held))


def undo(connection: Connection, number: int) -> int:
    """Take a ruling back: how many articles changed."""
    _alone(connection)
    row = connection.execute(select(rulings).where(rulings.c.id == number)).one_or_none()
    if row is None:
        raise RulingError(f"there is no ruling {number}; `mahdar actors rulings` lists them")
    held = _held(connection)
    connection.execute(delete(rulings).where(rulings.c.id == number))
    return _settle(connection, _leading_to(row.key, held))


def renew(connection: Connection, keys: Iterable[str]) -> int:
    """Settle the articles that the rulings on these keys speak of, after rulings were put in from elsewhere: how many articles changed."""
    held = _held(connection)
    leading = sorted({each for key in keys for each in _leading_to(key, held)})
    return _settle(connection, leading) if leading else 0


def listed(connection: Connection) -> list[Judgement]:
    """All rulings in the order in which they were made."""
    r = rulings.c
    return [Judgement(*row) for row in connection.execute(select(r.id, r.key, r.into, r.report, r.name, r.made).order_by(r.id))]


def _alone(connection: Connection) -> None:
    """Nobody stores actors by the old rulings while new ones are being applied; on SQLite one writes at a time anyway."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("LOCK TABLE rulings IN EXCLUSIVE MODE"))


def _held(connection: Connection) -> list[Ruling]:
    r = rulings.c
    return [Ruling(*row) for row in connection.execute(select(r.key, r.into, r.report, r.name, r.code))]


def _leading_to(key: str, held: Iterable[Ruling]) -> list[str]:
    """The key, and all those that rulings send on to it."""
    found = {key}
    edges = [(ruling.key, ruling.into) for ruling in held]
    while more := {start for start, end in edges if end in found} - found:
        found |= more
    return sorted(found)


def _settle(connection: Connection, keys: list[str]) -> int:
    """Make the rows of all articles with these actors anew, by the rulings as they are now."""
    judged = known_rulings(connection)
    query = select(actors.c.article).where(actors.c.own.in_(keys)).distinct().order_by(actors.c.article)
    found = list(connection.execute(query).scalars())
    for start in range(0, len(found), _AT_ONCE):
        _anew(connection, found[start : start + _AT_ONCE], judged)
    return len(found)


def _anew(connection: Connection, found: list[int], judged: Rulings) -> None:
    own: dict[int, dict[str, str]] = {}
    for number, actor, key in connection.execute(select(actors.c.article, actors.c.actor, actors.c.own).where(actors.c.article.in_(found))):
        own.setdefault(number, {})[actor] = key
    v, a = versions.c, articles.c
    query = select(a.id, a.key, v.text, v.title, v.published, v.source, v.url, v.record).where(a.id.in_(found)).order_by(a.id)
    current = []
    for row in connection.execute(query.join_from(articles, versions, CURRENT)):
        article = Article(id=row.key, text=row.text, title=row.title, published=row.published, source=row.source, url=row.url)
        current.append((row.id, ruled(unpack(row.record, article), own[row.id], judged)))
    replace_items(connection, current, found, held(connection, found))
