"""Registers that earlier Mahdars really wrote, one of each revision, are brought up to date with everything that is in them."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest
from alembic.script import ScriptDirectory
from filling import again, content, fill

import mahdar
from mahdar.record import Article
from mahdar.register import migrations
from mahdar.register.questions import Register
from mahdar.register.rejects import rejected
from mahdar.register.schema import HEAD
from mahdar.register.store import Store
from mahdar.upkeep import backup, check, restore

KEPT = Path(__file__).parent / "revisions"
REVISIONS = sorted(path.name[:4] for path in KEPT.glob("*.sqlite.gz"))
ROWS = [json.loads(line) for line in (KEPT / "articles.jsonl").read_text(encoding="utf-8").splitlines()]
ARTICLES = [Article(**row) for row in ROWS if "text" in row]
RULED = "0005"  # from here on registers keep what is ruled by hand


def unpacked(revision: str, folder: Path) -> str:
    path = folder / "old.db"
    path.write_bytes(gzip.decompress((KEPT / f"{revision}.sqlite.gz").read_bytes()))
    return str(path)


NEVER_OUT = {"0003", "0004"}  # steps on the way to 0005, whose registers nobody ever had


def test_every_revision_is_kept() -> None:
    made = {script.revision for script in ScriptDirectory(str(Path(migrations.__file__).parent)).walk_revisions()}
    assert made - NEVER_OUT == set(REVISIONS)
    assert REVISIONS[-1] == HEAD


@pytest.mark.parametrize("revision", REVISIONS)
def test_everything_is_there_after_the_upgrade(revision: str, tmp_path: Path) -> None:
    url = unpacked(revision, tmp_path)
    with Store.open(url) as store:
        assert (store.count(), store.count("versions")) == (3, 4)
        for number, row in enumerate(ARTICLES):
            report = store.report(row.id, version=2 if number == 3 else 1)
            assert report is not None
            assert report.record.article == row
            assert all(report.record.text(event.evidence) == row.text[slice(*event.evidence)] for event in report.record.events)
        assert [(reject.line, reject.message) for reject, _ in rejected(store)] == [(5, "missing field 'text'")]
    with Register(url, lexicon=mahdar.default_reader().lexicon) as register:
        assert [(each.number, each.key) for each in register.rulings()] == ([(1, "john-kerry")] if revision >= RULED else [])
        assert {hit.article for hit in register.search("طهران")} == {"r0", "r2"}  # no more in the second text of r1
        assert list(register.occurrences())
        register.brief("trade")
    steps = list(check(url, lexicon=mahdar.default_reader().lexicon))
    assert [fault for step in steps for fault in step.faults] == []


@pytest.mark.parametrize("revision", REVISIONS)
def test_read_anew_it_is_as_a_new_one(revision: str, tmp_path: Path) -> None:
    url = unpacked(revision, tmp_path)
    with Store.open(url) as store, Store.open(tmp_path / "new.db", create=True) as new:
        again(store, reader=mahdar.default_reader(), everything=True)
        fill(new, [*ARTICLES, "missing field 'text'"], reader=mahdar.default_reader())
        if revision >= RULED:
            with Register(tmp_path / "new.db", lexicon=mahdar.default_reader().lexicon) as register:
                register.merge("Lavrov", "Kerry")
                register.brief("trade")
        mine, theirs = (
            [row for row in content(one) if not row.startswith(("versions ", "rulings "))] for one in (store, new)  # old versions stay as they were read
        )  # fmt: skip
        assert mine == theirs
    assert all(step.well for step in check(url, lexicon=mahdar.default_reader().lexicon, quick=True))


@pytest.mark.parametrize("revision", [REVISIONS[0], REVISIONS[-1]])
def test_an_old_copy_is_restored(revision: str, url: str, tmp_path: Path) -> None:
    """A copy made before the upgrade, of the file as it was, becomes a register of today on either database."""
    old = unpacked(revision, tmp_path)
    backup(old, tmp_path / "copy.db")
    restore(tmp_path / "copy.db", url)
    with Store.open(url) as store, Store.open(old) as one:
        assert [report.record for report in store.reports()] == [report.record for report in one.reports()]
