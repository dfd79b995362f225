"""Answers from the tables are those a computation from the reports asked for would give: all, of one publisher, or until some day."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import Any

import pytest
from made_reports import fact_reader, lexicon
from test_derive import take_in, world

from mahdar.register import derived
from mahdar.register.brief import Material, brief
from mahdar.register.commitments import commitments
from mahdar.register.copying import printed
from mahdar.register.derived import last_day
from mahdar.register.facts import Fact
from mahdar.register.ledger import changes, ledger
from mahdar.register.occurrences import occurrences
from mahdar.register.questions import Register
from mahdar.register.reports import Report
from mahdar.register.requests import requests
from mahdar.register.store import Store
from mahdar.register.told import Told, tell
from mahdar.register.wires import wires

REPORTS = world(21, 110)
PARTS: list[dict[str, Any]] = [
    {"until": until, "source": source} for until, source in itertools.product((None, "2015-09", "2015-10-03", "2015-10", "2014"), (None, "وكالة 0", "وكالة 9"))
]


@pytest.fixture(scope="module")
def register(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Register]:
    url = str(tmp_path_factory.mktemp("matters") / "mahdar.db")
    with Store.open(url, create=True) as store:
        take_in(store, REPORTS, 9)
    with Register(url, lexicon=lexicon()) as opened:
        yield opened


def part(until: str | None, source: str | None) -> list[Told]:
    """What the reports asked for tell."""
    return [tell(one, fact_reader()) for one in REPORTS if _in(one, until, source)]


def _in(one: Report, until: str | None, source: str | None) -> bool:
    return (until is None or "" < one.published <= last_day(until)) and source in (None, one.source)


def facts(until: str | None, source: str | None) -> list[Fact]:
    return [fact for told in part(until, source) for fact in told.facts]


@pytest.mark.parametrize("asked", PARTS, ids=str)
def test_requests(register: Register, asked: dict[str, Any]) -> None:
    expected = sorted(((r.last, r.id, r.outcome, len(r.accounts), r.differ) for r in requests(facts(**asked))), reverse=True)
    assert [(r.day or "", r.id, r.outcome, len(r.accounts), r.differ) for r in register.requests(**asked)] == expected


@pytest.mark.parametrize("asked", PARTS, ids=str)
def test_commitments(register: Register, asked: dict[str, Any]) -> None:
    expected = sorted(((c.day, c.id, c.fate, c.fate_day, len(c.cites)) for c in commitments(facts(**asked))), reverse=True)
    assert [(c.day or "", c.id, c.fate, c.fate_day or "", len(c.quotes)) for c in register.commitments(**asked)] == expected


@pytest.mark.parametrize("asked", PARTS, ids=str)
def test_changes(register: Register, asked: dict[str, Any]) -> None:
    wire_of = wires(told.sketch for told in part(None, None))
    stands = [printed(stand, wire_of) for told in part(**asked) for stand in told.stands if stand.day]
    expected = sorted(
        ((c.after.day, f"{c.holder}/{c.on}", c.before.stance, c.after.stance, c.before.last, c.after.sources, c.after.disputed) for c in changes(ledger(stands))),
        reverse=True,
    )
    rows = register.changes(**asked).rows()
    assert [(r.day, r.cursor.split(".", 1)[1], r.before, r.stance, r.before_day, r.sources, r.disputed) for r in rows] == expected


@pytest.mark.parametrize("question", ["requests", "commitments", "changes"])
@pytest.mark.parametrize("asked", PARTS[:6], ids=str)
@pytest.mark.parametrize(
    "more",
    [{"actor": "USA"}, {"actor": "john-kerry"}, {"between": ("USA", "IRN")}, {"on": "anti-isis"}, {"on": "IRN"}, {"since": "2015-09-20"}, {"status": "refused"}, {"type": "AID"}],
    ids=str,
)
def test_filters_leave_out_what_does_not_meet_them(register: Register, question: str, asked: dict[str, Any], more: dict[str, Any]) -> None:
    if question == "changes" and "actor" in more and more["actor"] != "USA" or "type" in more and question != "commitments":
        return
    if "status" in more:
        more = {"status": {"requests": "refused", "commitments": "kept", "changes": "oppose"}[question]}
    everything = getattr(register, question)(**asked).rows()
    found = getattr(register, question)(**asked, **more).rows()
    assert [row for row in everything if row in found] == found
    for row in found:
        data = row.flat()
        codes = {value for name, value in data.items() if name.endswith("_code")}
        assert more.get("actor") in (None, "john-kerry", *codes)
        assert set(more.get("between", ())) <= codes
        assert more.get("type") in (None, data.get("type"))
        assert more.get("status") in (None, data.get("outcome"), data.get("fate"), data.get("stance"))
        assert more.get("on") in (None, data.get("asked_code"), data.get("to_code"), data.get("toward_code"), data.get("issue"), *(data.get("about") or "").split("; "))


@pytest.mark.parametrize("question", ["requests", "commitments", "changes"])
@pytest.mark.parametrize("asked", [PARTS[0], PARTS[1], PARTS[6]], ids=str)
def test_pages_join_into_the_whole(register: Register, question: str, asked: dict[str, Any]) -> None:
    whole = [row.cursor for row in getattr(register, question)(**asked)]
    found: list[str] = []
    while rows := getattr(register, question)(limit=3, after=found[-1] if found else None, **asked).rows():
        found.extend(row.cursor for row in rows)
    assert found == whole


@pytest.mark.parametrize("issue", ["anti-isis", "iran-nuclear", "syria-settlement", "libya"])
@pytest.mark.parametrize("until", [None, "2015-09", "2015-10-03", "2014"])
def test_the_brief(register: Register, issue: str, until: str | None) -> None:
    wire_of = wires(told.sketch for told in part(None, None))
    told = part(until, None)
    found = [fact for one in told for fact in one.facts]
    stands = tuple(printed(stand, wire_of) for one in told for stand in one.stands)
    material = Material(tuple(found), stands, occurrences(found, fact_reader().weight, wire_of), requests(found), commitments(found))
    expected = brief(issue, material, until=last_day(until) if until else "", since="2014-12-15")
    assert register.brief(issue, until=until, since="2014-12-15").brief.lines == expected.lines


def test_occurrences(register: Register, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(derived, "_AT_ONCE", 7)  # rows of a page
    wire_of = wires(told.sketch for told in part(None, None))
    expected = {o.id: o for o in occurrences(facts(None, None), fact_reader().weight, wire_of)}
    rows = register.occurrences().rows()
    assert [(row.day or "", row.id) for row in rows] == sorted(((o.day, o.id) for o in expected.values()), reverse=True)
    for row in rows:
        o = expected[row.id]
        assert (row.type, row.status, row.sources, row.about) == (o.type, o.status, o.sources, o.issues)
        assert {quote.article for quote in row.quotes} == set(o.reports)
        assert [on for on, _ in row.disagreements] == [d.on for d in o.disagreements]
    assert any(row.disagreements for row in rows)
    met = register.occurrences(type="CONSULT", between=("USA", "RUS"), since="2015-10", until="2015-10").rows()
    assert met == [r for r in rows if r.type == "CONSULT" and {"USA", "RUS"} <= {s.code for s in (*r.who, *r.whom)} and (r.day or "")[:7] == "2015-10"]
    assert register.occurrences(source="وكالة 9").rows() == []
    assert register.occurrences(status="planned", limit=2).rows() == [row for row in rows if row.status == "planned"][:2]
    after = register.occurrences(after=rows[4].cursor, limit=3).rows()
    assert after == rows[5:8]
    assert {r.id for r in register.occurrences(actor="john-kerry")} == {o.id for o in expected.values() if "john-kerry" in o.people}
