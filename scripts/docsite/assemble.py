"""One language's pages put together in a folder that Zensical builds: docs/, the notebooks, and what is generated from the code."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from docsite import commands, lexicon, notebooks, python, schemas
from mahdar import __version__

Pages = dict[str, str]  # by their path within the site's sources

# Pages of the project itself, kept outside docs/, and where they stand in the site.
PROJECT = {"CHANGELOG.md": "project/changelog.md", "CONTRIBUTING.md": "project/contributing.md", "tests/gold/README.md": "project/gold.md"}
_LINK = re.compile(r"\]\((?!https?:|#|mailto:)([^)#\s]+)(#[^)\s]*)?\)")
_NOT_RUN = re.compile(r"^<!-- not run: .*-->\n", re.MULTILINE)


def language(root: Path, folder: Path, name: str) -> Path:
    """Write the sources of one language and its settings; the settings' path."""
    pages = english(root) if name == "en" else _folder(root / "docs" / "ar")
    for path, text in pages.items():
        target = folder / "pages" / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(_NOT_RUN.sub("", text), encoding="utf-8")
    for file in ("extra.css", "mark.svg"):
        shutil.copy(root / "docs" / "site" / file, folder / "pages" / file)
    if name == "en" and (root / "docs" / "images").is_dir():
        shutil.copytree(root / "docs" / "images", folder / "pages" / "images")
    settings = yaml.safe_load((root / "docs" / "site" / f"{name}.yml").read_text(encoding="utf-8"))
    settings["nav"] = navigation(settings["nav"], pages)
    settings |= {"docs_dir": "pages", "site_dir": "site", "strict": True, "copyright": f"Mahdar {__version__} · Apache-2.0"}
    file = folder / "mkdocs.yml"
    file.write_text(yaml.safe_dump(settings, allow_unicode=True, sort_keys=False), encoding="utf-8")
    return file


def english(root: Path) -> Pages:
    """All English pages: those written, then those made of the code."""
    docs = root / "docs"
    pages = {path: text for path, text in _folder(docs).items() if path.split("/")[0] not in ("ar", "site")}
    pages |= {target: (root / source).read_text(encoding="utf-8") for source, target in PROJECT.items()}
    pages = {path: _relinked(path, text) for path, text in pages.items()}
    for made in (commands.pages(), python.pages(), schemas.pages(), lexicon.pages(), notebooks.pages(docs / "notebooks")):
        pages |= made
    return pages


def _folder(folder: Path) -> Pages:
    return {file.relative_to(folder).as_posix(): file.read_text(encoding="utf-8") for file in sorted(folder.rglob("*.md"))}


def _relinked(path: str, text: str) -> str:
    """Links as they are in the repository made links of the site."""
    home = next((source for source, target in PROJECT.items() if target == path), f"docs/{path}")

    def link(found: re.Match[str]) -> str:
        target = _normal(Path(home).parent / found[1])
        place = PROJECT.get(target) or (target.removeprefix("docs/") if target.startswith("docs/") else None)
        if place is None:
            raise SystemExit(f"docs: {home}: {found[1]}: a link out of the documentation; name the file in `code` instead")
        place = re.sub(r"\.ipynb$", ".md", place)
        up = "../" * path.count("/")
        return f"]({up}{place}{found[2] or ''})"

    return _LINK.sub(link, text)


def _normal(path: Path) -> str:
    parts: list[str] = []
    for part in path.parts:
        if part == "..":
            parts.pop()
        elif part != ".":
            parts.append(part)
    return "/".join(parts)


def navigation(nav: list[Any], pages: Pages) -> list[Any]:
    """The navigation with its generated parts filled in; pages that it names and nobody wrote, or that stand nowhere in it, are refused."""
    filled = list(_filled(nav, pages))
    named = set(_named(filled))
    if missing := sorted(named - set(pages)):
        raise SystemExit(f"docs: the navigation names {', '.join(missing)}, which is no page")
    if left := sorted(set(pages) - named):
        raise SystemExit(f"docs: {', '.join(left)} stands in no navigation; name it in docs/site")
    return filled


def _filled(nav: list[Any], pages: Pages) -> Iterator[Any]:
    for entry in nav:
        (title, value), *_ = entry.items()
        if isinstance(value, list):
            yield {title: list(_filled(value, pages))}
        elif value == "@lexicon":
            yield {title: lexicon.navigation()}
        elif value == "@python":
            yield {title: python.navigation()}
        elif value.startswith("?"):  # a page of a part that may not be there yet
            if value[1:] in pages:
                yield {title: value[1:]}
        else:
            yield entry


def _named(nav: list[Any]) -> Iterator[str]:
    for entry in nav:
        for value in entry.values():
            if isinstance(value, list):
                yield from _named(value)
            else:
                yield value
