"""Bytes → text. UTF-8 and marked UTF-16 are certain; Windows-1256 and ISO-8859-6 are told apart by their text."""

from __future__ import annotations

import codecs
import re

from mahdar.sources.files import Unreadable

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_META = re.compile(rb"""<meta[^>]{0,300}?charset\s*=\s*["']?\s*([A-Za-z0-9_.:-]{2,40})""", re.IGNORECASE)
_ARABIC = re.compile("[\u0621-\u064a]")
_ARTICLE = re.compile(
    r"(?:(?<=[\s«\"(])|^)[وبفك]?ال(?=[\u0621-\u064a]{2})|(?:(?<=\s)|^)(?:في|من|على|عن|أن|ان|إلى|الى)(?=\s)"
)
_ODD = re.compile("[\x80-\x9f\u00a1-\u00a9\u00ae-\u00b6\u00b8-\u00ba\u00bc-\u00ff\u0192\u02c6\u2020-\u2022\u2030]")
_SAMPLE = 60_000


def marked(start: bytes) -> str | None:
    """The encoding a byte-order mark names, if there is one."""
    return next((name for mark, name in _MARKS if start.startswith(mark)), None)


def wide(encoding: str) -> bool:
    """True for encodings whose line ends cannot be found in the bytes (UTF-16, UTF-32)."""
    return codecs.lookup(encoding).name.startswith(("utf-16", "utf-32"))


def decode(data: bytes, encoding: str | None = None, *, html: bool = False) -> str:
    """``data`` as text, without a byte-order mark; :class:`Unreadable` when it is binary or in an unknown encoding."""
    known = encoding or marked(data[:4]) or (_declared(data) if html else None)
    if known is not None:
        try:
            return data.decode(known).removeprefix("\ufeff")
        except UnicodeDecodeError as error:
            if encoding is not None or known != _declared(data):
                raise Unreadable(f"not valid {known} at byte {error.start} ({error.reason})") from None
        except LookupError:
            pass
    if b"\0" in data:
        return _unmarked_wide(data)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return _legacy(data)


def encoding_of(start: bytes) -> str:
    """The encoding of a long text by its ``start``, for what is decoded while it is read; :class:`Unreadable` as in :func:`decode`."""
    known = marked(start[:4])
    if known is not None:
        return known
    if b"\0" in start:
        raise Unreadable("binary data (NUL bytes), not text")
    try:
        codecs.getincrementaldecoder("utf-8")().decode(start)  # the last character may be cut
    except UnicodeDecodeError:
        best = max(("cp1256", "iso-8859-6"), key=lambda name: plausibility(start.decode(name, "replace")))
        _legacy(start)  # complains where it is none of them
        return best
    return "utf-8"


def encoding_named(name: str | None) -> str | None:
    """The encoding that a server's header names, by Python's name for it; None where it names none or one nobody knows."""
    try:
        return codecs.lookup(name.strip("\"' ")).name if name else None
    except (LookupError, ValueError):
        return None


def _declared(data: bytes) -> str | None:
    found = _META.search(data[:4096])
    if found is None:
        return None
    name = found[1].decode("ascii")
    try:
        return None if wide(name) else name
    except LookupError:
        return None


def _unmarked_wide(data: bytes) -> str:
    """UTF-16 without its mark still shows as Arabic in one of the two byte orders; other bytes with NUL are no text."""
    for name in ("utf-16-le", "utf-16-be"):
        try:
            text = data.decode(name)
        except UnicodeDecodeError:
            continue
        if "\0" not in text and len(_ARABIC.findall(text[:_SAMPLE])) > 0.5 * len(text[:_SAMPLE]):
            return text
    raise Unreadable("binary data (NUL bytes), not text")


def _legacy(data: bytes) -> str:
    best, best_score = "", 0.0
    for name in ("cp1256", "iso-8859-6"):
        try:
            text = data.decode(name)
        except UnicodeDecodeError:
            continue
        score = plausibility(text)
        if score > best_score:
            best, best_score = text, score
    if best_score >= 0.1:
        return best
    if b"\xd8" in data or b"\xd9" in data:
        text = data.decode("utf-8", "replace")
        broken = text.count("\ufffd")
        if broken * 20 < len(_ARABIC.findall(text)):
            at = text.index("\ufffd")
            raise Unreadable(f"damaged UTF-8: {broken} broken characters, the first at character {at}")
    return _guess(data)


def _guess(data: bytes) -> str:
    from charset_normalizer import from_bytes

    found = from_bytes(data[:_SAMPLE]).best()
    if found is not None:
        try:
            text = data.decode(found.encoding)
        except (UnicodeDecodeError, LookupError):
            text = ""
        if plausibility(text) >= 0.1:
            return text
    tried = "UTF-8, Windows-1256, ISO-8859-6"
    raise Unreadable(f"not text in a known Arabic encoding (tried {tried}); name it with --encoding")


def plausibility(text: str) -> float:
    """How much ``text`` looks like Arabic prose: article and particles per word, letters per character, no oddities."""
    sample = text[:_SAMPLE]
    words = len(sample.split())
    letters = len(_ARABIC.findall(sample))
    if words == 0 or letters == 0:
        return 0.0
    odd = len(_ODD.findall(sample))
    return len(_ARTICLE.findall(sample)) / words + letters / len(sample) - 3 * odd / letters
