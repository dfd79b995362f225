"""Inputs made from seeds without any library: what the bounded runs of the suite try, the same each time."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence

_ODD = (
    b"", b"\0", b"\xff\xfe", b"\xef\xbb\xbf", b"\x1f\x8b\x08", b"\xd8", b"\xed\xa0\x80", b'"', b"<", b">", b"&#x110000;", b"\\ud800", b"\r", b"\n", b"]]>", b"<!--", b"-1",
    b"9" * 40,
       b"1e999", b"NaN", b"null", b"[" * 200, b"{" * 50, b"\xe2\x80\xae", b"'", b"%00", b"%0d%0a", b"//x", b"*", b"{{7*7}}", "ـ".encode() * 30, "\u0651".encode() * 9,
)  # fmt: skip


def inputs(seeds: Sequence[bytes], count: int, seed: int) -> Iterator[bytes]:
    """The seeds, then ``count`` inputs made of them by cutting, doubling, mixing and putting in what is odd."""
    chance = random.Random(seed)
    yield from seeds
    for _ in range(count):
        data = bytearray(chance.choice(seeds))
        for _ in range(1 + int(chance.expovariate(0.5))):
            _change(data, seeds, chance)
        yield bytes(data)


def _change(data: bytearray, seeds: Sequence[bytes], chance: random.Random) -> None:
    at = chance.randrange(len(data) + 1)
    to = min(len(data), at + int(chance.expovariate(0.08)))
    kind = chance.randrange(7)
    if kind == 0:
        del data[at:to]
    elif kind == 1:
        data[at:at] = data[at:to] * chance.randrange(1, 8)
    elif kind == 2:
        data[at:at] = chance.choice(_ODD)
    elif kind == 3:
        data[at:to] = chance.randbytes(to - at)
    elif kind == 4 and data:
        data[min(at, len(data) - 1)] ^= 1 << chance.randrange(8)
    elif kind == 5:
        other = chance.choice(seeds)
        cut = chance.randrange(len(other) + 1)
        data[at:to] = other[cut : cut + chance.randrange(200)]
    else:
        del data[at:]
