"""What is wrong with a record, item by item: the errors behind the figures of :mod:`mahdar.scoring`, sorted into kinds.

An item found with one thing wrong (its type, its parties, its speaker) is one error, not one missed and one invented.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from mahdar.scoring import Item, Layer, layers, match, norm_code, same_name, same_parties, touches


class Fault(NamedTuple):
    """One error: its kind, the article, the words it is about, and what was wanted or found there."""

    kind: str
    article: str
    words: str
    detail: str


def faults(gold: Mapping[str, Any], record: Mapping[str, Any]) -> Iterator[Fault]:
    """The errors of one record against its annotated article, layer by layer."""
    found = layers(gold, record)
    text, key = gold["text"], gold["id"]
    for kind, item, detail in (*_events(found["events"]), *_statements(found["statements"], found["statements+speaker"])):
        span = item.get("span")
        yield Fault(kind, key, " ".join(text[span[0] : span[1]].split()) if span else "", detail)
    for kind, item, detail in _actors(found["actors"]):
        yield Fault(kind, key, item.get("name") or "", detail)
    for kind, item, detail in _positions(found["positions"], text):
        yield Fault(kind, key, item["words"], detail)


Found = Iterator[tuple[str, Item, str]]


def _unmatched(layer: Layer) -> tuple[list[Item], list[Item]]:
    """What is wanted and not found, and what is found and not wanted."""
    pairs = match(layer.gold, layer.found, layer.weight)
    right, used = {i for i, _ in pairs}, {j for _, j in pairs}
    return [g for i, g in enumerate(layer.gold) if i not in right], [f for j, f in enumerate(layer.found) if j not in used]


def _take(items: list[Item], fits: Any) -> Item | None:
    """The first item that fits, taken out of the list."""
    for at, item in enumerate(items):
        if fits(item):
            return items.pop(at)
    return None


def _events(layer: Layer) -> Found:
    missed, invented = _unmatched(layer)
    for wanted in missed:
        told = f"wanted {_event(wanted)}"
        other = _take(invented, lambda f, g=wanted: f["type"] == g["type"] and touches(g["span"], f["span"]))
        if other is not None:
            yield f"event: parties wrong ({wanted['type']})", wanted, f"{told}; found {_event(other)}"
            continue
        other = _take(invented, lambda f, g=wanted: touches(g["span"], f["span"]) and same_parties(g, f))
        if other is not None:
            yield f"event: type wrong ({wanted['type']})", wanted, f"{told}; found {_event(other)}"
        else:
            yield f"event: not found ({wanted['type']})", wanted, told
    for found in invented:
        yield f"event: found where none is wanted ({found['type']})", found, f"found {_event(found)} [{found.get('rule', '')}]"


def _event(item: Item) -> str:
    sides = [" + ".join(sorted({norm_code(code) for code in item[side]})) or "–" for side in ("source", "target")]
    return f"{sides[0]} → {item['type']} → {sides[1]}, {item['status']}"


def _statements(content: Layer, speaker: Layer) -> Found:
    pairs = match(content.gold, content.found, content.weight)
    for i, j in pairs:
        if not speaker.weight(content.gold[i], content.found[j]):
            wanted, found = content.gold[i]["actor"], content.found[j]["actor"]
            yield "statement: speaker wrong", content.gold[i], f"wanted {_who(wanted)}; found {_who(found)}"
    missed, invented = _unmatched(content)
    for wanted in missed:
        other = _take(invented, lambda f, g=wanted: touches(g["span"], f["span"]))
        kind = "statement: not found" if other is None else "statement: extent wrong"
        yield kind, wanted, f"wanted as words of {_who(wanted['actor'])}"
    for found in invented:
        yield "statement: found where none is wanted", found, f"found as words of {_who(found['actor'])} [{found.get('rule', '')}]"


def _who(actor: Item) -> str:
    name = actor.get("name")
    return f"{name} ({actor.get('code') or '–'})" if name else "nobody"


def _actors(layer: Layer) -> Found:
    missed, invented = _unmatched(layer)
    for wanted in missed:
        other = _take(invented, lambda f, g=wanted: same_name(g["name"], f.get("name")))
        if other is None:
            yield f"actor: not found ({wanted['kind']})", wanted, f"wanted {_who(wanted)}"
        else:
            yield "actor: code or kind wrong", wanted, f"wanted {wanted['kind']} {wanted['code']}; found {other.get('kind')} {other.get('code') or '–'}"
    for found in invented:
        yield f"actor: found where none is wanted ({found.get('kind')})", found, f"found {_who(found)}"


def _positions(layer: Layer, text: str) -> Found:
    missed, invented = _unmatched(layer)
    for wanted in missed:
        other = _take(invented, lambda f, g=wanted: _same_matter(g, f))
        kind = "position: not found" if other is None else "position: stance wrong"
        yield kind, _with_words(wanted, text), f"wanted {_position(wanted)}" + ("" if other is None else f"; found {other['stance']}")
    for found in invented:
        yield "position: found where none is wanted", _with_words(found, text), f"found {_position(found)} [{found.get('rule', '')}]"


def _same_matter(a: Item, b: Item) -> bool:
    return norm_code(a["holder"]) == norm_code(b["holder"]) and str(a["on"]).lower() == str(b["on"]).lower()


def _position(item: Item) -> str:
    return f"{norm_code(item['holder'])} {item['stance']} {item['on']}"


def _with_words(item: Item, text: str) -> Item:
    """The item with the words of its evidence, which gold names as words or as offsets."""
    evidence = item["evidence"]
    words = evidence if isinstance(evidence, str) else text[evidence[0] : evidence[1]]
    return {**item, "words": " ".join(words.split())}
