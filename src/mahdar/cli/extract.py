"""``mahdar extract``: articles in, one JSON record per line out."""

from __future__ import annotations

import contextlib
import json
import os
import stat
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

import click

from mahdar.cli.common import articles, failure, input_options, make_reader, progress_bar

if TYPE_CHECKING:
    from mahdar.reading.reader import Reader
    from mahdar.record import Article, Record


@click.command()
@input_options
@click.option(
    "-o",
    "--output",
    default="-",
    metavar="FILE",
    type=click.Path(dir_okay=False, allow_dash=True),
    help="Write here instead of standard output; the file appears only when complete.",
)
@click.option("--with-text", is_flag=True, help="Add the article's text and title to each record.")
@click.option("--keep-going", is_flag=True, help="Exit with 0 even if articles were skipped.")
@click.option("--quiet", is_flag=True, help="No progress bar and no final count; skipped articles are still named.")
@click.pass_context
def extract(
    ctx: click.Context,
    inputs: tuple[str, ...],
    encoding: str | None,
    max_size: float,
    folders: tuple[Path, ...],
    output: str,
    with_text: bool,
    keep_going: bool,
    quiet: bool,
) -> None:
    """Write one JSON record per article, in input order.

    What cannot be read is named on standard error with file and line, skipped and counted.
    """
    reader = make_reader(folders)
    found = articles(inputs, encoding, max_size)
    done = skipped = 0
    with contextlib.ExitStack() as stack:
        progress = stack.enter_context(progress_bar(quiet))
        out = stack.enter_context(writing(output))
        for article in found:
            if isinstance(article, Exception):
                skipped += 1
                progress(done, skipped, str(article))
                continue
            line, problem = _line(reader, article, with_text)
            if line is None:
                skipped += 1
            else:
                done += 1
                out.write(line + "\n")
            progress(done, skipped, problem)
    if not quiet:
        click.echo(f"mahdar: {done} read, {skipped} skipped", err=True)
    ctx.exit(1 if skipped and not keep_going else 0)


def _line(reader: Reader, article: Article, with_text: bool) -> tuple[str | None, str | None]:
    """The record as one JSON line, or what went wrong: one article's fault is never the run's."""
    try:
        record = reader.read(article)
        return _json(record, article if with_text else None), None
    except Exception as error:
        return None, failure(article, error)


def _json(record: Record, article: Article | None) -> str:
    data = record.to_json()
    if article is not None:
        data.update(title=article.title, text=article.text)
    return json.dumps(data, ensure_ascii=False, separators=(", ", ": "))


@contextlib.contextmanager
def writing(output: str) -> Iterator[TextIO]:
    """A text stream to ``output``: standard output for ``-``, else a file that appears only when complete."""
    if output == "-":
        stdout = sys.stdout
        with contextlib.suppress(AttributeError, ValueError):
            stdout.reconfigure(encoding="utf-8", errors="strict", newline="\n")  # type: ignore[union-attr]
        yield stdout
        stdout.flush()
        return
    target = Path(os.path.realpath(output))
    with contextlib.suppress(FileNotFoundError):
        if not stat.S_ISREG(target.stat().st_mode):  # a pipe or device is written to, never replaced
            with open(target, "w", encoding="utf-8", newline="\n") as plain:
                yield plain
            return
    try:
        handle, temporary = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name[:100]}.", suffix=".part")
    except OSError as error:
        raise click.BadParameter(f"cannot write {output}: {error.strerror}", param_hint="'-o'") from error
    try:
        with open(handle, "w", encoding="utf-8", newline="\n") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        os.chmod(temporary, _mode(target))
        os.replace(temporary, target)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(temporary)
        raise


def _mode(target: Path) -> int:
    """The permissions the file has, or those a new file gets."""
    with contextlib.suppress(OSError):
        return stat.S_IMODE(target.stat().st_mode)
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
