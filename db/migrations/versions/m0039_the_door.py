"""Keys name nobody, since an encrypted database keeps them beside itself in clear; refused tries wait to be recorded."""

from __future__ import annotations

import hashlib

import sqlalchemy as sa
from alembic import op

revision = "m0039"
down_revision: str | None = "m0038"
branch_labels = None
depends_on = None

KEYS = sa.table("account_keys", sa.column("holder", sa.String))
ACCOUNTS = sa.table("accounts", sa.column("name", sa.String))


def upgrade() -> None:
    """Digests take the place of names."""
    op.create_table(
        "sign_in_refusals",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("who", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in_refusals")),
    )
    bind = op.get_bind()
    for holder in bind.scalars(sa.select(KEYS.c.holder)).all():
        bind.execute(KEYS.update().where(KEYS.c.holder == holder).values(holder=_who(holder)))


def downgrade() -> None:
    """Names again; "" is the recovery code."""
    op.drop_table("sign_in_refusals")
    bind = op.get_bind()
    for name in ("", *bind.scalars(sa.select(ACCOUNTS.c.name)).all()):
        bind.execute(KEYS.update().where(KEYS.c.holder == _who(name)).values(holder=name))


def _who(name: str) -> str:
    return hashlib.sha256(f"mediation-desk/sign-in/{name}".encode()).hexdigest()
