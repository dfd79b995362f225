"""Events in the terms of PLOVER, CAMEO and POLECAT: contexts, modes, codes, dyads, days and places."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import fields, replace
from pathlib import Path
from types import SimpleNamespace

import jsonschema
import pytest

from mahdar.export import cameo, dyads, files, plover
from mahdar.export.coded import Coder
from mahdar.export.places import Gazetteer, points
from mahdar.export.plover import data
from mahdar.lexicon.load import load_lexicon
from mahdar.record import EVENT_TYPES, ISSUES, ROLES, Span
from mahdar.register import fetch
from mahdar.register.answers import EventRow, Party
from mahdar.register.pairs import score


def event(text: str, type_: str = "CONSULT", mode: str | None = None, about: tuple[str, ...] = (), rule: str = "") -> EventRow:
    report = fetch.report(SimpleNamespace(key="a", report_title="", report_source="", published="2015-10-30", url=""))
    return EventRow(type_, mode, "actual", None, None, None, about, (), (), report, 0, Span(0, len(text)), text, rule, "")


def party(code: str | None, kind: str = "state", role: str | None = None) -> Party:
    """Somebody of whom no more is known."""
    given = {"code": code, "kind": kind, "role": role, "actor": "a1", "name": code or "", "romanised": False}
    return Party(**{field.name: given.get(field.name) for field in fields(Party)})


def test_dyads() -> None:
    us, ru, gb = map(party, ("USA", "RUS", "GBR"))
    row = replace(event("", "ACCUSE"), who=(us, gb), whom=(ru,))
    assert [(a and a.code, b and b.code, mutual) for a, b, mutual in dyads.directed(row)] == [("USA", "RUS", False), ("GBR", "RUS", False)]
    assert dyads.pairs(row) == {("RUS", "USA"), ("GBR", "RUS")}
    met = replace(row, type="CONSULT")
    assert len(list(dyads.directed(met))) == 6
    assert dyads.pairs(met) == {("RUS", "USA"), ("GBR", "RUS"), ("GBR", "USA")}
    alone = replace(event("", "PROTEST"), who=(us,))
    assert [(a and a.code, b and b.code) for a, b, _ in dyads.directed(alone)] == [("USA", None)]
    assert dyads.pairs(alone) == set()


@pytest.mark.parametrize(
    ("day", "first", "last", "precision"),
    [("2015-10-30", "2015-10-30", "2015-10-30", "day"), ("2016-02", "2016-02-01", "2016-02-29", "month"), ("2016", "2016-01-01", "2016-12-31", "year"), (None, "", "", "")],
)
def test_days_known_in_part(day: str | None, first: str, last: str, precision: str) -> None:
    coded = Coder(Gazetteer(load_lexicon))([replace(event(""), day=day)], {})[0]
    assert (coded.first, coded.last, coded.precision) == (first, last, precision)


@pytest.mark.parametrize(
    ("words", "country", "latitude"),
    [("فيينا", "AUT", 48.2), ("مدينة دوما", "SYR", 33.6), ("سوريا", "SYR", None), ("الشرق الأوسط", "", None), ("القدس", "PSE", 31.8), ("بيونغ_يانغ", "PRK", 39.0), ("x", "", None)],
)
def test_places(words: str, country: str, latitude: float | None) -> None:
    spot = Gazetteer(load_lexicon).find(words)
    assert (spot.code, spot.point and spot.point.latitude) == (country, latitude)


def test_no_two_rows_of_cameo_are_alike() -> None:
    """Two ministers of one state with the same guest are two rows that say so."""
    ministers = tuple(replace(party("EGY", "person", "minister"), name=name, name_en=name) for name in ("Amr", "Fahmy"))
    row = replace(event("x"), who=ministers, whom=(party("USA"),))
    out = io.StringIO()
    cameo.write(out, [Coder(Gazetteer(load_lexicon))([row], {})])
    lines = out.getvalue().splitlines()[1:]
    assert len(set(lines)) == len(lines) == 6
    assert {(each["source_name"], each["target_name"]) for each in csv.DictReader(io.StringIO(out.getvalue()))} >= {("Amr", "USA"), ("USA", "Fahmy")}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("بحث وزيرا الدفاع التعاون العسكري", {"military"}),
        ("تبادل المعلومات الاستخباراتية حول داعش", {"intelligence", "terrorism"}),
        ("دانت المنظمة انتهاكات حقوق الإنسان", {"human_rights"}),
        ("مفاوضات حول البرنامج النووي", {"diplomatic", "cbrn"}),
        ("منحت برلين حق اللجوء لعائلة", {"asylum"}),
        ("وزعت مساعدات إنسانية على النازحين", {"humanitarian", "migration"}),
        ("وقعا اتفاقا للتبادل التجاري وبالاستثمارات", {"economic"}),
        ("انتخابات مجلس النواب", {"election", "legislative"}),
        ("التقى الرئيسان في باريس", set()),
        ("في مجلس الأمن الدولي", set()),
        ("قال إن بلاده مستعدة", set()),
        ("القاعدة الشعبية للحزب", {"political_institutions"}),
        ("اتهمه بقصف الحدود", {"military", "territory"}),
        ("دعم واشنطن للديمقراطية", {"pro-democracy"}),
        ("قوات سوريا الديمقراطية", {"military"}),
        ("عضو في حزب الحرية والعدالة", {"political_institutions"}),
        ("دعا إلى احترام حرية الصحافة", {"rights_freedoms"}),
        ("منظمة أطباء بلا حدود", set()),
        ("استخدام غاز الأعصاب", set()),
        ("مثل هذه الخطوات", set()),
        ("زار سفيتلانا في مالي", set()),
    ],
)
def test_contexts_are_what_the_words_say(text: str, expected: set[str]) -> None:
    assert set(plover.contexts(event(text))) == expected


def test_contexts_of_acts_and_issues() -> None:
    assert plover.contexts(event("قصفت", "ASSAULT", "aerial")) == ("military",)
    assert plover.contexts(event("بحثا", about=("refugees",))) == ("migration",)
    assert plover.in_polecat(("economic", "humanitarian")) == ("economic",)


@pytest.mark.parametrize(
    ("type_", "ours", "rule", "expected", "code"),
    [
        ("CONSULT", "visit", "", "visit", "042"), ("CONSULT", "meet", "", None, "04"), ("CONSULT", "mediate", "", None, "04"),
        ("ASSAULT", "chemical", "", "unconventional", "204"), ("ASSAULT", "aerial", "", "aerial", "195"), ("ACCUSE", "investigate", "", "investigate", "090"),
        ("RETREAT", None, "retreat.ceasefire", "ceasefire", "0871"), ("RETREAT", None, "retreat.flee", None, "084"), ("AGREE", None, "", None, "03"),
    ],
)  # fmt: skip
def test_modes_and_cameo(type_: str, ours: str | None, rule: str, expected: str | None, code: str) -> None:
    assert plover.mode(type_, ours, rule) == expected
    assert plover.cameo(type_, expected) == code


@pytest.mark.parametrize(
    ("code", "kind", "role", "expected"),
    [
        ("USA", "person", "foreign_minister", ("USA", "GOV")), ("USA", "person", "military", ("USA", "MIL")), ("FRA", "state", None, ("FRA", "GOV")),
        ("UN", "organisation", None, ("IGO", "")), ("UN", "person", "envoy", ("IGO", "")), ("HOUTHI", "group", None, ("YEM", "REB")),
        ("OTHER:gunmen", "group", None, ("", "UAF")), (None, "person", "journalist", ("", "JRN")), ("RUS", "person", "expert", ("RUS", "")),
    ],
)  # fmt: skip
def test_actor_codes_and_sectors(code: str | None, kind: str, role: str | None, expected: tuple[str, str]) -> None:
    assert plover.actor(party(code, kind, role)) == expected


def test_the_data_is_whole() -> None:
    tables = data("plover.yaml")
    assert set(tables["types"]) == set(EVENT_TYPES)
    acts = {act.id: act for act in load_lexicon().acts}
    for type_, row in tables["types"].items():
        assert -10 <= score(type_) <= 10
        known = {*row.get("modes", ()), *row.get("also", ())}
        missing = {act.mode for act in acts.values() if act.type == type_ and act.mode} - known
        assert not missing, f"{type_}: {missing}"
        assert set(row.get("also", {}).values()) <= {None, *row.get("modes", ())}
    for type_, modes in tables["rules"].items():
        for mode, rules in modes.items():
            assert mode in tables["types"][type_]["modes"]
            assert {acts[rule].type for rule in rules} == {type_}, mode
    for roles in tables["sectors"].values():
        assert set(roles) <= set(ROLES)
    for row in data("contexts.yaml"):
        assert set(row.get("issues", ())) <= set(ISSUES)
        for act in row.get("acts", ()):
            type_, _, mode = act.partition("/")
            assert mode in {*tables["types"][type_].get("modes", ()), *tables["types"][type_].get("also", ())}


def test_places_are_well_formed_and_known() -> None:
    schema = json.loads((Path(files.__file__).parent / "schema/places.json").read_text(encoding="utf-8"))
    names: set[str] = set()
    for row in data("places.yaml"):
        jsonschema.validate(row, schema)
        assert [round(number, 1) for number in row["at"]] == row["at"], row["en"]
        assert not names.intersection(row["names"]), row["en"]
        names.update(row["names"])
    lexicon = load_lexicon()
    known = {" ".join((first, *phrase)) for first, seconds in lexicon.names.items() for found in seconds.values() for phrase, _ in found}
    strangers = [name for name in points() if not known.intersection((name, f"مدينه {name}"))]
    assert not strangers


def test_cow_numbers() -> None:
    numbers = data("cow.yaml")
    assert len(set(numbers.values())) == len(numbers)
    assert (plover.cow("USA"), plover.cow("SYR"), plover.cow("PSE")) == (2, 652, None)
