"""The application: API, pages and MCP over one register, behind one guard."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator
from importlib.resources import files
from typing import Any, Final

import anyio.to_thread
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import PlainTextResponse, Response
from starlette.exceptions import HTTPException
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp

from mahdar import __version__
from mahdar.errors import MahdarError, QuestionError
from mahdar.register.identity import RulingError
from mahdar.server import api, mcp, pages, problems, schemas
from mahdar.server.desk import Desk
from mahdar.server.examples import EXAMPLES
from mahdar.server.guard import Guard, Sessions
from mahdar.server.memory import Memory
from mahdar.server.metrics import Metrics
from mahdar.server.problems import problem
from mahdar.server.questions import QUESTIONS
from mahdar.server.reading import Busy, Readers, Slow
from mahdar.server.settings import Settings
from mahdar.server.tokens import Tokens
from mahdar.server.workers import Workers

_THREADS: Final = 8  # that ask the register at once: more only stand in each other's way


def create(settings: Settings) -> ASGIApp:
    """The whole server. Raises :class:`mahdar.errors.RegisterError` where the register cannot be opened."""
    desk = Desk(settings)
    readers = Readers(settings.folders)
    tokens, sessions, metrics = Tokens(settings.token_file), Sessions(), Metrics()
    assistants = mcp.server(desk)
    spoken = mcp.http(assistants)

    @contextlib.asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        anyio.to_thread.current_default_thread_limiter().total_tokens = _THREADS
        workers.start()
        async with assistants.session_manager.run():
            yield
        await workers.close()
        readers.close()
        desk.close()

    app = application(desk, readers, tokens, sessions, lifespan)
    workers = Workers(app, settings, far=desk.far)
    metrics.answering = lambda: workers.ready
    app.mount("/static", StaticFiles(directory=str(files("mahdar.server").joinpath("static"))))
    app.router.routes.extend(spoken.routes)

    @app.get("/healthz", include_in_schema=False)
    def healthz() -> Response:
        """Is the register there to be asked?"""
        desk.ask(lambda register: register.newest())
        return PlainTextResponse("ok\n")

    @app.get("/metrics", include_in_schema=False)
    async def told() -> Response:
        return PlainTextResponse(metrics.text(), media_type="text/plain; version=0.0.4")

    memory = Memory(workers if settings.workers else app, mark=desk.mark, waits=desk.far, metrics=metrics)
    return Guard(memory, settings=settings, tokens=tokens, sessions=sessions, metrics=metrics)


def application(desk: Desk, readers: Readers | None = None, tokens: Tokens | None = None, sessions: Sessions | None = None, lifespan: Any = None) -> FastAPI:
    """API and pages. A process that only answers what may be asked of the register needs none of the rest."""
    app = FastAPI(title="Mahdar", version=__version__, description=_ABOUT, lifespan=lifespan, docs_url=None, redoc_url=None, openapi_url="/api/v1/openapi.json")
    _errors(app)
    readers = readers or Readers(desk.settings.folders)
    app.include_router(api.router(desk, readers))
    pages.add(app, desk, readers, tokens or Tokens(desk.settings.token_file), sessions or Sessions())
    described = app.openapi

    def openapi() -> dict[str, Any]:
        schema = described()
        found = schema.setdefault("components", {}).setdefault("schemas", {})
        found |= {**schemas.components([question.kind for question in QUESTIONS]), "Problem": problems.SCHEMA, "Record": schemas.RECORD}
        for operation in (each for path in schema["paths"].values() for each in path.values()):
            if operation["operationId"] in EXAMPLES:
                operation["responses"]["200"]["content"]["application/json"]["example"] = EXAMPLES[operation["operationId"]]
        found.pop("HTTPValidationError", None)
        found.pop("ValidationError", None)
        schema["components"]["securitySchemes"] = {"token": {"type": "http", "scheme": "bearer"}}
        schema["security"] = [{}, {"token": []}]
        return schema

    app.openapi = openapi  # type: ignore[method-assign]
    return app


def _errors(app: FastAPI) -> None:
    """Every error as a problem; on pages as a page."""

    def told(request: Request, status: int, detail: str, **more: Any) -> Response:
        if request.url.path.startswith(("/en", "/ar", "/login")) or request.url.path == "/":
            return pages.failed(request, status, detail)
        return problem(status, detail, **more)

    async def question(request: Request, error: Exception) -> Response:
        return told(request, 400, str(error), kind="question")

    async def ours(request: Request, error: Exception) -> Response:
        return told(request, 503, str(error), kind="unavailable", headers={"Retry-After": "5"})

    async def invalid(request: Request, error: Exception) -> Response:
        assert isinstance(error, RequestValidationError)
        wrong = [{"where": ".".join(map(str, each["loc"])), "why": each["msg"]} for each in error.errors()]
        return told(request, 422, "; ".join(f"{each['where']}: {each['why']}" for each in wrong), kind="invalid", errors=wrong)

    async def http(request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)
        return told(request, error.status_code, str(error.detail), headers=dict(error.headers or {}))

    async def forbidden(request: Request, error: Exception) -> Response:
        return told(request, 403, str(error), kind="scope")

    async def defect(request: Request, error: Exception) -> Response:
        return told(request, 500, f"a defect of Mahdar ({type(error).__name__}); please report this with what the server wrote to its log")

    async def ruling(request: Request, error: Exception) -> Response:
        return told(request, 409, str(error), kind="ruling")

    app.add_exception_handler(QuestionError, question)
    app.add_exception_handler(RulingError, ruling)
    app.add_exception_handler(Busy, ours)
    app.add_exception_handler(Slow, ours)
    app.add_exception_handler(api.Forbidden, forbidden)
    app.add_exception_handler(MahdarError, ours)
    app.add_exception_handler(RequestValidationError, invalid)
    app.add_exception_handler(HTTPException, http)
    app.add_exception_handler(Exception, defect)


_ABOUT = (
    "The diplomatic record read from Arabic news: who met whom, who said what, where each party stands. Every row says in which article and at "
    "which span its words stand. Lists come newest first, in pages: `next` is the cursor for `after`."
)
