"""Fetching from publishers' servers: politely, within limits, and never from the inside of one's own network unless allowed.

Addresses are checked where the connection is made, so that neither a redirect nor a name that changes its address leads elsewhere.
"""

from __future__ import annotations

import contextlib
import gzip
import ipaddress
import socket
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import SplitResult, urljoin, urlsplit
from urllib.robotparser import RobotFileParser

import urllib3
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool

from mahdar import __version__
from mahdar.sources.files import GZIP_ERRORS

Network = ipaddress.IPv4Network | ipaddress.IPv6Network

AGENT = f"Mahdar/{__version__} (reader of Arabic news)"
_REDIRECTS = 5
_PIECE = 16_384
_LONGEST_DELAY = 30.0  # a robots.txt may ask for this many seconds between two pages, no more
_WAIT = frozenset((429, 503))  # answers that may say how long to wait
_AGAIN = frozenset((408, 425, 429))  # refusals that are not for good


class FetchError(Exception):
    """Why something could not be fetched. ``lasting``: asking again will not help; ``retry_after`` is what the server asked for, in seconds."""

    def __init__(self, message: str, *, lasting: bool = False, retry_after: float | None = None) -> None:
        super().__init__(message)
        self.lasting = lasting
        self.retry_after = retry_after


@dataclass(frozen=True, slots=True)
class Limits:
    """How much, how long, how often, and which otherwise closed networks."""

    size: int = 5_000_000  # bytes, unpacked
    timeout: float = 20.0  # seconds without a byte
    total: float = 60.0  # seconds for one answer
    pause: float = 2.0  # seconds between two requests to one host
    allowed: tuple[Network, ...] = ()
    agent: str = AGENT


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server sent: ``data`` is empty and ``status`` 304 where nothing has changed."""

    url: str  # after redirects
    status: int
    headers: Mapping[str, str]
    data: bytes


@dataclass(slots=True)
class _Host:
    lock: threading.Lock = field(default_factory=threading.Lock)
    free_at: float = 0.0
    robots: RobotFileParser | None = None


class _Using:
    """The connection that a request goes over, for whoever hangs it up: a handle of its own, which neither TLS nor the end of the headers takes away."""

    def __init__(self) -> None:
        self._handle: socket.socket | None = None

    def take(self, opened: socket.socket) -> None:
        self.close()
        self._handle = opened.dup()

    def hang_up(self) -> None:
        if self._handle is not None:
            with contextlib.suppress(OSError):
                self._handle.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        if self._handle is not None:
            self._handle.close()


_under_way = threading.local()  # the request that this thread waits for


def _use(opened: socket.socket | None) -> None:
    using = getattr(_under_way, "using", None)
    if using is not None and opened is not None:
        using.take(opened)


class Fetcher:
    """Fetches with one set of limits. Threads may share it: one request at a time to each host, with a pause after it."""

    def __init__(self, limits: Limits, *, sleep: Callable[[float], None] = time.sleep, moment: Callable[[], float] = time.monotonic) -> None:
        self.limits = limits
        self._sleep = sleep
        self._moment = moment
        self._hosts: dict[str, _Host] = {}
        self._guard = threading.Lock()
        self._manager = _manager(limits.allowed)

    def get(self, url: str, headers: Mapping[str, str] | None = None, *, robots: bool = False) -> Answer:
        """The answer of a server to GET, redirects followed; :class:`FetchError` for anything but success. ``robots``: only where robots.txt lets us."""
        for _ in range(_REDIRECTS + 1):
            parts = _parts(url)
            with self._guard:
                host = self._hosts.setdefault(parts.netloc, _Host())
            with host.lock:
                if robots:
                    self._ask_robots(host, url)
                answer = self._paced(host, url, headers or {})
            if answer.status not in (301, 302, 303, 307, 308):
                return answer
            try:
                url = urljoin(url, answer.headers.get("location", ""))
            except ValueError:
                raise FetchError("redirects to what is no web address", lasting=True) from None
        raise FetchError("too many redirects", lasting=True)

    def _ask_robots(self, host: _Host, url: str) -> None:
        if host.robots is None:
            parser = RobotFileParser()
            try:
                found = self._paced(host, urljoin(url, "/robots.txt"), {})
                parser.parse(found.data.decode("utf-8", "replace").splitlines() if found.status == 200 else [])
            except FetchError as error:
                if not error.lasting:
                    raise FetchError(f"robots.txt: {error}", retry_after=error.retry_after) from error
                parser.parse([])  # no rules
            host.robots = parser
        if not host.robots.can_fetch(self.limits.agent, url):
            raise FetchError("robots.txt forbids it", lasting=True)

    def _paced(self, host: _Host, url: str, headers: Mapping[str, str]) -> Answer:
        wait = host.free_at - self._moment()
        if wait > max(_LONGEST_DELAY, self.limits.pause):
            raise FetchError("the server asked to be left alone for a while", retry_after=wait)
        if wait > 0:
            self._sleep(wait)
        asked = host.robots.crawl_delay(self.limits.agent) if host.robots is not None else None
        pause = max(self.limits.pause, min(float(asked or 0), _LONGEST_DELAY))
        try:
            return self._once(url, headers)
        except FetchError as error:
            pause = max(pause, error.retry_after or 0.0)
            raise
        finally:
            host.free_at = self._moment() + pause

    def _once(self, url: str, headers: Mapping[str, str]) -> Answer:
        late = f"not done after {self.limits.total:g} seconds"
        with self._cut_off() as cut:
            try:
                answer = self._asked(url, headers)
            except FetchError as error:
                if cut.is_set():
                    raise FetchError(late) from error
                raise
        if cut.is_set():  # hung up in the middle of what has no length: not all of it
            raise FetchError(late)
        return answer

    @contextlib.contextmanager
    def _cut_off(self) -> Iterator[threading.Event]:
        """Hang up once the time for an answer is over, however slowly a server drips its headers; the event says whether that was done."""
        cut, using = threading.Event(), _Using()
        _under_way.using = using

        def hang_up() -> None:
            cut.set()
            using.hang_up()

        timer = threading.Timer(self.limits.total, hang_up)
        timer.daemon = True
        timer.start()
        try:
            yield cut
        finally:
            timer.cancel()
            _under_way.using = None
            using.close()

    def _asked(self, url: str, headers: Mapping[str, str]) -> Answer:
        sent = {"User-Agent": self.limits.agent, "Accept-Encoding": "gzip, deflate", **headers}
        timeout = urllib3.Timeout(connect=min(self.limits.timeout, 10.0), read=self.limits.timeout)
        try:
            response = self._manager.request("GET", url, headers=sent, timeout=timeout, retries=False, redirect=False, preload_content=False)
        except (urllib3.exceptions.HTTPError, OSError, UnicodeError) as error:
            raise FetchError(_reason(error)) from error
        try:
            got = {name.lower(): value for name, value in response.headers.items()}
            status = response.status
            if status >= 400:
                asked = _seconds(got.get("retry-after")) if status in _WAIT else None
                raise FetchError(f"HTTP {status}", lasting=status < 500 and status not in _AGAIN, retry_after=asked)
            data = self._body(response) if status == 200 else b""
            return Answer(url, status, got, data)
        finally:
            response.close()

    def _body(self, response: Any) -> bytes:
        pieces, size, until = [], 0, self._moment() + self.limits.total
        try:
            for piece in _unpacked(response):
                pieces.append(piece)
                size += len(piece)
                if size > self.limits.size:
                    raise FetchError(f"larger than the limit of {self.limits.size / 1_000_000:g} MB", lasting=True)
                if self._moment() > until:
                    raise FetchError(f"not done after {self.limits.total:g} seconds")
        except GZIP_ERRORS as error:
            raise FetchError(f"decompressing what came fails: {error}") from error
        except (urllib3.exceptions.HTTPError, OSError) as error:
            raise FetchError(_reason(error)) from error
        if not size and not {"content-length", "transfer-encoding"} & {name.lower() for name in response.headers}:
            raise FetchError("the server hung up before anything came")  # it may have been in the midst of its headers
        return b"".join(pieces)


def _unpacked(response: Any) -> Iterator[bytes]:
    """The body in pieces. What was packed by gzip must come to its end: urllib3 takes the half of it for the whole."""
    if response.headers.get("content-encoding", "").strip().lower() not in ("gzip", "x-gzip"):
        yield from response.stream(_PIECE, decode_content=True)
        return
    response.decode_content = False
    with gzip.GzipFile(fileobj=response) as opened:
        while piece := opened.read1(_PIECE):
            yield piece


def _parts(url: str) -> SplitResult:
    """The parts of a web address; :class:`FetchError` for anything else."""
    try:
        parts = urlsplit(url)
        if parts.scheme in ("http", "https") and parts.hostname and parts.port != 0:
            return parts
    except ValueError:  # brackets that are no address of IPv6, a port that is none
        pass
    raise FetchError(f"not a web address: {url[:200]}", lasting=True)


def _manager(allowed: tuple[Network, ...]) -> urllib3.PoolManager:
    """Connections that are made only to addresses of the open network, or allowed ones."""

    class Plain(HTTPConnection):
        def _new_conn(self) -> socket.socket:
            return _open(self, allowed)

        def putrequest(self, *given: Any, **options: Any) -> None:
            _use(self.sock)  # where it is used again
            super().putrequest(*given, **options)

    class Secure(HTTPSConnection):
        def _new_conn(self) -> socket.socket:
            return _open(self, allowed)

        def putrequest(self, *given: Any, **options: Any) -> None:
            _use(self.sock)  # where it is used again
            super().putrequest(*given, **options)

    class PlainPool(HTTPConnectionPool):
        ConnectionCls = Plain

    class SecurePool(HTTPSConnectionPool):
        ConnectionCls = Secure

    manager = urllib3.PoolManager(num_pools=50, maxsize=2)
    manager.pool_classes_by_scheme = {"http": PlainPool, "https": SecurePool}
    return manager


def _open(connection: HTTPConnection, allowed: tuple[Network, ...]) -> socket.socket:
    host, last = connection.host.strip("[]"), None
    timeout = connection.timeout if isinstance(connection.timeout, int | float) else 10.0
    for family, kind, protocol, _, place in socket.getaddrinfo(host, connection.port, type=socket.SOCK_STREAM):
        if not permitted(str(place[0]), allowed):
            raise FetchError(f"{host} is an address of a private network ({place[0]}); allow it in the file of feeds if that is meant", lasting=True)
        opened = socket.socket(family, kind, protocol)
        try:
            opened.settimeout(timeout)
            opened.connect(place)
        except OSError as error:
            opened.close()
            last = error
        else:
            _use(opened)
            return opened
    raise last or OSError(f"{host} has no address")


def permitted(address: str, allowed: tuple[Network, ...]) -> bool:
    """True for addresses that anybody can reach, and for those in an allowed network."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address) and ip.ipv4_mapped is not None:
        ip = ip.ipv4_mapped
    return (ip.is_global and not ip.is_multicast) or any(ip in network for network in allowed)


def _seconds(value: str | None) -> float | None:
    """What Retry-After asks for, where it gives seconds."""
    return float(value) if value is not None and value.isdigit() else None


def _reason(error: Exception) -> str:
    inner = error.args[-1] if error.args and isinstance(error.args[-1], Exception) else error
    if isinstance(inner, socket.gaierror):
        return "no such host"
    if isinstance(inner, TimeoutError | urllib3.exceptions.TimeoutError):
        return "timed out"
    return " ".join(str(getattr(inner, "strerror", None) or inner).split())[:300] or type(inner).__name__
