"""What is done with a line of the board: strike, move, accept, withdraw, release; by key, by mouse, without dialogs."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QMimeData, QModelIndex, Qt
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QApplication

from mediation_desk.app import Desk as Services
from mediation_desk.hearings.board.offers import OfferStatus
from tests.gui.board_driver import BoardDriver, at_table
from tests.gui.typing import type_words
from ui.main_window import MainWindow
from ui.screens.board.note_model import NOTE_NUMBER

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def board(window: MainWindow, services: Services) -> BoardDriver:
    return BoardDriver(window, at_table(services))


def status(services: Services, board: BoardDriver) -> list[OfferStatus]:
    return [offer.status for offer in services.boards.offers(services.actor, board.key)]


def test_a_line_is_struck_with_a_reason_and_comes_back(board: BoardDriver) -> None:
    board.say("@贾 记错的话")
    board.key_press(Qt.Key.Key_D, CTRL)
    board.key_press(Qt.Key.Key_Return)
    assert board.stored()[0].struck is None  # the reason is missing
    type_words("记错了人")
    board.key_press(Qt.Key.Key_Return)
    struck = board.stored()[0].struck
    assert struck is not None
    assert struck.reason == "记错了人"
    assert "已划去：记错了人" in board.row(0)
    assert "记错的话" in board.row(0)
    assert board.focus_name() == "board.line"
    board.screen.notes.choose(0)
    board.key_press(Qt.Key.Key_D, CTRL)
    assert board.stored()[0].struck is None


def test_striking_is_taken_back_from_the_message(board: BoardDriver) -> None:
    board.say("@贾 一句话")
    board.key_press(Qt.Key.Key_D, CTRL)
    type_words("多余")
    board.key_press(Qt.Key.Key_Return)
    board.window.message_bar.act()
    assert board.stored()[0].struck is None


def test_escape_strikes_nothing_and_leads_back_to_the_line(board: BoardDriver) -> None:
    board.say("@贾 一句话")
    board.key_press(Qt.Key.Key_D, CTRL)
    board.key_press(Qt.Key.Key_Escape)
    assert board.stored()[0].struck is None
    assert not board.screen.asking.isVisible()
    assert board.focus_name() == "board.line"


def test_a_line_is_put_under_an_issue_by_keyboard_and_by_dragging(board: BoardDriver) -> None:
    board.say("@贾 先说的话", "##修墙", "##道歉")
    board.key_press(Qt.Key.Key_Up, CTRL)
    board.key_press(Qt.Key.Key_Up, CTRL)
    board.key_press(Qt.Key.Key_Up, CTRL)
    board.key_press(Qt.Key.Key_G, CTRL)
    board.key_press(Qt.Key.Key_Return)
    assert board.stored()[0].issue == 2
    model = board.screen.issues.entries
    dragged = QMimeData()
    dragged.setData(NOTE_NUMBER, b"1")
    target = model.index(1, 0)
    assert model.canDropMimeData(dragged, Qt.DropAction.CopyAction, -1, -1, target)
    view = board.screen.issues
    at = view.visualRect(target).center()
    rest = (Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(view.viewport(), QDragEnterEvent(at, Qt.DropAction.CopyAction, dragged, *rest))
    QApplication.sendEvent(view.viewport(), QDragMoveEvent(at, Qt.DropAction.CopyAction, dragged, *rest))
    QApplication.sendEvent(view.viewport(), QDropEvent(at, Qt.DropAction.CopyAction, dragged, *rest))
    board.settle()
    assert board.stored()[0].issue == 3
    assert not model.canDropMimeData(QMimeData(), Qt.DropAction.CopyAction, -1, -1, QModelIndex(target))


def test_an_offer_goes_from_counter_to_accepted_and_back(board: BoardDriver, services: Services) -> None:
    board.say("@甄 !1000 +7")
    board.key_press(Qt.Key.Key_R, CTRL)
    type_words("@贾 800 +9")
    raw = board.screen.composer.raw()
    assert raw.startswith("!")
    board.screen.composer.editor.set_value("")
    board.say("@贾 !800 +9")
    assert status(services, board) == [OfferStatus.COUNTERED, OfferStatus.PROPOSED]
    board.key_press(Qt.Key.Key_J, CTRL)
    board.key_press(Qt.Key.Key_Return)
    assert status(services, board) == [OfferStatus.COUNTERED, OfferStatus.ACCEPTED]
    assert "已接受" in board.row(1)
    board.screen.notes.choose(1)
    board.key_press(Qt.Key.Key_J, CTRL | SHIFT)
    type_words("家里不同意")
    board.key_press(Qt.Key.Key_Return)
    assert status(services, board)[1] is OfferStatus.WITHDRAWN
    assert "撤回" in board.row(1)
    assert board.focus_name() == "board.line"


def test_a_private_offer_is_accepted_only_after_its_release(board: BoardDriver, services: Services) -> None:
    board.say("@贾 ~!900 +9")
    board.screen.notes.choose(0)
    board.key_press(Qt.Key.Key_J, CTRL)
    assert "LR-22" in board.said()
    board.key_press(Qt.Key.Key_G, CTRL | SHIFT)
    board.key_press(Qt.Key.Key_Return)
    release = board.stored()[0].release
    assert release is not None
    assert (release.by, release.how) == ("B1", "当面同意")
    assert status(services, board) == [OfferStatus.PROPOSED]
    face = board.screen.notes.lines.face(0)
    assert face is not None
    assert not face.private


def test_only_what_fits_the_chosen_line_is_offered(board: BoardDriver) -> None:
    board.say("@贾 一句话", "!800 +9", "~悄悄话")
    shown = {}
    for place in range(3):
        board.screen.notes.choose(place)
        board.settle()
        buttons = board.screen.deed_row.buttons
        shown[place] = {code.removeprefix("board.") for code, made in buttons.items() if made.isVisible()}
    assert shown[0] == {"edit", "strike"}
    assert shown[1] == {"edit", "strike", "counter", "accept", "withdraw"}
    assert shown[2] == {"edit", "strike", "release"}
