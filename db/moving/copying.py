"""Every table of one database into another, from one state of the source, each compared as soon as it is in."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

from sqlalchemy import Connection, Table, func, select, update
from sqlalchemy.exc import DBAPIError

from db.base import metadata
from db.bulk_rows import RowWriter, go_on_behind
from db.engine import reading
from db.errors import translated
from db.moving.holdable import unholdable
from db.moving.tally import Tally, differences, parts_of
from db.shelf import shelf_within
from db.tables.cases import cases
from db.tables.centre import drafts
from db.tables.chain import audit_head
from db.tables.files import file_pieces
from db.unit_of_work import Storage
from db.words_of_all import index_anew
from db.work import Work
from mediation_desk.access.actor import PROGRAM, Actor
from mediation_desk.shared.errors import StorageError
from mediation_desk.shared.shelf import FolderShelf, Shelf
from mediation_desk.shared.watching import Stopped, Watch

DIFFERENT = "表 {table} 搬过去以后与原来的不同：{what}。没有切换，原来的数据没有改动。"
UNREADABLE = "表 {table} 里有读不出来的内容，没有搬。请先用 check 检查原来的数据库。"
STOPPED = "已经停下：目的地里什么也没有留下，原来的数据没有改动。再执行一次 move 会从头开始。"

TABLES = tuple(table for table in metadata.sorted_tables if table is not file_pieces)
"""All but files of cases: those go from shelf to shelf, where the other side has them in a folder."""

Tick = Callable[[int], None]


class Held(Storage):
    """A database as one transaction sees it: every unit reads there, none writes."""

    def __init__(self, connection: Connection, audit_key: bytes | None) -> None:
        super().__init__(connection.engine)
        self.seal_audit(audit_key)
        self._connection = connection

    @contextmanager
    def read(self, actor: Actor = PROGRAM) -> Iterator[Work]:
        """A unit on the one connection. Only the program itself reads here: nothing is limited, nothing handed out."""
        if not actor.unlimited:
            raise AssertionError("the sight of an actor would stay on the connection")
        with translated():
            yield Work(self._connection, actor)

    def write(self, actor: Actor = PROGRAM) -> NoReturn:
        """Not here."""
        raise AssertionError(f"{actor.account} only compares here")


@dataclass(frozen=True, slots=True)
class Copy:
    """Both sides as they stand after the rows were found equal, and how many rows each table has."""

    source: Held
    target: Held
    rows: dict[str, int]

    def sample(self, number: int) -> Sequence[str]:
        """Keys of so many cases, spread over all."""
        with self.target.read() as work:
            keys = list(work.connection.scalars(select(cases.c.case_key).order_by(cases.c.id)))
        return keys[:: max(len(keys) // number, 1)][:number]

    def shelf(self, folder: Path) -> Shelf:
        """Where the target keeps files of cases: within the same transaction, or in ``folder``."""
        with self.target.read() as work:
            return shelf_within(work.connection) or FolderShelf(folder)

    def unchanged(self) -> bool:
        """Whether nobody typed words since that are no record yet: of those the trail knows nothing."""
        with self.target.read() as work, translated(), self.source.engine.connect() as now:
            return _tally(work.connection, drafts) == _tally(reading(now), drafts)


class Pouring:
    """Rows of every table from one state of the source into the transaction of the target, each table compared."""

    def __init__(self, reader: Connection, target: Connection, watch: Watch) -> None:
        self._reader = reader
        self._target = target
        self._rows: dict[str, int] = {}
        self._writer = RowWriter(target.dialect)
        counts = (select(func.count()).select_from(table) for table in TABLES)
        self._tick = _ticker(2 * sum(reader.scalar(count) or 0 for count in counts), watch)

    def over(self, *tables: Table) -> None:
        """These tables, in an order in which none refers to one that comes later. Raises StorageError, ``Stopped``."""
        if self._target.dialect.name == "sqlite":
            self._target.exec_driver_sql(
                "PRAGMA defer_foreign_keys=ON"
            )  # but a row may to another of its table
        for table in tables:
            self._rows[table.name] = _moved(self._reader, self._writer, self._target, table, self._tick)

    def finish(self) -> None:
        """What follows from the rows: numbers to come, the index of words, the planner's knowledge."""
        go_on_behind(self._target, *metadata.sorted_tables)
        index_anew(self._target)
        if self._target.dialect.name == "postgresql":
            self._target.exec_driver_sql(
                "ANALYZE"
            )  # else what is read from here on is planned as if it were empty

    def copy(self, audit_key: bytes | None) -> Copy:
        """Both sides, to be compared further."""
        source, target = (Held(one, audit_key) for one in (self._reader, self._target))
        return Copy(source=source, target=target, rows=self._rows)


def _moved(reader: Connection, writer: RowWriter, target: Connection, table: Table, tick: Tick) -> int:
    """One table over and compared; how many rows."""
    if table is audit_head:
        wanted = _head_moved(reader, target, tick)
    else:
        wanted = Tally()
        with closing(_read(reader, table, wanted, tick)) as parts:
            try:
                writer.pour(target, table, [column.name for column in table.c], parts)
            except (DBAPIError, UnicodeEncodeError):
                if told := unholdable(reader, table, target.dialect):
                    raise StorageError(told) from None
                raise
    found = _tally(target, table, tick)
    if wanted != found:
        raise StorageError(DIFFERENT.format(table=table.name, what=differences(reader, target, table)))
    return found.rows


def _head_moved(reader: Connection, target: Connection, tick: Tick) -> Tally:
    """An empty centre has a head already, and its guard lets nobody delete it."""
    for part in parts_of(reader, audit_head):
        for row in part:
            values = dict(zip(audit_head.c.keys(), row, strict=True))
            if not target.execute(update(audit_head).values(values)).rowcount:
                target.execute(audit_head.insert().values(values))
    return _tally(reader, audit_head, tick)


def _read(connection: Connection, table: Table, tally: Tally, tick: Tick) -> Generator[list[tuple[Any, ...]]]:
    """All rows, each counted on its way."""
    with closing(parts_of(connection, table)) as parts:
        while True:
            try:
                part = next(parts, None)
            except (ValueError, TypeError, LookupError):  # of a column type that meets what it never wrote
                raise StorageError(UNREADABLE.format(table=table.name)) from None
            if part is None:
                return
            tally.add(part)
            tick(len(part))
            yield part


def _tally(connection: Connection, table: Table, tick: Tick = lambda _: None) -> Tally:
    tally = Tally()
    with closing(_read(connection, table, tally, tick)) as parts:
        for _ in parts:
            pass
    return tally


def _ticker(total: int, watch: Watch) -> Tick:
    done = 0

    def tick(more: int) -> None:
        nonlocal done
        done += more
        if not watch(min(done, total), total):
            raise Stopped(STOPPED)

    return tick
