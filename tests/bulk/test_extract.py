"""A folder of records: the same records as lines, whatever the workers; gone on with, never doubled; and loaded into a register as if read for it."""

from __future__ import annotations

import gzip
import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import fsspec
import pytest
from pyarrow import Table, parquet

import mahdar
from mahdar.bulk.folder import Folder
from mahdar.bulk.pieces import cut, survey
from mahdar.bulk.run import Run, Settings
from mahdar.reading.reader import Reader
from mahdar.record import Article, Record
from shell import run

COMMAND = [sys.executable, "-m", "mahdar.cli.main"]
SENTENCES = (
    "التقى وزير الخارجية الأميركي جون كيري نظيره الروسي سيرغي لافروف في فيينا يوم الجمعة.",
    'وقال كيري: "المحادثات كانت بناءة".',
    "ورفضت طهران طلبا أميركيا للتعاون في العراق.",
)


pytestmark = pytest.mark.usefixtures("lexicon_first")


def line(number: int) -> str:
    return json.dumps({"id": f"a{number}", "published": "2015-10-31", "text": f"النشرة {number}. " + " ".join(SENTENCES[number % 3 :])}, ensure_ascii=False)


def lines(count: int) -> str:
    return "".join(f"{line(number)}\n" for number in range(count))


def rows(folder: Path, kind: str = "records") -> list[dict[str, Any]]:
    return [row for file in sorted((folder / kind).glob("*.parquet")) for row in parquet.read_table(file).to_pylist()]


def bytes_of(folder: Path) -> dict[str, bytes]:
    return {str(file.relative_to(folder)): file.read_bytes() for file in sorted(folder.rglob("*")) if file.is_file()}


@pytest.fixture
def mixed(tmp_path: Path) -> Path:
    """A folder with an input of every kind, good and bad."""
    folder = tmp_path / "in"
    (folder / "below").mkdir(parents=True)
    (folder / "a.jsonl").write_text(lines(5) + '{"id": "cut", "te', encoding="utf-8")
    (folder / "b.jsonl.gz").write_bytes(gzip.compress(lines(12)[len(lines(5)) :].encode()))
    (folder / "c.csv").write_text(f"id,text\nc1,{SENTENCES[0]}\nc2,\n", encoding="utf-8")
    (folder / "d.txt").write_text(SENTENCES[0], encoding="utf-8")
    (folder / "below" / "d.txt").write_bytes(SENTENCES[2].encode("cp1256"))
    (folder / "e.html").write_text(f"<html><body><article><p>{' '.join(SENTENCES)}</p></article></body></html>", encoding="utf-8")
    (folder / "f.txt").write_text("The ministers met.", encoding="utf-8")
    parquet.write_table(Table.from_pylist([{"id": "g1", "text": SENTENCES[1] + SENTENCES[2]}]), folder / "g.parquet")
    body = f"<html><body><article><p>{' '.join(SENTENCES)}</p></article></body></html>".encode()
    answer = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + body
    head = "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://news.example/1\r\nContent-Type: application/http; msgtype=response\r\n"
    head += f"Content-Length: {len(answer)}\r\n\r\n"
    (folder / "h.warc.gz").write_bytes(gzip.compress(head.encode() + answer + b"\r\n\r\n"))
    return folder


# ------------------------------------------------------------------------------------------ what is written


@pytest.mark.parametrize("workers", [0, 2])
def test_the_same_records_as_lines(mixed: Path, tmp_path: Path, workers: int) -> None:
    assert run("extract", mixed, "-o", tmp_path / "lines.jsonl").exit_code == 1
    result = run("extract", mixed, "-o", tmp_path / "out", "--engine", "local", "--workers", workers, "--part", 4)
    as_lines = [json.loads(each) for each in (tmp_path / "lines.jsonl").read_text(encoding="utf-8").splitlines()]
    found = rows(tmp_path / "out")
    records = [json.loads(row["record"]) for row in found]
    assert [record for record in records if record["id"] != "below/d"] == as_lines  # as lines it is refused: no id twice; in a folder it has its path
    assert all(row["id"] == json.loads(row["record"])["id"] for row in found)
    assert {row["id"] for row in found} == {f"a{n}" for n in range(12)} | {"c1", "d", "below/d", "e", "g1", "https://news.example/1"}
    refused = {(Path(row["input"]).name, row["line"], row["message"].partition(":")[0]) for row in rows(tmp_path / "out", "rejects")}
    assert refused == {("a.jsonl", 6, "JSON is cut off"), ("c.csv", 3, "field 'text' is empty"), ("f.txt", 0, "not an Arabic article")}
    assert (result.exit_code, result.stderr.splitlines()[-1]) == (1, "mahdar: 18 read, 3 skipped, 7 parts")
    assert f"mahdar: {mixed / 'a.jsonl'}:6: JSON is cut off: it ends in the middle of a value" in result.stderr


def test_any_number_of_workers_writes_the_same_bytes(mixed: Path, tmp_path: Path) -> None:
    for workers in (0, 1, 3):
        run("extract", mixed, "-o", tmp_path / str(workers), "--engine", "local", "--workers", workers, "--part", 3, "--quiet")
    assert bytes_of(tmp_path / "0") == bytes_of(tmp_path / "1") == bytes_of(tmp_path / "3")


def test_lines_may_be_read_by_workers_too(mixed: Path) -> None:
    assert run("extract", mixed, "--workers", 2, "--keep-going").stdout == run("extract", mixed, "--keep-going").stdout


def test_input_and_output_may_be_anywhere_fsspec_reaches(tmp_path: Path) -> None:
    system = fsspec.filesystem("memory")
    for name, text in (("one.jsonl", lines(3)), ("below/two.txt", SENTENCES[0]), ("notes.doc", "x")):
        system.pipe_file(f"/news/{name}", text.encode())
    assert run("extract", "memory://news", "-o", "memory://out", "--workers", 0, "--part", 2, "--quiet").exit_code == 0
    parts = ("done/part-000000.json", "done/part-000001.json", "manifest.json", "records/part-000000.parquet", "records/part-000001.parquet")
    assert system.find("/out") == [f"/out/{name}" for name in parts]
    again = run("extract", "memory://news/*.jsonl", "memory://news/below/two.txt", "-o", tmp_path / "here", "--engine", "local", "--workers", 0)
    assert again.exit_code == 0
    assert [row["id"] for row in rows(tmp_path / "here")] == ["a0", "a1", "a2", "two"]
    assert "no such file" in run("extract", "memory://news/none.jsonl").stderr
    assert "cannot be reached" in run("extract", "nosuch://x/y").stderr
    loaded = run("ingest", "--from-records", "memory://out", "--register", tmp_path / "m.db", "--workers", 0)
    assert loaded.stderr == "mahdar: 4 new, 0 new versions, 0 stored already, 0 refused\n"


def test_parts_depend_on_the_input_alone(mixed: Path) -> None:
    pieces = list(cut(survey([str(mixed)]), size=4, encoding=None, limit=1_000_000))
    assert [piece.name for piece in pieces] == [f"part-{number:06}" for number in range(len(pieces))]
    assert [len(piece.content) for piece in pieces] == [4, 4, 4, 4, 3, 1, 1]  # an archive is a part by itself


def test_long_articles_make_smaller_parts(tmp_path: Path) -> None:
    (tmp_path / "x.jsonl").write_text("".join(json.dumps({"id": n, "text": "قال " * 800_000}) + "\n" for n in range(5)))
    assert [len(piece.content) for piece in cut(survey([str(tmp_path)]), size=1000, encoding=None, limit=20_000_000)] == [3, 2]


# ------------------------------------------------------------------------------------------ going on


def test_a_file_that_a_killed_runs_worker_begins_late_is_gone_in_the_end(tmp_path: Path) -> None:
    folder = Folder(str(tmp_path / "out"))
    folder.begin({"input": "x"})
    late = tmp_path / "out" / "records" / ".part-late"
    late.parent.mkdir(exist_ok=True)
    late.write_text("PAR1")
    assert folder.finish() == {"parts": 0}
    assert not late.exists()


def test_a_killed_run_is_gone_on_with(tmp_path: Path) -> None:
    (tmp_path / "x.jsonl").write_text(lines(600), encoding="utf-8")
    options = ["extract", str(tmp_path / "x.jsonl"), "--engine", "local", "--workers", "2", "--part", "20"]
    out = tmp_path / "out"
    with subprocess.Popen([*COMMAND, *options, "-o", str(out)], stderr=subprocess.DEVNULL) as process:
        while len(Folder(str(out)).names("done")) < 3 and process.poll() is None:
            time.sleep(0.01)
        process.send_signal(signal.SIGKILL)
    # What the parts done by now hold; a worker may outlive its killed driver and end one more.
    there = {name: os.stat(out / "records" / f"{Path(name).stem}.parquet").st_mtime_ns for name in Folder(str(out)).names("done")}
    assert 3 <= len(there) < 30
    (out / "records" / ".part-0").write_text("half")
    result = run(*options, "-o", out)
    assert result.stderr.startswith("mahdar: 600 read (")
    assert {name: os.stat(out / "records" / f"{Path(name).stem}.parquet").st_mtime_ns for name in there} == there  # what was done was not done again
    run(*options, "-o", tmp_path / "clean", "--quiet")
    assert bytes_of(out) == bytes_of(tmp_path / "clean")
    assert [row["id"] for row in rows(out)] == [f"a{n}" for n in range(600)]
    assert run(*options, "-o", out).stderr == "mahdar: 600 read (600 of them before), 0 skipped, 30 parts\n"


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (["--part", "5"], "was begun with other settings"),
        (["--max-size", "1"], "was begun with other settings"),
        (["--lexicon", "rows"], "was begun with other program or lexicon"),
        (["input"], "was begun with other input"),
    ],
)
def test_another_run_does_not_go_on_in_its_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, change: list[str], message: str) -> None:
    monkeypatch.chdir(tmp_path)
    Path("x.jsonl").write_text(lines(3), encoding="utf-8")
    Path("rows").mkdir()
    Path("rows/states.yaml").write_text("- {code: XAA, en: Fantasia, names: [بلاد الخيال]}\n", encoding="utf-8")
    assert run("extract", "x.jsonl", "-o", "out", "--engine", "local", "--workers", 0).exit_code == 0
    if change == ["input"]:
        Path("x.jsonl").write_text(lines(4), encoding="utf-8")
        change = []
    result = run("extract", "x.jsonl", "-o", "out", "--engine", "local", "--workers", 0, *change)
    assert (result.exit_code, result.stderr) == (1, f"mahdar: out: {message}; give the same to go on, or name another folder\n")


def test_folders_of_something_else_are_left_alone(tmp_path: Path) -> None:
    (tmp_path / "x.jsonl").write_text(lines(1), encoding="utf-8")
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.doc").write_text("x")
    assert "is there already and holds no records" in run("extract", tmp_path / "x.jsonl", "-o", tmp_path / "mine", "--workers", 0).stderr
    assert "is a file; name a folder" in run("extract", tmp_path / "x.jsonl", "-o", tmp_path / "x.jsonl", "--engine", "local", "--workers", 0).stderr
    assert run("extract", tmp_path / "x.jsonl", "--engine", "local").exit_code == 2
    assert "give the file" in run("extract", "-", "-o", tmp_path / "out", "--engine", "local").stderr


# ------------------------------------------------------------------------------------------ articles that do harm


class Harmed(Reader):
    """Dies, stalls or stumbles at some articles."""

    def read(self, article: Article) -> Record:
        if article.id == "a3":
            os.kill(os.getpid(), signal.SIGKILL)
        if article.id == "a5":
            time.sleep(60)
        if article.id == "a6":
            raise ZeroDivisionError("oops")
        return super().read(article)


def test_an_article_that_does_harm_is_refused_and_nothing_else(tmp_path: Path) -> None:
    (tmp_path / "x.jsonl").write_text(lines(10), encoding="utf-8")
    reader = Harmed(mahdar.default_reader().lexicon)
    made = Run.begin((str(tmp_path / "x.jsonl"),), str(tmp_path / "out"), make=lambda: reader, settings=Settings(size=8, patience=2.0))
    parts = list(made.parts("local", 2))
    assert [row["id"] for row in rows(tmp_path / "out")] == ["a0", "a1", "a2", "a4", "a7", "a8", "a9"]
    assert [(row["line"], row["reason"], row["message"]) for row in rows(tmp_path / "out", "rejects")] == [
        (4, "reader", "cannot be read (the process that read it died (SIGKILL: out of memory?)); please report this"),
        (6, "reader", "cannot be read (not read within 2 s); please report this"),
        (7, "reader", "article 'a6': cannot be read (ZeroDivisionError: oops); please report this"),
    ]
    assert [part.counts["refused"] for part in parts] == [3, 0]
    assert made.finish()["articles"] == 7


def test_a_process_that_has_grown_forgets_words_and_reads_the_same(mixed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run("extract", mixed, "-o", tmp_path / "one", "--engine", "local", "--workers", 0, "--part", 4, "--quiet")
    monkeypatch.setattr("mahdar.bulk.part._MEMORY", 1)
    made: list[Reader] = []

    class Counted(Reader):
        def __init__(self, *given: Any, **more: Any) -> None:
            super().__init__(*given, **more)
            made.append(self)

    lexicon = mahdar.default_reader().lexicon
    begun = Run.begin((str(mixed),), str(tmp_path / "two"), make=lambda: Counted(lexicon), settings=Settings(size=4))
    assert len(list(begun.parts("local", 0))) + 1 == len(made) == 8
    begun.finish()
    assert bytes_of(tmp_path / "one") == bytes_of(tmp_path / "two")


# ------------------------------------------------------------------------------------------ into a register


def exported(register: Path, folder: Path) -> str:
    run("export", "--format", "jsonl", "--articles", "--register", register, "-o", folder / "x.jsonl", "--quiet")
    text = (folder / "x.jsonl").read_text(encoding="utf-8")
    return re.sub(r'"(read_at|seen)":"[^"]*"', "", text)  # the moment is another


@pytest.mark.parametrize("workers", [0, 2])
def test_a_register_of_records_is_that_of_the_articles(mixed: Path, tmp_path: Path, workers: int) -> None:
    run("extract", mixed, "-o", tmp_path / "out", "--engine", "local", "--workers", 0, "--part", 4, "--quiet")
    plain = run("ingest", mixed, "--register", tmp_path / "plain.db", "--workers", 0, "--batch", 7)
    loaded = run("ingest", "--from-records", tmp_path / "out", "--register", tmp_path / "loaded.db", "--workers", workers, "--batch", 7)
    assert sorted(loaded.stderr.splitlines()) == sorted(plain.stderr.splitlines())
    assert exported(tmp_path / "loaded.db", tmp_path) == exported(tmp_path / "plain.db", tmp_path)
    again = run("ingest", "--from-records", tmp_path / "out", "--register", tmp_path / "loaded.db", "--workers", 0, "--keep-going")
    assert again.stderr.splitlines()[-1] == "mahdar: 0 new, 0 new versions, 18 stored already, 3 refused"


def test_nothing_is_read_anew(mixed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run("extract", mixed, "-o", tmp_path / "out", "--engine", "local", "--workers", 0, "--quiet")
    monkeypatch.setattr(Reader, "read", lambda *_: pytest.fail("read anew"))
    assert "18 new" in run("ingest", "--from-records", tmp_path / "out", "--register", tmp_path / "x.db", "--workers", 0).stderr


def test_folders_that_cannot_be_loaded(tmp_path: Path) -> None:
    (tmp_path / "x.jsonl").write_text(lines(3), encoding="utf-8")
    out = tmp_path / "out"
    run("extract", tmp_path / "x.jsonl", "-o", out, "--engine", "local", "--workers", 0, "--quiet")
    manifest = json.loads((out / "manifest.json").read_text())

    def message(**changed: Any) -> str:
        (out / "manifest.json").write_text(json.dumps({name: value for name, value in (manifest | changed).items() if value is not None}))
        result = run("ingest", "--from-records", out, "--register", tmp_path / "x.db", "--workers", 0)
        assert result.exit_code == 1
        return result.stderr

    assert "holds no records; give a folder" in message(format=None)
    assert "written by a newer Mahdar" in message(format=99)
    assert "is not complete; run the same `mahdar extract` again" in message(complete=None)
    assert "was read with another program or lexicon (reading 0, this one is" in message(reading="0")
    assert not (tmp_path / "x.db").exists()
    (out / "records" / "part-000000.parquet").write_bytes(b"PAR1")
    assert "part-000000.parquet: is no whole Parquet file" in message()
    assert run("ingest", "--register", tmp_path / "x.db").exit_code == 2
    assert run("ingest", tmp_path / "x.jsonl", "--from-records", out).exit_code == 2
