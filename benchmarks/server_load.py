"""How fast the server answers many at once: a mixed load at a steady rate, pages and API, over a register given.

    python benchmarks/server_load.py REGISTER [--rate 50] [--seconds 300] [--repeat 0.3] [--workers N]

Requests are sent at their times whether or not earlier ones are answered (an open load, as of many readers), their addresses drawn from what
the register holds. A share of them (--repeat) was asked before in this run, all others are asked for the first time: with --repeat 0 nothing
can be remembered. The median, 95th and 99th percentile and the worst are printed for each kind, the errors, the processor time of the server,
and its memory over time (of all its processes, what they share counted once). ``--warm`` asks every address once before: what then comes
from memory is what readers of a quiet register see.
"""

from __future__ import annotations

import argparse
import asyncio
import os
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
    articles = [row.article for year in range(2012, 2019) for row in register.articles(limit=300, until=str(year))]
    occurrences = [row.id for year in range(2012, 2019) for row in register.occurrences(limit=300, until=str(year))]
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


def draw(known: dict[str, list[str]], count: int, repeat: float, chance: random.Random) -> list[tuple[str, str]]:
    """``count`` requests, all kinds equally often; a share of them repeats an earlier one, the others are new: where an address is used up, with
    another day in it (API) or a mark that pages do not look at."""
    out: list[tuple[str, str]] = []
    used: set[str] = set()
    for number, kind in enumerate(chance.choices(list(known), k=count)):
        if out and chance.random() < repeat:
            out.append(chance.choice(out))
            continue
        address = chance.choice(known[kind])
        while address in used and kind == "api":
            bare = re.sub(r"&(since|until)=[^&]*", "", address)
            address = f"{bare}&since={chance.randint(2012, 2016)}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"
        if address in used:
            address += f"{'&' if '?' in address else '?'}v={number}"
        used.add(address)
        out.append((kind, address))
    return out


def family(process: int) -> list[int]:
    """A process and those it has started."""
    children = Path(f"/proc/{process}/task/{process}/children").read_text(encoding="ascii").split()
    return [process, *map(int, children)]


def memory(process: int) -> int:
    """Memory of the server's processes in MB, what they share counted once."""
    told = [Path(f"/proc/{one}/smaps_rollup").read_text(encoding="ascii") for one in family(process)]
    return sum(int(found[1]) for each in told if (found := re.search(r"Pss:\s+(\d+)", each))) // 1024


def busy(process: int) -> float:
    """Seconds of processor time of the server's processes."""
    told = [Path(f"/proc/{one}/stat").read_text(encoding="ascii").rpartition(")")[2].split() for one in family(process)]
    return sum(int(each[11]) + int(each[12]) for each in told) / os.sysconf("SC_CLK_TCK")


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
    parser.add_argument("--repeat", type=float, default=0.3, help="the share of requests that were asked before in this run")
    parser.add_argument("--workers", type=int, help="as of mahdar serve")
    parser.add_argument("--settle", type=float, default=8.0, help="seconds the server is given before the load begins")
    parser.add_argument("--warm", action="store_true")
    given = parser.parse_args()
    chance = random.Random(7)
    with Register(given.register) as register:
        known = {kind: found for kind, found in addresses(register, chance).items() if kind not in given.without}
    drawn = draw(known, int(given.rate * given.seconds), given.repeat, chance)
    different = len({address for _, address in drawn})
    print(f"{different} different addresses among {len(drawn)} requests: {1 - different / len(drawn):.0%} are asked again")
    with tempfile.NamedTemporaryFile("w+", suffix=".log") as log:
        workers = [] if given.workers is None else ["--workers", str(given.workers)]
        command = [sys.executable, "-m", "mahdar.cli.main", "serve", "--register", given.register, "--port", "0", "--rate", "0", "--quiet", *workers]
        process = subprocess.Popen(command, stderr=log)
        try:
            base = _address(Path(log.name), process)
            if given.warm:
                asyncio.run(steady(base, process.pid, sorted(set(drawn)), 1e6))
            time.sleep(given.settle)
            before = busy(process.pid)
            load, sizes = asyncio.run(steady(base, process.pid, drawn, given.rate))
            took = busy(process.pid) - before
            show(load, sizes)
            print(f"processor time of the server: {took:.0f} s, {took / len(drawn) * 1000:.1f} ms a request")
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
