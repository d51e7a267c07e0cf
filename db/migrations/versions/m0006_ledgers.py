"""Old registers: the line a case was taken from, and the batches they came in."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "m0006"
down_revision: str | None = "m0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """One step up."""
    op.create_table(
        "ledger_batches",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("account", sa.String(), nullable=False),
        sa.Column("file", sa.String(), nullable=False),
        sa.Column("sheet", sa.String(), nullable=False),
        sa.Column("taken", sa.Integer(), nullable=False),
        sa.Column("skipped", sa.Integer(), nullable=False),
        sa.Column("wrong", sa.Integer(), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("stayed", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ledger_batches")),
    )
    op.create_table(
        "ledger_entries",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("batch", sa.String(), nullable=False),
        sa.Column("file", sa.String(), nullable=False),
        sa.Column("sheet", sa.String(), nullable=False),
        sa.Column("row", sa.Integer(), nullable=False),
        sa.Column("cells", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("closed", sa.Boolean(), nullable=False),
        sa.Column("result", sa.String(), nullable=True),
        sa.Column("concluded_on", sa.Date(), nullable=True),
        sa.Column("form", sa.String(), nullable=True),
        sa.Column("amount", sa.BigInteger(), nullable=True),
        sa.Column("performance", sa.Text(), nullable=False),
        sa.Column("mediator", sa.Text(), nullable=False),
        sa.Column("mediator_no", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_ledger_entries_case_id")),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_ledger_entries")),
    )
    with op.batch_alter_table("ledger_entries", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_ledger_entries_batch"), ["batch"], unique=False)


def downgrade() -> None:
    """The same step down; cases from registers stay, as registered cases."""
    op.execute("UPDATE cases SET state = '已登记' WHERE state = '台账旧案'")
    op.execute("UPDATE history SET state = '已登记' WHERE state = '台账旧案'")
    op.drop_table("ledger_entries")
    op.drop_table("ledger_batches")
