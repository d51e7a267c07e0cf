"""The marks beside each case: who may see it is asked of these, by whatever reads a case or a part of it."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, String, Table

from db.base import metadata

case_marks = Table(
    "case_marks",
    metadata,
    Column("case_id", ForeignKey("cases.id"), primary_key=True),
    Column("mark", String, primary_key=True),
    Index(None, "mark", "case_id"),
    sqlite_with_rowid=False,
)
