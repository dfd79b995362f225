"""Where the parts are put: a folder of this machine, or one that fsspec reaches (``s3://bucket/records``).

    manifest.json                  what was read, with what, by which settings; and the totals once all is done
    records/part-000000.parquet    articles with their records
    rejects/part-000000.parquet    what could not be read of the same part, where there is anything
    done/part-000000.json          written last: the part is done

A file appears under its name only when it is whole.
"""

from __future__ import annotations

import contextlib
import json
import os
import tempfile
import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, cast

from mahdar import __version__
from mahdar.errors import BulkError
from mahdar.sources.files import Unreadable, filesystem

FORMAT: Final = 1  # of what a folder holds; later ones are refused
MANIFEST: Final = "manifest.json"
_KINDS: Final = ("records", "rejects", "done")
_TEMPORARY: Final = ".part-"
# What must be the same for a run to go on in a folder, and how that is called.
_SAME: Final = {"format": "form", "reading": "program or lexicon", "settings": "settings", "input": "input"}


@dataclass(frozen=True, slots=True)
class Folder:
    """The folder at ``place``. It holds no connection, so that it can be sent to other processes."""

    place: str

    @property
    def remote(self) -> bool:
        return "://" in self.place

    def _system(self) -> tuple[Any, str]:
        try:
            return filesystem(self.place)
        except Unreadable as error:
            raise BulkError(f"{self.place}: {error}") from None

    # -------------------------------------------------------------------------------- files

    @contextlib.contextmanager
    def writing(self, name: str) -> Iterator[Path]:
        """A file to fill, which is at ``name`` in the folder when the block ends well, whole; replaces what was there."""
        temporary = f"{_TEMPORARY}{uuid.uuid4().hex}"
        if self.remote:
            with tempfile.TemporaryDirectory(prefix="mahdar-") as local:
                file = Path(local, temporary)
                yield file
                system, path = self._system()
                system.put_file(str(file), f"{path}/{temporary}")
                system.mv(f"{path}/{temporary}", f"{path}/{name}")
            return
        target = Path(self.place, name)
        target.parent.mkdir(parents=True, exist_ok=True)
        file = target.with_name(temporary)
        try:
            yield file
            with open(file, "rb") as written:
                os.fsync(written.fileno())
            os.replace(file, target)
        except BaseException:
            file.unlink(missing_ok=True)
            raise

    def write(self, name: str, value: Mapping[str, Any]) -> None:
        with self.writing(name) as file:
            file.write_text(json.dumps(value, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")

    def read(self, name: str) -> dict[str, Any] | None:
        """The JSON at ``name``; None where there is none."""
        try:
            if self.remote:
                system, path = self._system()
                data = system.cat_file(f"{path}/{name}")
            else:
                data = Path(self.place, name).read_bytes()
            value = json.loads(data)
        except FileNotFoundError:
            return None
        except ValueError as error:
            raise BulkError(f"{self.place}/{name}: is damaged ({error}); name another folder") from None
        return cast("dict[str, Any]", value) if isinstance(value, dict) else None

    def names(self, kind: str) -> list[str]:
        """The files of one kind, sorted, without those that are only being written."""
        if self.remote:
            system, path = self._system()
            system.invalidate_cache()
            found = [name.rpartition("/")[2] for name in system.find(f"{path}/{kind}")]
        else:
            folder = Path(self.place, kind)
            found = [each.name for each in folder.iterdir()] if folder.is_dir() else []
        return sorted(name for name in found if not name.startswith("."))

    def opened(self, name: str) -> Any:
        """What pyarrow reads a file of the folder from."""
        if not self.remote:
            return str(Path(self.place, name))
        system, path = self._system()
        return system.open(f"{path}/{name}", "rb")

    # -------------------------------------------------------------------------------- what is done

    def begin(self, told: Mapping[str, Any]) -> frozenset[str]:
        """Make the folder, or go on in one that was begun the same way; the names of the parts that are done.

        :class:`BulkError` where another run began it, or where it is none of ours.
        """
        if not self.remote and Path(self.place).exists() and not Path(self.place).is_dir():
            raise BulkError(f"{self.place}: is a file; name a folder")
        wanted = {"format": FORMAT, "program": __version__, **told}
        known = self.read(MANIFEST)
        if known is not None:
            self._require_same(known, wanted)
        else:
            if self._anything():
                raise BulkError(f"{self.place}: is there already and holds no records; name a new folder")
            self.write(MANIFEST, wanted)
        self._clean()
        return frozenset(name.removesuffix(".json") for name in self.names("done"))

    def _require_same(self, known: Mapping[str, Any], wanted: Mapping[str, Any]) -> None:
        other = [called for name, called in _SAME.items() if known.get(name) != wanted.get(name)]
        if other:
            raise BulkError(f"{self.place}: was begun with other {' and '.join(other)}; give the same to go on, or name another folder")

    def _anything(self) -> bool:
        if self.remote:
            system, path = self._system()
            return bool(system.exists(path) and system.find(path))
        return Path(self.place).is_dir() and any(Path(self.place).iterdir())

    def _clean(self) -> None:
        """Remove what a killed run left half written."""
        for kind in _KINDS:
            if not self.remote:
                for file in Path(self.place, kind).glob(f"{_TEMPORARY}*"):
                    file.unlink(missing_ok=True)
        if self.remote:
            system, path = self._system()
            for name in system.find(path, maxdepth=1):
                if name.rpartition("/")[2].startswith(_TEMPORARY):
                    system.rm_file(name)

    def finish(self) -> dict[str, int]:
        """Note in the manifest that all is done, with the totals of all parts, which are returned."""
        self._clean()  # a worker of a killed run may have begun a file after this run looked for such files at its start
        totals: dict[str, int] = {"parts": 0}
        for name in self.names("done"):
            totals["parts"] += 1
            for what, count in ((self.read(f"done/{name}") or {}).get("counts") or {}).items():
                totals[what] = totals.get(what, 0) + int(count)
        manifest = self.read(MANIFEST) or {}
        if manifest.get("complete") != totals:
            self.write(MANIFEST, {**manifest, "complete": totals})
        return totals

