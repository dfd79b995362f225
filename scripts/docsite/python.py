"""The Python interface, from signatures and docstrings."""

from __future__ import annotations

import dataclasses
import inspect
from collections.abc import Iterator
from importlib import import_module
from typing import Any, NamedTuple

from docsite.markup import cell, code, doc, page


class Part(NamedTuple):
    """A page: its file, title and introduction, and what it tells of which module."""

    file: str
    title: str
    about: str
    names: dict[str, tuple[str, ...]]


PARTS = (
    Part(
        "reading", "Reading articles", "From a text or a file to its record.",
        {
            "mahdar": ("read", "default_reader"), "mahdar.reading.reader": ("Reader",), "mahdar.sources": ("read_articles",),
            "mahdar.lexicon.load": ("load_lexicon",),
        },
    ),
    Part("record", "The record", "What is read of an article. All are frozen.", {"mahdar.record": ("Article", "Record", "Span", "Actor", "Statement", "Event", "Position")}),
    Part(
        "register", "The register", "Articles and records kept, and questions to them.",
        {
            "mahdar.register.questions": ("Register", "Asked"), "mahdar.register.store": ("Store",), "mahdar.register.ingest": ("ingest", "reread", "Done"),
            "mahdar.sources.read": ("located",),
        },
    ),
    Part(
        "answers", "Rows of answers", "What questions give: an answer, and its rows by kind.",
        {
            "mahdar.register.answers": (
                "Answer", "Party", "Origin", "EventRow", "StatementRow", "PositionRow", "PairRow", "ActorRow", "Hit", "Passage", "OccurrenceRow", "Telling", "RequestRow",
                "Side", "Quote", "CommitmentRow", "ChangeRow",
            ),
        },
    ),
    Part(
        "export", "Exports and charts", "A register as files, and back; charts for notebooks.",
        {
            "mahdar.export": ("export", "restore", "Written"),
            "mahdar.plot": ("pair", "stances", "timeline", "network", "pair_rows", "stance_rows", "timeline_rows", "network_rows"),
        },
    ),
    Part(
        "errors", "Errors", "All errors raised on purpose have one base.",
        {"mahdar.errors": ("MahdarError", "SourceError", "LexiconError", "RecordError", "RegisterError", "QuestionError", "SettingsError")},
    ),
)  # fmt: skip


def pages() -> dict[str, str]:
    return {f"reference/python/{part.file}.md": page(part.title, part.about, *_part(part)) for part in PARTS}


def navigation() -> list[dict[str, str]]:
    return [{part.title: f"reference/python/{part.file}.md"} for part in PARTS]


def _part(part: Part) -> Iterator[str]:
    for module, names in part.names.items():
        for name in names:
            yield _thing(module, name, getattr(import_module(module), name))


def _thing(module: str, name: str, thing: Any) -> str:
    parts = [f"## {name} {{#{module}.{name}}}", f"```python\nfrom {module} import {name}\n```"]
    if not inspect.isclass(thing):
        return "\n\n".join([*parts, _signature(name, thing), doc(thing)])
    parts += [doc(thing), _fields(thing)]
    for member, value in vars(thing).items():
        if not member.startswith("_") and (inspect.isfunction(value) or isinstance(value, classmethod | staticmethod | property)):
            parts.append(_member(thing, member, value))
    return "\n\n".join(part for part in parts if part)


def _member(owner: type, name: str, value: Any) -> str:
    full = f"{owner.__name__}.{name}"
    if isinstance(value, property):
        return f"### {full}\n\n{doc(value.fget)}"
    plain = value.__func__ if isinstance(value, classmethod | staticmethod) else value
    return f"### {full}()\n\n{_signature(full, plain)}\n\n{doc(getattr(owner, name))}"


def _signature(name: str, thing: Any) -> str:
    signature = inspect.signature(inspect.unwrap(thing))
    parameters = [parameter for parameter in signature.parameters.values() if parameter.name not in ("self", "cls")]
    return f"```python\n{name}{_text(signature.replace(parameters=parameters))}\n```"


def _text(signature: inspect.Signature) -> str:
    line = str(signature).replace("'", "")
    if len(line) <= 100 or not signature.parameters:
        return line
    inside, arrow, result = line.rpartition(" -> ")
    parts, depth, start = [], 0, 1
    for at, letter in enumerate(inside):
        depth += (letter in "([{") - (letter in ")]}")
        if letter == "," and depth == 1:
            parts.append(inside[start:at].strip())
            start = at + 1
    parts.append(inside[start:-1].strip())
    return "(\n" + "".join(f"    {part},\n" for part in parts) + f"){arrow}{result}"


def _fields(thing: Any) -> str:
    """The fields of a dataclass, a named tuple or a typed dictionary."""
    if dataclasses.is_dataclass(thing):
        found = [(each.name, each.type) for each in dataclasses.fields(thing) if not each.name.startswith("_")]
    elif issubclass(thing, tuple) and hasattr(thing, "_fields"):
        found = [(name, thing.__annotations__[name]) for name in thing._fields]
    elif hasattr(thing, "__total__"):
        found = list(thing.__annotations__.items())
    else:
        return ""
    return "| field | type |\n| --- | --- |\n" + "\n".join(f"| {code(name)} | {code(cell(kind))} |" for name, kind in found)
