"""What holds of reading whatever is read: sound records, the same each time, in any order, company and number of processes, through JSON and back; and
what changes no record: spelling, and what stands in other paragraphs. `make properties` tries each on ten thousand examples."""

from __future__ import annotations

import json
import random
import re
import zlib
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import metamorphic
from fuzzing.seeds import WORDS
from made import examples
from mahdar import read_articles
from mahdar.reading.reader import Reader
from mahdar.record import Article, Record, Span
from mahdar.register.workers import desk_of, read_batches
from mahdar.soundness import faults
from mahdar.sources.formats import from_object

ROOT = Path(__file__).resolve().parents[2]
ARTICLES = [article for article in read_articles([str(ROOT / "src/mahdar/samples"), str(ROOT / "tests/gold")]) if isinstance(article, Article)]
SLOW = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large]
MANY = settings(max_examples=examples(60), deadline=None, suppress_health_check=SLOW)
ANY = st.text(st.characters(exclude_categories=("Cs",)), max_size=6)
PIECES = st.one_of(st.sampled_from(WORDS), st.sampled_from(WORDS), ANY)
TEXTS = st.lists(PIECES, max_size=80).map(" ".join)
DATES = st.sampled_from([None, "2015-08-05", "2015-08-05T10:00:00+03:00", "soon"])


def as_json(record: Record) -> str:
    return json.dumps(record.to_json(), ensure_ascii=False, sort_keys=True)


# ------------------------------------------------------------------------------------------ of any text


@MANY
@given(text=TEXTS, published=DATES)
def test_every_span_is_inside_and_the_record_comes_back_from_json(reader: Reader, text: str, published: str | None) -> None:
    article = Article("any", text, title=text[:40], published=published)
    record = reader.read(article)
    assert list(faults(record, text)) == []
    again = Record.from_json(json.loads(as_json(record)), article)
    assert again == record
    for event in record.events:
        assert again.text(event.evidence) == text[event.evidence.start : event.evidence.end] != ""
    for statement in record.statements:
        assert again.text(statement.content) == text[slice(*statement.content)] != ""


@MANY
@given(texts=st.lists(TEXTS, min_size=2, max_size=5), seed=st.integers(0, 9))
def test_neither_order_nor_company_matters(reader: Reader, texts: list[str], seed: int) -> None:
    found = [Article(f"a{n}", text, published="2015-08-05") for n, text in enumerate(texts)]
    alone = {article.id: as_json(reader.read(article)) for article in found}
    for article in random.Random(seed).sample(found * 2, 2 * len(found)):
        assert as_json(reader.read(article)) == alone[article.id]


@MANY
@given(
    st.builds(
        Article, id=st.text(min_size=1, max_size=9), text=st.text(max_size=30).map(lambda words: f"قال وزير الخارجية في فيينا {words} إن المحادثات مستمرة"),
        title=st.text(max_size=9), published=st.sampled_from([None, "2015-08-05"]), source=st.text(max_size=9), url=st.text(max_size=9),
    )
)  # fmt: skip
def test_articles_come_back_from_json(article: Article) -> None:
    fields = {name: getattr(article, name) for name in Article.__slots__}
    assert from_object(json.loads(json.dumps(fields)), 1000) == article


def test_the_number_of_processes_and_the_size_of_batches_do_not_matter(reader: Reader) -> None:
    found = ARTICLES[:12]
    alone = [as_json(reader.read(article)) for article in found]

    def read(workers: int, size: int) -> list[str]:
        batches = [(None, [(article, "") for article in found[start : start + size]]) for start in range(0, len(found), size)]
        desk = desk_of(lambda: reader)
        packed = [entry for _, result in read_batches(batches, desk, lambda: reader, workers) for entry in result]
        return [json.dumps(json.loads(zlib.decompress(entry.packed)), ensure_ascii=False, sort_keys=True) for entry in packed if not isinstance(entry, str)]

    for workers, size in ((0, 1), (0, 12), (1, 5), (2, 1), (2, 3)):
        assert read(workers, size) == alone, (workers, size)


def test_every_property_can_be_tried_on_more_examples() -> None:
    """`make properties` finds the files by this; those of the API are many as MAHDAR_FUZZ says."""
    given_ = [path for path in sorted((ROOT / "tests").rglob("test_*.py")) if "\n@given(" in path.read_text(encoding="utf-8")]
    assert given_
    for path in given_:
        assert set(re.findall(r"max_examples=(\w+)", path.read_text(encoding="utf-8"))) == {"examples"}, path


# ------------------------------------------------------------------------------------------ what changes no record


@pytest.fixture(scope="module")
def figures(reader: Reader) -> dict[str, metamorphic.Figure]:
    return metamorphic.measure(reader, ARTICLES)


@pytest.mark.parametrize("name", metamorphic.CHANGES)
def test_events_stay_the_same_in_another_spelling(figures: dict[str, metamorphic.Figure], name: str) -> None:
    """Over the samples and the test reports; `make metamorphic` does it over a corpus."""
    figure = figures[name]
    assert figure.before >= (0 if name == "marks taken out" else 15)  # our own reports are hardly vowelled: the marks put in are what is taken out
    assert figure.same >= metamorphic.LEAST, figure.odd[:5]


def test_a_difference_would_be_seen(reader: Reader) -> None:
    article = Article("a", "رفضت طهران طلبا أميركيا للتعاون في العراق.", published="2014-09-15")
    one, other = (metamorphic.said(reader.read(replace(article, text=text)), False) for text in (article.text, "رحبت طهران بطلب أميركي للتعاون في العراق."))
    assert one
    assert one != other


# Behind teasers of other articles a paragraph would make text of them: they are told by standing at the end.
WITH_TEASERS = {"gold-soleimani-20200103"}
PLAIN = [article for article in ARTICLES if article.id not in WITH_TEASERS]


@pytest.mark.parametrize("article", PLAIN, ids=[article.id for article in PLAIN])
def test_what_is_added_behind_changes_nothing_before_it(reader: Reader, article: Article) -> None:
    """Every statement, event and position is the same in the same place, speaker and all."""
    longer = replace(article, text=article.text + metamorphic.UNRELATED)

    def told(record: Record) -> list[tuple[object, ...]]:
        called = {actor.id: (actor.kind, actor.name, actor.code, actor.role) for actor in record.actors}

        def who(key: str | None) -> object:
            return called.get(key or "", key)

        rows: list[tuple[object, ...]] = [(s.mode, s.cue, s.content, who(s.speaker), who(s.via)) for s in record.statements]
        rows += [(e.type, e.status, e.mode, e.evidence, *map(who, e.source), *map(who, e.target), e.date, e.place) for e in record.events]
        rows += [(who(p.holder), who(p.on), p.stance, p.evidence) for p in record.positions]
        return rows

    whole, more = told(reader.read(article)), told(reader.read(longer))
    assert [row for row in more if all(not isinstance(each, Span) or each.end <= len(article.text) for each in row)] == whole
