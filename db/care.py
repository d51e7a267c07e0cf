"""Care of the database: copies that open, restoring one, and a look whether everything is sound."""

from __future__ import annotations

import shutil
from datetime import datetime
from pathlib import Path

from sqlalchemy import Engine, func, select

from db.alone import exclusive_file
from db.engine import open_engine, reading
from db.errors import DAMAGED, translated
from db.migrate import check_version
from db.places import require_good_place
from db.sqlite import back_up
from db.tables.cases import cases
from mediation_desk.shared.errors import StorageError
from mediation_desk.shared.files import PREFIX, replace_durably

ON_SERVER = "数据在 PostgreSQL 服务器上，请由管理员用 pg_dump 备份、用 pg_restore 恢复。"


def write_backup(engine: Engine, folder: Path, key: bytes | None = None) -> Path:
    """A checked copy of the live database in ``folder``; returns its path. Raises StorageError.

    Of an encrypted database, opened with ``key``, the copy is encrypted too and its keys lie beside it.
    """
    if engine.dialect.name != "sqlite":
        raise StorageError(ON_SERVER)
    moment = datetime.now().astimezone().strftime("%Y%m%d-%H%M%S")
    copy = folder / f"desk-{moment}.db"
    back_up(engine, copy, key)
    return copy


def restore(backup: Path, target: Path) -> int:
    """Put a backup where no database is yet; returns the number of cases in it.

    A copy is opened and checked before it gets its name; an existing database is never overwritten.
    Raises StorageError.
    """
    if not backup.is_file():
        raise StorageError(f"找不到备份文件“{backup}”。")
    if target.exists():
        raise StorageError(f"“{target}”已有数据库，没有覆盖；请先把它移走，或用 --to 指定别的文件夹。")
    require_good_place(target.parent)
    unfinished = target.with_name(PREFIX + target.name)
    try:
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with exclusive_file(target):
            shutil.copyfile(backup, unfinished)
            unfinished.chmod(0o600)
            found = _look_into(unfinished)
            replace_durably(unfinished, target)
    except OSError as error:
        raise StorageError(f"恢复未能写入“{target.parent}”：请检查磁盘空间和权限。") from error
    finally:
        unfinished.unlink(missing_ok=True)
    return found


def _look_into(copy: Path) -> int:
    """Open and check the copy, not the backup itself, which may lie on a read-only stick."""
    engine = open_engine(f"sqlite:///{copy}")
    try:
        return inspect(engine)
    finally:
        engine.dispose()  # folds the write-ahead log away before the copy gets its name


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
