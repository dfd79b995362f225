"""A record for people: highlighted right-to-left HTML for notebooks and pages, plain text for terminals.

Both are pure functions. Article text is hostile by default: markup is escaped, control characters and direction
overrides never reach the reader's screen.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from html import escape
from itertools import pairwise

from mahdar.record import Actor, Event, Position, Record, Span, Statement

Paint = Callable[[str, str], str]
Visual = Callable[[str, bool], str]

_HOSTILE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]")
_SURROGATES = re.compile("[\ud800-\udfff]")


def clean(text: str) -> str:
    """``text`` without what could command a terminal or turn a line around."""
    if text.isprintable():  # nothing of that is
        return text
    return _SURROGATES.sub("\ufffd", _HOSTILE.sub("", text))


# ---------------------------------------------------------------------------------------------------- names


def label(actor: Actor) -> str:
    """An actor in Latin letters with its code: ``John Kerry (USA)``; ``~`` marks our own romanisation."""
    name = actor.name_en or actor.name
    mark = "~" if actor.romanised and actor.name_en else ""
    return f"{mark}{name} ({actor.code})" if actor.code and actor.code != name else f"{mark}{name}"


def _names(record: Record, keys: Iterable[str]) -> str:
    known = {actor.id: actor for actor in record.actors}
    return " + ".join(label(known[key]) if key in known else key for key in keys)


def _subject(record: Record, on: str) -> str:
    return next((label(actor) for actor in record.actors if actor.id == on), on)


def _words(record: Record, span: Span | None) -> str:
    if span is None:
        return ""
    if record.article is None:
        return f"[{span.start}–{span.end}]"
    return clean(" ".join(record.text(span).split()))


def _about_event(event: Event) -> str:
    return ", ".join(clean(part) for part in (event.date, event.place, event.status) if part)


# ----------------------------------------------------------------------------------------------------- text


def to_text(
    record: Record,
    *,
    width: int = 80,
    align: bool = False,
    paint: Paint = lambda role, text: text,
    visual: Visual | None = None,
    shape: Callable[[str], str] = lambda text: text,
) -> str:
    """The record as lines of at most ``width`` cells.

    ``align`` pushes Arabic lines to the right edge, ``paint(role, text)`` may colour headings, ``visual(line, rtl)``
    and ``shape`` reorder and join letters for terminals that cannot.
    """
    page = Page(max(width, 40), align, paint, visual, shape)
    article = record.article
    facts = [record.id, record.published or "no date"]
    facts += [article.source, article.url] if article else []
    page.rule(" · ".join(clean(fact) for fact in facts if fact))
    if article is not None:
        if article.title.strip():
            page.arabic(clean(article.title), role="title")
            page.blank()
        for span in record.body:
            page.arabic(_words(record, span))
        page.blank()
    page.heading("Actors", len(record.actors))
    for actor in record.actors:
        page.latin(_actor_line(actor))
    page.heading("Statements", len(record.statements))
    for number, statement in enumerate(record.statements):
        page.item(number, _statement_line(record, statement), statement.rule)
        page.arabic(_words(record, statement.content), indent=6, role="words")
    page.heading("Events", len(record.events))
    for number, event in enumerate(record.events):
        page.item(number, f"{_event_line(record, event)}  ({_about_event(event)})", event.rule)
        page.arabic(_words(record, event.evidence), indent=6, role="words")
    page.heading("Positions", len(record.positions))
    for number, position in enumerate(record.positions):
        page.item(number, _position_line(record, position), position.rule)
        page.arabic(_words(record, position.evidence), indent=6, role="words")
    return "\n".join(page.lines) + "\n"


def describe(record: Record, kind: str, index: int) -> str:
    """An actor, statement, event or position of the record in one line, '' if there is no such item."""
    if kind == "actor" and index < len(record.actors):
        return " ".join(_actor_line(record.actors[index]).split())
    if kind == "statement" and index < len(record.statements):
        return _statement_line(record, record.statements[index])
    if kind == "event" and index < len(record.events):
        event = record.events[index]
        return f"{_event_line(record, event)}  ({_about_event(event)})"
    if kind == "position" and index < len(record.positions):
        return _position_line(record, record.positions[index])
    return ""


def _actor_line(actor: Actor) -> str:
    mark = "~" if actor.romanised and actor.name_en else ""
    parts = [f"{actor.id:<4}{actor.kind:<13}{actor.code or '-':<9}", f"{mark}{clean(actor.name_en or '-')}"]
    if actor.role:
        parts.append(f"[{actor.role}]")
    parts.append(clean(actor.name))
    return " ".join(parts)


def _statement_line(record: Record, statement: Statement) -> str:
    speaker = _names(record, [statement.speaker]) if statement.speaker else "unknown speaker"
    via = f" via {_names(record, [statement.via])}" if statement.via else ""
    return f"{speaker}{via}, {statement.mode}: {_words(record, statement.cue)}"


def _event_line(record: Record, event: Event) -> str:
    act = event.type if event.mode is None else f"{event.type}/{event.mode}"
    return f"{_names(record, event.source) or '?'} → {act} → {_names(record, event.target) or '–'}"


def _position_line(record: Record, position: Position) -> str:
    return f"{_names(record, [position.holder])}: {position.stance} {_subject(record, position.on)}"


def cells(text: str) -> int:
    """How many terminal cells ``text`` takes: marks take none, wide characters two."""
    return sum(_cell(char) for char in text)


def _cell(char: str) -> int:
    if unicodedata.combining(char) or unicodedata.category(char) in ("Cf", "Mn", "Me"):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def wrap(text: str, width: int) -> list[str]:
    """``text`` in lines of at most ``width`` cells, broken at spaces; a longer word is cut."""
    lines: list[str] = []
    line, used = "", 0
    for word in text.split():
        size = cells(word)
        while size > width:
            if line:
                lines.append(line)
                line, used = "", 0
            lines.append(word[:width])
            word = word[width:]
            size = cells(word)
        if line and used + 1 + size > width:
            lines.append(line)
            line, used = "", 0
        line, used = (f"{line} {word}", used + 1 + size) if line else (word, size)
    if line:
        lines.append(line)
    return lines


class Page:
    """Collects lines of one width; knows how Arabic and Latin lines are set."""

    def __init__(
        self, width: int, align: bool, paint: Paint, visual: Visual | None, shape: Callable[[str], str]
    ) -> None:
        self.width = width
        self.align = align
        self.paint = paint
        self.visual = visual
        self.shape = shape
        self.lines: list[str] = []

    def blank(self) -> None:
        if self.lines and self.lines[-1]:
            self.lines.append("")

    def rule(self, text: str) -> None:
        line = f"── {self._set(clean(text).replace(chr(10), ' '), False)} "
        self.lines.append(self.paint("rule", line + "─" * max(2, self.width - cells(line))))

    def heading(self, name: str, count: int) -> None:
        self.blank()
        self.lines.append(self.paint("heading", name) + ("" if count else "  none"))

    def item(self, number: int, text: str, rule: str) -> None:
        tail = f"  [{rule}]" if rule else ""
        self.latin(f"{text}{tail}", lead=f"{number:>3}  ")

    def latin(self, text: str, *, lead: str = "  ") -> None:
        """``lead`` and ``text``; what does not fit goes on below, indented as far as ``lead`` is long."""
        text = clean(text).replace("\n", " ")
        room = self.width - len(lead)
        for line in [text] if cells(text) <= room else wrap(text, room):
            self.lines.append(lead + self._set(line, False))
            lead = " " * len(lead)

    def arabic(self, text: str, *, indent: int = 0, role: str = "body") -> None:
        room = self.width - indent
        for line in wrap(self.shape(clean(text)), room):
            pad = " " * (room - cells(line)) if self.align else ""
            self.lines.append(" " * indent + pad + self.paint(role, self._order(line, True)))

    def _set(self, text: str, rtl: bool) -> str:
        return self._order(self.shape(text), rtl)

    def _order(self, line: str, rtl: bool) -> str:
        return line if self.visual is None else self.visual(line, rtl)


# ----------------------------------------------------------------------------------------------------- html

_CSS = """
.mahdar{font-family:'Noto Naskh Arabic',Amiri,Tahoma,sans-serif;line-height:1.8;max-width:60em;color:#1a1a1a;
background:#fff;padding:.8em 1em;border:1px solid #d0d0d0;border-radius:6px}
.mahdar .m-text{white-space:pre-wrap;unicode-bidi:isolate;overflow-wrap:anywhere}
.mahdar .m-off{color:#767676}
.mahdar .m-a{background:#dbeafe;border-radius:3px}
.mahdar .m-s{border-bottom:2px solid #15803d}
.mahdar .m-e{box-shadow:inset 0 -.45em 0 #fde68a}
.mahdar .m-a.m-e{background:#dbeafe}
.mahdar table{border-collapse:collapse;margin:.6em 0;width:100%;font-size:.92em}
.mahdar caption{text-align:start;font-weight:bold;padding:.2em 0}
.mahdar th,.mahdar td{border-bottom:1px solid #e5e5e5;padding:.2em .5em;text-align:start;vertical-align:top}
.mahdar .m-l{direction:ltr;unicode-bidi:isolate;display:inline-block}
.mahdar .m-w{color:#444}
""".strip().replace("\n", "")


def to_html(record: Record) -> str:
    """A self-contained right-to-left fragment: the text with actors, statements and events marked, tables below."""
    parts = [f'<div class="mahdar" dir="rtl" lang="ar"><style>{_CSS}</style>']
    article = record.article
    facts = [record.id, record.published, article.source if article else None]
    parts.append(f"<p>{_latin(' · '.join(fact for fact in facts if fact))}</p>")
    if article is not None:
        if article.title.strip():
            parts.append(f"<h3>{_esc(article.title)}</h3>")
        parts.append(f'<div class="m-text">{_marked(record, article.text)}</div>')
    parts.append(_table("Actors", ("", "name", "English", "kind", "code", "role"), map(_actor_row, record.actors)))
    said = (_said(record, statement) for statement in record.statements)
    parts.append(_table("Statements", ("speaker", "via", "cue", "words", "rule"), said))
    events = (_done(record, event) for event in record.events)
    parts.append(_table("Events", ("who", "act", "whom", "when, where, status", "words", "rule"), events))
    held = (_held(record, position) for position in record.positions)
    parts.append(_table("Positions", ("holder", "stance", "on", "words", "rule"), held))
    parts.append("</div>")
    return "".join(parts)


def _marks(record: Record) -> list[tuple[int, int, str, str]]:
    """(start, end, class, tooltip) of all that is marked in the text."""
    marks = [(*span, "m-a", label(actor)) for actor in record.actors for span in actor.mentions]
    marks.extend((*s.content, "m-s", _statement_line(record, s)) for s in record.statements)
    marks.extend((*e.evidence, "m-e", f"{_event_line(record, e)} [{e.rule}]") for e in record.events)
    marks.extend((*p.evidence, "m-p", f"{_position_line(record, p)} [{p.rule}]") for p in record.positions)
    return marks


def _marked(record: Record, text: str) -> str:
    """The text cut at every boundary, each piece with the classes of all spans over it: overlaps need no nesting."""
    size = len(text)
    opens: dict[int, list[tuple[str, str]]] = {}
    closes: dict[int, list[tuple[str, str]]] = {}
    for start, end, kind, tip in [*_marks(record), *((*span, "m-body", "") for span in record.body)]:
        start, end = max(0, min(start, size)), max(0, min(end, size))
        if start < end:
            opens.setdefault(start, []).append((kind, tip))
            closes.setdefault(end, []).append((kind, tip))
    cuts = sorted({0, size, *opens, *closes})
    active: list[tuple[str, str]] = []
    out = []
    for first, last in pairwise(cuts):
        for gone in closes.get(first, ()):
            active.remove(gone)
        active.extend(opens.get(first, ()))
        out.append(_piece(text[first:last], active))
    return "".join(out)


def _piece(text: str, active: list[tuple[str, str]]) -> str:
    shown = _esc(text)
    kinds = {kind for kind, _ in active}
    if "m-body" not in kinds:
        kinds.add("m-off")
    kinds.discard("m-body")
    if not kinds:
        return shown
    tips = "\n".join(dict.fromkeys(tip for _, tip in active if tip))
    title = f' title="{_esc(tips)}"' if tips else ""
    return f'<span class="{" ".join(sorted(kinds))}"{title}>{shown}</span>'


def _actor_row(actor: Actor) -> tuple[str, ...]:
    english = ("~" if actor.romanised and actor.name_en else "") + (actor.name_en or "")
    return (
        _latin(actor.id), _esc(actor.name), _latin(english), _latin(actor.kind), _latin(actor.code), _latin(actor.role)
    )  # fmt: skip


def _said(record: Record, statement: Statement) -> tuple[str, ...]:
    speaker = _names(record, [statement.speaker]) if statement.speaker else "?"
    via = _names(record, [statement.via]) if statement.via else ""
    words = _evidence(record, statement.content)
    return (_latin(speaker), _latin(via), _esc(_words(record, statement.cue)), words, _latin(statement.rule))


def _done(record: Record, event: Event) -> tuple[str, ...]:
    act = event.type if event.mode is None else f"{event.type}/{event.mode}"
    return (
        _latin(_names(record, event.source) or "?"),
        _latin(act),
        _latin(_names(record, event.target) or "–"),
        f"<bdi>{_esc(_about_event(event))}</bdi>",
        _evidence(record, event.evidence),
        _latin(event.rule),
    )


def _held(record: Record, position: Position) -> tuple[str, ...]:
    return (
        _latin(_names(record, [position.holder])),
        _latin(position.stance),
        _latin(_subject(record, position.on)),
        _evidence(record, position.evidence),
        _latin(position.rule),
    )


def _table(caption: str, heads: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = ["<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows]
    if not lines:
        return ""
    head = "".join(f'<th scope="col">{_latin(name)}</th>' for name in heads)
    body = f"<thead><tr>{head}</tr></thead><tbody>{''.join(lines)}</tbody>"
    return f"<table><caption>{_latin(caption)}</caption>{body}</table>"


def _evidence(record: Record, span: Span) -> str:
    return f'<span class="m-w">{_esc(_words(record, span))}</span>'


def _latin(text: str | None) -> str:
    return f'<span class="m-l">{_esc(text)}</span>' if text else ""


def _esc(text: str) -> str:
    return escape(clean(text), quote=True)
