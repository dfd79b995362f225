"""What the logic of the register works on: one stored report with its record."""

from __future__ import annotations

from dataclasses import dataclass

from mahdar.record import Record


@dataclass(frozen=True, slots=True)
class Report:
    """The current version of one stored article, with its record (``record.article`` has text, title and address)."""

    key: str  # stable: the article's own id, or one made from its address or text
    source: str
    published: str  # ISO date or date-time; empty where unknown
    record: Record

    @property
    def day(self) -> str:
        """The date of publication without the time; empty where unknown."""
        return self.published[:10]
