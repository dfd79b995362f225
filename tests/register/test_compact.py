"""Compacting: the same register in less room, on both databases."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path

import pytest
from click.testing import CliRunner
from filling import Stumbling, again, content, fill, made, without_events
from sqlalchemy import text

from mahdar.cli.main import main
from mahdar.errors import RegisterError
from mahdar.register.compact import compact
from mahdar.register.questions import Register
from mahdar.register.store import Store


def filled(store: Store) -> None:
    """A register with former versions, and with room that nothing fills any more."""
    fill(store, [made(n) for n in range(60)])
    fill(store, [made(n, text=made(n + 100).text) for n in range(20)])
    again(store, reader=Stumbling(lexicon="less", also=without_events))


def test_nothing_is_lost_and_nothing_answers_otherwise(store: Store, url: str) -> None:
    filled(store)
    before = content(store)
    with Register(url) as register:
        found = [row.article for row in register.search("النشرة", limit=100)]
    done = compact(store)
    assert done.before > 0
    if store.engine.dialect.name == "sqlite":
        assert done.after < done.before
        assert Path(store.name).stat().st_size == done.after  # no log is left
    else:
        assert done.dropped == 20
        with store.reading() as connection:
            assert connection.execute(text("SELECT count(*) FROM words")).scalar_one() == 60
    assert content(store) == before
    with Register(url) as register:
        assert [row.article for row in register.search("النشرة", limit=100)] == found
    assert compact(store).dropped == 0
    fill(store, [made(200)])  # and it goes on
    assert store.count() == 61


def test_a_register_in_use_is_left_as_it_is(sqlite: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mahdar.register.connect._PATIENCE", 0.2)
    with Store.open(sqlite, create=True) as store:
        fill(store, [made(1)])
        other = sqlite3.connect(sqlite, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(RegisterError, match="is in use; compact it when nobody writes"):
            compact(store)
        other.close()
        assert store.count() == 1


def test_without_room_it_is_not_begun(sqlite: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with Store.open(sqlite, create=True) as store:
        fill(store, [made(1)])
        there = shutil.disk_usage(".")
        monkeypatch.setattr("shutil.disk_usage", lambda _: there._replace(free=1000))
        with pytest.raises(RegisterError, match=r"not enough room: compacting takes .* MB for a while"):
            compact(store)


def test_from_the_shell(sqlite: str) -> None:
    with Store.open(sqlite, create=True) as store:
        fill(store, [made(1)])
    told = CliRunner().invoke(main, ["compact", "--register", sqlite])
    assert told.exit_code == 0
    assert told.stderr.startswith("mahdar: ")
    assert " MB before, " in told.stderr
    assert CliRunner().invoke(main, ["compact", "--register", sqlite, "--quiet"]).output == ""
    assert "no such register" in CliRunner().invoke(main, ["compact", "--register", f"{sqlite}.none"]).stderr
