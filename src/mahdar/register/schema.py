"""The tables. Items (actors, statements, events, positions) are those of each article's current version, numbered as in its record;
every version keeps its text and its whole record packed, so that any record comes back exactly as it was read.

Questions filter by code, pair of codes, type, issue, day and source: what they need is repeated in the item tables, so that an answer
is a walk along one index. A day is an ISO date as text; an event's is its own date (perhaps only a month or a year), else the report's.
What all reports together add up to (occurrences, requests, commitments, the ledger) stands in tables of its own, kept by :mod:`derive` in the
transaction that stores a report. Changing a table here needs a migration (``migrations/versions``); a test compares both.
"""

from __future__ import annotations

from functools import cache
from typing import Final

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Float,
    ForeignKey,
    ForeignKeyConstraint,
    FromClause,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
    and_,
    text,
)

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

HEAD = "0009"  # the newest of migrations/versions; a test compares
VERSION_TABLE = "mahdar_version"  # where Alembic notes which one a register has
Id = BigInteger().with_variant(Integer, "sqlite")
Words = Text().with_variant(Text(collation="C"), "postgresql")  # compared and sorted by code point, as SQLite does


def _article() -> Column[int]:
    return Column("article", Id, ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True)


meta = Table("meta", metadata, Column("key", Words, primary_key=True), Column("value", Words, nullable=False))

# One row an article, with what its current version says of itself.
articles = Table(
    "articles",
    metadata,
    Column("id", Id, primary_key=True),
    Column("key", Words, nullable=False, unique=True),
    Column("source", Words, nullable=False),
    Column("url", Words, nullable=False),
    Column("title", Words, nullable=False),
    Column("published", Words),
    Column("day", Words),  # the date in published
    Column("version", Integer, nullable=False),  # the current one
    Index(None, "day"),
    Index(None, "source", "day"),
)

# All versions of all articles, numbered from 1 in the order in which they came.
versions = Table(
    "versions",
    metadata,
    _article(),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("digest", Words, nullable=False),  # of text, title, published, source and url
    Column("source", Words, nullable=False),
    Column("url", Words, nullable=False),
    Column("title", Words, nullable=False),
    Column("published", Words),
    Column("text", Words, nullable=False),
    Column("record", LargeBinary, nullable=False),  # zlib of the record's JSON
    Column("lexicon", Words, nullable=False),  # what it was read with: see ingest.reading_key
    Column("read_at", Words, nullable=False),
    UniqueConstraint("article", "digest"),
    Index(None, "lexicon"),
)

actors = Table(
    "actors",
    metadata,
    _article(),
    Column("actor", Words, primary_key=True),  # the id within the record: a1
    Column("n", Integer, nullable=False),
    Column("kind", Words, nullable=False),
    Column("name", Words, nullable=False),
    Column("name_en", Words),
    Column("romanised", Boolean, nullable=False),
    Column("code", Words),
    Column("role", Words),
    Column("lexicon", Words),
    Column("mentions", JSON, nullable=False),  # [[start, end], …] in the text
    Column("own", Words, nullable=False),  # who it is across reports by rule: see identity.py
    Column("key", Words, nullable=False),  # and with the rulings made by hand
    Index(None, "code", "article"),
    Index(None, "key", "article"),
    Index(None, "own"),
    sqlite_with_rowid=False,
)

# In how many articles' current versions somebody is an actor: at all (code ''), and acting under each code. The nameless are left out.
actor_totals = Table(
    "actor_totals",
    metadata,
    Column("key", Words, primary_key=True),
    Column("code", Words, primary_key=True),
    Column("articles", Integer, nullable=False),
    Index(None, "code", "articles"),
    sqlite_with_rowid=False,
)

# The same by publisher, whatever the code.
actor_sources = Table(
    "actor_sources",
    metadata,
    Column("source", Words, primary_key=True),
    Column("key", Words, primary_key=True),
    Column("articles", Integer, nullable=False),
    Index(None, "source", "articles", "key"),
    sqlite_with_rowid=False,
)

# What somebody is called, and in how many articles' current versions.
actor_names = Table(
    "actor_names",
    metadata,
    Column("key", Words, primary_key=True),
    Column("name", Words, primary_key=True),
    Column("folded", Words, nullable=False),  # as names are looked up
    Column("articles", Integer, nullable=False),
    Index(None, "folded"),
    sqlite_with_rowid=False,
)

# Judgements by hand on who is who: see identity.Ruling. Nothing read anew touches them.
rulings = Table(
    "rulings",
    metadata,
    Column("id", Id, primary_key=True),
    Column("key", Words, nullable=False),
    Column("into", Words, nullable=False),
    Column("report", Words, nullable=False),
    Column("name", Words, nullable=False),
    Column("code", Words, nullable=False),
    Column("made", Words, nullable=False),
    UniqueConstraint("key", "report", "name"),
)

statements = Table(
    "statements",
    metadata,
    _article(),
    Column("n", Integer, primary_key=True, autoincrement=False),
    Column("speaker", Words),  # an actor of the same article
    Column("code", Words),  # the speaker's
    Column("person", Words),  # the key of the speaker
    Column("mode", Words, nullable=False),
    Column("via", Words),
    Column("cue_start", Integer, nullable=False),
    Column("cue_end", Integer, nullable=False),
    Column("content_start", Integer, nullable=False),
    Column("content_end", Integer, nullable=False),
    Column("rule", Words, nullable=False),
    Column("day", Words),  # the report's
    Index(None, "code", "day"),
    Index(None, "person", "day"),
    Index(None, "day"),
    sqlite_with_rowid=False,
)

events = Table(
    "events",
    metadata,
    _article(),
    Column("n", Integer, primary_key=True, autoincrement=False),
    Column("type", Words, nullable=False),
    Column("mode", Words),
    Column("status", Words, nullable=False),
    Column("date", Words),  # as read: a day, a month or a year
    Column("day", Words),  # the date, else the report's day
    Column("place", Words),
    Column("about", JSON, nullable=False),
    Column("evidence_start", Integer, nullable=False),
    Column("evidence_end", Integer, nullable=False),
    Column("occasion_start", Integer),
    Column("occasion_end", Integer),
    Column("trigger_start", Integer),
    Column("trigger_end", Integer),
    Column("rule", Words, nullable=False),
    Index(None, "type", "day"),
    Index(None, "day"),
    sqlite_with_rowid=False,
)


def _event() -> ForeignKeyConstraint:
    return ForeignKeyConstraint(["article", "n"], ["events.article", "events.n"], ondelete="CASCADE")


# Who does it and to whom it is done.
event_parties = Table(
    "event_parties",
    metadata,
    Column("article", Id, primary_key=True, autoincrement=False),
    Column("n", Integer, primary_key=True, autoincrement=False),
    Column("side", Words, primary_key=True),  # source, target
    Column("place", Integer, primary_key=True, autoincrement=False),  # 0 is the first named
    Column("actor", Words, nullable=False),
    Column("code", Words),
    Column("person", Words),  # the key of the actor, a person or not
    Column("type", Words, nullable=False),
    Column("day", Words),
    _event(),
    Index(None, "code", "day"),
    Index(None, "person", "day"),
    Index(None, "code", "type", "day"),
    sqlite_with_rowid=False,
)

# Every two codes that stand against each other in an event; in mutual acts (meetings, agreements) every two that take part.
event_pairs = Table(
    "event_pairs",
    metadata,
    Column("article", Id, primary_key=True, autoincrement=False),
    Column("n", Integer, primary_key=True, autoincrement=False),
    Column("a", Words, primary_key=True),  # a <= b
    Column("b", Words, primary_key=True),
    Column("doer", Words),  # a or b; null where both do it
    Column("type", Words, nullable=False),
    Column("mode", Words),
    Column("status", Words, nullable=False),
    Column("day", Words),
    _event(),
    Index("ix_event_pairs_of_two", "a", "b", "day", "status", "type", "mode", "doer"),  # what is counted stands in the index itself
    Index("ix_event_pairs_of_first", "a", "day", "status", "type", "b", "mode"),
    Index("ix_event_pairs_of_second", "b", "day", "status", "type", "a", "mode"),
    Index(None, "a", "b", "type", "day"),
    sqlite_with_rowid=False,
)

event_issues = Table(
    "event_issues",
    metadata,
    Column("article", Id, primary_key=True, autoincrement=False),
    Column("n", Integer, primary_key=True, autoincrement=False),
    Column("issue", Words, primary_key=True),
    Column("day", Words),
    _event(),
    Index(None, "issue", "day"),
    sqlite_with_rowid=False,
)

# What a statement's words are about, by what was read from within them: an issue, or the speaker's own side and another (RUS|USA).
statement_matters = Table(
    "statement_matters",
    metadata,
    Column("article", Id, primary_key=True, autoincrement=False),
    Column("n", Integer, primary_key=True, autoincrement=False),
    Column("matter", Words, primary_key=True),
    Column("code", Words),  # the speaker's
    Column("day", Words),
    ForeignKeyConstraint(["article", "n"], ["statements.article", "statements.n"], ondelete="CASCADE"),
    Index(None, "matter", "day"),
    Index(None, "matter", "code", "day"),
    sqlite_with_rowid=False,
)

positions = Table(
    "positions",
    metadata,
    _article(),
    Column("n", Integer, primary_key=True, autoincrement=False),
    Column("holder", Words, nullable=False),
    Column("code", Words),  # the holder's
    Column("person", Words),  # the key of the holder
    Column("issue", Words),  # on an issue,
    Column("toward", Words),  # or toward an actor
    Column("toward_code", Words),
    Column("toward_person", Words),
    Column("stance", Words, nullable=False),
    Column("evidence_start", Integer, nullable=False),
    Column("evidence_end", Integer, nullable=False),
    Column("rule", Words, nullable=False),
    Column("day", Words),  # the report's
    Index(None, "issue", "code", "day"),
    Index(None, "issue", "day"),
    Index(None, "code", "day"),
    Index(None, "toward_code", "code", "day"),
    Index(None, "toward_code", "day"),
    Index(None, "person", "day"),
    Index(None, "toward_person", "day"),
    sqlite_with_rowid=False,
)

# What search by meaning compares (see semantic.py): of title and lead, then of each statement, a vector of 512 numbers of 8 bits.
vectors = Table(
    "vectors",
    metadata,
    _article(),
    Column("number", Integer, nullable=False),  # the version it was made of
    Column("model", Words, nullable=False),
    Column("data", LargeBinary, nullable=False),
)

# Articles whose current version came or changed since what is derived from all reports together was last brought up to date.
pending = Table("pending", metadata, _article())

rejects = Table(
    "rejects",
    metadata,
    Column("id", Id, primary_key=True),
    Column("input", Words, nullable=False),
    Column("line", Integer, nullable=False),  # 0 where the input has no lines
    # input: cannot be read as an article; fetch: could not be had from its server; reader: a defect of ours. The last two are tried again.
    Column("reason", Words, nullable=False),
    Column("message", Words, nullable=False),
    Column("seen", Words, nullable=False),
    UniqueConstraint("input", "line"),
)

# ---------------------------------------------------------------------------------------------------- what all reports add up to

# What each article's current version tells that is compared across reports (see told.py), packed.
told = Table("told", metadata, _article(), Column("packed", LargeBinary, nullable=False))

# The parties to coordination on an issue, by the articles whose facts bear on it.
issue_parties = Table(
    "issue_parties",
    metadata,
    Column("issue", Words, primary_key=True),
    Column("code", Words, primary_key=True),
    Column("day", Words, primary_key=True),
    _article(),
    Index(None, "article"),
    sqlite_with_rowid=False,
)

# The lines that occurrences, requests and commitments give to the page of an issue (see lines.py), in their places.
SPAN = text("(last > first OR NOT dated)")  # of those that more than one day's reports tell of: all that a day can fall into
bearings = Table(
    "bearings",
    metadata,
    Column("issue", Words, primary_key=True),
    Column("section", Words, primary_key=True),
    Column("rank", Words, primary_key=True),
    Column("said", Words, nullable=False),  # a digest: equal for lines that say the same
    Column("key", Words, nullable=False),  # of the occurrence, request or commitment
    Column("day", Words, nullable=False),
    Column("place", Words, nullable=False),
    Column("sources", Integer, nullable=False),
    Column("loose", Boolean, nullable=False),  # a plan without a day of its own
    Column("first", Words, nullable=False),  # the days of the reports that tell of it, the last word on what came of it included:
    Column("last", Words, nullable=False),
    Column("dated", Boolean, nullable=False),  # are all known?
    Column("packed", Words, nullable=False),
    Index("ix_bearings_said", "issue", "section", "said", "rank", "day", "sources", "place", "dated", "last", "loose"),
    Index("ix_bearings_spans", "issue", "first", sqlite_where=SPAN, postgresql_where=SPAN),
    Index(None, "key"),
    sqlite_with_rowid=False,
)

# Near-duplicates: the sketch of each article's text, the marks by which its copies are found, and the wire it prints: the smallest key among them.
copies = Table(
    "copies",
    metadata,
    _article(),
    Column("wire", Words, nullable=False),
    Column("sketch", LargeBinary, nullable=False),
    Index(None, "wire"),
)
copy_marks = Table("copy_marks", metadata, Column("mark", BigInteger, primary_key=True, autoincrement=False), _article(), sqlite_with_rowid=False)

# Where reports of one event are looked for: under the family of types with one party's code, by the number of the report's day.
fact_blocks = Table(
    "fact_blocks",
    metadata,
    Column("block", Words, primary_key=True),
    Column("at", Integer, primary_key=True, autoincrement=False),
    _article(),
    Column("n", Integer, primary_key=True, autoincrement=False),
    sqlite_with_rowid=False,
)

# Facts that may be one event by their scores: those the groups within a cluster are made from, each two once.
fact_links = Table(
    "fact_links",
    metadata,
    _article(),
    Column("n", Integer, primary_key=True, autoincrement=False),
    Column("other", Id, ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True, autoincrement=False),  # its number is the greater one
    Column("other_n", Integer, primary_key=True, autoincrement=False),
    Column("score", Float(53), nullable=False),
    Index(None, "other"),
    sqlite_with_rowid=False,
)

# One row an event in the world. ``cluster`` names the facts that are linked, by way of others too: occurrences are groups within one.
occurrences = Table(
    "occurrences",
    metadata,
    Column("key", Words, primary_key=True),
    Column("cluster", Words, nullable=False),
    Column("type", Words, nullable=False),
    Column("status", Words, nullable=False),
    Column("doers", JSON, nullable=False),  # codes
    Column("others", JSON, nullable=False),
    Column("people", JSON, nullable=False),
    Column("day", Words, nullable=False),
    Column("date", Words),
    Column("place", Words),
    Column("issues", JSON, nullable=False),
    Column("sources", Integer, nullable=False),  # independent ones
    Column("disagreements", JSON, nullable=False),  # [[on, [[value, [fact, …]], …]], …]
    Index(None, "cluster"),
    sqlite_with_rowid=False,
)

# Its facts, the best told first: ``n`` numbers the facts of an article, as told.py gives them.
occurrence_members = Table(
    "occurrence_members",
    metadata,
    _article(),
    Column("n", Integer, primary_key=True, autoincrement=False),
    Column("occurrence", Words, nullable=False),
    Column("rank", Integer, nullable=False),
    Column("evidence_start", Integer, nullable=False),
    Column("evidence_end", Integer, nullable=False),
    Index(None, "occurrence", "rank"),
    sqlite_with_rowid=False,
)

# What an occurrence is found by: a code (RUS), each two codes of its parties (RUS|USA), a person's key, an issue, a type, and '' for all.
occurrence_marks = Table(
    "occurrence_marks",
    metadata,
    Column("mark", Words, primary_key=True),
    Column("day", Words, primary_key=True),
    Column("occurrence", Words, ForeignKey("occurrences.key", ondelete="CASCADE"), primary_key=True),
    Index(None, "occurrence"),
    sqlite_with_rowid=False,
)

# What single facts tell of requests (``a`` asks ``b``: says) and of promises (``a`` to ``b``: a promise, a deed, a break).
tellings = Table(
    "tellings",
    metadata,
    Column("kind", Words, primary_key=True),  # request, promise, deed
    Column("a", Words, primary_key=True),
    Column("b", Words, primary_key=True),
    Column("at", Integer, primary_key=True, autoincrement=False),  # the number of the report's day; of a deed, of its own
    _article(),
    Column("n", Integer, primary_key=True, autoincrement=False),
    Column("says", Words, primary_key=True),
    Column("acted", Integer, nullable=False),  # the number of the day it happened
    Column("cluster", Words),  # null for deeds: one may keep several promises
    Column("marks", LargeBinary),  # of its words (see marks.py), but for requests
    Index(None, "cluster"),
    Index(None, "article"),
    Index(None, "kind", "a", "acted"),
    sqlite_with_rowid=False,
)


def _matter(name: str, first: str, second: str, came: str) -> Table:
    """Requests or commitments: what they are found by, and the whole packed.

    ``day`` is the one they are sorted by, ``latest`` no earlier than that of what only some of the tellings add up to. ``ended`` is the last
    day told of. ``published`` to ``last`` are the days of the reports ('' if one is undated), ``told`` that of the last word on what came of it.
    """
    return Table(
        name,
        metadata,
        Column("key", Words, primary_key=True),
        Column("cluster", Words, nullable=False),
        Column(first, Words, nullable=False),
        Column(second, Words, nullable=False),
        Column("type", Words, nullable=False),
        Column(came, Words, nullable=False),
        Column("issues", Words, nullable=False),  # |iran-nuclear|oil|
        Column("people", Words, nullable=False),  # |john-kerry|
        Column("sources", Words, nullable=False),  # publishers
        Column("day", Words, nullable=False),
        Column("latest", Words, nullable=False),
        Column("ended", Words, nullable=False),
        Column("published", Words, nullable=False),
        Column("last", Words, nullable=False),
        Column("told", Words, nullable=False),
        Column("packed", LargeBinary, nullable=False),
        Index(None, "cluster"),
        Index(None, "day", "key"),
        Index(None, "latest", "key", "published"),
        Index(None, first, "day"),
        Index(None, second, "day"),
    )


requests = _matter("requests", "asker", "asked", "outcome")
commitments = _matter("commitments", "promiser", "promisee", "fate")

# What each report says of where somebody stands; codes.
stands = Table(
    "stands",
    metadata,
    _article(),
    Column("n", Integer, primary_key=True, autoincrement=False),
    Column("holder", Words, nullable=False),
    Column("matter", Words, nullable=False),  # an issue, or the code of an actor
    Column("stance", Words, nullable=False),
    Column("day", Words, nullable=False),
    Column("evidence_start", Integer, nullable=False),
    Column("evidence_end", Integer, nullable=False),
    Column("wire", Words, nullable=False),
    Column("source", Words, nullable=False),
    Index(None, "holder", "matter", "day"),
    Index(None, "matter", "day"),
    sqlite_with_rowid=False,
)

# The ledger day by day: the stance a day's reports add up to, of all publishers (scope '') and of each alone; ``before`` where it turned.
stances = Table(
    "stances",
    metadata,
    Column("scope", Words, primary_key=True),
    Column("holder", Words, primary_key=True),
    Column("matter", Words, primary_key=True),
    Column("day", Words, primary_key=True),
    Column("stance", Words, nullable=False),
    Column("sources", Integer, nullable=False),
    Column("first", JSON, nullable=False),  # [key of the report, start, end]: the first and the last words of the day that say so
    Column("last", JSON, nullable=False),
    Column("before", Words),  # the stance it turned from,
    Column("before_day", Words),  # last told then,
    Column("before_last", JSON, nullable=False),  # in these words
    Index("ix_stances_told", "scope", "matter", "holder", "day", "stance", "sources"),
    Index("ix_stances_turned", "scope", "matter", "holder", "day", sqlite_where=text("before IS NOT NULL"), postgresql_where=text("before IS NOT NULL")),
    Index("ix_stances_turns", "scope", "day", sqlite_where=text("before IS NOT NULL"), postgresql_where=text("before IS NOT NULL")),
    sqlite_with_rowid=False,
)

# Of whom any report tells where they stand on a matter.
holdings = Table("holdings", metadata, Column("matter", Words, primary_key=True), Column("holder", Words, primary_key=True), sqlite_with_rowid=False)

# What bodies and groups are called in the reports, and how often.
called = Table(
    "called",
    metadata,
    Column("code", Words, primary_key=True),
    Column("name", Words, primary_key=True),
    Column("times", BigInteger, nullable=False),
    sqlite_with_rowid=False,
)

# What an article's row in each of these is replaced by when its current version changes; children of events and statements go with them.
ITEMS = (actors, statements, events, positions)
CHILDREN = (event_parties, event_pairs, event_issues, statement_matters)

# Joins an article with its current version.
CURRENT: Final = and_(versions.c.article == articles.c.id, versions.c.number == articles.c.version)


@cache
def named(table: Table, name: str) -> FromClause:
    """A table by another name in a query, made but once: copying its columns takes longer than many a question."""
    return table.alias(name)
