"""What was found out of a register and holds until it changes: small things that every page asks again."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from functools import lru_cache
from typing import Any, Final, TypeVar

T = TypeVar("T")
_MOST: Final = 20_000  # things remembered
_RECENT: Final = 8  # larger ones
_NOTHING: Final = object()


class Memo:
    """``mark`` gives a text that is another one as soon as the register is. It must be of a time before what is remembered under it was read:
    then what is remembered is never older than its mark. Without a mark nothing is remembered."""

    def __init__(self, mark: Callable[[], str] | None = None) -> None:
        self._mark = mark
        self._held: tuple[str, dict[Hashable, Any]] = ("", {})
        self._recent: tuple[str, dict[Hashable, Any]] = ("", {})

    def here(self) -> dict[Hashable, Any]:
        """What is known of the register as it is now, to be looked up and added to; several threads may."""
        if self._mark is None:
            return {}
        now = self._mark()
        mark, held = self._held
        if mark != now or len(held) > _MOST:
            held = {}
            self._held = (now, held)
        return held

    def recent(self, key: Hashable, make: Callable[[], T]) -> T:
        """Something larger, of which but the last few are remembered: what two questions of one page both need."""
        if self._mark is None:
            return make()
        now = self._mark()
        mark, held = self._recent
        if mark != now:
            held = {}
            self._recent = (now, held)
        found = held.pop(key, _NOTHING)
        if found is _NOTHING:
            found = make()
        held[key] = found  # behind all others: those asked for long ago go first
        for old in list(held)[:-_RECENT]:
            held.pop(old, None)
        known: T = found
        return known


def unpacking(most: int) -> Callable[[bytes, Callable[[bytes], T]], T]:
    """What gives things as they were packed, and holds so many of them unpacked, those asked for last."""

    def unpacked(packed: bytes, unpack: Callable[[bytes], T]) -> T:
        return unpack(packed)

    return lru_cache(maxsize=most)(unpacked)
