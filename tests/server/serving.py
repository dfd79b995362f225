"""What the tests of the server do from outside: commands of the shell, and servers in processes of their own."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

ROOT = Path(__file__).resolve().parents[2]
SHOTS = ROOT / "out" / "screenshots"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"]


@dataclass
class Served:
    """A server that runs: its address, the process, what it wrote so far."""

    base: str
    process: subprocess.Popen[str]
    log: Path
    tokens: Path

    def get(self, path: str, **options: Any) -> httpx.Response:
        return httpx.get(self.base + path, timeout=60, **options)

    def end(self) -> int:
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(20)


def mahdar(*words: str, status: int = 0) -> subprocess.CompletedProcess[str]:
    """A command of the shell, as users have it."""
    done = subprocess.run([sys.executable, "-m", "mahdar.cli.main", *words], capture_output=True, text=True, check=False, env=environment(), timeout=180)
    assert done.returncode == status, done.stderr
    return done


def environment() -> dict[str, str]:
    return {**os.environ, "PYTHONUTF8": "1", "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), os.environ.get("PYTHONPATH", "")]).strip(os.pathsep)}


def start(place: Path, *options: str, register: Path | None = None) -> Served:
    """A server on a free port, once it answers."""
    number = len(list(place.glob("serve*.log")))
    log, tokens = place / f"serve{number}.log", place / f"tokens{number}.json"
    command = [sys.executable, "-m", "mahdar.cli.main", "serve", "--register", str(register or place / "news.db"), "--port", "0", "--tokens", str(tokens), *options]
    with log.open("w", encoding="utf-8") as out:
        process = subprocess.Popen(command, stdout=out, stderr=subprocess.STDOUT, text=True, env=environment())
    found = None
    for _ in range(600):
        found = re.search(r"open (http://\S+)/ in", log.read_text(encoding="utf-8"))
        if found or process.poll() is not None:
            break
        time.sleep(0.1)
    assert found, log.read_text(encoding="utf-8")
    return Served(found[1], process, log, tokens)
