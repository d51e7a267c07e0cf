"""Accounts with roles, body and card; the data key as each of them keeps it; tries at passwords."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from db.types import Json, Words

revision = "m0032"
down_revision: str | None = "m0031"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
WORDS = ("body", "pool_no", "id_no", "phone", "created_by")


def upgrade() -> None:
    """One step up. Before it the program made no accounts: what somebody put there by hand has no password."""
    op.execute("DELETE FROM accounts")
    with op.batch_alter_table("accounts", schema=None) as batch_op:
        batch_op.drop_column("role")
        batch_op.add_column(sa.Column("roles", Words(), nullable=False))
        for name in WORDS:
            batch_op.add_column(sa.Column(name, sa.String(), nullable=False))
        batch_op.add_column(sa.Column("relatives", Words(), nullable=False))
        batch_op.add_column(sa.Column("must_change", sa.Boolean(), nullable=False))
        batch_op.add_column(sa.Column("created_at", MOMENT, nullable=False))
        batch_op.add_column(sa.Column("signed_in_at", MOMENT, nullable=True))
        batch_op.create_unique_constraint(batch_op.f("uq_accounts_display_name"), ["display_name"])
    op.create_table(
        "account_keys",
        sa.Column("holder", sa.String(), nullable=False),
        sa.Column("salt", sa.String(), nullable=False),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in ("memory_kib", "passes", "lanes")),
        sa.Column("sealed", sa.String(), nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("former", Json(), nullable=False),
        sa.PrimaryKeyConstraint("holder", name=op.f("pk_account_keys")),
    )
    op.create_table(
        "sign_in_tries",
        sa.Column("who", sa.String(), nullable=False),
        sa.Column("count_", sa.Integer(), nullable=False),
        sa.Column("boot", sa.String(), nullable=False),
        sa.Column("seconds", sa.Float(), nullable=False),
        sa.PrimaryKeyConstraint("who", name=op.f("pk_sign_in_tries")),
    )


def downgrade() -> None:
    """The same step down: accounts and keys are gone."""
    op.drop_table("sign_in_tries")
    op.drop_table("account_keys")
    op.execute("DELETE FROM accounts")
    with op.batch_alter_table("accounts", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("uq_accounts_display_name"), type_="unique")
        for name in ("signed_in_at", "created_at", "must_change", "relatives", *reversed(WORDS), "roles"):
            batch_op.drop_column(name)
        batch_op.add_column(sa.Column("role", sa.String(), nullable=False))
