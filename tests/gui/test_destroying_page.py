"""Destruction in the window: a list is prepared, somebody else approves, it is carried out, each line tells how."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from mediation_desk.app import open_desk
from mediation_desk.settings import resolve
from tests.gui.filed_cases import filed
from tests.gui.sitting import sitter
from tests.gui.typing import named
from tests.persistence.destroyed import APPRAISED, KEEPER, LATER, LEADER
from ui.main_window import MainWindow
from ui.screens.archive import destroying
from ui.screens.archive.rows import DESTROYING
from ui.screens.archive.screen import ArchiveScreen


def _page(window: MainWindow) -> destroying.DestroyingPage:
    window.open_screen("archive", DESTROYING)
    shown = window.screen_in_front()
    assert isinstance(shown, ArchiveScreen)
    return shown.destroying


def test_two_persons_destroy_what_is_due(
    qapp: QApplication,
    qtbot: QtBot,
    tmp_path: Path,
    sqlite_template: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[str] = []

    def confirmed(_parent: object, title: str, *_rest: str, typed: str) -> bool:
        asked.append(typed)
        return bool(title)

    monkeypatch.setattr(destroying, "confirm_danger", confirmed)
    shutil.copyfile(sqlite_template, tmp_path / "desk.db")
    now = [datetime.now(UTC)]
    desk = open_desk(resolve(tmp_path, practice=True), clock=lambda: now[0])
    doomed = [filed(desk).case_key, filed(desk).case_key]
    now[0] = LATER
    for key in doomed:
        desk.cases.perform(desk.actor, key, APPRAISED)
    with sitter(qapp, qtbot, desk, KEEPER, LEADER) as place:
        page = _page(place.sit(KEEPER.account))
        assert [one.case_key for one in page.due.records.records()] == doomed
        page.due.choose_key(doomed[1])
        page.due.setFocus()
        QTest.keyClick(page.due, Qt.Key.Key_Space)  # this one not yet
        QTest.keyClick(page.due, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        made = page.current()
        assert made is not None
        assert [one.case_key for one in made.lines] == doomed[:1]
        assert page.deeds.isHidden()  # the keeper can only wait
        assert "批准销毁" in page.told.text()

        place.lock()
        page = _page(place.sit(LEADER.account))
        page.deeds.refuse.click()
        assert "理由" in page.deeds.refusal.error()
        page.deeds.approve.click()
        assert page.deeds.isHidden()

        place.lock()
        page = _page(place.sit(KEEPER.account))
        page.which.set_value(made.id)
        page.which.edited.emit()
        page.deeds.apply.click()
        assert not asked  # nobody watches yet
        named(place.window, "archive.destroying.supervisor").setText("监销人丙")  # type: ignore[attr-defined]
        page.deeds.apply.click()
        assert asked == ["销毁"]
        assert "这次销毁1卷" in page.told.text()
        assert [one.status.value for one in page.lines.records.records()] == ["已销毁"]
        assert page.deeds.isHidden()
    desk.close()
