"""Which stored reports print one wire: kept as reports come and go."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace

from sqlalchemy import Connection, delete, select

from mahdar.register import wires
from mahdar.register.filling import fill
from mahdar.register.given import given
from mahdar.register.ledger import Stand
from mahdar.register.schema import articles, copies, copy_marks
from mahdar.register.told import Told, pack_sketch, sketch_of
from mahdar.register.wires import BLOCKS, Sketch


def update(connection: Connection, come: Mapping[int, Told]) -> dict[int, str]:
    """Take in the sketches of new texts; the articles whose wire is another one now, with it, and the new ones with theirs."""
    listed = [(article,) for article in sorted(come)]
    asked = given(listed, article=int)
    before = {row.article: row for row in connection.execute(select(copies).join_from(asked, copies, copies.c.article == asked.c.article))}
    fresh = {article: told.sketch for article, told in come.items()}
    touched = {row.wire for row in before.values()} | _wires_of_copies(connection, fresh)
    members = _members(connection, touched)
    sketches = {**{article: sketch for article, (sketch, _) in members.items()}, **fresh}
    wire_of = wires.wires(sketches.values())
    held = {article: wire for article, (_, wire) in members.items()}
    changed = {article: wire for article, sketch in sketches.items() if (wire := wire_of[sketch.report]) != held.get(article) or article in fresh}
    _write(connection, fresh, changed, before.keys())
    return changed


def _wires_of_copies(connection: Connection, fresh: Mapping[int, Sketch]) -> set[str]:
    """The wires of the stored reports that are copies of the new ones."""
    by_mark: dict[int, list[Sketch]] = {}
    for sketch in fresh.values():
        for mark in sketch.hashes[:BLOCKS]:
            by_mark.setdefault(mark, []).append(sketch)
    asked = given(((mark,) for mark in sorted(by_mark)), mark=int)
    query = select(copy_marks.c.mark, copy_marks.c.article, copies.c.wire, copies.c.sketch, articles.c.key)
    query = query.join_from(asked, copy_marks, copy_marks.c.mark == asked.c.mark).join(copies, copies.c.article == copy_marks.c.article)
    out: set[str] = set()
    for row in connection.execute(query.join(articles, articles.c.id == copies.c.article)):
        if row.article not in fresh and row.wire not in out:
            there = sketch_of(row.key, row.sketch)
            if any(wires.copies(one, there) for one in by_mark[row.mark]):
                out.add(row.wire)
    return out


def _members(connection: Connection, touched: set[str]) -> dict[int, tuple[Sketch, str]]:
    if not touched:
        return {}
    asked = given(((wire,) for wire in sorted(touched)), wire=str)
    query = select(copies.c.article, copies.c.wire, copies.c.sketch, articles.c.key).join_from(asked, copies, copies.c.wire == asked.c.wire)
    rows = connection.execute(query.join(articles, articles.c.id == copies.c.article))
    return {row.article: (sketch_of(row.key, row.sketch), row.wire) for row in rows}


def _write(connection: Connection, fresh: Mapping[int, Sketch], changed: Mapping[int, str], before: Collection[int]) -> None:
    gone = sorted(fresh.keys() & set(before))
    if gone:
        connection.execute(delete(copy_marks).where(copy_marks.c.article.in_(gone)))
        connection.execute(delete(copies).where(copies.c.article.in_(gone)))
    if fresh:
        fill(connection, copies, [{"article": a, "wire": changed[a], "sketch": pack_sketch(s)} for a, s in fresh.items()])
        marks = sorted((mark, article) for article, sketch in fresh.items() for mark in set(sketch.hashes[:BLOCKS]))
        fill(connection, copy_marks, [{"mark": mark, "article": article} for mark, article in marks])
    for article, wire in sorted(changed.items()):
        if article not in fresh:
            connection.execute(copies.update().where(copies.c.article == article).values(wire=wire))


def printed(stand: Stand, wire_of: Mapping[str, str]) -> Stand:
    """A stand as the wire's that its report prints."""
    return replace(stand, wire=wire_of.get(stand.wire, stand.wire))
