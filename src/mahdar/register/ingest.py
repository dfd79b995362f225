"""Articles → register: read what is new, store it batch by batch; and read stored articles anew.

A batch is one transaction, so that a run killed at any moment leaves whole batches; the same run again passes over what is stored and
goes on. Whatever the number of workers, batches are stored in the order of the input.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from sqlalchemy import Connection, select

from mahdar.reading.reader import Reader
from mahdar.record import Article
from mahdar.register import write
from mahdar.register.derive import settle, settle_all
from mahdar.register.rows import digest, storable
from mahdar.register.schema import CURRENT, articles, versions
from mahdar.register.store import Store
from mahdar.register.workers import Desk, Given, MakeReader, Result, desk_of, read_batches
from mahdar.register.write import Counts, Entry, Reject
from mahdar.sources.files import Misread, Unavailable, Unreadable
from mahdar.sources.read import Located
from mahdar.version import key_of

BATCH = 250
_CHARACTERS = 2_000_000  # a batch of long articles is smaller


@dataclass(frozen=True, slots=True)
class Done:
    """What one batch came to; ``problems`` is one line for each refusal."""

    counts: Counts
    problems: tuple[str, ...] = ()


@dataclass(slots=True)
class _Batch:
    """A piece of the input: places read well, refusals, and how many of its articles are stored already."""

    places: list[tuple[str, int]]
    rejects: list[Reject]
    same: int
    origins: list[tuple[str, int]]  # of the articles to be read


def reading_key(reader: Reader) -> str:
    """What decides a record besides the article: program, lexicon and weights. Records of equal keys need no reading anew."""
    return key_of(reader.lexicon.version, reader.weights)


def ingest(
    store: Store, found: Iterable[Located], *, make: MakeReader, clock: Callable[[], str], workers: int = 0, batch: int = BATCH, desk: Desk | None = None
) -> Iterator[Done]:
    """Store what is found, and yield after each transaction what it came to. Nothing is done that is not asked for with ``next``. Who does it again
    and again keeps one ``desk``."""
    desk = desk_of(make) if desk is None else desk
    key = reading_key(desk.reader)
    settle_all(store, desk.tell, desk.facts.weight)
    for piece, result in read_batches(_pieces(store, found, batch), desk, make, workers):
        entries = [entry for entry in result if isinstance(entry, Entry)]
        faults = [Reject(*origin, "reader", line) for origin, line in zip(piece.origins, result, strict=True) if isinstance(line, str)]
        refused = [*piece.rejects, *faults]
        now = clock()

        def work(connection: Connection, piece: _Batch = piece, entries: list[Entry] = entries, refused: list[Reject] = refused, now: str = now) -> Counts:
            write.accept(connection, piece.places)
            counts = write.put(connection, entries, lexicon=key, now=now)
            write.refuse(connection, refused, now=now)
            settle(connection, desk.tell, desk.facts.weight, write.told_by(entries))
            return counts

        counts = store.transact(work)
        yield Done(counts + Counts(same=piece.same), tuple(map(str, refused)))


def _pieces(store: Store, found: Iterable[Located], batch: int) -> Iterator[tuple[_Batch, list[Given]]]:
    """The input in batches, without the articles that are stored already."""
    files: dict[str, str] = {}
    for group in _groups(found, batch):
        piece = _Batch([], [], 0, [])
        read: list[tuple[Article, str, tuple[str, int]]] = []
        for item in group:
            place = (item.where, item.line or 0)
            article = _keyed(item, files)
            if isinstance(article, Unreadable):
                piece.rejects.append(Reject(*place, _reason(article), str(article)))
            else:
                piece.places.append(place)
                read.append((storable(article), item.record, place))
        digests = [(article.id, digest(article)) for article, *_ in read]
        with store.reading() as connection:
            known = write.stored(connection, digests)
        fresh = [pair for pair, name in zip(read, digests, strict=True) if name not in known]
        piece.same = len(read) - len(fresh)
        piece.origins = [place for *_, place in fresh]
        yield piece, [(article, record) for article, record, _ in fresh]


def _reason(refused: Unreadable) -> str:
    return "fetch" if isinstance(refused, Unavailable) else "reader" if isinstance(refused, Misread) else "input"


def _groups(found: Iterable[Located], batch: int) -> Iterator[list[Located]]:
    group: list[Located] = []
    size = 0
    for item in found:
        group.append(item)
        size += len(item.article.text) if isinstance(item.article, Article) else 0
        if len(group) >= batch or size >= _CHARACTERS:
            yield group
            group, size = [], 0
    if group:
        yield group


def _keyed(item: Located, files: dict[str, str]) -> Article | Unreadable:
    """The article under the key it is stored by; or what is wrong. Two files of one name given side by side are not two versions of one."""
    article = item.article
    if not isinstance(article, Article) or not item.within:
        return article
    first = files.setdefault(item.within, item.where)
    if first != item.where:
        return Unreadable(f"another file of this name was read before ({first}); give the folder that holds both, or rename one")
    return replace(article, id=item.within)


def reread(
    store: Store, *, make: MakeReader, clock: Callable[[], str], workers: int = 0, batch: int = BATCH, everything: bool = False
) -> Iterator[Done]:
    """Read the current versions of stored articles anew where they were read with another lexicon, or all of them.

    Each batch is replaced in one transaction while others go on reading the register. What was done stays done, so that the next
    run goes on from there. An article that cannot be read now keeps its record.
    """
    desk = desk_of(make)
    key = reading_key(desk.reader)
    settle_all(store, desk.tell, desk.facts.weight)
    for numbers, result in read_batches(_outdated(store, None if everything else key, batch), desk, make, workers):
        now = clock()

        def work(connection: Connection, numbers: list[tuple[str, int]] = numbers, result: Result = result, now: str = now) -> Done:
            changed, faults = 0, []
            for (name, number), entry in zip(numbers, result, strict=True):
                if isinstance(entry, str):
                    faults.append(Reject(f"article {name}", 0, "reader", entry))
                else:
                    changed += write.replace(connection, number, name, entry, lexicon=key, now=now)
            write.accept(connection, [(f"article {name}", 0) for (name, _), entry in zip(numbers, result, strict=True) if isinstance(entry, Entry)])
            write.refuse(connection, faults, now=now)
            settle(connection, desk.tell, desk.facts.weight, write.told_by(entry for entry in result if isinstance(entry, Entry)))
            return Done(Counts(changed=changed), tuple(map(str, faults)))

        yield store.transact(work)


def _outdated(store: Store, key: str | None, batch: int) -> Iterator[tuple[list[tuple[str, int]], list[Given]]]:
    """Stored articles with their version's number, in the order of their keys, which is also the order in which writers lock them."""
    a, v = articles.c, versions.c
    query = select(a.key, v.number, v.source, v.url, v.title, v.published, v.text)
    query = query.join_from(articles, versions, CURRENT).order_by(a.key).limit(batch)
    if key is not None:
        query = query.where(v.lexicon != key)
    last = ""
    while True:
        with store.reading() as connection:
            rows = connection.execute(query.where(a.key > last)).all()
        if not rows:
            return
        last = rows[-1].key
        found = [(Article(id=r.key, text=r.text, title=r.title, published=r.published, source=r.source, url=r.url), "") for r in rows]
        yield [(r.key, r.number) for r in rows], found
