"""Papers that come back are found by fingerprint and version without reading every paper."""

from __future__ import annotations

from alembic import op

revision = "m0027"
down_revision: str | None = "m0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """One step up."""
    op.create_index(op.f("ix_documents_sha256"), "documents", ["sha256"], unique=False)
    op.create_index(op.f("ix_documents_version"), "documents", ["version"], unique=False)


def downgrade() -> None:
    """The same step down."""
    op.drop_index(op.f("ix_documents_version"), table_name="documents")
    op.drop_index(op.f("ix_documents_sha256"), table_name="documents")
