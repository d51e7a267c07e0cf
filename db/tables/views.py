"""Views of the case list that the centre's people have saved."""

from __future__ import annotations

from sqlalchemy import Column, Integer, String, Table

from db.base import metadata
from db.types import Json

saved_views = Table(
    "saved_views",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", String, nullable=False, unique=True),
    Column("query", Json, nullable=False),
)
