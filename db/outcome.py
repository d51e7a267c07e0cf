"""What became of a COMMIT whose answer was lost: the server is asked, nobody is told a guess.

PostgreSQL numbers every transaction that writes, and keeps for long what became of it; the number is known before
COMMIT is sent. "In progress" is no answer: a frozen process may still commit. So the old session is ended, and asked
after until it is over or time is.
"""

from __future__ import annotations

from dataclasses import dataclass
from time import monotonic, sleep

from sqlalchemy import Connection, Engine, select, text
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from db.errors import AWAY, OUTDATED, UNCERTAIN, translate
from db.migrate import HEAD, alembic_version
from db.waiting import allowing, waiting_rules
from mediation_desk.shared.errors import AwayError, OutdatedError, StoredError, UncertainError

STORED = "刚才不能确认的那一次已经查明：当时就存上了。这次没有重复保存，请重新读取核对。"
_AGAIN_SECONDS, _LEAST_SECONDS = 0.1, 2  # the driver takes no shorter time to connect

_VERSION = select(alembic_version.c.version_num).scalar_subquery()
_MARK = select(text("pg_current_xact_id_if_assigned()::text"), text("pg_backend_pid()"), _VERSION)
_STATUS = text("SELECT pg_xact_status(CAST(:number AS xid8))")
_END = text(
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
    " WHERE pid = :process AND backend_xid = CAST(CAST(:number AS xid8) AS xid)"
)


@dataclass(slots=True)
class Mark:
    """A transaction about to commit: its ``number`` ("" where it wrote nothing) and the server's ``process``."""

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
        mark = _mark(connection)
        if stored_before and mark.number:
            raise StoredError(STORED)
        try:
            with allowing(waiting_rules().commit):
                connection.commit()
        except DBAPIError as error:
            if not (connection.dialect.name == "postgresql" and error.connection_invalidated):
                raise
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


def _mark(connection: Connection) -> Mark:
    """Asked last within the transaction: an upgrade waits for what we have locked, so the version still holds."""
    if connection.dialect.name != "postgresql":
        demand_current(connection)
        return Mark("", 0)
    number, process, version = connection.execute(_MARK).one()
    _demand(version)
    return Mark(number or "", process)


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
    named = {"number": mark.number, "process": mark.process}
    while (status := connection.scalar(_STATUS, named)) == "in progress":
        if monotonic() > until:
            return None
        connection.execute(_END, named)
        sleep(_AGAIN_SECONDS)
    return {"committed": True, "aborted": False}.get(status or "")
