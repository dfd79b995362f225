"""Opening a register, and what is refused; its tables, its transactions, its reports."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from filling import fill, made, without_events
from sqlalchemy import text

import mahdar
from mahdar.errors import RegisterError
from mahdar.record import Article
from mahdar.register import migrations
from mahdar.register.connect import _postgresql, _sqlite, address, shown, upgrade
from mahdar.register.rows import Rows, pack, storable, unpack
from mahdar.register.schema import HEAD, VERSION_TABLE, metadata
from mahdar.register.store import Store
from mahdar.register.write import Counts

# ------------------------------------------------------------------------------------------ opening


def ours(name: str | None, kind: str, parents: object) -> bool:
    """All but the index of words, which is each database's own: see words.py."""
    return kind != "table" or not (name or "").startswith("words")


def test_the_migrations_make_the_tables(store: Store) -> None:
    with store.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"version_table": VERSION_TABLE, "compare_type": True, "include_name": ours})
        assert compare_metadata(context, metadata) == []


def test_the_newest_migration_is_the_one_expected() -> None:
    scripts = ScriptDirectory(str(Path(migrations.__file__).parent))
    assert scripts.get_current_head() == HEAD
    for revision in scripts.walk_revisions():
        assert len(revision.revision) == 4
        assert revision.revision > (revision.down_revision or "")


@pytest.mark.parametrize("revision", [script.revision for script in ScriptDirectory(str(Path(migrations.__file__).parent)).walk_revisions()])
def test_an_older_register_is_brought_up_to_date(url: str, revision: str) -> None:
    where = address(url)
    engine = _sqlite(where) if where.drivername == "sqlite" else _postgresql(where)
    with engine.connect().execution_options(mahdar_write=True) as connection, connection.begin():
        upgrade(connection, revision)
    engine.dispose()
    with Store.open(url) as store:
        assert fill(store, [made(1)])[0] == Counts(new=1)
        with store.engine.connect() as connection:
            context = MigrationContext.configure(connection, opts={"version_table": VERSION_TABLE, "include_name": ours})
            assert compare_metadata(context, metadata) == []


def test_opening_again_changes_nothing(store: Store, url: str) -> None:
    fill(store, [made(1)])
    with Store.open(url) as second, Store.open(url, create=True) as third:
        assert second.count() == third.count() == 1


def test_many_open_a_new_register_at_once(url: str) -> None:
    def one(_: int) -> int:
        with Store.open(url, create=True) as store:
            return store.count()

    with ThreadPoolExecutor(6) as pool:
        assert list(pool.map(one, range(6))) == [0] * 6


def test_a_newer_register_is_refused(store: Store, url: str) -> None:
    with store.writing() as connection:
        connection.execute(text(f"UPDATE {VERSION_TABLE} SET version_num = '9999'"))
    for create in (True, False):
        with pytest.raises(RegisterError, match=rf"was written by a newer Mahdar \(its tables are at 9999, this program knows {HEAD}"):
            Store.open(url, create=create)


def test_a_database_of_something_else_is_refused(url: str) -> None:
    engine = Store.open(url, create=True).engine
    with engine.begin() as connection:
        connection.execute(text("DROP TABLE mahdar_version"))
    engine.dispose()
    with pytest.raises(RegisterError, match=r"is a database of something else \(it has a table actor_names"):
        Store.open(url, create=True)


def test_nothing_is_made_unless_asked(url: str) -> None:
    with pytest.raises(RegisterError, match="mahdar ingest` makes"):
        Store.open(url)
    if "://" not in url:
        assert not Path(url).exists()


def test_files_that_are_no_register(tmp_path: Path) -> None:
    (tmp_path / "x.db").write_text("no database " * 500)
    for name, message in (("x.db", "file is not a database"), ("none/x.db", "its folder does not exist"), (".", "is a folder")):
        with pytest.raises(RegisterError, match=message):
            Store.open(tmp_path / name, create=True)


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ("mysql://x/y", "kept in SQLite or PostgreSQL, not in mysql"),
        ("sqlite://", "names no file"),
        ("sqlite:///:memory:", "names no file"),
        ("://", "not a register's address"),
    ],
)
def test_wrong_addresses(given: str, message: str) -> None:
    with pytest.raises(RegisterError, match=message):
        Store.open(given, create=True)


@pytest.mark.parametrize(
    ("given", "driver", "name"),
    [
        ("mahdar.db", "sqlite", "mahdar.db"),
        ("sqlite:////tmp/x.db", "sqlite", "/tmp/x.db"),
        ("postgres://ali:secret@host/db", "postgresql+psycopg", "postgresql://ali:***@host/db"),
        ("postgresql://host/db", "postgresql+psycopg", "postgresql://host/db"),
    ],
)
def test_addresses(given: str, driver: str, name: str) -> None:
    url = address(given)
    assert (url.drivername, shown(url)) == (driver, name)


def test_an_unreachable_server_is_named_without_its_password() -> None:
    with pytest.raises(RegisterError) as caught:
        Store.open("postgresql://ali:secret@127.0.0.1:1/none", create=True)
    assert str(caught.value).startswith("postgresql://ali:***@127.0.0.1:1/none: cannot be opened as a register: ")
    assert "secret" not in str(caught.value)


def test_sqlite_keeps_a_write_ahead_log(sqlite: str) -> None:
    with Store.open(sqlite, create=True):
        assert sqlite3.connect(sqlite).execute("PRAGMA journal_mode").fetchone() == ("wal",)


def test_opening_what_is_there_needs_no_migration_machinery(sqlite: str) -> None:
    Store.open(sqlite, create=True).close()
    code = f"import sys; from mahdar.register.store import Store; Store.open({sqlite!r}).close(); sys.exit('alembic' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


# ------------------------------------------------------------------------------------------ transactions


def test_a_failed_transaction_leaves_nothing(store: Store) -> None:
    def work(connection: object) -> None:
        connection.execute(text("INSERT INTO meta VALUES ('a', 'b')"))  # type: ignore[attr-defined]
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        store.transact(work)
    assert store.count("meta") == 0


def test_who_reads_sees_one_state(store: Store, url: str) -> None:
    fill(store, [made(1)])
    counting = text("SELECT count(*) FROM articles")
    with Store.open(url) as other, other.reading() as connection:
        assert connection.execute(counting).scalar_one() == 1
        fill(store, [made(2), made(3)])  # is not held up by who reads
        assert connection.execute(counting).scalar_one() == 1
        assert store.count() == 3
    with store.reading() as connection:
        assert connection.execute(counting).scalar_one() == 3


# ------------------------------------------------------------------------------------------ reports


def test_records_come_back_as_they_were(store: Store, samples: Path) -> None:
    found = [article for article in mahdar.read_articles([samples]) if isinstance(article, Article)]
    fill(store, found)
    reports = {report.key: report for report in store.reports()}
    assert len(reports) == len(found) == 8
    for article in found:
        record = mahdar.default_reader().read(article)
        report = reports[article.id]
        assert report.record == record
        assert report.record.article == article
        assert (report.source, report.published, report.day) == (article.source, article.published or "", (article.published or "")[:10])


def test_reports_are_filtered(store: Store) -> None:
    fill(store, [made(n) for n in range(12)] + [made(12, published=None)])
    assert [report.key for report in store.reports(since="2015-03-01", until="2015-04-30")] == ["r0002", "r0003"]
    assert [report.key for report in store.reports(source="وكالة 1", until="2015-05-10")] == ["r0001", "r0004"]
    assert [report.key for report in store.reports(keys=["r0007", "none", "r0001"])] == ["r0001", "r0007"]
    assert len(list(store.reports())) == 13
    assert store.report("none") is None


def test_packing_is_exact() -> None:
    record = mahdar.default_reader().read(made(3))
    assert record.article is not None
    assert unpack(pack(record), record.article) == record
    assert pack(record) == pack(record)


def test_rows_say_what_the_record_says() -> None:
    record = mahdar.read("التقى وزير الخارجية الأميركي جون كيري نظيره الروسي سيرغي لافروف والفرنسي لوران فابيوس في فيينا يوم الجمعة.", published="2015-10-31")
    tables = Rows.of(record).tables
    assert len(tables["events"]) == len(record.events) == 1
    assert tables["events"][0]["day"] == "2015-10-30"
    pairs = {(row["a"], row["b"], row["doer"]) for row in tables["event_pairs"]}
    codes = sorted({row["code"] for row in tables["event_parties"]})
    assert ("RUS", "USA", None) in pairs
    assert len(pairs) == len(codes) * (len(codes) - 1) // 2  # a meeting is one of every two that take part
    assert Rows.of(without_events(record)).tables["event_parties"] == []


def test_one_sided_acts_have_a_doer() -> None:
    tables = Rows.of(mahdar.read("اتهمت أنقرة دمشق بقصف مواقع على الحدود.", published="2015-10-31")).tables
    (pair,) = tables["event_pairs"]
    assert (pair["a"], pair["b"], pair["doer"], pair["type"], pair["day"]) == ("SYR", "TUR", "TUR", "ACCUSE", "2015-10-31")


@pytest.mark.parametrize(
    ("article", "key", "text"),
    [
        (Article("a", "نص\0آخر"), "a", "نص\ufffdآخر"),
        (Article("x" * 400, "نص"), "x" * 60 + "…", "نص"),
        (Article("a", "نص"), "a", "نص"),
    ],
)
def test_what_a_database_cannot_hold_is_made_storable(article: Article, key: str, text: str) -> None:
    stored = storable(article)
    assert stored.id[: len(key)] == key
    assert len(stored.id) < 100
    assert stored.text == text
    assert storable(stored) == stored


def test_odd_characters_survive(store: Store) -> None:
    fill(store, [made(1, text=made(1).text + " \0 𝔘 \u200f \r\n'\";--", title="\0")])
    report = store.report("r0001")
    assert report is not None
    assert report.record.article is not None
    assert report.record.article.text.endswith(" \ufffd 𝔘 \u200f \r\n'\";--")
