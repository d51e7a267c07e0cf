"""Who may do what in a centre's PostgreSQL database: four roles, named after it, and what each is granted.

The owner makes and changes tables and cannot log in; whoever administers the server acts as it. The counters log in
as the application role, which owns nothing. Copies are made by a role that only reads. The fourth is reserved for
a public window in a process of its own (decision 52). A database that was not set up this way has none of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import psycopg
from sqlalchemy import Connection, Engine, event, inspect, text

from mediation_desk.shared.errors import StorageError
from mediation_desk.shared.record import record

NEEDS_UPGRADE = (
    "数据库还是旧版本的（{found}），这个账号无权升级：请数据库管理员先备份，再用管理员的地址运行 server upgrade。"
    "没有做任何改动。"
)
NEEDS_SETUP = (
    "数据库还是空的，这个账号无权建表：请数据库管理员用管理员的地址运行 server setup。没有做任何改动。"
)

READS = frozenset({"SELECT"})
EVERYDAY = READS | {"INSERT", "UPDATE", "DELETE"}
APPENDS = READS | {"INSERT"}
NARROWER: Mapping[str, frozenset[str]] = {
    "alembic_version": READS,
    "audit": APPENDS,
    "audit_erasures": APPENDS,
    "audit_words": APPENDS | {"DELETE"},  # of what was lawfully destroyed: a trigger looks
    "audit_head": READS | {"UPDATE"},  # its row is made with the database
    "file_pieces": APPENDS | {"DELETE"},  # no file changes
    "submissions": APPENDS,
    "submitted_facts": APPENDS,
    "submitted_visits": APPENDS,
    "submission_corrections": APPENDS,
}
"""What the application role may do with a table, where that is less than everyday work needs of all others."""


@record
class Roles:
    """The roles of one database."""

    database: str

    @property
    def owner(self) -> str:
        """Owns database and tables; nobody logs in as it."""
        return f"{self.database}_owner"

    @property
    def app(self) -> str:
        """The counters."""
        return f"{self.database}_app"

    @property
    def backup(self) -> str:
        """Reads everything, for copies made by the server's administrator."""
        return f"{self.database}_backup"

    @property
    def kiosk(self) -> str:
        """Reserved."""
        return f"{self.database}_kiosk"

    @property
    def granted(self) -> tuple[str, str, str]:
        """All that are granted anything; the owner has it by owning."""
        return (self.app, self.backup, self.kiosk)

    def rights(self, role: str, table: str) -> frozenset[str]:
        """What ``role`` shall be able to do with ``table``."""
        if role == self.app:
            return NARROWER.get(table, EVERYDAY)
        return READS if role == self.backup else frozenset()

    def statements(self, tables: list[str]) -> Iterator[str]:
        """Grants of everything in the schema, run as the owner; what was granted beside them is taken away."""
        app, backup = quoted(self.app), quoted(self.backup)
        everybody = ", ".join(("PUBLIC", *map(quoted, self.granted)))
        for kind in ("TABLES", "SEQUENCES", "FUNCTIONS"):
            yield f"REVOKE ALL ON ALL {kind} IN SCHEMA public FROM {everybody}"
        yield f"GRANT {_listed(EVERYDAY)} ON ALL TABLES IN SCHEMA public TO {app}"
        for table in sorted(NARROWER.keys() & set(tables)):
            yield f"REVOKE ALL ON {quoted(table)} FROM {app}"
            yield f"GRANT {_listed(NARROWER[table])} ON {quoted(table)} TO {app}"
        yield f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {app}"
        yield f"GRANT SELECT ON ALL TABLES IN SCHEMA public TO {backup}"
        yield f"GRANT SELECT ON ALL SEQUENCES IN SCHEMA public TO {backup}"


def roles_of(connection: Connection) -> Roles:
    """The roles of the database behind ``connection``, whether they are there or not."""
    return Roles(database=str(connection.scalar(text("SELECT current_database()"))))


def grant(connection: Connection) -> None:
    """Give the roles their rights, where the owner of a database set up for them made or changed its tables."""
    if connection.dialect.name != "postgresql":
        return
    roles = roles_of(connection)
    if connection.scalar(text("SELECT current_user")) == roles.owner:
        for statement in roles.statements(inspect(connection).get_table_names()):
            connection.exec_driver_sql(statement)


def act_as_owner(engine: Engine) -> None:
    """From now on who logs in through ``engine`` and may act as the owner of the database does so.

    What the administrator makes then belongs to the owner and not to himself. The application role may not.
    """
    event.listen(engine, "connect", _become_owner)


def _become_owner(connection: psycopg.Connection[Any], _record: object) -> None:
    before, connection.autocommit = connection.autocommit, True
    found = connection.execute(_MAY_ACT).fetchone()
    if found is not None:
        connection.execute(f"SET ROLE {quoted(found[0])}")
    connection.autocommit = before


def require_owner(connection: Connection, found: str | None) -> None:
    """Raise ``StorageError`` where this login may not bring the schema from ``found`` (None: empty) up to date."""
    if connection.dialect.name != "postgresql":
        return
    if found is None:
        if not connection.scalar(text(_MAY_CREATE)):
            raise StorageError(NEEDS_SETUP)
    elif not connection.scalar(text(_OWNS_TABLES)):
        raise StorageError(NEEDS_UPGRADE.format(found=found))


def quoted(name: str) -> str:
    """A name as SQL wants it."""
    return '"' + name.replace('"', '""') + '"'


def _listed(rights: frozenset[str]) -> str:
    return ", ".join(sorted(rights))


_MAY_ACT = """
SELECT r.rolname FROM pg_database d JOIN pg_roles r ON r.oid = d.datdba
WHERE d.datname = current_database() AND r.rolname = current_database() || '_owner'
  AND r.rolname <> current_user AND pg_has_role(r.oid, 'MEMBER')
"""
_MAY_CREATE = "SELECT has_schema_privilege(current_schema(), 'CREATE')"
_OWNS_TABLES = """
SELECT relowner = (SELECT oid FROM pg_roles WHERE rolname = current_user)
FROM pg_class WHERE oid = 'alembic_version'::regclass
"""
