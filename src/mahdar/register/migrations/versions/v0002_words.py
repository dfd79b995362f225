"""The index of words."""

from __future__ import annotations

from alembic import op

from mahdar.register.words import create

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    create(op.get_bind())
    op.create_index("ix_event_pairs_b_day", "event_pairs", ["b", "day"])
