"""Exports: small golden files, what published readers make of them, filters, order, atomic writing; on SQLite and PostgreSQL alike."""

from __future__ import annotations

import contextlib
import csv
import io
import json
import os
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from click.testing import CliRunner, Result
from filling import fill, made
from small import fill_small, span

from mahdar import __version__
from mahdar.cli.main import main
from mahdar.errors import QuestionError, RegisterError
from mahdar.export import export, files, graph, polecat, select, tables
from mahdar.export.coded import Coder
from mahdar.export.flat import COLUMNS
from mahdar.export.places import Gazetteer
from mahdar.lexicon.load import load_lexicon
from mahdar.record import Actor, Article, Event, Record, Span
from mahdar.register.questions import Register
from mahdar.register.store import Store
from mahdar.register.write import Entry, put

GOLDEN = Path(__file__).parent / "exports"
BENCHMARKS = Path(__file__).resolve().parents[2] / "benchmarks"
TEXTS = ("csv", "jsonl", "polecat", "cameo", "graphml", "gexf", "geojson")


@pytest.fixture
def register(store: Store, url: str) -> Iterator[Register]:
    fill_small(store)
    with Register(url) as opened:
        yield opened


def written(register: Register, form: Any, **asked: Any) -> str:
    out = io.StringIO()
    export(register, form, out, **asked)
    return out.getvalue()


# ---------------------------------------------------------------------------------------------------- golden files


@pytest.mark.parametrize("form", TEXTS)
def test_golden_files(register: Register, form: Any) -> None:
    assert written(register, form) == (GOLDEN / f"small.{form}").read_text(encoding="utf-8").replace("mahdar VERSION", f"mahdar {__version__}").replace(
        "mahdar-VERSION", f"mahdar-{__version__}"
    )


@pytest.mark.parametrize("form", TEXTS)
def test_nothing_is_called_none(register: Register, form: Any) -> None:
    text = written(register, form, **({} if form in ("graphml", "gexf") else {"status": ("actual", "planned", "denied", "possible")}))
    assert "None" not in text
    assert "null" not in text.replace('"geometry":null', "")


@pytest.mark.parametrize(
    ("form", "signs"),
    [
        ("csv", (",x,mahdar VERSION,",)), ("cameo", (",x,mahdar VERSION,",)), ("polecat", ("\tmahdar VERSION x\t",)),
        ("jsonl", ('"coder":"mahdar VERSION"', '"version":"x"')), ("geojson", ('"reading":"x","coder":"mahdar VERSION"',)),
        ("graphml", ('<data key="g_coder">mahdar VERSION</data><data key="g_readings">x</data>',)),
        ("gexf", ("<creator>mahdar VERSION</creator><description>readings x</description>",)),
    ],
)  # fmt: skip
def test_every_format_names_program_and_reading(register: Register, form: Any, signs: tuple[str, ...]) -> None:
    text = written(register, form)
    for sign in signs:
        assert sign.replace("VERSION", __version__) in text


@pytest.mark.parametrize("form", TEXTS)
def test_an_empty_answer_is_an_empty_file(register: Register, form: Any) -> None:
    text = written(register, form, since="1900", until="1901")
    if form in ("csv", "cameo", "polecat"):
        assert len(text.splitlines()) == 1
    elif form == "geojson":
        assert json.loads(text) == {"type": "FeatureCollection", "features": []}
    else:
        assert "edge id" not in text
        assert "actor" not in text


# ---------------------------------------------------------------------------------------------------- readers


def test_csv_in_pandas_polars_duckdb(register: Register, tmp_path: Path) -> None:
    pandas, polars = pytest.importorskip("pandas"), pytest.importorskip("polars")
    file = tmp_path / "events.csv"
    export(register, "csv", file)
    frame = pandas.read_csv(file, dtype={"cameo": str})
    assert list(frame.columns) == list(COLUMNS)
    assert frame.quad_code.dtype.kind == "i"
    assert frame.score.dtype.kind == "f"
    assert list(polars.read_csv(file, schema_overrides={"cameo": polars.String})["id"]) == list(frame["id"])
    duckdb = pytest.importorskip("duckdb")
    found = duckdb.sql(f"select type, count(*) from read_csv('{file}', all_varchar = true) group by type order by type").fetchall()
    assert found == [("ACCUSE", 1), ("ASSAULT", 1), ("CONSULT", 2), ("REJECT", 1), ("SUPPORT", 1)]


def test_polecat_as_its_readers_read_it(register: Register, tmp_path: Path) -> None:
    """As published readers do: by position (TGB's), by header (pandas, DictReader), with None in mind."""
    file = tmp_path / "ngecEvents.DV.2015.txt"
    export(register, "polecat", file)
    with file.open(encoding="utf-8", newline="") as opened:
        head, *rows = csv.reader(opened, delimiter="\t")
    assert head[:40] == list(polecat.COLUMNS)
    assert len(polecat.COLUMNS) == 40
    assert {len(row) for row in rows} == {len(head)}
    assert [(row[1], row[2], row[7], row[15]) for row in rows][:2] == [
        ("2015-10-29", "CONSULT", "John Kerry", "Sergey Lavrov"),
        ("2015-10-30", "REJECT", "Iran", "United States"),
    ]
    pandas = pytest.importorskip("pandas")
    frame = pandas.read_csv(file, sep="\t")
    assert set(frame["Quad Code"]) == {"VERBAL COOPERATION", "VERBAL CONFLICT"}
    assert frame["Event Intensity"].dtype.kind == "f"
    assert list(frame["Actor COW"])[:2] == [2, 630]
    assert set(frame["Event Status"]) == {"actual"}


def test_what_acts_for_a_state_is_no_location(sqlite: str) -> None:
    """A court is of kind state, as it acts for one; among the places of a story it has no business."""
    article = Article("a", "قالت محكمة النقض في مصر إن الحكم نهائي.", published="2015-10-30")
    court = Actor("a1", "state", "محكمة النقض", "Mhkma Al-Nqd", "EGY", None, (span(article, "محكمة النقض"),), True, None)
    egypt = Actor("a2", "state", "مصر", "Egypt", "EGY", None, (span(article, "مصر"),), False, "EGY")
    agreed = Event("AGREE", "actual", ("a1",), (), span(article, "الحكم نهائي"), "agree.accept")
    record = Record("a", "2015-10-30", (Span(0, len(article.text)),), (court, egypt), article=article, events=(agreed,))
    with Store.open(sqlite, create=True) as store:
        store.transact(lambda connection: put(connection, [Entry.of(article, record)], lexicon="x", now="2026-01-01T00:00:00Z"))
    with Register(sqlite) as opened:
        row = next(csv.DictReader(io.StringIO(written(opened, "polecat")), delimiter="\t"))
    assert (row["Story People"], row["Story Organizations"], row["Story Locations"]) == ("", "Mhkma Al-Nqd", "Egypt")


def test_networks_in_networkx(register: Register, tmp_path: Path) -> None:
    networkx = pytest.importorskip("networkx")
    for form, read in (("graphml", networkx.read_graphml), ("gexf", networkx.read_gexf)):
        file = tmp_path / f"net.{form}"
        export(register, form, file)
        graph = read(file)
        assert set(graph.nodes) == {"USA", "RUS", "IRN", "TUR"}
        edges = {tuple(sorted(edge[:2])): edge[-1] for edge in graph.edges(data=True)}
        assert edges["RUS", "USA"]["weight"] == 1.0
        assert edges["RUS", "TUR"]["sign"] == -1
        assert graph.nodes["RUS"]["label"] == "Russia"
        if form == "graphml":
            assert graph.graph == {"node_default": {}, "edge_default": {}, "coder": f"mahdar {__version__}", "readings": "x"}


def test_geojson_is_valid(register: Register) -> None:
    found = json.loads(written(register, "geojson"))
    geojson = pytest.importorskip("geojson_pydantic")
    assert len(geojson.FeatureCollection.model_validate(found, strict=True).features) == len(found["features"])
    point = {"type": "array", "items": {"type": "number"}, "minItems": 2, "maxItems": 3}
    feature = {
        "type": "object", "required": ["type", "geometry", "properties"],
        "properties": {
            "type": {"const": "Feature"}, "properties": {"type": ["object", "null"]},
            "geometry": {"anyOf": [{"type": "null"}, {"required": ["type", "coordinates"], "properties": {"type": {"const": "Point"}, "coordinates": point}}]},
        },
    }  # fmt: skip
    shape = {"required": ["type", "features"], "properties": {"type": {"const": "FeatureCollection"}, "features": {"type": "array", "items": feature}}}
    jsonschema.validate(found, shape)
    assert [(each["properties"]["place"], each["geometry"] and each["geometry"]["coordinates"]) for each in found["features"]] == [
        ("فيينا", [16.4, 48.2]), ("تركيا", None),  # a state has no point
    ]  # fmt: skip


def test_parquet_in_duckdb_pandas_polars(register: Register, tmp_path: Path) -> None:
    pytest.importorskip("pyarrow")
    folder = tmp_path / "out"
    counts = export(register, "parquet", folder).counts
    assert counts == {"events": 6, "statements": 3, "positions": 5, "actors": 11, "articles": 4, "rejects": 0, "rulings": 0}
    assert sorted(path.name for path in (folder / "events").iterdir()) == ["month=2015-10", "month=2015-11", "month=2015-12", "month=none"]
    manifest = json.loads((folder / "manifest.json").read_text())
    assert (manifest["mahdar"], manifest["readings"], manifest["filters"]) == (__version__, ["x"], {})
    pandas, polars = pytest.importorskip("pandas"), pytest.importorskip("polars")
    frame = pandas.read_parquet(folder / "events")
    assert len(frame) == 6
    assert polars.read_parquet(folder / "events/**/*.parquet").schema["day"] == polars.Date
    duckdb = pytest.importorskip("duckdb")
    table = f"read_parquet('{folder}/events/*/*.parquet', hive_partitioning = true)"
    assert duckdb.sql(f"select month, count(*) from {table} group by month order by month").fetchall() == [
        ("2015-10", 2), ("2015-11", 2), ("2015-12", 1), ("none", 1),
    ]  # fmt: skip
    assert duckdb.sql(f"select who[1].name_en, who[1].sector from {table} where type = 'REJECT'").fetchall() == [("Iran", "GOV")]
    said = f"read_parquet('{folder}/statements/*/*.parquet', hive_partitioning = true)"
    assert duckdb.sql(f"select speaker, speaker_sector from {said} where speaker_code = 'USA'").fetchall() == [("John Kerry", "GOV")]
    types = dict(duckdb.sql(f"select column_name, column_type from (describe select * from {table})").fetchall())
    assert (types["score"], types["quad_code"], types["day"], types["contexts"]) == ("DOUBLE", "TINYINT", "DATE", "VARCHAR[]")


# What DuckDB calls the types that docs/exports.md and the reference name.
DUCK = {
    "string": "VARCHAR", "int8": "TINYINT", "int32": "INTEGER", "double": "DOUBLE", "bool": "BOOLEAN", "date32": "DATE", "list<string>": "VARCHAR[]",
    "list<party>": "STRUCT(" + ", ".join(f"{name} {'BOOLEAN' if name == 'romanised' else 'VARCHAR'}" for name in tables._PARTY) + ")[]",
    "list<span>": 'STRUCT("start" INTEGER, "end" INTEGER)[]',
}  # fmt: skip


def test_all_kinds_of_parquet_have_the_documented_types(register: Register, tmp_path: Path) -> None:
    """In DuckDB column by column; and as an Arrow dataset, which is what `arrow::open_dataset` of R opens with the same library."""
    duckdb, dataset = pytest.importorskip("duckdb"), pytest.importorskip("pyarrow.dataset")
    folder = tmp_path / "out"
    counts = export(register, "parquet", folder).counts
    for kind, columns in tables.SCHEMAS.items():
        found = duckdb.sql(f"describe select * exclude (month) from read_parquet('{folder}/{kind}/*/*.parquet', hive_partitioning = true)").fetchall()
        assert {row[0]: row[1].replace('"name" ', "name ").replace('"role" ', "role ") for row in found} == {name: DUCK[type_] for name, type_ in columns.items()}, kind
        opened = dataset.dataset(folder / kind, partitioning="hive")
        assert opened.count_rows() == counts[kind]
        assert opened.schema.names == [*columns, "month"]


def test_csv_in_duckdb_by_itself(register: Register, tmp_path: Path) -> None:
    """Numbers come as numbers without a word about types."""
    duckdb = pytest.importorskip("duckdb")
    export(register, "csv", tmp_path / "events.csv")
    types = dict(duckdb.sql(f"select column_name, column_type from (describe select * from read_csv('{tmp_path}/events.csv', types = {{'cameo': 'VARCHAR'}}))").fetchall())
    assert list(types) == list(COLUMNS)
    assert [types[name] for name in ("quad_code", "score", "latitude", "longitude", "n", "start", "end", "cameo")] == ["BIGINT", *["DOUBLE"] * 3, *["BIGINT"] * 3, "VARCHAR"]


# ---------------------------------------------------------------------------------------------------- filters, order


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({"actor": "Iran"}, ["REJECT", "SUPPORT"]),
        ({"between": ("USA", "RUS")}, ["CONSULT", "CONSULT"]),
        ({"type": ("ACCUSE", "ASSAULT")}, ["ASSAULT", "ACCUSE"]),
        ({"on": "syria-settlement"}, ["SUPPORT"]),
        ({"since": "2015-11", "until": "2015-11"}, ["ASSAULT", "ACCUSE"]),
        ({"source": "وكالة أ"}, ["CONSULT", "REJECT", "SUPPORT"]),
        ({"status": ("planned", "denied")}, ["ASSAULT", "CONSULT"]),
    ],
)
def test_filters_are_those_of_questions(register: Register, asked: dict[str, Any], expected: list[str]) -> None:
    rows = list(csv.DictReader(io.StringIO(written(register, "csv", **asked))))
    assert sorted(row["type"] for row in rows) == sorted(expected)
    assert {(row["article"], int(row["n"])) for row in rows} == {(row.article, row.n) for row in register.events(**asked)}


def test_events_come_by_day_then_article(register: Register) -> None:
    rows = list(csv.DictReader(io.StringIO(written(register, "csv"))))
    assert [f"{row['day']} {row['article']}" for row in rows] == [
        "2015-10-29 vienna", "2015-10-30 vienna", "2015-11-02 moscow", "2015-11-20 ankara", "2015-12 moscow", " undated",
    ]  # fmt: skip


def test_memory_does_not_grow_with_the_database(sqlite: str) -> None:
    """SQLite's cache, which fills with whatever a long export passes over, is small while it lasts, and as before afterwards."""
    with Store.open(sqlite, create=True) as store:
        fill_small(store)
    seen: list[int] = []

    class Watching(io.StringIO):
        def write(self, text: str) -> int:
            seen.append(cache())
            return super().write(text)

    with Register(sqlite) as register, register.store.reading() as connection:

        def cache() -> int:
            return int(connection.exec_driver_sql("PRAGMA cache_size").scalar_one())

        before = cache()
    with Register(sqlite) as register:
        reading = register.store.reading

        @contextlib.contextmanager
        def shared() -> Iterator[Any]:
            nonlocal connection
            with reading() as connection:
                yield connection

        register.store.reading = shared  # type: ignore[method-assign]
        export(register, "csv", Watching())
        assert set(seen) == {-8_000}
        with register.store.reading():
            assert cache() == before


def test_the_size_of_batches_does_not_show(store: Store, url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    fill_small(store)
    fill(store, map(made, range(9)))
    with Register(url) as register:
        whole = written(register, "jsonl", articles=True)
        monkeypatch.setattr(select, "AT_ONCE", 2)
        assert written(register, "jsonl", articles=True) == whole
        assert len(whole.splitlines()) > 30


def test_the_order_of_filling_does_not_show(tmp_path: Path) -> None:
    found = []
    for name, order in (("a", range(9)), ("b", reversed(range(9)))):
        with Store.open(tmp_path / name, create=True) as store:
            fill(store, map(made, order))
        with Register(tmp_path / name) as register:
            found.append([written(register, form) for form in TEXTS])
    assert found[0] == found[1]


@pytest.mark.parametrize(
    ("day", "period", "expected"),
    [
        ("2015-10-30", "month", "2015-10"), ("2015-10-30", "quarter", "2015-Q4"), ("2015-01", "quarter", "2015-Q1"), ("2015-10", "year", "2015"), ("2015", "year", "2015"),
        ("2015", "month", None), ("", "year", None), ("", "all", "all"),
    ],
)  # fmt: skip
def test_periods(day: str, period: Any, expected: str | None) -> None:
    assert graph._period(day, period) == expected


def test_spans_of_periods() -> None:
    assert graph.span("2015-Q1") == ("2015-01-01", "2015-03-31")
    assert graph.span("2016-02") == ("2016-02-01", "2016-02-29")
    assert graph.span("2016") == ("2016-01-01", "2016-12-31")
    assert graph.span("all") == ("", "")


def test_a_filtered_folder_says_what_it_holds(register: Register, tmp_path: Path) -> None:
    pytest.importorskip("pyarrow")
    counts = export(register, "parquet", tmp_path / "out", type="CONSULT", articles=False).counts
    assert counts == {"events": 2, "statements": 0, "actors": 7}  # positions have no type
    assert json.loads((tmp_path / "out/manifest.json").read_text())["filters"] == {"type": ["CONSULT"]}


def test_what_cannot_be_asked_is_refused(register: Register, tmp_path: Path) -> None:
    for form, asked, said in (
        ("xlsx", {}, "not known"), ("csv", {"period": "month"}, "no periods"), ("csv", {"articles": True}, "cannot hold articles"),
        ("csv", {"type": "CONSLT"}, "did you mean CONSULT"), ("parquet", {}, "name one"),
    ):  # fmt: skip
        with pytest.raises(QuestionError, match=said):
            written(register, form, **asked)


# ---------------------------------------------------------------------------------------------------- files


def test_a_file_appears_whole_or_not_at_all(tmp_path: Path) -> None:
    file = tmp_path / "x.csv"
    file.write_text("old", encoding="utf-8")

    def fail() -> None:
        with files.whole_file(file) as out:
            out.write("half")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert file.read_text(encoding="utf-8") == "old"
    with files.whole_file(file) as out:
        out.write("new")
        assert file.read_text(encoding="utf-8") == "old"
    assert file.read_text(encoding="utf-8") == "new"
    assert [path.name for path in tmp_path.iterdir()] == ["x.csv"]


def test_links_stay_and_pipes_are_written_to(tmp_path: Path) -> None:
    (tmp_path / "far").mkdir()
    link = tmp_path / "link.csv"
    link.symlink_to(tmp_path / "far" / "x.csv")
    with files.whole_file(link) as out:
        out.write("new")
    assert link.is_symlink()
    assert (tmp_path / "far" / "x.csv").read_text() == "new"
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    with files.whole_file(pipe) as out:
        out.write("new")
    assert os.read(reader, 10) == b"new"
    os.close(reader)
    assert pipe.is_fifo()


def test_only_an_export_is_replaced(tmp_path: Path) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    (folder / "thesis.doc").write_text("mine")
    with pytest.raises(RegisterError, match="no export of Mahdar"), files.whole_folder(folder):
        pass
    assert (folder / "thesis.doc").is_file()
    for content in ("a", "b"):
        with files.whole_folder(tmp_path / "new") as made:
            (made / files.MANIFEST).write_text(content)
    assert (tmp_path / "new" / files.MANIFEST).read_text() == "b"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["new", "out"]
    with pytest.raises(RegisterError, match="no such folder"), files.whole_file(tmp_path / "no" / "x"):
        pass


def run(*words: str, register: str) -> Result:
    return CliRunner().invoke(main, [*words, "--register", register])


def test_the_command(register: Register, url: str, tmp_path: Path) -> None:
    result = run("export", "--format", "csv", "--actor", "IRN", register=url)
    assert result.exit_code == 0
    assert result.stdout.splitlines()[0] == ",".join(COLUMNS)
    assert result.stderr == "mahdar: 2 events\n"
    result = run("export", "--format", "gexf", "--period", "month", "-o", str(tmp_path / "net.gexf"), "--quiet", register=url)
    assert (result.exit_code, result.output) == (0, "")
    assert 'start="2015-11-01" end="2015-11-30"' in (tmp_path / "net.gexf").read_text(encoding="utf-8")
    assert run("export", "--format", "parquet", register=url).exit_code == 1


def test_ids_tell_events_apart_and_stay(register: Register) -> None:
    first = [row["id"] for row in csv.DictReader(io.StringIO(written(register, "csv")))]
    assert len(set(first)) == len(first)
    one = next(iter(register.events(type="REJECT")))
    coder = Coder(Gazetteer(load_lexicon))
    twice = [coded.id for coded in coder([one, one, replace(one, n=9)], {})]
    assert twice == [first[1], f"{first[1]}-2", f"{first[1]}-3"]


def test_a_register_of_copied_rows_exports_as_any_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Three times the rows, each under a key and an id of its own, and as whole as the register they were copied from."""
    monkeypatch.syspath_prepend(BENCHMARKS)
    from exports import multiply

    with Store.open(tmp_path / "small.db", create=True) as store:
        fill_small(store)
    found = {}
    multiply(str(tmp_path / "small.db"), tmp_path / "large.db", 12)
    for name in ("small", "large"):
        with Register(tmp_path / f"{name}.db") as register:
            export(register, "csv", tmp_path / f"{name}.csv")
        with (tmp_path / f"{name}.csv").open(encoding="utf-8") as file:
            found[name] = list(csv.DictReader(file))
    assert len(found["large"]) == 3 * len(found["small"])
    assert len({row["id"] for row in found["large"]}) == len(found["large"])
    assert sorted(row["evidence"] for row in found["large"]) == sorted(row["evidence"] for row in found["small"] * 3)
    assert {row["article"] for row in found["large"]} >= {"vienna", "vienna~1", "vienna~2"}


def write_golden_files() -> None:
    """Write the golden files anew, to be looked at before they are committed: `PYTHONPATH=src:tests:tests/register python tests/register/test_export.py`."""
    with tempfile.TemporaryDirectory() as folder:
        with Store.open(Path(folder) / "x.db", create=True) as store:
            fill_small(store)
        with Register(Path(folder) / "x.db") as register:
            for form in TEXTS:
                text = written(register, form)
                for sign in (" ", "-"):
                    text = text.replace(f"mahdar{sign}{__version__}", f"mahdar{sign}VERSION")
                (GOLDEN / f"small.{form}").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    write_golden_files()
