"""Lists of candidates that are registered beside requests; why a line was refused is sealed."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("imports", sa.Column("begun_at", sa.BigInteger(), nullable=True))
    # What was refused is found again by trying once more: nothing of it need be carried over.
    op.execute("DELETE FROM import_lines WHERE candidacy IS NULL")
    op.drop_column("import_lines", "problem")
    op.add_column("import_lines", sa.Column("sealed", sa.LargeBinary(), nullable=True))


def downgrade() -> None:
    op.execute("DELETE FROM import_lines WHERE candidacy IS NULL")
    op.drop_column("import_lines", "sealed")
    op.add_column("import_lines", sa.Column("problem", sa.Text(), nullable=False, server_default="[]"))
    op.drop_column("imports", "begun_at")
