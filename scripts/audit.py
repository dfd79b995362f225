"""What the project stands on: is every dependency pinned by hash, may its licence be used, is anything known to be wrong with it?

    python scripts/audit.py [--known] [--tool PIP-AUDIT]

Pins and licences are looked at offline, in the lock files and the installed packages. ``--known`` also asks pip-audit, which needs the network and an
index that knows of vulnerabilities (the Python Package Index does, most mirrors do not): where it cannot be asked that is said, and is no fault.
Exit status 1 where something is wrong.
"""

from __future__ import annotations

import argparse
import json
import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True)
class Known:
    """pip-audit's word: of how many packages it knows something, of which it knows nothing, and what it says against any."""

    asked: int
    unknown: tuple[str, ...]
    against: tuple[str, ...]


def known(tool: str, locks: Sequence[Path]) -> Known | None:
    """What pip-audit says of the packages of lock files; None where it is not there or cannot reach an index."""
    found = shutil.which(tool)
    if found is None:
        return None
    command = [found, "--require-hashes", "--disable-pip", "--progress-spinner", "off", "--format", "json", *(word for lock in locks for word in ("-r", str(lock)))]
    return judged(subprocess.run(command, capture_output=True, text=True, check=False).stdout)


def judged(told: str) -> Known | None:
    """An answer of pip-audit, read. Of a package that its index does not know it says "no known vulnerabilities" in the end, and so must not be believed."""
    try:
        packages = {package["name"]: package for package in json.loads(told)["dependencies"]}
    except (ValueError, KeyError):
        return None
    unknown = tuple(sorted(name for name, package in packages.items() if "skip_reason" in package))
    against = tuple(
        f"{name} {package['version']}: {each['id']}, mended in {', '.join(each['fix_versions']) or 'no version yet'}"
        for name, package in sorted(packages.items()) for each in package.get("vulns", ())
    )  # fmt: skip
    return Known(len(packages) - len(unknown), unknown, against)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--known", action="store_true", help="ask pip-audit for known vulnerabilities too")
    parser.add_argument("--tool", default="pip-audit", help="the pip-audit that is asked")
    given = parser.parse_args()
    wrong = [f"{lock.name}: {line}" for lock in LOCKS for line in unpinned(lock)] + refused(names(LOCKS[0]))
    print("\n".join(wrong) or f"{len(names(LOCKS[0]))} packages of the default install: all pinned by hash, all under licences that may be used")
    if given.known:
        found = known(given.tool, LOCKS)
        if found is None or not found.asked:
            print("known vulnerabilities: not asked (pip-audit is not installed, or its index cannot be reached from here or knows none of the packages)")
        else:
            print("\n".join(found.against) or f"known vulnerabilities: none in {found.asked} packages")
            if found.unknown:
                print(f"known vulnerabilities: nothing is known of {', '.join(found.unknown)}")
            wrong += found.against
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
