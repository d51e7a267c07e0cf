"""The index behind the one search box, and saved views."""

from __future__ import annotations

revision = "m0004"
down_revision: str | None = "m0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """One step up."""


def downgrade() -> None:
    """One step down."""
