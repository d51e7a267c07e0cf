"""How agreements were signed, place by place, and the way to the court: beside the file, under its version."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "m0013"
down_revision: str | None = "m0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """One step up."""
    op.create_table(
        "court_filings",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("how", sa.String(), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_court_filings_case_id")),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_court_filings")),
    )
    op.create_table(
        "court_papers",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_court_papers_case_id")),
        sa.PrimaryKeyConstraint("case_id", "line", name=op.f("pk_court_papers")),
    )
    op.create_table(
        "court_requests",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("no", sa.Integer(), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_court_requests_case_id")),
        sa.PrimaryKeyConstraint("case_id", "line", name=op.f("pk_court_requests")),
    )
    op.create_table(
        "earlier_applications",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("applied_on", sa.Date(), nullable=False),
        sa.Column("court", sa.String(), nullable=False),
        sa.Column("case_no", sa.String(), nullable=True),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.Column("result", sa.String(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_earlier_applications_case_id")),
        sa.PrimaryKeyConstraint("case_id", "line", name=op.f("pk_earlier_applications")),
    )
    op.create_table(
        "mandates",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("ref", sa.String(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_mandates_case_id")),
        sa.PrimaryKeyConstraint("case_id", "line", name=op.f("pk_mandates")),
    )
    op.create_table(
        "signings",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("ref", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("ways", sa.JSON(), nullable=False),
        sa.Column("seal", sa.String(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("scribe", sa.String(), nullable=False),
        sa.Column("witness", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_signings_case_id")),
        sa.PrimaryKeyConstraint("case_id", "line", name=op.f("pk_signings")),
    )
    op.create_table(
        "voided_signatures",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("ref", sa.String(), nullable=False),
        sa.Column("method", sa.Text(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("voided_on", sa.Date(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_voided_signatures_case_id")),
        sa.PrimaryKeyConstraint("case_id", "line", name=op.f("pk_voided_signatures")),
    )
    op.create_table(
        "wills",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("ref", sa.String(), nullable=False),
        sa.Column("agrees", sa.Boolean(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("how", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("authority_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_wills_case_id")),
        sa.PrimaryKeyConstraint("case_id", "line", name=op.f("pk_wills")),
    )


def downgrade() -> None:
    """The same step down."""
    for name in (
        "wills",
        "voided_signatures",
        "signings",
        "mandates",
        "earlier_applications",
        "court_requests",
        "court_papers",
        "court_filings",
    ):
        op.drop_table(name)
