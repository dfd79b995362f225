"""Looking at feeds over and over: each when it is due, all that is new into the register, dead ones ever more seldom."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, field, replace

from sqlalchemy import select

from mahdar.register.feeds import Feed, Look, Seen, Settings, look
from mahdar.register.fetching import Fetcher, FetchError
from mahdar.register.ingest import ingest
from mahdar.register.schema import articles, meta, rejects
from mahdar.register.store import Store
from mahdar.register.trouble import Trouble
from mahdar.register.workers import Desk, MakeReader, desk_of
from mahdar.register.write import Counts, upsert
from mahdar.sources.files import Unavailable

_AT_ONCE = 8  # feeds looked at side by side; each server is asked one thing at a time all the same
_SOON = 60.0  # seconds until a feed is looked at again whose articles the register could not take
_NAP = 300.0  # seconds after which the clock is looked at again, should it have been set
_LONGEST = 24 * 3600.0  # seconds: even a dead feed is tried once a day


@dataclass(frozen=True, slots=True)
class Looked:
    """What came of one look: counts and complaints, or why the feed could not be had."""

    feed: Feed
    counts: Counts = field(default_factory=Counts)
    problems: tuple[str, ...] = ()
    error: str = ""
    next_at: float = 0.0


def watch(
    store: Store,
    settings: Settings,
    fetcher: Fetcher,
    *,
    make: MakeReader,
    clock: Callable[[], str],
    moment: Callable[[], float],
    sleep: Callable[[float], None],
    once: bool = False,
) -> Iterator[Looked]:
    """Look at each feed when it is due, for ever, and yield what came of each look. ``once``: at each feed once, due or not.

    ``moment`` is the time in seconds since 1970, ``clock`` the same as people write it. What is remembered of a feed is noted after its
    articles are stored, so that nothing is lost to a crash between the two. A register that cannot be reached is tried again in a minute
    (``once``: :class:`mahdar.register.trouble.Trouble`).
    """
    seen = {feed.url: _remembered(store, feed) for feed in settings.feeds}
    desk = desk_of(make)
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        while True:
            due = [feed for feed in settings.feeds if once or _due(feed, seen[feed.url], moment())]
            for feed, result in zip(due, pool.map(lambda feed: _look(store, feed, seen[feed.url], fetcher), due), strict=True):
                try:
                    if isinstance(result, Trouble):
                        raise result
                    done, seen[feed.url] = _store(store, feed, seen[feed.url], result, desk, clock, moment())
                except Trouble as error:
                    if once:
                        raise
                    seen[feed.url] = replace(seen[feed.url], next_at=moment() + _SOON)
                    done = Looked(feed, error=str(error), next_at=seen[feed.url].next_at)
                yield done
            if once:
                return
            store.rest()
            sleep(min(_NAP, max(0.0, min(state.next_at for state in seen.values()) - moment())))


def _due(feed: Feed, state: Seen, moment: float) -> bool:
    """Has its time come? So it has where it lies farther ahead than any was ever put: the clock has been set back."""
    return state.next_at <= moment or state.next_at > moment + max(_LONGEST, feed.every * 60)


def _look(store: Store, feed: Feed, seen: Seen, fetcher: Fetcher) -> Look | FetchError | Trouble:
    try:
        return look(feed, seen, fetcher, lambda keys: settled(store, keys))
    except FetchError as error:
        return error
    except Trouble as error:  # it could not be asked what is stored already
        return error
    except Exception as error:  # one feed's oddity is never the others' end
        return FetchError(f"{type(error).__name__}: {error}; please report this")


def _store(
    store: Store, feed: Feed, seen: Seen, result: Look | FetchError, desk: Desk, clock: Callable[[], str], moment: float
) -> tuple[Looked, Seen]:
    if isinstance(result, FetchError):
        failures = seen.failures + 1
        wait = min(_LONGEST, max(result.retry_after or 0.0, feed.every * 60 * 2 ** min(failures, 10)))
        state = Seen(seen.etag, seen.modified, failures, moment + wait, str(result))
        done = Looked(feed, error=str(result), next_at=state.next_at)
    else:
        counts, problems = Counts(), list[str]()
        for step in ingest(store, result.found, make=lambda: desk.reader, clock=clock, desk=desk):
            counts += step.counts
            problems += step.problems
        # Where a page is to be tried again, the feed is asked for in full again.
        complete = not any(isinstance(item.article, Unavailable) for item in result.found)
        state = Seen(result.etag if complete else "", result.modified if complete else "", 0, moment + feed.every * 60)
        done = Looked(feed, counts, tuple(problems), next_at=state.next_at)
    _remember(store, feed, state)
    return done, state


def settled(store: Store, keys: Sequence[str]) -> set[str]:
    """Which of these articles are stored, or refused for good (until `mahdar rejects --clear`)."""
    with store.reading() as connection:
        have = connection.execute(select(articles.c.key).where(articles.c.key.in_(keys))).scalars().all()
        bad = connection.execute(select(rejects.c.input).where(rejects.c.input.in_(keys), rejects.c.reason == "input")).scalars().all()
    return {*have, *bad}


def _remembered(store: Store, feed: Feed) -> Seen:
    with store.reading() as connection:
        value = connection.execute(select(meta.c.value).where(meta.c.key == f"feed {feed.url}")).scalar_one_or_none()
    return Seen() if value is None else Seen(**json.loads(value))


def _remember(store: Store, feed: Feed, state: Seen) -> None:
    store.transact(lambda connection: upsert(connection, meta, {"key": f"feed {feed.url}", "value": json.dumps(asdict(state))}, by="key"))
