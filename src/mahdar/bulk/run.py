"""A run: the parts that are not done yet, read by an engine and put into the folder."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Final, Literal

from mahdar.bulk.folder import Folder
from mahdar.bulk.part import Bench, Part, arrow_parquet, bench_of, write_part
from mahdar.bulk.pieces import Input, Piece, cut, survey
from mahdar.crew import PATIENCE, Crew, forks, keep
from mahdar.reading.reader import Reader
from mahdar.version import key_of

Engine = Literal["local", "ray"]
ENGINES: Final[tuple[Engine, ...]] = ("local", "ray")
SIZE: Final = 1000


@dataclass(frozen=True, slots=True)
class Settings:
    """How the input is read: what decides the folder's content, and how long an article may take."""

    encoding: str | None = None
    limit: int = 20_000_000
    size: int = SIZE  # articles of a part
    patience: float = PATIENCE


@dataclass(frozen=True, slots=True)
class Run:
    """A run that has begun: its folder is made or found to be of the same run."""

    folder: Folder
    found: Input
    settings: Settings
    make: Callable[[], Reader]
    reader: Reader
    done: frozenset[str]

    @classmethod
    def begin(cls, inputs: tuple[str, ...], place: str, *, make: Callable[[], Reader], settings: Settings) -> Run:
        """Look at the input and open the folder. ``make`` makes a reader in any process of any machine.

        :class:`mahdar.errors.BulkError` where the folder is of another run or of something else.
        """
        arrow_parquet()
        found = survey(inputs)
        reader = make()
        told = {
            "reading": key_of(reader.lexicon.version, reader.weights), "lexicon": reader.lexicon.version, "input": found.digest,
            "settings": {"encoding": settings.encoding, "limit": settings.limit, "size": settings.size},
            "inputs": list(inputs), "files": len(found.files), "bytes": sum(found.sizes),
        }  # fmt: skip
        folder = Folder(place)
        return cls(folder, found, settings, make, reader, folder.begin(told))

    def pieces(self) -> Iterator[tuple[None, Piece]]:
        """What is yet to be done, in order."""
        for piece in cut(self.found, size=self.settings.size, encoding=self.settings.encoding, limit=self.settings.limit):
            if piece.name not in self.done:
                yield None, piece

    def parts(self, engine: Engine, workers: int) -> Iterator[Part]:
        """Do it; yields each part when it is done."""
        start = partial(bench_of, self.make, self.folder, self.settings.encoding, self.settings.limit)
        if engine == "ray":
            from mahdar.bulk.cluster import over_cluster

            yield from over_cluster((piece for _, piece in self.pieces()), start, workers=workers, patience=self.settings.patience)
            return
        here = keep(Bench(self.reader, self.folder, self.settings.encoding, self.settings.limit)) if forks() or workers < 1 else start
        with Crew(write_part, here, workers=workers, patience=self.settings.patience) as crew:
            for _, part in crew.run(self.pieces()):
                yield part

    def finish(self) -> dict[str, int]:
        """All parts are done: the totals of the folder, which are noted there."""
        return self.folder.finish()
