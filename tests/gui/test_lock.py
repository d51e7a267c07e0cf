"""S4: after lock nothing that was read or typed is left; after unlock everything typed stands where it stood."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from mediation_desk.app import Desk as Opened
from tests.gui.sitting import Sitter, sitter


@pytest.fixture
def seated(qapp: QApplication, qtbot: QtBot, services: Opened) -> Iterator[Sitter]:
    with sitter(qapp, qtbot, services) as made:
        made.sit()
        yield made


def test_words_without_a_draft_come_back(seated: Sitter) -> None:
    seated.window.open_screen("verify")
    screen = seated.window.screen_for("verify")
    editor = next(one for one in screen.findChildren(QLineEdit))
    QTest.keyClicks(editor, "MARK-1234")
    seated.lock()
    assert seated.sitting.window is None
    assert not [one for one in QApplication.allWidgets() if isinstance(one, QLineEdit) and "MARK" in one.text()]
    window = seated.unlock()
    front = window.screen_in_front()
    assert front is not None and front.code == "verify"
    assert next(one for one in front.findChildren(QLineEdit)).text() == "MARK-1234"
