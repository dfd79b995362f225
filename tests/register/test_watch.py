"""Watching feeds: what is new comes in once, servers are treated politely, and dead or hostile ones do no harm."""

from __future__ import annotations

import gzip
import ipaddress
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from filling import SENTENCES, Stumbling
from publisher import Page, Publisher, publishing

from mahdar.cli.main import main
from mahdar.errors import SettingsError
from mahdar.register.feeds import Feed, Settings, load_feeds
from mahdar.register.fetching import Fetcher, FetchError, Limits, permitted
from mahdar.register.rejects import forget, rejected
from mahdar.register.store import Store
from mahdar.register.watch import Looked, watch

LOCAL = (ipaddress.ip_network("127.0.0.0/8"),)
TEXT = " ".join(SENTENCES)


@pytest.fixture
def publisher() -> Iterator[Publisher]:
    with publishing() as running:
        yield running


@dataclass
class Time:
    """A clock that goes on only when somebody sleeps."""

    now: float = 1_000_000.0
    slept: list[float] = field(default_factory=list)

    def moment(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds


def page(text: str = TEXT) -> Page:
    return Page(f"<html><head><meta charset='utf-8'><title>عنوان</title></head><body><article><p>{text}</p></article></body></html>")


def fetcher(time: Time, **limits: Any) -> Fetcher:
    return Fetcher(Limits(**{"allowed": LOCAL, "pause": 0.0, **limits}), sleep=time.sleep, moment=time.moment)


def looks(store: Store, *feeds: Feed, time: Time | None = None, once: bool = True, count: int = 0, **limits: Any) -> list[Looked]:
    """One look at each feed, or the first ``count`` looks of a watch that goes on."""
    time = time or Time()
    steps = watch(
        store, Settings(feeds), fetcher(time, **limits), make=Stumbling, clock=lambda: "2026-01-01", moment=time.moment, sleep=time.sleep, once=once  # type: ignore[arg-type]
    )
    return list(steps) if once else [next(steps) for _ in range(count)]


# ------------------------------------------------------------------------------------------ what comes in


def test_new_articles_come_in_once(store: Store, publisher: Publisher) -> None:
    feed = Feed(publisher.feed("/1", "/2#top"))
    publisher.pages.update({"/1": page(), "/2": page("خبر آخر. " + TEXT)})
    (first,) = looks(store, feed)
    assert (first.counts.new, first.problems, first.error) == (2, (), "")
    report = store.report(publisher.address + "/2")
    assert report is not None
    assert (report.source, report.published) == ("وكالة المثال", "2015-10-31T09:00:00+03:00")
    assert report.record.article is not None
    assert (report.record.article.title, report.record.article.url) == ("خبر /2#top", publisher.address + "/2")
    assert report.record.article.text == "خبر آخر. " + TEXT

    publisher.feed("/1", "/2", "/3")
    publisher.pages["/3"] = page()
    asked = len(publisher.asked)
    (second,) = looks(store, feed)
    assert second.counts.new == 1
    assert publisher.paths()[asked:] == ["/feed", "/robots.txt", "/3"]  # what is stored is not fetched


def test_between_two_looks_the_register_rests(store: Store, publisher: Publisher, monkeypatch: pytest.MonkeyPatch) -> None:
    """A watch waits most of the time, and what it would hold of the register's file meanwhile is memory that others could use."""
    done: list[str] = []
    time = Time()
    monkeypatch.setattr(time, "sleep", lambda seconds: (done.append("sleep"), Time.sleep(time, seconds)))
    monkeypatch.setattr(store, "rest", lambda: done.append("rest"))
    publisher.pages["/1"] = page()
    looks(store, Feed(publisher.feed("/1")), time=time, once=False, count=3)
    assert done[-4:] == ["rest", "sleep"] * 2


def test_a_feed_that_has_not_changed_is_not_sent_again(store: Store, publisher: Publisher) -> None:
    feed = Feed(publisher.feed("/1", headers={"ETag": '"v1"', "Last-Modified": "Sat, 31 Oct 2015 09:00:00 GMT"}))
    publisher.pages["/1"] = page()
    looks(store, feed)
    (second,) = looks(store, feed)
    assert (second.counts.new, second.error) == (0, "")
    path, headers = publisher.asked[-1]
    assert (path, headers["if-none-match"], headers["if-modified-since"]) == ("/feed", '"v1"', "Sat, 31 Oct 2015 09:00:00 GMT")


def test_what_the_feed_carries_is_enough_where_it_is_asked_for_or_the_page_fails(store: Store, publisher: Publisher) -> None:
    looks(store, Feed(publisher.feed("/a", text=TEXT), page=False, source="س"))
    report = store.report(publisher.address + "/a")
    assert report is not None
    assert (report.source, report.record.text(report.record.body[0])[:5]) == ("س", TEXT[:5])
    assert publisher.paths() == ["/feed"]
    (look,) = looks(store, Feed(publisher.feed("/gone", path="/other", text=TEXT)))
    assert (look.counts.new, look.problems) == (1, ())


def test_failures_that_may_pass_are_tried_again_and_lasting_ones_are_not(store: Store, publisher: Publisher) -> None:
    feed = Feed(publisher.feed("/1", "/2", "/3", headers={"ETag": '"v1"'}))
    publisher.pages.update({"/1": Page(status=500), "/2": Page(status=410), "/3": page("The ministers met in Vienna and agreed to meet again soon.")})
    (first,) = looks(store, feed)
    assert [problem.removeprefix(publisher.address) for problem in first.problems[:2]] == ["/1: HTTP 500", "/2: HTTP 410"]
    assert "not an Arabic article" in first.problems[2]
    assert [reject.reason for reject, _ in rejected(store)] == ["fetch", "input", "input"]
    publisher.pages["/1"] = page()
    (second,) = looks(store, feed)
    assert (second.counts.new, second.problems) == (1, ())
    assert [reject.reason for reject, _ in rejected(store)] == ["input", "input"]
    store.transact(forget)
    publisher.pages["/2"] = page()
    publisher.feed("/1", "/2", "/3")
    (third,) = looks(store, feed)
    assert (third.counts.new, len(third.problems)) == (1, 1)


# ------------------------------------------------------------------------------------------ politeness


def test_dead_feeds_are_asked_ever_more_seldom_and_others_go_on(store: Store, publisher: Publisher) -> None:
    dead, alive = Feed(publisher.address + "/dead", every=10), Feed(publisher.feed("/1"), every=60)
    publisher.pages["/1"] = page()
    time = Time()
    done = looks(store, dead, alive, time=time, once=False, count=7)
    start = 1_000_000.0
    assert [(round(look.next_at - start) // 60, look.error) for look in done if look.feed == dead][:4] == [
        (20, "HTTP 404"), (60, "HTTP 404"), (140, "HTTP 404"), (300, "HTTP 404"),
    ]  # fmt: skip
    assert [round(look.next_at - start) // 60 for look in done if look.feed == alive][:3] == [60, 120, 180]
    publisher.feed("/1", path="/dead")
    time.now += 86_400
    (back,) = looks(store, dead, time=time)
    assert (back.error, back.next_at - time.now) == ("", 600.0)


def test_what_is_remembered_outlives_the_process(store: Store, publisher: Publisher) -> None:
    feed = Feed(publisher.feed("/1"), every=30)
    publisher.pages["/1"] = page()
    time = Time()
    looks(store, feed, time=time)
    time.now += 60
    other = Feed(publisher.feed("/1", path="/other"), every=30)
    (done,) = looks(store, feed, other, time=time, once=False, count=1)
    assert done.feed == other  # the first is not due yet


def test_a_host_is_given_time(publisher: Publisher) -> None:
    publisher.pages.update({"/1": page(), "/robots.txt": Page("User-agent: *\nCrawl-delay: 7\nDisallow: /private/")})
    time = Time()
    polite = fetcher(time, pause=2.0)
    polite.get(publisher.address + "/1")
    polite.get(publisher.address + "/1")
    assert time.slept == [2.0]
    polite.get(publisher.address + "/1", robots=True)
    polite.get(publisher.address + "/1", robots=True)
    assert time.slept == [2.0, 2.0, 2.0, 7.0]
    with pytest.raises(FetchError, match=r"robots\.txt forbids it"):
        polite.get(publisher.address + "/private/1", robots=True)
    assert publisher.paths().count("/robots.txt") == 1
    assert publisher.asked[0][1]["user-agent"].startswith("Mahdar/")


def test_a_server_that_asks_for_peace_gets_it(publisher: Publisher) -> None:
    publisher.pages.update({"/busy": Page(status=429, headers={"Retry-After": "300"}), "/1": page()})
    time = Time()
    polite = fetcher(time)
    with pytest.raises(FetchError, match="HTTP 429") as caught:
        polite.get(publisher.address + "/busy")
    assert (caught.value.retry_after, caught.value.lasting) == (300.0, False)
    with pytest.raises(FetchError, match="asked to be left alone"):
        polite.get(publisher.address + "/1")
    time.now += 301
    assert polite.get(publisher.address + "/1").status == 200


# ------------------------------------------------------------------------------------------ limits


@pytest.mark.parametrize(
    ("sent", "limits", "message"),
    [
        (Page(b"x" * 50_000), {"size": 40_000}, "larger than the limit of 0.04 MB"),
        (Page(gzip.compress(b"x" * 3_000_000), headers={"Content-Encoding": "gzip"}), {"size": 1_000_000}, "larger than the limit of 1 MB"),
        (Page(b"x" * 20_000, slow=0.5), {"timeout": 0.2}, "timed out"),
        (Page(b"not gzip", headers={"Content-Encoding": "gzip"}), {}, "decompressing"),
        (Page(status=302, headers={"Location": "/page"}), {}, "too many redirects"),
        (Page(status=302, headers={"Location": "file:///etc/passwd"}), {}, "not a web address"),
        (Page(status=302, headers={"Location": "http://10.0.0.1/"}), {}, "private network .10.0.0.1."),
    ],
)
def test_limits(publisher: Publisher, sent: Page, limits: dict[str, Any], message: str) -> None:
    publisher.pages["/page"] = sent
    with pytest.raises(FetchError, match=message):
        fetcher(Time(), **limits).get(publisher.address + "/page")


def test_a_trickle_ends(publisher: Publisher) -> None:
    publisher.pages["/page"] = Page(b"x" * 400_000, slow=0.03)
    import time

    with pytest.raises(FetchError, match="not done after"):
        Fetcher(Limits(allowed=LOCAL, pause=0, total=0.1), sleep=time.sleep, moment=time.monotonic).get(publisher.address + "/page")


def test_redirects_are_followed(publisher: Publisher) -> None:
    publisher.pages.update({"/old": Page(status=301, headers={"Location": "/new"}), "/new": page()})
    assert fetcher(Time()).get(publisher.address + "/old").url == publisher.address + "/new"


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::1]", "10.1.2.3", "169.254.169.254", "0.0.0.0", "[::ffff:127.0.0.1]", "192.168.0.1"])
def test_private_addresses_are_refused(publisher: Publisher, host: str) -> None:
    port = publisher.address.rpartition(":")[2]
    with pytest.raises(FetchError) as caught:
        fetcher(Time(), allowed=()).get(f"http://{host}:{port}/")
    assert caught.value.lasting
    assert "private network" in str(caught.value)
    assert publisher.asked == []


@pytest.mark.parametrize(("ip", "open_"), [("8.8.8.8", True), ("2606:4700::1111", True), ("100.64.0.1", False), ("224.0.0.1", False), ("fe80::1%eth0", False)])
def test_open_addresses(ip: str, open_: bool) -> None:
    assert permitted(ip, ()) is open_
    assert permitted("10.0.0.7", (ipaddress.ip_network("10.0.0.0/24"),))


def test_hosts_that_are_not_there() -> None:
    for url, message in (("http://no-such-host.invalid/", "no such host"), ("http://127.0.0.1:1/", "refused"), ("ftp://x/", "not a web address")):
        with pytest.raises(FetchError, match=message):
            fetcher(Time()).get(url)


@pytest.mark.parametrize("body", [b"", b"no feed", b"<html></html>", b"<?xml version='1.0'?><rss", b"\xff\xfe\x00\x00"])
def test_what_is_no_feed_is_said(store: Store, publisher: Publisher, body: bytes) -> None:
    publisher.pages["/feed"] = Page(body)
    (done,) = looks(store, Feed(publisher.address + "/feed"))
    assert "feed" in done.error


# ------------------------------------------------------------------------------------------ single addresses


def test_a_page_and_a_feed_by_their_address(publisher: Publisher, sqlite: str, monkeypatch: pytest.MonkeyPatch) -> None:
    publisher.pages.update({"/1": page(), "/2": page("خبر آخر. " + TEXT)})
    feed = publisher.feed("/1", "/2")
    options = ["--register", sqlite, "--workers", "0"]
    result = CliRunner().invoke(main, ["ingest", publisher.address + "/1", *options])
    assert (result.exit_code, "private network" in result.stderr) == (1, True)
    monkeypatch.setattr("mahdar.register.fetching.Limits", lambda size: Limits(size=size, allowed=LOCAL, pause=0.0))
    result = CliRunner().invoke(main, ["ingest", feed, publisher.address + "/3", "--keep-going", *options])
    lines = [f"mahdar: {publisher.address}/3: HTTP 404", "mahdar: 1 new, 0 new versions, 0 stored already, 1 refused"]
    assert result.stderr.splitlines() == lines  # /1 was refused for good above, which the feed does not undo
    result = CliRunner().invoke(main, ["ingest", publisher.address + "/1#top", *options])
    assert result.stderr == "mahdar: 1 new, 0 new versions, 0 stored already, 0 refused\n"


# ------------------------------------------------------------------------------------------ settings and command


def write(folder: Path, text: str) -> Path:
    path = folder / "feeds.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_settings(tmp_path: Path) -> None:
    settings = load_feeds(
        write(
            tmp_path,
            'every = 30\npause = 1\nmax_size = 2\nallow = ["10.0.0.0/8", "::1"]\n'
            '[[feed]]\nurl = "https://a.example/rss"\n[[feed]]\nurl = "https://b.example/"\nsource = "س"\nevery = 5\npage = false\n',
        )
    )
    assert settings.feeds == (Feed("https://a.example/rss", every=30.0), Feed("https://b.example/", "س", 5.0, False))
    allowed = (ipaddress.ip_network("10.0.0.0/8"), ipaddress.ip_network("::1"))
    assert settings.limits == replace(Limits(), pause=1.0, size=2_000_000, allowed=allowed)


FEED = '[[feed]]\nurl = "https://a.example/"\n'


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "names no feed"),
        ("feed = 3", "names no feed"),
        ("x = ", "not valid TOML"),
        (FEED + "evry = 3", "feed 1: unknown field 'evry'; known are url, source, every, page"),
        ("evry = 3\n" + FEED, "unknown field 'evry'; known are every, pause"),
        (FEED + 'every = "often"', "feed 1: 'every' must be a number"),
        (FEED + "every = 0.1", "feed 1: 'every' must be at least 1"),
        (FEED + "page = 1", "feed 1: 'page' must be true or false"),
        ('[[feed]]\nurl = "file:///etc/passwd"', "feed 1: 'url' must be a web address"),
        (FEED + FEED, "named twice: https://a.example/"),
        ('allow = ["local"]\n' + FEED, "'allow' must list addresses or networks"),
        ("pause = -1\n" + FEED, "'pause' must be at least 0"),
    ],
)
def test_wrong_settings(tmp_path: Path, text: str, message: str) -> None:
    path = write(tmp_path, text)
    with pytest.raises(SettingsError) as caught:
        load_feeds(path)
    assert str(caught.value).startswith(f"{path}: ")
    assert message in str(caught.value)


def test_from_the_shell(publisher: Publisher, sqlite: str, tmp_path: Path) -> None:
    publisher.pages["/1"] = page()
    path = write(tmp_path, f'pause = 0\nallow = ["127.0.0.1"]\n[[feed]]\nurl = "{publisher.feed("/1")}"\n[[feed]]\nurl = "{publisher.address}/dead"\n')
    result = CliRunner().invoke(main, ["watch", str(path), "--once", "--register", sqlite])
    assert result.exit_code == 1
    assert result.stderr.splitlines() == [f"mahdar: {publisher.address}/feed: 1 stored", f"mahdar: {publisher.address}/dead: HTTP 404; next look in 30 minutes"]
    result = CliRunner().invoke(main, ["watch", str(path), "--once", "--register", sqlite, "--keep-going", "--quiet"])
    assert (result.exit_code, result.stderr.count("\n")) == (0, 1)
    with Store.open(sqlite) as store:
        assert store.count() == 1
