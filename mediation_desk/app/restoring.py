"""Backups into an empty place: of one computer, and of a server."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from mediation_desk.access.actor import PROGRAM
from mediation_desk.backups.ports import Login, Restored
from mediation_desk.backups.salvaged import Salvaged
from mediation_desk.cases.service import CaseService
from mediation_desk.settings import DATABASE_NAME, KEYS_NAME, Settings
from mediation_desk.shared.clock import system_clock
from mediation_desk.shared.errors import DeskError, StorageError
from mediation_desk.shared.watching import Stopped, Watch

if TYPE_CHECKING:
    from mediation_desk.backups.model import Backup

ON_SERVER = "这份备份是一台电脑的，不能恢复到服务器；请先恢复到一个文件夹，再用 move 搬到服务器。"
TAKEN = "“{folder}”里已有数据库，没有覆盖；请另选一个文件夹。"


@dataclass(frozen=True, slots=True)
class Restoring:
    """Backups, wherever they lie, into an empty folder. Raises as ``db.restoring``; then nothing was put there."""

    settings: Settings

    def backups_at(self, place: Path) -> tuple[Backup, ...]:
        """Backups in a place, the newest first; or the one that lies at that very path."""
        from db.backups.place import backup_at, backups_in

        found = backup_at(place)
        return (found,) if found is not None else backups_in(place)

    def wants_password(self, path: Path) -> bool:
        """Whether a backup is encrypted."""
        from db.restoring import find, is_encrypted

        return is_encrypted(find(path))

    def restore(
        self,
        path: Path,
        login: Login | None,
        folder: Path | None,
        watch: Watch | None = None,
        *,
        incomplete: bool = False,
    ) -> Restored:
        """Restore into ``folder`` or the data folder; ``login`` opens an encrypted one."""
        from db.restoring import find, restore, unlock

        target = folder.expanduser().absolute() / DATABASE_NAME if folder else self.settings.database
        if target is None:
            raise StorageError(ON_SERVER)
        backup = find(path)
        return restore(backup, target, unlock(backup, login), watch, incomplete=incomplete)

    def try_out(self, path: Path, login: Login | None, watch: Watch | None = None) -> Restored:
        """The same on trial: everything is checked, nothing stays."""
        from db.restoring import find, try_out, unlock

        backup = find(path)
        self.settings.prepare()
        return try_out(backup, self.settings.folder, unlock(backup, login), watch)

    def salvage(self, file: Path, folder: Path, login: Login | None, watch: Watch | None = None) -> Salvaged:
        """What can still be read of a damaged database, into an empty ``folder``; the file is not touched."""
        from db.restoring import Keys, find, is_encrypted, unlock
        from db.salvaging import salvage

        backup = find(file)
        keys = unlock(backup, login) if is_encrypted(backup) else Keys()
        return salvage(file, folder.expanduser().absolute(), keys, watch)

    def rebuild(
        self, copies: Path, folder: Path, login: Login | None, watch: Watch | None = None
    ) -> Salvaged:
        """A new database from the copies of single cases, under the keys that lie with them."""
        from db.restoring import new_centre
        from mediation_desk.interchange.case_copies import demand_copies, read_copies

        source = demand_copies(copies)
        with new_centre(source / KEYS_NAME, folder.expanduser().absolute(), login) as (storage, key):
            taking, broken, count = CaseService(storage, system_clock), list[str](), 0
            for one in read_copies(source, key):
                if isinstance(one, str):
                    broken.append(one)
                    continue
                try:
                    taking.take_over(PROGRAM, one)
                    count += 1
                except DeskError:
                    broken.append(one.case_key)
                if watch is not None and not watch(count, 0):
                    raise Stopped("已经停下，没有留下东西。")
        return Salvaged(cases=count, rows=0, broken=tuple(broken))


def wants_password(dump: Path) -> bool:
    """Whether the copy of a server's centre is sealed."""
    from db.backups.dumps import is_sealed

    return is_sealed(dump)


def restore_dump(settings: Settings, dump: Path, login: Login | None) -> tuple[int, bool]:
    """Restore the copy of a server's centre into the empty database of ``settings``; ``login`` opens a sealed one.

    Returns how many cases there are, and whether the audit trail is sound.
    """
    from db.dumping import restore_dump as restore
    from db.engine import open_engine
    from db.unit_of_work import Storage
    from mediation_desk.audit.verifying import verify

    storage = Storage(open_engine(settings))
    try:
        restored = restore(storage.engine, dump, login)
        with storage.read(PROGRAM) as work:
            sound = verify(work.chain, restored.audit_key, ()).sound
    finally:
        storage.close()
    return restored.cases, sound
