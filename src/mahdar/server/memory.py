"""Answers kept as long as the register stays as it is: ETags told before anything is asked, compressed once, served again from memory."""

from __future__ import annotations

import hashlib
import secrets
import zlib
from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Final

import anyio
import anyio.to_thread
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from mahdar.errors import RegisterError
from mahdar.server.metrics import Metrics

KEPT: Final = ("/api/", "/en", "/ar")  # what is asked of the register, and remembered
_LARGEST: Final = 1_000_000  # bytes of one answer kept
_ALL: Final = 64_000_000  # of all together
_LEAST: Final = 800  # smaller ones are not compressed
_TEXTS: Final = ("text/", "application/json", "application/problem+json", "application/x-ndjson", "image/svg")


@dataclass(frozen=True, slots=True)
class _Answer:
    """A whole answer; ``packed`` is its body compressed, where that is shorter."""

    headers: tuple[tuple[bytes, bytes], ...]
    body: bytes
    packed: bytes | None

    @property
    def size(self) -> int:
        return len(self.body) + len(self.packed or b"") + 500


class Memory:
    """The layer around pages and API. ``mark`` changes when the register does; where it ``waits`` for another server it is asked in a thread of
    its own, never behind those that look for answers."""

    def __init__(self, app: ASGIApp, *, mark: Callable[[], str], waits: bool, metrics: Metrics) -> None:
        self.app, self.mark, self.waits, self.metrics = app, mark, waits, metrics
        self._threads = anyio.CapacityLimiter(2)
        self._start = secrets.token_hex(8)  # marks of another run mean nothing now
        self._now = ""
        self._held: OrderedDict[str, _Answer] = OrderedDict()  # of the register as it is now: what was answered before is never asked for again
        self._size = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] != "GET" or not scope["path"].startswith(KEPT):
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        try:
            mark = await anyio.to_thread.run_sync(self.mark, limiter=self._threads) if self.waits else self.mark()
        except RegisterError:  # the register cannot be reached: nothing is kept, and what is asked says so itself
            await self.app(scope, receive, send)
            return
        self._as_of(mark)
        asked = (self._start, mark, scope["path"], scope["query_string"].decode("latin-1"), headers.get("accept", ""), headers.get("hx-request", ""))
        key = hashlib.sha256("\n".join(asked).encode()).hexdigest()[:32]
        etag = f'W/"{key}"'
        if etag in headers.get("if-none-match", ""):
            self.metrics.events["not_modified"] += 1
            await send({"type": "http.response.start", "status": 304, "headers": [(b"etag", etag.encode()), *_KEEP]})
            await send({"type": "http.response.body", "body": b""})
            return
        held = self._held.get(key)
        packs = "gzip" in headers.get("accept-encoding", "")
        if held is not None:
            self._held.move_to_end(key)
            self.metrics.events["from_memory"] += 1
            await _sent(held, packs, send)
            return
        await self.app(scope, receive, _Taking(self, mark, key, etag, packs, send))

    @property
    def size(self) -> int:
        """Bytes of the answers kept."""
        return self._size

    def _as_of(self, mark: str) -> None:
        if mark != self._now:
            self._now, self._size = mark, 0
            self._held.clear()

    def keep(self, mark: str, key: str, answer: _Answer) -> None:
        """Remember an answer of the register at ``mark``, unless that has passed."""
        if mark == self._now and key not in self._held:
            self._held[key] = answer
            self._size += answer.size
            while self._size > _ALL:
                self._size -= self._held.popitem(last=False)[1].size


_KEEP: Final = ((b"cache-control", b"private, no-cache"), (b"vary", b"Accept, Accept-Encoding, HX-Request"))


class _Taking:
    """Sends an answer on, compressed, and keeps it where it is whole, right and not too long."""

    def __init__(self, memory: Memory, mark: str, key: str, etag: str, packs: bool, send: Send) -> None:
        self.memory, self.mark, self.key, self.etag, self.packs, self.send = memory, mark, key, etag, packs, send
        self.start: Any = None
        self.pieces: list[bytes] = []
        self.size = 0
        self.packed: bytes | None = None  # the whole body, where whoever made it compressed it already
        self.packer: Any = None  # of an answer that is sent piece by piece

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.start = message
            return
        if message["type"] != "http.response.body":
            await self.send(message)
            return
        body, more = message.get("body", b""), message.get("more_body", False)
        self.packed = message.get("packed")
        if self.packer is not None:
            await self._piece(body, more)
            return
        self.pieces.append(body)
        self.size += len(body)
        if more and self.size > _LARGEST:
            await self._stream()
        elif not more:
            await self._whole()

    async def _whole(self) -> None:
        body = b"".join(self.pieces)
        headers = MutableHeaders(raw=list(self.start["headers"]))
        good = self.start["status"] == 200
        if good:
            headers["etag"] = self.etag
            for name, value in _KEEP:
                headers[name.decode()] = value.decode()
        answer = _Answer(tuple(headers.raw), body, self.packed or packed(headers.raw, body))
        if good and len(body) <= _LARGEST:
            self.memory.keep(self.mark, self.key, answer)
        await _sent(answer, self.packs, self.send, self.start["status"])

    async def _stream(self) -> None:
        headers = MutableHeaders(raw=list(self.start["headers"]))
        self.packer = zlib.compressobj(5, wbits=31) if self.packs else _Plain()
        if self.packs:
            headers["content-encoding"] = "gzip"
        headers["vary"] = "Accept, Accept-Encoding"
        del headers["content-length"]
        await self.send({**self.start, "headers": headers.raw})
        await self._piece(b"".join(self.pieces), True)

    async def _piece(self, body: bytes, more: bool) -> None:
        out = self.packer.compress(body) + (b"" if more else self.packer.flush())
        await self.send({"type": "http.response.body", "body": out, "more_body": more})


class _Plain:
    """What passes on what it is given."""

    def compress(self, body: bytes) -> bytes:
        return body

    def flush(self) -> bytes:
        return b""


async def _sent(answer: _Answer, packs: bool, send: Send, status: int = 200) -> None:
    headers = MutableHeaders(raw=list(answer.headers))
    body = answer.body
    if packs and answer.packed is not None:
        headers["content-encoding"] = "gzip"
        body = answer.packed
    headers["content-length"] = str(len(body))
    await send({"type": "http.response.start", "status": status, "headers": headers.raw})
    await send({"type": "http.response.body", "body": body})


def packed(headers: Iterable[tuple[bytes, bytes]], body: bytes) -> bytes | None:
    """A whole body compressed, where that is worth while."""
    kind = next((value.decode("latin-1") for name, value in headers if name == b"content-type"), "")
    return _gzip(body) if len(body) >= _LEAST and kind.startswith(_TEXTS) else None


def _gzip(body: bytes) -> bytes:
    packer = zlib.compressobj(5, wbits=31)
    return packer.compress(body) + packer.flush()
