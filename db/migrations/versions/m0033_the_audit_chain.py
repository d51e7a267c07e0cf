"""The audit trail becomes a chain: numbered without gaps, each entry linked to the one before, words apart."""

from __future__ import annotations

import hashlib
import json
import secrets
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "m0033"
down_revision: str | None = "m0032"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
STAYS = "audit_stays"
TAKEN_OVER = "taken"
ERASED = "EXISTS (SELECT 1 FROM audit_erasures WHERE seq = OLD.seq)"
GUARDED = {
    "audit": ("UPDATE", "DELETE"),
    "audit_words": ("UPDATE",),
    "audit_erasures": ("UPDATE", "DELETE"),
    "audit_head": ("DELETE",),
}
FUNCTIONS = (
    f"""
CREATE OR REPLACE FUNCTION {STAYS}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '{STAYS}';
END
$$
""",
    f"""
CREATE OR REPLACE FUNCTION {STAYS}_words() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF {ERASED} THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION '{STAYS}';
END
$$
""",  # no values go in
)
OLD = sa.table(
    "audit",
    sa.column("seq", sa.Integer),
    sa.column("at", MOMENT),
    sa.column("account", sa.String),
    sa.column("action", sa.String),
    sa.column("case_key", sa.String),
    sa.column("details", sa.JSON(none_as_null=True)),
)


def upgrade() -> None:
    """One step up: what was written before is linked as it stands, without a key, and says so."""
    connection = op.get_bind()
    rows = connection.execute(sa.select(OLD).order_by(OLD.c.seq)).mappings().all()
    op.drop_index(op.f("ix_audit_case_key"), table_name="audit")
    op.drop_table("audit")
    trail = _trail()
    taken = _chained(rows)
    for start in range(0, len(taken), 1000):
        connection.execute(sa.insert(trail), taken[start : start + 1000])
    _beside()
    _begin(connection, taken[-1] if taken else {"seq": 0, "link": "", "at": None})
    postgres = connection.dialect.name == "postgresql"
    for function in FUNCTIONS if postgres else ():
        op.execute(function)
    for table in GUARDED:
        for guard in _postgresql(table) if postgres else _sqlite(table):
            op.execute(guard)


def downgrade() -> None:
    """The same step down: the links and the personal words are forgotten."""
    connection = op.get_bind()
    rows = [dict(row) for row in connection.execute(_plain()).mappings()]
    for table in ("audit_head", "audit_erasures", "audit_words", "audit"):
        op.drop_table(table)
    if connection.dialect.name == "postgresql":
        for function in (STAYS, f"{STAYS}_words"):
            op.execute(f"DROP FUNCTION {function}()")
    op.create_table(
        "audit",
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("account", sa.String(), nullable=False),
        sa.Column("action", sa.String(), nullable=False),
        sa.Column("case_key", sa.String(), nullable=True),
        sa.Column("details", sa.JSON(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_audit")),
    )
    op.create_index(op.f("ix_audit_case_key"), "audit", ["case_key"], unique=False)
    for row in rows:
        row["details"] = json.loads(row["details"])
    for start in range(0, len(rows), 1000):
        connection.execute(sa.insert(OLD), rows[start : start + 1000])
    if rows and connection.dialect.name == "postgresql":
        op.execute("SELECT setval(pg_get_serial_sequence('audit', 'seq'), (SELECT max(seq) FROM audit))")


def _plain() -> sa.Select[Any]:
    now = sa.table(
        "audit", *(sa.column(column.name, column.type) for column in OLD.c if column.name != "details")
    )
    return sa.select(now, sa.column("details", sa.Text)).order_by(now.c.seq)


def _trail() -> sa.Table:
    trail = op.create_table(
        "audit",
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("account", sa.String(), nullable=False),
        sa.Column("action", sa.String(), nullable=False),
        sa.Column("case_key", sa.String(), nullable=True),
        sa.Column("person", sa.String(), nullable=True),
        sa.Column("result", sa.String(), nullable=False),
        sa.Column("clock", sa.Integer(), nullable=False),
        sa.Column("details", sa.Text(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("seal", sa.String(), nullable=False),
        sa.Column("link", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_audit")),
    )
    for columns in (["case_key", "seq"], ["account", "seq"], ["at"]):
        op.create_index(op.f(f"ix_audit_{'_'.join(columns)}"), "audit", columns, unique=False)
    return trail


def _beside() -> None:
    op.create_table(
        "audit_words",
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("salt", sa.String(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["seq"], ["audit.seq"], name=op.f("fk_audit_words_seq")),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_audit_words")),
    )
    op.create_table(
        "audit_erasures",
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(["seq"], ["audit.seq"], name=op.f("fk_audit_erasures_seq")),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_audit_erasures")),
    )
    op.create_table(
        "audit_head",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("link", sa.String(), nullable=False),
        sa.Column("at", MOMENT, nullable=True),
        sa.Column("proved_seq", sa.Integer(), nullable=False),
        sa.Column("proved_link", sa.String(), nullable=False),
        sa.Column("seal", sa.String(), nullable=False),
        sa.Column("open_key", sa.String(), nullable=False),
        sa.Column("keyed_from", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_head")),
    )


def _begin(connection: sa.Connection, last: dict[str, Any]) -> None:
    """The chain goes on behind what was taken over; until somebody has an account, with a key that lies open."""
    words = ("link", "proved_link", "seal", "open_key")
    numbers = ("id", "seq", "proved_seq", "keyed_from")
    columns = (sa.column("at", MOMENT), *(sa.column(name) for name in (*words, *numbers)))
    row = {
        "id": 1,
        "seq": last["seq"],
        "link": last["link"],
        "at": last["at"],
        "proved_seq": 0,
        "proved_link": "",
    }
    row |= {"seal": "", "open_key": secrets.token_hex(32), "keyed_from": None}
    connection.execute(sa.insert(sa.table("audit_head", *columns)), row)


def _chained(rows: Any) -> list[dict[str, Any]]:
    """The old rows with numbers without gaps and links; the bytes are those of `mediation_desk.audit.entry`."""
    before, chained = bytes(32), []
    for seq, row in enumerate(rows, start=1):
        details = json.dumps(row["details"] or {}, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        at = _in_utc(row["at"]).strftime("%Y-%m-%d %H:%M:%S.%f")
        bound = (
            seq,
            at,
            row["account"],
            row["action"],
            row["case_key"],
            None,
            "ok",
            0,
            details,
            "",
            TAKEN_OVER,
        )
        link = hashlib.sha256(before + json.dumps(bound, separators=(",", ":")).encode("ascii"))
        before = link.digest()
        chained.append(
            dict(row)
            | {"seq": seq, "person": None, "result": "ok", "clock": 0, "details": details}
            | {"words": "", "seal": TAKEN_OVER, "link": link.hexdigest()}
        )
    return chained


def _in_utc(at: datetime) -> datetime:
    """SQLite gives the UTC it keeps without a zone, PostgreSQL the zone of the session."""
    return at if at.tzinfo is None else at.astimezone(UTC)


def _sqlite(table: str) -> list[str]:
    refuse = f"BEGIN SELECT RAISE(ABORT, '{STAYS}'); END"
    made = [
        f"CREATE TRIGGER {STAYS}_{what.lower()}_{table} BEFORE {what} ON {table} {refuse}"
        for what in GUARDED[table]
    ]
    if table == "audit_words":
        made.append(
            f"CREATE TRIGGER {STAYS}_delete_{table} BEFORE DELETE ON {table} WHEN NOT {ERASED} {refuse}"
        )
    return made


def _postgresql(table: str) -> list[str]:
    refuse, what = f"EXECUTE FUNCTION {STAYS}()", " OR ".join(GUARDED[table])
    made = [
        f"CREATE TRIGGER {STAYS}_change BEFORE {what} ON {table} FOR EACH ROW {refuse}",
        f"CREATE TRIGGER {STAYS}_truncate BEFORE TRUNCATE ON {table} FOR EACH STATEMENT {refuse}",
    ]
    if table == "audit_words":
        made.append(
            f"CREATE TRIGGER {STAYS}_delete BEFORE DELETE ON {table} "
            f"FOR EACH ROW EXECUTE FUNCTION {STAYS}_words()"
        )
    return made
