"""The citation every line of the register leads back to."""

from __future__ import annotations

from typing import NamedTuple

from mahdar.record import Span


class Cite(NamedTuple):
    """Where the words stand that support a line: the report's key and the span in its raw text."""

    report: str
    span: Span
