"""What is fuzzed: each target takes bytes and raises only where the program breaks a promise.

A promise broken is any exception but the expected refusals, an article or record that is not as it should be, or an answer of the server that is
a defect (5xx) or not of the one shape of errors. A target that takes too long is one too: the fuzzer's own limit sees to that.
"""

from __future__ import annotations

import asyncio
import io
import json
import sys
import tempfile
from collections.abc import Callable
from functools import cache, partial
from pathlib import Path
from types import SimpleNamespace
from typing import Any, Final

from mahdar import default_reader
from mahdar.errors import LexiconError, QuestionError, RegisterError, SettingsError
from mahdar.record import Article, Record
from mahdar.register.facts import FactReader
from mahdar.register.feeds import load_feeds
from mahdar.register.ingest import ingest
from mahdar.register.questions import Register
from mahdar.register.rows import storable
from mahdar.register.store import Store
from mahdar.register.write import Entry
from mahdar.soundness import faults
from mahdar.sources.files import Unreadable
from mahdar.sources.formats import from_object, is_date
from mahdar.sources.read import located

from .seeds import WORDS
from .taken import Taken

LIMIT: Final = 200_000  # bytes of one article
SAMPLES: Final = Path(__file__).resolve().parents[2] / "src" / "mahdar" / "samples"
Target = Callable[[bytes], None]


class Broken(AssertionError):
    """A promise that was not kept."""


@cache
def _folder() -> Path:
    return Path(tempfile.mkdtemp(prefix="mahdar-fuzz-"))


# ---------------------------------------------------------------------------------------------------- sources


def source(suffix: str, data: bytes) -> None:
    """A file of this suffix: articles that can be stored and written, or complaints of one line."""
    path = _folder() / f"x{suffix}"
    path.write_bytes(data)
    _look(str(path))


def stdin(data: bytes) -> None:
    """The same bytes on standard input, told by their start."""
    before, sys.stdin = sys.stdin, SimpleNamespace(buffer=io.BytesIO(data))  # type: ignore[assignment]
    try:
        _look("-")
    finally:
        sys.stdin = before


def _look(given: str) -> None:
    for found in located([given], limit=LIMIT):
        if isinstance(found.article, Unreadable):
            said = str(found.article)
            if not said or "\n" in said or "please report" in said:
                raise Broken(f"complaint {said!r}")
            continue
        _sound_article(found.article)


def _sound_article(article: Article) -> None:
    if not article.text.strip() or not article.id or not (article.published is None or is_date(article.published)):
        raise Broken(f"article {article!r}")
    fields = {name: getattr(article, name) for name in Article.__slots__}
    again = from_object(json.loads(json.dumps(fields, ensure_ascii=False).encode()), 10 * LIMIT)
    if again != article:
        raise Broken(f"{article!r} comes back as {again!r}")
    stored = storable(article)
    if storable(stored) != stored or len(stored.text) != len(article.text):
        raise Broken(f"storable({article!r})")


# ---------------------------------------------------------------------------------------------------- reading


def reading(data: bytes) -> None:
    """Any text made of words of news and others: a sound record, the same each time, and through JSON and back."""
    taken = Taken(data)
    published = taken.pick((None, "2015-08-05", "2015-08-05T10:00:00Z", "soon", ""))
    pieces = []
    while taken:
        at = taken.number(len(WORDS) + 20)
        pieces.append(WORDS[at] if at < len(WORDS) else taken.text(24))
        pieces.append("" if taken.number(8) == 0 else " ")
    text = "".join(pieces).encode("utf-8", "replace").decode()
    read(Article("fuzz", text, published=published), twice=taken.number(2) == 0)


def read(article: Article, *, twice: bool = True) -> None:
    """Read an article and everything that a register makes of it."""
    record = default_reader().read(article)
    for fault in faults(record, article.text):
        raise Broken(fault)
    packed = json.dumps(record.to_json(), ensure_ascii=False)
    if Record.from_json(json.loads(packed), article) != record:
        raise Broken("the record does not come back from its JSON")
    if twice and default_reader().read(article) != record:
        raise Broken("read twice, two records")
    Entry.of(storable(article), record, _facts())


@cache
def _facts() -> FactReader:
    return FactReader(default_reader().lexicon)


# ---------------------------------------------------------------------------------------------------- questions


@cache
def _register() -> Path:
    path = _folder() / "news.db"
    with Store.open(path, create=True) as store:
        for _ in ingest(store, located([str(SAMPLES)]), make=default_reader, clock=lambda: "2026-01-01T00:00:00Z"):
            pass
    return path


@cache
def _asked() -> Register:
    return Register(_register(), lexicon=default_reader().lexicon)


_NAMES: Final = ("RUS", "USA", "Lavrov", "روسيا", "P5+1", "~x", "iran-nuclear", "OTHER:x", "?", "")
_QUESTIONS: Final = (
    "articles", "actors", "events", "meetings", "occurrences", "statements", "positions", "stances", "changes", "requests", "commitments", "pairs",
)  # fmt: skip


def query(data: bytes) -> None:
    """Words looked for, in the language of search, and filters of every question: an answer or a refusal that says why."""
    taken = Taken(data)
    register = _asked()
    try:
        if taken.number(3):
            words = taken.rest().decode("utf-8", "surrogateescape")
            list(register.search(words, limit=3))
        else:
            list(getattr(register, taken.pick(_QUESTIONS))(limit=taken.number(4), **_filters(taken)))
    except QuestionError as error:
        if not str(error):
            raise Broken("a refusal without words") from error


def _filters(taken: Taken) -> dict[str, Any]:
    def word() -> str:
        return taken.pick(_NAMES) if taken.number(2) else taken.text(40)

    found: dict[str, Any] = {}
    for name in ("actor", "on", "source", "since", "until", "after", "type", "status"):
        if taken.number(4) == 0:
            found[name] = taken.text(30) if name in ("source", "since", "until", "after", "type", "status") else word()
    if taken.number(4) == 0:
        found["between"] = (word(), word())
    return found


# ---------------------------------------------------------------------------------------------------- the server


class _Server:
    """The whole application, asked without a socket."""

    def __init__(self) -> None:
        from mahdar.server.app import create
        from mahdar.server.settings import Settings
        from mahdar.server.tokens import Tokens, now_utc

        tokens = _folder() / "tokens.json"
        secret, _ = Tokens(tokens).create(scope="write", name="fuzz", days=None, now=now_utc())
        self.bearer = f"Bearer {secret}".encode()
        self.app = create(Settings(register=str(_register()), rate=0, tokens=tokens))
        self.loop = asyncio.new_event_loop()
        self.events: asyncio.Queue[dict[str, str]] = asyncio.Queue()
        started: asyncio.Queue[Any] = asyncio.Queue()
        scope = {"type": "lifespan", "asgi": {"version": "3.0"}, "state": {}}
        self.events.put_nowait({"type": "lifespan.startup"})
        self.running = self.loop.create_task(self.app(scope, self.events.get, started.put))
        message = self.loop.run_until_complete(started.get())
        if message["type"] != "lifespan.startup.complete":
            raise Broken(str(message))

    def ask(self, scope: dict[str, Any], body: bytes) -> tuple[int, dict[bytes, bytes], bytes]:
        sent: list[dict[str, Any]] = []
        waiting = [{"type": "http.request", "body": body, "more_body": False}]

        async def receive() -> dict[str, Any]:
            return waiting.pop() if waiting else {"type": "http.disconnect"}

        async def send(message: dict[str, Any]) -> None:
            sent.append(message)

        self.loop.run_until_complete(asyncio.wait_for(self.app(scope, receive, send), 30))
        start = next(message for message in sent if message["type"] == "http.response.start")
        return start["status"], dict(start["headers"]), b"".join(message.get("body", b"") for message in sent)


_server = cache(_Server)
_PATHS: Final = (
    "", *(f"/api/v1/{name}" for name in (*_QUESTIONS, "search", "issues", "openapi.json", "read", "rulings", "articles/minsk-2015", "brief/iran-nuclear", "ingest")),
    "/en", "/ar", "/en/search", "/ar/stand", "/en/actor/RUS", "/en/pair/RUS/USA", "/login", "/logout", "/mcp", "/static/", "/metrics", "/healthz",
)  # fmt: skip
_HEADERS: Final = ("accept", "accept-encoding", "cookie", "origin", "sec-fetch-site", "if-none-match", "hx-request", "content-type", "range", "referer", "accept-language")
_PARAMETERS: Final = ("q", "actor", "between", "type", "on", "since", "until", "source", "status", "after", "limit", "format", "next", "lang", "version", "language", "semantic")


def api(data: bytes) -> None:
    """A request of any sort: an answer that is no defect, in the one shape of errors, whose headers no input has bent."""
    from urllib.parse import quote, unquote

    taken = Taken(data)
    server = _server()
    method = taken.pick(("GET", "GET", "GET", "GET", "HEAD", "POST", "DELETE", "PUT", "OPTIONS", "X"))
    path = taken.pick(_PATHS) + (quote(taken.text(40).encode("utf-8", "surrogateescape"), safe="/%") if taken.number(3) == 0 else "")
    asked = "&".join(f"{taken.pick(_PARAMETERS)}={quote(taken.text(40).encode('utf-8', 'surrogateescape'), safe='%+')}" for _ in range(taken.number(4)))
    headers = [(b"host", b"localhost")]
    headers += [(taken.pick(_HEADERS).encode(), taken.bytes(taken.number(40)).replace(b"\n", b"").replace(b"\r", b"")) for _ in range(taken.number(4))]
    if taken.number(4) == 0:
        headers.append((b"authorization", server.bearer))
    scope = {
        "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": method, "scheme": "http", "path": unquote(path, errors="replace") or "/",
        "raw_path": path.encode("utf-8", "replace"),
        "query_string": asked.encode(), "root_path": "", "headers": headers, "client": ("127.0.0.1", 5), "server": ("127.0.0.1", 80), "state": {},
    }  # fmt: skip
    if method == "POST" and scope["path"].startswith(("/api/v1/read", "/en/read", "/ar/read", "/api/v1/ingest", "/api/v1/articles")):
        scope["method"] = "GET"  # reading has a target of its own; here it would be a process to wait for
    status, got, answer = server.ask(scope, taken.rest())
    if status >= 500:
        raise Broken(f"{method} {path}?{asked}: {status} {answer[:300]!r}")
    for name, value in got.items():
        if b"\n" in value or b"\r" in value:
            raise Broken(f"header {name!r}: {value!r}")
    if b"json" in got.get(b"content-type", b"") and method != "HEAD" and answer and b"ndjson" not in got[b"content-type"] and b"content-encoding" not in got:
        json.loads(answer)
    where = got.get(b"location", b"/")
    if not where.startswith((b"/", b"http://localhost/")) or where.startswith((b"//", b"/\\")):
        raise Broken(f"led to {where!r}")


# ---------------------------------------------------------------------------------------------------- files of settings and exports


def feeds(data: bytes) -> None:
    """A file of feeds: settings, or what is wrong with it."""
    path = _folder() / "feeds.toml"
    path.write_bytes(data)
    try:
        load_feeds(path)
    except SettingsError as error:
        if str(path) not in str(error):
            raise Broken(f"which file? {error}") from error


def lexicon(data: bytes) -> None:
    """Rows of the user's own: well formed, or what is wrong with them."""
    from mahdar.lexicon.schema import KINDS, find_problem, read_file

    taken = Taken(data)
    kind = taken.pick(KINDS)
    path = _folder() / "rows.yaml"
    path.write_bytes(taken.rest())
    try:
        for row in read_file(path):
            find_problem(kind, row)
    except LexiconError as error:
        if str(path) not in str(error):
            raise Broken(f"which file? {error}") from error


def restored(data: bytes) -> None:
    """An export that may have been damaged: taken in, or refused with the line."""
    from mahdar.export.restore import restore

    path = _folder() / "export.jsonl"
    path.write_bytes(data)
    register = _folder() / "restored.db"
    for leftover in _folder().glob("restored.db*"):
        leftover.unlink()
    with Store.open(register, create=True) as store:
        try:
            list(restore(store, path, lexicon=default_reader().lexicon))
        except RegisterError as error:
            if str(path) not in str(error):
                raise Broken(f"which file? {error}") from error


TARGETS: Final[dict[str, Target]] = {
    **{name: partial(source, f".{name}") for name in ("txt", "html", "jsonl", "json", "csv", "warc", "rss")},
    "stdin": stdin, "reading": reading, "query": query, "api": api, "feeds": feeds, "lexicon": lexicon, "import": restored,
}  # fmt: skip
