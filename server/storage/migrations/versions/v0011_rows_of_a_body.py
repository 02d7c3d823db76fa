"""Index rows tell the awarding body that they stand under, and are read by day without sorting them."""

import json
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

QUOTED = ("agreement", "office")
"""What the first event of a day, or of a candidacy, quotes of its awarding body."""


def upgrade() -> None:
    op.add_column("rows", sa.Column("body", sa.String(length=64), nullable=True))
    op.create_index("ix_rows_by_day", "rows", ["index_name", "body", "at", "key"], unique=False)
    op.execute("UPDATE rows SET body = stream WHERE kind = 'body'")
    # Two bodies may have the same version in force.
    op.execute("UPDATE rows SET key = stream || '/' || key WHERE index_name = 'frameworks'")
    connection = op.get_bind()
    first = connection.execute(sa.text(
        "SELECT stream, data FROM journal WHERE position = 1 AND kind IN ('session', 'candidacy')")).all()
    for stream, data in first:
        said: dict[str, Any] = json.loads(data)
        quoted: list[Any] = [said[name] for name in QUOTED if said.get(name)]
        connection.execute(
            sa.text("UPDATE rows SET body = :body WHERE stream = :stream AND index_name IN ('days', 'candidacies', "
                    "'outcomes', 'certificates')"), {"body": quoted[0]["stream"] if quoted else None, "stream": stream})


def downgrade() -> None:
    op.drop_index("ix_rows_by_day", table_name="rows")
    op.drop_column("rows", "body")
