"""Numbered notices of a case."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "m0021"
down_revision: str | None = "m0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """One step up."""
    op.create_table(
        "official_notices",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("no", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("about", sa.Integer(), nullable=True),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_official_notices_case_id")),
        sa.PrimaryKeyConstraint("case_id", "line", name=op.f("pk_official_notices")),
    )


def downgrade() -> None:
    """The same step down."""
    op.drop_table("official_notices")
