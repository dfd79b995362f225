"""``mahdar gaps``: what the lexicon lacks for these articles, most frequent first."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from mahdar.cli.common import articles, input_options, make_reader, progress_bar, safe
from mahdar.errors import cannot_read
from mahdar.gaps import KINDS, Survey

if TYPE_CHECKING:
    from mahdar.gaps import Example, Row
    from mahdar.reading.reader import Reader
    from mahdar.record import Article

_AROUND = 60


@click.command()
@input_options
@click.option("--kind", "kinds", multiple=True, type=click.Choice(list(KINDS)), help="Only gaps of this kind; may be repeated.")
@click.option("--top", type=click.IntRange(min=1), default=20, show_default=True, metavar="N", help="How many of each kind.")
@click.option("--json", "as_json", is_flag=True, help="The listing as one JSON object.")
@click.option("--keep-going", is_flag=True, help="Exit with 0 even if articles were skipped.")
@click.option("--quiet", is_flag=True, help="No progress bar and no final count; skipped articles are still named.")
@click.pass_context
def gaps(
    ctx: click.Context,
    inputs: tuple[str, ...],
    encoding: str | None,
    max_size: float,
    folders: tuple[Path, ...],
    kinds: tuple[str, ...],
    top: int,
    as_json: bool,
    keep_going: bool,
    quiet: bool,
) -> None:
    """List what the reader met in the articles and could do nothing with, most frequent first.

    Speakers and roles nobody could be found for, sentences with two parties and no event, verbs, dates, places and names
    the lexicon does not hold; each with its count, example sentences and the lexicon file that a row against it goes to.
    """
    survey = Survey(tuple(kind for kind in KINDS if not kinds or kind in kinds))
    reader = make_reader(folders)
    done = skipped = 0
    with progress_bar(quiet) as progress:
        for article in articles(inputs, encoding, max_size):
            problem = str(article) if isinstance(article, Exception) else _add(survey, reader, article)
            done, skipped = (done + 1, skipped) if problem is None else (done, skipped + 1)
            progress(done, skipped, problem)
    if as_json:
        click.echo(json.dumps(as_dict(survey, done, top), ensure_ascii=False, indent=2))
    else:
        click.echo("\n\n".join("\n".join(block) for block in render(survey, done, top)))
    if not quiet:
        click.echo(f"mahdar: {done} read, {skipped} skipped", err=True)
    ctx.exit(1 if skipped and not keep_going else 0)


def _add(survey: Survey, reader: Reader, article: Article) -> str | None:
    """Count an article's gaps; what went wrong, if anything did."""
    try:
        survey.add(reader, reader.reading(article))
    except Exception as error:
        return cannot_read(article.id, error)
    return None


def as_dict(survey: Survey, done: int, top: int) -> dict[str, Any]:
    """The listing in JSON form; ``total`` counts places, ``different`` the rows they fall into."""
    out: dict[str, Any] = {"articles": done, "gaps": []}
    for kind in survey.kinds:
        rows = survey.ranked(kind)
        out["gaps"].append({
            "kind": kind,
            "title": KINDS[kind].title,
            "add_to": KINDS[kind].files,
            "total": sum(row.count for row in rows),
            "different": len(rows),
            "rows": [_row(row) for row in rows[:top]],
        })  # fmt: skip
    return out


def _row(row: Row) -> dict[str, Any]:
    examples = [{"article": e.article, "sentence": e.sentence, "span": [e.start, e.end]} for e in row.examples]
    return {"words": row.words, "note": row.note, "count": row.count, "articles": row.articles, "examples": examples}


def render(survey: Survey, done: int, top: int) -> Iterator[list[str]]:
    """The listing as blocks of plain lines, one block a kind."""
    for kind in survey.kinds:
        rows = survey.ranked(kind)
        total = sum(row.count for row in rows)
        block = [f"{kind}: {KINDS[kind].title}", f"  {total} in {done} articles, {len(rows)} different; add to {KINDS[kind].files}"]
        for row in rows[:top]:
            block.append(f"{row.count:6}  {safe(row.words)}   ({safe(row.note)})")
            block.extend(f"        [{safe(example.article)}] {_around(example)}" for example in row.examples)
        if len(rows) > top:
            block.append(f"        … {len(rows) - top} more; --top {len(rows)} shows all")
        yield block


def _around(example: Example) -> str:
    """The sentence about the words in question, which stand in ‹ ›; cut at spaces where it is long."""
    low, high = max(0, example.start - _AROUND), min(len(example.sentence), example.end + _AROUND)
    before, after = example.sentence[low : example.start], example.sentence[example.end : high]
    if low:
        before = f"… {before.partition(' ')[2]}"
    if high < len(example.sentence):
        after = f"{after.rpartition(' ')[0]} …"
    return " ".join(safe(f"{before}‹{example.sentence[example.start : example.end]}›{after}").split())
