"""A look whether the data are whole: a quick one, and a deep one at every page, file and entry."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mediation_desk.access.actor import PROGRAM
from mediation_desk.audit.verifying import verify
from mediation_desk.shared.record import record
from mediation_desk.shared.watching import Stopped, Watch

if TYPE_CHECKING:
    from mediation_desk.app.desk import Desk


@record
class Checkup:
    """What was found. ``files``: how many the cases name; of them ``missing`` and ``spoilt``, by SHA-256."""

    cases: int
    deep: bool = False
    files: int = 0
    missing: tuple[str, ...] = ()
    spoilt: tuple[str, ...] = ()
    trail_sound: bool = True

    @property
    def sound(self) -> bool:
        """Whether nothing has to be done."""
        return self.trail_sound and not self.missing and not self.spoilt


def check_quickly(desk: Desk) -> Checkup:
    """Structure and references of the database. Raises ``StorageError`` where it is damaged."""
    from db.care import inspect

    return Checkup(cases=inspect(desk.storage.engine))


def check_deeply(desk: Desk, watch: Watch) -> Checkup:
    """Every page's own seal too, every file the cases name, every entry of the audit trail.

    Raises ``StorageError`` where the database is damaged, ``PermissionDenied`` where nobody sits who has the keys,
    ``Stopped``.
    """
    from db.care import demand_seals, files_named

    found = check_quickly(desk)
    if desk.storage.sealed:
        demand_seals(desk.storage.engine)
    files, missing, spoilt = files_named(desk.storage.engine), list[str](), list[str]()
    for count, sha256 in enumerate(files):
        if not desk.attachments.holds(sha256):
            missing.append(sha256)
        elif not desk.attachments.is_whole(sha256):
            spoilt.append(sha256)
        if not watch(count + 1, len(files)):
            raise Stopped("已经停下，没有查完。")
    with desk.storage.read(PROGRAM) as work:
        trail = verify(work.chain, desk.storage.audit_key, desk.audit.anchors)
    return Checkup(
        cases=found.cases,
        deep=True,
        files=len(files),
        missing=tuple(missing),
        spoilt=tuple(spoilt),
        trail_sound=trail.sound,
    )
