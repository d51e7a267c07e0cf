"""Which case is open at which counter, for as long as that counter says so."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, func, select

from db.chunks import chunks
from db.tables.centre import accounts
from db.tables.presence import open_cases
from db.upsert import insert_into
from mediation_desk.access.actor import COUNTER
from mediation_desk.cases.presence import EXPIRES, OpenAt


class PresenceRepository:
    """Implements ``Presence`` on one connection. On a server its clock counts: those of the counters differ."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def note(self, case_key: str, desk: str, account: str, counter: str, at: datetime) -> bool:
        """The case stands open at this desk, and no other of this desk; True where it did not before."""
        at, mine = self._now(at), open_cases.c.desk == desk
        gone = (mine & (open_cases.c.case_key != case_key)) | (open_cases.c.seen_at <= at - EXPIRES)
        self._connection.execute(delete(open_cases).where(gone))
        known = select(open_cases.c.since).where(open_cases.c.case_key == case_key, mine)
        fresh = self._connection.scalar(known) is None
        row = {"case_key": case_key, "desk": desk, "account": account, "counter": counter}
        note = insert_into(self._connection, open_cases).values(row | {"since": at, "seen_at": at})
        self._connection.execute(
            note.on_conflict_do_update(index_elements=["case_key", "desk"], set_={"seen_at": at})
        )
        return fresh

    def drop(self, desk: str) -> tuple[str, ...]:
        """Nothing stands open at this desk any more; tells what did."""
        gone = delete(open_cases).where(open_cases.c.desk == desk).returning(open_cases.c.case_key)
        return tuple(self._connection.scalars(gone))

    def elsewhere(self, keys: Sequence[str], desk: str, at: datetime) -> Mapping[str, tuple[OpenAt, ...]]:
        """Where else these cases stand open now, longest first."""
        found: dict[str, list[OpenAt]] = {}
        since: timedelta = EXPIRES
        for some in chunks(keys):
            query = (
                select(open_cases, accounts.c.display_name)
                .outerjoin(accounts, accounts.c.name == open_cases.c.account)
                .where(open_cases.c.case_key.in_(some), open_cases.c.desk != desk)
                .where(open_cases.c.seen_at > self._now(at) - since)
                .order_by(open_cases.c.since)
            )
            for row in self._connection.execute(query):
                shared = COUNTER.display_name if row.account == COUNTER.account else row.account
                name = row.display_name or shared
                found.setdefault(row.case_key, []).append(
                    OpenAt(name=name, counter=row.counter, since=row.since)
                )
        return {key: tuple(places) for key, places in found.items()}

    def _now(self, at: datetime) -> datetime:
        if self._connection.dialect.name != "postgresql":
            return at
        now = self._connection.scalar(select(func.clock_timestamp()))
        return now if isinstance(now, datetime) else at
