"""Links lead to people's spaces, codes to seats and spaces.

The tables of links and codes are made anew: whoever had a link asks for another one."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("logins", sa.Column("space_hash", sa.String(length=64), nullable=True))
    op.create_index(op.f("ix_logins_space_hash"), "logins", ["space_hash"], unique=False)
    op.add_column("space_logins", sa.Column("proven_at", sa.BigInteger(), nullable=False, server_default="0"))
    op.drop_index(op.f("ix_invitations_seat"), table_name="invitations")
    op.drop_table("invitations")
    op.create_table(
        "invitations",
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("person", sa.String(length=64), nullable=False),
        sa.Column("seat", sa.String(length=64), nullable=True),
        sa.Column("renews", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("opened_at", sa.BigInteger(), nullable=True),
        sa.Column("replaced_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_invitations")),
    )
    for column in ("person", "seat"):
        op.create_index(op.f(f"ix_invitations_{column}"), "invitations", [column], unique=False)
    op.drop_table("takeovers")
    _codes("codes", sa.Column("place", sa.String(length=96), nullable=False))


def downgrade() -> None:
    op.drop_table("codes")
    _codes("takeovers", sa.Column("seat", sa.String(length=64), nullable=False))
    for column in ("person", "seat"):
        op.drop_index(op.f(f"ix_invitations_{column}"), table_name="invitations")
    op.drop_table("invitations")
    op.create_table(
        "invitations",
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("seat", sa.String(length=64), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("opened_at", sa.BigInteger(), nullable=True),
        sa.Column("replaced_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_invitations")),
    )
    op.create_index(op.f("ix_invitations_seat"), "invitations", ["seat"], unique=False)
    op.drop_column("space_logins", "proven_at")
    op.drop_index(op.f("ix_logins_space_hash"), table_name="logins")
    op.drop_column("logins", "space_hash")


def _codes(name: str, place: sa.Column[str]) -> None:
    op.create_table(
        name,
        place,
        sa.Column("browser_hash", sa.String(length=64), nullable=False),
        sa.Column("code_hash", sa.String(length=64), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint(place.name, "browser_hash", name=op.f(f"pk_{name}")),
    )
