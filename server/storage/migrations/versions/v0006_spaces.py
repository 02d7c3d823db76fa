"""Which browsers hold a person's space."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "space_logins",
        sa.Column("cookie_hash", sa.String(length=64), nullable=False),
        sa.Column("person", sa.String(length=64), nullable=False),
        sa.Column("how", sa.String(length=16), nullable=False),
        sa.Column("since", sa.BigInteger(), nullable=False),
        sa.Column("seen_at", sa.BigInteger(), nullable=False),
        sa.Column("ended_at", sa.BigInteger(), nullable=True),
        sa.Column("ended_why", sa.String(length=16), nullable=True),
        sa.PrimaryKeyConstraint("cookie_hash", name=op.f("pk_space_logins")),
    )
    op.create_index(op.f("ix_space_logins_person"), "space_logins", ["person"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_space_logins_person"), table_name="space_logins")
    op.drop_table("space_logins")
