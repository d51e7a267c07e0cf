"""A place in the database for files of cases, so that all counters of a server have them (``db.tables.files``)."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "m0047"
down_revision: str | None = "m0046"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """One step up."""
    op.create_table(
        "file_pieces",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("piece", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("name", "number", name=op.f("pk_file_pieces")),
    )


def downgrade() -> None:
    """The same step down."""
    op.drop_table("file_pieces")
