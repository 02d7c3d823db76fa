"""What each person has closed of their camera and microphone."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "closed_devices",
        sa.Column("seat", sa.String(length=64), nullable=False),
        sa.Column("camera", sa.Boolean(), nullable=False),
        sa.Column("microphone", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("seat", name=op.f("pk_closed_devices")),
    )


def downgrade() -> None:
    op.drop_table("closed_devices")
