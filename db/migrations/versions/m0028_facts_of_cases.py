"""Facts of every case for the statistics, and kept sums of whole months.

The facts of cases stored before are worked out from the files the first time statistics are asked for.
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

from db.types import Json, Yuan

revision = "m0028"
down_revision: str | None = "m0027"
branch_labels = None
depends_on = None

DAYS = (
    "accepted",
    "handed",
    "concluded",
    "ended",
    "due",
    "effective",
    "performed",
    "applied",
    "valid",
    "refused",
)
WORDS = ("track", "body", "body_type", "category", "zz", "source", "channel", "area", "difficulty")
DANGERS = ("suicide", "criminal", "mass_petition", "mass_fight")
INDEXED = ("received_on", "accepted_on", "handed_on", "concluded_on", "ended_on")


def facts() -> list[sa.Column[Any]]:
    """The columns as they were at this step."""
    return [
        sa.Column("received_on", sa.Date(), nullable=False),
        *(sa.Column(f"{day}_on", sa.Date(), nullable=True) for day in DAYS),
        *(sa.Column(word, sa.String(), nullable=False) for word in WORDS),
        *(sa.Column(word, sa.String(), nullable=True) for word in ("result", "form", "presiding")),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("claimed_yuan", Yuan(), nullable=False),
        sa.Column("agreed_yuan", Yuan(), nullable=False),
        sa.Column("days", sa.Integer(), nullable=True),
        sa.Column("sessions", sa.Integer(), nullable=False),
        sa.Column("opened", sa.Integer(), nullable=False),
        sa.Column("court_mode", sa.String(), nullable=False),
        sa.Column("court_end", sa.String(), nullable=False),
        sa.Column("prevented", sa.Integer(), nullable=False),
        *(
            sa.Column(f"prevented_{danger}_{what}", sa.Integer(), nullable=False)
            for danger in DANGERS
            for what in ("cases", "persons")
        ),
    ]


def upgrade() -> None:
    """One step up."""
    op.create_table(
        "case_facts",
        sa.Column("case_id", sa.Integer(), nullable=False),
        *facts(),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_case_facts_case_id")),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_case_facts")),
    )
    for day in INDEXED:
        op.create_index(op.f(f"ix_case_facts_{day}"), "case_facts", [day], unique=False)
    op.create_table(
        "touched_months",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("month", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_touched_months")),
    )
    op.create_index(op.f("ix_touched_months_month"), "touched_months", ["month"], unique=False)
    op.create_table(
        "settled_months",
        sa.Column("month", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("definitions", sa.String(), nullable=False),
        sa.Column("last_event_on", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("month", name=op.f("pk_settled_months")),
    )
    op.create_table(
        "kept_sums",
        sa.Column("grouping", sa.String(), nullable=False),
        sa.Column("month", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("sums", Json(), nullable=False),
        sa.PrimaryKeyConstraint("grouping", "month", "place", name=op.f("pk_kept_sums")),
    )


def downgrade() -> None:
    """The same step down."""
    for table in ("kept_sums", "settled_months"):
        op.drop_table(table)
    op.drop_index(op.f("ix_touched_months_month"), table_name="touched_months")
    op.drop_table("touched_months")
    for day in INDEXED:
        op.drop_index(op.f(f"ix_case_facts_{day}"), table_name="case_facts")
    op.drop_table("case_facts")
