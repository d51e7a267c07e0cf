"""What the statistics need from storage: counts, never case files."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import AbstractContextManager
from datetime import date
from typing import Protocol

from mediation_desk.cases.vocabulary import BodyType, Category
from mediation_desk.shared.record import record
from mediation_desk.shared.track import Track
from mediation_desk.statistics.mediators.ports import MediatorReader
from mediation_desk.statistics.model import Period
from mediation_desk.statistics.tally import Tally


@record
class Part:
    """Cases of one committee, body type, kind of dispute and source; ``source`` as ``Figures.source_kind``."""

    body: str
    body_type: BodyType
    category: Category
    source: str
    cases: int


@record
class Question:
    """Which cases are asked for: those that ended in ``period``, as seen on ``as_of``.

    With ``unopened`` a case withdrawn before any session counts among the concluded ones (§3.3 column 1).
    """

    period: Period
    as_of: date
    unopened: bool = True


class StatisticsReader(Protocol):
    """Counts over the ``cases`` figures. Codes of the counts are column codes."""

    def ended_by_track(self, question: Question) -> Mapping[Track, Tally]:
        """Every count over the cases that ended in the period, by track; tracks without cases are left out."""

    def ended_by_committee(self, question: Question) -> Mapping[str, Tally]:
        """The same by name of the people's mediation committee; other bodies are left out."""

    def parts(self, question: Question) -> tuple[Part, ...]:
        """Concluded cases of the committees split by body type, kind and source (表二 columns 6-37)."""

    def arrived(self, period: Period) -> Mapping[Track, Tally]:
        """Cases ``registered`` and ``accepted`` in the period, whenever they ended."""

    def committees(self) -> tuple[str, ...]:
        """Names of all committees of the centre, in the order of their types, then as they were entered."""


class Reader(StatisticsReader, MediatorReader, Protocol):
    """Everything the statistics read."""


class StatisticsWork(Protocol):
    """One unit of work over the statistics."""

    @property
    def statistics(self) -> Reader:
        """Counts, and the cases of a mediator."""


class StatisticsStorage(Protocol):
    """Opens units of work."""

    def read(self) -> AbstractContextManager[StatisticsWork]:
        """A consistent view that cannot write."""
