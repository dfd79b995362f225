"""What the commands share: options, the reader, and the plain reporting of what was skipped."""

from __future__ import annotations

import codecs
import contextlib
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from mahdar.cli import values
from mahdar.process import starting

if TYPE_CHECKING:
    from rich.progress import ProgressColumn

    from mahdar.errors import SourceError
    from mahdar.reading.reader import Reader
    from mahdar.record import Article

F = TypeVar("F", bound=Callable[..., Any])


def _encoding(ctx: click.Context, param: click.Parameter, value: str | None) -> str | None:
    if value is not None:
        try:
            codecs.lookup(value)
        except (LookupError, ValueError):
            raise click.BadParameter(f"unknown encoding {value!r}") from None
    return value


def input_options(function: F, *, required: bool = True) -> F:
    """INPUT…, ``--encoding``, ``--max-size`` and ``--lexicon``: how commands name what they read, and with what."""
    function = lexicon_option(function)
    function = click.option(
        "--max-size",
        type=click.FloatRange(min=0, min_open=True),
        default=20.0,
        show_default=True,
        metavar="MB",
        help="Skip articles larger than this.",
    )(function)
    function = click.option(
        "--encoding",
        metavar="NAME",
        callback=_encoding,
        help="The encoding of all inputs (default: told from the bytes).",
    )(function)
    kind = click.Path(allow_dash=True)
    return click.argument("inputs", metavar="INPUT...", nargs=-1, required=required, type=kind)(function)


def lexicon_option(function: F) -> F:
    """``--lexicon``: rows of the user's own."""
    return click.option(
        "--lexicon",
        "folders",
        multiple=True,
        metavar="DIR",
        type=click.Path(exists=True, file_okay=False, path_type=Path),
        help="Add the rows of this folder to the built-in lexicon; may be repeated.",
    )(function)


def register_option(function: F) -> F:
    """``--register``: which register a command works on."""
    return click.option(
        "--register",
        default="mahdar.db",
        show_default=True,
        envvar="MAHDAR_REGISTER",
        metavar="URL",
        shell_complete=values.path,
        help="The register: a file, or postgresql://USER@HOST/DATABASE; also from MAHDAR_REGISTER.",
    )(function)


def work_options(function: F) -> F:
    """How commands that fill the register do their work and tell of it."""
    quiet = click.option("--quiet", is_flag=True, help="No progress bar and no final count; what is refused is still named.")
    keep_going = click.option("--keep-going", is_flag=True, help="Exit with 0 even if articles were refused.")
    batch = click.option("--batch", type=click.IntRange(min=1), default=250, show_default=True, metavar="N", help="Articles in one transaction.")
    workers = click.option(
        "--workers", type=click.IntRange(min=0), metavar="N", help="Processes that read; 0 reads in the command's own.  [default: one per processor]"
    )
    return workers(batch(keep_going(quiet(function))))


def make_reader(folders: tuple[Path, ...]) -> Reader:
    """The reader the options ask for."""
    with starting():
        if not folders:
            from mahdar import default_reader

            return default_reader()
        from mahdar.lexicon.load import load_lexicon
        from mahdar.reading.reader import Reader

        return Reader(load_lexicon(*folders))


def articles(inputs: tuple[str, ...], encoding: str | None, max_size: float) -> Iterator[Article | SourceError]:
    """The articles of all inputs, errors in their places."""
    from mahdar.sources import read_articles

    return read_articles(inputs, encoding=encoding, limit=int(max_size * 1_000_000))


def safe(line: str) -> str:
    """``line`` without characters that could command a terminal or break the one-line form."""
    from mahdar.show import clean

    return clean(line.replace("\n", " "))


Report = Callable[[int, int, str | None], None]


@contextlib.contextmanager
def progress_bar(quiet: bool) -> Iterator[Report]:
    """A function that takes (read, skipped, problem): prints the problem, moves the bar on a terminal."""
    if quiet or not sys.stderr.isatty():
        yield _plain_report
        return
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    console = Console(stderr=True)
    count, missed = TextColumn("{task.completed} articles"), TextColumn("{task.fields[skipped]} skipped")
    bar_columns = (SpinnerColumn(), count, _rate_column(), missed, TimeElapsedColumn())
    with Progress(*bar_columns, console=console, transient=True) as bar:
        task = bar.add_task("reading", total=None, skipped=0)

        def report(done: int, skipped: int, problem: str | None) -> None:
            bar.update(task, completed=done, skipped=skipped)
            if problem is not None:
                console.print(f"mahdar: {safe(problem)}", markup=False, highlight=False, soft_wrap=True)

        yield report


def _rate_column() -> ProgressColumn:
    from rich.progress import ProgressColumn, Task
    from rich.text import Text

    class Rate(ProgressColumn):
        """Articles per second since the start."""

        def render(self, task: Task) -> Text:
            elapsed = task.elapsed or 0.0
            return Text(f"{task.completed / elapsed:.0f}/s" if elapsed else "…")

    return Rate()


def _plain_report(done: int, skipped: int, problem: str | None) -> None:
    if problem is not None:
        click.echo(f"mahdar: {safe(problem)}", err=True)
