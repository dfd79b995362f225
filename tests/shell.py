"""A command of Mahdar's, run within the test's own process."""

from __future__ import annotations

from click.testing import CliRunner, Result

from mahdar.cli.main import main


def run(*arguments: object) -> Result:
    """What a command answered; a traceback fails the test."""
    result = CliRunner().invoke(main, [str(argument) for argument in arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result
