"""How well records agree with annotated articles: precision, recall and F1, layer by layer, over all articles.

An annotated article ("gold") is a mapping with ``text`` and ``gold`` as ``tests/gold`` has them; a record is its JSON
form. A statement counts when half of its words are right, an event when type and parties are, a position when holder,
stance and issue are.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from mahdar.record import ISSUES, SYMMETRIC

Item = dict[str, Any]
Weight = Callable[[Item, Item], float]
Sides = tuple[set[str], set[str]]  # the codes of source and target

UNNAMED = frozenset(("source", "official", "expert", "citizen", "other"))
PARTICLES = frozenset(("بن", "ابن", "ابو", "ال", "دي", "دو", "دا", "فان", "فون", "السيد", "الدكتور", "د"))
# Only what two annotators spell differently; the reader's own folding does more.
_FOLD = str.maketrans({"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ة": "ه", "ؤ": "و", "ئ": "ي", "ـ": None})
_VOWELS = re.compile("[\u064b-\u0652\u0670]")
_SIGNS = re.compile(r"[^\w ]+")


class Layer(NamedTuple):
    """One kind of item in one article: what should be there, what is, and how well two of them agree (0: no)."""

    name: str
    gold: list[Item]
    found: list[Item]
    weight: Weight


@dataclass(slots=True)
class Tally:
    """Counts of one layer."""

    right: int = 0
    gold: int = 0
    found: int = 0

    @property
    def precision(self) -> float:
        return self.right / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        return self.right / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        p, r = self.precision, self.recall
        return 2 * p * r / (p + r) if p + r else 0.0


@dataclass(slots=True)
class Scores:
    """The tallies of all layers and of the events of each type, and how many event dates are right."""

    layers: dict[str, Tally] = field(default_factory=dict)
    types: dict[str, Tally] = field(default_factory=dict)
    dates: Tally = field(default_factory=Tally)

    def f1(self) -> dict[str, float]:
        """F1 by layer; for the dates of events the share that is right."""
        return {name: tally.f1 for name, tally in self.layers.items()} | {"event dates": self.dates.recall}

    def add(self, gold: Mapping[str, Any], record: Mapping[str, Any] | None) -> None:
        """Count one article."""
        article = _Article(gold, record or {})
        wanted = set(range(*article.body))
        got = {i for start, end in article.found_body for i in range(start, end)}
        self._count("body", len(wanted & got), len(wanted), len(got))
        for layer in _layers(article):
            pairs = match(layer.gold, layer.found, layer.weight)
            self._count(layer.name, len(pairs), len(layer.gold), len(layer.found))
            if layer.name == "events":
                self._count_events(layer, pairs)

    def _count(self, name: str, right: int, gold: int, found: int) -> None:
        tally = self.layers.setdefault(name, Tally())
        tally.right += right
        tally.gold += gold
        tally.found += found

    def _count_events(self, layer: Layer, pairs: list[tuple[int, int]]) -> None:
        for item in layer.gold:
            self.types.setdefault(item["type"], Tally()).gold += 1
        for item in layer.found:
            self.types.setdefault(item["type"], Tally()).found += 1
        for i, j in pairs:
            gold, found = layer.gold[i], layer.found[j]
            self.types[gold["type"]].right += 1
            if gold["date"]:
                self.dates.gold += 1
                self.dates.right += (found.get("date") or "").startswith(gold["date"][:10])


def layers(gold: Mapping[str, Any], record: Mapping[str, Any]) -> dict[str, Layer]:
    """The two sides of one article layer by layer (all but the body), for a look at single items."""
    return {layer.name: layer for layer in _layers(_Article(gold, record))}


def score(articles: Sequence[tuple[Mapping[str, Any], Mapping[str, Any] | None]]) -> Scores:
    """The scores of records against the annotated articles they were read from; no record counts as an empty one."""
    scores = Scores()
    for gold, record in articles:
        scores.add(gold, record)
    return scores


# -- spans and names -------------------------------------------------------------------------------------------


def span(value: Any, text: str, near: int = 0) -> tuple[int, int] | None:
    """The offsets a gold value means: [start, end], or words to be found in the text, from ``near`` on first."""
    if value is None:
        return None
    if isinstance(value, list):
        return value[0], value[1]
    start = text.find(value, near)
    start = text.find(value) if start < 0 else start
    return (start, start + len(value)) if start >= 0 else None


def overlap(a: tuple[int, int] | None, b: tuple[int, int] | None) -> float:
    """Intersection over union of two spans; below a half it is none."""
    if not a or not b:
        return 0.0
    shared = max(0, min(a[1], b[1]) - max(a[0], b[0])) / (max(a[1], b[1]) - min(a[0], b[0]))
    return shared if shared >= 0.5 else 0.0


def touches(a: tuple[int, int] | None, b: tuple[int, int] | None) -> bool:
    """Do two spans share a character?"""
    return bool(a and b and min(a[1], b[1]) > max(a[0], b[0]))


def norm_code(code: str | None) -> str:
    """One of the closed codes, or OTHER for what has none."""
    code = (code or "OTHER").strip()
    return "OTHER" if code.upper().startswith("OTHER") else code.upper()


def name_words(name: str | None) -> list[str]:
    """The words of a name that tell it from others, without particles and article."""
    words = _SIGNS.sub(" ", _VOWELS.sub("", name or "").translate(_FOLD)).split()
    out = []
    for i, word in enumerate(words):
        if word in PARTICLES or (word == "عبد" and i + 1 < len(words)):
            continue
        word = word.removeprefix("عبد") if word.startswith("عبد") and len(word) > 5 else word
        out.append(word.removeprefix("ال") if len(word) > 4 else word)
    return out


def near(a: str, b: str) -> bool:
    """Equal, or one letter apart in words of five letters and more (هولاند, أولاند)."""
    if a == b:
        return True
    if min(len(a), len(b)) < 5 or abs(len(a) - len(b)) > 1:
        return False
    i = next((k for k, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
    return a[i + 1 :] == b[i + 1 :] or a[i:] == b[i + 1 :] or a[i + 1 :] == b[i:]


def same_name(gold: str | None, found: str | None) -> bool:
    """The family name agrees, or two words do; a first name alone is not enough."""
    a, b = name_words(gold), name_words(found)
    if not a or not b:
        return False
    return near(a[-1], b[-1]) or sum(any(near(x, y) for y in b) for x in a) >= 2


def same_actor(gold: Item, found: Item) -> bool:
    """The same state, body, group or person."""
    if norm_code(gold["code"]) != norm_code(found.get("code")):
        return False
    if gold["kind"] != "person" and found.get("kind") != "person":
        return norm_code(gold["code"]) != "OTHER" or same_name(gold["name"], found.get("name"))
    if gold["kind"] != found.get("kind"):
        return False
    if gold.get("role") in UNNAMED:
        a, b = set(name_words(gold["name"])), set(name_words(found.get("name")))
        return len(a & b) * 2 >= min(len(a), len(b)) > 0
    return same_name(gold["name"], found.get("name"))


def match(golds: Sequence[Item], found: Sequence[Item], weight: Weight) -> list[tuple[int, int]]:
    """Greedy one-to-one matching by decreasing weight."""
    pairs = sorted(((weight(g, p), -i, -j) for i, g in enumerate(golds) for j, p in enumerate(found)), reverse=True)
    used_gold: set[int] = set()
    used_found: set[int] = set()
    out = []
    for value, i, j in pairs:
        if value > 0 and -i not in used_gold and -j not in used_found:
            used_gold.add(-i)
            used_found.add(-j)
            out.append((-i, -j))
    return out


# -- one article -----------------------------------------------------------------------------------------------


class _Article:
    """The two sides of one article in one shape: spans found, actors put in, ids turned into codes."""

    def __init__(self, gold: Mapping[str, Any], record: Mapping[str, Any]) -> None:
        self.text: str = gold["text"]
        annotated = gold["gold"]
        actors = {actor["key"]: actor for actor in annotated["actors"]}
        self.actors: list[Item] = list(actors.values())
        self.body = self._body(annotated["body"])
        self.statements = self._statements(annotated["statements"], actors)
        self.events: list[Item] = [{**e, "span": span(e["evidence"], self.text)} for e in annotated["events"]]
        self.positions: list[Item] = annotated["positions"]
        known = {actor["id"]: actor for actor in record.get("actors", [])}
        self.found_actors: list[Item] = list(known.values())
        self.found_body: list[tuple[int, int]] = [(start, end) for start, end in record.get("body", [])]
        self.found_statements: list[Item] = [
            {**s, "span": tuple(s["content"]), "actor": known.get(s["speaker"], {})}
            for s in record.get("statements", [])
        ]

        def codes(ids: list[str]) -> list[str]:
            return [norm_code(known[i].get("code")) for i in ids if i in known]

        def code(key: str) -> str | None:
            return (known.get(key) or {"code": key}).get("code")

        self.found_events: list[Item] = [
            {**e, "span": tuple(e["evidence"]), "source": codes(e["source"]), "target": codes(e["target"])}
            for e in record.get("events", [])
        ]
        self.found_positions: list[Item] = [
            {**p, "holder": code(p["holder"]), "on": p["on"] if p["on"] in ISSUES else code(p["on"])}
            for p in record.get("positions", [])
        ]

    def _body(self, body: Mapping[str, Any]) -> tuple[int, int]:
        """From the first words of the body to its last ones, which are looked for from the end."""
        first, last = span(body["first"], self.text), span(body["last"], self.text)
        if isinstance(body["last"], str):
            at = self.text.rfind(body["last"])
            last = (at, at + len(body["last"]))
        assert first is not None
        assert last is not None
        return first[0], last[1]

    def _statements(self, statements: list[Item], actors: Mapping[str, Item]) -> list[Item]:
        out, at = [], 0
        for statement in statements:
            where = span(statement["content"], self.text, at)
            at = where[0] if where else at
            out.append({**statement, "span": where, "actor": actors[statement["speaker"]]})
        return out


def _one_per_body(actors: list[Item]) -> list[Item]:
    """States, organisations and groups once per code: USA, Congress and the administration are one actor here."""
    seen: set[str] = set()
    out = []
    for actor in actors:
        code = norm_code(actor.get("code"))
        if actor.get("kind") != "person" and code != "OTHER":
            if code in seen:
                continue
            seen.add(code)
        out.append(actor)
    return out


def parties_fit(type_: str, gold: Sides, found: Sides) -> float:
    """How well two (source, target) pairs of codes agree: their shares of common codes, 0 where a side shares less than half.

    Of a symmetric act both sides count together.
    """
    if type_ in SYMMETRIC:
        wanted, got = gold[0] | gold[1], found[0] | found[1]
        shared = len(wanted & got) / len(wanted | got) if wanted | got else 0.0
        return shared if shared >= 0.5 else 0.0
    shares = [len(a & b) / len(a | b) if a | b else 1.0 for a, b in zip(gold, found, strict=True)]
    return sum(shares) / 2 if min(shares) >= 0.5 else 0.0


def same_parties(gold: Item, found: Item) -> bool:
    """At least half of the codes on each side agree; of a symmetric act, half of both sides together."""

    def sides(event: Item) -> Sides:
        return {norm_code(c) for c in event["source"]}, {norm_code(c) for c in event["target"]}

    return parties_fit(gold["type"], sides(gold), sides(found)) > 0


def _same_speaker(gold: Item, found: Item) -> bool:
    """The same code, and for a named person the same family name."""
    a, b = gold["actor"], found["actor"]
    if norm_code(a["code"]) != norm_code(b.get("code")):
        return False
    if a["kind"] == "person" and a.get("name_en") and a.get("role") not in UNNAMED:
        return same_actor(a, b)
    return True


def _stance(position: Item) -> tuple[str, ...]:
    values = (str(position[key]) for key in ("holder", "stance", "on"))
    return tuple("OTHER" if value.upper().startswith("OTHER") else value.lower() for value in values)


def _layers(article: _Article) -> Iterator[Layer]:
    a = article
    words: Weight = lambda g, p: overlap(g["span"], p["span"])  # noqa: E731
    close: Weight = lambda g, p: 1 + touches(g["span"], p["span"]) + 0.5 * (g["status"] == p["status"])  # noqa: E731

    def events(*keys: str) -> Weight:
        return lambda g, p: close(g, p) * (all(g[k] == p[k] for k in keys) and same_parties(g, p))

    def meetings(items: list[Item]) -> list[Item]:
        return [item for item in items if item["type"] == "CONSULT"]

    yield Layer("actors", _one_per_body(a.actors), _one_per_body(a.found_actors), lambda g, p: float(same_actor(g, p)))
    yield Layer("statements", a.statements, a.found_statements, words)
    yield Layer("statements+speaker", a.statements, a.found_statements, lambda g, p: words(g, p) * _same_speaker(g, p))
    yield Layer("events", a.events, a.found_events, events("type"))
    yield Layer("events+status", a.events, a.found_events, events("type", "status"))
    yield Layer("events any-type", a.events, a.found_events, events())
    yield Layer("meetings", meetings(a.events), meetings(a.found_events), events())
    yield Layer("positions", a.positions, a.found_positions, lambda g, p: float(_stance(g) == _stance(p)))
