"""The archive room: places, loans, appraisals, score sheets, and how a volume stands."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "m0023"
down_revision: str | None = "m0022"
branch_labels = None
depends_on = None

_OUT = sa.text("returned_on IS NULL")
_TO_DESTROY = sa.text("verdict = '销毁' AND destroyed_on IS NULL")


def upgrade() -> None:
    """One step up; volumes filed before have no place on a shelf yet."""
    op.create_table(
        "shelves",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_shelves_case_id")),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_shelves")),
        sa.UniqueConstraint("place", name=op.f("uq_shelves_place")),
    )
    _lending()
    _reviewing()
    with op.batch_alter_table("archives") as table:
        table.add_column(sa.Column("standing", sa.String(), nullable=False, server_default="未归档"))
        table.add_column(sa.Column("decided_until", sa.Date(), nullable=True))
    op.execute("UPDATE archives SET standing = '未上架' WHERE archived_on IS NOT NULL")
    with op.batch_alter_table("archives") as table:
        table.alter_column("standing", server_default=None)
    op.create_index(
        op.f("ix_archives_standing_archived_on_case_id"),
        "archives",
        ["standing", "archived_on", "case_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_archives_retention_decided_until_archived_on_case_id"),
        "archives",
        ["retention", "decided_until", "archived_on", "case_id"],
        unique=False,
    )
    op.create_index(op.f("ix_archives_decided_until"), "archives", ["decided_until"], unique=False)


def _lending() -> None:
    op.create_table(
        "loans",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("no", sa.Integer(), nullable=False),
        sa.Column("who", sa.String(), nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("approved_by", sa.String(), nullable=False),
        sa.Column("lent_by", sa.String(), nullable=False),
        sa.Column("returned_on", sa.Date(), nullable=True),
        sa.Column("condition", sa.Text(), nullable=False),
        sa.Column("received_by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_loans_case_id")),
        sa.PrimaryKeyConstraint("case_id", "line", name=op.f("pk_loans")),
    )
    op.create_index(
        "ix_loans_out",
        "loans",
        ["due_on", "case_id"],
        unique=False,
        sqlite_where=_OUT,
        postgresql_where=_OUT,
    )
    op.create_table(
        "appraisals",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("no", sa.Integer(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("verdict", sa.String(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("decided_by", sa.String(), nullable=False),
        sa.Column("second", sa.String(), nullable=False),
        sa.Column("keep_until", sa.Date(), nullable=True),
        sa.Column("destroyed_on", sa.Date(), nullable=True),
        sa.Column("destroyed_by", sa.String(), nullable=False),
        sa.Column("witness", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_appraisals_case_id")),
        sa.PrimaryKeyConstraint("case_id", "line", name=op.f("pk_appraisals")),
    )
    op.create_index(
        "ix_appraisals_to_destroy",
        "appraisals",
        ["on", "case_id"],
        unique=False,
        sqlite_where=_TO_DESTROY,
        postgresql_where=_TO_DESTROY,
    )


def _reviewing() -> None:
    op.create_table(
        "reviews",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("no", sa.Integer(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("score", sa.Integer(), nullable=False),
        sa.Column("full", sa.Integer(), nullable=False),
        sa.Column("grade", sa.String(), nullable=False),
        sa.Column("rules", sa.String(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_reviews_case_id")),
        sa.PrimaryKeyConstraint("case_id", "line", name=op.f("pk_reviews")),
    )
    op.create_table(
        "review_marks",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("review_no", sa.String(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("point", sa.String(), nullable=False),
        sa.Column("item", sa.Text(), nullable=False),
        sa.Column("deduct", sa.Integer(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("automatic", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_review_marks_case_id")),
        sa.PrimaryKeyConstraint("case_id", "review_no", "line", name=op.f("pk_review_marks")),
    )


def downgrade() -> None:
    """The same step down."""
    for columns in (
        "decided_until",
        "retention_decided_until_archived_on_case_id",
        "standing_archived_on_case_id",
    ):
        op.drop_index(op.f(f"ix_archives_{columns}"), table_name="archives")
    with op.batch_alter_table("archives") as table:
        table.drop_column("decided_until")
        table.drop_column("standing")
    for table_name in ("review_marks", "reviews", "appraisals", "loans", "shelves"):
        op.drop_table(table_name)
