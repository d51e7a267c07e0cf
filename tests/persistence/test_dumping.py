"""Copies of a centre on a server: equal when they come back, unreadable without a password, refused when spoilt."""

from __future__ import annotations

import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from db import postgres_tools
from db.base import metadata
from db.dumping import restore_dump, write_dump
from db.engine import open_engine
from db.postgres_tools import find
from db.server_check import check_server
from db.setting_up import set_up
from db.unit_of_work import Storage
from mediation_desk.access.actor import COUNTER
from mediation_desk.audit.verifying import verify
from mediation_desk.backups.ports import Login
from mediation_desk.cases.service import CaseService
from mediation_desk.settings import Settings
from mediation_desk.shared.errors import DeskError, PermissionDenied, StorageError
from tests.hostile_case import hostile_file
from tests.persistence.account_desk import GOOD, NOW, Centre, cheap
from tests.persistence.byte_search import hits
from tests.persistence.served import Made, administrator, drop

SECRET = "藏锋墨隐"


@pytest.fixture(scope="module")
def copied(
    cluster: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Made, Path, str, dict[str, Any]]]:
    """A centre with a case, written as the counters write, a copy by them, its recovery code and all its rows."""
    folder = tmp_path_factory.mktemp("server")
    admin = administrator(cluster, folder)
    made = Made(admin, set_up(admin))
    storage = Storage(open_engine(made.app))
    centre = Centre(storage)
    code = centre.begun()
    key = centre.seat.key
    CaseService(storage, lambda: NOW).take_over(
        COUNTER, hostile_file([f"{SECRET}{number}" for number in range(400)], 0)
    )
    copy = write_dump(storage.engine, folder / "backups", key)
    rows = content(storage)
    storage.close()
    yield made, copy, code, rows
    drop(cluster, made.told.database)


@pytest.fixture
def empty(cluster: str, tmp_path: Path) -> Iterator[Made]:
    """Another database, set up and not used yet."""
    admin = administrator(cluster, tmp_path)
    made = Made(admin, set_up(admin))
    yield made
    drop(cluster, made.told.database)


def content(storage: Storage) -> dict[str, Any]:
    """Every row of every table."""
    with storage.engine.connect() as connection:
        return {
            name: sorted(map(repr, connection.execute(select(table))))
            for name, table in metadata.tables.items()
        }


def restored(settings: Settings, copy: Path, name: str, secret: str) -> dict[str, Any]:
    storage = Storage(open_engine(settings))
    login = Login(name=name, secret=secret, code=not name)
    try:
        found = restore_dump(storage.engine, copy, login, derive=cheap)
        assert found.cases == 1
        with storage.read() as work:
            assert verify(work.chain, found.audit_key, ()).sound
        return content(storage)
    finally:
        storage.close()


Copied = tuple[Made, Path, str, dict[str, Any]]


def test_what_comes_back_is_equal_and_has_the_rights(copied: Copied, empty: Made) -> None:
    _made, copy, _code, rows = copied

    assert restored(empty.admin, copy, "root", GOOD) == rows
    engine = open_engine(empty.app)
    rights = {one.what: one.good for one in check_server(engine)}
    engine.dispose()
    assert all(rights[one] for one in ("表的权限", "所有者", "防改的触发器"))


def test_the_recovery_code_opens_it_and_what_is_used_is_not_overwritten(copied: Copied, empty: Made) -> None:
    _made, copy, code, rows = copied

    assert restored(empty.admin, copy, "", code) == rows
    with pytest.raises(StorageError, match="已经有数据"):
        restored(empty.admin, copy, "", code)


def test_nothing_can_be_read_in_it(copied: Copied) -> None:
    _made, copy, _code, rows = copied
    words = (SECRET, "管理员甲", "张三")

    assert SECRET in repr(rows)
    assert hits(words, copy.parent) == {}
    assert {stat.S_IMODE(one.stat().st_mode) for one in copy.parent.iterdir()} == {0o600}
    assert sorted(one.suffix for one in copy.parent.iterdir()) == [".dump", ".keys"]


def test_in_a_clear_copy_it_would_be_read(copied: Copied, tmp_path: Path) -> None:
    """The control; a practice centre's copies are like this."""
    made = copied[0]
    engine = open_engine(made.app)
    copy = write_dump(engine, tmp_path / "clear", None)
    engine.dispose()

    assert SECRET in hits((SECRET,), copy.parent)


@pytest.mark.parametrize("spoil", ["password", "keys", "bit", "cut", "newer"])
def test_a_copy_that_does_not_open_leaves_the_database_alone(
    copied: Copied, empty: Made, tmp_path: Path, spoil: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    _made, copy, _code, _rows = copied
    file = tmp_path / copy.name
    file.write_bytes(copy.read_bytes())
    if spoil != "keys":
        file.with_suffix(".keys").write_bytes(copy.with_suffix(".keys").read_bytes())
    data = bytearray(file.read_bytes())
    if spoil == "bit":
        data[len(data) // 2] ^= 1
    if spoil == "cut":
        del data[-20:]
    file.write_bytes(data)
    if spoil == "newer":
        monkeypatch.setattr("db.dumping.REVISIONS", ("m0001",))

    before = rows_of(empty)
    with pytest.raises(PermissionDenied if spoil == "password" else DeskError):
        restored(empty.admin, file, "root", GOOD + "x" * (spoil == "password"))
    assert rows_of(empty) == before


def rows_of(made: Made) -> dict[str, Any]:
    storage = Storage(open_engine(made.app))
    try:
        return content(storage)
    finally:
        storage.close()


def test_a_missing_or_older_program_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(StorageError, match=r"要 99 或更新的版本，这里有"):
        find("pg_dump", 99)
    monkeypatch.setattr(postgres_tools, "_candidates", lambda tool: iter(()))
    with pytest.raises(StorageError, match="没有找到 pg_restore"):
        find("pg_restore", 15)


def test_no_secret_stands_in_the_arguments(copied: Copied, monkeypatch: pytest.MonkeyPatch) -> None:
    made = copied[0]
    called: list[Any] = []

    def popen(arguments: list[str], **rest: Any) -> Any:
        called.append((arguments, rest))
        raise StorageError("enough")

    monkeypatch.setattr("db.postgres_tools.subprocess.Popen", popen)
    monkeypatch.setattr(postgres_tools, "find", lambda tool, server: Path(tool))
    engine = open_engine(made.app)
    with pytest.raises(StorageError, match="enough"):
        write_dump(engine, made.admin.folder / "none", None)
    engine.dispose()
    ((arguments, rest),) = called
    password = made.told.logins[0].password

    assert password not in " ".join(arguments)
    assert rest["env"]["PGPASSWORD"] == password
    assert not any((made.admin.folder / "none").iterdir())
