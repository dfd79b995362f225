"""Copies taken under load are one moment's register; what is wrong is found; what is damaged is saved as far as it can be read."""

from __future__ import annotations

import json
import multiprocessing
import re
import shutil
import sqlite3
import stat
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from filling import Stumbling, content, fill, made
from sqlalchemy import text

import mahdar
from mahdar.errors import RegisterError
from mahdar.reading.weights import Weights
from mahdar.register.questions import Register
from mahdar.register.schema import HEAD
from mahdar.register.store import Store
from mahdar.upkeep import Step, backup, check, examine, repair, restore
from shell import run

FORK = multiprocessing.get_context("fork")
SIZE = 60  # articles of the load


pytestmark = pytest.mark.usefixtures("lexicon_first")


def whole(url: object, **options: Any) -> list[Step]:
    """The steps of a check with the reader the register was filled with."""
    return list(check(str(url), lexicon=mahdar.default_reader().lexicon, **options))


def faults(url: object, **options: Any) -> list[str]:
    return [f"{step.name}: {fault}" for step in whole(url, **options) for fault in step.faults]


_made: dict[int, bytes] = {}


def filled(url: str, count: int = 12) -> None:
    """A register with so many articles, a new version of one, a ruling and a refusal. Of SQLite each is made once and copied."""
    if "://" in url:
        _fill(url, count)
        return
    if count not in _made:
        _fill(url, count)
        with sqlite3.connect(url) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        _made[count] = Path(url).read_bytes()
    for beside in ("-wal", "-shm"):
        Path(url + beside).unlink(missing_ok=True)
    Path(url).write_bytes(_made[count])


def _fill(url: str, count: int) -> None:
    with Store.open(url, create=True) as store:
        fill(store, [*(made(n) for n in range(count)), made(1, text=made(count).text), "no article"], reader=mahdar.default_reader())
    with Register(url, lexicon=mahdar.default_reader().lexicon) as register:
        register.merge("Lavrov", "Kerry")
        register.brief("trade")  # takes in what the ruling changed


# ------------------------------------------------------------------------------------------ check


def test_a_register_is_whole_whatever_was_done_to_it(url: str) -> None:
    filled(url)
    steps = whole(url)
    assert [(step.name, step.faults) for step in steps if step.name != "file"] == [("links", ()), ("records", ()), ("derived", ())]
    assert steps[-1].note == ""
    with Store.open(url) as store:  # records of another lexicon cannot be compared with what this one would say
        fill(store, [made(50)], reader=Stumbling(lexicon="other"))
    assert faults(url) == []
    assert whole(url)[-1].note == "not looked at: 1 articles were read with another program or lexicon; `mahdar reread` reads them anew"
    assert whole(url, quick=True)[-1].note == "not looked at (--quick)"


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ("UPDATE versions SET text = replace(text, 'ا', 'أ') WHERE article = 3", "records: article 'r0002': version 1: the text is not the one that was stored"),
        ("UPDATE versions SET record = x'00' WHERE article = 3", "records: article 'r0002': version 1: the record cannot be read"),
        ("UPDATE articles SET version = 7 WHERE id = 3", "records: article 'r0002': its current version 7 is missing"),
        ("DELETE FROM versions WHERE article = 2 AND number = 1", "records: article 'r0001': its versions are numbered [2]"),
        ("UPDATE events SET type = 'PROTEST' WHERE article = 3", "records: article 'r0002': events: not those of the record"),
        ("UPDATE statements SET content_end = content_end + 1", "records: article 'r0000': statements: not those of the record"),
        ("DELETE FROM event_parties WHERE side = 'target'", "event_parties: not those of the record"),
        ("DELETE FROM actors WHERE actor = 'a1' AND article = 3", "records: article 'r0002': actors: not those of the record"),
        ("UPDATE actor_totals SET articles = articles + 1 WHERE code = ''", "derived: actor_totals: "),
        ("DELETE FROM occurrence_marks WHERE mark = 'RUS'", "derived: occurrence_marks: 0 rows should not be there and "),
        ("UPDATE occurrences SET status = 'denied'", "derived: occurrences: "),
        ("DELETE FROM stances", "derived: stances: 0 rows should not be there and "),
        ("UPDATE called SET times = times + 1", "derived: called: "),
        ("UPDATE copies SET wire = 'x'", "derived: copies: "),
    ],
)
def test_whatever_does_not_fit_is_found(sqlite: str, change: str, found: str) -> None:
    filled(sqlite)
    with Store.open(sqlite) as store, store.writing() as connection:
        connection.execute(text("PRAGMA defer_foreign_keys=ON"))
        assert connection.execute(text(change)).rowcount > 0
    said = faults(sqlite, quick=found.startswith("records"))
    assert any(found in each for each in said), said


def test_a_record_whose_spans_lie_outside_its_text_is_found(sqlite: str) -> None:
    import zlib

    filled(sqlite)
    with sqlite3.connect(sqlite) as connection:
        packed = connection.execute("SELECT record FROM versions WHERE article = 3").fetchone()[0]
        record = json.loads(zlib.decompress(packed))
        record["events"][0]["evidence"] = [5, 99_999]
        connection.execute("UPDATE versions SET record = ? WHERE article = 3", (zlib.compress(json.dumps(record).encode()),))
    assert any("article 'r0002': version 1: event 0: evidence [5, 99999] is not inside the text of" in each for each in faults(sqlite, quick=True))


def test_what_search_cannot_find_is_said(postgresql: str) -> None:
    filled(postgresql, 4)
    with Store.open(postgresql) as store, store.writing() as connection:
        connection.execute(text("DELETE FROM words"))
    assert faults(postgresql) == ["derived: words: 4 articles are not in the index of words, the first of them 'r0000'"]


def test_links_that_lead_nowhere(sqlite: str) -> None:
    filled(sqlite)
    with sqlite3.connect(sqlite) as connection:
        connection.execute("DELETE FROM articles WHERE id = 3")  # without PRAGMA foreign_keys, as by another program
    assert any(re.fullmatch(r"links: \w+: row (\d+|None) belongs to no row of articles", each) for each in faults(sqlite))


def test_an_older_register_is_left_as_it_is(sqlite: str) -> None:
    filled(sqlite)
    with sqlite3.connect(sqlite) as connection:
        connection.execute("UPDATE mahdar_version SET version_num = '0005'")
    assert whole(sqlite)[-1].note == f"those of an earlier Mahdar (0005); any question brings them up to {HEAD}, then check again"
    assert sqlite3.connect(sqlite).execute("SELECT version_num FROM mahdar_version").fetchone() == ("0005",)


def test_the_command_of_check(sqlite: str) -> None:
    filled(sqlite)
    good = run("check", "--register", sqlite)
    assert (good.exit_code, good.stdout) == (0, "ok    file\nok    links\nok    records: 12 articles\nok    derived\n")
    told = json.loads(run("check", "--register", sqlite, "--quick", "--format", "json").stdout)
    assert (told["ok"], [step["name"] for step in told["steps"]]) == (True, ["file", "links", "records", "derived"])
    with sqlite3.connect(sqlite) as connection:
        connection.execute("UPDATE events SET type = 'PROTEST' WHERE article = 3")
    bad = run("check", "--register", sqlite)
    assert (bad.exit_code, bad.stdout.splitlines()[2:]) == (
        1, ["fail  records: 12 articles", "      article 'r0002': events: not those of the record", "ok    derived: not looked at before the records are whole"]
    )  # fmt: skip
    missing = run("check", "--register", "none.db")
    assert (missing.exit_code, missing.stderr) == (1, "mahdar: none.db: no such register; --register names another\n")


# ------------------------------------------------------------------------------------------ backup and restore


def test_a_copy_is_the_register_and_goes_on(url: str, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    """From either database to either: every row the same, and the next article and ruling find their place."""
    filled(url)
    copy = tmp_path / "copy.db"
    copied = backup(url, copy)
    assert (copied.articles, copied.size) == (12, copy.stat().st_size)
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith((".", "copy"))] == ["copy.db"]  # one file, no leftovers
    targets = [str(tmp_path / "restored.db")]
    if "://" not in url:
        targets.append(request.getfixturevalue("postgresql"))
    for restored in targets:
        restore(copy, restored)
        with Store.open(url) as one, Store.open(restored) as other:
            assert content(other) == content(one)
        assert faults(restored) == []
        with Store.open(restored) as store:
            fill(store, [made(40), "another refusal"], reader=mahdar.default_reader())
        with Register(restored, lexicon=mahdar.default_reader().lexicon) as register:
            assert [each.number for each in register.rulings()] == [1]
            assert register.split("IRN", article="r0002")[0] == 2
            register.brief("trade")
            assert [hit.article for hit in register.search("طهران", limit=3)]
        assert faults(restored) == []


def _load(url: str, batch: int) -> None:
    with Store.open(url, create=True) as store:
        fill(store, [made(n) for n in range(SIZE)], batch=batch, reader=mahdar.default_reader())


def test_a_copy_taken_under_load_is_one_moments_register(url: str, tmp_path: Path) -> None:
    Store.open(url, create=True).close()
    process = FORK.Process(target=_load, args=(url, 4))
    process.start()
    copies: list[Path] = []
    try:
        while process.is_alive():
            copies.append(tmp_path / f"copy{len(copies)}.db")
            backup(url, copies[-1])
            time.sleep(0.05)
    finally:
        process.join(60)
    assert process.exitcode == 0
    counts = [Store.open(copy).count() for copy in copies]
    assert counts == sorted(counts)
    partial = [(count, copy) for count, copy in zip(counts, copies, strict=True) if 0 < count < SIZE]
    assert partial, counts  # some were taken in the middle
    for count, copy in partial[:: max(1, len(partial) // 3)]:
        assert count % 4 == 0  # whole transactions only
        restored = tmp_path / f"restored{count}.db"
        restore(copy, restored)
        assert faults(restored) == []
        with Store.open(tmp_path / f"clean{count}.db", create=True) as clean, Store.open(restored) as store:
            fill(clean, [made(n) for n in range(count)], batch=4, reader=mahdar.default_reader())
            assert content(store) == content(clean)


@pytest.mark.parametrize(
    ("spoil", "message"),
    [
        (lambda folder: (folder / "copy.db").write_text("mine"), "copy.db: is there already and no copy of a register"),
        (lambda folder: (folder / "copy.db").mkdir(), "copy.db: is a folder"),
        (lambda folder: (folder / "copy.db").symlink_to(folder / "mahdar.db"), "copy.db: is the register itself"),
        (lambda folder: (folder / "mahdar.db").unlink(), "no such register"),
        (lambda folder: (folder / "mahdar.db").write_bytes(b"no database" * 99), "cannot be copied: file is not a database; `mahdar check`"),
        (lambda folder: sqlite3.connect(folder / "mahdar.db").executescript("DROP TABLE mahdar_version"), "is no register"),
    ],
)
def test_what_cannot_be_copied(sqlite: str, tmp_path: Path, spoil: Callable[[Path], Any], message: str) -> None:
    filled(sqlite, 2)
    spoil(tmp_path)
    with pytest.raises(RegisterError, match=re.escape(message)):
        backup(sqlite, tmp_path / "copy.db")
    assert not [path for path in tmp_path.iterdir() if path.name.startswith(".")]


def test_nothing_is_restored_over_anything(url: str, tmp_path: Path) -> None:
    filled(str(tmp_path / "source.db"), 2)
    copy = tmp_path / "copy.db"
    backup(tmp_path / "source.db", copy)
    target = url
    restore(copy, target)
    with Store.open(target) as store:
        before = content(store)
    with pytest.raises(RegisterError, match=r"is there already|holds articles already"):
        restore(copy, target)
    with Store.open(target) as store:
        assert content(store) == before
    (tmp_path / "text.db").write_text("no copy")
    for bad, message in ((tmp_path / "none.db", "no such copy"), (tmp_path / "text.db", "is no copy of a register")):
        with pytest.raises(RegisterError, match=message):
            restore(bad, tmp_path / "new.db")
    assert not (tmp_path / "new.db").exists()


def test_a_copy_replaces_an_earlier_one_and_the_commands_say_what_they_did(sqlite: str, tmp_path: Path) -> None:
    filled(sqlite, 3)
    copy = tmp_path / "copy.db"
    for _ in range(2):
        done = run("backup", "--register", sqlite, "-o", copy)
        assert (done.exit_code, re.sub(r"[\d.]+ MB", "… MB", done.stderr)) == (0, f"mahdar: {copy}: 3 articles, … MB\n")
    (tmp_path / "copies").mkdir()
    assert run("backup", "--register", sqlite, "-o", tmp_path / "copies", "--quiet").stderr == ""
    (named,) = (tmp_path / "copies").iterdir()
    assert re.fullmatch(r"mahdar-\d{8}T\d{6}Z\.db", named.name)
    done = run("restore", named, "--register", tmp_path / "again.db")
    assert (done.exit_code, done.stderr) == (0, f"mahdar: {tmp_path}/again.db: 3 articles\n")
    assert run("restore", named, "--register", tmp_path / "quiet.db", "--quiet").stderr == ""


# ------------------------------------------------------------------------------------------ repair


def saved(source: str, target: Path) -> Any:
    return repair(source, target, make=mahdar.default_reader, clock=lambda: "2026-03-03T00:00:00Z")


def test_a_whole_register_comes_out_as_it_was(sqlite: str, tmp_path: Path) -> None:
    filled(sqlite)
    found = saved(sqlite, tmp_path / "saved.db")
    assert (found.versions, found.anew, found.rulings, found.rejects, found.lost) == (13, 0, 1, 1, ())
    with Store.open(sqlite) as one, Store.open(tmp_path / "saved.db") as other:
        assert content(other) == content(one)


def pages(path: Path) -> tuple[int, dict[str, list[int]]]:
    """The size of a page, and the pages of each table."""
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        size = connection.execute("PRAGMA page_size").fetchone()[0]
        try:
            rows = connection.execute("SELECT name, pageno FROM dbstat").fetchall()
        except sqlite3.OperationalError:  # built without it: only the first page of each is known
            rows = connection.execute("SELECT name, rootpage FROM sqlite_master WHERE rootpage").fetchall()
    found: dict[str, list[int]] = {}
    for name, page in rows:
        found.setdefault(name, []).append(page)
    return size, found


def spoil(path: Path, size: int, numbers: list[int]) -> None:
    with path.open("r+b") as file:
        for number in numbers:
            file.seek((number - 1) * size)
            file.write(b"\xa5" * size)


@pytest.mark.parametrize("table", ["events", "ix_events_day", "occurrences", "words_data", "told", "actor_names", "articles", "ix_versions_lexicon"])
def test_what_is_derived_or_repeated_is_no_loss(sqlite: str, tmp_path: Path, table: str) -> None:
    """Any of these pages gone: all texts, records and rulings come back (of articles the keys stand in the records too)."""
    filled(sqlite, 20)
    with Store.open(sqlite) as store:
        before = content(store)
    size, of = pages(Path(sqlite))
    spoil(Path(sqlite), size, of[table])
    steps = whole(sqlite)
    assert not all(step.well for step in steps)
    assert "`mahdar repair`" in steps[0].faults[0]
    found = saved(sqlite, tmp_path / "saved.db")
    assert found.lost == (("articles: nothing of the table can be read",) if table == "articles" else ())
    with Store.open(tmp_path / "saved.db") as store:
        assert content(store) == before
    assert faults(tmp_path / "saved.db") == []


def test_what_is_lost_is_named_and_the_rest_is_whole(sqlite: str, tmp_path: Path) -> None:
    filled(sqlite, 40)
    size, of = pages(Path(sqlite))
    leaves = sorted(of["versions"])
    spoil(Path(sqlite), size, leaves[len(leaves) // 2 : len(leaves) // 2 + 2])
    with sqlite3.connect(sqlite) as connection:
        connection.execute("UPDATE versions SET record = x'0011' WHERE article = 1")
        connection.execute("UPDATE versions SET text = text || 'x' WHERE article = 2 AND number = 1")
    done = run("repair", tmp_path / "saved.db", "--register", sqlite)
    assert done.exit_code == 1
    assert "mahdar: lost: article 'r0001', version 1: its text is damaged" in done.stderr
    count = re.search(r"(\d+) versions of articles saved, 1 of them read anew; 1 rulings, 1 refusals; (\d+) losses", done.stderr)
    assert count is not None, done.stderr
    with Store.open(tmp_path / "saved.db") as store:
        held = {report.key: report for report in store.reports()}
        assert len(held) + len(re.findall(r"lost: article '\w+': no version of it", done.stderr)) == 40
        assert len(held) >= 20
        for key, report in held.items():
            assert report.record == mahdar.default_reader().read(made(int(key[1:])) if key != "r0001" else made(1, text=made(40).text))
    assert faults(tmp_path / "saved.db") == []


def test_what_cannot_be_repaired(sqlite: str, tmp_path: Path) -> None:
    filled(sqlite, 2)
    (tmp_path / "x.db").write_bytes(b"no database" * 500)
    for source, target, message in (
        (tmp_path / "x.db", "new.db", "nothing of it can be read"), (sqlite, "x.db", "is there already"), (tmp_path / "none.db", "new.db", "no such register"),
        ("postgresql://u@h/d", "new.db", "only a file can be repaired so"),
    ):  # fmt: skip
        with pytest.raises(RegisterError, match=message):
            saved(str(source), tmp_path / target)
    assert not (tmp_path / "new.db").exists()


# ------------------------------------------------------------------------------------------ doctor


def test_the_doctor_finds_a_sound_machine_sound(url: str, tmp_path: Path) -> None:
    filled(url, 2)
    done = run("doctor", "--register", url, "--tokens", tmp_path / "tokens.json")
    assert done.exit_code == 0, done.stdout
    assert not re.search(r"^fail", done.stdout, re.MULTILINE)
    assert re.search(rf"^ok    register: .*: 2 articles, tables at {HEAD}; 1 refusals, which `mahdar rejects` lists$", done.stdout, re.MULTILINE)
    told = json.loads(run("doctor", "--register", url, "--format", "json").stdout)
    assert {"python", "packages", "extra server", "sqlite", "lexicon", "register", "temporary files", "terminal", "clock", "tokens"} <= {each["about"] for each in told}


def lexicon_with_a_fault(folder: Path) -> dict[str, Any]:
    (folder / "acts").mkdir()
    (folder / "acts/x.yaml").write_text("- {id: 5}\n")
    return {"folders": (folder,)}


@pytest.mark.parametrize(
    ("make", "about", "state", "said"),
    [
        (lambda folder: {"register": folder / "x.db"}, "register", "ok", "x.db: not there yet; `mahdar ingest` makes it"),
        (lambda folder: {"register": folder}, "register", "fail", "is a folder; a register is a file"),
        (lambda folder: {"register": "postgresql://ali:secret@127.0.0.1:1/d"}, "register", "fail", "ali:***@127.0.0.1:1/d: cannot be opened as a register: "),
        (lambda folder: {"register": folder / "none/x.db"}, "register's disk", "fail", "none: No such file or directory; make the folder"),
        (lambda folder: {"moment": lambda: 5.0}, "clock", "fail", "says 1970-01-01T00:00:05Z; set it"),
        (lexicon_with_a_fault, "lexicon", "fail", "acts/x.yaml: row 1"),
        (lambda folder: {"tokens": readable(folder / "tokens.json")}, "tokens", "warn", "others on this machine can read it; chmod 600"),
    ],
)
def test_the_doctor_says_what_is_wrong(tmp_path: Path, make: Callable[[Path], dict[str, Any]], about: str, state: str, said: str) -> None:
    asked: dict[str, Any] = {"register": tmp_path / "mahdar.db", "tokens": tmp_path / "none.json", **make(tmp_path)}
    found = {each.about: each for each in examine(asked.pop("register"), **asked)}
    assert (found[about].state, said in found[about].said) == (state, True), found[about]
    assert "secret" not in str(found)


def readable(path: Path) -> Path:
    path.write_text("[]")
    path.chmod(0o644)
    return path


def test_the_doctor_knows_a_damaged_register_and_a_full_disk(sqlite: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Path(sqlite).write_bytes(b"no database" * 500)
    monkeypatch.setattr(shutil, "disk_usage", lambda folder: type("Usage", (), {"free": 1_000_000})())
    found = {each.about: each for each in examine(sqlite, tokens=tmp_path / "none.json")}
    assert found["register"].said.endswith("is damaged (file is not a database); `mahdar check` says where, `mahdar repair` saves what can be read")
    assert [found[about].state for about in ("register", "register's disk", "temporary files")] == ["fail"] * 3


@pytest.fixture(scope="module", autouse=True)
def _weights() -> None:
    """The key of a reading is made of the weights: the reader of these tests has the bundled ones."""
    assert mahdar.default_reader().weights == Weights.load()
