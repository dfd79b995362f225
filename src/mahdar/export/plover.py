"""Events in the terms of PLOVER and CAMEO: quad class, mode, contexts, actor code and sector, CAMEO root. The facts stand in the YAML files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any, Final, NamedTuple

from mahdar.arabic.fold import fold_word
from mahdar.arabic.stem import stem, stems, variants
from mahdar.register.answers import EventRow, Party

QUADS: Final = ("", "VERBAL COOPERATION", "MATERIAL COOPERATION", "VERBAL CONFLICT", "MATERIAL CONFLICT")


class Actor(NamedTuple):
    """What PLOVER codes of a party: a state's ISO code or a sort of body (IGO, NGO …), and its sector; empty where not sure."""

    code: str
    sector: str


@dataclass(frozen=True, slots=True)
class _Contexts:
    """Which contexts a phrase (stems), an act (type/mode) or an issue supports, and their order."""

    names: tuple[str, ...]
    ours: frozenset[str]  # not among POLECAT's
    phrases: Mapping[str, tuple[tuple[tuple[str, ...], str], ...]]  # by first stem: the other stems, the context
    barred: Mapping[str, tuple[tuple[str, ...], ...]]  # by context: phrases that say something else
    acts: Mapping[str, tuple[str, ...]]
    issues: Mapping[str, tuple[str, ...]]


def quad(type_: str) -> int:
    """1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict."""
    return int(_types()[type_]["quad"])


def mode(type_: str, ours: str | None, rule: str = "") -> str | None:
    """PLOVER's mode for one of Mahdar's, or for the rule where its row names none."""
    row = _types()[type_]
    given = ours or _modes_of_rules().get(rule)
    if given is None or given in row.get("modes", ()):
        return given
    found: str | None = row.get("also", {}).get(given)
    return found


def cameo(type_: str, plover_mode: str | None) -> str:
    """The finest CAMEO code that type and mode decide; its first two digits are the root."""
    row = _types()[type_]
    return str(row.get("modes", {}).get(plover_mode or "") or row["cameo"])


def special(status: str) -> str | None:
    """PLOVER's special context: future, hypothetical or negation; None of what is actual."""
    found: str | None = _tables()["statuses"].get(status)
    return found


def contexts(event: EventRow) -> tuple[str, ...]:
    """The contexts that the event's own words, its act or its issue support, in the order of PLOVER's list."""
    known = _contexts()
    act = f"{event.type}/{event.mode}"
    found = {*known.acts.get(act, ()), *(name for issue in event.about for name in known.issues.get(issue, ()))}
    words = stems(event.text).split()
    for at, word in enumerate(words):
        for rest, name in known.phrases.get(word, ()):
            if name not in found and tuple(words[at + 1 : at + 1 + len(rest)]) == rest and not _barred(known.barred.get(name, ()), words, at):
                found.add(name)
    return tuple(name for name in known.names if name in found) if found else ()


def _barred(phrases: Iterable[tuple[str, ...]], words: list[str], at: int) -> bool:
    """Does one of the phrases stand over the word at ``at``?"""
    return any(tuple(words[start : start + len(phrase)]) == phrase for phrase in phrases for start in range(max(0, at - len(phrase) + 1), at + 1))


def in_polecat(found: tuple[str, ...]) -> tuple[str, ...]:
    """Those of some contexts that POLECAT knows."""
    return tuple(name for name in found if name not in _contexts().ours)


def actor(party: Party) -> Actor:
    """PLOVER's code and sector of a party."""
    return coded_actor(party.code or "", party.kind, party.role or "")


@lru_cache(maxsize=10_000)
def coded_actor(code: str, kind: str, role: str) -> Actor:
    """PLOVER's code and sector of somebody with this code, kind and role of Mahdar's."""
    tables = _tables()
    sectors = tables["sectors"]
    listed: dict[str, str] = tables["codes"].get(code, {})
    state = is_state(code)
    sector = sectors["any"].get(role, "")
    if state and not sector:
        sector = "GOV" if kind == "state" else sectors["state"].get(role, "")
    return Actor(code if state else listed.get("actor", ""), sector or listed.get("sector", ""))


def is_state(code: str) -> bool:
    """Is this one of the codes of states? Three letters that are not among those of bodies."""
    return len(code) == 3 and code.isalpha() and code not in _tables()["codes"]


def cow(code: str) -> int | None:
    """The Correlates of War number of a state."""
    return _cow().get(code)


# ---------------------------------------------------------------------------------------------------- data


def data(name: str) -> Any:
    """A data file of this package."""
    import yaml

    return yaml.safe_load(files("mahdar.export").joinpath(name).read_text(encoding="utf-8"))


@cache
def _tables() -> dict[str, Any]:
    found: dict[str, Any] = data("plover.yaml")
    return found


def _types() -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = _tables()["types"]
    return found


@cache
def _modes_of_rules() -> dict[str, str]:
    return {rule: name for modes in _tables()["rules"].values() for name, rules in modes.items() for rule in rules}


@cache
def _cow() -> dict[str, int]:
    found: dict[str, int] = data("cow.yaml")
    return found


@cache
def _contexts() -> _Contexts:
    rows = data("contexts.yaml")
    phrases: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    acts: dict[str, list[str]] = {}
    issues: dict[str, list[str]] = {}
    for row in rows:
        for first, *rest in dict.fromkeys(_stemmed(row["words"])):
            phrases.setdefault(first, []).append((tuple(rest), row["name"]))
        for table, name in ((acts, "acts"), (issues, "issues")):
            for key in row.get(name, ()):
                table.setdefault(key, []).append(row["name"])
    return _Contexts(
        names=tuple(row["name"] for row in rows),
        ours=frozenset(row["name"] for row in rows if row.get("polecat") is False),
        phrases={first: tuple(found) for first, found in phrases.items()},
        barred={row["name"]: tuple(_stemmed(row["not"])) for row in rows if "not" in row},
        acts={key: tuple(found) for key, found in acts.items()},
        issues={key: tuple(found) for key, found in issues.items()},
    )


def _stemmed(phrases: list[str]) -> Iterator[tuple[str, ...]]:
    """The stems of phrases, the first word also with ب or ل glued to it (بقصف)."""
    for phrase in phrases:
        first, *rest = (fold_word(word) for word in phrase.split())
        for each in variants(first):
            if each[0] != "ك" or first.removeprefix("ال")[0] == "ك":  # كـ is rare before a bare noun, and كاد (was about to) is not كأديان
                yield (each, *map(stem, rest))
