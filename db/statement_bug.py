"""What is told of a statement the database had to refuse: which one and why, never a value.

Messages of both databases can quote what somebody typed: ``no such column: 13800001234`` is a phone number that
reached a full-text query unquoted. So of a message only words of SQL and names of our own schema are kept.
"""

from __future__ import annotations

import re

from sqlalchemy.exc import SQLAlchemyError

from db.base import metadata

_SQL = """
a already argument arguments at been cannot check column columns constraint database datatype does
duplicate error exist exists expression failed for foreign function has have in incomplete index
input invalid is key locked misuse mismatch missing more near no not null of on or operator parameter
permission denied primary recursion relation row rows schema select such supplied syntax table than
the to token too transaction trigger type unique unknown unrecognized used value values view violates
wrong
"""
WORDS = frozenset(_SQL.split())
ANY_WORD = re.compile(r"\w+")
LONGEST = 80


class StatementBug(RuntimeError):
    """The program sent the database something it must refuse; says which statement, never a value."""


def bug_of(error: SQLAlchemyError, code: int | str) -> StatementBug:
    """What a programmer needs to find the statement, without the values in it."""
    orig = getattr(error, "orig", None)
    words = [type(error).__name__, type(orig).__name__ if orig else "", str(code)]
    words.append(_without_values(str(orig)) if orig else "")
    diag = getattr(orig, "diag", None)
    words += [getattr(diag, name, None) or "" for name in ("constraint_name", "table_name", "column_name")]
    words.append((getattr(error, "statement", None) or "")[:LONGEST])
    return StatementBug(" ".join(filter(None, words)))


def _without_values(message: str) -> str:
    """The first line of ``message``; whatever is neither SQL's nor our schema's becomes "…"."""
    first = message.splitlines()[0] if message.strip() else ""
    known = _names()
    kept = ANY_WORD.sub(
        lambda found: found[0] if found[0].lower() in WORDS or found[0] in known else "…", first
    )
    return kept[:LONGEST]


def _names() -> frozenset[str]:
    """Names of our tables and columns and of their constraints."""
    found = set()
    for table in metadata.tables.values():
        found.add(table.name)
        found.update(column.name for column in table.columns)
        found.update(str(constraint.name) for constraint in table.constraints if constraint.name)
        found.update(str(index.name) for index in table.indexes if index.name)
    return frozenset(found)
