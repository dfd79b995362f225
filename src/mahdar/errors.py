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


class WorkerError(MahdarError):
    """Processes that work for this one died and cannot be replaced; says what was kept."""


class BulkError(MahdarError):
    """A folder of records cannot be written or read: names it and says what to do."""


def cannot_read(article: str | None, why: Exception | str) -> str:
    """One line for a defect of ours met while reading an article; the run goes on."""
    what = why if isinstance(why, str) else f"{type(why).__name__}: {why}"
    return f"{'' if article is None else f'article {article!r}: '}cannot be read ({what}); please report this"
