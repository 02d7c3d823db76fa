"""A phone that films at a seat, as a second camera."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "phones",
        sa.Column("seat", sa.String(length=64), nullable=False),
        sa.Column("login_hash", sa.String(length=64), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.Column("cookie_hash", sa.String(length=64), nullable=True),
        sa.PrimaryKeyConstraint("seat", name=op.f("pk_phones")),
    )


def downgrade() -> None:
    op.drop_table("phones")
