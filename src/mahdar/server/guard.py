"""What every request passes first: is it for us, is it too fast, who asks, may it change anything, is it too large; and what every answer bears.

One plain ASGI layer around the whole application, so that nothing behind it can be reached past it.
"""

from __future__ import annotations

import asyncio
import logging
import secrets
import time
from collections import OrderedDict
from http.cookies import CookieError, SimpleCookie
from typing import Final
from urllib.parse import quote, urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from mahdar.errors import SettingsError
from mahdar.server.metrics import Metrics
from mahdar.server.problems import problem
from mahdar.server.settings import Settings
from mahdar.server.tokens import Token, Tokens, now_utc

COOKIE: Final = "mahdar"
SESSION: Final = 12 * 3600  # seconds
_OPEN: Final = ("/static/", "/login", "/healthz", "/favicon.ico")  # what needs no token
_SAFE: Final = frozenset(("GET", "HEAD", "OPTIONS"))
_MOST: Final = 10_000  # clients and sessions remembered
_PATIENCE: Final = 30.0  # seconds that a request's body may take
_KINDS: Final = frozenset(("api", "mcp", "static", "login", "logout", "healthz", "metrics", "en", "ar"))
HEADERS: Final = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
log = logging.getLogger("mahdar.access")


class Sessions:
    """Browsers that gave a token once: an unguessable name for the token's digest, till the server ends."""

    def __init__(self) -> None:
        self._held: OrderedDict[str, tuple[str, float]] = OrderedDict()

    def begin(self, token: Token) -> str:
        name = secrets.token_urlsafe(32)
        self._held[name] = (token.digest, time.monotonic() + SESSION)
        while len(self._held) > _MOST:
            self._held.popitem(last=False)
        return name

    def digest(self, name: str) -> str | None:
        found = self._held.get(name)
        return found[0] if found is not None and time.monotonic() < found[1] else None

    def end(self, name: str) -> None:
        self._held.pop(name, None)


class Pace:
    """How fast one client may ask: a bucket that holds two seconds' worth and fills all the time."""

    def __init__(self, rate: float) -> None:
        self.rate = rate
        self._held: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def wait(self, client: str, now: float) -> float:
        """Seconds until this client may ask; 0: now."""
        if not self.rate:
            return 0.0
        full = max(2 * self.rate, 1.0)
        left, last = self._held.pop(client, (full, now))
        left = min(full, left + (now - last) * self.rate)
        wait = 0.0 if left >= 1 else (1 - left) / self.rate
        self._held[client] = (left if wait else left - 1, now)
        while len(self._held) > _MOST:
            self._held.popitem(last=False)
        return wait


class Guard:
    """The layer. ``scope["state"]["scope"]`` tells what is behind it who asks: "write", "read" or nothing."""

    def __init__(self, app: ASGIApp, *, settings: Settings, tokens: Tokens, sessions: Sessions, metrics: Metrics) -> None:
        self.app, self.settings, self.tokens, self.sessions, self.metrics = app, settings, tokens, sessions, metrics
        self.pace = Pace(settings.rate)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self.app(scope, receive, send)
            return
        started, status = time.perf_counter(), 500
        method, head = scope["method"], scope["method"] == "HEAD"

        async def answered(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                headers = MutableHeaders(raw=message.setdefault("headers", []))
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
                headers.setdefault("Cache-Control", "no-store")
            elif head:
                message = {**message, "body": b""}
            await send(message)

        self.metrics.active += 1
        try:
            await self._pass({**scope, "method": "GET"} if head else scope, receive, answered)
        finally:
            self.metrics.active -= 1
            seconds = time.perf_counter() - started
            kind = scope["path"].lstrip("/").partition("/")[0]  # `OPTIONS *` has no slash at all
            self.metrics.served(kind if kind in _KINDS else "other", method if method in ("GET", "HEAD", "POST", "DELETE") else "OTHER", status, seconds)
            client = scope["client"][0] if scope.get("client") else "-"
            path = quote(scope["path"], safe="/~:?*+!$',;=@")[:200]
            told = {"client": client, "method": method, "path": path, "status": status, "ms": round(seconds * 1000, 1)}
            log.info("%s %s %s %d %.0fms", client, method, path, status, seconds * 1000, extra={"told": told})

    async def _pass(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            refusal, body = await self._checked(scope, receive)
        except SettingsError as error:
            refusal, body = problem(500, str(error)), b""
        if refusal is not None:
            self.metrics.events[f"refused_{refusal.status_code}"] += 1
            await refusal(scope, receive, send)
            return
        await self.app(scope, receive if scope["method"] == "GET" else _again(body, receive), send)

    async def _checked(self, scope: Scope, receive: Receive) -> tuple[Response | None, bytes]:
        headers = Headers(scope=scope)
        hosts = self.settings.hosts
        if hosts is not None and _hostname(headers.get("host", "")) not in hosts:
            return problem(421, "this server is not called so; name the host with --name when starting it"), b""
        secret, session = _credentials(headers)
        now = now_utc()
        token = self.tokens.find(secret, now) if secret is not None else None
        if session is not None and token is None and (digest := self.sessions.digest(session)) is not None:
            token = self.tokens.held(digest, now)
        client = scope["client"][0] if scope.get("client") else ""
        wait = self.pace.wait(token.id if token is not None else client, time.monotonic())
        if wait:
            return problem(429, "too many requests; wait a moment", headers={"Retry-After": str(max(1, round(wait)))}), b""
        if secret is not None and token is None:
            return _unauthorised("this token is not known, was revoked or has expired"), b""
        if token is None and self.settings.needs_tokens and not scope["path"].startswith(_OPEN):
            return _sign_in(scope, headers), b""
        scope.setdefault("state", {})["scope"] = token.scope if token is not None else None
        if scope["method"] in _SAFE:
            return None, b""
        if not _from_here(headers, by_cookie=session is not None):
            return problem(403, "this request comes from another site; forms and scripts of other sites may not use this server"), b""
        return await self._body(headers, receive)

    async def _body(self, headers: Headers, receive: Receive) -> tuple[Response | None, bytes]:
        too_much = problem(413, f"a request may hold {self.settings.body:,} bytes; --max-body allows more")
        if headers.get("content-length", "0").isdigit() and int(headers.get("content-length", "0")) > self.settings.body:
            return too_much, b""
        pieces, size = [], 0
        try:
            async with asyncio.timeout(_PATIENCE):
                while True:
                    message = await receive()
                    if message["type"] == "http.disconnect":
                        return problem(400, "the request ended before all of it came"), b""
                    pieces.append(message.get("body", b""))
                    size += len(pieces[-1])
                    if size > self.settings.body:
                        return too_much, b""
                    if not message.get("more_body"):
                        return None, b"".join(pieces)
        except TimeoutError:
            return problem(408, f"the request took longer than {_PATIENCE:.0f} seconds to come"), b""


def _again(body: bytes, receive: Receive) -> Receive:
    """The body once more, then what comes after it."""
    waiting = [body]

    async def given() -> Message:
        if waiting:
            return {"type": "http.request", "body": waiting.pop(), "more_body": False}
        return await receive()

    return given


def _credentials(headers: Headers) -> tuple[str | None, str | None]:
    """The token in the header, and the session in the cookie."""
    kind, _, secret = headers.get("authorization", "").partition(" ")
    try:
        cookie = SimpleCookie(headers.get("cookie", "")).get(COOKIE)
    except CookieError:
        cookie = None
    return secret.strip() if kind.casefold() == "bearer" else None, cookie.value if cookie is not None else None


def _from_here(headers: Headers, *, by_cookie: bool) -> bool:
    """Does a request that may change something come from this server's own pages, or from a program?"""
    site = headers.get("sec-fetch-site")
    if site is not None and site not in ("same-origin", "none"):
        return False
    origin = headers.get("origin")
    if origin is not None:
        try:
            return urlsplit(origin).netloc.casefold() == headers.get("host", "").casefold()
        except ValueError:
            return False
    return site is not None or not by_cookie


def _hostname(host: str) -> str:
    host = host.casefold()
    if host.startswith("["):
        return host.partition("]")[0] + "]"
    return host.partition(":")[0]


def _unauthorised(detail: str) -> Response:
    return problem(401, detail, headers={"WWW-Authenticate": 'Bearer realm="mahdar"'})


def _sign_in(scope: Scope, headers: Headers) -> Response:
    """Programs are told, browsers are led to the page where a token is given."""
    if scope["method"] == "GET" and "text/html" in headers.get("accept", "") and not scope["path"].startswith(("/api/", "/mcp")):
        path = scope["path"] + (f"?{scope['query_string'].decode('latin-1')}" if scope["query_string"] else "")
        return RedirectResponse(f"/login?next={quote(path, safe='')}", 303)
    return _unauthorised("a token is needed: `mahdar token create` makes one; send it as `Authorization: Bearer …`")
