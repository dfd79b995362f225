"""``mahdar actors``: who is in the register; and by hand, who is who: ``merge``, ``split``, ``rulings``, ``undo``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from mahdar.cli.ask import filter_options, opened_answer, opened_register, output_options
from mahdar.cli.common import lexicon_option, register_option, safe


@click.group(invoke_without_command=True)
@filter_options
@output_options
@register_option
@lexicon_option
@click.pass_context
def actors(ctx: click.Context, /, form: str, bidi: bool, register: str, folders: tuple[Path, ...], **asked: Any) -> None:
    """Who is in the register, those in most articles first, each under one key whatever the spelling.

    Where two keys are one actor, or one key is two, the commands say so by hand: for all articles stored and yet to come, until taken back.
    """
    if ctx.invoked_subcommand is None:
        opened_answer("actors", form, bidi, register, folders, asked)


@actors.command()
@click.argument("actor", metavar="A")
@click.argument("others", metavar="B...", nargs=-1, required=True)
@register_option
@lexicon_option
def merge(actor: str, others: tuple[str, ...], register: str, folders: tuple[Path, ...]) -> None:
    """B is A: what was read of either is A's from now on. Each is a key, a code or a name."""
    with opened_register(register, folders) as opened:
        for other in others:
            _made(*opened.merge(actor, other))


@actors.command()
@click.argument("actor", metavar="A")
@click.option("--article", default="", metavar="ID", help="Only in this article,")
@click.option("--name", default="", metavar="NAME", help="or only under this name.")
@click.option("--into", metavar="B", help="Whom it is there.  [default: a new actor]")
@register_option
@lexicon_option
def split(actor: str, article: str, name: str, into: str | None, register: str, folders: tuple[Path, ...]) -> None:
    """In one article, or under one name, A is somebody else."""
    with opened_register(register, folders) as opened:
        _made(*opened.split(actor, article=article, name=name, into=into))


@actors.command()
@register_option
def rulings(register: str) -> None:
    """The merges and splits made by hand, with the numbers that take them back."""
    with opened_register(register, ()) as opened:
        for ruling in opened.rulings():
            click.echo(safe(str(ruling)))


@actors.command()
@click.argument("number", metavar="NUMBER", type=click.IntRange(min=1))
@register_option
def undo(number: int, register: str) -> None:
    """Take back the merge or split of this number."""
    with opened_register(register, ()) as opened:
        changed = opened.undo(number)
    click.echo(f"mahdar: ruling {number} taken back, {changed} articles changed", err=True)


def _made(number: int, changed: int) -> None:
    click.echo(f"mahdar: ruling {number}, {changed} articles changed; `mahdar actors undo {number}` takes it back", err=True)
