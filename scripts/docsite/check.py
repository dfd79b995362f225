"""The finished site looked over: every link, anchor and file in it is there, across both languages, and nothing is loaded from elsewhere."""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urldefrag, urlparse

# What a browser loads by itself; a plain link to another site is only followed by the reader.
_LOADED = {"script": "src", "img": "src", "iframe": "src", "source": "src", "video": "src", "audio": "src", "link": "href"}


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.links: list[tuple[str, bool]] = []  # the address, and whether the browser loads it by itself
        self.anchors: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.anchors.update(given[name] for name in ("id", "name") if name in given)
        if tag == "a" and "href" in given:
            self.links.append((given["href"], False))
        elif tag in _LOADED and given.get(_LOADED[tag]) and given.get("rel") not in ("canonical", "alternate"):
            self.links.append((given[_LOADED[tag]], True))


def faults(site: Path) -> list[str]:
    """What is wrong, each with its page."""
    pages = {file: _read(file) for file in sorted(site.rglob("*.html"))}
    found = []
    for file, page in pages.items():
        for link, loaded in dict.fromkeys(page.links):
            fault = _fault(site, file, link, loaded, pages)
            if fault:
                found.append(f"{file.relative_to(site)}: {link}: {fault}")
    for file in sorted(site.rglob("*.css")):
        if any(sign in file.read_text(encoding="utf-8") for sign in ("url(http", "url(//", '@import "http', "@import url(http")):
            found.append(f"{file.relative_to(site)}: loads from another site")
    return found


def _read(file: Path) -> _Page:
    page = _Page()
    page.feed(file.read_text(encoding="utf-8"))
    return page


def _fault(site: Path, file: Path, link: str, loaded: bool, pages: dict[Path, _Page]) -> str | None:
    address = urlparse(link)
    if address.scheme or address.netloc:
        return "is loaded from another site" if loaded and address.scheme != "data" else None
    path, anchor = urldefrag(unquote(link))
    if file.name == "404.html" and path.startswith("/"):
        path = path[1:]
    target = file if not path else (site / path[1:] if path.startswith("/") else file.parent / path).resolve()
    if target.is_dir():
        target = target / "index.html"
    if not target.is_file():
        return "leads nowhere"
    if anchor and target in pages and anchor not in pages[target].anchors and anchor != "__skip":
        return "there is no such anchor"
    return None
