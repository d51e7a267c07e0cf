"""Notices of sessions with proof of delivery, and the waiting list."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "m0014"
down_revision: str | None = "m0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """One step up."""
    op.create_table(
        "summonses",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("session_no", sa.Integer(), nullable=False),
        sa.Column("ref", sa.String(), nullable=False),
        sa.Column("date", sa.Date(), nullable=False),
        sa.Column("start", sa.Time(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("mode", sa.String(), nullable=False),
        sa.Column("given_on", sa.Date(), nullable=False),
        sa.Column("way", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("to", sa.String(), nullable=False),
        sa.Column("delivered_on", sa.Date(), nullable=True),
        sa.Column("proof", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_summonses_case_id")),
        sa.PrimaryKeyConstraint("case_id", "line", name=op.f("pk_summonses")),
    )
    op.create_table(
        "waitings",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("session_no", sa.Integer(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("urgency", sa.String(), nullable=False),
        sa.Column("mode", sa.String(), nullable=True),
        sa.Column("room_kind", sa.String(), nullable=False),
        sa.Column("mediator", sa.String(), nullable=False),
        sa.Column("earliest", sa.Date(), nullable=True),
        sa.Column("preferred", sa.String(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("waits", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_waitings_case_id")),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_waitings")),
    )
    op.create_index(
        "ix_waitings_waits",
        "waitings",
        ["case_id"],
        unique=False,
        sqlite_where=sa.text("waits"),
        postgresql_where=sa.text("waits"),
    )


def downgrade() -> None:
    """The same step down."""
    op.drop_index(
        "ix_waitings_waits",
        table_name="waitings",
        sqlite_where=sa.text("waits"),
        postgresql_where=sa.text("waits"),
    )
    op.drop_table("waitings")
    op.drop_table("summonses")
