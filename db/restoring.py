"""Puts a backup where no database is yet, or only tries whether that could be done; everything is checked first."""

from __future__ import annotations

import contextlib
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from time import perf_counter

from sqlalchemy import create_engine
from sqlalchemy.pool import StaticPool

from db import sqlite
from db.alone import exclusive_file
from db.backups.files import copied, hashed
from db.backups.place import SHARED, attachments_of, backup_at
from db.copying import Facts, look_into, opened
from db.door import make_door
from db.engine import open_vault
from db.migrate import HEAD, NEWER, REVISIONS, upgrade
from db.places import require_good_place
from db.repositories.keys import KeyRepository
from db.unit_of_work import Storage
from db.vault import Vault
from mediation_desk.access.accounts.cost import Derive, argon2id
from mediation_desk.access.accounts.gate import WRONG, WRONG_CODE
from mediation_desk.access.accounts.model import folded_name
from mediation_desk.access.accounts.passwords import normal
from mediation_desk.access.accounts.recovery_code import typed_code
from mediation_desk.access.accounts.ring import Ring, ring_of
from mediation_desk.access.accounts.wrapping import RECOVERY, unwrap
from mediation_desk.audit.anchors import code_of, kept
from mediation_desk.audit.verifying import verify
from mediation_desk.backups.model import ALTERED, ATTACHMENTS, Backup, Manifest, Standing, Stored
from mediation_desk.backups.ports import Login, MissingFiles, Restored
from mediation_desk.settings import ATTACHMENTS_NAME, DATABASE_NAME, KEYS_NAME
from mediation_desk.shared.errors import PermissionDenied, StorageError
from mediation_desk.shared.files import PREFIX, replace_durably
from mediation_desk.shared.record import record
from mediation_desk.shared.watching import Stopped, Watch

NO_BACKUP = "“{path}”不是调解台的备份：请选名字以“调解台备份-”开头的文件夹，或者以前版本的备份文件。"
TAKEN = "“{folder}”里已有数据库，没有覆盖；请先把它移走，或另选一个文件夹。"
SEALED = "这份备份是加密的：请写备份那时的账号和口令，或者恢复单上的恢复码。"
SPOILT = "备份“{name}”里的文件“{file}”不是写入时的样子，没有恢复。请换一份备份。"
UNLIKE = "备份“{name}”里的数据和它的清单不一样（{what}），没有恢复。请换一份备份。"
UNWRITTEN = "恢复未能写入“{folder}”：请检查磁盘空间和权限。"


@record
class Keys:
    """What opens a backup: the key of its database and that of its audit chain; both None for a clear one."""

    database: bytes | None = None
    audit: bytes | None = None


def find(path: Path) -> Backup:
    """The backup at ``path``. Raises ``StorageError`` for anything else."""
    try:
        found = backup_at(path)
    except OSError:
        found = None
    if found is None and path.is_file():
        found = backup_at(path.parent)  # somebody named the file inside
    if found is None:
        raise StorageError(NO_BACKUP.format(path=path))
    return found


def is_encrypted(backup: Backup) -> bool:
    """Whether it takes a password to open it."""
    return not sqlite.is_clear(_database(backup))


def unlock(backup: Backup, login: Login | None, derive: Derive = argon2id) -> Keys:
    """What a password of its time, or the recovery code, opens. Raises ``PermissionDenied``, ``StorageError``."""
    if not is_encrypted(backup):
        return Keys()
    if login is None:
        raise PermissionDenied(SEALED)
    return unlock_keys(_keys(backup), login, derive)


def unlock_keys(file: Path, login: Login, derive: Derive = argon2id) -> Keys:
    """What a password opens in a file of keys. Raises as ``unlock``."""
    _data_key, ring = keys_in(file, login, derive)
    return Keys(database=ring.database, audit=ring.audit)


def keys_in(file: Path, login: Login, derive: Derive = argon2id) -> tuple[bytes, Ring]:
    """The data key a file of keys holds for ``login``, and what follows from it. Raises as ``unlock``."""
    holder, wrong = (RECOVERY, WRONG_CODE) if login.code else (folded_name(login.name) or "?", WRONG)
    secret = typed_code(login.secret) if login.code else normal(login.secret)
    try:
        with opened(file) as kept, contextlib.closing(sqlite.DRIVER.connect(":memory:")) as connection:
            kept.backup(connection)  # an older one is brought up to date, and that must not touch the backup
            engine = create_engine(
                "sqlite://", module=sqlite.DRIVER, creator=lambda: connection, poolclass=StaticPool
            )
            with engine.begin() as reader:
                make_door(reader)
                wrapped, turn = KeyRepository(reader).wrap(holder), KeyRepository(reader).turn()
    except (OSError, sqlite.DRIVER.Error) as error:
        raise StorageError(SPOILT.format(name=file.parent.name, file=file.name)) from error
    data_key = unwrap(wrapped, secret, derive) if wrapped else None
    if data_key is None:
        raise PermissionDenied(wrong)
    return data_key, ring_of(data_key, turn)


def restore(
    backup: Backup, target: Path, keys: Keys, watch: Watch | None = None, *, incomplete: bool = False
) -> Restored:
    """Put a backup at ``target``, the file the database is to be, with all that belongs beside it.

    Nothing gets its name before everything was checked; an existing database is never overwritten. Raises
    ``StorageError``, ``MissingFiles`` for lost attachments unless ``incomplete`` ones are wanted, ``Stopped``.
    """
    folder = target.parent
    if target.exists() or _holds_keys(target.with_suffix(".keys")):
        raise StorageError(TAKEN.format(folder=folder))
    require_good_place(folder)
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with exclusive_file(target), staging_in(folder) as staging:
            restored = _checked(
                backup, staging, keys, watch, into=staging / ATTACHMENTS_NAME, incomplete=incomplete
            )
            _settle(staging, target)
    except OSError as error:
        raise StorageError(UNWRITTEN.format(folder=folder)) from error
    return restored


def try_out(backup: Backup, room: Path, keys: Keys, watch: Watch | None = None) -> Restored:
    """Restore into a folder inside ``room`` that is gone afterwards; attachments are read where they lie.

    Raises as ``restore``.
    """
    try:
        with staging_in(room) as staging:
            return _checked(backup, staging, keys, watch, into=None, incomplete=False)
    except OSError as error:
        raise StorageError(UNWRITTEN.format(folder=room)) from error


@contextlib.contextmanager
def new_centre(keys_file: Path, folder: Path, login: Login | None) -> Iterator[tuple[Storage, bytes]]:
    """An empty centre under keys there are, and the key of its database; it gets its name when the block ends.

    Raises as ``unlock``, and ``StorageError`` where there is a centre already.
    """
    if login is None:
        raise PermissionDenied(SEALED)
    if (folder / DATABASE_NAME).exists() or _holds_keys(folder / KEYS_NAME):
        raise StorageError(TAKEN.format(folder=folder))
    keys = unlock_keys(keys_file, login)
    key = keys.database or b""
    require_good_place(folder)
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with staging_in(folder) as staging:
            copied(keys_file, staging / KEYS_NAME)
            vault = Vault(staging / DATABASE_NAME, staging / KEYS_NAME)
            vault.unlock(key)
            engine = open_vault(vault)
            upgrade(engine, key=key)
            storage = Storage(engine, vault)
            storage.seal_audit(keys.audit)
            try:
                yield storage, key
            finally:
                storage.close()
            _settle(staging, folder / DATABASE_NAME)
    except OSError as error:
        raise StorageError(UNWRITTEN.format(folder=folder)) from error


def _checked(
    backup: Backup, staging: Path, keys: Keys, watch: Watch | None, *, into: Path | None, incomplete: bool
) -> Restored:
    began, name, manifest = perf_counter(), backup.path.name, backup.manifest
    database = staging / DATABASE_NAME
    if manifest is None:
        if backup.standing is not Standing.OLD:
            raise StorageError(SPOILT.format(name=name, file="manifest.json"))
        copied(_database(backup), database, watch)
        if keys.database is not None:
            copied(_keys(backup), staging / KEYS_NAME)
    else:
        proved = backup_at(backup.path, keys.database)
        if proved is None or proved.standing is not Standing.GOOD:
            raise StorageError(
                ALTERED.format(name=name)
                if proved and proved.standing is Standing.SEALED
                else SPOILT.format(name=name, file=_first_spoilt(backup.path, manifest.files))
            )
        for said, stored in manifest.files.items():
            if copied(backup.path / said, staging / said, watch) != stored:
                raise StorageError(SPOILT.format(name=name, file=said))
    facts = look_into(database, keys.database, watch, references=manifest is None)
    if facts.schema not in REVISIONS:
        raise StorageError(NEWER.format(found=facts.schema, head=HEAD))
    if manifest is not None:
        _demand_like(name, manifest, facts)
    entries = _verified(name, staging, keys, watch) if facts.schema == HEAD else None
    lost = _attachments(backup, into, watch) if manifest is not None else ()
    if lost and not incomplete:
        raise MissingFiles(lost)
    (staging / ATTACHMENTS).unlink(missing_ok=True)
    return Restored(
        made_at=backup.made_at,
        cases=facts.cases,
        rows=sum(facts.rows.values()),
        attachments=manifest.attachments - len(lost) if manifest else 0,
        lost=lost,
        entries=entries,
        anchor=manifest.anchor if manifest else None,
        seconds=perf_counter() - began,
    )


def _demand_like(name: str, manifest: Manifest, facts: Facts) -> None:
    unlike = [
        table
        for table in facts.rows | dict(manifest.rows)
        if facts.rows.get(table) != manifest.rows.get(table)
    ]
    if unlike:
        raise StorageError(UNLIKE.format(name=name, what=f"行数：{'、'.join(unlike)}"))
    seq, code = (manifest.anchor.seq, manifest.anchor.code) if manifest.anchor else (0, "")
    if (facts.seq, code_of(facts.link) if facts.seq else "") != (seq, code):
        raise StorageError(UNLIKE.format(name=name, what="审计码"))


def _verified(name: str, staging: Path, keys: Keys, watch: Watch | None) -> int:
    """The whole audit chain of what was restored, against the anchors that came with it; how many entries."""
    vault = Vault(staging / DATABASE_NAME, staging / KEYS_NAME)
    if keys.database is not None:
        vault.unlock(keys.database)
    storage = Storage(open_vault(vault), vault)
    try:
        storage.seal_audit(keys.audit)
        with storage.read() as work:
            report = verify(work.chain, keys.audit, kept(staging), watch=watch)
    finally:
        storage.close()
    if not report.sound:
        raise StorageError(UNLIKE.format(name=name, what=f"审计记录：{report.findings[0].sentence}"))
    return report.counts.entries


def _attachments(backup: Backup, into: Path | None, watch: Watch | None) -> tuple[str, ...]:
    """Copy them, or only read them; names of those that are gone or not what they were."""
    lost, wanted = [], attachments_of(backup)
    shared = backup.path.parent / SHARED
    for done, (name, stored) in enumerate(wanted.items()):
        try:
            found = copied(shared / name, into / name) if into is not None else hashed(shared / name)
        except FileNotFoundError:
            found = Stored(sha256="", size=-1)
        if found != stored:
            lost.append(name)
            if into is not None:
                (into / name).unlink(missing_ok=True)
        if watch is not None and not watch(done + 1, len(wanted)):
            raise Stopped("已经停下，没有恢复。")
    return tuple(lost)


@contextlib.contextmanager
def staging_in(folder: Path) -> Iterator[Path]:
    """An owner-only folder that is swept at the next start where it is left behind."""
    staging = Path(tempfile.mkdtemp(prefix=f"{PREFIX}restore-", dir=folder))
    try:
        yield staging
    finally:
        shutil.rmtree(staging, ignore_errors=True)


def _settle(staging: Path, target: Path) -> None:
    """Everything that was checked gets its name, the database last: with it the folder is a centre."""
    last = (staging / KEYS_NAME, staging / DATABASE_NAME)
    for one in sorted(staging.iterdir()):
        if one not in last:
            _put(one, target.parent / one.name)
    for one, name in zip(last, (target.with_suffix(".keys"), target), strict=True):
        if one.exists():
            for side in ("-wal", "-shm"):  # of a door nobody had a key in
                Path(f"{name}{side}").unlink(missing_ok=True)
            replace_durably(one, name)


def _put(one: Path, place: Path) -> None:
    """Give it its name; a different file that has the name already is moved aside, never lost."""
    if one.is_dir():
        place.mkdir(mode=0o700, exist_ok=True)
        for inner in one.iterdir():
            _put(inner, place / inner.name)
        return
    if place.exists():
        if hashed(place) == hashed(one):
            return
        place.rename(place.with_name(f"{place.name}.before-{datetime.now().astimezone():%Y%m%d-%H%M%S}"))
    replace_durably(one, place)


def _holds_keys(file: Path) -> bool:
    """Whether somebody's key is in a door; one that was only just made is empty."""
    if not file.exists():
        return False
    try:
        with contextlib.closing(sqlite.DRIVER.connect(str(file))) as connection:
            return bool(connection.execute("SELECT count(*) FROM account_keys").fetchone()[0])
    except sqlite.DRIVER.Error:
        return True  # not ours to replace


def _first_spoilt(folder: Path, files: Mapping[str, Stored]) -> str:
    for name, stored in files.items():
        with contextlib.suppress(OSError):
            if (folder / name).stat().st_size == stored.size:
                continue
        return name
    return "manifest.json"


def _database(backup: Backup) -> Path:
    return backup.path if backup.path.is_file() else backup.path / DATABASE_NAME


def _keys(backup: Backup) -> Path:
    return _database(backup).with_suffix(".keys")
