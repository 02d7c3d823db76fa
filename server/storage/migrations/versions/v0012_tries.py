"""Sign-ins by password are counted where a restart and a second process find them."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "tries",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("whose", sa.String(length=64), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tries")),
    )
    op.create_index(op.f("ix_tries_at"), "tries", ["at"], unique=False)
    op.create_index("ix_tries_whose", "tries", ["whose", "at"], unique=False)


def downgrade() -> None:
    op.drop_index("ix_tries_whose", table_name="tries")
    op.drop_index(op.f("ix_tries_at"), table_name="tries")
    op.drop_table("tries")
