"""The embedded database: which library is safe, which file is ours, how a connection is set up."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path
from time import monotonic, sleep
from typing import Any

from sqlalchemy.engine import ExceptionContext
from sqlcipher3 import dbapi2

from db.errors import DAMAGED, FOREIGN, NO_WAL, READ_ONLY, UNOPENABLE
from mediation_desk.shared.errors import StorageError

APPLICATION_ID = 0x4D444B31  # "MDK1" at byte 68 of the file, https://sqlite.org/fileformat.html
MAGIC = b"SQLite format 3\0"
DRIVER: Any = dbapi2  # the library comes without types
LIBRARY_VERSION: tuple[int, ...] = DRIVER.sqlite_version_info
BUSY_SECONDS = 5.0
_BUSY, _LOOK_SECONDS = 5, 0.0005

PRAGMAS = (
    "synchronous=FULL",
    "foreign_keys=ON",
    "trusted_schema=OFF",
    "cell_size_check=ON",
    "secure_delete=ON",
    "cache_size=-65536",
    "fullfsync=ON",  # macOS only: there an ordinary fsync does not reach the disk
)


def require_safe_library(version: tuple[int, ...]) -> None:
    """Refuse a SQLite library with the WAL-reset race: it loses committed data under two processes.

    Affected are 3.7.0 to 3.51.2 but for the repaired 3.44.6 and 3.50.7; raises StorageError.
    """
    repaired = version >= (3, 51, 3) or (3, 50, 7) <= version < (3, 51) or (3, 44, 6) <= version < (3, 45)
    if not repaired and version >= (3, 7):
        found = ".".join(map(str, version))
        raise StorageError(f"数据库组件 SQLite {found} 会丢失数据，请安装 sqlcipher3 0.6.4 或更高版本。")


def require_ours(file: Path) -> None:
    """Refuse a file that is no database of ours, by reading its first bytes only; raises StorageError.

    A missing or empty file is accepted, it becomes ours.
    """
    try:
        with file.open("rb") as stream:
            head = stream.read(100)
    except FileNotFoundError:
        return
    except OSError as error:
        raise StorageError(UNOPENABLE) from error
    ours = head.startswith(MAGIC) and head[68:72] == APPLICATION_ID.to_bytes(4, "big")
    if head and not ours:
        raise StorageError(FOREIGN)


def is_clear(file: Path) -> bool:
    """Whether there is a database that is not encrypted; an empty file is none yet."""
    try:
        with file.open("rb") as stream:
            return stream.read(len(MAGIC)) == MAGIC
    except OSError:
        return False


def connect(file: Path, key: bytes | None = None, door: Path | None = None) -> Any:
    """A driver connection after the recipe; the driver itself never begins a transaction.

    ``key`` is the raw 32-byte key of an encrypted file; ``door`` a clear file to be attached (see ``db.vault``).
    Raises the driver's errors, or StorageError where the file could not even be created.
    """
    create_private(file)
    connection = DRIVER.connect(
        str(file), timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False
    )
    try:
        use_key(connection, key)
        if door is not None:
            connection.execute("ATTACH ? AS door KEY ''", (str(door),))
            connection.execute(
                "PRAGMA door.synchronous=FULL"
            )  # without a name it is said of the database only
        _make_ours(connection)
        for pragma in PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")
    except BaseException:
        connection.close()
        raise
    return connection


def use_key(connection: Any, key: bytes | None) -> None:
    """What ``connection`` reads and writes from now on is encrypted with the raw 32-byte ``key``; None: in clear."""
    if key is not None:
        connection.execute(
            "PRAGMA cipher_log_level=NONE"
        )  # a wrong key is told in words, not on the terminal
        connection.execute(f"PRAGMA key=\"x'{key.hex()}'\"")


def _make_ours(connection: Any) -> None:
    """Mark a new file and put it into WAL mode; on a file that is ours already this only reads.

    The mark comes first, because WAL moves the first page elsewhere for a while.
    """
    if connection.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
        connection.execute(f"PRAGMA application_id={APPLICATION_ID}")
    if connection.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
        (mode,) = connection.execute("PRAGMA journal_mode=WAL").fetchone()
        if mode != "wal":
            raise StorageError(NO_WAL)


def begun_in_turn(connection: Any) -> bool:
    """Begin to write as soon as nobody else does; False where somebody did for ``BUSY_SECONDS``.

    SQLite itself waits longer and longer between two looks, so that who writes without a pause lets nobody in for
    seconds. Looking often and evenly gives everybody the same chance at each commit.
    """
    until = monotonic() + BUSY_SECONDS
    connection.execute("PRAGMA busy_timeout=0")
    try:
        while monotonic() < until:
            try:
                connection.execute("BEGIN IMMEDIATE")
            except DRIVER.OperationalError as error:
                if error.sqlite_errorcode & 0xFF != _BUSY:
                    return False
                sleep(_LOOK_SECONDS)
            else:
                return True
        return False
    finally:
        connection.execute(f"PRAGMA busy_timeout={int(BUSY_SECONDS * 1000)}")


def drop_if_rolled_back(context: ExceptionContext) -> None:
    """After some errors (full disk) SQLite has rolled back by itself: end the unit, do not go on without.

    Otherwise each later statement would commit alone, and the final commit would do nothing and say nothing.
    """
    connection = context.connection
    if connection is None or not connection.in_transaction() or connection.invalidated:
        return
    if "BEGIN" in (context.statement or ""):
        return
    if not connection.connection.dbapi_connection.in_transaction:  # type: ignore[union-attr]  # sqlite3 API
        context.is_disconnect = True
        context.invalidate_pool_on_disconnect = False


def create_private(file: Path) -> None:
    """Create the file for its owner only; SQLite gives its WAL and index files the same mode."""
    if file.exists():
        return
    try:
        with contextlib.suppress(FileExistsError):
            os.close(os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    except PermissionError as error:
        raise StorageError(READ_ONLY) from error
    except OSError as error:
        raise StorageError(UNOPENABLE) from error


def demand_whole(file: Path, key: bytes, door: Path) -> None:
    """Check an encrypted file that nobody uses, by every page's own seal and by its structure. Raises StorageError."""
    with contextlib.closing(connect(file, key, door)) as connection:
        # first: the seals are read past the log, and a page half folded in at a power cut is whole only there
        connection.execute("PRAGMA main.wal_checkpoint(TRUNCATE)")
        demand_sound(connection, encrypted=True)
    with contextlib.closing(connect(door)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def demand_sound(connection: Any, *, encrypted: bool) -> None:
    """Check what a connection is open to. Raises StorageError."""
    forged = connection.execute("PRAGMA cipher_integrity_check").fetchall() if encrypted else []
    if forged or connection.execute("PRAGMA integrity_check").fetchall() != [("ok",)]:
        raise StorageError(DAMAGED)
