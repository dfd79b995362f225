"""The vectors of a register in one array, for a process that asks by meaning more than once.

Rows of the database unpacked one by one take ten times as long as comparing them. The array is a file without a name in the folder for
temporary files, mapped into memory: the system keeps of it what there is room for, and it is gone with the process. It follows the
register: of what has changed since the last question only that is read.
"""

from __future__ import annotations

import tempfile
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from sqlalchemy import Connection, func, select, update

from mahdar.crew import cores
from mahdar.register.given import given, insert_for
from mahdar.register.schema import meta, vectors, versions

if TYPE_CHECKING:
    import numpy

    Array = numpy.ndarray[Any, Any]

SIZE: Final = 512  # numbers of a vector
_COUNTED: Final = "vectors"  # the row of ``meta`` that counts how often vectors were put in, and how often taken out
_AT_ONCE: Final = 500  # articles whose vectors are read at once
_BLOCK: Final = 512  # vectors compared at once: few enough for the processor's own memory, and for BLAS not to start threads that wait for each other
_THREADED: Final = 50 * _BLOCK  # more of them are shared out among processors
_GROWTH: Final = 1.25
GONE: Final = -1
_MOST_VERSIONS: Final = 1 << 20


class State(NamedTuple):
    """A register's state as far as vectors depend on it: how many versions it has, how often vectors were put in, how often taken out."""

    versions: int
    put: int
    taken: int


@dataclass(frozen=True, slots=True)
class Held:
    """Vectors of articles, one article's after the other's: those of place i begin at row ``starts[i]``. Whose are gone has the number -1."""

    state: State
    rows: Array  # of int8, 127 for one; rows beyond the last article's may follow
    articles: Array
    numbers: Array  # of the versions they were made of
    starts: Array  # one more than articles

    def scores(self, asked: Array) -> Array:
        """How near each row is to a vector of unit length."""
        import numpy as np

        count = int(self.starts[-1])
        out = np.empty(count, np.float32)
        wanted = (asked / 127).astype(np.float32)

        def compare(first: int, last: int) -> None:
            wide = np.empty((_BLOCK, SIZE), np.float32)
            for start in range(first, last, _BLOCK):
                end = min(start + _BLOCK, last)
                np.copyto(wide[: end - start], self.rows[start:end])
                np.dot(wide[: end - start], wanted, out=out[start:end])

        parts = cores() if count > _THREADED else 1
        step = -(-count // (parts * _BLOCK)) * _BLOCK
        with ThreadPoolExecutor(parts) as threads:
            for done in [threads.submit(compare, at, min(at + step, count)) for at in range(0, count, step or 1)]:
                done.result()
        return out


class Near:
    """The vectors of one register made by one model. Threads may share it."""

    def __init__(self, model: str) -> None:
        self._model = model
        self._lock = threading.Lock()
        self._file: Any = None
        self._held: Held | None = None
        self._whole: State | None = None

    def whole(self, state: State) -> bool:
        """Are the vectors of all articles known to be there, in this state of the register?"""
        return self._whole == state

    def note_whole(self, state: State) -> None:
        """Nothing was lacking in this state."""
        self._whole = state

    def close(self) -> None:
        """Give the array back."""
        with self._lock:
            self._held = None
            if self._file is not None:
                self._file.close()
                self._file = None

    def held(self, connection: Connection) -> Held:
        """The vectors as the connection sees them, or somewhat later: who shows an article asks whether its version is still the current one."""
        now = state(connection)
        with self._lock:
            if self._held is None or self._held.state != now:
                self._held = self._brought_up(connection, now)
            return self._held

    def _brought_up(self, connection: Connection, now: State) -> Held:
        """What is still right of the array, and behind it what has come."""
        import numpy as np

        v = vectors.c
        stored = connection.execute(select(v.article, v.number).where(v.model == self._model).order_by(v.article)).all()
        there = np.array([tuple(row) for row in stored], np.int64).reshape(-1, 2)
        old = self._held
        if old is None or old.state.taken != now.taken or len(old.articles) > 2 * len(there):
            old = self._empty(now)
        have, want = named(old.articles, old.numbers), named(there[:, 0], there[:, 1])
        kept = np.isin(have, want)
        articles, numbers, ends = [], [], [int(old.starts[-1])]
        rows = old.rows
        for article, number, data in _read(connection, self._model, there[~np.isin(want, have), 0].tolist()):
            end = ends[-1] + len(data) // SIZE
            if end > len(rows):
                rows = self._room(int(end * _GROWTH))
            rows[ends[-1] : end] = np.frombuffer(data, np.int8).reshape(-1, SIZE)
            articles.append(article)
            numbers.append(number)
            ends.append(end)
        return Held(
            now, rows, np.append(old.articles, np.array(articles, np.int64)), np.append(np.where(kept, old.numbers, GONE), np.array(numbers, np.int64)),
            np.append(old.starts, np.array(ends[1:], np.int64)),
        )  # fmt: skip

    def _empty(self, now: State) -> Held:
        """Begin a file: others may still be looking at the one before."""
        import numpy as np

        self._file = tempfile.TemporaryFile(prefix="mahdar-vectors-")  # noqa: SIM115 (closed with the register, or when nobody looks at it)
        none = np.zeros(0, np.int64)
        return Held(now, self._room(0), none, none, np.zeros(1, np.int64))

    def _room(self, count: int) -> Array:
        """The array with room for so many vectors; what was in it stays."""
        import numpy as np

        count = max(count, _BLOCK)
        self._file.truncate(count * SIZE)
        return np.memmap(self._file, np.int8, "r+", shape=(count, SIZE))


def state(connection: Connection) -> State:
    """What vectors depend on."""
    told = connection.execute(select(meta.c.value).where(meta.c.key == _COUNTED)).scalar_one_or_none()
    put, taken = map(int, (told or "0 0").split())
    return State(int(connection.execute(select(func.count()).select_from(versions)).scalar_one()), put, taken)


def note(connection: Connection, *, put: int = 0, taken: int = 0) -> None:
    """Count that vectors were put in, or taken out before their version was replaced."""
    connection.execute(insert_for(connection, meta).values(key=_COUNTED, value="0 0").on_conflict_do_nothing(index_elements=["key"]))
    held = select(meta.c.value).where(meta.c.key == _COUNTED).with_for_update()
    before = list(map(int, connection.execute(held).scalar_one().split()))
    connection.execute(update(meta).where(meta.c.key == _COUNTED).values(value=f"{before[0] + put} {before[1] + taken}"))


def named(articles: Array, numbers: Array) -> Array:
    """Articles and versions as one number each."""
    return articles * _MOST_VERSIONS + numbers


def _read(connection: Connection, model: str, wanted: Sequence[int]) -> Iterator[tuple[int, int, bytes]]:
    """The vectors of some articles."""
    v = vectors.c
    for start in range(0, len(wanted), _AT_ONCE):
        asked = given(((article,) for article in wanted[start : start + _AT_ONCE]), article=int)
        query = select(v.article, v.number, v.data).join_from(asked, vectors, v.article == asked.c.article).where(v.model == model).order_by(v.article)
        for row in connection.execute(query):
            yield row.article, row.number, row.data
