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
    if shutil.which(shell):
        checked = subprocess.run([shell, "-n"], input=done.stdout.encode(), capture_output=True, check=False)
        assert checked.returncode == 0, checked.stderr
    assert CliRunner().invoke(main, ["completion", "tcsh"]).exit_code == 2


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("mahdar ex", {"extract", "explain", "export"}), ("mahdar export --for", {"--format"}), ("mahdar export --format g", {"graphml", "gexf", "geojson"}),
        ("mahdar actors me", {"merge"}), ("mahdar completion z", {"zsh"}), ("mahdar brief --language ", {"en", "ar"}),
    ],
)  # fmt: skip
def test_bash_completes(typed: str, wanted: set[str], tmp_path: Path) -> None:
    """As bash does when the tabulator is pressed behind what was typed."""
    program = tmp_path / "mahdar"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m mahdar.cli.main "$@"\n')
    program.chmod(0o755)
    words = typed.split(" ")
    listed = " ".join(f"'{word}'" for word in words)
    script = f'. <(mahdar completion bash)\nCOMP_WORDS=({listed})\nCOMP_CWORD={len(words) - 1}\n_mahdar_completion mahdar\nprintf "%s\\n" "${{COMPREPLY[@]}}"'
    env = {**os.environ, "PATH": f"{tmp_path}{os.pathsep}{os.environ['PATH']}", "PYTHONPATH": str(ROOT / "src")}
    done = subprocess.run(["bash", "-c", script], env=env, capture_output=True, text=True, check=False)
    assert set(done.stdout.split()) == wanted, done.stderr
