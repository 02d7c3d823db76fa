"""Of which lines on the boards of delays somebody was reminded."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "delay_reminders",
        sa.Column("person", sa.String(64), primary_key=True),
        sa.Column("delay", sa.String(200), primary_key=True),
        sa.Column("step", sa.String(8), primary_key=True),
        sa.Column("at", sa.BigInteger(), nullable=False),
    )


def downgrade() -> None:
    op.drop_table("delay_reminders")
