"""What questions are answered with: frozen rows, each with the article, span and words it rests on, and a lazy sequence of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields
from itertools import islice
from typing import TYPE_CHECKING, Any, ClassVar, Generic, Protocol, TypeVar

from mahdar.errors import QuestionError
from mahdar.record import Span

if TYPE_CHECKING:
    import pandas
    import polars
    import pyarrow

_AT_ONCE = 1_000


class Row(Protocol):
    """A row of an answer."""

    columns: ClassVar[tuple[str, ...]]

    @property
    def cursor(self) -> str:
        """What ``after`` takes to go on behind this row."""

    def flat(self) -> dict[str, Any]:
        """The row as one line of a table: plain values under ``columns``, several in one joined by a semicolon."""

    def to_json(self) -> dict[str, Any]:
        """The row as a JSON object."""


R = TypeVar("R", bound=Row)


class Answer(Generic[R]):
    """Rows that come from the register as they are asked for, a page at a time; each iteration asks anew."""

    def __init__(self, kind: type[R], ask: Callable[[], Iterator[R]]) -> None:
        self.kind = kind
        self._ask = ask

    def __iter__(self) -> Iterator[R]:
        return self._ask()

    def rows(self) -> list[R]:
        """All rows at once."""
        return list(self)

    def to_polars(self) -> polars.DataFrame:
        """A Polars data frame of the rows' flat form."""
        try:
            import polars
        except ImportError:
            raise QuestionError("to_polars needs the extra: pip install 'mahdar[polars]'") from None
        kinds = {polars.Int64: _NUMBERS, polars.Float64: _SCORES, polars.Boolean: _FLAGS}
        schema = {name: next((kind for kind, names in kinds.items() if name in names), polars.String) for name in self.kind.columns}
        frames = [polars.DataFrame(piece, schema=schema) for piece in self._pieces()]
        return polars.concat(frames) if frames else polars.DataFrame(schema=schema)

    def to_pandas(self) -> pandas.DataFrame:
        """A pandas data frame of the rows' flat form."""
        try:
            import pandas
        except ImportError:
            raise QuestionError("to_pandas needs the extra: pip install 'mahdar[pandas]'") from None
        frames = [pandas.DataFrame(piece, columns=list(self.kind.columns)) for piece in self._pieces()]
        return pandas.concat(frames, ignore_index=True) if frames else pandas.DataFrame(columns=list(self.kind.columns))

    def to_arrow(self) -> pyarrow.Table:
        """An Arrow table of the rows' flat form."""
        try:
            import pyarrow
        except ImportError:
            raise QuestionError("to_arrow needs the extra: pip install 'mahdar[parquet]'") from None
        types = {name: pyarrow.int64() if name in _NUMBERS else pyarrow.bool_() if name in _FLAGS else pyarrow.string() for name in self.kind.columns}
        schema = pyarrow.schema(types.items())
        return pyarrow.Table.from_batches((pyarrow.RecordBatch.from_pylist(piece, schema=schema) for piece in self._pieces()), schema=schema)

    def _pieces(self) -> Iterator[list[dict[str, Any]]]:
        rows = iter(self)
        while piece := [row.flat() for row in islice(rows, _AT_ONCE)]:
            yield piece


_SPANS = ("start", "end", "first_start", "first_end", "fate_start", "fate_end", "before_start", "before_end")
_NUMBERS = frozenset((*_SPANS, "n", "events", "cooperation", "conflict", "articles", "statements", "actors", "version", "matches", "sources"))
_SCORES = frozenset(("cooperation_score", "conflict_score", "net", "score"))
_FLAGS = frozenset(("romanised", "differ", "disputed", "current"))


@dataclass(frozen=True, slots=True)
class Party:
    """An actor as one article names it; ``actor`` is its id in that article's record, ``lexicon`` the lexicon's, ``key`` who it is across articles."""

    actor: str
    name: str
    name_en: str | None
    code: str | None
    role: str | None
    kind: str
    lexicon: str | None
    romanised: bool
    key: str

    @property
    def label(self) -> str:
        """The name in Latin letters with the code, as ``mahdar show`` prints it; ``~`` marks our own romanisation."""
        name = self.name_en or self.name
        mark = "~" if self.romanised and self.name_en else ""
        return f"{mark}{name} ({self.code})" if self.code and self.code != name else f"{mark}{name}"


@dataclass(frozen=True, slots=True)
class Origin:
    """The article a row rests on."""

    article: str
    title: str
    source: str
    published: str | None
    url: str


class _Cited:
    """What all rows share: the article they rest on, and their form as JSON."""

    __slots__ = ()
    if TYPE_CHECKING:
        report: Origin

    @property
    def article(self) -> str:
        """The article's key."""
        return self.report.article

    def to_json(self) -> dict[str, Any]:
        return _json(self)


@dataclass(frozen=True, slots=True)
class EventRow(_Cited):
    """An event as one article reports it: who did it, to or with whom. ``day`` is the event's date, else the report's day."""

    columns: ClassVar[tuple[str, ...]] = (
        "type", "mode", "status", "day", "date", "place", "about", "who", "who_codes", "whom", "whom_codes",
        "article", "n", "start", "end", "text", "rule", "title", "source", "published", "url", "cursor",
    )  # fmt: skip
    type: str
    mode: str | None
    status: str
    day: str | None
    date: str | None
    place: str | None
    about: tuple[str, ...]
    who: tuple[Party, ...]
    whom: tuple[Party, ...]
    report: Origin
    n: int
    span: Span
    text: str
    rule: str
    cursor: str

    def flat(self) -> dict[str, Any]:
        parties = {**_parties("who", self.who), **_parties("whom", self.whom)}
        return _flat(self, about=_joined(self.about), **parties)


@dataclass(frozen=True, slots=True)
class StatementRow(_Cited):
    """Reported words: ``text`` is what was said, verbatim; ``cue`` the words that introduce it."""

    columns: ClassVar[tuple[str, ...]] = (
        "speaker", "speaker_name", "code", "role", "via", "mode", "day", "cue_text",
        "article", "n", "start", "end", "text", "rule", "title", "source", "published", "url", "cursor",
    )  # fmt: skip
    speaker: Party | None
    via: Party | None
    mode: str
    day: str | None
    cue: Span
    cue_text: str
    report: Origin
    n: int
    span: Span
    text: str
    rule: str
    cursor: str

    def flat(self) -> dict[str, Any]:
        return _flat(self, **_party(self.speaker, "speaker", "speaker_name"), via=_name(self.via))


@dataclass(frozen=True, slots=True)
class PositionRow(_Cited):
    """What ``holder`` holds on an ``issue``, or ``toward`` another actor, by one article's words."""

    columns: ClassVar[tuple[str, ...]] = (
        "holder", "holder_name", "code", "role", "stance", "issue", "toward", "toward_code", "day",
        "article", "n", "start", "end", "text", "rule", "title", "source", "published", "url", "cursor",
    )  # fmt: skip
    holder: Party
    stance: str
    issue: str | None
    toward: Party | None
    day: str | None
    report: Origin
    n: int
    span: Span
    text: str
    rule: str
    cursor: str

    def flat(self) -> dict[str, Any]:
        toward = {"toward": _name(self.toward), "toward_code": self.toward.code if self.toward else None}
        return _flat(self, **_party(self.holder, "holder", "holder_name"), **toward)


@dataclass(frozen=True, slots=True)
class PairRow(_Cited):
    """What two did with and to each other in a month: how many events of PLOVER's types of cooperation and of conflict; the sums of their scores
    above and below nothing, and the mean (``net``). The last of these events by order of storing stands for all: ``text`` is its words."""

    columns: ClassVar[tuple[str, ...]] = (
        "a", "b", "month", "events", "cooperation", "conflict", "cooperation_score", "conflict_score", "net", "types",
        "article", "n", "start", "end", "text", "title", "source", "published", "url", "cursor",
    )  # fmt: skip
    a: str
    b: str
    month: str
    events: int
    cooperation: int
    conflict: int
    cooperation_score: float
    conflict_score: float
    net: float
    types: tuple[tuple[str, int], ...]  # how many of each, most first
    report: Origin
    n: int
    span: Span
    text: str
    cursor: str

    def flat(self) -> dict[str, Any]:
        return _flat(self, types=_joined(f"{name} {count}" for name, count in self.types))

    def to_json(self) -> dict[str, Any]:
        return {**_json(self), "types": dict(self.types)}


@dataclass(frozen=True, slots=True)
class ActorRow(_Cited):
    """Somebody in the register: in how many articles; the span is where the last stored of them names it first. ``key`` is who it is across
    articles and spellings, ``names`` what it is called, the most frequent first."""

    columns: ClassVar[tuple[str, ...]] = (
        "key", "name", "name_en", "romanised", "code", "role", "kind", "lexicon", "names", "articles",
        "article", "start", "end", "text", "title", "source", "published", "url", "cursor",
    )  # fmt: skip
    name: str
    name_en: str | None
    romanised: bool
    code: str | None
    role: str | None
    kind: str
    lexicon: str | None
    key: str
    names: tuple[str, ...]
    articles: int
    report: Origin
    span: Span
    text: str
    cursor: str

    def flat(self) -> dict[str, Any]:
        return _flat(self, names=_joined(self.names))


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of an article about words that were looked for; ``marks`` are their spans in the article's text."""

    span: Span
    text: str
    marks: tuple[Span, ...]

    def marked(self, opening: str = "‹", closing: str = "›") -> str:
        """The text with the words found between two signs."""
        out, at = [], self.span.start
        for start, end in self.marks:
            out += [self.text[at - self.span.start : start - self.span.start], opening, self.text[start - self.span.start : end - self.span.start], closing]
            at = end
        return "".join(out) + self.text[at - self.span.start :]


@dataclass(frozen=True, slots=True)
class Hit(_Cited):
    """An article that holds the words looked for: where, in which passages, and the statements and events that hold most of them. Found by
    meaning: the statements nearest to the question, or the beginning of the text where title and lead are nearer."""

    columns: ClassVar[tuple[str, ...]] = (
        "article", "day", "title", "source", "published", "url", "matches", "start", "end", "text", "statements", "events", "score", "cursor",
    )  # fmt: skip
    report: Origin
    day: str | None
    matches: tuple[Span, ...]  # all places in the text
    in_title: tuple[Span, ...]  # and in the title
    passages: tuple[Passage, ...]
    statements: tuple[StatementRow, ...]
    events: tuple[EventRow, ...]
    cursor: str
    score: float | None = None  # in search by meaning: how near, at most 1

    def flat(self) -> dict[str, Any]:
        span = self.passages[0].span if self.passages else Span(0, 0)
        text = " … ".join(" ".join(passage.text.split()) for passage in self.passages)
        return {
            "article": self.article, "day": self.day, "title": self.report.title, "source": self.report.source, "published": self.report.published,
            "url": self.report.url, "matches": len(self.matches), "start": span.start, "end": span.end, "text": text,
            "statements": len(self.statements), "events": len(self.events), "score": self.score, "cursor": self.cursor,
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Side:
    """A party across reports: the code it acts under, and what it is called."""

    code: str
    name: str
    name_en: str

    @property
    def label(self) -> str:
        """The English name with the code."""
        return self.name_en if self.name_en == self.code else f"{self.name_en} ({self.code})"


@dataclass(frozen=True, slots=True)
class Quote(_Cited):
    """Words of an article, and where they stand."""

    report: Origin
    span: Span
    text: str


@dataclass(frozen=True, slots=True)
class Telling:
    """What ``by`` (None: a reporter in nobody's name) says of a request: asked, accepted, refused, conditional, will not, denied."""

    by: Side | None
    says: str
    day: str | None
    quote: Quote


@dataclass(frozen=True, slots=True)
class RequestRow(_Cited):
    """What one party asked of another and what came of it; ``day`` is that of the last account. The words are those of the asking."""

    columns: ClassVar[tuple[str, ...]] = (
        "asker", "asker_code", "asked", "asked_code", "about", "outcome", "differ", "first", "day", "accounts",
        "article", "start", "end", "text", "title", "source", "published", "url", "id", "cursor",
    )  # fmt: skip
    asker: Side
    asked: Side
    about: tuple[str, ...]
    outcome: str
    differ: bool  # do the accounts of the two contradict each other?
    first: str | None
    day: str | None
    accounts: tuple[Telling, ...]
    report: Origin
    span: Span
    text: str
    id: str
    cursor: str

    def flat(self) -> dict[str, Any]:
        accounts = _joined(f"{told.by.code if told.by else '?'} {told.says} [{told.quote.article} {told.quote.span.start}-{told.quote.span.end}]" for told in self.accounts)
        return _flat(self, **_side("asker", self.asker), **_side("asked", self.asked), about=_joined(self.about), accounts=accounts)


@dataclass(frozen=True, slots=True)
class CommitmentRow(_Cited):
    """What ``by`` promised ``to`` (None where nobody is named), and its fate: open, kept or dropped, as ``fate_quotes`` tell."""

    columns: ClassVar[tuple[str, ...]] = (
        "by", "by_code", "to", "to_code", "type", "about", "fate", "day", "fate_day", "fate_article", "fate_start", "fate_end", "fate_text",
        "article", "start", "end", "text", "title", "source", "published", "url", "id", "cursor",
    )  # fmt: skip
    by: Side
    to: Side | None
    type: str
    about: tuple[str, ...]
    fate: str
    day: str | None
    fate_day: str | None
    fate_quotes: tuple[Quote, ...]
    quotes: tuple[Quote, ...]  # all tellings of the promise; the row's own words are the first
    report: Origin
    span: Span
    text: str
    id: str
    cursor: str

    def flat(self) -> dict[str, Any]:
        fate = _quoted("fate", self.fate_quotes[0] if self.fate_quotes else None)
        return _flat(self, **_side("by", self.by), **_side("to", self.to), about=_joined(self.about), **fate)


@dataclass(frozen=True, slots=True)
class ChangeRow(_Cited):
    """A holder's stance turned on ``day`` from ``before`` (last told on ``before_day``) to ``stance``; each with its words."""

    columns: ClassVar[tuple[str, ...]] = (
        "holder", "holder_code", "issue", "toward", "toward_code", "before", "stance", "day", "sources", "disputed",
        "before_day", "before_article", "before_start", "before_end", "before_text",
        "article", "start", "end", "text", "title", "source", "published", "url", "cursor",
    )  # fmt: skip
    holder: Side
    issue: str | None
    toward: Side | None
    before: str
    stance: str
    day: str
    sources: int  # independent ones for the new stance
    disputed: bool  # do as many say otherwise?
    before_day: str
    before_quote: Quote
    report: Origin
    span: Span
    text: str
    cursor: str

    def flat(self) -> dict[str, Any]:
        return _flat(self, **_side("holder", self.holder), **_side("toward", self.toward), **_quoted("before", self.before_quote))


@dataclass(frozen=True, slots=True)
class OccurrenceRow(_Cited):
    """One event in the world, however many reports tell of it. The row's words are those of the report that tells it best."""

    columns: ClassVar[tuple[str, ...]] = (
        "type", "status", "day", "place", "about", "who", "who_codes", "whom", "whom_codes", "sources", "reports", "disagreements",
        "article", "start", "end", "text", "title", "source", "published", "url", "id", "cursor",
    )  # fmt: skip
    type: str
    status: str
    day: str | None
    place: str | None  # as it is compared: folded
    about: tuple[str, ...]
    who: tuple[Side, ...]
    whom: tuple[Side, ...]
    sources: int  # independent ones
    disagreements: tuple[tuple[str, tuple[tuple[str, tuple[str, ...]], ...]], ...]  # (on, ((value, (article, …)), …))
    quotes: tuple[Quote, ...]  # all tellings, the best first
    report: Origin
    span: Span
    text: str
    id: str
    cursor: str

    def flat(self) -> dict[str, Any]:
        sides = {name: _joined(side.name_en for side in found) for name, found in (("who", self.who), ("whom", self.whom))}
        codes = {f"{name}_codes": _joined(side.code for side in found) for name, found in (("who", self.who), ("whom", self.whom))}
        reports = _joined(dict.fromkeys(quote.article for quote in self.quotes))
        differ = _joined(f"{on}: {' / '.join(value for value, _ in values)}" for on, values in self.disagreements)
        return _flat(self, about=_joined(self.about), reports=reports, disagreements=differ, **sides, **codes)


def _flat(row: Any, **given: Any) -> dict[str, Any]:
    """The row's columns in order: given ones, else its own, its report's, its span's."""
    out: dict[str, Any] = {}
    for name in row.columns:
        if name in given:
            out[name] = given[name]
        elif name in ("start", "end"):
            out[name] = getattr(row.span, name)
        elif name in _REPORT and name not in row.__slots__:
            out[name] = getattr(row.report, name)
        else:
            out[name] = getattr(row, name)
    return out


_REPORT = frozenset(field.name for field in fields(Origin))


def _joined(parts: Any) -> str | None:
    return "; ".join(parts) or None


def _parties(name: str, found: tuple[Party, ...]) -> dict[str, Any]:
    return {name: _joined(party.name_en or party.name for party in found), f"{name}_codes": _joined(party.code or "?" for party in found)}


def _party(party: Party | None, english: str, name: str) -> dict[str, Any]:
    if party is None:
        return {english: None, name: None, "code": None, "role": None}
    return {english: _name(party), name: party.name, "code": party.code, "role": party.role}


def _name(party: Party | None) -> str | None:
    return None if party is None else party.name_en or party.name


def _side(name: str, side: Side | None) -> dict[str, Any]:
    return {name: side.name_en if side else None, f"{name}_code": side.code if side else None}


def _quoted(name: str, quote: Quote | None) -> dict[str, Any]:
    start, end = quote.span if quote else (None, None)
    return {f"{name}_article": quote.article if quote else None, f"{name}_start": start, f"{name}_end": end, f"{name}_text": quote.text if quote else None}


def _json(row: Any) -> dict[str, Any]:
    out: dict[str, Any] = _plain(row)
    return out


def _plain(value: Any) -> Any:
    """Rows and what they hold as plain JSON: spans as pairs of numbers, the report's fields on the row itself."""
    if isinstance(value, Span):
        return list(value)
    if isinstance(value, tuple | list):
        return [_plain(each) for each in value]
    if not hasattr(value, "__slots__") or isinstance(value, str | int | float):
        return value
    out: dict[str, Any] = {}
    for name in value.__slots__:
        found = getattr(value, name)
        if isinstance(found, Origin):
            out.update(_plain(found))
        else:
            out[name] = _plain(found)
    return out


