"""Start-up and completion: what a shell's user notices first."""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner
from keyboard import press_tab, settle

from mahdar.cli.main import main

ROOT = Path(__file__).resolve().parents[2]
SHELLS = ("bash", "zsh", "fish")
LIMIT = 0.5  # seconds of the processor


def spent(*words: str) -> float:
    """The least processor time of three runs."""
    times = []
    for _ in range(3):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run([sys.executable, *words], check=True, capture_output=True, env={**os.environ, "PYTHONPATH": str(ROOT / "src")})
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        times.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return min(times)


@pytest.mark.parametrize("words", [("--help",), ("--version",), ("show", "--help"), ("events", "--help"), ("completion", "bash")])
def test_commands_start_at_once(words: tuple[str, ...]) -> None:
    assert spent("-m", "mahdar.cli.main", *words) <= LIMIT


def test_the_library_starts_at_once() -> None:
    code = "import mahdar; mahdar.load_lexicon()"
    subprocess.run([sys.executable, "-c", code], check=True, env={**os.environ, "PYTHONPATH": str(ROOT / "src")})  # the first start of all compiles the lexicon
    assert spent("-c", "import mahdar") <= 0.15
    assert spent("-c", code) <= LIMIT


def test_the_version_names_program_lexicon_and_reading() -> None:
    from mahdar import __version__, default_reader
    from mahdar.register.ingest import reading_key

    shown = CliRunner().invoke(main, ["--version"]).stdout
    reader = default_reader()
    assert shown == f"mahdar, version {__version__}\nlexicon {reader.lexicon.version}, reading {reading_key(reader)}\n"


@pytest.mark.parametrize("shell", SHELLS)
def test_each_shell_gets_its_script(shell: str) -> None:
    done = CliRunner().invoke(main, ["completion", shell])
    assert done.exit_code == 0
    assert f"_MAHDAR_COMPLETE={shell}_complete" in done.stdout
    assert CliRunner().invoke(main, ["completion", "tcsh"]).exit_code == 2


@pytest.mark.parametrize("shell", SHELLS)
def test_each_script_is_sound(shell: str, folder: Path, shells: dict[str, str]) -> None:
    """As the shell's own parser sees it; the other tests tell what mahdar answers where a shell is not installed."""
    there(shell)
    script = {"bash": "mahdar.bash", "zsh": "_mahdar", "fish": "mahdar.fish"}[shell]
    checked = subprocess.run([shell, "-n", script], cwd=folder, env=shells, capture_output=True, text=True, check=False)
    assert (checked.returncode, checked.stderr) == (0, "")


CASES = (
    ("mahdar ex", {"extract", "explain", "export"}),
    ("mahdar export --for", {"--format"}),
    ("mahdar export --format g", {"graphml", "gexf", "geojson"}),
    ("mahdar export --format=g", {"graphml", "gexf", "geojson"}),
    ("mahdar actors me", {"merge"}),
    ("mahdar completion z", {"zsh"}),
    ("mahdar brief --language ", {"en", "ar"}),
    ("mahdar brief ira", {"iran-nuclear", "iraq"}),
    ("mahdar events --type AG", {"AGREE"}),
    ("mahdar events --type=con", {"CONSULT", "CONCEDE"}),
    ("mahdar export --status p", {"planned", "possible"}),
)
FILES = (
    ("mahdar events --register new", {"news.db", "news2.db"}),
    ("mahdar export --output=new", {"news.db", "news2.db"}),
    ("mahdar show repo", {"report.txt"}),
    ("mahdar ingest --from-records rec", {"records/"}),
)


def answered(shell: str, typed: str) -> list[tuple[str, str]]:
    """What mahdar answers the shell's script: whether a word, a file or a folder may stand there, and which. Bash takes = for a word of its own."""
    words = (typed.replace("=", " = ") if shell == "bash" else typed).split(" ")
    told = typed if shell == "fish" else "\n".join(words).rstrip("\n")
    env = {"_MAHDAR_COMPLETE": f"{shell}_complete", "COMP_WORDS": told, "COMP_CWORD": words[-1] if shell == "fish" else str(len(words) - 1)}
    lines = CliRunner().invoke(main, env=env, prog_name="mahdar").stdout.splitlines()
    if shell == "zsh":
        return list(zip(lines[::3], lines[1::3], strict=True))
    pairs = [line.partition("\t")[0].partition(",") for line in lines]
    return [(kind, word) for kind, _, word in pairs]


@pytest.mark.parametrize("shell", SHELLS)
@pytest.mark.parametrize(("typed", "wanted"), CASES)
def test_what_mahdar_answers_a_shell(typed: str, wanted: set[str], shell: str) -> None:
    """Whether or not the shell is installed."""
    found = answered(shell, typed)
    assert {kind for kind, _ in found} == {"plain"}
    assert {word for _, word in found} == wanted


@pytest.mark.parametrize("shell", SHELLS)
@pytest.mark.parametrize(("typed", "wanted"), FILES)
def test_files_are_left_to_the_shell(typed: str, wanted: set[str], shell: str) -> None:
    kind = "dir" if "--from-records" in typed else "file"
    assert [kind for kind, _ in answered(shell, typed)] == [kind]


@pytest.mark.parametrize("shell", ["bash", "zsh"])
@pytest.mark.parametrize(("typed", "wanted"), [*CASES, *FILES])
def test_tabulator(shell: str, typed: str, wanted: set[str], folder: Path, shells: dict[str, str]) -> None:
    """On a terminal, as people press it."""
    there(shell)
    shown = press_tab(shell, typed, wanted, folder, shells)
    assert all(word in shown for word in wanted), shown


@pytest.mark.parametrize(("typed", "wanted"), [*CASES, *FILES])
def test_fish_completes(typed: str, wanted: set[str], folder: Path, shells: dict[str, str]) -> None:
    """Fish itself says what it would offer, with the option's name where it stands in the same word."""
    there("fish")
    done = subprocess.run(["fish", "--no-config", "-c", f"source mahdar.fish; complete -C '{typed}'"], cwd=folder, env=shells, capture_output=True, text=True, check=False)
    before, joined, _ = typed.split(" ")[-1].partition("=")
    assert {line.partition("\t")[0] for line in done.stdout.splitlines()} == {f"{before}={word}" if joined else word for word in wanted}, done.stderr


def test_fish_tells_the_whole_help(folder: Path, shells: dict[str, str]) -> None:
    there("fish")
    done = subprocess.run(["fish", "--no-config", "-c", "source mahdar.fish; complete -C 'mahdar export --outp'"], cwd=folder, env=shells, capture_output=True, check=False)
    assert "or for parquet the folder, which is replaced" in done.stdout.decode()


def there(shell: str) -> None:
    """Skips, for all to see, what only the shell itself can show."""
    if shutil.which(shell) is None:
        pytest.skip(f"{shell} is not installed: nothing is known of it here but what mahdar answers it")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A user's folder with some files of theirs."""
    made = tmp_path_factory.mktemp("home")
    for name in ("news.db", "news2.db", "report.txt"):
        (made / name).touch()
    (made / "records").mkdir()
    (made / "record.json").touch()
    return made


@pytest.fixture(scope="module")
def shells(folder: Path) -> dict[str, str]:
    """What the shells find in their environment."""
    return settle(folder, ROOT / "src")
