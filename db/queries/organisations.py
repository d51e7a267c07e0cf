"""What 表一 and the 排查 figures are counted from: narrow rows, read whole."""

from __future__ import annotations

from sqlalchemy import ColumnElement, Connection, select

from db.queries.conditions import within
from db.rows import make
from db.tables.centre import bodies
from db.tables.pool import mediators
from db.tables.work import work_entries
from mediation_desk.shared.track import Track
from mediation_desk.statistics.model import Period
from mediation_desk.statistics.organisations.rows import BodyRow, MediatorRow
from mediation_desk.statistics.work.model import WorkEntry

_CARD = tuple(mediators.c[name] for name in MediatorRow.__dataclass_fields__)  # the narrow part of a wide row


class OrganisationQueries:
    """Implements ``OrganisationReader`` on one connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def bodies(self) -> tuple[BodyRow, ...]:
        """Every body cases carry, as entered."""
        query = select(bodies.c.id, bodies.c.name, bodies.c.type).order_by(bodies.c.id)
        return tuple(make(BodyRow, row) for row in self._connection.execute(query).mappings())

    def mediators(self) -> tuple[MediatorRow, ...]:
        """The people's mediators of the pool, whatever their standing: who served is judged by the core."""
        query = select(*_CARD).order_by(mediators.c.pool_no)
        rows = (make(MediatorRow, row) for row in self._connection.execute(query).mappings())
        return tuple(row for row in rows if Track.PEOPLES in row.tracks)

    def entries(self, period: Period) -> tuple[WorkEntry, ...]:
        """Lines of work that count and whose last day lies in the period."""
        query = (
            select(work_entries)
            .where(counting(), within(work_entries.c.last, period))
            .order_by(work_entries.c.last, work_entries.c.id)
        )
        return tuple(make(WorkEntry, row) for row in self._connection.execute(query).mappings())


def counting() -> ColumnElement[bool]:
    """The line of work is not struck."""
    return work_entries.c.voided_on.is_(None)
