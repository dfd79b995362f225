"""The lines of issues' pages, kept beside the occurrences, requests and commitments that they tell of."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Select, delete

from mahdar.register.commitments import Commitment
from mahdar.register.facts import Fact
from mahdar.register.filling import fill
from mahdar.register.lines import ADVERSARIES, Row, bearing, bears, issues_of, of_commitment, of_occurrence, of_request, pack, refusals
from mahdar.register.occurrences import Occurrence
from mahdar.register.requests import Request
from mahdar.register.schema import bearings


def forget(connection: Connection, keys: Select[Any]) -> None:
    """Take away the lines of what has these keys."""
    connection.execute(delete(bearings).where(bearings.c.key.in_(keys)))


def write(connection: Connection, rows: list[dict[str, Any]]) -> None:
    """Put in lines."""
    fill(connection, bearings, rows)


def of_this_occurrence(o: Occurrence, facts: Mapping[str, Fact], beside: Iterable[Fact]) -> list[dict[str, Any]]:
    """The rows of an occurrence; ``facts`` by key have all of its own, ``beside`` are all facts of its reports."""
    own = [facts[key] for key in o.facts]
    issues = issues_of(own)
    refused = refusals(beside) if issues else []
    days = [fact.published for fact in own]
    return [row for issue in issues for row in _rows(issue, o.id, of_occurrence(issue, o, bearing(facts, o.facts, issue), refused), days)]


def of_this_request(r: Request, told: Sequence[Fact]) -> list[dict[str, Any]]:
    """The rows of a request that these facts tell of."""
    facts, days = {fact.key: fact for fact in told}, [fact.published for fact in told]
    return [row for issue in issues_of(told) for row in _rows(issue, r.id, of_request(issue, r, bearing(facts, r.facts, issue)), days)]


def of_this_commitment(c: Commitment, told: Sequence[Fact], later: Sequence[Fact]) -> list[dict[str, Any]]:
    """The rows of a commitment that facts tell of; of the ``later`` ones some say what came of it."""
    facts = {fact.key: fact for fact in (*told, *later)}
    used = [facts[key] for key in c.facts]
    days = [fact.published for fact in (*told, *used)]
    return [row for issue in issues_of(used) for row in _rows(issue, c.id, of_commitment(issue, c, bearing(facts, c.facts, issue)), days)]


def parties(facts: Iterable[Fact]) -> set[tuple[str, str]]:
    """(issue, code): who takes part in coordination on an issue, as some facts tell."""
    return {
        (issue, code)
        for fact in facts
        for issue in {*fact.issues, *fact.context} if bears(fact, issue)
        for code in fact.codes - ADVERSARIES.get(issue, frozenset())
    }  # fmt: skip


def said(words: str) -> str:
    """The digest under which lines that say the same are found."""
    return hashlib.blake2b(words.encode(), digest_size=12).hexdigest()


def _rows(issue: str, key: str, rows: Iterable[Row], days: Sequence[str]) -> list[dict[str, Any]]:
    known = [day for day in days if day]
    first, last = min(known, default=""), max(known, default="")
    return [
        {
            "issue": issue, "section": row.section, "rank": row.rank, "said": said(row.said), "key": key, "day": row.line.day, "place": row.line.place,
            "sources": row.line.sources, "loose": row.loose, "first": first, "last": last, "dated": len(known) == len(days),
            "packed": json.dumps(pack(row.line), ensure_ascii=False, separators=(",", ":")),
        }
        for row in rows
    ]  # fmt: skip
