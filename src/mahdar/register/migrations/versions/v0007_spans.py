"""Where the words of an occurrence's facts stand, each two of its parties as something it is found by, and what each statement is about: lists are
read off an index, without unpacking what reports tell. What is counted of two stands in the index itself."""

from __future__ import annotations

import json
import zlib
from itertools import combinations
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
AT_ONCE = 2_000
_COUNTED = {
    "two": ["a", "b", "day", "status", "type", "mode", "doer"], "first": ["a", "day", "status", "type", "b", "mode"], "second": ["b", "day", "status", "type", "a", "mode"],
}  # fmt: skip


def upgrade() -> None:
    op.rename_table("occurrence_members", "members_before")
    op.drop_index("ix_occurrence_members_occurrence_rank", "members_before")
    if op.get_bind().dialect.name == "postgresql":
        for name in ("pk_occurrence_members", "fk_occurrence_members_article"):
            op.drop_constraint(name, "members_before")
    op.create_table(
        "occurrence_members",
        sa.Column("article", ID, nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("occurrence", TEXT, nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("evidence_start", sa.Integer(), nullable=False),
        sa.Column("evidence_end", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["article"], ["articles.id"], name="fk_occurrence_members_article", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("article", "n", name="pk_occurrence_members"),
        sqlite_with_rowid=False,
    )
    _members(op.get_bind())
    op.drop_table("members_before")
    op.create_index("ix_occurrence_members_occurrence_rank", "occurrence_members", ["occurrence", "rank"])
    _pairs(op.get_bind())
    _statements()
    for name, columns in _COUNTED.items():
        op.create_index(f"ix_event_pairs_of_{name}", "event_pairs", columns)
    for old in ("a_b_day", "a_day", "b_day"):
        op.drop_index(f"ix_event_pairs_{old}", "event_pairs")


def _of_event(link: str) -> str:
    """What leads from an event's row in another table to the statements of its article."""
    return f"JOIN events x ON x.article = {link}.article AND x.n = {link}.n JOIN statements s ON s.article = {link}.article"


# What statements speak of: what their own words' events, pairs of parties and positions are about.
_WITHIN = "x.evidence_start < s.content_end AND x.evidence_end > s.content_start"
_READ = " UNION ".join((
    f"SELECT s.article, s.n, i.issue, s.code, s.day FROM event_issues i {_of_event('i')} WHERE {_WITHIN}",
    f"SELECT s.article, s.n, p.a || '|' || p.b, s.code, s.day FROM event_pairs p {_of_event('p')} WHERE {_WITHIN} AND s.code IN (p.a, p.b)",
    f"SELECT s.article, s.n, x.issue, s.code, s.day FROM positions x JOIN statements s ON s.article = x.article WHERE {_WITHIN} AND x.issue IS NOT NULL",
    "SELECT s.article, s.n, CASE WHEN x.code < x.toward_code THEN x.code || '|' || x.toward_code ELSE x.toward_code || '|' || x.code END, s.code, s.day "
    f"FROM positions x JOIN statements s ON s.article = x.article WHERE {_WITHIN} AND s.code IN (x.code, x.toward_code) AND x.code IS NOT NULL AND x.toward_code IS NOT NULL",
))


def _statements() -> None:
    op.create_table(
        "statement_matters",
        sa.Column("article", ID, nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("matter", TEXT, nullable=False),
        sa.Column("code", TEXT),
        sa.Column("day", TEXT),
        sa.ForeignKeyConstraint(["article", "n"], ["statements.article", "statements.n"], name="fk_statement_matters_article_n", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("article", "n", "matter", name="pk_statement_matters"),
        sqlite_with_rowid=False,
    )
    op.execute(f"INSERT INTO statement_matters (article, n, matter, code, day) {_READ}")
    op.create_index("ix_statement_matters_matter_day", "statement_matters", ["matter", "day"])
    op.create_index("ix_statement_matters_matter_code_day", "statement_matters", ["matter", "code", "day"])


def _members(connection: sa.Connection) -> None:
    """The spans stand in what each report tells."""
    put = sa.text("INSERT INTO occurrence_members (article, n, occurrence, rank, evidence_start, evidence_end) VALUES (:article, :n, :occurrence, :rank, :start, :end)")
    some = sa.text("SELECT article, packed FROM told WHERE article > :last ORDER BY article LIMIT :number")
    of_them = sa.text("SELECT article, n, occurrence, rank FROM members_before WHERE article > :last AND article <= :until")
    last = 0
    while found := connection.execute(some, {"last": last, "number": AT_ONCE}).all():
        spans = {row.article: json.loads(zlib.decompress(row.packed))[1] for row in found}
        members: list[dict[str, Any]] = [
            {"article": article, "n": n, "occurrence": occurrence, "rank": rank, "start": spans[article][n][1], "end": spans[article][n][2]}
            for article, n, occurrence, rank in connection.execute(of_them, {"last": last, "until": found[-1].article})
        ]
        if members:
            connection.execute(put, members)
        last = found[-1].article


def _pairs(connection: sa.Connection) -> None:
    put = sa.text("INSERT INTO occurrence_marks (mark, day, occurrence) VALUES (:mark, :day, :occurrence)")
    some = sa.text("SELECT key, day, doers, others FROM occurrences WHERE key > :last ORDER BY key LIMIT :number")
    last = ""
    while found := connection.execute(some.columns(doers=sa.JSON(), others=sa.JSON()), {"last": last, "number": AT_ONCE}).all():
        marks = [
            {"mark": f"{a}|{b}", "day": row.day, "occurrence": row.key} for row in found for a, b in combinations(sorted({*row.doers, *row.others}), 2)
        ]
        if marks:
            connection.execute(put, marks)
        last = found[-1].key
