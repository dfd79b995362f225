"""How much the lexicon knows: counts that never fall, and offices held without a gap."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any

import pytest

from mahdar.lexicon.load import DATA, read_rows
from mahdar.record import EVENT_TYPES

UN_MEMBERS = (
    "AFG AGO ALB AND ARE ARG ARM ATG AUS AUT AZE BDI BEL BEN BFA BGD BGR BHR BHS BIH BLR BLZ BOL BRA BRB BRN BTN "
    "BWA CAF CAN CHE CHL CHN CIV CMR COD COG COL COM CPV CRI CUB CYP CZE DEU DJI DMA DNK DOM DZA ECU EGY ERI ESP "
    "EST ETH FIN FJI FRA FSM GAB GBR GEO GHA GIN GMB GNB GNQ GRC GRD GTM GUY HND HRV HTI HUN IDN IND IRL IRN IRQ "
    "ISL ISR ITA JAM JOR JPN KAZ KEN KGZ KHM KIR KNA KOR KWT LAO LBN LBR LBY LCA LIE LKA LSO LTU LUX LVA MAR MCO "
    "MDA MDG MDV MEX MHL MKD MLI MLT MMR MNE MNG MOZ MRT MUS MWI MYS NAM NER NGA NIC NLD NOR NPL NRU NZL OMN PAK "
    "PAN PER PHL PLW PNG POL PRK PRT PRY QAT ROU RUS RWA SAU SDN SEN SGP SLB SLE SLV SMR SOM SRB SSD STP SUR SVK "
    "SVN SWE SWZ SYC SYR TCD TGO THA TJK TKM TLS TON TTO TUN TUR TUV TZA UGA UKR URY USA UZB VCT VEN VNM VUT WSM "
    "YEM ZAF ZMB ZWE "
)
OBSERVERS = ["VAT", "PSE"]
# States without a nisba of their own in news (جزر القمر, الرأس الأخضر) or with one they share (كونغولي).
NO_ADJECTIVE = {"COM", "MCO", "VCT", "KNA", "ATG", "SLB", "PLW", "ESH", "COG", "CPV", "STP", "PNG"}
# Capitals that bear the state's own name or an everyday word's, that stand in places.yaml because news does not use
# them for the government (بروكسل, أستانا), or of small states whose capital Arabic news hardly names.
NO_CAPITAL = {
    "DJI", "BEL", "LUX", "VAT", "SMR", "MCO", "AND", "MDV", "SGP", "TLS", "KAZ", "SYC", "GTM", "GRD", "LCA", "VCT",
    "KNA", "ATG", "DMA", "WSM", "KIR", "NRU", "PLW",
}  # fmt: skip

G20 = "ARG AUS BRA CAN CHN FRA DEU IND IDN ITA JPN KOR MEX RUS SAU ZAF TUR GBR USA"
ARAB_LEAGUE = "DZA BHR COM DJI EGY IRQ JOR KWT LBN LBY MRT MAR OMN PSE QAT SAU SOM SDN SYR TUN ARE YEM"
COUNTRIES = sorted({*G20.split(), *ARAB_LEAGUE.split(), "IRN", "ISR"})
HEADS = {"head_of_state", "head_of_government", "monarch"}
YEARS = range(2000, 2027)
# Comoros: ministers whose names Arabic news spells in no settled way.
GAPS = {("COM", 2014), ("COM", 2015)}


@pytest.fixture(scope="module")
def rows() -> dict[str, list[dict[str, Any]]]:
    return read_rows(DATA)


def test_every_member_and_observer_of_the_united_nations(rows: dict[str, list[dict[str, Any]]]) -> None:
    assert len(UN_MEMBERS.split()) == 193
    states = {row["code"]: row for row in rows["states"]}
    assert {*UN_MEMBERS.split(), *OBSERVERS} - set(states) == set()
    adjectives = {code for code, row in states.items() if row.get("adjective") or row.get("weak_adjectives")}
    assert set(states) - adjectives <= NO_ADJECTIVE
    assert {code for code, row in states.items() if not row.get("capital")} <= NO_CAPITAL | {"ESH"}


@pytest.mark.parametrize(
    ("kind", "least"),
    [("bodies", 150), ("groups", 250), ("acts", 700), ("people", 1500), ("media", 300), ("issues", 18)],
)
def test_rows_of_a_kind(rows: dict[str, list[dict[str, Any]]], kind: str, least: int) -> None:
    assert len(rows[kind]) >= least


def test_role_phrases(rows: dict[str, list[dict[str, Any]]]) -> None:
    phrases = {phrase for row in rows["roles"] if row["role"] not in ("title", "former") for phrase in row["phrases"]}
    assert len(phrases) >= 120
    assert len({row["role"] for row in rows["roles"]} - {"title", "former"}) == 21


def test_cues(rows: dict[str, list[dict[str, Any]]]) -> None:
    assert len(rows["cues"]) >= 120


def test_acts_of_every_type(rows: dict[str, list[dict[str, Any]]]) -> None:
    types = Counter(row["type"] for row in rows["acts"])
    assert set(types) == set(EVENT_TYPES)
    assert min(types.values()) >= 30


@pytest.mark.parametrize("code", COUNTRIES)
@pytest.mark.parametrize("office", ["head", "foreign minister"])
def test_an_office_is_held_every_year(rows: dict[str, list[dict[str, Any]]], code: str, office: str) -> None:
    roles = HEADS if office == "head" else {"foreign_minister"}
    tenures = [
        (post.get("from", date.min), post.get("to", date.max))
        for row in rows["people"]
        for post in row["posts"]
        if post["code"] == code and post["role"] in roles
    ]
    empty = {year for year in YEARS if not any(a.year <= year <= b.year for a, b in tenures)}
    allowed = {year for gap, year in GAPS if gap == code} if office == "foreign minister" else set()
    assert empty <= allowed
