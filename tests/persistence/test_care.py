"""Backup, restore and check of the embedded database."""

from __future__ import annotations

from pathlib import Path

import pytest

from db.care import inspect, restore, write_backup
from db.engine import open_engine
from db.storage import open_storage
from db.unit_of_work import Storage
from mediation_desk.settings import resolve
from mediation_desk.shared.errors import StorageError


@pytest.fixture
def desk(tmp_path: Path) -> Storage:
    return open_storage(resolve(tmp_path / "desk", practice=True))


def test_backup_restores_whole(desk: Storage, tmp_path: Path) -> None:
    copy = write_backup(desk.engine, tmp_path / "stick")
    before = copy.read_bytes()
    assert restore(copy, tmp_path / "new" / "desk.db") == 0
    assert copy.read_bytes() == before, "the backup itself was touched"
    engine = open_engine(f"sqlite:///{tmp_path / 'new' / 'desk.db'}")
    assert inspect(engine) == 0
    engine.dispose()
    assert sorted(path.name for path in (tmp_path / "new").iterdir()) == ["desk.db", "desk.db.lock"]
    desk.close()


def test_restore_never_overwrites(desk: Storage, tmp_path: Path) -> None:
    copy = write_backup(desk.engine, tmp_path)
    with pytest.raises(StorageError, match="没有覆盖"):
        restore(copy, tmp_path / "desk" / "desk.db")
    desk.close()


@pytest.mark.parametrize("content", [b"", b"not a database", b"SQLite format 3\0" + b"x" * 200])
def test_a_file_that_is_no_backup_is_refused(tmp_path: Path, content: bytes) -> None:
    wrong = tmp_path / "wrong.db"
    wrong.write_bytes(content)
    with pytest.raises(StorageError):
        restore(wrong, tmp_path / "new" / "desk.db")
    assert not (tmp_path / "new" / "desk.db").exists()


def test_a_damaged_database_is_noticed(desk: Storage, tmp_path: Path) -> None:
    copy = write_backup(desk.engine, tmp_path)
    data = bytearray(copy.read_bytes())
    data[4096 * 3 : 4096 * 3 + 200] = b"\xff" * 200
    copy.write_bytes(data)
    with pytest.raises(StorageError):
        restore(copy, tmp_path / "new" / "desk.db")
    desk.close()
