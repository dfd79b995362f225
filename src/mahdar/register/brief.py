"""The brief: the state of coordination on an issue at a date, on one page, every line with its words.

First as data (:func:`brief`), then as text in Arabic or English (:func:`to_text`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from mahdar.register.cite import Cite
from mahdar.register.commitments import Commitment
from mahdar.register.facts import Fact, day_gap
from mahdar.register.ledger import Change, Entry, Stand, changes, held, ledger
from mahdar.register.occurrences import Occurrence
from mahdar.register.requests import Request
from mahdar.register.wording import DENIED, ISSUE_NAMES, LINES, NOBODY, POSSIBLE, SECTIONS, SOURCES, STATE_OF, Language, Names

# Against whom an issue is pursued: no party to coordination on it.
ADVERSARIES: Final[Mapping[str, frozenset[str]]] = {"anti-isis": frozenset(("ISIS",))}
_WORK: Final = frozenset(("COOPERATE", "AID", "SUPPORT", "MOBILIZE"))
_DEEDS: Final = frozenset(("COOPERATE", "AID", "MOBILIZE"))
# Acts that tell of coordination on what the report is about even where their own sentence names no issue.
_BY_CONTEXT: Final = frozenset(("CONSULT", "COOPERATE", "AID", "SUPPORT", "AGREE", "REJECT", "REQUEST"))
# The state an issue is about: a dispute over it that names the state says nothing of who the other side is.
_SUBJECT: Final[Mapping[str, str]] = {
    "assad-future": "SYR", "syria-settlement": "SYR", "ukraine": "UKR", "yemen": "YEM", "palestine": "PSE", "libya": "LBY", "iraq": "IRQ", "lebanon": "LBN",
}  # fmt: skip
_MUTUAL: Final = frozenset(("CONSULT", "REJECT", "COOPERATE", "dispute"))
_MONTH: Final = 30  # days
LIMIT: Final = 8  # lines a section may have: the page stays one page


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


def brief(issue: str, material: Material, *, until: str = "", since: str = "") -> Brief:
    """The state of coordination on an issue as the reports up to ``until`` tell it; changes are those from ``since`` on."""
    end = until or max((f.published for f in material.facts), default="")
    page = _Page(issue, material, end, since)
    order = list(SECTIONS)
    lines = sorted(page.lines(), key=lambda line: order.index(line.section))  # stable: each section keeps its own order
    return Brief(issue, end, since, tuple(lines))


def bears(fact: Fact, issue: str) -> bool:
    """Does a fact tell of coordination on an issue? By its own sentence, or by what its report is about where parties of two codes act."""
    against = ADVERSARIES.get(issue, frozenset())
    if not fact.codes - against:
        return False
    if issue in fact.issues:
        return True
    if issue not in fact.context or fact.issues and fact.type != "REJECT":
        return False
    return fact.type in _BY_CONTEXT and len((fact.codes | fact.named) - against) > 1


class _Page:
    """The parts of one brief."""

    def __init__(self, issue: str, material: Material, until: str, since: str) -> None:
        self.issue = issue
        self.until = until
        self.since = since
        self.against = ADVERSARIES.get(issue, frozenset())
        known = {f.key: f for f in material.facts if f.published <= until}
        self.facts = {key: f for key, f in known.items() if bears(f, issue)}
        self.refusals = [f for f in known.values() if f.type == "REJECT" and f.status == "actual" and not f.mutual]
        self.direct = {key for key, f in self.facts.items() if issue in f.issues}
        self.occurrences = [o for o in material.occurrences if any(k in self.facts for k in o.facts)]
        self.requests = [r for r in material.requests if any(k in self.facts for k in r.facts)]
        self.commitments = [c for c in material.commitments if any(k in self.facts for k in c.facts)]
        self.entries = ledger(s for s in material.stands if s.day <= until and s.holder not in self.against)
        self.stands = held(self.entries, until)
        self.parties = self._parties()

    def _parties(self) -> set[str]:
        """Who takes part: holders of a stance on the issue, and those who act on it toward each other."""
        out = {holder for holder, on in self.stands if on == self.issue}
        for fact in self.facts.values():
            out |= fact.codes
        return out - self.against

    def lines(self) -> list[Line]:
        """All lines, section by section."""
        out = [*self._stances(), *self._events(), *self._asked(), *self._promised(), *self._blocks()]
        return [*out, *self._turns()] if self.since else out

    def _stances(self) -> list[Line]:
        section = {"support": "in", "oppose": "refuses", "conditional": "undecided", "undecided": "undecided"}
        found = sorted((e for (_, on), e in self.stands.items() if on == self.issue), key=lambda e: (-e.sources, e.holder))
        return _limited([Line(section[e.stance], e.stance, (e.holder,), (), "", e.last, "actual", "", e.cites[-3:], e.sources) for e in found])

    def _events(self) -> list[Line]:
        """Meetings held and planned, work done together, and where the parties failed to agree; the issue's own words before its context."""
        out = []
        newest = sorted(sorted(self.occurrences, key=lambda o: o.id), key=lambda o: o.day, reverse=True)
        for o in sorted(newest, key=lambda o: (o.status == "possible", self.direct.isdisjoint(o.facts), o.status == "denied", -o.sources)):
            ahead = o.status in ("planned", "possible")
            if o.type == "CONSULT" and o.status != "denied":
                if ahead and not self._to_come(o):
                    continue  # nobody says that it was held
                section = "planned" if ahead else "meetings"
            elif o.type in _WORK and not self._refused(o):
                section = "cooperation"
            elif o.type == "REJECT" and not ahead:
                section = "failures"
            else:
                continue
            who, with_ = self._sides(o)
            if with_ or o.type in ("MOBILIZE", "REJECT"):
                out.append(Line(section, o.type, who, with_, "", o.day, o.status, self._place(o), self._cites(o.facts), o.sources))
        return _limited(_merged(out))

    def _to_come(self, o: Occurrence) -> bool:
        """Does a plan still lie ahead? One without a day of its own does for a month."""
        return o.day >= self.until or o.date is None and (gap := day_gap(o.day, self.until)) is not None and gap <= _MONTH

    def _refused(self, o: Occurrence) -> bool:
        """Do all words that tell of a deed tell that its doer refuses it? معارضتها للتعاون is no cooperation."""
        if o.type not in _DEEDS or o.status == "denied":
            return False
        told = [self.facts[k] for k in o.facts if k in self.facts]
        return all(any(no.cite == f.cite and no.doer_codes & f.doer_codes for no in self.refusals) for f in told)

    def _sides(self, o: Occurrence) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The parties of both sides; a side not told is what the words name besides."""
        who = tuple(c for c in o.doers if c not in self.against)
        with_ = tuple(c for c in o.others if c not in self.against and c not in who)
        if not with_:
            named = set().union(*(self.facts[k].named for k in o.facts if k in self.facts)) - set(who) - self.against
            named -= {_SUBJECT[on] for on in o.issues if on in _SUBJECT}
            with_ = tuple(sorted(named)) if len(named) == 1 else ()
        return who, with_

    def _place(self, o: Occurrence) -> str:
        """Where it was, as the best telling that says so writes it."""
        return next((f.where for k in o.facts if (f := self.facts.get(k)) and f.place and f.place == o.place), o.place or "")

    def _cites(self, keys: Iterable[str]) -> tuple[Cite, ...]:
        return tuple(sorted({self.facts[k].cite for k in keys if k in self.facts})[:3])

    def _asked(self) -> list[Line]:
        """Requests with what came of them; where the accounts differ, each side's."""
        out = []
        for r in sorted(self.requests, key=lambda r: (not r.differ, r.outcome != "refused", self.direct.isdisjoint(r.facts), r.first, r.id)):
            if {r.asker, r.asked} & self.against:
                continue
            asked = [a for a in r.accounts if a.says == "asked"] or list(r.accounts)
            sides = {a.by for a in r.accounts if a.by} if r.differ else set()
            under = tuple(
                Line("requests", "account", (by,), (), "", said[0].day, "actual", "", tuple(dict.fromkeys(a.cite for a in said))[:2])
                for by in sorted(sides)
                if (said := [a for a in r.accounts if a.by == by])
            )
            kind = "conditional answer" if r.outcome == "conditional" else r.outcome
            cites = tuple(dict.fromkeys([asked[0].cite, *(a.cite for a in r.accounts if a.says == r.outcome)]))[:2]
            out.append(Line("requests", kind, (r.asker,), (r.asked,), "", r.first, "actual", "", cites, 1, under))
        return _limited(out)

    def _promised(self) -> list[Line]:
        out = []
        for c in sorted(self.commitments, key=lambda c: (self.direct.isdisjoint(c.facts), c.fate == "open", c.day, c.id)):
            if c.by in self.against or c.to in self.against:
                continue
            if c.type == "AGREE" and c.to and c.by > c.to and any(o.by == c.to and o.to == c.by and o.cites == c.cites for o in self.commitments):
                continue  # who agree promise each other: one line
            kind = "promised" if c.fate == "open" else c.fate
            out.append(Line("commitments", kind, (c.by,), (c.to,) if c.to else (), "", c.day, "actual", "", (*c.cites[:2], *c.fate_cites[:1])))
        return _limited(out)

    def _blocks(self) -> list[Line]:
        """Issues on which the parties stand against each other, and those over which they are reported to disagree."""
        out = []
        by_issue: dict[str, dict[str, list[Entry]]] = {}
        for (holder, on), entry in self.stands.items():
            if holder in self.parties and on in ISSUE_NAMES:
                by_issue.setdefault(on, {}).setdefault(entry.stance, []).append(entry)
        for on in sorted(by_issue):
            pro, con = by_issue[on].get("support", []), by_issue[on].get("oppose", [])
            if pro and con:
                cites = tuple(e.cites[-1] for e in (*sorted(con, key=_holder)[:2], *sorted(pro, key=_holder)[:2]))
                day = max(e.last for e in (*pro, *con))
                sources = sum(e.sources for e in (*pro, *con))
                out.append(Line("blocks", "opposed", tuple(sorted(map(_holder, con))), tuple(sorted(map(_holder, pro))), on, day, "actual", "", cites, sources))
        for o in sorted(self.occurrences, key=lambda o: (o.day, o.id)):
            if o.type == "REJECT" and o.status == "actual":
                who, with_ = self._sides(o)
                for on in o.issues:
                    if on != self.issue and on in ISSUE_NAMES:
                        out.append(Line("blocks", "dispute", who, with_, on, o.day, o.status, "", self._cites(o.facts), o.sources))
        return _limited(_merged(out))

    def _turns(self) -> list[Line]:
        found: list[Change] = [c for c in changes(self.entries) if c.on == self.issue and self.since <= c.after.day <= self.until]
        return [Line("changes", "turned", (c.holder,), (), "", c.after.day, c.after.stance, "", (c.before.cites[-1], c.after.cites[0])) for c in found]


def _holder(entry: Entry) -> str:
    return entry.holder


def _merged(lines: list[Line]) -> list[Line]:
    """Lines that say the same of the same parties become one, with the words of all; meetings only those of one day."""
    out: dict[tuple[object, ...], Line] = {}
    for line in lines:
        sides: tuple[object, ...] = (frozenset((*line.who, *line.with_)),) if line.kind in _MUTUAL else (line.who, line.with_)
        key = (line.section, line.kind, line.on, line.status, line.day if line.kind == "CONSULT" else "", *sides)
        held_ = out.get(key)
        if held_ is None:
            out[key] = line
        else:
            cites = tuple(dict.fromkeys((*held_.cites, *line.cites)))[:3]
            out[key] = replace(held_, cites=cites, day=max(held_.day, line.day), place=held_.place or line.place, sources=max(held_.sources, line.sources))
    return list(out.values())


def _limited(lines: list[Line]) -> list[Line]:
    """No more than :data:`LIMIT` lines a section, the first ones."""
    count: dict[str, int] = {}
    out = []
    for line in lines:
        count[line.section] = count.get(line.section, 0) + 1
        if count[line.section] <= LIMIT:
            out.append(line)
    return out


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
