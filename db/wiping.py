"""Make deleted rows unreadable in the database's own files, as far as each database allows."""

from __future__ import annotations

from time import monotonic, sleep

from sqlalchemy import Connection, Engine, text

from db.repositories.destruction import of_cases
from db.tables.centre import audit, drafts, people
from db.tables.chain import audit_words
from db.tables.counter import name_ways, phrases, visits
from db.tables.words import NAME
from mediation_desk.cases.destroying.model import Leftover

BUSY = "还有别的窗口正在读数据库，写前日志（-wal）没有清空；关掉其他窗口，再执行一次清册。"
OLD_READER = (
    "还有窗口或别的程序在读这个数据库的旧数据，刚删掉的内容还留在数据文件里；"
    "请关掉其他窗口，再执行一次清册（或者由数据库管理员运行 server wipe）。"
)
NOT_OWNER = (
    "窗口的账号不能整理数据表：请数据库管理员用管理员的地址运行 server wipe，删掉的内容才会从数据文件里消失。"
)
SERVER_LOG = (
    "PostgreSQL 的预写日志（pg_wal）和归档日志里，删掉的内容要到日志循环覆盖以后才消失；"
    "由数据库管理员按归档期限清理。"
)

READER_SECONDS = 10.0
"""How long to wait for transactions that began before the deletion: saves and readings last far less."""


def wipe_free_space(engine: Engine) -> Leftover:
    """After a destruction. Nothing here can undo it: what cannot be wiped is told in words."""
    return _wipe_sqlite(engine) if engine.dialect.name == "sqlite" else _wipe_postgres(engine)


def _wipe_sqlite(engine: Engine) -> Leftover:
    """The index of words keeps deleted entries until its parts are merged; freed pages are zeroed as they go."""
    with engine.begin() as connection:
        connection.exec_driver_sql(f"INSERT INTO {NAME}({NAME}) VALUES('optimize')")
    raw = engine.raw_connection()
    try:
        busy, *_pages = raw.driver_connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()  # type: ignore[union-attr]  # sqlite3 API
    finally:
        raw.close()
    return Leftover(sentences=(BUSY,) if busy else ())


def _wipe_postgres(engine: Engine) -> Leftover:
    """Tables are written anew: an ordinary VACUUM leaves the bytes of dead rows in their pages.

    Even then a row goes along as long as any transaction is open that might still see it, the planner's own
    reading of a table among them, so those of before are waited for.
    """
    tables = [table.name for table, _condition in of_cases([])]
    tables += [
        NAME,
        *(table.name for table in (people, visits, drafts, phrases, name_ways, audit, audit_words)),
    ]
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        # without the right a VACUUM is passed over with a mere notice
        if not connection.scalar(text(_OWNS)):
            return Leftover(sentences=(NOT_OWNER, SERVER_LOG))
        if not _wait_for_readers(connection):  # a table somebody reads would keep us waiting as well
            return Leftover(sentences=(OLD_READER, SERVER_LOG))
        for name in tables:
            connection.execute(text(f'VACUUM (FULL, ANALYZE) "{name}"'))
        # the planner keeps frequent values of columns, names among them; they were replaced just now
        unseen = _wait_for_readers(connection)
        connection.execute(text("VACUUM (FULL) pg_statistic"))
    return Leftover(sentences=(SERVER_LOG,) if unseen else (OLD_READER, SERVER_LOG))


def _wait_for_readers(connection: Connection) -> bool:
    """Whether every transaction that might see rows deleted until now has ended.

    Those that write count whatever database they are in: the snapshot of the wiping itself reaches back to them.
    """
    now = connection.scalar(text("SELECT pg_current_xact_id()::xid::text"))
    until = monotonic() + READER_SECONDS
    while connection.scalar(text(_READERS), {"now": now}):
        if monotonic() > until:
            return False
        sleep(0.05)
    return True


_READERS = """
SELECT count(*) FROM (
    SELECT backend_xmin AS oldest FROM pg_stat_activity
     WHERE pid <> pg_backend_pid() AND (datname = current_database() OR datname IS NULL)
    UNION ALL SELECT backend_xid FROM pg_stat_activity WHERE pid <> pg_backend_pid()
    UNION ALL SELECT transaction FROM pg_prepared_xacts
    UNION ALL SELECT unnest(ARRAY[xmin, catalog_xmin]) FROM pg_replication_slots
) AS held WHERE age(oldest) >= age(CAST(:now AS xid))
"""

_OWNS = """
SELECT (SELECT pg_has_role(datdba, 'USAGE') FROM pg_database WHERE datname = current_database())
   AND (SELECT pg_has_role(relowner, 'USAGE') FROM pg_class WHERE oid = 'cases'::regclass)
"""
