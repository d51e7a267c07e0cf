"""What the statistics need from storage: sums over facts, the cases behind each sum, never case files."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import date
from decimal import Decimal
from typing import Protocol

from mediation_desk.access.actor import Actor
from mediation_desk.experts.ports import Notes
from mediation_desk.parties.covering import CaseNames
from mediation_desk.shared.record import record
from mediation_desk.statistics.figures import Counted
from mediation_desk.statistics.mediators.ports import MediatorReader
from mediation_desk.statistics.model import Period
from mediation_desk.statistics.organisations.reading import OrganisationReader

Sums = Mapping[str, int | Decimal]
"""What was added up, by figure code: counts, days, persons, or money in yuan."""

Place = Mapping[str, tuple[str | int | None, ...]]
"""One place in a table: for each dimension the values that belong to it, e.g. ``{"track": ("人民调解",)}``."""


@record
class Filter:
    """Which cases are looked at; empty words and None let all through. People and claimed yuan inclusive.

    ``bodies``, ``body_types`` are lists: a unit of the reporting tree is the bodies below it.
    """

    track: str = ""
    bodies: tuple[str, ...] = ()
    body_types: tuple[str, ...] = ()
    mediator: str = ""
    category: str = ""
    source: str = ""
    channels: tuple[str, ...] = ()
    difficulty: str = ""
    area: str = ""
    people_from: int | None = None
    people_to: int | None = None
    yuan_from: Decimal | None = None
    yuan_to: Decimal | None = None


EVERYTHING = Filter()


@record
class Question:
    """What is asked: cases of ``period`` as seen on ``as_of``, of all those ``among`` lets through.

    With ``unopened`` a case withdrawn before any session counts among the concluded ones (§3.3 column 1).
    ``submission``: the facts kept with that submitted period in place of today's.
    """

    period: Period
    as_of: date
    unopened: bool = True
    among: Filter = EVERYTHING
    submission: int | None = None


@record
class Share:
    """A case behind a figure and what it adds to it: 1, persons, days, or yuan.

    ``day`` is the day that places it in the period; None for a stock.
    """

    case_key: str
    adds: int | Decimal
    day: date | None = None


@record
class Spot:
    """Where a number stands: its figure, its period, and the values of each dimension that belong to it.

    Hashable, so that a bar of a chart can carry it; its cases are read by ``StatisticsService.behind``. Of a rate or
    an average ``figure`` is the part, ``whole`` what it is divided by.
    """

    figure: str
    period: Period
    place: tuple[tuple[str, tuple[str | int | None, ...]], ...] = ()
    whole: str = ""

    @classmethod
    def at(cls, figure: str, period: Period, **place: str | int | None) -> Spot:
        """The spot with one value in each dimension."""
        return cls(
            figure=figure, period=period, place=tuple((name, (value,)) for name, value in place.items())
        )


class FigureReader(Protocol):
    """Adds up facts. Dimensions are columns of the facts, and ``month`` (e.g. 202603) of the figure's own day."""

    def sums(
        self, figures: Sequence[Counted], question: Question, by: tuple[str, ...] = ()
    ) -> Mapping[tuple[str | int, ...], Sums]:
        """Every figure for every combination of dimension values that has cases."""

    def shares(
        self,
        figure: Counted,
        question: Question,
        place: Place | None = None,
        *,
        after: str = "",
        limit: int | None = None,
    ) -> tuple[Share, ...]:
        """The cases behind one figure at one place, in the order they came; together they are the figure.

        ``after`` is the key of the last case of the page before.
        """

    def stale_months(self) -> tuple[int, ...]:
        """Months whose kept sums no longer hold, or were never kept, the newest first."""

    def committees(self) -> tuple[str, ...]:
        """Names of all committees of the centre, in the order of their types, then as they were entered."""


class Reader(FigureReader, MediatorReader, Protocol):
    """Everything the statistics read."""


class FactsKeeper(Protocol):
    """Works the facts of stored cases out again."""

    def number(self) -> int:
        """How many cases there are."""

    def work_out(self, after: str, limit: int) -> tuple[str, ...]:
        """Do it for the next cases by key; their keys."""


class SumsKeeper(Protocol):
    """Keeps the sums of whole months."""

    def settle(self, month: int) -> None:
        """Add up one month anew and keep what it comes to."""


class TableWork(Protocol):
    """What tables are filled from."""

    @property
    def names(self) -> CaseNames:
        """Who is named in which case."""

    @property
    def statistics(self) -> Reader:
        """Sums, and the cases of a mediator."""

    @property
    def organisations(self) -> OrganisationReader:
        """Bodies, mediators and work that is no case."""


class StatisticsWork(TableWork, Protocol):
    """One unit of work over the statistics."""

    @property
    def facts(self) -> FactsKeeper:
        """The facts of every case."""

    @property
    def sums(self) -> SumsKeeper:
        """The kept sums."""

    @property
    def notes(self) -> Notes:
        """Small values of the centre."""


class StatisticsStorage(Protocol):
    """Opens units of work."""

    def read(self, actor: Actor) -> AbstractContextManager[StatisticsWork]:
        """A consistent view that cannot write."""

    def write(self, actor: Actor) -> AbstractContextManager[StatisticsWork]:
        """A unit that stores everything or nothing."""


Progress = Callable[[int, int], bool]
"""Told how much of how much is done; False stops the work."""
