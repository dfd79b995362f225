"""What a register holds that bears on an issue, as far as its page needs it: the first lines of each section, read along an index.

Lines stand ready beside the occurrences, requests and commitments they tell of (:mod:`kept`), but for those that go on behind the day asked
for: what the reports until then add up to is made of them when it is asked for. There are never many of these.
"""

from __future__ import annotations

import json
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from heapq import merge
from itertools import islice
from typing import Any, Final, Protocol

from sqlalchemy import Connection, Select, Text, and_, bindparam, case, cast, func, not_, or_, select

from mahdar.record import ISSUES, Span
from mahdar.register import asking, linking, matters
from mahdar.register import commitments as promising
from mahdar.register import requests as requesting
from mahdar.register.brief import LIMIT, Held, turned
from mahdar.register.cite import Cite
from mahdar.register.facts import FactReader, shifted
from mahdar.register.filters import Filters
from mahdar.register.given import as_given, given, listed
from mahdar.register.kept import said
from mahdar.register.ledger import Stand, of_day
from mahdar.register.lines import ADVERSARIES, MONTH, Line, Row, bearing, first_rank, merged, of_commitment, of_occurrence, of_request, other_side, refusals, unpack
from mahdar.register.memo import Memo
from mahdar.register.schema import SPAN, articles, bearings, commitments, holdings, issue_parties, named, occurrence_members, requests, stances, stands
from mahdar.register.schema import occurrences as occurrence_table
from mahdar.register.shelf import Place, Shelf
from mahdar.register.told import is_day

_AT_ONCE: Final = 40
_WORDS: Final = 12  # rows that the words of one line are taken from: it has three at the most
_FEW: Final = 4  # of these are enough for nearly every line
_SHOWN: Final = 3
_BETWEEN: Final = "\x1f"  # sorts before whatever a rank has


class _Reads(Protocol):
    @property
    def reader(self) -> FactReader: ...
    @property
    def memo(self) -> Memo: ...


def last_report(connection: Connection) -> str:
    """The day of the last report; empty where none is dated."""
    day = articles.c.day
    found = connection.execute(select(day).where(day.like("____-__-__")).order_by(day.desc()).limit(1)).scalar_one_or_none()
    return found or ""


@dataclass(frozen=True, slots=True)
class _Merged:
    """Lines that say the same: where the first of them stands, the first few, and what all of them come to (the place is that of the first that has one)."""

    rank: str
    lines: Sequence[Line]
    day: str
    place: str
    sources: int

    @property
    def line(self) -> Line:
        first = merged(self.lines)
        its = (first.day, first.place, first.sources)
        return first if its == (self.day, self.place, self.sources) else replace(first, day=self.day, place=self.place, sources=self.sources)


class Bearing:
    """What the register holds on one issue until a day: see :class:`mahdar.register.brief.Found`."""

    def __init__(self, connection: Connection, issue: str, filters: Filters, source: _Reads, *, until: str) -> None:
        self._connection, self._issue, self._filters, self._source = connection, issue, filters, source
        self._until, self._since = until, filters.since or ""
        self._ledger = source.memo.recent(("where all stand", until, filters.last is None), lambda: _ledger(connection, until, filters))
        self._made = self._parts() if filters.last is not None else []

    # ------------------------------------------------------------------------------------------------ stances

    def stances(self) -> Sequence[Held]:
        """Where everybody stands on every issue."""
        return self._ledger.held

    def sources(self, wanted: Sequence[Held]) -> Mapping[Held, int]:
        """How many independent sources tell of stances since they were taken."""
        rows = as_given((each.on, each.holder, each.last) for each in wanted if each.last)
        told = {(holder, matter): int(number) for holder, matter, number in self._connection.execute(_SOURCES, {"given": rows}).all()}
        return {each: told[each.holder, each.on] if each.last else self._ledger.undated[each.holder, each.on][1] for each in wanted}

    def parties(self, holders: Iterable[str]) -> set[str]:
        """Those of some codes who act on the issue."""
        p = issue_parties.c
        asked = given(((code,) for code in sorted(holders)), code=str)
        acts = and_(p.issue == self._issue, p.code == asked.c.code)
        if self._filters.last is not None:
            acts = and_(acts, p.day > "", p.day <= self._filters.last)
        return set(self._connection.execute(select(asked.c.code).where(select(p.article).where(acts).exists())).scalars())

    def words(self, wanted: Sequence[Held]) -> Mapping[Held, tuple[Cite, ...]]:
        """The last of the words that tell of stances."""
        return {each: self._words(each) if each.last else self._ledger.undated[each.holder, each.on][0][-_SHOWN:] for each in wanted}

    def _words(self, each: Held) -> tuple[Cite, ...]:
        rows = self._connection.execute(_TOLD, {"given": as_given([(each.holder, each.on, each.last, each.stance)])})
        cites = dict.fromkeys(Cite(row.key, Span(row.evidence_start, row.evidence_end)) for row in rows)
        return tuple(reversed(list(cites)[:_SHOWN]))

    def last_words(self, wanted: Sequence[Held]) -> Mapping[Held, Cite]:
        """The last word that tells of each stance, of all of them at once."""
        rows = as_given((each.holder, each.on, each.last, each.stance) for each in wanted if each.last)
        told = {(holder, matter): _written(cite) for holder, matter, cite in self._connection.execute(_LAST_TOLD, {"given": rows}).all()}
        return {each: told[each.holder, each.on] if each.last else self._ledger.undated[each.holder, each.on][0][-1] for each in wanted}

    def turned(self) -> list[Line]:
        """Who has turned of late."""
        s = stances.c
        query = select(s.holder, s.day, s.stance, s.first, s.before_last).where(s.scope == "", s.matter == self._issue, s.before.is_not(None))
        query = query.where(s.day >= self._since, s.day <= self._until, s.holder.not_in(ADVERSARIES.get(self._issue, frozenset())))
        rows = self._connection.execute(query.order_by(s.day.desc(), s.holder.desc()).limit(LIMIT)).all()
        return [turned(row.holder, row.day, row.stance, _cite(row.before_last), _cite(row.first)) for row in reversed(rows)]

    # ------------------------------------------------------------------------------------------------ lines

    def lines(self, section: str) -> list[Line]:
        """The first lines of a section, those that say the same as one."""
        if section in ("requests", "commitments"):
            return self._one_by_one(section)
        made: dict[str, list[Row]] = {}
        for row in self._made:
            if row.section == section:
                made.setdefault(said(row.said), []).append(row)
        found = self._merged([*dict.fromkeys((*self._first(section), *made))], section, made)
        return [each.line for each in sorted(found, key=lambda each: each.rank)[:LIMIT]]

    def _asked(self, section: str) -> tuple[_Stored, dict[str, Any]]:
        """The queries for the lines of a section that no report behind the day asked for tells of, and what they are given."""
        whole = len(self._until) == 10
        given_ = {"issue": self._issue, "section": section, "until": self._until, "lately": shifted(self._until, -MONTH) if whole else self._until}
        queries = _stored(self._filters.last is not None, section == "planned", whole)
        return queries, given_ | ({} if self._filters.last is None else {"reported": self._filters.last})

    def _first(self, section: str) -> list[str]:
        """What the first lines of a section say, in digests."""
        queries, asked = self._asked(section)
        chosen: dict[str, None] = {}
        while len(chosen) < LIMIT:
            found = self._connection.execute(queries.first, {**asked, "given": as_given((each,) for each in chosen)}).scalars().all()
            chosen |= dict.fromkeys(found)
            if len(found) < _AT_ONCE:
                break
        return list(chosen)[:LIMIT]

    def _merged(self, wanted: Sequence[str], section: str, made: Mapping[str, Sequence[Row]]) -> list[_Merged]:
        if not wanted:
            return []
        queries, asked = self._asked(section)
        all_ = {row.said: row for row in self._connection.execute(queries.counted, {**asked, "given": as_given((each,) for each in wanted)}).all()}
        stored = self._first_saying(queries, asked, all_, _FEW)
        stored |= self._first_saying(queries, asked, [each for each, held in stored.items() if all_[each].number > len(held) and not _enough(held)], _WORDS)
        out = []
        for each in wanted:
            held = [*made.get(each, ()), *stored.get(each, ())]
            ordered = sorted(held, key=lambda row: row.rank)
            lines = [row.line for row in ordered]
            whole = all_.get(each)
            placed = [(row.rank, row.line.place) for row in ordered if row.line.place]
            if whole is not None and whole.placed is not None:
                rank, _, its = whole.placed.partition(_BETWEEN)
                placed.append((rank, its))
            place = min(placed, default=("", ""))[1]
            day, sources = max(line.day for line in lines), max(line.sources for line in lines)
            if whole is not None:
                day, sources = max(day, whole.day), max(sources, whole.sources)
            out.append(_Merged(ordered[0].rank, lines, day, place, sources))
        return out

    def _first_saying(self, queries: _Stored, asked: Mapping[str, Any], digests: Iterable[str], most: int) -> dict[str, list[Row]]:
        """The first stored rows, no more than so many, for each thing said."""
        out: dict[str, list[Row]] = {each: [] for each in digests}
        if out:
            for row in self._connection.execute(queries.first_saying, {**asked, "most": most, "given": as_given((each,) for each in out)}):
                out[row.said].append(Row(row.rank, row.said, unpack(json.loads(row.packed))))
        return out

    def _one_by_one(self, section: str) -> list[Line]:
        made = sorted((row for row in self._made if row.section == section), key=lambda row: row.rank)
        out: list[Line] = []
        for row in merge(self._ranked(section), made, key=lambda row: row.rank):
            if section == "requests" or not other_side(row.line) or not self._told_by_the_other(row, made):
                out.append(row.line)
                if len(out) == LIMIT:
                    break
        return out

    def _ranked(self, section: str) -> Iterator[Row]:
        queries, asked = self._asked(section)
        last = ""
        while rows := self._connection.execute(queries.ranked, {**asked, "behind": last}).all():
            yield from (Row(row.rank, row.said, unpack(json.loads(row.packed))) for row in rows)
            last = rows[-1].rank

    def _told_by_the_other(self, row: Row, made: Sequence[Row]) -> bool:
        """Is the same commitment there from the other side?"""
        digests = {row.said, said(row.said)}  # a stored row has the digest itself
        if any(said(each.said) in digests and not other_side(each.line) for each in made):
            return True
        queries, asked = self._asked("commitments")
        stored = self._connection.execute(queries.saying, {**asked, "given": as_given((each,) for each in sorted(digests))})
        return any(not other_side(unpack(json.loads(each.packed))) for each in stored)

    # ------------------------------------------------------------------------------------------------ what goes on behind the day

    def _parts(self) -> list[Row]:
        """The lines of what reports before and behind the day asked for tell of, as those before tell it."""
        b, last = bearings.c, str(self._filters.last)
        goes_on = select(b.key).distinct().where(b.issue == self._issue, SPAN, b.first > "", b.first <= last, or_(b.last > last, not_(b.dated)))
        keys = sorted(self._connection.execute(goes_on).scalars())
        shelf = Shelf(self._connection, {})
        kinds = {kind: [key for key in keys if key.startswith(kind)] for kind in "orc"}
        return [*self._occurrences(shelf, kinds["o"]), *self._requests(shelf, kinds["r"]), *self._commitments(shelf, kinds["c"])]

    def _occurrences(self, shelf: Shelf, keys: Sequence[str]) -> Iterator[Row]:
        """What the known reports of these occurrences add up to, and of those they are linked with. Known facts that no link leads to from an
        occurrence that goes on are grouped as they are without the later ones."""
        if not keys:
            return
        o, m = occurrence_table.c, occurrence_members.c
        asked = given(((key,) for key in keys), key=str)
        clusters = set(self._connection.execute(select(o.cluster).distinct().join_from(asked, occurrence_table, o.key == asked.c.key)).scalars())
        asked = given(((cluster,) for cluster in sorted(clusters)), cluster=str)
        of_it = select(m.occurrence, m.article, m.n, articles.c.day).join_from(asked, occurrence_table, o.cluster == asked.c.cluster)
        held: dict[str, list[tuple[Place, bool]]] = {}
        for row in self._connection.execute(of_it.join(occurrence_members, m.occurrence == o.key).join(articles, articles.c.id == m.article)):
            known = row.day is not None and is_day(row.day) and row.day <= str(self._filters.last)
            held.setdefault(row.occurrence, []).append((Place(row.article, row.n), known))
        whole = {key for key, members in held.items() if all(known for _, known in members)}
        told = {place for members in held.values() for place, known in members if known}
        beginnings = {place for key, members in held.items() if key not in whole for place, known in members if known}
        facts = shelf.facts(linking.linked_with(self._connection, beginnings, told))
        by_key = {fact.key: fact for fact in facts.values()}
        places = {fact.key: place for place, fact in facts.items()}
        for one in linking.made_of(self._connection, facts, self._source.reader.weight):
            found = bearing(by_key, one.facts, self._issue)
            if one.id not in whole and found:
                yield from of_occurrence(self._issue, one, found, refusals(shelf.beside(places[key] for key in one.facts)))

    def _requests(self, shelf: Shelf, keys: Sequence[str]) -> Iterator[Row]:
        for told in self._tellings(shelf, requests, keys):
            for group in requesting.clusters(t for t in told if isinstance(t, requesting.Told)):
                one = requesting.request_of(group)
                facts = {t.fact.key: t.fact for t in group}
                if one is not None and (found := bearing(facts, one.facts, self._issue)):
                    yield from of_request(self._issue, one, found)

    def _commitments(self, shelf: Shelf, keys: Sequence[str]) -> Iterator[Row]:
        promises = [[t for t in told if isinstance(t, promising.Told)] for told in self._tellings(shelf, commitments, self._early_enough(keys))]
        later = asking.deeds_of(self._connection, shelf, (told for held in promises for told in held), self._filters)
        for group in (group for held in promises for group in promising.clusters(held)):
            near = [deed for deed in promising.in_time(later.get(group[0].by, ()), group) if matters.known(deed, self._filters)]
            one = promising.commitment_of(group, near)
            facts = {t.fact.key: t.fact for t in (*group, *near)}
            if found := bearing(facts, one.facts, self._issue):
                yield from of_commitment(self._issue, one, found)

    def _early_enough(self, keys: Sequence[str]) -> list[str]:
        """The commitments that can be among the first lines: a part of one is of no earlier day than the whole, and stored lines are before the others."""
        if not keys:
            return []
        before = (row.rank for row in self._ranked("commitments") if not other_side(row.line))  # the other side's may be left out
        last = next(islice(before, LIMIT - 1, None), None)
        asked = given(((key,) for key in keys), key=str)
        days = self._connection.execute(select(commitments.c.key, commitments.c.day).join_from(asked, commitments, commitments.c.key == asked.c.key)).all()
        return sorted(key for key, day in days if last is None or first_rank(day) <= last)

    def _tellings(self, shelf: Shelf, table: Any, keys: Sequence[str]) -> list[list[asking.Telling]]:
        """The known tellings of each of some requests or commitments."""
        if not keys:
            return []
        asked = given(((key,) for key in keys), key=str)
        clusters = self._connection.execute(select(table.c.cluster).join_from(asked, table, table.c.key == asked.c.key)).scalars().all()
        held = asking.members_by_cluster(self._connection, shelf, clusters, self._filters)
        return [[t for t in told if matters.known(t, self._filters)] for told in held.values()]


def _cite(words: Sequence[Any]) -> Cite:
    return Cite(words[0], Span(words[1], words[2]))


def _enough(rows: Iterable[Row]) -> bool:
    """Have these rows all the words that are shown of a line?"""
    return len({cite for row in rows for cite in row.line.cites}) >= _SHOWN


def _written(words: str) -> Cite:
    """A citation that a query wrote as one text: start, end, report."""
    start, end, report = words.split(" ", 2)
    return Cite(report, Span(int(start), int(end)))


# ---------------------------------------------------------------------------------------------------- where everybody stands


@dataclass(frozen=True, slots=True)
class _Ledger:
    """Where everybody stands on every issue: the same for the pages of all issues; and by holder and matter the words of those of whom only undated
    reports tell, with the number of their sources."""

    held: Sequence[Held]
    undated: Mapping[tuple[str, str], tuple[tuple[Cite, ...], int]]


def _ledger(connection: Connection, until: str, filters: Filters) -> _Ledger:
    rows = connection.execute(_STANDS, {"until": until}).all()
    found = [Held(holder, matter, stance, day) for holder, matter, told in rows if told is not None for day, _, stance in (told.partition(" "),)]
    undated: dict[tuple[str, str], tuple[tuple[Cite, ...], int]] = {}
    dated = {(each.holder, each.on) for each in found}
    for who, words in sorted(_undated(connection, dated).items()) if filters.last is None else ():
        entry = of_day(words, None)
        undated[who] = entry.cites, entry.sources
        found.append(Held(*who, entry.stance, ""))
    return _Ledger(found, undated)


def _undated(connection: Connection, dated: Container[tuple[str, str]]) -> dict[tuple[str, str], list[Stand]]:
    """The words of those of whom only undated reports tell."""
    s = stands.c
    query = select(s.holder, s.matter, s.stance, s.evidence_start, s.evidence_end, s.wire, articles.c.key).join_from(stands, articles, articles.c.id == s.article)
    told: dict[tuple[str, str], list[Stand]] = {}
    for r in connection.execute(query.where(s.matter.in_(ISSUES), s.day == "")):
        if (r.holder, r.matter) not in dated:
            stand = Stand(r.holder, r.matter, r.stance, "", Cite(r.key, Span(r.evidence_start, r.evidence_end)), r.wire)
            told.setdefault((r.holder, r.matter), []).append(stand)
    return told


# ---------------------------------------------------------------------------------------------------- queries, made once


@dataclass(frozen=True, slots=True)
class _Stored:
    """The queries for the stored lines of a section: what the first of them say, what those that say something come to, these lines, the first
    few of those that say the same, and all lines in order."""

    first: Select[Any]
    counted: Select[Any]
    saying: Select[Any]
    first_saying: Select[Any]
    ranked: Select[Any]


@cache
def _stored(until: bool, planned: bool, whole: bool) -> _Stored:
    """``until``: only lines that no report behind a day tells of; ``planned``: only what lies ahead of a day, which is known to the day if ``whole``."""
    b, i = bearings.c, named(bearings, "i").c

    def section(t: Any) -> list[Any]:
        return [t.issue == bindparam("issue"), t.section == bindparam("section")]

    def known(t: Any) -> list[Any]:
        out = [t.dated, t.last <= bindparam("reported")] if until else []
        if planned:
            lately = and_(t.loose, func.length(t.day) == 10, t.day >= bindparam("lately")) if whole else and_(t.loose, t.day == bindparam("until"))
            out.append(or_(t.day >= bindparam("until"), lately))
        return out

    said_so = select(listed(said=str).c.said)
    placed = func.min(case((b.place != "", b.rank + _BETWEEN + b.place))).label("placed")  # the first place, behind the rank it is the first by
    counted = (func.count().label("number"), func.max(b.day).label("day"), func.max(b.sources).label("sources"), placed)
    lines = select(b.said, b.rank, b.packed).where(*section(b))
    # All that these lines are chosen by stands in one index; the lines are then found by their ranks.
    alike = (*section(i), *known(i), i.said.in_(said_so))
    place = func.row_number().over(partition_by=i.said, order_by=i.rank).label("place")
    ranked = select(i.rank, place).where(*alike).subquery("ranked").c
    return _Stored(
        first=select(b.said).where(*section(b), *known(b), b.said.not_in(said_so)).order_by(b.rank).limit(_AT_ONCE),
        counted=select(b.said, *counted).where(*section(b), *known(b), b.said.in_(said_so)).group_by(b.said),
        saying=lines.where(b.rank.in_(select(i.rank).where(*alike))),
        first_saying=lines.where(b.rank.in_(select(ranked.rank).where(ranked.place <= bindparam("most")))),
        ranked=lines.where(*known(b), b.rank > bindparam("behind")).order_by(b.rank).limit(_AT_ONCE),
    )


def _of_stands() -> Select[Any]:
    """The last day and the stance told on it, as one text: one walk along the index for each holder of a matter."""
    h, t = holdings.c, named(stances, "t").c
    mine = (t.scope == "", t.matter == h.matter, t.holder == h.holder, t.day <= bindparam("until"))
    last = select(t.day + " " + t.stance).where(*mine).order_by(t.day.desc()).limit(1).scalar_subquery()
    return select(h.holder, h.matter, last).where(h.matter.in_(ISSUES))


def _since(asked: Any) -> Any:
    """The day on which a stance that ``asked`` tells of (matter, holder, last) was taken; empty where it is the holder's first."""
    t, a = named(stances, "t"), asked.c
    mine = (t.c.scope == "", t.c.matter == a.matter, t.c.holder == a.holder, t.c.day <= a.last, t.c.before.is_not(None))
    return func.coalesce(select(t.c.day).where(*mine).order_by(t.c.day.desc()).limit(1).correlate_except(t).scalar_subquery(), "")


def _of_sources() -> Select[Any]:
    s, asked = stances.c, listed(matter=str, holder=str, last=str)
    mine = and_(s.scope == "", s.matter == asked.c.matter, s.holder == asked.c.holder, s.day.between(_since(asked), asked.c.last))
    return select(asked.c.holder, asked.c.matter, select(func.sum(s.sources)).where(mine).correlate_except(stances).scalar_subquery())


def _told_last() -> tuple[Select[Any], Select[Any]]:
    """Where the words stand that tell of a stance since it was taken, those told last first: the first few for one stance, and the first, as one text,
    for each of several. Undated words tell of none."""
    s, asked = stands.c, listed(holder=str, matter=str, last=str, stance=str)
    mine = and_(s.holder == asked.c.holder, s.matter == asked.c.matter, s.day <= asked.c.last, s.day >= _since(asked), s.day > "", s.stance == asked.c.stance)
    order = (s.day.desc(), articles.c.key.desc(), s.evidence_start.desc(), s.evidence_end.desc())
    few = select(s.evidence_start, s.evidence_end, articles.c.key).join_from(asked, stands, mine).join(articles, articles.c.id == s.article)
    words = cast(s.evidence_start, Text) + " " + cast(s.evidence_end, Text) + " " + articles.c.key
    told = select(words).join_from(stands, articles, articles.c.id == s.article).where(mine).order_by(*order).limit(1)
    first = told.correlate_except(stands, articles).scalar_subquery()
    return few.order_by(*order).limit(_WORDS), select(asked.c.holder, asked.c.matter, first)


_STANDS: Final = _of_stands()
_SOURCES: Final = _of_sources()
_TOLD, _LAST_TOLD = _told_last()
