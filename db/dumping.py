"""Copies of a centre on a PostgreSQL server: what ``pg_dump`` gives, sealed, with what has to come out again."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from time import perf_counter
from typing import Any, BinaryIO

from sqlalchemy import Connection, Engine, func, insert, inspect, select, text
from sqlalchemy import table as named

from db.backups.dumps import LABEL, Watched, dump_name, head, is_sealed, opened
from db.door import make_door
from db.engine import open_engine, reading
from db.errors import translated
from db.migrate import HEAD, REVISIONS, alembic_version, upgrade
from db.postgres_tools import Called, pg_dump, pg_restore, pg_rows
from db.repositories.keys import KeyRepository
from db.restoring import SEALED as SEALED_COPY
from db.restoring import keys_in
from db.roles import grant, quoted
from db.tables.accounts import account_keys, data_keys
from db.tables.centre import settings as notes
from db.tables.chain import audit_head
from db.tables.files import file_pieces
from db.waiting import patient
from mediation_desk import __version__
from mediation_desk.access.accounts.cost import Derive, argon2id
from mediation_desk.access.accounts.ring import Ring, ring_of
from mediation_desk.access.accounts.sealing import subkey
from mediation_desk.audit.anchors import Anchor, code_of
from mediation_desk.backups.model import Manifest, Reason
from mediation_desk.backups.ports import Login, Restored
from mediation_desk.settings import KEYS_SUFFIX
from mediation_desk.shared.errors import PermissionDenied, StorageError
from mediation_desk.shared.files import PREFIX, make_folder, replace_durably, unwritable
from mediation_desk.shared.record import record
from mediation_desk.shared.sealed_file import Sealer
from mediation_desk.shared.watching import Watch

_PURPOSE = "backups"

NO_KEYS = "备份“{file}”旁边没有钥匙文件“{keys}”，没有它任何口令都打不开。"
TOO_NEW = "备份是更新版本的调解台做的（{found}），本程序只认识到 {head}。请先升级程序。"
OCCUPIED = "目的地的库里已经有数据，没有覆盖，什么也没有改动。请给一个空的库（server setup）。"
UNLIKE = "备份“{file}”里的行数和它的清单不一样（{what}），请不要使用，换一份备份。"
DIFFERENT = "恢复出来的与备份里记的不同（{what}），请不要使用这个库，换一份备份再试。"


@record
class FromDump:
    """What came out of a copy: how many cases, and the key of the audit trail, to check it."""

    cases: int
    audit_key: bytes | None


def dump_key(data_key: bytes | None) -> bytes | None:
    """What seals copies of a centre with this data key."""
    return subkey(data_key, _PURPOSE) if data_key else None


def write_dump(
    engine: Engine,
    folder: Path,
    data_key: bytes | None,
    *,
    at: datetime | None = None,
    reason: Reason = Reason.HAND,
    watch: Watch | None = None,
) -> Path:
    """A checked copy of the centre in ``folder``, sealed; returns its path.

    Raises ``StorageError``, ``Stopped``, and ``RuleError`` where the data key is not the one in force any more: what it
    sealed would not be opened by the keys beside it.
    """
    moment, key = at or datetime.now().astimezone(), dump_key(data_key)
    copy = folder / dump_name(str(engine.url.database), moment)
    keys = copy.with_suffix(KEYS_SUFFIX)
    try:
        make_folder(folder)
    except OSError as error:
        raise unwritable(copy, error) from error
    with translated(), patient(), engine.connect() as raw:
        connection = reading(raw)
        if data_key:
            ring_of(data_key, KeyRepository(connection).turn())
        called = Called.of(connection)
        snapshot = str(connection.scalar(text("SELECT pg_export_snapshot()")))
        manifest = _manifest(connection, moment, reason, sealed=key is not None)
        unfinished = copy.with_name(PREFIX + copy.name)
        try:
            unfinished.unlink(missing_ok=True)
            with _private(unfinished) as stream:
                target: Any = Sealer(stream, key, LABEL) if key else stream
                target.write(head(manifest, key))
                pg_dump(called, snapshot, Watched(target, watch))
                if key:
                    target.finish()
            with opened(unfinished, key) as (found, dump):
                _demand_rows(copy, found, pg_rows(called, Watched(dump, watch)))
            _write_keys(connection, keys)
            replace_durably(unfinished, copy)
        except OSError as error:
            keys.unlink(missing_ok=True)
            raise unwritable(copy, error) from error
        finally:
            unfinished.unlink(missing_ok=True)
    return copy


def try_dump(engine: Engine, file: Path, data_key: bytes | None, watch: Watch | None = None) -> Restored:
    """Read a copy to its end and count its rows; nothing of it stays anywhere. Raises ``StorageError``, ``Stopped``."""
    began = perf_counter()
    with translated(), engine.connect() as connection:
        called = Called.of(connection)
    try:
        with opened(file, dump_key(data_key)) as (manifest, dump):
            rows = pg_rows(called, Watched(dump, watch))
    except OSError as error:
        raise StorageError(f"读不了备份文件“{file}”：请检查磁盘。") from error
    _demand_rows(file, manifest, rows)
    return Restored(
        made_at=manifest.made_at,
        cases=manifest.cases,
        rows=sum(rows.values()),
        attachments=manifest.attachments,
        lost=(),
        entries=None,
        anchor=manifest.anchor,
        seconds=perf_counter() - began,
    )


def restore_dump(engine: Engine, file: Path, login: Login | None, *, derive: Derive = argon2id) -> FromDump:
    """Put a copy into a database that is empty, or an empty centre. Raises StorageError, PermissionDenied.

    ``login`` opens a sealed one.
    """
    data_key, ring = _keys(file, login, derive) if is_sealed(file) else (None, None)
    key = dump_key(data_key)
    with translated(), patient():
        with engine.connect() as connection:
            called = Called.of(connection)
        with opened(file, key) as (manifest, dump):
            if manifest.schema not in REVISIONS:
                raise StorageError(TOO_NEW.format(found=manifest.schema, head=HEAD))
            _demand_rows(file, manifest, pg_rows(called, dump))  # to its end, before anything is touched
        with engine.begin() as connection:
            _make_room(connection)
        with opened(file, key) as (_manifest_again, dump):
            pg_restore(called, dump)
        with engine.connect() as connection:
            _compare(manifest, reading(connection))
        upgrade(engine)
        with engine.begin() as connection:
            grant(connection)
            connection.exec_driver_sql("ANALYZE")
    return FromDump(cases=manifest.cases, audit_key=ring.audit if ring else None)


@contextlib.contextmanager
def _private(file: Path) -> Iterator[BinaryIO]:
    """A new file only its owner reads, on the disk when the block ends."""
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as stream:
        yield stream
        stream.flush()
        os.fsync(stream.fileno())


def _manifest(connection: Connection, at: datetime, reason: Reason, *, sealed: bool) -> Manifest:
    rows, end = _rows(connection), _end(connection)
    return Manifest(
        made_at=at,
        reason=reason,
        program=__version__,
        schema=str(connection.scalar(select(alembic_version.c.version_num))),
        encrypted=sealed,
        cases=rows["cases"],
        rows=rows,
        files={},
        attachments=_files(connection),
        anchor=end,
    )


def _rows(connection: Connection) -> dict[str, int]:
    tables = sorted(inspect(connection).get_table_names())
    return {name: connection.scalar(select(func.count()).select_from(named(name))) or 0 for name in tables}


def _files(connection: Connection) -> int:
    """How many files of cases stand in the database."""
    first = select(func.count()).select_from(file_pieces).where(file_pieces.c.number == 0)
    return connection.scalar(first) or 0


def _end(connection: Connection) -> Anchor | None:
    """Where the audit trail ends."""
    end = connection.execute(select(audit_head.c.seq, audit_head.c.link)).one()
    return Anchor(seq=end.seq, code=code_of(end.link)) if end.seq else None


def _unlike(wanted: Manifest, found: dict[str, int]) -> list[str]:
    return [name for name, rows in wanted.rows.items() if found.get(name, 0) != rows]


def _demand_rows(file: Path, manifest: Manifest, rows: dict[str, int]) -> None:
    if unlike := _unlike(manifest, rows):
        raise StorageError(UNLIKE.format(file=file.name, what="、".join(unlike)))


def _write_keys(connection: Connection, keys: Path) -> None:
    """The wraps as they are in this state of the database; nobody's name is in them."""
    kept = {
        table: [dict(row) for row in connection.execute(select(table)).mappings()]
        for table in (account_keys, data_keys)
    }
    unfinished = keys.with_name(PREFIX + keys.name)
    engine = open_engine(f"sqlite:///{unfinished}")
    try:
        with engine.begin() as door:
            make_door(door)
            for table, rows in kept.items():
                if rows:
                    door.execute(insert(table), rows)
    finally:
        engine.dispose()
    replace_durably(unfinished, keys)


def _keys(file: Path, login: Login | None, derive: Derive) -> tuple[bytes, Ring]:
    """Raises StorageError, PermissionDenied. Tries are not counted: whoever has the file can try as he likes."""
    keys = file.with_suffix(KEYS_SUFFIX)
    if not keys.is_file():
        raise StorageError(NO_KEYS.format(file=file.name, keys=keys.name))
    if login is None:
        raise PermissionDenied(SEALED_COPY)
    return keys_in(keys, login, derive)


def _make_room(connection: Connection) -> None:
    """Take away the tables of a centre nobody used yet. Raises StorageError where there is anything."""
    tables = inspect(connection).get_table_names()
    if tables and alembic_version.name not in tables:
        raise StorageError(OCCUPIED)
    given = {notes.name, audit_head.name, alembic_version.name}
    for name in set(tables) - given:
        if connection.execute(select(text("1")).select_from(named(name)).limit(1)).first():
            raise StorageError(OCCUPIED)
    for name in tables:
        connection.exec_driver_sql(f"DROP TABLE {quoted(name)} CASCADE")
    for function in connection.scalars(text(_FUNCTIONS)).all():
        connection.exec_driver_sql(f"DROP FUNCTION {function}")


def _compare(wanted: Manifest, connection: Connection) -> None:
    unlike = _unlike(wanted, _rows(connection))
    if _end(connection) != wanted.anchor:
        unlike.append("审计记录的末尾")
    if unlike:
        raise StorageError(DIFFERENT.format(what="、".join(unlike)))


_FUNCTIONS = "SELECT oid::regprocedure::text FROM pg_proc WHERE pronamespace = 'public'::regnamespace"
