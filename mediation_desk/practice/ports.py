"""What the invented centre needs from storage: to be written in bulk into an empty database."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

from mediation_desk.cases.model import Body, CaseFile
from mediation_desk.experts.mediator import Mediator
from mediation_desk.experts.model import MediatorCard
from mediation_desk.practice.series import Name
from mediation_desk.statistics.work.model import WorkEntry


class Writer(Protocol):
    """Writes many case files in one transaction; nothing is checked again, the author's files are sound."""

    def add_centre(
        self,
        bodies: Sequence[Body],
        cards: Sequence[MediatorCard],
        *,
        staff: Sequence[Mediator] = (),
    ) -> None:
        """Store the centre itself: of ``cards`` those that are no whole record among ``staff``.

        Raises ``RuleError`` unless the database is empty; then nothing is stored.
        """

    def add_cases(self, files: Sequence[CaseFile], numbers: Mapping[Name, int], *, at: datetime) -> None:
        """Store new files, one diary line each, and move the number series up to ``numbers``."""

    def add_work(self, entries: Sequence[WorkEntry]) -> None:
        """Store lines of work that is no case."""
