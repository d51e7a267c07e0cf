"""The backups of a centre on a server, made by this computer, for the service that knows when they are due."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from sqlalchemy import select

from db.backups.dumps import bring_dump, drop_dump, dump_at, dumps_in, newest_dump
from db.dumping import dump_key, try_dump, write_dump
from db.postgres_tools import Called, find
from db.tables.chain import audit_head
from db.unit_of_work import Storage
from mediation_desk.access.actor import PROGRAM
from mediation_desk.backups.model import Backup, Reason
from mediation_desk.backups.ports import Restored
from mediation_desk.backups.rules import backup_rules
from mediation_desk.backups.thinning import Dated, kept
from mediation_desk.shared.errors import PermissionDenied, StorageError
from mediation_desk.shared.watching import Watch


class ServerCopies:
    """Implements ``Copies`` of a centre on a server; ``data_key`` is asked for at each act.

    ``most_days``: no backup is kept longer, destroyed cases age out with it.
    """

    shared = True

    def __init__(self, storage: Storage, data_key: Callable[[], bytes | None], most_days: int) -> None:
        self._storage = storage
        self._data_key = data_key
        self._most_days = most_days
        self._has_tools = False

    @property
    def ready(self) -> bool:
        """Whether somebody sits here; a practice centre is clear."""
        return self._data_key() is not None or self._storage.practice

    @property
    def trouble(self) -> str:
        """Why PostgreSQL's programs cannot be called here, "" where they can."""
        if not self._has_tools:
            with self._storage.read(PROGRAM) as work:
                called = Called.of(work.connection)
            try:
                for tool in ("pg_dump", "pg_restore"):
                    find(tool, called.server)
            except StorageError as error:
                return error.message
            self._has_tools = True
        return ""

    def pulse(self) -> object:
        """The number of the last entry of the audit trail: no act without one."""
        with self._storage.read(PROGRAM) as work:
            return work.connection.scalar(select(audit_head.c.seq))

    def write(self, place: Path, reason: Reason, at: datetime, watch: Watch | None) -> Backup:
        """Make one."""
        key = self._data_key()
        if key is None and not self._storage.practice:
            raise PermissionDenied("还没有登录，没有备份。")
        made = write_dump(self._storage.engine, place, key, at=at, reason=reason, watch=watch)
        return dump_at(made, dump_key(key))

    def bring(self, backup: Backup, place: Path, watch: Watch | None) -> Backup:
        """Copy a finished one."""
        return bring_dump(backup, place, self._key, watch)

    def newest(self, place: Path) -> Backup | None:
        """The newest good one there."""
        return newest_dump(place, self._database, self._key)

    def keep_cases(self, backup: Backup, watch: Watch | None) -> int:  # noqa: ARG002  # the port's
        """None: copies of single cases are of one computer."""
        return 0

    def thin(self, place: Path, now: datetime, *, own: bool, newest: datetime | None = None) -> int:
        """Take away what is too much."""
        ours = dumps_in(place, self._database, self._key, own=own)
        dated = [Dated(name=one.path.name, made_at=one.made_at) for one in ours]
        elsewhere = [Dated(name="", made_at=newest)] if newest else []
        stay = kept([*dated, *elsewhere], now, backup_rules().keep, self._most_days)
        gone = [one.path for one in ours if one.path.name not in stay]
        for file in gone:
            drop_dump(file)
        return len(gone)

    def try_out(self, backup: Backup, watch: Watch | None) -> Restored:
        """Read it to its end: a counter's login may make no database to restore into."""
        return try_dump(self._storage.engine, backup.path, self._data_key(), watch)

    @property
    def _key(self) -> bytes | None:
        return dump_key(self._data_key())

    @property
    def _database(self) -> str:
        return str(self._storage.engine.url.database)
