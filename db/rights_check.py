"""Look whether the roles of a PostgreSQL database have the rights they shall have, no less and no more."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import partial

from sqlalchemy import Connection, inspect, text

from db.roles import Roles, quoted
from db.tables.chain import guards
from db.tables.submissions import KEPT
from db.tables.submissions import guards as kept
from mediation_desk.shared.server_report import Point

GUARD = re.compile(r"CREATE TRIGGER (\w+) .*? ON (\w+)")
AUDITED = ("audit", "audit_words", "audit_erasures", "audit_head")
NAMED = 3
SETUP = "用管理员的地址再运行一次 server setup"


def rights(connection: Connection, roles: Roles) -> Iterator[Point]:
    """Roles, what they are, what belongs to whom, what each may do, and the guards of the audit trail."""
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
    for made in (*map(partial(guards, "postgresql"), AUDITED), *map(partial(kept, "postgresql"), KEPT)):
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
