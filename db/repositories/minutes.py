"""Records in work: one for each session, guarded by its own version."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, and_, select, update

from db.repositories.whose import case_id_of
from db.rows import Row, columns, make
from db.tables.cases import cases
from db.tables.minutes import read_backs, working_records
from db.upsert import insert_into
from mediation_desk.cases.minutes.model import ReadBack, ReadMark, WorkingRecord

_READ = "read_"
_UNREAD: Row = dict.fromkeys(_READ + name for name in ReadMark.__dataclass_fields__)


class WorkingRecordRepository:
    """Implements ``WorkingRecords`` on one connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def find(self, case_key: str, session_no: int) -> WorkingRecord | None:
        """The record in work of this session."""
        table = working_records
        query = (
            select(table).join(cases).where(cases.c.case_key == case_key, table.c.session_no == session_no)
        )
        row = self._connection.execute(query).mappings().first()
        return _working(row) if row is not None else None

    def save(self, case_key: str, working: WorkingRecord) -> WorkingRecord | None:
        """Store what was read as ``working.version`` (0: new); None when somebody saved since."""
        table = working_records
        stored = replace(working, version=working.version + 1)
        case_id = self._case(case_key)
        row = columns(table, stored, case_id=case_id) | _UNREAD
        if stored.read is not None:
            row |= columns(table, stored.read, prefix=_READ)
        if working.version == 0:
            fresh = insert_into(self._connection, table).values(row).on_conflict_do_nothing()
            made = self._connection.scalar(fresh.returning(table.c.case_id))
            return stored if made is not None else None
        mine = and_(
            table.c.case_id == case_id,
            table.c.session_no == working.session_no,
            table.c.version == working.version,
        )
        done = self._connection.execute(update(table).where(mine).values(row))
        return stored if done.rowcount == 1 else None

    def answers(self, case_key: str, session_no: int) -> tuple[ReadBack, ...]:
        """What the parties said of it."""
        query = (
            select(read_backs)
            .join(cases)
            .where(cases.c.case_key == case_key, read_backs.c.session_no == session_no)
            .order_by(read_backs.c.ref)
        )
        return tuple(make(ReadBack, row) for row in self._connection.execute(query).mappings())

    def answer(self, case_key: str, given: ReadBack) -> None:
        """Note or replace the answer of one party."""
        row = columns(read_backs, given, case_id=self._case(case_key))
        statement = insert_into(self._connection, read_backs).values(row)
        keys = ["case_id", "session_no", "ref"]
        self._connection.execute(statement.on_conflict_do_update(index_elements=keys, set_=row))

    def _case(self, case_key: str) -> int:
        return case_id_of(self._connection, case_key)


def _working(row: Mapping[Any, Any]) -> WorkingRecord:
    read = make(ReadMark, row, prefix=_READ) if row["read_at"] is not None else None
    return make(WorkingRecord, row, read=read)
