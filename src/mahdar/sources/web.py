"""What crawlers and publishers give: web archives (WARC) and feeds (RSS, Atom)."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime
from email.utils import parsedate_to_datetime
from functools import partial
from typing import Any, BinaryIO
from urllib.parse import urldefrag

from mahdar.record import Article
from mahdar.sources.decode import decode, encoding_named
from mahdar.sources.files import GZIP_ERRORS, Unreadable, too_large
from mahdar.sources.formats import Found, checked, from_html, from_text, is_date, with_key

_BLOCK = frozenset("p div br li ul ol h1 h2 h3 h4 h5 h6 blockquote tr table section article".split())
_LEFT = frozenset("script style figure iframe form button".split())
_FEWEST_LETTERS = 30  # Arabic ones; a page of a web archive with fewer is in another language
_ARABIC_ENTITY = re.compile(rb"&#(?:1[56]\d\d|x06[0-9a-f]{2});", re.IGNORECASE)


def address(url: str) -> str:
    """The part of a web address that names the page: no fragment, no spaces around."""
    try:
        return urldefrag(url.strip())[0]
    except ValueError:  # brackets that are no address of IPv6
        return url.strip().partition("#")[0]


def warc_pages(stream: BinaryIO, encoding: str | None, limit: int) -> Found:
    """The articles of a web archive; the line is the number of the record. Passed over is what is no text, was no success, or has no Arabic in it:
    an archive of the web is in all languages. A page must be made before the next is asked for."""
    from fastwarc.warc import ArchiveIterator, WarcRecordType

    wanted = WarcRecordType.response | WarcRecordType.resource | WarcRecordType.conversion
    number = 0
    try:
        for number, record in enumerate(ArchiveIterator(stream, record_types=wanted, auto_decode="all"), 1):
            if not _is_page(record):
                continue
            if record.content_length > limit:
                yield number, too_large(limit)
                continue
            data = record.reader.read(limit + 1)
            charset = encoding or encoding_named(record.http_charset if record.is_http else None)
            if not foreign(data, charset):
                yield number, partial(_page, data, record.headers.get("WARC-Target-URI") or "", _kind(record) != "text/plain", charset, encoding, limit)
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


def foreign(data: bytes, charset: str | None) -> bool:
    """Is this page surely in another language? Told from its bytes, before it is parsed; only UTF-8 is told so, by far the commonest on the web.

    In UTF-8 nearly all Arabic letters begin with the bytes D8 or D9, which begin nothing else but Arabic script.
    """
    if charset not in (None, "utf-8", "ascii") or data.count(b"\xd8") + data.count(b"\xd9") >= _FEWEST_LETTERS or b"\0" in data:
        return False
    if len(_ARABIC_ENTITY.findall(data)) >= _FEWEST_LETTERS:
        return False
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _page(data: bytes, url: str, html: bool, charset: str | None, encoding: str | None, limit: int) -> Article:
    if len(data) > limit:
        raise too_large(limit)
    text = _decoded(data, html, charset, encoding)
    if not text.strip():
        raise Unreadable("empty page")
    url = address(url).strip("<>")
    article = from_html(text, url) if html else from_text(text, url)
    return replace(article, id=url or str(with_key({"text": article.text})["id"]), url=url)


def _decoded(data: bytes, html: bool, charset: str | None, encoding: str | None) -> str:
    """By the encoding the server named, where the bytes are in it; a server's word is not always true."""
    if charset is not None and encoding is None:
        try:
            return data.decode(charset).removeprefix("\ufeff")
        except UnicodeDecodeError:
            pass
    return decode(data, encoding, html=html)


def feed_items(data: bytes, limit: int) -> Found:
    """The articles of an RSS or Atom file, as much of each as the feed itself carries; the line is the number of the item."""
    feed = parse_feed(data)
    source = str(feed.feed.get("title") or "").strip()
    if not feed.entries:
        raise Unreadable("no items in this feed")
    for number, item in enumerate(feed.entries, 1):
        yield number, partial(feed_article, item, source, limit)


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
