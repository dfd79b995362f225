"""``mahdar completion``: what a shell needs to complete commands and options."""

from __future__ import annotations

from typing import Literal

import click


@click.command()
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@click.pass_context
def completion(ctx: click.Context, shell: Literal["bash", "zsh", "fish"]) -> None:
    """Print what SHELL (bash, zsh or fish) needs to complete commands, options and their values.

    Written once to the place where the shell looks for completions, it asks mahdar itself each time, so that it never grows old.
    """
    from click.shell_completion import get_completion_class

    made = get_completion_class(shell)
    assert made is not None  # the three are click's own
    root = ctx.find_root().command
    click.echo(made(root, {}, "mahdar", "_MAHDAR_COMPLETE").source())
