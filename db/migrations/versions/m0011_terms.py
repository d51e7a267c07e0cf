"""Terms: what the clauses of an agreement were composed of, and who answered for which finding."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "m0011"
down_revision: str | None = "m0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """One step up."""
    op.create_table(
        "terms",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("clause", sa.Integer(), nullable=False),
        sa.Column("offer", sa.Integer(), nullable=True),
        sa.Column("entry", sa.String(), nullable=False),
        sa.Column("covers", sa.JSON(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("refrain", sa.Boolean(), nullable=False),
        sa.Column("purpose", sa.String(), nullable=False),
        sa.Column("manner", sa.String(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("edited", sa.Boolean(), nullable=False),
        sa.Column("interest", sa.BigInteger(), nullable=True),
        sa.Column("interest_from", sa.Date(), nullable=True),
        sa.Column("interest_base", sa.String(), nullable=False),
        sa.Column("lent_on", sa.Date(), nullable=True),
        sa.Column("grace_days", sa.Integer(), nullable=True),
        sa.Column("penalty", sa.BigInteger(), nullable=True),
        sa.Column("set_off", sa.String(), nullable=False),
        sa.Column("set_off_amount", sa.BigInteger(), nullable=True),
        sa.Column("monthly", sa.BigInteger(), nullable=True),
        sa.Column("first_month", sa.String(), nullable=False),
        sa.Column("months", sa.Integer(), nullable=True),
        sa.Column("pay_day", sa.Integer(), nullable=True),
        sa.Column("articles", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_terms_case_id")),
        sa.PrimaryKeyConstraint("case_id", "line", name=op.f("pk_terms")),
    )
    op.create_table(
        "term_shares",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("clause_no", sa.String(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("ref", sa.String(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_term_shares_case_id")),
        sa.PrimaryKeyConstraint("case_id", "clause_no", "line", name=op.f("pk_term_shares")),
    )
    op.create_table(
        "looked",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("says", sa.Text(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_looked_case_id")),
        sa.PrimaryKeyConstraint("case_id", "line", name=op.f("pk_looked")),
    )


def downgrade() -> None:
    """The same step down."""
    for name in ("looked", "term_shares", "terms"):
        op.drop_table(name)
