"""How fast the server answers many at once: a mixed load at a steady rate, pages and API, over a register given.

    python benchmarks/server_load.py REGISTER [--rate 50] [--seconds 300] [--warm]

Requests are sent at their times whether or not earlier ones are answered (an open load, as of many readers), their addresses drawn from what
the register holds. The median, 95th and 99th percentile and the worst are printed for each kind, the errors, and the server's memory over
time. ``--warm`` asks every address once before: what then comes from memory is what readers of a quiet register see.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict
from pathlib import Path
from urllib.parse import quote, urlencode

import httpx

from mahdar.record import EVENT_TYPES, ISSUES
from mahdar.register.questions import Register

WORDS = ("الأسد", "مجلس الأمن", '"وقف إطلاق النار"', "مفاوض*", "النفط", "واشنطن موسكو", "اللاجئين", "العقوبات -إيران", "القدس", "الانتخابات")


def addresses(register: Register, chance: random.Random) -> dict[str, list[str]]:
    """What may be asked, by kind."""
    actors = list(register.actors(limit=120))
    codes = [row.code for row in actors if row.kind != "person" and row.code][:60]
    people = [row.key for row in actors if row.kind == "person"][:40]
    articles = [row.article for row in register.articles(limit=400)] + [row.article for row in register.articles(limit=400, until="2014")]
    occurrences = [row.id for row in register.occurrences(limit=300)]
    months = [f"{year}-{month:02}" for year in range(2012, 2019) for month in range(1, 13)]

    def page(*parts: str, **query: str) -> str:
        lang = chance.choice(("en", "ar"))
        return "/" + "/".join([lang, *(quote(part, safe="") for part in parts)]) + (f"?{urlencode(query)}" if query else "")

    def api(name: str, **query: str) -> str:
        return f"/api/v1/{name}?{urlencode({'limit': '20', **query})}"

    def pair() -> tuple[str, str]:
        a, b = chance.sample(codes[:20], 2)
        return a, b

    return {
        "today": [page("", until=month) for month in months] + [page("", actor=code) for code in codes[:30]] + ["/en/", "/ar/"] * 10,
        "actor": [page("actors", key) for key in (*codes, *people)],
        "pair": [page("pairs", *pair()) for _ in range(100)],
        "issue": [page("issues", issue, **({"until": chance.choice(months)} if chance.random() < 0.5 else {})) for issue in ISSUES for _ in range(4)],
        "stand": [page("stands", code, issue) for code in codes[:25] for issue in ISSUES[:8]],
        "occurrence": [page("occurrences", key) for key in occurrences],
        "article": [page("articles", key) for key in articles],
        "search": [page("search", q=word, since=month) for word in WORDS for month in months[::7]],
        "api": [api(name, actor=code, since=chance.choice(months)) for name in ("events", "statements", "positions", "occurrences", "requests", "changes") for code in codes]
        + [api("events", type=kind, since=month) for kind in EVENT_TYPES for month in months[::9]]
        + [api("pairs", between=",".join(pair())) for _ in range(60)]
        + [api("search", q=word, until=month) for word in WORDS for month in months[::9]]
        + [api("stances", on=issue) for issue in ISSUES]
        + [api("articles", since=month) for month in months],
    }  # fmt: skip


class Load:
    """What came of the requests."""

    def __init__(self) -> None:
        self.seconds: dict[str, list[float]] = defaultdict(list)
        self.errors: Counter[str] = Counter()

    async def ask(self, client: httpx.AsyncClient, kind: str, address: str) -> None:
        begun = time.perf_counter()
        try:
            answer = await client.get(address)
            if answer.status_code != 200:
                self.errors[f"{answer.status_code} {address}"] += 1
        except httpx.HTTPError as error:
            self.errors[f"{type(error).__name__} {address}"] += 1
        self.seconds[kind].append(time.perf_counter() - begun)


def memory(process: int) -> int:
    """Resident memory of a process in MB."""
    found = re.search(r"VmRSS:\s+(\d+)", Path(f"/proc/{process}/status").read_text(encoding="ascii"))
    return int(found[1]) // 1024 if found else 0


async def steady(base: str, process: int, drawn: list[tuple[str, str]], rate: float) -> tuple[Load, list[int]]:
    load, sizes = Load(), []
    async with httpx.AsyncClient(base_url=base, timeout=60, limits=httpx.Limits(max_connections=200)) as client:
        waiting, begun = set(), time.perf_counter()
        for number, (kind, address) in enumerate(drawn):
            await asyncio.sleep(max(0.0, begun + number / rate - time.perf_counter()))
            task = asyncio.create_task(load.ask(client, kind, address))
            waiting.add(task)
            task.add_done_callback(waiting.discard)
            if number % max(1, int(rate * 10)) == 0:
                sizes.append(memory(process))
        await asyncio.gather(*waiting)
    return load, [*sizes, memory(process)]


def show(load: Load, sizes: list[int]) -> None:
    everything = [value for values in load.seconds.values() for value in values]
    print(f"{'':<12}{'requests':>9}{'median':>9}{'p95':>9}{'p99':>9}{'worst':>9}  ms")
    for kind, values in [*sorted(load.seconds.items()), ("all", everything)]:
        cuts = statistics.quantiles(values, n=100) if len(values) > 1 else values * 99
        print(f"{kind:<12}{len(values):>9}{statistics.median(values) * 1000:>9.0f}{cuts[94] * 1000:>9.0f}{cuts[98] * 1000:>9.0f}{max(values) * 1000:>9.0f}")
    print(f"errors: {sum(load.errors.values())} {dict(load.errors.most_common(5)) if load.errors else ''}")
    print(f"memory of the server, every ten seconds, MB: {' '.join(map(str, sizes))}")


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("register")
    parser.add_argument("--rate", type=float, default=50.0)
    parser.add_argument("--seconds", type=float, default=300.0)
    parser.add_argument("--without", action="append", default=[], metavar="KIND", help="leave a kind out, as of the table printed")
    parser.add_argument("--warm", action="store_true")
    given = parser.parse_args()
    chance = random.Random(7)
    with Register(given.register) as register:
        known = {kind: found for kind, found in addresses(register, chance).items() if kind not in given.without}
    drawn = [(kind, chance.choice(known[kind])) for kind in chance.choices(list(known), k=int(given.rate * given.seconds))]
    print(f"{len({address for _, address in drawn})} different addresses among {len(drawn)} requests")
    with tempfile.NamedTemporaryFile("w+", suffix=".log") as log:
        command = [sys.executable, "-m", "mahdar.cli.main", "serve", "--register", given.register, "--port", "0", "--rate", "0", "--quiet"]
        process = subprocess.Popen(command, stderr=log)
        try:
            base = _address(Path(log.name), process)
            if given.warm:
                asyncio.run(steady(base, process.pid, sorted(set(drawn)), 1e6))
            show(*asyncio.run(steady(base, process.pid, drawn, given.rate)))
        finally:
            process.terminate()
            process.wait(30)


def _address(log: Path, process: subprocess.Popen[bytes]) -> str:
    while process.poll() is None:
        found = re.search(r"open (http://\S+)/ in", log.read_text(encoding="utf-8"))
        if found:
            return found[1]
        time.sleep(0.2)
    sys.exit(log.read_text(encoding="utf-8"))


if __name__ == "__main__":
    main()
