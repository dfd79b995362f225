"""Explanations: every item of the record has its trace, on the words of the record, with what weighed and what lost."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

import mahdar
from mahdar.reading.explain import Explanation, Trace
from mahdar.reading.trace import FEATURES, REJECTED
from mahdar.reading.weights import Forest
from mahdar.record import Article

TWICE = (
    "التقى وزير الخارجية الأميركي جون كيري نظيره الروسي سيرغي لافروف في فيينا يوم الجمعة. "
    "وقال كيري إن بلاده ترحب بالاتفاق الذي تم التوصل إليه مع الجانب الروسي. "
    "وجاء لقاء كيري ولافروف في فيينا بعد أيام من التوتر."
)


@pytest.fixture(scope="module")
def reader() -> mahdar.Reader:
    return mahdar.default_reader()


@pytest.fixture(scope="module")
def explained(reader: mahdar.Reader) -> list[Explanation]:
    """The samples and two short texts."""
    folder = Path(mahdar.__file__).parent / "samples"
    found = [article for article in mahdar.read_articles([folder]) if isinstance(article, Article)]
    found += [Article("twice", TWICE, published="2015-10-31"), Article("empty", "")]
    return [reader.explain(article) for article in found]


def of(explanation: Explanation, kind: str, *, rejected: bool = False) -> list[Trace]:
    return [trace for trace in explanation.items if trace.kind == kind and (trace.index < 0) == rejected]


def spans(trace: Trace, label: str) -> list[mahdar.Span]:
    return [span for name, span in trace.spans if name == label]


def test_explaining_changes_nothing(reader: mahdar.Reader, explained: list[Explanation]) -> None:
    for explanation in explained:
        article = explanation.record.article
        assert article is not None
        assert explanation.record == reader.read(article)
        assert reader.explain(article) == explanation


def test_items_are_those_of_the_record(explained: list[Explanation]) -> None:
    for explanation in explained:
        record = explanation.record
        for kind, items in (
            ("actor", record.actors), ("statement", record.statements), ("event", record.events),
            ("position", record.positions),
        ):  # fmt: skip
            assert [trace.index for trace in of(explanation, kind)] == list(range(len(items)))
            rejected = of(explanation, kind, rejected=True)
            assert len(rejected) <= REJECTED
            assert [t.score for t in rejected] == sorted((t.score for t in rejected), reverse=True)
            assert all(trace.alternatives[0].reason for trace in rejected)


def test_traces_stand_on_the_words_of_the_record(explained: list[Explanation]) -> None:
    for explanation in explained:
        record = explanation.record
        for trace in of(explanation, "event"):
            event = record.events[trace.index]
            assert trace.rule == event.rule
            assert spans(trace, "trigger") == [event.trigger]
            assert spans(trace, "evidence") == [event.evidence]
            assert {"source", "implied source"} & {name for name, _ in trace.spans}
            assert bool(spans(trace, "date")) == (event.date is not None)
            assert [record.text(span) for span in spans(trace, "place")] == ([event.place] if event.place else [])
        for trace in of(explanation, "statement"):
            statement = record.statements[trace.index]
            assert trace.rule == statement.rule
            assert spans(trace, "cue") == [statement.cue]
            assert spans(trace, "content") == [statement.content]
            assert {"speaker", "implied speaker"} & {name for name, _ in trace.spans}
        for trace in of(explanation, "position"):
            position = record.positions[trace.index]
            assert trace.rule == position.rule
            assert spans(trace, "evidence") == [position.evidence]
            assert spans(trace, "issue") + spans(trace, "trigger")
        for trace in of(explanation, "actor"):
            assert {span for _, span in trace.spans} == set(record.actors[trace.index].mentions)


def test_spans_and_features_are_sound(explained: list[Explanation]) -> None:
    for explanation in explained:
        article = explanation.record.article
        assert article is not None
        for trace in explanation.items:
            every = [span for _, span in trace.spans] + [a.span for a in trace.alternatives if a.span is not None]
            assert all(0 <= span.start < span.end <= len(article.text) for span in every)
            assert len(trace.features) <= FEATURES
            sizes = [abs(value) for _, value in trace.features]
            assert sizes == sorted(sizes, reverse=True)
            assert all(sizes)


def test_scores_are_the_sums_of_what_weighed(reader: mahdar.Reader) -> None:
    """Few features fit a trace whole: a model of one feature shows all of what it weighs."""
    weights = replace(reader.weights, event={"bias": 2.5}, threshold=0.0, verdict=Forest())
    explanation = mahdar.Reader(reader.lexicon, weights=weights).explain(Article("x", TWICE, published="2015-10-31"))
    events = of(explanation, "event")
    assert events
    assert all((trace.score, trace.features) == (2.5, (("bias", 2.5),)) for trace in events)


def test_an_act_told_twice_names_its_other_telling(reader: mahdar.Reader) -> None:
    """The same sentence says it twice; which telling wins is the weights' business."""
    text = "التقى جون كيري نظيره الروسي سيرغي لافروف، وتناول اللقاء بين كيري ولافروف الأزمة السورية."
    explanation = reader.explain(Article("twice", text, published="2015-10-31"))
    told = [t for t in of(explanation, "event", rejected=True) if t.alternatives[0].reason.startswith("merged")]
    assert told
    meetings = [t for t in of(explanation, "event") if explanation.record.events[t.index].type == "CONSULT"]
    words = {explanation.record.text(spans(trace, "trigger")[0]) for trace in (*meetings, *told)}
    assert words >= {"التقى", "اللقاء"}
    assert all(told[0].alternatives[0] in trace.alternatives for trace in meetings[:1])


def test_other_fillers_scored_lower(explained: list[Explanation]) -> None:
    seen = 0
    for explanation in explained:
        for trace in of(explanation, "event"):
            lower = [a.score for a in trace.alternatives if a.reason == "lower score"]
            assert all(score <= trace.score for score in lower)
            assert lower == sorted(lower, reverse=True)
            seen += len(lower)
    assert seen


def test_rejected_events_say_why(reader: mahdar.Reader, explained: list[Explanation]) -> None:
    seen = 0
    for explanation in explained:
        for trace in of(explanation, "event", rejected=True):
            first = trace.alternatives[0]
            assert first.score == trace.score
            if first.reason.startswith("merged into event:"):
                assert trace.score > reader.weights.threshold
                winner = of(explanation, "event")[int(first.reason.rpartition(":")[2])]
                assert first in winner.alternatives
            elif first.reason in ("says what another act is about", "a surer act stands next to it"):
                assert trace.score > reader.weights.threshold
            else:
                assert first.reason == "nobody to do it" or first.reason.startswith("below the threshold of ")
                assert trace.score <= reader.weights.threshold
            assert all(a.reason == "rejected option" for a in trace.alternatives[1:])
            seen += 1
    assert seen


def test_refused_cues_are_named_beside_the_statements_of_their_sentence(reader: mahdar.Reader) -> None:
    weights = replace(reader.weights, statement={"bias": 1.0, "kind=participle intro=an": -3.0})
    text = "وقال كيري إن المحادثات كانت بناءة، مضيفا أن العمل سيستمر. وأعلن لافروف أن بلاده مستعدة للحوار."
    explanation = mahdar.Reader(reader.lexicon, weights=weights).explain(Article("x", text))
    refused = of(explanation, "statement", rejected=True)
    assert [explanation.record.text(spans(trace, "cue")[0]) for trace in refused] == ["مضيفا"]
    assert refused[0].score == -2.0
    assert refused[0].alternatives[0].reason == "below the threshold of -0.40"
    first, second = of(explanation, "statement")
    assert [a.label for a in first.alternatives] == [refused[0].rule]
    assert second.alternatives == ()
    assert first.features == (("bias", 1.0),)


# Why words that look like an act are none: text, rule, reason.
NO_ACT = [
    ("حذر خبراء التغذية من الإفراط في السكر.", "threaten.warn", "below the threshold of +0.70"),  # whoever warns nobody must be surer
    ("مُنعت طائرة الرئيس الفنزويلي من دخول الأجواء البرازيلية.", "coerce.block", "its doer only undergoes it, or is where it happened"),
    ("استنكرت الخارجية المصرية القصف التركي لقرى في شمال العراق.", "assault.bomb", "a surer act stands next to it"),
    ("طلبت موسكو من السفير البولندي مغادرة البلاد.", "request.ask", "another act tells it, or speaks of it"),
    ("في عام 1904 هاجمت اليابان روسيا. وقالت المؤرخة إن الحرب غيرت آسيا. وأضافت أن الكتاب نفد. وأكدت أن الطبعة قريبة. وشكرت القراء.", "assault.attack", "told as history"),
]


@pytest.mark.parametrize(("text", "rule", "reason"), NO_ACT, ids=[rule for _, rule, _ in NO_ACT])
def test_why_no_act(reader: mahdar.Reader, text: str, rule: str, reason: str) -> None:
    explanation = reader.explain(mahdar.Article("x", text, published="2015-08-05"))
    lost = {trace.rule: trace.alternatives[0].reason for trace in of(explanation, "event", rejected=True)}
    assert lost[rule] == reason
    assert rule not in {event.rule for event in explanation.record.events}
