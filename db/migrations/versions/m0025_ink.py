"""Wet ink: places and copies of printed papers, marks, corrections by hand, names drawn on a screen, what waits."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "m0025"
down_revision: str | None = "m0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """One step up; papers printed before wait for nobody."""
    with op.batch_alter_table("documents") as table:
        table.add_column(sa.Column("copies", sa.Integer(), nullable=False, server_default="1"))
        table.add_column(sa.Column("places", sa.JSON(), nullable=False, server_default="[]"))
    with op.batch_alter_table("documents") as table:
        table.alter_column("copies", server_default=None)
        table.alter_column("places", server_default=None)
    op.create_table(
        "inks",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("no", sa.Integer(), nullable=False),
        sa.Column("form", sa.String(), nullable=False),
        sa.Column("paper_no", sa.Integer(), nullable=False),
        sa.Column("version", sa.String(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("copies", sa.JSON(), nullable=False),
        sa.Column("deed", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("witness", sa.String(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("scan", sa.Integer(), nullable=False),
        sa.Column("noted_by", sa.String(), nullable=False),
        sa.Column("void_reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_inks_case_id")),
        sa.PrimaryKeyConstraint("case_id", "line", name=op.f("pk_inks")),
    )
    op.create_table(
        "ink_corrections",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("no", sa.Integer(), nullable=False),
        sa.Column("form", sa.String(), nullable=False),
        sa.Column("paper_no", sa.Integer(), nullable=False),
        sa.Column("version", sa.String(), nullable=False),
        sa.Column("page", sa.Integer(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("initials", sa.JSON(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("noted_by", sa.String(), nullable=False),
        sa.Column("void_reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_ink_corrections_case_id")),
        sa.PrimaryKeyConstraint("case_id", "line", name=op.f("pk_ink_corrections")),
    )
    op.create_table(
        "handwritings",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("no", sa.Integer(), nullable=False),
        sa.Column("form", sa.String(), nullable=False),
        sa.Column("paper_no", sa.Integer(), nullable=False),
        sa.Column("version", sa.String(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("strokes", sa.String(), nullable=False),
        sa.Column("picture", sa.String(), nullable=False),
        sa.Column("bound", sa.String(), nullable=False),
        sa.Column("noted_by", sa.String(), nullable=False),
        sa.Column("void_reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_handwritings_case_id")),
        sa.PrimaryKeyConstraint("case_id", "line", name=op.f("pk_handwritings")),
    )
    op.create_table(
        "ink_waits",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("form", sa.String(), nullable=False),
        sa.Column("paper_no", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("printed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("hands", sa.Text(), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_ink_waits_case_id")),
        sa.PrimaryKeyConstraint("case_id", "line", name=op.f("pk_ink_waits")),
    )
    op.create_index(
        op.f("ix_ink_waits_printed_at_case_id"), "ink_waits", ["printed_at", "case_id"], unique=False
    )


def downgrade() -> None:
    """The same step down."""
    op.drop_index(op.f("ix_ink_waits_printed_at_case_id"), table_name="ink_waits")
    for name in ("ink_waits", "handwritings", "ink_corrections", "inks"):
        op.drop_table(name)
    with op.batch_alter_table("documents") as table:
        for name in ("places", "copies"):
            table.drop_column(name)
