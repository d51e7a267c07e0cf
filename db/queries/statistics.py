"""What the statistics read: sums of figures, and the cases of a mediator."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from sqlalchemy import case, select

from db.queries import mediators
from db.queries.figures import FigureQueries
from db.queries.sight import whole
from db.tables.centre import bodies
from mediation_desk.cases.vocabulary import BodyType, Category
from mediation_desk.statistics.mediators.model import CaseLine, Handled
from mediation_desk.statistics.ports import Question

_COMMITTEES = tuple(kind for kind in BodyType if kind.is_committee)


class StatisticsQueries(FigureQueries):
    """Implements ``Reader`` on one connection."""

    def committees(self) -> tuple[str, ...]:
        """Names of all committees, by type, then as entered."""
        order = case({kind: place for place, kind in enumerate(BodyType)}, value=bodies.c.type)
        query = select(bodies.c.name).where(bodies.c.type.in_(_COMMITTEES)).order_by(order, bodies.c.id)
        return tuple(self._connection.scalars(query))

    def mediator_known(self, pool_no: str) -> bool:
        """Whether the pool or a case knows this number."""
        with whole(self._connection):
            return mediators.is_known(self._connection, pool_no)

    def mediator_cases(self, pool_no: str, question: Question) -> tuple[Handled, ...]:
        """The cases the figures of one mediator are counted from."""
        with whole(self._connection):
            return mediators.handled_cases(self._connection, pool_no, question)

    def concluded_of_kind(
        self, pool_nos: Collection[str], category: Category, *, unopened: bool
    ) -> Mapping[str, int]:
        """Concluded cases of a kind by pool number."""
        with whole(self._connection):
            return mediators.concluded_of_kind(self._connection, pool_nos, category, unopened=unopened)

    def case_lines(self, keys: Collection[str]) -> tuple[CaseLine, ...]:
        """The cases behind a figure."""
        return mediators.case_lines(self._connection, keys)
