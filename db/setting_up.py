"""Make a PostgreSQL database for a centre: roles with least rights, the database, the schema; twice is as once.

Passwords leave this program as SCRAM verifiers only, so that no log of the server holds one.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from sqlalchemy import Connection, Engine, make_url, text
from sqlalchemy.engine import URL
from sqlalchemy.exc import OperationalError

from db.engine import driver_of, open_engine
from db.errors import translated
from db.migrate import upgrade
from db.roles import Roles, grant, quoted
from db.waiting import patient
from mediation_desk.settings import Settings
from mediation_desk.shared.errors import InputError, StorageError
from mediation_desk.shared.server_report import USUAL_PORT, Login, ServerMade

OLDEST = 15
MAINTENANCE = "postgres"
GOOD_NAME = re.compile(r"[a-z][a-z0-9_]{0,39}")

NO_ADDRESS = "请用 --database 写服务器的地址，账号写管理员的，例如 postgresql://postgres@主机/desk。"
EMPTY = "库还是空的，请先运行 server setup。"
IN_ADDRESS = (
    "管理员的口令不要写在命令里：留空，程序会问；也可以写在管理员自己的 pgpass 文件或环境变量 PGPASSWORD 里。"
)
BAD_NAME = "库名只能用小写字母、数字和下划线，以字母开头，不超过40个字。"
TOO_OLD = "服务器是 PostgreSQL {found}，要 15 或更新的版本。没有做任何改动。"
NO_RIGHT = "账号 {name} 不能建立角色和数据库，请用服务器管理员的账号（例如 postgres）。没有做任何改动。"
NOT_OURS = "库 {name} 的所有者是 {owner}，账号 {user} 无权改成 {wanted}，请用服务器的超级用户。"


def demand_named(settings: Settings) -> None:
    """Raise ``InputError`` where the address is a file's, holds a password, or names a database we would not make."""
    if not settings.server:
        raise InputError(NO_ADDRESS, field="--database")
    url = make_url(settings.server)
    if url.password:
        raise InputError(IN_ADDRESS, field="--database")
    if not GOOD_NAME.fullmatch(url.database or ""):
        raise InputError(BAD_NAME, field="--database")


def asks_password(settings: Settings) -> bool:
    """Whether the server wants a password that neither address, file nor environment gives."""
    with _engine(settings) as engine:
        try:
            engine.connect().close()
        except OperationalError as error:
            connection = getattr(error.orig, "pgconn", None)
            return bool(connection is not None and connection.needs_password)
    return False


def set_up(settings: Settings, *, new_passwords: bool = False) -> ServerMade:
    """Roles, database, rights and schema, as the administrator ``settings`` logs in as.

    Roles that cannot log in yet, all with ``new_passwords``, get a password. Raises StorageError.
    """
    url = make_url(settings.server)
    roles = Roles(database=str(url.database))
    maintenance = replace(settings, server=_told(url.set(database=MAINTENANCE)))
    with translated(), patient(), _engine(maintenance) as engine:
        with engine.begin() as connection:
            _demand_administrator(connection)
            _make_roles(connection, roles)
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            _make_database(connection, roles)
    with translated(), patient(), _engine(settings) as engine:
        with engine.begin() as connection:
            _adopt(connection, roles)
            _open_schema(connection, roles)
        upgrade(engine)
        with engine.begin() as connection:
            grant(connection)
        with engine.begin() as connection:
            logins = tuple(_login(connection, role) for role in _without(connection, roles, new_passwords))
    return ServerMade(
        host=url.host or "localhost",
        port=url.port or USUAL_PORT,
        database=roles.database,
        app=roles.app,
        backup=roles.backup,
        logins=logins,
    )


def _demand_administrator(connection: Connection) -> None:
    (version,) = connection.execute(text("SELECT current_setting('server_version_num')::int / 10000")).one()
    if version < OLDEST:
        raise StorageError(TOO_OLD.format(found=version))
    able, name = connection.execute(text(_ABLE)).one()
    if not able:
        raise StorageError(NO_RIGHT.format(name=name))


def _make_roles(connection: Connection, roles: Roles) -> None:
    there = set(connection.scalars(text("SELECT rolname FROM pg_roles")))
    for role in (roles.owner, *roles.granted):
        if role not in there:
            connection.exec_driver_sql(f"CREATE ROLE {quoted(role)} NOLOGIN")
    connection.exec_driver_sql(f"ALTER ROLE {quoted(roles.backup)} SET default_transaction_read_only = on")
    if not connection.scalar(text("SELECT pg_has_role(:owner, 'MEMBER')"), {"owner": roles.owner}):
        connection.exec_driver_sql(f"GRANT {quoted(roles.owner)} TO CURRENT_USER")


def _make_database(connection: Connection, roles: Roles) -> None:
    """Texts are compared byte by byte, as the embedded database does it."""
    name, owner = quoted(roles.database), quoted(roles.owner)
    found = connection.scalar(
        text("SELECT datdba::regrole::text FROM pg_database WHERE datname = :name"), {"name": roles.database}
    )
    if found is None:
        connection.exec_driver_sql(
            f"CREATE DATABASE {name} OWNER {owner} TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C'"
        )
    elif found != roles.owner:
        user, able = connection.execute(
            text("SELECT current_user, rolsuper FROM pg_roles WHERE rolname = current_user")
        ).one()
        if not able:
            raise StorageError(
                NOT_OURS.format(name=roles.database, owner=found, user=user, wanted=roles.owner)
            )
        connection.exec_driver_sql(f"ALTER DATABASE {name} OWNER TO {owner}")


def _adopt(connection: Connection, roles: Roles) -> None:
    """Tables and functions of a centre that was begun without this set-up go to the owner."""
    stray = connection.execute(text(_STRAY), {"owner": roles.owner}).all()
    if stray:
        connection.exec_driver_sql("RESET ROLE")
    for kind, name in stray:
        connection.exec_driver_sql(f"ALTER {kind} {name} OWNER TO {quoted(roles.owner)}")
    connection.exec_driver_sql(f"SET ROLE {quoted(roles.owner)}")


def _open_schema(connection: Connection, roles: Roles) -> None:
    name, granted = quoted(roles.database), ", ".join(map(quoted, roles.granted))
    owner, backup = quoted(roles.owner), quoted(roles.backup)
    for statement in (
        f"REVOKE ALL ON DATABASE {name} FROM PUBLIC, {granted}",
        f"GRANT CONNECT ON DATABASE {name} TO {granted}",
        f"REVOKE ALL ON SCHEMA public FROM PUBLIC, {granted}",
        f"GRANT USAGE ON SCHEMA public TO {granted}",
        f"GRANT ALL ON SCHEMA public TO {owner}",
        f"ALTER DEFAULT PRIVILEGES FOR ROLE {owner} REVOKE ALL ON FUNCTIONS FROM PUBLIC",
        f"ALTER DEFAULT PRIVILEGES FOR ROLE {owner} IN SCHEMA public GRANT SELECT ON TABLES TO {backup}",
        f"ALTER DEFAULT PRIVILEGES FOR ROLE {owner} IN SCHEMA public GRANT SELECT ON SEQUENCES TO {backup}",
    ):
        connection.exec_driver_sql(statement)


def _without(connection: Connection, roles: Roles, everybody: bool) -> list[str]:
    """Roles that are to log in and have no password yet."""
    silent = set(connection.scalars(text("SELECT rolname FROM pg_roles WHERE NOT rolcanlogin")))
    return [role for role in (roles.app, roles.backup) if everybody or role in silent]


def _login(connection: Connection, role: str) -> Login:
    """Give ``role`` a password, as whoever logged in: the owner may not."""
    password = secrets.token_urlsafe(24)
    libpq = driver_of(connection).pgconn
    verifier = libpq.encrypt_password(password.encode(), role.encode(), b"scram-sha-256").decode()
    connection.exec_driver_sql("RESET ROLE")
    connection.exec_driver_sql(f"ALTER ROLE {quoted(role)} LOGIN PASSWORD '{verifier}'")
    return Login(role=role, password=password)


@contextmanager
def _engine(settings: Settings) -> Iterator[Engine]:
    engine = open_engine(settings)
    try:
        yield engine
    finally:
        engine.dispose()


def _told(url: URL) -> str:
    return url.render_as_string(hide_password=False)


_ABLE = """
SELECT rolsuper OR (rolcreaterole AND rolcreatedb), rolname FROM pg_roles WHERE rolname = current_user
"""
_STRAY = """
SELECT 'TABLE', c.oid::regclass::text FROM pg_class c
WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND c.relowner <> CAST(:owner AS regrole)
UNION ALL
SELECT 'FUNCTION', p.oid::regprocedure::text FROM pg_proc p
WHERE p.pronamespace = 'public'::regnamespace AND p.proowner <> CAST(:owner AS regrole)
"""
