"""How tables of statements write who speaks."""

from __future__ import annotations

from mahdar.record import Record, Statement


def told_by(record: Record, statement: Statement) -> str:
    """``name | code`` of the speaker; the code of whoever acts for no state or listed body is OTHER."""
    who = record.actor(statement.speaker) if statement.speaker else None
    code = "OTHER" if who is None or who.code is None or who.code.startswith("OTHER") else who.code
    return f"{who.name if who else None} | {code}"
