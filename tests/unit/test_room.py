"""Little room on the disk: no more files from outside, said early; cases go on."""

from __future__ import annotations

import shutil
from pathlib import Path
from types import SimpleNamespace

import pytest

from mediation_desk.shared.errors import StorageError
from mediation_desk.shared.file_store import FileStore
from mediation_desk.shared.uploads.keeping import put_checked
from mediation_desk.shared.uploads.limits import upload_limits
from mediation_desk.shared.uploads.room import require_room, scarce


@pytest.fixture
def left(monkeypatch: pytest.MonkeyPatch) -> SimpleNamespace:
    """How much the disk has left."""
    found = SimpleNamespace(free=0)
    monkeypatch.setattr(shutil, "disk_usage", lambda _folder: found)
    return found


def test_five_times_the_largest_file_must_stay_free() -> None:
    assert upload_limits().room == 5 * 104_857_600


def test_files_are_refused_early_and_taken_again_once_there_is_room(
    left: SimpleNamespace, tmp_path: Path
) -> None:
    film, store = tmp_path / "调解.mp4", FileStore(tmp_path / "attachments")
    film.write_bytes(b"film")
    left.free = upload_limits().room - 1
    with pytest.raises(StorageError, match=r"没有存入文件.*只剩499 MB.*登记、办案照常"):
        put_checked(store, film)
    assert not store.folder.exists()
    assert "腾出空间" in scarce(store.folder)

    store.put_bytes(b"what is drawn here goes on")
    left.free += 1
    assert put_checked(store, film).size == 4
    assert scarce(store.folder) == ""
    require_room(store.folder)
