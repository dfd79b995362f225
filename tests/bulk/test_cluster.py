"""The parts of a run under a real Ray of two workers on this machine: a worker killed, the one who runs it killed, an article that kills; nothing lost, nothing twice."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from test_extract import COMMAND, bytes_of, lines, rows, run

from check_extract import marked

pytest.importorskip("ray")
COUNT, SIZE = 400, 10


class Cluster:
    """Runs of the command whose processes, those of their Ray included, are told by a mark in their environment."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.out, self.mark = folder, folder / "out", f"mahdar-test-{uuid.uuid4().hex}"
        self.words = ["extract", str(folder / "x.jsonl"), "--engine", "ray", "--workers", "2", "--part", str(SIZE), "-o", str(self.out)]

    def begin(self, *more: str) -> subprocess.Popen[str]:
        environment = {**os.environ, "MAHDAR_TEST_MARK": self.mark, "RAY_AUTH_MODE": "disabled"}
        environment.pop("RAY_ADDRESS", None)
        return subprocess.Popen([*COMMAND, *self.words, *more], env=environment, stderr=subprocess.PIPE, text=True)

    def processes(self, sign: str = "") -> list[int]:
        return marked(self.mark, sign)

    def done(self) -> int:
        return len(list(self.out.glob("done/*.json")))

    def wait_for(self, count: int, process: subprocess.Popen[str]) -> None:
        until = time.monotonic() + 90
        while self.done() < count and process.poll() is None and time.monotonic() < until:
            time.sleep(0.02)
        assert process.poll() is None, process.communicate()[1]

    def end(self) -> None:
        for number in self.processes():
            with contextlib.suppress(OSError):
                os.kill(number, signal.SIGKILL)


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[Cluster]:
    if not sys.platform.startswith("linux"):
        pytest.skip("its processes are told by /proc")
    (tmp_path / "x.jsonl").write_text(lines(COUNT), encoding="utf-8")
    found = Cluster(tmp_path)
    yield found
    found.end()


def test_workers_and_the_run_itself_may_be_killed(cluster: Cluster, tmp_path: Path) -> None:
    """First an actor, then the process that reads for one, then the run; the same command again completes it."""
    first = cluster.begin()
    cluster.wait_for(3, first)
    for sign in ("ray::Station", "spawn_main"):
        os.kill(cluster.processes(sign)[0], signal.SIGKILL)
        cluster.wait_for(cluster.done() + 3, first)
    before = cluster.done()
    first.kill()
    first.wait()
    if first.stderr is not None:
        first.stderr.close()
    assert 9 <= before < COUNT // SIZE
    until = time.monotonic() + 30
    while cluster.processes("spawn_main") and time.monotonic() < until:  # who reads does not outlive the run
        time.sleep(0.1)
    assert cluster.processes("spawn_main") == []
    again = cluster.begin()
    told = again.communicate(timeout=120)[1]
    assert again.returncode == 0, told
    assert f"mahdar: {COUNT} read (" in told
    assert f"0 skipped, {COUNT // SIZE} parts" in told
    assert [row["id"] for row in rows(cluster.out)] == [f"a{number}" for number in range(COUNT)]
    run("extract", tmp_path / "x.jsonl", "--engine", "local", "--workers", 0, "--part", SIZE, "-o", tmp_path / "here", "--quiet")
    assert bytes_of(cluster.out) == bytes_of(tmp_path / "here")


POISON = """
import os
from mahdar.reading.reader import Reader
from mahdar.lexicon.load import load_lexicon
class Harmed(Reader):
    def read(self, article):
        if article.id == "a3":
            os._exit(9)
        return super().read(article)
def make():
    return Harmed(load_lexicon())
"""


def test_an_article_that_kills_is_refused_and_no_actor_is_lost(tmp_path: Path) -> None:
    (tmp_path / "harm.py").write_text(POISON)
    (tmp_path / "x.jsonl").write_text(lines(20), encoding="utf-8")
    program = (
        "import harm; from mahdar.bulk.run import Run, Settings\n"
        "run = Run.begin(('x.jsonl',), 'out', make=harm.make, settings=Settings(size=10))\n"
        "import json; print(json.dumps([sorted(p.name for p in run.parts('ray', 1)), run.finish()]))"
    )
    environment = {**os.environ, "PYTHONPATH": f"{tmp_path}{os.pathsep}{os.environ.get('PYTHONPATH', '')}", "RAY_AUTH_MODE": "disabled"}
    environment.pop("RAY_ADDRESS", None)
    told = subprocess.run([sys.executable, "-c", program], cwd=tmp_path, env=environment, capture_output=True, text=True, check=True, timeout=120).stdout
    parts, totals = json.loads(told.splitlines()[-1])
    assert (parts, totals["articles"], totals["refused"]) == (["part-000000", "part-000001"], 19, 1)
    assert [row["message"] for row in rows(tmp_path / "out", "rejects")] == ["cannot be read (the process that read it died (status 9)); please report this"]
