"""``mahdar export``, ``mahdar import``: a register as files for other programs, and back."""

from __future__ import annotations

import contextlib
import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from mahdar.cli import values
from mahdar.cli.common import lexicon_option, progress_bar, register_option

if TYPE_CHECKING:
    from collections.abc import Callable

_FORMATS = ["parquet", "csv", "jsonl", "polecat", "cameo", "graphml", "gexf", "geojson"]


@click.command()
@click.option("--format", "form", type=click.Choice(_FORMATS), required=True, help="What to write; docs/exports.md has the columns of each.")
@click.option(
    "--output",
    "-o",
    default="-",
    metavar="PATH",
    shell_complete=values.path,
    help="The file, or for parquet the folder, which is replaced at once when all is written.  [default: standard output]",
)
@click.option("--actor", metavar="WHO", help="A code (RUS), or a name the lexicon knows (Russia, روسيا, Lavrov).")
@click.option("--between", nargs=2, metavar="A B", help="Between these two.")
@click.option("--type", multiple=True, metavar="TYPE", shell_complete=values.event_type, help="A PLOVER type such as CONSULT; may be repeated.")
@click.option("--on", metavar="X", shell_complete=values.issue, help="On this issue (iran-nuclear), or toward this actor.")
@click.option("--since", metavar="DATE", help="From this day (2015-10-30), month (2015-10) or year on.")
@click.option("--until", metavar="DATE", help="To this day, month or year.")
@click.option("--source", metavar="NAME", help="Only reports of this publisher, as the register names it.")
@click.option(
    "--status",
    multiple=True,
    metavar="S",
    shell_complete=values.status,
    help="actual, planned, denied, possible; may be repeated.  [default: all; actual in polecat, cameo, graphml and gexf]",
)
@click.option("--period", type=click.Choice(["month", "quarter", "year", "all"]), help="What an edge of graphml and gexf spans.  [default: year]")
@click.option("--articles/--no-articles", default=None, help="With the articles' texts and records, which `mahdar import` needs.  [default: in parquet yes, in jsonl no]")
@click.option("--quiet", is_flag=True, help="No final count.")
@register_option
@lexicon_option
def export(form: Any, output: str, quiet: bool, register: str, folders: tuple[Path, ...], **asked: Any) -> None:
    """Write the register, or what of it meets the filters, as files for other programs.

    The same register gives the same bytes on any database. Memory does not grow with the number of events.
    """
    from mahdar.export import export as write
    from mahdar.lexicon.load import load_lexicon
    from mahdar.register.questions import Register

    wanted = {name: value for name, value in asked.items() if value not in (None, ())}
    with Register(register, lexicon=partial(load_lexicon, *folders)) as opened:
        written = write(opened, form, output, **wanted)
    if output == "-":
        sys.stdout.flush()
    if not quiet:
        click.echo(f"mahdar: {written}", err=True)


@click.command("import")
@click.argument("path", metavar="PATH", type=click.Path(exists=True, path_type=Path))
@click.option("--quiet", is_flag=True, help="No progress bar and no final count.")
@register_option
@lexicon_option
def import_(path: Path, quiet: bool, register: str, folders: tuple[Path, ...]) -> None:
    """Restore a register from PATH: a folder of `mahdar export --format parquet`, or a file of `--format jsonl --articles`.

    On either database. What is there already is passed over, so that an interrupted import goes on where it was.
    """
    from mahdar.export import restore
    from mahdar.lexicon.load import load_lexicon
    from mahdar.register.store import Store
    from mahdar.register.write import Counts

    counts = Counts()
    with Store.open(register, create=True) as store, _bar(quiet) as told:
        for done in restore(store, path, lexicon=load_lexicon(*folders)):
            counts += done
            told(counts.new + counts.changed + counts.same, 0, None)
    if not quiet:
        click.echo(f"mahdar: {counts.new} new, {counts.changed} new versions, {counts.same} stored already", err=True)


def _bar(quiet: bool) -> contextlib.AbstractContextManager[Callable[[int, int, str | None], None]]:
    return progress_bar(quiet)
