"""What the project stands on: is every dependency pinned by hash, may its licence be used, is anything known to be wrong with it?

    python scripts/audit.py [--known]

Pins and licences are looked at offline, in the lock files and the installed packages. ``--known`` also asks pip-audit, which needs the network of the
Python Package Index: it is left out where that cannot be reached, and says so. Exit status 1 where something is wrong.
"""

from __future__ import annotations

import argparse
import re
import shutil
import subprocess
import sys
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LOCKS = tuple(ROOT / f"requirements{name}.lock" for name in ("", "-server", "-dev"))  # the default install first
_PIN = re.compile(r"^([A-Za-z0-9._-]+)(?:\[.*?\])?==([^\s;\\]+)", re.MULTILINE)
# Anything that would bind who uses the default install. MPL binds the files that are under it, which nobody here changes.
_REFUSED = re.compile(r"\b(?:A|L)?GPL|GNU (?:Affero |Lesser |Library )?General Public|SSPL|BUSL|Commons Clause|CC[- ]BY[- ]N[CD]", re.IGNORECASE)
# Where a package offers a choice, or says nothing in its metadata: the licence we take it under, and where that stands.
_TAKEN: dict[str, str] = {}


def unpinned(lock: Path) -> list[str]:
    """Requirements of a lock file without a version or without a hash."""
    text = lock.read_text(encoding="utf-8")
    wrong = []
    for block in re.split(r"\n(?=\S)", text):
        line = block.strip()
        if line and not line.startswith(("#", "--")) and not (_PIN.match(line) and "--hash=sha256:" in block):
            wrong.append(line.splitlines()[0])
    return wrong + [url for url in re.findall(r"(?:https?|git\+\w+)://\S+", text) if "://" in url]


def names(lock: Path) -> list[str]:
    """The packages that a lock file pins."""
    return [name for name, _ in _PIN.findall(lock.read_text(encoding="utf-8"))]


def licence(found: Distribution) -> str:
    """What a package says of its licence: the expression, else the classifiers, else the field if it is short."""
    told = found.metadata
    expression = told.get("License-Expression")
    if expression:
        return str(expression)
    classified = [line.rpartition("::")[2].strip() for line in told.get_all("Classifier") or () if line.startswith("License ::")]
    if classified and classified != ["OSI Approved"]:
        return "; ".join(classified)
    words = str(told.get("License") or "")
    return words if len(words) < 200 else words.splitlines()[0]


def is_refused(words: str) -> bool:
    """May a package under this licence not be in the default install? One that says nothing may not either."""
    choices = [part for part in re.split(r"\bOR\b", words) if part.strip()]
    return not choices or all(_REFUSED.search(part) for part in choices)


def refused(packages: list[str]) -> list[str]:
    """Packages whose licence is refused, each with what it says."""
    wrong = []
    for name in packages:
        try:
            told = _TAKEN.get(name) or licence(distribution(name))
        except PackageNotFoundError:
            wrong.append(f"{name}: is not installed, so that its licence cannot be read")
            continue
        if is_refused(told):
            wrong.append(f"{name}: {told or 'says nothing of its licence'}")
    return wrong


def known() -> int | None:
    """pip-audit's word on the default install; None where it cannot be asked."""
    tool = shutil.which("pip-audit", path=f"{Path(sys.executable).parent}") or shutil.which("pip-audit")
    if tool is None:
        return None
    done = subprocess.run([tool, "--require-hashes", "--disable-pip", "-r", str(LOCKS[0])], capture_output=True, text=True, check=False)
    if "ConnectionError" in done.stderr or "Max retries" in done.stderr or "ServiceError" in done.stderr or "Failed to" in done.stderr:
        return None
    print(done.stdout + done.stderr, end="")
    return done.returncode


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--known", action="store_true", help="ask pip-audit for known vulnerabilities too")
    given = parser.parse_args()
    wrong = [f"{lock.name}: {line}" for lock in LOCKS for line in unpinned(lock)] + refused(names(LOCKS[0]))
    print("\n".join(wrong) or f"{len(names(LOCKS[0]))} packages of the default install: all pinned by hash, all under licences that may be used")
    if given.known:
        found = known()
        if found is None:
            print("known vulnerabilities: not asked (pip-audit is not installed, or its index cannot be reached from here)")
        elif found:
            wrong.append("pip-audit")
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
