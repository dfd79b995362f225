"""What commands that run for long say of themselves: lines for people, or JSON objects, one a line, for programs that collect them."""

from __future__ import annotations

import json
import logging
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, TypeVar

import click

F = TypeVar("F", bound=Callable[..., Any])


def log_option(function: F) -> F:
    """``--log``: in which form a command that runs for long says what it does."""
    choice = click.Choice(["text", "json"])
    return click.option("--log", type=choice, default="text", show_default=True, help="How to say what happens, on standard error: for people, or as JSON lines.")(function)


class JsonLines(logging.Formatter):
    """A record as an object: time (UTC), level, logger, message, and the fields that its ``told`` names; a traceback where there is one."""

    def format(self, record: logging.LogRecord) -> str:
        fields = {"time": _moment(record.created), "level": record.levelname.lower(), "logger": record.name, "message": record.getMessage()}
        fields |= getattr(record, "told", {})
        if record.exc_info:
            fields["traceback"] = self.formatException(record.exc_info)
        return json.dumps(fields, ensure_ascii=False)


def line(level: str, message: str, **fields: Any) -> str:
    """One line of JSON of a command's own."""
    return json.dumps({"time": _moment(datetime.now(UTC).timestamp()), "level": level, "logger": "mahdar", "message": message, **fields}, ensure_ascii=False)


def handler(form: str) -> logging.Handler:
    """Writes records to standard error in the form asked for."""
    out = logging.StreamHandler(sys.stderr)
    out.setFormatter(JsonLines() if form == "json" else logging.Formatter("%(asctime)s %(message)s", "%Y-%m-%dT%H:%M:%S"))
    return out


def _moment(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
