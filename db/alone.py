"""Who else has a data folder open: one window, commands beside it, and whoever needs the folder alone.

The locks are those of SQLite on two empty files, so that they hold on every system and end with their process,
however it ends: a lock left behind does not exist.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from threading import RLock
from typing import Any, Self

from db.errors import READ_ONLY, UNOPENABLE
from db.sqlite import DRIVER, create_private
from mediation_desk.settings import Settings
from mediation_desk.shared.errors import StorageError

WINDOW = "window.lock"
ENDING = ".lock"
SECOND = "这个数据文件夹的调解台窗口已经开着，已经把它叫到前面；请用那一个，草稿不会写成两份。"
IN_USE = "另一个窗口或者命令正在用这个数据文件夹：请先关掉它们，再做这件事（升级、恢复、换密钥要独自使用）。"
TAKEN = "这个数据文件夹正在升级、恢复或者换密钥，请等它做完再打开。"
WAIT_SECONDS = 2.0
"""How long somebody who comes while a folder is taken alone waits before he gives up."""


@dataclass(slots=True)
class _Presence:
    lock: Any
    holders: int = 0


_present: dict[Path, _Presence] = {}
_turn = RLock()


class WindowLock:
    """This process shows the window of a data folder. Raises StorageError where another one does."""

    def __init__(self, folder: Path) -> None:
        self.file = folder / WINDOW
        self._lock = _opened(self.file)
        if not _locked(self._lock, alone=True):
            self._lock.close()
            call(self.file)
            raise StorageError(SECOND)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._lock.close()


def call(file: Path) -> None:
    """Ask the window that holds this lock to come to the front: it watches when the file was touched."""
    with suppress(OSError):
        os.utime(file)


def enter(database: Path | None) -> None:
    """This process has ``database`` open, until `leave`; others may too. A server (None) keeps its own book.

    Raises StorageError where somebody has taken it alone.
    """
    if database is None:
        return
    with _turn:
        present = _present.get(database)
        if present is None:
            lock = _opened(_beside(database), WAIT_SECONDS)
            if not _locked(lock, alone=False):
                lock.close()
                raise StorageError(TAKEN)
            present = _present[database] = _Presence(lock)
        present.holders += 1


def leave(database: Path | None) -> None:
    """What `enter` took; the last one of this process gives the file back."""
    with _turn:
        present = _present.get(database) if database is not None else None
        if database is None or present is None:
            return
        present.holders -= 1
        if present.holders == 0:
            del _present[database]
            present.lock.close()


def exclusive(settings: Settings) -> AbstractContextManager[None]:
    """For migrating, restoring, changing the key: nobody outside this process has the database open meanwhile.

    On a server it does nothing: there a transaction of the server keeps others out.
    Raises StorageError where somebody else is there.
    """
    return exclusive_file(settings.database)


@contextmanager
def exclusive_file(database: Path | None) -> Iterator[None]:
    """The same for a file, None for none."""
    if database is None:
        yield
        return
    with _turn:
        enter(database)
        lock = _present[database].lock
        lock.execute("COMMIT")
        try:
            if not _locked(lock, alone=True):
                raise StorageError(IN_USE)
            yield
        finally:
            if lock.in_transaction:
                lock.execute("COMMIT")
            _locked(lock, alone=False)
            leave(database)


def _beside(database: Path) -> Path:
    return database.with_name(database.name + ENDING)


def _opened(file: Path, wait: float = 0.0) -> Any:
    create_private(file)
    try:
        return DRIVER.connect(str(file), timeout=wait, isolation_level=None, check_same_thread=False)
    except DRIVER.Error as error:
        raise StorageError(UNOPENABLE) from error


def _locked(lock: Any, *, alone: bool) -> bool:
    """Take the lock in one of its two forms; False where somebody else's stands in the way."""
    try:
        lock.execute("PRAGMA journal_mode=OFF")  # nothing is ever written: no file beside it
        lock.execute("BEGIN EXCLUSIVE" if alone else "BEGIN")
        if not alone:
            lock.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except DRIVER.Error as error:
        if lock.in_transaction:
            lock.execute("ROLLBACK")
        if getattr(error, "sqlite_errorcode", 5) & 0xFF == 8:  # SQLITE_READONLY
            raise StorageError(READ_ONLY) from error
        return False
    return True
