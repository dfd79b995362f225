"""``mahdar check``, ``repair``, ``backup``, ``restore``, ``doctor``: a register kept whole, and what this machine lacks."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import click

from mahdar.cli.common import lexicon_option, make_reader, progress_bar, register_option, safe
from mahdar.cli.ingest import now

_COLOURS = {"ok": "green", "warn": "yellow", "fail": "red"}
_STAMP = "%Y%m%dT%H%M%SZ"


@click.command()
@register_option
@click.option("--quick", is_flag=True, help="Leave out what takes long: comparing what all reports add up to with all reports.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True, help="How to write it.")
@lexicon_option
@click.pass_context
def check(ctx: click.Context, register: str, quick: bool, form: str, folders: tuple[Path, ...]) -> None:
    """Look whether a register is whole; nothing is changed.

    Its file and links; every article's text, record and rows; and, unless --quick, what all reports together add up to, made anew in a temporary
    folder (about as long as `mahdar import` takes) and compared row by row.
    """
    from mahdar.lexicon.load import load_lexicon
    from mahdar.upkeep import check as run

    steps = []
    for step in run(register, lexicon=load_lexicon(*folders), quick=quick):
        steps.append(step)
        if form == "text":
            _line("ok" if step.well else "fail", step.name, step.note)
            for fault in step.faults:
                click.echo(f"      {safe(fault)}")
    well = all(step.well for step in steps)
    if form == "json":
        click.echo(json.dumps({"ok": well, "steps": [{"name": s.name, "faults": s.faults, "note": s.note} for s in steps]}, ensure_ascii=False))
    ctx.exit(0 if well else 1)


@click.command()
@click.argument("target", metavar="NEW.db", type=click.Path(dir_okay=False, path_type=Path))
@register_option
@lexicon_option
@click.option("--quiet", is_flag=True, help="No progress bar; what is lost is still named.")
@click.pass_context
def repair(ctx: click.Context, target: Path, register: str, folders: tuple[Path, ...], quiet: bool) -> None:
    """Save what can be read of a damaged register into a new file; the damaged one stays as it is.

    Texts come back as they were stored, or are named as lost. Records that are damaged are read anew; what all reports add up to is made anew.
    """
    from mahdar.upkeep import repair as run

    with progress_bar(quiet) as progress:
        saved = run(register, target, make=lambda: make_reader(folders), clock=now, told=lambda count: progress(count, 0, None))
    for each in saved.lost:
        click.echo(f"mahdar: lost: {safe(each)}", err=True)
    counts = f"{saved.versions} versions of articles saved, {saved.anew} of them read anew; {saved.rulings} rulings, {saved.rejects} refusals; {len(saved.lost)} losses"
    click.echo(f"mahdar: {safe(str(target))}: {counts}", err=True)
    ctx.exit(1 if saved.lost else 0)


@click.command()
@click.option("-o", "--output", type=click.Path(path_type=Path), default=Path("."), metavar="PATH", help="A file, or a folder for one named by the moment.  [default: this folder]")
@click.option("--quiet", is_flag=True, help="Do not say what was copied.")
@register_option
def backup(output: Path, quiet: bool, register: str) -> None:
    """Copy a register as it is at one moment, while others go on reading and writing it.

    The copy is a register itself, one SQLite file, also of PostgreSQL: check it, ask it, or make a register of it by `mahdar restore`. It appears whole
    under its name or not at all, readable by you alone.
    """
    from mahdar.upkeep import backup as run

    target = output / f"mahdar-{datetime.now(UTC).strftime(_STAMP)}.db" if output.is_dir() else output
    copied = run(register, target)
    if not quiet:
        click.echo(f"mahdar: {safe(copied.name)}: {copied.articles} articles, {copied.size / 1e6:.1f} MB", err=True)


@click.command()
@click.argument("source", metavar="COPY.db", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--quiet", is_flag=True, help="Do not say what was restored.")
@register_option
def restore(source: Path, quiet: bool, register: str) -> None:
    """Make a register of a copy: a file that is not there yet, or an empty database of PostgreSQL.

    Nothing is ever written over. An export is restored by `mahdar import`.
    """
    from mahdar.upkeep import restore as run

    made = run(source, register)
    if not quiet:
        click.echo(f"mahdar: {safe(made.name)}: {made.articles} articles", err=True)


@click.command()
@register_option
@click.option("--tokens", type=click.Path(dir_okay=False, path_type=Path), envvar="MAHDAR_TOKENS", metavar="FILE", help="The file of tokens; also from MAHDAR_TOKENS.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True, help="How to write it.")
@lexicon_option
@click.pass_context
def doctor(ctx: click.Context, register: str, tokens: Path | None, form: str, folders: tuple[Path, ...]) -> None:
    """Look at what Mahdar needs of this machine: Python, packages, lexicon, register, disk, terminal, clock, tokens.

    Each line is ok, warn or fail, and says what to do. Nothing is changed but what any question changes: an older register is brought up to date.
    """
    from mahdar.server.settings import default_tokens
    from mahdar.upkeep import examine

    found = []
    for finding in examine(register, folders=folders, tokens=tokens or default_tokens()):
        found.append(finding)
        if form == "text":
            _line(finding.state, finding.about, finding.said)
    if form == "json":
        click.echo(json.dumps([{"about": f.about, "state": f.state, "said": f.said} for f in found], ensure_ascii=False))
    ctx.exit(1 if any(f.state == "fail" for f in found) else 0)


def _line(state: str, about: str, said: str) -> None:
    click.echo(f"{click.style(f'{state:<4}', fg=_COLOURS[state])}  {safe(about)}{': ' if said else ''}{safe(said)}")
