"""Lines of issues' pages that go on behind a day are found by an index of those that go on at all; what lines of one section are chosen by stands in
one index."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_index("ix_bearings_issue_last_first", "bearings")
    op.drop_index("ix_bearings_said", "bearings")
    op.create_index("ix_bearings_said", "bearings", ["issue", "section", "said", "rank", "day", "sources", "place", "dated", "last", "loose"])
    goes_on = sa.text("(last > first OR NOT dated)")
    op.create_index("ix_bearings_spans", "bearings", ["issue", "first"], sqlite_where=goes_on, postgresql_where=goes_on)
