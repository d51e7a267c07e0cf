"""Deadlines not met yet; the program fills the table when it is first asked for them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "m0007"
down_revision: str | None = "m0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """One step up."""
    op.create_table(
        "deadlines",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("group", sa.String(), nullable=False),
        sa.Column("whose", sa.String(), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("overrun", sa.Text(), nullable=False),
        sa.Column("provisional", sa.Boolean(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_deadlines_case_id")),
        sa.PrimaryKeyConstraint("case_id", "line", name=op.f("pk_deadlines")),
    )
    with op.batch_alter_table("deadlines", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_deadlines_group_due_on_case_id"), ["group", "due_on", "case_id"], unique=False
        )


def downgrade() -> None:
    """One step down."""
    op.drop_table("deadlines")
