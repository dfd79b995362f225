"""Requests and what came of them: open, accepted, refused or conditional, with both sides' accounts where they differ.

A request is what one party asks of another within some weeks, however many reports and channels tell it. Answers are acts of the party asked
toward the one who asks, on the same matter. An account is what one party, or a reporter in nobody's name, says of it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from typing import Final, Literal

from mahdar.register.cite import Cite
from mahdar.register.cluster import chained, touched
from mahdar.register.facts import Fact, ordinal

Outcome = Literal["open", "accepted", "refused", "conditional"]
Saying = Literal["asked", "accepted", "refused", "conditional", "will not", "denied"]

WINDOW: Final = 21  # days between two tellings of one request
ANSWER: Final = 60  # days in which an answer may come
_YES: Final = frozenset(("AGREE", "CONCEDE", "COOPERATE", "AID"))
_NO: Final = frozenset(("REJECT",))
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


def blocks(fact: Fact) -> tuple[str, ...]:
    """Keys of the requests a fact can bear on: the two parties, and the windows its report lies in."""
    at = ordinal(fact.published) // (ANSWER + 1)
    pairs = {tuple(sorted((t.asker, t.asked))) for t in tellings(fact)}
    return tuple(f"request/{a}/{b}/{w}" for a, b in sorted(pairs) for w in (at, at + 1))


def linked(a: Fact, b: Fact) -> bool:
    """Can two facts bear on one request?"""
    return any(together(x, y) for x in tellings(a) for y in tellings(b))


def touched_by(fresh: Iterable[Fact], fetch: Callable[[Collection[str]], Iterable[Fact]]) -> list[Fact]:
    """The facts whose requests the fresh ones can change, with them."""
    return touched(fresh, fetch, key=lambda f: f.key, blocks=blocks, linked=linked)


def requests(facts: Iterable[Fact]) -> tuple[Request, ...]:
    """The requests that the facts tell of, in order of day and id."""
    out = [found for members in clusters(t for fact in facts for t in tellings(fact)) if (found := request_of(members)) is not None]
    return tuple(sorted(out, key=lambda r: (r.first, r.id)))


def clusters(told: Iterable[Told]) -> list[list[Told]]:
    """The tellings that bear on one request each, by way of others where need be; also those that no asking belongs to."""
    return chained(told, key=lambda t: t.key, among=lambda t: (t.asker, t.asked), at=told_at, reach=ANSWER, linked=together)


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
    return -2 <= answer <= ANSWER and _one_matter(a.fact, b.fact, near=True)


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
