"""The index of words, and what questions about pairs and actors walk along."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from mahdar.register.words import create

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    create(op.get_bind())
    op.create_index("ix_event_pairs_a_day", "event_pairs", ["a", "day"])
    op.create_index("ix_event_pairs_b_day", "event_pairs", ["b", "day"])
    op.create_index("ix_positions_toward_code_day", "positions", ["toward_code", "day"])
    # Persons are repeated where questions about them walk, as codes are.
    for table, actor, person in (
        ("event_parties", "actor", "person"),
        ("statements", "speaker", "person"),
        ("positions", "holder", "person"),
        ("positions", "toward", "toward_person"),
    ):
        op.add_column(table, sa.Column(person, TEXT))
        same = f"actors.article = {table}.article AND actors.actor = {table}.{actor}"
        op.execute(f"UPDATE {table} SET {person} = (SELECT lexicon FROM actors WHERE {same})")
        op.create_index(f"ix_{table}_{person}_day", table, [person, "day"])
    op.create_index("ix_actors_name_article", "actors", ["name", "article"])
    op.create_table(
        "actor_totals",
        sa.Column("code", TEXT, nullable=False),
        sa.Column("lexicon", TEXT, nullable=False),
        sa.Column("name", TEXT, nullable=False),
        sa.Column("articles", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("code", "lexicon", "name", name="pk_actor_totals"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_actor_totals_articles", "actor_totals", ["articles"])
    op.create_index("ix_actor_totals_code_articles", "actor_totals", ["code", "articles"])
    op.create_index("ix_actor_totals_lexicon", "actor_totals", ["lexicon"])
    op.execute(
        "INSERT INTO actor_totals (code, lexicon, name, articles) "
        "SELECT coalesce(code, ''), coalesce(lexicon, ''), CASE WHEN lexicon IS NULL THEN name ELSE '' END, count(DISTINCT article) "
        "FROM actors GROUP BY 1, 2, 3"
    )
