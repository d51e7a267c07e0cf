"""The backups of the open centre, for the service that knows when they are due."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

from sqlalchemy import func, select

from db.backups.place import newest_in, thin
from db.backups.writing import bring, write_backup
from db.restoring import Keys, try_out
from db.tables.cases import cases
from db.tables.centre import audit
from db.unit_of_work import Storage
from mediation_desk.access.actor import PROGRAM
from mediation_desk.backups.model import Backup, Reason
from mediation_desk.backups.ports import Restored
from mediation_desk.backups.rules import backup_rules
from mediation_desk.cases.model import CaseFile
from mediation_desk.settings import KEYS_NAME
from mediation_desk.shared.watching import Watch

Beside = Callable[[Path, Path, Watch | None], int]
"""Place, file with the keys, watch; how many were written."""


class CasesHere:
    """Implements ``Source`` of the copies of single cases."""

    def __init__(self, storage: Storage) -> None:
        self._storage = storage

    def touched(self) -> dict[str, int]:
        """Every case with the last entry about it."""
        last = (
            select(audit.c.case_key, func.max(audit.c.seq).label("seq")).group_by(audit.c.case_key).subquery()
        )
        asked = select(cases.c.case_key, func.coalesce(last.c.seq, 0)).outerjoin(
            last, last.c.case_key == cases.c.case_key
        )
        with self._storage.read(PROGRAM) as work:
            return {str(key): int(seq) for key, seq in work.connection.execute(asked)}

    def files(self, keys: Sequence[str]) -> tuple[CaseFile, ...]:
        """Whole files."""
        with self._storage.read(PROGRAM) as work:
            return work.cases.find_many(keys)


class OwnCopies:
    """Implements ``Copies`` of the embedded database.

    ``most_days``: no backup is kept longer, destroyed cases age out with it. ``cases`` writes the copies of single
    cases into a place.
    """

    shared = False
    trouble = ""

    def __init__(self, storage: Storage, most_days: int, cases: Beside = lambda *_: 0) -> None:
        self._storage = storage
        self._most_days = most_days
        self._cases = cases

    @property
    def ready(self) -> bool:
        """Whether the database is open."""
        return self._storage.is_open

    def pulse(self) -> object:
        """What the file system tells of the database and its log."""
        found = []
        for name in ("", "-wal"):
            try:
                told = Path(f"{self._storage.engine.url.database}{name}").stat()
            except OSError:
                continue
            found.append((told.st_mtime_ns, told.st_size))
        return tuple(found)

    def write(self, place: Path, reason: Reason, at: datetime, watch: Watch | None) -> Backup:
        """Make one."""
        return write_backup(self._storage.engine, place, self._storage.key, at=at, reason=reason, watch=watch)

    def bring(self, backup: Backup, place: Path, watch: Watch | None) -> Backup:
        """Copy a finished one."""
        return bring(backup, place, self._storage.key, watch)

    def newest(self, place: Path) -> Backup | None:
        """The newest good one there."""
        return newest_in(place, self._storage.key)

    def keep_cases(self, backup: Backup, watch: Watch | None) -> int:
        """Bring the copies of single cases beside it up to date."""
        return self._cases(backup.path.parent, backup.path / KEYS_NAME, watch)

    def thin(self, place: Path, now: datetime, *, own: bool, newest: datetime | None = None) -> int:  # noqa: ARG002  # there is no elsewhere
        """Take away what is too much."""
        return thin(place, self._storage.key, now, backup_rules().keep, self._most_days, own=own)

    def try_out(self, backup: Backup, watch: Watch | None) -> Restored:
        """Restore it on trial, inside the data folder."""
        room = Path(str(self._storage.engine.url.database)).parent
        return try_out(backup, room, Keys(database=self._storage.key, audit=self._storage.audit_key), watch)
