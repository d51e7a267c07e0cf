"""Two people at one board, and a machine that dies: every word is kept, nothing jumps under the reader's eyes."""

from __future__ import annotations

import datetime
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from mediation_desk.app import Desk as Services
from mediation_desk.hearings.board.notes import Note
from mediation_desk.shared.errors import StorageError
from tests.gui.board_driver import BoardDriver, at_table
from tests.gui.typing import type_words
from ui.app import open_window
from ui.main_window import MainWindow
from ui.screens.board.keeping import KeptLine
from ui.screens.board.sending import EVERY_MS
from ui.tasks.runner import ImmediateRunner

NOW = datetime.datetime(2026, 3, 16, 2, 0, tzinfo=datetime.UTC)


@pytest.fixture
def board(window: MainWindow, services: Services) -> BoardDriver:
    return BoardDriver(window, at_table(services))


def elsewhere(services: Services, board: BoardDriver, key: str, text: str) -> Note:
    """A line of another desk."""
    note = Note(key=key, session_no=1, speaker="B1", text=text, at=NOW)
    return services.boards.write(services.actor, board.key, note)


def test_lines_of_another_desk_arrive_by_themselves_and_move_nothing(
    board: BoardDriver, services: Services, qtbot: QtBot
) -> None:
    board.say(*(f"@甄 第{number}句，{'话很长' * 20}" for number in range(30)))
    board.screen.notes.verticalScrollBar().setValue(100)
    type_words("写到一半")
    elsewhere(services, board, "x", "另一张桌上写的")
    qtbot.waitUntil(lambda: board.screen.notes.lines.rowCount() == 31, timeout=EVERY_MS + 2000)
    assert board.screen.composer.raw() == "写到一半"
    assert board.focus_name() == "board.line"
    assert board.screen.notes.verticalScrollBar().value() == 100


def test_the_reader_at_the_end_follows_new_lines(board: BoardDriver, services: Services) -> None:
    board.say(*(f"@甄 第{number}句，{'话很长' * 20}" for number in range(20)))
    elsewhere(services, board, "x", "另一张桌上写的")
    board.screen.sending.ask_for_news()
    board.settle()
    assert board.screen.notes.is_at_end()


def test_both_words_stand_when_two_change_one_line_and_it_is_told(
    board: BoardDriver, services: Services
) -> None:
    board.say("@甄 墙坏了")
    base = board.stored()[0]
    board.key_press(Qt.Key.Key_Up)
    services.boards.rewrite(services.actor, board.key, base, replace(base, text="墙坏了两处"))
    type_words("一大片")
    board.key_press(Qt.Key.Key_Return)
    first, second = board.stored()
    assert (first.text, second.text, second.beside) == ("墙坏了两处", "墙坏了一大片", 1)
    assert "两种写法都留着" in board.window.message_bar.accessibleName()
    assert "墙坏了两处" in board.row(0)
    assert "墙坏了一大片" in board.row(1)


def test_a_line_refused_by_storage_comes_back_into_the_editor(
    board: BoardDriver, services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_args: object) -> Note:
        raise StorageError("磁盘已满，没有保存。")

    with monkeypatch.context() as patch:
        patch.setattr(type(services.boards), "write", full)
        board.say("@贾 不能丢的话")
    assert board.screen.composer.raw() == "@贾 不能丢的话"
    assert board.screen.notes.lines.rowCount() == 0
    assert "磁盘已满" in board.said()
    board.key_press(Qt.Key.Key_Return)
    assert [one.text for one in board.stored()] == ["不能丢的话"]


def test_a_line_being_typed_is_back_in_place_in_the_next_window(
    board: BoardDriver, services: Services, qapp: QApplication, qtbot: QtBot
) -> None:
    file = services.cases.file(services.actor, board.key)
    board.say("@贾 第一句")
    type_words("~写到一半的话")
    board.screen._keeping.keep()  # what its clock does within the second
    again = open_window(qapp, services, ImmediateRunner())
    with qtbot.waitActive(again):
        again.show()
        again.activateWindow()
    other = BoardDriver(again, file)
    assert other.screen.composer.raw() == "~写到一半的话"
    assert other.focus_name() == "board.line"
    other.key_press(Qt.Key.Key_Return)
    assert [one.text for one in other.stored()] == ["第一句", "写到一半的话"]
    again.close()
    again.deleteLater()


def test_words_typed_meanwhile_do_not_push_out_a_refused_line(
    board: BoardDriver,
) -> None:
    board.say("@贾 第一句")
    board.screen.composer.editor.set_value("正在写")
    refused = KeptLine("没有存上的话", board.screen.composer.standing, "key-of-old")
    board.screen.composer.put_back(refused)
    assert board.screen.composer.raw() == "正在写"
    assert [one.raw for one in board.screen.composer.lines()] == ["正在写", "没有存上的话"]
    board.key_press(Qt.Key.Key_Return)
    assert board.screen.composer.raw() == "没有存上的话"
    board.key_press(Qt.Key.Key_Return)
    assert [one.text for one in board.stored()] == ["第一句", "正在写", "没有存上的话"]
    assert board.stored()[-1].key == "key-of-old"


def test_the_up_key_takes_the_line_written_here_not_one_of_another_desk(
    board: BoardDriver, services: Services
) -> None:
    board.say("@甄 我写的")
    elsewhere(services, board, "x", "另一张桌上写的")
    board.screen.sending.ask_for_news()
    board.key_press(Qt.Key.Key_Up)
    assert board.screen.composer.raw() == "我写的"
