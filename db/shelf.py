"""The shelf of all counters on a server: files in the database, so that its copies hold them too (decision 54)."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path

from sqlalchemy import Connection, delete, func, insert, select

from db.tables.files import file_pieces
from db.unit_of_work import Storage
from mediation_desk.shared.chunked import Chunked
from mediation_desk.shared.errors import ConflictError, StorageError
from mediation_desk.shared.file_store import PIECE
from mediation_desk.shared.operation import new_operation, operation

Units = Callable[[], AbstractContextManager[Connection]]


class ServerShelf:
    """Implements ``Shelf``. A file is one transaction in, and read piece by piece."""

    def __init__(self, reading: Units, writing: Units) -> None:
        self._reading, self._writing = reading, writing

    def open(self, name: str) -> io.BufferedReader:
        """To be read from any place on. Raises ``FileNotFoundError``, ``StorageError``."""
        last = (
            select(file_pieces.c.number, func.length(file_pieces.c.piece))
            .where(file_pieces.c.name == name)
            .order_by(file_pieces.c.number.desc())
            .limit(1)
        )
        with self._reading() as connection:
            found = connection.execute(last).first()
        if found is None:
            raise FileNotFoundError(name)
        size = found[0] * PIECE + found[1]
        pieces = Chunked(lambda number: self._piece(name, number), size=size, whole=PIECE)
        return io.BufferedReader(pieces, PIECE)

    def give(self, made: Path, name: str) -> None:
        """Copied; what stood there under this name before makes room. Raises ``StorageError``."""
        try:
            with made.open("rb") as stream, self._writing() as connection:
                connection.execute(delete(file_pieces).where(file_pieces.c.name == name))
                number = 0
                while piece := stream.read(PIECE):
                    row = {"name": name, "number": number, "piece": piece}
                    connection.execute(insert(file_pieces), row)
                    number += 1
                if not number:
                    connection.execute(insert(file_pieces), {"name": name, "number": 0, "piece": b""})
        except ConflictError:
            if not self.holds(name):  # else another counter has just brought the same
                raise
        except OSError as error:
            raise StorageError(
                f"文件放不到服务器上：{error.strerror}，没有存入。请检查磁盘，再试一次。"
            ) from error

    def holds(self, name: str) -> bool:
        """Asked for."""
        with self._reading() as connection:
            there = select(1).where(file_pieces.c.name == name).limit(1)
            return connection.execute(there).first() is not None

    def names(self) -> tuple[str, ...]:
        """All names."""
        with self._reading() as connection:
            first = select(file_pieces.c.name).where(file_pieces.c.number == 0)
            return tuple(sorted(connection.scalars(first)))

    def remove(self, name: str) -> bool:
        """Deleted."""
        with self._writing() as connection:
            return connection.execute(delete(file_pieces).where(file_pieces.c.name == name)).rowcount > 0

    def _piece(self, name: str, number: int) -> bytes:
        wanted = select(file_pieces.c.piece).where(file_pieces.c.name == name, file_pieces.c.number == number)
        with self._reading() as connection:
            found = connection.scalar(wanted)
        if found is None:
            raise FileNotFoundError(name)  # destroyed while it was read
        return bytes(found)


def shelf_of(storage: Storage) -> ServerShelf | None:
    """The shelf of a centre on a server; None where files lie in a folder beside the database."""
    if storage.engine.dialect.name != "postgresql":
        return None

    @contextmanager
    def reading() -> Iterator[Connection]:
        with storage.read() as work:
            yield work.connection

    @contextmanager
    def writing() -> Iterator[Connection]:
        # never part of the act under way: a file may be brought twice, and its commit must not pass for the act's
        with operation(new_operation()), storage.write() as work:
            yield work.connection

    return ServerShelf(reading, writing)


def shelf_within(connection: Connection) -> ServerShelf | None:
    """The same within one transaction of a database that is being filled."""
    if connection.dialect.name != "postgresql":
        return None
    return ServerShelf(lambda: nullcontext(connection), lambda: nullcontext(connection))
