"""A register of the tests' own reports and the samples, real servers over it, and a real browser."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import news
import pytest
from serving import FLAGS, ROOT, Served, mahdar, start

from mahdar.register.questions import Register

if TYPE_CHECKING:
    from playwright.sync_api import Browser


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
