"""A database says where its centre was moved to."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "m0042"
down_revision: str | None = "m0040"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nobody has moved yet."""
    op.add_column("audit_head", sa.Column("moved_to", sa.String(), nullable=True))


def downgrade() -> None:
    """As before."""
    op.drop_column("audit_head", "moved_to")
