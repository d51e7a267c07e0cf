"""``BackupService``: makes backups when they are due, keeps the second place up, tries restoring, raises alarms."""

from __future__ import annotations

import platform
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from mediation_desk.access.actor import PROGRAM, Actor
from mediation_desk.access.permissions import Permission
from mediation_desk.backups.memory import Memory, OwnMemory, SharedMemory
from mediation_desk.backups.model import Backup, Reason
from mediation_desk.backups.ports import BackupStorage, BackupWork, Copies, Restored
from mediation_desk.backups.rules import backup_rules
from mediation_desk.backups.state import Drill, State, alarms_of
from mediation_desk.shared.clock import Clock
from mediation_desk.shared.errors import AwayError, DeskError, InputError, RuleError, StorageError
from mediation_desk.shared.watching import Stopped, Watch

WRITE, PLACE, DRILL, FAILED = "backup.write", "backup.place", "backup.drill", "backup.failed"
_SECOND, _TRIED = "backup.second", "backup.drill"
_DAY = timedelta(days=1)
SAME_DISK = "这是数据文件夹里面，数据丢了它也丢了：请选U盘或者别的磁盘上的文件夹。"
BUSY = "正在备份，请等它做完。"
ELSEWHERE = "别的窗口正在备份，或者刚刚备份过。"


class NotNow(RuleError):
    """A backup is being made, or was just made."""


class BackupService:
    """``place`` is the folder in the data folder; not ``automatic`` in a practice centre, where nothing is real."""

    def __init__(
        self,
        storage: BackupStorage,
        copies: Copies,
        clock: Clock,
        place: Path,
        *,
        automatic: bool,
        machine: str = platform.node(),
    ) -> None:
        self._storage = storage
        self._copies = copies
        self._clock = clock
        self._place = place
        self._automatic = automatic
        self._memory: Memory = (
            SharedMemory(storage, copies, clock, place, machine)
            if copies.shared
            else OwnMemory(copies, clock, place)
        )
        self._turn = threading.Lock()
        self._trouble, self._failed_at = "", clock()

    @property
    def possible(self) -> bool:
        """Whether a backup can be made now, here."""
        return self._copies.ready and not self._copies.trouble

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
        self._memory.keep_second()

    def try_out(self, actor: Actor, watch: Watch | None = None) -> Restored:
        """Restore the newest backup on trial, now. Raises ``StorageError``, ``Stopped``."""
        actor.require(Permission.SYSTEM_MANAGE)
        return self._tried(actor, watch)

    # What the program does by itself

    def tend(self, watch: Watch | None = None) -> tuple[str, ...]:
        """What the open window does at start and every hour: back up what changed, catch up, try; the alarms."""
        if self._automatic and self.possible:
            waits = self._second_waits()
            if waits or self._is_due(Reason.HOUR):
                self._quietly(lambda: self._made(PROGRAM, Reason.HOUR, None, watch, anyway=waits))
            else:
                self._quietly(self._age_out)
                self._quietly(lambda: self._caught_up(watch))
            if self._drill_due():
                self._quietly(lambda: self._tried(PROGRAM, watch))
        return self.alarms()

    def finish(self, watch: Watch | None = None) -> None:
        """Before the program closes: back up where anything changed. Raises ``StorageError``, ``Stopped``.

        A server that is away keeps what it has.
        """
        if self._automatic:
            with suppress(NotNow, AwayError):
                if self.possible and self._is_due(Reason.CLOSE):
                    self._made(PROGRAM, Reason.CLOSE, None, watch)

    # How it stands

    def state(self) -> State:
        """How the backups stand. Reads the places, so never on the GUI thread."""
        last, second, drill, reached = None, None, None, None
        if self._copies.ready:
            with self._storage.read(PROGRAM) as work:
                last, second, drill = self._memory.last(work), _second(work), _last_drill(work)
                reached = self._memory.second_since(work)
        there = second is not None and second.is_dir()
        second_newest = self._copies.newest(second) if there and second is not None else None
        if second_newest is not None and not (self._copies.shared and reached):
            reached = second_newest.made_at
        state = State(
            trouble=self._copies.trouble,
            shared=self._copies.shared,
            automatic=self._automatic,
            last=last,
            second=second,
            there=there,
            second_newest=second_newest,
            reached=reached,
            drill=drill,
        )
        return replace(state, alarms=self._alarms(state)) if self._automatic else state

    def alarms(self) -> tuple[str, ...]:
        """What somebody has to do something about."""
        return self.state().alarms if self._automatic and self._copies.ready else ()

    def _alarms(self, state: State) -> tuple[str, ...]:
        made_since = state.last is not None and state.last.made_at > self._failed_at
        failed = f"备份没有成功：{self._trouble}" if self._trouble and not made_since else ""
        return (*((failed,) if failed else ()), *alarms_of(state, self._clock()))

    # Parts

    def _made(
        self,
        actor: Actor,
        reason: Reason,
        folder: Path | None,
        watch: Watch | None,
        *,
        anyway: bool = False,
    ) -> Backup:
        if not self._turn.acquire(blocking=False):
            raise NotNow(BUSY)
        try:
            self._begin(actor, reason, own_folder=folder is None, anyway=anyway)  # first: no entry, no copy
            pulse = self._copies.pulse()
            made = self._copies.write(folder or self._place, reason, self._clock(), watch)
            if folder is None:
                self._memory.keep(made, pulse)
                self._copies.thin(self._place, self._clock(), own=True)
                self._trouble = ""
                if reason is not Reason.CLOSE:  # the first time it takes minutes, and nobody waits for it
                    self._copies.keep_cases(made, watch)
                self._bring(made, watch, cases=reason is not Reason.CLOSE)
        except NotNow:
            raise
        except Stopped:
            self._memory.keep(None, None)
            raise
        except DeskError as error:
            self._fail(error)
            with suppress(AwayError):
                self._memory.keep(None, None)
                self._note(actor, FAILED, reason=reason.value)
            raise
        else:
            return made
        finally:
            self._turn.release()

    def _begin(self, actor: Actor, reason: Reason, *, own_folder: bool, anyway: bool) -> None:
        """By itself the program takes the turn of the whole centre, and looks again then. Raises ``NotNow``."""
        with self._storage.write(actor) as work:
            by_itself = reason in (Reason.HOUR, Reason.CLOSE)
            if by_itself and not (self._memory.take(work) and (anyway or self._due_in(work, reason))):
                raise NotNow(ELSEWHERE)
            work.audit.write(
                at=self._clock(),
                account=actor.account,
                action=WRITE,
                details={"reason": reason.value, "own_folder": own_folder},
            )

    def _is_due(self, reason: Reason) -> bool:
        with self._storage.read(PROGRAM) as work:
            return self._due_in(work, reason)

    def _due_in(self, work: BackupWork, reason: Reason) -> bool:
        """Where something changed since the last, and that is old enough; once a day even where nothing did.

        Who closes does not wait for an hour to pass, unless another computer made the last one.
        """
        last = self._memory.last(work)
        if last is None:
            return True
        old = abs(self._clock() - last.made_at)  # clocks of two computers differ
        wait = timedelta(0) if reason is Reason.CLOSE and not last.machine else backup_rules().every
        return old >= wait and (self._copies.pulse() != last.pulse or old >= _DAY)

    def _second_waits(self) -> bool:
        """Others make the backups, and the second place, which is here, has had none of them for a day."""
        with self._storage.read(PROGRAM) as work:
            last, second = self._memory.last(work), _second(work)
        if last is None or not last.machine or second is None or not second.is_dir():
            return False
        found = [one.made_at for place in (second, self._place) if (one := self._copies.newest(place))]
        return not found or last.made_at - max(found) >= _DAY

    def _age_out(self) -> None:
        """Others make the backups: what lies here goes all the same when its time is over."""
        with self._storage.read(PROGRAM) as work:
            last = self._memory.last(work)
        if last is not None and last.machine:
            self._copies.thin(self._place, self._clock(), own=True, newest=last.made_at)

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
        with self._storage.read(PROGRAM) as work:
            second = _second(work)
        if second is None or not second.is_dir():
            return
        newest = self._copies.newest(second)
        if newest is None or newest.made_at < backup.made_at:
            brought = self._copies.bring(backup, second, watch)
            self._memory.keep_second()
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
        except (Stopped, NotNow):
            return
        except DeskError as error:
            if not self._trouble:
                self._fail(error)

    def _fail(self, error: DeskError) -> None:
        self._trouble, self._failed_at = error.message, self._clock()

    def _drill_due(self) -> bool:
        if self._copies.newest(self._place) is None:
            return False
        with self._storage.read(PROGRAM) as work:
            last = _last_drill(work)
        return last is None or self._clock() - last.at >= backup_rules().drill

    def _note(self, actor: Actor, action: str, **details: object) -> None:
        with self._storage.write(actor) as work:
            work.audit.write(at=self._clock(), account=actor.account, action=action, details=details)


def _second(work: BackupWork) -> Path | None:
    kept = work.notes.get(_SECOND)
    return Path(str(kept)) if kept else None


def _last_drill(work: BackupWork) -> Drill | None:
    kept = work.notes.get(_TRIED)
    if not kept:
        return None
    return Drill(at=datetime.fromisoformat(kept["at"]), backup=kept["backup"], trouble=kept["trouble"])
