"""Digests of the names of people under a bar, by which a registration that may be theirs is found."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "bars_named",
        sa.Column("bar", sa.String(length=64), nullable=False),
        sa.Column("body", sa.String(length=64), nullable=False),
        sa.Column("ends_at", sa.BigInteger(), nullable=False),
        sa.Column("looked_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("bar", name=op.f("pk_bars_named")),
    )
    op.create_table(
        "bar_names",
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("bar", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("digest", "bar", name=op.f("pk_bar_names")),
    )
    op.create_index(op.f("ix_bar_names_bar"), "bar_names", ["bar"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_bar_names_bar"), table_name="bar_names")
    op.drop_table("bar_names")
    op.drop_table("bars_named")
