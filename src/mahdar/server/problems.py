"""One shape for every error of the API: RFC 9457, ``application/problem+json``."""

from __future__ import annotations

import json
from http import HTTPStatus
from typing import Any, Final

from starlette.responses import Response

MEDIA: Final = "application/problem+json"
SCHEMA: Final[dict[str, Any]] = {
    "type": "object",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": {"type": "string", "description": "What sort of problem: urn:mahdar:problem:…"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string", "description": "What is wrong, and what may be given instead."},
        "errors": {"type": "array", "items": {"type": "object"}, "description": "Of parameters that are wrong: where, and why."},
    },
}


def problem(status: int, detail: str, *, kind: str = "", headers: dict[str, str] | None = None, **more: Any) -> Response:
    """An error as a response."""
    title = HTTPStatus(status).phrase
    body = {"type": f"urn:mahdar:problem:{kind or title.casefold().replace(' ', '-')}", "title": title, "status": status, "detail": detail, **more}
    return Response(json.dumps(body, ensure_ascii=False, default=str), status, headers, MEDIA)


def documented(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """The OpenAPI entries of these errors."""
    return {
        status: {"description": HTTPStatus(status).phrase, "content": {MEDIA: {"schema": {"$ref": "#/components/schemas/Problem"}}}} for status in statuses
    }
