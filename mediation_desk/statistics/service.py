"""``StatisticsService``: the one way to a statistical table, for the screen and the command line."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from mediation_desk.access.actor import Actor
from mediation_desk.access.permissions import Permission
from mediation_desk.cases.vocabulary import Category
from mediation_desk.shared.clock import Clock, local_day
from mediation_desk.shared.errors import InputError
from mediation_desk.statistics.definitions import TABLES
from mediation_desk.statistics.definitions.counting import question
from mediation_desk.statistics.mediators.figures import figures
from mediation_desk.statistics.mediators.indicators import indicators
from mediation_desk.statistics.mediators.model import CaseLine, LeftOut, MediatorFigure
from mediation_desk.statistics.model import Period, StatTable
from mediation_desk.statistics.ports import StatisticsStorage


class StatisticsService:
    """Fills statistical tables from the figures kept beside each case; no case file is ever opened."""

    def __init__(self, storage: StatisticsStorage, clock: Clock) -> None:
        self._storage = storage
        self._clock = clock

    def titles(self) -> dict[str, str]:
        """Title by code of every table there is, in the order they are offered."""
        return {one.code: one.title for one in TABLES.values()}

    def table(self, actor: Actor, code: str, period: Period, as_of: date | None = None) -> StatTable:
        """The table ``code`` for ``period``; what is performed and confirmed is judged on ``as_of``, else today.

        Raises ``InputError`` for an unknown code, ``PermissionDenied`` without the right to read statistics.
        """
        actor.require(Permission.STATISTICS_READ)
        if code not in TABLES:
            raise InputError(f"没有统计表“{code}”，可选{'、'.join(TABLES)}。", field="table")
        with self._storage.read() as work:
            return TABLES[code].fill(work.statistics, period, as_of or local_day(self._clock()))

    def mediator(
        self, actor: Actor, pool_no: str, period: Period, as_of: date | None = None
    ) -> tuple[MediatorFigure, ...]:
        """The figures of one mediator (§5.6) for ``period``, each with the keys of the cases behind it.

        Results count cases that ended in the period, like the tables; what is open, performed, confirmed or
        visited is judged on ``as_of``, else today. Raises ``InputError`` for an unknown number or a faulty rule
        file, ``PermissionDenied`` without the right to read statistics.
        """
        actor.require(Permission.STATISTICS_READ)
        asked = question(period, as_of or local_day(self._clock()))
        with self._storage.read() as work:
            if not work.statistics.mediator_known(pool_no):
                raise InputError(f"没有编号为“{pool_no}”的调解员。", field="pool_no")
            return figures(work.statistics.mediator_cases(pool_no, asked), asked)

    def cases_behind(self, actor: Actor, keys: Collection[str]) -> tuple[CaseLine, ...]:
        """The cases with these keys, those that ended last first; for the list behind a figure.

        Raises ``PermissionDenied`` without the right to read cases.
        """
        actor.require(Permission.CASE_READ)
        with self._storage.read() as work:
            return work.statistics.case_lines(keys)

    def handled(self, actor: Actor, pool_nos: Collection[str], category: Category) -> dict[str, int]:
        """How many cases of this kind each of these mediators has concluded, ever; 0 for none.

        Ask for those shown, not for the whole pool: it reads every case of each. Raises ``PermissionDenied``
        without the right to read the pool.
        """
        actor.require(Permission.EXPERT_READ)
        today = local_day(self._clock())
        unopened = question(Period(first=today, last=today), today).unopened
        with self._storage.read() as work:
            found = work.statistics.concluded_of_kind(pool_nos, category, unopened=unopened)
        return {pool_no: found.get(pool_no, 0) for pool_no in pool_nos}

    def left_out(self) -> tuple[LeftOut, ...]:
        """Indicators of the assessment rules that are not counted, and why."""
        return indicators().left_out
