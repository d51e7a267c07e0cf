"""Remote sessions: room, consents, who joined; files behind evidence."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "m0015"
down_revision: str | None = "m0014"
branch_labels = None
depends_on = None

_TABLES = ("meetings", "remote_consents", "joinings", "attachments")


def _table(name: str, *columns: sa.Column[object]) -> None:
    op.create_table(
        name,
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        *columns,
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f(f"fk_{name}_case_id")),
        sa.PrimaryKeyConstraint("case_id", "line", name=op.f(f"pk_{name}")),
    )


def upgrade() -> None:
    """One step up."""
    _table(
        "meetings",
        sa.Column("session_no", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("room", sa.String(), nullable=False),
        sa.Column("link", sa.Text(), nullable=False),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.Column("made_by", sa.String(), nullable=False),
    )
    _table(
        "remote_consents",
        sa.Column("session_no", sa.Integer(), nullable=False),
        sa.Column("ref", sa.String(), nullable=False),
        sa.Column("agreed", sa.Boolean(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("how", sa.String(), nullable=False),
        sa.Column("noted_by", sa.String(), nullable=False),
    )
    _table(
        "joinings",
        sa.Column("session_no", sa.Integer(), nullable=False),
        sa.Column("ref", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("joined_at", sa.Time(), nullable=False),
        sa.Column("left_at", sa.Time(), nullable=True),
        sa.Column("identity", sa.String(), nullable=False),
        sa.Column("noted_by", sa.String(), nullable=False),
    )
    _table(
        "attachments",
        sa.Column("evidence_ref", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("session_no", sa.Integer(), nullable=True),
        sa.Column("recorded", sa.JSON(), nullable=False),
        sa.Column("consents", sa.JSON(), nullable=False),
    )
    with op.batch_alter_table("attachments", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_attachments_sha256"), ["sha256"], unique=False)


def downgrade() -> None:
    """The same step down."""
    for name in reversed(_TABLES):
        op.drop_table(name)
