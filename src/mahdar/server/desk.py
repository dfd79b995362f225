"""The register as the server asks it: through connections that cannot write, with a mark that changes whenever the register does."""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any, Final, TypeVar

from sqlalchemy import event

from mahdar.errors import RegisterError
from mahdar.lexicon.load import load_lexicon
from mahdar.lexicon.model import Lexicon
from mahdar.register.questions import Register
from mahdar.register.trouble import Trouble
from mahdar.server.settings import Settings

T = TypeVar("T")
FACTS: Final = 300  # articles whose facts are kept unpacked: a page needs them together, an ingest holds many more
_LITTLE: Final = 300.0  # seconds that names to choose from are kept
_FRESH: Final = 0.5  # seconds for which PostgreSQL is not asked again whether it changed


class Desk:
    """One register, opened once for reading and, where somebody may write, once more for that."""

    def __init__(self, settings: Settings, *, prepare: bool = True) -> None:
        """``prepare``: bring up to date what an older Mahdar left behind, which one process does for all."""
        self.settings = settings
        self._fresh = _FRESH if prepare else 0.0  # where another process remembers the answers, this one's marks must never be older than its
        self._lock = threading.Lock()
        self.lexicon: Lexicon = load_lexicon(*settings.folders)
        if prepare:
            with Register(settings.register, lexicon=self.lexicon, held=FACTS) as opened:
                opened.brief("trade")  # needs writing
        self.register = Register(settings.register, lexicon=self.lexicon, held=FACTS)
        _only_read(self.register)
        self._watching: Any = None
        self._mark: tuple[float, str] = (0.0, "")
        self._kept: dict[str, tuple[float, Any]] = {}
        self._here = _Here()
        self.register.remember(lambda: self._here.mark or self.mark())

    @property
    def name(self) -> str:
        """The register's address without any password."""
        return self.register.store.name

    @property
    def far(self) -> bool:
        """Is the register kept by another server, so that even a small question waits?"""
        return self.register.store.engine.dialect.name != "sqlite"

    def close(self) -> None:
        with self._lock:
            if self._watching is not None:
                self._watching.close()
                self._watching = None
        self.register.close()

    def ask(self, question: Callable[[Register], T]) -> T:
        """An answer of the register, all of it as of one moment. Where something is left to be brought up to date first, that is done and it is
        asked again."""
        try:
            return self._at_once(question)
        except Trouble as error:
            if not _refused_to_write(error):
                raise
        with self.writing() as opened:
            opened.brief("trade")
        try:
            return self._at_once(question)
        except Trouble as error:
            if not _refused_to_write(error):
                raise
            raise RegisterError("search by meaning is not prepared; run `mahdar search --semantic WORDS` once on this register") from error

    def _at_once(self, question: Callable[[Register], T]) -> T:
        self._here.mark = self.mark()  # before the moment begins: what is remembered under a mark is never older than it
        try:
            with self.register.store.moment():
                return question(self.register)
        finally:
            self._here.mark = ""

    def kept(self, name: str, make: Callable[[], T]) -> T:
        """What changes little: made anew after some minutes."""
        held = self._kept.get(name)
        if held is None or time.monotonic() - held[0] > _LITTLE:
            held = self._kept[name] = (time.monotonic(), make())
        found: T = held[1]
        return found

    @contextlib.contextmanager
    def writing(self) -> Iterator[Register]:
        """The register for one who may write."""
        with Register(self.settings.register, lexicon=self.lexicon, held=FACTS) as opened:
            yield opened

    def mark(self) -> str:
        """A text that is another one as soon as anybody has changed the register."""
        with self._lock:
            if self._watching is None and not self.far:
                self._watching = self.register.store.engine.connect()
            if self.far:
                return self._snapshot()
            return str(self._watching.connection.driver_connection.execute("PRAGMA data_version").fetchone()[0])

    def _snapshot(self) -> str:
        made, found = self._mark
        if time.monotonic() - made > self._fresh:
            with self.register.store.reading() as connection:
                found = str(connection.exec_driver_sql("SELECT pg_current_snapshot()::text").scalar_one())
            self._mark = (time.monotonic(), found)
        return found


class _Here(threading.local):
    """The mark of what a thread reads at one moment."""

    mark: str = ""


def _only_read(register: Register) -> None:
    """From now on no connection of this register can change anything, whatever is asked."""
    engine = register.store.engine

    @event.listens_for(engine, "connect")
    def _on_connect(connection: Any, _: Any) -> None:
        if engine.dialect.name == "sqlite":
            for pragma in ("query_only=ON", "cache_size=-16384", "mmap_size=0"):  # many connections: each keeps little, the system keeps the file
                connection.execute(f"PRAGMA {pragma}")
        else:
            with connection.cursor() as cursor:
                cursor.execute("SET default_transaction_read_only = on")
            connection.commit()

    engine.dispose()  # those opened before


def _refused_to_write(error: Trouble) -> bool:
    orig = getattr(error.__cause__, "orig", None)
    return getattr(orig, "sqlstate", None) == "25006" or "readonly database" in str(orig)

