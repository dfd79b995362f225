"""Rows in the form a client asks for: JSON with the way to the next page, JSON lines or CSV."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator
from typing import Any, Final, Literal, get_args
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from mahdar.register.answers import Answer
from mahdar.server.problems import problem

Form = Literal["json", "jsonl", "csv"]
FORMS: Final[tuple[Form, ...]] = get_args(Form)
MEDIA: Final[dict[Form, str]] = {"json": "application/json", "jsonl": "application/x-ndjson", "csv": "text/csv"}
_ALSO: Final[dict[str, Form]] = {"application/jsonl": "jsonl", "application/jsonlines": "jsonl", "*/*": "json", "application/*": "json", "text/*": "csv"}
_AT_ONCE: Final = 200  # rows of a piece that is sent


def wanted(request: Request, given: Form | None) -> Form | Response:
    """``format`` where it is given, else the first form that Accept likes best; a refusal where it likes none."""
    if given is not None:
        return given
    kinds: dict[str, Form] = {**{media: form for form, media in MEDIA.items()}, **_ALSO}
    best: tuple[float, Form] | None = None
    for part in request.headers.get("accept", "*/*").split(","):
        media, *parameters = (piece.strip().casefold() for piece in part.split(";"))
        form = kinds.get(media)
        weight = _weight(parameters)
        if form is not None and weight > 0 and (best is None or weight > best[0]):
            best = (weight, form)
    if best is None:
        return problem(406, f"this can be had as {', '.join(MEDIA.values())}")
    return best[1]


def _weight(parameters: Iterable[str]) -> float:
    for each in parameters:
        name, _, value = each.partition("=")
        if name == "q":
            try:
                return float(value)
            except ValueError:
                return 0.0
    return 1.0


def answer(request: Request, form: Form, found: Answer[Any], limit: int) -> Response:
    """``found`` holds up to ``limit`` + 1 rows: one more tells that there is a next page."""
    if form == "json":
        rows = found.rows()
        more = rows[limit - 1].cursor if len(rows) > limit else None
        here = _link(request, {})
        following = _link(request, {"after": more}) if more is not None else None
        body = {"data": [row.to_json() for row in rows[:limit]], "next": more, "links": {"self": here, "next": following}}
        links = {"Link": f'<{following}>; rel="next"'} if following else {}
        return Response(dumps(body), 200, links, MEDIA["json"])
    rows_ = iter(found)
    first = next(rows_, None)  # what cannot be asked is told before anything is sent
    lines = _jsonl(first, rows_, limit) if form == "jsonl" else _csv(found.kind.columns, first, rows_, limit)
    name = request.url.path.rsplit("/", 1)[-1]
    headers = {"Content-Disposition": f'inline; filename="{name}.{form}"'}
    media = f"{MEDIA[form]}; charset=utf-8"
    return StreamingResponse(lines, 200, headers, media)


def dumps(value: Any) -> bytes:
    """JSON; a lone surrogate, which no UTF-8 holds, as its escape."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    try:
        return text.encode("utf-8")
    except UnicodeEncodeError:
        return json.dumps(value, separators=(",", ":")).encode("ascii")


def _link(request: Request, changed: dict[str, str]) -> str:
    query = [(name, value) for name, value in request.query_params.multi_items() if name not in changed]
    words = urlencode([*query, *changed.items()])
    return request.url.path + (f"?{words}" if words else "")


def _rows(first: Any, rest: Iterator[Any], limit: int) -> Iterator[Any]:
    if first is not None and limit:
        yield first
        for number, row in enumerate(rest, 2):
            if number > limit:
                return
            yield row


def _jsonl(first: Any, rest: Iterator[Any], limit: int) -> Iterator[bytes]:
    piece: list[bytes] = []
    for row in _rows(first, rest, limit):
        piece.append(dumps(row.to_json()) + b"\n")
        if len(piece) == _AT_ONCE:
            yield b"".join(piece)
            piece = []
    yield b"".join(piece)


def _csv(columns: tuple[str, ...], first: Any, rest: Iterator[Any], limit: int) -> Iterator[bytes]:
    out = io.StringIO()
    lines = csv.DictWriter(out, columns, lineterminator="\r\n")
    lines.writeheader()
    for number, row in enumerate(_rows(first, rest, limit), 1):
        lines.writerow({name: plain(value) for name, value in row.flat().items()})
        if number % _AT_ONCE == 0:
            yield out.getvalue().encode("utf-8", "replace")
            out.seek(0)
            out.truncate()
    yield out.getvalue().encode("utf-8", "replace")


def plain(value: Any) -> Any:
    """A cell no spreadsheet takes for a formula: text that begins like one gets an apostrophe before it."""
    return f"'{value}" if isinstance(value, str) and value[:1] in ("=", "+", "-", "@", "\t", "\r") else value
