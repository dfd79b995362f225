"""``mahdar explain``: which rule fired on which words, and why the other readings lost."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from mahdar.cli.common import articles, input_options, make_reader, safe
from mahdar.cli.show import chosen, date_option
from mahdar.errors import cannot_read
from mahdar.show import cells, describe

if TYPE_CHECKING:
    from mahdar.reading.explain import Alternative, Explanation, Trace
    from mahdar.record import Article, Record, Span

_ITEM = re.compile(r"(?:(statement|event|position):(\d{1,6})|actor:(a\d{1,6}))")


def _item(ctx: click.Context, param: click.Parameter, value: str | None) -> tuple[str, str] | None:
    if value is None:
        return None
    found = _ITEM.fullmatch(value)
    if found is None:
        raise click.BadParameter("must look like event:3, statement:0, position:1 or actor:a2")
    return ("actor", found[3]) if found[3] else (found[1], found[2])


@click.command()
@input_options
@click.option("--at", "offset", type=click.IntRange(min=0), metavar="OFFSET", help="What was decided at this offset.")
@click.option("--item", metavar="ITEM", callback=_item, help="One item of the record: event:3, statement:0, actor:a2 …")
@click.option("--id", "key", metavar="ID", help="The article to explain, where the input holds several.")
@click.option("--published", metavar="DATE", callback=date_option, help="Publication date if the article carries none.")
@click.option("--json", "as_json", is_flag=True, help="The traces as JSON.")
@click.pass_context
def explain(
    ctx: click.Context,
    inputs: tuple[str, ...],
    encoding: str | None,
    max_size: float,
    folders: tuple[Path, ...],
    offset: int | None,
    item: tuple[str, str] | None,
    key: str | None,
    published: str | None,
    as_json: bool,
) -> None:
    """Say why the record of an article is as it is.

    Offsets are code points into the article's text, as in the record. Items are counted from 0, as in the record.
    """
    if (offset is None) == (item is None):
        raise click.UsageError("give either --at OFFSET or --item ITEM")
    article = _only(list(chosen(articles(inputs, encoding, max_size), key, published)), key)
    reader = make_reader(folders)
    try:
        explanation = reader.explain(article)
    except Exception as error:
        raise click.ClickException(safe(cannot_read(article.id, error))) from error
    traces = select(explanation, offset, item)
    if as_json:
        click.echo(json.dumps([as_dict(trace, explanation.record) for trace in traces], ensure_ascii=False, indent=2))
    else:
        click.echo(render(traces, explanation.record) if traces else "nothing was decided there", nl=not traces)
    ctx.exit(0 if traces else 1)


def _only(found: list[Article | str], key: str | None) -> Article:
    """The one article meant; other articles' faults are no concern here unless none is left."""
    read = [article for article in found if not isinstance(article, str)]
    if len(read) == 1:
        return read[0]
    if read:
        raise click.UsageError(f"the input holds {len(read)} articles; name one with --id")
    problems = [problem for problem in found if isinstance(problem, str)]
    if key is not None:
        problems.append(f"no article with id {key!r}")
    raise click.ClickException(safe("; ".join(problems) or "no article"))


def select(explanation: Explanation, offset: int | None, item: tuple[str, str] | None) -> list[Trace]:
    """The traces at an offset, the record's items first, each the narrowest first; or those of one item."""
    if offset is not None:
        found = [trace for trace in explanation.items if _width(trace, offset)]
        return sorted(found, key=lambda trace: (trace.index < 0, _width(trace, offset)))
    if item is None:
        return []
    kind, name = item
    if kind == "actor":
        ids = [actor.id for actor in explanation.record.actors]
        index = ids.index(name) if name in ids else None
    else:
        index = int(name)
    return [trace for trace in explanation.items if trace.kind == kind and trace.index == index]


def _width(trace: Trace, offset: int) -> int:
    """The length of the trace's shortest span over ``offset``; 0 if there is none."""
    return min((s.end - s.start for _, s in trace.spans if s.start <= offset < s.end), default=0)


def render(traces: list[Trace], record: Record) -> str:
    """Traces as plain lines, a blank line between two."""
    return "\n".join("\n".join(_lines(trace, record)) + "\n" for trace in traces)


def _lines(trace: Trace, record: Record) -> Iterator[str]:
    head = _name(trace, record) if trace.index >= 0 else f"rejected {trace.kind}"
    score = "" if trace.kind == "actor" else f"  score {trace.score:+.2f}"
    yield f"{head}  rule {safe(trace.rule) or '-'}{score}"
    about = describe(record, trace.kind, trace.index) if trace.index >= 0 else ""
    if about:
        yield f"  {safe(about)}"
    pad = max([8, *(len(slot) for slot, _ in trace.spans)])
    for slot, span in trace.spans:
        yield f"  {slot:<{pad}}   {_where(span):<13} {_words(record, span)}"
    label = "features"
    for line in _columns([f"{value:+.2f} {safe(name)}" for name, value in trace.features]):
        yield f"  {label:<{pad}}   {line}"
        label = ""
    for rival in trace.alternatives:
        yield f"  {'lost':<{pad}}   {_lost(rival, record)}"


def _columns(items: list[str], width: int = 88) -> Iterator[str]:
    """``items`` in as many lines as it takes, none cut."""
    line = ""
    for item in items:
        if line and cells(line) + 3 + cells(item) > width:
            yield line
            line = ""
        line = f"{line}   {item}" if line else item
    if line:
        yield line


def _name(trace: Trace, record: Record) -> str:
    if trace.kind == "actor" and trace.index < len(record.actors):
        return f"actor:{record.actors[trace.index].id}"
    return f"{trace.kind}:{trace.index}"


def _lost(rival: Alternative, record: Record) -> str:
    words = "" if rival.span is None else f" {_where(rival.span)} {_words(record, rival.span)}"
    return f"{safe(rival.label)}{words}  score {rival.score:+.2f}: {safe(rival.reason)}"


def _where(span: Span) -> str:
    return f"[{span.start}, {span.end})"


def _words(record: Record, span: Span) -> str:
    return safe(" ".join(record.text(span).split()))


def as_dict(trace: Trace, record: Record) -> dict[str, Any]:
    """A trace in JSON form, spans with their words."""
    return {
        "kind": trace.kind,
        "index": trace.index,
        "rule": trace.rule,
        "score": trace.score,
        "spans": [{"slot": slot, "span": list(span), "words": record.text(span)} for slot, span in trace.spans],
        "features": dict(trace.features),
        "alternatives": [
            {
                "label": rival.label,
                "span": None if rival.span is None else list(rival.span),
                "score": rival.score,
                "reason": rival.reason,
            }
            for rival in trace.alternatives
        ],
    }
