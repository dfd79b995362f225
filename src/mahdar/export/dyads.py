"""Who stands against whom in an event, two by two."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, permutations, product
from typing import Final, NamedTuple

from mahdar.register.answers import EventRow, Party

# What is done with each other. (The record's SYMMETRIC also holds REJECT, whose direction only its scorer overlooks.)
MUTUAL: Final = frozenset(("CONSULT", "AGREE", "COOPERATE"))


class Dyad(NamedTuple):
    """A doer and the one it is done to; one side may be missing (then the event is monadic). ``mutual``: there is the same the other way round."""

    source: Party | None
    target: Party | None
    mutual: bool = False


def directed(row: EventRow) -> Iterator[Dyad]:
    """As CAMEO has it: each doer with each recipient, and in mutual acts everybody with everybody else, both ways."""
    if row.type in MUTUAL and len(row.who) + len(row.whom) > 1:
        yield from (Dyad(a, b, True) for a, b in permutations((*row.who, *row.whom), 2))
    elif row.who and row.whom:
        yield from (Dyad(a, b) for a, b in product(row.who, row.whom))
    else:
        yield from (Dyad(a, None) for a in row.who)
        yield from (Dyad(None, b) for b in row.whom)


def pairs(row: EventRow) -> set[tuple[str, str]]:
    """Each two codes that stand against each other, once; of one code nothing is a pair."""
    whos, whoms = ({party.code for party in side if party.code} for side in (row.who, row.whom))
    found = {(min(a, b), max(a, b)) for a, b in product(whos, whoms) if a != b}
    if row.type in MUTUAL:
        found.update(combinations(sorted(whos | whoms), 2))
    return found
