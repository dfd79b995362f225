"""Register → export → register: the same articles, versions and records on either database, and the same exports again."""

from __future__ import annotations

import io
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from filling import Stumbling, content, fill, made
from small import fill_small

from mahdar.cli.main import main
from mahdar.errors import RegisterError
from mahdar.export import export, loose, restore
from mahdar.record import Article
from mahdar.register.questions import Register
from mahdar.register.schema import metadata
from mahdar.register.store import Store

# What each table of the register comes from when one is restored. A new table must be said here, and kept in the exports if it is no derivation.
KEPT = {"articles", "versions", *loose.NAMES}
DERIVED = {
    "actors", "actor_names", "actor_totals", "actor_sources", "statements", "events", "event_parties", "event_pairs", "event_issues", "positions", "pending", "meta", "vectors",
    "told", "issue_parties", "bearings", "tellings", "called", "fact_blocks", "fact_links", "occurrences", "occurrence_members", "occurrence_marks", "requests", "commitments",
    "stands", "stances", "holdings", "copies", "copy_marks", "statement_matters",
}  # fmt: skip
OTHER = {"sqlite": "postgresql", "postgresql": "sqlite"}
FORMS = ("parquet", "jsonl")


@pytest.fixture(params=["sqlite", "postgresql"])
def both(request: pytest.FixtureRequest) -> tuple[str, str]:
    """A register on one database, and where one may be made on the other."""
    return request.getfixturevalue(request.param), request.getfixturevalue(OTHER[request.param])


def test_every_table_is_kept_or_derived() -> None:
    assert set(metadata.tables) <= KEPT | DERIVED


@pytest.mark.parametrize("form", FORMS)
def test_a_register_moves_to_the_other_database(both: tuple[str, str], form: str, tmp_path: Path) -> None:
    if form == "parquet":
        pytest.importorskip("pyarrow")
    here, there = both
    with Store.open(here, create=True) as store:
        fill_small(store)
        fill(store, [*map(made, range(7)), "is no article"], batch=3)
        fill(store, [made(2, text="نص آخر: التقى كيري لافروف في فيينا."), made(3, published="2001-01-01", text="نسخة قديمة")], where="y.jsonl")
        fill(store, [made(8, title="", url="", source="", published=None)], reader=Stumbling(lexicon="another"), where="z.jsonl")
        before = content(store)
    moved(here, there, form, tmp_path / "out")
    with Store.open(there) as store:
        assert content(store) == before
    assert exports(there, tmp_path / "a") == exports(here, tmp_path / "b")


@pytest.mark.parametrize("form", FORMS)
def test_what_was_ruled_by_hand_is_kept(both: tuple[str, str], form: str, tmp_path: Path) -> None:
    if form == "parquet":
        pytest.importorskip("pyarrow")
    here, there = both
    with Store.open(here, create=True) as store:
        fill_small(store)
        with Register(here) as register:
            assert register.merge("RUS", "Lavrov")[1]
            list(register.occurrences())  # derived anew
        before = content(store)
    moved(here, there, form, tmp_path / "out")
    with Store.open(there) as store:
        assert content(store) == before
    assert exports(there, tmp_path / "a") == exports(here, tmp_path / "b")
    with Store.open(tmp_path / "filled.db", create=True) as store:  # articles that were there before the ruling
        fill_small(store)
        assert sum(done.new for done in restore(store, tmp_path / "out")) == 0
        assert content(store) == before


def test_again_and_after_an_interruption(sqlite: str, tmp_path: Path) -> None:
    with Store.open(sqlite, create=True) as store:
        fill(store, map(made, range(130)), reader=_nothing())
    exported(sqlite, "jsonl", tmp_path / "out")
    with Store.open(tmp_path / "new.db", create=True) as store:
        steps = restore(store, tmp_path / "out")
        assert next(steps).new == 100
        steps.close()  # type: ignore[attr-defined]
        assert [(done.new, done.same) for done in restore(store, tmp_path / "out")] == [(0, 100), (30, 0)]
        again = content(store)
    with Store.open(sqlite) as store:
        assert content(store) == again


def test_a_filtered_export_restores_its_articles(sqlite: str, tmp_path: Path) -> None:
    with Store.open(sqlite, create=True) as store:
        fill_small(store)
    with Register(sqlite) as register:
        export(register, "jsonl", tmp_path / "out", articles=True, between=("USA", "RUS"))
    with Store.open(tmp_path / "new.db", create=True) as store:
        assert sum(done.new for done in restore(store, tmp_path / "out")) == 2
        assert [report.key for report in store.reports()] == ["moscow", "vienna"]


@pytest.mark.parametrize("text", ["", '{"id": "x", "has_event": true}\n', "no json\n"])
def test_a_file_without_articles_is_refused(sqlite: str, tmp_path: Path, text: str) -> None:
    (tmp_path / "x.jsonl").write_text(text)
    with Store.open(sqlite, create=True) as store, pytest.raises(RegisterError, match="holds no articles"):
        list(restore(store, tmp_path / "x.jsonl"))


BROKEN: list[tuple[Callable[[dict[str, Any]], Any], str]] = [
    (lambda kept: kept.pop("record"), "a field of the article is missing"),
    (lambda kept: kept.update(record={"id": "x"}), "its record cannot be read"),
    (lambda kept: kept["record"]["events"].append({"type": "CONSULT"}), "its record cannot be read"),
    (lambda kept: kept.update(key=7), "a field of the article is missing"),
]


@pytest.mark.parametrize(("spoil", "said"), BROKEN)
def test_broken_lines_are_named(sqlite: str, tmp_path: Path, spoil: Callable[[dict[str, Any]], Any], said: str) -> None:
    with Store.open(sqlite, create=True) as store:
        fill_small(store)
    exported(sqlite, "jsonl", tmp_path / "out")
    lines = (tmp_path / "out").read_text(encoding="utf-8").splitlines()
    value = json.loads(lines[1])
    spoil(value["mahdar"]["article"])
    lines[1] = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    (tmp_path / "out").write_text("\n".join(lines), encoding="utf-8")
    with Store.open(tmp_path / "new.db", create=True) as store, pytest.raises(RegisterError, match=f"out:2: {said}"):
        list(restore(store, tmp_path / "out"))


def test_other_folders_are_refused(sqlite: str, tmp_path: Path) -> None:
    pytest.importorskip("pyarrow")
    with Store.open(sqlite, create=True) as store:
        fill_small(store)
        (tmp_path / "x").mkdir()
        with pytest.raises(RegisterError, match="is no export of Mahdar"):
            list(restore(store, tmp_path / "x"))
        (tmp_path / "x/manifest.json").write_text('{"format": 99, "rows": {"articles": 1}}')
        with pytest.raises(RegisterError, match="newer Mahdar"):
            list(restore(store, tmp_path / "x"))
    with Register(sqlite) as register:
        export(register, "parquet", tmp_path / "few", articles=False)
    with Store.open(tmp_path / "new.db", create=True) as store, pytest.raises(RegisterError, match="holds no articles"):
        list(restore(store, tmp_path / "few"))
    exported(sqlite, "parquet", tmp_path / "cut")
    part = next((tmp_path / "cut").glob("articles/*/*.parquet"))
    part.write_bytes(part.read_bytes()[:-20])
    with Store.open(tmp_path / "cut.db", create=True) as store, pytest.raises(RegisterError, match="no whole Parquet file"):
        list(restore(store, tmp_path / "cut"))


def test_the_commands(sqlite: str, tmp_path: Path) -> None:
    with Store.open(sqlite, create=True) as store:
        fill_small(store)
    runner = CliRunner()
    done = runner.invoke(main, ["export", "--format", "jsonl", "--articles", "-o", str(tmp_path / "x.jsonl"), "--register", sqlite])
    assert (done.exit_code, done.stderr) == (0, "mahdar: 6 events, 4 articles\n")
    done = runner.invoke(main, ["import", str(tmp_path / "x.jsonl"), "--register", str(tmp_path / "new.db")])
    assert (done.exit_code, done.stderr) == (0, "mahdar: 4 new, 0 new versions, 0 stored already\n")


def exported(url: str, form: Any, target: Path) -> None:
    with Register(url) as register:
        export(register, form, target, articles=True)


def moved(here: str, there: str, form: str, target: Path) -> None:
    exported(here, form, target)
    with Store.open(there, create=True) as store:
        for _ in restore(store, target):
            pass


def exports(url: str, folder: Path) -> dict[str, bytes]:
    """All that can be exported, as bytes."""
    found: dict[str, bytes] = {}
    with Register(url) as register:
        for form in ("csv", "polecat", "cameo", "graphml", "gexf", "geojson"):
            out = io.StringIO()
            export(register, form, out)  # type: ignore[arg-type]
            found[form] = out.getvalue().encode()
        out = io.StringIO()
        export(register, "jsonl", out, articles=True)
        found["jsonl"] = out.getvalue().encode()
        export(register, "parquet", folder)
    found |= {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*.*")) if path.is_file()}
    shutil.rmtree(folder)
    return found


def _nothing() -> Any:
    """A reader that reads nothing, fast."""
    from mahdar.record import Record

    class Idle(Stumbling):
        def read(self, article: Article) -> Record:
            return Record(article.id, article.published, article=article)

    return Idle()
