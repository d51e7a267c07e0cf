"""The session board: lines, the opening, who is there."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "m0010"
down_revision: str | None = "m0009"
branch_labels = None
depends_on = None


def _case() -> tuple[sa.Column[int]]:
    return (sa.Column("case_id", sa.Integer(), nullable=False),)


def _of_case(table: str, *key: str) -> tuple[sa.Constraint, ...]:
    return (
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f(f"fk_{table}_case_id")),
        sa.PrimaryKeyConstraint(*key, name=op.f(f"pk_{table}")),
    )


def upgrade() -> None:
    """One step up."""
    op.create_table(
        "boards",
        *_case(),
        sa.Column("last_no", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        *_of_case("boards", "case_id"),
    )
    op.create_table(
        "board_notes",
        sa.Column("id", sa.Integer(), nullable=False),
        *_case(),
        sa.Column("no", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("session_no", sa.Integer(), nullable=False),
        sa.Column("speaker", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("account", sa.String(), nullable=False),
        sa.Column("wall", sa.String(), nullable=False),
        sa.Column("side", sa.String(), nullable=True),
        sa.Column("release_by", sa.String(), nullable=True),
        sa.Column("release_on", sa.Date(), nullable=True),
        sa.Column("release_how", sa.Text(), nullable=True),
        sa.Column("issue", sa.Integer(), nullable=True),
        sa.Column("payer", sa.String(), nullable=True),
        sa.Column("payee", sa.String(), nullable=True),
        sa.Column("amount", sa.BigInteger(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("answers", sa.Integer(), nullable=True),
        sa.Column("accepted_by", sa.JSON(), nullable=False),
        sa.Column("accepted_on", sa.Date(), nullable=True),
        sa.Column("withdrawn_on", sa.Date(), nullable=True),
        sa.Column("withdrawn_by", sa.String(), nullable=True),
        sa.Column("withdrawn_reason", sa.Text(), nullable=True),
        sa.Column("struck_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("struck_by", sa.String(), nullable=True),
        sa.Column("struck_reason", sa.Text(), nullable=True),
        sa.Column("beside", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        *_of_case("board_notes", "id"),
        sa.UniqueConstraint("case_id", "no", name=op.f("uq_board_notes_case_id_no")),
        sa.UniqueConstraint("case_id", "key", name=op.f("uq_board_notes_case_id_key")),
    )
    op.create_index(op.f("ix_board_notes_case_id_revision"), "board_notes", ["case_id", "revision"])
    op.create_table(
        "board_openings",
        *_case(),
        sa.Column("session_no", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("account", sa.String(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        *_of_case("board_openings", "case_id", "session_no", "code"),
    )
    op.create_table(
        "board_presence",
        *_case(),
        sa.Column("session_no", sa.Integer(), nullable=False),
        sa.Column("ref", sa.String(), nullable=False),
        sa.Column("how", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        *_of_case("board_presence", "case_id", "session_no", "ref"),
    )


def downgrade() -> None:
    """The same step down."""
    for table in ("board_presence", "board_openings", "board_notes", "boards"):
        op.drop_table(table)
