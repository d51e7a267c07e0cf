"""What scans were made from, and originals given back."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from db.types import Words

revision = "m0024"
down_revision: str | None = "m0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """One step up; scans filed before are the very files that came."""
    with op.batch_alter_table("scans") as table:
        table.add_column(sa.Column("original", sa.String(), nullable=False, server_default=""))
    with op.batch_alter_table("scans") as table:
        table.alter_column("original", server_default=None)
        table.create_index(op.f("ix_scans_original"), ["original"], unique=False)
    op.create_table(
        "returned_originals",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("no", sa.Integer(), nullable=False),
        sa.Column("evidence_refs", Words(), nullable=False),
        sa.Column("to", sa.String(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("receipt", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_returned_originals_case_id")),
        sa.PrimaryKeyConstraint("case_id", "line", name=op.f("pk_returned_originals")),
    )


def downgrade() -> None:
    """The same step down."""
    op.drop_table("returned_originals")
    with op.batch_alter_table("scans") as table:
        table.drop_index(op.f("ix_scans_original"))
        table.drop_column("original")
