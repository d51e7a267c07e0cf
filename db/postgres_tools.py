"""PostgreSQL's own programs, called as the desk is logged in: nothing secret stands in their arguments."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor, wait
from pathlib import Path
from typing import IO, Any, Protocol

from sqlalchemy import Connection, text

from db.engine import driver_of
from mediation_desk.shared.errors import StorageError
from mediation_desk.shared.record import record

PLACES = ("/usr/lib/postgresql/*/bin", "/usr/pgsql-*/bin", "/opt/homebrew/opt/postgresql*/bin")
WINDOWS = r"PostgreSQL\*\bin"
_PIECE = 1 << 20
_COPY = re.compile(rb'COPY public\."?(\w+)"? \(.*\) FROM stdin;\r?$')
_VARIABLES = {  # https://www.postgresql.org/docs/current/libpq-envars.html
    "host": "PGHOST",
    "hostaddr": "PGHOSTADDR",
    "port": "PGPORT",
    "user": "PGUSER",
    "dbname": "PGDATABASE",
    "sslmode": "PGSSLMODE",
    "sslrootcert": "PGSSLROOTCERT",
    "gssencmode": "PGGSSENCMODE",
}

MISSING = (
    "没有找到 {tool}（要 {wanted} 或更新的版本{there}）。请安装 PostgreSQL 的客户端程序，"
    "例如 apt install postgresql-client，Windows 上装 PostgreSQL 时勾选 Command Line Tools。"
)
FAILED = "{tool} 没有做完（退出码 {code}）：{why}"
REASONS = (
    ("permission denied", "账号的权限不够。"),
    ("No space left", "磁盘已满。"),
    ("could not connect", "连接不上服务器。"),
    ("connection to server", "连接不上服务器，或者登录被拒绝。"),
    ("already exists", "库里已经有同名的表。"),
    ("unexpected end of file", "备份不完整。"),
    ("input file", "备份已经损坏。"),
)


class Target(Protocol):
    """What takes bytes."""

    def write(self, piece: bytes, /) -> object:
        """All of them."""


class Source(Protocol):
    """What gives bytes."""

    def read(self, size: int, /) -> bytes:
        """At most so many, none at its end."""


@record
class Called:
    """How a program is to log in: as the desk is logged in now, and as the role it acts as."""

    variables: Mapping[str, str]
    database: str
    role: str
    server: int

    @staticmethod
    def of(connection: Connection) -> Called:
        """As ``connection`` is logged in."""
        info = driver_of(connection).info
        given: dict[str, Any] = info.get_parameters()
        variables = {_VARIABLES[name]: str(value) for name, value in given.items() if name in _VARIABLES}
        if info.password:
            variables["PGPASSWORD"] = info.password
        role, session = connection.execute(text("SELECT current_user, session_user")).one()
        return Called(
            variables=variables,
            database=info.dbname,
            role=role if role != session else "",
            server=info.server_version // 10_000,
        )

    def begin(self, tool: str, *arguments: str, **streams: Any) -> subprocess.Popen[bytes]:
        """Start ``tool``; what it complains of goes to a pipe. Raises StorageError where there is none."""
        role = (f"--role={self.role}",) if self.role else ()
        kept = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
        return subprocess.Popen(  # our own arguments only
            [str(find(tool, self.server)), "--no-password", *role, *arguments],
            env=kept | dict(self.variables) | {"LC_ALL": "C", "PGAPPNAME": "mediation-desk"},
            stderr=subprocess.PIPE,
            **streams,
        )


def pg_dump(called: Called, snapshot: str, target: Target) -> None:
    """The database as ``snapshot`` sees it, into ``target``. Raises StorageError."""
    tool = called.begin(
        "pg_dump",
        "--format=custom",
        f"--snapshot={snapshot}",
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
    )
    assert tool.stdout is not None  # noqa: S101  # asked for above
    try:
        while piece := tool.stdout.read(_PIECE):
            target.write(piece)
    except BaseException:
        tool.kill()
        raise
    finally:
        tool.stdout.close()
        complaint = _ended(tool)
    _demand_done("pg_dump", tool, complaint)


def pg_restore(called: Called, dump: Source) -> None:
    """All of ``dump`` into the database, or nothing of it. Raises StorageError."""
    tool = called.begin(
        "pg_restore",
        f"--dbname={called.database}",
        "--single-transaction",
        "--exit-on-error",
        "--no-owner",
        "--no-privileges",
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
    )
    try:
        _pour(dump, tool)
    finally:
        complaint = _ended(tool)
    _demand_done("pg_restore", tool, complaint)


def pg_rows(called: Called, dump: Source) -> dict[str, int]:
    """Read ``dump`` to its end; how many rows of each table went by. Nothing of it stays. Raises StorageError."""
    tool = called.begin(
        "pg_restore", "--data-only", "--file=-", stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert tool.stdout is not None  # noqa: S101  # asked for above
    with ThreadPoolExecutor(1) as beside:
        poured = beside.submit(_pour, dump, tool)
        try:
            rows = _counted(tool.stdout)
        except BaseException:
            tool.kill()
            raise
        finally:
            tool.stdout.close()
            wait([poured])
            complaint = _ended(tool)
    poured.result()
    _demand_done("pg_restore", tool, complaint)
    return rows


def _pour(dump: Source, tool: subprocess.Popen[bytes]) -> None:
    assert tool.stdin is not None  # noqa: S101  # whoever began it asked for it
    try:
        while piece := dump.read(_PIECE):
            tool.stdin.write(piece)
        tool.stdin.close()
    except BrokenPipeError:
        pass  # it gave up, and says why
    except BaseException:
        tool.kill()
        raise


def _counted(script: IO[bytes]) -> dict[str, int]:
    """Rows of each table in a script; a row is a line, ``\\.`` ends them."""
    rows, name = dict[str, int](), ""
    for line in script:
        if name:
            if line.rstrip(b"\r\n") == rb"\.":
                name = ""
            else:
                rows[name] += 1
        elif found := _COPY.match(line):
            name = found[1].decode()
            rows[name] = 0
    return rows


def find(tool: str, server: int) -> Path:
    """The oldest one that is not older than the server. Raises StorageError."""
    found = sorted((version, str(file)) for file in _candidates(tool) if (version := _version(file)))
    for version, file in found:
        if version >= server:
            return Path(file)
    there = f"，这里有 {'、'.join(str(version) for version, _ in found)}" if found else ""
    raise StorageError(MISSING.format(tool=tool, wanted=server, there=there))


def _candidates(tool: str) -> Iterator[Path]:
    on_path = shutil.which(tool)
    if on_path:
        yield Path(on_path)
    for place in PLACES:
        yield from Path("/").glob(f"{place[1:]}/{tool}")
    if programs := os.environ.get("PROGRAMFILES"):
        yield from Path(programs).glob(f"{WINDOWS}\\{tool}.exe")


def _version(file: Path) -> int:
    try:
        told = subprocess.run([str(file), "--version"], capture_output=True, check=True, text=True).stdout
    except (OSError, subprocess.CalledProcessError):
        return 0
    found = re.search(r"\) (\d+)", told)
    return int(found[1]) if found else 0


def _ended(tool: subprocess.Popen[bytes]) -> str:
    complaint = tool.stderr.read().decode(errors="replace") if tool.stderr else ""
    if tool.stdin and not tool.stdin.closed:
        with contextlib.suppress(BrokenPipeError):
            tool.stdin.close()
    if tool.stderr:
        tool.stderr.close()
    tool.wait()
    return complaint


def _demand_done(name: str, tool: subprocess.Popen[bytes], complaint: str) -> None:
    """Its own words stay here: they may quote a row."""
    if tool.returncode:
        why = next((told for sign, told in REASONS if sign in complaint), "原因不明，请看服务器的日志。")
        raise StorageError(FAILED.format(tool=name, code=tool.returncode, why=why))
