"""以案定补: lists, claims with their shares, and the cases that wait for a claim."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "m0029"
down_revision: str | None = "m0028"
branch_labels = None
depends_on = None

_LIVE = sa.text("corrects IS NULL AND status <> '作废'")
_DIFFERS = sa.text("differs")
_WAITING = """
    INSERT INTO subsidy_waits (case_id, track, concluded_on)
    SELECT id, track, outcome_concluded_on FROM cases
    WHERE outcome_result IN ('调解成功', '部分达成') AND accepted_on IS NOT NULL AND binned_on IS NULL
      AND outcome_concluded_on IS NOT NULL
"""


def upgrade() -> None:
    """One step up; every case that ended with an agreement waits for a claim."""
    op.create_table(
        "subsidy_batches",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("no", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("prepared_by", sa.String(), nullable=False),
        sa.Column("prepared_account", sa.String(), nullable=False),
        sa.Column("prepared_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_by", sa.String(), nullable=False),
        sa.Column("decided_account", sa.String(), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("paid_on", sa.Date(), nullable=True),
        sa.Column("paid_by", sa.String(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_subsidy_batches")),
        sa.UniqueConstraint("month", "no", name=op.f("uq_subsidy_batches_month_no")),
    )
    _claims()
    op.create_table(
        "subsidy_shares",
        sa.Column("claim_id", sa.Integer(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("pool_no", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("grade", sa.String(), nullable=False),
        sa.Column("base", sa.BigInteger(), nullable=False),
        sa.Column("extra", sa.BigInteger(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["claim_id"], ["subsidy_claims.id"], name=op.f("fk_subsidy_shares_claim_id")),
        sa.PrimaryKeyConstraint("claim_id", "line", name=op.f("pk_subsidy_shares")),
    )
    op.create_table(
        "subsidy_waits",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("track", sa.String(), nullable=False),
        sa.Column("concluded_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_subsidy_waits_case_id")),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_subsidy_waits")),
    )
    op.create_index(
        op.f("ix_subsidy_waits_concluded_on_case_id"),
        "subsidy_waits",
        ["concluded_on", "case_id"],
        unique=False,
    )
    op.execute(_WAITING)


def downgrade() -> None:
    """The same step down."""
    for table in ("subsidy_waits", "subsidy_shares", "subsidy_claims", "subsidy_batches"):
        op.drop_table(table)


def _claims() -> None:
    op.create_table(
        "subsidy_claims",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=True),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("corrects", sa.Integer(), nullable=True),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("number", sa.String(), nullable=True),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("category", sa.String(), nullable=False),
        sa.Column("concluded_on", sa.Date(), nullable=False),
        sa.Column("scheme", sa.String(), nullable=False),
        sa.Column("scheme_version", sa.String(), nullable=False),
        sa.Column("pay_class", sa.String(), nullable=False),
        sa.Column("clause", sa.Text(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("approved", sa.Boolean(), nullable=False),
        sa.Column("differs", sa.Boolean(), nullable=False),
        sa.Column("basis", sa.String(), nullable=False),
        sa.Column("parties", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_by", sa.String(), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("paid_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["batch_id"], ["subsidy_batches.id"], name=op.f("fk_subsidy_claims_batch_id")
        ),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_subsidy_claims_case_id")),
        sa.ForeignKeyConstraint(["corrects"], ["subsidy_claims.id"], name=op.f("fk_subsidy_claims_corrects")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_subsidy_claims")),
        sa.UniqueConstraint("corrects", name=op.f("uq_subsidy_claims_corrects")),
    )
    for name, columns in (("batch_id", ["batch_id"]), ("case_id", ["case_id"]), ("parties", ["parties"])):
        op.create_index(op.f(f"ix_subsidy_claims_{name}"), "subsidy_claims", columns, unique=False)
    op.create_index(
        "uq_subsidy_claims_live",
        "subsidy_claims",
        ["case_id"],
        unique=True,
        sqlite_where=_LIVE,
        postgresql_where=_LIVE,
    )
    op.create_index(
        "ix_subsidy_claims_differs",
        "subsidy_claims",
        ["id"],
        unique=False,
        sqlite_where=_DIFFERS,
        postgresql_where=_DIFFERS,
    )
