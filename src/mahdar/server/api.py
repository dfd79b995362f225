"""The HTTP API under ``/api/v1``: the register's questions as resources, texts read without being stored, and what a write token may do."""

from __future__ import annotations

import inspect
from typing import Annotated, Any

from fastapi import APIRouter, Body, Depends, Path, Query, Request
from fastapi.responses import Response
from pydantic import BaseModel, ConfigDict, Field, field_validator

from mahdar import __version__
from mahdar.record import EVENT_TYPES, ISSUES, Article
from mahdar.register.derived import the_issue
from mahdar.register.wording import ISSUE_NAMES
from mahdar.server import forms
from mahdar.server.desk import Desk
from mahdar.server.problems import documented, problem
from mahdar.server.questions import MOST_JSON, QUESTIONS, Question, Words, asked, parameters
from mahdar.server.reading import Readers
from mahdar.show import clean
from mahdar.sources.files import Unreadable
from mahdar.sources.formats import checked, is_date

_ERRORS = (400, 401, 406, 421, 422, 429)
Key = Annotated[str, Path(description="The `id` or key of a row.", max_length=1000)]


class Text(BaseModel):
    """A report to be read."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"text": "رفضت طهران طلبا أميركيا للتعاون في العراق.", "published": "2014-09-15"}]})
    text: str = Field(min_length=1, description="The report as it is, nothing cleaned.")
    title: str = Field("", max_length=2000)
    published: str | None = Field(None, max_length=40, description="An ISO date or time: weekdays and أمس become dates by it.")
    source: str = Field("", max_length=500)
    url: str = Field("", max_length=2000)
    id: str = Field("text", min_length=1, max_length=500)

    @field_validator("published")
    @classmethod
    def _dated(cls, value: str | None) -> str | None:
        if value and not is_date(value):
            raise ValueError("must be an ISO date or time such as 2015-07-14")
        return value or None

    @field_validator("text", "title", "source", "url", "id")
    @classmethod
    def _storable(cls, value: str) -> str:
        try:
            value.encode("utf-8")
        except UnicodeEncodeError:
            raise ValueError("holds half a character (a lone surrogate)") from None
        return value

    def article(self) -> Article:
        return Article(id=self.id, text=self.text, title=self.title, published=self.published, source=self.source, url=self.url)


class Ruling(BaseModel):
    """Who is who, by hand: with neither ``article`` nor ``name`` a merge (``other`` is ``actor``), else a split of ``actor``."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"actor": "~sergei lavrov", "other": "sergey-lavrov"}]})
    actor: Words = Field(min_length=1)
    other: Words | None = Field(None, description="Who is merged into `actor`, or whom the part split off is.")
    article: Words = ""
    name: Words = ""


def router(desk: Desk, readers: Readers) -> APIRouter:
    """All resources. Questions wait for the register in threads of the server; nothing here holds a connection between two requests."""
    api = APIRouter(prefix="/api/v1")
    for question in QUESTIONS:
        api.add_api_route(
            f"/{question.name}", _endpoint(desk, question), methods=["GET"], summary=question.summary, operation_id=question.name, tags=["questions"],
            responses={**_rows(question), **documented(*_ERRORS)}, response_class=Response,
        )  # fmt: skip
    _single(api, desk)
    _reading(api, desk, readers)
    _writing(api, desk, readers)
    return api


def _endpoint(desk: Desk, question: Question) -> Any:
    def endpoint(request: Request, **given: Any) -> Response:
        form = forms.wanted(request, given.pop("format"))
        if isinstance(form, Response):
            return form
        limit = given.pop("limit")
        if form == "json" and limit > MOST_JSON:
            return problem(400, f"limit is {limit}; JSON comes in pages of {MOST_JSON} rows at most, JSON lines and CSV in longer ones")
        unknown = sorted(set(request.query_params) - {each.name for each in parameters(question)})
        if unknown:
            return problem(400, f"{question.name} cannot be filtered by {', '.join(map(clean, unknown))}")
        filters = asked(given)
        words = [filters.pop("q")] if question.name == "search" else []
        return desk.ask(lambda register: forms.answer(request, form, getattr(register, question.name)(*words, limit=limit + 1, **filters), limit))

    own = inspect.Parameter("request", inspect.Parameter.KEYWORD_ONLY, annotation=Request)
    endpoint.__signature__ = inspect.Signature([own, *parameters(question)], return_annotation=Response)  # type: ignore[attr-defined]
    return endpoint


def _rows(question: Question) -> dict[int | str, dict[str, Any]]:
    row = {"$ref": f"#/components/schemas/{question.kind.__name__}"}
    page = {
        "type": "object", "required": ["data", "next", "links"],
        "properties": {
            "data": {"type": "array", "items": row},
            "next": {"anyOf": [{"type": "string"}, {"type": "null"}], "description": "The cursor that `after` takes; null on the last page."},
            "links": {"type": "object", "properties": {"self": {"type": "string"}, "next": {"anyOf": [{"type": "string"}, {"type": "null"}]}}},
        },
    }  # fmt: skip
    content: dict[str, Any] = {"application/json": {"schema": page}, "application/x-ndjson": {"schema": {"type": "string"}}, "text/csv": {"schema": {"type": "string"}}}
    header = {"ETag": {"schema": {"type": "string"}}, "Link": {"schema": {"type": "string"}}}
    return {200: {"description": "A page of rows.", "content": content, "headers": header}, 304: {"description": "As it was (If-None-Match)."}}


def _json_of(schema: dict[str, Any], *others: forms.Form) -> dict[int | str, dict[str, Any]]:
    content = {"application/json": {"schema": schema}, **{forms.MEDIA[form]: {"schema": {"type": "string"}} for form in others}}
    return {200: {"description": "OK", "content": content}}


def _json(value: Any, status: int = 200) -> Response:
    return Response(forms.dumps(value), status, media_type="application/json")


def _single(api: APIRouter, desk: Desk) -> None:
    @api.get("/articles/{key:path}", tags=["articles"], operation_id="article", responses={**_json_of({"$ref": "#/components/schemas/Record"}), **documented(404, *_ERRORS)})
    def article(key: Key, version: Annotated[int | None, Query(ge=1, le=1_000_000, description="This version instead of the current one.")] = None) -> Response:
        """A stored article with its record; spans are offsets in `text`."""
        report = desk.ask(lambda register: register.article(key, version=version))
        if report is None or report.record.article is None:
            return problem(404, "no such article is stored" + ("" if version is None else " in this version"))
        given = report.record.article
        return _json({**report.record.to_json(), "title": given.title, "source": given.source, "url": given.url, "text": given.text})

    of_one = {**_json_of({"$ref": "#/components/schemas/OccurrenceRow"}), **documented(404, *_ERRORS)}

    @api.get("/occurrences/{key}", tags=["questions"], operation_id="occurrence", responses=of_one)
    def occurrence(key: Key) -> Response:
        """One event in the world, with all its reports."""
        row = desk.ask(lambda register: register.occurrence(key))
        return problem(404, "no such occurrence; its id changes where other reports join it") if row is None else _json(row.to_json())

    @api.get("/briefs/{issue}", tags=["questions"], operation_id="brief", responses={**_json_of({"type": "object"}), **documented(404, *_ERRORS)})
    def brief(
        issue: Annotated[str, Path(max_length=60, examples=["anti-isis"])],
        since: Annotated[Words | None, Query(description="Say also what changed from this day, month or year on.")] = None,
        until: Annotated[Words | None, Query(description="As the reports to this day, month or year tell.")] = None,
    ) -> Response:
        """The state of coordination on an issue."""
        name = the_issue(issue)
        return _json(desk.ask(lambda register: register.brief(name, since=since or None, until=until or None).to_json()))

    @api.get("/partners", tags=["questions"], operation_id="partners", responses={**_json_of({"type": "object"}, "jsonl", "csv"), **documented(*_ERRORS)})
    def partners(
        request: Request,
        actor: Annotated[Words, Query(description="A state or body.", examples=["RUS"], min_length=1)],
        since: Annotated[Words | None, Query()] = None,
        until: Annotated[Words | None, Query()] = None,
        limit: Annotated[int, Query(ge=1, le=200)] = 20,
        format: Annotated[forms.Form | None, Query()] = None,
    ) -> Response:
        """With whom a state or body has the most events told as actual: the network picture."""
        found = desk.ask(lambda register: register.partners(actor, most=limit, since=since or None, until=until or None))
        columns = ("code", "name", "name_en", "events", "cooperation", "conflict")
        return _small(request, format, columns, [{name: getattr(each, name) for name in columns} for each in found])

    @api.get("/activity", tags=["questions"], operation_id="activity", responses={**_json_of({"type": "object"}, "jsonl", "csv"), **documented(*_ERRORS)})
    def activity(
        request: Request,
        of: Annotated[Words, Query(description="A code, a key, an issue or a type; empty: all.")] = "",
        days: Annotated[bool, Query(description="By day, not by month.")] = False,
        since: Annotated[Words | None, Query()] = None,
        until: Annotated[Words | None, Query()] = None,
        format: Annotated[forms.Form | None, Query()] = None,
    ) -> Response:
        """How many events in the world there were by month or day."""
        if "\x00" in of:
            return problem(400, "of holds a character no text has (U+0000)")
        found = desk.ask(lambda register: register.activity(of, days=days, since=since or None, until=until or None))
        return _small(request, format, ("period", "occurrences"), [{"period": period, "occurrences": count} for period, count in found.items()])

    @api.get("/vocabulary", tags=["about"], operation_id="vocabulary", responses={**_json_of({"type": "object"}), **documented(*_ERRORS)})
    def vocabulary() -> Response:
        """Issues and types of events, and what this server is."""
        issues = [{"id": issue, "en": ISSUE_NAMES[issue].en, "ar": ISSUE_NAMES[issue].ar} for issue in ISSUES]
        return _json({"version": __version__, "issues": issues, "types": list(EVENT_TYPES), "newest": desk.ask(lambda register: register.newest()) or None})


def _small(request: Request, given: forms.Form | None, columns: tuple[str, ...], rows: list[dict[str, Any]]) -> Response:
    """A short table in the form asked for."""
    form = forms.wanted(request, given)
    if isinstance(form, Response):
        return form
    if form == "json":
        return _json({"data": rows})
    if form == "jsonl":
        return Response(b"".join(forms.dumps(row) + b"\n" for row in rows), media_type=forms.MEDIA[form])
    lines = [",".join(columns), *(",".join(f'"{str(forms.plain(row[name])).replace(chr(34), chr(34) * 2)}"' for name in columns) for row in rows)]
    return Response("\r\n".join(lines) + "\r\n", media_type=forms.MEDIA[form])


def _reading(api: APIRouter, desk: Desk, readers: Readers) -> None:
    @api.post("/read", tags=["reading"], operation_id="read", responses={**_json_of({"$ref": "#/components/schemas/Record"}), **documented(403, 408, 413, 503, *_ERRORS)})
    async def read(text: Annotated[Text, Body()]) -> Response:
        """The record of a text. Nothing of it is stored."""
        if len(text.text) > desk.settings.text:
            return problem(413, f"the text has {len(text.text):,} characters; up to {desk.settings.text:,} are read at once")
        return _json((await readers.read(text.article())).to_json())


def may_write(request: Request) -> None:
    """Refuse whoever has no token that may write."""
    held = request.scope.get("state", {}).get("scope")
    if held != "write":
        raise Forbidden("this token may only read" if held else "writing needs a token that may write: `mahdar token create --scope write`")


class Forbidden(Exception):
    """Somebody may not do what they asked for."""


def _writing(api: APIRouter, desk: Desk, readers: Readers) -> None:
    refusals = documented(403, 408, 413, 503, *_ERRORS)
    writes: dict[str, Any] = {"tags": ["writing"], "dependencies": [Depends(may_write)]}

    @api.post("/articles", operation_id="store", responses={**_json_of({"type": "object"}), **refusals}, **writes)
    async def store(text: Annotated[Text, Body()]) -> Response:
        """Read an article and store it; the same again is stored once, a changed text is a new version. Needs a token that may write."""
        if text.id == "text":
            return problem(422, "an article needs an id of its own: its address, or the number its publisher gives it")
        if len(text.text) > desk.settings.text:
            return problem(413, f"the text has {len(text.text):,} characters; up to {desk.settings.text:,} are read at once")
        article = text.article()
        try:
            if not article.text.strip():
                raise Unreadable("field 'text' is empty")
            checked(article)
        except Unreadable as error:
            return problem(422, str(error), kind="invalid")
        return _json(await readers.store(desk.settings.register, article))

    @api.get("/rulings", tags=["writing"], operation_id="rulings", responses={**_json_of({"type": "object"}), **documented(*_ERRORS)})
    def rulings() -> Response:
        """Who is who by hand: merges and splits, with the numbers that take them back."""
        found = desk.ask(lambda register: register.rulings())
        return _json({"data": [{**{name: getattr(each, name) for name in each.__slots__}, "kind": each.kind} for each in found]})

    @api.post("/rulings", operation_id="rule", responses={**_json_of({"type": "object"}), **refusals}, **writes)
    def rule(ruling: Annotated[Ruling, Body()]) -> Response:
        """Merge two actors, or split one. Needs a token that may write."""
        with desk.writing() as register:
            if ruling.article or ruling.name:
                number, changed = register.split(ruling.actor, article=ruling.article, name=ruling.name, into=ruling.other)
            elif ruling.other is None:
                return problem(422, "a merge needs `other`, a split `article` or `name`")
            else:
                number, changed = register.merge(ruling.actor, ruling.other)
        return _json({"number": number, "changed": changed})

    @api.delete("/rulings/{number}", operation_id="undo", responses={**_json_of({"type": "object"}), **refusals}, **writes)
    def undo(number: Annotated[int, Path(ge=1, le=2**31)]) -> Response:
        """Take a merge or split back. Needs a token that may write."""
        with desk.writing() as register:
            return _json({"changed": register.undo(number)})
