"""What the desk keeps beside the exchanged file: standstills, orders, risks, corrections, numbers given, the bin."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "m0003"
down_revision: str | None = "m0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """One step up."""
    op.create_table(
        "numbers_given",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("serial", sa.Integer(), nullable=False),
        sa.Column("case_key", sa.String(), nullable=False),
        sa.Column("given_on", sa.Date(), nullable=False),
        sa.Column("voided_on", sa.Date(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_numbers_given")),
        sa.UniqueConstraint(
            "body", "kind", "year", "serial", name=op.f("uq_numbers_given_body_kind_year_serial")
        ),
    )
    with op.batch_alter_table("numbers_given", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_numbers_given_number"), ["number"], unique=False)

    op.create_table(
        "changes",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("correction_no", sa.String(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("before", sa.Text(), nullable=False),
        sa.Column("after", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_changes_case_id")),
        sa.PrimaryKeyConstraint("case_id", "correction_no", "line", name=op.f("pk_changes")),
    )
    op.create_table(
        "closings",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("evaluation", sa.Text(), nullable=False),
        sa.Column("approved_by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_closings_case_id")),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_closings")),
    )
    op.create_table(
        "corrections",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("no", sa.Integer(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_corrections_case_id")),
        sa.PrimaryKeyConstraint("case_id", "line", name=op.f("pk_corrections")),
    )
    op.create_table(
        "orders",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("no", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("to", sa.String(), nullable=False),
        sa.Column("helpers", sa.JSON(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("given_on", sa.Date(), nullable=False),
        sa.Column("given_by", sa.String(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("task", sa.Text(), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=True),
        sa.Column("received_by", sa.String(), nullable=False),
        sa.Column("refused_on", sa.Date(), nullable=True),
        sa.Column("refusal", sa.Text(), nullable=False),
        sa.Column("replied_on", sa.Date(), nullable=True),
        sa.Column("reply", sa.Text(), nullable=False),
        sa.Column("voided_on", sa.Date(), nullable=True),
        sa.Column("void_reason", sa.Text(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_orders_case_id")),
        sa.PrimaryKeyConstraint("case_id", "line", name=op.f("pk_orders")),
    )
    with op.batch_alter_table("orders", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_orders_status_due_on"), ["status", "due_on"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_orders_to_status_due_on"), ["to", "status", "due_on"], unique=False
        )

    op.create_table(
        "risks",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("noted_on", sa.Date(), nullable=False),
        sa.Column("noted_by", sa.String(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("reported_to", sa.String(), nullable=False),
        sa.Column("reported_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_risks_case_id")),
        sa.PrimaryKeyConstraint("case_id", "line", name=op.f("pk_risks")),
    )
    op.create_table(
        "sponsors",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("post", sa.String(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_sponsors_case_id")),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_sponsors")),
    )
    with op.batch_alter_table("sponsors", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sponsors_name"), ["name"], unique=False)

    op.create_table(
        "standstills",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("cause", sa.String(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("notice_on", sa.Date(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_standstills_case_id")),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_standstills")),
    )
    op.create_table(
        "track_moves",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("track", sa.String(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_track_moves_case_id")),
        sa.PrimaryKeyConstraint("case_id", "line", name=op.f("pk_track_moves")),
    )
    # Not in a batch: that would rebuild the table all others refer to.
    op.add_column("cases", sa.Column("binned_on", sa.Date(), nullable=True))
    op.add_column("cases", sa.Column("binned_by", sa.String(), nullable=True))
    op.add_column("cases", sa.Column("binned_reason", sa.Text(), nullable=True))
    binned = sa.text("binned_on IS NOT NULL")
    op.create_index(
        "ix_cases_bin", "cases", ["binned_on", "id"], sqlite_where=binned, postgresql_where=binned
    )


def downgrade() -> None:
    """The same step down."""
    op.drop_index("ix_cases_bin", table_name="cases")
    op.drop_column("cases", "binned_reason")
    op.drop_column("cases", "binned_by")
    op.drop_column("cases", "binned_on")

    op.drop_table("track_moves")
    op.drop_table("standstills")
    with op.batch_alter_table("sponsors", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_sponsors_name"))

    op.drop_table("sponsors")
    op.drop_table("risks")
    with op.batch_alter_table("orders", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_orders_to_status_due_on"))
        batch_op.drop_index(batch_op.f("ix_orders_status_due_on"))

    op.drop_table("orders")
    op.drop_table("corrections")
    op.drop_table("closings")
    op.drop_table("changes")
    with op.batch_alter_table("numbers_given", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_numbers_given_number"))

    op.drop_table("numbers_given")
