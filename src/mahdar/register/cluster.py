"""Grouping without regard to order, and finding the part of a whole that something new touches."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
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


def touched(
    fresh: Iterable[T], fetch: Callable[[Collection[str]], Iterable[T]], *, key: Callable[[T], str], blocks: Callable[[T], Iterable[str]], linked: Callable[[T, T], bool]
) -> list[T]:
    """Everything whose grouping the fresh items can change: what they are linked with, and what that is linked with in turn.

    ``fetch`` gives the stored items of some blocks. The work grows with the size of the blocks touched, not with what is stored.
    """
    known: dict[str, T] = {}
    waiting = sorted(fresh, key=key)
    reached = {key(item): item for item in waiting}
    asked: set[str] = set()
    while waiting:
        new_blocks = {block for item in waiting for block in blocks(item)} - asked
        asked |= new_blocks
        for item in fetch(sorted(new_blocks)):
            known.setdefault(key(item), item)
        by_block: dict[str, list[T]] = {}
        for item in known.values():
            if key(item) not in reached:
                for block in blocks(item):
                    by_block.setdefault(block, []).append(item)
        following: dict[str, T] = {}
        for item in waiting:
            for block in blocks(item):
                for other in by_block.get(block, ()):
                    if key(other) not in following and linked(item, other):
                        following[key(other)] = other
        reached.update(following)
        waiting = [following[k] for k in sorted(following)]
    return [reached[k] for k in sorted(reached)]


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
