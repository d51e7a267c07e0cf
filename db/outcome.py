"""What became of a COMMIT whose answer was lost: the server is asked, nobody is told a guess.

Every unit that writes on PostgreSQL notes an id of its own in `operations`, in the same transaction: where the id is,
the unit is. That it is not there is no answer yet, a frozen process may still commit. So the old session is ended, and
asked after until it is over or time is. The number of the transaction alone would not do: after a crash the server
gives numbers out again that had not reached its log.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from time import monotonic, sleep

from sqlalchemy import Connection, Engine, delete, select, text
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from db.errors import AWAY, OUTDATED, UNCERTAIN, translate
from db.migrate import HEAD, alembic_version
from db.tables.centre import operations
from db.waiting import allowing, waiting_rules
from mediation_desk.shared.errors import AwayError, OutdatedError, StoredError, UncertainError
from mediation_desk.shared.operation import new_operation

STORED = "刚才不能确认的那一次已经查明：当时就存上了。这次没有重复保存，请重新读取核对。"
_AGAIN_SECONDS, _LEAST_SECONDS = 0.1, 2  # the driver takes no shorter time to connect

_VERSION = select(alembic_version.c.version_num).scalar_subquery()
_NOTE = (
    "WITH noted AS (INSERT INTO operations (id, at) SELECT %s, now()"
    " WHERE pg_current_xact_id_if_assigned() IS NOT NULL RETURNING pg_current_xact_id()::text AS number)"
    " SELECT (SELECT number FROM noted), pg_backend_pid(), (SELECT version_num FROM alembic_version)"
)
_END = text(
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
    " WHERE pid = :process AND backend_xid = CAST(CAST(:number AS xid8) AS xid)"
)
_THERE = text("SELECT count(*) FROM operations WHERE id = :unit")
_UNIT, _KEPT = "unit-", timedelta(days=2)


@dataclass(slots=True)
class Mark:
    """A transaction about to commit: its id as a ``unit``, its ``number`` ("" where it wrote nothing), who does it."""

    unit: str
    number: str
    process: int
    stored: bool | None = None

    def found_out(self, engine: Engine, seconds: float) -> bool | None:
        """Whether it was stored, None while that cannot be found out."""
        if self.stored is None:
            self.stored = _stored(engine, self, seconds) if self.number else False
        return self.stored


class Outcomes:
    """The commits of one storage whose outcome is not known to the act they belong to."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._open: dict[str, Mark] = {}

    def stored_before(self, operation: str) -> bool:
        """Whether an earlier try of this act was stored. Raises UncertainError while that is not known."""
        mark = self._open.get(operation)
        if mark is None:
            return False
        stored = mark.found_out(self._engine, waiting_rules().settle)
        if stored is None:
            raise UncertainError(UNCERTAIN)
        if not stored:
            del self._open[operation]
        return stored

    def commit(self, connection: Connection, operation: str, *, stored_before: bool) -> None:
        """Commit, and find out what became of it where no answer came.

        Raises OutdatedError where this program is older than the database, StoredError where an earlier try of the
        same act is stored and this one would store again, AwayError where nothing was stored, UncertainError.
        """
        mark = mark_of(connection)
        if stored_before and mark.number:
            raise StoredError(STORED)
        try:
            with allowing(waiting_rules().commit):
                connection.commit()
        except DBAPIError as error:
            if connection.dialect.name != "postgresql" or not error.connection_invalidated:
                connection.invalidate()  # or its transaction would stay open in the pool
                raise  # nothing was stored: a full disk often tells only now
        else:
            return
        stored = mark.found_out(self._engine, waiting_rules().settle)
        if stored is None:
            self._open[operation] = mark
            raise UncertainError(UNCERTAIN)
        if not stored:
            raise AwayError(AWAY)

    def settle(self) -> tuple[bool, ...]:
        """Of commits left uncertain, what became of those found out now. Raises AwayError while the server is away."""
        waiting = [mark for mark in list(self._open.values()) if mark.stored is None]
        found = [mark.found_out(self._engine, waiting_rules().settle) for mark in waiting]
        return tuple(one for one in found if one is not None)


def demand_current(connection: Connection) -> None:
    """Raises OutdatedError where another counter has upgraded the database under this program."""
    _demand(connection.scalar(select(_VERSION)))


def forget_units(connection: Connection) -> None:
    """Drop the notes of units nobody can ask after any more; their ids begin with the moment."""
    old = operations.c.id.between(_UNIT, _unit(datetime.now(UTC) - _KEPT))
    connection.execute(delete(operations).where(old))


def _unit(moment: datetime) -> str:
    return f"{_UNIT}{moment:%Y%m%d%H%M%S}-"


def mark_of(connection: Connection) -> Mark:
    """Asked last within the transaction: an upgrade waits for what we have locked, so the version still holds."""
    if connection.dialect.name != "postgresql":
        demand_current(connection)
        return Mark("", "", 0)
    unit = _unit(datetime.now(UTC)) + new_operation()
    number, process, version = connection.exec_driver_sql(_NOTE, (unit,)).one()
    _demand(version)
    return Mark(unit, number or "", process)


def _demand(version: str | None) -> None:
    if version != HEAD:
        raise OutdatedError(OUTDATED)


def _stored(engine: Engine, mark: Mark, seconds: float) -> bool | None:
    until = monotonic() + seconds
    left = seconds
    while left > 0:
        try:
            with allowing(left), engine.connect() as connection:
                return _status(connection.execution_options(isolation_level="AUTOCOMMIT"), mark, until)
        except SQLAlchemyError as error:
            translate(error)  # a bug in these statements is none of the server's silence
        sleep(_AGAIN_SECONDS)
        left = until - monotonic() - _LEAST_SECONDS
    return None


def _status(connection: Connection, mark: Mark, until: float) -> bool | None:
    """First whether it is over, then whether it is there: the other way round it could end in between."""
    while connection.execute(_END, {"number": mark.number, "process": mark.process}).first() is not None:
        if monotonic() > until:
            return None
        sleep(_AGAIN_SECONDS)
    return bool(connection.scalar(_THERE, {"unit": mark.unit}))
