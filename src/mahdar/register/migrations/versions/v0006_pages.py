"""The lines of issues' pages, kept ready, and in how many articles of each publisher an actor is. What is derived from all stored articles is
made anew: what is asked without end is told apart now."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    op.create_table(
        "issue_parties",
        sa.Column("issue", TEXT, nullable=False),
        sa.Column("code", TEXT, nullable=False),
        sa.Column("day", TEXT, nullable=False),
        sa.Column("article", ID, nullable=False),
        sa.ForeignKeyConstraint(["article"], ["articles.id"], name="fk_issue_parties_article", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("issue", "code", "day", "article", name="pk_issue_parties"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_issue_parties_article", "issue_parties", ["article"])
    op.create_table(
        "bearings",
        *(sa.Column(name, TEXT, nullable=False) for name in ("issue", "section", "rank", "said", "key", "day", "place")),
        sa.Column("sources", sa.Integer(), nullable=False),
        sa.Column("loose", sa.Boolean(), nullable=False),
        sa.Column("first", TEXT, nullable=False),
        sa.Column("last", TEXT, nullable=False),
        sa.Column("dated", sa.Boolean(), nullable=False),
        sa.Column("packed", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("issue", "section", "rank", name="pk_bearings"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_bearings_said", "bearings", ["issue", "section", "said", "rank", "day", "sources", "place", "dated", "last"])
    op.create_index("ix_bearings_issue_last_first", "bearings", ["issue", "last", "first"])
    op.create_index("ix_bearings_key", "bearings", ["key"])
    op.create_table(
        "actor_sources",
        sa.Column("source", TEXT, nullable=False),
        sa.Column("key", TEXT, nullable=False),
        sa.Column("articles", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("source", "key", name="pk_actor_sources"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_actor_sources_source_articles_key", "actor_sources", ["source", "articles", "key"])
    op.execute(
        "INSERT INTO actor_sources (source, key, articles) SELECT articles.source, actors.key, count(DISTINCT actors.article) "
        "FROM actors JOIN articles ON articles.id = actors.article WHERE substr(actors.key, 1, 1) <> '?' GROUP BY articles.source, actors.key"
    )
    op.create_index("ix_stances_told", "stances", ["scope", "matter", "holder", "day", "stance", "sources"])
    told = sa.text("before IS NOT NULL")
    op.create_index("ix_stances_turned", "stances", ["scope", "matter", "holder", "day"], sqlite_where=told, postgresql_where=told)
    op.create_table(
        "holdings",
        sa.Column("matter", TEXT, nullable=False),
        sa.Column("holder", TEXT, nullable=False),
        sa.PrimaryKeyConstraint("matter", "holder", name="pk_holdings"),
        sqlite_with_rowid=False,
    )
    op.execute("INSERT INTO holdings (matter, holder) SELECT DISTINCT matter, holder FROM stands")
    op.drop_table("told_issues")
    op.execute("INSERT INTO pending (article) SELECT id FROM articles WHERE id NOT IN (SELECT article FROM pending)")
