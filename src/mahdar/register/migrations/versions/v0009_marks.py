"""What keeps or breaks a promise has marks of its words beside it, so that only what can do so is unpacked. Those of articles that are waiting to be made
anew come with that."""

from __future__ import annotations

import json
import zlib

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

_AT_ONCE = 2_000


def upgrade() -> None:
    op.add_column("tellings", sa.Column("marks", sa.LargeBinary()))
    connection = op.get_bind()
    tellings = sa.table("tellings", *(sa.column(name) for name in ("kind", "article", "n")), sa.column("marks", sa.LargeBinary()))
    told = sa.table("told", sa.column("article"), sa.column("packed"))
    pending = sa.table("pending", sa.column("article"))
    promising = tellings.c.kind != "request"
    wanted = sa.select(tellings.c.article).distinct().where(promising, tellings.c.article.not_in(sa.select(pending.c.article)))
    articles = sorted(connection.execute(wanted).scalars())
    mine = sa.and_(promising, tellings.c.article == sa.bindparam("its"), tellings.c.n == sa.bindparam("number"))
    put = sa.update(tellings).where(mine).values(marks=sa.bindparam("packed"))
    for start in range(0, len(articles), _AT_ONCE):
        found = connection.execute(sa.select(told).where(told.c.article.in_(articles[start : start + _AT_ONCE])))
        rows = [{"its": article, "number": n, "packed": marks} for article, packed in found for n, marks in enumerate(_marks(packed))]
        if rows:
            connection.execute(put, rows)


def _marks(packed: bytes) -> list[bytes | None]:
    """The marks of each fact of an article, as this revision packs both."""
    out: list[bytes | None] = []
    for fact in json.loads(zlib.decompress(packed))[1]:
        issues, words = fact[14], fact[18]
        bits = 0
        for word in words:
            bits |= 1 << (zlib.crc32(word.encode()) & 255)
        out.append(bits.to_bytes(32, "little") + bytes((len(words), bool(issues))) if len(words) <= 255 else None)
    return out
