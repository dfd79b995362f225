"""How strongly two facts look like one event: named features whose weights stand below (fitted to the labelled pairs of ``tests/gold/links.jsonl``).

Scores look at two facts alone, so that they are the same in whatever order reports come.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Final, TypeVar

from mahdar.record import SYMMETRIC
from mahdar.register.facts import Fact, Sides

K = TypeVar("K")
WINDOW: Final = 4  # days between two reports of one event, or between the days they name
VISIT: Final = 2
BAR: Final = 0.0
WEIGHTS: Final[Mapping[str, float]] = {
    "bias": -3.8,
    "words": 6.7,  # part of the rarer words of the shorter sentence that the other one has
    "gist": 2.5,  # the same of title and lead
    "parties": 0.9,  # Jaccard of the parties' codes; one alone counts half
    "both sides": 1.4,  # the same doers do it to the same others
    "person": 0.35,  # a person named by both
    "other persons": -1.4,  # both name somebody in particular of one party, and nobody in common
    "turned": -0.9,  # who does it in one has it done in the other
    "same day": 0.4,  # both name the day, and it is one
    "other day": -0.5,  # both name a day, and it is another
    "gap": -0.2,  # days between the two, as far as known
    "place": 0.05,
    "other place": -0.05,
    "other party": -0.35,  # each has a party that the other has not
    "met another": -1.2,  # meetings with one party in common, each with one the other has not
    "one meets": -1.35,  # a meeting of which one names a single party
    "one party": -0.4,
    "in words": -0.2,
    "same parties meet": 0.25,
    "issue": 0.7,
    "other issue": -1.7,
    "act": 1.0,  # found by the same rule
    "type": -1.7,  # types of one family that differ
    "denied": -0.85,  # one denies what the other tells
    "ahead": -0.05,  # one tells of what is to come or may be, the other of what was
}


(
    _BIAS, _WORDS, _GIST, _PARTIES, _BOTH_SIDES, _PERSON, _OTHER_PERSONS, _TURNED, _SAME_DAY, _OTHER_DAY, _GAP, _PLACE, _OTHER_PLACE, _OTHER_PARTY, _MET_ANOTHER,
    _ONE_MEETS, _ONE_PARTY, _IN_WORDS, _SAME_PARTIES_MEET, _ISSUE, _OTHER_ISSUE, _ACT, _TYPE, _DENIED, _AHEAD,
) = WEIGHTS.values()  # fmt: skip
_MEETINGS: Final = frozenset(("CONSULT",))
_DEEDS: Final = frozenset(("AID", "RETREAT", "CONCEDE", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT", "COOPERATE", "AGREE"))
Weigh = Callable[[str], float]  # how rare a stem is that two facts have in common


def ruled_out(a: Fact, b: Fact) -> bool:
    """Can the two not be one event? Meetings on known different days never are; nor are two events of one report."""
    if a.family != b.family or not a.at or not b.at or abs(a.at - b.at) > WINDOW or a.cite.report == b.cite.report or a.codes.isdisjoint(b.codes):
        return True
    return other_meeting(a, b)


def other_meeting(a: Fact, b: Fact) -> bool:
    """Are they meetings on known different days? A visit lasts."""
    return dates_meeting(a) and dates_meeting(b) and _gap(a, b) > slack(a, b)


def dates_meeting(fact: Fact) -> bool:
    """Is its day that of a meeting? The day told with one that is called off may be the day it was called off."""
    return fact.type == "CONSULT" and fact.told and fact.status != "denied"


def _gap(a: Fact, b: Fact) -> int:
    """Days between the days two facts tell; none where one is not known."""
    return abs(a.day_at - b.day_at) if a.day_at and b.day_at else 0


def slack(a: Fact, b: Fact) -> int:
    """Days two tellings of one meeting may name apart: none, but a visit lasts."""
    return VISIT if "visit" in (a.mode, b.mode) else 0


def _others_named(a: Fact, b: Fact) -> bool:
    """Do both name somebody in particular of one party, and nobody in common?"""
    return any(code in b.called and named.isdisjoint(b.called[code]) for code, named in a.called.items())


def overlap(a: frozenset[str], b: frozenset[str], lighter: float, weigh: Weigh) -> float:
    """The weight of the common stems as part of the lighter side's; short texts prove less."""
    common = a & b
    return min(1.0, sum(map(weigh, sorted(common))) / max(lighter, 40.0)) if common else 0.0


def score(a: Fact, b: Fact, weigh: Weigh) -> float:
    """How strongly two facts look like one event; above :data:`BAR` they are joined. Texts are compared only where they can decide."""
    out = _of_sides(a.sides, b.sides) + _of_acts(a, b)
    if out + _WORDS + _GIST <= BAR:
        return out
    out += _WORDS * overlap(a.words, b.words, min(a.words_weight, b.words_weight), weigh)
    if out + _GIST <= BAR:
        return out
    return out + _GIST * overlap(a.gist, b.gist, min(a.gist_weight, b.gist_weight), weigh)


def _of_sides(a: Sides, b: Sides) -> float:
    """The part of a score that who does what to whom decides."""
    (type_, doers, others), (other_type, other_doers, other_others) = a, b
    mine, yours = doers | others, other_doers | other_others
    common = len(mine & yours)
    out = _BIAS + _PARTIES * (common / max(2, len(mine) + len(yours) - common))
    straight = (not doers.isdisjoint(other_doers)) + (not others.isdisjoint(other_others))
    turned = (not doers.isdisjoint(other_others)) + (not others.isdisjoint(other_doers))
    mutual = type_ in SYMMETRIC and other_type in SYMMETRIC
    if straight == 2 or mutual and turned == 2:
        out += _BOTH_SIDES
    elif turned > straight and not mutual:
        out += _TURNED
    meeting = type_ in _MEETINGS
    if common < len(mine) and common < len(yours):
        out += _MET_ANOTHER if meeting and common == 1 else _OTHER_PARTY
    if len(mine) == 1 or len(yours) == 1:
        out += _ONE_MEETS if meeting else _ONE_PARTY
    if not meeting and type_ not in _DEEDS:
        out += _IN_WORDS
    elif meeting and common > 1:
        out += _SAME_PARTIES_MEET
    return out if type_ == other_type else out + _TYPE


def _of_acts(a: Fact, b: Fact) -> float:
    """The part that asks no text and no party: persons, days, places, matters, the way it is told."""
    known = a.day_at and b.day_at
    gap = abs(a.day_at - b.day_at) if known else 1
    out = _GAP * min(gap, WINDOW)
    if not a.people.isdisjoint(b.people):
        out += _PERSON
    if a.called and b.called and _others_named(a, b):
        out += _OTHER_PERSONS
    if a.told and b.told:
        out += _OTHER_DAY if known and gap else _SAME_DAY
    if a.place and b.place:
        out += _PLACE if a.place == b.place else _OTHER_PLACE
    if a.issues and b.issues:
        out += _OTHER_ISSUE if set(a.issues).isdisjoint(b.issues) else _ISSUE
    if a.rule == b.rule:
        out += _ACT
    if a.ahead != b.ahead:
        out += _AHEAD
    if (a.status == "denied") != (b.status == "denied"):
        out += _DENIED
    return out


_MOST_OF_ACTS: Final = _PERSON + _SAME_DAY + _PLACE + _ISSUE  # what the acts can give at the most, but for the rule
_SURE: Final = 1e-6  # more than adding up in another order can change


def alike(one: Fact, others: Iterable[tuple[K, Fact]], weigh: Weigh, gists: dict[str, float]) -> Iterator[tuple[K, float]]:
    """Which of some facts near in time that share a family and a party with ``one`` look like one event with it, with their scores.

    Most do not, and what costs least to know tells so: the parties, which come again and again; the gist, which all facts of two reports share
    (``gists`` are those known of the report of ``one``, by the other one); at last the words of the sentences.
    """
    words, rule, report = one.words, one.rule, one.cite.report
    known: dict[Sides, float] = {}
    for name, other in others:
        if other.cite.report == report or other_meeting(one, other):
            continue
        most = known.get(other.sides)
        if most is None:
            most = known[other.sides] = _of_sides(one.sides, other.sides) + _MOST_OF_ACTS + _SURE
        if other.rule == rule:
            most += _ACT
        if most + _WORDS + _GIST <= BAR:
            continue
        gist = gists.get(other.cite.report)
        if gist is None:
            gist = gists[other.cite.report] = _GIST * overlap(one.gist, other.gist, min(one.gist_weight, other.gist_weight), weigh)
        most += gist
        if most <= BAR:
            lighter = max(min(one.words_weight, other.words_weight), 40.0)
            if most + _WORDS * sum(map(weigh, words & other.words)) / lighter <= BAR:
                continue
        value = score(one, other, weigh) if one.key < other.key else score(other, one, weigh)
        if value > BAR:
            yield name, value
