"""The JSON Schemas that are shipped hold of everything that is written, and refuse what is not."""

from __future__ import annotations

import io
import json
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from filling import fill, made
from small import fill_small

from mahdar import Article, default_reader, read_articles
from mahdar.export import export
from mahdar.record import EVENT_TYPES, ROLES
from mahdar.register.questions import Register
from mahdar.register.store import Store

ROOT = Path(__file__).resolve().parents[2]


@cache
def validator(name: str) -> Any:
    schema = json.loads(files("mahdar.export").joinpath("schema", f"{name}.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


def lines(tmp_path: Path) -> list[dict[str, Any]]:
    """An exchange file with articles, refusals and rulings."""
    with Store.open(tmp_path / "x.db", create=True) as store:
        fill_small(store)
        fill(store, [*map(made, range(3)), "is no article"])
    out = io.StringIO()
    with Register(tmp_path / "x.db") as register:
        register.merge("RUS", "Lavrov")
        export(register, "jsonl", out, articles=True)
    return [json.loads(line) for line in out.getvalue().splitlines()]


def test_records_follow_their_schema() -> None:
    read = 0
    for article in read_articles([str(ROOT / "src/mahdar/samples"), str(ROOT / "tests/gold")]):
        if isinstance(article, Article):
            validator("record").validate(default_reader().read(article).to_json())
            read += 1
    assert read >= 8


def test_exchange_lines_follow_their_schema(tmp_path: Path) -> None:
    found = lines(tmp_path)
    for line in found:
        validator("exchange").validate(line)
        if "article" in line.get("mahdar", {}):
            validator("record").validate(line["mahdar"]["article"]["record"])
    assert {"event", "article", "rejects", "rulings"} <= {"event" if line["has_event"] else next(iter(line["mahdar"])) for line in found}


@pytest.mark.parametrize(
    "spoil",
    [
        lambda event: event.pop("quad_code"), lambda event: event.update(date="2015-10"), lambda event: event.update(event=["MEET"]), lambda event: event.update(who=[]),
        lambda event: event["actor"].append({"code": "USA"}), lambda event: event["cite_info"].update(url=None), lambda event: event.update(event_scale=11),
    ],
)  # fmt: skip
def test_what_is_wrong_is_refused(spoil: Any, tmp_path: Path) -> None:
    event = next(line for line in lines(tmp_path) if line["has_event"])
    validator("exchange").validate(event)
    spoil(event)
    assert not validator("exchange").is_valid(event)


def test_the_lists_are_those_of_the_program() -> None:
    record, exchange = (json.loads(files("mahdar.export").joinpath("schema", f"{name}.json").read_text(encoding="utf-8"))["$defs"] for name in ("record", "exchange"))
    assert record["event"]["properties"]["type"]["enum"] == list(EVENT_TYPES) == exchange["event"]["properties"]["event"]["items"]["enum"]
    assert record["actor"]["properties"]["role"]["enum"] == [*ROLES, None]
    assert exchange["party"]["properties"]["office"]["enum"] == list(ROLES)
