"""Logins end, and say why; codes belong to the browser that asked; links can be replaced.

The tables of logins and codes are made anew: whoever was logged in presses their link's button again."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

LIVE = sa.text("ended_at IS NULL")


def upgrade() -> None:
    op.add_column("invitations", sa.Column("replaced_at", sa.BigInteger(), nullable=True))
    _drop()
    op.create_table(
        "logins",
        sa.Column("cookie_hash", sa.String(length=64), nullable=False),
        sa.Column("before_hash", sa.String(length=64), nullable=True),
        sa.Column("seat", sa.String(length=64), nullable=False),
        sa.Column("since", sa.BigInteger(), nullable=False),
        sa.Column("seen_at", sa.BigInteger(), nullable=False),
        sa.Column("ended_at", sa.BigInteger(), nullable=True),
        sa.Column("ended_why", sa.String(length=16), nullable=True),
        sa.PrimaryKeyConstraint("cookie_hash", name=op.f("pk_logins")),
    )
    _one_live_seat()
    op.create_table(
        "takeovers",
        sa.Column("seat", sa.String(length=64), nullable=False),
        sa.Column("browser_hash", sa.String(length=64), nullable=False),
        sa.Column("code_hash", sa.String(length=64), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("seat", "browser_hash", name=op.f("pk_takeovers")),
    )


def downgrade() -> None:
    _drop()
    op.create_table(
        "logins",
        sa.Column("cookie_hash", sa.String(length=64), nullable=False),
        sa.Column("seat", sa.String(length=64), nullable=False),
        sa.Column("since", sa.BigInteger(), nullable=False),
        sa.Column("ended_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("cookie_hash", name=op.f("pk_logins")),
    )
    _one_live_seat()
    op.create_table(
        "takeovers",
        sa.Column("seat", sa.String(length=64), nullable=False),
        sa.Column("code_hash", sa.String(length=64), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("seat", name=op.f("pk_takeovers")),
    )
    op.drop_column("invitations", "replaced_at")


def _drop() -> None:
    op.drop_index("uq_logins_live_seat", table_name="logins", sqlite_where=LIVE, postgresql_where=LIVE)
    op.drop_table("logins")
    op.drop_table("takeovers")


def _one_live_seat() -> None:
    op.create_index("uq_logins_live_seat", "logins", ["seat"], unique=True, sqlite_where=LIVE, postgresql_where=LIVE)
