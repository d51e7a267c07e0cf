"""``BackupService``: makes backups when they are due, keeps the second place up, tries restoring, raises alarms."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

from mediation_desk.access.actor import PROGRAM, Actor
from mediation_desk.access.permissions import Permission
from mediation_desk.backups.model import Backup, Reason
from mediation_desk.backups.ports import BackupStorage, Copies, Restored
from mediation_desk.backups.rules import backup_rules
from mediation_desk.shared.clock import Clock
from mediation_desk.shared.errors import DeskError, InputError, RuleError, StorageError
from mediation_desk.shared.files import atomic_write
from mediation_desk.shared.record import record
from mediation_desk.shared.watching import Stopped, Watch

WRITE, PLACE, DRILL, FAILED = "backup.write", "backup.place", "backup.drill", "backup.failed"
_SECOND, _TRIED = "backup.second", "backup.drill"
_SINCE = "second.txt"
_DAY = timedelta(days=1)
NO_PLACE = "还没有第二备份位置：这台电脑坏了或者丢了，备份也跟着没有了。请选一个U盘或者别的磁盘上的文件夹。"
AWAY = "第二备份位置“{place}”不在：请插上U盘或者连上那个磁盘，接上以后会自动补上最新的一份。"
SAME_DISK = "这是数据文件夹里面，数据丢了它也丢了：请选U盘或者别的磁盘上的文件夹。"
BUSY = "正在备份，请等它做完。"


@record
class Drill:
    """The last restore on trial; ``trouble`` says why it failed, "" where it went well."""

    at: datetime
    backup: str
    trouble: str = ""


@record
class State:
    """How the backups stand, for the screen. ``there`` is whether the second place can be reached now."""

    possible: bool
    automatic: bool
    newest: Backup | None
    second: Path | None
    there: bool
    second_newest: Backup | None
    drill: Drill | None
    alarms: tuple[str, ...]


class BackupService:
    """``place`` is the folder in the data folder; not ``automatic`` in a practice centre, where nothing is real."""

    def __init__(
        self, storage: BackupStorage, copies: Copies, clock: Clock, place: Path, *, automatic: bool
    ) -> None:
        self._storage = storage
        self._copies = copies
        self._clock = clock
        self._place = place
        self._automatic = automatic and copies.possible
        self._turn = threading.Lock()
        self._pulse: object = None
        self._trouble = ""

    # What a person does

    def make(self, actor: Actor, folder: Path | None = None, watch: Watch | None = None) -> Backup:
        """A backup now, in ``folder`` or in both places. Raises ``StorageError``, ``Stopped``."""
        actor.require(Permission.SYSTEM_MANAGE)
        return self._made(actor, Reason.HAND, folder, watch)

    def set_second(self, actor: Actor, place: Path | None) -> None:
        """Choose the second place, or give it up. Raises ``InputError`` for one in the data folder itself."""
        actor.require(Permission.SYSTEM_MANAGE)
        if place is not None:
            place = place.expanduser().absolute()
            if place.resolve().is_relative_to(self._place.parent.resolve()):
                raise InputError(SAME_DISK, field="second")
            if not place.is_dir():
                raise InputError(f"“{place}”不在或者不是文件夹，请先建好、插好。", field="second")
        with self._storage.write(actor) as work:
            work.notes.put(_SECOND, str(place) if place else None)
            work.audit.write(
                at=self._clock(), account=actor.account, action=PLACE, details={"set": place is not None}
            )
        self._remember_second()

    def try_out(self, actor: Actor, watch: Watch | None = None) -> Restored:
        """Restore the newest backup on trial, now. Raises ``StorageError``, ``Stopped``."""
        actor.require(Permission.SYSTEM_MANAGE)
        return self._tried(actor, watch)

    # What the program does by itself

    def tend(self, watch: Watch | None = None) -> tuple[str, ...]:
        """What the open window does at start and every hour: back up what changed, catch up, try; the alarms."""
        if self._automatic and self._storage.is_open:
            if self._is_due(backup_rules().every):
                self._quietly(lambda: self._made(PROGRAM, Reason.HOUR, None, watch))
            else:
                self._quietly(lambda: self._caught_up(watch))
            if self._drill_due():
                self._quietly(lambda: self._tried(PROGRAM, watch))
        return self.alarms()

    def finish(self, watch: Watch | None = None) -> None:
        """Before the program closes: back up where anything changed. Raises ``StorageError``, ``Stopped``."""
        if self._automatic and self._storage.is_open and self._is_due(timedelta(0)):
            self._made(PROGRAM, Reason.CLOSE, None, watch)

    # How it stands

    def state(self) -> State:
        """How the backups stand. Reads the places, so never on the GUI thread."""
        second = self._second() if self._storage.is_open else None
        there = second is not None and second.is_dir()
        newest = self._copies.newest(self._place)
        second_newest = self._copies.newest(second) if there and second is not None else None
        drill = self._last_drill() if self._storage.is_open else None
        return State(
            possible=self._copies.possible,
            automatic=self._automatic,
            newest=newest,
            second=second,
            there=there,
            second_newest=second_newest,
            drill=drill,
            alarms=self._alarms(newest, second, second_newest, drill, there=there),
        )

    def alarms(self) -> tuple[str, ...]:
        """What somebody has to do something about."""
        return self.state().alarms if self._automatic and self._storage.is_open else ()

    def _alarms(
        self,
        newest: Backup | None,
        second: Path | None,
        second_newest: Backup | None,
        drill: Drill | None,
        *,
        there: bool,
    ) -> tuple[str, ...]:
        if not self._automatic:
            return ()
        said, rules, now = [], backup_rules(), self._clock()
        if newest is not None and now - newest.made_at > rules.alarm:
            days = (now - newest.made_at).days
            said.append(f"已经 {days} 天没有核验过的备份，请管理员到“系统”里按“现在备份”。")
        if self._trouble:
            said.append(f"备份没有成功：{self._trouble}")
        reached = second_newest.made_at if second_newest else self._second_since()
        if second is not None and now - reached > rules.alarm:
            late = f"已经 {(now - reached).days} 天没有备份到第二备份位置。"
            said.append(late + ("" if there else AWAY.format(place=second)))
        if drill is not None and drill.trouble:
            said.append(f"试恢复没有通过：{drill.trouble}请管理员马上另做一份备份。")
        return tuple(said)

    # Parts

    def _made(self, actor: Actor, reason: Reason, folder: Path | None, watch: Watch | None) -> Backup:
        if not self._turn.acquire(blocking=False):
            raise RuleError(BUSY)
        try:
            self._note(
                actor, WRITE, reason=reason.value, own_folder=folder is None
            )  # first: no entry, no copy
            pulse = self._copies.pulse()
            made = self._copies.write(folder or self._place, reason, self._clock(), watch)
            if folder is None:
                self._pulse = pulse
                self._copies.thin(self._place, self._clock(), own=True)
                self._trouble = ""
                if reason is not Reason.CLOSE:  # the first time it takes minutes, and nobody waits for it
                    self._copies.keep_cases(made, watch)
                self._bring(made, watch, cases=reason is not Reason.CLOSE)
        except Stopped:
            raise
        except DeskError as error:
            self._trouble = error.message
            self._note(actor, FAILED, reason=reason.value)
            raise
        else:
            return made
        finally:
            self._turn.release()

    def _caught_up(self, watch: Watch | None) -> None:
        """The second place is there again: it gets the newest backup."""
        newest = self._copies.newest(self._place)
        if newest is None or not self._turn.acquire(blocking=False):
            return
        try:
            self._bring(newest, watch)
        finally:
            self._turn.release()

    def _bring(self, backup: Backup, watch: Watch | None, *, cases: bool = True) -> None:
        second = self._second()
        if second is None or not second.is_dir():
            return
        newest = self._copies.newest(second)
        if newest is None or newest.made_at < backup.made_at:
            brought = self._copies.bring(backup, second, watch)
            self._remember_second()
            self._copies.thin(second, self._clock(), own=False)
            if cases:
                self._copies.keep_cases(brought, watch)

    def _tried(self, actor: Actor, watch: Watch | None) -> Restored:
        newest = self._copies.newest(self._place)
        if newest is None:
            raise StorageError("还没有可以试恢复的备份。")
        try:
            tried = self._copies.try_out(newest, watch)
        except Stopped:
            raise
        except DeskError as error:
            self._keep_drill(actor, newest, error.message)
            raise
        self._keep_drill(actor, newest, "")
        return tried

    def _keep_drill(self, actor: Actor, backup: Backup, trouble: str) -> None:
        now = self._clock()
        with self._storage.write(actor) as work:
            work.notes.put(_TRIED, {"at": now.isoformat(), "backup": backup.path.name, "trouble": trouble})
            work.audit.write(at=now, account=actor.account, action=DRILL, details={"good": not trouble})

    def _quietly(self, deed: Callable[[], object]) -> None:
        """By itself the program interrupts nobody: what failed becomes an alarm."""
        try:
            deed()
        except (Stopped, RuleError):
            return
        except DeskError as error:
            self._trouble = self._trouble or error.message

    def _is_due(self, wait: timedelta) -> bool:
        """Where something changed and the newest is older than that; once a day even where nothing did."""
        newest = self._copies.newest(self._place)
        if newest is None:
            return True
        old = self._clock() - newest.made_at
        changed = self._copies.pulse() != self._pulse
        return old >= wait and (changed or old >= _DAY)

    def _drill_due(self) -> bool:
        last = self._last_drill()
        if self._copies.newest(self._place) is None:
            return False
        return last is None or self._clock() - last.at >= backup_rules().drill

    def _remember_second(self) -> None:
        """Since when the second place has what there is; in a file, a note would be a change to back up again."""
        with suppress(OSError, StorageError):
            self._place.mkdir(mode=0o700, parents=True, exist_ok=True)
            atomic_write(self._place / _SINCE, self._clock().isoformat().encode("ascii"))

    def _second_since(self) -> datetime:
        try:
            return datetime.fromisoformat((self._place / _SINCE).read_text("ascii"))
        except (OSError, ValueError):
            return datetime.min.replace(tzinfo=UTC)

    def _second(self) -> Path | None:
        with self._storage.read(PROGRAM) as work:
            kept = work.notes.get(_SECOND)
        return Path(str(kept)) if kept else None

    def _last_drill(self) -> Drill | None:
        with self._storage.read(PROGRAM) as work:
            kept = work.notes.get(_TRIED)
        if not kept:
            return None
        return Drill(at=datetime.fromisoformat(kept["at"]), backup=kept["backup"], trouble=kept["trouble"])

    def _note(self, actor: Actor, action: str, **details: object) -> None:
        with self._storage.write(actor) as work:
            work.audit.write(at=self._clock(), account=actor.account, action=action, details=details)
