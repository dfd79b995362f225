"""The five reports that set the scope: what must be said after reading them.

The reports belong to their publishers and are not part of the project; where their folder does not stand next to the
repository, the bundled gold is what remains to be read (``test_reader.py``, ``test_quality.py``).
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from mahdar.reading.reader import Reader
from mahdar.record import Article, Event, Record, Statement

ROOT = Path(__file__).resolve().parents[2]
REPORTS = ROOT.parent / "shared" / "seeds" / "articles.jsonl"


class Read:
    """A record with the questions the tests ask."""

    def __init__(self, record: Record, text: str) -> None:
        self.record = record
        self.text = text

    def side(self, keys: tuple[str, ...]) -> set[str | None]:
        return {self.record.actor(key).code for key in keys}

    def codes(self, event: Event) -> set[str | None]:
        return self.side(event.source) | self.side(event.target)

    def events(self, type_: str, *codes: str, status: str = "actual") -> list[Event]:
        """Events of a type and status in which all of ``codes`` take part."""
        return [e for e in self.record.events if (e.type, e.status) == (type_, status) and set(codes) <= self.codes(e)]

    def directed(self, type_: str, source: str, target: str, status: str = "actual") -> list[Event]:
        events = self.events(type_, source, target, status=status)
        return [e for e in events if source in self.side(e.source) and target in self.side(e.target)]

    def said(self, name: str, words: str) -> list[Statement]:
        """Statements whose speaker's name holds ``name`` and whose content holds ``words``."""
        return [
            s for s in self.record.statements
            if s.speaker and name in self.record.actor(s.speaker).name and words in self.record.text(s.content)
        ]  # fmt: skip

    def in_body(self, words: str) -> bool:
        return any(words in self.text[span.start : span.end] for span in self.record.body)

    def positions(self) -> set[str]:
        actor = self.record.actor
        keys = {a.id for a in self.record.actors}
        on = {p.on: actor(p.on).code if p.on in keys else p.on for p in self.record.positions}
        return {f"{actor(p.holder).code} {p.stance} {on[p.on]}" for p in self.record.positions}


@pytest.fixture(scope="module")
def reports(reader: Reader) -> dict[str, Read]:
    """The five records by id; empty where the reports are not at hand."""
    if not REPORTS.exists():
        assert len(list((ROOT / "tests" / "gold").glob("*.json"))) == 26
        return {}
    out = {}
    for line in REPORTS.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        article = Article(row["id"], row["text"], row["title"], row["published"], row["source"])
        out[row["id"]] = Read(reader.read(article), row["text"])
    assert len(out) == 5
    return out


def test_a_meeting_in_new_york(reports: dict[str, Read]) -> None:
    if not reports:
        return
    report = reports["seed-000"]
    assert report.events("CONSULT", "GBR", "IRN")
    # the conditional welcome, and words relayed by London's spokesman
    assert [s.mode for s in report.said("كاميرون", "مستعدين")] == ["direct"]
    relayed = [s for s in report.said("كاميرون", "") if s.via]
    assert [report.record.actor(s.via or "").role for s in relayed] == ["spokesperson"]
    # large differences remain
    assert report.events("REJECT", "GBR", "IRN")
    # Iran backs Iraq's government
    assert report.directed("SUPPORT", "IRN", "IRQ")
    # comment furniture is not text
    assert not report.in_body("تعليقات")
    assert not report.in_body("رأي الموقع")
    assert report.in_body("عام 1979")


def test_a_meeting_at_the_g20(reports: dict[str, Read]) -> None:
    if not reports:
        return
    report = reports["seed-001"]
    assert any(e.date == "2015-11-16" for e in report.events("CONSULT", "RUS", "GBR"))
    # intelligence handed over, thanks for it
    assert report.directed("SUPPORT", "RUS", "GBR")
    # the joint commission, the differences, Assad's fate
    assert report.said("بوتين", "إحياء")
    assert report.said("كاميرون", "حول أوكرانيا")
    assert report.said("كاميرون", "مصير الرئيس السوري")
    # Peskov: no joint operations, no single position
    assert not report.events("COOPERATE", "RUS", "GBR", "SYR")
    assert report.said("بيسكوف", "عمليات مشتركة")
    assert report.said("بيسكوف", "موقف موحد")
    assert {report.record.actor(s.speaker or "").role for s in report.said("بيسكوف", "")} == {"spokesperson"}
    assert not report.in_body("آلية التعاون\n")


def test_two_accounts_of_one_request(reports: dict[str, Read]) -> None:
    if not reports:
        return
    report = reports["seed-002"]
    assert report.directed("REQUEST", "USA", "IRN")
    assert report.directed("REJECT", "IRN", "USA")
    assert report.said("خامنئي", "رفضت")
    # Washington will not coordinate, but is open to talk
    assert report.directed("COOPERATE", "USA", "IRN", status="denied")
    assert report.said("الولايات المتحدة", "منفتحة")
    assert "direct" in [s.mode for s in report.said("بساكي", "")]
    # Iran was not invited; Hammond hopes; Britain is undecided
    assert not report.directed("REQUEST", "FRA", "IRN")
    assert report.events("SUPPORT", "GBR", "IRN", status="possible")
    assert report.said("هاموند", "لم تقرر")
    assert len(report.said("هاموند", "")) >= 5
    assert not report.in_body("English")


def test_talks_in_paris(reports: dict[str, Read]) -> None:
    if not reports:
        return
    report = reports["seed-003"]
    assert report.events("CONSULT", "USA", "RUS")
    assert report.events("AGREE", "USA", "RUS")
    # the fighters from Russia, the talks with Iran, Ukraine
    assert report.said("كيري", "500")
    assert report.said("كيري", "الخمسة زائد واحد")
    assert report.said("كيري", "الأزمة الأوكرانية")
    assert "USA support anti-isis" in report.positions()
    assert not report.in_body("المساهمون")


def test_no_common_approach(reports: dict[str, Read]) -> None:
    if not reports:
        return
    report = reports["seed-004"]
    # no common approach, and the meeting in Kuala Lumpur
    assert report.events("REJECT", "RUS", "USA")
    assert [(e.date, e.place) for e in report.events("CONSULT", "USA", "TUR")] == [("2015-08-05", "كوالالمبور")]
    # the trilateral, told as one meeting, and Turkey's bases praised
    assert report.events("CONSULT", "RUS", "SAU", "USA")
    assert report.directed("SUPPORT", "USA", "TUR")
    # the sceptical official, the senior one, the planned offensive
    assert report.said("مسؤول غربي", "إضفاء") or report.said("مسؤول غربي", "لإضفاء")
    assert report.said("الخارجية الأمريكية", "مينسك")
    assert [s.mode for s in report.said("تشاووش أوغلو", "قتال داعش")] == ["direct"]
    assert not report.in_body("الأكثر قراءة")
    assert not report.in_body("eremnews")
    assert not report.in_body("No stories found")


@pytest.mark.parametrize(
    ("report", "type_", "codes", "status"),
    [
        ("seed-001", "COOPERATE", ("GBR", "RUS"), "actual"),  # the files handed over
        ("seed-000", "SUPPORT", ("GBR", "IRN"), "possible"),  # the conditional welcome
        ("seed-003", "REQUEST", ("USA", "RUS"), "actual"),  # sharing intelligence proposed
    ],
)
def test_what_hangs_on_a_clause(reports: dict[str, Read], report: str, type_: str, codes: tuple[str, ...], status: str) -> None:
    assert not reports or reports[report].events(type_, *codes, status=status)
