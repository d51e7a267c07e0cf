"""Routing: what a 督办 hurries, who decided after two refusals, who has not heard yet how a case ended."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "m0008"
down_revision: str | None = "m0007"
branch_labels = None
depends_on = None

# Cases sent here that ended and were never answered, and that nobody has closed: their sender is to hear.
_SENDERS = """
UPDATE cases SET unheard_since = outcome_concluded_on
WHERE source_stat = '接受委托移送' AND outcome_concluded_on IS NOT NULL AND state NOT IN ('结案', '归档')
AND NOT EXISTS (SELECT 1 FROM feedbacks WHERE feedbacks.case_id = cases.id)
"""


def upgrade() -> None:
    """One step up."""
    with op.batch_alter_table("orders", schema=None) as batch_op:
        batch_op.add_column(sa.Column("about", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("decided_by", sa.String(), nullable=True))
        for name in ("raised_on", "settled_on", "told_on"):
            batch_op.add_column(sa.Column(name, sa.Date(), nullable=True))
        batch_op.create_index(batch_op.f("ix_orders_status_replied_on"), ["status", "replied_on"])
        batch_op.create_index(batch_op.f("ix_orders_to_status_replied_on"), ["to", "status", "replied_on"])
    # Not in a batch: that would rebuild the table all others refer to.
    op.add_column("cases", sa.Column("unheard_since", sa.Date(), nullable=True))
    op.create_index(op.f("ix_cases_unheard_since"), "cases", ["unheard_since"])
    with op.batch_alter_table("risks", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_risks_reported_on"), ["reported_on"])
    op.execute(_SENDERS)


def downgrade() -> None:
    """The same step down."""
    with op.batch_alter_table("risks", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_risks_reported_on"))
    op.drop_index(op.f("ix_cases_unheard_since"), table_name="cases")
    op.drop_column("cases", "unheard_since")
    with op.batch_alter_table("orders", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_orders_to_status_replied_on"))
        batch_op.drop_index(batch_op.f("ix_orders_status_replied_on"))
        for name in ("told_on", "settled_on", "raised_on", "decided_by", "about"):
            batch_op.drop_column(name)
