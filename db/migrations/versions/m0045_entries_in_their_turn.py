"""On a server, who does not own the audit trail can only add at its end."""

from __future__ import annotations

from alembic import op

revision = "m0045"
down_revision: str | None = "m0043"
branch_labels = None
depends_on = None

TURN = """
CREATE OR REPLACE FUNCTION audit_stays_turn() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF pg_has_role((SELECT relowner FROM pg_class WHERE oid = TG_RELID), 'MEMBER') OR EXISTS (
        SELECT 1 FROM audit_head WHERE NEW.seq = seq + 1
        OR NEW.seq > seq AND EXISTS (SELECT 1 FROM audit WHERE seq = NEW.seq - 1)
    ) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'audit_stays';
END
$$
"""


def upgrade() -> None:
    """The embedded database has no logins to tell apart."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(TURN)
        op.execute(
            "CREATE TRIGGER audit_stays_turn BEFORE INSERT ON audit "
            "FOR EACH ROW EXECUTE FUNCTION audit_stays_turn()"
        )


def downgrade() -> None:
    """Whoever may write may choose the number again."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP TRIGGER audit_stays_turn ON audit")
        op.execute("DROP FUNCTION audit_stays_turn()")
