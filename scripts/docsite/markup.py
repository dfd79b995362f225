"""Small pieces of Markdown that the generated pages share."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterable
from typing import Any

_ROLE = re.compile(r":(?:class|func|meth|mod|data|attr):`~?(?:[\w.]*\.)?(\w+)`")


def table(head: Iterable[str], rows: Iterable[Iterable[object]]) -> str:
    """A table; what would break a cell is taken out of it."""
    head = list(head)
    lines = [f"| {' | '.join(head)} |", f"|{' --- |' * len(head)}"]
    lines += [f"| {' | '.join(cell(value) for value in row)} |" for row in rows]
    return "\n".join(lines) + "\n"


def cell(value: object) -> str:
    """A value as a cell: one line, no bar."""
    return " ".join(str("" if value is None else value).split()).replace("|", "&#124;")


def plain(text: str) -> str:
    """Text in which nothing is markup."""
    return re.sub(r"([\\`*_{}\[\]<>#|~^])", lambda found: f"&#{ord(found[1])};", text)


def code(value: object) -> str:
    """A value in the letters of code."""
    return f"`{value}`"


def codes(values: Iterable[object]) -> str:
    """Several such."""
    return ", ".join(code(value) for value in values)


def doc(thing: Any) -> str:
    """The docstring of something as Markdown."""
    text = _ROLE.sub(r"`\1`", inspect.getdoc(thing) or "").replace("``", "`")
    return re.sub(r"(?<=:)\n(?=\n? {4})", "\n", text)


def page(title: str, *parts: str) -> str:
    """A page of parts that stand apart."""
    return "\n\n".join([f"# {title}", *(part.strip("\n") for part in parts if part.strip())]) + "\n"
