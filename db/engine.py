"""Open the database so that nothing acknowledged gets lost and nothing foreign gets touched."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from time import monotonic
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.engine import URL
from sqlalchemy.exc import ArgumentError, DisconnectionError

from db import sqlite
from db.roles import act_as_owner
from db.server import at_hand, demands
from db.vault import Vault
from db.waiting import allowed, waiting_rules
from db.wall import build_wall
from mediation_desk.settings import Settings
from mediation_desk.shared.errors import InputError

READ_ONLY = "desk_read_only"  # execution option of a connection: its transactions only read
POSTGRES_DRIVER = "postgresql+psycopg"
FRESH_SECONDS = 1.0


def open_engine(place: Settings | str) -> Engine:
    """Engine for the settings' database or for a URL; the schema is not looked at (see ``db.migrate``).

    A SQLite file that is not there is created on the first connection; it is clear.
    Raises StorageError for a foreign file and an engine that can lose commits, InputError for an address that is
    none. A PostgreSQL server is not contacted before the first connection; off this machine it must prove who it
    is (see ``db.server``).
    """
    url = _url(place)
    if url.get_backend_name() == "sqlite":
        file = Path(url.database or "")
        sqlite.require_ours(file)
        return _open_sqlite(file, lambda: sqlite.connect(file))
    folder = place.folder if isinstance(place, Settings) else None
    return _open_postgres(url, at_hand(folder) | demands(url, folder))


def open_vault(vault: Vault) -> Engine:
    """Engine for an encrypted database; connections open while it is unlocked. Raises as ``open_engine``."""
    if not vault.sealed:
        sqlite.require_ours(vault.file)
    return _open_sqlite(vault.file, vault.connect)


def open_door(vault: Vault) -> Engine:
    """Engine for what may be read of it before anybody signed in; made where it is not there yet."""
    if vault.keys.exists():
        sqlite.require_ours(vault.keys)
    return _open_sqlite(vault.keys, vault.connect_door)


def driver_of(connection: Connection) -> Any:
    """The driver's own connection, for what SQLAlchemy does not speak of."""
    return connection.connection.driver_connection


def reading(connection: Connection) -> Connection:
    """Make the transactions of ``connection`` read-only, each seeing one state of the whole database."""
    if connection.dialect.name == "sqlite":
        return connection.execution_options(**{READ_ONLY: True})
    return connection.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)


def _url(place: Settings | str) -> URL:
    if isinstance(place, Settings) and place.database is not None:
        return URL.create("sqlite", database=str(place.database))
    try:
        url = make_url(place.server if isinstance(place, Settings) else place)
    except ArgumentError:
        url = None
    if url is None or url.get_backend_name() not in {"sqlite", "postgresql", "postgres"}:
        raise InputError("数据库地址应形如 sqlite:///文件 或 postgresql://用户:口令@主机/库名。") from None
    return url


def _open_sqlite(file: Path, connect: Callable[[], Any]) -> Engine:
    sqlite.require_safe_library(sqlite.LIBRARY_VERSION)
    engine = create_engine(
        URL.create("sqlite", database=str(file)), module=sqlite.DRIVER, creator=connect, **_common()
    )
    build_wall(engine)
    event.listen(engine, "begin", _begin_sqlite)
    event.listen(engine, "handle_error", sqlite.drop_if_rolled_back)
    return engine


def _begin_sqlite(connection: Connection) -> None:
    """Our own BEGIN: the driver's default reads outside the write transaction and loses updates."""
    if connection.get_execution_options().get(READ_ONLY):
        connection.exec_driver_sql("PRAGMA query_only=ON")
        connection.exec_driver_sql("BEGIN DEFERRED")
    else:
        connection.exec_driver_sql("PRAGMA query_only=OFF")
        if not sqlite.begun_in_turn(connection.connection.driver_connection):
            # the last try: what is wrong is told as of any statement
            connection.exec_driver_sql("BEGIN IMMEDIATE")


def _open_postgres(url: URL, demanded: dict[str, str]) -> Engine:
    rules = waiting_rules()
    # The last setting of a name counts: a server that acknowledges before it has written is not left to do so.
    ours = f"-c lock_timeout={int(rules.lock * 1000)} -c synchronous_commit=on"
    engine = create_engine(
        url.set(drivername=POSTGRES_DRIVER),
        isolation_level="READ COMMITTED",
        connect_args={
            "application_name": "mediation-desk",
            "keepalives_idle": 10,  # a machine that is gone: seen while nobody asks it anything
            "keepalives_interval": 2,
            "keepalives_count": 3,
            "tcp_user_timeout": int(rules.answer * 1000),
            "options": f"{url.query.get('options', '')} {ours}".strip(),
            **demanded,  # stand above what the address says
        },
        **_common(),
    )
    act_as_owner(engine)
    build_wall(engine)
    event.listen(engine, "do_connect", _connect_watched)
    event.listen(engine, "checkout", _look_whether_it_stands)
    return engine


def _connect_watched(_dialect: Any, _record: Any, places: list[Any], named: dict[str, Any]) -> Any:
    from db.watched import WatchedConnection  # loads the driver

    limit = min(waiting_rules().connect, allowed())
    return WatchedConnection.connect(*places, **{**named, "connect_timeout": max(2, int(limit))})


def _look_whether_it_stands(connection: Any, _record: Any, _proxy: Any) -> None:
    """Before a unit begins; one that has just been heard of is believed to stand."""
    if monotonic() - connection.heard < FRESH_SECONDS:
        return
    try:
        connection.look()
    except Exception as error:  # whatever the driver makes of a broken connection
        raise DisconnectionError from error


def _common() -> dict[str, Any]:
    """Both engines: no values in exception texts, Chinese readable inside JSON columns."""
    return {
        "hide_parameters": True,
        "json_serializer": lambda value: json.dumps(value, ensure_ascii=False, separators=(",", ":")),
        "pool_size": 5,
        "max_overflow": 5,
        "pool_timeout": 10,
        "pool_use_lifo": True,  # the connection whose cache is freshest
    }
