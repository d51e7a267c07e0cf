"""Care of the database: a look whether everything is sound."""

from __future__ import annotations

from sqlalchemy import Engine, func, select

from db.engine import reading
from db.errors import DAMAGED, translated
from db.migrate import check_version
from db.tables.cases import cases
from mediation_desk.shared.errors import StorageError


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
