"""Lists that leave the desk: counted by account and day, and refused beyond the centre's limit (T3)."""

from __future__ import annotations

from contextlib import AbstractContextManager
from datetime import date
from typing import Any, Protocol

from mediation_desk.access.actor import Actor
from mediation_desk.audit.trail import Trail
from mediation_desk.cases.privacy.rules import privacy_rules
from mediation_desk.experts.ports import Notes
from mediation_desk.shared.clock import Clock, local_day
from mediation_desk.shared.errors import RuleError

_NOTE = "exports.rows"
_RULE = "个人信息导出"


class ExportWork(Protocol):
    """A unit of work that counts rows."""

    @property
    def notes(self) -> Notes:
        """Small values of the centre."""

    @property
    def audit(self) -> Trail:
        """Audit trail."""


class ExportStorage(Protocol):
    """Opens units of work."""

    def write(self, actor: Actor) -> AbstractContextManager[ExportWork]:
        """A unit that commits when left without an exception."""


class ExportCounter:
    """Asked before a list is written out; the practice centre, where everything is invented, is not counted."""

    def __init__(self, storage: ExportStorage, clock: Clock) -> None:
        self._storage = storage
        self._clock = clock

    def count(self, actor: Actor, what: str, rows: int) -> None:
        """``rows`` lines of the list ``what`` leave the desk, in full or masked as ``actor`` sees them.

        Raises ``RuleError`` where that would be more than the rules allow this account on one day.
        """
        if actor.unlimited or not rows:
            return
        now, rules = self._clock(), privacy_rules().exports
        day, kind = local_day(now), "full" if actor.in_full else "masked"
        most = rules.rows_a_day if actor.in_full else rules.masked_rows_a_day
        with self._storage.write(actor) as work:
            counted = _counted(work.notes.get(_NOTE), day)
            mine = counted["by"].setdefault(actor.account, {})
            before = int(mine.get(kind, 0))
            if before + rows > most:
                form = "显示全名" if actor.in_full else "遮住姓名"
                raise RuleError(
                    f"{form}的列表一人一天最多导出{most}行，今天已经导出{before}行，这次有{rows}行。",
                    rule=_RULE,
                )
            mine[kind] = before + rows
            work.notes.put(_NOTE, counted)
            work.audit.write(
                at=now,
                account=actor.account,
                action="list.export",
                details={"what": what, "rows": rows, "names": kind},
            )


def _counted(kept: Any, day: date) -> dict[str, Any]:
    """Yesterday's counts are forgotten with the first export of a day."""
    if isinstance(kept, dict) and kept.get("day") == day.isoformat():
        return kept
    return {"day": day.isoformat(), "by": {}}
