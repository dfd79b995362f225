"""What is no Arabic article is refused in the same words whichever way it comes: as a file, on standard input, in a feed, as a web page, through the API."""

from __future__ import annotations

import io
import ipaddress
import json
import sys
from collections.abc import Iterator
from html import escape
from pathlib import Path
from types import SimpleNamespace

import httpx
import pytest
from filling import Stumbling
from publisher import Page, Publisher, publishing

from mahdar.errors import SourceError
from mahdar.register.feeds import Feed, Settings
from mahdar.register.fetching import Fetcher, Limits
from mahdar.register.store import Store
from mahdar.register.watch import watch
from mahdar.server.app import create
from mahdar.server.settings import Settings as ServerSettings
from mahdar.server.tokens import Tokens, now_utc
from mahdar.sources import read_articles

LOCAL = (ipaddress.ip_network("127.0.0.0/8"),)
PERSIAN = "وزیر امور خارجه گفت که این توافق برای همه کشورهای منطقه مهم است و باید اجرا شود و ما از آن حمایت می‌کنیم."
ARABIC = "التقى وزير الخارجية الأميركي جون كيري نظيره الروسي سيرغي لافروف في فيينا يوم الجمعة. وقال كيري إن بلاده ترحب بالاتفاق مع الجانب الروسي."
ENGLISH = "The two ministers met in Vienna on Friday and agreed to meet again soon after the talks."

# (what is wrong, the text, what is said of it)
TEXTS = [
    ("another language", ENGLISH, "not an Arabic article: only 0% of its letters are Arabic"),
    ("Persian", PERSIAN, "not an Arabic article: it seems to be Persian"),
    ("no letters", "123 456 789 101 112 131 415 161 718 192 021 222", "no letters in the text"),
]
# (what is wrong, the bytes of a line, what is said of it): what only text as JSON can be
LINES = [
    ("cut in the middle", json.dumps({"id": "a", "text": ARABIC})[:-30].encode(), "JSON is cut off: it ends in the middle of a value"),
    ("no id", json.dumps({"text": ARABIC}).encode(), "missing field 'id'"),
    ("no text", b'{"id": "a"}', "missing field 'text'"),
    ("half a character", json.dumps({"id": "a", "text": ARABIC + "\ud800"}).encode(), "field 'text' holds half a character"),
    ("no date", json.dumps({"id": "a", "text": ARABIC, "published": "gestern"}).encode(), "field 'published' must be an ISO date"),
    ("empty", json.dumps({"id": "a", "text": " "}).encode(), "field 'text' is empty"),
]
# (what is wrong, the bytes of a file, its suffix, what is said of it)
FILES = [
    ("empty", b"", ".txt", "empty file"),
    ("spaces", b" \n\t ", ".txt", "empty file"),
    ("binary", b"\0\1\2" * 50, ".txt", "binary data (NUL bytes), not text"),
    ("HTML without text", b"<html><body><nav>menu</nav></body></html>", ".html", "no article text found in this HTML page"),
    ("JSON of no article", b"[1]", ".json", "an article must be a JSON object, not a number"),
    ("an empty list", b"[]", ".json", "empty list of articles"),
    ("too large", ("ا" * 30_000).encode(), ".txt", "larger than the limit of 0.02 MB; raise it with --max-size"),
    ("cut archive", b"\x1f\x8b\x08\0\0\0\0\0", ".txt", "corrupt gzip file"),
]


def refusal(found: Iterator[object], where: str) -> str:
    (error,) = found
    assert isinstance(error, SourceError)
    assert str(error).startswith(f"{where}:")
    return error.reason


def by_file(data: bytes, suffix: str, folder: Path) -> str:
    path = folder / f"x{suffix}"
    path.write_bytes(data)
    return refusal(read_articles([path], limit=20_000), str(path))


def by_stdin(data: bytes, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(data)))
    return refusal(read_articles(["-"], limit=20_000), "<stdin>")


def by_feed(publisher: Publisher, store: Store, feed: Feed, **limits: float) -> list[str]:
    steps = watch(
        store, Settings((feed,)), Fetcher(Limits(allowed=LOCAL, pause=0, **limits)), make=Stumbling, clock=lambda: "n", moment=lambda: 0.0, sleep=lambda _: None, once=True  # type: ignore[arg-type]
    )
    (done,) = steps
    return [problem.removeprefix(publisher.address) for problem in done.problems] or [done.error]


@pytest.fixture
def publisher() -> Iterator[Publisher]:
    with publishing() as running:
        yield running


@pytest.mark.parametrize(("text", "message"), [row[1:] for row in TEXTS], ids=[row[0] for row in TEXTS])
def test_the_same_words_by_every_way(text: str, message: str, tmp_path: Path, sqlite: str, publisher: Publisher, monkeypatch: pytest.MonkeyPatch) -> None:
    row = json.dumps({"id": "a", "text": text}).encode()
    page = f"<html><head><title>x</title></head><body><article><p>{escape(text)}</p><p>{escape(text)}</p></article></body></html>"
    said = {
        "text": by_file(text.encode(), ".txt", tmp_path), "JSON lines": by_file(row, ".jsonl", tmp_path), "CSV": by_file(f'id,text\na,"{text}"\n'.encode(), ".csv", tmp_path),
        "HTML": by_file(page.encode(), ".html", tmp_path), "standard input": by_stdin(text.encode(), monkeypatch), "JSON on standard input": by_stdin(row, monkeypatch),
    }  # fmt: skip
    with Store.open(sqlite, create=True) as store:
        (said["feed"],) = by_feed(publisher, store, Feed(publisher.feed("/1", text=text), page=False))
        publisher.pages["/2"] = Page(page)
        (said["page of a feed"],) = by_feed(publisher, store, Feed(publisher.feed("/2")))
        assert store.count() == 0
        assert store.count("rejects") == 2
    said |= {name: said[name].partition(": ")[2] for name in ("feed", "page of a feed")}
    for way, words in said.items():
        assert words.startswith(message), (way, words)


@pytest.mark.parametrize(("data", "message"), [row[1:] for row in LINES], ids=[row[0] for row in LINES])
def test_lines_of_json_by_file_and_standard_input(data: bytes, message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for said in (by_file(data, ".jsonl", tmp_path), by_stdin(data, monkeypatch)):
        assert said.startswith(message), said


@pytest.mark.parametrize(("data", "suffix", "message"), [row[1:] for row in FILES], ids=[row[0] for row in FILES])
def test_files_by_name_and_standard_input(data: bytes, suffix: str, message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert by_file(data, suffix, tmp_path).startswith(message)
    assert by_stdin(data, monkeypatch).startswith(message)


@pytest.mark.parametrize("name", ["another language", "Persian", "no letters", "no text", "half a character", "no date", "empty"])
def test_the_api_refuses_what_cannot_be_stored(name: str, tmp_path: Path) -> None:
    """What is read for the asking is read whatever it is; what is to be stored is an Arabic article, as by every other way."""
    texts = {row[0]: (json.dumps({"id": "a", "text": row[1]}).encode(), row[2]) for row in TEXTS}
    body, message = texts.get(name) or next((data, "") for what, data, _ in LINES if what == name)
    Store.open(tmp_path / "x.db", create=True).close()
    secret, _ = Tokens(tmp_path / "tokens.json").create(scope="write", name="", days=None, now=now_utc())
    app = create(ServerSettings(register=str(tmp_path / "x.db"), tokens=tmp_path / "tokens.json"))

    async def ask() -> httpx.Response:
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://localhost") as client:
            return await client.post("/api/v1/articles", content=body, headers={"Authorization": f"Bearer {secret}", "Content-Type": "application/json"})

    import asyncio

    answer = asyncio.run(ask())
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    assert message in answer.json()["detail"]
    with Store.open(tmp_path / "x.db") as store:
        assert store.count() == 0
