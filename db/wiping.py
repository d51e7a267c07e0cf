"""Make deleted rows unreadable in the database's own files, as far as each database allows."""

from __future__ import annotations

from sqlalchemy import Engine, text

from db.repositories.destruction import of_cases
from db.tables.centre import audit, drafts, people
from db.tables.chain import audit_words
from db.tables.counter import name_ways, phrases, visits
from db.tables.words import NAME
from mediation_desk.cases.destroying.model import Leftover

BUSY = "还有别的窗口正在读数据库，写前日志（-wal）没有清空；关掉其他窗口，再执行一次清册。"
NOT_OWNER = (
    "窗口的账号不能整理数据表：请数据库管理员用管理员的地址运行 server wipe，删掉的内容才会从数据文件里消失。"
)
SERVER_LOG = (
    "PostgreSQL 的预写日志（pg_wal）和归档日志里，删掉的内容要到日志循环覆盖以后才消失；"
    "由数据库管理员按归档期限清理。"
)


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
    """Tables are written anew: an ordinary VACUUM leaves the bytes of dead rows in their pages."""
    tables = [table.name for table, _condition in of_cases([])]
    tables += [
        NAME,
        *(table.name for table in (people, visits, drafts, phrases, name_ways, audit, audit_words)),
    ]
    tables.append("pg_statistic")  # the planner keeps frequent values of columns, names among them
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        # without the right a VACUUM is passed over with a mere notice
        if not connection.scalar(text(_OWNS)):
            return Leftover(sentences=(NOT_OWNER, SERVER_LOG))
        for name in tables:
            connection.execute(text(f'VACUUM (FULL{"" if name == "pg_statistic" else ", ANALYZE"}) "{name}"'))
    return Leftover(sentences=(SERVER_LOG,))


_OWNS = """
SELECT (SELECT pg_has_role(datdba, 'USAGE') FROM pg_database WHERE datname = current_database())
   AND (SELECT pg_has_role(relowner, 'USAGE') FROM pg_class WHERE oid = 'cases'::regclass)
"""
