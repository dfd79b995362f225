"""Actors in a register: keys across reports and spellings, posts held on a date, merges and splits by hand."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace

import pytest
from filling import content
from made_reports import actor, fact_reader, lexicon, report
from small import fill_small
from sqlalchemy import select
from test_questions import named, run

from mahdar.errors import QuestionError
from mahdar.record import Actor
from mahdar.register.identity import RulingError
from mahdar.register.questions import Register
from mahdar.register.reports import Report
from mahdar.register.schema import actor_totals, actors
from mahdar.register.store import Store
from mahdar.register.write import Entry, put
from mahdar.register.write import replace as put_again

ZAYDI = Actor("z", "person", "حامد الزيدي", None, "YEM", "minister")
ZAYDI_TOO = Actor("z", "person", "أبو عمار الزيدي", None, "YEM", "rebel_leader")
PRESIDENT = Actor("p", "person", "الرئيس الروسي", None, "RUS", "head_of_state")
PETROVICH = Actor("v", "person", "أندريه بيتروفيتش", None, "RUS", "official")
FRONT = Actor("f", "group", "جبهة الساحل", None, None)
OFFICIAL = Actor("o", "person", "مسؤول أميركي", None, "USA", "official")
TEXT = "التقى الطرفان في عدن"


def one(key: str, first: Actor, second: Actor, published: str = "2015-10-30") -> Report:
    made = report(key, published, TEXT, [("CONSULT", [first.id], [second.id], TEXT)], actors=[first, second])
    assert made.record.article is not None
    return replace(made, record=replace(made.record, article=replace(made.record.article, source="")))


def reports() -> list[Report]:
    russia = actor("RUS")
    return [
        one("a", ZAYDI, russia), one("b", ZAYDI_TOO, actor("SAU")), one("c", PRESIDENT, ZAYDI), one("d", PRESIDENT, FRONT, "2010-05-01"),
        one("e", OFFICIAL, russia), one("f", replace(ZAYDI, name="حامد الزيدى"), FRONT, "2015-11-02"),
        one("g", PETROVICH, actor("SAU")), one("h", replace(PETROVICH, name="اندري بتروفتش"), actor("SAU")),
    ]  # fmt: skip


def entries() -> list[Entry]:
    reader = fact_reader()
    return [Entry.of(one.record.article, one.record, reader) for one in reports() if one.record.article is not None]


@pytest.fixture
def register(store: Store, url: str) -> Iterator[Register]:
    store.transact(lambda connection: put(connection, entries(), lexicon="x", now="2026-01-01T00:00:00Z"))
    with Register(url, lexicon=lexicon) as opened:
        yield opened


def listed(register: Register) -> dict[str, int]:
    return {row.key: row.articles for row in register.actors()}


def asked(register: Register, who: str) -> list[str]:
    return sorted(named(register.events(actor=who)))


def test_everybody_has_a_key(register: Register) -> None:
    assert listed(register) == {
        "RUS": 2, "SAU": 3, "~RUS:اندر بترفتش": 2, "~YEM:حامد الزيدي": 3, "~YEM:ابو عمار الزيدي": 1, "vladimir-putin": 1, "dmitry-medvedev": 1, "~-:جبهه الساحل": 2,
    }  # fmt: skip
    zaydi = register.actors(actor="حامد الزيدي").rows()[0]
    assert zaydi.names == ("حامد الزيدي", "حامد الزيدى")
    assert asked(register, "حامد الزيدى") == asked(register, zaydi.key) == ["a:0", "c:0", "f:0"]
    event = register.events(actor=zaydi.key).rows()[-1]
    assert zaydi.key in {party.key for party in (*event.who, *event.whom)}


def test_a_bare_title_is_whoever_held_the_post_then(register: Register) -> None:
    assert asked(register, "Putin") == ["c:0"]
    assert asked(register, "Medvedev") == ["d:0"]
    assert named(register.events(actor="الرئيس الروسي", since="2015-10", until="2015-12")) == ["c:0"]
    assert named(register.events(actor="الرئيس الروسي", until="2010-12", since="2009")) == ["d:0"]
    with pytest.raises(QuestionError, match=r"can be dmitry-medvedev, vladimir-putin"):
        register.events(actor="الرئيس الروسي", since="2009", until="2016")
    with pytest.raises(QuestionError, match="nobody called"):
        register.events(actor="وزير الصيد الروسي")


def test_a_merge_and_its_undoing(register: Register) -> None:
    before = content(register.store)
    number, changed = register.merge("حامد الزيدي", "أبو عمار الزيدي")
    assert changed == 1
    assert listed(register)["~YEM:حامد الزيدي"] == 4
    assert asked(register, "حامد الزيدي") == asked(register, "أبو عمار الزيدي") == asked(register, "~YEM:ابو عمار الزيدي") == ["a:0", "b:0", "c:0", "f:0"]
    assert sorted(hit.article for hit in register.search("الطرفان", actor="حامد الزيدي")) == ["a", "b", "c", "f"]
    assert named(register.events(between=("حامد الزيدي", "SAU"))) == ["b:0"]
    assert [str(ruling).split(" (")[0] for ruling in register.rulings()] == [f"{number}: merge ~YEM:ابو عمار الزيدي → ~YEM:حامد الزيدي"]
    register.undo(number)
    assert content(register.store) == before


def test_a_body_merged_into_one_with_a_code_acts_under_it(register: Register) -> None:
    before = content(register.store)
    number, _ = register.merge("SAU", "جبهة الساحل")
    assert asked(register, "SAU") == ["b:0", "d:0", "f:0", "g:0", "h:0"]
    assert named(register.pairs(between=("SAU", "RUS"))) == ["h:0", "d:0"]
    assert {party.code for row in register.events(actor="جبهة الساحل") for party in row.whom} == {"SAU"}
    register.undo(number)
    assert content(register.store) == before


def test_splits(register: Register) -> None:
    before = content(register.store)
    first, changed = register.split("حامد الزيدي", article="c")
    assert changed == 3
    assert asked(register, "~YEM:حامد الزيدي/c") == ["c:0"]
    second, _ = register.split("أندريه بيتروفيتش", name="اندري بتروفتش", into="Putin")
    assert asked(register, "أندريه بيتروفيتش") == ["g:0"]
    assert asked(register, "Putin") == ["c:0", "h:0"]
    register.undo(second)
    register.undo(first)
    assert content(register.store) == before


def test_rulings_hold_for_what_is_stored_or_read_later(store: Store, url: str) -> None:
    halves = entries()[:2], entries()[2:]
    store.transact(lambda connection: put(connection, halves[0], lexicon="x", now="2026"))
    with Register(url, lexicon=lexicon) as register:
        register.merge("أبو عمار الزيدي", "حامد الزيدي")
        store.transact(lambda connection: put(connection, halves[1], lexicon="x", now="2026"))
        assert asked(register, "أبو عمار الزيدي") == ["a:0", "b:0", "c:0", "f:0"]
        for entry in entries():
            store.transact(lambda connection, entry=entry: put_again(connection, 1, entry.article.id, entry, lexicon="y", now="2027"))
        assert asked(register, "حامد الزيدي") == ["a:0", "b:0", "c:0", "f:0"]
        with store.reading() as connection:
            kept = {row.own: row.key for row in connection.execute(select(actors.c.own, actors.c.key)) if row.own != row.key}
        assert kept == {"~YEM:حامد الزيدي": "~YEM:ابو عمار الزيدي"}


def test_rulings_that_cannot_be(register: Register) -> None:
    register.merge("حامد الزيدي", "أبو عمار الزيدي")
    for wrong, message in [
        (lambda: register.merge("أبو عمار الزيدي", "حامد الزيدي"), "one actor already"),
        (lambda: register.merge("RUS", "FRA"), "nobody in this register"),
        (lambda: register.merge("RUS", "نجم الدين الغائب"), "nobody called"),
        (lambda: register.split("RUS"), "needs an article or a name"),
        (lambda: register.undo(99), "no ruling 99"),
    ]:
        with pytest.raises((RulingError, QuestionError), match=message):
            wrong()
    assert len(register.rulings()) == 1


def test_the_nameless_are_nobody_across_reports(register: Register) -> None:
    with register.store.reading() as connection:
        assert not [key for key in connection.execute(select(actor_totals.c.key)).scalars() if key.startswith("?")]
    assert asked(register, "USA") == ["e:0"]
    assert named(register.events(actor="?USA:official:مسوول اميركي@e")) == ["e:0"]


def test_derived_questions_follow_the_rulings(store: Store, url: str) -> None:
    text = "طلب حامد الزيدي من السعودية دعما"
    asking = report("q", "2015-10-30", text, [("REQUEST", ["z"], ["SAU"], text)], actors=[replace(ZAYDI, code="YEM"), actor("SAU")])
    assert asking.record.article is not None
    entry = Entry.of(asking.record.article, asking.record, fact_reader())
    second = report("n", "2015-10-30", TEXT, [("CONSULT", ["z"], ["SAU"], TEXT)], actors=[ZAYDI_TOO, actor("SAU")])
    assert second.record.article is not None
    other = Entry.of(second.record.article, second.record, fact_reader())
    store.transact(lambda connection: put(connection, [entry, other], lexicon="x", now="2026"))
    with Register(url, lexicon=lexicon) as register:
        assert len(register.requests(actor="حامد الزيدي").rows()) == 1
        number, _ = register.merge("أبو عمار الزيدي", "حامد الزيدي")
        assert len(register.requests(actor="أبو عمار الزيدي").rows()) == 1
        register.undo(number)
        assert register.requests(actor="أبو عمار الزيدي").rows() == []


def test_commands(sqlite: str) -> None:
    with Store.open(sqlite, create=True) as store:
        fill_small(store)
    assert "ruling 1, 1 articles changed" in run("actors", "merge", "Kerry", "سالم الماجد", "--register", sqlite).output
    assert [row["articles"] for row in json.loads(run("actors", "--actor", "Kerry", "--format", "json", "--register", sqlite).output)] == [2]
    assert "merge ~IRN:سالم الماجد → john-kerry" in run("actors", "rulings", "--register", sqlite).output
    assert run("actors", "undo", "1", "--register", sqlite).exit_code == 0
    assert run("actors", "rulings", "--register", sqlite).output == ""
    assert "ruling" in run("actors", "split", "Kerry", "--article", "vienna", "--register", sqlite).output
    assert run("actors", "merge", "Kerry", "Atlantis", "--register", sqlite).exit_code == 1
