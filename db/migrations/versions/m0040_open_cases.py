"""Which case is open at which counter."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from db.types import Instant

revision = "m0040"
down_revision: str | None = "m0039"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """One step up."""
    op.create_table(
        "open_cases",
        sa.Column("case_key", sa.String(), nullable=False),
        sa.Column("desk", sa.String(), nullable=False),
        sa.Column("account", sa.String(), nullable=False),
        sa.Column("counter", sa.String(), nullable=False),
        sa.Column("since", Instant(), nullable=False),
        sa.Column("seen_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("case_key", "desk", name=op.f("pk_open_cases")),
    )


def downgrade() -> None:
    """One step down."""
    op.drop_table("open_cases")
