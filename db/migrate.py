"""Bring the database to this program's schema: create it, upgrade it after a backup, or refuse it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Column, Connection, Engine, MetaData, String, Table, inspect, select

import db.tables  # noqa: F401  # fills the metadata
from db.alone import exclusive_file
from db.backups.writing import write_backup
from db.base import metadata
from db.engine import driver_of, reading
from db.errors import FOREIGN, translated
from db.repositories.audit import begin_chain
from db.repositories.settings import write_setting
from db.roles import grant, require_owner
from db.vault import DOOR_TABLES
from db.waiting import patient
from db.words_of_all import index_all, is_current
from mediation_desk.backups.model import Reason
from mediation_desk.settings import PRACTICE
from mediation_desk.shared.errors import StorageError
from mediation_desk.statistics.figures import FACTS_BY, facts_by

if TYPE_CHECKING:
    from alembic.config import Config

REVISIONS = (
    "m0001",
    "m0002",
    "m0003",
    "m0004",
    "m0005",
    "m0006",
    "m0007",
    "m0008",
    "m0009",
    "m0010",
    "m0011",
    "m0012",
    "m0013",
    "m0014",
    "m0015",
    "m0016",
    "m0017",
    "m0018",
    "m0021",
    "m0022",
    "m0023",
    "m0024",
    "m0025",
    "m0027",
    "m0028",
    "m0029",
    "m0030",
    "m0031",
    "m0032",
    "m0033",
    "m0034",
    "m0036",
    "m0037",
    "m0038",
    "m0039",
    "m0040",
    "m0042",
    "m0043",
    "m0045",
    "m0046",
    "m0047",
)  # the last is this schema
HEAD = REVISIONS[-1]
NEWER = "数据库由更新版本的调解台建立（{found}），本程序只认识到 {head}。请先升级程序，数据库没有改动。"
BROKEN = "升级后的数据库有无效的引用（{tables}），升级已撤销，原数据没有改动。"
MOVING = "moving-"  # before the revision of a database that a move has not finished: nothing is in it
UNFINISHED = (
    "这里是一次没有做完的搬迁的目的地，里面没有数据，不能打开。请在原来的中心重新执行 move，或者换一个地址。"
)
POSTGRES_LOCK = 0x4D444B31  # advisory lock: two desks starting at once must not both create the schema

# Alembic's own table, spelled out so that most starts need not load Alembic (a third of a second)
alembic_version = Table("alembic_version", MetaData(), Column("version_num", String(32), primary_key=True))


def upgrade(
    engine: Engine, backups: Path | None = None, *, practice: bool = False, key: bytes | None = None
) -> None:
    """Create or upgrade the schema, all or nothing; a database that is current is only looked at.

    Only one that is created now can become a ``practice`` centre. An existing SQLite file is first copied into
    ``backups`` (default: folder ``backups`` beside the file); ``key`` is that of an encrypted one.
    Raises StorageError for a foreign or newer database and for every failure; it is then as it was before.
    """
    with translated():
        found = check_version(engine)
        if found == HEAD and is_current(engine):
            return
        older = found not in (None, HEAD) and engine.dialect.name == "sqlite"
        file = Path(str(engine.url.database)) if older else None
        with exclusive_file(file):  # another window would go on with the tables of before
            if file is not None:
                write_backup(engine, backups or file.parent / "backups", key, reason=Reason.UPGRADE)
            with patient(), engine.connect() as connection:
                _upgrade(connection, practice=practice)


def check_version(engine: Engine) -> str | None:
    """The revision of the database, "" where all steps were taken back, None where it is still empty.

    Raises StorageError where the database is newer than the program or holds somebody else's tables.
    """
    with translated(), engine.connect() as connection:
        return _revision(reading(connection))


def alembic_config(connection: Connection) -> Config:
    """Alembic's configuration, in code: it works from a checkout, a wheel and a frozen bundle."""
    from importlib.resources import files

    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(files("db") / "migrations"))
    config.attributes["connection"] = connection
    return config


def _upgrade(connection: Connection, *, practice: bool) -> None:
    sqlite = connection.dialect.name == "sqlite"
    if sqlite:  # rebuilding a table drops the old one; has no effect inside a transaction
        driver_of(connection).execute("PRAGMA foreign_keys=OFF")
    try:
        with connection.begin():
            if not sqlite:
                connection.exec_driver_sql("SET LOCAL lock_timeout = 0")  # who came first takes his time
                connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({POSTGRES_LOCK})")
            found = _revision(connection)  # again, now that nobody else can be at it
            if found != HEAD:
                require_owner(connection, found)
            if found is None:
                _create(connection)
                if practice:
                    write_setting(connection, PRACTICE, True)
            elif found != HEAD:
                from alembic import command

                command.upgrade(alembic_config(connection), "head")
                grant(connection)
            index_all(connection)
            if sqlite:
                mark_sqlite(connection)
    finally:
        if sqlite:
            driver_of(connection).execute("PRAGMA foreign_keys=ON")


def _create(connection: Connection) -> None:
    """The whole schema at once; a test holds it equal to what the steps build.

    The facts of its cases will follow the rules of today: there is nothing to work out again.
    """
    create_tables(connection, HEAD)
    write_setting(connection, FACTS_BY, facts_by())
    begin_chain(connection)


def create_tables(connection: Connection, revision: str) -> None:
    """The tables and nothing in them, of a database said to be at ``revision``."""
    apart = beside(connection)
    metadata.create_all(connection, tables=[one for one in metadata.sorted_tables if one.name not in apart])
    alembic_version.create(connection)
    connection.execute(alembic_version.insert().values(version_num=revision))
    grant(connection)


def beside(connection: Connection) -> tuple[str, ...]:
    """Tables that lie in a file of their own, beside an encrypted database."""
    if connection.dialect.name != "sqlite":
        return ()
    attached = {row[1] for row in connection.exec_driver_sql("PRAGMA database_list")}
    return DOOR_TABLES if "door" in attached else ()


def mark_sqlite(connection: Connection) -> None:
    """Check every reference, since that was off, and write the schema's number into the file's head."""
    broken = {row[0] for row in connection.exec_driver_sql("PRAGMA foreign_key_check")}
    if broken:
        raise StorageError(BROKEN.format(tables="、".join(sorted(broken))))
    connection.exec_driver_sql(f"PRAGMA user_version={len(REVISIONS)}")


def _revision(connection: Connection) -> str | None:
    found = stated_revision(connection)
    if found is None:
        return None
    if found.startswith(MOVING):
        raise StorageError(UNFINISHED)
    if found and found not in REVISIONS:
        newer = found.startswith("m") and found[1:].isdigit() and found > HEAD
        raise StorageError(NEWER.format(found=found, head=HEAD) if newer else FOREIGN)
    return found


def stated_revision(connection: Connection) -> str | None:
    """What the database says of itself, None where it is empty. Raises StorageError for somebody else's tables."""
    names = set(inspect(connection).get_table_names())
    if not names:
        return None
    if alembic_version.name not in names:
        raise StorageError(FOREIGN)
    return connection.execute(select(alembic_version.c.version_num)).scalar() or ""
