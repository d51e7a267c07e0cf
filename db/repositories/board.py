"""The session boards: lines that guard themselves, and a revision that moves with each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, delete, insert, select, update

from db.repositories.whose import case_id_of
from db.rows import Row, columns, make
from db.tables.board import board_notes, board_openings, board_presence, boards
from db.tables.cases import cases
from db.tables.minutes import read_backs, working_records
from db.upsert import insert_into
from mediation_desk.hearings.board.notes import Note, Release, Struck, Terms, Withdrawn
from mediation_desk.hearings.board.opening import Opened, Present

_EMBEDDED = (
    ("release", Release, "release_"),
    ("terms", Terms, ""),
    ("withdrawn", Withdrawn, "withdrawn_"),
    ("struck", Struck, "struck_"),
)
_EMPTY: Row = dict.fromkeys(
    prefix + name for _, kind, prefix in _EMBEDDED for name in kind.__dataclass_fields__
)
_MOST_SESSIONS = 1000
_MOVED: Row = {"revision": boards.c.revision + 1}


class BoardRepository:
    """Implements ``Boards`` on one connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def revision(self, case_key: str) -> int:
        """The newest revision; 0 where nothing was written yet."""
        query = select(boards.c.revision).join(cases).where(cases.c.case_key == case_key)
        return self._connection.scalar(query) or 0

    def notes(self, case_key: str, since: int = 0) -> tuple[Note, ...]:
        """Lines changed after revision ``since``, by number."""
        return self._notes(cases.c.case_key == case_key, board_notes.c.revision > since)

    def note(self, case_key: str, no: int) -> Note | None:
        """One line."""
        return next(iter(self._notes(cases.c.case_key == case_key, board_notes.c.no == no)), None)

    def written(self, case_key: str, key: str) -> Note | None:
        """The line a window wrote under ``key``."""
        return next(iter(self._notes(cases.c.case_key == case_key, board_notes.c.key == key)), None)

    def add(self, case_key: str, note: Note) -> Note:
        """Store a new line; gives it number, version and revision."""
        case_id = self._case(case_key)
        begun = {"case_id": case_id, "last_no": 1, "revision": 1}
        statement = insert_into(self._connection, boards).values(begun)
        moved = _MOVED | {"last_no": boards.c.last_no + 1}
        statement = statement.on_conflict_do_update(index_elements=["case_id"], set_=moved)
        head = self._connection.execute(statement.returning(boards.c.last_no, boards.c.revision)).one()
        stored = replace(note, no=head.last_no, version=1, revision=head.revision)
        self._connection.execute(insert(board_notes).values(_row(stored, case_id)))
        return stored

    def save(self, case_key: str, note: Note) -> Note | None:
        """Store a line read as ``note.version``; None when somebody changed it since."""
        case_id = self._case(case_key)
        stored = replace(note, version=note.version + 1, revision=self._moved(case_id))
        mine = and_(
            board_notes.c.case_id == case_id,
            board_notes.c.no == note.no,
            board_notes.c.version == note.version,
        )
        done = self._connection.execute(update(board_notes).where(mine).values(_row(stored, case_id)))
        return stored if done.rowcount == 1 else None

    def renumber(self, case_key: str, numbers: Mapping[int, int]) -> None:
        """Put everything written for a session under its new number; by way of negative ones, so that none meet.

        Lines of a session called off (0) stay on the board; what else belonged to it stays under a number that
        no session has.
        """
        case_id = self._case(case_key)
        revision = self._moved(case_id)
        for table in (board_notes, board_openings, board_presence, working_records, read_backs):
            mine, number = table.c.case_id == case_id, table.c.session_no
            change = update(table).where(mine, number.in_(list(numbers))).values(session_no=-number)
            self._connection.execute(change)
            for was, now in numbers.items():
                nobodys = -(revision * _MOST_SESSIONS + was)
                target = nobodys if now == 0 and table is not board_notes else now
                self._connection.execute(update(table).where(mine, number == -was).values(session_no=target))
        lines = and_(board_notes.c.case_id == case_id, board_notes.c.session_no.in_(set(numbers.values())))
        self._connection.execute(update(board_notes).where(lines).values(revision=revision))

    def opened(self, case_key: str, session_no: int) -> tuple[Opened, ...]:
        """Items of the opening done so far."""
        query = (
            select(board_openings)
            .join(cases)
            .where(cases.c.case_key == case_key, board_openings.c.session_no == session_no)
            .order_by(board_openings.c.at)
        )
        return tuple(make(Opened, row) for row in self._connection.execute(query).mappings())

    def open(self, case_key: str, item: Opened, *, done: bool) -> None:
        """Note or take back an item."""
        case_id = self._case(case_key)
        row = columns(board_openings, item, case_id=case_id)
        if done:
            statement = insert_into(self._connection, board_openings).values(row)
            keys = ["case_id", "session_no", "code"]
            self._connection.execute(statement.on_conflict_do_update(index_elements=keys, set_=row))
        else:
            table = board_openings.c
            mine = and_(
                table.case_id == case_id, table.session_no == item.session_no, table.code == item.code
            )
            self._connection.execute(delete(board_openings).where(mine))
        self._moved(case_id)

    def present(self, case_key: str, session_no: int) -> tuple[Present, ...]:
        """Who is there and how."""
        query = (
            select(board_presence)
            .join(cases)
            .where(cases.c.case_key == case_key, board_presence.c.session_no == session_no)
            .order_by(board_presence.c.ref)
        )
        return tuple(make(Present, row) for row in self._connection.execute(query).mappings())

    def attend(self, case_key: str, present: Present) -> None:
        """Note or replace how one person attends."""
        case_id = self._case(case_key)
        row = columns(board_presence, present, case_id=case_id)
        statement = insert_into(self._connection, board_presence).values(row)
        keys = ["case_id", "session_no", "ref"]
        self._connection.execute(statement.on_conflict_do_update(index_elements=keys, set_=row))
        self._moved(case_id)

    def _notes(self, *where: ColumnElement[bool]) -> tuple[Note, ...]:
        query = select(board_notes).join(cases).where(*where).order_by(board_notes.c.no)
        return tuple(_note(row) for row in self._connection.execute(query).mappings())

    def _case(self, case_key: str) -> int:
        return case_id_of(self._connection, case_key)

    def _moved(self, case_id: int) -> int:
        """The next revision of the board; begins it where nothing was written yet."""
        begun = {"case_id": case_id, "last_no": 0, "revision": 1}
        statement = insert_into(self._connection, boards).values(begun)
        statement = statement.on_conflict_do_update(index_elements=["case_id"], set_=_MOVED)
        revision: int = self._connection.execute(statement.returning(boards.c.revision)).scalar_one()
        return revision


def _row(note: Note, case_id: int) -> Row:
    row = columns(board_notes, note, case_id=case_id) | _EMPTY
    for name, _, prefix in _EMBEDDED:
        part = getattr(note, name)
        if part is not None:
            row |= columns(board_notes, part, prefix=prefix)
    return row


def _note(row: Mapping[Any, Any]) -> Note:
    nested: dict[str, Any] = {
        name: make(kind, row, prefix=prefix)
        if any(row[prefix + field] is not None for field in kind.__dataclass_fields__)
        else None
        for name, kind, prefix in _EMBEDDED
    }
    return make(Note, row, **nested)
