"""Where the words of an occurrence's facts stand, and each two of its parties as something it is found by: lists of occurrences are read off
without unpacking what their reports tell."""

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
