"""Phrases are counted by body, so that nobody is offered words of cases he does not see; locked cases not at all."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "m0038"
down_revision: str | None = "m0037"
branch_labels = None
depends_on = None

EXACT = sa.String().with_variant(sa.String(collation="C"), "postgresql")
LONGEST = 80
SOURCES = (
    ("住址", "x.address", "JOIN parties x ON x.case_id = c.id"),
    ("请求", "x.item", "JOIN claims x ON x.case_id = c.id"),
    ("地点", "c.place", ""),
)


def upgrade() -> None:
    """Count anew from the cases."""
    op.drop_table("phrases")
    op.create_table(
        "phrases",
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("phrase", EXACT, nullable=False),
        sa.Column("body", EXACT, nullable=False),
        sa.Column("used", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("kind", "phrase", "body", name=op.f("pk_phrases")),
    )
    op.create_index(op.f("ix_phrases_kind_used"), "phrases", ["kind", "used"])
    for kind, words, joined in SOURCES:
        op.get_bind().execute(_counting(words, joined, by_body=True), {"kind": kind, "line": "%\n%"})


def downgrade() -> None:
    """Without bodies, as before."""
    op.drop_table("phrases")
    op.create_table(
        "phrases",
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("phrase", EXACT, nullable=False),
        sa.Column("used", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("kind", "phrase", name=op.f("pk_phrases")),
    )
    op.create_index(op.f("ix_phrases_kind_used"), "phrases", ["kind", "used"])
    for kind, words, joined in SOURCES:
        op.get_bind().execute(_counting(words, joined, by_body=False), {"kind": kind, "line": "%\n%"})


def _counting(words: str, joined: str, *, by_body: bool) -> sa.TextClause:
    body, group = ("b.name, ", f"{words}, b.name") if by_body else ("", words)
    into = "kind, phrase, body, used" if by_body else "kind, phrase, used"
    return sa.text(
        f"INSERT INTO phrases ({into}) SELECT :kind, {words}, {body}count(*) FROM cases c"  # noqa: S608
        f" JOIN bodies b ON b.id = c.body_id {joined}"
        f" WHERE c.locked_on IS NULL AND length({words}) BETWEEN 1 AND {LONGEST} AND {words} NOT LIKE :line"
        f" GROUP BY {group}"
    )
