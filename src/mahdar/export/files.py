"""Files that appear whole or not at all: written under another name beside their place, and moved there at the end."""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

from mahdar.errors import RegisterError

MANIFEST = "manifest.json"


@contextlib.contextmanager
def whole_file(path: Path) -> Iterator[TextIO]:
    """A text file to write to (UTF-8, lines as given); it replaces ``path`` when the block ends well, and leaves no trace otherwise."""
    if path.is_dir():
        raise RegisterError(f"{path}: is a folder; name a file")
    path = path.resolve()  # a link stays one
    if path.exists() and not path.is_file():  # a pipe or a device, such as /dev/null, is written to and never replaced
        with path.open("w", encoding="utf-8", newline="") as file:
            yield file
        return
    number, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".part", dir=_parent(path))
    try:
        with open(number, "w", encoding="utf-8", newline="") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        os.chmod(name, 0o666 & ~_umask())
        os.replace(name, path)
    except BaseException:
        with contextlib.suppress(FileNotFoundError):
            os.unlink(name)
        raise


@contextlib.contextmanager
def whole_folder(path: Path) -> Iterator[Path]:
    """A folder to fill, which takes the place of ``path`` when the block ends well. Only an export may be replaced, never other files."""
    if path.exists() and not (path.is_dir() and ((path / MANIFEST).is_file() or not any(path.iterdir()))):
        raise RegisterError(f"{path}: is there already and no export of Mahdar; name a new folder")
    made = Path(tempfile.mkdtemp(prefix=f".{path.name}.", suffix=".part", dir=_parent(path)))
    try:
        yield made
        made.chmod(0o777 & ~_umask())
        if path.exists():
            old = made.with_suffix(".old")
            path.rename(old)
            made.rename(path)
            shutil.rmtree(old, ignore_errors=True)
        else:
            made.rename(path)
    except BaseException:
        shutil.rmtree(made, ignore_errors=True)
        raise


def _parent(path: Path) -> Path:
    parent = path.absolute().parent
    if not parent.is_dir():
        raise RegisterError(f"{parent}: no such folder; make it first")
    return parent


def _umask() -> int:
    """The process's mask, which can only be read by setting it; 022 is what a temporary file would be given up for."""
    try:
        with open("/proc/self/status", encoding="ascii") as status:
            return next((int(line.split()[1], 8) for line in status if line.startswith("Umask:")), 0o022)
    except OSError:
        return 0o022
