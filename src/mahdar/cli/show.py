"""``mahdar show``: a record for people."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from mahdar.cli.common import articles, input_options, make_reader, safe
from mahdar.errors import cannot_read

if TYPE_CHECKING:
    from mahdar.record import Article

_COLOURS: dict[str, dict[str, Any]] = {
    "rule": {"fg": "cyan"},
    "heading": {"bold": True},
    "title": {"bold": True},
    "words": {"fg": "green"},
}


def date_option(ctx: click.Context, param: click.Parameter, value: str | None) -> str | None:
    """An ISO date or date-time, or a usage error."""
    from mahdar.sources.formats import is_date

    if value is not None and not is_date(value):
        raise click.BadParameter("must be an ISO date or date-time such as 2015-07-14")
    return value


@click.command()
@input_options
@click.option("--id", "key", metavar="ID", help="Only the article with this id.")
@click.option(
    "--published", metavar="DATE", callback=date_option, help="Publication date for articles that carry none."
)
@click.option(
    "--bidi", is_flag=True, help="Reorder and join letters for terminals that cannot do it; ignored in a pipe."
)
@click.pass_context
def show(
    ctx: click.Context,
    inputs: tuple[str, ...],
    encoding: str | None,
    max_size: float,
    folders: tuple[Path, ...],
    key: str | None,
    published: str | None,
    bidi: bool,
) -> None:
    """Print the record of each article for people to read.

    Body, actors (~ marks our own romanisation), statements, events as "who → act → whom (when, where, status)" and
    positions, each with its words and the rule that found it.
    """
    from mahdar.show import to_text

    terminal = sys.stdout.isatty()
    if bidi and not terminal:
        click.echo("mahdar: --bidi ignored: standard output is not a terminal", err=True)
    reader = make_reader(folders)
    look = terminal_look(terminal, bidi and terminal)
    skipped = shown = 0
    for article in chosen(articles(inputs, encoding, max_size), key, published):
        if isinstance(article, str):
            skipped += 1
            click.echo(f"mahdar: {safe(article)}", err=True)
            continue
        try:
            text = to_text(reader.read(article), **look)
        except Exception as error:
            skipped += 1
            click.echo(f"mahdar: {safe(cannot_read(article.id, error))}", err=True)
            continue
        click.echo(("\n" if shown else "") + text, nl=False, color=True if terminal else None)
        shown += 1
    if key is not None and not shown:
        click.echo(f"mahdar: no article with id {safe(key)!r}", err=True)
    ctx.exit(1 if skipped or not shown else 0)


def chosen(found: Iterator[Any], key: str | None, published: str | None) -> Iterator[Article | str]:
    """The articles asked for, dated where they carry no date; what cannot be read as its message."""
    for article in found:
        if isinstance(article, Exception):
            yield str(article)
        elif key is None or article.id == key:
            dated = article.published is not None or published is None
            yield article if dated else replace(article, published=published)


def terminal_look(terminal: bool, bidi: bool) -> dict[str, Any]:
    """How to print: width and alignment of the terminal, colours unless NO_COLOR, visual order when asked for."""
    if not terminal:
        return {"width": 100}
    look: dict[str, Any] = {"width": shutil.get_terminal_size((100, 24)).columns, "align": True}
    if not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb":
        look["paint"] = lambda role, text: click.style(text, **_COLOURS[role]) if role in _COLOURS else text
    if bidi:
        from mahdar.arabic.bidi import shape, visual

        look["shape"] = shape
        look["visual"] = lambda line, rtl: visual(line, rtl=rtl)
    return look
