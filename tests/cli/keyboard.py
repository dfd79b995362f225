"""Shells as people use them: on a terminal, with the tabulator pressed."""

from __future__ import annotations

import contextlib
import os
import pty
import re
import select
import signal
import sys
import time
from pathlib import Path

from click.testing import CliRunner

from mahdar.cli.main import main

_CODES = re.compile(r"\x1b\[[0-9;?]*[a-zA-Z]|\x1b[=>]|\x1b\][^\x07]*\x07|\r")
_PATIENCE = 60.0  # seconds; only a shell that never answers waits so long
_PRESSES = 20


def settle(folder: Path, source: Path) -> dict[str, str]:
    """The environment in which the shells find mahdar and its scripts, which are put into ``folder``."""
    program = folder / "bin" / "mahdar"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m mahdar.cli.main "$@"\n')
    program.chmod(0o755)
    for shell, name in (("bash", "mahdar.bash"), ("zsh", "_mahdar"), ("fish", "mahdar.fish")):
        (folder / name).write_text(CliRunner().invoke(main, ["completion", shell]).stdout)
    (folder / "bashrc").write_text(f"PS1='READY> '\nbind 'set show-all-if-ambiguous on'\nbind 'set enable-bracketed-paste off'\n. {folder}/mahdar.bash\n")
    (folder / ".zshrc").write_text(f"fpath=({folder} $fpath)\nautoload -Uz compinit\ncompinit -u -d {folder}/.zcompdump\nPS1='READY> '\n")
    path = f"{program.parent}{os.pathsep}{os.environ['PATH']}"
    return {**os.environ, "PATH": path, "PYTHONPATH": str(source), "HOME": str(folder), "ZDOTDIR": str(folder), "TERM": "xterm", "LINES": "50", "COLUMNS": "120"}


def press_tab(shell: str, typed: str, wanted: set[str], folder: Path, environment: dict[str, str]) -> str:
    """What bash or zsh shows behind ``typed`` when the tabulator is pressed, as soon as all that is ``wanted`` stands there."""
    words = {"bash": ["bash", "--rcfile", str(folder / "bashrc"), "-i"], "zsh": ["zsh", "-i"]}[shell]
    process, terminal = pty.fork()
    if process == 0:
        os.chdir(folder)
        os.execvpe(words[0], words, environment)
    try:
        _read(terminal, {"READY> "})
        os.write(terminal, typed.encode())
        shown = _read(terminal, {typed.split()[-1]})
        for _ in range(_PRESSES):  # the first puts in what all have in common, the second lists them
            os.write(terminal, b"\t")
            shown = _read(terminal, wanted, _PATIENCE / _PRESSES, shown)
            if _holds(shown, wanted):
                break
        return shown
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.kill(process, signal.SIGKILL)
        os.waitpid(process, 0)
        os.close(terminal)


def _holds(shown: str, wanted: set[str]) -> bool:
    return all(word in shown for word in wanted)


def _read(terminal: int, wanted: set[str], patience: float = _PATIENCE, before: str = "") -> str:
    """What is shown behind ``before`` until all of ``wanted`` is there."""
    shown, end = before.encode(), time.monotonic() + patience
    while time.monotonic() < end:
        if select.select([terminal], [], [], 0.2)[0]:
            try:
                shown += os.read(terminal, 65_536)
            except OSError:  # the shell has ended
                break
        if _holds(plain := _CODES.sub("", shown.decode("utf-8", "replace")), wanted):
            return plain
    return _CODES.sub("", shown.decode("utf-8", "replace"))
