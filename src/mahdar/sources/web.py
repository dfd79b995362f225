"""What crawlers and publishers give: web archives (WARC) and feeds (RSS, Atom)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Any, BinaryIO
from urllib.parse import urldefrag

from mahdar.record import Article
from mahdar.sources.decode import decode
from mahdar.sources.files import GZIP_ERRORS, Unreadable, too_large
from mahdar.sources.formats import checked, from_html, from_text, is_date, with_key

Found = Iterator[tuple[int | None, Article | Unreadable]]

_BLOCK = frozenset("p div br li ul ol h1 h2 h3 h4 h5 h6 blockquote tr table section article".split())
_LEFT = frozenset("script style figure iframe form button".split())


def address(url: str) -> str:
    """The part of a web address that names the page: no fragment, no spaces around."""
    try:
        return urldefrag(url.strip())[0]
    except ValueError:  # brackets that are no address of IPv6
        return url.strip().partition("#")[0]


def warc_pages(stream: BinaryIO, encoding: str | None, limit: int) -> Found:
    """The articles of a web archive; the line is the number of the record. What is no text or was no success is no article and passed over."""
    from fastwarc.warc import ArchiveIterator, WarcRecordType

    wanted = WarcRecordType.response | WarcRecordType.resource | WarcRecordType.conversion
    number = 0
    try:
        for number, record in enumerate(ArchiveIterator(stream, record_types=wanted, auto_decode="all"), 1):
            if not _is_page(record):
                continue
            try:
                yield number, _page(record, encoding, limit)
            except Unreadable as error:
                yield number, error
    except GZIP_ERRORS as error:
        raise Unreadable(f"corrupt gzip file after record {number}: {error}") from error
    except (OSError, ValueError) as error:
        raise Unreadable(f"damaged web archive after record {number}: {error}") from error
    if number == 0:
        raise Unreadable("no web pages in this archive")


def _is_page(record: Any) -> bool:
    if record.is_http and (record.http_headers is None or record.http_headers.status_code != 200):
        return False
    return _kind(record) in ("text/html", "application/xhtml+xml", "text/plain")


def _kind(record: Any) -> str:
    kind = record.http_content_type if record.is_http else record.headers.get("Content-Type", "")
    return (kind or "").partition(";")[0].strip().lower()


def _page(record: Any, encoding: str | None, limit: int) -> Article:
    if record.content_length > limit:
        raise too_large(limit)
    data = record.reader.read(limit + 1)
    if len(data) > limit:
        raise too_large(limit)
    html = _kind(record) != "text/plain"
    text = decode(data, encoding, html=html)
    if not text.strip():
        raise Unreadable("empty page")
    url = address(record.headers.get("WARC-Target-URI") or "").strip("<>")
    article = from_html(text, url) if html else from_text(text, url)
    return replace(article, id=url or str(with_key({"text": article.text})["id"]), url=url)


def feed_items(data: bytes, limit: int) -> Found:
    """The articles of an RSS or Atom file, as much of each as the feed itself carries; the line is the number of the item."""
    feed = parse_feed(data)
    source = str(feed.feed.get("title") or "").strip()
    if not feed.entries:
        raise Unreadable("no items in this feed")
    for number, item in enumerate(feed.entries, 1):
        try:
            yield number, feed_article(item, source, limit)
        except Unreadable as error:
            yield number, error


def parse_feed(data: bytes) -> Any:
    """feedparser's view of a feed; :class:`Unreadable` where the bytes are none."""
    import feedparser

    try:
        feed = feedparser.parse(data)
    except Exception as error:  # the parser is not ours: whatever it stumbles over is a bad feed, not a crash
        raise Unreadable(f"cannot be parsed as a feed ({type(error).__name__})") from error
    if not feed.get("version") and not feed.entries:
        raise Unreadable("not an RSS or Atom feed")
    return feed


def feed_article(item: Any, source: str, limit: int) -> Article:
    """The article as far as an item of a feed carries it."""
    parts = [part.get("value") or "" for part in item.get("content") or ()]
    text = plain_text(max([*parts, item.get("summary") or ""], key=len))
    if not text.strip():
        raise Unreadable("this item of the feed has no text")
    if len(text) > limit:
        raise too_large(limit)
    url = address(item.get("link") or "")
    row = with_key({"id": url or item.get("id"), "source": source, "text": text})
    title = plain_text(item.get("title") or "").strip()
    return checked(Article(id=str(row["id"]), text=text, title=title, published=published(item), source=source, url=url))


def published(item: Any) -> str | None:
    """When an item of a feed says it was published, with its own offset from UTC: the day is the publisher's."""
    words = str(item.get("published") or item.get("updated") or "").strip()
    if not words:
        return None
    try:
        return parsedate_to_datetime(words).isoformat()
    except (TypeError, ValueError, OverflowError):
        pass
    if is_date(words):
        return words
    parsed = item.get("published_parsed") or item.get("updated_parsed")
    try:
        return datetime(*parsed[:6]).isoformat() + "Z" if parsed else None
    except ValueError:
        return None


def plain_text(fragment: str) -> str:
    """The text of a piece of HTML, blocks on lines of their own."""
    if "<" not in fragment and "&" not in fragment:
        return fragment.strip()
    from lxml import etree, html

    try:
        root = html.fragment_fromstring(fragment, create_parent="div")
    except (etree.ParserError, ValueError):
        return re.sub(r"<[^>]*>", " ", fragment).strip()
    out: list[str] = []
    for action, node in etree.iterwalk(root, events=("start", "end", "comment", "pi")):
        if action in ("comment", "pi"):
            out.append(node.tail or "")
        elif action == "start":
            if node.tag in _BLOCK:
                out.append("\n")
            if node.tag not in _LEFT and not _inside_left(node):
                out.append(node.text or "")
        else:
            if node.tag in _BLOCK:
                out.append("\n")
            if node is not root and not _inside_left(node):
                out.append(node.tail or "")
    lines = (re.sub(r"\s+", " ", line).strip() for line in "".join(out).split("\n"))
    return "\n".join(line for line in lines if line)


def _inside_left(node: Any) -> bool:
    return any(parent.tag in _LEFT for parent in node.iterancestors())
