"""Hot copies of the embedded database, and what a copy is found to hold when it is opened again."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sqlalchemy import Engine

from db.engine import driver_of
from db.errors import DAMAGED
from db.sqlite import DRIVER, create_private, demand_sound, require_ours, use_key
from mediation_desk.shared.errors import StorageError
from mediation_desk.shared.record import record
from mediation_desk.shared.watching import Stopped, Watch

_PAGES = 4096
STOPPED = "已经停下，没有备份。"


@record
class Facts:
    """What is in a copy: its schema, rows of each table, and where the audit chain ends (``link`` of entry ``seq``)."""

    schema: str
    rows: dict[str, int]
    seq: int
    link: str

    @property
    def cases(self) -> int:
        """How many cases."""
        return self.rows.get("cases", 0)


def copy_live(
    engine: Engine, file: Path, keys: Path, key: bytes | None = None, watch: Watch | None = None
) -> None:
    """Copy the live database to ``file`` as it is at this moment, with every commit acknowledged before.

    With the ``key`` of an encrypted one the copy is encrypted too, and its door goes to ``keys``. A plain file copy
    will not do: under load four of five are unusable. Raises OSError, the driver's errors, ``Stopped``.
    """
    with engine.connect() as source:
        live = driver_of(source)
        if key is not None:  # first: a database without its keys is worth nothing
            _copy(live, "door", keys, None, None)
        _copy(live, "main", file, key, watch)


def _copy(live: Any, name: str, file: Path, key: bytes | None, watch: Watch | None) -> None:
    create_private(file)

    def progress(_status: int, left: int, total: int) -> None:
        if watch is not None and not watch(total - left, total):
            raise Stopped(STOPPED)

    with contextlib.closing(DRIVER.connect(str(file))) as target:
        use_key(target, key)
        live.execute(
            "BEGIN DEFERRED"
        )  # one state for all steps: a commit beside us does not begin the copy anew
        try:
            live.execute(f"SELECT count(*) FROM {name}.sqlite_master").fetchone()  # noqa: S608  # our own names
            live.backup(target, pages=_PAGES, progress=progress, name=name, sleep=0)
        finally:
            live.execute("ROLLBACK")
        target.execute("PRAGMA journal_mode=DELETE")  # the copy must not need files beside it


@contextlib.contextmanager
def opened(file: Path, key: bytes | None = None) -> Iterator[Any]:
    """A connection to a file nobody writes to; leaves nothing beside it, so it may lie on a read-only stick."""
    if key is None:
        require_ours(file)
    connection = DRIVER.connect(f"{file.absolute().as_uri()}?mode=ro&immutable=1", uri=True)
    with contextlib.closing(connection):
        use_key(connection, key)
        yield connection


def look_into(
    file: Path, key: bytes | None = None, watch: Watch | None = None, *, references: bool = False
) -> Facts:
    """Open a copy and check it: every page's own seal, and the structure. Raises ``StorageError``.

    ``references``: rows that refer to nothing are refused too; else a true copy of such a centre is better than none.
    """
    try:
        with opened(file, key) as connection:
            connection.set_progress_handler(lambda: int(watch is not None and not watch(1, 1)), 1_000_000)
            connection.execute("PRAGMA cell_size_check=ON")
            connection.execute(
                "PRAGMA cache_size=-262144"
            )  # the checks jump about: each page not kept is decrypted anew
            demand_sound(connection, encrypted=key is not None)
            if references and connection.execute("PRAGMA foreign_key_check").fetchone():
                raise StorageError(DAMAGED)
            return _facts(connection)
    except DRIVER.OperationalError as error:
        if str(error) == "interrupted":
            raise Stopped(STOPPED) from error
        raise StorageError(DAMAGED) from error
    except DRIVER.Error as error:
        raise StorageError(DAMAGED) from error


def _facts(connection: Any) -> Facts:
    def one(question: str) -> tuple[Any, ...] | None:
        return connection.execute(question).fetchone()  # type: ignore[no-any-return]  # the driver has no types

    made = connection.execute(
        "SELECT name, sql FROM sqlite_master WHERE type='table' ORDER BY name"
    ).fetchall()
    plain = [name for name, sql in made if not name.startswith("sqlite_") and "VIRTUAL" not in sql]
    rows = {name: (one(f'SELECT count(*) FROM "{name}"') or (0,))[0] for name in plain}  # noqa: S608  # names of the file
    schema = one("SELECT version_num FROM alembic_version") if rows.get("alembic_version") else None
    linked = any(row[1] == "link" for row in connection.execute("PRAGMA table_info(audit)"))
    last = one("SELECT seq, link FROM audit ORDER BY seq DESC LIMIT 1") if linked else None
    seq, link = last or (0, "")
    return Facts(schema=str(schema[0]) if schema else "", rows=rows, seq=seq, link=link)
