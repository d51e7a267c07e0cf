"""What is known of backups between them: on one computer the place tells, with several the notes of the centre."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Protocol
from uuid import uuid4

from mediation_desk.access.actor import PROGRAM
from mediation_desk.backups.model import Backup, Reason
from mediation_desk.backups.ports import BackupStorage, BackupWork, Copies
from mediation_desk.backups.rules import backup_rules
from mediation_desk.shared.clock import Clock
from mediation_desk.shared.errors import StorageError
from mediation_desk.shared.files import atomic_write, make_folder
from mediation_desk.shared.record import record

_SINCE = "second.txt"
_TURN, _MADE, _SECOND_AT = "backup.turn", "backup.made", "backup.second_at"


@record
class Last:
    """The newest good backup; ``machine`` is the other computer it was made at, "" for this one.

    ``pulse`` is what the pulse of the database was then.
    """

    made_at: datetime
    reason: Reason
    cases: int
    machine: str = ""
    pulse: object = None


class Memory(Protocol):
    """Between one backup and the next."""

    def last(self, work: BackupWork) -> Last | None:
        """The newest good backup of the centre."""

    def take(self, work: BackupWork) -> bool:
        """Take the turn; False where somebody else has it. Nobody else may try before the unit ends."""

    def keep(self, made: Backup | None, pulse: object) -> None:
        """The turn is over, with a backup or without."""

    def second_since(self, work: BackupWork) -> datetime | None:
        """Since when the second place has what there is."""

    def keep_second(self) -> None:
        """The second place has what there is."""


class OwnMemory:
    """One computer: what lies in the place was made."""

    def __init__(self, copies: Copies, clock: Clock, place: Path) -> None:
        self._copies, self._clock, self._place = copies, clock, place
        self._pulse: object = None

    def last(self, work: BackupWork) -> Last | None:  # noqa: ARG002  # the port's
        """The newest of the place."""
        newest = self._copies.newest(self._place)
        if newest is None or newest.manifest is None:
            return None
        told = newest.manifest
        return Last(made_at=newest.made_at, reason=told.reason, cases=told.cases, pulse=self._pulse)

    def take(self, work: BackupWork) -> bool:  # noqa: ARG002  # the port's
        """There is nobody else."""
        return True

    def keep(self, made: Backup | None, pulse: object) -> None:
        """Only this program needs to know."""
        self._pulse = pulse if made else self._pulse

    def second_since(self, work: BackupWork) -> datetime | None:  # noqa: ARG002  # the port's
        """As the file says."""
        try:
            return datetime.fromisoformat((self._place / _SINCE).read_text("ascii"))
        except (OSError, ValueError):
            return None

    def keep_second(self) -> None:
        """In a file: a note would be a change to back up again."""
        with suppress(OSError, StorageError):
            make_folder(self._place)
            atomic_write(self._place / _SINCE, self._clock().isoformat().encode("ascii"))


class SharedMemory:
    """Several computers, each with a place of its own: one makes a backup for all. ``machine`` is this one's name."""

    def __init__(
        self, storage: BackupStorage, copies: Copies, clock: Clock, place: Path, machine: str
    ) -> None:
        self._storage, self._copies, self._clock = storage, copies, clock
        self._place, self._machine = place, machine
        self._program = uuid4().hex

    def last(self, work: BackupWork) -> Last | None:
        """As the notes say; one made here has to lie here still, and to open with the key of today."""
        kept = work.notes.get(_MADE)
        if not kept:
            return None
        here = kept["machine"] == self._machine
        if here and self._copies.newest(self._place) is None:
            return None
        return Last(
            made_at=datetime.fromisoformat(kept["at"]),
            reason=Reason(kept["reason"]),
            cases=kept["cases"],
            machine="" if here else kept["machine"],
            pulse=kept["pulse"],
        )

    def take(self, work: BackupWork) -> bool:
        """A turn nobody ended was cut off with its program, and is over after a while."""
        taken, now = work.notes.held(_TURN), self._clock()
        if taken and _between(now, taken) < backup_rules().every:
            return False
        work.notes.put(_TURN, {"at": now.isoformat(), "program": self._program})
        return True

    def keep(self, made: Backup | None, pulse: object) -> None:
        """In the notes of the centre."""
        with self._storage.write(PROGRAM) as work:
            taken = work.notes.held(_TURN)
            if taken and taken["program"] == self._program:
                work.notes.put(_TURN, None)
            if made is not None and made.manifest is not None:
                told = {"at": made.made_at.isoformat(), "machine": self._machine, "pulse": pulse}
                manifest = {"reason": made.manifest.reason.value, "cases": made.manifest.cases}
                work.notes.put(_MADE, told | manifest)

    def second_since(self, work: BackupWork) -> datetime | None:
        """Whoever reached it."""
        kept = work.notes.get(_SECOND_AT)
        return datetime.fromisoformat(kept) if kept else None

    def keep_second(self) -> None:
        """For all."""
        with self._storage.write(PROGRAM) as work:
            work.notes.put(_SECOND_AT, self._clock().isoformat())


def _between(now: datetime, taken: dict[str, Any]) -> timedelta:
    """Either way: clocks of two computers differ."""
    return abs(now - datetime.fromisoformat(taken["at"]))
