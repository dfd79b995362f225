"""The docs are true: every console and Python block runs, every command and option is named.

In a ``console`` block ``$`` lines are run; the lines below them must come out in that order. A line ``…`` stands for
any lines, a trailing ``…`` for the rest of a line, ``# exit N`` after a command for its exit status. ``make`` is only
rehearsed.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import click
import pytest

from mahdar.cli.main import main

ROOT = Path(__file__).resolve().parent.parent
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]
_BLOCK = re.compile(r"^```(console|python)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_EXIT = re.compile(r"\s+# exit (\d+)$")
REPORT = (
    "التقى وزير الخارجية الأميركي جون كيري نظيره الروسي سيرغي لافروف في فيينا يوم الجمعة. "
    'وقال كيري: "المحادثات كانت بناءة". ورفضت طهران طلبا أميركيا للتعاون في العراق.\n'
)


class Step(NamedTuple):
    command: str
    status: int
    output: list[str]


def blocks(kind: str) -> list[object]:
    found = []
    for page in PAGES:
        for number, match in enumerate(_BLOCK.finditer(page.read_text(encoding="utf-8"))):
            if match[1] == kind:
                found.append(pytest.param(match[2], id=f"{page.name}-{number}"))
    return found


def steps(block: str) -> Iterator[Step]:
    step: Step | None = None
    for line in block.splitlines():
        if line.startswith("$ "):
            if step is not None:
                yield step
            status = _EXIT.search(line)
            step = Step(_EXIT.sub("", line[2:]), int(status[1]) if status else 0, [])
        else:
            assert step is not None, "output before any command"
            step.output.append(line.rstrip())
    if step is not None:
        yield step


@pytest.fixture
def workplace(tmp_path: Path) -> Path:
    """A folder like a checkout, with the report that the README shows."""
    (tmp_path / "src").symlink_to(ROOT / "src")
    (tmp_path / "report.txt").write_text(REPORT, encoding="utf-8")
    return tmp_path


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
    return line.startswith(want[:-1].rstrip()) if want.endswith("…") else line == want


@pytest.mark.parametrize("block", blocks("console"))
def test_console_blocks_run(block: str, workplace: Path) -> None:
    env = {**os.environ, "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}
    for step in steps(block):
        command = step.command.replace(".venv/bin/", "")
        if command.startswith("make "):
            subprocess.run(["make", "-n", *command.split()[1:]], cwd=ROOT, check=True, capture_output=True)
            continue
        options = {"cwd": workplace, "env": env, "timeout": 120}
        done = subprocess.run(command, shell=True, capture_output=True, check=False, **options)
        printed = (done.stdout + done.stderr).decode("utf-8")
        assert done.returncode == step.status, f"{command}\n{printed}"
        gone = missing(step.output, [line.rstrip() for line in printed.splitlines()])
        assert gone is None, f"$ {command}\nnot printed (in this order): {gone}\nbut:\n{printed}"


@pytest.mark.parametrize("block", blocks("python"))
def test_python_blocks_run(block: str, workplace: Path) -> None:
    env = {**os.environ, "PYTHONUTF8": "1"}
    done = subprocess.run([sys.executable, "-c", block], cwd=workplace, env=env, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode("utf-8")


def test_every_command_and_option_is_documented() -> None:
    pages = "\n".join(page.read_text(encoding="utf-8") for page in PAGES)
    context = click.Context(main)
    for name in main.list_commands(context):
        assert f"mahdar {name}" in pages
        command = main.get_command(context, name)
        assert command is not None
        for parameter in command.params:
            if isinstance(parameter, click.Option):
                for option in parameter.opts:
                    assert f"`{option}" in pages, f"mahdar {name} {option} is not in README or docs"


def test_links_between_pages_lead_somewhere() -> None:
    for page in PAGES:
        for target in re.findall(r"\]\((?!https?:)([^)#]+)\)", page.read_text(encoding="utf-8")):
            assert (page.parent / target).exists(), f"{page.name}: {target}"
