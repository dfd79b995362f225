"""What the status of an act is decided from: the names that stand for the words around it."""

from __future__ import annotations

import pytest

from mahdar.reading.reader import Reader
from mahdar.reading.status import StatusReader
from mahdar.reading.weights import Classes
from mahdar.record import Article


def features(reader: Reader, text: str, act: str) -> set[str]:
    reading = reader.propose(Article("a", text, published="2015-08-05"))
    statuses = StatusReader(reading.document, reading.clauses, reader.stems, Classes())
    proposal = next(p for p in reading.proposals if reading.document.form(p.trigger.at) == act)
    return set(statuses.features(proposal))


# A text, its act, and names that are there, or (behind not:) that are not.
FEATURES = [
    # a word of planning behind a noun
    ("تناول لافروف القمة المقررة بين بوتين وأوباما.", "القمه", ["noun then word:planned near=0", "not:only then"]),
    ("تناول لافروف القمة بين بوتين وأوباما.", "القمه", ["not:noun then word:planned near=0"]),
    # the verb said of a noun
    ("زيارة لافروف إلى القاهرة ستبدأ غدا.", "زياره", ["next=future relative=0 near=0"]),
    ("الزيارة التي بدأها لافروف إلى القاهرة.", "الزياره", ["next=past relative=1 near=0"]),
    # a condition, and what waits for another act
    ("ستندم واشنطن إذا انسحبت أميركا من الاتفاق النووي.", "انسحبت", ["if", "if past"]),
    ("انسحبت أميركا من الاتفاق النووي.", "انسحبت", ["not:if", "own=past"]),
    ("لن توقع مصر اتفاقا مع إثيوبيا إلا بعد المحادثات.", "توقع", ["only then", "own=not future"]),
    # what was before
    ("وكان لافروف قد التقى كيري في باريس.", "التقي", ["own=was"]),
    # the verb that reports
    ("نفى لافروف أن يكون التقى كيري في باريس.", "التقي", ["cue=v:نفى"]),
    # what goes on
    ("تتفاوض مصر مع إثيوبيا منذ سنوات.", "تتفاوض", ["now verb"]),
    ("تتفاوض مصر مع إثيوبيا.", "تتفاوض", ["not:now verb"]),
    # an act bound to the verb above
    ("يأمل لافروف أن يلتقي كيري في باريس.", "يلتقي", ["bound present", "bound to=v:أمل"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "act", "names"), FEATURES, ids=[row[0] for row in FEATURES])
def test_features(reader: Reader, text: str, act: str, names: list[str]) -> None:
    found = features(reader, text, act)
    for name in names:
        if name.startswith("not:"):
            assert name[4:] not in found
        else:
            assert name in found, sorted(found)


def test_without_weights_the_rule_decides(reader: Reader) -> None:
    reading = reader.propose(Article("a", "سيلتقي لافروف كيري في باريس.", published="2015-08-05"))
    statuses = StatusReader(reading.document, reading.clauses, reader.stems, Classes())
    assert statuses.status(reading.proposals[0]) == "planned"


@pytest.mark.parametrize(
    ("text", "type_", "status"),
    [
        ("قد تغلق إيران مضيق هرمز.", "COERCE", "possible"),  # before a present verb, perhaps
        ("وقد أغلقت إيران مضيق هرمز.", "COERCE", "actual"),  # before a past one, already
        ("لن ترفض تركيا طلب السويد.", "REJECT", "denied"),
    ],
)
def test_grammar_goes_before_what_is_common(reader: Reader, text: str, type_: str, status: str) -> None:
    reading = reader.propose(Article("a", text, published="2015-08-05"))
    statuses = StatusReader(reading.document, reading.clauses, reader.stems, reader.weights.status)
    assert {statuses.status(p) for p in reading.proposals if p.trigger.act.type == type_} == {status}


# What the words around an act leave no doubt of, and rows that are spelt like them and say nothing of the kind.
CERTAIN = [
    ("من المحتمل أن يزور لافروف القاهرة.", "CONSULT", "possible"),
    ("يمكن أن يزور لافروف القاهرة.", "CONSULT", "possible"),
    ("يأمل لافروف أن يلتقي كيري في باريس.", "CONSULT", "possible"),
    ("يأمل كيري في لقاء لافروف في باريس.", "CONSULT", "possible"),
    ("عرضت تركيا إجراء محادثات مع مصر.", "CONSULT", "possible"),
    ("قد يكون لافروف التقى كيري في باريس.", "CONSULT", "possible"),
    ("كان لافروف قد التقى كيري في باريس.", "CONSULT", "actual"),
    ("قال لافروف إن القمة بين بوتين وأوباما قد تعقد في باريس.", "CONSULT", "possible"),
    ("كان لافروف قد عقد لقاء مع كيري في باريس.", "CONSULT", "actual"),
    ("كادت إسرائيل تقصف إيران.", "ASSAULT", "denied"),
    ("عادت إسرائيل تقصف غزة.", "ASSAULT", "actual"),
    ("لم تعد قطر تدعم المعارضة السورية.", "SUPPORT", "denied"),
    ("ألغى لافروف زيارته إلى باريس.", "CONSULT", "denied"),
    ("ألغى البرلمان القرار بعد زيارة لافروف إلى باريس.", "CONSULT", "actual"),
    ("كان لافروف سيزور صربيا لكن بلغاريا أغلقت أجواءها.", "CONSULT", "denied"),
    ("كان من المقرر أن يلتقي لافروف كيري في باريس لكن الوفد الأميركي اعتذر.", "CONSULT", "denied"),
    ("من المقرر أن يلتقي لافروف كيري في باريس.", "CONSULT", "planned"),
    ("لو هاجمت إسرائيل إيران لردت طهران.", "ASSAULT", "possible"),
    ("قال لافروف إن بلاده سوف تقدم مساعدات إلى لبنان.", "AID", "planned"),
    ("اتفق لافروف وكيري على عقد اجتماع في باريس.", "CONSULT", "planned"),
]


@pytest.mark.parametrize(("text", "type_", "status"), CERTAIN, ids=[row[0] for row in CERTAIN])
def test_what_leaves_no_doubt(reader: Reader, text: str, type_: str, status: str) -> None:
    reading = reader.reading(Article("a", text, published="2015-08-05"))
    statuses = StatusReader(reading.document, reading.clauses, reader.stems, reader.weights.status, reader.lexicon.lemmas)
    assert {statuses.status(p) for p in reading.proposals if p.trigger.act.type == type_} == {status}
