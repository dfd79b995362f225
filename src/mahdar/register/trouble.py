"""What a database says when it fails, in words that say what to do."""

from __future__ import annotations

from typing import Final

from sqlalchemy.exc import DBAPIError

from mahdar.errors import RegisterError

# What stands in the database's own words (with a space or small letters) or how its SQLSTATE begins; and what that means for who asked.
_DAMAGED: Final = "is damaged ({reason}); `mahdar check` says where, `mahdar repair` saves what can be read"
_MEANINGS: Final = (
    (("malformed", "not a database", "XX001", "XX002"), _DAMAGED),
    (("disk is full", "No space left", "disk I/O error", "53100"), "cannot be written ({reason}); make room on its disk and run the same again: what was stored is kept"),
    (("readonly database", "unable to open database file", "25006", "42501"), "cannot be written to ({reason}); give this user the right to, on its folder too"),
    (("database is locked", "55P03"), "another program has been writing to it for too long ({reason}); try again when that has ended"),
    (
        ("08", "57P", "53300", "failed to resolve", "connection failed", "connection to server", "Connection refused", "connection is lost", "connection is closed"),
        "cannot be reached now ({reason}); try again: what was stored is kept",
    ),
)


class Trouble(RegisterError):
    """The database failed under a question or a change; ``__cause__`` is what SQLAlchemy raised."""


def trouble(name: str, error: DBAPIError) -> Trouble:
    """The error for people: which register, what happened, what to do."""
    return Trouble(f"{name}: {told(error)}")


def told(error: DBAPIError) -> str:
    """What happened and what to do, without the name of the register."""
    reason = " ".join(str(error.orig).split())
    state = str(getattr(error.orig, "sqlstate", None) or "")
    for signs, meaning in _MEANINGS:
        if any(state.startswith(sign) if sign.isupper() or sign.isdigit() else sign in reason for sign in signs):
            return meaning.format(reason=reason)
    if error.connection_invalidated:
        return _MEANINGS[-1][1].format(reason=reason)
    return f"failed ({reason}); please report this"
