"""``mahdar ingest``, ``mahdar reread``, ``mahdar rejects``: filling the register and keeping it."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import partial
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

import click

from mahdar.cli import values
from mahdar.cli.common import input_options, lexicon_option, make_reader, progress_bar, register_option, safe, work_options

if TYPE_CHECKING:
    from mahdar.register.ingest import Done
    from mahdar.register.store import Store
    from mahdar.register.write import Counts
    from mahdar.sources.read import Located


@click.command()
@partial(input_options, required=False)
@click.option(
    "--from-records",
    "records",
    metavar="DIR",
    shell_complete=values.folder,
    help="Instead of INPUT: a folder that `mahdar extract --engine` made; nothing is read anew.",
)
@register_option
@work_options
@click.pass_context
def ingest(
    ctx: click.Context,
    inputs: tuple[str, ...],
    records: str | None,
    encoding: str | None,
    max_size: float,
    folders: tuple[Path, ...],
    register: str,
    workers: int | None,
    batch: int,
    keep_going: bool,
    quiet: bool,
) -> None:
    """Read articles and store them with their records in the register, which is made where there is none.

    INPUT may also be the web address of a page or a feed.

    The same article twice is stored once; a changed text under the same id is a new version, and the old one is kept. May be
    interrupted at any moment: the same command again goes on from there. What is refused is listed by `mahdar rejects`.
    """
    from mahdar.crew import cores
    from mahdar.register.ingest import ingest as run
    from mahdar.register.store import Store

    if bool(inputs) == (records is not None):
        raise click.UsageError("give either INPUT or --from-records DIR")
    read = None if records is None else _records(records, folders)  # says what is wrong with it before a register is made
    with Store.open(register, create=True) as store:
        found = _found(store, inputs, encoding, int(max_size * 1_000_000)) if read is None else read
        count = cores() if workers is None else workers
        done = run(store, found, make=partial(make_reader, folders), clock=now, workers=count, batch=batch)
        counts, refused = _follow(done, quiet)
    if not quiet:
        click.echo(f"mahdar: {counts.new} new, {counts.changed} new versions, {counts.same} stored already, {refused} refused", err=True)
    ctx.exit(1 if refused and not keep_going else 0)


@click.command()
@lexicon_option
@register_option
@work_options
@click.option("--all", "everything", is_flag=True, help="Also articles that were read with this very lexicon.")
@click.pass_context
def reread(
    ctx: click.Context, folders: tuple[Path, ...], register: str, workers: int | None, batch: int, keep_going: bool, quiet: bool, everything: bool
) -> None:
    """Read stored articles anew with the current program and lexicon.

    Only articles read with another lexicon or program, unless --all is given. Each record is replaced at once, while others use the register; an interrupted run goes on
    where it was.
    """
    from mahdar.crew import cores
    from mahdar.register.ingest import reread as run
    from mahdar.register.store import Store

    with Store.open(register) as store:
        count = cores() if workers is None else workers
        done = run(store, make=partial(make_reader, folders), clock=now, workers=count, batch=batch, everything=everything)
        counts, refused = _follow(done, quiet)
    if not quiet:
        click.echo(f"mahdar: {counts.changed} read anew, {refused} refused", err=True)
    ctx.exit(1 if refused and not keep_going else 0)


def _records(folder: str, folders: tuple[Path, ...]) -> Iterator[Located]:
    """What a folder of records holds."""
    from mahdar.bulk.load import load
    from mahdar.register.ingest import reading_key

    return load(folder, reading_key(make_reader(folders)))


def _found(store: Store, inputs: tuple[str, ...], encoding: str | None, limit: int) -> Iterator[Located]:
    """What files, folders and web addresses hold, in the order given."""
    from mahdar.register.feeds import fetched
    from mahdar.register.fetching import Fetcher, Limits
    from mahdar.register.watch import settled
    from mahdar.sources.read import located

    web = Fetcher(Limits(size=limit))
    for is_web, group in groupby(inputs, lambda given: given.startswith(("http://", "https://"))):
        if is_web:
            for url in group:
                yield from fetched(url, web, partial(settled, store))
        else:
            yield from located(group, encoding=encoding, limit=limit)


def _follow(done: Iterator[Done], quiet: bool) -> tuple[Counts, int]:
    """Run to the end, showing how far it is and naming what is refused."""
    from mahdar.register.write import Counts

    total, refused = Counts(), 0
    with progress_bar(quiet) as progress:
        for step in done:
            total += step.counts
            for problem in step.problems:
                refused += 1
                progress(total.new + total.changed + total.same, refused, problem)
            progress(total.new + total.changed + total.same, refused, None)
    return total, refused


@click.command()
@register_option
@click.option("--input", "name", metavar="NAME", help="Only what came from this file or folder.")
@click.option("--format", "form", type=click.Choice(["table", "jsonl", "csv"]), default="table", show_default=True, help="How to write it.")
@click.option("--clear", is_flag=True, help="Forget what is listed.")
def rejects(register: str, name: str | None, form: str, clear: bool) -> None:
    """List what was refused at ingest, and why, by input and line.

    A line that is mended and read again leaves the list by itself.
    """
    from mahdar.register.rejects import forget, rejected
    from mahdar.register.store import Store

    with Store.open(register) as store:
        rows = csv.writer(sys.stdout, lineterminator="\n")
        if form == "csv":
            rows.writerow(("input", "line", "reason", "message", "seen"))
        for reject, seen in rejected(store, name):
            place = reject.line or None
            if form == "jsonl":
                row = {"input": reject.input, "line": place, "reason": reject.reason, "message": reject.message, "seen": seen}
                click.echo(json.dumps(row, ensure_ascii=False))
            elif form == "csv":
                rows.writerow((reject.input, place, reject.reason, reject.message, seen))
            else:
                click.echo(safe(str(reject)))
        if clear:
            store.transact(partial(forget, name=name))


def now() -> str:
    """The moment, in UTC, to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
