"""``mahdar extract``: articles in, one JSON record per line out."""

from __future__ import annotations

import contextlib
import json
import os
import stat
import sys
import tempfile
from collections.abc import Callable, Iterator
from functools import partial
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal, TextIO

import click

from mahdar.cli import values
from mahdar.cli.common import articles, input_options, make_reader, progress_bar
from mahdar.errors import cannot_read

if TYPE_CHECKING:
    from mahdar.bulk.run import Run
    from mahdar.crew import Watch
    from mahdar.errors import SourceError
    from mahdar.reading.reader import Reader
    from mahdar.record import Article, Record

_GROUP: Final = 50  # articles that go to a worker at once
_NAMED: Final = 100  # of those skipped on the way to a folder, which lists them all


@click.command()
@input_options
@click.option(
    "-o",
    "--output",
    default="-",
    metavar="PATH",
    shell_complete=values.path,
    help="Write here instead of standard output: to a file, which appears only when complete; or, with --engine or where it is a folder, to a folder of Parquet.",
)
@click.option("--engine", type=click.Choice(["local", "ray"]), help="Write a folder of Parquet, read by processes of this machine or by a cluster under Ray.")
@click.option("--workers", type=click.IntRange(min=0), metavar="N", help="Processes that read; 0 reads in the command's own.  [default: 0; with a folder one per processor]")
@click.option("--part", "size", type=click.IntRange(min=1), default=1000, show_default=True, metavar="N", help="Articles in one file of a folder.")
@click.option("--timeout", type=click.FloatRange(min=0, min_open=True), default=300.0, show_default=True, metavar="SECONDS", help="With workers: refuse what takes longer to read.")
@click.option("--with-text", is_flag=True, help="Add the article's text and title to each record; a folder has them always.")
@click.option("--keep-going", is_flag=True, help="Exit with 0 even if articles were skipped.")
@click.option("--quiet", is_flag=True, help="No progress bar and no final count; skipped articles are still named.")
@click.pass_context
def extract(
    ctx: click.Context, inputs: tuple[str, ...], encoding: str | None, max_size: float, folders: tuple[Path, ...], output: str,
    engine: Literal["local", "ray"] | None, workers: int | None, size: int, timeout: float, with_text: bool, keep_going: bool, quiet: bool,
) -> None:  # fmt: skip
    """Write one JSON record per article, in input order; or all records as a folder of Parquet files, read on many processors.

    What cannot be read is named on standard error with file and line, skipped and counted.
    A folder is filled part by part; the same command again goes on where one was interrupted.
    """
    make = partial(make_reader, tuple(folder.resolve() for folder in folders) if engine == "ray" else folders)  # an actor has another folder of its own
    if engine is not None or _is_folder(output):
        if output == "-":
            raise click.UsageError("--engine writes a folder of Parquet: name it with -o DIR")
        from mahdar.bulk.run import Run, Settings

        settings = Settings(encoding, int(max_size * 1_000_000), size, timeout)
        skipped = _to_folder(Run.begin(inputs, output, make=make, settings=settings), engine or "local", workers, quiet)
    else:
        found = articles(inputs, encoding, max_size)
        skipped = _to_lines(found, output, make=make, with_text=with_text, workers=workers or 0, timeout=timeout, quiet=quiet)
    ctx.exit(1 if skipped and not keep_going else 0)


def _is_folder(output: str) -> bool:
    return "://" in output or output.endswith(("/", os.sep)) or os.path.isdir(output)


def _to_folder(run: Run, engine: Literal["local", "ray"], workers: int | None, quiet: bool) -> int:
    """Do what is not done yet; how many articles were skipped in all, those of earlier runs included."""
    from mahdar.crew import cores

    count = (cores() if engine == "local" else 0) if workers is None else workers
    done = skipped = named = 0
    with progress_bar(quiet) as progress:
        for part in run.parts(engine, count):
            done += part.counts["articles"]
            skipped += part.counts["refused"]
            for problem in part.problems[: _NAMED - named]:
                progress(done, skipped, problem)
            named += len(part.problems)
            progress(done, skipped, None)
    totals = run.finish()
    if skipped > _NAMED or (skipped and named > _NAMED):
        click.echo(f"mahdar: and more; all that was skipped is listed in {run.folder.place.rstrip('/')}/rejects", err=True)
    if not quiet:
        before = f" ({totals.get('articles', 0) - done} of them before)" if run.done else ""
        click.echo(f"mahdar: {totals.get('articles', 0)} read{before}, {totals.get('refused', 0)} skipped, {totals['parts']} parts", err=True)
    return totals.get("refused", 0)


def _to_lines(
    found: Iterator[Article | SourceError], output: str, *, make: Callable[[], Reader], with_text: bool, workers: int, timeout: float, quiet: bool
) -> int:
    """Write the records as lines; how many articles were skipped."""
    from mahdar.crew import Crew, forks, keep

    done = skipped = 0
    reader = make()
    start = keep(reader) if forks() or not workers else make
    with contextlib.ExitStack() as stack:
        progress = stack.enter_context(progress_bar(quiet))
        out = stack.enter_context(writing(output))
        crew = stack.enter_context(Crew(_with_text if with_text else _without_text, start, workers=workers, patience=timeout))
        for group, read in crew.run(_groups(found, _GROUP if workers else 1)):
            results = iter(read)
            for item in group:
                line, problem = (None, str(item)) if isinstance(item, Exception) else next(results)
                if line is None:
                    skipped += 1
                else:
                    done += 1
                    out.write(line + "\n")
                progress(done, skipped, problem)
    if not quiet:
        click.echo(f"mahdar: {done} read, {skipped} skipped", err=True)
    return skipped


Group = list["Article | SourceError"]
Line = tuple[str | None, str | None]  # the record as one line of JSON, or what went wrong


def _groups(found: Iterator[Article | SourceError], size: int) -> Iterator[tuple[Group, list[Article]]]:
    while group := list(islice(found, size)):
        yield group, [item for item in group if not isinstance(item, Exception)]


def _with_text(reader: Reader, given: list[Article], watch: Watch) -> list[Line]:
    return [_line(reader, article, True, lost) for article, lost in watch.over(given)]


def _without_text(reader: Reader, given: list[Article], watch: Watch) -> list[Line]:
    return [_line(reader, article, False, lost) for article, lost in watch.over(given)]


def _line(reader: Reader, article: Article, with_text: bool, lost: str | None) -> Line:
    """One article's fault is never the run's."""
    if lost is not None:
        return None, cannot_read(article.id, lost)
    try:
        record = reader.read(article)
        return _json(record, article if with_text else None), None
    except Exception as error:
        return None, cannot_read(article.id, error)


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
