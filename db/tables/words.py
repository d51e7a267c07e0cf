"""The index behind the search box: the tokens of each case by group, in the form each database searches best.

SQLite has an FTS5 table without content, PostgreSQL a table of ``tsvector`` columns; neither is a plain table,
so neither is in the metadata: they are made and taken along with ``cases``. What is in them can be worked out
from the cases again at any time (``db.words_of_all``).
"""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import DDL, Column, ColumnElement, Integer, MetaData, Table, Text, event, literal_column
from sqlalchemy.types import UserDefinedType

from db.tables.cases import cases
from mediation_desk.cases.finding.said import Group

NAME = "case_words"
GROUP_COLUMNS = {group: group.name.lower() for group in Group}
PARTS = frozenset((NAME, *(f"{NAME}_{part}" for part in ("data", "idx", "docsize", "config"))))
"""The table and what FTS5 keeps beside it: no step and no comparison of schemas looks for them."""

ROOM = 1 << 27
"""An FTS5 row is numbered ``day * ROOM + case id``: in the order of the numbers the newest cases come last."""

_ROOM: ColumnElement[int] = literal_column(str(ROOM), Integer)
_GROUPS = ", ".join(GROUP_COLUMNS.values())

# The ascii tokenizer splits at blanks and takes every character beyond ASCII as it is: the tokens are ours.
FTS5 = (
    f"CREATE VIRTUAL TABLE {NAME} USING fts5({_GROUPS}, content='', contentless_delete=1, tokenize='ascii')"
)

TSVECTORS = f"""
CREATE TABLE {NAME} (
    case_id INTEGER NOT NULL,
    no INTEGER NOT NULL,
    {", ".join(f"{column} TSVECTOR NOT NULL" for column in GROUP_COLUMNS.values())},
    CONSTRAINT pk_{NAME} PRIMARY KEY (case_id, no),
    CONSTRAINT fk_{NAME}_case_id FOREIGN KEY(case_id) REFERENCES cases (id)
)
"""
GIN = f"CREATE INDEX ix_{NAME}_groups ON {NAME} USING gin ({_GROUPS})"


def row_number(received_on: date, case_id: int = 0) -> int:
    """The number of an FTS5 row: by day, then by case."""
    return received_on.toordinal() * ROOM + case_id


def case_of(row: ColumnElement[int]) -> ColumnElement[int]:
    """The id of the case in the number of an FTS5 row."""
    return row % _ROOM


def row_in(expression: Any) -> Any:
    """The row of :func:`case_of`; None for every other expression."""
    right = getattr(expression, "right", None)
    return expression.left if right is _ROOM else None


class Positions(UserDefinedType[str]):
    """A ``tsvector`` written as text: ``'张':1 '三':2``."""

    cache_ok = True

    def get_col_spec(self, **_: Any) -> str:
        """Its name in PostgreSQL."""
        return "TSVECTOR"


class Asked(UserDefinedType[str]):
    """A ``tsquery`` written as text: ``'张' <-> '三'``."""

    cache_ok = True

    def get_col_spec(self, **_: Any) -> str:
        """Its name in PostgreSQL."""
        return "TSQUERY"


# What statements are written against; each belongs to one database and is never created from here.
fts5 = Table(
    NAME,
    MetaData(),
    Column("rowid", Integer, primary_key=True),
    *(Column(column, Text) for column in GROUP_COLUMNS.values()),
)
tsvectors = Table(
    NAME,
    MetaData(),
    Column("case_id", Integer, primary_key=True),
    Column("no", Integer, primary_key=True),
    *(Column(column, Positions) for column in GROUP_COLUMNS.values()),
)

for _dialect, _when, _statement in (
    ("sqlite", "after_create", FTS5),
    ("postgresql", "after_create", TSVECTORS),
    ("postgresql", "after_create", GIN),
    ("sqlite", "before_drop", f"DROP TABLE {NAME}"),
    ("postgresql", "before_drop", f"DROP TABLE {NAME}"),
):
    _along: Any = DDL(_statement)  # type: ignore[no-untyped-call]  # SQLAlchemy leaves its __init__ untyped
    event.listen(cases, _when, _along.execute_if(dialect=_dialect))
