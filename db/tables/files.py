"""Files of cases on a server, in pieces: every counter reads them, and copies of the database hold them.

They are sealed before they get here. The embedded database keeps none: there files lie in a folder beside it.
"""

from __future__ import annotations

from sqlalchemy import Column, Integer, LargeBinary, String, Table

from db.base import metadata

file_pieces = Table(
    "file_pieces",
    metadata,
    Column("name", String, primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("piece", LargeBinary, nullable=False),
)
