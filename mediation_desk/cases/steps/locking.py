"""限制查看: from now on only named people see the case, and whoever works on it (domain.md §7.1, arts. 28-31)."""

from __future__ import annotations

from dataclasses import replace
from typing import ClassVar

from mediation_desk.access.permissions import Permission
from mediation_desk.cases.lock import Lock
from mediation_desk.cases.model import CaseFile
from mediation_desk.cases.steps.step import Around
from mediation_desk.cases.transitions import LOCK, UNLOCK, Transition
from mediation_desk.shared.errors import InputError, RuleError
from mediation_desk.shared.record import record

_RULE = "限制查看"
_MOST = 50


@record
class LockCase:
    """限制查看. ``named`` are accounts that see it besides those who work on it and those who see every case."""

    title: ClassVar[str] = "限制查看"
    permission: ClassVar[Permission] = Permission.CASE_LOCK
    transition: ClassVar[Transition] = LOCK

    reason: str
    named: tuple[str, ...] = ()

    def apply(self, file: CaseFile, around: Around) -> CaseFile:
        """Raises ``InputError`` without a reason, ``RuleError`` for a case that is locked."""
        if file.beside.lock is not None:
            raise RuleError("本案已经限制查看；要换人，请用“调整查看人”。", rule=_RULE)
        lock = Lock(
            on=around.today,
            by=around.actor_name,
            reason=_reason(self.reason),
            named=_accounts(self.named, around),
        )
        return replace(file, beside=replace(file.beside, lock=lock))

    def sentence(self, file: CaseFile) -> str:
        """Why, and who else sees it."""
        return f"限制查看：{self.reason.strip()}{_for(self.named)}"


@record
class NameReaders:
    """调整查看人: these accounts and no others, besides those who work on the case."""

    title: ClassVar[str] = "调整查看人"
    permission: ClassVar[Permission] = Permission.CASE_LOCK
    transition: ClassVar[Transition] = LOCK

    reason: str
    named: tuple[str, ...]

    def apply(self, file: CaseFile, around: Around) -> CaseFile:
        """Raises ``InputError`` without a reason, ``RuleError`` for a case that is not locked."""
        lock, _why = _lock_of(file), _reason(self.reason)
        kept = tuple(name for name in _names(self.named) if name in lock.named)
        fresh = _accounts(tuple(name for name in self.named if name not in kept), around)
        return replace(file, beside=replace(file.beside, lock=replace(lock, named=_names((*kept, *fresh)))))

    def sentence(self, file: CaseFile) -> str:
        """Who sees it now, and why."""
        return f"调整查看人{_for(self.named) or '：只有经办的人'}：{self.reason.strip()}"


@record
class UnlockCase:
    """解除限制: whoever has reach of the case sees it again."""

    title: ClassVar[str] = "解除限制"
    permission: ClassVar[Permission] = Permission.CASE_LOCK
    transition: ClassVar[Transition] = UNLOCK

    reason: str

    def apply(self, file: CaseFile, around: Around) -> CaseFile:
        """Raises ``InputError`` without a reason, ``RuleError`` for a case that is not locked."""
        _ = around
        _lock_of(file), _reason(self.reason)
        return replace(file, beside=replace(file.beside, lock=None))

    def sentence(self, file: CaseFile) -> str:
        """Why."""
        return f"解除限制：{self.reason.strip()}"


def _lock_of(file: CaseFile) -> Lock:
    if file.beside.lock is None:
        raise RuleError("本案没有限制查看。", rule=_RULE)
    return file.beside.lock


def _reason(typed: str) -> str:
    if not typed.strip():
        raise InputError("请写明理由。", field="reason")
    return typed.strip()


def _names(named: tuple[str, ...]) -> tuple[str, ...]:
    found = tuple(dict.fromkeys(name.strip() for name in named if name.strip()))
    if len(found) > _MOST:
        raise InputError(f"最多指定{_MOST}个账号。", field="named")
    return found


def _accounts(named: tuple[str, ...], around: Around) -> tuple[str, ...]:
    """Names of accounts, whoever was called by the name on screen."""
    return _names(tuple(around.reader(name) for name in _names(named)))


def _for(named: tuple[str, ...]) -> str:
    names = _names(named)
    return f"（另外指定{'、'.join(names)}）" if names else ""
