"""Rows of answers as lines for people: who, what and when, and below it the words, with the article to look them up in."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from mahdar.register.answers import ActorRow, ChangeRow, CommitmentRow, EventRow, Hit, OccurrenceRow, PairRow, Party, PositionRow, Quote, RequestRow, StatementRow
from mahdar.register.library import ArticleRow, StanceRow
from mahdar.show import Page, clean

_DAY = 10


def render(row: Any, look: dict[str, Any]) -> list[str]:
    """The lines of one row; ``look`` is how ``mahdar show`` prints on this terminal."""
    page = Page(
        max(look.get("width", 100), 40), look.get("align", False), look.get("paint", lambda role, text: text), look.get("visual"), look.get("shape", lambda text: text)
    )
    if isinstance(row, Hit):
        _hit(page, row)
    else:
        page.latin(f"{_head(row)}  [{row.article}]", lead=f"{_when(row):<{_DAY}}  ")
        page.arabic(" ".join(clean(row.text).split()), indent=_DAY + 2, role="words")
        for head, quote in _below(row):
            page.latin(f"{head}  [{quote.article}]", lead=f"{'':<{_DAY}}  - ")
            if (quote.article, quote.span) != (row.article, row.span):
                page.arabic(" ".join(clean(quote.text).split()), indent=_DAY + 4)
    return page.lines


def _below(row: Any) -> list[tuple[str, Quote]]:
    """Further words a row rests on: accounts of a request, what came of a promise, the stance before."""
    if isinstance(row, RequestRow):
        return [(f"{told.by.label if told.by else 'unknown speaker'}: {told.says}, {told.day or 'no date'}", told.quote) for told in row.accounts]
    if isinstance(row, OccurrenceRow):
        return [("also", quote) for quote in row.quotes[1:]]
    if isinstance(row, CommitmentRow):
        return [(f"{row.fate}, {row.fate_day}", quote) for quote in row.fate_quotes]
    return [(f"before: {row.before}, {row.before_day}", row.before_quote)] if isinstance(row, ChangeRow) else []


def _when(row: Any) -> str:
    if isinstance(row, PairRow):
        return row.month
    return str(row.articles) if isinstance(row, ActorRow) else row.day or "no date"


def _head(row: Any) -> str:
    if isinstance(row, EventRow):
        act = row.type if row.mode is None else f"{row.type}/{row.mode}"
        about = ", ".join(part for part in (row.status, row.place) if part)
        return f"{_all(row.who) or '?'} → {act} → {_all(row.whom) or '–'}  ({clean(about)})"
    if isinstance(row, StatementRow):
        via = f" via {row.via.label}" if row.via else ""
        return f"{row.speaker.label if row.speaker else 'unknown speaker'}{via}, {row.mode}: {' '.join(row.cue_text.split())}"
    if isinstance(row, PositionRow):
        return f"{row.holder.label}: {row.stance} {row.toward.label if row.toward else row.issue}"
    if isinstance(row, PairRow):
        types = ", ".join(f"{name} {count}" for name, count in row.types)
        scores = f"cooperation {row.cooperation_score:+.1f}, conflict {row.conflict_score:.1f}, mean {row.net:+.2f}"
        return f"{row.a} and {row.b}: {scores} ({types})"
    if isinstance(row, OccurrenceRow):
        who, whom = (", ".join(side.label for side in found) for found in (row.who, row.whom))
        notes = [row.place or "", f"{row.sources} independent sources" if row.sources > 1 else "", *(f"{on} disputed" for on, _ in row.disagreements)]
        return f"{who or '–'} → {row.type} → {whom or '–'}: {', '.join(filter(None, (row.status, *notes)))}{_on(row.about)}"
    if isinstance(row, RequestRow):
        return f"{row.asker.label} asked {row.asked.label}: {row.outcome}{', accounts differ' if row.differ else ''}{_on(row.about)}"
    if isinstance(row, CommitmentRow):
        return f"{row.by.label} → {row.type} → {row.to.label if row.to else '–'}: {row.fate}{_on(row.about)}"
    if isinstance(row, ChangeRow):
        turn = f"{row.before} → {row.stance}{', disputed' if row.disputed else ''}"
        return f"{row.holder.label}: {turn} {row.toward.label if row.toward else row.issue}"
    if isinstance(row, StanceRow):
        stance = f"{row.holder.label}: {row.stance} {row.toward.label if row.toward else row.issue}"
        return f"{stance}, last said {row.last}{'' if row.current else ', until then'}"
    if isinstance(row, ArticleRow):
        return clean(f"{' '.join(row.report.title.split())} ({row.report.source}): {row.statements} statements, {row.events} events")
    assert isinstance(row, ActorRow)
    mark = "~" if row.romanised and row.name_en else ""
    parts = (f"{mark}{row.name_en or ''}", row.name, f"({row.code})" if row.code else "", f"[{row.role}]" if row.role else "", f"key {row.key}" if row.lexicon is None else "")
    return clean(" ".join(part for part in parts if part))


def _on(issues: Iterable[str]) -> str:
    about = ", ".join(issues)
    return f"  ({about})" if about else ""


def _hit(page: Page, hit: Hit) -> None:
    facts = [hit.day or "no date", hit.report.source, hit.article, "" if hit.score is None else f"{hit.score:.2f}"]
    page.latin(" · ".join(clean(fact) for fact in facts if fact), lead="")
    if hit.report.title.strip():
        page.arabic(_marked(hit.report.title, hit.in_title), indent=2, role="title")
    for passage in hit.passages:
        page.arabic(" ".join(clean(passage.marked()).split()), indent=4, role="words")
    found: list[StatementRow | EventRow] = [*hit.statements, *hit.events]
    for row in found:
        page.latin(_head(row), lead="    - ")
        page.arabic(" ".join(clean(row.text).split()), indent=6)


def _marked(text: str, marks: Iterable[Any]) -> str:
    out, at = [], 0
    for start, end in marks:
        if start >= at:
            out += [text[at:start], "‹", text[start:end], "›"]
            at = end
    return " ".join(clean("".join(out) + text[at:]).split())


def _all(parties: Iterable[Party]) -> str:
    return " + ".join(party.label for party in parties)
