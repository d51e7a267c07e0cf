"""What backups need from storage and from the places they lie in."""

from __future__ import annotations

from contextlib import AbstractContextManager
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol

from mediation_desk.access.actor import Actor
from mediation_desk.audit.anchors import Anchor
from mediation_desk.audit.trail import Trail
from mediation_desk.backups.model import Backup, Reason
from mediation_desk.shared.errors import StorageError
from mediation_desk.shared.record import record
from mediation_desk.shared.watching import Watch


@record
class Login:
    """What opens a backup: an account of its time with its password, or (``code``) the recovery code."""

    name: str = ""
    secret: str
    code: bool = False


@record
class Restored:
    """What was restored or tried; ``entries`` of the audit trail were checked, None in a schema of before."""

    made_at: datetime
    cases: int
    rows: int
    attachments: int
    lost: tuple[str, ...]
    entries: int | None
    anchor: Anchor | None
    seconds: float


class MissingFiles(StorageError):
    """Attachments a backup names are gone from its place, or are not what they were."""

    def __init__(self, names: tuple[str, ...]) -> None:
        some = "、".join(names[:3]) + ("等" if len(names) > 3 else "")
        super().__init__(f"备份里有{len(names)}个附件丢失或者损坏（{some}），没有恢复。其余的都是好的。")
        self.names = names


class Notes(Protocol):
    """Small values of the centre."""

    def get(self, key: str) -> Any:
        """The value, or None."""

    def held(self, key: str) -> Any:
        """The value as it stays for everybody who asks this way, until this unit ends."""

    def put(self, key: str, value: Any) -> None:
        """Store or replace a JSON value."""


class BackupWork(Protocol):
    """One unit of work."""

    @property
    def notes(self) -> Notes:
        """Small values."""

    @property
    def audit(self) -> Trail:
        """Audit trail."""


class BackupStorage(Protocol):
    """Opens units of work."""

    def read(self, actor: Actor) -> AbstractContextManager[BackupWork]:
        """A consistent view that cannot write."""

    def write(self, actor: Actor) -> AbstractContextManager[BackupWork]:
        """A unit that commits when left without an exception."""


class Copies(Protocol):
    """Writes, lists and tries backups of this centre."""

    @property
    def shared(self) -> bool:
        """Whether several computers make them, each in its own place, for one centre."""

    @property
    def ready(self) -> bool:
        """Whether somebody sits here whose key opens the data."""

    @property
    def trouble(self) -> str:
        """Why this computer makes none, "" where it does."""

    def pulse(self) -> object:
        """Changes whenever something was stored."""

    def write(self, place: Path, reason: Reason, at: datetime, watch: Watch | None) -> Backup:
        """Make one. Raises ``StorageError``, ``Stopped``."""

    def bring(self, backup: Backup, place: Path, watch: Watch | None) -> Backup:
        """Copy a finished one into another place. Raises ``StorageError``, ``Stopped``."""

    def newest(self, place: Path) -> Backup | None:
        """The newest good one there; None where the place cannot be looked into."""

    def keep_cases(self, backup: Backup, watch: Watch | None) -> int:
        """Bring the copies of single cases beside a backup up to date. Raises ``StorageError``, ``Stopped``."""

    def thin(self, place: Path, now: datetime, *, own: bool, newest: datetime | None = None) -> int:
        """Take away what is too much; how many went. ``own``: the place holds nobody else's.

        ``newest``: when one was made elsewhere; without it the newest here always stays.
        """

    def try_out(self, backup: Backup, watch: Watch | None) -> Restored:
        """Restore it on trial, or read it to its end, leaving nothing. Raises ``StorageError``, ``Stopped``."""
