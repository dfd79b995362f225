"""Ingest: once and only once, versions kept, refusals kept and forgotten, and whatever happens in the middle."""

from __future__ import annotations

import json
import multiprocessing
import os
import random
import re
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest
from filling import Stumbling, again, content, fill, line, made, places, without_events
from scratch import check
from sqlalchemy import func, select

import mahdar
from mahdar.record import Article
from mahdar.register.facts import FactReader
from mahdar.register.ingest import ingest, reading_key
from mahdar.register.rejects import forget, rejected
from mahdar.register.schema import actor_sources, actors, articles
from mahdar.register.store import Store
from mahdar.register.write import Counts, Entry, put
from shell import run

COMMAND = [sys.executable, "-m", "mahdar.cli.main"]


pytestmark = pytest.mark.usefixtures("lexicon_first")


# ------------------------------------------------------------------------------------------ once, and versions


def test_the_same_article_twice_is_stored_once(store: Store) -> None:
    found = [made(n) for n in range(5)]
    assert fill(store, [*found, found[0], found[3]], batch=3) == (Counts(new=5, same=2), [])
    before = content(store)
    reader = Stumbling()
    assert fill(store, [*reversed(found), found[2]], reader=reader) == (Counts(same=6), [])
    assert reader.seen == []  # what is stored is not even read
    assert content(store) == before


@pytest.mark.parametrize("batch", [1, 2, 100])
def test_a_changed_text_is_a_new_version_and_the_old_one_is_kept(store: Store, batch: int) -> None:
    first, second = made(1), made(1, text=made(2).text)
    assert fill(store, [first, second, first], batch=batch) == (Counts(new=1, changed=1, same=1), [])
    for version, article in ((1, first), (2, second), (None, second)):
        report = store.report("r0001", version=version)
        assert report is not None
        assert report.record == mahdar.default_reader().read(article)
        assert report.record.article == article
    assert store.report("r0001", version=3) is None
    assert store.count() == 1
    assert store.count("events") == len(mahdar.default_reader().read(second).events)


@pytest.mark.parametrize("field", ["title", "published", "source", "url"])
def test_what_else_an_article_says_of_itself_makes_a_version_too(store: Store, field: str) -> None:
    changed = replace(made(1), **{field: "2016-01-01" if field == "published" else "س"})
    assert fill(store, [made(1), changed])[0] == Counts(new=1, changed=1)
    report = store.report("r0001")
    assert report is not None
    assert report.record.article == changed


def test_an_older_version_does_not_become_the_current_one(store: Store) -> None:
    new, old = made(1, published="2015-03-02"), made(1, published="2015-03-01", text=made(2).text)
    fill(store, [new, old])
    report = store.report("r0001")
    assert report is not None
    assert report.record.article == new
    other = store.report("r0001", version=2)
    assert other is not None
    assert other.record.article == old


def test_actors_are_counted_by_publisher_whatever_changes(store: Store) -> None:
    fill(store, [made(n) for n in range(9)], batch=4)
    fill(store, [made(1, source="وكالة 7"), made(2, text=made(5).text), made(3, published="2001-01-01", source="وكالة 8")])
    a, t = articles.c, actors.c
    counted = select(a.source, t.key, func.count(t.article.distinct())).where(t.article == a.id, t.key.not_like("?%")).group_by(a.source, t.key)
    with store.reading() as connection:
        held = sorted(map(tuple, connection.execute(select(actor_sources))))
        assert held == sorted(map(tuple, connection.execute(counted)))
    assert {source for source, *_ in held} == {"وكالة 0", "وكالة 1", "وكالة 2", "وكالة 7"}


def test_the_order_of_the_input_does_not_matter(store: Store, tmp_path: Path) -> None:
    found = [made(n) for n in range(20)]
    fill(store, found, batch=7)
    shuffled = random.Random(7).sample(found, len(found))
    with Store.open(tmp_path / "other.db", create=True) as other:  # nor does the database
        fill(other, shuffled, batch=4)
        assert content(other) == content(store)


def test_changed_articles_wait_for_what_is_derived(store: Store) -> None:
    fill(store, [made(1), made(2)])
    assert store.count("pending") == 0  # taken in already, in the same transaction
    assert store.count("told") == 2
    entry = Entry.of(made(3), mahdar.default_reader().read(made(3)))
    store.transact(lambda connection: put(connection, [entry], lexicon="x", now="n"))
    assert store.count("pending") == 1
    fill(store, [made(1), made(2, text=made(4).text)])
    assert store.count("pending") == 0
    check(store, FactReader(mahdar.default_reader().lexicon))


# ------------------------------------------------------------------------------------------ refusals


def test_refusals_are_kept_until_the_place_is_mended(store: Store) -> None:
    counts, problems = fill(store, [made(1), "missing field 'text'", "not Arabic", made(2)], reader=Stumbling("r0002"), batch=2)
    assert counts == Counts(new=1)
    fault = "article 'r0002': cannot be read (ZeroDivisionError: oops); please report this"
    assert problems == ["x.jsonl:2: missing field 'text'", "x.jsonl:3: not Arabic", f"x.jsonl:4: {fault}"]
    listed = [(reject.line, reject.reason, reject.message) for reject, _ in rejected(store)]
    assert listed == [(2, "input", "missing field 'text'"), (3, "input", "not Arabic"), (4, "reader", fault)]

    fill(store, [made(1), made(3), "not Arabic", made(2)])  # line 2 is mended, and so is our reader
    assert [(reject.line, reject.message) for reject, _ in rejected(store)] == [(3, "not Arabic")]
    fill(store, ["empty file"], where="folder/y.txt")
    assert [reject.input for reject, _ in rejected(store, "folder")] == ["folder/y.txt"]
    assert store.transact(lambda connection: forget(connection, name="x.jsonl")) == 1
    assert [reject.input for reject, _ in rejected(store)] == ["folder/y.txt"]


def test_a_refusal_remembers_when_it_was_first_seen(store: Store) -> None:
    for moment in ("2026-01-01", "2026-01-02"):
        list(ingest(store, places(["bad"]), make=mahdar.default_reader, clock=lambda moment=moment: moment))  # type: ignore[misc]
    assert [seen for _, seen in rejected(store)] == ["2026-01-01"]


def test_files_without_ids_are_told_apart_by_their_folder(sqlite: str, tmp_path: Path) -> None:
    for day in ("01", "02"):
        (tmp_path / "in" / day).mkdir(parents=True)
        (tmp_path / "in" / day / "1.txt").write_text(made(int(day)).text, encoding="utf-8")
    folder = tmp_path / "in"
    assert run("ingest", folder, "--register", sqlite, "--workers", 0).exit_code == 0
    with Store.open(sqlite) as store:
        assert [report.key for report in store.reports()] == ["01/1", "02/1"]
    side_by_side = run("ingest", folder / "01/1.txt", folder / "02/1.txt", "--register", sqlite, "--workers", 0)
    assert side_by_side.exit_code == 1
    assert f"{folder}/02/1.txt: another file of this name was read before ({folder}/01/1.txt)" in side_by_side.stderr


# ------------------------------------------------------------------------------------------ reading anew


def test_reading_anew_replaces_what_another_lexicon_read(store: Store) -> None:
    old, new = Stumbling(lexicon="old", also=without_events), Stumbling(lexicon="new")
    found = [made(n) for n in range(6)]
    fill(store, found, reader=old)
    fill(store, [made(1, text=made(9).text)], reader=old)
    assert store.count("events") == 0
    assert again(store, reader=old) == (Counts(), [])
    assert again(store, reader=new, batch=4) == (Counts(changed=6), [])
    assert store.count("events") > 5
    assert again(store, reader=new) == (Counts(), [])
    assert again(store, reader=new, everything=True)[0] == Counts(changed=6)
    first = store.report("r0001", version=1)
    assert first is not None
    assert first.record.events == ()  # what is no longer current stays as it was read


def test_reading_anew_gives_what_a_new_register_holds(store: Store, tmp_path: Path) -> None:
    found = [made(n) for n in range(8)]
    fill(store, found, reader=Stumbling(lexicon="old", also=without_events))
    again(store)
    with Store.open(tmp_path / "other.db", create=True) as other:
        fill(other, found)
        assert content(other) == content(store)


def test_what_cannot_be_read_anew_keeps_its_record(store: Store) -> None:
    fill(store, [made(1), made(2)], reader=Stumbling(lexicon="old"))
    counts, problems = again(store, reader=Stumbling("r0001", lexicon="new"))
    assert (counts, len(problems)) == (Counts(changed=1), 1)
    assert [reject.input for reject, _ in rejected(store)] == ["article r0001"]
    assert store.report("r0001") is not None
    assert again(store, reader=Stumbling(lexicon="new"))[0] == Counts(changed=1)
    assert list(rejected(store)) == []


def test_who_reads_sees_a_record_whole_while_it_is_read_anew(store: Store, url: str) -> None:
    fill(store, [made(n) for n in range(4)], reader=Stumbling(lexicon="old", also=without_events))
    with Store.open(url) as other, other.reading() as connection:
        counting = "SELECT (SELECT count(*) FROM events), (SELECT count(*) FROM event_parties)"
        assert connection.exec_driver_sql(counting).one() == (0, 0)
        again(store, reader=Stumbling(lexicon="new"))
        assert connection.exec_driver_sql(counting).one() == (0, 0)
    assert store.count("events") > 0


def test_the_reading_key_tells_readers_apart() -> None:
    reader = mahdar.default_reader()
    assert reading_key(reader) == reading_key(reader)
    assert reading_key(Stumbling(lexicon="a")) != reading_key(Stumbling(lexicon="b"))  # type: ignore[arg-type]


# ------------------------------------------------------------------------------------------ processes


def test_worker_processes_give_the_same_register(store: Store, tmp_path: Path) -> None:
    found = [made(n) for n in range(30)]
    counts, problems = fill(store, [*found[:9], "bad", *found[9:]], batch=4, workers=2)
    assert (counts, problems) == (Counts(new=30), ["x.jsonl:10: bad"])
    with Store.open(tmp_path / "other.db", create=True) as other:
        fill(other, [*found[:9], "bad", *found[9:]])
        assert content(other) == content(store)


def test_an_article_that_kills_its_worker_is_refused_and_the_rest_is_stored(store: Store) -> None:
    class Dying(Stumbling):
        def read(self, article: Article) -> mahdar.Record:
            if article.id == "r0001":
                os._exit(9)
            return super().read(article)

    problem = "x.jsonl:2: article 'r0001': cannot be read (the process that read it died (status 9)); please report this"
    assert fill(store, [made(n) for n in range(4)], reader=Dying(), workers=1, batch=3) == (Counts(new=3), [problem])
    assert store.count() == 3


def test_the_input_is_read_no_further_than_needed(store: Store) -> None:
    taken = 0

    def endless() -> object:
        nonlocal taken
        while True:
            taken += 1
            yield from places([made(taken)])

    steps = ingest(store, endless(), make=mahdar.default_reader, clock=lambda: "", workers=1, batch=5)  # type: ignore[arg-type]
    next(steps)
    steps.close()  # type: ignore[attr-defined]
    assert taken <= 15


FORK = multiprocessing.get_context("fork")


def into(url: str, found: list[Article | str], batch: int, workers: int) -> None:
    """A process of its own: all that is found goes into the register at ``url``."""
    with Store.open(url, create=True) as store:
        fill(store, found, batch=batch, workers=workers)


def reports_to_kill_in() -> list[Article | str]:
    found: list[Article | str] = [made(n) for n in range(150)]
    found[40:40] = [made(3, text=made(170).text), made(4, text=made(171).text), "missing field 'text'"]
    return found


def stored(store: Store) -> int:
    return store.count("versions") + store.count("rejects")


@pytest.mark.parametrize("workers", [0, 1])
def test_killed_at_random_moments_nothing_is_lost_or_doubled(url: str, tmp_path: Path, workers: int) -> None:
    found = reports_to_kill_in()
    chance = random.Random(11 + workers)
    with Store.open(url, create=True) as store:
        for at in sorted(chance.sample(range(140), 4)):
            process = FORK.Process(target=into, args=(url, found, 5, workers))
            process.start()
            while stored(store) < at and process.is_alive():
                time.sleep(0.002)
            time.sleep(chance.random() * 0.03)
            process.kill()
            process.join()
        assert stored(store) > 0
        fill(store, found, batch=5)
        with Store.open(tmp_path / "clean.db", create=True) as clean:
            fill(clean, found)
            assert content(store) == content(clean)


def test_two_ingests_at_once(url: str, tmp_path: Path) -> None:
    found: list[Article | str] = [made(n) for n in range(80)]
    both = [FORK.Process(target=into, args=(url, rows, 7, 0)) for rows in (found, found[::-1])]
    for process in both:
        process.start()
    for process in both:
        process.join(60)
        assert process.exitcode == 0
    with Store.open(url) as store, Store.open(tmp_path / "clean.db", create=True) as clean:
        fill(clean, found)
        assert content(store) == content(clean)


def test_the_command_can_be_killed_and_goes_on(sqlite: str, tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl"
    path.write_text("".join(line(made(n)) + "\n" for n in range(400)), encoding="utf-8")
    options = ["ingest", str(path), "--register", sqlite, "--batch", "5", "--workers", "1"]
    with Store.open(sqlite, create=True) as store, subprocess.Popen([*COMMAND, *options], stderr=subprocess.DEVNULL) as process:
        while store.count() < 20 and process.poll() is None:
            time.sleep(0.01)
        process.send_signal(signal.SIGKILL)
    result = run(*options[:-1], 0)
    new, _, same = map(int, re.findall(r"\d+", result.stderr)[:3])
    assert (result.exit_code, new + same) == (0, 400)
    assert same >= 20


# ------------------------------------------------------------------------------------------ commands


def test_ingest_and_rejects_from_the_shell(sqlite: str, tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl"
    path.write_text("\n".join([line(made(1)), "{", line(made(2))]), encoding="utf-8")
    first = run("ingest", path, "--register", sqlite, "--workers", 0)
    problem = f"{path}:2: JSON is cut off: it ends in the middle of a value"
    assert (first.exit_code, first.stderr) == (1, f"mahdar: {problem}\nmahdar: 2 new, 0 new versions, 0 stored already, 1 refused\n")
    second = run("ingest", path, "--register", sqlite, "--workers", 0, "--keep-going", "--quiet")
    assert (second.exit_code, second.stderr) == (0, f"mahdar: {problem}\n")
    assert run("rejects", "--register", sqlite).stdout == problem + "\n"
    (row,) = map(json.loads, run("rejects", "--register", sqlite, "--format", "jsonl").stdout.splitlines())
    assert (row["input"], row["line"], row["reason"]) == (str(path), 2, "input")
    assert run("rejects", "--register", sqlite, "--input", "none").stdout == ""
    assert run("rejects", "--register", sqlite, "--format", "csv", "--clear").stdout.startswith("input,line,reason,message,seen\n")
    assert run("rejects", "--register", sqlite).stdout == ""


def test_reread_from_the_shell(sqlite: str, tmp_path: Path) -> None:
    (tmp_path / "x.jsonl").write_text(line(made(1)), encoding="utf-8")
    missing = run("reread", "--register", sqlite)
    assert (missing.exit_code, missing.stderr) == (1, f"mahdar: {sqlite}: no such register; `mahdar ingest` makes one, --register names another\n")
    run("ingest", tmp_path / "x.jsonl", "--register", sqlite, "--workers", 0)
    assert run("reread", "--register", sqlite, "--workers", 0).stderr == "mahdar: 0 read anew, 0 refused\n"
    assert run("reread", "--register", sqlite, "--workers", 0, "--all").stderr == "mahdar: 1 read anew, 0 refused\n"


def test_the_register_may_come_from_the_environment(sqlite: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "x.jsonl").write_text(line(made(1)), encoding="utf-8")
    monkeypatch.setenv("MAHDAR_REGISTER", sqlite)
    assert run("ingest", tmp_path / "x.jsonl", "--workers", 0).exit_code == 0
    assert Path(sqlite).is_file()
