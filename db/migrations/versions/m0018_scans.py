"""Scans of a case."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "m0018"
down_revision: str | None = "m0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """One step up."""
    op.create_table(
        "scans",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("no", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("media", sa.String(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("pages", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("form", sa.String(), nullable=False),
        sa.Column("paper_no", sa.Integer(), nullable=False),
        sa.Column("version", sa.String(), nullable=False),
        sa.Column("page", sa.Integer(), nullable=False),
        sa.Column("evidence_ref", sa.String(), nullable=False),
        sa.Column("void_reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_scans_case_id")),
        sa.PrimaryKeyConstraint("case_id", "line", name=op.f("pk_scans")),
    )
    op.create_index(op.f("ix_scans_sha256"), "scans", ["sha256"], unique=False)


def downgrade() -> None:
    """The same step down."""
    op.drop_index(op.f("ix_scans_sha256"), table_name="scans")
    op.drop_table("scans")
