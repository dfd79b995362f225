"""Questions to the register (``mahdar events``, ``meetings`` … ``brief``), in one vocabulary of filters."""

from __future__ import annotations

import contextlib
import csv
import json
import sys
from collections.abc import Callable, Iterator
from functools import partial
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from mahdar.cli import values
from mahdar.cli.common import lexicon_option, progress_bar, register_option, safe
from mahdar.cli.show import terminal_look
from mahdar.errors import QuestionError

if TYPE_CHECKING:
    from mahdar.register.answers import Answer
    from mahdar.register.questions import Register
    from mahdar.register.wording import Language

F = TypeVar("F", bound=Callable[..., Any])
_ON_A_PAGE = 50
_SAID = 3


def filter_options(function: F) -> F:
    """The filters all questions share."""
    function = click.option("--after", metavar="CURSOR", help="Go on behind the row with this cursor.")(function)
    function = click.option("--limit", type=click.IntRange(min=0), metavar="N", help=f"At most N rows.  [default: all; {_ON_A_PAGE} in a table]")(function)
    status = "actual, planned, denied, possible; of positions their stance, of requests what came of them; may be repeated."
    function = click.option("--status", multiple=True, metavar="S", shell_complete=values.status, help=status)(function)
    function = click.option("--source", metavar="NAME", help="Only reports of this publisher, as the register names it.")(function)
    function = click.option("--until", metavar="DATE", help="To this day, month or year.")(function)
    function = click.option("--since", metavar="DATE", help="From this day (2015-10-30), month (2015-10) or year on.")(function)
    function = click.option("--on", metavar="X", shell_complete=values.issue, help="On this issue (iran-nuclear), or toward this actor.")(function)
    function = click.option("--type", multiple=True, metavar="TYPE", shell_complete=values.event_type, help="A PLOVER type such as CONSULT; may be repeated.")(function)
    function = click.option("--between", nargs=2, metavar="A B", help="Between these two.")(function)
    return click.option("--actor", metavar="WHO", help="A code (RUS), or a name the lexicon knows (Russia, روسيا, Lavrov).")(function)


def output_options(function: F) -> F:
    function = click.option("--bidi", is_flag=True, help="Reorder and join letters for terminals that cannot do it; ignored in a pipe.")(function)
    choice = click.Choice(["table", "json", "jsonl", "csv"])
    return click.option("--format", "form", type=choice, default="table", show_default=True, help="How to write the rows.")(function)


def _question(name: str, summary: str) -> click.Command:
    """The command of the question ``name`` of :class:`mahdar.register.questions.Register`."""

    @click.command(name, help=summary)
    @filter_options
    @output_options
    @register_option
    @lexicon_option
    def command(form: str, bidi: bool, register: str, folders: tuple[Path, ...], **asked: Any) -> None:
        opened_answer(name, form, bidi, register, folders, asked)

    return command


def opened_answer(name: str, form: str, bidi: bool, register: str, folders: tuple[Path, ...], asked: dict[str, Any]) -> None:
    """Ask the register the question ``name`` and write the answer."""
    with opened_register(register, folders) as opened:
        _answer(getattr(opened, name), form, bidi, asked)
        if name == "pairs" and form == "table" and asked.get("between"):
            _last_said(opened, bidi, asked)


events = _question("events", "Who did what to or with whom, newest first. --on is an issue, or to whom it was done.")
meetings = _question("meetings", "Who met whom: visits, talks, calls and conferences; --status tells those held from those planned and denied.")
statements = _question("statements", "Who said what. --on, --type and --between look at what was read from within the words said.")
positions = _question("positions", "Who holds what on an issue or toward somebody. --status is the stance: support, oppose, conditional, undecided.")
pairs = _question("pairs", "What two did with and to each other, month by month: --between A B, or --actor A with everybody. Only what is actual counts unless --status is given.")
occurrences = _question("occurrences", "Events in the world, each once however many reports tell of it, with what these disagree on. --on is an issue or a party.")
requests = _question("requests", "Who asked what of whom and what came of it, with the accounts of both. --status: open, accepted, refused, conditional.")
commitments = _question("commitments", "What was promised or announced and what came of it. --status: open, kept, dropped.")
changes = _question("changes", "Whose stance turned on an issue or toward somebody, with the words before and after. --status is the new stance.")

stances = _question("stances", "Where each stood from when to when, with the first and the latest words: --actor, or --on an issue or somebody. --status is the stance.")
articles = _question("articles", "Which articles are stored, the latest first: --actor is in them, the other filters are of an event in them.")


@click.command()
@click.argument("issue", metavar="ISSUE", shell_complete=values.issue)
@click.option("--until", metavar="DATE", help="As the reports to this day, month or year tell.  [default: all]")
@click.option("--since", metavar="DATE", help="Say also what changed from this day, month or year on.")
@click.option("--language", type=click.Choice(["en", "ar"]), default="en", show_default=True, help="The language of the page; the words cited stay Arabic.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True, help="How to write it.")
@register_option
@lexicon_option
def brief(issue: str, until: str | None, since: str | None, language: Language, form: str, register: str, folders: tuple[Path, ...]) -> None:
    """The state of coordination on an issue (anti-isis) on one page, every line with its words.

    Who is in, who refuses and who is undecided; meetings held and planned; requests, cooperation and commitments; what blocks agreement.
    """
    with opened_register(register, folders) as opened:
        page = opened.brief(issue, until=until, since=since)
    if form == "json":
        click.echo(json.dumps(page.to_json(), ensure_ascii=False, indent=2))
        return
    click.echo(page.to_text(language), nl=False)
    if not page.lines:
        click.echo("mahdar: nothing found", err=True)


@click.command()
@click.argument("words", metavar="WORDS...", nargs=-1, required=True)
@click.option("--semantic", is_flag=True, help="Search by meaning: the words are a question in Arabic, English or another of 16 languages.")
@filter_options
@output_options
@register_option
@lexicon_option
def search(words: tuple[str, ...], semantic: bool, form: str, bidi: bool, register: str, folders: tuple[Path, ...], **asked: Any) -> None:
    """Articles that hold all the words, newest first, with the statements and events that hold most of them.

    Endings and what is glued in front of a word do not matter. '"مجلس الأمن"' is a phrase, 'مفاوض*' a beginning, and in 'اتفاق -نووي' the second
    word must not be there.

    With --semantic the articles nearest to a question in meaning, with the statements that are. The first such search reads all articles again (some
    30 a second); what it finds out is kept. It needs the extra mahdar[semantic].
    """
    with opened_register(register, folders) as opened:
        if semantic:
            _vectorise(opened)
        _answer(partial(opened.search, " ".join(words), semantic=semantic), form, bidi, asked)


def _vectorise(opened: Register) -> None:
    """Make what is missing for search by meaning, showing how far it is."""
    done = 0
    with progress_bar(quiet=False) as progress:
        for count in opened.vectorise():
            done += count
            progress(done, 0, None)


@click.command()
@click.argument("key", metavar="ID")
@click.option("--version", type=click.IntRange(min=1), metavar="N", help="This version of it instead of the current one.")
@click.option("--format", "form", type=click.Choice(["table", "json", "jsonl"]), default="table", show_default=True, help="How to write it.")
@click.option("--bidi", is_flag=True, help="Reorder and join letters for terminals that cannot do it; ignored in a pipe.")
@register_option
@click.pass_context
def article(ctx: click.Context, key: str, version: int | None, form: str, bidi: bool, register: str) -> None:
    """Print a stored article with its record, as `mahdar show` does."""
    from mahdar.show import to_text

    with opened_register(register, ()) as opened:
        report = opened.article(key, version=version)
        name = opened.store.name
    if report is None or report.record.article is None:
        click.echo(f"mahdar: {safe(name)}: holds no article {safe(key)!r}{'' if version is None else f' in version {version}'}", err=True)
        ctx.exit(1)
    given = report.record.article
    if form == "table":
        click.echo(to_text(report.record, **_look(bidi)), nl=False, color=True if sys.stdout.isatty() else None)
        return
    data = {**report.record.to_json(), "title": given.title, "source": given.source, "url": given.url, "text": given.text}
    click.echo(json.dumps(data, ensure_ascii=False, indent=2 if form == "json" else None))


def opened_register(register: str, folders: tuple[Path, ...]) -> Register:
    from mahdar.lexicon.load import load_lexicon
    from mahdar.register.questions import Register

    return Register(register, lexicon=partial(load_lexicon, *folders))


def _look(bidi: bool) -> dict[str, Any]:
    terminal = sys.stdout.isatty()
    if bidi and not terminal:
        click.echo("mahdar: --bidi ignored: standard output is not a terminal", err=True)
    return terminal_look(terminal, bidi and terminal)


# ---------------------------------------------------------------------------------------------------- writing


def _answer(ask: Callable[..., Answer[Any]], form: str, bidi: bool, asked: dict[str, Any]) -> None:
    wanted = {name: value for name, value in asked.items() if value not in (None, ())}
    if form == "table":
        limit = wanted.pop("limit", _ON_A_PAGE)
        _table(ask(limit=limit + 1, **wanted), limit, bidi)
        return
    answer = ask(**wanted)
    if form == "csv":
        rows = csv.DictWriter(sys.stdout, answer.kind.columns, lineterminator="\n")
        rows.writeheader()
        rows.writerows(row.flat() for row in answer)
    elif form == "jsonl":
        for row in answer:
            click.echo(_json(row))
    else:
        click.echo("[", nl=False)
        for number, row in enumerate(answer):
            click.echo(f"{',' if number else ''}\n{_json(row)}", nl=False)
        click.echo("\n]")


def _last_said(opened: Register, bidi: bool, asked: dict[str, Any]) -> None:
    """Below the months of two states or bodies: what they last said about each other."""
    wanted = {name: asked[name] for name in ("between", "since", "until", "source") if asked.get(name)}
    with contextlib.suppress(QuestionError):  # statements of persons about each other are not asked for so
        from mahdar.register.answers import Answer, StatementRow

        found = opened.statements(limit=_SAID, **wanted).rows()
        if found:
            click.echo("\nWhat they last said about each other:")
            _table(Answer(StatementRow, lambda: iter(found)), len(found), bidi)


def _json(row: Any) -> str:
    return json.dumps(row.to_json(), ensure_ascii=False)


def _table(answer: Answer[Any], limit: int, bidi: bool) -> None:
    """A page for people: a line a row, its words below, as `mahdar show` sets them."""
    from mahdar.cli.lines import render

    look = _look(bidi)
    colour = True if sys.stdout.isatty() else None
    rows: Iterator[Any] = iter(answer)
    last = None
    for row in islice(rows, limit):
        click.echo("\n".join(render(row, look)), color=colour)
        last = row
    if last is None:
        click.echo("mahdar: nothing found" if limit else "mahdar: --limit 0 shows nothing", err=True)
    elif next(rows, None) is not None:
        click.echo(f"mahdar: there is more: --limit N shows more at once, --after '{safe(last.cursor)}' goes on from here", err=True)
