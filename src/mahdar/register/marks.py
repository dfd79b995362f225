"""Marks of a fact's words, kept where it stands: what can have too few words in common with another is seen without unpacking either.

Each word sets one of 256 bits. Words of which two set one bit are counted, so that the bits of two facts in common and the fewer of these tell the
most words they can share, never fewer than they do.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final
from zlib import crc32

from mahdar.register.facts import Fact

_BYTES: Final = 32
_MOST: Final = 255  # words that a byte counts


@dataclass(frozen=True, slots=True)
class Marks:
    """The bits, how many words there are, how many of them set a bit that another one sets, and whether the fact names an issue."""

    bits: int
    words: int
    doubled: int
    issue: bool

    def shared(self, other: Marks) -> int:
        """The most words that the two can have in common."""
        return (self.bits & other.bits).bit_count() + min(self.doubled, other.doubled)


def marks_of(fact: Fact) -> Marks:
    """The marks of a fact."""
    bits = 0
    for word in fact.words:
        bits |= 1 << (crc32(word.encode()) & _MOST)
    return Marks(bits, len(fact.words), len(fact.words) - bits.bit_count(), bool(fact.issues))


def pack(marks: Marks) -> bytes | None:
    """As they are stored; nothing for more words than a byte counts."""
    return marks.bits.to_bytes(_BYTES, "little") + bytes((marks.words, marks.issue)) if marks.words <= _MOST else None


def unpack(packed: bytes) -> Marks:
    """The marks again."""
    bits = int.from_bytes(packed[:_BYTES], "little")
    return Marks(bits, packed[_BYTES], packed[_BYTES] - bits.bit_count(), bool(packed[_BYTES + 1]))
