"""What must never be in the source, and what hostile input must never bring about. docs/security.md says why."""

from __future__ import annotations

import ast
import json
import logging
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

import audit
from mahdar.cli.logs import JsonLines
from mahdar.errors import RegisterError
from mahdar.register.connect import address, shown
from mahdar.server import tokens

ROOT = Path(__file__).resolve().parent.parent
SOURCES = sorted((ROOT / "src").rglob("*.py"))

# What runs code that stands in data, or commands of a shell.
FORBIDDEN_MODULES = {"pickle", "cPickle", "marshal", "shelve", "dill", "cloudpickle", "joblib", "code", "codeop", "pty", "telnetlib", "xmlrpc", "commands"}
FORBIDDEN_CALLS = {"eval", "exec", "compile", "__import__", "os.system", "os.popen", "os.execv", "os.execvp", "os.spawnl", "yaml.unsafe_load", "yaml.full_load", "tempfile.mktemp"}
# Where SQL is made of a value that no input reaches: file, and what the value is.
OWN_SQL = {
    "mahdar/export/formats.py": "the size of the cache, a number that the database told",
    "mahdar/register/given.py": "names of columns as our own code writes them; values are bound",
    "mahdar/register/migrations/versions/v0002_words.py": "names of tables and columns in the migration itself",
    "mahdar/register/migrations/versions/v0004_identity.py": "names of tables and columns in the migration itself",
}  # fmt: skip


def name_of(node: ast.expr) -> str:
    if isinstance(node, ast.Name):
        return node.id
    return f"{name_of(node.value)}.{node.attr}" if isinstance(node, ast.Attribute) else ""


def offences(tree: ast.AST, file: str) -> Iterator[str]:
    for node in ast.walk(tree):
        where = f"{file}:{getattr(node, 'lineno', 0)}"
        if isinstance(node, ast.Import | ast.ImportFrom):
            names = [node.module or ""] if isinstance(node, ast.ImportFrom) else [each.name for each in node.names]
            yield from (f"{where}: imports {name}" for name in names if name.partition(".")[0] in FORBIDDEN_MODULES)
        if isinstance(node, ast.Call):
            called = name_of(node.func)
            if called in FORBIDDEN_CALLS:
                yield f"{where}: calls {called}"
            if called.startswith(("subprocess.", "os.spawn", "os.exec")):
                yield f"{where}: starts a program ({called})"
            for word in node.keywords:
                if word.arg in ("shell", "verify") and isinstance(word.value, ast.Constant) and word.value.value is (word.arg == "shell"):
                    yield f"{where}: {word.arg}={word.value.value}"
            if called == "yaml.load" and not any(word.arg == "Loader" for word in node.keywords):
                yield f"{where}: yaml.load without a loader"
            asked = node.args[0] if node.args and called.endswith(("execute", "exec_driver_sql", "text")) else None
            if isinstance(asked, ast.JoinedStr) and file not in OWN_SQL and not _constant(asked):
                yield f"{where}: SQL made of a value"


def _constant(text: ast.JoinedStr) -> bool:
    """Every value put into an SQL text is one of the program's own names: capitals (constants), or names of tables and columns that the schema gives."""
    own = re.compile(r"[A-Z_]+|_[A-Z_]+|(table|kind|pragma|column|columns|named|name|revision)$|.*\.name$")
    return all(own.fullmatch(name_of(part.value)) for part in text.values if isinstance(part, ast.FormattedValue))


def test_nothing_in_the_source_runs_what_stands_in_data() -> None:
    found = [each for path in SOURCES for each in offences(ast.parse(path.read_text(encoding="utf-8")), path.relative_to(ROOT / "src").as_posix())]
    assert found == []


@pytest.mark.parametrize(
    "code",
    [
        "import pickle", "from marshal import loads", "eval(x)", "exec('x')", "import subprocess\nsubprocess.run(x)", "run(x, shell=True)", "get(x, verify=False)",
        "yaml.load(x)", "yaml.unsafe_load(x)", "connection.execute(text(f'SELECT {words}'))", "os.system(x)", "tempfile.mktemp()",
    ],
)  # fmt: skip
def test_the_scan_sees_what_it_looks_for(code: str) -> None:
    assert list(offences(ast.parse(code), "x.py"))


# ------------------------------------------------------------------------------------------ secrets


def test_tokens_are_kept_as_digests_and_compared_in_constant_time(tmp_path: Path) -> None:
    secret, made = tokens.Tokens(tmp_path / "tokens.json").create(scope="read", name="x", days=None, now=tokens.now_utc())
    kept = (tmp_path / "tokens.json").read_text()
    assert secret not in kept
    assert secret.removeprefix("mahdar_") not in kept
    assert made.digest in kept
    assert (tmp_path / "tokens.json").stat().st_mode & 0o077 == 0
    tree = ast.parse((ROOT / "src/mahdar/server/tokens.py").read_text(encoding="utf-8"))
    compared = [name_of(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)]
    assert "hmac.compare_digest" in compared
    for node in ast.walk(tree):  # nowhere is a digest compared in any other way
        if isinstance(node, ast.Compare):
            assert not any("digest" in ast.unparse(side) for side in (node.left, *node.comparators)), ast.unparse(node)


@pytest.mark.parametrize("given", ["postgresql://ali:s3cret@host/db", "postgresql://ali:s3cret@host:port/db", "mysql://ali:s3cret@host/db", "://ali:s3cret@x", "postgresql://ali:s3cr%et@h:99999999/d"])
def test_no_password_is_in_any_message(given: str) -> None:
    try:
        said = shown(address(given))
    except RegisterError as error:
        said = str(error)
    assert "s3cr" not in said


@pytest.mark.parametrize("words", [("events",), ("article", "x"), ("check",), ("backup",), ("doctor",), ("serve",), ("watch", "feeds.toml"), ("ingest", "x.txt", "--workers", "0")])
def test_no_command_prints_a_password(words: tuple[str, ...], tmp_path: Path) -> None:
    (tmp_path / "feeds.toml").write_text("[[feed]]\nurl = 'http://a.example/'\n")
    (tmp_path / "x.txt").write_text("نص")
    command = [sys.executable, "-m", "mahdar.cli.main", *words, "--register", "postgresql://ali:s3cret@127.0.0.1:1/none"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60, cwd=tmp_path)
    assert done.returncode == 1
    assert "ali:***@127.0.0.1" in done.stdout + done.stderr
    assert "s3cret" not in done.stdout + done.stderr
    assert "Traceback" not in done.stderr


def test_logs_cannot_be_forged_by_what_is_asked() -> None:
    """One line a record, whatever a path or a message holds."""
    record = logging.LogRecord("mahdar.access", logging.INFO, "f", 1, "%s %s", ("a\nb", '"\u2028{"level": "error"}'), None)
    record.told = {"path": "/x\r\n{}", "status": 200}
    assert "\n" not in JsonLines().format(record)
    assert "\r" not in JsonLines().format(record)


# ------------------------------------------------------------------------------------------ regular expressions


HOSTILE = (
    "ا" * 50_000, " " * 50_000, "و" * 50_000, "الـ" * 20_000, "(" * 20_000, '"' * 20_001, "a" * 50_000 + "!",
    "1," * 30_000, "قال " * 12_000, "<" * 30_000, "&" * 30_000, "http://" * 9_000, "\u064b" * 50_000, "-" * 50_000,
)  # fmt: skip


def expressions() -> list[object]:
    """Every regular expression that a module of ours keeps."""
    import importlib
    import pkgutil

    import mahdar

    found = {}
    for module in pkgutil.walk_packages(mahdar.__path__, "mahdar."):
        if ".migrations" in module.name or module.name.endswith("__main__"):
            continue
        for name, value in vars(importlib.import_module(module.name)).items():
            if isinstance(value, re.Pattern):
                found[value.pattern, value.flags] = pytest.param(value, id=f"{module.name.removeprefix('mahdar.')}.{name}")
    return list(found.values())


def seconds_of(expression: re.Pattern[str] | re.Pattern[bytes], text: str) -> float:
    """What looking through the text takes of the processor, by the better of two runs."""
    given = text.encode() if isinstance(expression.pattern, bytes) else text
    taken = []
    for _ in range(2):
        began = time.process_time()
        for _, _match in zip(range(100_000), expression.finditer(given), strict=False):  # type: ignore[arg-type]
            pass
        taken.append(time.process_time() - began)
    return min(taken)


@pytest.mark.parametrize("expression", expressions())
def test_no_expression_takes_for_ever(expression: re.Pattern[str] | re.Pattern[bytes]) -> None:
    """Linear, or near enough: fifty thousand characters of the worst we know take no second; on a slow machine, twice what half of them takes."""
    for text in HOSTILE:
        taken = seconds_of(expression, text)
        assert taken < 0.5 or taken < 3 * seconds_of(expression, text[: len(text) // 2]), text[:20]


# ------------------------------------------------------------------------------------------ what we stand on


def test_dependencies_are_pinned_and_their_licences_allow_it() -> None:
    assert audit.unpinned(ROOT / "requirements.lock") == []
    assert audit.unpinned(ROOT / "requirements-dev.lock") == []
    assert audit.unpinned(ROOT / "requirements-server.lock") == []
    assert audit.unpinned(ROOT / "requirements-audit.lock") == []
    assert audit.unpinned(ROOT / "requirements-train.lock") == []
    # PostgreSQL's driver is under the LGPL: an extra that whoever wants it installs, never in the default install.
    assert [each.partition(":")[0] for each in audit.refused(audit.names(ROOT / "requirements-server.lock"))] == ["psycopg", "psycopg-binary"]
    assert audit.refused(audit.names(ROOT / "requirements.lock")) == []


@pytest.mark.parametrize(
    ("licence", "refused"),
    [("MIT", False), ("GNU General Public License v3 (GPLv3)", True), ("AGPL-3.0-only", True), ("LGPL-2.1", True), ("BSD-3-Clause", False), ("MPL-2.0", False), ("", True)],
)
def test_which_licences_are_refused(licence: str, refused: bool) -> None:
    assert audit.is_refused(licence) is refused


def test_what_is_not_known_is_not_taken_for_safe() -> None:
    """Of packages that an index does not know pip-audit says that they could not be audited, and then "no known vulnerabilities"."""
    safe, odd, bad = {"name": "a", "version": "1", "vulns": []}, {"name": "b", "skip_reason": "not found"}, {"id": "CVE-1", "fix_versions": ["3"]}
    assert audit.judged(json.dumps({"dependencies": [odd]})) == audit.Known(0, ("b",), ())
    assert audit.judged(json.dumps({"dependencies": [safe, odd, safe]})) == audit.Known(1, ("b",), ())
    assert audit.judged(json.dumps({"dependencies": [{**safe, "vulns": [bad]}]})) == audit.Known(1, (), ("a 1: CVE-1, mended in 3",))
    assert audit.judged("") is None


def test_the_container_runs_without_rights() -> None:
    """Not root, nothing to be written but the volume, and only what the lock pins."""
    lines = (ROOT / "Containerfile").read_text(encoding="utf-8")
    assert re.search(r"^USER \d+:\d+$", lines, re.MULTILINE)
    assert not re.search(r"^USER (0|root)", lines, re.MULTILINE)
    assert "--require-hashes" in lines
    assert re.search(r"^VOLUME ", lines, re.MULTILINE)
    assert "curl" not in lines
    assert "--privileged" not in lines
