"""Submitted periods: what was reported stays, with the facts behind it and the corrections booked later."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

from db.types import Json, Yuan

revision = "m0031"
down_revision: str | None = "m0030"
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
STAYS = "submitted_stays"
ROWS = ("submitted_facts", "submitted_visits")
KEPT = ("submissions", *ROWS, "submission_corrections")
FUNCTIONS = (
    f"""
CREATE OR REPLACE FUNCTION {STAYS}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '{STAYS}';
END
$$
""",
    f"""
CREATE OR REPLACE FUNCTION {STAYS}_sealed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM submissions WHERE id = NEW.submission_id) THEN
        RAISE EXCEPTION '{STAYS}';
    END IF;
    RETURN NEW;
END
$$
""",  # noqa: S608
)


SEALED = "WHEN EXISTS (SELECT 1 FROM submissions WHERE id = NEW.submission_id)"


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
        "submissions",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("first", sa.Date(), nullable=False),
        sa.Column("last", sa.Date(), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("no", sa.Integer(), nullable=False),
        sa.Column("supersedes", sa.Integer(), nullable=True),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("account", sa.String(), nullable=False),
        sa.Column("display_name", sa.String(), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("note", "reason", "override")),
        sa.Column("cases", sa.Integer(), nullable=False),
        sa.Column("content", Json(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["supersedes"], ["submissions.id"], name=op.f("fk_submissions_supersedes")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_submissions")),
        sa.UniqueConstraint("first", "last", "unit", "no", name=op.f("uq_submissions_first_last_unit_no")),
    )
    op.create_table(
        "submitted_facts",
        sa.Column("submission_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("case_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("case_key", sa.String(), nullable=False),
        *facts(),
        sa.PrimaryKeyConstraint("submission_id", "case_id", name=op.f("pk_submitted_facts")),
    )
    op.create_index(
        op.f("ix_submitted_facts_submission_id_case_key"), "submitted_facts", ["submission_id", "case_key"]
    )
    op.create_table(
        "submitted_visits",
        *(
            sa.Column(name, sa.Integer(), autoincrement=False, nullable=False)
            for name in ("submission_id", "case_id", "line")
        ),
        sa.Column("visited_on", sa.Date(), nullable=False),
        sa.Column("satisfaction", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("submission_id", "case_id", "line", name=op.f("pk_submitted_visits")),
    )
    op.create_table(
        "submission_corrections",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("submission_id", sa.Integer(), nullable=False),
        sa.Column("no", sa.Integer(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("account", sa.String(), nullable=False),
        sa.Column("display_name", sa.String(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("content", Json(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["submission_id"], ["submissions.id"], name=op.f("fk_submission_corrections_submission_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_submission_corrections")),
        sa.UniqueConstraint("submission_id", "no", name=op.f("uq_submission_corrections_submission_id_no")),
    )
    postgres = op.get_bind().dialect.name == "postgresql"
    for function in FUNCTIONS if postgres else ():
        op.execute(function)
    for table in KEPT:
        for guard in _postgresql(table) if postgres else _sqlite(table):
            op.execute(guard)


def downgrade() -> None:
    """The same step down: what was submitted is forgotten."""
    op.drop_table("submission_corrections")
    op.drop_table("submitted_visits")
    op.drop_index(op.f("ix_submitted_facts_submission_id_case_key"), table_name="submitted_facts")
    op.drop_table("submitted_facts")
    op.drop_table("submissions")
    if op.get_bind().dialect.name == "postgresql":
        for function in (STAYS, f"{STAYS}_sealed"):
            op.execute(f"DROP FUNCTION {function}()")


def _postgresql(table: str) -> list[str]:
    each, refuse = "FOR EACH", f"EXECUTE FUNCTION {STAYS}()"
    made = [
        f"CREATE TRIGGER {STAYS}_change BEFORE UPDATE OR DELETE ON {table} {each} ROW {refuse}",
        f"CREATE TRIGGER {STAYS}_truncate BEFORE TRUNCATE ON {table} {each} STATEMENT {refuse}",
    ]
    if table in ROWS:
        made.append(
            f"CREATE TRIGGER {STAYS}_insert BEFORE INSERT ON {table} {each} ROW EXECUTE FUNCTION {STAYS}_sealed()"
        )
    return made


def _sqlite(table: str) -> list[str]:
    made = [
        f"CREATE TRIGGER {STAYS}_{what.lower()}_{table} BEFORE {what} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, '{STAYS}'); END"
        for what in ("UPDATE", "DELETE")
    ]
    if table in ROWS:
        made.append(
            f"CREATE TRIGGER {STAYS}_insert_{table} BEFORE INSERT ON {table} {SEALED} "
            f"BEGIN SELECT RAISE(ABORT, '{STAYS}'); END"
        )
    return made
