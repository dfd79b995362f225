"""What is derived, computed anew from all stored reports, and compared with the tables."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import combinations
from typing import Any

from made_reports import fact_reader
from sqlalchemy import select

from mahdar.register import copying
from mahdar.register.asking import commitment_from, request_from
from mahdar.register.commitments import commitments
from mahdar.register.facts import FactReader
from mahdar.register.ledger import changes, ledger
from mahdar.register.occurrences import occurrences
from mahdar.register.requests import requests
from mahdar.register.schema import articles, called, copies, pending, stances, told
from mahdar.register.schema import commitments as commitment_table
from mahdar.register.schema import occurrence_marks as marks
from mahdar.register.schema import occurrence_members as members
from mahdar.register.schema import occurrences as occurrence_table
from mahdar.register.schema import requests as request_table
from mahdar.register.store import Store, read_reports
from mahdar.register.told import Facts, tell
from mahdar.register.wires import wires


def tables(store: Store) -> dict[str, Any]:
    """What the tables say."""
    with store.reading() as connection:
        assert not connection.execute(select(pending)).all()
        found = {row.key: Facts(row.packed) for row in connection.execute(select(articles.c.key, told.c.packed).join_from(told, articles))}
        rows = connection.execute(select(articles.c.key, members).join_from(members, articles).order_by(members.c.occurrence, members.c.rank))
        held: dict[str, list[str]] = {}
        for row in rows:
            fact = found[row.key][row.n]
            assert fact.cite.span == (row.evidence_start, row.evidence_end)
            held.setdefault(row.occurrence, []).append(fact.key)
        marked: dict[str, set[str]] = {}
        for row in connection.execute(select(marks)):
            marked.setdefault(row.occurrence, set()).add(row.mark)
        o = occurrence_table
        turns = select(stances).where(stances.c.before.is_not(None))
        return {
            "facts": sorted((fact for facts in found.values() for fact in facts), key=lambda fact: fact.key),
            "wires": {row.key: row.wire for row in connection.execute(select(articles.c.key, copies.c.wire).join_from(copies, articles))},
            "occurrences": {
                row["key"]: [tuple(held[row["key"]]), marked[row["key"]], *(row[name] for name in o.c.keys() if name not in ("key", "cluster"))]  # noqa: SIM118
                for row in connection.execute(select(o)).mappings()
            },
            "requests": {request_from(packed) for packed in connection.execute(select(request_table.c.packed)).scalars()},
            "commitments": {commitment_from(packed) for packed in connection.execute(select(commitment_table.c.packed)).scalars()},
            "turns": {
                scope: {
                    (row.holder, row.matter, row.day, row.stance, json.dumps(row.first), row.before, row.before_day, json.dumps(row.before_last))
                    for row in connection.execute(turns)
                    if row.scope == scope
                }
                for scope in sorted({row.scope for row in connection.execute(select(stances.c.scope))})
            },
            "names": Counter({(row.code, row.name): row.times for row in connection.execute(select(called))}),
        }  # fmt: skip


def anew(store: Store, reader: FactReader) -> dict[str, Any]:
    """The same from scratch."""
    with store.reading() as connection:
        everything = [tell(report, reader) for report in read_reports(connection)]
    facts = [fact for one in everything for fact in one.facts]
    wire_of = wires(one.sketch for one in everything)
    stands = [copying.printed(stand, wire_of) for one in everything for stand in one.stands if stand.day]
    source = {one.sketch.report: one.source for one in everything}
    scopes = {"": stands} | {name: [s for s in stands if source[s.cite.report] == name] for name in sorted({source[s.cite.report] for s in stands})}
    return {
        "facts": sorted(facts, key=lambda fact: fact.key),
        "wires": wire_of,
        "occurrences": {
            o.id: [
                o.facts, {"", o.type, *o.doers, *o.others, *o.people, *o.issues, *pairs(o.doers, o.others)}, o.type, o.status, list(o.doers), list(o.others), list(o.people),
                o.day, o.date, o.place, list(o.issues), o.sources, [[d.on, [[value, list(keys)] for value, keys in d.values]] for d in o.disagreements],
            ]
            for o in occurrences(facts, reader.weight, wire_of)
        },
        "requests": set(requests(facts)),
        "commitments": set(commitments(facts)),
        "turns": {
            scope: {
                (
                    c.holder, c.on, c.after.day, c.after.stance, json.dumps([c.after.cites[0].report, *c.after.cites[0].span]), c.before.stance, c.before.last,
                    json.dumps([c.before.cites[-1].report, *c.before.cites[-1].span]),
                )
                for c in changes(ledger(found))
            }
            for scope, found in scopes.items() if found
        },
        "names": sum((Counter(one.names) for one in everything), Counter()),
    }  # fmt: skip


def pairs(doers: Iterable[str], others: Iterable[str]) -> Iterator[str]:
    """Each two parties as what an occurrence is found by."""
    return (f"{a}|{b}" for a, b in combinations(sorted({*doers, *others}), 2))


def check(store: Store, reader: FactReader | None = None) -> dict[str, Any]:
    """The tables are what the stored reports add up to."""
    stored, expected = tables(store), anew(store, reader or fact_reader())
    for name, value in expected.items():
        assert stored[name] == value, name
    return stored
