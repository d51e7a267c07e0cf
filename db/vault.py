"""The embedded database of a real centre: encrypted as a whole, and beside it a small clear file with the keys.

That file (the "door") holds what has to be read before anybody signed in: the data key as each account keeps it, and
the tries at passwords. It names nobody. Every connection of the database has it attached, so that one unit of work
reaches both. A practice centre has no vault; on a server the same tables lie in the database itself.
"""

from __future__ import annotations

import contextlib
import os
import threading
from datetime import datetime
from pathlib import Path
from typing import Any

from db import sqlite
from db.alone import exclusive_file
from db.errors import KEYS_MISSING, LOCKED, MISSING, UNOPENABLE
from mediation_desk.shared.errors import PermissionDenied, StorageError
from mediation_desk.shared.files import PREFIX, replace_durably

DOOR_TABLES = ("data_keys", "account_keys", "sign_in_tries", "sign_in_refusals")
DOOR_VERSION = 1  # how many steps led to these tables (see ``db.door``)
_HEAD = 16
_SIDE_FILES = ("-wal", "-shm", "-journal")


class Vault:
    """``file`` is the database, ``keys`` the file with the wrapped keys.

    Centres begun before encryption are still clear; they are sealed when somebody next signs in.
    """

    def __init__(self, file: Path, keys: Path) -> None:
        self.file = file
        self.keys = keys
        self._key = bytearray()
        self.turnstile = threading.RLock()  # whoever wants a connection waits while the key is changed

    @property
    def sealed(self) -> bool:
        """Whether the database is, or is going to be, encrypted: only an existing clear file is not."""
        return not sqlite.is_clear(self.file)

    @property
    def key(self) -> bytes | None:
        """The raw key of the database, None while nobody is signed in or where it is still clear."""
        return bytes(self._key) if self._key and self.sealed else None

    @property
    def is_open(self) -> bool:
        """Whether the database can be read now."""
        return bool(self._key) or not self.sealed

    def require_pair(self) -> None:
        """Refuse an encrypted database without its keys. Raises ``StorageError``."""
        if self.file.is_dir():
            raise StorageError(UNOPENABLE)
        begun = self.file.exists() and self.file.stat().st_size > 0
        if begun and self.sealed and not self.keys.exists():
            raise StorageError(KEYS_MISSING.format(keys=self.keys.name, file=self.file.name))

    def require_file(self) -> None:
        """Refuse keys without their database. Raises ``StorageError``."""
        if not self.file.exists():
            raise StorageError(MISSING.format(file=self.file))

    def unlock(self, key: bytes) -> None:
        """From now on connections open with ``key``; a database that is still clear is sealed with it first."""
        if not self.sealed:
            with exclusive_file(self.file):
                seal(self.file, self.keys, key)
        self._key = bytearray(key)

    def lock(self) -> None:
        """The key is overwritten; who holds connections has to close them."""
        self._key[:] = bytes(len(self._key))
        self._key.clear()

    def set_aside(self) -> None:
        """Move away a database whose first start was cut short: nobody was ever told a way into it."""
        if self.file.exists() and self.sealed:
            moment = datetime.now().astimezone().strftime("%Y%m%d-%H%M%S")
            for name in ("", *_SIDE_FILES):
                with contextlib.suppress(FileNotFoundError):
                    Path(f"{self.file}{name}").rename(f"{self.file}.unused-{moment}{name}")

    def connect(self) -> Any:
        """A driver connection to the database. Raises ``PermissionDenied`` while it is locked."""
        if not self.sealed:
            return sqlite.connect(self.file)
        with self.turnstile:
            if not self._key:
                raise PermissionDenied(LOCKED)
            return sqlite.connect(self.file, bytes(self._key), self.keys)

    def connect_door(self) -> Any:
        """A driver connection to what may be read before anybody signed in."""
        return sqlite.connect(self.keys if self.sealed else self.file)


def seal(file: Path, keys: Path, key: bytes) -> None:
    """Encrypt the clear database ``file``, and take its keys out into ``keys``.

    After a crash at any moment there is the clear database or the sealed one, whole, with its keys. Nobody else may
    have it open. Raises ``StorageError``; then nothing changed.
    """
    sealed, door = (place.with_name(PREFIX + place.name) for place in (file, keys))
    try:
        for leftover in (sealed, door):
            remove(leftover)
            sqlite.create_private(leftover)
        _write_sealed(file, sealed, door, key)
        sqlite.demand_whole(sealed, key, door)
        replace_durably(door, keys)
        take_place(sealed, file)
    except (OSError, sqlite.DRIVER.Error) as error:
        raise StorageError(_NOT_SEALED) from error
    finally:
        for leftover in (sealed, door):
            remove(leftover)


def _write_sealed(file: Path, sealed: Path, door: Path, key: bytes) -> None:
    with contextlib.closing(sqlite.DRIVER.connect(str(file), timeout=1, isolation_level=None)) as clear:
        # out of WAL one gets only alone: whoever else has the file open would go on writing into the old one
        if clear.execute("PRAGMA journal_mode=DELETE").fetchone()[0] != "delete":
            raise StorageError(_NOT_ALONE)
        clear.execute(f"ATTACH ? AS sealed KEY \"x'{key.hex()}'\"", (str(sealed),))
        clear.execute("ATTACH ? AS door KEY ''", (str(door),))
        clear.execute("BEGIN EXCLUSIVE")
        clear.execute("SELECT sqlcipher_export('sealed')")
        for table in DOOR_TABLES:
            (made,) = clear.execute(
                "SELECT sql FROM main.sqlite_master WHERE type='table' AND name=?", (table,)
            ).fetchone()
            clear.execute(made.replace("CREATE TABLE ", "CREATE TABLE door.", 1))
            clear.execute(f"INSERT INTO door.{table} SELECT * FROM main.{table}")  # noqa: S608  # our own names
            clear.execute(f"DROP TABLE sealed.{table}")
        (version,) = clear.execute("PRAGMA main.user_version").fetchone()
        clear.execute(f"PRAGMA sealed.user_version={version}")
        clear.execute(f"PRAGMA door.user_version={DOOR_VERSION}")
        for made_ours in ("sealed", "door"):
            clear.execute(f"PRAGMA {made_ours}.application_id={sqlite.APPLICATION_ID}")
        clear.execute("COMMIT")
        clear.execute("DETACH sealed")
        clear.execute("DETACH door")


def take_place(made: Path, file: Path) -> None:
    """``made`` takes the name of ``file``, whose bytes are overwritten as far as the disk lets us.

    Raises OSError; then ``file`` is what it was.
    """
    former = file.with_name(f"{PREFIX}former-{file.name}")
    remove(former)
    with contextlib.suppress(
        OSError
    ):  # some disks know no second name for a file: nothing can be overwritten
        os.link(file, former)
    replace_durably(made, file)
    with contextlib.suppress(OSError):
        _overwrite(former)
    remove(former)


def _overwrite(file: Path) -> None:
    with file.open("r+b") as stream:
        left = os.fstat(stream.fileno()).st_size
        while left > 0:
            left -= stream.write(bytes(min(left, 1 << 20)))
        stream.flush()
        os.fsync(stream.fileno())


def head_of(file: Path) -> str:
    """The bytes an encrypted file begins with: drawn at random when it was made, they never change."""
    with file.open("rb") as stream:
        return stream.read(_HEAD).hex()


def remove(file: Path) -> None:
    """Away with a database file and all beside it."""
    for name in ("", *_SIDE_FILES):
        Path(f"{file}{name}").unlink(missing_ok=True)


_NOT_ALONE = "要给数据加密，请先关掉正在使用同一数据文件夹的其他窗口和命令，然后重新登录。数据没有改动。"
_NOT_SEALED = (
    "数据加密没有完成，数据没有改动：请关掉正在使用同一数据文件夹的其他窗口，看看磁盘空间，再重新登录。"
)
