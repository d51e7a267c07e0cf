"""The database a centre is moved to: empty before, nothing to open until the move is finished, then a centre."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, Engine, Table, delete, inspect, select, text, update

from db.base import metadata
from db.engine import open_engine, open_vault, reading
from db.errors import LOCKED, translated
from db.migrate import (
    HEAD,
    MOVING,
    POSTGRES_LOCK,
    alembic_version,
    beside,
    create_tables,
    mark_sqlite,
    stated_revision,
)
from db.moving.copying import TABLES, Copy, Pouring
from db.tables.centre import settings
from db.tables.chain import audit_head
from db.unit_of_work import Storage
from db.vault import Vault
from mediation_desk.settings import Settings
from mediation_desk.shared.errors import InputError, PermissionDenied, StorageError
from mediation_desk.shared.watching import Watch

MARK = MOVING + HEAD
OCCUPIED = "目的地“{place}”里已经有数据，没有覆盖，什么也没有改动。请给一个空的数据库。"
OTHER_PROGRAM = "目的地“{place}”是另一个版本的调解台没有做完的搬迁，请把它清空以后再搬。"
BUSY = "别的窗口正在往“{place}”搬，请等它做完。"
SAME = "目的地就是现在的数据库。"
_OF_AN_EMPTY_CENTRE = {settings, audit_head}


class Destination:
    """An empty database on its way to be a centre. It says so itself, and cannot be opened as one meanwhile."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self.place = told_place(engine)

    def prepare(self) -> None:
        """Make the tables and mark them. Raises StorageError unless nothing is there, or only an empty centre."""
        with translated(), self._engine.begin() as connection:
            self._turn(connection)
            found = stated_revision(connection)
            if found is None:
                create_tables(connection, MARK)
            elif found.startswith(MOVING) and found != MARK:
                raise StorageError(OTHER_PROGRAM.format(place=self.place))
            if found == MARK:
                for name in beside(connection):  # keys of a move that was cut short
                    connection.execute(delete(metadata.tables[name]))
            if found not in (None, MARK, HEAD) or not _is_empty(connection):
                raise StorageError(OCCUPIED.format(place=self.place))
            connection.execute(delete(settings))
            connection.execute(update(alembic_version).values(version_num=MARK))

    @contextmanager
    def filled(self, source: Storage, watch: Watch) -> Iterator[Copy]:
        """Everything of ``source`` in here, compared row by row; it becomes a centre when the block ends.

        One transaction: whatever happens before its end, the rows are gone and the mark stays. Only the file of keys
        beside an encrypted database is a transaction of its own, the first. Raises StorageError, ``Stopped``.
        """
        with translated(), source.engine.connect() as raw, self._engine.connect() as connection:
            pouring = Pouring(reading(raw), connection, watch)
            with connection.begin():
                apart = {metadata.tables[name] for name in beside(connection)}
                pouring.over(*apart)
            with connection.begin():
                self._turn(connection)
                if not _is_empty(connection, apart):
                    raise StorageError(OCCUPIED.format(place=self.place))
                pouring.over(*(table for table in TABLES if table not in apart))
                pouring.finish()
                connection.execute(update(alembic_version).values(version_num=HEAD))
                if connection.dialect.name == "sqlite":
                    mark_sqlite(connection)
                yield pouring.copy(source.audit_key)

    def close(self) -> None:
        """Give back all connections."""
        self._engine.dispose()

    def _turn(self, connection: Connection) -> None:
        """Nobody else moves into the same database, or creates a centre in it."""
        if connection.dialect.name == "postgresql":
            mine = text("SELECT pg_try_advisory_xact_lock(:lock)")
            if not connection.scalar(mine, {"lock": POSTGRES_LOCK}):
                raise StorageError(BUSY.format(place=self.place))


def open_destination(source: Storage, to: Settings, key: bytes | None) -> Destination:
    """The database of ``to``; a file is created, of a real centre encrypted with ``key``.

    Raises StorageError, and InputError where it is the source itself.
    """
    if to.own_folder:
        to.prepare()
    if to.database is None or source.practice:
        engine = open_engine(to)
    elif key is None:
        raise PermissionDenied(LOCKED)  # never in clear
    else:
        vault = Vault(to.database, to.keys)
        vault.require_pair()
        if not vault.sealed or (to.keys.exists() and not to.database.exists()):
            raise StorageError(OCCUPIED.format(place=to.database))
        vault.unlock(key)
        engine = open_vault(vault)
        Storage(engine, vault).make_door()
    if engine.url._replace(password=None) == source.engine.url._replace(password=None):  # set() would keep it
        engine.dispose()
        raise InputError(SAME, field="--to")
    return Destination(engine)


def told_place(engine: Engine) -> str:
    """Where the database is, for people and for the record: no password, no settings."""
    url = engine.url
    if url.get_backend_name() == "sqlite":
        return str(url.database)
    user, port = (f"{url.username}@" if url.username else "", f":{url.port}" if url.port else "")
    return f"postgresql://{user}{url.host or ''}{port}/{url.database}"


def _is_empty(connection: Connection, but: Collection[Table] = ()) -> bool:
    """Whether no table holds anything but what every new centre has."""
    there = {*inspect(connection).get_table_names(), *beside(connection)}
    return not any(
        connection.execute(select(1).select_from(table).limit(1)).first()
        for table in metadata.sorted_tables
        if table not in _OF_AN_EMPTY_CENTRE and table not in but and table.name in there
    )
