"""The register of work that is no case: patrols, prevention, training, money paid."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "m0030"
down_revision: str | None = "m0028"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """One step up."""
    op.create_table(
        "work_entries",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("unit_name", sa.String(), nullable=False),
        sa.Column("first", sa.Date(), nullable=False),
        sa.Column("last", sa.Date(), nullable=False),
        sa.Column("times", sa.Integer(), nullable=True),
        sa.Column("disputes", sa.Integer(), nullable=True),
        sa.Column("handed", sa.Integer(), nullable=True),
        sa.Column("people", sa.Integer(), nullable=True),
        sa.Column("yuan", sa.BigInteger(), nullable=True),
        sa.Column("category", sa.String(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("account", sa.String(), nullable=False),
        sa.Column("clerk", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("operation", sa.String(), nullable=True),
        sa.Column("voided_on", sa.Date(), nullable=True),
        sa.Column("voided_by", sa.String(), nullable=True),
        sa.Column("void_reason", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_work_entries")),
        sa.UniqueConstraint("operation", name=op.f("uq_work_entries_operation")),
    )
    op.create_index(op.f("ix_work_entries_last_kind"), "work_entries", ["last", "kind"], unique=False)


def downgrade() -> None:
    """The same step down."""
    op.drop_index(op.f("ix_work_entries_last_kind"), table_name="work_entries")
    op.drop_table("work_entries")
