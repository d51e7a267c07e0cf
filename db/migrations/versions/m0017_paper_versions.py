"""Printed papers: which of the form's papers, the version of its words, the template it was made with."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "m0017"
down_revision: str | None = "m0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """One step up; papers printed before have no version."""
    with op.batch_alter_table("documents") as table:
        table.add_column(sa.Column("no", sa.Integer(), nullable=False, server_default="1"))
        table.add_column(sa.Column("version", sa.String(), nullable=False, server_default=""))
        table.add_column(sa.Column("template", sa.Integer(), nullable=True))
    with op.batch_alter_table("documents") as table:
        table.alter_column("no", server_default=None)
        table.alter_column("version", server_default=None)


def downgrade() -> None:
    """The same step down."""
    with op.batch_alter_table("documents") as table:
        for name in ("template", "version", "no"):
            table.drop_column(name)
