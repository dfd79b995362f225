"""One decoded input → an article: plain text, web page, JSON object."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

from mahdar.record import Article
from mahdar.sources.files import Unreadable
from mahdar.sources.language import require_arabic

# How an article is had of a piece of input, once it is wanted: raises Unreadable. Pieces and their line or number come first and cost little.
Make = Callable[[], Article]
Found = Iterator[tuple[int | None, Make | Unreadable]]

_ISO = re.compile(r"\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,6})?)?(?:Z|[+-]\d{2}:?\d{2})?)?")
_FEWEST_WORDS = 6  # less than that is a menu that the extraction fell back to, no article
_ESCAPE = 6  # characters of \u0627
_SURROGATE = re.compile("[\ud800-\udfff]")


def from_text(text: str, id: str) -> Article:
    """A text file is one article: its whole text, nothing else known."""
    return checked(Article(id=id, text=text))


def from_html(page: str, id: str) -> Article:
    """The article of a web page, with what the page says about itself; comments, menus, share links stay behind."""
    found = _main_text(page)
    if found is None or len((found.text or "").split()) < _FEWEST_WORDS:
        raise Unreadable("no article text found in this HTML page")
    published = found.date if found.date and is_date(found.date) else None
    return checked(
        Article(
            id=id,
            text=_SURROGATE.sub("\ufffd", found.text),
            title=_SURROGATE.sub("\ufffd", found.title or ""),
            published=published,
            source=_SURROGATE.sub("\ufffd", found.sitename or found.hostname or ""),
            url=_SURROGATE.sub("\ufffd", found.url or ""),
        )
    )


def _main_text(page: str) -> Any:
    import logging

    from trafilatura import bare_extraction

    for name in ("trafilatura", "htmldate"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
    try:
        return bare_extraction(
            page,
            include_comments=False,
            include_tables=False,
            with_metadata=True,
            date_extraction_params={"original_date": True, "extensive_search": False},
        )
    except Exception as error:  # the parser is not ours: whatever it stumbles over is a bad page, not a crash
        raise Unreadable(f"cannot be parsed as HTML ({type(error).__name__})") from error


def parse_json(text: str) -> Any:
    """The JSON value in ``text``; says whether it is cut off or malformed, and at which column."""
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        left = len(text.rstrip()) - error.pos
        if left <= 0 or error.msg.startswith("Unterminated string") or (left < _ESCAPE and error.msg.startswith("Invalid \\u")):
            raise Unreadable("JSON is cut off: it ends in the middle of a value") from None
        where = f"column {error.colno}" if error.lineno == 1 else f"line {error.lineno}, column {error.colno}"
        raise Unreadable(f"not valid JSON: {error.msg} at {where}") from None
    except (ValueError, RecursionError) as error:
        raise Unreadable(f"not valid JSON: {error}") from None


def from_object(value: Any, limit: int) -> Article:
    """The article a JSON object holds; every complaint names its field."""
    if not isinstance(value, dict):
        raise Unreadable(f"an article must be a JSON object, not {_kind(value)}")
    key = value.get("id")
    if isinstance(key, int) and not isinstance(key, bool):
        key = str(key)
    if key is None or key == "":
        raise Unreadable("missing field 'id'")
    if not isinstance(key, str):
        raise Unreadable(f"field 'id' must be a string, not {_kind(key)}")
    text = value.get("text")
    if text is None:
        raise Unreadable("missing field 'text'")
    if not isinstance(text, str):
        raise Unreadable(f"field 'text' must be a string, not {_kind(text)}")
    if not text.strip():
        raise Unreadable("field 'text' is empty")
    if len(text) > limit:
        size = f"{limit / 1_000_000:g} million characters"
        raise Unreadable(f"field 'text' is longer than the limit of {size}; raise it with --max-size")
    article = Article(
        id=key,
        text=text,
        title=_optional(value, "title"),
        published=_published(value.get("published")),
        source=_optional(value, "source"),
        url=_optional(value, "url"),
    )
    return checked(article)


def with_key(value: dict[str, Any]) -> dict[str, Any]:
    """A row of a format in which ids are optional, with an id: its own, else its address, else one made from source and text."""
    if value.get("id") not in (None, ""):
        return value
    made = value.get("url")
    if not made:
        words = json.dumps([value.get("source") or "", value.get("text") or ""], ensure_ascii=False, default=str)
        made = "text-" + hashlib.sha256(words.encode("utf-8", "surrogatepass")).hexdigest()[:24]
    return {**value, "id": made}


def _optional(value: dict[str, Any], name: str) -> str:
    found = value.get(name)
    if found is None:
        return ""
    if not isinstance(found, str):
        raise Unreadable(f"field '{name}' must be a string, not {_kind(found)}")
    return found


def _published(found: Any) -> str | None:
    if found is None or found == "":
        return None
    if not isinstance(found, str) or not is_date(found):
        shown = json.dumps(found, ensure_ascii=True)
        raise Unreadable(f"field 'published' must be an ISO date or date-time such as 2015-07-14, not {shown[:60]}")
    return found


def is_date(text: str) -> bool:
    """True for an ISO 8601 calendar date or date-time that exists."""
    if _ISO.fullmatch(text) is None:
        return False
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return False
    return True


def checked(article: Article) -> Article:
    """The article itself, if it is Arabic and can be written as UTF-8 again."""
    for name in ("id", "text", "title", "published", "source", "url"):
        broken = _SURROGATE.search(getattr(article, name) or "")
        if broken is not None:
            code = f"\\u{ord(broken[0]):04x}"
            at = broken.start()
            raise Unreadable(f"field '{name}' holds half a character ({code}, a lone surrogate) at character {at}")
    require_arabic(article.text)
    return article


def _kind(value: Any) -> str:
    if isinstance(value, bool):
        return "a truth value"
    names = {dict: "an object", list: "a list", str: "a string", int: "a number", float: "a number"}
    return names.get(type(value), "null")
