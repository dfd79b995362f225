"""A city as the body that sits in it, and who is only cited."""

from __future__ import annotations

import pytest

from mahdar.lexicon import load_lexicon
from mahdar.reading.reader import Reader
from mahdar.record import Article

READER = Reader(load_lexicon())


def told(text: str) -> list[tuple[str, list[str], list[str]]]:
    record = READER.read(Article("a", text, published="2019-05-01"))
    codes = {a.id: a.code or a.name for a in record.actors}
    return [(e.type, [codes[k] for k in e.source], [codes[k] for k in e.target]) for e in record.events]


def test_brussels_does_what_the_union_does() -> None:
    assert told("فرضت بروكسل عقوبات على مسؤولين روس") == [("SANCTION", ["EU"], ["RUS"])]


@pytest.mark.parametrize("text", ["استضافت بروكسل اجتماعا بين روسيا وأوكرانيا", "فرضت بروكسل على الشرطة البلجيكية تفتيش مسؤولين روس"])
def test_a_city_where_things_happen_or_of_a_land_told_of_is_no_union(text: str) -> None:
    assert all("EU" not in [*source, *target] for _, source, target in told(text))


def test_whoever_is_cited_did_not_do_it() -> None:
    assert all(source != ["شهود عيان"] for _, source, _ in told("أطلق جنود في ميانمار الرصاص الحي على متظاهرين في ماندالاي، بحسب شهود عيان"))
