"""A publisher's server for tests: pages, feeds and misbehaviour by address, and what it was asked."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass
class Page:
    body: bytes | str = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    slow: float = 0.0  # seconds between two pieces of the body


@dataclass
class Publisher:
    """What is served: change ``pages`` at will. ``asked`` lists path and the headers of each request."""

    address: str
    pages: dict[str, Page] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)

    def feed(self, *paths: str, path: str = "/feed", text: str = "", headers: dict[str, str] | None = None) -> str:
        """Serve a feed naming these articles; its address."""
        items = "".join(
            f"<item><title>خبر {p}</title><link>{self.address}{p}</link><pubDate>Sat, 31 Oct 2015 09:00:00 +0300</pubDate>"
            f"<description>{text}</description></item>"
            for p in paths
        )
        body = f'<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>وكالة المثال</title>{items}</channel></rss>'
        self.pages[path] = Page(body, headers=headers or {})
        return self.address + path

    def paths(self) -> list[str]:
        return [path for path, _ in self.asked]


@contextmanager
def publishing() -> Iterator[Publisher]:
    """A server on a port of its own."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            publisher.asked.append((self.path, {name.lower(): value for name, value in self.headers.items()}))
            page = publisher.pages.get(self.path, Page(status=404))
            etag = page.headers.get("ETag")
            if etag and self.headers.get("If-None-Match") == etag:
                page = Page(status=304)
            body = page.body.encode() if isinstance(page.body, str) else page.body
            try:
                self.send_response(page.status)
                for name, value in {"Content-Type": "text/html", "Content-Length": str(len(body)), **page.headers}.items():
                    self.send_header(name, value)
                self.end_headers()
                for start in range(0, len(body), 20_000):
                    time.sleep(page.slow)
                    self.wfile.write(body[start : start + 20_000])
            except OSError:
                pass  # who asked has gone

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    publisher = Publisher(f"http://127.0.0.1:{server.server_address[1]}")
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield publisher
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
