"""Who is who across reports: keys of actors, rulings by hand, names by key; and the mode of what two do with each other."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from alembic import op

from mahdar.lexicon.load import load_lexicon
from mahdar.record import Actor, Record
from mahdar.register.identity import Identity
from mahdar.register.reports import Report
from mahdar.register.totals import Counts, change

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
_AT_ONCE = 200


def upgrade() -> None:
    op.add_column("event_pairs", sa.Column("mode", TEXT))
    same = "events.article = event_pairs.article AND events.n = event_pairs.n"
    op.execute(f"UPDATE event_pairs SET mode = (SELECT mode FROM events WHERE {same})")
    _rulings()
    _totals()
    _keys()


def _rulings() -> None:
    op.create_table(
        "rulings",
        sa.Column("id", ID, nullable=False),
        *(sa.Column(name, TEXT, nullable=False) for name in ("key", "into", "report", "name", "code", "made")),
        sa.PrimaryKeyConstraint("id", name="pk_rulings"),
        sa.UniqueConstraint("key", "report", "name", name="uq_rulings_key_report_name"),
    )


def _totals() -> None:
    op.drop_table("actor_totals")
    op.create_table(
        "actor_totals",
        sa.Column("key", TEXT, nullable=False),
        sa.Column("code", TEXT, nullable=False),
        sa.Column("articles", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("key", "code", name="pk_actor_totals"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_actor_totals_code_articles", "actor_totals", ["code", "articles"])
    op.create_table(
        "actor_names",
        sa.Column("key", TEXT, nullable=False),
        sa.Column("name", TEXT, nullable=False),
        sa.Column("folded", TEXT, nullable=False),
        sa.Column("articles", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("key", "name", name="pk_actor_names"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_actor_names_folded", "actor_names", ["folded"])


def _keys() -> None:
    """The keys of the actors that are stored already, by the lexicon that comes with the program; `mahdar reread` knows another one."""
    op.drop_index("ix_actors_lexicon_article", "actors")
    op.drop_index("ix_actors_name_article", "actors")
    for name in ("own", "key"):
        op.add_column("actors", sa.Column(name, TEXT, nullable=False, server_default=""))
    connection = op.get_bind()
    counts = Counts()
    for rows in _found(connection):
        update = "UPDATE actors SET own = :key, key = :key WHERE article = :article AND actor = :actor"
        connection.execute(sa.text(update), [{name: row[name] for name in ("key", "article", "actor")} for row in rows])
        articles: dict[int, list[dict[str, Any]]] = {}
        for row in rows:
            articles.setdefault(row["article"], []).append(row)
        for article in articles.values():
            counts.add(article)
    change(connection, counts, {})
    op.create_index("ix_actors_key_article", "actors", ["key", "article"])
    op.create_index("ix_actors_own", "actors", ["own"])
    for table, actor, person in (
        ("event_parties", "actor", "person"),
        ("statements", "speaker", "person"),
        ("positions", "holder", "person"),
        ("positions", "toward", "toward_person"),
    ):
        same = f"actors.article = {table}.article AND actors.actor = {table}.{actor}"
        op.execute(f"UPDATE {table} SET {person} = (SELECT key FROM actors WHERE {same})")


def _found(connection: sa.Connection) -> Iterator[list[dict[str, Any]]]:
    """The actors stored, with their keys, those of some articles at a time."""
    columns = "a.article, a.actor, a.kind, a.name, a.name_en, a.code, a.role, a.lexicon, articles.key AS report, articles.published"
    query = f"SELECT {columns} FROM actors a JOIN articles ON articles.id = a.article WHERE a.article > :last AND a.article <= :end"
    last, end = 0, connection.execute(sa.text("SELECT coalesce(max(id), 0) FROM articles")).scalar_one()
    identity = Identity(load_lexicon()) if end else None
    while last < end and identity is not None:
        rows = []
        for row in connection.execute(sa.text(query), {"last": last, "end": last + _AT_ONCE}).mappings():
            actor = Actor(row["actor"], row["kind"], row["name"], row["name_en"], row["code"], row["role"], lexicon=row["lexicon"])
            report = Report(row["report"], "", row["published"] or "", Record(row["report"], row["published"], ()))
            rows.append({**row, "key": identity.of(report, actor).key})
        last += _AT_ONCE
        if rows:
            yield rows
