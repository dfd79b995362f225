"""Requests and what came of them: open, accepted, refused or conditional, with both sides' accounts where they differ.

A request is what one party asks of another within some weeks, however many reports and channels tell it. Answers are acts of the party asked
toward the one who asks, on the same matter. An account is what one party, or a reporter in nobody's name, says of it. What is asked again more
than a week after it was answered is a new request; and what is asked on and on is one request a quarter of the year (:class:`Links`).
"""

from __future__ import annotations

import hashlib
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Final, Literal

from mahdar.register.cite import Cite
from mahdar.register.cluster import Groups
from mahdar.register.facts import Fact, ordinal

Outcome = Literal["open", "accepted", "refused", "conditional"]
Saying = Literal["asked", "accepted", "refused", "conditional", "will not", "denied"]

WINDOW: Final = 21  # days between two tellings of one request
ANSWER: Final = 60  # days in which an answer may come
AGAIN: Final = 7  # days behind an answer in which the request is still told of; who asks later asks anew
_EARLY: Final = 2  # days by which the report of an answer may come before that of the request
_ON_AND_ON: Final = (22, 90)  # days before a quarter in which the matter was asked about, where it ends with the quarter
SIGHT: Final = 2 * ANSWER + _ON_AND_ON[1]  # no telling farther than this from one of two decides whether they belong together
_YES: Final = frozenset(("AGREE", "CONCEDE", "COOPERATE", "AID"))
_NO: Final = frozenset(("REJECT",))
_ANSWERS: Final = frozenset(("accepted", "refused", "conditional"))
_ASKING_WORDS: Final = frozenset(("طلب", "دعو", "عرض", "اقتراح", "مطلب", "مطالب", "نداء", "طلبا", "عرضا"))  # stems: a refusal of these presupposes a request


@dataclass(frozen=True, slots=True)
class Account:
    """What ``by`` (a code; empty for a reporter in nobody's name) says of the request, in the words of ``cite``."""

    by: str
    says: Saying
    day: str
    cite: Cite


@dataclass(frozen=True, slots=True)
class Request:
    """``asker`` asks something of ``asked``; codes. ``differ`` says that the accounts of the two parties contradict each other."""

    id: str
    asker: str
    asked: str
    issues: tuple[str, ...]
    first: str
    last: str
    outcome: Outcome
    accounts: tuple[Account, ...]
    differ: bool
    facts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """One telling that bears on a request between ``asker`` and ``asked``."""

    key: str
    asker: str
    asked: str
    fact: Fact
    account: Account
    asks: bool


def requests(facts: Iterable[Fact]) -> tuple[Request, ...]:
    """The requests that the facts tell of, in order of day and id."""
    out = [found for members in clusters(t for fact in facts for t in tellings(fact)) if (found := request_of(members)) is not None]
    return tuple(sorted(out, key=lambda r: (r.first, r.id)))


def clusters(told: Iterable[Told]) -> list[list[Told]]:
    """The tellings that bear on one request each, by way of others where need be; also those that no asking belongs to."""
    return [group for links in by_parties(told) for group in links.groups()]


def by_parties(told: Iterable[Told]) -> list[Links]:
    """Tellings by who asks whom."""
    apart: dict[tuple[str, str], list[Told]] = {}
    for one in told:
        apart.setdefault((one.asker, one.asked), []).append(one)
    return [Links(apart[parties]) for parties in sorted(apart)]


class Links:
    """What belongs together of all that is told of one party asking something of another.

    Two tellings belong together where they match (:func:`together`), but for two cases. What was answered, and asked again more than
    :data:`AGAIN` days later, is asked anew. And nothing is asked without end: where a matter was asked about weeks before a quarter of the year
    begins, what is asked in the quarter is another request. Tellings within :data:`SIGHT` days of two decide whether they belong together.
    """

    def __init__(self, told: Sequence[Told]) -> None:
        self.told = sorted(told, key=lambda t: (told_at(t), t.key))
        self._days = [told_at(t) for t in self.told]
        self._matching: dict[str, list[Told]] = {}
        self._answers: dict[str, int | None] = {}
        self._askings: dict[str, int | None] = {}

    def of(self, one: Told) -> Iterator[Told]:
        """The tellings that belong together with one."""
        return (other for other in self._matches(one) if self._belong(one, other))

    def groups(self, among: Collection[str] | None = None) -> list[list[Told]]:
        """All of them, each group in order of key; or those with the keys ``among``, where nothing else belongs together with them."""
        chosen = [one for one in self.told if among is None or one.key in among]
        sets = Groups(one.key for one in chosen)
        for one in chosen:
            for other in self.of(one):
                sets.join(one.key, other.key)
        gathered: dict[str, list[Told]] = {}
        for one in sorted(chosen, key=lambda t: t.key):
            gathered.setdefault(sets.root(one.key), []).append(one)
        return list(gathered.values())

    def _between(self, first: int, last: int) -> list[Told]:
        return self.told[bisect_left(self._days, first) : bisect_right(self._days, last)]

    def _matches(self, one: Told) -> list[Told]:
        if one.key not in self._matching:
            at = told_at(one)
            self._matching[one.key] = [other for other in self._between(at - ANSWER, at + ANSWER) if other.key != one.key and together(one, other)]
        return self._matching[one.key]

    def _answered(self, asking: Told) -> int | None:
        """The day of the first answer to an asking; of a refusal that tells of the request, its own."""
        if asking.account.says in _ANSWERS:
            return told_at(asking)
        if asking.key not in self._answers:
            days = (told_at(t) for t in self._matches(asking) if t.account.says in _ANSWERS)
            self._answers[asking.key] = min((day for day in days if day >= told_at(asking) - _EARLY), default=None)
        return self._answers[asking.key]

    def _asked(self, one: Told) -> int | None:
        """The day on which what a telling goes with was last asked; None where only answers tell of it."""
        if one.account.says == "asked":
            return told_at(one)
        if one.key not in self._askings:
            days = (told_at(t) for t in self._matches(one) if t.account.says == "asked")
            self._askings[one.key] = max((day for day in days if day <= told_at(one) + _EARLY), default=None)
        return self._askings[one.key]

    def _belong(self, a: Told, b: Told) -> bool:
        first, second = (b, a) if not a.asks or b.asks and told_at(b) < told_at(a) else (a, b)
        answered, asked = self._answered(first), self._asked(second)
        if answered is not None and asked is not None and asked - answered > AGAIN:
            return False
        return not self._goes_on(first, second)

    def _goes_on(self, a: Told, one: Told) -> bool:
        """Does a quarter begin between the askings that two tellings go with, of a matter that was asked about long before?"""
        first, last = (told_at(t) if (day := self._asked(t)) is None else day for t in (a, one))
        begins = _quarter(last)
        if not first < begins <= last:
            return False
        near, far = _ON_AND_ON
        return any(t.asks and _one_matter(t.fact, one.fact) for t in self._between(begins - far, begins - near))


@lru_cache(maxsize=10_000)
def _quarter(day: int) -> int:
    """The number of the first day of the quarter of the year a day lies in; the day itself where it is not known."""
    if not day:
        return 0
    found = date.fromordinal(day)
    return date(found.year, (found.month - 1) // 3 * 3 + 1, 1).toordinal()


def told_at(told: Told) -> int:
    """The number of the day of the report."""
    return ordinal(told.fact.published)


def tellings(fact: Fact) -> list[Told]:
    """What one fact tells of requests: that X asks Y; that Y answers X; that X says it wants nothing of Y."""
    if fact.type == "REQUEST":
        says: Saying = "denied" if fact.status == "denied" else "asked"
        return [_one(fact, a, b, says, says == "asked") for a in sorted(fact.doer_codes) for b in sorted(fact.other_codes) if a != b]
    if fact.type in _NO and fact.status in ("actual", "planned") and not fact.mutual:
        asking = not _ASKING_WORDS.isdisjoint(fact.words)
        others = fact.other_codes or _named_other(fact)
        out = []
        for doer in sorted(fact.doer_codes):
            for other in sorted(others - {doer}):
                out.append(_one(fact, other, doer, "refused", asking))
                if not asking:  # who says it will not work with another denies wanting anything of it
                    out.append(_one(fact, doer, other, "will not", False))
        return out
    if fact.type == "COOPERATE" and fact.status == "denied":
        sides = sorted(fact.codes)
        return [_one(fact, a, b, "will not", False) for a in sides for b in sides if a != b and a in (fact.doer_codes | {fact.speaker})]
    if fact.type in _YES and fact.status in ("actual", "planned", "possible"):
        yes: Saying = "conditional" if fact.status == "possible" else "accepted"
        return [_one(fact, b, a, yes, False) for a in sorted(fact.doer_codes) for b in sorted(fact.other_codes) if a != b]
    return []


def _named_other(fact: Fact) -> frozenset[str]:
    """Those its words name where the record has no target (معارضتها للتعاون مع إيران في العراق): which of them asked, the request tells."""
    named = fact.named - fact.doer_codes
    return named if len(named) <= 3 else frozenset()


def _one(fact: Fact, asker: str, asked: str, says: Saying, asks: bool) -> Told:
    by = fact.speaker
    if says in ("accepted", "refused", "conditional") and not by:
        by = asked  # a reporter who says that a party refuses gives that party's account
    if says == "will not":
        by = asker
    return Told(f"{fact.key}|{asker}>{asked}|{says}", asker, asked, fact, Account(by, says, fact.day or fact.published, fact.cite), asks)


def together(a: Told, b: Told) -> bool:
    """Do two tellings bear on one request? The same two parties, near in time, and on one matter as far as both say."""
    if (a.asker, a.asked) != (b.asker, b.asked) or not (a.asks or b.asks):
        return False
    gap = ordinal(b.fact.published) - ordinal(a.fact.published)
    if a.asks and b.asks:
        return abs(gap) <= WINDOW and _one_matter(a.fact, b.fact)
    answer = -gap if b.asks else gap
    return -_EARLY <= answer <= ANSWER and _one_matter(a.fact, b.fact, near=True)


def bears_on(new: Told, other: Told) -> bool:
    """Can a telling that comes or goes change what another one belongs together with?"""
    if (new.asker, new.asked) != (other.asker, other.asked):
        return False
    later = told_at(other) - told_at(new)
    return together(new, other) or new.asks and _ON_AND_ON[0] <= later <= _ON_AND_ON[1] + ANSWER + _EARLY and _one_matter(new.fact, other.fact)


def _one_matter(a: Fact, b: Fact, *, near: bool = False) -> bool:
    """The same issue named by both; in one report, what names none takes the matter of the rest; else their words must meet."""
    if a.issues and b.issues:
        return not set(a.issues).isdisjoint(b.issues)
    if a.cite.report == b.cite.report:
        return not near or abs(a.sentence.start - b.sentence.start) < 1500
    return 3 * len(a.words & b.words) >= min(len(a.words), len(b.words)) > 0


def request_of(members: list[Told]) -> Request | None:
    """What the tellings of one cluster add up to; None where nobody asks."""
    askings = [t for t in members if t.asks]
    if not askings:
        return None
    first = min(askings, key=lambda t: (t.fact.published, t.fact.cite, t.key))
    accounts = tuple(sorted({t.account for t in members}, key=lambda a: (a.day, a.cite, a.by, a.says)))
    return Request(
        id="r" + hashlib.blake2b(first.key.encode(), digest_size=8).hexdigest(),
        asker=first.asker, asked=first.asked, issues=tuple(sorted({i for t in members for i in t.fact.issues})),
        first=min(t.account.day for t in members), last=max(t.account.day for t in members), outcome=_outcome(members), accounts=accounts,
        differ=_differ(first.asker, first.asked, accounts), facts=tuple(sorted({t.fact.key for t in members})),
    )  # fmt: skip


def _outcome(members: list[Told]) -> Outcome:
    """The last answer of the party asked; of answers on one day a refusal weighs more than a yes, a yes more than an if."""
    weight = {"refused": 2, "accepted": 1, "conditional": 0}
    answers = [t.account for t in members if t.account.says in weight]
    if not answers:
        return "open"
    last = max(answers, key=lambda a: (a.day, weight[a.says]))
    return "refused" if last.says == "refused" else "accepted" if last.says == "accepted" else "conditional"


def _differ(asker: str, asked: str, accounts: tuple[Account, ...]) -> bool:
    """One side says it was asked, the other that it wants nothing or did not ask."""
    asked_says = any(a.says in ("asked", "refused", "accepted") and a.by in (asked, "") for a in accounts)
    return asked_says and any(a.by == asker and a.says in ("will not", "denied") for a in accounts)
