"""Promises kept: what was forgiven, who was urged, what a visit found."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "m0012"
down_revision: str | None = "m0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """One step up."""
    op.create_table(
        "waivers",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("no", sa.Integer(), nullable=False),
        sa.Column("clause", sa.Integer(), nullable=False),
        sa.Column("instalment", sa.Integer(), nullable=True),
        sa.Column("payer", sa.String(), nullable=True),
        sa.Column("amount", sa.BigInteger(), nullable=True),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_waivers_case_id")),
        sa.PrimaryKeyConstraint("case_id", "line", name=op.f("pk_waivers")),
    )
    op.create_table(
        "urgings",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("no", sa.Integer(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("of", sa.String(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("how", sa.Text(), nullable=False),
        sa.Column("served_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_urgings_case_id")),
        sa.PrimaryKeyConstraint("case_id", "line", name=op.f("pk_urgings")),
    )
    op.create_table(
        "visit_findings",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("visit", sa.Integer(), nullable=False),
        sa.Column("escalation", sa.String(), nullable=False),
        sa.Column("relapsed", sa.Boolean(), nullable=False),
        sa.Column("suit", sa.Text(), nullable=False),
        sa.Column("fault", sa.Text(), nullable=False),
        sa.Column("measures", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_visit_findings_case_id")),
        sa.PrimaryKeyConstraint("case_id", "line", name=op.f("pk_visit_findings")),
    )


def downgrade() -> None:
    """The same step down."""
    for table in ("visit_findings", "urgings", "waivers"):
        op.drop_table(table)
