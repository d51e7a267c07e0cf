"""Records of sessions: additions, the text in work, what the parties said of it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "m0016"
down_revision: str | None = "m0015"
branch_labels = None
depends_on = None


def _of_case(table: str, *key: str) -> tuple[sa.Constraint, ...]:
    return (
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f(f"fk_{table}_case_id")),
        sa.PrimaryKeyConstraint("case_id", *key, name=op.f(f"pk_{table}")),
    )


def upgrade() -> None:
    """One step up."""
    op.create_table(
        "additions",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("no", sa.Integer(), nullable=False),
        sa.Column("session_no", sa.Integer(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        *_of_case("additions", "line"),
    )
    op.create_table(
        "working_records",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("session_no", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("composed", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("read_by", sa.String(), nullable=True),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("read_how", sa.String(), nullable=True),
        sa.Column("read_digest", sa.String(), nullable=True),
        sa.Column("frozen_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        *_of_case("working_records", "session_no"),
    )
    op.create_table(
        "read_backs",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("session_no", sa.Integer(), nullable=False),
        sa.Column("ref", sa.String(), nullable=False),
        sa.Column("answer", sa.String(), nullable=False),
        sa.Column("remark", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("account", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        *_of_case("read_backs", "session_no", "ref"),
    )


def downgrade() -> None:
    """The same step down."""
    for table in ("read_backs", "working_records", "additions"):
        op.drop_table(table)
