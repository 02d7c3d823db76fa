"""People found by whole parts of their names."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "name_parts",
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("person", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("digest", "person", name=op.f("pk_name_parts")),
    )
    op.create_index(op.f("ix_name_parts_person"), "name_parts", ["person"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_name_parts_person"), table_name="name_parts")
    op.drop_table("name_parts")
