"""Each holder of the data key has a key pair, so that another data key can be given without a password.

Wraps of before stay as they are; they are made anew when their holder next signs in. The keys of an encrypted
database lie in a file beside it: there ``change`` is run by ``db.door``, not here.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from alembic.operations import Operations

revision = "m0046"
down_revision: str | None = "m0045"
branch_labels = None
depends_on = None

PARTS = ("public", "private", "proof")


def upgrade() -> None:
    """One step up."""
    op.add_column("accounts", sa.Column("left_turn", sa.Integer(), nullable=False, server_default="0"))
    with op.batch_alter_table("accounts") as batch:
        batch.alter_column("left_turn", server_default=None)
    if _here():
        change(Operations(op.get_context()))


def downgrade() -> None:
    """The same step down; only wraps of before open anything then."""
    if _here():
        with op.batch_alter_table("account_keys") as batch:
            batch.drop_constraint("pk_account_keys", type_="primary")
            batch.create_primary_key("pk_account_keys", ["holder"])
            for name in ("turn", *PARTS):
                batch.drop_column(name)
        op.drop_table("data_keys")
    with op.batch_alter_table("accounts") as batch:
        batch.drop_column("left_turn")


def change(to: Operations) -> None:
    """The step of the tables that may lie in a file of their own."""
    to.create_table(
        "data_keys",
        sa.Column("number", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("sealed", sa.String(), nullable=False),
        sa.Column("mark", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_data_keys"),
    )
    with to.batch_alter_table("account_keys") as batch:
        batch.add_column(sa.Column("turn", sa.Integer(), nullable=False, server_default="0"))
        for name in PARTS:
            batch.add_column(sa.Column(name, sa.String(), nullable=False, server_default=""))
        batch.drop_constraint("pk_account_keys", type_="primary")
        batch.create_primary_key("pk_account_keys", ["holder", "turn"])
    with to.batch_alter_table("account_keys") as batch:
        for name in ("turn", *PARTS):
            batch.alter_column(name, server_default=None)


def _here() -> bool:
    return "account_keys" in sa.inspect(op.get_bind()).get_table_names()
