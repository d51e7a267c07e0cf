"""``StatisticsService``: the one way to a statistical table, for the screen and the command line."""

from __future__ import annotations

from datetime import date

from mediation_desk.access.actor import Actor
from mediation_desk.access.permissions import Permission
from mediation_desk.shared.clock import Clock, local_day
from mediation_desk.shared.errors import InputError
from mediation_desk.statistics.definitions import TABLES
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
