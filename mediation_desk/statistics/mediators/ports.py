"""What the figures per mediator need from storage: the mediator's own cases, never the archive."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING, Protocol

from mediation_desk.cases.vocabulary import Category
from mediation_desk.statistics.mediators.model import CaseLine, Handled

if TYPE_CHECKING:
    from mediation_desk.statistics.ports import Question


class MediatorReader(Protocol):
    """Reads the cases of given mediators; its cost follows the number of their cases."""

    def mediator_known(self, pool_no: str) -> bool:
        """Whether anybody has this pool number, in the pool or in a case."""

    def mediator_cases(self, pool_no: str, question: Question) -> tuple[Handled, ...]:
        """The newest first: cases appointed to or ended in the period, and those still open on ``as_of``."""

    def concluded_of_kind(
        self, pool_nos: Collection[str], category: Category, *, unopened: bool
    ) -> Mapping[str, int]:
        """Concluded cases of this kind by pool number, of all years; who has none is left out."""

    def case_lines(self, keys: Collection[str]) -> tuple[CaseLine, ...]:
        """The lines of these cases, those that ended last first; unknown keys are left out."""
