"""What all reports together add up to: copies, occurrences, requests, commitments and the ledger. All stored articles wait to be taken in."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    _told()
    _occurrences()
    _tellings()
    _requests()
    _commitments()
    _ledger()
    op.execute("INSERT INTO pending (article) SELECT id FROM articles WHERE id NOT IN (SELECT article FROM pending)")


def _told() -> None:
    """What each report tells, and its copies."""
    op.create_table(
        "told",
        sa.Column("article", ID, nullable=False),
        sa.Column("packed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["article"], ["articles.id"], name="fk_told_article", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("article", name="pk_told"),
    )
    op.create_table(
        "told_issues",
        sa.Column("issue", TEXT, nullable=False),
        sa.Column("day", TEXT, nullable=False),
        sa.Column("article", ID, nullable=False),
        sa.ForeignKeyConstraint(["article"], ["articles.id"], name="fk_told_issues_article", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("issue", "day", "article", name="pk_told_issues"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "copies",
        sa.Column("article", ID, nullable=False),
        sa.Column("wire", TEXT, nullable=False),
        sa.Column("sketch", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["article"], ["articles.id"], name="fk_copies_article", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("article", name="pk_copies"),
    )
    op.create_index("ix_copies_wire", "copies", ["wire"])
    op.create_table(
        "copy_marks",
        sa.Column("mark", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("article", ID, nullable=False),
        sa.ForeignKeyConstraint(["article"], ["articles.id"], name="fk_copy_marks_article", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("mark", "article", name="pk_copy_marks"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "called",
        sa.Column("code", TEXT, nullable=False),
        sa.Column("name", TEXT, nullable=False),
        sa.Column("times", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("code", "name", name="pk_called"),
        sqlite_with_rowid=False,
    )


def _occurrences() -> None:
    """Events in the world."""
    op.create_table(
        "fact_blocks",
        sa.Column("block", TEXT, nullable=False),
        sa.Column("at", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("article", ID, nullable=False),
        sa.Column("n", sa.Integer(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(["article"], ["articles.id"], name="fk_fact_blocks_article", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("block", "at", "article", "n", name="pk_fact_blocks"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "fact_links",
        sa.Column("article", ID, nullable=False),
        sa.Column("n", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("other", ID, autoincrement=False, nullable=False),
        sa.Column("other_n", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("score", sa.Float(precision=53), nullable=False),
        sa.ForeignKeyConstraint(["article"], ["articles.id"], name="fk_fact_links_article", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["other"], ["articles.id"], name="fk_fact_links_other", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("article", "n", "other", "other_n", name="pk_fact_links"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_fact_links_other", "fact_links", ["other"])
    op.create_table(
        "occurrences",
        sa.Column("key", TEXT, nullable=False),
        sa.Column("cluster", TEXT, nullable=False),
        sa.Column("type", TEXT, nullable=False),
        sa.Column("status", TEXT, nullable=False),
        sa.Column("doers", sa.JSON(), nullable=False),
        sa.Column("others", sa.JSON(), nullable=False),
        sa.Column("people", sa.JSON(), nullable=False),
        sa.Column("day", TEXT, nullable=False),
        sa.Column("date", TEXT),
        sa.Column("place", TEXT),
        sa.Column("issues", sa.JSON(), nullable=False),
        sa.Column("sources", sa.Integer(), nullable=False),
        sa.Column("disagreements", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_occurrences"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_occurrences_cluster", "occurrences", ["cluster"])
    op.create_table(
        "occurrence_members",
        sa.Column("article", ID, nullable=False),
        sa.Column("n", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("occurrence", TEXT, nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["article"], ["articles.id"], name="fk_occurrence_members_article", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("article", "n", name="pk_occurrence_members"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_occurrence_members_occurrence_rank", "occurrence_members", ["occurrence", "rank"])
    op.create_table(
        "occurrence_marks",
        sa.Column("mark", TEXT, nullable=False),
        sa.Column("day", TEXT, nullable=False),
        sa.Column("occurrence", TEXT, nullable=False),
        sa.ForeignKeyConstraint(["occurrence"], ["occurrences.key"], name="fk_occurrence_marks_occurrence", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("mark", "day", "occurrence", name="pk_occurrence_marks"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_occurrence_marks_occurrence", "occurrence_marks", ["occurrence"])


def _tellings() -> None:
    """What single facts tell of requests and promises."""
    op.create_table(
        "tellings",
        sa.Column("kind", TEXT, nullable=False),
        sa.Column("a", TEXT, nullable=False),
        sa.Column("b", TEXT, nullable=False),
        sa.Column("at", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("article", ID, nullable=False),
        sa.Column("n", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("says", TEXT, nullable=False),
        sa.Column("acted", sa.Integer(), nullable=False),
        sa.Column("cluster", TEXT),
        sa.ForeignKeyConstraint(["article"], ["articles.id"], name="fk_tellings_article", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("kind", "a", "b", "at", "article", "n", "says", name="pk_tellings"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_tellings_article", "tellings", ["article"])
    op.create_index("ix_tellings_cluster", "tellings", ["cluster"])
    op.create_index("ix_tellings_kind_a_acted", "tellings", ["kind", "a", "acted"])


def _requests() -> None:
    """What was asked."""
    op.create_table(
        "requests",
        sa.Column("key", TEXT, nullable=False),
        sa.Column("cluster", TEXT, nullable=False),
        sa.Column("asker", TEXT, nullable=False),
        sa.Column("asked", TEXT, nullable=False),
        sa.Column("type", TEXT, nullable=False),
        sa.Column("outcome", TEXT, nullable=False),
        sa.Column("issues", TEXT, nullable=False),
        sa.Column("people", TEXT, nullable=False),
        sa.Column("sources", TEXT, nullable=False),
        sa.Column("day", TEXT, nullable=False),
        sa.Column("latest", TEXT, nullable=False),
        sa.Column("ended", TEXT, nullable=False),
        sa.Column("published", TEXT, nullable=False),
        sa.Column("last", TEXT, nullable=False),
        sa.Column("told", TEXT, nullable=False),
        sa.Column("packed", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_requests"),
    )
    op.create_index("ix_requests_asked_day", "requests", ["asked", "day"])
    op.create_index("ix_requests_asker_day", "requests", ["asker", "day"])
    op.create_index("ix_requests_cluster", "requests", ["cluster"])
    op.create_index("ix_requests_day_key", "requests", ["day", "key"])
    op.create_index("ix_requests_latest_key_published", "requests", ["latest", "key", "published"])


def _commitments() -> None:
    """What was promised."""
    op.create_table(
        "commitments",
        sa.Column("key", TEXT, nullable=False),
        sa.Column("cluster", TEXT, nullable=False),
        sa.Column("promiser", TEXT, nullable=False),
        sa.Column("promisee", TEXT, nullable=False),
        sa.Column("type", TEXT, nullable=False),
        sa.Column("fate", TEXT, nullable=False),
        sa.Column("issues", TEXT, nullable=False),
        sa.Column("people", TEXT, nullable=False),
        sa.Column("sources", TEXT, nullable=False),
        sa.Column("day", TEXT, nullable=False),
        sa.Column("latest", TEXT, nullable=False),
        sa.Column("ended", TEXT, nullable=False),
        sa.Column("published", TEXT, nullable=False),
        sa.Column("last", TEXT, nullable=False),
        sa.Column("told", TEXT, nullable=False),
        sa.Column("packed", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_commitments"),
    )
    op.create_index("ix_commitments_cluster", "commitments", ["cluster"])
    op.create_index("ix_commitments_day_key", "commitments", ["day", "key"])
    op.create_index("ix_commitments_latest_key_published", "commitments", ["latest", "key", "published"])
    op.create_index("ix_commitments_promisee_day", "commitments", ["promisee", "day"])
    op.create_index("ix_commitments_promiser_day", "commitments", ["promiser", "day"])


def _ledger() -> None:
    """Where everybody stands."""
    op.create_table(
        "stands",
        sa.Column("article", ID, nullable=False),
        sa.Column("n", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("holder", TEXT, nullable=False),
        sa.Column("matter", TEXT, nullable=False),
        sa.Column("stance", TEXT, nullable=False),
        sa.Column("day", TEXT, nullable=False),
        sa.Column("evidence_start", sa.Integer(), nullable=False),
        sa.Column("evidence_end", sa.Integer(), nullable=False),
        sa.Column("wire", TEXT, nullable=False),
        sa.Column("source", TEXT, nullable=False),
        sa.ForeignKeyConstraint(["article"], ["articles.id"], name="fk_stands_article", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("article", "n", name="pk_stands"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_stands_holder_matter_day", "stands", ["holder", "matter", "day"])
    op.create_index("ix_stands_matter_day", "stands", ["matter", "day"])
    op.create_table(
        "stances",
        sa.Column("scope", TEXT, nullable=False),
        sa.Column("holder", TEXT, nullable=False),
        sa.Column("matter", TEXT, nullable=False),
        sa.Column("day", TEXT, nullable=False),
        sa.Column("stance", TEXT, nullable=False),
        sa.Column("sources", sa.Integer(), nullable=False),
        sa.Column("first", sa.JSON(), nullable=False),
        sa.Column("last", sa.JSON(), nullable=False),
        sa.Column("before", TEXT),
        sa.Column("before_day", TEXT),
        sa.Column("before_last", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("scope", "holder", "matter", "day", name="pk_stances"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_stances_turns", "stances", ["scope", "day"], sqlite_where=sa.text("before IS NOT NULL"), postgresql_where=sa.text("before IS NOT NULL"))
