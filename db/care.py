"""Care of the database: a look whether everything is sound."""

from __future__ import annotations

from sqlalchemy import Engine, func, select

from db.engine import driver_of, reading
from db.errors import DAMAGED, translated
from db.migrate import check_version
from db.repositories.destruction import content_columns
from db.tables.cases import cases
from mediation_desk.shared.errors import StorageError


def demand_seals(engine: Engine) -> None:
    """Check the seal of every page of an encrypted database. Raises StorageError where one is broken."""
    with translated(), engine.connect() as connection:
        live = driver_of(connection)
        # first: seals are read past the log, and a page half folded in at a power cut is whole only there
        live.execute("PRAGMA main.wal_checkpoint(TRUNCATE)")
        if live.execute("PRAGMA cipher_integrity_check").fetchall():
            raise StorageError(DAMAGED)


def files_named(engine: Engine) -> tuple[str, ...]:
    """Files of the store that cases name, by SHA-256."""
    with translated(), engine.connect() as connection:
        reader = reading(connection)
        named = (select(table.c[name]).distinct() for table, name in content_columns())
        return tuple(sorted({found for query in named for found in reader.scalars(query) if found}))


def inspect(engine: Engine) -> int:
    """Check that the database is whole, ours and consistent; returns the number of cases. Raises StorageError."""
    if check_version(engine) is None:
        raise StorageError("数据库还是空的。")
    with translated(), engine.connect() as connection:
        reader = reading(connection)
        if engine.dialect.name == "sqlite":
            whole = reader.exec_driver_sql("PRAGMA integrity_check").fetchall() == [("ok",)]
            if not whole or reader.exec_driver_sql("PRAGMA foreign_key_check").fetchall():
                raise StorageError(DAMAGED)
        return int(reader.execute(select(func.count()).select_from(cases)).scalar_one())
