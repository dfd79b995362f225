"""An assistant's own client, by the official SDK, over standard input and output and over HTTP: whatever it is told, it can cite."""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from mcp.client import Client
from mcp.client.stdio import StdioServerParameters, stdio_client
from serving import Served, environment

from mahdar.register.questions import Register

TOOLS = {"search", "events", "statements", "positions", "changes", "requests", "actors", "pair", "brief", "evidence"}


def over(kind: str, place: Path, served: Served) -> Any:
    """What a client is opened with."""
    if kind == "http":
        return f"{served.base}/mcp"
    command = ["-m", "mahdar.cli.main", "mcp", "--register", str(place / "news.db")]
    return stdio_client(StdioServerParameters(command=sys.executable, args=command, env=environment()))


def ask(way: Any, *calls: tuple[str, dict[str, Any]]) -> list[Any]:
    """One session: the tools' names, then the answers."""

    async def session() -> list[Any]:
        async with Client(way) as client:
            found: list[Any] = [await client.list_tools()]
            for name, arguments in calls:
                found.append(await client.call_tool(name, arguments))
            return found

    return asyncio.run(asyncio.wait_for(session(), 90))


def told(answer: Any) -> Any:
    """What a tool answered."""
    assert not answer.is_error, answer.content
    return answer.structured_content or json.loads(answer.content[0].text)


def cited(value: Any) -> Iterator[dict[str, Any]]:
    """All that has words, wherever it stands in an answer."""
    if isinstance(value, dict):
        if "text" in value and "article" in value:
            yield value
        for each in value.values():
            yield from cited(each)
    elif isinstance(value, list):
        for each in value:
            yield from cited(each)


# (tool, arguments, something that must be in the answer)
CALLS: list[tuple[str, dict[str, Any], str]] = [
    ("search", {"words": "فيينا"}, "vienna-a"),
    ("events", {"actor": "Russia", "with_": "USA"}, "CONSULT"),
    ("events", {"on": "TUR", "limit": 3}, "Turkey"),
    ("statements", {"speaker": "لافروف"}, "moscow-assad"),
    ("positions", {"holder": "Russia", "on": "assad-future"}, "2015-11-20"),
    ("changes", {"on": "assad-future"}, "oppose"),
    ("requests", {"actor": "USA"}, "refused"),
    ("actors", {"name": "Lavrov"}, "sergey-lavrov"),
    ("pair", {"a": "RUS", "b": "USA"}, "cooperation_score"),
    ("pair", {"a": "Kerry", "b": "Lavrov"}, "vienna-b"),
    ("brief", {"issue": "assad-future"}, "RUS"),
    ("evidence", {"article": "moscow-assad", "start": 10, "end": 20, "around": 5}, "moscow-assad"),
]


@pytest.mark.parametrize("kind", ["stdio", "http"])
def test_every_tool_answers_with_words_that_stand_where_it_says(kind: str, place: Path, served: Served, register: Register) -> None:
    tools, *answers = ask(over(kind, place, served), *((name, arguments) for name, arguments, _ in CALLS))
    assert {tool.name for tool in tools.tools} == TOOLS
    assert all(tool.description and tool.annotations.read_only_hint for tool in tools.tools)
    for (name, arguments, words), answer in zip(CALLS, answers, strict=True):
        found = told(answer)
        assert words in json.dumps(found, ensure_ascii=False), (name, arguments)
        rows = list(cited(found))
        assert rows or name == "brief", name
        for row in rows:
            report = register.article(row["article"])
            assert report is not None
            assert report.record.article is not None
            assert {"source", "published", "url", "span"} <= row.keys(), name
            start, end = row["span"]
            assert report.record.article.text[start:end] == row["text"], name


# (tool, arguments, what is said of them)
WRONG = [
    ("positions", {"holder": "Nobodyville"}, "nobody called 'Nobodyville' is known"),
    ("brief", {"issue": "assad-futur"}, "did you mean assad-future?"),
    ("evidence", {"article": "none"}, "no article 'none' is stored"),
    ("events", {"limit": 1000}, "less than or equal to 100"),
]


def test_what_cannot_be_answered_is_told_as_an_error(place: Path, served: Served) -> None:
    _, *answers = ask(over("http", place, served), *((name, arguments) for name, arguments, _ in WRONG))
    for (name, _, words), answer in zip(WRONG, answers, strict=True):
        assert answer.is_error, name
        assert words in answer.content[0].text


def test_answers_go_on_where_the_last_one_ended(place: Path, served: Served) -> None:
    way = over("http", place, served)
    first = told(ask(way, ("events", {"limit": 2}))[1])
    second = told(ask(way, ("events", {"limit": 2, "after": first["next"]}))[1])
    both = told(ask(way, ("events", {"limit": 4}))[1])
    assert first["rows"] + second["rows"] == both["rows"]
