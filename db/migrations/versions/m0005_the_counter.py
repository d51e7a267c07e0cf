"""Visits, and who of which draft or case is whom."""

from __future__ import annotations

revision = "m0005"
down_revision: str | None = "m0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """One step up."""


def downgrade() -> None:
    """One step down."""
