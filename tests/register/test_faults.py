"""Whatever fails around the program (disk, file, database, clock, network, archives), what was stored stays, and the message says what to do."""

from __future__ import annotations

import contextlib
import gzip
import ipaddress
import resource
import signal
import socket
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from filling import Stumbling, fill, line, made
from publisher import Page, publishing
from sqlalchemy import text

import mahdar
from mahdar.errors import SettingsError
from mahdar.record import Article
from mahdar.register.feeds import Feed, Settings, load_feeds
from mahdar.register.fetching import Fetcher, FetchError, Limits
from mahdar.register.questions import Register
from mahdar.register.store import Store
from mahdar.register.trouble import Trouble
from mahdar.register.watch import watch
from mahdar.sources import read_articles

COMMAND = [sys.executable, "-m", "mahdar.cli.main"]
LOCAL = (ipaddress.ip_network("127.0.0.0/8"),)


def command(*words: object, **options: Any) -> subprocess.CompletedProcess[str]:
    return subprocess.run([*COMMAND, *map(str, words)], capture_output=True, text=True, check=False, timeout=120, **options)


# ------------------------------------------------------------------------------------------ disk and files


def test_a_full_disk_loses_nothing(sqlite: str, tmp_path: Path) -> None:
    """Files may not grow beyond what the register has plus a little: as a disk that is full."""
    with Store.open(sqlite, create=True) as store:
        fill(store, [made(n) for n in range(4)])
        before = {report.key for report in store.reports()}
    size = Path(sqlite).stat().st_size
    (tmp_path / "x.jsonl").write_text("".join(line(made(n)) + "\n" for n in range(4, 60)), encoding="utf-8")

    def small() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (size + 60_000, size + 60_000))

    done = command("ingest", tmp_path / "x.jsonl", "--register", sqlite, "--workers", "0", "--batch", "20", preexec_fn=small)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "make room on its disk and run the same again: what was stored is kept" in done.stderr
    with Store.open(sqlite) as store:
        assert {report.key for report in store.reports()} >= before
    assert command("ingest", tmp_path / "x.jsonl", "--register", sqlite, "--workers", "0").returncode == 0
    with Store.open(sqlite) as store:
        assert store.count() == 60


@pytest.mark.parametrize("words", [("backup", "-o"), ("export", "--format", "csv", "-o"), ("extract", "-o")])
def test_a_full_disk_leaves_no_half_file(sqlite: str, tmp_path: Path, words: tuple[str, ...]) -> None:
    with Store.open(sqlite, create=True) as store:
        fill(store, [made(n) for n in range(40)])
    (tmp_path / "x.jsonl").write_text("".join(line(made(n)) + "\n" for n in range(40)), encoding="utf-8")
    (tmp_path / "out").mkdir()

    def small() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (3_000, 3_000))

    first, *rest = words
    where = [str(tmp_path / "x.jsonl")] if first == "extract" else ["--register", sqlite]
    done = command(first, *rest, tmp_path / "out/made", *where, preexec_fn=small)
    assert done.returncode == 1, done.stderr
    assert "Traceback" not in done.stderr
    assert list((tmp_path / "out").iterdir()) == []


def test_a_register_that_may_not_be_written_is_said(sqlite: str, tmp_path: Path) -> None:
    with Store.open(sqlite, create=True) as store:
        fill(store, [made(1)])
        with store.engine.connect() as connection:
            connection.connection.driver_connection.execute("PRAGMA query_only=ON")  # type: ignore[union-attr]
            with pytest.raises(Trouble, match=r"cannot be written to .* give this user the right to"), store._told():
                connection.execute(text("INSERT INTO meta VALUES ('a', 'b')"))
    missing = command("ingest", tmp_path / "none.jsonl", "--register", tmp_path / "no/x.db", "--workers", "0")
    assert (missing.returncode, missing.stderr) == (1, f"mahdar: {tmp_path}/no/x.db: its folder does not exist\n")


@pytest.mark.parametrize(
    "words", [("events",), ("check",), ("ingest", "x.jsonl", "--workers", "0"), ("export", "-o", "x.csv", "--format", "csv"), ("backup", "-o", "y.db"), ("brief", "trade")]
)
def test_a_damaged_register_is_told_by_every_command(sqlite: str, tmp_path: Path, words: tuple[str, ...]) -> None:
    (tmp_path / "x.jsonl").write_text(line(made(70)), encoding="utf-8")
    with Store.open(sqlite, create=True) as store:
        fill(store, [made(n) for n in range(30)])
    with sqlite3.connect(sqlite) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        size = connection.execute("PRAGMA page_size").fetchone()[0]
    whole = Path(sqlite).read_bytes()
    Path(sqlite).write_bytes(whole[:size] + b"\xa5" * (len(whole) - size))  # all but the first page
    done = command(*words, "--register", sqlite, cwd=tmp_path)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "mahdar repair" in done.stdout + done.stderr or "mahdar check" in done.stderr


# ------------------------------------------------------------------------------------------ databases


def test_a_lock_that_another_holds_is_waited_for_and_then_told(sqlite: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mahdar.register.connect._PATIENCE", 0.05)
    monkeypatch.setattr("mahdar.register.store._ATTEMPTS", 2)
    with Store.open(sqlite, create=True) as store:
        fill(store, [made(1)])
        with sqlite3.connect(sqlite, isolation_level=None) as other:
            other.execute("BEGIN IMMEDIATE")
            with pytest.raises(Trouble, match=r"another program has been writing to it for too long .* try again"):
                fill(store, [made(2)])
            assert store.count() == 1  # reading goes on
            other.execute("ROLLBACK")
        fill(store, [made(2)])
        assert store.count() == 2


def test_a_database_that_goes_away_and_comes_back(postgresql: str, server: Any) -> None:
    """Every connection is ended by the server: what runs says so, and the next call works."""
    with Store.open(postgresql, create=True) as store, Register(postgresql, lexicon=mahdar.default_reader().lexicon) as register:
        fill(store, [made(1)])
        name = postgresql.split("/")[3].split("?")[0]
        ending = f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}' AND pid <> pg_backend_pid();"
        with pytest.raises(Trouble, match="cannot be reached now"), store.writing() as connection:  # noqa: PT012  it is the second that fails
            connection.execute(text("INSERT INTO meta VALUES ('a', 'b')"))
            server.psql(ending)
            connection.execute(text("INSERT INTO meta VALUES ('c', 'd')"))
        server.psql(ending)
        assert len(list(register.articles())) == 1
        fill(store, [made(2)])
        assert (store.count(), store.count("meta")) == (2, 0)


class Gone(Store):
    """A register that cannot be reached while ``away``."""

    away = 0

    def transact(self, work: Callable[[Any], Any]) -> Any:
        if self.away:
            self.away -= 1
            raise Trouble("the register: cannot be reached now (gone); try again: what was stored is kept")
        return super().transact(work)


def test_watching_outlives_a_register_that_is_away(sqlite: str) -> None:
    now = [1_000_000.0]
    with publishing() as publisher, Store.open(sqlite, create=True) as opened:
        store = Gone(opened.engine, opened.name)
        store.away = 2
        feed = Feed(publisher.feed("/1", text=" ".join(made(1).text.split() * 3)), page=False)
        steps = watch(
            store, Settings((feed,)), Fetcher(Limits(allowed=LOCAL, pause=0)), make=Stumbling, clock=lambda: "n", moment=lambda: now[0],  # type: ignore[arg-type]
            sleep=lambda seconds: now.__setitem__(0, now[0] + seconds),
        )  # fmt: skip
        done = [next(steps) for _ in range(3)]
        assert [bool(each.error) for each in done] == [True, True, False]
        assert [each.next_at - 1_000_000 for each in done[:2]] == [60, 120]
        assert (done[2].counts.new, store.count()) == (1, 1)


# ------------------------------------------------------------------------------------------ clocks


@pytest.mark.parametrize("jump", [-3 * 86_400.0, -365 * 86_400.0, 30 * 86_400.0])
def test_a_clock_that_is_set_stops_no_feed(sqlite: str, jump: float) -> None:
    """Set back by days, or ahead: the feed is looked at again within minutes of the clock's own time."""
    now = [1_700_000_000.0]
    slept = [0.0]

    def sleep(seconds: float) -> None:
        now[0] += seconds
        slept[0] += seconds

    with publishing() as publisher, Store.open(sqlite, create=True) as store:
        feed = Feed(publisher.feed("/1", text=made(1).text), page=False)
        fetcher = Fetcher(Limits(allowed=LOCAL, pause=0))
        steps = watch(store, Settings((feed,)), fetcher, make=Stumbling, clock=lambda: "n", moment=lambda: now[0], sleep=sleep)  # type: ignore[arg-type]
        next(steps)
        now[0] += jump
        next(steps)
        assert slept[0] <= 20 * 60


# ------------------------------------------------------------------------------------------ networks


@contextmanager
def dripping(piece: bytes, every: float, first: bytes = b"") -> Iterator[str]:
    """A server that sends the same few bytes for ever."""
    listener = socket.create_server(("127.0.0.1", 0))
    ended = threading.Event()

    def serve() -> None:
        while not ended.is_set():
            try:
                client, _ = listener.accept()
            except OSError:
                return
            with client:
                try:
                    client.recv(4096)
                    client.sendall(first)
                    while not ended.is_set():
                        client.sendall(piece)
                        time.sleep(every)
                except OSError:
                    pass

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}/"
    finally:
        ended.set()
        listener.close()


@pytest.mark.parametrize(
    ("first", "piece"),
    [
        (b"", b"H"), (b"HTTP/1.1 200 OK\r\nX: ", b"a"), (b"HTTP/1.1 200 OK\r\n\r\n", b"a"),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", b"1\r\na\r\n"),
    ],
)  # fmt: skip
def test_a_server_that_drips_is_hung_up_on(first: bytes, piece: bytes) -> None:
    began = time.monotonic()
    with dripping(piece, 0.05, first) as url, pytest.raises(FetchError, match="not done after"):
        Fetcher(Limits(allowed=LOCAL, pause=0, timeout=5, total=0.5)).get(url)
    assert time.monotonic() - began < 4


@contextmanager
def once(sent: bytes) -> Iterator[str]:
    """A server that sends this to each who asks, and hangs up."""
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def serve() -> None:
            with contextlib.suppress(OSError):
                while True:
                    client, _ = listener.accept()
                    with client:
                        client.recv(4096)
                        client.sendall(sent)

        threading.Thread(target=serve, daemon=True).start()
        yield f"http://127.0.0.1:{listener.getsockname()[1]}/"


WHOLE = gzip.compress(b"<p>" + b"".join(f"{n} ".encode() for n in range(3000)))


@pytest.mark.parametrize(
    "sent",
    [
        b"", b"HTTP/1.1 200 OK\r\nContent-Ty", b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n<p>half of", b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n<p>ha\r\n", b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n500\r\n<p>ha",
        b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: %d\r\n\r\n" % len(WHOLE) + WHOLE[:-500],
        b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: %d\r\n\r\n" % (len(WHOLE) - 500) + WHOLE[:-500],
        b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n" + WHOLE[:-500],
    ],
)  # fmt: skip
def test_half_an_answer_is_no_answer(sent: bytes) -> None:
    """A download that breaks off is a failure that is tried again, never an article that ends in the middle."""
    with once(sent) as url, pytest.raises(FetchError) as caught:
        Fetcher(Limits(allowed=LOCAL, pause=0, timeout=5, total=5)).get(url)
    assert not caught.value.lasting


def test_endless_headers_are_refused() -> None:
    with dripping(b"X: y\r\n" * 1000, 0.0, b"HTTP/1.1 200 OK\r\n") as url, pytest.raises(FetchError, match="headers"):
        Fetcher(Limits(allowed=LOCAL, pause=0, timeout=5, total=5)).get(url)


def test_a_name_that_changes_its_address_leads_nowhere_else(monkeypatch: pytest.MonkeyPatch) -> None:
    """DNS rebinding: whatever was said before, the address that is connected to is the one that is judged, all of a name's addresses included."""
    told: list[str] = []

    def resolve(host: str, port: int, *_: Any, **__: Any) -> list[Any]:
        address = "93.184.216.34" if not told else "127.0.0.1"
        told.append(address)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port))]

    opened: list[Any] = []

    class Recorder(socket.socket):
        def connect(self, place: Any) -> None:
            opened.append(place)
            raise ConnectionRefusedError(111, "Connection refused")

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    monkeypatch.setattr(socket, "socket", Recorder)
    fetcher = Fetcher(Limits(pause=0))
    for message in ("refused", r"private network \(127\.0\.0\.1\)"):
        with pytest.raises(FetchError, match=message):
            fetcher.get("http://rebinding.example/")
    assert opened == [("93.184.216.34", 80)]


@pytest.mark.parametrize("where", ["http://[", "http://[::1", "http://a:99999999/", "http://a:0/", "http:///x", "//", "\\\\x", "javascript:x"])
def test_redirects_to_what_is_no_address(where: str) -> None:
    with publishing() as publisher:
        publisher.pages["/a"] = Page(status=302, headers={"Location": where})
        with pytest.raises(FetchError) as caught:
            Fetcher(Limits(allowed=LOCAL, pause=0)).get(publisher.address + "/a")
        assert "Error" not in str(caught.value)


def test_a_loop_of_redirects_between_feeds_ends() -> None:
    with publishing() as publisher:
        publisher.pages |= {"/a": Page(status=302, headers={"Location": "/b"}), "/b": Page(status=307, headers={"Location": "/a"})}
        with pytest.raises(FetchError, match="too many redirects"):
            Fetcher(Limits(allowed=LOCAL, pause=0)).get(publisher.address + "/a")
        assert len(publisher.asked) == 6


# ------------------------------------------------------------------------------------------ archives and documents made to harm


def bomb(size: int) -> bytes:
    return gzip.compress(b"0" * size)


def warc(body: bytes, length: int | None = None, encoding: str = "") -> bytes:
    answer = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n{encoding}\r\n".encode() + body
    head = "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://x/\r\nContent-Type: application/http; msgtype=response\r\n"
    return f"{head}Content-Length: {len(answer) if length is None else length}\r\n\r\n".encode() + answer + b"\r\n\r\n"


NESTED = "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True))
ENTITIES = f'<!DOCTYPE r [<!ENTITY a "{"x" * 1000}">{NESTED}]>'
OUTSIDE = '<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd"><!ENTITY % y SYSTEM "http://127.0.0.1:9/"> %y;]>'
FEED = "<rss version='2.0'><channel><title>{0}</title><item><link>http://x/1</link><description>{0} {1}</description></item></channel></rss>"


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("x.txt.gz", bomb(200_000_000)), ("x.html.gz", bomb(200_000_000)), ("x.jsonl.gz", bomb(200_000_000)), ("x.json.gz", bomb(200_000_000)), ("x.csv.gz", bomb(200_000_000)),
        ("x.rss.gz", bomb(200_000_000)), ("x.txt.gz", gzip.compress(bomb(100_000_000))),
        ("x.warc.gz", gzip.compress(warc(b"0" * 100_000_000))),
        ("x.warc", warc(bomb(100_000_000), encoding="Content-Encoding: gzip\r\n")), ("x.warc", warc(b"<p>x", length=10**15)), ("x.warc", warc(b"<p>x", length=-5)),
        ("x.rss", ENTITIES.encode() + FEED.format("&i;", "").encode()), ("x.html", (ENTITIES + "<p>&i;</p>").encode()),
        ("x.rss", OUTSIDE.encode() + FEED.format("&x;", "").encode()),
        ("x.html", b"<div>" * 200_000), ("x.html", b"<" * 1_000_000), ("x.json", b"[" * 1_000_000), ("x.csv", b'"' * 3_000_000), ("x.rss", b"<rss>" * 100_000),
    ],
)  # fmt: skip
def test_bombs_are_put_out(name: str, data: bytes, tmp_path: Path) -> None:
    """A complaint of one line within seconds, and no more memory than some files' worth."""
    path = tmp_path / name
    path.write_bytes(data)
    before, began = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.monotonic()
    found = [str(item) for item in read_articles([path], limit=1_000_000)]
    assert found
    assert all(item.startswith(str(path)) and "\n" not in item for item in found)
    assert "root:" not in "".join(found)
    assert time.monotonic() - began < 20
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 400_000  # kB


@pytest.mark.parametrize("name", ["../../../evil", "/etc/passwd", "..\\..\\evil", "C:\\evil", "\x00", "a" * 5000, "~root", "$(x)", "`x`", "-rf", "\u202egpj.exe"])
def test_names_inside_archives_are_no_paths(name: str, sqlite: str, tmp_path: Path) -> None:
    """What an archive or a row calls itself is a key and nothing more: nothing is written or read by it."""
    (tmp_path / "in").mkdir()
    path = tmp_path / "in" / "x.jsonl"
    path.write_text(line(made(1, id=name)) + "\n", encoding="utf-8")
    before = sorted(tmp_path.rglob("*"))
    (found,) = read_articles([path])
    assert isinstance(found, Article)
    with Store.open(sqlite, create=True) as store:
        fill(store, [found])
        assert store.count() == 1
    from mahdar.export import export

    with Register(sqlite, lexicon=mahdar.default_reader().lexicon) as register:
        export(register, "jsonl", str(tmp_path / "out.jsonl"), articles=True)
    made_here = {path.name for path in set(tmp_path.rglob("*")) - set(before)}
    assert made_here <= {"mahdar.db", "mahdar.db-wal", "mahdar.db-shm", "out.jsonl"}


@pytest.mark.parametrize(
    "words",
    [
        "[[feed]]\nurl = 'file:///etc/passwd'", "[[feed]]\nurl = 'http://[::1'\nevery = nan", "[[feed]]\nurl = 'http://a'\nevery = -1", "a = " + "[" * 5000, "x = 1\n" * 3,
        "feed = 5",
        "[[feed]]\nurl = 5", "allow = ['0.0.0.0/99']\n[[feed]]\nurl = 'http://a'", "allow = 5\n[[feed]]\nurl = 'http://a'", "agent = \"a\\r\\nX: y\"\n[[feed]]\nurl = 'http://a'",
        "[[feed]]\nurl = 'http://a\\r\\nX: y'\n[[feed]]\nurl = \"http://b\\r\\nHost: c\"", "\x00", "max_size = inf\n[[feed]]\nurl = 'http://a'",
    ],
)  # fmt: skip
def test_hostile_settings_are_refused(words: str, tmp_path: Path) -> None:
    path = tmp_path / "feeds.toml"
    path.write_text(words, encoding="utf-8")
    with pytest.raises(SettingsError, match=r"feeds\.toml: "):
        load_feeds(path)
