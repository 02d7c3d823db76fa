"""Journals of several kinds of stream, their index rows, and follow-ups.

Journals of before are not read: nobody has had a real day yet, and the chain covers other fields now."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

EARLIER = ("what is kept here was written by an earlier version, whose journals this one does not read; "
           "nothing was changed: start with another, empty folder or database")


def upgrade() -> None:
    if op.get_bind().scalar(sa.text("SELECT count(*) FROM journal")):
        raise ValueError(EARLIER)
    for table in ("seats", "sessions", "journal", "answers"):
        op.drop_table(table)
    op.create_table(
        "streams",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("closed_at", sa.BigInteger(), nullable=True),
        sa.Column("due_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_streams")),
    )
    op.create_index(op.f("ix_streams_due_at"), "streams", ["due_at"], unique=False)
    op.create_table(
        "journal",
        sa.Column("stream", sa.String(length=64), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("actor", sa.String(length=64), nullable=False),
        sa.Column("event", sa.String(length=64), nullable=False),
        sa.Column("data", sa.Text(), nullable=False),
        sa.Column("prev", sa.String(length=64), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("stream", "position", name=op.f("pk_journal")),
    )
    op.create_table(
        "answers",
        sa.Column("stream", sa.String(length=64), nullable=False),
        sa.Column("actor", sa.String(length=64), nullable=False),
        sa.Column("key", sa.String(length=128), nullable=False),
        sa.Column("body", sa.String(length=64), nullable=False),
        sa.Column("first", sa.Integer(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.Column("refusal", sa.Text(), nullable=True),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("stream", "actor", "key", name=op.f("pk_answers")),
    )
    _indexes()
    _followups()


def _indexes() -> None:
    op.create_table(
        "rows",
        sa.Column("index_name", sa.String(length=32), nullable=False),
        sa.Column("key", sa.String(length=160), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("stream", sa.String(length=64), nullable=False),
        sa.Column("person", sa.String(length=64), nullable=True),
        sa.Column("scope", sa.String(length=64), nullable=True),
        sa.Column("status", sa.String(length=32), nullable=False),
        sa.Column("about", sa.String(length=64), nullable=True),
        sa.Column("at", sa.BigInteger(), nullable=True),
        sa.Column("due_at", sa.BigInteger(), nullable=True),
        sa.Column("data", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("index_name", "key", name=op.f("pk_rows")),
    )
    op.create_index(op.f("ix_rows_stream"), "rows", ["stream"], unique=False)
    op.create_index("ix_rows_person", "rows", ["person", "index_name"], unique=False)
    op.create_index("ix_rows_listed", "rows", ["index_name", "scope", "status", "at"], unique=False)
    op.create_index("ix_rows_due", "rows", ["index_name", "due_at"], unique=False)


def _followups() -> None:
    op.create_table(
        "followups",
        sa.Column("source", sa.String(length=64), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("edge", sa.String(length=64), nullable=False),
        sa.Column("source_kind", sa.String(length=32), nullable=False),
        sa.Column("target_kind", sa.String(length=32), nullable=False),
        sa.Column("target", sa.String(length=64), nullable=False),
        sa.Column("command", sa.String(length=64), nullable=False),
        sa.Column("fields", sa.Text(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("due_at", sa.BigInteger(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("done_at", sa.BigInteger(), nullable=True),
        sa.Column("problem", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("source", "position", "edge", name=op.f("pk_followups")),
    )
    op.create_index("ix_followups_waiting", "followups", ["done_at", "due_at"], unique=False)


def downgrade() -> None:
    raise NotImplementedError("journals of several kinds cannot be told in the tables of before")
