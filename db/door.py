"""The schema of the door (see ``db.vault``): made, brought up to date step by step, or refused."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import TYPE_CHECKING

from sqlalchemy import Connection, inspect

from db.base import metadata
from db.vault import DOOR_TABLES, DOOR_VERSION
from mediation_desk.shared.errors import StorageError

if TYPE_CHECKING:
    from alembic.operations import Operations

NEWER = "钥匙文件由更新版本的调解台写成（{found}），本程序只认识到 {known}。请先升级程序，文件没有改动。"


def make_door(connection: Connection) -> None:
    """Bring the door to this program's schema in the transaction of ``connection``. Raises StorageError for a newer."""
    found = connection.exec_driver_sql("PRAGMA user_version").scalar() or 0
    if found > DOOR_VERSION:
        raise StorageError(NEWER.format(found=found, known=DOOR_VERSION))
    if found == DOOR_VERSION:
        return
    if not inspect(connection).get_table_names():
        metadata.create_all(connection, tables=[metadata.tables[name] for name in DOOR_TABLES])
    else:
        _step_up(connection, found)
    connection.exec_driver_sql(f"PRAGMA user_version={DOOR_VERSION}")


def _step_up(connection: Connection, found: int) -> None:
    from alembic.operations import Operations
    from alembic.runtime.migration import MigrationContext

    to = Operations(MigrationContext.configure(connection))
    for step in _steps()[found:]:
        step(to)


def _steps() -> tuple[Callable[[Operations], None], ...]:
    """What leads from each version to the next; the same that the migrations of a whole database do."""
    versions = "db.migrations.versions."
    return (import_module(f"{versions}m0046_another_data_key").change,)
