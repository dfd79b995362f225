"""Four small reports with records made by hand, so that what questions answer depends on nothing that is learned."""

from __future__ import annotations

from typing import Any

from mahdar.record import Actor, Article, Event, Position, Record, Span, Statement
from mahdar.register.store import Store
from mahdar.register.write import Entry, put

KERRY = ("person", "جون كيري", "John Kerry", "USA", "foreign_minister", "john-kerry")
LAVROV = ("person", "سيرغي لافروف", "Sergey Lavrov", "RUS", "foreign_minister", "sergey-lavrov")
USA = ("state", "الولايات المتحدة", "United States", "USA", None, "USA")
RUSSIA = ("state", "روسيا", "Russia", "RUS", None, "RUS")
IRAN = ("state", "إيران", "Iran", "IRN", None, "IRN")
TURKEY = ("state", "تركيا", "Turkey", "TUR", None, "TUR")
SALIM = ("person", "سالم الماجد", "Salim al-Majid", "IRN", "official", None)

VIENNA = Article(
    "vienna", "التقى كيري لافروف في فيينا أمس.\nوقال كيري إن المفاوضات النووية مع طهران تقدمت. ورفضت طهران طلبا أميركيا للتعاون.",
    title="لقاء فيينا", published="2015-10-30", source="وكالة أ", url="https://a.example/1",
)  # fmt: skip
MOSCOW = Article("moscow", "تلتقي موسكو وواشنطن الشهر المقبل. واتهمت روسيا أنقرة بقصف الحدود.", title="موعد جديد", published="2015-11-02T08:00:00", source="وكالة ب")
ANKARA = Article("ankara", "نفت موسكو أن تكون قد قصفت الأراضي التركية، وأكد سالم الماجد دعم بلاده للمفاوضات.", title="نفي", published="2015-11-20", source="وكالة ب")
UNDATED = Article("undated", "رحبت إيران بمفاوضات السلام في مجلس الأمن.", source="وكالة أ")


def fill_small(store: Store) -> None:
    """Store the four."""
    entries = [Entry.of(article, record) for article, record in (_vienna(), _moscow(), _ankara(), _undated())]
    store.transact(lambda connection: put(connection, entries, lexicon="x", now="2026-01-01T00:00:00Z"))


def span(article: Article, words: str) -> Span:
    start = article.text.index(words)
    return Span(start, start + len(words))


def _record(article: Article, actors: list[tuple[Any, str]], **parts: Any) -> tuple[Article, Record]:
    made = []
    for number, ((kind, name, english, code, role, lexicon), words) in enumerate(actors, 1):
        made.append(Actor(f"a{number}", kind, name, english, code, role, (span(article, words),), lexicon is None, lexicon))
    body = (Span(0, len(article.text)),)
    return article, Record(article.id, article.published, body, tuple(made), article=article, **{name: tuple(rows) for name, rows in parts.items()})


def _vienna() -> tuple[Article, Record]:
    def s(words: str) -> Span:
        return span(VIENNA, words)

    said = s("المفاوضات النووية مع طهران تقدمت")
    return _record(
        VIENNA, [(KERRY, "كيري"), (LAVROV, "لافروف"), (IRAN, "طهران"), (USA, "أميركيا")],
        events=[
            Event("CONSULT", "actual", ("a1",), ("a2",), s("التقى كيري لافروف في فيينا"), "consult.meet", "2015-10-29", "فيينا", "meet"),
            Event("REJECT", "actual", ("a3",), ("a4",), s("ورفضت طهران طلبا أميركيا للتعاون"), "reject.refuse"),
        ],
        statements=[Statement("a1", "indirect", s("وقال"), said, rule="cue.say")],
        positions=[
            Position("a4", "iran-nuclear", "support", said, "position.speaker"),
            Position("a3", "a4", "oppose", s("ورفضت طهران طلبا أميركيا"), "position.toward"),
        ],
    )  # fmt: skip


def _moscow() -> tuple[Article, Record]:
    accused = span(MOSCOW, "واتهمت روسيا أنقرة بقصف الحدود")
    return _record(
        MOSCOW, [(RUSSIA, "موسكو"), (USA, "واشنطن"), (TURKEY, "أنقرة")],
        events=[
            Event("CONSULT", "planned", ("a1",), ("a2",), span(MOSCOW, "تلتقي موسكو وواشنطن"), "consult.meet", "2015-12", None, "meet"),
            Event("ACCUSE", "actual", ("a1",), ("a3",), accused, "accuse.accuse"),
        ],
        statements=[Statement("a1", "indirect", span(MOSCOW, "واتهمت"), span(MOSCOW, "أنقرة بقصف الحدود"), rule="cue.accuse")],
        positions=[Position("a1", "a3", "oppose", accused, "position.toward")],
    )  # fmt: skip


def _ankara() -> tuple[Article, Record]:
    words = span(ANKARA, "نفت موسكو أن تكون قد قصفت الأراضي التركية")
    backing = span(ANKARA, "دعم بلاده للمفاوضات")
    return _record(
        ANKARA, [(RUSSIA, "موسكو"), (TURKEY, "التركية"), (SALIM, "سالم الماجد")],
        events=[Event("ASSAULT", "denied", ("a1",), ("a2",), words, "assault.bomb", None, "تركيا")],
        statements=[Statement("a3", "indirect", span(ANKARA, "وأكد"), backing, rule="cue.stress")],
        positions=[Position("a3", "iran-nuclear", "support", backing, "position.speaker")],
    )  # fmt: skip


def _undated() -> tuple[Article, Record]:
    evidence = span(UNDATED, "رحبت إيران بمفاوضات السلام")
    return _record(
        UNDATED, [(IRAN, "إيران")],
        events=[Event("SUPPORT", "actual", ("a1",), (), evidence, "support.welcome")],
        positions=[Position("a1", "syria-settlement", "support", evidence, "position.speaker")],
    )  # fmt: skip
