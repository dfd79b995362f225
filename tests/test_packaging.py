"""What users install: sdist and wheel build, the wheel installs into an empty environment, is as large as the docs say, and runs there."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tarfile
import tomllib
import venv
import zipfile
from pathlib import Path

import pytest

from mahdar import __version__

ROOT = Path(__file__).resolve().parent.parent
# What a build needs of a checkout.
SOURCES = ("src", "pyproject.toml", "setup.py", "README.md", "LICENSE")
TEXT = "رفضت طهران طلبا أميركيا للتعاون في العراق."


def run(*words: str | Path, cwd: Path, **more: str) -> str:
    env = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "VIRTUAL_ENV")} | {"PYTHONUTF8": "1"} | more
    done = subprocess.run([str(word) for word in words], cwd=cwd, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{words}\n{done.stdout}\n{done.stderr}"
    return done.stdout


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the sdist and the wheel that was built of it."""
    folder = tmp_path_factory.mktemp("package")
    for name in SOURCES:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, folder / "checkout" / name, ignore=shutil.ignore_patterns("__pycache__", "*.egg-info", "*.so"))
        else:
            shutil.copy(source, folder / "checkout" / name)
    run(sys.executable, "-m", "build", "--no-isolation", "--outdir", folder / "dist", folder / "checkout", cwd=folder, MAHDAR_COMPILE="0")
    return folder / "dist"


@pytest.fixture(scope="module")
def empty(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The programs of an environment in which nothing is but the wheel and what it needs."""
    folder = tmp_path_factory.mktemp("empty")
    venv.create(folder, with_pip=True)
    run(folder / "bin/python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check", next(built.glob("*.whl")), cwd=folder)
    return folder / "bin"


def test_sdist_and_wheel_hold_everything(built: Path) -> None:
    wanted = {file.relative_to(ROOT / "src").as_posix() for file in (ROOT / "src/mahdar").rglob("*") if file.is_file() and file.suffix not in (".pyc", ".so")}
    with zipfile.ZipFile(next(built.glob("*.whl"))) as wheel:
        names = set(wheel.namelist())
    assert not wanted - names, f"not in the wheel: {sorted(wanted - names)}"
    assert not {name for name in names if not name.startswith(("mahdar/", f"mahdar-{__version__}.dist-info/"))}
    with tarfile.open(next(built.glob("*.tar.gz"))) as sdist:
        inside = {name.partition("/")[2] for name in sdist.getnames()}
    assert {f"src/{name}" for name in wanted} <= inside
    assert {"pyproject.toml", "setup.py", "README.md", "LICENSE"} <= inside


def test_the_wheel_runs_in_an_empty_environment(empty: Path, tmp_path: Path) -> None:
    (tmp_path / "report.txt").write_text(TEXT, encoding="utf-8")
    assert __version__ in run(empty / "mahdar", "--version", cwd=tmp_path)
    shown = run(empty / "mahdar", "show", "report.txt", "--published", "2014-09-15", cwd=tmp_path)
    assert "Iran (IRN) → REJECT → United States (USA)" in shown
    run(empty / "mahdar", "ingest", "report.txt", "--register", "news.db", cwd=tmp_path)
    assert TEXT.rstrip(".") in run(empty / "mahdar", "export", "--format", "csv", "--register", "news.db", cwd=tmp_path)
    refused = subprocess.run([empty / "mahdar", "export", "--format", "parquet", "-o", "out", "--register", "news.db"], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert refused.returncode == 1
    assert "pip install 'mahdar[parquet]'" in refused.stderr
    run(empty / "python", "-m", "pip", "check", cwd=tmp_path)


def test_the_docs_name_the_size(empty: Path, built: Path) -> None:
    told = (ROOT / "docs/install.md").read_text(encoding="utf-8")
    place = next((empty.parent / "lib").glob("python*/site-packages"))
    tools = ("pip", "setuptools", "pkg_resources", "_distutils_hack")
    size = sum(file.stat().st_blocks * 512 for part in place.iterdir() if not part.name.startswith(tools) for file in [part, *part.rglob("*")] if not file.is_symlink()) / 2**20
    whole = re.search(r"installed with everything the base needs \| (\d+) MB", told)
    wheel = re.search(r"the wheel, with lexicon and weights \| ([\d.]+) MB", told)
    assert whole is not None
    assert wheel is not None
    assert size == pytest.approx(float(whole[1]), rel=0.15), "docs/install.md"
    assert next(built.glob("*.whl")).stat().st_size / 1e6 == pytest.approx(float(wheel[1]), rel=0.15), "docs/install.md"


def test_extras_are_told() -> None:
    """Each extra but that of developers stands in the docs, and names nothing that the base has."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    told = (ROOT / "docs/install.md").read_text(encoding="utf-8")
    base = {re.split(r"[\[<>=]", need)[0] for need in project["dependencies"]}
    for extra, needs in project["optional-dependencies"].items():
        if extra != "dev":
            assert f"`{extra}`" in told, f"docs/install.md tells nothing of the extra {extra}"
            assert not base & {re.split(r"[\[<>=]", need)[0] for need in needs}
    assert {"postgres", "semantic", "plot"} <= set(project["optional-dependencies"])
