"""The brief: the state of coordination on an issue at a date, on one page, every line with its words.

First as data (:func:`brief`), then as text in Arabic or English (:func:`to_text`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final, Protocol

from mahdar.register.cite import Cite
from mahdar.register.commitments import Commitment
from mahdar.register.facts import Fact
from mahdar.register.ledger import Stand, changes, held, ledger
from mahdar.register.lines import ADVERSARIES, Line, Row, bearing, bears, merged, of_commitment, of_occurrence, of_request, other_side, refusals, to_come
from mahdar.register.occurrences import Occurrence
from mahdar.register.requests import Request
from mahdar.register.wording import DENIED, ISSUE_NAMES, LINES, NOBODY, POSSIBLE, SECTIONS, SOURCES, STATE_OF, Language, Names

LIMIT: Final = 8  # lines a section may have: the page stays one page
EVENTS: Final = ("failures", "meetings", "planned", "cooperation")
_STANCES: Final = {"support": "in", "oppose": "refuses", "conditional": "undecided", "undecided": "undecided"}


@dataclass(frozen=True, slots=True)
class Brief:
    """The page. ``lines`` follow the order of the sections."""

    issue: str
    until: str
    since: str
    lines: tuple[Line, ...]

    def section(self, name: str) -> tuple[Line, ...]:
        """The lines of one section."""
        return tuple(line for line in self.lines if line.section == name)


@dataclass(frozen=True, slots=True)
class Material:
    """What a brief is made from: all of it, or what bears on the issue."""

    facts: tuple[Fact, ...]
    stands: tuple[Stand, ...]
    occurrences: tuple[Occurrence, ...]
    requests: tuple[Request, ...]
    commitments: tuple[Commitment, ...]


@dataclass(frozen=True, slots=True)
class Held:
    """Where a holder stands on an issue, and when that was last told."""

    holder: str
    on: str
    stance: str
    last: str


class Found(Protocol):
    """What is reported that bears on an issue, as far as a page needs it."""

    def stances(self) -> Sequence[Held]:
        """Where everybody stands on every issue."""

    def parties(self, holders: Iterable[str]) -> set[str]:
        """Those of some codes who act on the issue."""

    def sources(self, wanted: Sequence[Held]) -> Mapping[Held, int]:
        """How many independent sources tell of stances since they were taken."""

    def words(self, wanted: Sequence[Held]) -> Mapping[Held, tuple[Cite, ...]]:
        """The last three of the words that tell of stances."""

    def last_words(self, wanted: Sequence[Held]) -> Mapping[Held, Cite]:
        """The last of these words."""

    def lines(self, section: str) -> list[Line]:
        """The first lines of a section, those that say the same as one."""

    def turned(self) -> list[Line]:
        """Who has turned of late."""


def page(issue: str, found: Found, *, until: str, since: str, camps: bool = True) -> Brief:
    """The page of an issue from what is found; without ``camps`` it leaves out who is for it, against it, or undecided."""
    stances = [each for each in found.stances() if each.holder not in ADVERSARIES.get(issue, ())]
    lines = _stances(issue, stances, found) if camps else []
    for section in (*EVENTS, "requests", "commitments"):
        lines.extend(found.lines(section))
    lines.extend(_blocks(issue, stances, found))
    if since:
        lines.extend(found.turned())
    order = list(SECTIONS)
    return Brief(issue, until, since, tuple(sorted(lines, key=lambda line: order.index(line.section))))  # stable: each section keeps its own order


def _stances(issue: str, stances: Sequence[Held], found: Found) -> list[Line]:
    count: dict[str, int] = {}
    chosen: list[Held] = []
    sources = found.sources([each for each in stances if each.on == issue])
    for each in sorted(sources, key=lambda each: (-sources[each], each.holder)):
        section = _STANCES[each.stance]
        count[section] = count.get(section, 0) + 1
        if count[section] <= LIMIT:
            chosen.append(each)
    words = found.words(chosen)
    return [Line(_STANCES[each.stance], each.stance, (each.holder,), (), "", each.last, "actual", "", words[each], sources[each]) for each in chosen]


def _blocks(issue: str, stances: Sequence[Held], found: Found) -> list[Line]:
    """Issues on which the parties stand against each other, and those over which they are reported to disagree."""
    acting = {each.holder for each in stances if each.on == issue}
    acting |= found.parties({each.holder for each in stances} - acting)
    by_issue: dict[str, dict[str, list[Held]]] = {}
    for each in stances:
        if each.holder in acting and each.on in ISSUE_NAMES:
            by_issue.setdefault(each.on, {}).setdefault(each.stance, []).append(each)
    opposed: list[tuple[str, list[Held], list[Held]]] = []
    for on in sorted(by_issue):
        pro, con = (sorted(by_issue[on].get(stance, []), key=lambda each: each.holder) for stance in ("support", "oppose"))
        if pro and con and len(opposed) < LIMIT:
            opposed.append((on, pro, con))
    sources = found.sources([each for _, pro, con in opposed for each in (*pro, *con)])
    words = found.last_words([each for _, pro, con in opposed for each in (*con[:2], *pro[:2])])
    out = []
    for on, pro, con in opposed:
        cites = tuple(words[each] for each in (*con[:2], *pro[:2]))
        day, number = max(each.last for each in (*pro, *con)), sum(sources[each] for each in (*pro, *con))
        against, for_ = (tuple(each.holder for each in side) for side in (con, pro))
        out.append(Line("blocks", "opposed", against, for_, on, day, "actual", "", cites, number))
    return [*out, *(found.lines("blocks") if len(out) < LIMIT else ())][:LIMIT]


# ---------------------------------------------------------------------------------------------------- of reports in hand


def brief(issue: str, material: Material, *, until: str = "", since: str = "") -> Brief:
    """The state of coordination on an issue as the reports up to ``until`` tell it; changes are those from ``since`` on."""
    end = until or max((f.published for f in material.facts), default="")
    return page(issue, _InHand(issue, material, end, since), until=end, since=since)


class _InHand:
    """What the reports in hand have found."""

    def __init__(self, issue: str, material: Material, until: str, since: str) -> None:
        self.issue, self.until, self.since = issue, until, since
        known = {f.key: f for f in material.facts if f.published <= until}
        self.facts = {key: f for key, f in known.items() if bears(f, issue)}
        told = [s for s in material.stands if s.day <= until and s.holder not in ADVERSARIES.get(issue, ())]
        dated = {(s.holder, s.on) for s in told if s.day}
        self.entries = ledger(s for s in told if s.day or (s.holder, s.on) not in dated)
        self.held = held(self.entries, until)
        self.rows = self._rows(material, refusals(known.values()))

    def _rows(self, material: Material, refused: Sequence[Fact]) -> list[Row]:
        rows: list[Row] = []
        for o in material.occurrences:
            if facts := bearing(self.facts, o.facts, self.issue):
                rows.extend(of_occurrence(self.issue, o, facts, refused))
        for r in material.requests:
            if facts := bearing(self.facts, r.facts, self.issue):
                rows.extend(of_request(self.issue, r, facts))
        for c in material.commitments:
            if facts := bearing(self.facts, c.facts, self.issue):
                rows.extend(of_commitment(self.issue, c, facts))
        return sorted(rows, key=lambda row: row.rank)

    def stances(self) -> Sequence[Held]:
        return [Held(e.holder, e.on, e.stance, e.last) for (_, on), e in self.held.items() if on in ISSUE_NAMES]

    def parties(self, holders: Iterable[str]) -> set[str]:
        return {code for f in self.facts.values() for code in f.codes}.intersection(holders)

    def sources(self, wanted: Sequence[Held]) -> Mapping[Held, int]:
        return {each: self.held[each.holder, each.on].sources for each in wanted}

    def words(self, wanted: Sequence[Held]) -> Mapping[Held, tuple[Cite, ...]]:
        return {each: self.held[each.holder, each.on].cites[-3:] for each in wanted}

    def last_words(self, wanted: Sequence[Held]) -> Mapping[Held, Cite]:
        return {each: self.held[each.holder, each.on].cites[-1] for each in wanted}

    def lines(self, section: str) -> list[Line]:
        return first_lines(section, [row for row in self.rows if row.section == section], self.until)

    def turned(self) -> list[Line]:
        found = [c for c in changes(self.entries) if c.on == self.issue and self.since <= c.after.day <= self.until]
        return [turned(c.holder, c.after.day, c.after.stance, c.before.cites[-1], c.after.cites[0]) for c in found[-LIMIT:]]


def turned(holder: str, day: str, stance: str, before: Cite, after: Cite) -> Line:
    """The line of a stance that turned."""
    return Line("changes", "turned", (holder,), (), "", day, stance, "", (before, after))


def first_lines(section: str, rows: Iterable[Row], until: str) -> list[Line]:
    """The first lines of a section, of all its rows in order."""
    if section == "requests":
        return [row.line for row in islice(rows, LIMIT)]
    said: dict[str, list[Line]] = {}
    ordered: list[Line] = []
    for row in rows:
        if section != "planned" or to_come(row.line, row.loose, until):
            said.setdefault(row.said, []).append(row.line)
            ordered.append(row.line)
    if section == "commitments":
        left_out = {id(line) for lines in said.values() for line in lines if other_side(line) and any(not other_side(each) for each in lines)}
        return [line for line in ordered if id(line) not in left_out][:LIMIT]
    return [merged(lines) for lines in islice(said.values(), LIMIT)]


# ---------------------------------------------------------------------------------------------------- as text


def to_text(page: Brief, *, language: Language, names: Names, quote: Callable[[Cite], str], length: int = 160) -> str:
    """The page as plain text; ``quote`` gives the words of a citation, cut to ``length``."""
    issue = getattr(ISSUE_NAMES[page.issue], language) if page.issue in ISSUE_NAMES else page.issue
    out = [f"{getattr(STATE_OF, language)}: {issue} ({page.until})"]
    for section in SECTIONS:
        lines = page.section(section)
        if lines:
            out.append("")
            out.append(getattr(SECTIONS[section], language))
        for line in lines:
            out.extend(_worded(line, language, names, quote, length, "- "))
    return "\n".join(out) + "\n"


def _worded(line: Line, language: Language, names: Names, quote: Callable[[Cite], str], length: int, mark: str) -> list[str]:
    head = headline(line, language, names)
    notes = [line.day, line.place, getattr(DENIED, language) if line.status == "denied" else "", getattr(POSSIBLE, language) if line.status == "possible" else ""]
    if line.sources > 1:
        notes.append(f"{line.sources} {getattr(SOURCES, language)}")
    out = [f"{mark}{head} ({', '.join(n for n in notes if n)})"]
    for cite in line.cites:
        words = " ".join(quote(cite).split())
        words = words if len(words) <= length else words[: length - 1].rsplit(" ", 1)[0] + "…"
        out.append(f"    «{words}» [{cite.report} {cite.span.start}-{cite.span.end}]")
    for under in line.under:
        out.extend(_worded(under, language, names, quote, length, "  - "))
    return out


def headline(line: Line, language: Language, names: Names) -> str:
    """What a line says, in one sentence, without its date and words."""

    def parties(codes: tuple[str, ...]) -> str:
        if not codes:
            return str(getattr(NOBODY, language))
        return (" و" if language == "ar" else ", ").join(names.of(c, language) for c in codes)

    on = getattr(ISSUE_NAMES[line.on], language) if line.on in ISSUE_NAMES else line.on
    return str(getattr(LINES[line.kind], language)).format(who=parties(line.who), with_=parties(line.with_), on=on)
