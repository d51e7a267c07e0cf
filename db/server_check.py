"""Look whether a PostgreSQL server is as the desk wants it: it loses nothing, lets nobody in, gives nobody too much.

Whoever may log in may ask; nothing is changed. What only a superuser may see is looked at where he asks.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

from sqlalchemy import Connection, Engine, inspect, text

from db.engine import reading
from db.errors import translated
from db.migrate import HEAD
from db.rights_check import rights
from db.roles import roles_of
from mediation_desk.audit.rules import audit_rules
from mediation_desk.shared.server_report import Point

OLDEST = 150_000

SETTINGS = (
    ("数据校验和", "data_checksums", ("on",), "停库后运行 pg_checksums --enable"),
    ("写盘", "fsync", ("on",), "在 postgresql.conf 写 fsync = on，重新加载"),
    ("整页写入", "full_page_writes", ("on",), "在 postgresql.conf 写 full_page_writes = on，重新加载"),
    (
        "口令的存法",
        "password_encryption",
        ("scram-sha-256",),
        "在 postgresql.conf 写 password_encryption = scram-sha-256，重新加载，再用 server setup --new-passwords 换口令",
    ),
)
UPGRADE = "用管理员的地址运行 server upgrade"


def check_server(engine: Engine) -> tuple[Point, ...]:
    """Every point, good ones too. Raises StorageError where the server cannot be asked."""
    with translated(), engine.connect() as raw:
        connection = reading(raw)
        connection.exec_driver_sql(
            "SET LOCAL ROLE NONE"
        )  # who logged in may see more than the owner he acts as
        return tuple(points(connection))


def points(connection: Connection) -> Iterator[Point]:
    """The same inside a transaction of the caller."""
    yield _version(connection)
    for what, name, wanted, todo in SETTINGS:
        value = str(connection.scalar(text("SELECT current_setting(:name)"), {"name": name}))
        yield Point(what=what, good=value in wanted, found=f"{name} = {value}", todo=todo)
    yield _encoding(connection)
    yield _encryption(connection)
    yield _clock(connection)
    yield from _access(connection)
    yield _schema(connection)
    yield from rights(connection, roles_of(connection))


def _version(connection: Connection) -> Point:
    number, name = connection.execute(
        text("SELECT current_setting('server_version_num')::int, current_setting('server_version')")
    ).one()
    return Point(
        what="版本",
        good=number >= OLDEST,
        found=f"PostgreSQL {name}",
        todo="升级到 PostgreSQL 15 或更新的版本",
    )


def _encoding(connection: Connection) -> Point:
    encoding, order = connection.execute(text(_ENCODING)).one()
    return Point(
        what="编码",
        good=encoding == "UTF8",
        found=f"{encoding}，排序 {order}",
        todo="建一个新库（server setup），用 backup 和 restore 搬过去",
    )


def _encryption(connection: Connection) -> Point:
    used, offered = connection.execute(text(_TLS)).one()
    found = f"本连接是 {used}" if used else f"本连接没有加密，服务器 ssl = {offered}"
    return Point(
        what="加密连接",
        good=bool(used) or offered == "on",
        found=found,
        todo="窗口不在这台机器上的，服务器要有证书：在 postgresql.conf 写 ssl = on、ssl_cert_file、ssl_key_file",
    )


def _clock(connection: Connection) -> Point:
    before = datetime.now(UTC)
    there: datetime = connection.execute(text("SELECT clock_timestamp()")).scalar_one()
    after = datetime.now(UTC)
    off = max((before - there).total_seconds(), (there - after).total_seconds(), 0.0)
    most = audit_rules().backwards_seconds
    return Point(
        what="时钟",
        good=off <= most,
        found=f"与本机相差{off:.0f}秒（不超过{most}秒）",
        todo="两台机器都开启自动对时",
    )


def _access(connection: Connection) -> Iterator[Point]:
    """Rules of ``pg_hba.conf`` that let somebody in without asking."""
    if not connection.scalar(text("SELECT has_function_privilege('pg_hba_file_rules()', 'EXECUTE')")):
        return
    lax = connection.scalars(text(_LAX)).all()
    yield Point(
        what="登录方式",
        good=not lax,
        found=f"pg_hba.conf 第{'、'.join(map(str, lax))}行不要口令或者口令不加密" if lax else "都要口令",
        todo="改成 scram-sha-256，网络上的用 hostssl，重新加载",
    )


def _schema(connection: Connection) -> Point:
    there = "alembic_version" in inspect(connection).get_table_names()
    found = connection.scalar(text("SELECT version_num FROM alembic_version")) if there else None
    return Point(
        what="表",
        good=found == HEAD,
        found=f"{found or '还没有'}，本程序是 {HEAD}",
        todo=f"{UPGRADE}；库比程序新的，升级程序",
    )


_ENCODING = """
SELECT pg_encoding_to_char(encoding), datcollate FROM pg_database WHERE datname = current_database()
"""
_TLS = """
SELECT (SELECT version FROM pg_stat_ssl WHERE pid = pg_backend_pid() AND ssl), current_setting('ssl')
"""
_LAX = """
SELECT line_number FROM pg_hba_file_rules
WHERE auth_method IN ('trust', 'password', 'md5') AND (type <> 'local' OR auth_method = 'trust') ORDER BY 1
"""
