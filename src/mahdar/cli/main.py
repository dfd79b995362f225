"""The command ``mahdar``: names its commands, imports each only when asked for, and ends without a traceback."""

from __future__ import annotations

import os
import sys
from importlib import import_module
from typing import Any

import click

from mahdar.cli.manual import attach
from mahdar.errors import MahdarError

_COMMANDS = {
    "extract": "mahdar.cli.extract",
    "show": "mahdar.cli.show",
    "explain": "mahdar.cli.explain",
    "gaps": "mahdar.cli.gaps",
    "ingest": "mahdar.cli.ingest",
    "watch": "mahdar.cli.watch",
    "reread": "mahdar.cli.ingest",
    "rejects": "mahdar.cli.ingest",
    "compact": "mahdar.cli.compact",
    "events": "mahdar.cli.ask",
    "meetings": "mahdar.cli.ask",
    "statements": "mahdar.cli.ask",
    "positions": "mahdar.cli.ask",
    "pairs": "mahdar.cli.ask",
    "actors": "mahdar.cli.actors",
    "occurrences": "mahdar.cli.ask",
    "requests": "mahdar.cli.ask",
    "commitments": "mahdar.cli.ask",
    "changes": "mahdar.cli.ask",
    "search": "mahdar.cli.ask",
    "article": "mahdar.cli.ask",
    "brief": "mahdar.cli.ask",
    "export": "mahdar.cli.export",
    "import": "mahdar.cli.export",
    "completion": "mahdar.cli.completion",
    "articles": "mahdar.cli.ask",
    "stances": "mahdar.cli.ask",
    "serve": "mahdar.cli.serve",
    "mcp": "mahdar.cli.serve",
    "token": "mahdar.cli.serve",
    "check": "mahdar.cli.upkeep",
    "repair": "mahdar.cli.upkeep",
    "backup": "mahdar.cli.upkeep",
    "restore": "mahdar.cli.upkeep",
    "doctor": "mahdar.cli.upkeep",
}
_OTHER_NAMES = {"import": "import_"}  # where the command's own name is a word of Python


class _Root(click.Group):
    """Lazy commands, and one place where interruptions and expected errors end a run."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        home = _COMMANDS.get(cmd_name)
        if home is None:
            return None
        command: click.Command = getattr(import_module(home), _OTHER_NAMES.get(cmd_name, cmd_name))
        attach(cmd_name, command)
        return command

    def main(self, *args: Any, **kwargs: Any) -> Any:
        if "_MAHDAR_COMPLETE" in os.environ:  # a shell asks what may stand at the cursor
            from mahdar.cli.completion import enlist

            enlist()
        return super().main(*args, **kwargs)

    def invoke(self, ctx: click.Context) -> Any:
        try:
            result = super().invoke(ctx)
            sys.stdout.flush()
            return result
        except KeyboardInterrupt:
            click.echo("mahdar: interrupted", err=True)
            ctx.exit(130)
        except BrokenPipeError:
            _drop_stdout()
            ctx.exit(141)
        except MahdarError as error:
            click.echo(f"mahdar: {error}", err=True)
            ctx.exit(1)
        except OSError as error:
            click.echo(f"mahdar: {error.filename or 'output'}: {error.strerror or error}", err=True)
            ctx.exit(1)


def _version(ctx: click.Context, _param: click.Parameter, wanted: bool) -> None:
    if wanted and not ctx.resilient_parsing:
        from mahdar.version import told

        click.echo(told())
        ctx.exit()


def _drop_stdout() -> None:
    """The reader of our output has gone: nothing more may be written, not even at exit."""
    try:
        null = os.open(os.devnull, os.O_WRONLY)
        os.dup2(null, sys.stdout.fileno())
        os.close(null)
    except (OSError, ValueError):
        pass


@click.group(cls=_Root, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.option("--version", is_flag=True, is_eager=True, expose_value=False, callback=_version, help="Show the versions of program and lexicon and end.")
def main() -> None:
    """Read Arabic news; get the diplomatic record: who met whom, who said what, where each party stands.

    INPUT is a text, HTML, JSON Lines, CSV, Parquet, WARC, RSS or Atom file, each also .gz, a folder of them, or - for standard input.
    """


if __name__ == "__main__":
    main(prog_name="mahdar")
