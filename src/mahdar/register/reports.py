"""What the register's logic works on: a stored report with its record, and the citation every line leads back to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from mahdar.record import Record, Span


@dataclass(frozen=True, slots=True)
class Report:
    """One stored version of an article with its record."""

    key: str  # stable: article id, or a hash of source+url / source+text where none is given
    source: str
    published: str  # ISO date or time; empty where unknown
    record: Record  # record.article has text and title


class Cite(NamedTuple):
    """Where the words stand that support a line: the report's key and the span in its raw text."""

    report: str
    span: Span
