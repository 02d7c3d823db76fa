"""Streams, and what is read and done with them: the journal, its rows, follow-ups, answers, acts for many."""
from __future__ import annotations

from sqlalchemy import BigInteger, Column, Index, Integer, String, Table, Text, select

from server.storage.tables.base import ID, metadata

streams = Table(
    "streams", metadata,
    Column("id", ID, primary_key=True),
    Column("kind", String(32), nullable=False),
    Column("created_at", BigInteger, nullable=False),
    Column("closed_at", BigInteger),
    Column("due_at", BigInteger, index=True),
)
"""Every stream. `due_at`: when the clockwork must look at it next."""

journal = Table(
    "journal", metadata,
    Column("stream", ID, primary_key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("kind", String(32), nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("actor", ID, nullable=False),
    Column("event", String(64), nullable=False),
    Column("data", Text, nullable=False),
    Column("prev", String(64), nullable=False),
    Column("hash", String(64), nullable=False),
)
"""X5. The primary key is what makes two writers at the same position impossible."""

rows = Table(
    "rows", metadata,
    Column("index_name", String(32), primary_key=True),
    Column("key", String(160), primary_key=True),
    Column("kind", String(32), nullable=False),
    Column("stream", ID, nullable=False, index=True),
    Column("person", ID),
    Column("body", ID),
    Column("scope", ID),
    Column("status", String(32), nullable=False),
    Column("about", ID),
    Column("at", BigInteger),
    Column("due_at", BigInteger),
    Column("data", Text, nullable=False),
)
Index("ix_rows_person", rows.c.person, rows.c.index_name)
Index("ix_rows_listed", rows.c.index_name, rows.c.scope, rows.c.status, rows.c.at)
Index("ix_rows_due", rows.c.index_name, rows.c.due_at)
Index("ix_rows_by_day", rows.c.index_name, rows.c.body, rows.c.at, rows.c.key)
"""Index tables of every kind (`Kind.rows`): read from the journal, written in its transaction, made anew by
`visiojury reindex`."""

followups = Table(
    "followups", metadata,
    Column("source", ID, primary_key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("edge", String(64), primary_key=True),
    Column("source_kind", String(32), nullable=False),
    Column("target_kind", String(32), nullable=False),
    Column("target", ID, nullable=False),
    Column("command", String(64), nullable=False),
    Column("fields", Text, nullable=False),
    Column("created_at", BigInteger, nullable=False),
    Column("due_at", BigInteger, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("done_at", BigInteger),
    Column("problem", Text),
)
Index("ix_followups_waiting", followups.c.done_at, followups.c.due_at)
"""What an event leads to in another stream: written with the event, carried out after it. `problem`: why the last try
was refused, as JSON."""

answers = Table(
    "answers", metadata,
    Column("stream", ID, primary_key=True),
    Column("actor", ID, primary_key=True),
    Column("key", String(128), primary_key=True),
    Column("body", String(64), nullable=False),
    Column("first", Integer, nullable=False),
    Column("last", Integer, nullable=False),
    Column("refusal", Text),
    Column("at", BigInteger, nullable=False),
)
"""What each idempotency key was answered: positions `first`..`last`, or a refusal as JSON. `body` is a keyed digest."""

mass_acts = Table(
    "mass_acts", metadata,
    Column("id", ID, primary_key=True),
    Column("kind", String(32), nullable=False),
    Column("stream", ID, nullable=False, index=True),
    Column("actor", ID, nullable=False),
    Column("begun_at", BigInteger, nullable=False),
)
"""One act for many, begun by somebody in a stream: done one after the other, and gone on with after a restart."""

mass_items = Table(
    "mass_items", metadata,
    Column("act", ID, primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("item", ID, nullable=False),
    Column("status", String(16), nullable=False),
    Column("problem", Text),
    Column("done_at", BigInteger),
)
"""Whom or what it is done for (an id), and what came of it: waiting, done, or refused (`problem`: rule, words, values).
"""

sessions = (select(streams.c.id, streams.c.created_at, streams.c.closed_at)
            .where(streams.c.kind == "session").subquery("sessions"))
"""The jury days among the streams."""

seats = (select(rows.c.key.label("id"), rows.c.stream.label("session"), rows.c.person, rows.c.status.label("role"),
                rows.c.about.label("hearing"))
         .where(rows.c.index_name == "seats").subquery("seats"))
"""The index of seats, by their own names."""
