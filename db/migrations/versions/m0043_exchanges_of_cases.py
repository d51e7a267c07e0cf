"""States of cases that other centres have, too: what packages went out with and came in with."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "m0043"
down_revision: str | None = "m0042"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nothing was exchanged so far."""
    op.create_table(
        "exchanges",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("no", sa.Integer(), nullable=False),
        sa.Column("package", sa.String(), nullable=False),
        sa.Column("way", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("partner", sa.String(), nullable=False),
        sa.Column("base", sa.String(), nullable=False),
        sa.Column("their_key", sa.String(), nullable=False),
        sa.Column("their_number", sa.String(), nullable=False),
        sa.Column("waiting", sa.JSON(), nullable=False),
        sa.Column("waits", sa.Integer(), nullable=False),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_exchanges_case_id")),
        sa.PrimaryKeyConstraint("case_id", "no", name=op.f("pk_exchanges")),
    )
    op.create_index(op.f("ix_exchanges_digest"), "exchanges", ["digest"])
    op.create_index(op.f("ix_exchanges_waits"), "exchanges", ["waits"])


def downgrade() -> None:
    """They are forgotten."""
    op.drop_table("exchanges")
