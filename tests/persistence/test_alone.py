"""One window to a data folder; commands beside it; whoever upgrades or restores has it alone."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from db import alone
from db.alone import WindowLock, exclusive, exclusive_file
from db.backups.writing import write_backup
from db.engine import open_engine
from db.migrate import check_version
from db.restoring import Keys, find, restore
from db.storage import open_storage
from mediation_desk.app import run_window
from mediation_desk.settings import Settings, resolve
from mediation_desk.shared.errors import StorageError
from tests.architecture.gates import ROOT
from tests.persistence.test_migrations import step

HOLD = """
import sys
from pathlib import Path
from db import alone
held = getattr(alone, sys.argv[1])(Path(sys.argv[2]))
print("held", flush=True)
sys.stdin.read()
"""


@contextmanager
def elsewhere(call: str, place: Path) -> Iterator[subprocess.Popen[bytes]]:
    """Another process that holds what ``call`` takes, until the block ends."""
    command = [sys.executable, "-c", HOLD, call, str(place)]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == b"held\n"
        try:
            yield other
        finally:
            other.kill()


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    found = resolve(tmp_path / "desk", practice=True)
    open_storage(found).close()
    return found


def test_a_second_window_calls_the_first(settings: Settings) -> None:
    with elsewhere("WindowLock", settings.folder) as first:
        before = (settings.folder / alone.WINDOW).stat().st_mtime_ns
        with pytest.raises(StorageError, match="已经开着"):
            run_window(settings)
        assert (settings.folder / alone.WINDOW).stat().st_mtime_ns > before
        open_storage(settings).close()  # a command may run beside it

        first.kill()
        first.wait()
    with WindowLock(settings.folder):  # what a killed one left is no lock
        pass
    assert sorted(path.name for path in settings.folder.iterdir()) == [
        "desk.db",
        "desk.db.lock",
        "window.lock",
    ]


def test_a_window_of_a_server_has_its_folder_too(tmp_path: Path) -> None:
    with WindowLock(tmp_path), pytest.raises(StorageError, match="已经开着"), WindowLock(tmp_path):
        pass


def test_what_needs_the_folder_alone_waits_for_nobody(settings: Settings) -> None:
    assert settings.database is not None
    with elsewhere("enter", settings.database) as other:
        with pytest.raises(StorageError, match="另一个窗口或者命令"), exclusive(settings):
            pass
        open_storage(settings).close()
        other.kill()
        other.wait()
        with exclusive(settings):
            pass


def test_an_open_desk_of_this_process_may_take_it_alone(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert settings.database is not None
    storage = open_storage(settings)
    with exclusive(settings):
        done = subprocess.run(
            [sys.executable, "-c", HOLD, "enter", str(settings.database)],
            cwd=ROOT,
            capture_output=True,
            input=b"",
        )
        assert "正在升级" in done.stderr.decode()
    with elsewhere("enter", settings.database):
        pass
    storage.close()
    storage.close()


def test_an_upgrade_waits_until_the_others_have_gone(settings: Settings) -> None:
    assert settings.database is not None
    engine = open_engine(settings)
    step(engine, "downgrade", "base")
    engine.dispose()

    with elsewhere("enter", settings.database):
        with pytest.raises(StorageError, match="另一个窗口或者命令"):
            open_storage(settings)
        assert check_version(engine) == ""
        engine.dispose()
    open_storage(settings).close()


def test_nothing_is_restored_where_somebody_works(settings: Settings, tmp_path: Path) -> None:
    engine = open_engine(settings)
    backup = find(write_backup(engine, tmp_path / "stick").path)
    engine.dispose()
    target = tmp_path / "new" / "desk.db"
    target.parent.mkdir()

    with elsewhere("enter", target), pytest.raises(StorageError, match="另一个窗口或者命令"):
        restore(backup, target, Keys())
    assert restore(backup, target, Keys()).cases == 0


def test_a_server_needs_no_lock_of_ours() -> None:
    with exclusive_file(None):
        pass
