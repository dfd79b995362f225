"""The shapes of records and exports: the JSON Schemas as they are shipped, and the columns of tables from the code that writes them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from importlib.resources import files
from typing import Any, Final

from docsite.markup import code, codes, page, table
from mahdar.export import cameo, flat, polecat, tables
from mahdar.export.plover import data

JSON: Final = {"record": "Records", "exchange": "PLOVER's exchange form"}


def pages() -> dict[str, str]:
    head = "Every file that Mahdar writes, in a form that programs can check. What the fields mean is told in [exports](../exports.md)."
    parts = [_json(name, title) for name, title in JSON.items()]
    return {"reference/schemas.md": page("Schemas", head, *parts, _parquet(), _columns(), _types())}


def _json(name: str, title: str) -> str:
    text = files("mahdar.export").joinpath("schema", f"{name}.json").read_text(encoding="utf-8")
    schema = json.loads(text)
    rows = list(_fields(schema, "")) + [row for key, part in schema["$defs"].items() for row in _fields(part, f"{key}: ")]
    whole = f'??? note "{name}.json"\n\n' + "".join(f"    {line}\n" for line in ["```json", *text.splitlines(), "```"])
    return f"## {title}\n\n{schema['description']} The schema is shipped as `mahdar/export/schema/{name}.json`.\n\n{table(('field', 'is', 'holds'), rows)}\n{whole}"


def _fields(part: dict[str, Any], where: str) -> Iterator[tuple[str, str, str]]:
    required = set(part.get("required", ()))
    for name, field in part.get("properties", {}).items():
        yield f"{where}{code(name)}{'' if name in required else ' (may be left out)'}", _kind(field), field.get("description", "")


def _kind(field: dict[str, Any]) -> str:
    if "$ref" in field:
        return str(field["$ref"]).rsplit("/", 1)[1]
    if "anyOf" in field:
        return " or ".join(_kind(each) for each in field["anyOf"])
    if "enum" in field:
        return codes("null" if each is None else each for each in field["enum"])
    if "const" in field:
        return code(json.dumps(field["const"]))
    kind = field.get("type", "")
    if kind == "array" and "items" in field:
        return f"list of {_kind(field['items'])}"
    return " or ".join(kind) if isinstance(kind, list) else str(kind)


def _parquet() -> str:
    told = [f"### {kind}\n\n{table(('column', 'type'), ((code(name), type_) for name, type_ in columns.items()))}" for kind, columns in tables.SCHEMAS.items()]
    return "## Parquet\n\n" + "\n".join(told)


def _columns() -> str:
    found = {"csv": flat.COLUMNS, "polecat": (*polecat.COLUMNS, *polecat.EXTRA), "cameo": cameo.COLUMNS}
    return "## Separated values\n\n" + "\n\n".join(f"### {name}\n\n{len(columns)} columns in this order: {codes(columns)}." for name, columns in found.items())


def _types() -> str:
    rows = ((code(name), row["quad"], code(row["cameo"]), codes(row.get("modes", ()))) for name, row in data("plover.yaml")["types"].items())
    contexts = codes(row["name"] for row in data("contexts.yaml"))
    return f"## Types, modes and contexts\n\n{table(('type', 'quad class', 'CAMEO root', 'modes'), rows)}\nContexts: {contexts}."
