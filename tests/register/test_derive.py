"""What is derived is at any moment what the stored reports add up to, in whatever order and pieces they came."""

from __future__ import annotations

import multiprocessing
import random
import time
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from pathlib import Path

import pytest
from filling import content
from made_reports import fact_reader, report
from scratch import check
from sqlalchemy import delete, select, update

from mahdar.register import schema
from mahdar.register.derive import settle, settle_all, waits
from mahdar.register.reports import Report
from mahdar.register.store import Store
from mahdar.register.write import Entry, put, told_by

PARTIES = [
    (["USA:john-kerry"], ["RUS:sergey-lavrov"]), (["IRN:mohammad-javad-zarif"], ["USA:john-kerry"]), (["TUR"], ["SYR"]), (["SAU"], ["YEM", "IRN"]), (["USA", "FRA"], ["IRN"]),
]  # fmt: skip
MATTER = ["وقف إطلاق النار في حلب", "الملف النووي ورفع العقوبات", "المنطقة الآمنة قرب جرابلس", "مشاورات الكويت وميناء الحديدة", "محاربة داعش"]
KINDS = [
    ("CONSULT", "actual"), ("CONSULT", "planned"), ("REQUEST", "actual"), ("REJECT", "actual"), ("AGREE", "actual"), ("AID", "planned"), ("AID", "actual"),
    ("COOPERATE", "denied"),
]  # fmt: skip
STANCES = ("support", "oppose", "conditional")


def world(seed: int, size: int, versions: bool = False) -> list[Report]:
    """Reports of a few matters, some copied from each other, some undated; with ``versions`` some come again with other words."""
    rng = random.Random(seed)
    out: list[Report] = []
    texts: list[str] = []
    for i in range(size):
        which = rng.randrange(5)
        day = rng.choice([f"2015-{rng.randrange(9, 12):02}-{rng.randrange(1, 29):02}", f"2015-10-{rng.randrange(1, 6):02}"])
        words = " ".join(rng.sample(["بحث الجانبان", "طلبا جديدا", "بحضور الوفدين", "في العاصمة", MATTER[which], MATTER[which] + " مجددا"], 5))
        if rng.random() < 0.3:
            words += " " + (rng.choice(texts) if texts and rng.random() < 0.7 else " ".join(f"كلمة{rng.randrange(10_000)}" for _ in range(60)))
        texts.append(words)
        events = []
        for _ in range(rng.randrange(3)):
            type_, status = rng.choice(KINDS)
            sides = PARTIES[which] if rng.random() < 0.8 else PARTIES[which][::-1]
            events.append((type_, *sides, words, {"date": rng.choice([day, None]), "status": status}))
        stances = [(rng.choice(["USA", "RUS", "TUR"]), rng.choice(["anti-isis", "assad-future", "IRN"]), rng.choice(STANCES)) for _ in range(rng.randrange(3))]
        key = f"r{rng.randrange(i + 1) if versions and i and rng.random() < 0.3 else i:03}"
        out.append(report(key, day if rng.random() < 0.9 else "", words, events, source=f"وكالة {rng.randrange(3)}", positions=stances))
    return out


def entries(reports: Iterable[Report], told: bool = True) -> list[Entry]:
    found = [(one.record.article, one.record) for one in reports]
    return [Entry.of(article, record, fact_reader() if told else None) for article, record in found if article is not None]


def take_in(store: Store, reports: Sequence[Report], step: int, told: bool = True) -> None:
    """Store reports some at a time."""
    reader = fact_reader()
    for start in range(0, len(reports), step):
        piece = entries(reports[start : start + step], told)

        def work(connection: object, piece: list[Entry] = piece) -> None:
            put(connection, piece, lexicon="x", now="n")  # type: ignore[arg-type]
            settle(connection, _tell, reader.weight, told_by(piece))  # type: ignore[arg-type]

        store.transact(work)


def _tell(one: Report, rulings: object = None) -> object:
    from mahdar.register.told import tell

    return tell(one, fact_reader())


@pytest.mark.parametrize(("seed", "step"), [(1, 1), (2, 7), (3, 50)])
def test_tables_equal_a_computation_from_scratch(store: Store, seed: int, step: int) -> None:
    take_in(store, world(seed, 50), step)
    found = check(store)
    assert any(len(row[0]) > 1 for row in found["occurrences"].values())
    assert any(request.outcome != "open" for request in found["requests"])
    assert any(one.fate != "open" for one in found["commitments"])
    assert found["turns"][""]
    assert len(set(found["wires"].values())) < len(found["wires"])


@pytest.mark.parametrize("seed", range(4, 8))
def test_also_where_reports_change(sqlite: str, seed: int) -> None:
    with Store.open(sqlite, create=True) as store:
        for one in range(0, 60, 20):
            take_in(store, world(seed, 60, versions=True)[one : one + 20], 3, told=bool(seed % 2))
            check(store)


def test_the_order_of_reports_does_not_matter(store: Store, tmp_path: Path) -> None:
    reports = world(9, 60)
    take_in(store, reports, 20)
    for again in range(3):
        random.Random(again).shuffle(reports)
        with Store.open(tmp_path / f"{again}.db", create=True) as other:
            take_in(other, reports, 5 + 9 * again)
            assert content(other) == content(store)


def weekly(weeks: int, answers: int = 0) -> list[Report]:
    """One party asks another the same week by week, sometimes with an answer, and some weeks nobody reports."""
    rng = random.Random(weeks)
    out = []
    for week in range(weeks):
        day = (date(2014, 11, 3) + timedelta(days=7 * week)).isoformat()
        if rng.random() < 0.85:
            words = "طلبت أنقرة من بغداد فتح معبر حدودي أمام القوافل"
            out.append(report(f"ask{week:03}", day, words, [("REQUEST", ["TUR"], ["IRQ"], words)], source=f"وكالة {week % 2}"))
        if answers and week % answers == 2:
            words = "رفضت بغداد طلب أنقرة فتح معبر حدودي أمام القوافل" if rng.random() < 0.5 else "وافقت بغداد على فتح معبر حدودي أمام القوافل"
            type_ = "REJECT" if words.startswith("ر") else "AGREE"
            day = (date.fromisoformat(day) + timedelta(days=rng.randrange(6))).isoformat()
            out.append(report(f"reply{week:03}", day, words, [(type_, ["IRQ"], ["TUR"], words)], source="وكالة 0"))
    return out


@pytest.mark.parametrize(("answers", "step"), [(0, 1), (2, 3), (5, 1), (9, 4)])
def test_what_is_asked_again_and_again_in_any_order(sqlite: str, tmp_path: Path, answers: int, step: int) -> None:
    reports = weekly(60, answers)
    with Store.open(sqlite, create=True) as store:
        take_in(store, reports, step)
        assert len(check(store)["requests"]) >= 5
        for again in range(3):
            random.Random(again).shuffle(reports)
            with Store.open(tmp_path / f"{again}.db", create=True) as other:
                take_in(other, reports, 7)
                assert content(other) == content(store)


@pytest.mark.parametrize("seed", range(3))
def test_also_where_what_was_asked_is_taken_back(sqlite: str, seed: int) -> None:
    """A report that changes parts and joins requests that others tell of."""
    rng = random.Random(seed)
    reports = weekly(45, 4)
    with Store.open(sqlite, create=True) as store:
        take_in(store, reports, 10)
        for one in rng.sample(reports, 12):
            other = "أعلنت أنقرة موعد الانتخابات المحلية" if rng.random() < 0.6 else "دعت تركيا العراق إلى تسليم متهمين بالتجسس"
            events = [] if other.startswith("أ") else [("REQUEST", ["TUR"], ["IRQ"], other)]
            take_in(store, [report(one.key, one.published, other, events, source=one.source)], 1)
            check(store)


def test_what_was_asked_long_ago_is_left_alone(sqlite: str) -> None:
    """A week more of what is asked every week changes nothing but the last request."""
    reports = weekly(80)
    with Store.open(sqlite, create=True) as store:
        take_in(store, reports[:-1], 20)
        with store.writing() as connection:
            connection.execute(update(schema.requests).values(type="left alone"))
            count = len(connection.execute(select(schema.requests.c.key)).all())
        take_in(store, reports[-1:], 1)
        with store.reading() as connection:
            anew = connection.execute(select(schema.requests.c.key).where(schema.requests.c.type != "left alone")).all()
        assert (len(anew), store.count("requests")) == (1, count)


def test_what_waits_is_taken_in_later(store: Store, tmp_path: Path) -> None:
    """As in a register of an older Mahdar, or where a ruling on who is who touches stored reports."""
    reports = world(10, 30)
    store.transact(lambda connection: put(connection, entries(reports, told=False), lexicon="x", now="n"))
    assert waits(store)
    settle_all(store, _tell, fact_reader().weight)  # type: ignore[arg-type]
    assert not waits(store)
    with Store.open(tmp_path / "other.db", create=True) as other:
        take_in(other, reports, 10)
        assert content(other) == content(store)
    with store.writing() as connection:  # all of it again changes nothing
        connection.execute(schema.pending.insert().from_select(["article"], select(schema.articles.c.id)))
    before = content(store)
    settle_all(store, _tell, fact_reader().weight)  # type: ignore[arg-type]
    assert [line for line in before if not line.startswith("pending ")] == content(store)


def test_the_cost_of_a_day_does_not_grow_with_the_years(sqlite: str) -> None:
    """A report touches the rows of its own neighbourhood: those of other years stay as they are."""
    with Store.open(sqlite, create=True) as store:
        for year in range(2001, 2007):
            take_in(store, [_moved(one, year) for one in world(11, 20)], 20)
        with store.writing() as connection:
            connection.execute(update(schema.occurrences).where(schema.occurrences.c.day < "2006").values(place="left alone"))
            connection.execute(update(schema.requests).where(schema.requests.c.day < "2006").values(type="left alone"))
            connection.execute(update(schema.commitments).where(schema.commitments.c.day < "2006").values(type="left alone"))
            counts = [store.count(name) for name in ("occurrences", "requests", "commitments")]
        take_in(store, [_moved(one, 2006) for one in world(12, 20)], 20)
        with store.reading() as connection:
            o, r, c = schema.occurrences.c, schema.requests.c, schema.commitments.c
            assert not connection.execute(select(o.key).where(o.day < "2006", o.day != "", o.place.is_distinct_from("left alone"))).all()
            assert not connection.execute(select(r.key).where(r.day < "2006", r.day != "", r.type != "left alone")).all()
            assert not connection.execute(select(c.key).where(c.day < "2006", c.day != "", c.type != "left alone")).all()
        assert all(store.count(name) > count for name, count in zip(("occurrences", "requests", "commitments"), counts, strict=True))


def _moved(one: Report, year: int) -> Report:
    """The report in another year, under another key."""
    article = one.record.article
    assert article is not None
    from dataclasses import replace

    published = one.published.replace("2015", str(year)) if one.published else "2001-01-01"
    events = tuple(replace(event, date=event.date and event.date.replace("2015", str(year))) for event in one.record.events)
    key = f"{year}-{one.key}"
    record = replace(one.record, article=replace(article, id=key, published=published), published=published, events=events)
    return Report(key, one.source, published, record)


# ---------------------------------------------------------------------------------------------------- whatever happens in the middle


FORK = multiprocessing.get_context("fork")


def into(url: str, reports: list[Report], step: int) -> None:
    with Store.open(url, create=True) as store:
        take_in(store, reports, step)


def test_two_writers_at_once(url: str, tmp_path: Path) -> None:
    reports = world(13, 60)
    Store.open(url, create=True).close()
    both = [FORK.Process(target=into, args=(url, found, 3)) for found in (reports, reports[::-1])]
    for process in both:
        process.start()
    for process in both:
        process.join(120)
        assert process.exitcode == 0
    with Store.open(url) as store, Store.open(tmp_path / "clean.db", create=True) as clean:
        take_in(clean, reports, 60)
        assert content(store) == content(clean)
        check(store)


def test_killed_in_the_middle(url: str) -> None:
    reports = world(14, 60)
    chance = random.Random(3)
    with Store.open(url, create=True) as store:
        for at in (5, 20, 40):
            process = FORK.Process(target=into, args=(url, reports, 4))
            process.start()
            while store.count() < at and process.is_alive():
                time.sleep(0.002)
            time.sleep(chance.random() * 0.03)
            process.kill()
            process.join()
            check(store)  # what is derived is never behind what is stored
        take_in(store, reports, 10)
        check(store)


def test_who_reads_sees_one_moment(sqlite: str) -> None:
    reports = world(15, 40)
    with Store.open(sqlite, create=True) as store, Store.open(sqlite) as other:
        take_in(store, reports[:20], 10)
        with other.reading() as connection:
            tables = (schema.articles, schema.occurrences, schema.tellings, schema.stances)
            before = [connection.execute(select(table)).all() for table in tables]
            take_in(store, reports[20:], 10)
            assert [connection.execute(select(table)).all() for table in tables] == before
        check(other)


def test_a_register_without_reports(store: Store) -> None:
    with store.writing() as connection:
        assert settle(connection, _tell, fact_reader().weight) == 0  # type: ignore[arg-type]
        connection.execute(delete(schema.pending))
    check(store)
