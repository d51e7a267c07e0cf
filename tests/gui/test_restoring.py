"""Restoring on an empty machine, the card in 系统, and the backup before closing."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from db import restoring
from mediation_desk.access.accounts import entering
from mediation_desk.app import Desk as Opened
from mediation_desk.app import Doors, open_desk
from mediation_desk.backups.service import BackupService
from mediation_desk.settings import Settings, resolve
from mediation_desk.shared.errors import StorageError
from tests.persistence.account_desk import GOOD, cheap
from ui.app import open_window
from ui.preferences import Preferences
from ui.restoring.pages import ChoosePage, OpenPage, ResultPage
from ui.screens.system.backup_card import BackupCard
from ui.sign.first_page import FirstPage
from ui.sign.page import SignPage
from ui.sign.sign_in_page import SignInPage
from ui.sitting.closing import ClosingBackup
from ui.sitting.front import Front
from ui.sitting.sitting import Sitting
from ui.tasks.runner import ImmediateRunner
from ui.theme import Theme


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.setattr(restoring.unlock, "__defaults__", (cheap,))
    monkeypatch.setattr(
        entering.Entrance.__init__,
        "__kwdefaults__",
        (entering.Entrance.__init__.__kwdefaults__ or {}) | {"derive": cheap},
    )
    return resolve(tmp_path / "desk")


@pytest.fixture
def real(place: Settings) -> Iterator[Opened]:
    """A real centre, with its administrator at the desk."""
    desk = open_desk(place)
    desk.accounts.first("root", "管理员甲", GOOD)
    yield desk
    desk.close()


P = TypeVar("P", bound=SignPage)


def shown(front: Front, kind: type[P]) -> P:
    page = front.page()
    assert isinstance(page, kind)
    return page


def test_three_pages_bring_a_centre_back_on_an_empty_machine(
    qapp: QApplication,
    qtbot: QtBot,
    real: Opened,
    place: Settings,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    stick = tmp_path / "stick"
    real.backups.make(real.actor, stick)
    real.close()
    shutil.rmtree(place.folder)
    doors = Doors(open_desk(place))
    sitting = Sitting(doors, Theme(qapp), Preferences(place.folder), ImmediateRunner(), parent=qapp)
    front = sitting.front
    front.begin()
    page = front.page()
    assert isinstance(page, FirstPage)
    page.restore_wanted.emit()
    listed = shown(front, ChoosePage)
    assert listed.said() == "", "on a new computer nothing is wrong yet"
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(stick))
    listed._on_browse()
    assert listed.list.count() == 1
    assert "0 件案件" in listed.list.item(0).text()
    listed._on_next()
    asked = shown(front, OpenPage)
    asked.account.set_value("root")
    asked.password.setText("nonsense")
    asked._on_enter()
    assert "口令不对" in shown(front, ResultPage).result.text()
    shown(front, ResultPage).done.emit()
    shown(front, ChoosePage)._on_next()
    asked = shown(front, OpenPage)
    asked.account.set_value("Root")
    asked.password.setText(GOOD)
    asked._on_enter()
    assert "全部核对过" in shown(front, ResultPage).result.text()
    shown(front, ResultPage).done.emit()
    shown(front, SignInPage)
    assert doors.sign_in("root", GOOD).account == "root"
    doors.close()
    front.window.close()
    sitting.deleteLater()


def test_the_card_backs_up_tries_and_tells(
    qapp: QApplication, qtbot: QtBot, real: Opened, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = open_window(qapp, real, ImmediateRunner())
    window.open_screen("system")
    card = window.screen_in_front().findChild(BackupCard)  # type: ignore[union-attr]
    assert isinstance(card, BackupCard)
    assert card.newest.text() == "还没有。"
    (tmp_path / "stick").mkdir()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path / "stick"))
    card._on_place()
    assert "手工" in card.newest.text()
    assert "手工" in card.second.text()
    card._on_try()
    assert "通过" in card.drill.text()
    shutil.rmtree(tmp_path / "stick")
    card.refresh()
    assert "请插上U盘" in card.second.text()
    window.close()
    window.deleteLater()


@pytest.mark.parametrize("backend", ["postgresql"], indirect=True)
def test_the_card_of_a_server_says_what_it_does(
    qapp: QApplication, qtbot: QtBot, url: str, tmp_path: Path
) -> None:
    desk = open_desk(Settings(tmp_path / "desk", None, url, practice=True))
    window = open_window(qapp, desk, ImmediateRunner())
    window.open_screen("system")
    card = window.screen_in_front().findChild(BackupCard)  # type: ignore[union-attr]
    assert isinstance(card, BackupCard)
    card._on_make()
    assert "手工" in card.newest.text()
    card._on_try()
    assert "没有真的恢复" in card.drill.text()
    with desk.storage.write(desk.actor) as work:
        work.notes.put("backup.made", work.notes.get("backup.made") | {"machine": "窗口二"})
    card.refresh()
    assert "在电脑“窗口二”上" in card.newest.text()
    window.close()
    window.deleteLater()
    desk.close()


def test_closing_backs_up_and_says_when_it_cannot(
    qapp: QApplication, qtbot: QtBot, real: Opened, place: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    doors = Doors(real)
    ClosingBackup(doors, ImmediateRunner()).run()
    assert len(list(place.backups.glob("调解台备份-*"))) == 1
    ClosingBackup(doors, ImmediateRunner()).run()
    assert len(list(place.backups.glob("调解台备份-*"))) == 1, "nothing changed"

    def full(*_: object) -> None:
        raise StorageError("磁盘已满。")

    monkeypatch.setattr(BackupService, "finish", full)
    box = ClosingBackup(doors, ImmediateRunner())
    QTimer.singleShot(0, box, box.skip.click)
    box.run()
    assert "磁盘已满" in box._said.text()
    box.deleteLater()
