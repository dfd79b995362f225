"""Right-to-left lines for terminals that cannot do it themselves: joined letters, visual order, mirrored brackets.

:func:`visual` follows the Unicode bidirectional algorithm (UAX #9) for one line without explicit embeddings: weak types
W1–W7, neutrals N1–N2, implicit levels I1–I2, reordering L1–L4. Bracket pairs (N0) are treated as neutrals; direction
controls and marks are dropped, so text cannot turn a terminal's line around. The usual library for this, python-bidi,
is LGPL and stays out of the default install; hence this module.
"""

from __future__ import annotations

from unicodedata import bidirectional, combining

_PAIRS = "()[]{}<>«»‹›≤≥⟨⟩"
_MIRROR = {
    **dict(zip(_PAIRS[::2], _PAIRS[1::2], strict=True)),
    **dict(zip(_PAIRS[1::2], _PAIRS[::2], strict=True)),
}
_CONTROLS = frozenset(("LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI", "BN"))
_MARKS = frozenset("\u200e\u200f\u061c")
_STRONG = frozenset(("L", "R"))


def shape(text: str) -> str:
    """The letters of ``text`` in their joined forms; vowel marks are dropped, as terminals place them badly."""
    from arabic_reshaper import reshape

    return str(reshape(text))


def is_rtl(text: str) -> bool:
    """True when the first strong character of ``text`` runs right to left."""
    for char in text:
        kind = bidirectional(char)
        if kind in ("R", "AL"):
            return True
        if kind == "L":
            return False
    return False


def visual(line: str, *, rtl: bool | None = None) -> str:
    """``line`` (one line, logical order) in the order in which a left-to-right terminal must print it."""
    base = 1 if (is_rtl(line) if rtl is None else rtl) else 0
    clusters, kinds = _clusters(line)
    levels = _levels(kinds, base)
    order = _reorder(levels)
    out = []
    for index in order:
        cluster = clusters[index]
        if levels[index] % 2:
            cluster = _MIRROR.get(cluster[0], cluster[0]) + cluster[1:]
        out.append(cluster)
    return "".join(out)


def _clusters(line: str) -> tuple[list[str], list[str]]:
    """Characters with the marks that ride on them (W1, L3), and the type of each; controls are left out."""
    clusters: list[str] = []
    kinds: list[str] = []
    for char in line:
        kind = bidirectional(char) or "L"
        if kind in _CONTROLS or char in _MARKS:
            continue
        if kind == "NSM" and clusters and combining(char):
            clusters[-1] += char
            continue
        clusters.append(char)
        kinds.append("ON" if kind == "NSM" else kind)
    return clusters, kinds


def _levels(kinds: list[str], base: int) -> list[int]:
    direction = "R" if base else "L"
    types = _weak(kinds, direction)
    types = _neutral(types, direction)
    levels = []
    for kind in types:
        if base:
            levels.append(1 if kind == "R" else 2)
        else:
            levels.append({"L": 0, "R": 1}.get(kind, 2))
    for index in range(len(kinds) - 1, -1, -1):  # L1: spaces at the end of a line stay there
        if kinds[index] not in ("WS", "S", "B"):
            break
        levels[index] = base
    return levels


def _weak(kinds: list[str], direction: str) -> list[str]:
    """W2–W7; afterwards only L, R, EN, AN and neutrals (ON) are left."""
    types = list(kinds)
    strong = direction
    for i, kind in enumerate(types):
        if kind in ("L", "R", "AL"):
            strong = kind
        elif kind == "EN" and strong == "AL":
            types[i] = "AN"
    types = ["R" if kind == "AL" else kind for kind in types]
    for i in range(1, len(types) - 1):
        before, after = types[i - 1], types[i + 1]
        if before == after and (
            (types[i] == "ES" and before == "EN") or (types[i] == "CS" and before in ("EN", "AN"))
        ):
            types[i] = before
    _terminators(types)
    strong = direction
    for i, kind in enumerate(types):
        if kind in _STRONG:
            strong = kind
        elif kind == "EN" and strong == "L":
            types[i] = "L"
        elif kind not in ("EN", "AN"):
            types[i] = "ON"
    return types


def _terminators(types: list[str]) -> None:
    """W5: runs of ET (%, $, °) beside a European number belong to it."""
    i = 0
    while i < len(types):
        if types[i] != "ET":
            i += 1
            continue
        end = i
        while end < len(types) and types[end] == "ET":
            end += 1
        if (i and types[i - 1] == "EN") or (end < len(types) and types[end] == "EN"):
            types[i:end] = ["EN"] * (end - i)
        i = end


def _neutral(types: list[str], direction: str) -> list[str]:
    """N1–N2: neutrals between two of one direction take it (numbers count as R), others the line's."""
    out = list(types)
    i = 0
    while i < len(out):
        if out[i] != "ON":
            i += 1
            continue
        end = i
        while end < len(out) and out[end] == "ON":
            end += 1
        before = direction if i == 0 else ("L" if out[i - 1] == "L" else "R")
        after = direction if end == len(out) else ("L" if out[end] == "L" else "R")
        out[i:end] = [before if before == after else direction] * (end - i)
        i = end
    return out


def _reorder(levels: list[int]) -> list[int]:
    """L2: from the highest level down, reverse every run at that level or above."""
    order = list(range(len(levels)))
    for level in range(max(levels, default=0), 0, -1):
        i = 0
        while i < len(order):
            if levels[order[i]] < level:
                i += 1
                continue
            end = i
            while end < len(order) and levels[order[end]] >= level:
                end += 1
            order[i:end] = reversed(order[i:end])
            i = end
    return order
