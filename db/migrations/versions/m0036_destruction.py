"""Lists of destruction, and what a destroyed case was to the statistics."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

from db.types import Yuan

revision = "m0036"
down_revision: str | None = "m0034"
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
MOMENT = sa.DateTime(timezone=True)


def facts() -> list[sa.Column[Any]]:
    """The columns of facts as they were at this step."""
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
        "destruction_lists",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("opinion", sa.Text(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("prepared_by", sa.String(), nullable=False),
        sa.Column("prepared_account", sa.String(), nullable=False),
        sa.Column("prepared_at", MOMENT, nullable=False),
        *(
            sa.Column(name, sa.String(), nullable=False)
            for name in ("appraisers", "decided_by", "decided_account")
        ),
        sa.Column("decided_at", MOMENT, nullable=True),
        sa.Column("refusal", sa.Text(), nullable=False),
        sa.Column("supervisor", sa.String(), nullable=False),
        sa.Column("applied_at", MOMENT, nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_destruction_lists")),
    )
    op.create_table(
        "destruction_lines",
        sa.Column("list_id", sa.Integer(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("case_key", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("volume_no", sa.String(), nullable=False),
        sa.Column("retention", sa.String(), nullable=False),
        sa.Column("archived_on", sa.Date(), nullable=False),
        sa.Column("pages", sa.Integer(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("done_at", MOMENT, nullable=True),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("files", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["list_id"], ["destruction_lists.id"], name=op.f("fk_destruction_lines_list_id")
        ),
        sa.PrimaryKeyConstraint("list_id", "line", name=op.f("pk_destruction_lines")),
    )
    op.create_index(op.f("ix_destruction_lines_case_key"), "destruction_lines", ["case_key"], unique=False)
    op.create_table(
        "destroyed_facts",
        sa.Column("case_key", sa.String(), nullable=False),
        *facts(),
        sa.PrimaryKeyConstraint("case_key", name=op.f("pk_destroyed_facts")),
    )


def downgrade() -> None:
    """The same step down."""
    op.drop_table("destroyed_facts")
    op.drop_index(op.f("ix_destruction_lines_case_key"), table_name="destruction_lines")
    op.drop_table("destruction_lines")
    op.drop_table("destruction_lists")
