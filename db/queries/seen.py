"""Of given cases, those the unit of work sees."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import Connection, select

from db.chunks import chunks
from db.tables.cases import cases


def keys_seen(connection: Connection, keys: Collection[str]) -> frozenset[str]:
    """Those of ``keys`` that are on file and not hidden from this unit; asked under its condition, like any SELECT."""
    query = select(cases.c.case_key)
    return frozenset(
        key
        for some in chunks(sorted(keys))
        for key in connection.scalars(query.where(cases.c.case_key.in_(some)))
    )
