"""What somebody has to do something about stands above the page, for as long as it lasts."""

from __future__ import annotations

import shutil
from pathlib import Path
from types import SimpleNamespace

import pytest

from mediation_desk.app import Desk as Services
from mediation_desk.shared.errors import StorageError
from ui.main_window import MainWindow


def test_little_room_is_said_until_there_is_some(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    assert window.alarms.isHidden()
    disk = SimpleNamespace(free=1 << 20)
    monkeypatch.setattr(shutil, "disk_usage", lambda _folder: disk)
    window.context.desk.failed.emit(StorageError("磁盘已满"), None)  # something went wrong: it looks at once

    assert window.alarms.isVisible()
    assert "只剩1 MB" in window.alarms.text()
    disk.free = 1 << 40
    window.alarms.look()
    assert window.alarms.isHidden()


def test_a_clock_that_jumped_is_said(window: MainWindow, services: Services) -> None:
    services.storage._keeper.watch.last_jump = -7200
    window.alarms.look()

    assert "倒退了2小时" in window.alarms.text()


def test_an_error_of_looking_does_not_go_round_and_round(
    window: MainWindow, services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_folder: Path) -> None:
        raise ValueError

    monkeypatch.setattr(shutil, "disk_usage", broken)
    window.alarms.look()

    assert window.alarms.isHidden()
