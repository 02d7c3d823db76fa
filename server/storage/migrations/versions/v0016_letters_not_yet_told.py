"""What became of letters is looked for by what has not been told yet."""

from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index(op.f("ix_letter_reports_told_at"), "letter_reports", ["told_at"])


def downgrade() -> None:
    op.drop_index(op.f("ix_letter_reports_told_at"), "letter_reports")
