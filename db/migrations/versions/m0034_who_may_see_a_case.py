"""Marks beside every case, by which it is in somebody's reach, and the lock that leaves only named people.

The marks of cases stored before are put together here, set by set: no case was locked until now.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from db.types import Words

revision = "m0034"
down_revision: str | None = "m0033"
branch_labels = None
depends_on = None

WORKED_ON = """ NOT IN ('退回', '待值班长决定', '已作废')"""
HELPERS = {
    "sqlite": "SELECT o.case_id, 'body:' || h.value FROM orders o, json_each(o.helpers) h",
    "postgresql": (
        "SELECT o.case_id, 'body:' || h.value FROM orders o, json_array_elements_text(o.helpers) h(value)"
    ),
}
MARKS = (
    "SELECT id, 'open' FROM cases",
    "SELECT id, 'body:' || body_name FROM cases",
    "SELECT id, 'person:' || registrar FROM cases",
    "SELECT id, 'card:' || recorder_pool_no FROM cases WHERE recorder_pool_no IS NOT NULL",
    "SELECT id, 'person:' || recorder_name FROM cases WHERE recorder_name IS NOT NULL",
    "SELECT case_id, 'card:' || pool_no FROM case_mediators",
    "SELECT case_id, 'card:' || recorder FROM sessions WHERE recorder IS NOT NULL AND recorder <> ''",
    *(
        f"SELECT case_id, '{what}:' || {column} FROM orders WHERE {column} <> '' AND status{WORKED_ON}"  # noqa: S608
        for what, column in (("body", '"to"'), ("person", "person"), ("person", "received_by"))
    ),
)


def upgrade() -> None:
    """One step up."""
    op.create_table(
        "case_marks",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("mark", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_case_marks_case_id")),
        sa.PrimaryKeyConstraint("case_id", "mark", name=op.f("pk_case_marks")),
        sqlite_with_rowid=False,
    )
    helpers = f"{HELPERS[op.get_bind().dialect.name]} WHERE o.status{WORKED_ON}"
    # UNION sorts: rows go in in the order of the key, and once each
    op.execute(f"INSERT INTO case_marks (case_id, mark) {' UNION '.join((*MARKS, helpers))} ORDER BY 1, 2")
    op.create_index(op.f("ix_case_marks_mark_case_id"), "case_marks", ["mark", "case_id"], unique=False)
    op.create_table(
        "locks",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("grounds", Words(), nullable=False),
        sa.Column("named", Words(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_locks_case_id")),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_locks")),
    )
    op.add_column("cases", sa.Column("locked_on", sa.Date(), nullable=True))


def downgrade() -> None:
    """The same step down."""
    op.drop_column("cases", "locked_on")
    op.drop_table("locks")
    op.drop_index(op.f("ix_case_marks_mark_case_id"), table_name="case_marks")
    op.drop_table("case_marks")
