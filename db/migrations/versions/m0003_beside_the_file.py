"""What the desk keeps beside the exchanged file: standstills, orders, risks, corrections, numbers given."""

from __future__ import annotations

revision = "m0003"
down_revision: str | None = "m0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """One step up."""


def downgrade() -> None:
    """One step down."""
