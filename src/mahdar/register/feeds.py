"""The file that names the feeds to watch, and one look at one feed: what is new there, as articles."""

from __future__ import annotations

import codecs
import ipaddress
import math
import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any

from mahdar.errors import SettingsError
from mahdar.record import Article
from mahdar.register.fetching import AGENT, Fetcher, FetchError, Limits, Network
from mahdar.register.rows import storable_key
from mahdar.sources.decode import decode
from mahdar.sources.files import Unavailable, Unreadable
from mahdar.sources.formats import from_html
from mahdar.sources.read import Located
from mahdar.sources.web import address, feed_article, parse_feed

_ENOUGH = 40  # words a feed must carry of an article to stand in for a page that cannot be read
_FEED = re.compile(rb"<(?:rss|feed|rdf:RDF)[\s>]")
_ACCEPT = "application/atom+xml, application/rss+xml, application/xml;q=0.9, */*;q=0.5"

Known = Callable[[list[str]], set[str]]  # which of these keys need not be fetched


@dataclass(frozen=True, slots=True)
class Feed:
    """One feed to watch."""

    url: str
    source: str = ""  # the publisher's name; the feed's own title where empty
    every: float = 15.0  # minutes between two looks
    page: bool = True  # fetch the page of each article; else take what the feed carries


@dataclass(frozen=True, slots=True)
class Settings:
    """The feeds and how to treat their servers."""

    feeds: tuple[Feed, ...]
    limits: Limits = field(default_factory=Limits)


@dataclass(frozen=True, slots=True)
class Seen:
    """What is remembered of a feed between two looks."""

    etag: str = ""
    modified: str = ""
    failures: int = 0
    next_at: float = 0.0  # seconds since 1970
    error: str = ""


@dataclass(frozen=True, slots=True)
class Look:
    """What one look at a feed brought: articles and complaints, and what to send along the next time."""

    found: tuple[Located, ...]
    etag: str
    modified: str


def load_feeds(path: Path) -> Settings:
    """The settings in a TOML file; :class:`SettingsError` names the file, the feed and the field."""
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(f"{path}: not valid TOML: {error}") from error
    except RecursionError as error:
        raise SettingsError(f"{path}: not valid TOML: nested too deeply") from error
    listed = data.pop("feed", None)
    if not isinstance(listed, list) or not listed:
        raise SettingsError(f"{path}: names no feed; each is a table [[feed]] with its url")
    every = _value(path, "", data, "every", 15.0, float, least=1.0)
    limits = _limits(path, data)
    feeds = tuple(_feed(path, number, row, every) for number, row in enumerate(listed, 1))
    twice = {feed.url for feed in feeds if sum(other.url == feed.url for other in feeds) > 1}
    if twice:
        raise SettingsError(f"{path}: named twice: {min(twice)}")
    return Settings(feeds, limits)


def _limits(path: Path, data: dict[str, Any]) -> Limits:
    limits = Limits(
        size=int(_value(path, "", data, "max_size", 5.0, float, least=0.01) * 1_000_000),
        timeout=_value(path, "", data, "timeout", 20.0, float, least=0.1),
        total=_value(path, "", data, "total_timeout", 60.0, float, least=0.1),
        pause=_value(path, "", data, "pause", 2.0, float, least=0.0),
        agent=_value(path, "", data, "agent", AGENT, str),
        allowed=_networks(path, data.pop("allow", [])),
    )
    _nothing_left(path, "", data)
    return limits


def _feed(path: Path, number: int, row: Any, every: float) -> Feed:
    where = f"feed {number}: "
    if not isinstance(row, dict):
        raise SettingsError(f"{path}: {where}must be a table")
    row = dict(row)
    feed = Feed(
        url=_value(path, where, row, "url", "", str).strip(),
        source=_value(path, where, row, "source", "", str).strip(),
        every=_value(path, where, row, "every", every, float, least=1.0),
        page=_value(path, where, row, "page", True, bool),
    )
    _nothing_left(path, where, row)
    if not feed.url.startswith(("http://", "https://")) or len(feed.url) > 1000:
        raise SettingsError(f"{path}: {where}'url' must be a web address")
    return feed


def _value(path: Path, where: str, row: dict[str, Any], name: str, default: Any, kind: type, least: float | None = None) -> Any:
    value = row.pop(name, default)
    if kind is float and isinstance(value, int) and not isinstance(value, bool):
        value = float(value)
    if not isinstance(value, kind):
        wanted = {float: "a number", str: "a text", bool: "true or false"}[kind]
        raise SettingsError(f"{path}: {where}'{name}' must be {wanted}")
    if isinstance(value, str) and not value.isprintable():
        raise SettingsError(f"{path}: {where}'{name}' holds control characters")
    if isinstance(value, float) and not math.isfinite(value):
        raise SettingsError(f"{path}: {where}'{name}' must be a number that ends")
    if least is not None and isinstance(value, float) and value < least:
        raise SettingsError(f"{path}: {where}'{name}' must be at least {least:g}")
    return value


def _networks(path: Path, given: Any) -> tuple[Network, ...]:
    try:
        return tuple(ipaddress.ip_network(words) for words in given)
    except (TypeError, ValueError) as error:
        raise SettingsError(f"{path}: 'allow' must list addresses or networks such as \"10.1.0.0/16\": {error}") from error


def _nothing_left(path: Path, where: str, row: dict[str, Any]) -> None:
    if row:
        known = [f.name for f in fields(Feed)] if where else ["every", "pause", "timeout", "total_timeout", "max_size", "agent", "allow"]
        raise SettingsError(f"{path}: {where}unknown field '{min(row)}'; known are {', '.join(known)}")


def look(feed: Feed, seen: Seen, fetcher: Fetcher, known: Known) -> Look:
    """What a feed has that is not ``known`` (asked by key). Raises :class:`FetchError` where the feed itself cannot be had.

    A page that cannot be had or read is a complaint in its place: :class:`Unavailable` where it may be had another time.
    """
    answer = fetcher.get(feed.url, {"Accept": _ACCEPT, **_conditions(seen)})
    if answer.status == 304:
        return Look((), seen.etag, seen.modified)
    try:
        found = tuple(_news(feed, answer.data, fetcher, known))
    except Unreadable as error:
        raise FetchError(str(error)) from error
    return Look(found, answer.headers.get("etag", ""), answer.headers.get("last-modified", ""))


def fetched(url: str, fetcher: Fetcher, known: Known) -> Iterator[Located]:
    """What a web address holds: the article of a page, or what is not ``known`` of a feed."""
    url = address(url)
    try:
        answer = fetcher.get(url, {"Accept": _ACCEPT}, robots=True)
        if _FEED.search(answer.data[:2000]):
            yield from _news(Feed(url), answer.data, fetcher, known)
        else:
            page = from_html(decode(answer.data, _charset(answer.headers), html=True), url)
            yield Located(url, None, replace(page, id=url, url=url))
    except (FetchError, Unreadable) as error:
        yield Located(url, None, _complaint(error))


def _news(feed: Feed, data: bytes, fetcher: Fetcher, known: Known) -> Iterator[Located]:
    parsed = parse_feed(data)
    source = feed.source or str(parsed.feed.get("title") or "").strip()
    items = {key: item for item in parsed.entries if (key := _key(item))}
    stored = known(list(items))
    fresh = {key: item for key, item in items.items() if key not in stored}
    yield from _items(feed, fresh, source, fetcher)


def _complaint(error: FetchError | Unreadable) -> Unreadable:
    return Unavailable(str(error)) if isinstance(error, FetchError) and not error.lasting else Unreadable(str(error))


def _conditions(seen: Seen) -> Mapping[str, str]:
    conditions = {"If-None-Match": seen.etag, "If-Modified-Since": seen.modified}
    return {name: value for name, value in conditions.items() if value}


def _key(item: Any) -> str:
    return storable_key(address(item.get("link") or "") or str(item.get("id") or ""))


def _items(feed: Feed, fresh: Mapping[str, Any], source: str, fetcher: Fetcher) -> Iterator[Located]:
    for key, item in fresh.items():
        try:
            carried: Article | Unreadable = feed_article(item, source, fetcher.limits.size)
        except Unreadable as error:
            carried = error
        yield Located(key, None, _whole(key, item, source, carried, fetcher) if feed.page and item.get("link") else carried)


def _whole(key: str, item: Any, source: str, carried: Article | Unreadable, fetcher: Fetcher) -> Article | Unreadable:
    """The article as its page has it, with the feed's date and title, which are surer; where the page fails, as the feed carries it if that is enough."""
    try:
        answer = fetcher.get(address(item.get("link") or ""), robots=True)
        page = from_html(decode(answer.data, _charset(answer.headers), html=True), key)
    except (FetchError, Unreadable) as error:
        if isinstance(carried, Article) and len(carried.text.split()) >= _ENOUGH:
            return carried
        return _complaint(error)
    known = carried if isinstance(carried, Article) else feed_article({**item, "summary": page.text}, source, fetcher.limits.size)
    return replace(page, id=key, url=address(item.get("link") or ""), source=source or page.source, title=known.title or page.title, published=known.published or page.published)


def _charset(headers: Mapping[str, str]) -> str | None:
    """The encoding the server names; UTF-8 is tried anyway, and what is no encoding is not believed."""
    name = headers.get("content-type", "").lower().partition("charset=")[2].strip(" \"';")
    try:
        return name if name and codecs.lookup(name).name != "utf-8" else None
    except LookupError:
        return None
