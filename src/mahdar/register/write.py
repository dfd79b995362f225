"""Putting articles with their records into a register, inside one transaction of the caller's."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, delete, select, text, update

from mahdar.arabic.stem import stems
from mahdar.record import Article, Record
from mahdar.register import near, totals, words
from mahdar.register.facts import FactReader
from mahdar.register.filling import fill
from mahdar.register.given import insert_for
from mahdar.register.identity import Ruling, Rulings, Who, nameless
from mahdar.register.reports import Report
from mahdar.register.rows import Row, Rows, digest, pack, unpack
from mahdar.register.schema import CHILDREN, ITEMS, actors, articles, pending, rejects, rulings, vectors, versions
from mahdar.register.told import Told, in_pack, tell


@dataclass(frozen=True, slots=True)
class Entry:
    """One article read: all that is stored of it."""

    article: Article
    digest: str
    packed: bytes
    rows: Rows
    stems: tuple[str, str]  # of title and text, for the index of words
    told: Told | None = None  # what is compared across reports, where it was made with the record

    @classmethod
    def of(cls, article: Article, record: Record, facts: FactReader | None = None) -> Entry:
        """``facts`` makes what is compared across reports, and knows who the actors are; without it their own names say so."""
        report = Report(article.id, article.source, article.published or "", record)
        own, told = (None, None) if facts is None else (facts.identity.own(report), in_pack(tell(report, facts)))
        return cls(article, digest(article), pack(record), Rows.of(record, own), (stems(article.title), stems(article.text)), told)

    def ruled(self, rulings: Rulings) -> Rows:
        """The rows with the rulings made by hand."""
        actors = self.rows.tables["actors"]
        if not any(rulings.speak_of(actor["own"]) for actor in actors):
            return self.rows
        return ruled(unpack(self.packed, self.article), {actor["actor"]: actor["own"] for actor in actors}, rulings)


def ruled(record: Record, keys: Mapping[str, str], rulings: Rulings) -> Rows:
    """The rows of a record whose actors have these keys by rule (by local id), with the rulings made by hand."""
    own = {a.id: Who(keys[a.id], a.code, a.kind == "person", nameless(keys[a.id])) for a in record.actors}
    return Rows.of(record, own, {a.id: rulings.settled(own[a.id], a.name, record.id) for a in record.actors})


def known_rulings(connection: Connection) -> Rulings:
    """The rulings made by hand; who stores actors by them waits for whoever is making one."""
    if connection.dialect.name == "postgresql" and connection.get_execution_options().get("mahdar_write"):
        connection.execute(text("LOCK TABLE rulings IN SHARE MODE"))
    r = rulings.c
    return Rulings(Ruling(*row) for row in connection.execute(select(r.key, r.into, r.report, r.name, r.code)))


@dataclass(frozen=True, slots=True)
class Reject:
    """What could not be stored: ``line`` is 0 where the input has no lines."""

    input: str
    line: int
    reason: str  # input, fetch or reader: see the table
    message: str

    def __str__(self) -> str:
        return f"{self.input}:{self.line}: {self.message}" if self.line else f"{self.input}: {self.message}"


@dataclass(frozen=True, slots=True)
class Counts:
    """What became of entries: new articles, new versions of known ones, and those stored already."""

    new: int = 0
    changed: int = 0
    same: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(self.new + other.new, self.changed + other.changed, self.same + other.same)


@dataclass(slots=True)
class _Known:
    """A stored article: what decides whether a version is new and whether it becomes the current one."""

    id: int
    version: int
    published: str
    numbers: dict[str, int]  # by digest


def spoken_of(connection: Connection, judged: Rulings, found: Sequence[int]) -> set[int]:
    """Which of these articles have an actor that rulings speak of."""
    if not judged:
        return set()
    query = select(actors.c.article).where(actors.c.article.in_(found), actors.c.own.in_(judged.keys))
    return set(connection.execute(query).scalars())


def told_by(entries: Iterable[Entry]) -> dict[tuple[str, str], Told]:
    """What the entries tell, by (key, digest)."""
    return {(entry.article.id, entry.digest): entry.told for entry in entries if entry.told is not None}


def stored(connection: Connection, found: Iterable[tuple[str, str]]) -> set[tuple[str, str]]:
    """Which of these (key, digest) are stored already."""
    asked = set(found)
    query = select(articles.c.key, versions.c.digest).join_from(articles, versions, versions.c.article == articles.c.id)
    rows = connection.execute(query.where(articles.c.key.in_({key for key, _ in asked})))
    return asked.intersection((row.key, row.digest) for row in rows)


def put(connection: Connection, entries: Sequence[Entry], *, lexicon: str, now: str) -> Counts:
    """Store what is new among ``entries``, in their order. A changed text under a known key is a new version; it becomes the current
    one unless the current one was published later."""
    total = Counts()
    wave: dict[str, Entry] = {}
    for entry in entries:
        if entry.article.id in wave:  # a second version of the same article in one batch comes after the first
            total += _put(connection, wave, lexicon, now)
            wave = {}
        wave[entry.article.id] = entry
    return total + _put(connection, wave, lexicon, now)


def _put(connection: Connection, wave: dict[str, Entry], lexicon: str, now: str) -> Counts:
    if not wave:
        return Counts()
    fresh = _insert_articles(connection, [wave[key].article for key in sorted(wave)])  # sorted: two writers wait, and never for each other
    known = _known(connection, [key for key in sorted(wave) if key not in fresh])
    new_versions: list[Row] = []
    current: list[tuple[int, Entry]] = []
    found: list[tuple[int, str, str]] = []
    outdated: dict[int, tuple[int, Article]] = {}
    counts = Counts(new=len(fresh))
    for key, entry in wave.items():
        if key in fresh:
            article, number = fresh[key], 1
            current.append((article, entry))
            found.append((words.doc(_head(entry.article)["day"], article, number), *entry.stems))
        else:
            old = known[key]
            if entry.digest in old.numbers:
                counts += Counts(same=1)
                continue
            counts += Counts(changed=1)
            article, number = old.id, max(old.numbers.values(), default=0) + 1
            if (entry.article.published or "") >= old.published or not entry.article.published:
                outdated[article] = number, entry.article
                current.append((article, entry))
                found.append((words.doc(_head(entry.article)["day"], article, number), *entry.stems))
        new_versions.append(_version(article, number, entry, lexicon, now))
    fill(connection, versions, new_versions)
    judged = known_rulings(connection)
    gone = totals.held(connection, list(outdated))
    for article, (number, given) in outdated.items():
        _make_current(connection, article, number, given)
    replace_items(connection, [(article, entry.ruled(judged)) for article, entry in current], list(outdated), gone)
    words.add(connection, found)
    return counts


def replace(connection: Connection, number: int, key: str, entry: Entry, *, lexicon: str, now: str) -> bool:
    """Give version ``number`` of an article the record read anew; its items too, if it is still the current version."""
    lock = select(articles.c.id, articles.c.version).where(articles.c.key == key).with_for_update()
    found = connection.execute(lock).one_or_none()
    if found is None:
        return False
    values = {"record": entry.packed, "lexicon": lexicon, "read_at": now}
    done = connection.execute(update(versions).where(versions.c.article == found.id, versions.c.number == number, versions.c.digest == entry.digest).values(**values))
    if done.rowcount and found.version == number:
        if connection.execute(delete(vectors).where(vectors.c.article == found.id)).rowcount:  # its statements may be others now
            near.note(connection, taken=1)
        gone = totals.held(connection, [found.id])
        replace_items(connection, [(found.id, entry.ruled(known_rulings(connection)))], [found.id], gone)
    return bool(done.rowcount)


def refuse(connection: Connection, found: Sequence[Reject], *, now: str) -> None:
    """Keep what could not be stored; the same place refused again is one row."""
    rows = {(r.input, r.line): {"input": r.input, "line": r.line, "reason": r.reason, "message": r.message, "seen": now} for r in found}
    if rows:
        insert = insert_for(connection, rejects)
        same = {"index_elements": ["input", "line"], "set_": {name: insert.excluded[name] for name in ("reason", "message", "seen")}}
        unchanged = (rejects.c.reason != insert.excluded.reason) | (rejects.c.message != insert.excluded.message)
        connection.execute(insert.on_conflict_do_update(**same, where=unchanged), [rows[place] for place in sorted(rows)])


def accept(connection: Connection, places: Iterable[tuple[str, int]]) -> None:
    """Forget refusals of places that were read well this time."""
    by_input: dict[str, list[int]] = {}
    for name, line in places:
        by_input.setdefault(name, []).append(line)
    held = connection.execute(select(rejects.c.input).where(rejects.c.input.in_(by_input)).distinct()).scalars().all()
    for name in held:
        connection.execute(delete(rejects).where(rejects.c.input == name, rejects.c.line.in_(by_input[name])))


def upsert(connection: Connection, table: Any, row: Row, *, by: str) -> None:
    """Insert a row, or replace the one of the same key."""
    insert = insert_for(connection, table)
    set_ = {name: insert.excluded[name] for name in row if name != by}
    connection.execute(insert.on_conflict_do_update(index_elements=[by], set_=set_), row)


def _insert_articles(connection: Connection, found: list[Article]) -> dict[str, int]:
    """The ids of those that were not there yet."""
    insert = insert_for(connection, articles).on_conflict_do_nothing(index_elements=["key"]).returning(articles.c.id, articles.c.key)
    rows = [{"key": article.id, "version": 1, **_head(article)} for article in found]
    return {row.key: row.id for row in connection.execute(insert, rows)}


def _head(article: Article) -> Row:
    published = article.published or None
    return {"source": article.source, "url": article.url, "title": article.title, "published": published, "day": published[:10] if published else None}


def _known(connection: Connection, keys: list[str]) -> dict[str, _Known]:
    if not keys:
        return {}
    a = articles.c
    query = select(a.id, a.key, a.version, a.published).where(a.key.in_(keys)).order_by(a.key).with_for_update()
    known = {row.key: _Known(row.id, row.version, row.published or "", {}) for row in connection.execute(query)}
    by_id = {old.id: old for old in known.values()}
    for row in connection.execute(select(versions.c.article, versions.c.number, versions.c.digest).where(versions.c.article.in_(by_id))):
        by_id[row.article].numbers[row.digest] = row.number
    return known


def _make_current(connection: Connection, article: int, number: int, given: Article) -> None:
    connection.execute(update(articles).where(articles.c.id == article).values(version=number, **_head(given)))


def _version(article: int, number: int, entry: Entry, lexicon: str, now: str) -> Row:
    given = entry.article
    return {
        "article": article, "number": number, "digest": entry.digest, "source": given.source, "url": given.url, "title": given.title,
        "published": given.published, "text": given.text, "record": entry.packed, "lexicon": lexicon, "read_at": now,
    }  # fmt: skip


def replace_items(connection: Connection, current: Sequence[tuple[int, Rows]], outdated: Sequence[int], gone: totals.Counts) -> None:
    """Put in the items of articles in place of those of the ``outdated`` ones, count the actors (``gone`` are those of before), and note what
    is to be derived anew."""
    if outdated:
        for table in (*CHILDREN, *reversed(ITEMS)):
            connection.execute(delete(table).where(table.c.article.in_(outdated)))
    for table in (*ITEMS, *CHILDREN):
        rows = [{"article": article, **row} for article, given in current for row in given.tables[table.name]]
        fill(connection, table, rows)
    if current:
        insert = insert_for(connection, pending).on_conflict_do_nothing(index_elements=["article"])
        connection.execute(insert, [{"article": article} for article, _ in sorted(current, key=lambda pair: pair[0])])
    totals.change(connection, gone, {article: given.tables["actors"] for article, given in current})
