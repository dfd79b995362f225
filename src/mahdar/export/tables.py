"""``parquet``: a folder with one table a kind, partitioned by month: DIR/events/month=2015-10/events.parquet.

Types are those of ``SCHEMAS``. A part is written to while its month lasts; rows come in the order of their months, so that one part is open at a
time. What is dated by year only is in month=2015-XX, what is not dated in month=none.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection

from mahdar.errors import QuestionError
from mahdar.export import loose, plover
from mahdar.export.coded import Coded
from mahdar.export.flat import line
from mahdar.export.select import Version
from mahdar.register.answers import Party, PositionRow, StatementRow

_AT_ONCE: Final = 4_000  # rows in a row group
_TEXTS: Final = 500  # where they hold texts
_REPORT: Final = {"article": "string", "title": "string", "source": "string", "published": "string", "url": "string"}
_PLACE: Final = {"article": "string", "n": "int32", "start": "int32", "end": "int32", "text": "string", "rule": "string"}
_SAID: Final = {"title": "string", "source": "string", "published": "string", "url": "string"}
# One party is columns of its own (a filter on a field of a struct stops DuckDB 2.0.0 with an internal error); several are a list of structs.
_ONE: Final = ("", "_name", "_code", "_plover_code", "_sector", "_role", "_kind", "_lexicon", "_actor")


def _one(name: str) -> dict[str, str]:
    return {f"{name}{end}": "string" for end in _ONE}


# Columns and their types by kind. A party is a struct of name, name_en, code, role, kind, lexicon, romanised, actor, plover_code, sector.
SCHEMAS: Final[dict[str, dict[str, str]]] = {
    "events": {
        "id": "string", "type": "string", "mode": "string", "status": "string", "quad_code": "int8", "score": "double", "cameo": "string",
        "contexts": "list<string>", "about": "list<string>", "day": "date32", "date": "string", "precision": "string", "place": "string",
        "place_name": "string", "country": "string", "latitude": "double", "longitude": "double", "who": "list<party>", "whom": "list<party>",
        "who_codes": "list<string>", "whom_codes": "list<string>", **_PLACE, **_SAID, "reading": "string",
        "coder": "string",
    },
    "statements": {
        **_one("speaker"), **_one("via"), "mode": "string", "day": "date32", "cue": "string", "cue_start": "int32", "cue_end": "int32", **_PLACE, **_SAID,
    },
    "positions": {**_one("holder"), "stance": "string", "issue": "string", **_one("toward"), "day": "date32", **_PLACE, **_SAID},
    "actors": {
        "actor": "string", "name": "string", "name_en": "string", "romanised": "bool", "code": "string", "plover_code": "string", "sector": "string",
        "role": "string", "kind": "string", "lexicon": "string", "mentions": "list<span>", **_REPORT,
    },
    "articles": {
        "key": "string", "number": "int32", "current": "bool", "title": "string", "source": "string", "published": "string", "url": "string",
        "text": "string", "record": "string", "lexicon": "string", "read_at": "string",
    },
}  # fmt: skip
_PARTY: Final = ("name", "name_en", "code", "role", "kind", "lexicon", "romanised", "actor", "plover_code", "sector")
Row = dict[str, Any]
Dated = tuple[str, Row]  # the month, the row


def write(folder: Path, kind: str, rows: Iterable[Dated]) -> int:
    """Write the rows of a kind, which come in the order of their months; how many."""
    table = _Table(folder / kind, kind)
    try:
        for month, row in rows:
            table.add(month, row)
    finally:
        table.close()
    return table.count


def write_loose(folder: Path, connection: Connection) -> dict[str, int]:
    """Write the tables that hang on no article, each in one file; how many rows."""
    arrow, counts = _arrow(), {}
    for table in loose.tables():
        rows = list(loose.rows(connection, table))
        counts[table.name] = len(rows)
        if rows:
            fields = [arrow.field(name, arrow.int64() if kind is int else arrow.string()) for name, kind in loose.columns(table).items()]
            made = arrow.Table.from_pylist(rows, schema=arrow.schema(fields))
            _arrow_parquet().write_table(made, folder / f"{table.name}.parquet", compression="zstd")
    return counts


def event_rows(batches: Iterable[list[Coded]]) -> Iterator[Dated]:
    for batch in batches:
        for event in batch:
            row = event.row
            flat = line(event)
            found = {name: flat[name] for name in SCHEMAS["events"] if name in flat}
            found |= {
                "contexts": list(event.contexts), "about": list(row.about), "day": _day(row.day), "who": _parties(row.who), "whom": _parties(row.whom),
                "who_codes": [party.code for party in row.who], "whom_codes": [party.code for party in row.whom], "text": row.text,
                "precision": event.precision or None,
            }  # fmt: skip
            yield _month(row.day), _clean(found)


def statement_rows(batches: Iterable[list[StatementRow]]) -> Iterator[Dated]:
    for batch in batches:
        for row in batch:
            own = {"mode": row.mode, "cue": row.cue_text, "cue_start": row.cue.start, "cue_end": row.cue.end}
            yield _month(row.day), _clean(_single("speaker", row.speaker) | _single("via", row.via) | own | _shared(row))


def position_rows(batches: Iterable[list[PositionRow]]) -> Iterator[Dated]:
    for batch in batches:
        for row in batch:
            own = {"stance": row.stance, "issue": row.issue}
            yield _month(row.day), _clean(_single("holder", row.holder) | _single("toward", row.toward) | own | _shared(row))


def actor_rows(batches: Iterable[list[Any]]) -> Iterator[Dated]:
    """The actors of articles: pairs of the article's row and the actor's."""
    for batch in batches:
        for article, row in batch:
            coded = plover.coded_actor(row.code or "", row.kind, row.role or "")
            found = {name: getattr(row, name) for name in ("actor", "name", "name_en", "romanised", "code", "role", "kind", "lexicon")}
            found |= {"plover_code": coded.code, "sector": coded.sector, "mentions": [{"start": start, "end": end} for start, end in row.mentions]}
            found |= {"article": article.key, "title": article.title, "source": article.source, "published": article.published, "url": article.url}
            yield _month(article.day), _clean(found)


def article_rows(batches: Iterable[list[Version]]) -> Iterator[Dated]:
    for batch in batches:
        for v in batch:
            # Texts are kept as they are, the empty ones too: a register is made of these rows.
            row = {name: getattr(v, name) for name in SCHEMAS["articles"] if name != "record"}
            yield _month(v.day), row | {"record": v.json_record}


def schema(kind: str) -> Any:
    """The Arrow schema of a kind."""
    arrow = _arrow()
    party = arrow.struct([arrow.field(name, arrow.bool_() if name == "romanised" else arrow.string()) for name in _PARTY])
    types = {
        "string": arrow.string(), "int8": arrow.int8(), "int32": arrow.int32(), "double": arrow.float64(), "bool": arrow.bool_(), "date32": arrow.date32(),
        "list<string>": arrow.list_(arrow.string()), "list<party>": arrow.list_(party),
        "list<span>": arrow.list_(arrow.struct([arrow.field("start", arrow.int32()), arrow.field("end", arrow.int32())])),
    }  # fmt: skip
    return arrow.schema([arrow.field(name, types[type_]) for name, type_ in SCHEMAS[kind].items()])


class _Table:
    """The parts of one kind; one is open at a time."""

    def __init__(self, folder: Path, kind: str) -> None:
        self.count = 0
        self._folder, self._kind, self._schema = folder, kind, schema(kind)
        self._size = _TEXTS if kind == "articles" else _AT_ONCE
        self._rows: list[Row] = []
        self._month: str | None = None
        self._writer: Any = None

    def add(self, month: str, row: Row) -> None:
        if month != self._month:
            self.close()
            place = self._folder / f"month={month}"
            place.mkdir(parents=True)
            self._writer = _arrow_parquet().ParquetWriter(place / f"{self._kind}.parquet", self._schema, compression="zstd")
            self._month = month
        self._rows.append(row)
        self.count += 1
        if len(self._rows) >= self._size:
            self._flush()

    def close(self) -> None:
        if self._writer is not None:
            self._flush()
            self._writer.close()
            self._writer = None

    def _flush(self) -> None:
        if self._rows:
            self._writer.write_table(_arrow().Table.from_pylist(self._rows, schema=self._schema))
            self._rows = []


def _shared(row: StatementRow | PositionRow) -> Row:
    report = row.report
    return {
        "day": _day(row.day), "article": report.article, "n": row.n, "start": row.span.start, "end": row.span.end, "text": row.text, "rule": row.rule,
        "title": report.title, "source": report.source, "published": report.published, "url": report.url,
    }  # fmt: skip


def _single(name: str, party: Party | None) -> Row:
    if party is None:
        return dict.fromkeys(_one(name))
    coded = plover.actor(party)
    values = (party.name_en or party.name, party.name, party.code, *coded, party.role, party.kind, party.lexicon, party.actor)
    return {f"{name}{end}": value for end, value in zip(_ONE, values, strict=True)}


def _parties(parties: tuple[Party, ...]) -> list[Row]:
    return [_party(party) for party in parties]


def _party(party: Party) -> Row:
    coded = plover.actor(party)
    found = {name: getattr(party, name) for name in _PARTY[:8]}
    return found | {"plover_code": coded.code or None, "sector": coded.sector or None}


def _clean(row: Row) -> Row:
    """What is empty is null: in a typed table there is a sign for it."""
    return {name: None if value == "" else value for name, value in row.items()}


def _day(day: str | None) -> date | None:
    try:
        return date.fromisoformat(day) if day and len(day) == 10 else None
    except ValueError:
        return None


def _month(day: str | None) -> str:
    return "none" if not day else f"{day}-XX" if len(day) == 4 else day[:7]


def _arrow() -> Any:
    try:
        import pyarrow
    except ImportError:
        raise QuestionError("parquet needs the extra: pip install 'mahdar[parquet]'") from None
    return pyarrow


def _arrow_parquet() -> Any:
    _arrow()
    import pyarrow.parquet

    return pyarrow.parquet
