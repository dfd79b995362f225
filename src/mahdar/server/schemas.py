"""Rows as JSON Schema, told from their dataclasses, so that what OpenAPI says is what is sent."""

from __future__ import annotations

import sys
import types
import typing
from dataclasses import is_dataclass
from typing import Any, Final, get_args, get_origin

from mahdar.record import Span
from mahdar.register.answers import Origin, PairRow

_PLAIN: Final = {str: "string", int: "integer", float: "number", bool: "boolean"}
_SPAN: Final[dict[str, Any]] = {
    "type": "array", "items": {"type": "integer", "minimum": 0}, "minItems": 2, "maxItems": 2,
    "description": "Half-open [start, end) in Unicode code points of the article's text.",
}  # fmt: skip


def components(kinds: typing.Iterable[type]) -> dict[str, Any]:
    """The schemas of these rows, and of all they hold, by name."""
    found: dict[str, Any] = {}
    for kind in kinds:
        _described(kind, found)
    return found


def _described(kind: type, found: dict[str, Any]) -> None:
    if kind.__name__ in found:
        return
    schema = found[kind.__name__] = {"type": "object", "description": " ".join((kind.__doc__ or "").replace("``", "`").split()), "properties": {}, "required": []}
    hints = typing.get_type_hints(kind, vars(sys.modules[kind.__module__]))
    for name in kind.__slots__:  # type: ignore[attr-defined]
        if hints[name] is Origin:
            for own, hint in typing.get_type_hints(Origin).items():
                _put(schema, own, _schema(hint, found))
        elif kind is PairRow and name == "types":
            _put(schema, name, {"type": "object", "additionalProperties": {"type": "integer"}, "description": "How many of each type."})
        else:
            _put(schema, name, _schema(hints[name], found))


def _put(schema: dict[str, Any], name: str, value: dict[str, Any]) -> None:
    schema["properties"][name] = value
    schema["required"].append(name)


def _schema(hint: Any, found: dict[str, Any]) -> dict[str, Any]:
    if hint in _PLAIN:
        return {"type": _PLAIN[hint]}
    if hint is Span:
        return dict(_SPAN)
    if is_dataclass(hint):
        kind = typing.cast(type, hint)
        _described(kind, found)
        return {"$ref": f"#/components/schemas/{kind.__name__}"}
    origin, args = get_origin(hint), get_args(hint)
    if origin in (types.UnionType, typing.Union):
        parts = [_schema(arg, found) for arg in args if arg is not type(None)]
        return {"anyOf": [*parts, {"type": "null"}]} if type(None) in args else {"anyOf": parts}
    if origin is tuple and len(args) == 2 and args[1] is Ellipsis:
        return {"type": "array", "items": _schema(args[0], found)}
    if origin is tuple:
        return {"type": "array", "prefixItems": [_schema(arg, found) for arg in args], "minItems": len(args), "maxItems": len(args)}
    raise TypeError(f"no schema for {hint}")


def _item(*names: str, **own: dict[str, Any]) -> dict[str, Any]:
    known: dict[str, Any] = {name: {"anyOf": [{"type": "string"}, {"type": "null"}]} for name in names}
    return {"type": "array", "items": {"type": "object", "properties": known | own}}


_IDS: Final = {"type": "array", "items": {"type": "string"}}
RECORD: Final[dict[str, Any]] = {
    "type": "object", "required": ["id", "published", "body", "actors", "statements", "events", "positions"],
    "description": "What one article reports. Spans are half-open offsets in code points of the article's text; actors are named by their id in the record.",
    "properties": {
        "id": {"type": "string"}, "published": {"anyOf": [{"type": "string"}, {"type": "null"}]}, "body": {"type": "array", "items": _SPAN},
        "actors": _item("name_en", "code", "role", "lexicon", id={"type": "string"}, kind={"type": "string"}, name={"type": "string"}, mentions={"type": "array", "items": _SPAN}),
        "statements": _item("speaker", "via", mode={"type": "string"}, cue=_SPAN, content=_SPAN, rule={"type": "string"}),
        "events": _item("date", "place", "mode", type={"type": "string"}, status={"type": "string"}, source=_IDS, target=_IDS, evidence=_SPAN, rule={"type": "string"}, about=_IDS),
        "positions": _item(holder={"type": "string"}, on={"type": "string"}, stance={"type": "string"}, evidence=_SPAN, rule={"type": "string"}),
        "title": {"type": "string"}, "source": {"type": "string"}, "url": {"type": "string"}, "text": {"type": "string"},
    },
}  # fmt: skip
