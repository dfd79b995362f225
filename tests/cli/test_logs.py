"""What servers and watchers say, as lines of JSON: each an object with its fields, none broken by what was asked."""

from __future__ import annotations

import json
import logging
import sys
from pathlib import Path

import httpx
import pytest
from click.testing import CliRunner

from mahdar.cli.logs import JsonLines, line
from mahdar.cli.main import main

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "server"))

from serving import start


def test_a_record_is_an_object() -> None:
    record = logging.LogRecord("mahdar.access", logging.WARNING, "f", 1, "%s هنا", ("x",), None)
    record.told = {"status": 200}
    told = json.loads(JsonLines().format(record))
    assert {name: told[name] for name in ("level", "logger", "message", "status")} == {"level": "warning", "logger": "mahdar.access", "message": "x هنا", "status": 200}
    assert told["time"].endswith("Z")
    try:
        raise ZeroDivisionError("oops")
    except ZeroDivisionError:
        failed = logging.LogRecord("x", logging.ERROR, "f", 1, "failed", (), sys.exc_info())
    assert "ZeroDivisionError: oops" in json.loads(JsonLines().format(failed))["traceback"]
    assert json.loads(line("info", "a\nb", feed="http://x"))["message"] == "a\nb"


def test_a_server_writes_lines_of_json(tmp_path: Path) -> None:
    (tmp_path / "report.txt").write_text("رفضت طهران طلبا أميركيا للتعاون في العراق.", encoding="utf-8")
    assert CliRunner().invoke(main, ["ingest", str(tmp_path / "report.txt"), "--register", str(tmp_path / "news.db"), "--workers", "0"]).exit_code == 0
    served = start(tmp_path, "--log", "json")
    httpx.get(served.base + "/api/v1/events?actor=x%0d%0a{}", headers={"Authorization": "Bearer s3cret"}, timeout=30)
    httpx.get(served.base + "/healthz", timeout=30)
    served.end()
    lines = [json.loads(each) for each in served.log.read_text(encoding="utf-8").splitlines()]
    assert lines[0]["message"].startswith("opening ")
    assert lines[1]["address"].startswith(served.base)
    asked = [each for each in lines if each["logger"] == "mahdar.access"]
    assert [(each["method"], each["path"], each["status"]) for each in asked] == [("GET", "/api/v1/events", 401), ("GET", "/healthz", 200)]
    assert "s3cret" not in served.log.read_text(encoding="utf-8")


@pytest.mark.parametrize("form", ["text", "json"])
def test_a_watcher_does_too(form: str, tmp_path: Path) -> None:
    (tmp_path / "feeds.toml").write_text('allow = ["127.0.0.1/32"]\n[[feed]]\nurl = "http://127.0.0.1:9/feed"\n', encoding="utf-8")
    done = CliRunner().invoke(main, ["watch", str(tmp_path / "feeds.toml"), "--once", "--log", form, "--register", str(tmp_path / "x.db")])
    assert done.exit_code == 1
    if form == "text":
        assert done.stderr.startswith("mahdar: http://127.0.0.1:9/feed: ")
    else:
        told = json.loads(done.stderr)
        assert (told["level"], told["feed"], told["new"]) == ("warning", "http://127.0.0.1:9/feed", 0)
