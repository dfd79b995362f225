"""Requests, commitments, changes and briefs asked of a register, from the shell and from Python."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from made_reports import fact_reader, lexicon, report
from test_brief import made, material

from mahdar.errors import QuestionError
from mahdar.record import ISSUES, Record
from mahdar.register.answers import Quote
from mahdar.register.brief import brief
from mahdar.register.derive import names_called, settle
from mahdar.register.derived import last_day
from mahdar.register.questions import Register
from mahdar.register.reports import Report
from mahdar.register.store import Store
from mahdar.register.told import Facts, names_of, pack, pack_sketch, sketch_of, tell
from mahdar.register.write import Entry, put, told_by
from shell import run


def reports() -> list[Report]:
    """Those of the brief's tests, and a promise with what came of it; an undated report, and two of another publisher."""
    ask = "طلبت باريس من أنقرة تسليم المطلوبين"
    agree = "اتفقت طوكيو وسيول على صيد الأسماك"
    promise = "تتعهد لندن بإرسال مساعدات غذائية إلى اليمن"
    kept = "أرسلت لندن مساعدات غذائية إلى اليمن"
    return [
        *made(),
        report("e2", "2014-01-01", agree, [("AGREE", ["JPN"], ["KOR"], agree)]),
        report("f", "2015-09-01", promise, [("AID", ["GBR"], ["YEM"], promise, {"status": "planned"})], source="وكالة"),
        report("g", "2015-09-10", kept, [("AID", ["GBR"], ["YEM"], kept)], source="وكالة"),
        report("h", "2015-09-20", ask, [("REQUEST", ["FRA"], ["TUR:recep-tayyip-erdogan"], ask)]),
        undated(report("i", "2015-09-20", ask, [("REQUEST", ["FRA"], ["TUR"], ask, {"date": None})], positions=[("TUR", "anti-isis", "support")])),
    ]


def undated(one: Report) -> Report:
    """The report as it is where nobody knows when it was published."""
    article = one.record.article
    assert article is not None
    return Report(one.key, one.source, "", replace(one.record, published=None, article=replace(article, published=None)))


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> str:
    url = str(tmp_path_factory.mktemp("derived") / "mahdar.db")
    with Store.open(url, create=True) as store:
        fill(store)
    return url


def fill(store: Store) -> None:
    entries = [Entry.of(one.record.article, one.record) for one in reports() if one.record.article is not None]
    store.transact(lambda connection: put(connection, entries, lexicon="x", now="2026-01-01T00:00:00Z"))


@pytest.fixture(scope="module")
def register(filled: str) -> Iterator[Register]:
    with Register(filled, lexicon=lexicon()) as opened:
        yield opened


def words(register: Register, quote: Any) -> str:
    found = register.article(quote.article)
    assert found is not None
    record: Record = found.record
    return record.text(quote.span)


REQUESTS: list[tuple[dict[str, Any], list[tuple[str, str, str]]]] = [
    ({}, [("FRA", "TUR", "h"), ("USA", "IRN", "c"), ("FRA", "TUR", "i")]),
    ({"actor": "Iran"}, [("USA", "IRN", "c")]),
    ({"actor": "recep-tayyip-erdogan"}, [("FRA", "TUR", "h")]),
    ({"actor": "john-kerry"}, []),
    ({"between": ("TUR", "FRA")}, [("FRA", "TUR", "h"), ("FRA", "TUR", "i")]),
    ({"between": ("TUR", "USA")}, []),
    ({"on": "anti-isis"}, [("USA", "IRN", "c")]),
    ({"on": "TUR", "since": "2015"}, [("FRA", "TUR", "h")]),
    ({"on": "FRA"}, []),
    ({"until": "2015-08"}, [("USA", "IRN", "c")]),
    ({"until": "2015-08-02"}, []),
    ({"since": "2015-09", "until": "2015"}, [("FRA", "TUR", "h")]),
    ({"source": "وكالة"}, []),
    ({"status": "refused"}, [("USA", "IRN", "c")]),
    ({"status": ("open", "accepted"), "limit": 1}, [("FRA", "TUR", "h")]),
]


def test_which_requests(register: Register) -> None:
    for filters, expected in REQUESTS:
        assert [(r.asker.code, r.asked.code, r.article) for r in register.requests(**filters)] == expected, filters


def test_either_database_tells_the_same(register: Register, store: Store, url: str) -> None:
    fill(store)
    with Register(url, lexicon=lexicon()) as other:
        for until in (None, "2015-08", "2015-08-03"):
            for question in ("requests", "commitments", "changes"):
                assert getattr(other, question)(until=until).rows() == getattr(register, question)(until=until).rows()
            assert other.brief("anti-isis", until=until).to_json() == register.brief("anti-isis", until=until).to_json()


def test_which_commitments(register: Register) -> None:
    def found(**filters: Any) -> list[tuple[str, str | None, str, str]]:
        return [(c.by.code, c.to and c.to.code, c.fate, c.article) for c in register.commitments(**filters)]

    assert found(actor="GBR") == found(between=("لندن", "Yemen")) == found(type="AID") == found(source="وكالة") == [("GBR", "YEM", "kept", "f")]
    assert found(actor="GBR", until="2015-09-05") == [("GBR", "YEM", "open", "f")]
    assert found(status="kept", since="2015-09-10") == [("GBR", "YEM", "kept", "f")]
    assert found(since="2015-09-11") == found(status="dropped") == found(on="GBR") == []


def test_which_changes(register: Register) -> None:
    def found(**filters: Any) -> list[tuple[str, str | None, str, str, str]]:
        return [(c.holder.code, c.issue, c.before, c.stance, c.day) for c in register.changes(**filters)]

    turn = ("TUR", "anti-isis", "support", "conditional", "2015-08-05")
    assert found() == found(actor="Turkey", on="anti-isis") == found(since="2015-08-05") == found(status="conditional") == [turn]
    assert found(until="2015-08-04") == found(since="2015-08-06") == found(actor="USA") == found(on="USA") == []


def test_every_quote_leads_back_to_its_words(register: Register) -> None:
    rows = [*register.requests(), *register.commitments(), *register.changes()]
    quotes = [Quote(row.report, row.span, row.text) for row in rows]
    quotes += [told.quote for row in register.requests() for told in row.accounts]
    quotes += [quote for row in register.commitments() for quote in (*row.quotes, *row.fate_quotes)]
    quotes += [row.before_quote for row in register.changes()]
    page = register.brief("anti-isis", since="2015")
    quotes += [quote for line in page.lines for each in (line, *line.under) for quote in page.words(each)]
    assert len(quotes) > len(rows)
    assert all(quote.text and words(register, quote) == quote.text for quote in quotes)


@pytest.mark.parametrize("question", ["requests", "commitments"])
def test_pages_join_into_the_whole(register: Register, question: str) -> None:
    whole = [row.id for row in getattr(register, question)()]
    after, found = None, []
    while rows := getattr(register, question)(limit=1, after=after).rows():
        found.append(rows[0].id)
        after = rows[0].cursor
    assert found == whole
    assert len(whole) > 1


def test_the_brief_is_that_of_the_reports(register: Register) -> None:
    stored = register.brief("anti-isis", since="2015-08-01", until="2015-08-05")
    assert stored.brief == brief("anti-isis", material(made()), since="2015-08-01", until="2015-08-05")
    assert {line.section for line in register.brief("anti-isis", until="2015-08-02").lines} == {"in", "meetings", "cooperation"}
    assert register.brief("Anti ISIS", until="2015-08").brief == register.brief("anti-isis", until=last_day("2015-08")).brief
    assert not register.brief("libya").lines
    assert register.brief("anti-isis", since="2015-08-05", until="2015-08-05").section("changes")  # both days are within
    assert not register.brief("anti-isis", since="2015-08-06").section("changes")


def test_text_of_the_brief(register: Register) -> None:
    page = register.brief("anti-isis", until="2015-08")
    assert page.to_text().startswith("State of coordination: fighting ISIS (2015-08-31)")
    assert "إيران" in page.to_text("ar")
    assert all(quote.text in page.to_text("ar") for line in page.section("requests") for quote in page.words(line))


def test_days() -> None:
    assert [last_day(words) for words in ("2015", "2016-02", "2015-10-30")] == ["2015-12-31", "2016-02-29", "2015-10-30"]


def test_bodies_are_called_as_the_code_says(store: Store, url: str) -> None:
    from mahdar.record import Actor

    def body(key: str, name: str, known: str) -> Actor:
        return Actor(key, "organisation", name, None, "UN", lexicon=known)

    cast = [body("x", "مجلس الأمن", "un-security-council"), body("y", "الأمم المتحدة", "un")]
    one = report("a", "2015-08-01", "نص", actors=cast, said=[("x", "نص"), ("y", "نص")])
    entries = [Entry.of(replace(one.record.article, id=key), one.record, fact_reader()) for key in "ab" if one.record.article is not None]
    with store.writing() as connection:
        put(connection, entries, lexicon="x", now="2026")
        settle(connection, lambda each, rulings: tell(each, fact_reader(), rulings), fact_reader().weight, told_by(entries))
        assert names_called(connection, ["UN", "USA"]) == {"UN": "الأمم المتحدة"}


def test_a_date_that_is_none_stops_nothing() -> None:
    odd = [replace(one, published=published) for one, published in zip(made(), ("2015-08", "2015", "soon", "", "2015-08-05T08:00:00Z"), strict=True)]
    assert {fact.published for one in odd for fact in tell(one, fact_reader()).facts} == {"", "2015-08-05"}


def test_what_is_told_comes_back_as_it_was_packed() -> None:
    for one in reports():
        told = tell(one, fact_reader())
        assert tuple(Facts(pack(told))) == told.facts
        assert names_of(pack(told)) == told.names
        assert sketch_of(one.key, pack_sketch(told.sketch)) == told.sketch


@pytest.mark.parametrize(
    ("question", "filters", "message"),
    [
        ("requests", {"type": "AID"}, "requests cannot be filtered by type"),
        ("requests", {"status": "kept"}, "status 'kept' is not known"),
        ("requests", {"after": "x"}, "it takes the cursor of a row"),
        ("commitments", {"status": "refused"}, "status 'refused' is not known"),
        ("changes", {"type": "AID"}, "changes cannot be filtered by type"),
        ("changes", {"actor": "john-kerry"}, "'john-kerry' is a person"),
        ("changes", {"since": "2016", "until": "2015"}, "later than until"),
        ("brief", {"issue": "anti-isi"}, "did you mean anti-isis"),
        ("brief", {"issue": "Atlantis"}, "they are anti-isis"),
    ],
)
def test_what_cannot_be_asked_is_said(register: Register, question: str, filters: dict[str, Any], message: str) -> None:
    with pytest.raises(QuestionError, match=message):
        list(getattr(register, question)(**filters))


def test_data_frames(register: Register) -> None:
    pytest.importorskip("polars")
    for answer in (register.requests(), register.commitments(), register.changes()):
        frame = answer.to_polars()
        assert tuple(frame.columns) == answer.kind.columns
        assert frame.height == len(answer.rows())


# ---------------------------------------------------------------------------------------------------- commands


@pytest.mark.parametrize("command", ["requests", "commitments", "changes"])
def test_formats_hold_the_same_rows(filled: str, command: str) -> None:
    options = [command, "--register", filled, "--format"]
    listed = json.loads(run(*options, "json").output)
    assert [json.loads(line) for line in run(*options, "jsonl").output.splitlines()] == listed
    table = list(csv.DictReader(io.StringIO(run(*options, "csv").output)))
    assert [(row["article"], row["text"], row["cursor"]) for row in table] == [(row["article"], row["text"], row["cursor"]) for row in listed]
    assert listed
    shown = run(*options, "table").output
    assert all(row["article"] in shown and row["text"] in shown for row in listed)


def test_tables_for_people(filled: str) -> None:
    assert run("commitments", "--actor", "GBR", "--register", filled).output.splitlines() == [
        "2015-09-01  United Kingdom (GBR) → AID → Yemen (YEM): kept  [f]",
        "            تتعهد لندن بإرسال مساعدات غذائية إلى اليمن",
        "            - kept, 2015-09-10  [g]",
        "              أرسلت لندن مساعدات غذائية إلى اليمن",
    ]
    assert "Turkey (TUR): support → conditional anti-isis" in run("changes", "--register", filled).output
    assert "United States (USA) asked Iran (IRN): refused" in run("requests", "--register", filled).output
    assert run("requests", "--actor", "CHN", "--register", filled).output == "mahdar: nothing found\n"


def test_the_brief_as_text_and_as_json(filled: str) -> None:
    shown = run("brief", "anti-isis", "--until", "2015-08", "--since", "2015-08-01", "--register", filled).output
    assert "What changed" in shown
    assert "Iran: against" in shown
    assert "[c 0-" in shown
    assert "الرافضون" in run("brief", "anti-isis", "--language", "ar", "--register", filled).output
    data = json.loads(run("brief", "anti-isis", "--until", "2015-08", "--format", "json", "--register", filled).output)
    assert (data["issue"], data["until"], data["since"]) == ("anti-isis", "2015-08-31", None)
    refused = next(line for line in data["lines"] if line["section"] == "refuses")
    assert (refused["who"], refused["cites"][0]["article"]) == (["IRN"], "c")
    empty = run("brief", "libya", "--register", filled)
    assert (empty.exit_code, "nothing found" in empty.output) == (0, True)
    wrong = run("brief", "lybia", "--register", filled)
    assert (wrong.exit_code, wrong.output) == (1, "mahdar: 'lybia' is no issue; did you mean libya?\n")
    assert "libya" in ISSUES


def test_hostile_words_command_no_terminal(sqlite: str) -> None:
    text = "رفضت طهران طلب\x1b[2J واشنطن المشاركة\u202e في محاربة داعش"
    one = report("x\x1b[1m", "2015-08-01", text, [("REJECT", ["IRN"], ["USA"], text)], positions=[("IRN", "anti-isis", "oppose")])
    assert one.record.article is not None
    entry = Entry.of(one.record.article, one.record)
    with Store.open(sqlite, create=True) as store:
        store.transact(lambda connection: put(connection, [entry], lexicon="x", now="2026"))
    for words in (("requests",), ("brief", "anti-isis")):
        shown = run(*words, "--register", sqlite).output
        assert "محاربة داعش" in shown
        assert "\x1b" not in shown
        assert "\u202e" not in shown
