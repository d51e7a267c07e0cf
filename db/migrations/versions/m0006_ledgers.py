"""Ledgers taken over from other systems."""

from __future__ import annotations

revision = "m0006"
down_revision: str | None = "m0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """One step up."""


def downgrade() -> None:
    """One step down."""
