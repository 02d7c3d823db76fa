"""Letters to send, what became of them, and who was reminded of what."""
from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, ForeignKey, Integer, LargeBinary, String, Table, false

from server.storage.tables.base import ID, metadata

outbox = Table(
    "outbox", metadata,
    Column("id", ID, primary_key=True),
    Column("person", String(96), ForeignKey("subjects.id"), nullable=False),
    Column("template", String(64), nullable=False),
    Column("sealed", LargeBinary, nullable=False),
    Column("created_at", BigInteger, nullable=False),
    Column("due_at", BigInteger, nullable=False, index=True),
    Column("attempts", Integer, nullable=False, default=0),
    Column("sent_at", BigInteger),
    Column("given_up", Boolean, nullable=False, default=False),
    Column("stream", ID),
    Column("seat", ID),
    Column("number", Integer),
    Column("trying", Boolean, nullable=False, server_default=false()),
    Column("perhaps", Boolean, nullable=False, server_default=false()),
)
"""`stream`, `seat`, `number`: which notice a letter is, where it is one. `trying`: it was handed to the mail server,
which has not answered yet; `perhaps`: an attempt ended without an answer, so that the server may have taken it."""

letter_reports = Table(
    "letter_reports", metadata,
    Column("letter", ID, primary_key=True),
    Column("outcome", String(16), primary_key=True),
    Column("stream", ID, nullable=False),
    Column("seat", ID, nullable=False),
    Column("number", Integer, nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("twice", Boolean, nullable=False),
    Column("why", String(32), nullable=False),
    Column("told_at", BigInteger, index=True),
)
"""What became of a notice's letter, written as it is learnt, until its stream has been told. No name and no address."""

delay_reminders = Table(
    "delay_reminders", metadata,
    Column("person", ID, primary_key=True),
    Column("delay", String(200), primary_key=True),
    Column("step", String(8), primary_key=True),
    Column("at", BigInteger, nullable=False),
)
"""Who was reminded of which line on a board of delays, and of what about it; goes with the line."""
