"""Consents to the use of personal information, what was given outside, and the register of requests."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from db.types import Instant

revision = "m0037"
down_revision: str | None = "m0036"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """One step up."""
    _part(
        "personal_consents",
        sa.Column("no", sa.Integer(), nullable=False),
        sa.Column("ref", sa.String(), nullable=False),
        sa.Column("scope", sa.String(), nullable=False),
        sa.Column("agreed", sa.Boolean(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("how", sa.String(), nullable=False),
        sa.Column("notice", sa.String(), nullable=False),
        sa.Column("guardian", sa.String(), nullable=False),
        sa.Column("relation", sa.String(), nullable=False),
        sa.Column("noted_by", sa.String(), nullable=False),
        sa.Column("withdrawn_on", sa.Date(), nullable=True),
        sa.Column("withdrawal", sa.Text(), nullable=False),
    )
    _part(
        "transfers",
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("to", sa.String(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("ground", sa.Text(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
    )
    op.create_table(
        "person_requests",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("id_no", sa.String(), nullable=False),
        sa.Column("agent", sa.String(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("clerk", sa.String(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("granted", sa.Boolean(), nullable=True),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("answered_by", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person_requests")),
    )
    op.create_index(op.f("ix_person_requests_due_on"), "person_requests", ["due_on"], unique=False)


def downgrade() -> None:
    """The same step down."""
    op.drop_index(op.f("ix_person_requests_due_on"), table_name="person_requests")
    for name in ("person_requests", "transfers", "personal_consents"):
        op.drop_table(name)


def _part(name: str, *columns: sa.Column[object]) -> None:
    op.create_table(
        name,
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        *columns,
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f(f"fk_{name}_case_id")),
        sa.PrimaryKeyConstraint("case_id", "line", name=op.f(f"pk_{name}")),
    )
