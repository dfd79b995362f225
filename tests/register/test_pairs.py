"""The scores of events, and what two did month by month in them."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files
from typing import Any

import pytest
import yaml
from made_reports import lexicon, report
from small import fill_small
from test_questions import run

from mahdar.errors import QuestionError
from mahdar.record import EVENT_TYPES
from mahdar.register.pairs import score
from mahdar.register.questions import Register
from mahdar.register.store import Store
from mahdar.register.write import Entry, put

# Rows of CAMEO.goldsteinscale.txt as published with GDELT: what scores.yaml must say of the codes it names.
GOLDSTEIN = {
    "02": 3.0, "021": 3.4, "026": 4.0, "03": 4.0, "04": 1.0, "041": 1.0, "042": 1.9, "044": 2.5, "045": 5.0, "05": 3.5, "06": 6.0, "07": 7.0, "08": 5.0,
    "084": 7.0, "0841": 7.0, "0842": 7.0, "085": 7.0, "086": 9.0, "087": 9.0, "0871": 9.0, "0872": 9.0, "09": -2.0, "104": -5.0, "105": -5.0, "11": -2.0,
    "110": -2.0, "112": -2.0, "12": -4.0, "121": -4.0, "123": -4.0, "124": -4.0, "125": -5.0, "13": -6.0, "1312": -5.8, "1313": -5.8, "132": -5.8, "136": -7.0,
    "138": -7.0, "1382": -7.0, "14": -6.5, "141": -6.5, "142": -6.5, "143": -6.5, "144": -7.5, "145": -7.5, "15": -7.2, "16": -4.0, "161": -4.0, "162": -5.6,
    "166": -7.0, "17": -7.0, "1711": -9.2, "172": -5.0, "1721": -5.0, "1722": -5.0, "1723": -5.0, "1724": -5.0, "173": -5.0, "174": -5.0, "18": -9.0,
    "181": -9.0, "182": -9.5, "1821": -9.0, "1822": -9.0, "183": -10.0, "1832": -10.0, "186": -10.0, "193": -10.0, "194": -10.0, "195": -10.0, "2041": -10.0,
}  # fmt: skip


def rows() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(files("mahdar.register").joinpath("scores.yaml").read_text(encoding="utf-8"))["types"]
    return found


def test_every_score_is_the_published_one() -> None:
    assert set(rows()) == set(EVENT_TYPES)
    each = [row for type_ in rows().values() for row in (type_, *type_.get("modes", {}).values())]
    assert {row["cameo"]: row["score"] for row in each} == GOLDSTEIN
    assert all(row["score"] == GOLDSTEIN[row["cameo"]] for row in each)


def test_modes_are_those_the_reader_knows() -> None:
    known = {(act.type, act.mode) for act in lexicon().acts}
    ours = {(type_, mode) for type_, row in rows().items() for mode in row.get("modes", {})}
    ahead = {"release", "return", "ease", "access", "disarm", "ceasefire", "withdraw", "assist", "change", "restrict", "ban", "expel", "territory"}
    assert {mode for _, mode in ours - known} <= ahead  # PLOVER's modes that no act of ours has yet


def test_a_mode_without_a_score_has_its_types() -> None:
    assert score("CONSULT", "visit") == 1.9
    assert score("CONSULT", "multilateral") == score("CONSULT") == 1.0


TEXT = "زار لافروف واشنطن. واتهم كيري موسكو بالقصف. وتظاهر أميركيون أمام السفارة الروسية وهددت روسيا."
KERRY, LAVROV = "USA:john-kerry", "RUS:sergey-lavrov"


@pytest.fixture
def register(store: Store, url: str) -> Iterator[Register]:
    fill_small(store)
    events = [
        ("CONSULT", [LAVROV], ["USA"], "زار لافروف واشنطن", {"mode": "visit"}),
        ("ACCUSE", [KERRY], ["RUS"], "واتهم كيري موسكو بالقصف", {"mode": "allege"}),
        ("CONSULT", [LAVROV, KERRY], [], "زار لافروف", {"mode": "visit"}),
        ("THREATEN", ["RUS"], ["USA"], "وهددت روسيا", {"status": "denied"}),
    ]
    one = report("visit", "2015-10-31", TEXT, events)
    assert one.record.article is not None
    entry = Entry.of(one.record.article, one.record)
    store.transact(lambda connection: put(connection, [entry], lexicon="x", now="2026"))
    with Register(url, lexicon=lexicon) as opened:
        yield opened


def test_a_month_in_scores(register: Register) -> None:
    row = register.pairs(between=("RUS", "USA")).rows()[0]
    assert (row.month, row.events, row.types) == ("2015-10", 4, (("CONSULT", 3), ("ACCUSE", 1)))
    assert (row.cooperation_score, row.conflict_score, row.net) == (4.8, -2.0, 0.7)  # two visits, a meeting; an accusation; 2.8 over four
    assert row.flat()["net"] == 0.7


def test_pairs_of_persons(register: Register) -> None:
    rows = register.pairs(between=("Kerry", "Lavrov")).rows()
    assert [(row.a, row.b, row.month, row.types) for row in rows] == [("john-kerry", "sergey-lavrov", "2015-10", (("CONSULT", 2),))]
    assert [row.types for row in register.pairs(between=("Kerry", "RUS"), type="ACCUSE")] == [(("ACCUSE", 1),)]
    with pytest.raises(QuestionError, match="of a person with everybody"):
        register.pairs(actor="Kerry")


def test_the_table_ends_with_what_they_last_said(sqlite: str) -> None:
    with Store.open(sqlite, create=True) as store:
        fill_small(store)
    shown = run("pairs", "--between", "RUS", "TUR", "--register", sqlite).output
    assert "conflict -2.0" in shown
    assert "Russia (RUS), indirect: واتهمت" in shown.split("last said about each other")[1]
