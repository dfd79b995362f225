"""The register as the server asks it, on SQLite and PostgreSQL alike: it cannot be written to, and a change by anybody is seen."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest
from small import fill_small
from sqlalchemy import insert

from mahdar.record import Article, Record
from mahdar.register.schema import meta
from mahdar.register.store import Store
from mahdar.register.trouble import Trouble
from mahdar.register.write import Entry, put
from mahdar.server.desk import Desk
from mahdar.server.settings import Settings


@pytest.fixture
def desk(store: Store, url: str) -> Iterator[Desk]:
    fill_small(store)
    opened = Desk(Settings(register=url))
    yield opened
    opened.close()


def test_nothing_can_be_written_through_it(desk: Desk) -> None:
    with pytest.raises(Trouble):
        desk.register.store.transact(lambda connection: connection.execute(insert(meta).values(key="x", value="y")))


def test_a_change_by_anybody_is_seen_and_taken_in(desk: Desk, store: Store) -> None:
    before = desk.mark()
    assert desk.mark() == before
    assert len(desk.ask(lambda register: register.occurrences().rows())) > 0
    assert desk.mark() == before
    article = Article("new", "خبر جديد", published="2015-12-01")
    entry = Entry.of(article, Record("new", "2015-12-01", article=article))
    store.transact(lambda connection: put(connection, [entry], lexicon="x", now="2026-01-01T00:00:00Z"))  # left pending, as an older Mahdar would
    time.sleep(0.6)  # PostgreSQL is asked twice a second
    assert desk.mark() != before
    assert desk.ask(lambda register: [row.article for row in register.articles(limit=1)]) == ["new"]
    assert desk.ask(lambda register: register.requests().rows()) == desk.ask(lambda register: register.requests().rows())


def test_whoever_may_write_does_so_beside_it(desk: Desk) -> None:
    with desk.writing() as register:
        number, changed = register.merge("sergey-lavrov", "john-kerry")
        assert changed > 0
        assert register.undo(number) == changed
