"""Copies of a centre on a PostgreSQL server: what ``pg_dump`` gives, sealed, with what has to come out again.

A copy is one sealed file: a manifest (rows of each table, end of the audit trail), then the dump, both of one state of
the database. Beside it lies a small clear file with the wrapped keys, as beside an embedded database: a password of
the day of the copy, or the recovery code of that day, opens it. A practice centre has no key, its copies are clear.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
from collections.abc import Iterator
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, BinaryIO, cast

from sqlalchemy import Connection, Engine, func, insert, inspect, select, text
from sqlalchemy import table as named

from db.door import make_door
from db.engine import open_engine, reading
from db.errors import translated
from db.migrate import HEAD, REVISIONS, alembic_version, upgrade
from db.postgres_tools import Called, pg_dump, pg_restore
from db.restoring import SEALED as SEALED_COPY
from db.restoring import keys_in
from db.roles import grant, quoted
from db.tables.accounts import account_keys, data_keys
from db.tables.centre import settings as notes
from db.tables.chain import audit_head
from db.waiting import patient
from mediation_desk.access.accounts.cost import Derive, argon2id
from mediation_desk.access.accounts.ring import Ring
from mediation_desk.access.accounts.sealing import subkey
from mediation_desk.backups.ports import Login
from mediation_desk.settings import KEYS_SUFFIX
from mediation_desk.shared.errors import PermissionDenied, StorageError
from mediation_desk.shared.files import PREFIX, replace_durably, unwritable
from mediation_desk.shared.record import record
from mediation_desk.shared.sealed_file import MAGIC as SEALED
from mediation_desk.shared.sealed_file import Sealer, Unsealed

SUFFIX = ".dump"
PURPOSE = "backups"
_MAGIC = b"TJTDUMP\x01"
_LABEL = b"dump"
_PIECE = 1 << 20

NO_KEYS = "备份“{file}”旁边没有钥匙文件“{keys}”，没有它任何口令都打不开。"
NOT_A_COPY = "“{file}”不是调解台在服务器上的备份，或者已经损坏。"
TOO_NEW = "备份是更新版本的调解台做的（{found}），本程序只认识到 {head}。请先升级程序。"
OCCUPIED = "目的地的库里已经有数据，没有覆盖，什么也没有改动。请给一个空的库（server setup）。"
DIFFERENT = "恢复出来的与备份里记的不同（{what}），请不要使用这个库，换一份备份再试。"


@record
class Manifest:
    """What a copy holds."""

    revision: str
    made_at: str
    rows: dict[str, int]
    audit_seq: int
    audit_link: str


@record
class FromDump:
    """What came out of a copy: how many cases, and the key of the audit trail, to check it."""

    cases: int
    audit_key: bytes | None


def write_dump(engine: Engine, folder: Path, key: bytes | None) -> Path:
    """A checked copy of the centre in ``folder``, sealed with ``key``; returns its path. Raises StorageError."""
    copy = folder / f"desk-{datetime.now().astimezone():%Y%m%d-%H%M%S}{SUFFIX}"
    keys = copy.with_suffix(KEYS_SUFFIX)
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise unwritable(copy, error) from error
    with translated(), patient(), engine.connect() as raw:
        connection = reading(raw)
        called = Called.of(connection)
        snapshot = str(connection.scalar(text("SELECT pg_export_snapshot()")))
        manifest = _manifest(connection)
        unfinished = copy.with_name(PREFIX + copy.name)
        try:
            with _private(unfinished) as stream:
                target: Any = Sealer(stream, key, _LABEL) if key else stream
                target.write(_head(manifest))
                pg_dump(called, snapshot, target)
                if key:
                    target.finish()
            with _opened(unfinished, key) as (found, dump):
                _demand(found == manifest, copy)
                pg_restore(called, dump, check_only=True)
            _write_keys(connection, keys)
            replace_durably(unfinished, copy)
        except OSError as error:
            keys.unlink(missing_ok=True)
            raise unwritable(copy, error) from error
        finally:
            unfinished.unlink(missing_ok=True)
    return copy


def restore_dump(engine: Engine, file: Path, login: Login | None, *, derive: Derive = argon2id) -> FromDump:
    """Put a copy into a database that is empty, or an empty centre. Raises StorageError, PermissionDenied.

    ``login`` opens a sealed one.
    """
    data_key, ring = _keys(file, login, derive) if is_sealed(file) else (None, None)
    key = subkey(data_key, PURPOSE) if data_key else None
    with translated(), patient():
        with engine.connect() as connection:
            called = Called.of(connection)
        with _opened(file, key) as (manifest, dump):
            if manifest.revision not in REVISIONS:
                raise StorageError(TOO_NEW.format(found=manifest.revision, head=HEAD))
            pg_restore(called, dump, check_only=True)  # to its end, before anything is touched
        with engine.begin() as connection:
            _make_room(connection)
        with _opened(file, key) as (_manifest_again, dump):
            pg_restore(called, dump)
        with engine.connect() as connection:
            _compare(manifest, _manifest(reading(connection)))
        upgrade(engine)
        with engine.begin() as connection:
            grant(connection)
            connection.exec_driver_sql("ANALYZE")
    return FromDump(cases=manifest.rows["cases"], audit_key=ring.audit if ring else None)


@contextlib.contextmanager
def _private(file: Path) -> Iterator[BinaryIO]:
    """A new file only its owner reads, on the disk when the block ends."""
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as stream:
        yield stream
        stream.flush()
        os.fsync(stream.fileno())


def _manifest(connection: Connection) -> Manifest:
    tables = sorted(inspect(connection).get_table_names())
    head = connection.execute(select(audit_head.c.seq, audit_head.c.link)).one()
    return Manifest(
        revision=str(connection.scalar(select(alembic_version.c.version_num))),
        made_at=datetime.now(UTC).isoformat(timespec="seconds"),
        rows={name: connection.scalar(select(func.count()).select_from(named(name))) or 0 for name in tables},
        audit_seq=head.seq,
        audit_link=head.link,
    )


def _head(manifest: Manifest) -> bytes:
    told = json.dumps(asdict(manifest)).encode()
    return _MAGIC + len(told).to_bytes(4, "big") + told


@contextlib.contextmanager
def _opened(file: Path, key: bytes | None) -> Iterator[tuple[Manifest, BinaryIO]]:
    """The manifest, and the dump to be read from the stream."""
    with file.open("rb") as raw:
        source: Any = io.BufferedReader(Unsealed(raw, key, _LABEL), _PIECE) if key else raw
        _demand(source.read(len(_MAGIC)) == _MAGIC, file)
        told = json.loads(source.read(int.from_bytes(source.read(4), "big")))
        yield Manifest(**told), cast(BinaryIO, source)


def is_sealed(file: Path) -> bool:
    """Whether it takes a password to open it. Raises StorageError where there is no such file."""
    try:
        with file.open("rb") as stream:
            return stream.read(len(SEALED)) == SEALED
    except OSError as error:
        raise StorageError(f"找不到备份文件“{file}”。") from error


def _demand(good: bool, file: Path) -> None:
    if not good:
        raise StorageError(NOT_A_COPY.format(file=file))


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


def _compare(wanted: Manifest, found: Manifest) -> None:
    tables = [name for name, rows in wanted.rows.items() if found.rows.get(name) != rows]
    if (found.audit_seq, found.audit_link) != (wanted.audit_seq, wanted.audit_link):
        tables.append("审计记录的末尾")
    if tables:
        raise StorageError(DIFFERENT.format(what="、".join(tables)))


_FUNCTIONS = "SELECT oid::regprocedure::text FROM pg_proc WHERE pronamespace = 'public'::regnamespace"
