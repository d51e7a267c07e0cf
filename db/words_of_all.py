"""The index worked out again from the cases: after an upgrade, and when the way of taking text apart changed."""

from __future__ import annotations

from sqlalchemy import Connection, Engine, delete, select

from db.bulk_rows import RowWriter
from db.engine import reading
from db.repositories.passages import passages_of
from db.repositories.settings import write_setting
from db.repositories.words import word_rows, word_table
from db.rows import Row
from db.tables.cases import cases
from db.tables.centre import settings
from mediation_desk.cases.finding.said import indexed

VERSION = 1
"""Rises with every change of ``mediation_desk.cases.finding`` after which old tokens would not be found."""

KEY = "search.version"
_AT_ONCE = 500


def is_current(engine: Engine) -> bool:
    """Whether the index was made the way this program makes it."""
    with engine.connect() as connection:
        return _version(reading(connection)) == VERSION


def index_all(connection: Connection) -> None:
    """Bring the index up to :data:`VERSION`; does nothing where it is."""
    if _version(connection) == VERSION:
        return
    index_anew(connection)
    write_setting(connection, KEY, VERSION)


def index_anew(connection: Connection) -> None:
    """Work out the index of every case, whatever is said about it."""
    table = word_table(connection.dialect)
    connection.execute(delete(table))
    writer, last = RowWriter(connection.dialect), 0
    while ids := list(
        connection.scalars(select(cases.c.id).where(cases.c.id > last).order_by(cases.c.id).limit(_AT_ONCE))
    ):
        rows: list[Row] = []
        for case_id, (received_on, passages) in passages_of(connection, ids).items():
            rows += word_rows(connection.dialect, case_id, received_on, indexed(passages))
        writer.write(connection, table, rows)
        last = ids[-1]


def _version(connection: Connection) -> object:
    return connection.scalar(select(settings.c.value).where(settings.c.key == KEY))
