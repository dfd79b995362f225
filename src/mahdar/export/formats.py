"""One call for every format: what to write, where to, and of which rows."""

from __future__ import annotations

import contextlib
import json
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Final, Literal, TextIO, TypedDict, Unpack

from sqlalchemy import Connection, select

from mahdar import __version__
from mahdar.errors import QuestionError
from mahdar.export import cameo, exchange, flat, geojson, graph, polecat
from mahdar.export.coded import Coded
from mahdar.export.files import MANIFEST, whole_file, whole_folder
from mahdar.export.places import Gazetteer
from mahdar.export.polecat import Story
from mahdar.export.select import Selection
from mahdar.register.filters import Filters, make
from mahdar.register.questions import Register
from mahdar.register.schema import actors, articles

Form = Literal["parquet", "csv", "jsonl", "polecat", "cameo", "graphml", "gexf", "geojson"]
FORMATS: Final[tuple[Form, ...]] = ("parquet", "csv", "jsonl", "polecat", "cameo", "graphml", "gexf", "geojson")
VERSION: Final = 1  # of what an export holds; restore refuses later ones
# Formats that have no place for an event's status hold what is actual, unless a status is asked for.
_ACTUAL: Final = frozenset(("polecat", "cameo", "graphml", "gexf"))
_CACHE: Final = 8_000  # kB of SQLite's cache during an export
_NETWORKS: Final = frozenset(("graphml", "gexf"))


class Asked(TypedDict, total=False):
    """The filters of an export, as of any question."""

    actor: str | None
    between: Any
    type: Any
    on: str | None
    since: Any
    until: Any
    source: str | None
    status: Any


@dataclass(frozen=True, slots=True)
class Written:
    """What an export holds: how many rows of each kind."""

    counts: Mapping[str, int]

    def __str__(self) -> str:
        return ", ".join(f"{count} {kind}" for kind, count in self.counts.items())


def export(
    register: Register, form: Form, target: str | Path | TextIO, *, period: graph.Period | None = None, articles: bool | None = None, **asked: Unpack[Asked]
) -> Written:
    """Write the rows that meet the filters to a file, an open text file or, as parquet, to a folder.

    ``period`` is the span of an edge of a network (month, quarter, year, all). ``articles`` says whether the articles themselves go along, with
    their texts and records, so that :func:`mahdar.export.restore` can make a register of it: parquet and jsonl only, and in parquet so unless False.
    """
    if form not in FORMATS:
        raise QuestionError(f"format {form!r} is not known; one of {', '.join(FORMATS)}")
    if period is not None and form not in _NETWORKS:
        raise QuestionError(f"{form} has no periods; they are the edges of graphml and gexf")
    if articles is not None and form not in ("parquet", "jsonl"):
        raise QuestionError(f"{form} cannot hold articles; parquet and jsonl can")
    if form in _ACTUAL and not asked.get("status"):
        asked["status"] = "actual"
    filters = make(register.names, **asked)
    gazetteer = Gazetteer(lambda: register.names.lexicon)
    with register.store.reading() as connection, _lean(connection):
        selection = Selection(connection, filters, gazetteer)
        if form == "parquet":
            if not isinstance(target, str | Path) or str(target) == "-":
                raise QuestionError("parquet is a folder of files; name one")
            return _folder(Path(target), connection, selection, filters, articles is not False)
        write = {
            "csv": partial(_events, flat.write), "cameo": partial(_events, cameo.write), "geojson": partial(_events, geojson.write, name="features"),
            "jsonl": partial(_exchange, connection, articles is True), "polecat": partial(_polecat, connection),
            "graphml": partial(_network, graph.write_graphml, period or "year"), "gexf": partial(_network, graph.write_gexf, period or "year"),
        }[form]  # fmt: skip
        with _opened(target) as out:
            return Written(write(out, selection))


@contextlib.contextmanager
def _lean(connection: Connection) -> Iterator[None]:
    """An export passes over everything once: a large cache of SQLite's would only fill with what is not looked at again."""
    if connection.dialect.name != "sqlite":
        yield
        return
    before = connection.exec_driver_sql("PRAGMA cache_size").scalar_one()
    connection.exec_driver_sql(f"PRAGMA cache_size = -{_CACHE}")
    try:
        yield
    finally:
        connection.exec_driver_sql(f"PRAGMA cache_size = {before}")


@contextlib.contextmanager
def _opened(target: str | Path | TextIO) -> Iterator[TextIO]:
    if not isinstance(target, str | Path):
        yield target
    elif str(target) == "-":
        yield sys.stdout
    else:
        with whole_file(Path(target)) as out:
            yield out


def _events(write: Any, out: TextIO, selection: Selection, *, name: str = "events") -> dict[str, int]:
    return {name: write(out, selection.events())}


def _network(write: Any, period: graph.Period, out: TextIO, selection: Selection) -> dict[str, int]:
    return {"edges": write(out, selection.events(), period)}


def _exchange(connection: Connection, whole: bool, out: TextIO, selection: Selection) -> dict[str, int]:
    counts = {}
    if whole:
        if selection.everything:
            exchange.write_loose(out, connection)
        counts["articles"] = exchange.write_articles(out, selection.versions())
    return {"events": exchange.write(out, selection.events())} | counts


def _polecat(connection: Connection, out: TextIO, selection: Selection) -> dict[str, int]:
    def told() -> Iterator[tuple[list[Coded], Mapping[str, Story]]]:
        for batch in selection.events():
            yield batch, _stories(connection, {event.row.article for event in batch})

    return {"events": polecat.write(out, told())}


def _folder(target: Path, connection: Connection, selection: Selection, filters: Filters, whole: bool) -> Written:
    from mahdar.export import tables

    counts: dict[str, int] = {}
    with whole_folder(target) as folder:
        counts["events"] = tables.write(folder, "events", tables.event_rows(selection.events()))
        if selection.holds("statements"):
            counts["statements"] = tables.write(folder, "statements", tables.statement_rows(selection.statements()))
        if selection.holds("positions"):
            counts["positions"] = tables.write(folder, "positions", tables.position_rows(selection.positions()))
        counts["actors"] = tables.write(folder, "actors", tables.actor_rows(selection.actors()))
        if whole:
            counts["articles"] = tables.write(folder, "articles", tables.article_rows(selection.versions()))
            if selection.everything:
                counts |= tables.write_loose(folder, connection)
        manifest = {"format": VERSION, "mahdar": __version__, "readings": selection.met, "filters": _told(filters), "rows": counts}
        (folder / MANIFEST).write_text(json.dumps(manifest, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    return Written(counts)


def _told(filters: Filters) -> dict[str, Any]:
    """The filters as they were understood."""
    found: dict[str, Any] = {}
    for name in ("actor", "between", "type", "on", "since", "until", "source", "status"):
        value = getattr(filters, name)
        if value:
            found[name] = [str(each) for each in value] if name in ("between", "type", "status") else str(value)
    return found


def _stories(connection: Connection, keys: set[str]) -> dict[str, Story]:
    """Who is in these articles."""
    a = actors.c
    query = select(articles.c.key, a.kind, a.name, a.name_en, a.romanised).join_from(articles, actors, a.article == articles.c.id)
    found: dict[str, dict[str, list[str]]] = {}
    for row in connection.execute(query.where(articles.c.key.in_(keys)).order_by(articles.c.key, a.n)):
        organ = row.kind == "state" and row.romanised  # a court or a ministry: it acts for the state, and is no place
        sort = "organisations" if organ else {"person": "people", "state": "states"}.get(row.kind, "organisations")
        found.setdefault(row.key, {}).setdefault(sort, []).append(row.name_en or row.name)
    names = ("people", "organisations", "states")
    return {key: Story(*(tuple(dict.fromkeys(kinds.get(name, ()))) for name in names)) for key, kinds in found.items()}
