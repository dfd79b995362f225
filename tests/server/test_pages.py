"""The pages in a real browser: both languages, light and dark, phone and desktop, by keyboard alone, with hostile articles; no barrier that axe finds."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import httpx
import news
import pytest
from serving import SHOTS, Served, mahdar

from mahdar.register.questions import Register

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

AXE = (Path(__file__).parent / "vendor" / "axe.min.js").read_text(encoding="utf-8")
SIZES = {"phone": (390, 844), "desktop": (1280, 900)}
HOSTILE = "/articles/" + quote(news.HOSTILE[0]["id"], safe="")
PAGES = {
    "today": "/", "today-filtered": "/?actor=RUS&since=2015-11&until=2016", "actors": "/actors", "actor": "/actors/RUS", "person": "/actors/sergey-lavrov",
    "pair": "/pairs/RUS/USA", "persons": "/pairs/john-kerry/sergey-lavrov", "issues": "/issues", "issue": "/issues/assad-future",
    "stand": "/stands/TUR/assad-future", "stand-nowhere": "/stands/TUR/oil", "toward": "/stands/RUS/USA", "occurrence": "/occurrences/{met}", "articles": "/articles",
    "article": "/articles/moscow-assad?at=10-40#at", "hostile": HOSTILE, "search": "/search?q=" + quote("فيينا"), "search-ways": "/search?q=Russia%20Assad",
    "search-empty": "/search", "read": "/read", "missing": "/articles/none", "wrong": "/?since=yesterday",
}  # fmt: skip


@contextlib.contextmanager
def opened(browser: Browser, size: str = "desktop", *, dark: bool = False, **options: Any) -> Iterator[tuple[Page, list[str]]]:
    """A new browser window, and what it complains of."""
    width, height = SIZES[size]
    context = browser.new_context(viewport={"width": width, "height": height}, color_scheme="dark" if dark else "light", reduced_motion="reduce", **options)
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    try:
        yield page, complaints
    finally:
        context.close()


@pytest.fixture(scope="session")
def met(register: Register) -> str:
    """The meeting that two reports tell of."""
    return next(row.id for row in register.occurrences(between=("RUS", "USA")) if len(row.quotes) > 1)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("lang", ["en", "ar"])
@pytest.mark.parametrize("name", PAGES)
def test_each_page_is_sound(served: Served, browser: Browser, met: str, name: str, lang: str, size: str) -> None:
    dark = lang == "ar"
    with opened(browser, size, dark=dark) as (page, complaints):
        page.goto(f"{served.base}/{lang}{PAGES[name].format(met=met)}")
        _charts_are_drawn(page)
        assert page.evaluate("[document.documentElement.lang, document.documentElement.dir]") == [lang, "rtl" if lang == "ar" else "ltr"]
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, "wider than the window"
        assert page.evaluate("window.__pwned") is None
        assert page.locator("h1").count() == 1
        barriers = _barriers(page) if dark == (size == "phone") else []  # each page once light and wide, once dark and narrow
        SHOTS.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=SHOTS / f"{name}-{lang}-{size}-{'dark' if dark else 'light'}.png")
        assert barriers == []
        assert [each for each in complaints if not (name in ("missing", "wrong") and "status of 40" in each)] == []


def _barriers(page: Page) -> list[Any]:
    """What keeps people out who see, hear or move otherwise, by axe."""
    page.evaluate(AXE)
    found = page.evaluate("axe.run({runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa', 'best-practice'], resultTypes: ['violations']})")
    return [(each["id"], each["help"], [node["html"][:160] for node in each["nodes"][:3]]) for each in found["violations"]]


def _charts_are_drawn(page: Page) -> None:
    for chart in page.locator("figure[data-chart]").all():
        page.wait_for_function("figure => figure.dataset.drawn === 'yes'", arg=chart.element_handle())
        assert chart.locator("svg a, svg rect, svg circle").count() > 0


def test_where_russia_stands_is_found_at_once(served: Served, browser: Browser) -> None:
    """What an analyst does who has never read the docs."""
    with opened(browser) as (page, _):
        page.goto(served.base)
        page.get_by_label("Where does").fill("Russia")
        page.get_by_label("stand on").select_option(label="Assad's future")
        page.get_by_role("button", name="Show").click()
        page.wait_for_url("**/en/stands/RUS/assad-future")
        assert page.locator("h1").inner_text() == "Russia on Assad's future"
        verdict = page.locator(".verdict").inner_text()
        assert "In favour" in verdict
        assert "since 20 November 2015" in verdict
        assert "روسيا تدعم بقاء الرئيس السوري بشار الأسد في السلطة" in verdict
        page.locator(".quote.big a").click()
        page.locator(".m-at").first.wait_for()
        assert "روسيا تدعم بقاء الرئيس السوري بشار الأسد في السلطة" in "".join(page.locator(".m-at").all_inner_texts())


def test_search_leads_there_too(served: Served, browser: Browser) -> None:
    with opened(browser) as (page, _):
        page.goto(f"{served.base}/en/search")
        page.get_by_role("searchbox").type("Russia Assad", delay=10)  # no button: the answer comes while one types
        page.get_by_role("link", name="Russia on Assad's future").click()
        page.wait_for_url("**/en/stands/RUS/assad-future")
        page.go_back()
        page.get_by_role("searchbox").fill("كيري")
        page.locator("#hits mark").first.wait_for()
        assert "q=" in page.url
        year = page.locator("[aria-labelledby=f-year] a").first
        chosen = year.inner_text()
        year.click()
        page.wait_for_url(f"**since={chosen}**")
        assert {text[-4:] for text in page.locator("#hits .origin time").all_inner_texts()} == {chosen}


def test_from_today_to_the_sentence_by_keyboard(served: Served, browser: Browser) -> None:
    with opened(browser) as (page, _):
        page.goto(f"{served.base}/en/?actor=RUS&until=2015-11-14")
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.className") == "skip"
        page.keyboard.press("Enter")
        for _ in range(60):
            page.keyboard.press("Tab")
            if "at=" in (page.evaluate("document.activeElement.href") or ""):
                break
        words = page.evaluate("document.activeElement.innerText")
        page.keyboard.press("Enter")
        page.wait_for_url("**/en/articles/**#at")
        assert "".join(page.locator(".m-at").all_inner_texts()).split() == words.split()
        assert page.evaluate("document.activeElement.id") == "at"
        in_view = page.evaluate("(() => { const r = document.getElementById('at').getBoundingClientRect(); return r.top >= 0 && r.bottom <= innerHeight })()")
        assert in_view
        page.keyboard.press("Shift+Tab")
        page.keyboard.press("Tab")
        assert page.locator("#pop").is_visible()
        page.keyboard.press("Escape")
        assert not page.locator("#pop").is_visible()
        page.keyboard.press("Enter")
        assert re.search(r"#[aesp]\d+$", page.url)
        assert page.evaluate("document.querySelector('.record li:target') !== null")


def test_hover_shows_record_and_rule(served: Served, browser: Browser) -> None:
    with opened(browser) as (page, _):
        page.goto(f"{served.base}/en/articles/tehran-no")
        page.locator(".text .m-e").first.hover()
        assert "reject.refuse" in page.locator("#pop").inner_text()
        assert page.locator(".record li.lit").count() >= 1


def test_charts_have_their_data_and_an_address(served: Served, browser: Browser) -> None:
    for path, columns in (("/en/pairs/RUS/USA", "a,b,month,"), ("/en/issues/assad-future", "holder,holder_code,"), ("/en/actors/RUS", "code,name,"), ("/en/", "period,")):
        with opened(browser) as (page, _):
            page.goto(served.base + path, wait_until="networkidle")
            figure = page.locator("figure[data-chart]").first
            data = figure.get_by_role("link", name="Data (CSV)").get_attribute("href")
            answer = httpx.get(served.base + str(data))
            assert answer.headers["content-type"].startswith("text/csv")
            assert answer.text.startswith(columns)
            assert httpx.get(served.base + str(figure.get_by_role("link", name="Link to this view").get_attribute("href"))).status_code == 200
            figure.locator("summary").click()
            assert figure.locator("tbody tr").count() >= 1


def test_language_theme_and_filters(served: Served, browser: Browser) -> None:
    with opened(browser, locale="ar-EG") as (page, complaints):
        page.goto(served.base)
        assert page.url == f"{served.base}/ar/"
        page.goto(f"{served.base}/ar/?actor=RUS")
        page.locator("header").get_by_text("English").click()
        page.wait_for_url(f"{served.base}/en/?actor=RUS")
        before = page.evaluate("getComputedStyle(document.body).backgroundColor")
        page.locator("#theme").click()
        after = page.evaluate("getComputedStyle(document.body).backgroundColor")
        assert before != after
        page.reload()
        assert page.evaluate("getComputedStyle(document.body).backgroundColor") == after
        page.locator("form.filters [name=on]").select_option("assad-future")
        page.locator("form.filters").get_by_role("button", name="Filter").click()
        page.wait_for_url("**on=assad-future**")
        assert complaints == []


def test_more_comes_in_place(served: Served, browser: Browser) -> None:
    with opened(browser) as (page, complaints):
        page.goto(f"{served.base}/en/")
        before = page.locator("#days .item").count()
        page.get_by_role("link", name="More").click()
        page.wait_for_function("count => document.querySelectorAll('.item').length > count", arg=before)
        assert complaints == []


def test_pages_work_without_any_script(served: Served, browser: Browser) -> None:
    with opened(browser, java_script_enabled=False) as (page, _):
        page.goto(f"{served.base}/en/")
        page.get_by_label("Where does").fill("Turkey")
        page.get_by_label("stand on").select_option("assad-future")
        page.get_by_role("button", name="Show").click()
        assert "Against" in page.locator(".verdict").inner_text()
        page.goto(f"{served.base}/en/search")
        page.get_by_role("searchbox").fill("فيينا")
        with page.expect_navigation():
            page.keyboard.press("Enter")
        assert page.locator("#hits mark").count() > 0
        page.goto(f"{served.base}/en/pairs/RUS/USA")
        page.locator("summary").click()
        assert page.locator("figure tbody tr").count() >= 1


def test_a_pasted_text_is_read(served: Served, browser: Browser) -> None:
    from playwright.sync_api import expect

    with opened(browser) as (page, complaints):
        page.goto(f"{served.base}/en/read")
        page.get_by_label("The report’s text").fill(f"رفضت طهران طلبا أميركيا للتعاون في العراق. {news.SCRIPT}")
        page.get_by_label("Published on").fill("2014-09-15")
        page.get_by_role("button", name="Read").click()
        page.locator(".record").first.wait_for(timeout=60_000)
        assert "refusal or dispute" in page.locator(".cards-of").inner_text()
        expect(page.locator(".text")).to_contain_text(news.SCRIPT)
        assert page.evaluate("window.__pwned") is None
        assert complaints == []


def test_hostile_articles_are_harmless(served: Served, browser: Browser) -> None:
    for path in (HOSTILE, "/articles", "/articles/one-long-paragraph", "/?until=2015-11-22", "/search?q=" + quote("خبيث")):
        with opened(browser) as (page, complaints):
            page.goto(f"{served.base}/en{path}", wait_until="networkidle")
            assert page.evaluate("window.__pwned") is None
            assert complaints == []
            assert page.locator("main script, main img, main svg[onload]").count() == 0
            text = page.evaluate("document.body.innerText + document.title")
            assert not set("\u202a\u202b\u202d\u202e\u2066\u2067\u2068") & set(text)
            assert page.evaluate("[...document.links].every(link => ['http:', 'https:'].includes(link.protocol))")
    page_text = httpx.get(f"{served.base}/en{HOSTILE}").text
    assert "&lt;script&gt;window.__pwned=1&lt;/script&gt;" in page_text
    assert "{{ 7*7 }}" in page_text


def test_an_article_is_painted_within_a_second(served: Served, browser: Browser) -> None:
    for path in ("/en/articles/moscow-assad", "/ar/articles/truce-2016"):
        painted = []
        for _ in range(4):  # each time as if never seen before; the machine may do something else at one of them
            with opened(browser) as (page, _):
                page.goto(served.base + path, wait_until="networkidle")
                painted.append(page.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime"))
        assert min(painted) <= 1000


def test_a_token_opens_the_pages(serve: Callable[..., Served], browser: Browser, tmp_path: Path) -> None:
    tokens = str(tmp_path / "tokens.json")
    secret = mahdar("token", "create", "--tokens", tokens).stdout.strip()
    running = serve("--require-token", "--tokens", tokens)
    with opened(browser) as (page, _):
        page.goto(f"{running.base}/en/actors/RUS")
        assert "/login" in page.url
        page.get_by_label("Token").fill("wrong")
        page.get_by_role("button", name="Sign in").click()
        assert page.get_by_role("alert").inner_text()
        page.get_by_label("Token").fill(secret)
        page.get_by_role("button", name="Sign in").click()
        page.wait_for_url(f"{running.base}/en/actors/RUS")
        page.get_by_role("button", name="Sign out").click()
        page.wait_for_url(f"{running.base}/login")
        page.goto(f"{running.base}/en/actors/RUS")
        assert "/login" in page.url
