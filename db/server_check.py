"""Look whether a PostgreSQL server is as the desk wants it: it loses nothing, lets nobody in, gives nobody too much.

Whoever may log in may ask; nothing is changed. What only a superuser may see is looked at where he asks.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from functools import partial

from sqlalchemy import Connection, Engine, inspect, text

from db.engine import reading
from db.errors import translated
from db.migrate import HEAD
from db.roles import Roles, quoted, roles_of
from db.tables.chain import guards
from db.tables.submissions import KEPT
from db.tables.submissions import guards as kept
from mediation_desk.audit.rules import audit_rules
from mediation_desk.shared.server_report import Point

OLDEST = 150_000
NAMED = 3
GUARD = re.compile(r"CREATE TRIGGER (\w+) .*? ON (\w+)")

SETTINGS = (
    ("数据校验和", "data_checksums", ("on",), "停库后运行 pg_checksums --enable"),
    ("写盘", "fsync", ("on",), "在 postgresql.conf 写 fsync = on，重新加载"),
    ("整页写入", "full_page_writes", ("on",), "在 postgresql.conf 写 full_page_writes = on，重新加载"),
    (
        "提交等写盘",
        "synchronous_commit",
        ("on", "remote_apply"),
        "在 postgresql.conf 写 synchronous_commit = on，重新加载；单独给角色设的用 ALTER ROLE … RESET 去掉",
    ),
    (
        "口令的存法",
        "password_encryption",
        ("scram-sha-256",),
        "在 postgresql.conf 写 password_encryption = scram-sha-256，重新加载，再用 server setup --new-passwords 换口令",
    ),
)
_AUDITED = ("audit", "audit_words", "audit_erasures", "audit_head")
SETUP = "用管理员的地址再运行一次 server setup"
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
    yield from _rights(connection, roles_of(connection))


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


def _rights(connection: Connection, roles: Roles) -> Iterator[Point]:
    there = set(connection.scalars(text("SELECT rolname FROM pg_roles")))
    missing = [role for role in (roles.owner, *roles.granted) if role not in there]
    yield Point(
        what="角色",
        good=not missing,
        found=f"没有 {'、'.join(missing)}" if missing else "四个角色都在",
        todo=SETUP,
    )
    if missing:
        return
    everyone = [roles.owner, *roles.granted]
    strong = connection.scalars(text(_STRONG), {"roles": everyone, "owner": roles.owner}).all()
    yield _drift("角色的属性", strong, "没有多余的", "用 ALTER ROLE 和 REVOKE 去掉")
    strangers = connection.scalars(text(_STRANGERS), {"owner": roles.owner}).all()
    yield _drift("所有者", strangers, f"都是 {roles.owner}", SETUP)
    yield _drift("库和模式", _beyond_tables(connection, roles), "和要求的一样", SETUP)
    yield _drift("表的权限", _of_tables(connection, roles), "和要求的一样", SETUP)
    yield _drift(
        "防改的触发器",
        _idle(connection),
        "都开着",
        "用 ALTER TABLE … ENABLE TRIGGER 打开，并核对审计记录：check --audit",
    )


def _idle(connection: Connection) -> Iterator[str]:
    """Guards that are switched off or gone."""
    rows = connection.execute(text(_TRIGGERS))
    enabled = {(table, name) for table, name, state in rows if state in ("O", "A")}
    for made in (*map(partial(guards, "postgresql"), _AUDITED), *map(partial(kept, "postgresql"), KEPT)):
        for name, table in GUARD.findall("\n".join(made)):
            if (table, name) not in enabled:
                yield f"{table} 的 {name} 没有或者关着"


def _drift(what: str, found: Iterable[str], well: str, todo: str) -> Point:
    told = list(found)
    return Point(what=what, good=not told, found="；".join(told) or well, todo=todo)


def _of_tables(connection: Connection, roles: Roles) -> Iterator[str]:
    """Rights that are more or less than they should be, each in words."""
    names = list(roles.granted)
    held: dict[tuple[str, str], set[str]] = {}
    for role, table, right in connection.execute(text(_HELD), {"roles": names}):
        held.setdefault((role, table), set()).add(right)
    wrong: dict[tuple[str, str], list[str]] = {}
    for table in inspect(connection).get_table_names():
        for role in names:
            wanted, has = roles.rights(role, table), held.get((role, table), set())
            for word, rights in (("多了", has - wanted), ("少了", wanted - has)):
                if rights:
                    wrong.setdefault((role, f"{word} {'、'.join(sorted(rights))}"), []).append(table)
    for (role, told), tables in wrong.items():
        yield f"{role} 在 {_few(tables)} 上{told}"


def _few(tables: list[str]) -> str:
    shown = "、".join(tables[:NAMED])
    return shown if len(tables) <= NAMED else f"{shown} 等{len(tables)}张表"


def _beyond_tables(connection: Connection, roles: Roles) -> Iterator[str]:
    name = quoted(roles.database)
    for role in roles.granted:
        for right in ("CREATE", "TEMPORARY"):
            if connection.scalar(_ASK_DATABASE, {"role": role, "right": right}):
                yield f"{role} 在库 {name} 上多了 {right}"
        if connection.scalar(text("SELECT has_schema_privilege(:role, 'public', 'CREATE')"), {"role": role}):
            yield f"{role} 在模式 public 上多了 CREATE"
    if connection.scalar(_ASK_DATABASE, {"role": "public", "right": "CONNECT"}):
        yield f"任何角色都能连接库 {name}"


_ASK_DATABASE = text("SELECT has_database_privilege(:role, current_database(), :right)")
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
_STRONG = """
SELECT rolname || ' 是' || kind FROM pg_roles, LATERAL (VALUES
    ('超级用户', rolsuper), ('能建角色的', rolcreaterole), ('能建库的', rolcreatedb), ('能复制的', rolreplication),
    ('不受行级规则约束的', rolbypassrls), ('能登录的所有者', rolcanlogin AND rolname = :owner)
) AS has (kind, yes) WHERE yes AND rolname = ANY (:roles)
UNION ALL
SELECT member::regrole || ' 是 ' || roleid::regrole || ' 的成员' FROM pg_auth_members
WHERE member::regrole::text = ANY (:roles)
ORDER BY 1
"""
_STRANGERS = """
SELECT oid::regclass || ' 属于 ' || relowner::regrole FROM pg_class
WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'S', 'v', 'm') AND relowner::regrole::text <> :owner
UNION ALL
SELECT '库属于 ' || datdba::regrole FROM pg_database
WHERE datname = current_database() AND datdba::regrole::text <> :owner
"""
_HELD = """
SELECT r.rolname, c.relname, p.name FROM pg_roles r, pg_class c, LATERAL (VALUES
    ('SELECT', has_any_column_privilege(r.oid, c.oid, 'SELECT')),
    ('INSERT', has_any_column_privilege(r.oid, c.oid, 'INSERT')),
    ('UPDATE', has_any_column_privilege(r.oid, c.oid, 'UPDATE')),
    ('REFERENCES', has_any_column_privilege(r.oid, c.oid, 'REFERENCES')),
    ('DELETE', has_table_privilege(r.oid, c.oid, 'DELETE')),
    ('TRUNCATE', has_table_privilege(r.oid, c.oid, 'TRUNCATE')),
    ('TRIGGER', has_table_privilege(r.oid, c.oid, 'TRIGGER'))
) AS p (name, yes)
WHERE p.yes AND r.rolname = ANY (:roles) AND c.relnamespace = 'public'::regnamespace AND c.relkind = 'r'
"""
_TRIGGERS = """
SELECT tgrelid::regclass::text, tgname::text, tgenabled::text FROM pg_trigger WHERE NOT tgisinternal
"""
