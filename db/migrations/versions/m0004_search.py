"""The index behind the one search box, the lists' indexes, and saved views.

The index is left empty here: ``db.migrate`` fills it in the same transaction, by the program's own rules.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "m0004"
down_revision: str | None = "m0003"
branch_labels = None
depends_on = None

GROUPS = ("head", "people", "facts", "records", "agreement", "papers")
WORDS = ", ".join(GROUPS)
FTS5 = (
    f"CREATE VIRTUAL TABLE case_words USING fts5({WORDS}, content='', contentless_delete=1, tokenize='ascii')"
)
TSVECTORS = f"""
CREATE TABLE case_words (
    case_id INTEGER NOT NULL,
    no INTEGER NOT NULL,
    {", ".join(f"{group} TSVECTOR NOT NULL" for group in GROUPS)},
    CONSTRAINT pk_case_words PRIMARY KEY (case_id, no),
    CONSTRAINT fk_case_words_case_id FOREIGN KEY(case_id) REFERENCES cases (id)
)
"""
GIN = f"CREATE INDEX ix_case_words_groups ON case_words USING gin ({WORDS})"


LISTED_BY: tuple[tuple[str, ...], ...] = (
    (),
    ("state",),
    ("body_id",),
    ("category",),
    ("presiding_name",),
    ("difficulty",),
)
OLDER: tuple[tuple[str, ...], ...] = (("received_on",), ("body_id",), ("state", "due_on"))
OF_GROUPS = "people_involved >= 10"


def upgrade() -> None:
    """One step up."""
    for columns in OLDER:
        op.drop_index(_name(columns), table_name="cases")
    for first in LISTED_BY:
        columns = (*first, "received_on", "id")
        op.create_index(_name(columns), "cases", list(columns))
    op.create_index(_name(("state", "due_on", "id")), "cases", ["state", "due_on", "id"])
    op.create_index(
        "ix_cases_groups",
        "cases",
        ["received_on", "id"],
        sqlite_where=sa.text(OF_GROUPS),
        postgresql_where=sa.text(OF_GROUPS),
    )
    statements = (FTS5,) if op.get_bind().dialect.name == "sqlite" else (TSVECTORS, GIN)
    for statement in statements:
        op.execute(statement)
    op.create_table(
        "saved_views",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("query", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_views")),
        sa.UniqueConstraint("name", name=op.f("uq_saved_views_name")),
    )


def downgrade() -> None:
    """One step down."""
    op.drop_table("saved_views")
    op.execute("DROP TABLE case_words")
    op.execute("DELETE FROM settings WHERE key = 'search.version'")
    op.drop_index("ix_cases_groups", table_name="cases")
    op.drop_index(_name(("state", "due_on", "id")), table_name="cases")
    for first in LISTED_BY:
        op.drop_index(_name((*first, "received_on", "id")), table_name="cases")
    for columns in OLDER:
        op.create_index(_name(columns), "cases", list(columns))


def _name(columns: tuple[str, ...]) -> str:
    return "_".join(("ix_cases", *columns))
