"""Grouping without regard to order."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

T = TypeVar("T")


class Groups:
    """Disjoint sets of keys; the smallest key of a set stands for it, so that the result does not depend on the order of joining."""

    __slots__ = ("_up",)

    def __init__(self, keys: Iterable[str] = ()) -> None:
        self._up = {key: key for key in keys}

    def root(self, key: str) -> str:
        """The key that stands for the set of ``key``."""
        up = self._up
        top = key
        while up.setdefault(top, top) != top:
            top = up[top]
        while up[key] != top:
            up[key], key = top, up[key]
        return top

    def join(self, a: str, b: str) -> None:
        """Make the sets of two keys one."""
        first, second = sorted((self.root(a), self.root(b)))
        self._up[second] = first

    def together(self, a: str, b: str) -> bool:
        """Are two keys in one set?"""
        return self.root(a) == self.root(b)


def chained(
    items: Iterable[T], *, key: Callable[[T], str], among: Callable[[T], Any], at: Callable[[T], int], reach: int, linked: Callable[[T, T], bool]
) -> list[list[T]]:
    """Items joined by links with each other, by way of others where need be; each group in order of key.

    Only items that have ``among`` in common and lie no more than ``reach`` days apart are compared.
    """
    apart: dict[Any, list[T]] = {}
    for one in sorted(items, key=lambda item: (at(item), key(item))):
        apart.setdefault(among(one), []).append(one)
    out: list[list[T]] = []
    for _, held in sorted(apart.items()):
        groups = Groups(map(key, held))
        first = 0
        for i, one in enumerate(held):
            while at(one) - at(held[first]) > reach:
                first += 1
            for other in held[first:i]:
                if not groups.together(key(one), key(other)) and linked(one, other):
                    groups.join(key(one), key(other))
        gathered: dict[str, list[T]] = {}
        for one in sorted(held, key=key):
            gathered.setdefault(groups.root(key(one)), []).append(one)
        out.extend(gathered.values())
    return out
