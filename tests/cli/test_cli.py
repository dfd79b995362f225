"""The commands as people and scripts meet them: order, messages, exit status, and never a traceback."""

from __future__ import annotations

import gzip
import json
import os
import pty
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

import mahdar
from mahdar.cli import common
from mahdar.cli.explain import as_dict, render, select
from mahdar.cli.main import main
from mahdar.gaps import KINDS
from mahdar.reading.explain import Alternative, Explanation, Trace
from mahdar.record import Article, Record, Span

TEXT = (
    "التقى وزير الخارجية الأميركي جون كيري نظيره الروسي سيرغي لافروف في فيينا يوم الجمعة. "
    "وقال كيري إن بلاده ترحب بالاتفاق الذي تم التوصل إليه مع الجانب الروسي."
)


def line(**fields: Any) -> str:
    return json.dumps({"id": "a", "text": TEXT, "published": "2015-10-31", **fields}, ensure_ascii=False)


def run(*arguments: object, stdin: str | None = None) -> Result:
    result = CliRunner().invoke(main, [str(argument) for argument in arguments], input=stdin)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    assert "Traceback" not in result.output
    return result


def shell(*arguments: object, **options: Any) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "mahdar.cli.main", *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, timeout=120, check=False, **options)
    assert b"Traceback" not in done.stderr, done.stderr.decode()
    return done


@pytest.fixture
def inputs(tmp_path: Path) -> Path:
    """Good and bad articles side by side."""
    rows = [line(id="a1"), line(id="cut")[:-30], line(id="a1"), "", line(id="a2"), json.dumps({"id": "none"})]
    (tmp_path / "1.jsonl").write_text("\n".join(rows), encoding="utf-8")
    (tmp_path / "2.txt").write_bytes(TEXT.encode("cp1256"))
    (tmp_path / "3.html").write_text("<html><body><nav>x</nav></body></html>", encoding="utf-8")
    (tmp_path / "4.txt").write_bytes(b"\0\1\2" * 100)
    (tmp_path / "5.txt.gz").write_bytes(gzip.compress(TEXT.encode("utf-16")))
    (tmp_path / "6.txt").write_text("Nothing Arabic about this one.", encoding="utf-8")
    return tmp_path


# ------------------------------------------------------------------------------------------ extract


def test_good_and_bad_in_order(inputs: Path) -> None:
    result = run("extract", inputs)
    assert result.exit_code == 1
    assert [json.loads(row)["id"] for row in result.stdout.splitlines()] == ["a1", "a2", "2", "5"]
    errors = result.stderr.splitlines()
    assert errors[0] == f"mahdar: {inputs}/1.jsonl:2: JSON is cut off: it ends in the middle of a value"
    assert errors[1] == f"mahdar: {inputs}/1.jsonl:3: duplicate id 'a1', first seen at {inputs}/1.jsonl:1"
    assert errors[2] == f"mahdar: {inputs}/1.jsonl:6: missing field 'text'"
    assert errors[3].startswith(f"mahdar: {inputs}/3.html: no article text")
    assert errors[4].startswith(f"mahdar: {inputs}/4.txt: binary")
    assert errors[5].startswith(f"mahdar: {inputs}/6.txt: not an Arabic article")
    assert errors[6:] == ["mahdar: 4 read, 6 skipped"]


def test_keep_going_and_quiet(inputs: Path) -> None:
    assert run("extract", inputs, "--keep-going").exit_code == 0
    quiet = run("extract", inputs, "--quiet")
    assert quiet.exit_code == 1
    assert "skipped" not in quiet.stderr
    assert "missing field" in quiet.stderr


def test_all_good_is_success(samples: Path) -> None:
    result = run("extract", samples)
    assert result.exit_code == 0
    assert result.stderr == "mahdar: 8 read, 0 skipped\n"


def test_records_are_the_librarys(samples: Path) -> None:
    rows = [json.loads(row) for row in run("extract", samples / "wire.jsonl").stdout.splitlines()]
    for row, article in zip(rows, mahdar.read_articles([samples / "wire.jsonl"]), strict=True):
        assert isinstance(article, Article)
        assert row == json.loads(json.dumps(mahdar.default_reader().read(article).to_json()))


def test_with_text_spans_can_be_read(samples: Path) -> None:
    (row,) = map(json.loads, run("extract", samples / "paris-2016.html", "--with-text").stdout.splitlines())
    for actor in row["actors"]:
        for start, end in actor["mentions"]:
            assert row["text"][start:end].strip()
    assert row["title"]


def test_output_file_is_replaced_only_when_complete(inputs: Path, tmp_path: Path) -> None:
    target = tmp_path / "out.jsonl"
    target.write_text("old")
    target.chmod(0o640)
    assert run("extract", inputs, "-o", target).exit_code == 1
    assert len(target.read_text(encoding="utf-8").splitlines()) == 4
    assert stat.S_IMODE(target.stat().st_mode) == 0o640
    assert [path.name for path in tmp_path.iterdir() if path.suffix == ".part"] == []


def test_a_failed_run_leaves_the_old_output(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "out.jsonl"
    target.write_text("old")

    def broken(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("mahdar.cli.extract._line", broken)
    (tmp_path / "x.txt").write_text(TEXT, encoding="utf-8")
    result = run("extract", tmp_path / "x.txt", "-o", target)
    assert result.exit_code == 130
    assert result.stderr == "mahdar: interrupted\n"
    assert target.read_text() == "old"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out.jsonl", "x.txt"]


def test_output_through_a_link_and_to_a_device(tmp_path: Path, samples: Path) -> None:
    real, link = tmp_path / "real.jsonl", tmp_path / "link.jsonl"
    real.write_text("old")
    link.symlink_to(real)
    assert run("extract", samples / "vienna-2015.txt", "-o", link).exit_code == 0
    assert link.is_symlink()
    assert json.loads(real.read_text(encoding="utf-8"))["id"] == "vienna-2015"
    assert run("extract", samples / "vienna-2015.txt", "-o", os.devnull).exit_code == 0
    assert not Path(os.devnull).is_file()


def test_wrong_usage_is_two(tmp_path: Path, samples: Path) -> None:
    for arguments in (
        ["extract"],
        ["extract", samples, "-o", tmp_path / "none" / "x.jsonl"],
        ["extract", samples, "--encoding", "no-such"],
        ["extract", samples, "--lexicon", tmp_path / "none"],
        ["extract", samples, "--max-size", "0"],
        ["show", samples, "--published", "yesterday"],
        ["explain", samples / "vienna-2015.txt"],
        ["explain", samples / "vienna-2015.txt", "--at", "1", "--item", "event:0"],
        ["explain", samples / "vienna-2015.txt", "--item", "event"],
        ["explain", samples, "--at", "1"],
        ["none"],
    ):
        assert run(*arguments).exit_code == 2, arguments


def test_a_defect_of_ours_skips_one_article(samples: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    reader = mahdar.default_reader()

    class Broken:
        def read(self, article: Article) -> Record:
            if article.id == "havana-2015":
                raise ZeroDivisionError("oops")
            return reader.read(article)

    monkeypatch.setattr("mahdar.cli.extract.make_reader", lambda folders: Broken())
    result = run("extract", samples / "wire.jsonl")
    assert result.exit_code == 1
    assert "article 'havana-2015': cannot be read (ZeroDivisionError: oops); please report this" in result.stderr
    assert len(result.stdout.splitlines()) == 3


def test_lexicon_option_is_passed_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[object] = []
    monkeypatch.setattr("mahdar.lexicon.load.load_lexicon", lambda *folders: seen.extend(folders))
    monkeypatch.setattr("mahdar.reading.reader.Reader", lambda lexicon: "reader")
    assert common.make_reader((tmp_path,)) == "reader"  # type: ignore[comparison-overlap]
    assert seen == [tmp_path]


def test_real_process_stdin_to_stdout() -> None:
    done = shell("extract", "-", input=(line(id="x") + "\n{\n").encode())
    assert done.returncode == 1
    assert json.loads(done.stdout)["id"] == "x"
    assert done.stderr.decode() == (
        "mahdar: <stdin>:2: JSON is cut off: it ends in the middle of a value\nmahdar: 1 read, 1 skipped\n"
    )


def test_output_is_utf8_in_any_locale(samples: Path) -> None:
    env = {**os.environ, "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONIOENCODING": "ascii"}
    done = shell("extract", samples / "vienna-2015.txt", env=env)
    assert done.returncode == 0
    assert "إيران" in done.stdout.decode("utf-8")
    assert shell("show", samples / "vienna-2015.txt", env=env).returncode == 0


def test_odd_file_names(tmp_path: Path) -> None:
    name = os.fsencode(tmp_path) + b"/bad\xff\x1b[31m.txt"
    try:
        Path(os.fsdecode(name)).write_text(TEXT, encoding="utf-8")
    except OSError:
        pytest.skip("this file system refuses the name")
    done = shell("extract", tmp_path, tmp_path / "none\nname.txt")
    assert done.returncode == 1
    assert json.loads(done.stdout.decode("utf-8"))["id"] == "bad\ufffd\ufffd[31m"
    assert done.stderr.count(b"\n") == 2
    assert b"\x1b" not in done.stderr


def test_a_reader_that_leaves_is_no_error(tmp_path: Path) -> None:
    rows = "\n".join(line(id=f"a{n}") for n in range(400))
    (tmp_path / "many.jsonl").write_text(rows, encoding="utf-8")
    command = [sys.executable, "-m", "mahdar.cli.main", "extract", str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        errors = process.stderr.read()
        assert process.wait(60) == 141
    assert errors == b""


def test_interrupt_ends_with_a_word(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "mahdar.cli.main", "extract", "-", "-o", str(tmp_path / "out.jsonl")]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    default = lambda: signal.signal(signal.SIGINT, signal.SIG_DFL)  # noqa: E731  background jobs ignore it
    with subprocess.Popen(command, preexec_fn=default, **pipes) as process:  # type: ignore[call-overload]
        process.stdin.write(b"\n".join(line(id=f"a{n}").encode() for n in range(40)))
        process.stdin.flush()
        for _ in range(200):
            if list(tmp_path.iterdir()):
                break
            time.sleep(0.05)
        process.send_signal(signal.SIGINT)
        errors = process.stderr.read()
        assert process.wait(60) == 130
    assert errors == b"mahdar: interrupted\n"
    assert list(tmp_path.iterdir()) == []


# --------------------------------------------------------------------------------------------- show


def test_show_in_a_pipe_is_plain(samples: Path) -> None:
    done = shell("show", samples / "wire.jsonl", "--bidi")
    assert done.returncode == 0
    assert b"\x1b" not in done.stdout
    assert done.stderr.decode() == "mahdar: --bidi ignored: standard output is not a terminal\n"
    text = done.stdout.decode("utf-8")
    assert "── minsk-2015 · 2015-02-12" in text
    assert "فلاديمير بوتين" in text
    for heading in ("Actors", "Statements", "Events", "Positions"):
        assert text.count(f"\n{heading}") == 4


def test_show_one_of_many(samples: Path) -> None:
    result = run("show", samples, "--id", "truce-2016")
    assert result.exit_code == 0
    assert result.stdout.count("── ") == 1
    assert run("show", samples, "--id", "none").exit_code == 1


def test_show_dates_undated_articles(samples: Path) -> None:
    result = run("show", samples / "vienna-2015.txt", "--published", "2015-07-14")
    assert "── vienna-2015 · 2015-07-14" in result.stdout
    dated = run("show", samples / "wire.jsonl", "--id", "minsk-2015", "--published", "2020-01-01")
    assert "2015-02-12" in dated.stdout.splitlines()[0]


def on_terminal(*arguments: object, env: dict[str, str] | None = None) -> str:
    """What a command prints on a terminal."""
    leader, follower = pty.openpty()
    command = [sys.executable, "-m", "mahdar.cli.main", *map(str, arguments)]
    environment = {key: value for key, value in os.environ.items() if key != "NO_COLOR"}
    environment.update({"TERM": "xterm", "COLUMNS": "80", **(env or {})})
    with subprocess.Popen(command, stdout=follower, stderr=subprocess.DEVNULL, env=environment) as process:
        os.close(follower)
        chunks = []
        while True:
            try:
                chunk = os.read(leader, 65536)
            except OSError:
                break
            if not chunk:
                break
            chunks.append(chunk)
        assert process.wait(60) == 0
    os.close(leader)
    return b"".join(chunks).decode("utf-8")


def test_show_on_a_terminal(samples: Path) -> None:
    path = samples / "vienna-2015.txt"
    plain = on_terminal("show", path)
    assert "\x1b[1mActors" in plain
    assert "الإيراني" in plain
    assert "\x1b" not in on_terminal("show", path, env={"NO_COLOR": "1"})
    shaped = on_terminal("show", path, "--bidi")
    assert "الإيراني" not in shaped
    assert any("\ufe70" <= char <= "\ufefc" for char in shaped)


# ------------------------------------------------------------------------------------------ explain

ARTICLE = Article("x", "التقى كيري لافروف")
EXPLANATION = Explanation(
    Record("x", None, article=ARTICLE),
    (
        Trace(
            "event", 0, "consult.meet", (("trigger", Span(0, 5)), ("source", Span(6, 10))), 1.5, (("frame", 1.0),),
            (Alternative("target لافروف as source", Span(11, 17), 0.5, "farther from the verb"),),
        ),
        Trace("event", -1, "agree.meet", (("trigger", Span(0, 5)),), -0.25),
        Trace("statement", 0, "cue.say", (("cue", Span(11, 17)),), 1.0),
    ),
)  # fmt: skip


def test_traces_are_found_by_offset_and_item() -> None:
    assert [trace.rule for trace in select(EXPLANATION, 3, None)] == ["consult.meet", "agree.meet"]
    assert select(EXPLANATION, 5, None) == []
    assert [trace.rule for trace in select(EXPLANATION, None, ("event", "0"))] == ["consult.meet"]
    assert [trace.rule for trace in select(EXPLANATION, None, ("statement", "0"))] == ["cue.say"]
    assert select(EXPLANATION, None, ("actor", "a9")) == []


def test_traces_as_lines_and_json() -> None:
    text = render(list(EXPLANATION.items), EXPLANATION.record)
    assert "event:0  rule consult.meet  score +1.50" in text
    assert "rejected event  rule agree.meet  score -0.25" in text
    assert "lost       target لافروف as source [11, 17) لافروف  score +0.50: farther from the verb" in text
    data = as_dict(EXPLANATION.items[0], EXPLANATION.record)
    assert data["spans"][0] == {"slot": "trigger", "span": [0, 5], "words": "التقى"}
    json.dumps(data)


def test_explain_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Fake:
        def explain(self, article: Article) -> Explanation:
            return EXPLANATION

    monkeypatch.setattr("mahdar.cli.explain.make_reader", lambda folders: Fake())
    path = tmp_path / "x.txt"
    path.write_text(TEXT, encoding="utf-8")
    assert "rule consult.meet" in run("explain", path, "--at", 2).stdout
    rows = json.loads(run("explain", path, "--item", "event:0", "--json").stdout)
    assert [row["rule"] for row in rows] == ["consult.meet"]
    nothing = run("explain", path, "--item", "event:7")
    assert (nothing.exit_code, nothing.stdout) == (1, "nothing was decided there\n")
    missing = run("explain", tmp_path / "none.txt", "--at", 1)
    assert missing.exit_code == 1
    assert "no such file" in missing.stderr


def test_explain_reads_well(samples: Path) -> None:
    path = samples / "vienna-2015.txt"
    record = json.loads(run("extract", path).stdout.splitlines()[0])
    event = record["events"][0]
    lines = run("explain", path, "--item", "event:0").stdout.splitlines()
    assert lines[0].startswith(f"event:0  rule {event['rule']}  score ")
    assert f" → {event['type']}" in lines[1]
    assert lines[2].split()[0] == "trigger"
    assert any(line.startswith("  features ") for line in lines)
    at = run("explain", path, "--at", event["trigger"][0]).stdout
    assert "\nevent:0  rule" in f"\n{at}"
    heads = [part.splitlines()[0] for part in at.split("\n\n")]
    assert heads == sorted(heads, key=lambda head: head.startswith("rejected"))
    actor = f"actor:{event['source'][0]}"
    assert run("explain", path, "--item", actor).stdout.startswith(f"{actor}  rule ")


def test_every_item_of_a_record_is_explained(samples: Path) -> None:
    for article in mahdar.read_articles([samples]):
        assert isinstance(article, Article)
        explanation = mahdar.default_reader().explain(article)
        assert explanation.record == mahdar.default_reader().read(article)
        explained = {(trace.kind, trace.index) for trace in explanation.items}
        record = explanation.record
        for kind, items in (
            ("actor", record.actors), ("statement", record.statements), ("event", record.events),
            ("position", record.positions),
        ):  # fmt: skip
            assert {(kind, index) for index in range(len(items))} <= explained


# ------------------------------------------------------------------------------------------ start-up


def test_help_is_light() -> None:
    code = (
        "import sys\nfrom mahdar.cli.main import main\n"
        "try:\n    main(['--help'])\nexcept SystemExit:\n    pass\n"
        "heavy = {'yaml', 'rich', 'trafilatura', 'lxml', 'sqlalchemy', 'mahdar.reading.reader'} & set(sys.modules)\n"
        "sys.exit(f'imported {heavy}' if heavy else 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
    for command in ("extract", "show", "explain", "gaps", "ingest", "watch", "reread", "rejects"):
        assert command.encode() in done.stdout


def test_version_is_the_projects() -> None:
    assert run("--version").stdout.splitlines()[0] == f"mahdar, version {mahdar.__version__}"
    project = Path(__file__).resolve().parents[2] / "pyproject.toml"
    assert f'version = "{mahdar.__version__}"' in project.read_text(encoding="utf-8")


def test_every_exported_name_is_there() -> None:
    for name in mahdar.__all__:
        assert getattr(mahdar, name) is not None
    with pytest.raises(AttributeError):
        _ = mahdar.nothing


# --------------------------------------------------------------------------------------------- gaps

GAPPY = "وقال المقاول إن القوات دخلت إلى بلدة كفرزيتون. وقال البحار إن السفينة غرقت.\n"


def test_gaps_lists_by_kind_with_counts_and_examples(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(GAPPY, encoding="utf-8")
    (tmp_path / "b.txt").write_text(GAPPY.split(".")[0] + ".", encoding="utf-8")
    result = run("gaps", tmp_path)
    assert (result.exit_code, result.stderr) == (0, "mahdar: 2 read, 0 skipped\n")
    blocks = result.stdout.split("\n\n")
    assert [block.split(":")[0] for block in blocks] == list(KINDS)
    lines = blocks[0].splitlines()
    assert lines[1].startswith("  3 in 2 articles, 2 different; add to roles.yaml")
    assert lines[2].startswith("     2  المقاول   (")
    assert lines[3] == "        [a] وقال ‹المقاول› إن القوات دخلت إلى بلدة كفرزيتون."
    assert lines[4].startswith("        [b] ")


def test_gaps_kind_top_and_json(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(GAPPY, encoding="utf-8")
    cut = run("gaps", tmp_path, "--kind", "speaker", "--top", 1).stdout
    assert "1 more; --top 2 shows all" in cut
    data = json.loads(run("gaps", tmp_path, "--kind", "place", "--kind", "speaker", "--top", 1, "--json").stdout)
    assert data["articles"] == 1
    speaker, place = data["gaps"]
    assert (speaker["kind"], speaker["total"], speaker["different"], len(speaker["rows"])) == ("speaker", 2, 2, 1)
    assert (place["kind"], place["add_to"]) == ("place", "places.yaml, states.yaml (cities)")
    (row,) = place["rows"]
    (example,) = row["examples"]
    assert (row["words"], row["count"], row["articles"], example["article"]) == ("كفرزيتون", 1, 1, "a")
    assert example["sentence"][slice(*example["span"])] == "كفرزيتون"


def test_gaps_of_the_samples(samples: Path) -> None:
    data = json.loads(run("gaps", samples, "--json", "--quiet").stdout)
    assert data["articles"] == 8
    for gap in data["gaps"]:
        assert gap["different"] == len(gap["rows"]) <= gap["total"]
        counts = [row["count"] for row in gap["rows"]]
        assert counts == sorted(counts, reverse=True)
        assert all(1 <= len(row["examples"]) <= 2 for row in gap["rows"])


def test_gaps_skips_and_says_so(inputs: Path) -> None:
    result = run("gaps", inputs)
    assert result.exit_code == 1
    assert result.stderr.splitlines()[-1] == "mahdar: 4 read, 6 skipped"
    going = run("gaps", inputs, "--keep-going", "--quiet")
    assert going.exit_code == 0
    assert "duplicate id 'a1'" in going.stderr
    assert " skipped" not in going.stderr
    assert run("gaps", inputs, "--kind", "none").exit_code == 2
    assert run("gaps", inputs, "--top", "0").exit_code == 2


def test_gaps_with_own_rows(tmp_path: Path) -> None:
    text, mine = tmp_path / "a.txt", tmp_path / "mine"
    text.write_text(GAPPY, encoding="utf-8")
    mine.mkdir()
    (mine / "places.yaml").write_text("- {code: SYR, names: [كفرزيتون]}\n", encoding="utf-8")
    assert "كفرزيتون" in run("gaps", text, "--kind", "place").stdout
    assert "كفرزيتون" not in run("gaps", text, "--kind", "place", "--lexicon", mine).stdout
