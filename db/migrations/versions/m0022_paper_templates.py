"""Templates of papers with their versions."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "m0022"
down_revision: str | None = "m0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """One step up."""
    op.create_table(
        "paper_templates",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("form", sa.String(), nullable=False),
        sa.Column("track", sa.String(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("no", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("docx", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_paper_templates")),
        sa.UniqueConstraint(
            "form", "track", "body", "no", name=op.f("uq_paper_templates_form_track_body_no")
        ),
    )
    op.create_table(
        "paper_template_uses",
        sa.Column("form", sa.String(), nullable=False),
        sa.Column("track", sa.String(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("template_id", sa.Integer(), nullable=True),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["template_id"], ["paper_templates.id"], name=op.f("fk_paper_template_uses_template_id")
        ),
        sa.PrimaryKeyConstraint("form", "track", "body", name=op.f("pk_paper_template_uses")),
    )


def downgrade() -> None:
    """The same step down."""
    op.drop_table("paper_template_uses")
    op.drop_table("paper_templates")
