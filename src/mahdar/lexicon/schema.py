"""Checking lexicon rows before they are compiled: a JSON Schema for each kind in ``schema/``, a few rules in code."""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import jsonschema
import yaml

from mahdar.errors import LexiconError
from mahdar.lexicon.load import data_files, kind_of

SCHEMAS = Path(__file__).parent / "schema"
KINDS = tuple(sorted(file.stem for file in SCHEMAS.glob("*.json") if file.stem != "common"))
# Rows that one folder may hold only once, by the field that tells them apart.
KEYS = dict.fromkeys(("acts", "bodies", "cues", "groups", "guards", "issues", "media", "people"), "id") | {
    "crowds": "en",
    "states": "code",
}
# No row is nested deeper or longer; what is, is an attack (YAML aliases of aliases) or no lexicon.
DEEPEST, LONGEST = 6, 200_000


class Problem(NamedTuple):
    """What is wrong with a row: the field (dotted, list places counted from 1), the fault and the remedy."""

    field: str
    fault: str
    remedy: str


def check_rows(folder: Path) -> None:
    """Raise :class:`mahdar.errors.LexiconError` for the first malformed row of a lexicon folder."""
    seen: dict[tuple[str, str], str] = {}
    for file in data_files([folder]):
        if file.suffix == ".tsv":
            _check_vocabulary(file)
            continue
        kind = kind_of(file, folder)
        if kind not in KINDS:
            raise LexiconError(
                f"{file}: unknown kind of rows {kind!r}; name the file or its folder after one of: {', '.join(KINDS)}"
            )
        for number, row in enumerate(read_file(file), 1):
            problem = find_problem(kind, row) or _repeated(kind, row, f"{file}: row {number}", seen)
            if problem is not None:
                raise LexiconError(
                    f"{file}: row {number}{_name(row)}: {problem.field}: {problem.fault}; {problem.remedy}"
                )


def read_file(file: Path) -> list[Any]:
    """The rows of one YAML file; a key given twice in a row is refused, for YAML would silently drop the first."""
    try:
        content = yaml.load(file.read_text(encoding="utf-8"), Loader=_Loader)
    except (yaml.YAMLError, UnicodeDecodeError, ValueError) as error:
        raise LexiconError(
            f"{file}: not valid YAML: {' '.join(str(error).split())}; "
            "mend the file or leave it out of the lexicon folder"
        ) from error
    except RecursionError as error:
        raise LexiconError(
            f"{file}: nested too deeply to be a lexicon file; write a list of rows as docs/lexicon.md shows"
        ) from error
    if content is None:
        return []
    return content if isinstance(content, list) else [content]


def find_problem(kind: str, row: Any) -> Problem | None:
    """The first thing wrong with one row of a kind, None when it is well formed."""
    if not isinstance(row, dict):
        return Problem("row", f"is {_sort(row)}, not a list of fields", "write it as docs/lexicon.md shows")
    try:
        plain = _plain(row, [LONGEST])
    except _Oversized:
        return Problem("row", "is nested too deeply or too long", "split it into several rows")
    error = next(_validator(kind).iter_errors(plain), None)
    if error is not None:
        return _explain(error)
    return _RULES[kind](plain) if kind in _RULES else None


# ---------------------------------------------------------------- rows as JSON


class _Oversized(Exception):
    """A row that no lexicon needs."""


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """The safe loader, with doubled keys refused."""


def _mapping(loader: Any, node: yaml.MappingNode) -> Iterator[dict[Any, Any]]:
    keys: set[str] = set()
    for key, _ in node.value:
        if isinstance(key.value, str) and key.value in keys:
            raise yaml.constructor.ConstructorError(
                None, None, f"the field {key.value!r} stands twice in one row", key.start_mark
            )
        keys.add(str(key.value))
    row: dict[Any, Any] = {}
    yield row
    row.update(loader.construct_mapping(node))


_Loader.add_constructor("tag:yaml.org,2002:map", _mapping)


def _plain(value: Any, left: list[int], depth: int = 0) -> Any:
    """A copy a JSON Schema can judge: dates as ISO text; refused when it is larger than any row."""
    left[0] -= 1
    if depth > DEEPEST or left[0] < 0:
        raise _Oversized
    if isinstance(value, dict):
        return {str(key): _plain(item, left, depth + 1) for key, item in value.items()}
    if isinstance(value, list):
        return [_plain(item, left, depth + 1) for item in value]
    if isinstance(value, (datetime.date, datetime.datetime)):
        return value.isoformat()
    return value if isinstance(value, (str, int, float, type(None))) else str(type(value))


@cache
def _validator(kind: str) -> Any:
    """The compiled schema of a kind, references to ``common.json`` filled in (looking them up is slow)."""
    common = json.loads((SCHEMAS / "common.json").read_text(encoding="utf-8"))["$defs"]

    def fill(part: Any) -> Any:
        if isinstance(part, dict):
            if "$ref" in part:
                return fill(common[part["$ref"].rsplit("/", 1)[1]])
            return {key: fill(value) for key, value in part.items()}
        return [fill(item) for item in part] if isinstance(part, list) else part

    return jsonschema.Draft202012Validator(fill(json.loads((SCHEMAS / f"{kind}.json").read_text(encoding="utf-8"))))


# ---------------------------------------------------------------- rules beyond the schema


def _act(row: Mapping[str, Any]) -> Problem | None:
    if row["id"].split(".")[0] != row["type"].lower():
        return Problem(
            "id",
            f"{row['id']!r} does not begin with the row's type",
            f"call it {row['type'].lower()}.{row['id'].split('.')[1]}",
        )
    return None


def _cue(row: Mapping[str, Any]) -> Problem | None:
    for place, example in enumerate(row["examples"], 1):
        if example["content"] not in example["text"]:
            return Problem(
                f"examples.{place}.content",
                "does not stand in the example's text",
                "copy the reported words letter by letter",
            )
    return None


def _person(row: Mapping[str, Any]) -> Problem | None:
    for place, post in enumerate(row["posts"], 1):
        for field in ("from", "to"):
            try:
                datetime.date.fromisoformat(post.get(field, "2000-01-01"))
            except ValueError:
                return Problem(
                    f"posts.{place}.{field}",
                    f"{post[field]!r} is no day of the calendar",
                    "write an ISO date such as 2004-03-09",
                )
        if post.get("from", "") > post.get("to", "9999"):
            return Problem(f"posts.{place}.to", f"{post['to']} is before {post['from']}", "mend one of the dates")
    return None


_RULES: dict[str, Callable[[Mapping[str, Any]], Problem | None]] = {"acts": _act, "cues": _cue, "people": _person}


def _repeated(kind: str, row: Mapping[str, Any], here: str, seen: dict[tuple[str, str], str]) -> Problem | None:
    field = KEYS.get(kind)
    if field is None:
        return None
    before = seen.setdefault((kind, row[field]), here)
    return (
        None
        if before == here
        else Problem(
            field, f"{row[field]!r} is already used in {before}", "give this row its own, or join the two rows"
        )
    )


def _check_vocabulary(file: Path) -> None:
    """``word<TAB>count`` on every line that is neither empty nor a comment."""
    if file.name != "vocabulary.tsv":
        raise LexiconError(f"{file}: unknown table; the only one is vocabulary.tsv (docs/lexicon.md)")
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except UnicodeDecodeError as error:
        raise LexiconError(f"{file}: not UTF-8: {error}; save the file as UTF-8") from error
    for number, line in enumerate(lines, 1):
        word, _, count = line.partition("\t")
        if line and not line.startswith("#") and not (word and count.isdecimal()):
            raise LexiconError(
                f"{file}: row {number}: {_short(line)}: not a word, a tab and a count; "
                "rebuild it with scripts/build_vocabulary.py"
            )


# ---------------------------------------------------------------- messages


def _name(row: Any) -> str:
    name = (
        next((row[field] for field in ("id", "code", "role", "kind", "en") if isinstance(row.get(field), str)), None)
        if isinstance(row, dict)
        else None
    )
    return f" (id {name})" if name else ""


def _short(value: Any) -> str:
    text = repr(value) if isinstance(value, (str, int, float, type(None))) else _sort(value)
    return text if len(text) <= 60 else text[:57] + "…'"


def _sort(value: Any) -> str:
    names = {
        str: "a text",
        bool: "true or false",
        int: "a number",
        float: "a number",
        list: "a list",
        dict: "a list of fields",
        type(None): "empty",
    }
    return names.get(type(value), "something else")


_TYPES = {"string": "a text", "array": "a list [in, brackets]", "object": "a list of fields", "null": "empty"}


def _explain(error: jsonschema.ValidationError) -> Problem:
    """A schema error in the words of somebody who writes rows."""
    path = [str(part + 1) if isinstance(part, int) else str(part) for part in error.absolute_path]
    rule: Any = error.validator_value
    value: Any = error.instance
    schema: Any = error.schema

    def at(*more: str) -> str:
        return ".".join([*path, *more]) or "row"

    wanted = schema.get("description", "") if isinstance(schema, Mapping) else ""
    match error.validator:
        case "additionalProperties":
            known = schema["properties"]
            unknown = next(str(key) for key in value if key not in known)
            return Problem(at(_short(unknown).strip("'")), "unknown field", f"the fields are: {', '.join(known)}")
        case "required":
            return Problem(at(next(key for key in rule if key not in value)), "is missing", "add it")
        case "dependentRequired":
            missing, given = next(
                (need, key) for key, needs in rule.items() if key in value for need in needs if need not in value
            )
            return Problem(at(missing), f"is missing although the row has {given}", f"add it or leave {given} out")
        case "anyOf":
            choices = [option["required"][0] for option in rule]
            return Problem(at(choices[0]), f"none of {', '.join(choices)} is there", "give at least one of them")
        case "type":
            kinds = rule if isinstance(rule, list) else [rule]
            remedy = wanted if kinds == ["null"] else f"write {' or '.join(_TYPES[kind] for kind in kinds)}"
            return Problem(at(), f"is {_sort(value)}", remedy)
        case "enum":
            return Problem(
                at(),
                f"{_short(value)} is none of the known values",
                f"use one of: {', '.join(str(x) for x in rule if x is not None)}",
            )
        case "uniqueItems":
            twice = next(item for place, item in enumerate(value) if item in value[:place])
            return Problem(at(), f"{_short(twice)} stands there twice", "leave one out")
        case "minItems" | "minProperties":
            return Problem(at(), "is empty", "fill it or leave the field out")
        case _:
            return Problem(
                at(),
                f"{_short(value)} is not what belongs here",
                f"write {wanted}" if wanted else "see docs/lexicon.md",
            )
