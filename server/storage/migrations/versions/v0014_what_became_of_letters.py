"""What became of a letter is told to the stream that it is about, and acts for many are gone on with, whatever is
killed in between."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("outbox", sa.Column("stream", sa.String(length=64), nullable=True))
    op.add_column("outbox", sa.Column("seat", sa.String(length=64), nullable=True))
    op.add_column("outbox", sa.Column("number", sa.Integer(), nullable=True))
    op.add_column("outbox", sa.Column("trying", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("outbox", sa.Column("perhaps", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.create_table(
        "letter_reports",
        sa.Column("letter", sa.String(length=64), nullable=False),
        sa.Column("outcome", sa.String(length=16), nullable=False),
        sa.Column("stream", sa.String(length=64), nullable=False),
        sa.Column("seat", sa.String(length=64), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("twice", sa.Boolean(), nullable=False),
        sa.Column("why", sa.String(length=32), nullable=False),
        sa.Column("told_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("letter", "outcome", name=op.f("pk_letter_reports")),
    )
    op.create_table(
        "mass_acts",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("stream", sa.String(length=64), nullable=False),
        sa.Column("actor", sa.String(length=64), nullable=False),
        sa.Column("begun_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mass_acts")),
    )
    op.create_index(op.f("ix_mass_acts_stream"), "mass_acts", ["stream"], unique=False)
    op.create_table(
        "mass_items",
        sa.Column("act", sa.String(length=64), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("item", sa.String(length=64), nullable=False),
        sa.Column("status", sa.String(length=16), nullable=False),
        sa.Column("problem", sa.Text(), nullable=True),
        sa.Column("done_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("act", "number", name=op.f("pk_mass_items")),
    )


def downgrade() -> None:
    op.drop_table("mass_items")
    op.drop_table("mass_acts")
    op.drop_table("letter_reports")
    for column in ("perhaps", "trying", "number", "seat", "stream"):
        op.drop_column("outbox", column)
