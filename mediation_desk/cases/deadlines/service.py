"""``DeadlineService``: what falls due, across all cases and in one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from mediation_desk.access.actor import PROGRAM, Actor
from mediation_desk.access.permissions import Permission
from mediation_desk.cases.deadlines.fingerprint import NOTE, fingerprint
from mediation_desk.cases.deadlines.model import LISTED, Deadline, DueLine, Group
from mediation_desk.cases.deadlines.period import brought_up_to_date
from mediation_desk.cases.deadlines.reckoning import (
    deadlines_of,
    is_premature,
    line_of,
    near_months,
    open_deadlines,
)
from mediation_desk.cases.lifecycle import state_of
from mediation_desk.cases.model import CaseFile
from mediation_desk.cases.ports import CaseStorage, CaseWork, no_case
from mediation_desk.cases.summary import HistoryEntry, OpenPromise
from mediation_desk.parties.covering import covered
from mediation_desk.shared.clock import Clock, local_day

SHOWN = 10
MOST = 500
"""Lines of a printed list or a calendar: more than anybody reads."""
AHEAD = timedelta(days=30)

_KEPT = 5
"""Of the ten next at most so many are overdue, so that what comes is never hidden by what is late."""
_AT_ONCE = 200


class DeadlineService:
    """Reads what is kept with every saved file; counts anew when rules or holidays have changed since."""

    def __init__(self, storage: CaseStorage, clock: Clock) -> None:
        self._storage = storage
        self._clock = clock

    @property
    def local_today(self) -> date:
        """The day at the counter."""
        return local_day(self._clock())

    def of_case(self, actor: Actor, key: str) -> tuple[Deadline, ...]:
        """All deadlines of a case, met and open, the earliest first. Raises ``InputError`` for an unknown key."""
        actor.require(Permission.CASE_READ)
        return deadlines_of(self._file(actor, key))

    def lines_of_case(self, actor: Actor, key: str) -> tuple[DueLine, ...]:
        """The open deadlines of one case as lists show them. Raises ``InputError`` for an unknown key."""
        actor.require(Permission.CASE_READ)
        file = self._file(actor, key)
        found = near_months(open_deadlines(file), self.local_today)
        return tuple(line_of(file, one, self.local_today) for one in found)

    def upcoming(self, actor: Actor, on: date | None = None, *, limit: int = SHOWN) -> tuple[DueLine, ...]:
        """The next ones: some of the desk's own that are late, then what comes, of every kind."""
        actor.require(Permission.CASE_READ)
        self.count_anew_if_rules_changed()
        day = on or self.local_today
        with self._storage.read(actor) as work:
            late = work.deadlines.lines(Group.DUTY, None, day - timedelta(days=1), limit)
            coming = [line for group in LISTED for line in work.deadlines.lines(group, day, None, limit)]
            coming = [line for line in coming if not is_premature(line.code, line.due_on, day)]
            coming.sort(key=_order)
            room = max(limit - len(coming), min(_KEPT, limit))
            found = (*late[:room], *coming)[:limit]
            return covered(actor, work, work.deadlines.with_overdue(found, day))

    def between(
        self, actor: Actor, first: date | None, last: date, *, on: date | None = None, limit: int = MOST
    ) -> tuple[DueLine, ...]:
        """Everything due from ``first`` (None: ever) to ``last``; lapsed rights are left out."""
        actor.require(Permission.CASE_READ)
        self.count_anew_if_rules_changed()
        day = on or self.local_today
        with self._storage.read(actor) as work:
            found: list[DueLine] = []
            for group in LISTED:
                begins = max(first or day, day) if group is Group.RIGHT else first
                found += work.deadlines.lines(group, begins, last, limit)
            found = [line for line in found if not is_premature(line.code, line.due_on, day)]
            found.sort(key=_order)
            return covered(actor, work, work.deadlines.with_overdue(found[:limit], day))

    def promises(
        self, actor: Actor, last: date | None = None, *, limit: int = MOST
    ) -> tuple[OpenPromise, ...]:
        """What parties still owe under all agreements, due up to ``last`` (None: ever), the earliest first."""
        actor.require(Permission.CASE_READ)
        self.count_anew_if_rules_changed()
        with self._storage.read(actor) as work:
            return covered(actor, work, work.deadlines.promises(last, limit))

    def count_anew_if_rules_changed(self) -> None:
        """After a change of rules or holidays every live case is counted anew, a few at a time."""
        wanted = fingerprint()
        with self._storage.read(PROGRAM) as work:
            if work.notes.get(NOTE) == wanted:
                return
        last, more = "", True
        while more:
            with self._storage.write(PROGRAM) as work:
                keys = work.deadlines.live(last, _AT_ONCE)
                for key in keys:
                    self._count_anew(work, key)
                more = len(keys) == _AT_ONCE
                last = keys[-1] if keys else last
                if not more:
                    work.notes.put(NOTE, wanted)

    def _file(self, actor: Actor, key: str) -> CaseFile:
        with self._storage.read(actor) as work:
            file = work.cases.find(key)
        if file is None:
            raise no_case(key)
        return file

    def _count_anew(self, work: CaseWork, key: str) -> None:
        file = work.cases.find(key)
        if file is None:
            return
        fresh = brought_up_to_date(file)
        if fresh == file:
            work.deadlines.rewrite(file)
            return
        saved = work.cases.save(file, replace(fresh, as_of=None))
        now = self._clock()
        told = "放假安排或者期限规则有变，期限重新计算"
        entry = HistoryEntry(
            at=now, account="", step="期限", on=local_day(now), state=state_of(saved), sentence=told
        )
        work.cases.note(key, entry)


def _order(line: DueLine) -> tuple[date, str, str]:
    return line.due_on, line.case_key, line.code
