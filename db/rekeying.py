"""Another key for the encrypted database: a whole copy under the new key takes the place of the old file.

Two files have to change together, the database and its door. The copy is written and checked first. Then the door
gets the new data key beside the old one, marked with the head of the copy (the random bytes SQLCipher begins a file
with). Then, inside one transaction of the door that still finds the mark, the copy is renamed and the old data key
forgotten. Whoever opens the door and finds a mark looks at the head of the file in place, and knows which of the two is
in force: cut off at any moment, exactly one key opens the database, and it is the one the accounts hold.
"""

from __future__ import annotations

import contextlib
import os
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError

from db import sqlite
from db.alone import exclusive_file
from db.engine import driver_of
from db.repositories.keys import KeyRepository
from db.vault import Vault, head_of, remove, take_place
from mediation_desk.access.accounts.rekeyed import Renewal
from mediation_desk.shared.errors import StorageError
from mediation_desk.shared.files import PREFIX
from mediation_desk.shared.watching import Stopped, Watch

if TYPE_CHECKING:
    from sqlalchemy import QueuePool

_PAUSE = 0.05
_PAGES = 1024  # between so many pages one may stop it


def rekey(
    engine: Engine, door: Engine, vault: Vault, unit: Callable[[Connection], Renewal], watch: Watch | None
) -> Renewal:
    """Give the database the key of what ``unit`` says, which runs while nobody else has it open.

    Raises StorageError and ``Stopped``; then the old key is in force, and what ``unit`` stored stays stored.
    """
    copy = vault.file.with_name(PREFIX + vault.file.name)
    try:
        with exclusive_file(vault.file), vault.turnstile, _alone(engine) as connection:
            renewal = unit(connection)
            _write(connection, copy, renewal.ring.database, watch)
            mark = head_of(copy)
            with door.begin() as first:
                KeyRepository(first).keep_turn(replace(renewal.turn, mark=mark), renewal.wraps)
            _change_places(connection, door, vault, copy, mark)
            vault.unlock(renewal.ring.database)
    except (OSError, sqlite.DRIVER.Error) as error:
        raise StorageError(_NOT_CHANGED) from error
    finally:
        remove(copy)
    return renewal


@contextlib.contextmanager
def _alone(engine: Engine) -> Iterator[Connection]:
    """A connection beside which there is no other, whoever asks for one."""
    give_up = time.monotonic() + sqlite.BUSY_SECONDS
    while cast("QueuePool", engine.pool).checkedout() and time.monotonic() < give_up:
        time.sleep(_PAUSE)  # other threads of this program end what they do
    engine.dispose()
    with engine.connect() as connection:
        raw = driver_of(connection)
        try:
            raw.execute("PRAGMA main.locking_mode=EXCLUSIVE")
            _leave_wal(raw, give_up)
            yield connection
        finally:
            connection.invalidate()
            raw.close()


def _leave_wal(raw: Any, give_up: float) -> None:
    """Out of WAL one gets only alone."""
    while True:
        with contextlib.suppress(sqlite.DRIVER.OperationalError):
            if raw.execute("PRAGMA main.journal_mode=DELETE").fetchone()[0] == "delete":
                return
        if time.monotonic() > give_up:
            raise StorageError(_NOT_ALONE)
        time.sleep(_PAUSE)


def _write(connection: Connection, copy: Path, key: bytes, watch: Watch | None) -> None:
    def told(_status: int, left: int, whole: int) -> None:
        if watch is not None and not watch(whole - left, whole):
            raise Stopped(_STOPPED)

    raw = driver_of(connection)
    raw.execute("PRAGMA main.journal_mode=MEMORY")  # nothing is written from here on: no journal stays beside
    remove(copy)
    sqlite.create_private(copy)
    with contextlib.closing(sqlite.DRIVER.connect(str(copy))) as made:
        sqlite.use_key(made, key)
        raw.backup(made, name="main", pages=_PAGES, progress=told, sleep=0)
        sqlite.demand_sound(made, encrypted=True)
    with copy.open("rb+") as stream:
        os.fsync(stream.fileno())


def _change_places(connection: Connection, door: Engine, vault: Vault, copy: Path, mark: str) -> None:
    """The name changes only while the door is held and has the mark: nobody may settle it meanwhile."""
    try:
        with door.begin() as second:
            keys = KeyRepository(second)
            if keys.waiting() != mark:
                raise StorageError(_NOT_CHANGED)
            if os.name == "nt":
                driver_of(connection).close()  # Windows gives no name away that is open
            take_place(copy, vault.file)
            keys.settle(mark)
    except (OSError, DBAPIError):
        if head_of(vault.file) != mark:  # else whoever opens the door next settles it
            raise


_NOT_ALONE = "要换钥匙，请先关掉正在使用同一数据文件夹的其他窗口和命令，再试一次。数据没有改动。"
_NOT_CHANGED = "换钥匙没有完成，仍用原来的钥匙，数据没有改动：请看看磁盘空间，再试一次。"
_STOPPED = "已经停下，没有换钥匙，数据没有改动。"
