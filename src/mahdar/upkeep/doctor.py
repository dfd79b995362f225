"""What this machine has and lacks for Mahdar, each with what to do about it."""

from __future__ import annotations

import locale
import os
import platform
import re
import shutil
import sqlite3
import stat
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path
from typing import Final, Literal

from sqlalchemy import func, select
from sqlalchemy.exc import SQLAlchemyError

from mahdar.errors import MahdarError
from mahdar.lexicon.load import load_lexicon
from mahdar.register.connect import address, shown
from mahdar.register.schema import HEAD, articles, metadata
from mahdar.register.store import Store

State = Literal["ok", "warn", "fail"]
_ROOM: Final = 500_000_000  # bytes that should be free beside a register
_LEAST: Final = 50_000_000
_BUILT: Final = 1_735_689_600.0  # seconds since 1970: no right clock is before 2025
_NO_BIDI: Final = ("linux", "xterm", "rxvt", "screen")  # terminals that set Arabic from left to right, as far as TERM tells


@dataclass(frozen=True, slots=True)
class Finding:
    """One line: what was looked at, how it is, and in ``said`` what was found and what to do."""

    about: str
    state: State
    said: str


def examine(register: str | os.PathLike[str], *, folders: tuple[Path, ...] = (), tokens: Path, moment: Callable[[], float] = time.time) -> Iterator[Finding]:
    """Look at Python, packages, lexicon, register, disk, terminal, clock and tokens, in this order. Nothing is changed and nothing raised."""
    yield _python()
    yield from _packages()
    yield _sqlite()
    yield _lexicon(folders)
    yield _register(register)
    yield from _room(register)
    yield _terminal()
    yield _clock(moment())
    yield _tokens(tokens)


def _python() -> Finding:
    return Finding("python", "ok", f"{platform.python_version()} on {platform.system()} {platform.machine()}")


_NEED = re.compile(r"""(?P<name>[\w.-]+)(?:\[.*?\])?\s*(?:>=(?P<least>[\d.]+))?[^;]*(?:;.*extra == ["'](?P<extra>\w+)["'])?""")


def _packages() -> Iterator[Finding]:
    """What the package says it requires, and the extras there are."""
    wanted: dict[str, list[tuple[str, str]]] = {}
    for line in requires("mahdar") or ():
        need = _NEED.match(line)
        if need is not None:
            wanted.setdefault(need["extra"] or "", []).append((need["name"], need["least"] or "0"))
    for extra in ("", *_EXTRAS):
        missing, old = [], []
        for name, least in wanted.get(extra, ()):
            try:
                found = version(name)
            except PackageNotFoundError:
                missing.append(name)
                continue
            if _numbers(found) < _numbers(least):
                old.append(f"{name} {found} (needs {least})")
        yield _told(extra, missing, old)


def _numbers(words: str) -> list[int]:
    return [int(part) for part in re.findall(r"\d+", words)[:4]]


_EXTRAS: Final = {
    "postgres": "registers on PostgreSQL", "parquet": "Parquet files", "polars": "answers as polars frames", "pandas": "answers as pandas frames",
    "semantic": "search by meaning", "plot": "charts in notebooks", "server": "pages, API and MCP",
}  # fmt: skip


def _told(extra: str, missing: list[str], old: list[str]) -> Finding:
    about = f"extra {extra}" if extra else "packages"
    what = f"pip install --upgrade 'mahdar[{extra}]'" if extra else "pip install --upgrade mahdar"
    if old:
        return Finding(about, "fail", f"too old: {', '.join(old)}; {what}")
    if missing and not extra:
        return Finding(about, "fail", f"missing: {', '.join(missing)}; {what}")
    if missing:
        return Finding(about, "ok", f"not installed; for {_EXTRAS[extra]}: pip install 'mahdar[{extra}]'")
    return Finding(about, "ok", f"installed: {_EXTRAS[extra]}" if extra else "all installed")


def _sqlite() -> Finding:
    said = f"SQLite {sqlite3.sqlite_version}"
    if sqlite3.sqlite_version_info < (3, 35, 0):
        return Finding("sqlite", "fail", f"{said}; 3.35 or newer is needed: another Python, or PostgreSQL")
    try:
        sqlite3.connect(":memory:").execute("CREATE VIRTUAL TABLE t USING fts5(x)")
    except sqlite3.Error:
        return Finding("sqlite", "fail", f"{said} was built without FTS5, which search needs: another Python, or PostgreSQL")
    return Finding("sqlite", "ok", f"{said} with FTS5")


def _lexicon(folders: tuple[Path, ...]) -> Finding:
    began = time.perf_counter()
    try:
        lexicon = load_lexicon(*folders)
    except MahdarError as error:
        return Finding("lexicon", "fail", str(error))
    added = f", with {', '.join(map(str, folders))}" if folders else ""
    return Finding("lexicon", "ok", f"{lexicon.version}, {len(lexicon.entries):,} names{added}, loaded in {time.perf_counter() - began:.1f} s")


def _register(given: str | os.PathLike[str]) -> Finding:
    about = "register"
    try:
        where = address(given)
        name = shown(where)
        if where.drivername == "sqlite":
            path = Path(where.database or "")
            if not path.exists():
                return Finding(about, "ok", f"{name}: not there yet; `mahdar ingest` makes it")
            if not os.access(path, os.W_OK) or not os.access(path.absolute().parent, os.W_OK):
                return Finding(about, "warn", f"{name}: cannot be written to by this user, nor its folder; it can be asked only where nothing waits to be taken in")
        with Store.open(given) as store, store.reading() as connection:
            held = connection.execute(select(func.count()).select_from(articles)).scalar_one()
            waiting = connection.execute(select(func.count()).select_from(metadata.tables["pending"])).scalar_one()
            refused = connection.execute(select(func.count()).select_from(metadata.tables["rejects"])).scalar_one()
    except (MahdarError, SQLAlchemyError, sqlite3.Error) as error:
        return Finding(about, "fail", " ".join(str(getattr(error, "orig", None) or error).split()))
    said = f"{name}: {held:,} articles, tables at {HEAD}"
    if waiting:
        return Finding(about, "warn", f"{said}; {waiting:,} articles wait to be taken in, which the next question does")
    return Finding(about, "ok", f"{said}; {refused:,} refusals, which `mahdar rejects` lists" if refused else said)


def _room(given: str | os.PathLike[str]) -> Iterator[Finding]:
    places = {"temporary files": Path(tempfile.gettempdir())}
    try:
        where = address(given)
        if where.drivername == "sqlite":
            places = {"register's disk": Path(where.database or "").absolute().parent, **places}
    except MahdarError:
        pass
    for about, folder in places.items():
        try:
            free = shutil.disk_usage(folder).free
        except OSError as error:
            yield Finding(about, "fail", f"{folder}: {error.strerror}; make the folder, or name another")
            continue
        said = f"{free / 1e9:.1f} GB free at {folder}"
        state: State = "fail" if free < _LEAST else "warn" if free < _ROOM else "ok"
        yield Finding(about, state, said if state == "ok" else f"{said}; make room: a register takes some 30 kB an article, an upgrade and a check as much again")


def _terminal() -> Finding:
    encoding = (sys.stdout.encoding or "").lower().replace("-", "")
    if encoding != "utf8" and locale.getpreferredencoding(False).lower().replace("-", "") != "utf8":
        return Finding("terminal", "warn", f"writes {sys.stdout.encoding}, which has no Arabic; set PYTHONUTF8=1 or a UTF-8 locale")
    term = os.environ.get("TERM", "")
    if sys.stdout.isatty() and term.startswith(_NO_BIDI):
        return Finding("terminal", "ok", f"UTF-8; if Arabic runs from left to right in {term}, --bidi reorders it")
    return Finding("terminal", "ok", "UTF-8")


def _clock(now: float) -> Finding:
    told = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(now))
    if now < _BUILT:
        return Finding("clock", "fail", f"says {told}; set it, or feeds are looked at and tokens expire at the wrong time")
    return Finding("clock", "ok", told)


def _tokens(file: Path) -> Finding:
    try:
        mode = file.stat().st_mode
    except FileNotFoundError:
        return Finding("tokens", "ok", "none; others cannot reach a server until `mahdar token create` makes one")
    except OSError as error:
        return Finding("tokens", "warn", f"{file}: {error.strerror}")
    if os.name == "posix" and mode & (stat.S_IRWXG | stat.S_IRWXO):
        return Finding("tokens", "warn", f"{file}: others on this machine can read it; chmod 600 {file}")
    return Finding("tokens", "ok", str(file))
