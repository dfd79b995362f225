"""What one occurrence, request or commitment gives to the page of an issue: lines, each with its place among the others.

A line's place does not depend on what else is reported, so that the lines can be kept beside what they tell of (see :mod:`bearing`), and a
page be made of the first of them.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

from mahdar.record import Span
from mahdar.register.cite import Cite
from mahdar.register.commitments import Commitment
from mahdar.register.facts import Fact, day_gap
from mahdar.register.occurrences import Occurrence
from mahdar.register.requests import Request
from mahdar.register.wording import ISSUE_NAMES

# Against whom an issue is pursued: no party to coordination on it.
ADVERSARIES: Final[Mapping[str, frozenset[str]]] = {"anti-isis": frozenset(("ISIS",))}
_NOBODY: Final[frozenset[str]] = frozenset()
_WORK: Final = frozenset(("COOPERATE", "AID", "SUPPORT", "MOBILIZE"))
_DEEDS: Final = frozenset(("COOPERATE", "AID", "MOBILIZE"))
# Acts that tell of coordination on what the report is about even where their own sentence names no issue.
_BY_CONTEXT: Final = frozenset(("CONSULT", "COOPERATE", "AID", "SUPPORT", "AGREE", "REJECT", "REQUEST"))
# The state an issue is about: a dispute over it that names the state says nothing of who the other side is.
_SUBJECT: Final[Mapping[str, str]] = {
    "assad-future": "SYR", "syria-settlement": "SYR", "ukraine": "UKR", "yemen": "YEM", "palestine": "PSE", "libya": "LBY", "iraq": "IRQ", "lebanon": "LBN",
}  # fmt: skip
_MUTUAL: Final = frozenset(("CONSULT", "REJECT", "COOPERATE", "dispute"))
MONTH: Final = 30  # days
_MOST: Final = 99_999
_BACK: Final = str.maketrans("0123456789", "9876543210")


@dataclass(frozen=True, slots=True)
class Line:
    """One line: its kind (a key of :data:`mahdar.register.wording.LINES`), the parties' codes, the matter where it is another one, its words."""

    section: str
    kind: str
    who: tuple[str, ...]
    with_: tuple[str, ...]
    on: str
    day: str
    status: str
    place: str
    cites: tuple[Cite, ...]
    sources: int = 1
    under: tuple[Line, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class Row:
    """A line in its place. Rows of a section come in order of ``rank``; those with one ``said`` say the same and are merged, but for those of
    commitments, of which two such are one told from both sides. ``loose``: a plan without a day of its own."""

    rank: str
    said: str
    line: Line
    loose: bool = False

    @property
    def section(self) -> str:
        return self.line.section


def bears(fact: Fact, issue: str) -> bool:
    """Does a fact tell of coordination on an issue? By its own sentence, or by what its report is about where parties of two codes act."""
    against = ADVERSARIES.get(issue, _NOBODY)
    if not fact.codes - against:
        return False
    if issue in fact.issues:
        return True
    if issue not in fact.context or fact.issues and fact.type != "REJECT":
        return False
    return fact.type in _BY_CONTEXT and len((fact.codes | fact.named) - against) > 1


def issues_of(facts: Iterable[Fact]) -> list[str]:
    """The issues that some facts bear on."""
    return sorted({issue for fact in facts for issue in (*fact.issues, *fact.context) if bears(fact, issue)})


def bearing(facts: Mapping[str, Fact], keys: Iterable[str], issue: str) -> dict[str, Fact]:
    """Of the facts with these keys those that bear on an issue, in their order."""
    return {key: fact for key in keys if (fact := facts.get(key)) is not None and bears(fact, issue)}


def _apart(issue: str, facts: Iterable[Fact]) -> bool:
    """Does none of the facts name the issue itself?"""
    return all(issue not in fact.issues for fact in facts)


def _newest_first(day: str) -> str:
    return day.translate(_BACK) + "~"


# ---------------------------------------------------------------------------------------------------- what happened


def of_occurrence(issue: str, o: Occurrence, facts: Mapping[str, Fact], refused: Sequence[Fact]) -> list[Row]:
    """Meetings held and planned, work done together, and where the parties failed to agree; the issue's own words before its context.

    ``facts`` are those of the occurrence's facts that bear on the issue; ``refused`` all refusals of their reports.
    """
    return [*_event(issue, o, facts, refused), *_disputes(issue, o, facts)]


def refusals(facts: Iterable[Fact]) -> list[Fact]:
    """The facts in which one side says no."""
    return [f for f in facts if f.type == "REJECT" and f.status == "actual" and not f.mutual]


def _event(issue: str, o: Occurrence, facts: Mapping[str, Fact], refused: Sequence[Fact]) -> list[Row]:
    ahead = o.status in ("planned", "possible")
    if o.type == "CONSULT" and o.status != "denied":
        section = "planned" if ahead else "meetings"
    elif o.type in _WORK and not _all_refused(o, facts, refused):
        section = "cooperation"
    elif o.type == "REJECT" and not ahead:
        section = "failures"
    else:
        return []
    who, with_ = _sides(issue, o, facts)
    if not with_ and o.type not in ("MOBILIZE", "REJECT"):
        return []
    line = Line(section, o.type, who, with_, "", o.day, o.status, _place(o, facts), _cites(facts), o.sources)
    flags = f"{o.status == 'possible':d}{_apart(issue, facts.values()):d}{o.status == 'denied':d}"
    return [Row(f"{flags}{_MOST - min(o.sources, _MOST):05}{_newest_first(o.day)}{o.id}", _said(line), line, ahead and o.date is None)]


def _disputes(issue: str, o: Occurrence, facts: Mapping[str, Fact]) -> list[Row]:
    """Over which other issues the parties are reported to disagree."""
    if o.type != "REJECT" or o.status != "actual":
        return []
    who, with_ = _sides(issue, o, facts)
    others = [on for on in o.issues if on != issue and on in ISSUE_NAMES]
    lines = [Line("blocks", "dispute", who, with_, on, o.day, o.status, "", _cites(facts), o.sources) for on in others]
    return [Row(f"{o.day} {o.id} {number:02}", _said(line), line) for number, line in enumerate(lines)]


def to_come(line: Line, loose: bool, until: str) -> bool:
    """Does a plan still lie ahead? One without a day of its own does for a month."""
    return line.day >= until or loose and (gap := day_gap(line.day, until)) is not None and gap <= MONTH


def _all_refused(o: Occurrence, facts: Mapping[str, Fact], refused: Sequence[Fact]) -> bool:
    """Do all words that tell of a deed tell that its doer refuses it? معارضتها للتعاون is no cooperation."""
    if o.type not in _DEEDS or o.status == "denied":
        return False
    return all(any(no.cite == f.cite and no.doer_codes & f.doer_codes for no in refused) for f in facts.values())


def _sides(issue: str, o: Occurrence, facts: Mapping[str, Fact]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The parties of both sides; a side not told is what the words name besides."""
    against = ADVERSARIES.get(issue, _NOBODY)
    who = tuple(c for c in o.doers if c not in against)
    with_ = tuple(c for c in o.others if c not in against and c not in who)
    if not with_:
        named = set().union(*(f.named for f in facts.values())) - set(who) - against
        named -= {_SUBJECT[on] for on in o.issues if on in _SUBJECT}
        with_ = tuple(sorted(named)) if len(named) == 1 else ()
    return who, with_


def _place(o: Occurrence, facts: Mapping[str, Fact]) -> str:
    """Where it was, as the best telling that says so writes it."""
    return next((f.where for f in facts.values() if f.place and f.place == o.place), o.place or "")


def _cites(facts: Mapping[str, Fact]) -> tuple[Cite, ...]:
    return tuple(sorted({f.cite for f in facts.values()})[:3])


def _said(line: Line) -> str:
    """Equal for lines that say the same of the same parties; meetings only those of one day."""
    sides = [sorted({*line.who, *line.with_})] if line.kind in _MUTUAL else [list(line.who), list(line.with_)]
    return json.dumps([line.kind, line.on, line.status, line.day if line.kind == "CONSULT" else "", *sides], ensure_ascii=False, separators=(",", ":"))


def merged(lines: Sequence[Line]) -> Line:
    """Lines that say the same as one, with the words of the first of them."""
    first = lines[0]
    if len(lines) == 1:
        return first
    cites = tuple(dict.fromkeys(cite for line in lines for cite in line.cites))[:3]
    place = next((line.place for line in lines if line.place), "")
    return replace(first, cites=cites, day=max(line.day for line in lines), place=place, sources=max(line.sources for line in lines))


# ---------------------------------------------------------------------------------------------------- what was asked and promised


def of_request(issue: str, r: Request, facts: Mapping[str, Fact]) -> list[Row]:
    """A request with what came of it; where the accounts differ, each side's."""
    if {r.asker, r.asked} & ADVERSARIES.get(issue, _NOBODY):
        return []
    asked = [a for a in r.accounts if a.says == "asked"] or list(r.accounts)
    sides = {a.by for a in r.accounts if a.by} if r.differ else set()
    under = tuple(
        Line("requests", "account", (by,), (), "", said[0].day, "actual", "", tuple(dict.fromkeys(a.cite for a in said))[:2])
        for by in sorted(sides)
        if (said := [a for a in r.accounts if a.by == by])
    )
    kind = "conditional answer" if r.outcome == "conditional" else r.outcome
    cites = tuple(dict.fromkeys([asked[0].cite, *(a.cite for a in r.accounts if a.says == r.outcome)]))[:2]
    line = Line("requests", kind, (r.asker,), (r.asked,), "", r.first, "actual", "", cites, 1, under)
    return [Row(f"{not r.differ:d}{r.outcome != 'refused':d}{_apart(issue, facts.values()):d}{r.first} {r.id}", r.id, line)]


def of_commitment(issue: str, c: Commitment, facts: Mapping[str, Fact]) -> list[Row]:
    """A commitment with what came of it, where the promise itself bears on the issue. Who agree promise each other: what both sides say is
    ``said`` alike."""
    if not ADVERSARIES.get(issue, _NOBODY).isdisjoint((c.by, c.to)) or {f.cite for f in facts.values()}.isdisjoint(c.cites):
        return []
    kind = "promised" if c.fate == "open" else c.fate
    line = Line("commitments", kind, (c.by,), (c.to,) if c.to else (), "", c.day, "actual", "", (*c.cites[:2], *c.fate_cites[:1]))
    both = c.type == "AGREE" and c.to
    said = json.dumps([*sorted((c.by, c.to)), *([cite.report, *cite.span] for cite in c.cites)], ensure_ascii=False, separators=(",", ":")) if both else c.id
    return [Row(f"{_apart(issue, facts.values()):d}{c.fate == 'open':d}{c.day} {c.id}", said, line)]


def first_rank(day: str) -> str:
    """What no line of a commitment made on this day or later sorts before."""
    return f"00{day}"


def other_side(line: Line) -> bool:
    """Is a commitment one that is left out where the other side's is there?"""
    return bool(line.with_) and line.who > line.with_


# ---------------------------------------------------------------------------------------------------- packed


def pack(line: Line) -> list[Any]:
    """The line as plain values."""
    cites = [[cite.report, *cite.span] for cite in line.cites]
    return [line.section, line.kind, line.who, line.with_, line.on, line.day, line.status, line.place, cites, line.sources, [pack(each) for each in line.under]]


def unpack(values: Sequence[Any]) -> Line:
    """The line again."""
    section, kind, who, with_, on, day, status, place, cites, sources, under = values
    said = tuple(Cite(report, Span(start, end)) for report, start, end in cites)
    return Line(section, kind, tuple(who), tuple(with_), on, day, status, place, said, sources, tuple(map(unpack, under)))
