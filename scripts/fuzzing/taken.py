"""Choices and texts taken from the bytes of a fuzzer, so that each byte decides something."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")


class Taken:
    """Bytes that are used up from the front; past their end everything is 0 or empty."""

    def __init__(self, data: bytes) -> None:
        self._data, self._at = data, 0

    def __bool__(self) -> bool:
        return self._at < len(self._data)

    def number(self, below: int) -> int:
        """A number from 0 on, of one byte, or of two where one cannot reach all."""
        found = self.bytes(1 if below <= 256 else 2)
        return int.from_bytes(found, "big") % below

    def pick(self, among: Sequence[T]) -> T:
        return among[self.number(len(among))]

    def bytes(self, count: int) -> bytes:
        found = self._data[self._at : self._at + count]
        self._at += count
        return found

    def text(self, most: int = 64) -> str:
        """Text of any characters, half ones among them."""
        return self.bytes(self.number(most)).decode("utf-8", "surrogateescape")

    def rest(self) -> bytes:
        return self.bytes(len(self._data))
