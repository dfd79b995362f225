"""The pages: addresses, languages, signing in. What they show is gathered in :mod:`views`, how it looks stands in ``templates``."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final
from urllib.parse import parse_qsl, urlencode, urlsplit

from fastapi import FastAPI, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from markupsafe import Markup

from mahdar.record import EVENT_TYPES, ISSUES, Article
from mahdar.register.derived import the_issue
from mahdar.server import marking, views
from mahdar.server.desk import Desk
from mahdar.server.guard import COOKIE, SESSION, Sessions
from mahdar.server.look import SPEECH, environment, options, static_names
from mahdar.server.reading import Readers
from mahdar.server.tokens import Tokens, now_utc
from mahdar.sources.formats import is_date

_ENVIRONMENT: Final = environment()
_STATIC: Final = static_names()
View = Callable[[str, Request, dict[str, str]], Response]


class Query(dict[str, str]):
    """The fields of an address; one that is not there is empty."""

    def __missing__(self, name: str) -> str:
        return ""


def add(app: FastAPI, desk: Desk, readers: Readers, tokens: Tokens, sessions: Sessions) -> None:
    """All pages, each in both languages."""
    _entrance(app, tokens, sessions)
    _lists(app, desk)
    _singles(app, desk)
    _reading(app, desk, readers)


def page(request: Request, lang: str, name: str, status: int = 200, **shown: Any) -> Response:
    """A template as a page."""
    speech = SPEECH[lang]
    rest = request.url.path.removeprefix(f"/{lang}")
    query = f"?{request.url.query}" if request.url.query else ""
    other = f"/{speech.other}{rest}{query}" if request.url.path.startswith(f"/{lang}") else f"/{speech.other}/"
    here = request.url.path + query
    html = _ENVIRONMENT.get_template(name).render(
        t=speech, lang=lang, other_address=other, here=here, static=_STATIC, issues=ISSUES, types=EVENT_TYPES, active=rest.strip("/").partition("/")[0] or "today",
        signed_in=COOKIE in request.cookies, given_query=urlencode([item for item in request.query_params.multi_items() if item[0] != "after"]), **shown,
    )  # fmt: skip
    return HTMLResponse(html.encode("utf-8", "replace"), status, {"Content-Language": lang})


def prepare() -> None:
    """Make all templates ready, which takes longer than most pages do: a process does it before anybody asks."""
    for name in _ENVIRONMENT.list_templates():
        _ENVIRONMENT.get_template(name)


def failed(request: Request, status: int, detail: str) -> Response:
    """An error as a page."""
    lang = request.url.path.split("/", 2)[1]
    lang = lang if lang in SPEECH else preferred(request)
    return page(request, lang, "failed.html", status, code=status, detail=detail)


def preferred(request: Request) -> str:
    """The language a browser asks for."""
    for part in request.headers.get("accept-language", "").split(","):
        name = part.split(";")[0].strip().casefold()[:2]
        if name in SPEECH:
            return name
    return "en"


def _route(app: FastAPI, address: str, view: View, *, methods: tuple[str, ...] = ("GET",)) -> None:
    """One page in both languages."""
    for lang in SPEECH:

        def endpoint(request: Request, lang: str = lang) -> Response:
            return view(lang, request, Query(request.query_params))

        endpoint.__signature__ = _ONE_REQUEST  # type: ignore[attr-defined]
        app.add_api_route(f"/{lang}{address}", endpoint, methods=list(methods), include_in_schema=False, response_class=HTMLResponse)


def _one_request() -> Any:
    import inspect

    return inspect.Signature([inspect.Parameter("request", inspect.Parameter.POSITIONAL_OR_KEYWORD, annotation=Request)])


_ONE_REQUEST: Final = _one_request()


def _lists(app: FastAPI, desk: Desk) -> None:
    def names(register: Any, lang: str) -> Markup:
        return desk.kept(f"names {lang}", lambda: options(views.suggestions(register, lang)))

    def today(lang: str, request: Request, given: dict[str, str]) -> Response:
        return desk.ask(lambda register: page(request, lang, "today.html", **views.today(register, given), suggested=names(register, lang)))

    def actors(lang: str, request: Request, given: dict[str, str]) -> Response:
        return desk.ask(lambda register: page(request, lang, "actors.html", **views.actors(register, given)))

    def articles(lang: str, request: Request, given: dict[str, str]) -> Response:
        return desk.ask(lambda register: page(request, lang, "articles.html", **views.articles(register, given), suggested=names(register, lang)))

    def issues(lang: str, request: Request, given: dict[str, str]) -> Response:
        return desk.ask(lambda register: page(request, lang, "issues.html", **views.issues(register)))

    def search(lang: str, request: Request, given: dict[str, str]) -> Response:
        return desk.ask(lambda register: page(request, lang, "search.html", **views.search(register, given), suggested=names(register, lang)))

    def find(lang: str, request: Request, given: dict[str, str]) -> Response:
        """Where the form "where does … stand on …" leads."""
        who = desk.register.names.who(given.get("actor", ""))
        if given.get("with"):
            other = desk.register.names.who(given["with"])
            return RedirectResponse(SPEECH[lang].page("pairs", str(who), str(other)), 303)
        if not given.get("on"):
            return RedirectResponse(SPEECH[lang].page("actors", str(who)), 303)
        return RedirectResponse(SPEECH[lang].page("stands", str(who), str(desk.register.names.subject(given["on"]))), 303)

    for address, view in (("/", today), ("/actors", actors), ("/articles", articles), ("/issues", issues), ("/search", search), ("/find", find)):
        _route(app, address, view)


def _singles(app: FastAPI, desk: Desk) -> None:
    def or_none(lang: str, request: Request, name: str, shown: views.Shown | None) -> Response:
        if shown is None:
            return page(request, lang, "failed.html", 404, code=404, detail=SPEECH[lang].say("not_found"))
        return page(request, lang, name, **shown)

    def actor(lang: str, request: Request, given: dict[str, str]) -> Response:
        return desk.ask(lambda register: or_none(lang, request, "actor.html", views.actor(register, request.path_params["key"], SPEECH[lang])))

    def pair(lang: str, request: Request, given: dict[str, str]) -> Response:
        a, b = request.path_params["a"], request.path_params["b"]
        return desk.ask(lambda register: page(request, lang, "pair.html", **views.pair(register, a, b, given)))

    def issue(lang: str, request: Request, given: dict[str, str]) -> Response:
        name = the_issue(request.path_params["issue"])
        return desk.ask(lambda register: page(request, lang, "issue.html", **views.issue(register, name, SPEECH[lang], given)))

    def stand(lang: str, request: Request, given: dict[str, str]) -> Response:
        holder, on = request.path_params["holder"], request.path_params["on"]
        return desk.ask(lambda register: page(request, lang, "stand.html", **views.stand(register, holder, on, SPEECH[lang])))

    def occurrence(lang: str, request: Request, given: dict[str, str]) -> Response:
        return desk.ask(lambda register: or_none(lang, request, "occurrence.html", views.occurrence(register, request.path_params["key"])))

    def article(lang: str, request: Request, given: dict[str, str]) -> Response:
        key, version = request.path_params["key"], given.get("version", "")
        number = int(version) if version.isascii() and version.isdigit() and len(version) < 7 else None
        report = desk.ask(lambda register: register.article(key, version=number))
        at = marking.span_of(given.get("at"))
        return or_none(lang, request, "article.html", None if report is None else views.article(report.record, at))

    singles: tuple[tuple[str, View], ...] = (
        ("/actors/{key:path}", actor), ("/pairs/{a}/{b:path}", pair), ("/issues/{issue}", issue), ("/stands/{holder}/{on:path}", stand),
        ("/occurrences/{key}", occurrence), ("/articles/{key:path}", article),
    )  # fmt: skip
    for address, view in singles:
        _route(app, address, view)


def _reading(app: FastAPI, desk: Desk, readers: Readers) -> None:
    def form(lang: str, request: Request, given: dict[str, str]) -> Response:
        return page(request, lang, "read.html", text="", published="", wrong="")

    async def read(request: Request) -> Response:
        lang = request.url.path.split("/", 2)[1]
        given = await _fields(request)
        text, published = given.get("text", "").replace("\r\n", "\n"), given.get("published", "").strip()
        wrong = "read_text" if not text.strip() else "read_date" if published and not is_date(published) else ""
        if wrong or len(text) > desk.settings.text:
            return page(request, lang, "read.html", 422, text=text[: desk.settings.text], published=published, wrong=wrong or "read_text")
        record = await readers.read(Article(id="text", text=text, published=published or None))
        return page(request, lang, "article.html", **views.article(record, None))

    _route(app, "/read", form)
    for lang in SPEECH:
        app.add_api_route(f"/{lang}/read", read, methods=["POST"], include_in_schema=False, response_class=HTMLResponse)


async def _fields(request: Request) -> dict[str, str]:
    body = (await request.body()).decode("utf-8", "replace")
    return dict(parse_qsl(body, keep_blank_values=True, max_num_fields=20))


def _entrance(app: FastAPI, tokens: Tokens, sessions: Sessions) -> None:
    @app.get("/", include_in_schema=False)
    async def root(request: Request) -> Response:
        return RedirectResponse(f"/{preferred(request)}/", 303)

    @app.get("/login", include_in_schema=False)
    async def login(request: Request) -> Response:
        return page(request, preferred(request), "login.html", next=_local(request.query_params.get("next", "/")), wrong=False)

    @app.post("/login", include_in_schema=False)
    async def enter(request: Request) -> Response:
        given = await _fields(request)
        token = tokens.find(given.get("token", "").strip(), now_utc())
        following = _local(given.get("next", "/"))
        if token is None:
            return page(request, preferred(request), "login.html", 401, next=following, wrong=True)
        answer = RedirectResponse(following, 303)
        answer.set_cookie(COOKIE, sessions.begin(token), max_age=SESSION, httponly=True, samesite="strict", secure=request.url.scheme == "https")
        return answer

    @app.post("/logout", include_in_schema=False)
    async def leave(request: Request) -> Response:
        sessions.end(request.cookies.get(COOKIE, ""))
        answer = RedirectResponse("/login", 303)
        answer.delete_cookie(COOKIE)
        return answer


def _local(address: str) -> str:
    """An address of this server; anything else is its first page."""
    try:
        parts = urlsplit(address)
    except ValueError:  # brackets that are no address of IPv6
        return "/"
    local = not parts.scheme and not parts.netloc and address.startswith("/") and not address.startswith(("//", "/\\")) and address.isprintable()
    return address if local else "/"
