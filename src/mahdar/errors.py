"""The one error hierarchy of the project.

Every message says where (file, line), what is wrong and what to do about it; nothing below the CLI prints or exits.
"""

from __future__ import annotations


class MahdarError(Exception):
    """Base of all errors raised on purpose by this package."""


class SourceError(MahdarError):
    """An input cannot be read as an article.

    ``where`` is the file's name (or ``<stdin>``), ``line`` the 1-based line or record number when there is one.
    """

    def __init__(self, message: str, *, where: str, line: int | None = None) -> None:
        self.where = where
        self.line = line
        self.reason = message
        super().__init__(f"{where}:{line}: {message}" if line is not None else f"{where}: {message}")


class LexiconError(MahdarError):
    """A lexicon row is malformed: names file, row and field."""


class RecordError(MahdarError):
    """A record does not follow FORMAT: names the field."""


class RegisterError(MahdarError):
    """The register cannot be opened or used: names it and says what to do."""


class SettingsError(MahdarError):
    """A file of settings is wrong: names file and field."""


class QuestionError(RegisterError):
    """A question that cannot be asked of a register so: says which part, and what it may be."""
