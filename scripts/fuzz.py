"""Fuzzing with atheris, guided by what of the program is reached: the long form of tests/fuzz.

    python scripts/fuzz.py all [--seconds 7200] [--keep build/fuzz]
    python scripts/fuzz.py html [--seconds 600]
    python scripts/fuzz.py html --replay FILE...

Each target runs in a process of its own for its share of the time. What it learns is kept below --keep and gone on from the next time; an input
that breaks a promise is kept there too, as TARGET-crash-…, TARGET-timeout-… or TARGET-oom-…, and named. It becomes a file of tests/fuzz/found and a
fix. Exit status 1 if there was any.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
import time
from pathlib import Path

SLOWEST = 30  # seconds for one input
MEMORY = 3000  # MB
LONGEST = {"reading": 600, "query": 300, "api": 400, "lexicon": 4_000, "feeds": 2_000}  # bytes
FOUND = re.compile(r"Test unit written to (\S+)")
DONE = re.compile(r"stat::number_of_executed_units: (\d+)")


def names() -> list[str]:
    from fuzzing.seeds import SEEDS

    return list(SEEDS)


def one(name: str, seconds: int, keep: Path) -> None:
    """Fuzz one target in this process, which ends with it."""
    import atheris

    with atheris.instrument_imports(include=["mahdar", "feedparser"]):
        from fuzzing.targets import TARGETS
    from fuzzing.seeds import SEEDS

    corpus = keep / name
    corpus.mkdir(parents=True, exist_ok=True)
    for number, data in enumerate(SEEDS[name]):
        (corpus / f"seed{number}").write_bytes(data)
    target = TARGETS[name]
    target(SEEDS[name][0])  # what is loaded once is loaded before the clock runs
    options = [
        f"-max_total_time={seconds}", f"-timeout={SLOWEST}", f"-rss_limit_mb={MEMORY}", f"-max_len={LONGEST.get(name, 20_000)}",
        f"-artifact_prefix={keep}/{name}-", "-print_final_stats=1", "-verbosity=1", "-close_fd_mask=1", "-detect_leaks=0",
    ]  # fmt: skip
    atheris.Setup([sys.argv[0], *options, str(corpus)], target)
    atheris.Fuzz()


def all_of(chosen: list[str], seconds: int, keep: Path) -> bool:
    """Fuzz targets one after the other; says what each came to, and whether all kept their promises."""
    right = True
    for name in chosen:
        share = max(1, seconds // len(chosen))
        began = time.monotonic()
        command = [sys.executable, __file__, name, "--seconds", str(share), "--keep", str(keep), "--here"]
        try:
            done = subprocess.run(command, stderr=subprocess.PIPE, text=True, errors="replace", check=False, timeout=2 * share + 300)
        except subprocess.TimeoutExpired:
            print(f"{name}: did not end: something takes for ever, or the machine is too busy", flush=True)
            right = False
            continue
        found = FOUND.search(done.stderr)
        runs = DONE.search(done.stderr)
        right = right and done.returncode == 0
        told = "sound" if done.returncode == 0 else f"BROKEN, see {found[1] if found else keep}"
        print(f"{name}: {runs[1] if runs else '?'} inputs in {time.monotonic() - began:.0f} s: {told}", flush=True)
        if done.returncode:
            print("\n".join(done.stderr.splitlines()[-60:]), flush=True)
    return right


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("target", choices=["all", *names()])
    parser.add_argument("--seconds", type=int, default=600)
    parser.add_argument("--keep", type=Path, default=Path("build/fuzz"))
    parser.add_argument("--here", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--replay", nargs="+", type=Path, metavar="FILE")
    given = parser.parse_args()
    os.environ.pop("MAHDAR_REGISTER", None)
    if given.replay:
        from fuzzing.targets import TARGETS

        for file in given.replay:
            print(file)
            TARGETS[given.target](file.read_bytes())
    elif given.here:
        one(given.target, given.seconds, given.keep)
    else:
        given.keep.mkdir(parents=True, exist_ok=True)
        sys.exit(0 if all_of(names() if given.target == "all" else [given.target], given.seconds, given.keep) else 1)


if __name__ == "__main__":
    main()
