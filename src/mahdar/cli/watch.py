"""``mahdar watch``: feeds into the register, for as long as it runs."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING

import click

from mahdar.cli.common import lexicon_option, make_reader, register_option, safe
from mahdar.cli.ingest import now
from mahdar.cli.logs import line, log_option
from mahdar.process import STAYING, settle

if TYPE_CHECKING:
    from mahdar.register.watch import Looked

_HELD = 1000  # articles whose facts are held unpacked: news come a few at a time


@click.command()
@click.argument("file", metavar="FEEDS.toml", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@lexicon_option
@register_option
@click.option("--once", is_flag=True, help="Look at each feed once, due or not, and end.")
@click.option("--keep-going", is_flag=True, help="With --once: exit with 0 even if a feed or an article failed.")
@click.option("--quiet", is_flag=True, help="Say nothing of what is stored; what fails is still named.")
@log_option
@click.pass_context
def watch(ctx: click.Context, file: Path, folders: tuple[Path, ...], register: str, once: bool, keep_going: bool, quiet: bool, log: str) -> None:
    """Look at RSS and Atom feeds again and again; read and store what is new, until interrupted.

    Servers are asked politely: only for what has changed, one thing at a time, feeds that fail ever more seldom. FEEDS.toml names the feeds;
    docs/register.md shows one.
    """
    from mahdar.register.feeds import load_feeds
    from mahdar.register.fetching import Fetcher
    from mahdar.register.store import Store
    from mahdar.register.watch import watch as run

    settings = load_feeds(file)
    reader = make_reader(folders)
    settle(STAYING)
    failed = False
    with Store.open(register, create=True, held=_HELD) as store:
        fetcher = Fetcher(settings.limits)
        for done in run(store, settings, fetcher, make=lambda: reader, clock=now, moment=time.time, sleep=time.sleep, once=once):
            failed |= bool(done.error or done.problems)
            for said in lines_of(done, time.time(), quiet):
                click.echo(f"mahdar: {safe(said)}" if log == "text" else _object(done, said), err=True)
    ctx.exit(1 if failed and not keep_going else 0)


def _object(done: Looked, said: str) -> str:
    """One thing that is said of a look, with what it came to."""
    counts = {"new": done.counts.new, "changed": done.counts.changed, "refused": len(done.problems)}
    return line("warning" if done.error or said in done.problems else "info", said, feed=done.feed.url, **counts)


def lines_of(done: Looked, moment: float, quiet: bool) -> list[str]:
    """What is said of one look at a feed."""
    if done.error:
        return [f"{done.feed.url}: {done.error}; next look in {max(1, round((done.next_at - moment) / 60))} minutes"]
    lines = list(done.problems)
    if not quiet and done.counts.new + done.counts.changed:
        lines.append(f"{done.feed.url}: {done.counts.new + done.counts.changed} stored")
    return lines
