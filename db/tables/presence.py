"""Which case is open at which counter; nothing here locks anything, and everything here expires by itself."""

from __future__ import annotations

from sqlalchemy import Column, String, Table

from db.base import metadata
from db.tables.columns import word
from db.types import Instant

# desk: one running program. By the key of the case, not by its row: a line may outlive a case by two minutes.
open_cases = Table(
    "open_cases",
    metadata,
    Column("case_key", String, primary_key=True),
    Column("desk", String, primary_key=True),
    word("account"),
    word("counter"),
    Column("since", Instant, nullable=False),
    Column("seen_at", Instant, nullable=False),
)
