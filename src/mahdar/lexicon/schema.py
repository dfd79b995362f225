"""Checking lexicon rows before they are compiled."""

from __future__ import annotations

from pathlib import Path


def check_rows(folder: Path) -> None:
    """Raise :class:`mahdar.errors.LexiconError` for the first malformed row of a lexicon folder."""
