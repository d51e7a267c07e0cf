"""What early warning needs from storage besides the figures."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from contextlib import AbstractContextManager
from datetime import date
from typing import Protocol

from mediation_desk.access.actor import Actor
from mediation_desk.parties.covering import CaseNames
from mediation_desk.statistics.model import Period
from mediation_desk.statistics.ports import FigureReader
from mediation_desk.statistics.warning.model import Repeat, Situation


class WarningReader(Protocol):
    """Reads cases by key or by what fell due; never the whole archive."""

    def situations(self, keys: Collection[str], on: date) -> tuple[Situation, ...]:
        """These cases as far as their risk goes; broken promises are judged on ``on``."""

    def broken(self, period: Period) -> tuple[str, ...]:
        """Keys of the cases with a promise that fell due in ``period`` and is still open."""

    def repeats(self, period: Period, days: int, limit: int) -> tuple[Repeat, ...]:
        """Cases received in ``period`` whose two sides opposed each other in the ``days`` before, the newest first."""

    def met_before(self, keys: Collection[str], days: int) -> Mapping[str, tuple[str, ...]]:
        """By key, the keys of earlier cases of the same two sides."""

    def names(self, pool_nos: Collection[str]) -> Mapping[str, str]:
        """Names of mediators by pool number."""


class WarningWork(Protocol):
    """One unit of work."""

    @property
    def names(self) -> CaseNames:
        """Who is named in which case."""

    @property
    def statistics(self) -> FigureReader:
        """Sums of figures, and the cases behind them."""

    @property
    def warning(self) -> WarningReader:
        """Cases and what makes them dangerous."""


class WarningStorage(Protocol):
    """Opens units of work."""

    def read(self, actor: Actor) -> AbstractContextManager[WarningWork]:
        """A consistent view that cannot write."""
