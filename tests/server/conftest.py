"""A register of the tests' own reports and the samples, real servers over it in processes of their own, and a real browser."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx
import news
import pytest

from mahdar.register.questions import Register

if TYPE_CHECKING:
    from playwright.sync_api import Browser

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


@pytest.fixture(scope="session")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the register that all servers of the run read."""
    folder = tmp_path_factory.mktemp("server")
    news.write(folder / "news.jsonl", *news.HOSTILE)
    mahdar("ingest", str(folder / "news.jsonl"), str(ROOT / "src/mahdar/samples"), "--register", str(folder / "news.db"), "--workers", "0", "--quiet")
    return folder


@pytest.fixture(scope="session")
def register(place: Path) -> Iterator[Register]:
    with Register(place / "news.db") as opened:
        yield opened


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
        import time

        time.sleep(0.1)
    assert found, log.read_text(encoding="utf-8")
    return Served(found[1], process, log, tokens)


@pytest.fixture(scope="session")
def served(place: Path) -> Iterator[Served]:
    """The server as it starts without any option."""
    running = start(place, "--rate", "0")
    yield running
    running.end()


@pytest.fixture
def serve(place: Path) -> Iterator[Callable[..., Served]]:
    """Start further servers, ended with the test."""
    running: list[Served] = []

    def begin(*options: str, register: Path | None = None) -> Served:
        running.append(start(place, *options, register=register))
        return running[-1]

    yield begin
    for each in running:
        if each.process.poll() is None:
            each.end()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium as the system has it."""
    from playwright.sync_api import sync_playwright

    found = os.environ.get("MAHDAR_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if found is None:
        pytest.fail("no Chromium for the tests of the pages: `make browser` installs Debian's, MAHDAR_CHROMIUM names another")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=found, args=FLAGS)
        yield opened
        opened.close()
