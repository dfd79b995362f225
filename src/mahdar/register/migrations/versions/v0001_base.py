"""The first tables."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
INTEGER = sa.Integer()
TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    _articles()
    _items()
    _events()
    _of_events()


def _articles() -> None:
    """Articles, their versions, what was refused, and what is yet to be taken in."""
    op.create_table(
        "articles",
        sa.Column("id", ID, nullable=False),
        sa.Column("key", TEXT, nullable=False),
        sa.Column("source", TEXT, nullable=False),
        sa.Column("url", TEXT, nullable=False),
        sa.Column("title", TEXT, nullable=False),
        sa.Column("published", TEXT),
        sa.Column("day", TEXT),
        sa.Column("version", INTEGER, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_articles"),
        sa.UniqueConstraint("key", name="uq_articles_key"),
    )
    op.create_index("ix_articles_day", "articles", ["day"])
    op.create_index("ix_articles_source_day", "articles", ["source", "day"])
    op.create_table(
        "meta",
        sa.Column("key", TEXT, nullable=False),
        sa.Column("value", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_meta"),
    )
    op.create_table(
        "rejects",
        sa.Column("id", ID, nullable=False),
        sa.Column("input", TEXT, nullable=False),
        sa.Column("line", INTEGER, nullable=False),
        sa.Column("reason", TEXT, nullable=False),
        sa.Column("message", TEXT, nullable=False),
        sa.Column("seen", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_rejects"),
        sa.UniqueConstraint("input", "line", name="uq_rejects_input_line"),
    )
    op.create_table(
        "pending",
        sa.Column("article", ID, nullable=False),
        sa.ForeignKeyConstraint(["article"], ["articles.id"], name="fk_pending_article", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("article", name="pk_pending"),
    )
    op.create_table(
        "versions",
        sa.Column("article", ID, nullable=False),
        sa.Column("number", INTEGER, autoincrement=False, nullable=False),
        sa.Column("digest", TEXT, nullable=False),
        sa.Column("source", TEXT, nullable=False),
        sa.Column("url", TEXT, nullable=False),
        sa.Column("title", TEXT, nullable=False),
        sa.Column("published", TEXT),
        sa.Column("text", TEXT, nullable=False),
        sa.Column("record", sa.LargeBinary(), nullable=False),
        sa.Column("lexicon", TEXT, nullable=False),
        sa.Column("read_at", TEXT, nullable=False),
        sa.ForeignKeyConstraint(["article"], ["articles.id"], name="fk_versions_article", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("article", "number", name="pk_versions"),
        sa.UniqueConstraint("article", "digest", name="uq_versions_article_digest"),
    )
    op.create_index("ix_versions_lexicon", "versions", ["lexicon"])


def _items() -> None:
    """Who is named in the records of current versions, what they say, and where they stand."""
    op.create_table(
        "actors",
        sa.Column("article", ID, nullable=False),
        sa.Column("actor", TEXT, nullable=False),
        sa.Column("n", INTEGER, nullable=False),
        sa.Column("kind", TEXT, nullable=False),
        sa.Column("name", TEXT, nullable=False),
        sa.Column("name_en", TEXT),
        sa.Column("romanised", sa.Boolean(), nullable=False),
        sa.Column("code", TEXT),
        sa.Column("role", TEXT),
        sa.Column("lexicon", TEXT),
        sa.Column("mentions", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["article"], ["articles.id"], name="fk_actors_article", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("article", "actor", name="pk_actors"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_actors_code_article", "actors", ["code", "article"])
    op.create_index("ix_actors_lexicon_article", "actors", ["lexicon", "article"])
    op.create_table(
        "positions",
        sa.Column("article", ID, nullable=False),
        sa.Column("n", INTEGER, autoincrement=False, nullable=False),
        sa.Column("holder", TEXT, nullable=False),
        sa.Column("code", TEXT),
        sa.Column("issue", TEXT),
        sa.Column("toward", TEXT),
        sa.Column("toward_code", TEXT),
        sa.Column("stance", TEXT, nullable=False),
        sa.Column("evidence_start", INTEGER, nullable=False),
        sa.Column("evidence_end", INTEGER, nullable=False),
        sa.Column("rule", TEXT, nullable=False),
        sa.Column("day", TEXT),
        sa.ForeignKeyConstraint(["article"], ["articles.id"], name="fk_positions_article", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("article", "n", name="pk_positions"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_positions_code_day", "positions", ["code", "day"])
    op.create_index("ix_positions_issue_code_day", "positions", ["issue", "code", "day"])
    op.create_index("ix_positions_issue_day", "positions", ["issue", "day"])
    op.create_index("ix_positions_toward_code_code_day", "positions", ["toward_code", "code", "day"])
    op.create_table(
        "statements",
        sa.Column("article", ID, nullable=False),
        sa.Column("n", INTEGER, autoincrement=False, nullable=False),
        sa.Column("speaker", TEXT),
        sa.Column("code", TEXT),
        sa.Column("mode", TEXT, nullable=False),
        sa.Column("via", TEXT),
        sa.Column("cue_start", INTEGER, nullable=False),
        sa.Column("cue_end", INTEGER, nullable=False),
        sa.Column("content_start", INTEGER, nullable=False),
        sa.Column("content_end", INTEGER, nullable=False),
        sa.Column("rule", TEXT, nullable=False),
        sa.Column("day", TEXT),
        sa.ForeignKeyConstraint(["article"], ["articles.id"], name="fk_statements_article", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("article", "n", name="pk_statements"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_statements_code_day", "statements", ["code", "day"])
    op.create_index("ix_statements_day", "statements", ["day"])


def _events() -> None:
    """What is done in them."""
    op.create_table(
        "events",
        sa.Column("article", ID, nullable=False),
        sa.Column("n", INTEGER, autoincrement=False, nullable=False),
        sa.Column("type", TEXT, nullable=False),
        sa.Column("mode", TEXT),
        sa.Column("status", TEXT, nullable=False),
        sa.Column("date", TEXT),
        sa.Column("day", TEXT),
        sa.Column("place", TEXT),
        sa.Column("about", sa.JSON(), nullable=False),
        sa.Column("evidence_start", INTEGER, nullable=False),
        sa.Column("evidence_end", INTEGER, nullable=False),
        sa.Column("occasion_start", INTEGER),
        sa.Column("occasion_end", INTEGER),
        sa.Column("trigger_start", INTEGER),
        sa.Column("trigger_end", INTEGER),
        sa.Column("rule", TEXT, nullable=False),
        sa.ForeignKeyConstraint(["article"], ["articles.id"], name="fk_events_article", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("article", "n", name="pk_events"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_events_day", "events", ["day"])
    op.create_index("ix_events_type_day", "events", ["type", "day"])


def _of_events() -> None:
    """What hangs on an event."""
    op.create_table(
        "event_issues",
        sa.Column("article", ID, autoincrement=False, nullable=False),
        sa.Column("n", INTEGER, autoincrement=False, nullable=False),
        sa.Column("issue", TEXT, nullable=False),
        sa.Column("day", TEXT),
        sa.ForeignKeyConstraint(["article", "n"], ["events.article", "events.n"], name="fk_event_issues_article_n", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("article", "n", "issue", name="pk_event_issues"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_event_issues_issue_day", "event_issues", ["issue", "day"])
    op.create_table(
        "event_pairs",
        sa.Column("article", ID, autoincrement=False, nullable=False),
        sa.Column("n", INTEGER, autoincrement=False, nullable=False),
        sa.Column("a", TEXT, nullable=False),
        sa.Column("b", TEXT, nullable=False),
        sa.Column("doer", TEXT),
        sa.Column("type", TEXT, nullable=False),
        sa.Column("status", TEXT, nullable=False),
        sa.Column("day", TEXT),
        sa.ForeignKeyConstraint(["article", "n"], ["events.article", "events.n"], name="fk_event_pairs_article_n", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("article", "n", "a", "b", name="pk_event_pairs"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_event_pairs_a_b_day", "event_pairs", ["a", "b", "day"])
    op.create_index("ix_event_pairs_a_b_type_day", "event_pairs", ["a", "b", "type", "day"])
    op.create_table(
        "event_parties",
        sa.Column("article", ID, autoincrement=False, nullable=False),
        sa.Column("n", INTEGER, autoincrement=False, nullable=False),
        sa.Column("side", TEXT, nullable=False),
        sa.Column("place", INTEGER, autoincrement=False, nullable=False),
        sa.Column("actor", TEXT, nullable=False),
        sa.Column("code", TEXT),
        sa.Column("type", TEXT, nullable=False),
        sa.Column("day", TEXT),
        sa.ForeignKeyConstraint(["article", "n"], ["events.article", "events.n"], name="fk_event_parties_article_n", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("article", "n", "side", "place", name="pk_event_parties"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_event_parties_code_day", "event_parties", ["code", "day"])
    op.create_index("ix_event_parties_code_type_day", "event_parties", ["code", "type", "day"])
